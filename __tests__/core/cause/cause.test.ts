import { describe, expect, test } from '@jest/globals'
import { judgeCause } from '../../../src/core/cause/judge.ts'
import { RULES } from '../../../src/core/cause/rules.ts'
import { collectEvidence } from '../../../src/core/evidence/collect.ts'
import type { Counters } from '../../../src/core/model/counters.ts'
import type { Cause } from '../../../src/core/model/explanation.ts'
import type { LayoutTrial } from '../../../src/core/model/trials.ts'
import type { Examination } from '../../../src/core/placement/examine.ts'
import { trialSentence } from '../../../src/report/words/layout-trial.ts'
import { describeCause } from '../../../src/report/words/signs.ts'
import {
  calm,
  changed,
  crowded,
  examination,
  hot,
  loop,
  moved,
  simulated,
  story,
} from './evidence-examples.ts'
import { evidenceWith, type PieceName } from './pieces.ts'

const change = (ratio: number) => ({ ratio, low: ratio * 0.98, high: ratio * 1.02, confidence: 0.99 })

function judge(
  ratio: number,
  examined: Examination | undefined,
  counters?: Counters,
  trial?: LayoutTrial,
): Cause {
  const measured = { change: change(ratio), ...(counters ? { counters } : {}) }
  return describeCause(judgeCause(collectEvidence(measured, examined), trial))
}

const trial = (outcome: LayoutTrial['outcome'], ratio: number): LayoutTrial => ({
  ...{
    layouts: 12,
    linker: 'mold',
    seeds: [1],
    base: [1],
    head: [1],
    ratio,
    low: ratio,
    high: ratio,
    best: ratio,
    p: 0.5,
    outcome,
  },
  sentence: `The trial says ${outcome}.`,
})

const touches = (...names: string[]) => ({
  touched: names.map(name => ({ function: name, file: 'src/x.c', share: 0.5, from: 'hunks' as const })),
  change: {
    functions: names.map(name => ({ name, file: 'src/x.c', rewritten: true, from: 'text' as const })),
    ...{ outside: [], build: [], other: [], ranges: { base: new Map(), head: new Map() } },
  },
})

const all = (count: number) => ({ base: count, head: count })
const movedHandlers = [
  hot('op_01', all(600_000), { ...moved, icache: { base: 10, head: 50_000 } }),
  hot('interp', all(400_000)),
]
const conflict = examination({ hot: movedHandlers, crowding: { base: calm, head: crowded } })
const conflictCounts = simulated({ icacheMisses: 100 }, { icacheMisses: 50_000 })
const slower = { totals: { base: 1e6, head: 1.5e6 } }
const heavier = examination({
  hot: [hot('crc', { base: 1e6, head: 1.5e6 }, { ...changed, ...slower })],
  totals: slower.totals,
  ...touches('crc'),
})
const heavierCounts = simulated({}, { instructions: 1.5e6 })

const branchTrap = examination({
  hot: [hot('filter', { base: 1e6, head: 990_000 }, moved)],
  loops: [loop('filter', { base: 0, head: 16 })],
  ...touches('main'),
})

