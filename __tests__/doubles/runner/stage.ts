import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** One process of an action: what to run, and who is told of its lines. */
export interface StageRequest {
  readonly node: string
  readonly script: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  /** Called with the process once it runs; calling `cancel` starts the runner's ladder of signals. */
  readonly onStart?: (stage: RunningStage) => void
  /** The runner's times, shortened for tests: 1 is 7.5 s, 2.5 s and 5 s. */
  readonly scale: number
}

export interface RunningStage {
  readonly pid: number
  /** SIGINT, SIGTERM after 7.5 s, SIGKILL after 2.5 s more, to the entry process only (ProcessInvoker.cs). */
  cancel(): void
  signal(name: NodeJS.Signals): void
}

export interface StageEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly milliseconds: number
}

/** Runs one stage to its end; pipes that somebody else still holds are given up 5 s after the entry process is gone. */
export async function runStage(request: StageRequest): Promise<StageEnd> {
  const started = performance.now()
  const child = spawn(request.node, [request.script], {
    cwd: request.cwd,
    env: { ...request.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const readers = [child.stdout, child.stderr].map(stream => readLines(stream, request.onLine))
  const timers: NodeJS.Timeout[] = []
  const cancel = () => {
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), 7500 * request.scale))
    timers.push(setTimeout(() => child.kill('SIGKILL'), 10_000 * request.scale))
  }
  request.onStart?.({ pid: child.pid!, cancel, signal: name => child.kill(name) })
  const end = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  for (const timer of timers) clearTimeout(timer)
  const grace = new Promise<void>(resolve => timers.push(setTimeout(resolve, 5000 * request.scale)))
  await Promise.race([Promise.all(readers), grace])
  for (const timer of timers) clearTimeout(timer)
  child.stdout.destroy()
  child.stderr.destroy()
  return { ...end, milliseconds: performance.now() - started }
}

/** Lines end with a newline, a carriage return, or both, as .NET reads them. */
async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  stream.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of stream) {
      const lines = `${rest}${chunk}`.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    }
  } catch {
    // The stream was given up.
  }
  if (rest !== '') onLine(rest.replace(/\r$/, ''))
}
