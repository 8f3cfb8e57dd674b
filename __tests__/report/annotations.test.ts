import { describe, expect, test } from '@jest/globals'
import type { Displacer, Report } from '../../src/core/model.ts'
import { annotationsOf } from '../../src/report/annotations.ts'
import { checkText } from '../../src/report/check.ts'
import { aBenchmark, aChange, aReport, theStory } from '../doubles/reports.ts'
import { SAMPLES } from '../doubles/sample-reports.ts'

const STORY: Report = SAMPLES.placement!

function withSource(source: string): readonly (string | undefined)[] {
  const [displacer] = theStory().displacers ?? []
  const displacers: readonly Displacer[] = displacer ? [{ ...displacer, source }] : []
  return annotationsOf(aReport({ verdict: 'fail', benchmarks: [theStory({ displacers })] })).map(
    ({ file }) => file,
  )
}

describe('annotations', () => {
  test('on the story are an error on the run and a warning on the line that moved its code', () => {
    expect(annotationsOf(STORY)).toEqual([
      {
        level: 'error',
        title: 'call_method is 70 % slower',
        message:
          "`call_method` is 70 % slower, and not because of this change: the same instructions ran, but three hot functions moved into the same instruction-cache sets.\nThis commit's code is not the cause. Merging it keeps the slowdown until the layout changes again, which any later commit may do.",
      },
      {
        level: 'warning',
        title: 'Moved hot code of call_method',
        message:
          '`_PyTraceback_Add` grew by 48 bytes in `Python/traceback.c:204` (`99aabbccdd` `Colour the traceback`); 0.0 % of the time is spent in it.\nThis code is not what is slow: its change of size moved hot functions of `call_method` to worse places.',
        file: 'Python/traceback.c',
        line: 204,
      },
    ])
  })

  test('are warnings where the slowdown does not fail the check', () => {
    expect(annotationsOf(SAMPLES['placement-warns']!).map(({ level }) => level)).toEqual([
      'warning',
      'warning',
    ])
  })

  test.each([
    '../../etc/passwd:1',
    '/etc/passwd:1',
    'a/../../b:1',
    'a\\b:1',
    'a\nb:1',
    'a',
    'a:x',
    'a:99999999',
    ':1',
  ])('name no file for %j', source => {
    expect(withSource(source)).toEqual([undefined])
  })

  test.each([
    ['build-failed', 'error', 'Perf Verdict could not finish'],
    ['broken', 'error', 'fuzz_corpus broke on the head side'],
    ['undecided', 'warning', 'startup is undecided'],
    ['memory', 'notice', 'one limitation of this machine'],
  ])('on %s hold an %s: %s', (name, level, title) => {
    expect(annotationsOf(SAMPLES[name]!)).toContainEqual(expect.objectContaining({ level, title }))
  })

  test('are none when all is well', () => {
    expect(annotationsOf(SAMPLES.well!)).toEqual([])
  })

  test('count what is beyond eight of a level', () => {
    const benchmarks = Array.from({ length: 30 }, (_, index) =>
      aChange(1.1 + index / 10, { name: `b${index}` }),
    )
    const annotations = annotationsOf(aReport({ verdict: 'fail', benchmarks }))
    expect(annotations.map(({ title }) => title)).toEqual([
      ...[3.9, 3.8, 3.7, 3.6, 3.5].map((_, index) => expect.stringContaining(`b${29 - index} takes`)),
      expect.stringContaining('b24 takes'),
      expect.stringContaining('b23 takes'),
      expect.stringContaining('b22 takes'),
      'and 22 more',
    ])
  })
})

describe('the output of a check', () => {
  test('has a short title, the report, and only annotations that stand on a line', () => {
    const { title, summary, annotations } = checkText(STORY)
    expect(title).toBe('1 of 3 benchmarks slower')
    expect(summary).toMatch(/^\*\*`call_method` is 70\u202f% slower/)
    expect(annotations).toEqual([
      expect.objectContaining({ path: 'Python/traceback.c', startLine: 204, endLine: 204, level: 'warning' }),
    ])
  })

  test('says that nothing got slower when nothing did', () => {
    expect(checkText(aReport({ benchmarks: [aBenchmark()] })).title).toBe('Nothing got slower')
  })
})
