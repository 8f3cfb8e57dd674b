import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CommitAnswer, MOST_OPEN, mostDecisions, nextStep } from '../../../src/core/bisection/search.ts'
import { cases } from '../../doubles/soak.ts'

/** A history in which commit `culprit` made it slower, and what some commits say instead of that. */
interface Truth {
  readonly commits: number
  readonly culprit: number
  readonly mute: ReadonlyMap<number, 'open' | 'broken'>
}

/** Searches to the end and yields the end with what was asked on the way. */
function search({ commits, culprit, mute }: Truth) {
  const answers = new Map<number, CommitAnswer>()
  for (;;) {
    const step = nextStep({ commits, answers })
    if (step.kind === 'narrowed') return { ...step, answers, asked: [...answers.keys()] }
    if (answers.has(step.at)) throw new Error(`${step.at} is asked twice`)
    answers.set(step.at, mute.get(step.at) ?? (step.at >= culprit ? 'above' : 'below'))
  }
}

const truths = fc.integer({ min: 1, max: 200 }).chain(commits =>
  fc.record({
    commits: fc.constant(commits),
    culprit: fc.integer({ min: 1, max: commits }),
    mute: fc
      .array(
        fc.tuple(fc.integer({ min: 1, max: commits }), fc.constantFrom('broken' as const, 'open' as const)),
        { maxLength: 40 },
      )
      .map(entries => new Map(entries)),
  }),
)

const brokenOnly = truths.map(truth => ({
  ...truth,
  mute: new Map([...truth.mute.keys()].map(at => [at, 'broken' as const])),
}))

const runs = cases(14_000)

describe('the search for the first slow commit', () => {
  test('ends with the commit, or with the smallest range of commits that can hold it', () => {
    fc.assert(
      fc.property(brokenOnly, truth => {
        const { below, above, givenUp } = search(truth)
        // The oracle looks at every commit: the last that says below, and the first that says above.
        const says = (at: number) =>
          truth.mute.has(at) && at !== truth.commits ? undefined : at >= truth.culprit
        const all = Array.from({ length: truth.commits }, (_, at) => at + 1)
        expect(below).toBe(all.findLast(at => says(at) === false) ?? 0)
        expect(above).toBe(all.find(at => says(at) === true))
        expect(givenUp).toBe(false)
      }),
      runs,
    )
  })

  test('never leaves the commit out, also when it gives up because too many decisions stay open', () => {
    fc.assert(
      fc.property(truths, truth => {
        const { below, above, givenUp, answers } = search(truth)
        expect(below).toBeLessThan(truth.culprit)
        expect(above).toBeGreaterThanOrEqual(truth.culprit)
        const open = [...answers.values()].filter(answer => answer === 'open').length
        expect(open).toBeLessThanOrEqual(MOST_OPEN)
        if (givenUp) expect(open).toBe(MOST_OPEN)
      }),
      runs,
    )
  })

  test('takes log2 steps, and with commits that do not answer those and one more, and few enough decisions', () => {
    fc.assert(
      fc.property(truths, truth => {
        const { asked, answers } = search(truth)
        const mute = asked.filter(at => truth.mute.has(at)).length
        expect(asked.length - mute).toBeLessThanOrEqual(
          Math.ceil(Math.log2(truth.commits)) + (mute > 0 ? 1 : 0),
        )
        // A commit that does not build is no decision; with the range and the last gate, the bound holds.
        const decisions = [...answers.values()].filter(answer => answer !== 'broken').length
        expect(decisions + 2).toBeLessThanOrEqual(mostDecisions(truth.commits))
      }),
      runs,
    )
  })

  test('tells how much is left', () => {
    expect(nextStep({ commits: 12, answers: new Map() })).toEqual({
      kind: 'measure',
      below: 0,
      above: 12,
      at: 6,
      left: 11,
      steps: 4,
    })
    expect(nextStep({ commits: 1, answers: new Map() })).toMatchObject({ below: 0, above: 1 })
  })

  test.each([
    [100, 40, 60, 50],
    [1000, 400, 600, 700],
    [500, 200, 320, 20],
  ])(
    'of %i commits leaves a run that does not build, from %i to %i, after a few tries',
    (commits, from, to, culprit) => {
      const mute = new Map(Array.from({ length: to - from + 1 }, (_, at) => [from + at, 'broken' as const]))
      const { below, above, asked } = search({ commits, culprit, mute })
      if (mute.has(culprit)) expect([below, above]).toEqual([from - 1, to + 1])
      else {
        expect([below, above]).toEqual([culprit - 1, culprit])
        expect(asked.filter(at => mute.has(at)).length).toBeLessThanOrEqual(8)
      }
    },
  )

  test('of commits that all do not build names all of them', () => {
    const mute = new Map([1, 2, 3, 4, 5].map(at => [at, 'broken' as const]))
    expect(search({ commits: 6, culprit: 3, mute })).toMatchObject({ below: 0, above: 6, givenUp: false })
  })
})
