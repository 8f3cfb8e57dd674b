import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

/** The parts of the boxes that need neither a guest nor a network. */
const from = (name: string) => import(`../../scripts/boxes/${name}.mjs`)

const PRINTED = `Reading package lists...
NOTE: This is only a simulation!
'http://mirror.example/pool/g/git_2.39.5-0%2bdeb12u3_arm64.deb' git_1%3a2.39.5-0+deb12u3_arm64.deb 7152820 MD5Sum:69183ad0
'http://mirror.example/pool/b/bash_5.2.15-2_arm64.deb' bash_5.2.15-2_arm64.deb 1430000 MD5Sum:0123
`

test('packages are read from what apt would fetch, with epochs, in order of their names', async () => {
  const { packagesOf } = await from('packages')
  expect(packagesOf(PRINTED)).toEqual([
    { name: 'bash', version: '5.2.15-2', file: 'bash_5.2.15-2_arm64.deb' },
    { name: 'git', version: '1:2.39.5-0+deb12u3', file: 'git_1%3a2.39.5-0+deb12u3_arm64.deb' },
  ])
  expect(packagesOf('0 upgraded, 0 newly installed')).toEqual([])
})

test('modules are loaded after those that they depend on, and built-in ones are left out', async () => {
  const { modulesToLoad } = await from('modules')
  const module = (depends: string) => Buffer.from(`\0license=GPL\0depends=${depends}\0name=x\0`)
  const files: Record<string, Buffer> = {
    ext4: module('jbd2,mbcache,crc16'),
    jbd2: module('mbcache'),
    mbcache: module(''),
    virtio_blk: module('virtio_ring'),
  }
  const order = modulesToLoad(['virtio_blk', 'ext4', 'built_in'], (name: string) => files[name])
  expect(order.map(({ name }: { name: string }) => name)).toEqual(['virtio_blk', 'mbcache', 'jbd2', 'ext4'])
})

test('an archive is what cpio reads', async () => {
  const { cpioArchive, folderEntry, programEntry } = await from('cpio')
  const archive: Buffer = cpioArchive([folderEntry('modules'), programEntry('init', '#!/busybox sh\n')])
  expect(archive.length % 4).toBe(0)
  expect(archive.subarray(0, 6).toString()).toBe('070701')
  // The kernel's first check of an archive is whether its fields are hexadecimal numbers of eight digits.
  expect(archive.toString('latin1').match(/070701[0-9a-f]{104}/g)).toHaveLength(3)
  expect(archive.toString('latin1')).toContain('TRAILER!!!\0')
  const read = spawnSync('cpio', ['-it', '--quiet'], { input: archive, encoding: 'utf8' })
  if (read.error !== undefined) console.info('skipped: cpio is not installed')
  else expect(read.stdout.trim().split('\n')).toEqual(['modules', 'init'])
})

test('lines of a job are read once each, and not before they are whole', async () => {
  const { newLines } = await from('job-lines')
  const read = newLines()
  expect(read(Buffer.from('{"note":"a"}\n{"no'))).toEqual([{ note: 'a' }])
  expect(read(Buffer.from('{"note":"a"}\n{"no'))).toEqual([])
  expect(read(Buffer.from('{"note":"a"}\n{"note":"ä"}\n'))).toEqual([{ note: 'ä' }])
  expect(read(Buffer.from('{"note":"a"}\n{"note":"ä"}\nnoise\n'))).toEqual([
    { note: 'a line that is no JSON: noise' },
  ])
})

test('the table says of each assertion where it was made and how it came out', async () => {
  const { tableOf } = await from('table')
  expect(
    tableOf([
      { assertion: 'it counts', guest: 'icount', passed: true, seconds: 12.4 },
      { assertion: 'it is said', guest: 'no-icount', passed: false, seconds: 3 },
    ]),
  ).toBe(
    [
      '| assertion  | guest     | result | seconds |',
      '|------------|-----------|--------|---------|',
      '| it counts  | icount    | holds  | 12      |',
      '| it is said | no-icount | FAILS  | 3       |',
    ].join('\n'),
  )
})

test.each([
  ['box-arm', /^box-arm: skipped: qemu-system-aarch64 is missing; apt-get install qemu-system-arm\.$/m],
  ['box-x86', /^box-x86: skipped: qemu-system-x86_64 is missing; apt-get install qemu-system-x86\.$/m],
])('without QEMU %s is skipped, and the reason is printed', (box, said) => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/boxes/run.mjs', box], {
    encoding: 'utf8',
    env: { PATH: '/nonexistent' },
  })
  expect(stdout).toMatch(said)
  expect(status).toBe(0)
})

test('packages that cannot be had are a reason to skip, not a crash', async () => {
  const { openPackages, CannotPrepare } = await from('packages')
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-apt-'))
  const asked = { folder, suite: 'bookworm', architecture: 'arm64', mirror: 'file:/nonexistent' }
  try {
    expect(() => openPackages(asked)).toThrow(CannotPrepare)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
