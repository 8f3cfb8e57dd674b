import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { arm } from './arm.mjs'
import { runGuest } from './guest.mjs'
import { megabytesOf, prepareImage } from './image.mjs'
import { CannotPrepare } from './packages.mjs'
import { tableOf } from './table.mjs'
import { x86 } from './x86.mjs'

/**
 * Runs the assertions of one box: node scripts/boxes/run.mjs box-arm [GUEST [PART…]]. Several guests of one image run one after the other;
 * a job's parts are in its script. Prints each assertion as it is settled and a table at the end. What this machine lacks for a box is said,
 * and the box is skipped.
 */
const BOXES = { [arm.name]: arm, [x86.name]: x86 }

const [name, onlyGuest, ...parts] = process.argv.slice(2)
const box = BOXES[name]
if (box === undefined) {
  console.error(`There is no box ${name}; use any of ${Object.keys(BOXES).join(', ')}.`)
  process.exit(2)
}

const since = started => (performance.now() - started) / 1000

function installEmulator() {
  const isThere = () => (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, box.qemu)))
  if (isThere()) return
  if (process.getuid() === 0) {
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', box.emulator], options)
  }
  if (!isThere()) throw new CannotPrepare(`${box.qemu} is missing; apt-get install ${box.emulator}.`)
}

/** What a guest gets: the committed distribution, the scripts of its job and the test programs that it names. */
function fillJobFolder(folder, guest) {
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  cpSync('scripts/boxes/jobs', join(folder, 'scripts'), { recursive: true })
  cpSync(`scripts/boxes/jobs/${guest.job}`, join(folder, 'scripts/job.mjs'))
  writeFileSync(join(folder, 'parts'), parts.join('\n'))
  for (const [name, source] of Object.entries(guest.programs ?? {})) {
    spawnSync(process.execPath, ['scripts/bundle-one.mjs', source, join(folder, 'scripts', name)], {
      stdio: 'inherit',
    })
  }
}

async function runOne(image, guest, rows) {
  const jobFolder = mkdtempSync(join(tmpdir(), 'perf-verdict-job-'))
  const removeJob = () => rmSync(jobFolder, { recursive: true, force: true })
  process.once('exit', removeJob)
  fillJobFolder(jobFolder, guest)
  let last = performance.now()
  const settle = (assertion, passed, detail) => {
    const seconds = since(last)
    last = performance.now()
    rows.push({ assertion, guest: guest.name, passed, seconds })
    console.log(
      `${passed ? 'holds' : 'FAILS'}  ${assertion} (${guest.name}, ${seconds.toFixed(0)} s)${detail ? `: ${detail}` : ''}`,
    )
  }
  const report = line => {
    if (line.assertion !== undefined) settle(line.assertion, line.passed, line.detail)
    else if (line.note !== undefined) console.log(`       ${line.note}`)
  }
  try {
    const settings = {
      ...box,
      name: `${box.name}-${guest.name}`,
      machine: [...box.machine, ...guest.machine],
    }
    const { fault, panics, log } = await runGuest({ image, box: settings, jobFolder, report })
    if (panics > 0) console.log(`       ${guest.name} panicked ${panics} times while booting`)
    if (fault !== undefined) {
      settle('the guest ends its job', false, `${fault}; the end of its console:\n${log.slice(-1500)}`)
    }
    return panics
  } finally {
    process.off('exit', removeJob)
    removeJob()
  }
}

try {
  installEmulator()
  const started = performance.now()
  const image = prepareImage(box)
  console.log(
    `${box.name}: image prepared in ${since(started).toFixed(0)} s, ${megabytesOf(image.disk)} MB on disk`,
  )
  // Whoever interrupts this finds neither the emulator nor its folders afterwards: they go when this process ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  const rows = []
  let panics = 0
  const guests = box.guests.filter(guest => onlyGuest === undefined || onlyGuest === guest.name)
  for (const guest of guests) panics += await runOne(image, guest, rows)
  console.log(`\n${tableOf(rows)}\n`)
  const failed = rows.filter(({ passed }) => !passed).length
  console.log(
    `${box.name}: ${rows.length} assertions, ${failed} failed, ${panics} panics while booting, ${since(started).toFixed(0)} s`,
  )
  process.exitCode = failed === 0 && rows.length > 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof CannotPrepare)) throw error
  console.log(`${box.name}: skipped: ${error.message}`)
}
