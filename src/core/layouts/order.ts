import { shuffled, uniform } from '../statistics/random.ts'
import type { PlacedSection } from './link-map.ts'
import type { Pad } from './pads.ts'

/** A section to place next: by name wherever it comes from, or the plain section of one object. */
export interface OrderEntry {
  readonly name: string
  /** The object, as the linker's map names it; absent where the name alone is enough. */
  readonly file?: string
}

/** What each output section begins with, in this order; what is not listed follows as ever. */
export type SectionOrder = ReadonlyMap<string, readonly OrderEntry[]>

/** Output sections whose inputs may be in any order. */
const SHUFFLED = ['.text', '.rodata', '.data', '.data.rel.ro', '.bss']

/** Groups that compilers make on purpose stay together in every layout, because keeping them together is not luck. */
const GROUPS = [
  /^\.text\.hot(\.|$)/,
  /^\.text\.startup(\.|$)/,
  /^\.text\.unlikely(\.|$)/,
  /^\.text\.exit(\.|$)/,
]

/** A random order of all sections and pads for one layout, the same for the same seed. */
export function randomOrder(
  placed: readonly PlacedSection[],
  pads: readonly Pad[],
  seed: number,
): SectionOrder {
  const next = uniform(seed)
  const order = new Map<string, readonly OrderEntry[]>()
  for (const output of SHUFFLED) {
    const entries = entriesOf(placed.filter(section => section.output === output))
    const own = pads
      .filter(pad => pad.section.startsWith(`${output}.perf_`))
      .map(pad => ({ name: pad.section }))
    if (entries.length + own.length < 2) continue
    const groups = GROUPS.map(group =>
      shuffled(
        entries.filter(({ name }) => group.test(name)),
        next,
      ),
    )
    const others = entries.filter(({ name }) => !GROUPS.some(group => group.test(name)))
    const free = shuffled([...others, ...own], next)
    order.set(
      output,
      insertGroups(
        free,
        groups.filter(group => group.length > 0),
        next,
      ),
    )
  }
  return order
}

const FUNCTION = /^\.text(?:\.hot|\.startup|\.unlikely|\.exit)?\.(.+)$/
const OBJECT = /^\.(?:data\.rel\.ro(?:\.local)?|data|rodata|bss)\.(.+)$/

/** What is to be side by side, by symbol, the hottest first. */
export interface Hot {
  readonly functions: readonly string[]
  readonly objects: readonly string[]
}

/** An order that puts the given functions side by side at the start of the code, and the given objects of each data section too. */
export function packedOrder(placed: readonly PlacedSection[], hot: Hot): SectionOrder {
  const order = new Map<string, readonly OrderEntry[]>()
  for (const output of SHUFFLED) {
    const [names, shape] = output === '.text' ? [hot.functions, FUNCTION] : [hot.objects, OBJECT]
    const rank = new Map(names.map((name, at) => [name, at]))
    const rankOf = ({ name }: OrderEntry) => rank.get(shape.exec(name)?.[1] ?? '')
    const entries = entriesOf(placed.filter(section => section.output === output))
    const packed = entries.filter(entry => rankOf(entry) !== undefined)
    if (packed.length > 0)
      order.set(
        output,
        packed.toSorted((a, b) => rankOf(a)! - rankOf(b)!),
      )
  }
  return order
}

/** Each group whole at a random place among the others. */
function insertGroups(
  free: readonly OrderEntry[],
  groups: readonly (readonly OrderEntry[])[],
  next: () => number,
): readonly OrderEntry[] {
  const blocks = groups.map(group => ({ group, at: Math.floor(next() * (free.length + 1)) }))
  return [...free, undefined].flatMap((entry, at) => [
    ...blocks.filter(block => block.at === at).flatMap(block => block.group),
    ...(entry ? [entry] : []),
  ])
}

/** A plain name such as `.text` is many sections; the object tells those apart. Each entry once. */
function entriesOf(placed: readonly PlacedSection[]): readonly OrderEntry[] {
  const seen = new Map<string, OrderEntry>()
  for (const { name, output, file } of placed) {
    const entry = name === output ? { name, file } : { name }
    if (orderable(entry)) seen.set(`${entry.name}\0${entry.file ?? ''}`, entry)
  }
  return [...seen.values()]
}

/** Names that a linker script or an ordering file cannot spell keep their default place. */
function orderable({ name, file = '' }: OrderEntry): boolean {
  return /^[\w.$@+-]+$/.test(name) && /^[\w./$@+~(): -]*$/.test(file) && !/\s/.test(file)
}
