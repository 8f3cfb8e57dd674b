import type { BenchmarkReport, Report } from '../../src/core/model/report.ts'
import { HOSTILE } from './hostile.ts'
import { SAMPLES } from './sample-reports.ts'
import { numbers } from './series.ts'

/** Fields whose text is one of a few words or is checked elsewhere; every other text in a report is somebody else's. */
const OURS = new Set([
  'verdict',
  'decision',
  'better',
  'metric',
  'kind',
  'confidence',
  'source',
  'state',
  'mechanism',
  'change',
  'from',
  'outcome',
  'side',
  'sha',
  'url',
])

/** What a flame is counted in and which machine code is shown, of which there are a few; a unit and a machine of others are texts. */
const isCounted = (field: string, value: string) =>
  (field === 'unit' && ['instructions', 'samples'].includes(value)) ||
  (field === 'machine' && ['x86-64', 'aarch64', 'other'].includes(value))

/** Hostile texts of up to so many characters, the same for one seed. */
export function hostileTexts(seed: number, longest: number): () => string {
  const next = numbers(seed)
  return () => {
    const length = next() < 0.7 ? 40 : next() ** 4 * longest
    let text = ''
    while (text.length < length) text += HOSTILE[Math.floor(next() * HOSTILE.length)] ?? ''
    return text.slice(0, longest)
  }
}

/** A copy of a value with every text in it that is not ours replaced. */
export function withTexts<T>(value: T, text: () => string, field = ''): T {
  if (typeof value === 'string') return (OURS.has(field) || isCounted(field, value) ? value : text()) as T
  if (Array.isArray(value)) return value.map(item => withTexts(item, text, field)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withTexts(inner, text, key)]),
  ) as T
}

/** Every sample report with hostile texts in all its fields. */
export function hostileReports(seed: number): readonly Report[] {
  const text = hostileTexts(seed, 300)
  return Object.values(SAMPLES).map(report => ({
    ...withTexts(report, text),
    tool: report.tool,
    startedAt: report.startedAt,
  }))
}

/** A report of so many benchmarks of all kinds, with names and texts of up to so many characters. */
export function hugeReport(count: number, longest: number): Report {
  const text = hostileTexts(count, longest)
  const kinds = Object.values(SAMPLES).flatMap(({ benchmarks }) => benchmarks)
  const benchmarks = Array.from({ length: count }, (_, index): BenchmarkReport => {
    const kind = kinds[index % kinds.length]!
    return { ...withTexts(kind, text), name: `${index} ${text()}` }
  })
  return { ...SAMPLES.many!, sentence: text(), benchmarks }
}
