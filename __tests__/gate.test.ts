import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseOptions } from '../src/core/config/settings.ts'
import { gate } from '../src/gate.ts'
import { commentText } from '../src/report/markdown/comment.ts'
import { makeRepository, type TestRepository } from './doubles/repository.ts'
import { type ScriptedPorts, scriptedPorts } from './doubles/scripted-ports.ts'

let repository: TestRepository
let ports: ScriptedPorts | undefined
beforeEach(() => {
  repository = makeRepository()
})
afterEach(() => {
  repository.remove()
  ports?.remove()
})

const FILE = '.github/perf-verdict.yml'
type Table = Readonly<Record<string, string>>

/** A configuration with these benchmarks by name, and further lines. */
const config = (table: Table, more = ''): string =>
  `build: build\ncounters: off\nlayouts: off\nseed: 1\n${more}benchmarks:\n${Object.entries(table)
    .map(([name, command]) => `  - {name: ${name}, command: ${command}}\n`)
    .join('')}`.replace('seed: 1\n', '')

async function judge(options: Readonly<Record<string, string>> = {}, gateFiles: readonly string[] = []) {
  ports?.remove()
  ports = scriptedPorts()
  const { report } = await gate(
    {
      invocation: parseOptions({ seed: '1', ...options }, name => `--${name}`),
      repository: repository.folder,
      base: ['main'],
      head: 'topic',
      origin: {},
      version: '0.1.0',
      environment: {},
      usesCache: false,
      keepsNextBase: false,
      gateFiles,
      keep: async () => {},
    },
    ports.outside,
  )
  const rows = report.benchmarks.map(({ name, decision }) => `${name} ${decision}`)
  return { report, rows, comment: commentText(report, { key: 'default' }) }
}

const COSTS = { 'cost.parse': '1', 'cost.render': '1', stamp: '0' }
function branch(files: Readonly<Record<string, string | null>>, from = 'main'): void {
  repository.git('switch', '--quiet', '--create', 'topic', from)
  repository.commit('change', { stamp: '1', ...files })
}

describe('a benchmark that the change takes out of the table', () => {
  beforeEach(() => {
    repository.commit('base', { ...COSTS, [FILE]: config({ parse: 'parse', render: 'render' }) })
  })

  test("is measured with base's command, and fails when it got slower", async () => {
    branch({ [FILE]: config({ parse: 'parse' }), 'cost.render': '2' })
    const { report, rows, comment } = await judge()
    expect([report.verdict, rows]).toEqual(['fail', ['parse unchanged', 'render slower']])
    expect(comment).toContain('removes the benchmark `render`')
  })

  test('under another name is measured under its own, too', async () => {
    branch({ [FILE]: config({ parse: 'parse', draw: 'render' }), 'cost.render': '2' })
    const { report, rows, comment } = await judge()
    expect([report.verdict, rows]).toEqual(['fail', ['parse unchanged', 'render slower', 'draw new']])
    expect(comment).toContain('renames the benchmark `render` to `draw`')
  })

  test('and cannot be run any more is gone, which only the base side may allow', async () => {
    branch({ [FILE]: config({ parse: 'parse' }, 'on-removed: warn\n'), 'cost.render': null })
    const { report, rows } = await judge()
    expect([report.verdict, rows]).toEqual(['fail', ['parse unchanged', 'render removed']])
    expect(report.benchmarks[1]?.reason).toContain("with base's command head gave no answer")
    expect(report.sentence).toContain('gone, which fails the check')
    expect(report.remarks).toContain('It changes on-removed from `fail` to `warn`.')
    expect(await judge({ 'on-removed': 'warn' })).toMatchObject({ report: { verdict: 'pass' } })
  })

  test.each([
    ['deleted', null],
    ['emptied', ''],
    ['broken', 'benchmarks: ['],
    ['without a benchmark', 'build: build\n'],
    [
      'with another build',
      config({ parse: 'parse', render: 'render' }).replace('build: build', 'build: other'),
    ],
  ])('a configuration that is %s changes nothing, and is told', async (_, text) => {
    branch({ [FILE]: text, 'cost.render': '2' })
    const { report, rows, comment } = await judge()
    expect([report.verdict, rows]).toEqual(['fail', ['parse unchanged', 'render slower']])
    expect(comment).toMatch(/This change (?:edits|removes)/)
  })
})

describe('a change to how the gate judges', () => {
  test('is told in the comment, even where nothing got slower', async () => {
    const base = config({ parse: 'parse' }, 'threshold: 5%\nfloor: 1ms\n')
    repository.commit('base', { ...COSTS, [FILE]: base })
    const weak = base.replace('5%', '500%').replace('1ms', '10s')
    branch({ [FILE]: `${weak}alpha: 0.1%\nbudget: 1s\nisolation: off\n` })
    const { report, comment } = await judge()
    expect(report.verdict).toBe('pass')
    const told = report.remarks?.join('\n')
    expect(told?.split('\n').every(text => comment.includes(text.slice(0, 20)))).toBe(true)
    for (const says of [
      'raises the threshold of',
      'from 5 % to 500 %',
      'floor',
      'alpha',
      'budget',
      'isolation',
    ])
      expect(told).toContain(says)
    expect(report.benchmarks[0]).toMatchObject({ threshold: 0.05, floor: 0.001 })
  })

  test('is not one where only words and order differ', async () => {
    repository.commit('base', { ...COSTS, [FILE]: config({ parse: 'parse' }) })
    branch({ [FILE]: `# A remark.\n${config({ parse: 'parse' })}` })
    expect((await judge()).report).not.toHaveProperty('remarks')
  })

  test('by the workflow that calls it is told', async () => {
    const workflow = '.github/workflows/gate.yml'
    repository.commit('base', { ...COSTS, [workflow]: 'on: push\n' })
    branch({ [workflow]: 'on: push # threshold: 900%\n' })
    const inputs = { bench: 'parse=parse', build: 'build', counters: 'off', layouts: 'off' }
    const { comment } = await judge(inputs, [workflow])
    expect(comment).toContain('This change edits `.github/workflows/gate.yml`')
    expect((await judge(inputs, ['.github/workflows/other.yml'])).report).not.toHaveProperty('remarks')
  })
})

