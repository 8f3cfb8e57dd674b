import { type ImportedPoint, readImport } from '../../core/history/imports.ts'
import type { HistoryRecord } from '../../core/history/record.ts'
import { appended, historyFolder, IMPORTS, joined, keysOf, segmentsOf } from '../../core/history/store.ts'
import { noResultFile, recordTitle } from '../../report/history/branch-words.ts'
import { historyText } from '../../report/history/page.ts'
import { branchReadme, keysText } from '../../report/history/readme.ts'
import { historyBadge, worstBadge } from '../../report/history/tables.ts'
import type { ApiResult, BranchPort } from '../../shell/github/ports.ts'

/** One record and where it goes. */
export interface Append {
  readonly branch: string
  readonly key: string
  readonly record: HistoryRecord
  /** The address of the repository, for the page's links. */
  readonly repository?: string
}

/** What a branch holds after an append. */
export interface Appended {
  readonly records: readonly HistoryRecord[]
  /** Files of other tools on the branch that cannot be read, a sentence each. */
  readonly faults: readonly string[]
}

type Read = (path: string) => Promise<ApiResult<string>>

/**
 * Appends a record to a key's history on a branch and draws the page and the badge anew, all in one commit, so that what is shown is
 * always what is kept. Answers with all records.
 */
export async function appendToBranch(branches: BranchPort, append: Append): Promise<ApiResult<Appended>> {
  const { branch, key, record, repository } = append
  let after: Appended = { records: [], faults: [] }
  const done = await branches.edit(branch, recordTitle(record), async (paths, read) => {
    const segments = await readAll(segmentsOf(key, paths), read)
    if (!segments.ok) return segments
    const imported = await importsOf(paths, read)
    if (!imported.ok) return imported
    const last = segments.value.at(-1)
    const file = appended(key, last, record)
    const before = file.path === last?.path ? segments.value.slice(0, -1) : segments.value
    const { records, unreadable } = joined([...before, file].map(({ text }) => text))
    const { points, faults } = imported.value
    after = { records, faults }
    const html = historyText({
      records,
      imported: points,
      unreadable: unreadable.length,
      ...(repository === undefined ? {} : { repository }),
    })
    const badge = historyBadge(records)
    const folder = historyFolder(key)
    const root = await rootOf({ paths, read, folder, html, badge })
    if (!root.ok) return root
    return {
      ok: true,
      value: {
        [file.path]: file.text,
        [`${folder}/index.html`]: html,
        [`${folder}/badge.json`]: badge,
        ...root.value,
      },
    }
  })
  return done.ok ? { ok: true, value: after } : done
}

/** The branch's own page and badge: of one key they are that key's, and of several a list of them, because the last to be measured speaks for none of the others. */
async function rootOf(of: {
  readonly paths: readonly string[]
  readonly read: Read
  readonly folder: string
  readonly html: string
  readonly badge: string
}): Promise<ApiResult<Readonly<Record<string, string>>>> {
  const { paths, read, folder, html, badge } = of
  const folders = [...new Set([...keysOf(paths).map(key => `history/${key}`), folder])].toSorted()
  const readme = branchReadme(folders)
  if (folders.length === 1)
    return { ok: true, value: { 'index.html': html, 'badge.json': badge, 'README.md': readme } }
  const others = await readAll(
    folders
      .map(each => `${each}/badge.json`)
      .filter(path => path !== `${folder}/badge.json` && paths.includes(path)),
    read,
  )
  if (!others.ok) return others
  const worst = worstBadge([badge, ...others.value.map(({ text }) => text)])
  return {
    ok: true,
    value: { 'index.html': keysText(folders), 'badge.json': worst, 'README.md': readme },
  }
}

async function readAll(
  paths: readonly string[],
  read: Read,
): Promise<ApiResult<readonly { readonly path: string; readonly text: string }[]>> {
  const files: { readonly path: string; readonly text: string }[] = []
  for (const path of paths) {
    const text = await read(path)
    if (!text.ok) return text
    files.push({ path, text: text.value })
  }
  return { ok: true, value: files }
}

/** The past that another tool measured: result files that somebody put into the branch's folder for them. */
async function importsOf(
  paths: readonly string[],
  read: Read,
): Promise<ApiResult<{ readonly points: readonly ImportedPoint[]; readonly faults: readonly string[] }>> {
  const files = await readAll(paths.filter(path => IMPORTS.test(path)).slice(0, MOST_IMPORTS), read)
  if (!files.ok) return files
  const points: ImportedPoint[] = []
  const faults: string[] = []
  for (const { path, text } of files.value) {
    const found = readImport(text)
    if (found.ok) points.push(...found.value.points)
    else faults.push(noResultFile(path, found.fault))
  }
  return { ok: true, value: { points, faults } }
}

const MOST_IMPORTS = 200
