import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareManifests, isForeign, type ManifestEntry } from '../../core/cache/manifest.ts'
import { readManifest } from './manifest-files.ts'

const MANIFEST = 'manifest.json'
const CONTENT = 'content'
/** The link to the clone of the gate that git keeps at the top of a work tree; it belongs to the run and not to the build. */
const OWN = '.git'

/** Copies the paths into a fresh folder with an account of every file; throws when something must not be kept. */
export async function pack(paths: readonly string[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const [index, path] of paths.entries()) {
    const to = join(folder, CONTENT, String(index))
    await mkdir(to, { recursive: true })
    for (const name of await readdir(path)) {
      if (name === OWN) continue
      await cp(join(path, name), join(to, name), {
        recursive: true,
        verbatimSymlinks: true,
        preserveTimestamps: true,
      })
    }
  }
  const manifest = await readManifest(join(folder, CONTENT))
  const foreign = manifest.find(isForeign)
  if (foreign)
    throw new Error(`the build leaves ${JSON.stringify(foreign.path)}, which leads out of its folder`)
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest))
}

/** Moves what was restored into the paths if it is exactly what was kept; says why when it is not. */
export async function unpack(folder: string, paths: readonly string[]): Promise<string | undefined> {
  const fault = await faultOf(folder, paths.length)
  if (fault !== undefined) return fault
  for (const [index, path] of paths.entries()) {
    const from = join(folder, CONTENT, String(index))
    await mkdir(path, { recursive: true })
    for (const name of await readdir(path)) {
      if (name !== OWN) await rm(join(path, name), { recursive: true, force: true })
    }
    for (const name of await readdir(from)) await move(join(from, name), join(path, name))
  }
  return undefined
}

async function faultOf(folder: string, count: number): Promise<string | undefined> {
  const expected = Array.from({ length: count }, (_, index) => String(index))
  try {
    const kept = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as readonly ManifestEntry[]
    const restored = await readManifest(join(folder, CONTENT))
    const tops = (await readdir(join(folder, CONTENT))).sort()
    if (JSON.stringify(tops) !== JSON.stringify(expected)) return 'it holds other folders than asked for'
    if ((await readdir(folder)).length !== 2) return 'it holds more than was kept'
    return compareManifests(kept, restored)
  } catch (error) {
    return `its list of files cannot be read (${error instanceof Error ? error.message : String(error)})`
  }
}

/** Renames, or copies where the folders are on different file systems. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch {
    await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  }
}
