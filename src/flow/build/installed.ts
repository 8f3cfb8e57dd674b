import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What toolchains leave in a home by themselves; programs that a build installs are next to it or in these. */
const CACHES = new Set(['.cache', '.cargo', '.ccache', '.gradle', '.m2', '.npm', 'go'])
const INSTALLED = ['.cargo/bin', 'go/bin']

/** Whether a build left anything in its home that a benchmark may run: of a build that is kept only the tree is. */
export function installedSomething(home: string): boolean {
  const names = existsSync(home) ? readdirSync(home) : []
  return names.some(name => !CACHES.has(name)) || INSTALLED.some(path => existsSync(join(home, path)))
}
