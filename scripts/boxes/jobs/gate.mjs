import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { note } from './results.mjs'

export const CLI = '/job/dist/cli.js'
export const HOST = '/job/dist/host.js'
export const PARANOID = '/proc/sys/kernel/perf_event_paranoid'

/** Words that run a command as a user who is not root, with nothing of root's environment. */
const asUser = user =>
  user === undefined
    ? []
    : [
        'setpriv',
        `--reuid=${user}`,
        `--regid=${user}`,
        '--init-groups',
        'env',
        '-i',
        `HOME=/home/${user}`,
        'PATH=/usr/bin:/bin',
      ]

/** Runs a command to its end: { status, out } with both streams in one text. */
export function run(words, { user, cwd = '/', input } = {}) {
  const [file, ...args] = [...asUser(user), ...words]
  const { status, signal, stdout, stderr, error } = spawnSync(file, args, {
    encoding: 'utf8',
    cwd,
    ...(input !== undefined && { input }),
    maxBuffer: 64 << 20,
  })
  return { status: status ?? signal ?? error?.message, out: `${stdout ?? ''}${stderr ?? ''}` }
}

/** Starts a command and leaves it running. */
export function start(words, { user, cwd = '/' } = {}) {
  const [file, ...args] = [...asUser(user), ...words]
  return spawn(file, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** The words of a gate of two branches, which build by make unless `more` says otherwise. */
export function gateWords(repository, head, out, more) {
  const options = [
    '--repo',
    repository,
    '--base',
    'main',
    '--head',
    head,
    '--build',
    'make',
    '--out',
    out,
    ...more,
  ]
  return ['node', CLI, 'gate', ...options]
}

/** A whole gate: how it ended and its report; what it printed is kept for whoever reads a failure. */
export function gate({ repository, head, more, user }) {
  const out = join(repository, '..', `${head}-report`)
  rmSync(out, { recursive: true, force: true })
  const { status, out: printed } = run(gateWords(repository, head, out, more), { user })
  const path = join(out, 'report.json')
  if (!existsSync(path))
    throw new Error(`the gate ended with ${status} and no report: ${printed.slice(-1500)}`)
  const report = JSON.parse(readFileSync(path, 'utf8'))
  note(`gate ${head} ${more.join(' ')}: exit ${status}, ${report.sentence}`)
  return { status, printed, report }
}

export const doctorJson = user => JSON.parse(run(['node', CLI, 'doctor', '--json'], { user }).out)
export const text = path => readFileSync(path, 'utf8').trim()
