/** One entry of a kept folder; paths are relative and use `/`. */
export type ManifestEntry =
  | { readonly path: string; readonly kind: 'folder' }
  | { readonly path: string; readonly kind: 'link'; readonly target: string }
  | { readonly path: string; readonly kind: 'file'; readonly mode: number; readonly sha256: string }
  /** Anything that a build does not leave and that could reach outside: a device, a socket, a second name of a file. */
  | { readonly path: string; readonly kind: 'other' }

/** Why what was restored is not what was kept, or undefined when it is. */
export function compareManifests(
  kept: readonly ManifestEntry[],
  restored: readonly ManifestEntry[],
): string | undefined {
  const foreign = restored.find(isForeign)
  if (foreign) return `${JSON.stringify(foreign.path)} is not something that a build leaves`
  const before = new Map(kept.map(entry => [entry.path, JSON.stringify(sorted(entry))]))
  const changed = restored.find(entry => before.get(entry.path) !== JSON.stringify(sorted(entry)))
  if (changed) return `${JSON.stringify(changed.path)} differs from what was kept`
  const after = new Set(restored.map(entry => entry.path))
  const missing = kept.find(entry => !after.has(entry.path))
  return missing ? `${JSON.stringify(missing.path)} is missing` : undefined
}

/** Whether an entry could reach outside its folder, or run with more rights than its caller. */
export function isForeign(entry: ManifestEntry): boolean {
  if (entry.kind === 'other') return true
  if (entry.kind === 'file') return (entry.mode & 0o7000) !== 0
  return entry.kind === 'link' && leaves(entry.path, entry.target)
}

/** Whether a link at `path` with this target leads out of the folder that paths are relative to. */
function leaves(path: string, target: string): boolean {
  if (target.startsWith('/')) return true
  let depth = path.split('/').length - 1
  for (const step of target.split('/')) {
    if (step === '..') depth -= 1
    else if (step !== '' && step !== '.') depth += 1
    if (depth < 0) return true
  }
  return false
}

function sorted(entry: ManifestEntry): readonly (readonly [string, unknown])[] {
  return Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1))
}