describe('the cause of a slowdown', () => {
  test('of 2016: the same work, placement likely, and every ratio with its name', () => {
    const examined = examination({
      exact: false,
      hot: [hot('_PyEval_EvalFrameDefault', all(500_000), moved), hot('call_function', all(500_000), moved)],
    })
    const cause = judge(29.3 / 17, examined, story)
    expect(cause).toMatchObject({ kind: 'placement', confidence: 'likely' })
    const because = cause.because.join('\n')
    expect(because).toContain('The same work was done')
    expect(because).toMatch(
      /instruction-cache misses went from 0\.364 to 28\.3 per thousand instructions \(0\.11 % of the loads → 7\.9 %\)/,
    )
    expect(because).toMatch(
      /front end of the core stalled in 11\.3 % of the cycles on the base and 41\.1 % on the head/,
    )
    expect(because).not.toContain('simulated')
  })

  test('is placement when the same hot code moved into crowded sets', () => {
    const cause = judge(1.9, conflict, conflictCounts)
    expect(cause).toMatchObject({ kind: 'placement', confidence: 'likely' })
    expect(cause.because.join(' ')).toMatch(/up to 32 hot lines for 8 ways.*simulated/)
  })

  test('says by how many distances hot functions moved, because one common distance crowds nothing among them', () => {
    const apart = examination({ hot: [hot('a', all(5e5), moved), hot('b', all(5e5), moved)] })
    const together = { ...apart, moves: apart.moves.map(move => ({ ...move, to: apart.moves[0]!.to })) }
    const said = (examined: Examination) => {
      const { because, against } = judge(1.5, examined, conflictCounts)
      return [...because, ...against].join(' ')
    }
    expect(said(apart)).toContain('2 unchanged hot functions moved, by 2 different distances, with 100 %')
    expect(said(together)).toContain('2 unchanged hot functions moved, all by the same distance, with 100 %')
  })

  test('is placement when only a hot loop lost its offset, though no miss is simulated', () => {
    const examined = examination({
      hot: [hot('pop', all(1e6), moved)],
      loops: [loop('pop', { base: 0, head: 2 })],
    })
    expect(
      judge(
        2.3,
        examined,
        simulated({ icacheMisses: 9, branchMisses: 9 }, { icacheMisses: 9, branchMisses: 9 }),
      ),
    ).toMatchObject({
      kind: 'placement',
      confidence: 'likely',
    })
  })

  test('is not called placement for a lost offset while nobody looked at branch misses', () => {
    const examined = examination({
      exact: false,
      hot: [hot('pop', all(1e6), moved)],
      loops: [loop('pop', { base: 0, head: 2 })],
    })
    expect(judge(2.3, examined, undefined).kind).toBe('unexplained')
  })

  test('is placement when unchanged code misses its moved data', () => {
    const examined = examination({
      hot: [hot('follow', all(1e6))],
      dataCrowding: { base: calm, head: crowded },
      data: { moved: [{ symbol: 'tab', object: 'bench', share: 1 } as never], resized: [], rewritten: [] },
    })
    expect(judge(1.6, examined, simulated({ dcacheMisses: 20 }, { dcacheMisses: 40_000 }))).toMatchObject({
      kind: 'placement',
      confidence: 'likely',
    })
  })

  test.each([
    ['nothing but moves', examination({ hot: movedHandlers }), simulated({}, {})],
    [
      'moves by whole lines, all at peace',
      examination({ hot: [hot('op_01', all(1e6), moved)], loops: [loop('op_01', { base: 8, head: 8 })] }),
      simulated({ icacheMisses: 9, branchMisses: 9 }, { icacheMisses: 9, branchMisses: 9 }),
    ],
    ['identical builds', examination({ hot: [hot('f', all(1e6))] }), simulated({}, {})],
    ['no profile and equal counters', undefined, simulated({}, {})],
    ['nothing at all', undefined, undefined],
  ])('is unexplained with %s', (_, examined, counters) => {
    expect(judge(1.3, examined, counters).kind).toBe('unexplained')
  })

  test('is work, and shown, when changed and touched code executes more in proportion', () => {
    const cause = judge(1.52, heavier, heavierCounts)
    expect(cause).toMatchObject({ kind: 'work', confidence: 'shown' })
    expect(cause.because.join(' ')).toMatch(/\+50\.0 %.*crc/)
  })

  test('is work, but only likely, when the instructions are too few for the time', () => {
    expect(judge(3.5, heavier, heavierCounts)).toMatchObject({ kind: 'work', confidence: 'likely' })
  })

  test('is work when unchanged code runs more often', () => {
    const examined = examination({
      hot: [hot('step', { base: 1e6, head: 1.3e6 }, { totals: { base: 1e6, head: 1.3e6 } })],
      totals: { base: 1e6, head: 1.3e6 },
      ...touches('run'),
    })
    expect(judge(1.3, examined, simulated({}, { instructions: 1.3e6 }))).toMatchObject({
      kind: 'work',
      confidence: 'likely',
    })
  })

  test('is codegen when untouched code came out longer', () => {
    const examined = examination({
      hot: [hot('scan', { base: 1e6, head: 1.5e6 }, { ...changed, ...slower })],
      totals: slower.totals,
    })
    expect(judge(1.5, examined, heavierCounts)).toMatchObject({ kind: 'codegen', confidence: 'shown' })
  })

  test('is memory when changed code of equal length misses more', () => {
    const examined = examination({
      hot: [hot('chase', all(1e6), { ...changed, dcache: { base: 90_000, head: 120_000 } })],
    })
    expect(judge(3.8, examined, simulated({ dcacheMisses: 90_000 }, { dcacheMisses: 120_000 })).kind).toBe(
      'memory',
    )
  })

  test.each([
    ['memory', 'misses of the second level account for more of it than the instructions', 4.3, 8900],
    ['work', 'the instructions account for more of it than misses of the second level', 1.7, 2400],
  ])('is %s when a constant changed, and %s', (kind, _, ratio, secondLevel) => {
    const totals = { base: 1e6, head: 1.5e6 }
    const examined = examination({
      hot: [
        hot(
          'compress',
          { base: 900_000, head: 1.4e6 },
          { ...changed, totals, dcache: { base: 12_000, head: 60_000 } },
        ),
      ],
      totals,
      change: { ...touches().change, outside: ['size.h'] },
    })
    const counters = simulated(
      { dcacheMisses: 12_000, secondLevelMisses: 2000 },
      { instructions: 1.5e6, dcacheMisses: 60_000, secondLevelMisses: secondLevel * 1.5 },
    )
    expect(judge(ratio, examined, counters).kind).toBe(kind)
  })

  test('is memory, and with nothing that moved not placement, when touched code misses a little more', () => {
    const examined = (unmoved: boolean) =>
      examination({
        hot: [
          hot('interpret', all(900_000), unmoved ? {} : moved),
          hot('intern', { base: 40_000, head: 45_000 }, changed),
        ],
        touched: [{ function: 'intern', file: 'src/string.c', share: 0.04, from: 'lines' }],
      })
    const counters = simulated({ dcacheMisses: 2900 }, { instructions: 1_005_000, dcacheMisses: 4140 })
    const cause = judge(1.8, examined(true), counters)
    expect(cause.kind).toBe('memory')
    expect(cause.because.join(' ')).toContain('Neither hot code nor hot data moved')
    expect(judge(1.8, examined(false), counters).kind).toBe('unexplained')
  })

  test('is memory also when the start-up of the counted run waters the misses down', () => {
    const totals = { base: 1e6, head: 3e6 }
    const examined = examination({
      hot: [
        hot('memset', { base: 1e4, head: 2e6 }, { totals }),
        hot('chase', all(900_000), { ...changed, totals, dcache: { base: 90_000, head: 140_000 } }),
      ],
      totals,
      data: { moved: [], resized: [{ symbol: 'all', from: 1e5, to: 8e5, share: 1 }], rewritten: [] },
      change: {
        functions: [],
        outside: ['rec.h'],
        build: [],
        other: [],
        ranges: { base: new Map(), head: new Map() },
      },
    })
    expect(
      judge(12, examined, simulated({ dcacheMisses: 90_000 }, { instructions: 3e6, dcacheMisses: 150_000 }))
        .kind,
    ).toBe('memory')
  })

  test('is branches, and not the innocent move, when branch misses rise in changed order', () => {
    expect(
      judge(7.7, branchTrap, simulated({ branchMisses: 50 }, { instructions: 992_000, branchMisses: 76_000 }))
        .kind,
    ).toBe('branches')
  })

  test('is never placement for that trap, even where branches are not counted', () => {
    expect(judge(7.7, branchTrap, simulated({}, { instructions: 999_000 })).kind).toBe('unexplained')
  })

  const untouchedBut = (...names: string[]) => ({
    ...touches(...names),
    touched: names.map(name => ({ function: name, file: 'src/x.c', share: 0.002, from: 'hunks' as const })),
  })
  const innocentMove = {
    hot: [hot('walk', all(1e6), moved)],
    loops: [loop('walk', { base: 0, head: 2 })],
  }

  test('is memory, and not the innocent move, when the same code walks over data that start-up lays out otherwise', () => {
    const examined = examination({ ...innocentMove, ...untouchedBut('allocate') })
    const counters = simulated(
      { dcacheMisses: 5000, branchMisses: 9 },
      { dcacheMisses: 90_000, branchMisses: 9 },
    )
    expect(judge(2.5, examined, counters).kind).toBe('memory')
  })

  test.each<[string, number, number, number, Cause['kind']]>([
    ['for the same instructions comes in a hundred times as many pages', 130, 16_500, 1_000_100, 'memory'],
    ['is mapped anew for more work', 130, 16_500, 1_300_000, 'unexplained'],
    ['grew fivefold', 3_000, 16_500, 1_000_100, 'unexplained'],
    ['is a little', 20, 900, 1_000_100, 'unexplained'],
  ])(
    'of memory that %s (page faults from %d to %d, %d instructions) is %s',
    (...[, from, to, instructions, kind]) => {
      // Twice as much work would need instructions that are not there.
      const examined = examination({ ...innocentMove, ...untouchedBut('allocate') })
      const counters = simulated({ pageFaults: from }, { pageFaults: to, instructions })
      const cause = judge(9, examined, counters)
      expect(cause.kind).toBe(kind)
      if (kind === 'memory')
        expect(cause.because.join(' ')).toContain(
          '127 times as many for the same instructions, as when memory no longer comes in huge pages',
        )
    },
  )

  test('is branches, and not the innocent move, when start-up orders the same data otherwise', () => {
    const examined = examination({ ...innocentMove, ...untouchedBut('order') })
    expect(judge(5, examined, simulated({ branchMisses: 50 }, { branchMisses: 76_000 })).kind).toBe(
      'branches',
    )
  })

  test('is placement when the same branches over the same data are predicted worse, and nothing that changed ran', () => {
    const counters = {
      source: 'perf' as const,
      base: { instructions: 1e6, branchMisses: 50 },
      head: { instructions: 1e6, branchMisses: 20_000 },
    }
    expect(judge(1.4, examination({ ...innocentMove, exact: false }), counters).kind).toBe('placement')
    const input = examination({
      ...innocentMove,
      exact: false,
      change: { ...examination({ hot: [] }).change, other: ['data/input.bin'] },
    })
    expect(judge(1.4, input, counters).kind).not.toBe('placement')
  })

  test('is not placement when the program waits instead of working', () => {
    const examined = examination({
      hot: [hot('pop', all(1e6), moved)],
      loops: [loop('pop', { base: 0, head: 2 })],
    })
    const cause = judge(1.8, examined, simulated({ taskClockSeconds: 1 }, { taskClockSeconds: 1.01 }))
    expect(cause.kind).toBe('unexplained')
    expect(cause.against.join(' ')).toContain('the program waits')
  })

  describe('counted by hardware, where samples say only where the time goes', () => {
    const counted = (head: number): Counters => ({
      source: 'perf',
      base: { instructions: 14_497_587 },
      head: { instructions: head },
    })
    const sampled = (others: number) =>
      examination({
        exact: false,
        hot: [
          hot('mix', all(430_000), moved),
          hot('hot', all(570_000 - others), moved),
          hot('_dl_start', all(others), changed),
        ],
        ...{ totals: { base: 1e6, head: 1e6 }, loops: [loop('hot', { base: 16, head: 0 })] },
      })

    test('is work where the same code ran more often, though it moved', () => {
      const cause = judge(1.09, sampled(10_000), counted(15_818_147))
      expect(cause.kind).toBe('work')
      expect(cause.because.join(' ')).toContain('The same code ran more often: hot')
    })

    test('does not say so where the rest of the program may hold the additional instructions', () => {
      expect(judge(1.09, sampled(60_000), counted(15_818_147)).because.join(' ')).not.toContain(
        'ran more often',
      )
    })

    test('does not say so where as much was executed', () => {
      expect(judge(1.09, sampled(10_000), counted(14_500_000)).because.join(' ')).not.toContain(
        'ran more often',
      )
    })
  })

  test('is work beside an innocent function that moved and lost its offset', () => {
    const examined = examination({
      ...heavier,
      hot: [
        hot('crc', { base: 600_000, head: 1.1e6 }, { ...changed, ...slower }),
        hot('walk', all(400_000), { ...moved, ...slower }),
      ],
      loops: [loop('walk', { base: 0, head: 34 }, 0.3)],
    })
    const cause = judge(1.5, examined, heavierCounts)
    expect(cause).toMatchObject({ kind: 'work', confidence: 'shown' })
    expect(cause.against.join(' ')).toContain('walk')
  })

  test('is not placement when the hot code itself outgrew the cache', () => {
    const totals = { base: 1e6, head: 1.02e6 }
    const examined = examination({
      hot: [
        hot('unrolled', { base: 500_000, head: 520_000 }, { ...changed, totals }),
        hot('other', all(500_000), { ...moved, totals, icache: { base: 0, head: 30_000 } }),
      ],
      totals,
      crowding: { base: calm, head: { ...crowded, lines: 1500 } },
      ...touches('unrolled'),
    })
    const cause = judge(
      1.9,
      examined,
      simulated({ icacheMisses: 100 }, { instructions: 1.02e6, icacheMisses: 48_000 }),
    )
    expect(cause.kind).toBe('work')
    expect(cause.because.join(' ')).toContain('1500')
  })

  test('is unexplained when lines share a set that are never wanted at the same time', () => {
    const found = judge(1.3, conflict, simulated({ icacheMisses: 100 }, { icacheMisses: 101 }))
    expect(found.kind).toBe('unexplained')
  })

  test('is mixed, with a share for placement, when both have evidence', () => {
    const totals = { base: 1e6, head: 1.2e6 }
    const examined = examination({
      hot: [
        hot('interp', { base: 400_000, head: 600_000 }, { ...changed, totals }),
        hot('op_01', all(600_000), { ...moved, totals, icache: { base: 0, head: 40_000 } }),
      ],
      totals,
      crowding: { base: calm, head: crowded },
      ...touches('interp'),
    })
    const cause = judge(
      2.26,
      examined,
      simulated({ icacheMisses: 100 }, { instructions: 1.2e6, icacheMisses: 48_000 }),
    )
    expect(cause.kind).toBe('mixed')
    expect(cause.placementShare).toBeGreaterThan(0.5)
    expect(cause.placementShare).toBeLessThan(1)
  })
})

