import { type ChildProcess, spawn } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolCommand, ToolPort, ToolResult } from '../ports/ports.ts'

/** Our own tools: no shell, output captured and not echoed, a time limit by timeout(1). */
export const tools: ToolPort = { run, find }

/** How much of a tool's output about a repository is kept; a diff of vendored files can be larger than memory. */
const MOST_BYTES = 256 * 1024 * 1024

const running = new Set<ChildProcess>()
// timeout(1) hands the signal on.
const endAll = () => {
  for (const child of running) child.kill('SIGTERM')
}
process.once('exit', endAll)

/** Commands that undo nothing have no listener of their own, and a signal without one ends a process without its 'exit'. */
const ENDING = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const listeners = Object.entries(ENDING).map(([signal, code]) => {
  const listener = () => {
    // Whoever listens as well ends this process when it has undone what it did.
    if (process.listenerCount(signal) === 1) process.exit(code)
  }
  return { signal, listener }
})

function started(child: ChildProcess): void {
  if (running.size === 0) for (const { signal, listener } of listeners) process.on(signal, listener)
  running.add(child)
}

function ended(child: ChildProcess): void {
  if (!running.delete(child) || running.size > 0) return
  for (const { signal, listener } of listeners) process.off(signal, listener)
}

async function run(command: ToolCommand): Promise<ToolResult> {
  const limit = command.timeoutSeconds ?? 600
  const args = ['--signal=TERM', '--kill-after=5', `${limit}`, command.file, ...command.args]
  const child = spawn('timeout', args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.env === undefined ? {} : { env: { ...command.env } }),
  })
  started(child)
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)]
  // A tool may end without reading all that it is given.
  child.stdin.on('error', () => {})
  child.stdin.end(command.input ?? '')
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    // 124: the time limit; 137: it had to be killed.
    const isOver = code === null || code === 124 || code === 137
    return { code: isOver ? null : code, stdout: stdout(), stderr: stderr() }
  } finally {
    ended(child)
  }
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    if (bytes < MOST_BYTES) chunks.push(chunk.subarray(0, MOST_BYTES - bytes))
    bytes += chunk.length
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** Folders of PATH that cannot be read, as another user's are, hold no tool for us. */
async function find(name: string): Promise<string | undefined> {
  if (name.includes('/')) return (await isProgram(name)) ? name : undefined
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = join(folder, name)
    if (folder !== '' && (await isProgram(path))) return path
  }
  return undefined
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
