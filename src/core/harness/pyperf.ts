import { success } from '../model/result.ts'
import { median } from '../statistics/median.ts'
import type { Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf, finest, stepOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { withArguments } from './shell-line.ts'
import { throughFile } from './through-file.ts'
import { readNumber, readUnit, type Unit } from './units.ts'

/**
 * pyperf: the JSON of `-o`, which holds every value, and its text `NAME: Mean +- std dev: 1.23 us +- 0.04 us`, which rounds to three
 * digits and picks its unit by size.
 */
export const pyperf: Harness = {
  name: 'pyperf',
  title: 'pyperf',
  boundByTime: true,
  recognises: output => output.lines.some(line => LINE.test(line)) || output.documents.some(isSuite),
  read(output) {
    const suites = output.documents.filter(isSuite)
    return suites.length > 0 ? readSuites(suites) : readText(output)
  },
  print: run =>
    /\s(?:-o|--output|--append)\b/.test(run.command) ? undefined : throughFile(run, ['-q', '-o']),
  short(run) {
    if (/\s(?:--fast|--rigorous|-p|--processes|-n|--values|-w|--warmups|--min-time)\b/.test(run.command))
      return undefined
    const words = ['--processes', '2', '--values', '3', '--warmups', '1', '--min-time', '0.02']
    const command = withArguments(run.command, words)
    return command === undefined ? undefined : { ...run, command }
  },
}

function isSuite(document: unknown): boolean {
  return (
    listAt(document, 'benchmarks').some(each => listAt(each, 'runs').some(isRun)) &&
    memberOf(document, 'machine_info') === undefined
  )
}

/** Others have lists of these names too; a run of pyperf has values, or warmed up for those that follow. */
const isRun = (run: unknown): boolean =>
  Array.isArray(memberOf(run, 'values')) || Array.isArray(memberOf(run, 'warmups'))

const UNITS: Readonly<Record<string, Unit['base']>> = { second: 's', byte: 'B', integer: '' }

function readSuites(suites: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const suite of suites) {
    for (const benchmark of listAt(suite, 'benchmarks')) {
      const described = [memberOf(benchmark, 'metadata'), memberOf(suite, 'metadata')]
      const name = described.map(each => textAt(each, 'name')).find(each => each !== undefined) ?? 'benchmark'
      const unit =
        UNITS[described.map(each => textAt(each, 'unit')).find(each => each !== undefined) ?? 'second']
      const values = listAt(benchmark, 'runs').flatMap(run => listAt(run, 'values'))
      const numbers = values.filter(value => typeof value === 'number')
      if (unit === undefined || numbers.length === 0 || numbers.length < values.length)
        return unread(quotedLine(name), 'values')
      const of = { base: unit, factor: 1, named: true }
      const step = finest(numbers.map(number => stepOf(String(number), of)))
      results.push({
        name,
        ...{ value: median(numbers), unit, ...(step && { step }) },
        ...iterationsOf(described, numbers.length),
      })
    }
  }
  return success(results)
}

function iterationsOf(described: readonly unknown[], values: number): { readonly iterations?: number } {
  const loops = described.map(each => numberAt(each, 'loops')).find(each => each !== undefined)
  const inner = described.map(each => numberAt(each, 'inner_loops')).find(each => each !== undefined) ?? 1
  return loops !== undefined && loops > 0 ? { iterations: loops * inner * values } : {}
}

const LINE = /^(\S.*?): (?:Mean|Median) \+- (?:std dev|MAD): (\S+) (\S+) \+- \S+ \S+$/

function readText({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  for (const line of lines) {
    const found = LINE.exec(line.trimEnd())
    if (!found) continue
    const [value, unit] = [readNumber(found[2]!), readUnit(found[3]!)]
    if (value === undefined || !unit) return unread(quotedLine(line), 'value-or-unit')
    results.push({ name: found[1]!, ...amountOf({ value, digits: found[2]! }, unit) })
  }
  return success(results)
}
