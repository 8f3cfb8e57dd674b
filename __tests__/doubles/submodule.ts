import { execFileSync } from 'node:child_process'
import type { TestRepository } from './repository.ts'

/** Adds a repository as a submodule at a path, with its objects in `.git/modules` as a clone leaves them, and stages it. */
export function addSubmodule(outer: TestRepository, inner: string, path: string, name = path): void {
  outer.git(...FROM_FILES, 'submodule', 'add', '--quiet', '--name', name, `file://${inner}`, path)
}

/** Clones with the submodules as they are at the branch that is checked out. */
export function cloneRecursively(from: string, to: string, ...more: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
  const args = [...FROM_FILES, 'clone', '--quiet', '--recurse-submodules', ...more, `file://${from}`, to]
  execFileSync('git', args, { env, stdio: 'pipe' })
}

/** Since CVE-2022-39253 git takes no submodule from a folder unless told to. */
const FROM_FILES = ['-c', 'protocol.file.allow=always']
