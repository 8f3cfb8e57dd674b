import { crc32 } from 'node:zlib'
import { failed, type Result, success } from '../../core/model/result.ts'
import { healsItself, type KnobSetting } from '../../core/tuning/knobs/knob.ts'
import { knobNamed, owns } from '../../core/tuning/knobs/table.ts'

/** The durable record of what was found before anything was changed, in the order of changing. */
export interface Journal {
  /** The boot that it belongs to: these settings do not outlive a boot, and neither does their journal. */
  readonly bootId: string
  readonly pid: number
  /** Wall-clock time, ISO 8601. */
  readonly startedAt: string
  readonly settings: readonly KnobSetting[]
}

/** Why a journal must not be acted upon; with the boot wherever the first record is whole. */
export interface Unsound {
  readonly why: string
  readonly bootId?: string
}

const FORMAT = 'perf-verdict-journal-1'
const MOST_CHARACTERS = 4_000_000

/**
 * One record a line behind a CRC-32 of the checksum before it and of itself, so that no line can be lost, changed or moved
 * unseen; the last record says that it is the last.
 */
export function encodeJournal(journal: Journal): string {
  const { settings, ...head } = journal
  const lines: string[] = []
  let checksum = ''
  for (const record of [{ format: FORMAT, ...head }, ...settings, { end: settings.length }]) {
    const json = JSON.stringify(record)
    checksum = checksumOf(checksum + json)
    lines.push(`${checksum} ${json}\n`)
  }
  return lines.join('')
}

/** Reads a journal of any origin; whatever is not exactly what `encodeJournal` writes of known knobs is unsound. */
export function decodeJournal(text: string): Result<Journal, Unsound> {
  if (text.length > MOST_CHARACTERS) return failed({ why: 'it is too long' })
  const lines = text.split('\n')
  if (lines.pop() !== '') return unsound('its last line is cut off', text)
  let checksum = ''
  const records: unknown[] = []
  for (const [index, line] of lines.entries()) {
    const record = readRecord(line, checksum)
    if (record === undefined) return unsound(`line ${index + 1} does not match its checksum`, text)
    records.push(record)
    checksum = line.slice(0, 8)
  }
  return interpret(records)
}

/** CRC-32 of the UTF-8 bytes as eight hex digits. */
function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

function readRecord(line: string, checksum: string): unknown {
  const json = line.slice(9)
  if (line[8] !== ' ' || checksumOf(checksum + json) !== line.slice(0, 8)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function interpret(records: readonly unknown[]): Result<Journal, Unsound> {
  const head = records[0]
  if (!isHead(head)) return failed({ why: 'it does not begin as a journal of this version' })
  const { bootId, pid, startedAt } = head
  const settings = records.slice(1, -1)
  const last = records.at(-1)
  if (!isEnd(last) || last.end !== settings.length) {
    return failed({ why: 'its end is missing', bootId })
  }
  const strange = settings.findIndex(setting => !isSetting(setting))
  if (strange >= 0) {
    return failed({ why: `line ${strange + 2} names no setting that perf-verdict changes`, bootId })
  }
  return success({ bootId, pid, startedAt, settings: settings.filter(isSetting) })
}

function unsound(why: string, text: string): Result<Journal, Unsound> {
  const head = readRecord(text.split('\n', 1)[0]!, '')
  return failed({ why, ...(isHead(head) ? { bootId: head.bootId } : {}) })
}

function isHead(record: unknown): record is Omit<Journal, 'settings'> {
  return (
    isRecord(record) &&
    record.format === FORMAT &&
    typeof record.bootId === 'string' &&
    /^[0-9a-f-]{36}$/.test(record.bootId) &&
    Number.isSafeInteger(record.pid) &&
    typeof record.startedAt === 'string'
  )
}

function isEnd(record: unknown): record is { readonly end: number } {
  return isRecord(record) && typeof record.end === 'number'
}

/** Only paths that the table of knobs matches, and only values of their grammar: the journal can never name anything else. */
function isSetting(record: unknown): record is KnobSetting {
  if (!isRecord(record)) return false
  const { knob: name, path, found, set } = record
  if (typeof name !== 'string' || typeof path !== 'string') return false
  if (typeof found !== 'string' || typeof set !== 'string') return false
  const knob = knobNamed(name)
  return (
    knob !== undefined &&
    !healsItself(knob) &&
    (knob.via === 'service' ? knob.files.includes(path) : owns(knob, path)) &&
    knob.grammar.test(found) &&
    knob.grammar.test(set)
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
