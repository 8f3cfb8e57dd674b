import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cpioArchive, folderEntry, programEntry } from './cpio.mjs'
import { moduleReader, modulesToLoad } from './modules.mjs'
import { CannotPrepare, openPackages } from './packages.mjs'

const CACHE = '.cache/boxes'
const MODULES = ['virtio_pci', 'virtio_blk', 'virtio_console', 'crc32c_generic', 'crc32c', 'ext4']

/**
 * A bootable image of Debian packages: { disk, kernel, initramfs }. It is made once for each set of package versions. No package is
 * configured: maintainer scripts would have to run emulated, and the few files that they make are written here instead.
 */
export function prepareImage(box) {
  if (process.getuid() !== 0)
    throw new CannotPrepare('files of an image have root as their owner; run it as root.')
  const packages = openPackages({ ...box, folder: join(CACHE, `apt-${box.suite}-${box.architecture}`) })
  const found = packages.resolve(box.packages)
  const folder = resolve(CACHE, `${box.name}-${keyOf(box, found)}`)
  const image = {
    disk: join(folder, 'root.ext4'),
    kernel: join(folder, 'kernel'),
    initramfs: join(folder, 'initramfs'),
  }
  if (existsSync(folder)) return image
  removeOlder(box.name)
  const work = `${folder}.new`
  rmSync(work, { recursive: true, force: true })
  const root = join(work, 'root')
  mkdirSync(root, { recursive: true })
  packages.download(box.packages)
  unpack(
    found.map(({ file }) => file),
    root,
  )
  installNode(root, box, work)
  writeFiles(root, box.files)
  const version = readdirSync(join(root, 'usr/lib/modules'))[0]
  renameSync(join(root, 'boot', `vmlinuz-${version}`), join(work, 'kernel'))
  writeFileSync(join(work, 'initramfs'), initramfs(root, version))
  slim(root, box)
  makeDisk(root, join(work, 'root.ext4'), box.diskMegabytes)
  rmSync(root, { recursive: true, force: true })
  rmSync(join(CACHE, `apt-${box.suite}-${box.architecture}`, 'archives'), { recursive: true, force: true })
  renameSync(work, folder)
  return image
}

/** A disk with a folder on it, which the guest may write to. */
export function makeDisk(folder, path, megabytes) {
  rmSync(path, { force: true })
  must('mke2fs', ['-q', '-t', 'ext4', '-O', '^has_journal', '-d', folder, path, `${megabytes}M`])
}

function keyOf(box, found) {
  const versions = found.map(({ name, version }) => `${name} ${version}`)
  const recipe = ['image.mjs', 'modules.mjs', 'cpio.mjs'].map(name =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  )
  const parts = [
    ...versions,
    box.node,
    JSON.stringify(box.files),
    JSON.stringify([box.slim, box.keepOnly]),
    ...recipe,
  ]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

function removeOlder(name) {
  for (const entry of readdirSync(CACHE)) {
    if (entry.startsWith(`${name}-`)) rmSync(join(CACHE, entry), { recursive: true, force: true })
  }
}

/** /bin, /lib and /sbin are links into /usr, and a package that still has them as folders is unpacked through the links. */
function unpack(files, root) {
  for (const name of ['bin', 'lib', 'sbin']) {
    mkdirSync(join(root, 'usr', name), { recursive: true })
    symlinkSync(`usr/${name}`, join(root, name))
  }
  for (const name of ['proc', 'sys', 'dev', 'run', 'tmp', 'job', 'root', 'etc']) {
    mkdirSync(join(root, name), { recursive: true })
  }
  for (const file of files) {
    must('sh', [
      '-c',
      'dpkg-deb --fsys-tarfile "$1" | tar -x -p --keep-directory-symlink -C "$2"',
      '-',
      file,
      root,
    ])
  }
}

function installNode(root, { node }, work) {
  must('npm', ['pack', '--silent', '--pack-destination', work, node])
  const packed = readdirSync(work).find(name => name.endsWith('.tgz'))
  must('tar', ['-xzf', join(work, packed), '-C', work, '--no-same-owner'])
  cpSync(join(work, 'package/bin/node'), join(root, 'usr/bin/node'))
  rmSync(join(work, 'package'), { recursive: true })
  rmSync(join(work, packed))
}

/** Files by path: text, { text, mode }, { link }, or { from, more }: a file of a package with more after it. */
function writeFiles(root, files) {
  for (const [path, entry] of Object.entries(files)) {
    const { text, mode = 0o644, link, from, more = '' } = typeof entry === 'string' ? { text: entry } : entry
    const target = join(root, path)
    mkdirSync(dirname(target), { recursive: true })
    const content = from === undefined ? text : readFileSync(join(root, from), 'utf8') + more
    rmSync(target, { force: true, recursive: true })
    if (link !== undefined) symlinkSync(link, target)
    else writeFileSync(target, content, { mode })
  }
}

const NOT_READ = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/info', 'boot']

/** What no job reads costs preparing time and disk. */
function slim(root, { slim: paths = [], keepOnly = {} }) {
  const others = Object.entries(keepOnly).flatMap(([folder, names]) =>
    readdirSync(join(root, folder))
      .filter(name => !names.includes(name))
      .map(name => join(folder, name)),
  )
  for (const path of [...NOT_READ, ...paths, ...others]) {
    rmSync(join(root, path), { recursive: true, force: true })
  }
}

/** Loads the modules for the disk, mounts it and starts its init. */
function initramfs(root, version) {
  const modules = modulesToLoad(MODULES, moduleReader(root, version))
  const script = [
    '#!/busybox sh',
    ...modules.map(({ name }) => `/busybox insmod /modules/${name}.ko`),
    '/busybox mount -t devtmpfs dev /dev',
    'tries=0',
    'until [ -b /dev/vda ] || [ $tries -ge 50 ]; do tries=$((tries + 1)); /busybox sleep 0.1; done',
    '/busybox mount -t ext4 -o rw /dev/vda /root || echo "BOX: no root disk"',
    '/busybox umount /dev',
    'exec /busybox switch_root /root /sbin/init',
    '',
  ].join('\n')
  return cpioArchive([
    ...['dev', 'root', 'modules'].map(folderEntry),
    programEntry('init', script),
    programEntry('busybox', readFileSync(join(root, 'usr/bin/busybox'))),
    ...modules.map(({ name, content }) => programEntry(`modules/${name}.ko`, content)),
  ])
}

function must(file, args) {
  const { status, stderr, error } = spawnSync(file, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status === 0) return
  throw new CannotPrepare(`${file} ${args[0]} failed: ${error?.message ?? stderr.trim()}`)
}

export const megabytesOf = path => Math.round(statSync(path).blocks / 2048)
