/** Shell scripts that wrap the project's own tools; each does the tool's work and a little more. */

/** The programs that gcc's driver starts for a translation unit; clang does that inside itself. */
export const COMPILER_PROPERS = ['cc1', 'cc1plus', 'cc1obj', 'cc1objplus', 'f951', 'lto1', 'gm21']

/** A section for each function and each object, so that a linker can move them one by one. */
export const SECTION_FLAGS: readonly string[] = ['-ffunction-sections', '-fdata-sections']

/** For clang, which reads its changes of the command line from the environment (`#`: without saying so). */
export function clangOverrides(flags: readonly string[]): string {
  return ['#', ...[...flags, '-Qunused-arguments'].map(flag => `^${flag}`)].join(' ')
}

/** In front of gcc's compilers: adds flags that the project's own command lines do not have. */
export function compilerWrapper(name: string, flags: readonly string[]): string {
  return `#!/bin/sh
# Written by Perf Verdict: the compiler of the gcc that calls, with flags of a trial.
real=$(unset COMPILER_PATH && "\${COLLECT_GCC:-gcc}" -print-prog-name=${name})
[ "$real" != "$0" ] && [ "$real" != ${name} ] || { echo "${name} was not found" >&2; exit 127; }
exec "$real" "$@" ${flags.join(' ')}
`
}

/**
 * In front of a linker: without a plan for its output it writes down how it was called (arguments, folder, environment,
 * copies of what is temporary), with one it adds the plan's arguments.
 */
export function linkerWrapper(real: string, folder: string): string {
  return `#!/bin/sh
# Written by Perf Verdict: writes down this link, or adds what the layout's plan asks for.
real=${quoted(real)}
folder=${quoted(folder)}
out=a.out
take=
for arg do
    if [ -n "$take" ]; then out=$arg take=; continue; fi
    case $arg in
    -o | --output) take=1 ;;
    --output=*) out=\${arg#--output=} ;;
    -o?*) out=\${arg#-o} ;;
    -r | -i | -Ur | --relocatable | -v | -V | --version | --help | --verbose | --print-*) exec "$real" "$@" ;;
    @*) found=$(sed -n '/^-o$/{n;p;q;}' "\${arg#@}") && [ -n "$found" ] && out=$found ;;
    esac
done
here=$(pwd -P)
key=$(printf '%s\\n%s' "$here" "$out" | cksum | tr ' ' -)
if [ -f "$folder/plans/$key" ]; then
    while IFS= read -r line; do set -- "$@" "$line"; done <"$folder/plans/$key"
    exec "$real" "$@"
fi
note=$folder/links/$key
rm -rf "$note" && mkdir -p "$note/saved" || exec "$real" "$@"
printf '%s\\0' "$@" >"$note/arguments"
printf '%s\\0' "$key" "$real" "$here" "$out" >"$note/call"
env -0 >"$note/environment" 2>/dev/null
for arg do
    case $arg in
    @*) arg=\${arg#@} ;;
    "\${TMPDIR:-/tmp}"/* | /tmp/* | *.rcgu.o | */rustc*.o) ;;
    *) continue ;;
    esac
    [ -f "$arg" ] && cp --parents -- "$arg" "$note/saved" 2>/dev/null && printf '%s\\0' "$arg" >>"$note/temporary"
done
exec "$real" "$@"
`
}

/** In front of the go tools (\`-toolexec\`): gives the linker the layout's seed. */
export function goWrapper(folder: string): string {
  return `#!/bin/sh
# Written by Perf Verdict: runs a tool of go; the linker lays its functions out by the seed.
tool=$1
shift
case $tool:$1 in
*/link:-V*) ;;
*/link:*)
    touch ${quoted(`${folder}/links/go-linked`)}
    [ -f ${quoted(`${folder}/plans/go-seed`)} ] && set -- "-randlayout=$(cat ${quoted(`${folder}/plans/go-seed`)})" "$@"
    ;;
esac
exec "$tool" "$@"
`
}

/** In front of rustc (\`RUSTC_WRAPPER\`): its links go through a linker that can be given an order. */
export function rustcWrapper(linker: string): string {
  return `#!/bin/sh
# Written by Perf Verdict: links with a linker that can be given an order.
rustc=$1
shift
case " $* " in
*" --crate-name "*) set -- "$@" -C link-arg=-fuse-ld=${linker} ;;
esac
exec "$rustc" "$@"
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
