import { describe, expect, test } from '@jest/globals'
import { flameSection } from '../../../src/report/html/flame.ts'
import { aBenchmark, aChange, aFlame, theStory } from '../../doubles/reports.ts'

const section = flameSection(theStory())

const titles = (text: string) => [...text.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title = '']) => title)
const boxes = (text: string) =>
  [...text.matchAll(/<rect class="(\w+)"[^>]* x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(
    ([, kind, x, y, width]) => ({ kind, x: Number(x), row: Number(y) / 18, width: Number(width) }),
  )

describe('the icicle of both sides', () => {
  test('says of each frame what it costs on either side, samples as the time they stand for', () => {
    // 5,000 of 5,100 samples of a run that took 1.702 times as long.
    expect(titles(section)).toEqual([
      'main, python: 100 % on base, 170 % on head',
      '_PyEval_EvalFrameDefault, python: 96.7 % on base, 167 % on head',
      'PyObject_Call, python: 40 % on base, 86.8 % on head',
      'method_call, python: 10 % on base, 30 % on head',
      '_PyTraceback_Add, python: not on base, 4 % on head',
    ])
  })

  test('draws callees below their caller, inside of it, and none beyond the picture', () => {
    const drawn = boxes(section)
    expect(drawn.map(({ row }) => row)).toEqual([0, 1, 2, 3, 2])
    for (const { x, width } of drawn) expect(x + width).toBeLessThanOrEqual(1000)
    expect(drawn[3]!.x).toBe(drawn[2]!.x)
    expect(drawn[4]!.x).toBeGreaterThanOrEqual(drawn[2]!.x + drawn[2]!.width)
    expect(drawn.slice(0, 4).every(({ kind }) => kind === 'more')).toBe(true)
  })

  test('can be reached by keyboard and read as a table', () => {
    expect(section.match(/<g tabindex="0" role="img" aria-label="/g)).toHaveLength(4)
    expect(section).toMatch(/<table>.*PyObject_Call.*<\/table>/s)
    expect(section).not.toContain('<script')
  })

  test('shows what got cheaper, and what did not change', () => {
    const base = aFlame()
    const swapped = base.frames.map(([caller, at, one, other]) => [caller, at, other, one] as const)
    const faster = flameSection(
      aChange(0.588, {
        decision: 'faster',
        flame: { ...base, totals: { base: 5100, head: 3000 }, frames: swapped },
      }),
    )
    expect(boxes(faster)[0]!.kind).toBe('less')
    const same = aFlame().frames.map(([caller, at, one]) => [caller, at, one, one] as const)
    const even = flameSection(
      aChange(1, {
        flame: { ...base, unit: 'instructions', totals: { base: 3000, head: 3000 }, frames: same },
      }),
    )
    expect(new Set(boxes(even).map(({ kind }) => kind))).toEqual(new Set(['even']))
    expect(even).not.toContain('What differs most')
  })

  test('is not there without call stacks, and nothing of a broken one is drawn', () => {
    expect(flameSection(aBenchmark())).toBe('')
    expect(flameSection(theStory({ flame: { ...aFlame(), frames: [[3, 0, 1, 1]] } }))).toBe('')
    const empty = { ...aFlame(), totals: { base: 0, head: 0 } }
    expect(flameSection(theStory({ flame: empty }))).not.toMatch(/NaN|Infinity/)
  })

  test('names of functions are text in it, and long ones are cut to their frame', () => {
    const symbol = '"><script>alert(1)</script>'
    const functions = aFlame().functions.map(() => ({ symbol, object: '</svg><img src=x>' }))
    const hostile = flameSection(theStory({ flame: { ...aFlame(), functions } }))
    expect(hostile).not.toMatch(/<script|<img/)
    expect(hostile).toContain('&quot;&gt;&lt;script&gt;')
  })
})
