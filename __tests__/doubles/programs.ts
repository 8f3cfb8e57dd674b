import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildOnce } from './built-once.ts'

/** Two trees at paths of equal length with a program `bench` in each, built for real. */
export interface ProgramTrees {
  readonly base: string
  readonly head: string
  remove(): void
}

/** What to build: C source and the compiler's options. */
export interface Program {
  readonly source: string
  readonly options?: readonly string[]
}

/** Whether an option asks for debug information, which names the folder. */
const isDebug = (option: string): boolean => option.startsWith('-g')

export const hasTool = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

export function buildTrees(base: Program, head: Program): ProgramTrees {
  const root = mkdtempSync(join(tmpdir(), 'perf-verdict-programs-'))
  for (const [side, { source, options = ['-O1'] }] of Object.entries({ base, head })) {
    const tree = join(root, side)
    mkdirSync(tree)
    writeFileSync(join(tree, 'bench.c'), source)
    const program = join(tree, 'bench')
    const compile = () => {
      execFileSync('gcc', ['-o', program, join(tree, 'bench.c'), ...options], { stdio: 'pipe' })
    }
    if (options.some(isDebug)) compile()
    else buildOnce(program, { tool: 'gcc', parts: [source, options] }, compile)
  }
  return {
    base: join(root, 'base'),
    head: join(root, 'head'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** The program of the placement demonstration: functions of one line each at a stride, called in a loop. */
export function strided(functions: number, strideBytes: number, rounds: number): Program {
  const names = Array.from({ length: functions }, (_, index) => `f${index}`)
  const bodies = names.map(
    (name, index) =>
      `__attribute__((noinline, aligned(${strideBytes}))) unsigned ${name}(unsigned x) { return x * 3u + ${index}; }`,
  )
  const calls = names.map(name => `x = ${name}(x);`).join(' ')
  const main = `int main(void) { unsigned x = 1; for (int i = 0; i < ${rounds}; i++) { ${calls} } return x == 42; }`
  return { source: [...bodies, main, ''].join('\n'), options: ['-O1', '-fno-toplevel-reorder'] }
}

/** Link-time addresses and sizes of the functions of a program, by nm. */
export function functionsOf(
  program: string,
): ReadonlyMap<string, { readonly address: number; readonly size: number }> {
  const listing = execFileSync('nm', ['-S', '--defined-only', program], { encoding: 'utf8' })
  const rows = [...listing.matchAll(/^([0-9a-f]+) ([0-9a-f]+) [tT] (\S+)$/gm)]
  return new Map(
    rows.map(([, address, size, name]) => [
      name!,
      { address: Number(`0x${address}`), size: Number(`0x${size}`) },
    ]),
  )
}
