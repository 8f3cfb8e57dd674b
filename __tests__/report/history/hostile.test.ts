import { expect, test } from '@jest/globals'
import { creepsOf } from '../../../src/core/history/creep.ts'
import { inheritedAcceptances } from '../../../src/core/history/inherited.ts'
import { parseHistory } from '../../../src/core/history/record.ts'
import { uniform } from '../../../src/core/statistics/random.ts'
import { withPast } from '../../../src/flow/timeline/past.ts'
import { creepIssue, creepMarker } from '../../../src/report/history/issue.ts'
import { historyText } from '../../../src/report/history/page.ts'
import { HISTORY_SCRIPT } from '../../../src/report/history/script.ts'
import { historyBadge, historyCsv } from '../../../src/report/history/tables.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { historyRecord, historyRow, sha } from '../../doubles/histories.ts'
import { HOSTILE } from '../../doubles/hostile.ts'
import { pageFaults } from '../../doubles/page-faults.ts'
import { aChange, aReport } from '../../doubles/reports.ts'
import { casesOf, PATIENCE, SEED } from '../../doubles/soak.ts'
import { markdownFaults } from '../../doubles/text-faults.ts'

const LINES_A_FILE = 250
const LINK = 'https://github.com/example/interpreter/tree/perf-verdict-data'
const OWN = /^https:\/\/github\.com\/example\/interpreter\/commit\/[0-9a-f]+$/
const ODD = [
  null,
  true,
  -1,
  0,
  1e308,
  5e-324,
  1.7,
  '',
  [],
  {},
  ['x'],
  '__proto__',
  9e15,
  sha(1),
  '2026-13-45',
]

/** A line that is nearly a record, with hostile texts where texts may stand and odd values anywhere; some are no records at all. */
function hostileLine(next: () => number, number: number): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!
  const text = () => Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(HOSTILE)).join('')
  const accepted = { by: text().slice(0, 200), reason: text().slice(0, 500), bound: 1.2 }
  const row = historyRow(next() < 0.5 ? 'parse' : text() || 'x', pick([0.5, 0.97, 1, 1.02, 1.3, 2]), {
    ...(next() < 0.5 && { cause: pick(['placement', text().slice(0, 40)]), shown: true }),
    ...(next() < 0.2 && { accepted }),
    unit: text().slice(0, 60),
  })
  const record: Record<string, unknown> = {
    ...historyRecord(number, [row], {
      relation: pick(['previous', 'previous', 'release', 'past']),
      called: text().slice(0, 200),
      title: text().slice(0, 200),
      machine: text().slice(0, 200),
      against: sha(pick([number - 1, number, number + 1, 0])),
    }),
  }
  if (next() < 0.3) record[pick(Object.keys(record))] = pick(ODD)
  if (next() < 0.3) Object.assign(row, { [pick(Object.keys(row))]: pick(ODD) })
  const line = JSON.stringify(record)
  const place = Math.floor(next() * line.length)
  if (next() < 0.1) return line.slice(0, place)
  if (next() < 0.1) return line.slice(0, place) + text().replaceAll('\n', ' ') + line.slice(place)
  return next() < 0.02 ? text() : line
}

/** The fields of RFC 4180. */
function fieldsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  )
}

test(
  `${casesOf(100_000)} hostile lines: nothing throws, and nothing of them acts in a page, badge, table, issue or comment`,
  () => {
    process.stdout.write(`hostile history lines with SEED=${SEED}\n`)
    const next = uniform(SEED)
    let read = 0
    for (let file = 0; file < casesOf(100_000) / LINES_A_FILE; file++) {
      const lines = Array.from({ length: LINES_A_FILE }, (_, at) => hostileLine(next, at + 1))
      const { records, unreadable } = parseHistory(lines.join('\n'))
      read += records.length
      const creeps = creepsOf(records)
      const page = historyText({
        records,
        imported: [],
        unreadable: unreadable.length,
        repository: 'https://github.com/example/interpreter',
      })
      const issue = creepIssue(creeps, 'default')
      const past = withPast(aReport({ verdict: 'fail', benchmarks: [aChange(1.7, { name: 'parse' })] }), {
        records,
        link: LINK,
      })
      const faults = [
        ...pageFaults(page, HISTORY_SCRIPT, OWN),
        ...markdownFaults(
          commentText(past, { key: 'default' }).replace(/\[(?:[▁-█]+|history)\]\((.*?)\)/, (_, to: string) =>
            to === LINK ? '' : to,
          ),
        ),
        ...markdownFaults(issue.body.replace(creepMarker('default'), '')),
      ]
      expect([file, faults]).toEqual([file, []])
      expect(Object.keys(JSON.parse(historyBadge(records)) as object)).toEqual([
        'schemaVersion',
        'label',
        'message',
        'color',
      ])
      expect(fieldsOf(historyCsv(records)).filter(field => /^\s*[=@+-]/.test(field))).toEqual([])
      inheritedAcceptances(records, new Set(records.map(({ commit }) => commit)))
    }
    expect(read).toBeGreaterThan(0)
  },
  PATIENCE,
)
