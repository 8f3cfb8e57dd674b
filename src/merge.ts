import { InputError } from './core/model/errors.ts'
import type { Report } from './core/model/report.ts'
import { failed, type Result, success } from './core/model/result.ts'
import { parseReport } from './core/report-file/parse-report.ts'
import { type GivenPolicies, mergeReports, type OwnRun } from './flow/publish/merge-reports.ts'
import { fileLeftOut } from './report/notes/shards.ts'
import { verdictSentence } from './report/words/sentence.ts'
import { type ReportFile, readReportFiles } from './shell/files/report-files.ts'

/**
 * Joins the shards' reports of a folder into one. Throws an InputError when there is none, or when they do not belong together; a
 * shard whose report cannot be read counts as missing.
 */
export async function merge(folder: string, policies: GivenPolicies, run: OwnRun = {}): Promise<Report> {
  const files = await readReportFiles(folder).catch(() => undefined)
  if (!files) {
    throw new InputError([
      `There is no folder ${folder}; download the shards’ artifacts into it, or name it with reports.`,
    ])
  }
  const read = files.map(readShard)
  const reports = read.flatMap(one => (one.ok ? [one.value] : []))
  const faults = read.flatMap(one => (one.ok ? [] : [one.fault]))
  if (reports.length === 0) {
    throw new InputError([
      `${folder} holds no report.json of a shard; look at the jobs of the shards.`,
      ...faults,
    ])
  }
  const merged = mergeReports(reports, policies, run)
  const report = { ...merged, notes: [...merged.notes, ...faults] }
  return { ...report, sentence: verdictSentence(report) }
}

function readShard({ path, text }: ReportFile): Result<Report, string> {
  try {
    return success(parseReport(text))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return failed(fileLeftOut(path, error.faults[0]))
  }
}
