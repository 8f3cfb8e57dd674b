import { openMachine } from '../../src/shell/machine/open.ts'

/**
 * As much of the action as holds a machine: holds it, says so, and releases it when it is asked to end by a signal (as the
 * runner does first) or by a line on its standard input.
 */
const [host, root] = process.argv.slice(2)
const log = {
  line: (text: string) => process.stdout.write(`log ${text}\n`),
  warn: (text: string) => process.stdout.write(`warn ${text}\n`),
  group: <T>(_: string, work: () => Promise<T>) => work(),
}
const machine = openMachine(
  log,
  { add: () => {} },
  { root: root!, access: { kind: 'reachable', as: 'root', file: process.execPath, args: [host!, root!] } },
)
const asked = new Promise<void>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve())
  process.stdin.once('data', () => resolve())
})
try {
  const hold = await machine.hold('auto')
  process.stdout.write(`held ${hold.scheduling.cpus ?? ''}\n`)
  await asked
  const knobs = await hold.release()
  process.stdout.write(`released ${knobs.filter(({ restored }) => restored === false).length}\n`)
} catch (error) {
  process.stdout.write(`failed ${String(error)}\n`)
}
process.exit()
