import { ARTIFACT_LIMITS } from './core/github/artifact.ts'
import {
  chooseArtifact,
  type MeasuredRun,
  matchPull,
  mismatchOf,
  readWorkflowRun,
  withoutReport,
} from './core/github/workflow-run.ts'
import { InputError } from './core/model/errors.ts'
import type { Report } from './core/model/report.ts'
import { failed, type Result, success } from './core/model/result.ts'
import { emptyReport } from './core/report-file/empty-report.ts'
import { parseReport } from './core/report-file/parse-report.ts'
import { foreignReport } from './flow/publish/foreign-report.ts'
import {
  artifactTooLarge,
  byItsFigures,
  NO_REPORT,
  notOfItsRun,
  reportRefused,
} from './report/reasons/foreign.ts'
import { verdictSentence } from './report/words/sentence.ts'
import { unzipReport } from './shell/github/artifact-zip.ts'
import type { GitHub } from './shell/github/ports.ts'

export interface PublishRequest {
  readonly eventName: string
  readonly payload: unknown
  /** `owner/name` of the repository that the workflow runs in. */
  readonly repository: string
  /** Name of the artifact that holds the report. */
  readonly artifact: string
}

/** A report that may be published on its pull request, or why it may not. */
export type Publishable =
  | { readonly kind: 'report'; readonly report: Report; readonly pull: number; readonly run: MeasuredRun }
  /** There is no pull request to tell anything. */
  | { readonly kind: 'nothing'; readonly sentence: string }
  /** GitHub did not say which one it is. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** The pull request is known, and of its commit nothing is: the run left no report, or one that was refused. */
  | {
      readonly kind: 'absent'
      /** An error that says why. */
      readonly report: Report
      readonly pull: number
      readonly run: MeasuredRun
      /** Whether the run should have left a report; one that ended well may have had nothing to compare. */
      readonly expected: boolean
    }

/**
 * Fetches what a measuring run of a fork left, and finds the pull request that it belongs to. The pull request comes from GitHub
 * and never from the artifact, whose content is whatever the fork's author wants it to be: it is bounded, parsed by a strict
 * schema, must tell of the very commit, pull request, run and attempt that GitHub names, and is made anew from its figures. Throws an InputError when the
 * workflow itself is wrong.
 */
export async function fetchReport(request: PublishRequest, github: GitHub): Promise<Publishable> {
  const reading = readWorkflowRun(request.eventName, request.payload, request.repository)
  if (reading.kind === 'refuse') throw new InputError([reading.sentence])
  if (reading.kind === 'skip') return nothing(reading.sentence)
  const { run } = reading
  const pulls = await github.pulls.from(run.headOwner, run.headBranch)
  if (!pulls.ok) return refused(pulls.fault.sentence)
  const pull = matchPull(pulls.value, run)
  if (!pull.ok) return nothing(pull.fault)
  const place = { number: pull.value, repository: request.repository }
  const { url, number: runNumber, attempt } = run
  const from = { run: { url, number: runNumber, attempt }, pull: place }
  const absent = ({ sentence, expected = true }: Absence): Publishable => {
    const errors = [{ what: sentence }]
    const report = emptyReport({ head: run.headSha, ...from, errors, startedAt: '', seconds: 0 })
    const whole = { ...report, sentence: verdictSentence(report) }
    return { kind: 'absent', report: whole, pull: pull.value, run, expected }
  }
  const text = await fetchText(request.artifact, run, github)
  if (!text.ok) return absent(text.fault)
  const parsed = readReport(text.value)
  if (!parsed.ok) return absent(refusal(parsed.fault))
  const mismatch = mismatchOf(parsed.value, run, place)
  if (mismatch !== undefined) return absent(refusal(notOfItsRun(mismatch)))
  const judged = foreignReport(parsed.value, from)
  const sentence = byItsFigures(verdictSentence(judged))
  return { kind: 'report', report: { ...judged, sentence }, pull: pull.value, run }
}

/** Why there is no report, and whether there should be one. */
interface Absence {
  readonly sentence: string
  readonly expected?: boolean
}

async function fetchText(name: string, run: MeasuredRun, github: GitHub): Promise<Result<string, Absence>> {
  const listed = await github.runs.artifacts(run.id, name)
  if (!listed.ok) return failed({ sentence: listed.fault.sentence })
  const artifact = chooseArtifact(listed.value, run)
  if (!artifact) return failed(withoutReport(run, name))
  if (artifact.sizeBytes > ARTIFACT_LIMITS.zippedBytes) {
    return failed(refusal(artifactTooLarge(ARTIFACT_LIMITS.zippedBytes)))
  }
  const bytes = await github.runs.download(artifact, ARTIFACT_LIMITS.zippedBytes)
  if (!bytes.ok) return failed({ sentence: bytes.fault.sentence })
  const unzipped = await unzipReport(bytes.value)
  return unzipped.ok ? success(unzipped.value) : failed(refusal(`${unzipped.fault}.`))
}

function refusal(why: string): Absence {
  return { sentence: reportRefused(why) }
}

function readReport(text: string): Result<Report, string> {
  try {
    return success(parseReport(text))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return failed(error.faults[0] ?? NO_REPORT)
  }
}

const nothing = (sentence: string): Publishable => ({ kind: 'nothing', sentence })
const refused = (sentence: string): Publishable => ({ kind: 'refused', sentence })
