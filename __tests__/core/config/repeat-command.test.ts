import { expect, test } from '@jest/globals'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { withRepeats } from '../../../src/core/config/repeat-command.ts'
import { parseOptions, settle } from '../../../src/core/config/settings.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

const BASE = 'b'.repeat(40)
const HEAD = 'a'.repeat(40)
const report = (names: readonly string[]) =>
  aReport({
    base: { sha: BASE },
    head: { sha: HEAD },
    benchmarks: names.map(name => aBenchmark({ name, decision: 'slower' })),
  })
const commands = (of: ReturnType<typeof withRepeats>) => of.benchmarks.map(({ repeat }) => repeat)

test('a row is repeated by the options that were given, with its own benchmark alone', () => {
  const given = {
    build: "make 'a b'",
    bench: 'parse=./bench parse\nrender=./bench render',
    threshold: '3%',
    out: 'x',
    env: 'T=secret',
    check: 'true',
  }
  const settings = settle(
    parseOptions({ build: given.build, bench: given.bench }, name => name),
    readConfig('', 'f'),
  )
  expect(commands(withRepeats(report(['render']), settings, given))).toEqual([
    `perf-verdict gate --base ${BASE} --head ${HEAD} --build 'make '\\''a b'\\''' --threshold 3% --bench 'render=./bench render'`,
  ])
})

test('a row of the configuration is named, and a result of a harness by its benchmark', () => {
  const config = readConfig('benchmarks: [{name: suite, command: ./s}, {name: sui, command: ./t}]', 'f')
  const settings = settle(
    parseOptions({}, name => name),
    config,
  )
  const told = withRepeats(report(['suite/BM_x', 'sui']), settings, { 'working-directory': 'lib' })
  expect(commands(told)).toEqual([
    `cd lib && perf-verdict gate --base ${BASE} --head ${HEAD} --only suite`,
    `cd lib && perf-verdict gate --base ${BASE} --head ${HEAD} --only sui`,
  ])
  expect(commentText(told, { key: 'default' })).toContain('--only suite')
})

test('what did not change has none', () => {
  const config = readConfig('benchmarks: [{name: suite, command: ./s}]', 'f')
  const quiet = { ...report(['suite']), benchmarks: [aBenchmark({ name: 'suite', decision: 'unchanged' })] }
  expect(
    commands(
      withRepeats(
        quiet,
        settle(
          parseOptions({}, name => name),
          config,
        ),
        {},
      ),
    ),
  ).toEqual([undefined])
})
