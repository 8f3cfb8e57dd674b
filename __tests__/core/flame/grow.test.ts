import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CallGraph } from '../../../src/core/flame/call-graph.ts'
import { growFlame } from '../../../src/core/flame/grow.ts'
import { ownCosts } from '../../../src/core/flame/own-costs.ts'
import type { Flame } from '../../../src/core/model/explanation.ts'
import { cases } from '../../doubles/soak.ts'

/** A graph from what functions cost themselves and what goes through calls: `{ 'main>parse': 70 }`. */
function graph(
  self: Readonly<Record<string, number>>,
  calls: Readonly<Record<string, number>>,
  total = Object.values(self).reduce((sum, each) => sum + each, 0),
): CallGraph {
  const callees = new Map<string, Map<string, number>>()
  for (const [call, cost] of Object.entries(calls)) {
    const [caller = '', callee = ''] = call.split('>')
    callees.set(caller, (callees.get(caller) ?? new Map<string, number>()).set(callee, cost))
  }
  const names = new Set([...Object.keys(self), ...Object.keys(calls).flatMap(call => call.split('>'))])
  const functions = new Map(Array.from(names, name => [name, { symbol: name, object: 'bench' }]))
  return { total, functions, self: new Map(Object.entries(self)), callees }
}

/** Every stack with its costs: `main;parse 70 90`. */
function stacks({ functions, frames }: Flame): readonly string[] {
  const names: string[] = []
  return frames.map(([caller, at, base, head], index) => {
    names[index] = [...(caller < 0 ? [] : [names[caller]!]), functions[at]!.symbol].join(';')
    return `${names[index]} ${base} ${head}`
  })
}

const grown = (base: CallGraph, head: CallGraph = base) => growFlame({ base, head }, 'instructions')

describe('call stacks out of call graphs', () => {
  test('both sides grow one tree, with what is new, gone and more', () => {
    const base = graph({ main: 10, parse: 60, old: 30 }, { 'main>parse': 60, 'main>old': 30 })
    const head = graph({ main: 10, parse: 80, alloc: 50 }, { 'main>parse': 130, 'parse>alloc': 50 })
    const flame = grown(base, head)
    expect(stacks(flame)).toEqual([
      'main 100 140',
      'main;parse 60 130',
      'main;parse;alloc 0 50',
      'main;old 30 0',
    ])
    expect(flame.totals).toEqual({ base: 100, head: 140 })
    expect(ownCosts(flame)).toEqual([
      { base: 10, head: 10 },
      { base: 60, head: 80 },
      { base: 0, head: 50 },
      { base: 30, head: 0 },
    ])
  })

  test('a callee of two callers is split between them by what each spent in it, with its own callees', () => {
    const shared = graph(
      { main: 0, a: 0, b: 0, copy: 20, deep: 80 },
      { 'main>a': 75, 'main>b': 25, 'a>copy': 75, 'b>copy': 25, 'copy>deep': 80 },
    )
    expect(stacks(grown(shared))).toEqual([
      'main 100 100',
      'main;a 75 75',
      'main;a;copy 75 75',
      'main;a;copy;deep 60 60',
      'main;b 25 25',
      'main;b;copy 25 25',
      'main;b;copy;deep 20 20',
    ])
  })

  test('a call back into the stack is part of the frame that it comes from', () => {
    // Callgrind counts what a recursive call costs once for each level.
    const recursive = graph(
      { main: 10, walk: 50, visit: 40 },
      { 'main>walk': 90, 'walk>visit': 200, 'visit>walk': 160 },
    )
    const found = stacks(grown(recursive))
    expect(found[0]).toBe('main 100 100')
    expect(found[1]).toBe('main;walk 90 90')
    expect(found[2]).toMatch(/^main;walk;visit (7\d|8\d) /)
    expect(found).toHaveLength(3)
  })

  test('several beginnings, threads for instance, stand side by side; what costs nothing is left out', () => {
    const threads = graph({ main: 30, worker: 70, idle: 0 }, { 'main>idle': 0 })
    expect(stacks(grown(threads))).toEqual(['worker 70 70', 'main 30 30'])
    const wide = graph(
      { main: 1e6, ...Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`f${at}`, 1e4])) },
      Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`main>f${at}`, 1e4])),
    )
    expect(grown(wide).frames.length).toBeLessThanOrEqual(800)
  })

  test('whatever the graphs are, no frame costs more than its caller, and none is deeper than its stack', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const costs = fc.nat({ max: 1e9 })
    const any = fc
      .record({
        self: fc.dictionary(name, costs),
        calls: fc.dictionary(
          fc
            .tuple(name, name)
            .filter(([a, b]) => a !== b)
            .map(([a, b]) => `${a}>${b}`),
          costs,
        ),
      })
      .map(({ self, calls }) => graph(self, calls))
    fc.assert(
      fc.property(any, any, (base, head) => {
        const flame = grown(base, head)
        const below = flame.frames.map(() => ({ base: 0, head: 0 }))
        flame.frames.forEach(([caller, , onBase, onHead], at) => {
          expect(caller).toBeLessThan(at)
          if (caller >= 0)
            below[caller] = { base: below[caller]!.base + onBase, head: below[caller]!.head + onHead }
        })
        flame.frames.forEach(([, , onBase, onHead], at) => {
          // Each is rounded by itself.
          expect(below[at]!.base).toBeLessThanOrEqual(onBase + 6)
          expect(below[at]!.head).toBeLessThanOrEqual(onHead + 6)
        })
        const roots = flame.frames.filter(([caller]) => caller < 0)
        expect(roots.reduce((sum, [, , cost]) => sum + cost, 0)).toBeLessThanOrEqual(base.total + 6)
        expect(stacks(flame).every(stack => stack.split(' ')[0]!.split(';').length <= 6)).toBe(true)
      }),
      cases(200),
    )
  })
})

test('frames that are none, as a hostile report may hold them, cost nothing', () => {
  const flame = {
    unit: 'samples',
    totals: { base: 1, head: 1 },
    functions: [{ symbol: 'f', object: 'o' }],
  } as const
  expect(ownCosts({ ...flame, frames: [[0, 0, 1, 1]] })).toEqual([])
  expect(ownCosts({ ...flame, frames: [[-1, 7, 1, 1]] })).toEqual([])
  expect(
    ownCosts({
      ...flame,
      frames: [
        [-1, 0, 1, 1],
        [0, 0, 9, 9],
      ],
    })[0],
  ).toEqual({ base: 0, head: 0 })
})
