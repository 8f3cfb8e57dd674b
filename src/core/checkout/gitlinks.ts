/** A submodule as a commit names it: where it is, at which commit, and what .gitmodules calls it. */
export interface Gitlink {
  /** Relative to the tree's root, with `/`. */
  readonly path: string
  readonly commit: string
  /** Hostile, and only ever compared: it becomes none of our paths. */
  readonly name: string
}

/**
 * The submodules of a commit: the gitlinks of its tree (`git ls-tree -r -z`) that its .gitmodules declares (`git config --null
 * --get-regexp` of the paths). What only one of the two names is no submodule to git either, and stays an empty folder.
 */
export function readGitlinks(tree: string, declared: string): readonly Gitlink[] {
  const names = new Map(records(declared).flatMap(nameOf))
  return records(tree).flatMap(entry => {
    const [, commit, path] = /^160000 commit ([0-9a-f]{40}|[0-9a-f]{64})\t(.+)$/s.exec(entry) ?? []
    if (commit === undefined || path === undefined || !isPlainPath(path)) return []
    const name = names.get(path)
    return name === undefined ? [] : [{ path, commit, name }]
  })
}

/** Whether a path stays below the folder it is relative to and out of git's own: no `.`, `..`, `.git` or empty step. */
export function isPlainPath(path: string): boolean {
  if (path.length > 4000 || /[\0\r\n]/.test(path)) return false
  return path.split('/').every(step => step !== '' && !/^\.{1,2}$|^\.git$/i.test(step))
}

/** A record is `submodule.NAME.path`, a line end, and the path. A trailing slash is git's own tolerance. */
function nameOf(record: string): readonly (readonly [string, string])[] {
  const [, name, path] = /^submodule\.([^\n]*)\.path\n(.*)$/s.exec(record) ?? []
  return name === undefined || path === undefined ? [] : [[path.replace(/\/+$/, ''), name]]
}

function records(text: string): readonly string[] {
  return text.split('\0').filter(record => record !== '')
}
