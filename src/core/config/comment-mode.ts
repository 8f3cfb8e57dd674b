import type { Report } from '../model/report.ts'

export type CommentMode = 'always' | 'on-change' | 'on-breach' | 'never'

const MODES: readonly string[] = [
  'always',
  'on-change',
  'on-breach',
  'never',
] satisfies readonly CommentMode[]

/** Whether a text names a mode. */
export function isCommentMode(text: string): text is CommentMode {
  return MODES.includes(text)
}

/**
 * Whether a report deserves a comment of its own (`create`), or only brings one that is there up to date (`update`), so
 * that no comment goes on telling of a slowdown that is gone.
 */
export function commentWanted(
  report: Pick<Report, 'verdict' | 'benchmarks' | 'remarks'>,
  mode: CommentMode,
): 'create' | 'update' | 'none' {
  switch (mode) {
    case 'never':
      return 'none'
    case 'always':
      return 'create'
    case 'on-breach':
      return report.verdict === 'fail' || report.benchmarks.some(({ decision }) => decision === 'slower')
        ? 'create'
        : 'update'
    case 'on-change': {
      const quiet =
        report.verdict === 'pass' &&
        (report.remarks ?? []).length === 0 &&
        report.benchmarks.every(({ decision }) => decision === 'unchanged')
      return quiet ? 'update' : 'create'
    }
  }
}
