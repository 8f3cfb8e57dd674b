import { type ChildProcess, spawn } from 'node:child_process'

/** A process that a test started: what it printed, and how it ends. */
export interface Started {
  readonly child: ChildProcess
  readonly pid: number
  readonly lines: readonly string[]
  /** Resolves with the first line that matches; rejects when the process ends without one. */
  line(pattern: RegExp): Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

const running = new Set<ChildProcess>()

/** Starts a node script with its standard streams piped. */
export function start(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  running.add(child)
  const lines: string[] = []
  const waiting: { pattern: RegExp; resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  let rest = ''
  let over = false
  const take = (line: string) => {
    lines.push(line)
    for (const one of waiting.filter(({ pattern }) => pattern.test(line))) {
      one.resolve(line)
      waiting.splice(waiting.indexOf(one), 1)
    }
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop()!
      parts.forEach(take)
    })
  }
  child.stdin.on('error', () => {})
  const ended = new Promise<{ code: number | null; signal: string | null }>(resolve => {
    child.on('close', (code, signal) => {
      over = true
      running.delete(child)
      for (const { pattern, reject } of waiting)
        reject(new Error(`ended without ${pattern}: ${lines.join('\n')}`))
      resolve({ code, signal })
    })
  })
  return {
    child,
    pid: child.pid!,
    lines,
    ended,
    line: pattern => {
      const found = lines.find(line => pattern.test(line))
      if (found !== undefined) return Promise.resolve(found)
      if (over) return Promise.reject(new Error(`ended without ${pattern}: ${lines.join('\n')}`))
      return new Promise((resolve, reject) => waiting.push({ pattern, resolve, reject }))
    },
  }
}

/** Ends, by its id, every process that is still there. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
