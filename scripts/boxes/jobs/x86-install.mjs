import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOST, run } from './gate.mjs'
import { COMMAND } from './hold.mjs'
import { check, expect } from './results.mjs'

const PLACES = [
  '/etc',
  '/usr/local',
  '/usr/lib/systemd',
  '/usr/bin',
  '/usr/sbin',
  '/var/lib',
  '/root',
  '/home',
]

/** Every file below the places where programs are installed, with what it is. */
function everyFile() {
  const files = new Map()
  for (const place of PLACES) {
    for (const name of readdirSync(place, { recursive: true })) {
      const path = join(place, name)
      const { mode, uid, gid } = lstatSync(path)
      files.set(path, `${mode.toString(8)} ${uid}:${gid} ${contentOf(path)}`)
    }
  }
  return files
}

const LARGE_BYTES = 1 << 20

/** Compilers would take an emulated minute to read; nobody writes to one and leaves the time of its last change alone. */
function contentOf(path) {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return readlinkSync(path)
  if (!status.isFile()) return ''
  if (status.size > LARGE_BYTES) return `${status.size} ${status.ctimeMs}`
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

const differing = (before, after) =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter(path => before.get(path) !== after.get(path))
    .sort()

export async function installation() {
  const before = everyFile()
  let listed = []
  await check('host install writes what it lists, and nothing else', () => {
    const { status, out } = run(['node', HOST, 'install', '--user', 'runner'])
    listed = [...out.matchAll(/^wrote (\S+)$/gm)].map(([, path]) => path)
    const made = differing(before, everyFile())
    const folders = made.filter(path => lstatSync(path).isDirectory())
    const files = made.filter(path => !lstatSync(path).isDirectory())
    expect({
      succeeded: status === 0 || out,
      'the files are those listed': files.join() === listed.toSorted().join() || `${files} and ${listed}`,
      'folders only around them':
        folders.every(folder => listed.some(path => path.startsWith(`${folder}/`))) || folders.join(),
      'all of root, closed to others':
        files.every(path => isRoots(path)) || files.filter(path => !isRoots(path)).join(),
    })
    return `${files.length} files`
  })

  await check('systemd takes the boot unit: enabled, verified, started', () => {
    const enabled = run(['systemctl', 'is-enabled', 'perf-verdict-recover.service'])
    const verified = run(['systemd-analyze', 'verify', '/etc/systemd/system/perf-verdict-recover.service'])
    const started = run(['systemctl', 'start', 'perf-verdict-recover.service'])
    expect({
      enabled: enabled.out.trim() === 'enabled' || enabled.out,
      verified: verified.out.trim() === '' || verified.out,
      started: started.status === 0 || started.out,
    })
  })

  await check('installing again changes nothing', () => {
    const once = everyFile()
    const { status } = run(['node', HOST, 'install', '--user', 'runner'])
    expect({ succeeded: status === 0, same: differing(once, everyFile()).join() === '' })
  })

  await check('uninstall leaves the machine as it was, folders included', () => {
    const { status, out } = run(['node', HOST, 'uninstall'])
    const left = differing(before, everyFile())
    const unit = run(['systemctl', 'is-enabled', 'perf-verdict-recover.service'])
    expect({
      succeeded: status === 0 || out,
      'nothing differs': left.length === 0 || left.join(),
      'no unit is known': unit.out.includes('not-found') || unit.out,
    })
  })
}

function isRoots(path) {
  const { uid, gid, mode } = lstatSync(path)
  return uid === 0 && gid === 0 && (lstatSync(path).isSymbolicLink() || (mode & 0o022) === 0)
}

/** Each is tried as the runner through sudo, and must be refused before anything is done. */
const REFUSED = [
  ['/usr/bin/id'],
  ['-i'],
  ['-u', 'nobody', COMMAND, 'status'],
  ['/usr/bin/node', '-e', 'process.exit(0)'],
  [COMMAND],
  [COMMAND, 'install', '--user', 'runner'],
  [COMMAND, 'uninstall'],
  [COMMAND, 'status', '--prefix', '/tmp'],
  [COMMAND, 'recover', '--prefix', '/tmp'],
  [COMMAND, 'hold', '/etc/passwd'],
  [COMMAND, 'hold', 'governor=/etc/passwd'],
  [COMMAND, 'hold', 'auto', '--prefix=/tmp'],
  [COMMAND, 'hold', '../../etc'],
  ['NODE_OPTIONS=--require=/tmp/evil.cjs', COMMAND, 'status'],
  ['LD_PRELOAD=/tmp/evil.so', COMMAND, 'status'],
  ['PATH=/tmp', COMMAND, 'status'],
]

export async function sudoers() {
  await check('sudo lets the runner hold, recover and ask for the status', () => {
    const sudo = (...words) => run(['sudo', '-n', COMMAND, ...words], { user: 'runner' })
    const listed = run(['sudo', '-n', '-l'], { user: 'runner' }).out
    expect({
      status: sudo('status').status === 0,
      recover: sudo('recover').status === 0,
      'recover as JSON': sudo('recover', '--json').status === 0,
      'a hold that ends at once':
        run(['sudo', '-n', COMMAND, 'hold', 'auto'], { user: 'runner', input: '' }).status === 0,
      'nothing else is listed': [...listed.matchAll(/NOPASSWD:/g)].length === 1 || listed,
    })
  })

  await check(`sudo refuses the runner everything wider: ${REFUSED.length} ways`, () => {
    writeFileSync('/tmp/evil.cjs', "require('node:fs').writeFileSync('/tmp/was-root', '')")
    const passed = REFUSED.filter(
      words => run(['sudo', '-n', ...words], { user: 'runner', input: '' }).status === 0,
    )
    const environment = run(
      ['env', 'NODE_OPTIONS=--require=/tmp/evil.cjs', 'sudo', '-n', COMMAND, 'status'],
      { user: 'runner' },
    )
    expect({
      'none passes': passed.length === 0 || passed.map(words => words.join(' ')).join('; '),
      'the environment does not reach node':
        environment.status === 0 && !readdirSync('/tmp').includes('was-root'),
    })
  })

  await check('another user may do nothing by sudo', () =>
    expect({
      refused:
        run(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'sudo', '-n', COMMAND, 'status'])
          .status !== 0,
    }),
  )
}
