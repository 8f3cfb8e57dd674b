import type { Shown, View } from './view.ts'

/** One mount of the machine: where, and the flags that a bind of it must keep in a user namespace. */
export interface Mounted {
  readonly at: string
  readonly flags: readonly string[]
}

// What a less privileged mount namespace may not take away (mount_namespaces(7), "Restrictions on mount namespaces").
const LOCKED = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime']

/** The mounts in the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)). */
export function readMounts(text: string): readonly Mounted[] {
  return text
    .split('\n')
    .map(line => line.split(' '))
    .flatMap(([, , , , at, options]) =>
      at === undefined || options === undefined
        ? []
        : [{ at: unescaped(at), flags: options.split(',').filter(flag => LOCKED.includes(flag)) }],
    )
}

const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))

/** The flags that a path has by the mount that it is in. */
function flagsOf(path: string, mounts: readonly Mounted[]): readonly string[] {
  let best: Mounted | undefined
  for (const mount of mounts) {
    const covers = mount.at === '/' || path === mount.at || path.startsWith(`${mount.at}/`)
    if (covers && (best === undefined || mount.at.length >= best.at.length)) best = mount
  }
  return best?.flags ?? []
}

/** What has to be there before the mounts of a view, and the mounts, in the form of fstab(5). */
export interface MountTable {
  readonly folders: readonly string[]
  readonly files: readonly string[]
  readonly links: readonly { readonly at: string; readonly target: string }[]
  readonly table: string
}

const DEVICE_LINKS = [
  { at: '/dev/fd', target: '/proc/self/fd' },
  { at: '/dev/stdin', target: '/proc/self/fd/0' },
  { at: '/dev/stdout', target: '/proc/self/fd/1' },
  { at: '/dev/stderr', target: '/proc/self/fd/2' },
  { at: '/dev/ptmx', target: 'pts/ptmx' },
]

/** What the table has to know of the machine. */
export interface TableFacts {
  /** The folder that becomes the job's root. */
  readonly root: string
  readonly mounts: readonly Mounted[]
  /** Whether a path of the machine is a file, and wants a file to be mounted on. */
  readonly isFile: (path: string) => boolean
  /** Whether there is a device file. */
  readonly devices: readonly string[]
  /** Whether we can get to a path at all. */
  readonly isThere: (path: string) => boolean
}

/** A view in two steps: what makes empty folders, and what is shown in them. */
export function inSteps({ shown }: View): readonly (readonly Shown[])[] {
  const at = 1 + shown.findLastIndex(({ how }) => how === 'memory')
  return [shown.slice(0, at), shown.slice(at)]
}

/** A part of a view as a table that util-linux' `mount --all --fstab` carries out in one go. */
export function mountTable(shown: readonly Shown[], facts: TableFacts): MountTable {
  const { root, isFile } = facts
  const [folders, files] = [new Set<string>(), new Set<string>()]
  const links: { at: string; target: string }[] = []
  const lines: string[] = []
  const inRoot = (at: string) => `${root}${at}`
  for (const each of shown) {
    const at = inRoot(each.at)
    if (each.how === 'dev') {
      for (const device of facts.devices) files.add(inRoot(device))
      for (const name of ['/dev/pts', '/dev/shm']) folders.add(inRoot(name))
      links.push(...DEVICE_LINKS.map(link => ({ ...link, at: inRoot(link.at) })))
    }
    if (each.how === 'link') links.push({ at, target: each.target })
    else if ('from' in each && each.how !== 'layered' && isFile(each.from)) files.add(at)
    else folders.add(at)
    lines.push(...linesFor(each, facts))
  }
  for (const at of files) folders.add(at.slice(0, at.lastIndexOf('/')))
  return { folders: [...folders], files: [...files], links, table: lines.map(line => `${line}\n`).join('') }
}

function linesFor(shown: Shown, facts: TableFacts): readonly string[] {
  const { root, mounts, devices } = facts
  const at = escaped(`${root}${shown.at}`)
  switch (shown.how) {
    case 'read':
      return [shown.from, ...mountsBelow(shown.from, facts)].map(from => {
        const within = escaped(`${root}${shown.at}${from.slice(shown.from.length)}`)
        return `${escaped(from)} ${within} none ${['rbind', ...flagsOf(from, mounts), 'ro'].join(',')} 0 0`
      })
    case 'write':
      return [`${escaped(shown.from)} ${at} none ${['rbind', ...flagsOf(shown.from, mounts)].join(',')} 0 0`]
    case 'device':
      return [`${escaped(shown.from)} ${at} none bind 0 0`]
    case 'layered':
      return [`${escaped(shown.merged)} ${at} none rbind 0 0`]
    case 'memory':
      return [`perf-verdict ${at} tmpfs mode=1777,size=${shown.megabytes}m,nosuid,nodev 0 0`]
    case 'proc':
      return [`proc ${at} proc nosuid,nodev,noexec 0 0`]
    case 'dev':
      return [
        ...devices.map(device => `${device} ${escaped(`${root}${device}`)} none bind 0 0`),
        `devpts ${escaped(`${root}/dev/pts`)} devpts newinstance,ptmxmode=0666,mode=0620,nosuid,noexec 0 0`,
      ]
    case 'folder':
    case 'link':
      return []
  }
}

/** What is mounted below a folder: `ro` closes the top of a recursive bind alone (mount(8), before util-linux 2.39), so each is bound by itself. */
function mountsBelow(folder: string, { mounts, isThere }: TableFacts): readonly string[] {
  const below = mounts.map(({ at }) => at).filter(at => at !== folder && at.startsWith(`${folder}/`))
  return [...new Set(below)].sort().filter(isThere)
}

/** As fstab(5) wants blanks and backslashes. */
function escaped(path: string): string {
  return path.replace(/[\\ \t\n#]/g, found => `\\${found.charCodeAt(0).toString(8).padStart(3, '0')}`)
}

/** The overlays of a view (kernel: Documentation/filesystems/overlayfs.rst), as lines of fstab(5), to be mounted before everything else. */
export function overlayTable({ shown }: View, inUserNamespace: boolean): string {
  return shown
    .flatMap(each => {
      if (each.how !== 'layered') return []
      const option = (path: string) => escaped(path.replace(/[\\,:]/g, '\\$&'))
      const options = [
        `lowerdir=${option(each.from)}`,
        `upperdir=${option(each.upper)}`,
        `workdir=${option(each.work)}`,
        // Ordinary users may not keep its marks where root keeps them (5.11); root copies what is only given another owner late.
        ...(inUserNamespace ? ['userxattr'] : ['metacopy=on', 'redirect_dir=on']),
      ]
      return [`perf-verdict ${escaped(each.merged)} overlay ${options.join(',')} 0 0\n`]
    })
    .join('')
}
