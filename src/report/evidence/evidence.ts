import type { BenchmarkReport } from '../../core/model/report.ts'
import type { Trials } from '../../core/model/trials.ts'
import { formatValue, formatValues } from '../text/format.ts'
import { commonAxis, pointer, sparkline } from '../text/sparkline.ts'
import { adviceFor } from '../words/advice.ts'
import { cpuTimeSentences } from '../words/cpu-time.ts'
import { meaningOf } from '../words/meaning.ts'
import { type CounterRow, counterRows } from './counters.ts'
import { displacerSentences } from './displacers.ts'
import { suspectSentence, touchedSentence, type Whole } from './suspects.ts'

/** One group of evidence, the same for every form of the report; sentences are plain text with names between backticks. */
export interface Section {
  readonly title: string
  readonly paragraphs?: readonly string[]
  readonly items?: readonly string[]
  readonly numbered?: boolean
  /** How many further items there are. */
  readonly more?: number
  readonly rows?: readonly CounterRow[]
  /** Lines of a drawing in characters of one width. */
  readonly chart?: readonly string[]
  /** What a page draws here instead. */
  readonly drawing?: 'samples' | 'sets' | 'layouts'
}

/** How much of each kind of evidence is shown before the rest is only counted. */
export interface Depth {
  readonly items: number
  readonly rows: number
}

/** Width of a drawn distribution, so that a line of it fits a phone. */
const CHART_BINS = 20

/** Everything that is known about why one benchmark changed, in the order in which a reviewer asks for it. */
export function evidenceOf(benchmark: BenchmarkReport, depth: Depth): readonly Section[] {
  const whole: Whole = benchmark.counters?.source === 'simulated' ? 'instructions' : 'time'
  const { cause, suspects = [], displacers = [], trials } = benchmark
  const ranked = suspects.toSorted((one, other) => one.rank - other.rank)
  const sections: readonly Section[] = [
    {
      title: 'Evidence',
      items: [
        ...(cause?.because ?? []),
        ...cpuTimeSentences(benchmark),
        touchedSentence(benchmark.touched, whole),
      ],
    },
    { title: 'Against it', items: cause?.against ?? [] },
    ...counterSections(benchmark, depth),
    {
      title: 'Suspects',
      numbered: true,
      drawing: 'sets',
      items: ranked.map(suspect => suspectSentence(suspect, whole)),
    },
    { title: 'What moved them', items: displacerSentences(displacers, whole) },
    { title: 'Measured', drawing: 'samples', chart: sampleChart(benchmark) },
    ...trialSections(benchmark, trials),
    {
      title: 'What it means',
      paragraphs: cause || benchmark.decision === 'slower' ? [meaningOf(benchmark)] : [],
    },
    { title: 'What to do', items: adviceOn(benchmark) },
  ]
  return sections.map(section => limited(section, depth)).filter(isPresent)
}

/** Luck needs no remedy. */
function adviceOn({ cause, decision, suspects = [], trials }: BenchmarkReport): readonly string[] {
  return cause && decision === 'slower' ? adviceFor(cause, suspects, trials?.remedies) : []
}

function isPresent({ paragraphs = [], items = [], rows = [], chart = [] }: Section): boolean {
  return paragraphs.length + items.length + rows.length + chart.length > 0
}

function limited(section: Section, { items: most }: Depth): Section {
  const items = (section.items ?? []).filter(item => item !== '')
  const rest = items.length - most
  return rest > 0 ? { ...section, items: items.slice(0, most), more: rest } : { ...section, items }
}

function counterSections({ counters }: BenchmarkReport, depth: Depth): readonly Section[] {
  if (!counters) return []
  const rows = counterRows(counters)
  if (rows.length === 0) return []
  const summary = counters.summary === undefined ? [] : [sentenceOf(counters.summary)]
  return [{ title: 'What differs in the counters', paragraphs: summary, rows: rows.slice(0, depth.rows) }]
}

function sentenceOf(summary: string): string {
  const text = summary.charAt(0).toUpperCase() + summary.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}

function sampleChart({ base, head, unit }: BenchmarkReport): readonly string[] {
  if (!base || !head || base.samples.length < 2 || head.samples.length < 2) return []
  return chartOf({ base: base.samples, head: head.samples }, unit)
}

interface Sides {
  readonly base: readonly number[]
  readonly head: readonly number[]
}

/** Both distributions on one axis, and where on it a single value is. */
function chartOf({ base, head }: Sides, unit: string, mark?: number): readonly string[] {
  const axis = commonAxis([base, head, mark === undefined ? [] : [mark]], CHART_BINS)
  if (!axis) return []
  return [
    `base  ${sparkline(base, axis)} ${rangeOf(base, unit)}`,
    `head  ${sparkline(head, axis)} ${rangeOf(head, unit)}`,
    ...(mark === undefined ? [] : [`built ${pointer(mark, axis)} ${formatValue(mark, unit)}`]),
  ]
}

function rangeOf(values: readonly number[], unit: string): string {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const [from = '', to = ''] = formatValues([low, high], unit)
  return `${from.split(' ')[0]} … ${to}`
}

function trialSections({ unit, head }: BenchmarkReport, trials: Trials | undefined): readonly Section[] {
  const { layout, remedies = [] } = trials ?? {}
  return [
    ...(layout
      ? [
          {
            title: `Layout trial: ${layout.layouts} random layouts a side`,
            paragraphs: [layout.sentence],
            chart: chartOf(layout, unit, head?.median),
            drawing: 'layouts' as const,
          },
        ]
      : []),
    { title: 'Remedies tried', items: remedies.map(({ sentence }) => sentence) },
  ]
}
