import type { ToolCommand, ToolPort, ToolResult } from '../ports/world.ts'

/** Tools of ours through @actions/exec: no shell, output captured and not echoed, a time limit by timeout(1). */
export const tools: ToolPort = { run, find }

async function run(command: ToolCommand): Promise<ToolResult> {
  const { getExecOutput } = await import('@actions/exec')
  const limit = command.timeoutSeconds ?? 600
  const args = ['--signal=TERM', '--kill-after=5', `${limit}`, command.file, ...command.args]
  const { exitCode, stdout, stderr } = await getExecOutput('timeout', args, {
    silent: true,
    ignoreReturnCode: true,
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
    ...(command.input === undefined ? {} : { input: Buffer.from(command.input) }),
  })
  // 124: the time limit; 137: it had to be killed. A null code is a signal that @actions/exec does not name.
  const ended = exitCode === null || exitCode === 124 || exitCode === 137
  return { code: ended ? null : exitCode, stdout, stderr }
}

async function find(name: string): Promise<string | undefined> {
  const { which } = await import('@actions/io')
  const path = await which(name, false)
  return path === '' ? undefined : path
}
