import type { HistoryRecord } from '../../core/history/record.ts'

/** What the commits and the files of the history branch are called by. */

/** The title of the commit that keeps a record. */
export const recordTitle = ({
  commit,
  called,
  against,
}: Pick<HistoryRecord, 'commit' | 'called' | 'against'>): string =>
  `Performance of ${commit.slice(0, 12)} against ${called ?? against.slice(0, 12)}`

/** What a base is called that was chosen by its age. */
export const daysAgo = (days: number): string => `${days} days ago`

/** A file among the imports that cannot be read. */
export const noResultFile = (path: string, fault: string): string =>
  `${path} on the branch is no result file: ${fault}; take it away.`