describe('a branch that starts from an old commit', () => {
  test('is judged by the thresholds and policies of today', async () => {
    repository.commit('lax', {
      ...COSTS,
      [FILE]: config({ parse: 'parse' }, 'threshold: 90%\non-removed: warn\n'),
    })
    branch({ 'cost.parse': '1.5' })
    repository.git('switch', '--quiet', 'main')
    repository.commit('strict', { [FILE]: config({ parse: 'other', render: 'render' }, 'threshold: 5%\n') })
    const { report } = await judge()
    expect(report.benchmarks).toMatchObject([{ name: 'parse', decision: 'slower', threshold: 0.05 }])
    expect(report.verdict).toBe('fail')
    expect(report.notes).toContainEqual(
      expect.stringContaining('has changed on `main` since this branch left it'),
    )
  })

  test('from before the first configuration is judged by that of today, not by one that it brings', async () => {
    repository.commit('none', COSTS)
    branch({ 'cost.parse': '1.5', [FILE]: config({ parse: 'parse' }, 'threshold: 900%\n') })
    repository.git('switch', '--quiet', 'main')
    repository.commit('gate', { [FILE]: config({ parse: 'parse' }) })
    const { report } = await judge()
    expect(report.verdict).toBe('fail')
    expect(report.notes).toContainEqual(expect.stringContaining('starts from a commit without'))
  })
})

describe('paths', () => {
  const paths = 'paths: [cost.parse, lib/**]\n'
  const files = { ...COSTS, 'lib/a': '1', 'docs/a': '1' }
  const started = (more = paths) =>
    repository.commit('base', { ...files, [FILE]: config({ parse: 'parse' }, more) })

  test('spare a change that touches none of them, which is said and passes', async () => {
    started()
    branch({ 'docs/a': '2' })
    const { report, comment } = await judge()
    expect(report).toMatchObject({
      verdict: 'pass',
      benchmarks: [{ decision: 'unchanged', untouched: true, rounds: 0 }],
      sentence: 'Nothing was measured, because nothing that `parse` is built from changed.',
    })
    expect(report.benchmarks[0]?.reason).toContain('in `cost.parse` and `lib/**`')
    expect(comment).toContain('Nothing was measured')
    expect(comment).toContain('1 not touched')
    expect(comment).not.toContain('same code')
    expect(ports?.built).toEqual([])
  })

  test.each<readonly [string, Readonly<Record<string, string | null>>]>([
    ['one of them', { 'lib/b': '1' }],
    ['one of them by taking it away', { 'lib/a': null }],
    ['the configuration', { [FILE]: config({ parse: 'parse' }, `# As before.\n${paths}`) }],
    ['a workflow', { '.github/workflows/any.yml': 'on: push\n' }],
    ['an action of the repository', { '.github/actions/x/action.yml': 'name: x\n' }],
    ['how git lays files out', { 'docs/.gitattributes': '* text\n' }],
  ])('measure a change to %s', async (_, change) => {
    started()
    branch(change)
    const { report } = await judge()
    expect(report.benchmarks[0]).not.toHaveProperty('untouched')
  })

  test('that a pull request widens for itself spare nothing, because it edits the configuration', async () => {
    started('')
    branch({ [FILE]: config({ parse: 'parse' }, 'paths: [nowhere]\n'), 'cost.parse': '2' })
    expect((await judge()).rows).toEqual(['parse slower'])
  })

  test('that name no file spare nothing, and are named', async () => {
    started('paths: [cost.parse, src/**]\n')
    branch({ 'docs/a': '2' })
    const { report } = await judge()
    expect(report.benchmarks[0]).not.toHaveProperty('untouched')
    expect(report.notes.join()).toContain('paths names `src/**`, which is no file of base or head')
  })

  test('of an old branch spare nothing where those of today differ', async () => {
    started()
    branch({ 'docs/a': '2' })
    repository.git('switch', '--quiet', 'main')
    repository.commit('wider', {
      [FILE]: config({ parse: 'parse' }, 'paths: [cost.parse, lib/**, docs/**]\n'),
    })
    expect((await judge()).report.benchmarks[0]).not.toHaveProperty('untouched')
  })

  test('of one benchmark spare only that, and exclusions take out', async () => {
    const table = `benchmarks:\n  - {name: parse, command: parse, paths: ['cost.*', '!cost.render']}\n  - {name: render, command: render}\n`
    const own = `build: build\ncounters: off\nlayouts: off\n${table}`
    repository.commit('base', { ...files, [FILE]: own })
    branch({ 'cost.render': '2' })
    const { report, rows } = await judge()
    expect([report.verdict, rows]).toEqual(['fail', ['parse unchanged', 'render slower']])
    expect(report.benchmarks.map(({ untouched }) => untouched)).toEqual([true, undefined])
  })

  test('given with the call go before those of the configuration', async () => {
    started('')
    branch({ 'docs/a': '2' })
    expect((await judge({ paths: 'lib/**\n!lib/x' })).report.benchmarks[0]).toMatchObject({ untouched: true })
  })
})
