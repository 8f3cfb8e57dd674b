import type { z } from 'zod'
import { InputError } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import { quoted } from '../text/text.ts'
import { reportSchema } from './report-schema.ts'

/** What a report may weigh, in UTF-16 units of its text. */
const LARGEST = 8 * 1024 * 1024
/** The schema itself is eight deep. */
const DEEPEST = 32
const FAULTS_SHOWN = 10
const MACHINE_FACTS = 200

/** Reads the text of a `report.json`, which may be hostile; throws one InputError with what is wrong with it, and nothing else. */
export function parseReport(json: string): Report {
  if (json.length > LARGEST)
    throw new InputError(['The report is larger than 8 MiB, so Perf Verdict did not write it.'])
  if (isDeeper(json, DEEPEST))
    throw new InputError([`The report is nested deeper than ${DEEPEST}, so Perf Verdict did not write it.`])
  const parsed = reportSchema.safeParse(readJson(json))
  if (!parsed.success) throw new InputError(faultsOf(parsed.error.issues))
  if (Object.keys(parsed.data.machine).length > MACHINE_FACTS) {
    throw new InputError([
      `The report has more than ${MACHINE_FACTS} facts on the machine, so Perf Verdict did not write it.`,
    ])
  }
  return parsed.data
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new InputError(['The report is not JSON; it may have been cut off, so run the gate again.'])
  }
}

/** Whether brackets outside of strings nest deeper than a limit; found before parsing, so that nothing recurses over it. */
function isDeeper(json: string, limit: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at)
    if (inString) {
      if (char === 0x5c) at++
      else if (char === 0x22) inString = false
    } else if (char === 0x22) inString = true
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > limit) return true
    } else if (char === 0x5d || char === 0x7d) depth--
  }
  return false
}

function faultsOf(issues: readonly z.core.$ZodIssue[]): readonly string[] {
  const shown = issues
    .slice(0, FAULTS_SHOWN)
    .map(({ path, message }) => `The report is wrong at ${quoted(path.map(String).join('.'))}: ${message}.`)
  const rest = issues.length - shown.length
  return rest > 0
    ? [...shown, `The report has ${rest} more faults, so Perf Verdict did not write it.`]
    : shown
}
