import { type HistoryFile, type HistoryRecord, historyLine, parseHistory } from './record.ts'

/** A segment is closed once it is this long, so that an append never moves more than this. */
const SEGMENT_CHARACTERS = 2 * 1024 * 1024
const SEGMENT = /^history\/([\w.-]{1,100})\/(\d{6})\.jsonl$/

/** Where results of other tools may be put on the branch. */
export const IMPORTS = /^imports\/[^/]{1,200}\.(?:js|json)$/

/** The folder of a gate's own history; a key is made safe as a name. */
export function historyFolder(key: string): string {
  return `history/${
    key
      .replace(/[^\w.-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 100) || 'default'
  }`
}

/** The paths of a key's segments among all paths, oldest first. */
export function segmentsOf(key: string, paths: readonly string[]): readonly string[] {
  const folder = historyFolder(key)
  return paths.filter(path => SEGMENT.test(path) && path.startsWith(`${folder}/`)).toSorted()
}

/** The file that a record goes to and its new text: the last segment, or a new one when that is full. A torn last line is closed first. */
export function appended(
  key: string,
  last: { readonly path: string; readonly text: string } | undefined,
  record: HistoryRecord,
) {
  const line = historyLine(record)
  if (!last) return { path: `${historyFolder(key)}/000001.jsonl`, text: line }
  if (last.text.length + line.length <= SEGMENT_CHARACTERS) {
    const torn = last.text !== '' && !last.text.endsWith('\n')
    return { path: last.path, text: `${last.text}${torn ? '\n' : ''}${line}` }
  }
  const number = Number(SEGMENT.exec(last.path)?.[2] ?? 0) + 1
  return { path: `${historyFolder(key)}/${String(number).padStart(6, '0')}.jsonl`, text: line }
}

/** The keys that have a history among all paths, as their folders are called. */
export function keysOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap(path => SEGMENT.exec(path)?.[1] ?? []))].toSorted()
}

/** Segments as one history. */
export function joined(texts: readonly string[]): HistoryFile {
  const files = texts.map(parseHistory)
  return {
    records: files.flatMap(({ records }) => records),
    unreadable: files.flatMap(({ unreadable }) => unreadable),
  }
}
