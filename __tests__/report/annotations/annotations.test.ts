import { describe, expect, test } from '@jest/globals'
import type { Cause, Displacer, Touched } from '../../../src/core/model/explanation.ts'
import type { BenchmarkReport, Report } from '../../../src/core/model/report.ts'
import { annotationsOf } from '../../../src/report/annotations/annotations.ts'
import { checkText } from '../../../src/report/annotations/check.ts'
import { aBenchmark, aCause, aChange, aReport, theStory } from '../../doubles/reports.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'

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
        title: 'call_method is 70.2 % slower',
        message:
          "`call_method` is 70.2 % slower, and not because of this change: the same instructions ran, but three hot functions moved into the same instruction-cache sets.\nThis commit's code is not the cause. Merging it keeps the slowdown until the layout changes again, which any later commit may do.",
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
    ['undecided', 'error', 'startup is undecided'],
    ['memory', 'notice', 'one limitation of this run'],
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

const TOUCHED: Touched = {
  function: 'parse_number',
  file: 'src/parse.c',
  share: 0.63,
  from: 'lines',
  line: 88,
}

/** The annotations that stand on a line, of a report on one benchmark that is 31 % slower. */
function onLines(
  touched: readonly Touched[],
  cause: Cause = aCause('work'),
  overrides: Partial<BenchmarkReport> = {},
): ReturnType<typeof annotationsOf> {
  const benchmark = aChange(1.31, { name: 'parse', cause, touched, ...overrides })
  const report = aReport({ verdict: 'fail', benchmarks: [benchmark] })
  return annotationsOf(report).filter(({ file }) => file !== undefined)
}

const COUNTERS = { base: {}, head: {} }

describe('annotations on changed hot code', () => {
  test('blame the line for what the cause says and no more', () => {
    expect(onLines([TOUCHED])).toEqual([
      {
        level: 'error',
        title: 'Changed hot code of parse',
        message:
          '`parse_number` holds 63 % of the sampled time, and this pull request changes code in it; `parse` is 31 % slower, and the cause shown is more work.',
        file: 'src/parse.c',
        line: 88,
      },
    ])
  })

  test.each([
    ['work', 'is more work.'],
    ['memory', 'is slower accesses to memory.'],
    ['branches', 'is more mispredicted branches.'],
    ['mixed', 'is in part what this change does and in part where hot code moved.'],
  ] as const)('say of %s that the likely cause %s', (kind, words) => {
    const [annotation] = onLines([TOUCHED], aCause(kind, { confidence: 'likely' }))
    expect(annotation?.message).toContain(`, and the likely cause ${words}`)
  })

  test.each(['placement', 'codegen', 'unexplained'] as const)('are none for %s', kind => {
    expect(onLines([TOUCHED], aCause(kind))).toEqual([])
  })

  test('are none where no cause was looked for, or where nothing got slower', () => {
    const { cause: _cause, ...uncaused } = aChange(1.31, { touched: [TOUCHED] })
    const faster = aChange(0.8, { cause: aCause('work'), touched: [TOUCHED] })
    const files = annotationsOf(aReport({ verdict: 'fail', benchmarks: [uncaused, faster] })).map(
      ({ file }) => file,
    )
    expect(files).toEqual([undefined])
  })

  test.each([
    ['simulated', 'of the simulated instructions'],
    ['perf', 'of the sampled time'],
    ['none', 'of the sampled time'],
  ] as const)('of a profile with counters %s are in parts %s', (source, words) => {
    const [annotation] = onLines([TOUCHED], aCause('work'), { counters: { source, ...COUNTERS } })
    expect(annotation?.message).toContain(`holds 63 % ${words},`)
  })

  test('say so when only names in the diff tell what is changed', () => {
    const [annotation] = onLines([{ ...TOUCHED, from: 'hunks' }])
    expect(annotation?.message).toContain('this pull request changes it, as far as names in the diff tell; ')
  })

  test('are on the three hottest functions that have a line', () => {
    const { line: _line, ...nowhere } = TOUCHED
    const touched = [0.02, 0.3, 0.009, 0.2, 0.1].map((share, at) => ({ ...TOUCHED, share, line: at + 1 }))
    const lines = onLines([...touched, { ...nowhere, share: 0.9 }]).map(({ line }) => line)
    expect(lines).toEqual([2, 4, 5])
    expect(onLines(touched.slice(2, 3))).toEqual([])
  })

  test.each([
    ['../../etc/passwd', 1],
    ['/etc/passwd', 1],
    ['a/../../b', 1],
    ['a\\b', 1],
    ['a\nb', 1],
    ['', 1],
    ['a.c', 0],
    ['a.c', 99_999_999],
  ])('are none at %j line %i', (file, line) => {
    expect(onLines([{ ...TOUCHED, file, line }])).toEqual([])
  })

  test('name C++ functions in short, and commands of the runner not at all', () => {
    const named = (name: string) => onLines([{ ...TOUCHED, function: name }])[0]?.message
    expect(named('void json::Parser<char>::number(char const*, char const*)')).toMatch(
      /^`json::Parser<char>::number` holds/,
    )
    expect(named('##[error]x')).toMatch(/^`##\\u\{5b\}error\]x` holds/)
  })

  test('come behind the breaches themselves, and share their limit', () => {
    const benchmarks = Array.from({ length: 4 }, (_, index) => {
      const touched = [1, 2, 3, 4].map(line => ({ ...TOUCHED, line, share: 0.5 - line / 10 }))
      return aChange(1.1 + index / 10, { name: `b${index}`, cause: aCause('work'), touched })
    })
    const annotations = annotationsOf(aReport({ verdict: 'fail', benchmarks }))
    expect(annotations.map(({ title, line }) => `${title} ${line}`)).toEqual([
      ...['b3', 'b2', 'b1', 'b0'].map(name => expect.stringMatching(`^${name} is .* undefined$`)),
      ...[1, 2, 3].map(line => `Changed hot code of b3 ${line}`),
      'Changed hot code of b2 1',
      'and 8 more undefined',
    ])
  })

  test('are failures of the check, and warnings where the gate passes', () => {
    expect(checkText(SAMPLES.work!).annotations).toEqual([
      expect.objectContaining({ path: 'src/parse.c', startLine: 212, endLine: 212, level: 'failure' }),
    ])
    expect(checkText(SAMPLES['placement-warns']!).annotations[0]?.level).toBe('warning')
    expect(checkText(SAMPLES.codegen!).annotations).toEqual([])
  })
})

describe('the output of a check', () => {
  test('has a short title, the report, and only annotations that stand on a line', () => {
    const { title, summary, annotations } = checkText(STORY)
    expect(title).toBe('1 of 3 benchmarks slower')
    expect(summary).toMatch(/^\*\*`call_method` is 70.2\u202f% slower/)
    expect(annotations).toEqual([
      expect.objectContaining({ path: 'Python/traceback.c', startLine: 204, endLine: 204, level: 'warning' }),
    ])
  })

  test('says that nothing got slower when nothing did', () => {
    expect(checkText(aReport({ benchmarks: [aBenchmark()] })).title).toBe('Nothing got slower')
  })
})
