import type { BenchmarkReport } from '../../core/model/report.ts'

/** How the rows of one table name their benchmarks: what all names start with, once, and what tells each apart. */
export interface Labels {
  /** Empty where the names have no long start in common. */
  readonly prefix: string
  /** The rest of a name, within the limit, different for different names. */
  readonly of: (benchmark: Pick<BenchmarkReport, 'name'>) => string
}

/** A start is reported once from so many names on, and only when leaving it out helps. */
const NAMES_WITH_PREFIX = 4
const SHORTEST_PREFIX = 12
/** A start ends where a part of a name ends, so that no word is cut. */
const PART_END = /^.*[/:.\s<([_-]/su

/** Labels of at most `limit` code points; names that would look alike when shortened keep what tells them apart, and a number where that is not enough. */
export function labelsOf(benchmarks: readonly Pick<BenchmarkReport, 'name'>[], limit: number): Labels {
  const names = [...new Set(benchmarks.map(({ name }) => name))]
  const prefix = names.length >= NAMES_WITH_PREFIX ? commonStart(names) : ''
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    const label = firstFree(shortForms(name.slice(prefix.length), limit), taken)
    taken.add(label)
    labels.set(name, label)
  }
  return { prefix, of: ({ name }) => labels.get(name) ?? name }
}

function commonStart(names: readonly string[]): string {
  const [first = ''] = names
  let length = first.length
  for (const name of names) {
    while (!name.startsWith(first.slice(0, length))) length--
  }
  const start = PART_END.exec(first.slice(0, length))?.[0] ?? ''
  return start.length >= SHORTEST_PREFIX && names.every(name => name.length > start.length) ? start : ''
}

/** Forms of one text within the limit, the most readable first: whole, without its middle, and without ever more of its start. */
function* shortForms(text: string, limit: number): Generator<string> {
  const points = Array.from(text)
  if (points.length <= limit) yield text
  const room = limit - 1
  for (const tail of [Math.floor(room / 3), Math.floor(room / 2), Math.floor((2 * room) / 3), room]) {
    if (points.length > limit)
      yield `${points.slice(0, room - tail).join('')}…${points.slice(-tail).join('')}`
  }
  for (let number = 2; ; number++) {
    const mark = `…#${number}`
    yield `${points.slice(0, Math.max(1, limit - mark.length)).join('')}${mark}`
  }
}

function firstFree(forms: Generator<string>, taken: ReadonlySet<string>): string {
  for (const form of forms) {
    if (!taken.has(form)) return form
  }
  return ''
}
