import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeDisk } from './image.mjs'
import { newLines } from './job-lines.mjs'

const MOST_BOOTS = 4
const POLL_MS = 300

/**
 * Boots the image with a job's folder on a second disk, and hands each line that the job reports to `report`. The image stays as it is:
 * its disk is a snapshot. Says how often the guest panicked while booting, and what kept it from ending its job.
 */
export async function runGuest({ image, box, jobFolder, report, seconds = box.seconds }) {
  for (let boot = 1; ; boot++) {
    const ended = await runOnce({ image, box, jobFolder, report, seconds })
    const panickedBooting = ended.fault === 'panic' && !ended.begun
    if (!panickedBooting || boot === MOST_BOOTS) return { ...ended, panics: boot - (panickedBooting ? 0 : 1) }
    report({ note: `the guest panicked while booting; boot ${boot + 1} of ${MOST_BOOTS}` })
  }
}

async function runOnce({ image, box, jobFolder, report, seconds }) {
  const work = mkdtempSync(join(tmpdir(), 'perf-verdict-box-'))
  const [console, results, jobDisk] = ['console', 'results', 'job.ext4'].map(name => join(work, name))
  for (const file of [console, results]) writeFileSync(file, '')
  makeDisk(jobFolder, jobDisk, box.jobMegabytes ?? 64)
  const emulator = startEmulator(box, common({ image, jobDisk, console, results, box }), work)
  const lines = []
  const reader = newLines()
  const take = () => {
    for (const line of reader(readFileSync(results))) {
      lines.push(line)
      report(line)
    }
  }
  const isDone = () => lines.some(({ done }) => done)
  try {
    const fault = await untilOver({ emulator, console, take, isDone, seconds })
    const log = readFileSync(console, 'latin1')
    keepLog(box.name, log)
    return { begun: lines.length > 0, fault, log }
  } finally {
    await emulator.end()
    rmSync(work, { recursive: true, force: true })
  }
}

/** Waits for the end of the job, and says what came before it: too long a time, a panic, an emulator that is gone. */
async function untilOver({ emulator, console, take, isDone, seconds }) {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const isGone = emulator.isGone()
    take()
    if (isDone()) return undefined
    if (isGone) return `QEMU ended before its job: ${emulator.complaint().trim() || 'it said nothing'}`
    if (/Kernel panic/.test(tail(console))) return 'panic'
    if (performance.now() > deadline) return `its job did not end in ${seconds} s`
    await sleep(POLL_MS)
  }
}

/** The emulator as a process that is ended by its id, also where this program is interrupted. */
function startEmulator(box, args, folder) {
  // It keeps its id behind setpriv, and ends with this program however that ends.
  const qemu = spawn('setpriv', ['--pdeathsig', 'KILL', box.qemu, ...box.machine, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  })
  const said = []
  qemu.stderr.on('data', data => said.push(data))
  const ended = new Promise(resolve => {
    qemu.on('exit', resolve)
    qemu.on('error', error => {
      said.push(error.message)
      resolve()
    })
  })
  const stop = () => {
    qemu.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', stop)
  return {
    isGone: () => qemu.pid === undefined || qemu.exitCode !== null || qemu.signalCode !== null,
    complaint: () => said.join(''),
    end: async () => {
      process.off('exit', stop)
      qemu.kill('SIGKILL')
      await ended
    },
  }
}

function common({ image, jobDisk, console, results, box }) {
  return [
    ['-kernel', image.kernel],
    ['-initrd', image.initramfs],
    ['-append', `console=${box.console} panic=0 ${box.kernelArguments ?? ''}`.trim()],
    ['-drive', `if=none,id=root,format=raw,snapshot=on,file=${image.disk}`],
    ['-device', 'virtio-blk-pci,drive=root'],
    ['-drive', `if=none,id=job,format=raw,file=${jobDisk}`],
    ['-device', 'virtio-blk-pci,drive=job'],
    ['-device', 'virtio-serial-pci'],
    ['-chardev', `file,id=results,path=${results}`],
    ['-device', 'virtserialport,chardev=results,name=results'],
    ['-serial', `file:${console}`],
    ['-monitor', 'none'],
    ['-display', 'none'],
    ['-nodefaults'],
  ].flat()
}

const tail = file => (existsSync(file) ? readFileSync(file, 'latin1').slice(-20_000) : '')

/** The last console of each box stays in the ignored folder, for whoever asks why. */
function keepLog(name, log) {
  mkdirSync('.cache/boxes', { recursive: true })
  writeFileSync(join('.cache/boxes', `${name}.console.log`), log)
}