describe('a speed-up', () => {
  test('by placement is said to be that', () => {
    const examined = examination({
      hot: movedHandlers.map(code => ({ ...code, base: code.head!, head: code.base! })),
      crowding: { base: crowded, head: calm },
    })
    const cause = judge(0.55, examined, simulated({ icacheMisses: 50_000 }, { icacheMisses: 100 }))
    expect(cause).toMatchObject({ kind: 'placement', confidence: 'likely' })
    expect(cause.because.at(-1)).toContain('may take back')
  })

  test('by less work is work, in words that fit', () => {
    const totals = { base: 1e6, head: 3e5 }
    const examined = examination({
      hot: [hot('pop', { base: 1e6, head: 3e5 }, { ...changed, totals })],
      totals,
      ...touches('pop'),
    })
    const cause = judge(0.3, examined, simulated({}, { instructions: 3e5 }))
    expect(cause.kind).toBe('work')
    expect(cause.because[0]).toMatch(/less.*1\.00 M to 300 k \(3\.33× less\)/)
  })
})

describe('other code of the same source', () => {
  const unknown = 'code of unknown source is hot, and options resized a third of all'
  const judged = (observed: readonly PieceName[], real?: LayoutTrial) =>
    judgeCause(evidenceWith(observed), real)

  test('is never shown, which a policy may excuse, where nobody compared the sources', () => {
    const observed = ['instructions explain all of it', 'code of unknown source grew', unknown] as const
    for (const real of [undefined, trial('real', 1.5)])
      expect(judged(observed, real)).toMatchObject({ kind: 'codegen', confidence: 'likely' })
  })

  test('is shown where somebody did', () => {
    const observed = ['instructions explain all of it', 'untouched code grew', unknown] as const
    for (const real of [undefined, trial('real', 1.5)])
      expect(judged(observed, real)).toMatchObject({ kind: 'codegen', confidence: 'shown' })
  })
})

