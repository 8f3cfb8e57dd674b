import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real git repository, driven by commits of whole files. */
export interface TestRepository {
  readonly folder: string
  git(...args: string[]): string
  /** Writes the files (null removes one), commits, and yields the commit's SHA. */
  commit(title: string, files: Readonly<Record<string, string | null>>): string
  remove(): void
}

/** Makes one in a folder that is made for it, or in a temporary one. */
export function makeRepository(at?: string): TestRepository {
  const folder = at ?? mkdtempSync(join(tmpdir(), 'pv-repository-'))
  mkdirSync(folder, { recursive: true })
  const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.invalid', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...identity, '-C', folder, ...args], {
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  }
  git('init', '--quiet', '--template=', '--initial-branch=main')
  return {
    folder,
    git,
    commit(title, files) {
      for (const [name, text] of Object.entries(files)) {
        const path = join(folder, name)
        mkdirSync(dirname(path), { recursive: true })
        if (text === null) rmSync(path)
        else writeFileSync(path, text)
      }
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', title)
      return git('rev-parse', 'HEAD')
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
