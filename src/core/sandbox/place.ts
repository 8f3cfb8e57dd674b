/** The three folders that jobs of one work tree may write to. */
export interface PlacePaths {
  readonly tree: string
  readonly home: string
  /** For what tools around a job write; what is in it is hostile. */
  readonly scratch: string
}

/** Where the jobs of one work tree run: the real paths, and what jobs call the same folders. */
export interface Place extends PlacePaths {
  /** The same for base, control and head where there are mount namespaces, and the real paths where there are none. */
  readonly inside: PlacePaths
}

const FOLDERS = ['tree', 'home', 'scratch'] as const

/** Our own path of something that a job named; what is in none of its folders is the same to both. */
export function outsideOf(place: Place, path: string): string {
  return moved(path, place.inside, place)
}

/** What a job calls something whose real path is given. */
export function insideOf(place: Place, path: string): string {
  return moved(path, place, place.inside)
}

function moved(path: string, from: PlacePaths, to: PlacePaths): string {
  for (const folder of FOLDERS) {
    if (path === from[folder]) return to[folder]
    if (path.startsWith(`${from[folder]}/`)) return `${to[folder]}${path.slice(from[folder].length)}`
  }
  return path
}

/** A word of a job with the user's work tree named as the job names its own: a path that a workflow wrote out would lead every side to the same files. */
export function inOwnTree(text: string, workTree: string, ownTree: string): string {
  const escaped = workTree.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  // Neither the end of a longer path nor the beginning of a longer name.
  return text.replace(new RegExp(`(?<!/[\\w.@+-]+)${escaped}(?![\\w.@+-])`, 'g'), () => ownTree)
}
