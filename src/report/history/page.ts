import { type Creep, creepsOf } from '../../core/history/creep.ts'
import type { ImportedPoint } from '../../core/history/imports.ts'
import { type Peak, peaksOf } from '../../core/history/peaks.ts'
import type { HistoryRecord } from '../../core/history/record.ts'
import { type Point, stepsOf, type Timeline, timelinesOf } from '../../core/history/timeline.ts'
import { numbered, quoted } from '../../core/text/text.ts'
import { STYLE } from '../html/style.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatChange, formatInterval } from '../text/format.ts'
import { htmlProse, typeset } from '../text/prose.ts'
import { acceptedItems } from './accepted.ts'
import { type ChartMark, importedChart, timelineChart } from './chart.ts'
import { HISTORY_SCRIPT, HISTORY_SCRIPT_HASH } from './script.ts'
import { creepSentence, peakSentence } from './sentences.ts'

/** What the page shows in addition to the records. */
export interface HistoryPage {
  readonly records: readonly HistoryRecord[]
  readonly imported: readonly ImportedPoint[]
  /** Lines of the file that could not be read. */
  readonly unreadable: number
  /** The address of the repository, for links to commits; from the caller and never from the history. */
  readonly repository?: string
}

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${HISTORY_SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`
const MOST_EVENTS = 60
const HISTORY_STYLE = `
svg path.chain { fill: none; stroke: var(--head); stroke-width: 1.5 } svg path.imported { fill: none; stroke: var(--warn) }
svg path.interval { fill: var(--band) } svg .release { stroke: var(--good); stroke-dasharray: 2 3 }
svg circle.slower { fill: var(--bad) } svg circle.faster { fill: var(--good) } svg circle.peak { fill: none; stroke: var(--bad); stroke-width: 2 }
svg circle.accepted { fill: var(--soft) } section.timeline { content-visibility: auto; contain-intrinsic-size: auto 260px }
section.timeline[hidden] { display: none } svg { max-width: 100% } .key.imported { background: var(--warn) } .key.slower { background: var(--bad) } .key.faster { background: var(--good) }
`

/** The history as one page that needs nothing else: a chart a benchmark, peaks, creeps and accepted slowdowns, with links to commits. */
export function historyText({ records, imported, unreadable, repository }: HistoryPage): string {
  const byName = importsByName(imported)
  const lines = timelinesOf(records).toSorted((one, other) => drift(other) - drift(one))
  const peaks = lines.flatMap(peaksOf)
  const creeps = creepsOf(records)
  const link = linkTo(repository)
  const commits = new Set(records.map(({ commit }) => commit)).size
  const { aside } = stepsOf(records)
  const alone = [...byName].filter(([name]) => !lines.some(line => line.name === name))
  const machines = new Set(records.map(({ machine }) => machine)).size
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>Performance history – Perf Verdict</title><style>${STYLE}${HISTORY_STYLE}</style></head><body>`,
    '<header><h1>Performance history</h1>',
    `<p class="status">${numbered(lines.length, 'benchmark')} · ${numbered(commits, 'commit')} · ${numbered(machines, 'machine')}${aside.length > 0 ? ` · ${numbered(aside.length, 'comparison')} of commits that are not on the line of the branch` : ''}${unreadable > 0 ? ` · ${numbered(unreadable, 'line')} could not be read` : ''}</p>`,
    '<p>Each step is the ratio of two builds that ran side by side on one machine, so a faster or slower machine bends no line.</p></header><main>',
    listed(
      'Slower than an older version',
      creeps.map(creep => creepItem(creep, link)),
    ),
    listed(
      'Peaks',
      peaks
        .slice(-MOST_EVENTS)
        .reverse()
        .map(peak => peakItem(peak, link)),
    ),
    listed('Accepted slowdowns', acceptedItems(lines, link)),
    '<form class="tools" hidden><label>Benchmark <input type="search" autocomplete="off"></label> <output></output></form>',
    '<p class="status"><span class="key head"></span>level <span class="key slower"></span>slower <span class="key faster"></span>faster <span class="key imported"></span>values of another tool, which a change of machine shifts</p>',
    ...lines.map((timeline, index) =>
      section({ timeline, index, records, imported: byName.get(timeline.name) ?? [], peaks, link }),
    ),
    ...alone
      .slice(0, MOST_ALONE)
      .map(([name, points], index) => importedSection(name, points, lines.length + index)),
    alone.length > MOST_ALONE
      ? `<p class="status">${alone.length - MOST_ALONE} more names of other tools are not drawn.</p>`
      : '',
    `</main><script>${HISTORY_SCRIPT}</script></body></html>\n`,
  ].join('\n')
}

type Link = (commit: string) => string

function linkTo(repository: string | undefined): Link {
  const safe = repository !== undefined && /^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+$/.test(repository)
  return commit => {
    const short = htmlCode(commit.slice(0, 10))
    return safe ? `<a href="${repository}/commit/${commit}">${short}</a>` : short
  }
}

function importsByName(imported: readonly ImportedPoint[]): ReadonlyMap<string, readonly ImportedPoint[]> {
  const byName = new Map<string, ImportedPoint[]>()
  for (const point of imported.toSorted((one, other) =>
    one.at < other.at ? -1 : one.at > other.at ? 1 : 0,
  )) {
    const own = byName.get(point.name) ?? []
    byName.set(point.name, own)
    own.push(point)
  }
  return byName
}

/** Names that only another tool has measured: drawn by themselves, because they bring a past that nothing continues yet. */
function importedSection(name: string, points: readonly ImportedPoint[], index: number): string {
  const unit = points.at(-1)?.unit ?? ''
  return [
    `<section class="timeline" id="timeline-${index + 1}" data-name="${html(name)}"><h2>${htmlCode(name, 200)}</h2>`,
    `<p class="status">${numbered(points.length, 'value')} of another tool${unit === '' ? '' : ` in ${html(unit)}`}; no gate has measured this name</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${importedChart(name, points)}</div></section>`,
  ].join('\n')
}

