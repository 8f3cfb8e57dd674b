import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import { memberOf, membersOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { anyOf } from './select-names.ts'
import { withArgumentsAfterDashes } from './shell-line.ts'
import { readNumber, readUnit } from './units.ts'

/**
 * Criterion.rs: the `time: [low estimate high]` of its text, and the messages of cargo-criterion (`--message-format=json`). Its own
 * comparison with an earlier run is not read: the two sides of a gate never see each other.
 */
export const criterion: Harness = {
  name: 'criterion',
  title: 'Criterion.rs',
  boundByTime: true,
  recognises: output => output.lines.some(line => TIME.test(line)) || output.documents.some(isMessage),
  read: output => (output.documents.some(isMessage) ? readMessages(output) : readText(output)),
  short: run =>
    withFlag(run, /--(?:measurement-time|warm-up-time|sample-size|quick)\b/, [
      '--warm-up-time',
      '0.1',
      '--measurement-time',
      '0.3',
      '--sample-size',
      '10',
    ]),
  list: {
    arrange: run => withFlag(run, / -- .*--(?:test|profile-time)\b/, ['--list']),
    read: output => output.lines.flatMap(line => /^(\S.*): benchmark$/.exec(line.trimEnd())?.[1] ?? []),
  },
  select: (run, names) =>
    / -- (?:.* )?[^-\s]/.test(run.command.replace(WITH_VALUE, ''))
      ? undefined
      : withFlag(run, /(?!)/, [anyOf(names)]),
}

/** Criterion.rs prints as libtest does with this; its flags stay its own. */
export const PRINTS_AS_LIBTEST = /\s--output-format[= ]bencher\b/
/** Flags with a value, which is no filter of names. */
const WITH_VALUE =
  / (?:-[cbs]|--(?:color|colour|save-baseline|baseline(?:-lenient)?|load-baseline|sample-size|warm-up-time|measurement-time|nresamples|noise-threshold|confidence-level|significance-level|profile-time|plotting-backend|output-format|format))[= ][^\s;|&]+/g

function withFlag(run: Arrangement, given: RegExp, words: readonly string[]): Arrangement | undefined {
  if (given.test(run.command)) return undefined
  const command = withArgumentsAfterDashes(run.command, words)
  return command === undefined ? undefined : { ...run, command }
}

const TIME = /^(.*?)\s*\btime:\s+\[(\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\]\s*$/

function readText({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  for (const [at, line] of lines.entries()) {
    const found = TIME.exec(line)
    if (!found) continue
    // A name that is too long for its column stands on the line before.
    const name = found[1]!.trim() || nameBefore(lines, at)
    const [value, unit] = [readNumber(found[4]!), readUnit(found[5]!)]
    if (name === undefined || value === undefined || !unit) return unread(quotedLine(line), 'name-or-time')
    results.push({ name, ...amountOf({ value, digits: found[4]! }, unit) })
  }
  return success(results)
}

const BUSY = /^(?:Benchmarking |Warning:|Unable to complete|Gnuplot|Found \d|\s)/

function nameBefore(lines: readonly string[], at: number): string | undefined {
  for (let before = at - 1; before >= Math.max(0, at - 8); before--) {
    const line = lines[before]!
    if (line.trim() !== '' && !BUSY.test(line)) return line.trim()
  }
  return undefined
}

function isMessage(document: unknown): boolean {
  return textAt(document, 'reason') === 'benchmark-complete' && textAt(document, 'id') !== undefined
}

function readMessages({ documents }: Output): ResultsRead {
  const results: HarnessResult[] = []
  for (const message of documents.filter(isMessage)) {
    const typical =
      membersOf(memberOf(message, 'typical')) ?? memberOf(message, 'median') ?? memberOf(message, 'mean')
    const [value, unit] = [numberAt(typical, 'estimate'), readUnit(textAt(typical, 'unit') ?? 'ns')]
    const name = textAt(message, 'id')!
    if (value === undefined || !unit)
      return fault('unreadable', { rule: 'no-estimate', name: quotedLine(name) })
    const counts = memberOf(message, 'iteration_count')
    const iterations = Array.isArray(counts) ? counts.reduce((sum: number, each) => sum + Number(each), 0) : 0
    results.push({ name, ...amountOf({ value }, unit), ...(iterations > 0 && { iterations }) })
  }
  return success(results)
}
