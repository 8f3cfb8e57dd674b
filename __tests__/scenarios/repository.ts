import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Scenario, Tree } from './scenario.ts'

const identity = {
  GIT_AUTHOR_NAME: 'Scenario',
  GIT_AUTHOR_EMAIL: 'scenario@example.invalid',
  GIT_COMMITTER_NAME: 'Scenario',
  GIT_COMMITTER_EMAIL: 'scenario@example.invalid',
  GIT_CONFIG_NOSYSTEM: '1',
}

/** Writes a fresh git repository with the tags `base` and `head`; the same scenario gives the same hashes. */
export function writeRepository(scenario: Pick<Scenario, 'base' | 'head' | 'message'>, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  git(folder, ['init', '-q', '-b', 'main'])
  commit(folder, { tree: scenario.base, tag: 'base', message: 'Start', day: 1 })
  commit(folder, { tree: scenario.head, tag: 'head', message: scenario.message, day: 2 })
}

interface Commit {
  readonly tree: Tree
  readonly tag: string
  readonly message: string
  readonly day: number
}

function commit(folder: string, { tree, tag, message, day }: Commit): void {
  for (const entry of readdirSync(folder)) {
    if (entry !== '.git') rmSync(join(folder, entry), { recursive: true })
  }
  for (const [path, text] of Object.entries(tree)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    if (text.startsWith('#!')) chmodSync(file, 0o755)
  }
  git(folder, ['add', '-A'])
  const date = `2024-01-0${day}T00:00:00Z`
  git(folder, ['commit', '-q', '--allow-empty', '-m', message], {
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  })
  git(folder, ['tag', tag])
}

function git(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const settings = [
    '-c',
    'commit.gpgsign=false',
    '-c',
    'core.autocrlf=false',
    '-c',
    'core.hooksPath=/dev/null',
  ]
  execFileSync('git', ['-C', folder, ...settings, ...args], {
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: folder, ...identity, ...env },
  })
}
