import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { creepsOf } from '../core/history/creep.ts'
import { type ImportedPoint, readImport } from '../core/history/imports.ts'
import { peaksOf } from '../core/history/peaks.ts'
import type { HistoryRecord } from '../core/history/record.ts'
import { timelinesOf } from '../core/history/timeline.ts'
import { InputError } from '../core/model/errors.ts'
import { counted, visibleJson, visibleLines } from '../core/text/text.ts'
import { historyText } from '../report/history/page.ts'
import { creepSentence, peakSentence } from '../report/history/sentences.ts'
import { historyBadge, historyCsv } from '../report/history/tables.ts'
import { readHistoryFile } from '../shell/files/history-file.ts'
import { openOutFolder } from '../shell/files/out-folder.ts'
import { git } from '../shell/git/git.ts'
import { tools } from '../shell/tools/tools.ts'

const FILES = ['history.html', 'history.json', 'history.csv', 'badge.json'] as const

/** `perf-verdict history --history FILE [RESULTS …] [--out FOLDER | --json | --csv]`: draws a history, with results of other tools in it. Returns the exit code. */
export async function historyFromTerminal(
  words: readonly string[],
  { history, out = 'perf-verdict-history', json, csv }: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (history === undefined) {
    throw new InputError(['history needs its file; give it as --history FILE.'])
  }
  if (json !== undefined && csv !== undefined)
    throw new InputError(['--json and --csv contradict each other; give one of them.'])
  const { records, unreadable } = await readHistoryFile(resolve(history))
  if (records.length === 0 && (unreadable.length > 0 || words.length === 0))
    throw new InputError([await noHistory(history)])
  const imported = await importsOf(words)
  if (json !== undefined || csv !== undefined) {
    process.stdout.write(csv === undefined ? jsonOf(records, imported) : historyCsv(records))
    return 0
  }
  const repository = await repositoryOf()
  const folder = await openOutFolder({ path: out, root: process.cwd(), files: FILES })
  const lines = timelinesOf(records)
  const [peaks, creeps] = [lines.flatMap(peaksOf), creepsOf(records)]
  await folder.write({
    'history.html': historyText({
      records,
      imported,
      unreadable: unreadable.length,
      ...(repository === undefined ? {} : { repository }),
    }),
    'history.json': jsonOf(records, imported),
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
  process.stdout.write(`${visibleLines(told.join('\n').replaceAll('`', ''))}\n`)
  return 0
}

/** A name that was mistyped must not look like a project without a past. */
async function noHistory(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return `There is no file ${path}; name the file that perf-verdict gate --history appends to.`
  return `${path} holds no line of a history; name the file that perf-verdict gate --history appends to.`
}

function jsonOf(records: readonly HistoryRecord[], imported: readonly ImportedPoint[]): string {
  const timelines = timelinesOf(records)
  const content = { timelines, peaks: timelines.flatMap(peaksOf), creeps: creepsOf(records), imported }
  return `${visibleJson(content, 1)}\n`
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
    const written = (await stat(path)).mtime.toISOString()
    const read = readImport(text, written)
    if (read.ok) {
      points.push(...read.value.points)
      if (read.value.skipped > 0)
        process.stderr.write(`${path}: ${counted(read.value.skipped, 'result')} without a number left out\n`)
    } else
      faults.push(
        `${path} is no result file: ${read.fault}; name a data.js, a Bencher report or an asv result.`,
      )
  }
  if (faults.length > 0) throw new InputError(faults)
  return points
}

/** Where the commits are shown: the clone's own remote on a web server, without anything that may be a secret. */
async function repositoryOf(): Promise<string | undefined> {
  const remote = (await git(tools, process.cwd(), ['remote', 'get-url', 'origin'])).out.trim()
  const [, host, path] =
    /^(?:https:\/\/|(?:ssh:\/\/)?git@)([\w.-]+)[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote) ?? []
  return host === undefined ? undefined : `https://${host}/${path}`
}
