import { fileURLToPath } from 'node:url'
import { hostCommand } from '../../src/flow/host/command.ts'
import { openHostPorts } from '../../src/shell/host/open.ts'
import { mortalFiles } from './mortal-files.ts'

/**
 * The host process on a fake machine: all of src/host.ts but its root folder, which the real one takes from nobody. Kills itself
 * for real at the call on files that DIE_AT names.
 */
const [root, ...args] = process.argv.slice(2)
if (root === undefined || root === '/')
  throw new Error('the fake host process never works on the real machine')
const at = Number(process.env.DIE_AT ?? 0)
const fate =
  at > 0 ? ({ at, how: process.env.DIE_HOW === 'after' ? 'die-after' : 'die-before' } as const) : undefined
const files = mortalFiles(fate, () => process.kill(process.pid, 'SIGKILL'))
const program = {
  script: fileURLToPath(import.meta.url),
  node: process.execPath,
  say: (text: string) => process.stdout.write(text),
}
process.exitCode = await hostCommand(args, program, openHostPorts(root, files.fs))
if (process.env.COUNT === '1') process.stdout.write(`calls ${files.calls()}\n`)
process.exit()