const MOST_ALONE = 200

/** How far the level is from where it began, worst first. */
function drift({ points, better }: Timeline): number {
  const last = points.at(-1)?.chain ?? 1
  return better === 'lower' ? Math.log(last) : -Math.log(last)
}

function listed(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `<section><h2>${title}</h2><ul>${items.map(item => `<li>${item}</li>`).join('')}</ul></section>`
}

function creepItem(creep: Creep, link: Link): string {
  const steps = creep.steps
    .slice(0, 5)
    .map(
      ({ commit, ratio, title }) =>
        `<li>${link(commit)} ${typeset(html(formatChange(ratio)))} ${html(title)}</li>`,
    )
  return `${htmlProse(creepSentence(creep))}<ul>${steps.join('')}</ul>`
}

function peakItem(peak: Peak, link: Link): string {
  return `${htmlProse(peakSentence(peak))} <small>${link(peak.from.commit)} → ${link(peak.until.commit)}</small>`
}

function section(of: {
  readonly timeline: Timeline
  readonly index: number
  readonly records: readonly HistoryRecord[]
  readonly imported: readonly ImportedPoint[]
  readonly peaks: readonly Peak[]
  readonly link: Link
}): string {
  const { timeline, index, records, imported, peaks, link } = of
  const { name, points } = timeline
  const events = points.filter(isEvent)
  const rows = events
    .slice(-MOST_EVENTS)
    .reverse()
    .map(point => eventRow(point, link))
  return [
    `<section class="timeline" id="timeline-${index + 1}" data-name="${html(name)}"><h2>${htmlCode(name, 200)}</h2>`,
    `<p class="status">${summaryOf(timeline, records)}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${timelineChart(timeline, marksOf(timeline, records, peaks), imported)}</div>`,
    ...(rows.length > 0
      ? [
          `<details><summary>${numbered(events.length, 'commit')} changed it</summary><div class="scroll" tabindex="0" role="region" aria-label="Commits"><table><thead><tr><th scope="col">Commit</th><th scope="col">Date</th><th scope="col" class="figure">Change</th><th scope="col">Finding</th><th scope="col">Title</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`,
        ]
      : []),
    '</section>',
  ].join('\n')
}

function summaryOf({ name, points }: Timeline, records: readonly HistoryRecord[]): string {
  const last = points.at(-1)
  const anchors = records.filter(({ relation }) => relation === 'release' || relation === 'past')
  const newest = anchors.findLast(({ rows }) => rows.some(row => row.name === name))
  const direct = newest?.rows.find(row => row.name === name)
  const parts = [
    `${numbered(points.length, 'commit')}`,
    ...(last ? [`level ${formatChange(last.chain)} against the first commit`] : []),
    ...(newest && direct?.ratio !== undefined
      ? [
          `${formatChange(direct.ratio)} against ${newest.called ?? newest.against.slice(0, 10)}, compared directly`,
        ]
      : []),
  ]
  return typeset(parts.map(html).join(' · '))
}

function isEvent({ row }: Point): boolean {
  return (
    row.decision === 'slower' ||
    row.decision === 'faster' ||
    row.decision === 'masked' ||
    row.accepted !== undefined
  )
}

function eventRow({ commit, at, title, row }: Point, link: Link): string {
  const { ratio, low, high, decision, cause, accepted } = row
  const change = ratio === undefined ? '–' : typeset(html(formatChange(ratio)))
  const interval =
    ratio !== undefined && low !== undefined && high !== undefined
      ? `<small>${typeset(html(formatInterval({ ratio, low, high })))}</small>`
      : ''
  const kind = decision === 'slower' ? 'bad' : decision === 'faster' ? 'good' : 'open'
  const taken = accepted ? `<small>accepted by ${html(accepted.by)}: ${html(accepted.reason)}</small>` : ''
  return `<tr><td>${link(commit)}</td><td>${html(at.slice(0, 10))}</td><td class="figure">${change}${interval}</td><td><span class="${kind}">${decision}</span>${cause === undefined ? '' : `<small>${html(cause)}</small>`}${taken}</td><td>${html(title)}</td></tr>`
}

function marksOf(
  { points }: Timeline,
  records: readonly HistoryRecord[],
  peaks: readonly Peak[],
): readonly ChartMark[] {
  const released = new Map(
    records.flatMap(({ relation, against, called }) =>
      relation === 'release' && called !== undefined ? [[against, called] as const] : [],
    ),
  )
  const peaked = new Map(
    peaks.flatMap(peak => (points.includes(peak.from) ? [[peak.from, peak] as const] : [])),
  )
  return points.flatMap((point, index): readonly ChartMark[] => {
    const { commit, row, title } = point
    const peak = peaked.get(point)
    const release = released.get(commit)
    const change = row.ratio === undefined ? '' : ` ${formatChange(row.ratio)}`
    const own: readonly ChartMark[] = peak
      ? [{ index, kind: 'peak', says: `${peakSentence(peak)} ${title}` }]
      : row.accepted
        ? [
            {
              index,
              kind: 'accepted',
              says: `${quoted(commit.slice(0, 10))}${change}, accepted by ${row.accepted.by}`,
            },
          ]
        : row.decision === 'slower' || row.decision === 'faster'
          ? [{ index, kind: row.decision, says: `${commit.slice(0, 10)}${change} ${title}` }]
          : []
    return [...own, ...(release === undefined ? [] : [{ index, kind: 'release' as const, says: release }])]
  })
}
