import * as fs from 'node:fs'
import { lockUnder } from '../../src/shell/host/lock.ts'

/** Takes the lock under a root folder, notes coming, staying and going in one log, and ends: sometimes by being killed. */
const [root, log] = process.argv.slice(2)
const note = (what: string) => fs.appendFileSync(log!, `${what} ${process.pid}\n`)
const lock = lockUnder(root!, fs)
let outcome = lock.tryTake()
if (outcome.kind === 'busy') outcome = await lock.take(new AbortController().signal)
if (outcome.kind !== 'held') throw new Error(`the lock was not had: ${JSON.stringify(outcome)}`)
note('enter')
for (let tick = 0; tick < 3; tick++) {
  await new Promise(resolve => setTimeout(resolve, Math.random() * 3))
  note('tick')
  // Some die inside.
  if (Math.random() < 0.08) process.kill(process.pid, 'SIGKILL')
}
note('leave')
process.exit()
