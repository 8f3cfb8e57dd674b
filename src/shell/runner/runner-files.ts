import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** The files by which a step talks to the runner; code of the pull request must not have written to them. */
const COMMAND_FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE'] as const
export type CommandFile = (typeof COMMAND_FILES)[number]

/** Keeps an account of what we wrote to the runner's files. */
export interface RunnerFiles {
  /** Does one write and takes note of it. */
  write(file: CommandFile, name: string, value: string, append: () => void): void
  /** Says which files hold something that we did not write, and restores what we did. */
  verify(): readonly string[]
}

/** Opens the account: nothing was written yet to any file that the runner names. */
export function runnerFiles(env: Readonly<Record<string, string | undefined>>): RunnerFiles {
  const expected = new Map<CommandFile, string>()
  const faults = new Set<string>()
  const paths = COMMAND_FILES.flatMap(file => (env[file] ? [[file, env[file]] as const] : []))
  for (const [file, path] of paths) expected.set(file, read(path) ?? '')

  const settle = (file: CommandFile, path: string): void => {
    const ours = expected.get(file) ?? ''
    if (read(path) === ours) return
    faults.add(
      `Something that ran during this job wrote to the runner's file ${file}; its content was restored, and the result cannot be trusted. Look at what the build and the benchmarks start.`,
    )
    rmSync(path, { force: true, recursive: true })
    writeFileSync(path, ours)
  }
  return {
    write: (file, name, value, append) => {
      const path = env[file]
      if (!path) return append()
      settle(file, path)
      append()
      const before = expected.get(file) ?? ''
      const after = read(path) ?? ''
      const added = after.startsWith(before) ? after.slice(before.length) : ''
      // What came in between would be cut off here, and is found by the next look at the file.
      expected.set(file, before + ownPart(added, name, value))
      settle(file, path)
    },
    verify: () => {
      for (const [file, path] of paths) settle(file, path)
      return [...faults]
    },
  }
}

/** The record `name<<delimiter, value, delimiter` at the start of what was added, or nothing. */
function ownPart(added: string, name: string, value: string): string {
  const delimiter = /<<(ghadelimiter_[0-9a-f-]{36})\n/.exec(added)?.[1]
  if (delimiter === undefined) return ''
  const record = `${name}<<${delimiter}\n${value}\n${delimiter}\n`
  return added.startsWith(record) ? record : ''
}

/** The text of a regular file; undefined for anything else. */
function read(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? readFileSync(path, 'utf8') : undefined
}
