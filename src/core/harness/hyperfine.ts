import type { Metric } from '../model/metric.ts'
import { success } from '../model/result.ts'
import { median } from '../statistics/median.ts'
import type { Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf, finest, type PrintedStep, stepOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { withArguments } from './shell-line.ts'
import { throughFile } from './through-file.ts'
import { readNumber, readUnit, SECONDS } from './units.ts'

/**
 * hyperfine: the JSON of `--export-json` with every time, and its text, which rounds and picks its unit by size. A command that failed
 * has no value, whatever `--ignore-failure` makes of it.
 */
export const hyperfine: Harness = {
  name: 'hyperfine',
  title: 'hyperfine',
  boundByTime: false,
  recognises: output => output.lines.some(line => TIME.test(line)) || output.documents.some(isExport),
  read(output) {
    const documents = output.documents.filter(isExport)
    return documents.length > 0 ? readDocuments(documents) : readText(output)
  },
  print: run => (/--export-json\b/.test(run.command) ? undefined : throughFile(run, ['--export-json'])),
  short(run) {
    if (/\s(?:-r|--runs|-m|--min-runs|-M|--max-runs)\b/.test(run.command)) return undefined
    const command = withArguments(run.command, ['--runs', '3'])
    return command === undefined ? undefined : { ...run, command }
  },
}

function isExport(document: unknown): boolean {
  const results = listAt(document, 'results')
  return (
    results.length > 0 &&
    results.every(each => textAt(each, 'command') !== undefined && numberAt(each, 'mean') !== undefined)
  )
}

const IN_SECONDS = { ...SECONDS, named: true }

function readDocuments(documents: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const row of documents.flatMap(document => listAt(document, 'results'))) {
    const times = listAt(row, 'times').filter(each => typeof each === 'number')
    const value = times.length > 0 ? median(times) : (numberAt(row, 'median') ?? numberAt(row, 'mean')!)
    const step = finest((times.length > 0 ? times : [value]).map(each => stepOf(String(each), IN_SECONDS)))
    const codes = listAt(row, 'exit_codes')
    const failed = codes.find(code => code !== 0)
    const parameters = Object.entries((memberOf(row, 'parameters') ?? {}) as object).map(
      ([name, each]) => `${name}=${String(each)}`,
    )
    const command = textAt(row, 'command')!
    const [user, system] = [numberAt(row, 'user'), numberAt(row, 'system')]
    const metrics: Partial<Record<Metric, number>> = {
      ...(user !== undefined && system !== undefined && { 'cpu-time': user + system }),
    }
    results.push({
      name:
        parameters.length > 0 && !command.includes(parameters[0]!)
          ? `${command} (${parameters.join(', ')})`
          : command,
      ...{ value, unit: 's', ...(step && { step }) },
      metrics,
      ...(failed !== undefined && {
        failed: failed === null ? { rule: 'killed' } : { rule: 'program-exited', code: String(failed) },
      }),
    })
  }
  return success(results)
}

const NAME = /^Benchmark (?:#?\d+): (.*)$/
const TIME = /^\s+Time \((?:mean ± σ|abs ≡)\):\s+(\S+) (\S+)(?: ±\s+\S+ \S+)?/
const CPU = /\[User: (\S+) (\S+), System: (\S+) (\S+)\]/

function readText({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  let name: string | undefined
  for (const line of lines) {
    name = NAME.exec(line)?.[1] ?? name
    if (/Warning: Ignoring non-zero exit code/.test(line) && results.length > 0)
      results[results.length - 1] = {
        ...results.at(-1)!,
        failed: { rule: 'exit-ignored' },
      }
    const found = TIME.exec(line)
    if (!found) continue
    const [value, unit] = [readNumber(found[1]!), readUnit(found[2]!)]
    if (name === undefined || value === undefined || !unit) return unread(quotedLine(line), 'name-value-unit')
    const cpu = CPU.exec(line)
    const [user, system] = [cpuPart(cpu?.[1], cpu?.[2]), cpuPart(cpu?.[3], cpu?.[4])]
    const cpuStep = sumStep(user?.step, system?.step)
    results.push({
      name,
      ...amountOf({ value, digits: found[1]! }, unit),
      ...(user !== undefined &&
        system !== undefined && {
          metrics: { 'cpu-time': user.value + system.value },
          ...(cpuStep && { cpuStep }),
        }),
    })
  }
  return success(results)
}

function cpuPart(digits = '', unit = '\0'): ReturnType<typeof amountOf> | undefined {
  const [value, known] = [readNumber(digits), readUnit(unit)]
  return value === undefined || !known ? undefined : amountOf({ value, digits }, known)
}

/** Each part of a sum was rounded on its own. */
function sumStep(one: PrintedStep | undefined, other: PrintedStep | undefined): PrintedStep | undefined {
  return one && other && { size: one.size + other.size, factor: Math.max(one.factor, other.factor) }
}
