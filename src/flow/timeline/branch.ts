import type { HistoryRecord } from '../../core/history/record.ts'
import { appended, joined, segmentsOf } from '../../core/history/store.ts'
import { historyText } from '../../report/history/page.ts'
import { historyBadge } from '../../report/history/tables.ts'
import type { ApiResult, BranchPort } from '../../shell/github/ports.ts'

/** One record and where it goes. */
export interface Append {
  readonly branch: string
  readonly key: string
  readonly record: HistoryRecord
  /** The address of the repository, for the page's links. */
  readonly repository?: string
}

/**
 * Appends a record to a key's history on a branch and draws the page and the badge anew, all in one commit, so that what is shown is
 * always what is kept. Answers with all records.
 */
export async function appendToBranch(
  branches: BranchPort,
  append: Append,
): Promise<ApiResult<readonly HistoryRecord[]>> {
  const { branch, key, record, repository } = append
  let all: readonly HistoryRecord[] = []
  const message = `Performance of ${record.commit.slice(0, 12)} against ${record.called ?? record.against.slice(0, 12)}`
  const done = await branches.edit(branch, message, async (paths, read) => {
    const segments = segmentsOf(key, paths)
    const texts: string[] = []
    for (const path of segments) {
      const text = await read(path)
      if (!text.ok) return text
      texts.push(text.value)
    }
    const [path, text] = [segments.at(-1), texts.at(-1)]
    const file = appended(key, path === undefined || text === undefined ? undefined : { path, text }, record)
    const { records, unreadable } = joined(
      file.path === path ? [...texts.slice(0, -1), file.text] : [...texts, file.text],
    )
    all = records
    const page = {
      records,
      imported: [],
      unreadable: unreadable.length,
      ...(repository === undefined ? {} : { repository }),
    }
    const folder =
      segments.length === 0 || file.path.startsWith('history/') ? file.path.replace(/\/[^/]*$/, '') : ''
    const [html, badge] = [historyText(page), historyBadge(records)]
    return {
      ok: true,
      value: {
        [file.path]: file.text,
        [`${folder}/index.html`]: html,
        [`${folder}/badge.json`]: badge,
        'index.html': html,
        'badge.json': badge,
      },
    }
  })
  return done.ok ? { ok: true, value: all } : done
}
