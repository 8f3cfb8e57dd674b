import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf, stepOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { benchmarkPart, withArguments, withArgumentsAfterDashes } from './shell-line.ts'
import { readNumber, type Unit } from './units.ts'

/**
 * `vitest bench`: the table of its default reporter, whose `hz` has more digits than its times, and the JSON of `--outputJson`. A row's
 * name is the path of its suites and its own.
 */
export const vitest: Harness = {
  name: 'vitest',
  title: 'vitest bench',
  boundByTime: true,
  ownsCommand: command => /\bvitest\b.*\sbench\b/.test(command),
  recognises: output => output.lines.some(line => HEADER.test(line)) || output.documents.some(isDocument),
  read(output) {
    const documents = output.documents.filter(isDocument)
    return documents.length > 0 ? readDocuments(documents) : readTables(output)
  },
  // It would sort its files by the times of the run before, which it keeps among what was built.
  print(run) {
    if (/\s--(?:no-)?cache\b/.test(run.command)) return undefined
    const part = benchmarkPart(run.command) ?? ''
    const passOn = /^npm\s/.test(part) ? withArgumentsAfterDashes : withArguments
    const command = passOn(run.command, ['--no-cache'])
    return command === undefined ? undefined : { ...run, command }
  },
}

const SEPARATOR = ' > '
const HEADER = /^\s+name\s+hz\s+min\s+max\s+mean\s+p75\s+p99/
/** A project's name stands between bars, or with a blank on each side where it is coloured. */
const TITLE = /^(\s*)[✓✔√×❯]\s+(?:\|[^|]*\|\s+|\S+\s{2,})?(\S.*?)(?:\s+\d+(?:\.\d+)?m?s)?\s*$/
/** From version 5 on a file and a suite say how many tests they have, and rows have no mark. */
const COUNT = /\s+\(\d+(?: tests?\b[^)]*)?\)$/
const FILE_COUNT = /\s\(\d+ tests?\b[^)]*\)$/
const ROW = /^\s+(?:[·•]\s+)?(\S.*?)\s{2,}([\d,.]+|NaN)\s+[\d,.NaN]+\s+[\d,.NaN]+\s+[\d,.NaN]+\s/

interface Title {
  readonly indent: number
  readonly name: string
}

function readTables({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  // Up to version 4 one title has the whole path; later ones stand below one another.
  let path: readonly Title[] = []
  let tree = false
  let inTable = false
  for (const line of lines) {
    const title = TITLE.exec(line)
    if (title) {
      const [, { length: indent }, text] = title as unknown as [string, string, string]
      if (indent <= (path[0]?.indent ?? indent)) tree = FILE_COUNT.test(text)
      const name = tree ? text.replace(COUNT, '') : text
      path = [...path.filter(above => tree && above.indent < indent), { indent, name }]
    }
    const row: RegExpExecArray | null = inTable ? ROW.exec(line) : null
    // A row that was skipped has no figures, and others follow it.
    inTable = HEADER.test(line) || (inTable && !title && line.trim() !== '')
    if (!row) continue
    const hertz = readNumber(row[2]!)
    if (hertz === undefined || hertz <= 0) return unread(quotedLine(line), 'rate')
    const name = [...path.map(({ name }) => name), row[1]!].join(SEPARATOR)
    const rate = stepOf(row[2]!, { base: 'ops/s', factor: 1, named: true })
    const step = rate && { step: { size: rate.size / hertz ** 2, factor: 1 } }
    results.push({ name, value: 1 / hertz, unit: 's', ...step })
  }
  if (results.length === 0 && lines.some(line => /^ ?RUN\s+v0\./.test(line)))
    return fault('silent', { rule: 'vitest-0' })
  return success(results)
}

function isDocument(document: unknown): boolean {
  const files = listAt(document, 'files')
  return (
    files.length > 0 &&
    files.every(file => textAt(file, 'filepath') !== undefined && Array.isArray(memberOf(file, 'groups')))
  )
}

const MILLISECONDS: Unit = { base: 's', factor: 1e-3 }

function readDocuments(documents: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const group of documents
    .flatMap(document => listAt(document, 'files'))
    .flatMap(file => listAt(file, 'groups'))) {
    for (const row of listAt(group, 'benchmarks')) {
      const mean = numberAt(row, 'median') ?? numberAt(row, 'mean')
      const name = `${textAt(group, 'fullName') ?? ''}${SEPARATOR}${textAt(row, 'name') ?? ''}`
      if (mean === undefined) return unread(quotedLine(name), 'mean')
      const samples = numberAt(row, 'sampleCount')
      // Milliseconds, as tinybench has them.
      results.push({
        name,
        ...amountOf({ value: mean }, MILLISECONDS),
        ...(samples !== undefined && samples > 0 && { iterations: samples }),
      })
    }
  }
  return success(results)
}
