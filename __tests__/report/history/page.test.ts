import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { readImport } from '../../../src/core/history/imports.ts'
import { historyText } from '../../../src/report/history/page.ts'
import { HISTORY_SCRIPT, HISTORY_SCRIPT_HASH } from '../../../src/report/history/script.ts'
import { historyBadge, historyCsv } from '../../../src/report/history/tables.ts'
import { aYear, historyRecord, historyRow, publishedPeak, sha } from '../../doubles/histories.ts'

const page = (records: Parameters<typeof historyText>[0]['records'], overrides = {}) =>
  historyText({ records, imported: [], unreadable: 0, ...overrides })

/** The commits of the story: a peak that a commit of cold code made and another took away. */
const STORY = publishedPeak()

describe('the page of a history', () => {
  test('tells a peak with both of its commits, and that nobody is to blame', () => {
    const text = page(STORY, { repository: 'https://github.com/example/interpreter' })
    expect(text).toMatch(
      /a peak by placement of \+7\d\.\d.% from <code>0000000b00<\/code>, gone at <code>36af350000<\/code>/,
    )
    expect(text).toContain('neither commit is to blame')
    expect(text).toContain(`href="https://github.com/example/interpreter/commit/${sha(11)}"`)
    expect(text.match(/<circle class="peak"/g)).toHaveLength(1)
  })

  test.each([
    ['less work', { cause: 'work', shown: true }, 'gone at <code>0000000300</code> by work.'],
    [
      'a comparison that only showed that nothing got slower',
      { decision: 'unchanged' as const },
      'the gate did not look for the reason',
    ],
    ['a comparison without counters', {}, 'gone at <code>0000000300</code>.'],
  ])('tells how a peak ended: by %s', (_, end, says) => {
    const rows = [
      historyRow('a', 1),
      historyRow('a', 1.7, { cause: 'placement' }),
      historyRow('a', 1 / 1.7, end),
    ]
    const text = page(rows.map((row, index) => historyRecord(index + 1, [row])))
    expect(text).toContain(says)
    expect(text).not.toContain('neither commit is to blame')
  })

  test('tells a creep with the largest of its steps', () => {
    const direct = historyRecord(33, [historyRow('call_method', 1.2)], {
      relation: 'release',
      against: sha(0),
      called: 'v1.2',
    })
    expect(page([...STORY, direct])).toMatch(/is \+20\.0.% against <code>v1\.2<\/code>, compared directly/)
  })

  test('lists who accepted what, and counts what is not on the line of the branch', () => {
    const accepted = { by: '@ann', reason: 'safer <i>', bound: 1.2, on: '2026-02-03' }
    const dropped = historyRecord(99, [historyRow('call_method', 3)], { against: sha(1) })
    const taken = historyRecord(34, [historyRow('call_method', 1.1, { accepted })])
    const text = page([STORY[0]!, dropped, ...STORY.slice(1), taken])
    expect(text).toContain('on 2026-02-03, accepted by <code>@ann</code>: safer &lt;i&gt;')
    expect(text).toContain('1 comparison of commits that are not on the line of the branch')
  })

  test('is at most 2 MB for two thousand commits of forty benchmarks', () => {
    const text = page(aYear({ commits: 2000, benchmarks: 40, seed: 1 }))
    expect(text.length).toBeLessThan(2_000_000)
    expect(text.match(/<section class="timeline"/g)).toHaveLength(40)
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('runs its own script and nothing else, whatever the history holds', () => {
    const hostile = '</title><script>alert(1)</script>" onload=x javascript:x'
    const row = historyRow(hostile, 1.7, {
      cause: hostile.slice(0, 40),
      accepted: { by: hostile, reason: hostile },
    })
    const record = historyRecord(1, [row], { title: hostile, machine: hostile })
    const text = page([record, historyRecord(2, [row], { relation: 'release', called: hostile })], {
      repository: 'https://x/"onload=',
    })
    expect(text.split('<script').length).toBe(2)
    expect(text.replace(HISTORY_SCRIPT, '')).not.toMatch(/<[^>]*\son\w+=[^>"]*>|href="javascript/)
    expect(HISTORY_SCRIPT_HASH).toBe(`sha256-${createHash('sha256').update(HISTORY_SCRIPT).digest('base64')}`)
  })

  test('draws the past that another tool measured apart from the chain', () => {
    const data = `window.BENCHMARK_DATA = ${JSON.stringify({
      lastUpdate: 1,
      repoUrl: 'https://github.com/example/interpreter',
      entries: {
        Benchmark: [1, 2, 3].map(day => ({
          commit: { id: sha(day) },
          date: day * 86_400_000,
          tool: 'googlecpp',
          benches: [{ name: 'call_method', value: 10 + day, unit: 'ns/iter' }],
        })),
      },
    })}`
    const read = readImport(data)
    expect(read).toMatchObject({
      ok: true,
      value: {
        from: 'github-action-benchmark',
        points: [{ name: 'call_method', value: 11, unit: 'ns' }, {}, {}],
      },
    })
    expect(page(STORY, { imported: read.ok ? read.value.points : [] })).toContain(
      '<path class="imported" d="M',
    )
  })
})

describe('results of other tools', () => {
  test('of asv are read by version 1 and version 2', () => {
    const one = {
      commit_hash: sha(1),
      date: 1_700_000_000_000,
      results: { 'time_x.a': 0.5, 'time_x.b': null },
    }
    const two = {
      ...one,
      version: 2,
      result_columns: ['result', 'params'],
      results: { 'time_x.a': [[0.5, 0.6], [['1', '2']]] },
    }
    expect(readImport(JSON.stringify(one))).toMatchObject({
      ok: true,
      value: { from: 'asv', points: [{ name: 'time_x.a', value: 0.5 }] },
    })
    expect(readImport(JSON.stringify(two))).toMatchObject({
      ok: true,
      value: {
        points: [
          { name: 'time_x.a[0]', value: 0.5 },
          { name: 'time_x.a[1]', value: 0.6 },
        ],
      },
    })
  })

  test('of asv are read with what Python calls a number, and count what holds none', () => {
    const text = `{"commit_hash": "${sha(1)}", "date": 1654254299000, "params": {"python": "3.10"}, "result_columns": ["result", "params", "version", "started_at", "duration", "stats_ci_99_a", "samples"], "results": {"a.time_x": [[7.6e-05], [], "ee29", 1655175303779, 1.288, [7.2e-05]], "a.time_y": [[NaN, 0.5, null], [["'1'", "'2'", "'3'"]], "aa"], "a.track_z": [[-Infinity]], "a.left_out": null}, "durations": {}, "version": 2}`
    expect(readImport(text)).toMatchObject({
      ok: true,
      value: { points: [{ name: 'a.time_x', value: 7.6e-5 }, { name: 'a.time_y[1]' }], skipped: 4 },
    })
  })

  test('of github-action-benchmark are read with its further fields, oldest first, and count what holds no number', () => {
    const run = (date: number, benches: readonly object[]) => ({
      cpu: { speed: '2.30', cores: 2 },
      commit: { author: { name: 'A' }, id: sha(date), message: 'm', timestamp: '2020-08-17T05:43:46+01:00' },
      date,
      tool: 'pytest',
      benches,
    })
    const bench = {
      name: 'test_fib',
      value: 3,
      unit: 'iter/sec',
      range: 'stddev: 0.1',
      group: null,
      extra: 'x',
    }
    const data = {
      lastUpdate: 1,
      xAxis: 'id',
      entries: { B: [run(2, [bench, { name: 'odd', value: '3' }]), run(1, [bench])] },
    }
    expect(readImport(`window.BENCHMARK_DATA = ${JSON.stringify(data)};\n`)).toMatchObject({
      ok: true,
      value: { points: [{ commit: sha(1), unit: 'iter/sec' }, { commit: sha(2) }], skipped: 1 },
    })
  })

  test('of Bencher are read from its metrics, whose date is that of the file', () => {
    const metrics = JSON.stringify({
      parse: { latency: { value: 88, lower_value: 87.4, upper_value: 88.9 } },
    })
    expect(readImport(metrics, '2026-01-01T00:00:00Z')).toMatchObject({
      ok: true,
      value: { from: 'bencher', points: [{ name: 'parse', unit: 'ns', value: 88 }] },
    })
    expect(readImport(metrics)).toMatchObject({ ok: false, fault: expect.stringContaining('without a date') })
  })

  test('are drawn by themselves where no gate has measured their name', () => {
    const imported = [1, 2].map(day => ({
      name: 'old <b>',
      unit: 'ns',
      value: day,
      at: `2026-01-0${day}T00:00:00Z`,
      commit: '',
    }))
    const text = page(STORY, { imported })
    expect(text).toContain('2 values of another tool in ns; no gate has measured this name')
    expect(text).not.toContain('old <b>')
    expect(page([], { imported })).toContain('class="imported"')
  })

  test.each([
    ['', { head: { version: { number: 3, hash: sha(4) } } }],
    [' of before branches had heads', { version: { number: 3, hash: sha(4) } }],
  ])('of Bencher are read from a report%s', (_, branch) => {
    const result = (name: string, units: string, value: number) => ({
      iteration: 0,
      benchmark: { uuid: 'b', project: 'p', name, slug: name, archived: null },
      measures: [
        {
          measure: { uuid: 'm', name: 'Latency', slug: 'latency', units },
          metric: { uuid: 'v', value, lower_value: null, upper_value: null },
          threshold: null,
          boundary: null,
        },
      ],
    })
    const report = {
      uuid: 'r',
      start_time: '2026-01-01T00:00:00Z',
      end_time: '2026-01-01T00:01:00Z',
      adapter: 'json',
      branch: { uuid: 'a', name: 'main', slug: 'main', ...branch },
      results: [[result('parse', 'nanoseconds (ns)', 12)], [result('parse', 'nanoseconds (ns)', 13)]],
      alerts: [],
    }
    expect(readImport(JSON.stringify(report))).toMatchObject({
      ok: true,
      value: {
        from: 'bencher',
        points: [
          { name: 'parse', value: 12, commit: sha(4) },
          { name: 'parse', value: 13, commit: sha(4) },
        ],
      },
    })
  })

  test.each(['', '[]', '{}', 'window.BENCHMARK_DATA = {', '{"entries": 3}'])(
    'that are none of these (%j) are named as that',
    text => {
      expect(readImport(text)).toMatchObject({ ok: false, fault: expect.any(String) })
    },
  )
})

describe('tables of a history', () => {
  test('quote what would part a line, and keep a formula from being one', () => {
    const csv = historyCsv([historyRecord(1, [historyRow('a,"b"', 1)], { title: '=cmd()' })])
    expect(csv.split('\r\n')[1]).toMatch(/^"a,""b""",0000000100.*,'=cmd\(\)$/)
  })

  test('a badge says what is slower since the last release, in the format of shields', () => {
    const direct = (ratio: number) =>
      historyRecord(5, [historyRow('parse', ratio)], { relation: 'release', called: 'v2' })
    expect(JSON.parse(historyBadge([direct(1.2)]))).toEqual({
      schemaVersion: 1,
      label: 'performance',
      message: '+20.0 % since v2',
      color: 'red',
    })
    expect(
      JSON.parse(
        historyBadge([
          historyRecord(5, [historyRow('parse', 1, { decision: 'undecided' })], {
            relation: 'release',
            called: 'v2',
          }),
        ]),
      ),
    ).toMatchObject({ message: '1 of 1 not known since v2', color: 'orange' })
    expect(JSON.parse(historyBadge([direct(1)]))).toMatchObject({
      message: 'not slower since v2',
      color: 'brightgreen',
    })
    expect(JSON.parse(historyBadge([]))).toMatchObject({ message: 'no history' })
  })
})
