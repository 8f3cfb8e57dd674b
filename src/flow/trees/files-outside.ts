import { lstatSync } from 'node:fs'
import { isCodeByName } from '../../core/sandbox/code-files.ts'
import { openPacer } from '../../shell/files/pacer.ts'
import { isElf, markUnread, wasRead } from './files-used.ts'
import { listFiles } from './tree-listing.ts'

/** What jobs of a tree write to outside it, by what follows its path: their home, and their layers over shared folders. */
const OUTSIDE: readonly string[] = ['.home', '.layers']

/** More files than this are not marked one by one. */
const MOST_FILES = 200_000

/** The files next to a tree, marked as unread, to see which of them runs use. */
export interface FilesOutside {
  /** False where the file system does not show it. */
  readonly known: boolean
  /** Told of a run that nobody asks `used` about: what it leaves behind the next one may use. */
  passed(): void
  /** The code that was read since it was last marked, as what follows the tree's path; earlier runs that `passed` may have read it. */
  used(): Promise<readonly string[]>
}

/** Marks what builds left next to a tree. */
export async function openOutside(tree: string): Promise<FilesOutside> {
  const mark = (files: readonly string[]) => markUnread(files.map(file => `${tree}${file}`))
  const { files, whole } = await outsideOf(tree)
  const known = whole && files.length <= MOST_FILES && (await mark(files))
  let before = new Set(files)
  let passedOne = false
  return {
    known,
    passed: () => {
      passedOne = true
    },
    async used() {
      const pace = openPacer()
      const now = (await outsideOf(tree)).files
      const read: string[] = []
      for (const file of now) {
        await pace()
        // What the run has made itself is its own doing, and not what it was given.
        if (!wasRead(`${tree}${file}`)) continue
        if ((passedOne || before.has(file)) && isCode(`${tree}${file}`)) read.push(file)
      }
      await mark(now.filter(file => !before.has(file) || wasRead(`${tree}${file}`)))
      before = new Set(now)
      passedOne = false
      return read
    },
  }
}

/** The files next to a tree, as what follows its path; of layers only what was changed, because the rest is the machine's own. */
async function outsideOf(
  tree: string,
): Promise<{ readonly files: readonly string[]; readonly whole: boolean }> {
  const files: string[] = []
  let whole = true
  for (const suffix of OUTSIDE) {
    const root = `${tree}${suffix}`
    if (lstatSync(root, { throwIfNoEntry: false }) === undefined) continue
    const listed = await listFiles(
      root,
      folder => suffix === '.layers' && /^\d+\/(?:work|merged)$/.test(folder),
    )
    whole &&= listed.whole
    for (const file of listed.files) files.push(`${suffix}/${file}`)
  }
  return { files, whole }
}

/** Whether something may run it; caches of toolchains are full of files that differ for no reason and run nothing. */
function isCode(path: string): boolean {
  const mode = lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0
  return (mode & 0o111) !== 0 || isCodeByName(path) || isElf(path)
}
