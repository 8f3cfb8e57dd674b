import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { bisectionLog } from '../../src/report/bisection/log.ts'
import { bisectionMarkdown } from '../../src/report/bisection/markdown.ts'
import { beforeStep, stepLine, stepWord } from '../../src/report/bisection/steps.ts'
import { bisectionJson } from '../../src/report/json/json.ts'
import { publishedBisectionSchema } from '../../src/report/json/published-schema.ts'
import { aBisection, aCommit, aStep } from '../doubles/bisections.ts'
import { expectGolden } from '../doubles/golden.ts'
import { hostileName } from '../doubles/hostile.ts'
import { aCause, aChange, theStory } from '../doubles/reports.ts'
import { cases } from '../doubles/soak.ts'
import { logFaults, markdownFaults } from '../doubles/text-faults.ts'

describe('the sentence of a bisection', () => {
  test('says which commit it was, and with the words of the gate why', () => {
    expect(aBisection({}, theStory()).sentence).toBe(
      '`18181818` (`Change number 18`) made `call_method` 70.2 % slower, and not because of its code: the same instructions ran, but three hot functions moved into the same instruction-cache sets.',
    )
  })

  test.each([
    ['times', aChange(3.5), 'made `call_method` take 3.5× as long.'],
    [
      'instructions',
      aChange(1.2, { metric: 'instructions' }),
      'made `call_method` run 20 % more instructions.',
    ],
    [
      'a rate',
      aChange(0.8, { better: 'higher', decision: 'slower' }),
      'made `call_method` fall by 20 %, which is slower.',
    ],
    [
      'work',
      aChange(1.2, { cause: aCause('work') }),
      'made `call_method` 20 % slower because its code makes it do more work',
    ],
  ])('speaks of %s as the gate does', (_, row, words) => {
    expect(aBisection({}, row).sentence).toContain(words)
  })

  const three = { candidates: [aCommit(16), aCommit(17), aCommit(18)], candidateCount: 3, after: aCommit(15) }
  test.each([
    [
      'several commits of which those between cannot tell',
      { outcome: 'range', ...three },
      'One of the three commits after `15151515` up to `18181818` (`Change number 18`), or several of them, made `call_method` 70.2 % slower, and not because of their code: the same',
    ],
    [
      'small steps',
      { outcome: 'steps' },
      '`call_method` got slower in several steps: half of the slowdown was reached at `18181818` (`Change number 18`), and that commit alone stays below the threshold of 5 %.',
    ],
    [
      'small steps within a range',
      { outcome: 'steps', ...three },
      'in one of the three commits after `15151515` up to `18181818` (`Change number 18`), and what they do together stays below the threshold of 5 %.',
    ],
    [
      'a last gate without an answer',
      { outcome: 'crossing' },
      'but whether that commit alone exceeds the threshold of 5 % is not settled.',
    ],
    [
      'an early end',
      { outcome: 'unfinished', ...three },
      'ended before it was finished: what made `call_method` slower is among the three commits after `15151515`',
    ],
  ] as const)('says of %s what is known and no more', (_, overrides, words) => {
    expect(aBisection(overrides, theStory()).sentence).toContain(words)
  })
})

describe('a step in words', () => {
  test.each([
    [aStep(18), 'not slower'],
    [aStep(18, { decision: 'faster' }), 'faster'],
    [aStep(18, { answer: 'above', decision: 'slower' }), 'slower'],
    [aStep(18, { answer: 'open', decision: 'undecided' }), 'undecided'],
    [aStep(18, { answer: 'broken', decision: 'unmeasured' }), 'not measured'],
  ])('is what was found', (step, word) => {
    expect(stepWord(step)).toBe(word)
  })

  test('tells sides that build to the same, and one that does not build', () => {
    const { change: _, decision, ...bare } = aStep(18, { rounds: 0 })
    expect(stepWord({ ...bare, ...(decision && { decision }) })).toBe('same code')
    expect(stepWord({ ...bare, answer: 'broken' })).toBe('not built')
  })

  test('is one line of the log before and one after', () => {
    expect(beforeStep({ kind: 'between', head: aCommit(18), left: 12, steps: 4 })).toBe(
      '12 commits left, about 4 steps: 18181818 Change number 18',
    )
    expect(stepLine(aStep(18))).toBe('18181818 not slower: +0.2 % (−0.5 … +0.9 %), 12 rounds, 41 s')
  })
})

describe('the reports of a bisection', () => {
  const found = aBisection({ others: ['json_dumps'], notes: ['A note of the plan.'] }, theStory())
  test('read as they were approved', () => {
    expectGolden('bisect.md', bisectionMarkdown(found))
    expectGolden('bisect.log.txt', bisectionLog(found))
  })

  test('list of many candidates only some', () => {
    const many = Array.from({ length: 100 }, (_, at) => aCommit(at))
    const text = bisectionMarkdown(
      aBisection({ outcome: 'range', candidates: many, candidateCount: 400 }, theStory()),
    )
    expect(text.match(/^- `/gm)).toHaveLength(20)
    expect(text).toContain('380 more')
  })

  test('show hostile titles, names and reasons as data and nothing else', () => {
    const property = fc.property(hostileName, hostileName, (title, reason) => {
      const head = aCommit(18, title)
      const bisection = aBisection(
        {
          good: aCommit(10, title),
          candidates: [head, head],
          candidateCount: 2,
          outcome: 'range',
          benchmark: { name: title, threshold: 0.05 },
          others: [reason],
          steps: [aStep(18, { head, reason, answer: 'broken' }), aStep(18, { head, reason, answer: 'open' })],
          notes: [`A note on \`${title.replaceAll('`', '')}\`.`],
        },
        aChange(1.3, { name: title }),
      )
      const lines = bisection.steps.map(step => `${stepLine(step)}\n${beforeStep({ ...step, commits: 2 })}`)
      expect(markdownFaults(bisectionMarkdown(bisection))).toEqual([])
      expect(logFaults(`${bisectionLog(bisection)}\n${lines.join('\n')}`)).toEqual([])
      expect(JSON.parse(bisectionJson(bisection))).toMatchObject({ benchmark: { name: title } })
    })
    fc.assert(property, cases(4_000))
  })
})

describe('the published schema of a bisection', () => {
  const published = JSON.parse(readFileSync('docs/bisect.schema.json', 'utf8'))

  test('is the one that it is written by; run node scripts/schema.mjs after a change', () => {
    expect(published).toEqual(JSON.parse(publishedBisectionSchema()))
  })

  test('takes what we write and nothing else', () => {
    const validate = new Ajv2020({ strict: true }).compile(published)
    const written = JSON.parse(bisectionJson(aBisection({}, theStory())))
    expect(validate(written)).toBe(true)
    expect(validate({ ...written, outcome: 'guessed' })).toBe(false)
  })
})