describe('a layout trial', () => {
  test.each([
    ['placement', conflict, conflictCounts, 1.9, 'placement', 'shown'],
    ['inconclusive', conflict, conflictCounts, 1.9, 'placement', 'likely'],
    ['real', heavier, heavierCounts, 1.52, 'work', 'shown'],
    ['inconclusive', heavier, heavierCounts, 1.52, 'work', 'likely'],
    ['placement', heavier, simulated({}, { instructions: 1.01e6 }), 1.52, 'placement', 'shown'],
    ['real', conflict, conflictCounts, 1.9, 'unexplained', 'likely'],
    [
      'real',
      branchTrap,
      simulated({ branchMisses: 50 }, { instructions: 992_000, branchMisses: 76_000 }),
      7.7,
      'branches',
      'shown',
    ],
  ] as const)(
    'that says %s outranks what was inferred',
    (outcome, examined, counters, ratio, kind, confidence) => {
      const cause = judge(ratio, examined, counters, trial(outcome, ratio))
      expect(cause).toMatchObject({ kind, confidence })
      expect([...cause.because, ...cause.against]).toContain(trialSentence(trial(outcome, ratio)))
      expect(cause.signs).toContainEqual(expect.objectContaining({ rule: 'layout-trial' }))
    },
  )

  test('that says mixed gives placement what the layouts do not explain', () => {
    const cause = judge(2.26, conflict, conflictCounts, trial('mixed', 1.67))
    expect(cause).toMatchObject({ kind: 'mixed', confidence: 'shown' })
    expect(cause.placementShare).toBeCloseTo((2.26 - 1.67) / 1.26, 6)
  })

  test('is not asked about a speed-up', () => {
    expect(judge(0.3, undefined, undefined, trial('placement', 0.3)).kind).toBe('unexplained')
  })
})

describe('the table of rules', () => {
  test('says each piece of evidence once, in one sentence', () => {
    const signs = Object.values(RULES).map(({ sign }) => sign.name)
    expect(new Set(signs).size).toBe(signs.length)
    const cause = judge(1.9, conflict, conflictCounts)
    for (const sentence of [...cause.because, ...cause.against]) expect(sentence).toMatch(/^\S.*\.$/s)
  })

  test('needs no profile to stay silent', () => {
    const evidence = collectEvidence({ change: change(1.2) }, undefined)
    expect(
      Object.values(RULES)
        .map(({ sign }) => sign(evidence))
        .filter(found => found !== undefined),
    ).toEqual([])
  })
})
