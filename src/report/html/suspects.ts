import type { Suspect } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { counted, listed, numbered } from '../../core/text/text.ts'
import { setRanges, setRuns } from '../evidence/suspects.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatAddress, formatCount, formatShare } from '../text/format.ts'
import { typeset } from '../text/prose.ts'

const MOST_ROWS = 50
const NAME_LIMIT = 200

const MECHANISMS: Readonly<Record<Suspect['evidence']['mechanism'], string>> = {
  'set-conflict': 'shares cache sets',
  'data-set-conflict': 'shares data-cache sets',
  alignment: 'lost its alignment',
  straddle: 'crosses a line boundary',
  moved: 'moved',
}

/** The suspects of a placement as a table, most suspicious first; the sets that they crowd together are reported once, above it. */
export function suspectsTable({ suspects = [], counters }: BenchmarkReport): string {
  if (suspects.length === 0) return ''
  const of = counters?.source === 'simulated' ? 'instructions' : 'time'
  const ranked = suspects.toSorted((one, other) => one.rank - other.rank)
  const heads = [
    '',
    'Symbol',
    `Share of ${of}`,
    'Base address',
    'Head address',
    'What happened',
    'Sets',
    'Misses',
  ]
  const rows = ranked.slice(0, MOST_ROWS).map(row)
  const rest = ranked.length - MOST_ROWS
  return [
    '<h3>Suspects</h3>',
    crowded(ranked),
    `<div class="scroll" tabindex="0" role="region" aria-label="Suspects"><table><thead><tr>${heads.map(text => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`,
    ...(rest > 0 ? [`<p>${numbered(rest, 'more suspect')} in report.json only</p>`] : []),
  ].join('\n')
}

/** The sets that several suspects use on the head side: what the table's rows have in common. */
function crowded(suspects: readonly Suspect[]): string {
  const uses = new Map<number, number>()
  for (const { evidence } of suspects) {
    for (const set of new Set(evidence.sets?.head ?? [])) uses.set(set, (uses.get(set) ?? 0) + 1)
  }
  const shared = [...uses].filter(([, count]) => count > 1).map(([set]) => set)
  if (shared.length === 0) return ''
  const crowd = suspects.filter(({ evidence }) => evidence.sets?.head.some(set => shared.includes(set)))
  const sentence = `${counted(crowd.length, 'suspect')} now meet in ${setRanges(shared)}.`
  return `<p>${html(sentence.charAt(0).toUpperCase() + sentence.slice(1))}</p>`
}

function row({ rank, symbol, object, kind, evidence }: Suspect, _index: number): string {
  const { share, from, to, sets, misses, mechanism, lineOffset, sharedWith = [] } = evidence
  const detail = lineOffset
    ? `<small>byte ${lineOffset.base} → ${lineOffset.head} of a line</small>`
    : sharedWith.length > 0
      ? `<small>with ${listed(sharedWith.slice(0, 3).map(name => htmlCode(name, 40)))}${sharedWith.length > 3 ? ` and ${sharedWith.length - 3} more` : ''}</small>`
      : ''
  const cells = [formatShare(share), formatAddress(from), from === to ? 'the same' : formatAddress(to)].map(
    text => `<td class="figure">${typeset(html(text))}</td>`,
  )
  const holder = `${kind === 'data' ? 'data in' : 'in'} ${htmlCode(object, NAME_LIMIT)}`
  const runs = sets && sets.head.length > 0 ? setRuns(sets.head).join(', ') : '–'
  const missed = misses ? `${formatCount(misses.base)} → ${formatCount(misses.head)}` : '–'
  return `<tr><td class="figure">${rank}</td><th scope="row">${htmlCode(symbol, NAME_LIMIT)}<small>${holder}</small></th>${cells.join('')}<td>${MECHANISMS[mechanism]}${detail}</td><td class="figure">${html(runs)}</td><td class="figure">${typeset(html(missed))}</td></tr>`
}
