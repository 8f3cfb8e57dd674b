import type { HiddenPlaces } from './hidden-places.ts'

const SCRIPT = `
set -eu
# What may only be read is put aside before it is covered. Read-only is set with the flags that are there, because a user namespace
# may not take any of them away; where it cannot be set, the folder is not shown (mount_namespaces(7)).
keep() {
  mkdir "$2"
  mount -n --bind "$1" "$2" || { rmdir "$2"; return 0; }
  flags=
  while read -r id parent device root at options rest; do
    case $at in */stage/kept/"\${2##*/}") flags=$options ;; esac
  done < /proc/self/mountinfo
  mount -n -o "remount,bind,\${flags:+$flags,}ro" "$2" || { umount -n "$2"; rmdir "$2"; }
}
umask 022
stage=$1 home=$2 exposed=$3 folders=$4 kept=$5
shift 5
mount -t tmpfs -o mode=0755 perf-verdict "$stage"
mkdir "$stage/home" "$stage/kept"
for i in $(seq "$kept"); do
  keep "$1" "$stage/kept/$i"
  shift
done
empty=$stage/home
if [ -n "$home" ] && [ -d "$home" ]; then
  for i in $(seq "$exposed"); do
    mkdir -p "$empty/\${1#"$home"/}"
    mount --rbind "$1" "$empty/\${1#"$home"/}"
    shift
  done
  mount --rbind "$empty" "$home"
else
  shift "$exposed"
fi
for i in $(seq "$folders"); do
  if [ -d "$1" ]; then mount -t tmpfs -o mode=0755 perf-verdict "$1"; fi
  shift
done
for i in $(seq "$kept"); do
  if [ -d "$stage/kept/$i" ]; then
    { mkdir -p "$1" && mount -n --move "$stage/kept/$i" "$1"; } || umount -n "$stage/kept/$i"
  fi
  shift
done
for file in "$@"; do
  if [ -e "$file" ]; then mount --bind /dev/null "$file"; fi
done
echo ready
exec sleep 2147483647
`

/**
 * The first process of a namespace, as an argument vector. It covers what must not be seen, says `ready` and then only waits: whatever a
 * job leaves behind becomes its child, and the kernel ends everything in the namespace with it (pid_namespaces(7)).
 */
export function initArguments(hidden: HiddenPlaces, stage: string): readonly string[] {
  const { home, exposed, folders, files, readOnly } = hidden
  const counts = [exposed, folders, readOnly].map(({ length }) => String(length))
  const places = [...readOnly, ...exposed, ...folders, ...readOnly, ...files]
  return ['/bin/sh', '-c', SCRIPT, 'init', stage, home ?? '', ...counts, ...places]
}
