import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, test } from '@jest/globals'

/** Other places where distributions put compilers than PATH. */
const places = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/lib/llvm-14/bin',
  '/usr/lib/llvm-18/bin',
  '/usr/local/go/bin',
]

/** The path of a tool, or undefined. */
export function toolPath(name: string): string | undefined {
  return places
    .map(place => join(place, name))
    .find(path => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** `test`, or a skipped test whose name says which tool is missing here. */
export function testWith(
  ...tools: readonly string[]
): (name: string, work: () => void | Promise<void>, timeout?: number) => void {
  const missing = tools.filter(tool => toolPath(tool) === undefined)
  if (missing.length === 0) return test
  return name => test.skip(`${name} (skipped: no ${missing.join(', ')} here)`, () => {})
}

/** A temporary folder for one test file, removed when its tests are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-elf-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What a tool prints; throws with its complaints when it fails. Answers of readelf may be long. */
export function run(
  tool: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  return execFileSync(toolPath(tool) ?? tool, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  })
}

/** Whether a tool does what is asked; for asking a compiler what it can do. */
export function can(tool: string, args: readonly string[], cwd?: string): boolean {
  const path = toolPath(tool)
  return path !== undefined && spawnSync(path, args, { cwd, stdio: 'ignore' }).status === 0
}

/** Writes a file and yields its path. */
export function write(path: string, text: string): string {
  writeFileSync(path, text)
  return path
}

/** The folder that a tool lies in, for running it without the rest of PATH. */
export const folderOf = (tool: string): string => dirname(toolPath(tool) ?? tool)
