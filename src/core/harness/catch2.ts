import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import { memberOf, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { withArguments } from './shell-line.ts'
import { NANOSECONDS, readNumber, readUnit } from './units.ts'

/**
 * Catch2 (v2 and v3): the XML reporter, whose values are nanoseconds to the last digit, and the console table. A benchmark's name is
 * that of its test case and its own, because two test cases may each have a `BENCHMARK("sort")`.
 */
export const catch2: Harness = {
  name: 'catch2',
  title: 'Catch2',
  boundByTime: true,
  recognises: output =>
    /<Catch(?:2TestRun)?[ >]/.test(output.text.slice(0, 4096)) ||
    output.lines.some(line => HEADER.test(line)) ||
    isJson(output),
  read(output) {
    if (output.text.includes('<BenchmarkResults')) return readXml(output.text)
    // Its JSON reporter leaves benchmarks out (catch_reporter_json.cpp, `benchmarkEnded`).
    if (isJson(output)) return fault('silent', { rule: 'catch2-json' })
    return readTable(output)
  },
  print: run => withFlag(run, /(?:^|\s)(?:-r|--reporter)\b/, ['-r', 'xml']),
  short: run =>
    withFlag(run, /--benchmark-(?:samples|warmup-time)\b/, [
      '--benchmark-samples',
      '20',
      '--benchmark-warmup-time',
      '10',
    ]),
  select(run, names) {
    const cases = [...new Set(names.map(name => name.split(SEPARATOR)[0]!))]
    return withFlag(run, /(?!)/, [cases.map(name => name.replace(/[\\,[\]*"]/g, '\\$&')).join(',')])
  },
}

function isJson({ text, documents }: Output): boolean {
  return (
    text.includes('"catch2-version"') &&
    documents.some(each => textAt(memberOf(each, 'metadata'), 'catch2-version') !== undefined)
  )
}

const SEPARATOR = ' › '

function withFlag(run: Arrangement, given: RegExp, words: readonly string[]): Arrangement | undefined {
  if (given.test(run.command)) return undefined
  const command = withArguments(run.command, words)
  return command === undefined ? undefined : { ...run, command }
}

const ELEMENT =
  /<(TestCase|BenchmarkResults|mean|failed)\b([^<>]{0,4000})>|<\/(BenchmarkResults)>|<failed\b[^<>]{0,4000}>/g

function readXml(text: string): ResultsRead {
  const results: HarnessResult[] = []
  let test = ''
  let benchmark: string | undefined
  let iterations: number | undefined
  for (const [, element, attributes = '', closing] of text.matchAll(ELEMENT)) {
    if (element === 'TestCase') test = attribute(attributes, 'name') ?? ''
    else if (element === 'BenchmarkResults') {
      benchmark = attribute(attributes, 'name') ?? ''
      const [samples, each] = [attribute(attributes, 'samples'), attribute(attributes, 'iterations')].map(
        Number,
      )
      iterations = samples! * each! > 0 ? samples! * each! : undefined
    } else if (element === 'mean' && benchmark !== undefined) {
      const digits = attribute(attributes, 'value') ?? ''
      const value = readNumber(digits)
      if (value === undefined) return unread(quotedLine(`<mean${attributes}>`), 'value')
      const name = nameOf(test, benchmark)
      const amount = amountOf({ value, digits }, NANOSECONDS)
      results.push({ name, ...amount, ...(iterations !== undefined && { iterations }) })
    } else if (element === 'failed' && benchmark !== undefined)
      results.push({
        name: nameOf(test, benchmark),
        value: 0,
        unit: 's',
        failed: { rule: 'threw', text: quotedLine(attribute(attributes, 'message') ?? '') },
      })
    if (closing) benchmark = undefined
  }
  return success(results)
}

const nameOf = (test: string, benchmark: string) =>
  test === '' ? benchmark : `${test}${SEPARATOR}${benchmark}`

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
  return found?.replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole)
}

const HEADER = /^benchmark name\s+samples\s+iterations\s+(?:estimated|est run time)/
const FIRST = /^(\S.*?)\s{2,}(\d+)\s+(\d+)\s+(\S+ \S+)\s*$/
const MEAN = /^\s+(-?[\d.]+) (\S+)\s+(-?[\d.]+) (\S+)\s+(-?[\d.]+) (\S+)\s*$/
/** The title of a test case stands between two long lines of dashes, its sections indented below it. */
const RULE = /^-{70,}$/
const DEEPEST = 20

function readTable({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  let test = ''
  let pending: { readonly name: string; readonly iterations: number } | undefined
  for (const [at, line] of lines.entries()) {
    if (RULE.test(line)) test = titleAt(lines, at + 1) ?? test
    const first = FIRST.exec(line)
    if (first) {
      const name = [...wrappedBefore(lines, at), first[1]!].join(' ')
      pending = { name: nameOf(test, name), iterations: Number(first[2]) * Number(first[3]) }
      continue
    }
    const mean = pending && MEAN.exec(line)
    if (mean) {
      const [value, unit] = [readNumber(mean[1]!), readUnit(mean[2]!)]
      if (value === undefined || !unit) return unread(quotedLine(line), 'mean-with-unit')
      results.push({
        name: pending!.name,
        ...amountOf({ value, digits: mean[1]! }, unit),
        ...(pending!.iterations > 0 && { iterations: pending!.iterations }),
      })
      pending = undefined
    }
  }
  return success(results)
}

/** The lines before one with figures, on which a name that is too long for its column begins. */
function wrappedBefore(lines: readonly string[], at: number): readonly string[] {
  let from = at
  while (from > 0 && at - from < DEEPEST && /^\S/.test(lines[from - 1]!) && !RULE.test(lines[from - 1]!))
    from--
  return lines.slice(from, at).map(line => line.trim())
}

/** A test case's title that begins at a line, or undefined when something else does. */
function titleAt(lines: readonly string[], at: number): string | undefined {
  const title = lines[at]
  if (title === undefined || !/^\S/.test(title) || RULE.test(title)) return undefined
  for (let next = at + 1; next < at + DEEPEST && next < lines.length; next++) {
    if (RULE.test(lines[next]!)) return title.trim()
    if (!/^ {2}\S|^ {4}/.test(lines[next]!)) return undefined
  }
  return undefined
}
