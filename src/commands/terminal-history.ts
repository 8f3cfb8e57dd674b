import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { creepsOf } from '../core/history/creep.ts'
import { type ImportedPoint, readImport } from '../core/history/imports.ts'
import { peaksOf } from '../core/history/peaks.ts'
import type { HistoryRecord } from '../core/history/record.ts'
import { timelinesOf } from '../core/history/timeline.ts'
import { InputError } from '../core/model/errors.ts'
import { historyText } from '../report/history/page.ts'
import { creepSentence, peakSentence } from '../report/history/sentences.ts'
import { historyBadge, historyCsv } from '../report/history/tables.ts'
import { readHistoryFile } from '../shell/files/history-file.ts'
import { openOutFolder } from '../shell/files/out-folder.ts'

const FILES = ['history.html', 'history.json', 'history.csv', 'badge.json'] as const

/** `perf-verdict history --history FILE [RESULTS …] [--out FOLDER | --json | --csv]`: draws a history, with results of other tools in it. Returns the exit code. */
export async function historyFromTerminal(
  words: readonly string[],
  { history, out = 'perf-verdict-history', json, csv }: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (history === undefined) {
    throw new InputError(['history needs its file; give it as --history FILE.'])
  }
  const { records, unreadable } = await readHistoryFile(resolve(history))
  const imported = await importsOf(words)
  if (json !== undefined || csv !== undefined) {
    process.stdout.write(csv === undefined ? jsonOf(records) : historyCsv(records))
    return 0
  }
  const folder = await openOutFolder({ path: out, root: process.cwd(), files: FILES })
  const lines = timelinesOf(records)
  const [peaks, creeps] = [lines.flatMap(peaksOf), creepsOf(records)]
  await folder.write({
    'history.html': historyText({ records, imported, unreadable: unreadable.length }),
    'history.json': jsonOf(records),
    'history.csv': historyCsv(records),
    'badge.json': historyBadge(records),
  })
  const told = [
    `${records.length} comparisons of ${lines.length} benchmarks${imported.length > 0 ? `, and ${imported.length} values of other tools` : ''}`,
    ...(unreadable.length > 0 ? [`lines that could not be read: ${unreadable.slice(0, 20).join(', ')}`] : []),
    ...creeps.map(creepSentence),
    ...peaks.map(peakSentence),
    `drawn in ${folder.path}`,
  ]
  process.stdout.write(`${told.join('\n').replaceAll('`', '')}\n`)
  return 0
}

function jsonOf(records: readonly HistoryRecord[]): string {
  const timelines = timelinesOf(records)
  const content = { timelines, peaks: timelines.flatMap(peaksOf), creeps: creepsOf(records) }
  return `${JSON.stringify(content, null, 1)}\n`
}

async function importsOf(files: readonly string[]): Promise<readonly ImportedPoint[]> {
  const faults: string[] = []
  const points: ImportedPoint[] = []
  for (const path of files) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      faults.push(`${path} cannot be read (${String(error)}); name a result file of another tool.`)
      return undefined
    })
    if (text === undefined) continue
    const read = readImport(text)
    if (read.ok) points.push(...read.value.points)
    else
      faults.push(
        `${path} is no result file: ${read.fault}; name a data.js, a Bencher report or an asv result.`,
      )
  }
  if (faults.length > 0) throw new InputError(faults)
  return points
}
