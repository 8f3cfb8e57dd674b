import { ARTIFACT_LIMITS } from './core/github/artifact.ts'
import {
  chooseArtifact,
  type MeasuredRun,
  matchPull,
  mismatchOf,
  readWorkflowRun,
} from './core/github/workflow-run.ts'
import { InputError } from './core/model/errors.ts'
import type { Report } from './core/model/report.ts'
import { failed, type Result, success } from './core/model/result.ts'
import { parseReport } from './core/report-file/parse-report.ts'
import { foreignReport } from './flow/publish/foreign-report.ts'
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
  | { readonly kind: 'nothing'; readonly sentence: string }
  /** Something was there and was refused. */
  | { readonly kind: 'refused'; readonly sentence: string }

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
  const text = await fetchText(request.artifact, run, github)
  if (typeof text !== 'string') return text
  const parsed = readReport(text)
  if (!parsed.ok) return refused(`The artifact was refused: ${parsed.fault}`)
  const place = { number: pull.value, repository: request.repository }
  const mismatch = mismatchOf(parsed.value, run, place)
  if (mismatch !== undefined)
    return refused(`The artifact was refused: ${mismatch} than the run that it came from.`)
  const { url, number: runNumber, attempt } = run
  const judged = foreignReport(parsed.value, {
    run: { url, number: runNumber, attempt },
    pull: place,
  })
  const sentence = `By the fork’s own figures: ${verdictSentence(judged)}`
  return { kind: 'report', report: { ...judged, sentence }, pull: pull.value, run }
}

async function fetchText(name: string, run: MeasuredRun, github: GitHub): Promise<string | Publishable> {
  const listed = await github.runs.artifacts(run.id, name)
  if (!listed.ok) return refused(listed.fault.sentence)
  const artifact = chooseArtifact(listed.value, run)
  if (!artifact) {
    return nothing(
      `Attempt ${run.attempt} of the measuring run left no artifact ${JSON.stringify(name)}, so there is nothing to publish; see its log.`,
    )
  }
  if (artifact.sizeBytes > ARTIFACT_LIMITS.zippedBytes) {
    return refused(`The artifact was refused: it is larger than ${ARTIFACT_LIMITS.zippedBytes} bytes.`)
  }
  const bytes = await github.runs.download(artifact, ARTIFACT_LIMITS.zippedBytes)
  if (!bytes.ok) return refused(bytes.fault.sentence)
  const unzipped = await unzipReport(bytes.value)
  return unzipped.ok ? unzipped.value : refused(`The artifact was refused: ${unzipped.fault}.`)
}

function readReport(text: string): Result<Report, string> {
  try {
    return success(parseReport(text))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return failed(error.faults[0] ?? 'it is no report.')
  }
}

const nothing = (sentence: string): Publishable => ({ kind: 'nothing', sentence })
const refused = (sentence: string): Publishable => ({ kind: 'refused', sentence })
