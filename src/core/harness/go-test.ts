import type { Metric } from '../model/metric.ts'
import { failed, type Result, success } from '../model/result.ts'
import type { FaultSays } from './fault-says.ts'
import type { Arrangement, Harness } from './harness.ts'
import { textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine } from './result.ts'
import { escaped } from './select-names.ts'
import { benchmarkPart, withArguments } from './shell-line.ts'
import { readNumber, readUnit, type Unit } from './units.ts'

/**
 * `go test -bench` in its own format (golang.org/design/14313-benchmark-format): a name, iterations, then values each with a unit. With
 * several packages a name begins with its package.
 */
export const goTest: Harness = {
  name: 'go',
  title: 'go test -bench',
  boundByTime: true,
  repeats: true,
  ownsCommand: command =>
    /\bgo test\b.*\s-(?:test\.)?bench\b/.test(command) || /-test\.bench\b/.test(command),
  recognises: output => wholeLines(linesOf(output)).some(line => LINE.test(line)),
  read(output) {
    const lines = linesOf(output)
    const packages = new Set(lines.flatMap(line => (line.startsWith('pkg: ') ? [line.slice(5).trim()] : [])))
    const results: HarnessResult[] = []
    let from = ''
    for (const line of wholeLines(lines)) {
      if (line.startsWith('pkg: ')) from = packages.size > 1 ? `${line.slice(5).trim()}.` : ''
      const failing = FAILED.exec(line)
      if (failing)
        results.push({ name: `${from}${failing[1]!}`, value: 0, unit: 's', failed: { rule: 'failed' } })
      const found = LINE.exec(line)
      if (!found) continue
      const name = `${from}${found[1]!}`
      const result = resultOf(name, Number(found[2]), found[3]!)
      // The other results of the run are as good as ever.
      if (result.ok) results.push(result.value)
      else results.push({ name, value: 0, unit: 's', failed: result.fault(quotedLine(line)) })
    }
    return success(withoutProcessors(results))
  },
  print: run => withFlag(run, 'benchmem', []),
  short: run => withFlag(run, 'benchtime', ['50ms']),
  exactly: (run, count) => withFlag(run, 'benchtime', [`${count}x`]),
  select(run, names) {
    const paths = names.map(name => name.slice(name.lastIndexOf('.Benchmark') + 1).split('/'))
    const levels = Math.max(...paths.map(path => path.length))
    // Each level of the pattern is matched on its own, so that it may let through a few more.
    const pattern = Array.from({ length: levels }, (_, level) => {
      const at = [...new Set(paths.flatMap(path => path[level] ?? []))]
      return paths.some(path => path.length <= level) ? '' : `^(${at.map(escaped).join('|')})(-\\d+)?$`
    })
    const whole = pattern.slice(0, pattern.indexOf('') < 0 ? levels : pattern.indexOf(''))
    return withFlag({ ...run, command: withoutBench(run.command) }, 'bench', [whole.join('/')])
  },
}

/** Flags of a compiled test binary begin with `test.`. */
function withFlag(run: Arrangement, flag: string, value: readonly string[]): Arrangement | undefined {
  const part = benchmarkPart(run.command)
  if (part === undefined || / -args\b/.test(part) || new RegExp(` --?(?:test\\.)?${flag}\\b`).test(part))
    return undefined
  const binary = !/\bgo test\b/.test(part)
  const command = withArguments(run.command, [[`-${binary ? 'test.' : ''}${flag}`, ...value].join('=')])
  return command === undefined ? undefined : { ...run, command }
}

