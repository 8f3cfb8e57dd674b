import type { ListedRow, Listing } from '../../core/model/listing.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { outputLines } from '../text/fence.ts'
import { formatShare, formatValue } from '../text/format.ts'
import { aligned, wrapped } from '../text/lines.ts'

const OUTPUT_LINES = 20
/** As many outputs as anybody reads. */
const MOST_OUTPUTS = 20

/** The rows of `perf-verdict list`, for a terminal. */
export function listingText({ commit, rows, notes }: Listing): string {
  const good = rows.filter(({ fault }) => fault === undefined)
  const lines = [
    `${count(good.length, 'row')} of ${commit.sha.slice(0, 12)} ${plainName(commit.title ?? '')}`.trimEnd(),
    '',
    ...aligned([HEADINGS, ...rows.map(rowTexts)]),
    ...faultLines(rows),
    ...(good.some(({ from }) => from === 'list') ? ['', LISTED] : []),
    ...notes.flatMap(note => ['', ...wrapped(note, '')]),
  ]
  return `${lines.map(plainLine).join('\n')}\n`
}

const HEADINGS = ['row', 'harness', 'metric', 'unit', 'threshold', 'floor', 'one run', 'command']
const LISTED = 'Rows without a value were listed by their harness and not run.'

function rowTexts(row: ListedRow): readonly string[] {
  const { name, harness, metric, unit, better, threshold, floor, value, fault, command } = row
  return [
    plainName(name),
    harness ?? '–',
    metric,
    `${unit === '' ? '–' : plainName(unit)}${better === 'higher' ? ' (more is better)' : ''}`,
    formatShare(threshold),
    floor === undefined ? '–' : formatValue(floor, unit),
    fault !== undefined ? 'no value' : value === undefined ? '–' : formatValue(value, unit),
    plainName(command),
  ]
}

function faultLines(rows: readonly ListedRow[]): readonly string[] {
  const faulty = rows.filter(({ fault }) => fault !== undefined)
  const shown = new Set<string>()
  return faulty.flatMap(({ name, fault, lastLines = [] }) => {
    const output = lastLines.join('\n')
    const isNew = output !== '' && !shown.has(output) && shown.size < MOST_OUTPUTS
    if (isNew) shown.add(output)
    return [
      '',
      ...wrapped(`${plainName(name)} gives no value: it ${fault}.`, ''),
      ...(isNew ? outputLines(output, OUTPUT_LINES).map(line => `  ${line}`) : []),
      ...(isNew || output === '' ? [] : [shown.has(output) ? SHOWN : LEFT_OUT]),
    ]
  })
}

const SHOWN = '  Its last lines are the same as above.'
const LEFT_OUT = '  Its last lines are left out, because so many others are shown; list it alone.'

const count = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? '' : 's'}`
