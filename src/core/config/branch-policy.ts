import type { ConfigFile } from './schema.ts'

type Row = NonNullable<ConfigFile['benchmarks']>[number]

/** Settings that say how a result is judged, and where code of the pull request may run; all others say how it is built and run. */
const JUDGING: readonly string[] = [
  'threshold',
  'floor',
  'better',
  'metric',
  'rows',
  'alpha',
  'isolation',
  'network',
  'comment',
]

const isJudging = (key: string) => JUDGING.includes(key) || key.startsWith('on-')

/**
 * The configuration of the merge base as the base branch judges today. What is built and run fits the commit that the change starts from;
 * how it is judged is the base branch's word now, so that a branch from before a threshold was lowered does not keep the old one.
 */
export function judgedAsToday(own: ConfigFile, today: ConfigFile): ConfigFile {
  const rows = new Map((today.benchmarks ?? []).map(row => [row.name, row]))
  const benchmarks = own.benchmarks?.map((row): Row => {
    const now = rows.get(row.name)
    return now ? { ...judged(row, now), name: row.name } : row
  })
  const { benchmarks: _, ...shared } = own
  const { benchmarks: __, ...sharedToday } = today
  return { ...judged(shared, sharedToday), ...(benchmarks && { benchmarks }) }
}

function judged<T extends { readonly paths?: readonly string[] | undefined }>(own: T, today: T): T {
  const kept = Object.entries(own).filter(([key]) => !isJudging(key))
  const now = Object.entries(today).filter(([key]) => isJudging(key))
  const differ = JSON.stringify(own.paths) !== JSON.stringify(today.paths)
  // What an old branch may leave unmeasured is for both to say: where they differ, everything is measured.
  return Object.fromEntries([...kept, ...now, ...(differ ? [['paths', []]] : [])]) as T
}