function withoutBench(command: string): string {
  return command.replace(/ --?(?:test\.)?bench(?:=| )(?:'[^']*'|"[^"]*"|\S+)/, '')
}

/** The events of `go test -json` hold the same text in pieces, those of several packages among each other (go doc cmd/test2json). */
function linesOf(output: Output): readonly string[] {
  if (!output.lines.some(line => EVENT.test(line))) return output.lines
  const texts = new Map<string, string[]>()
  for (const event of output.documents) {
    const text = textAt(event, 'Action') === 'output' ? textAt(event, 'Output') : undefined
    if (text === undefined) continue
    const from = textAt(event, 'Package') ?? ''
    const pieces = texts.get(from)
    if (pieces) pieces.push(text)
    else texts.set(from, [text])
  }
  return [...texts.values()].flatMap(pieces => pieces.join('').split('\n'))
}
const EVENT = /^\{.*"Action":"output".*"Output":"/

const LINE = /^(Benchmark\S*)\s+(\d+)\s+(-?[\d.].*)$/
/** A name is printed before its benchmark runs, and the rest of the line after that (testing/benchmark.go, `run1` and `run`). */
const OPENED = /^(Benchmark\S*)[ \t]*\t(.*)$/
const REST = /(?:^|\D)(\d+)\t\s*(-?[\d.]\S* \S+\/op\b.*)$/
const UNMEASURED = /^\s*--- (?:SKIP|FAIL|BENCH)\b/

/** The lines with what a benchmark printed in the middle of its own line put aside; a name whose rest never comes has failed. */
function wholeLines(lines: readonly string[]): readonly string[] {
  const whole: string[] = []
  let open: string | undefined
  const close = () => {
    if (open !== undefined) whole.push(`--- FAIL: ${open}`)
    open = undefined
  }
  for (const line of lines) {
    const opened = LINE.test(line) ? undefined : OPENED.exec(line)
    if (opened || line.startsWith('Benchmark')) close()
    if (opened) open = opened[1]
    const rest = open === undefined ? undefined : REST.exec(line)
    if (rest) whole.push(`${open} ${rest[1]} ${rest[2]}`)
    else if (!opened) whole.push(line)
    // A skipped or failed one says so in the place of its rest.
    if (rest || (opened ? UNMEASURED.test(opened[2]!) : UNMEASURED.test(line))) open = undefined
  }
  close()
  return whole
}
const FAILED = /^\s*--- FAIL: (Benchmark\S*)/

const METRICS: Readonly<Record<string, Metric>> = { 'B/op': 'allocated-bytes', 'allocs/op': 'allocations' }

/** The result of a line; a fault waits for the line that it is of. */
function resultOf(
  name: string,
  iterations: number,
  rest: string,
): Result<HarnessResult, (line: string) => FaultSays> {
  const words = rest.trim().split(/\s+/)
  let main: { readonly value: number; readonly digits: string; readonly unit: Unit } | undefined
  const metrics: Partial<Record<Metric, number>> = {}
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [digits, text] = [words[at]!, words[at + 1]!]
    const value = readNumber(digits)
    if (value === undefined) return failed(text => ({ rule: 'unread-word', text, word: quotedLine(digits) }))
    const metric = METRICS[text]
    const unit = readUnit(text)
    if (metric) metrics[metric] = value
    else if (text === 'ns/op') main = { value, digits, unit: unit! }
    // A benchmark that resets its timer may report values of its own only.
    else if (!main && unit && !words.includes('ns/op')) main = { value, digits, unit }
  }
  if (!main) return failed(text => ({ rule: 'unread', text, lacks: 'known-value' }))
  return success({
    name,
    ...amountOf(main, main.unit),
    ...(iterations > 0 && { iterations }),
    ...(Object.keys(metrics).length > 0 && { metrics }),
  })
}

/** `-8` at the end of every name is GOMAXPROCS, which is the same on both sides; names with several of them keep theirs. */
function withoutProcessors(results: readonly HarnessResult[]): readonly HarnessResult[] {
  const endings = new Set(
    results.flatMap(({ name, failed }) => (failed === undefined ? [/-\d+$/.exec(name)?.[0] ?? ''] : [])),
  )
  const [ending] = endings
  if (endings.size !== 1 || !ending) return results
  return results.map(result =>
    result.name.endsWith(ending) ? { ...result, name: result.name.slice(0, -ending.length) } : result,
  )
}
