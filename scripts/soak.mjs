import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * The long sweeps: npm run soak [-- PART…]. Each part is a script, or a set of tests with the counts that the goals name (SOAK=1 scales
 * them), which they print; the boxes are emulated machines (scripts/boxes). Takes an hour or more on two cores. The machine part tunes this very machine: run nothing else meanwhile.
 */
const PARTS = {
  causes: ['scripts/mutate-causes.mjs'],
  cases: testsWithRandomCases(),
  hold: [
    '__tests__/shell/host/journal-text.test.ts',
    '__tests__/flow/host/kill-sweep.system.test.ts',
    '__tests__/flow/host/errno-sweep.system.test.ts',
    '__tests__/flow/host/hold-model.test.ts',
  ],
  harnesses: ['__tests__/harnesses/real.system.test.ts'],
  lock: ['__tests__/shell/host/lock.system.test.ts'],
  host: [
    '__tests__/host.test.ts',
    '__tests__/host-strace.system.test.ts',
    '__tests__/shell/host/process.system.test.ts',
  ],
  machine: ['__tests__/e2e/this-machine.system.test.ts'],
  'public-projects': ['scripts/real-projects.mjs'],
  'stand-ins': ['__tests__/e2e/stand-ins.system.test.ts'],
  // KILLS=N for another number of gates than 1,000.
  kills: ['__tests__/e2e/kills.system.test.ts', '__tests__/e2e/stops.system.test.ts'],
  attacks: [
    '__tests__/shell/sandbox/attacks.system.test.ts',
    '__tests__/shell/sandbox/limits.system.test.ts',
    '__tests__/e2e/named-files.system.test.ts',
    '__tests__/e2e/escapes.system.test.ts',
  ],
  servers: ['__tests__/shell/jobs/fork-server.system.test.ts'],
  launchers: ['__tests__/flow/count/launchers.system.test.ts'],
  projects: ['__tests__/e2e/project-kinds.system.test.ts'],
  // A simulated year, and 100,000 hostile lines.
  years: ['scripts/bench.mjs', 'history'],
  history: ['__tests__/report/history/hostile.test.ts', '__tests__/shell/github/history-branch.test.ts'],
  'box-arm': ['scripts/boxes/run.mjs', 'box-arm'],
  'box-x86': ['scripts/boxes/run.mjs', 'box-x86'],
}

/** Names for several parts. */
const GROUPS = { box: ['box-arm', 'box-x86'], 'real-projects': ['public-projects', 'stand-ins'] }

/** Tests of properties, but for the model of the hold, which has a part of its own. */
function testsWithRandomCases() {
  return readdirSync('__tests__', { recursive: true })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => `__tests__/${file}`)
    .filter(file => /\bcases(Of)?\(|\btally\(/.test(readFileSync(file, 'utf8')))
    .filter(file => !file.includes('/host/') && !file.includes('/tuning/journal'))
    .sort()
}

const asked = process.argv.slice(2).flatMap(name => GROUPS[name] ?? [name])
const unknown = asked.filter(name => !(name in PARTS))
if (unknown.length > 0) {
  console.error(
    `soak has no part ${unknown.join(', ')}; use any of ${[...Object.keys(PARTS), ...Object.keys(GROUPS)].join(', ')}.`,
  )
  process.exit(2)
}

let running
let interrupted = false
// Whoever ends the soak ends the part that runs, however the signal came, and waits until it has cleared up after itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true
    running?.kill(signal)
  })
}

/** Runs a part to its end; its exit status, or the signal that ended it. */
function outcomeOf(part) {
  const isScript = part[0].startsWith('scripts/')
  return new Promise(resolve => {
    running = spawn(process.execPath, isScript ? part : ['scripts/test.mjs', '--both', ...part], {
      stdio: 'inherit',
      env: { ...process.env, SOAK: '1' },
    })
    running.on('exit', (status, signal) => resolve(status ?? signal))
  })
}

const failed = []
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  const outcome = await outcomeOf(part)
  if (interrupted) process.exit(130)
  if (outcome !== 0) failed.push(name)
  const minutes = ((performance.now() - started) / 60_000).toFixed(1)
  console.log(`soak ${name}: ${outcome === 0 ? 'passed' : 'FAILED'} after ${minutes} minutes`)
}
process.exit(failed.length > 0 ? 1 : 0)
