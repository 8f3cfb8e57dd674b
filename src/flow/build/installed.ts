import { existsSync, readdirSync } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** What toolchains leave in a home by themselves; programs that a build installs are next to it or in these. */
const CACHES = new Set(['.cache', '.cargo', '.ccache', '.gradle', '.m2', '.npm', 'go'])
const INSTALLED = ['.cargo/bin', 'go/bin']

/** Whether a build left anything in its home that a benchmark may run. */
export function installedSomething(home: string): boolean {
  const names = existsSync(home) ? readdirSync(home) : []
  return names.some(name => !CACHES.has(name)) || INSTALLED.some(path => existsSync(join(home, path)))
}

/** Why a build cannot be kept for later runs, of which only the tree is kept. */
export async function whyNotKept({
  tree,
  home,
}: {
  readonly tree: string
  readonly home: string
}): Promise<'installed' | 'packages' | undefined> {
  if (installedSomething(home)) return 'installed'
  for (const folder of [...PACKAGES.map(path => join(home, path)), ...layersOf(tree)])
    if (await holdsPackage(folder)) return 'packages'
  return undefined
}

/** Where toolchains keep packages in a home, where the machine has no such cache to lend. */
const PACKAGES = ['.cargo/registry', '.cargo/git', 'go/pkg/mod', '.m2/repository', '.gradle']
/** What the package managers of Rust, Go and the JVM download: `cargo bench` and the like ask for it again, offline. */
const PACKAGE = /\.(?:crate|zip|jar|pom|pack)$/

/** What a build changed in the caches that were lent to it. */
function layersOf(tree: string): readonly string[] {
  const layers = `${tree}.layers`
  return existsSync(layers) ? readdirSync(layers).map(name => join(layers, name, 'upper')) : []
}

async function holdsPackage(folder: string): Promise<boolean> {
  // What is not there, or closed to us, holds nothing that we could say.
  const entries = await opendir(folder).catch(() => undefined)
  if (!entries) return false
  for await (const entry of entries) {
    if (entry.isFile() && PACKAGE.test(entry.name)) return true
    if (entry.isDirectory() && (await holdsPackage(join(folder, entry.name)))) return true
  }
  return false
}
