/** Values that a field may turn into; no two of a kind. */
const STRANGE: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1e308,
  Number.NaN,
  '',
  '-x',
  '--help',
  '$(id)',
  '##[set-output name=verdict]pass',
  '::error::x',
  'a\nb',
  '\u0000',
  '\u202e',
  '../../..',
  'x'.repeat(100_000),
  '0'.repeat(40),
  'f'.repeat(40),
  [],
  {},
  [[[[]]]],
  { __proto__: null, constructor: 1 },
]

/** Numbers of 31 bits from a seed (the generator of Park and Miller), the same for the same seed. */
export function dice(seed: number): () => number {
  let state = (Math.abs(seed) % 0x7ffffffe) + 1
  return () => {
    state = (state * 48_271) % 0x7fffffff
    return state
  }
}

/** A copy of a JSON value with one to four of its fields replaced, removed, swapped or cut; the dice decide which. */
export function mutated(value: unknown, roll: () => number): unknown {
  const copy = structuredClone(value)
  const times = 1 + (roll() % 4)
  for (let done = 0; done < times; done++) mutateOnce(copy, roll)
  return copy
}

function mutateOnce(root: unknown, roll: () => number): void {
  let at = root
  // Walks down at random; the deeper it gets, the likelier it stops.
  for (let depth = 0; depth < 8; depth++) {
    if (typeof at !== 'object' || at === null) return
    const keys = Object.keys(at)
    const key = keys[roll() % Math.max(1, keys.length)]
    if (key === undefined) return
    const holder = at as Record<string, unknown>
    const child = holder[key]
    const inner = typeof child === 'object' && child !== null
    if (inner && roll() % 4 !== 0) {
      at = child
      continue
    }
    change(holder, key, roll)
    return
  }
}

function change(holder: Record<string, unknown>, key: string, roll: () => number): void {
  const value = holder[key]
  const kind = roll() % 6
  if (kind === 0) delete holder[key]
  else if (kind === 1 && typeof value === 'string') holder[key] = value.slice(0, roll() % (value.length + 1))
  else if (kind === 2 && typeof value === 'string') {
    const at = roll() % (value.length + 1)
    holder[key] = value.slice(0, at) + String.fromCharCode(roll() % 0xffff) + value.slice(at)
  } else if (kind === 3) {
    const other = Object.keys(holder)[roll() % Object.keys(holder).length]!
    const [one, two] = [holder[key], holder[other]]
    holder[key] = two
    holder[other] = one
  } else holder[key] = STRANGE[roll() % STRANGE.length]
}
