// Shares the machine: nothing here depends on the clock.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { bisect } from '../src/bisect/bisect.ts'
import type { Bisection } from '../src/core/bisection/bisection.ts'
import { parseOptions } from '../src/core/config/settings.ts'
import { bisectionSchema } from '../src/core/report-file/bisection-schema.ts'
import { makeRepository, type TestRepository } from './doubles/repository.ts'
import { type ScriptedPorts, scriptedPorts } from './doubles/scripted-ports.ts'

let repository: TestRepository
let ports: ScriptedPorts
beforeEach(() => {
  repository = makeRepository()
  ports = scriptedPorts()
})
afterEach(() => {
  repository.remove()
  ports.remove()
})

/** What a commit costs: seconds, or seconds and their spread, or that it does not build. */
type Cost = number | string | 'broken'

/** Commits one after the other, the first of them the good one; yields their hashes. */
function commits(costs: readonly Cost[], name = 'spin'): readonly string[] {
  return costs.map((cost, at) =>
    repository.commit(`Commit ${at}`, {
      stamp: `${at}`,
      ...(cost === 'broken' ? { broken: 'yes' } : { [`cost.${name}`]: `${cost}` }),
      ...(at > 0 && costs[at - 1] === 'broken' && cost !== 'broken' ? { broken: null } : {}),
    }),
  )
}

const saved: Bisection[] = []
async function find(
  options: Readonly<Record<string, string>> = {},
  good = 'HEAD~11',
  bad = 'HEAD',
  firstFaster = false,
) {
  saved.length = 0
  const given = { bench: 'spin=spin', build: 'build', counters: 'off', layouts: 'off', seed: '1', ...options }
  const found = await bisect(
    {
      invocation: parseOptions(given, name => `--${name}`),
      repository: repository.folder,
      good,
      bad,
      firstFaster,
      version: '0.1.0',
      environment: {},
      save: async soFar => void saved.push(structuredClone(soFar)),
      keep: async () => {},
    },
    ports.outside,
  )
  expect(bisectionSchema.parse(found.bisection)).toEqual(found.bisection)
  return found
}

const flat = (from: readonly Cost[]) => [
  ...from,
  ...Array.from({ length: 12 - from.length }, () => from.at(-1)!),
]

describe('a bisection', () => {
  test('finds the commit that made it slower, and gates it against its parent', async () => {
    const line = commits(flat([1, 1, 1, 1, 1, 1, 1, 1, 1.5]))
    const { bisection, report } = await find()
    expect(bisection).toMatchObject({
      outcome: 'commit',
      candidates: [{ sha: line[8], title: 'Commit 8' }],
      after: { sha: line[7] },
      benchmark: { name: 'spin', threshold: 0.05 },
      commits: 11,
    })
    expect(bisection.sentence).toMatch(
      /^`[0-9a-f]{8}` \(`Commit 8`\) made `spin` (49|50|51)(?:\.\d)? % slower/,
    )
    expect(report).toMatchObject({ verdict: 'fail', base: { sha: line[7] }, head: { sha: line[8] } })
    expect(bisection.steps[0]).toMatchObject({ kind: 'range', head: { sha: line[11] }, answer: 'above' })
    expect(
      bisection.steps.filter(({ kind }) => kind === 'between').every(step => step.base.sha === line[0]),
    ).toBe(true)
    expect(ports.lines).toContainEqual(
      expect.stringMatching(/^10 commits left, about 4 steps: [0-9a-f]{8} Commit/),
    )
  })

  test('finds the commit that made it faster, and gates it from its parent on', async () => {
    const line = commits(flat([1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1]))
    const { bisection, report } = await find({}, 'HEAD~11', 'HEAD', true)
    expect(bisection).toMatchObject({
      outcome: 'commit',
      seeks: 'faster',
      good: { sha: line[0] },
      bad: { sha: line[11] },
      candidates: [{ sha: line[7], title: 'Commit 7' }],
      after: { sha: line[6] },
    })
    expect(bisection.sentence).toMatch(/^`[0-9a-f]{8}` \(`Commit 7`\) made `spin` (33|34)(?:\.\d)? % faster/)
    expect(report).toMatchObject({ verdict: 'pass', base: { sha: line[6] }, head: { sha: line[7] } })
    expect(report.benchmarks[0]).toMatchObject({ decision: 'faster' })
    expect(bisection.steps.at(-1)).toMatchObject({ answer: 'above', decision: 'faster' })
    // All that was measured between was held against the fast end.
    const between = bisection.steps.filter(({ kind }) => kind === 'between')
    expect(between.every(step => step.base.sha === line[11])).toBe(true)
  })

  test('finds nothing faster where it only got slower', async () => {
    commits(flat([1, 1, 1.5]))
    const none = await find({}, 'HEAD~11', 'HEAD', true)
    expect(none.bisection).toMatchObject({ outcome: 'nothing', seeks: 'faster', candidates: [] })
    expect(none.bisection.sentence).toContain('No benchmark got faster')
  })

  test('names the range that a speed-up came in, where those between cannot tell', async () => {
    const line = commits([1.5, 1.5, 1.5, 'broken', 1, 1])
    const { bisection } = await find({}, 'HEAD~5', 'HEAD', true)
    expect(bisection).toMatchObject({
      outcome: 'range',
      candidates: [{ sha: line[3] }, { sha: line[4] }],
      after: { sha: line[2] },
    })
    expect(bisection.sentence).toContain('One of the two commits after')
    expect(bisection.ranked?.map(({ sha }) => sha).toSorted()).toEqual([line[3], line[4]].toSorted())
  })

  test('shares its error rate among all decisions that it can take', async () => {
    commits(flat([1, 1.5]))
    const { bisection, report } = await find({ alpha: '2%' })
    expect(bisection).toMatchObject({ alpha: 0.02, mostDecisions: 11 })
    expect(report.alpha).toBeCloseTo(0.02 / 11, 10)
    expect(report.notes).toContainEqual(expect.stringContaining('the last gate of a bisection'))
    expect(bisection.steps.length).toBeLessThanOrEqual(11)
  })

  test('builds the good commit once, and every step finds it as it was built', async () => {
    commits(flat([1, 1, 1, 1, 1, 1, 1, 1, 1.5]))
    const { bisection } = await find()
    // Once for the good commit, once for the parent in the last gate.
    expect(ports.built.filter(tree => tree === 'base')).toHaveLength(2)
    expect(ports.built.filter(tree => tree === 'head')).toHaveLength(bisection.steps.length)
    expect(ports.leftovers).toEqual([])
  })

  test('steps over a commit that does not build, and names it where it may be the one', async () => {
    const line = commits(flat([1, 1, 1, 1, 1, 1, 'broken', 1.5]))
    const { bisection } = await find()
    expect(bisection).toMatchObject({
      outcome: 'range',
      candidates: [{ sha: line[6] }, { sha: line[7] }],
      candidateCount: 2,
      after: { sha: line[5] },
    })
    expect(bisection.sentence).toContain('One of the two commits after')
    expect(bisection.steps.find(step => step.head.sha === line[6])).toMatchObject({
      answer: 'broken',
      reason: expect.stringContaining('exited with code 1'),
    })
    expect(bisection.steps.at(-1)).toMatchObject({ base: { sha: line[5] }, head: { sha: line[7] } })
  })

  test('says of a slowdown in small steps that it is one, and where it crossed the threshold', async () => {
    const line = commits([1, 1, 1.02, 1.02, 1.04, 1.04, 1.07, 1.07, 1.09, 1.09, 1.11, 1.11])
    const { bisection, report } = await find()
    expect(bisection).toMatchObject({ outcome: 'steps', candidates: [{ sha: line[6] }] })
    expect(bisection.sentence).toMatch(
      /^`spin` got slower in several steps: half of the slowdown was reached at `[0-9a-f]{8}` \(`Commit 6`\), and that commit alone stays below the threshold of 5 %\.$/,
    )
    expect(report.benchmarks[0]).toMatchObject({ decision: 'unchanged' })
  })

  test('leaves out a commit that stays undecided', async () => {
    const line = commits(flat([1, 1, 1, 1, 1, '1.25 0.06', 1.5]))
    const { bisection } = await find({ budget: '60s' })
    expect(bisection).toMatchObject({ outcome: 'range', candidates: [{ sha: line[5] }, { sha: line[6] }] })
    expect(bisection.steps.find(step => step.head.sha === line[5])).toMatchObject({
      answer: 'open',
      decision: 'undecided',
    })
  })

  test('gives up after four undecided commits, and names all that are left', async () => {
    const near = '1.25 0.06'
    commits([1, near, near, near, near, near, near, near, near, near, near, 1.5])
    const { bisection } = await find({ budget: '60s' })
    expect(bisection).toMatchObject({ outcome: 'range', candidateCount: 11 })
    expect(bisection.steps.filter(({ answer }) => answer === 'open')).toHaveLength(4)
    expect(bisection.notes).toContainEqual(expect.stringContaining('ended early'))
  })

  test('of a history that got faster again in between finds a commit that did make it slower', async () => {
    const line = commits([1, 1, 1.5, 1.5, 1, 1, 1, 1, 1, 1.5, 1.5, 1.5])
    const { bisection } = await find()
    expect(bisection.outcome).toBe('commit')
    expect([line[2], line[9]]).toContain(bisection.candidates[0]?.sha)
  })

  test('does not measure what builds to the same', async () => {
    for (let at = 0; at < 12; at++) {
      repository.commit(`Commit ${at}`, { 'cost.spin': at < 8 ? '1' : '1.5', README: `${at}` })
    }
    const { bisection } = await find()
    expect(bisection.outcome).toBe('commit')
    const below = bisection.steps.filter(({ answer }) => answer === 'below')
    expect(below.length).toBeGreaterThan(0)
    expect(below.every(({ rounds }) => rounds === 0)).toBe(true)
  })

  test('follows the worst of several breaches, and names the others', async () => {
    commits(flat([1, 1, 1, 1, 1.2]))
    repository.git('checkout', '--quiet', '--orphan', 'two')
    const line = Array.from({ length: 12 }, (_, at) =>
      repository.commit(`Two ${at}`, {
        stamp: `${at}`,
        'cost.spin': at < 4 ? '1' : '1.2',
        'cost.parse': at < 9 ? '1' : '1.8',
        'cost.idle': '1',
      }),
    )
    const { bisection, report } = await find({ bench: 'spin=spin\nparse=parse\nidle=idle' })
    expect(bisection).toMatchObject({
      outcome: 'commit',
      benchmark: { name: 'parse' },
      others: ['spin'],
      candidates: [{ sha: line[9] }],
    })
    expect(report.benchmarks.map(({ name }) => name)).toEqual(['parse'])
  })

  test('takes the settings of the good commit, and leaves out what only one end of the range lists', async () => {
    const listed = (...names: readonly string[]) =>
      `build: build\nthreshold: 20%\nbenchmarks:\n${names.map(name => `  - { name: ${name}, command: ${name} }\n`).join('')}`
    const file = '.github/perf-verdict.yml'
    repository.commit('Good', {
      stamp: '0',
      'cost.spin': '1',
      'cost.old': '1',
      [file]: listed('spin', 'old'),
    })
    repository.commit('A tenth slower', { stamp: '1', 'cost.spin': '1.1' })
    const slow = repository.commit('Slow', { stamp: '2', 'cost.spin': '1.5' })
    repository.commit('Bad', { stamp: '3', 'cost.new': '1', [file]: listed('spin', 'new') })
    const { bisection } = await find({ bench: '', build: '' }, 'HEAD~3')
    expect(bisection).toMatchObject({
      outcome: 'commit',
      benchmark: { name: 'spin', threshold: 0.2 },
      candidates: [{ sha: slow }],
    })
    expect(bisection.notes).toContain(
      'Left out, because only the good or only the bad commit lists it: `old` and `new`.',
    )
  })

  test('takes a merge as one step', async () => {
    const line = [...commits([1, 1, 1])]
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.commit('Side 1', { stamp: 's1', 'cost.spin': '1.5' })
    repository.commit('Side 2', { stamp: 's2' })
    repository.git('checkout', '--quiet', 'main')
    line.push(repository.commit('Main', { other: 'x' }))
    repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge side', 'side')
    line.push(repository.git('rev-parse', 'HEAD'))
    line.push(repository.commit('After', { stamp: 'after' }))
    const { bisection } = await find({}, line[0])
    expect(bisection).toMatchObject({
      outcome: 'commit',
      commits: 5,
      candidates: [{ sha: line[4], title: 'Merge side' }],
      after: { sha: line[3] },
    })
  })
})

describe('a bisection without anything to find', () => {
  test.each([
    ['no breach', flat([1, 1.01]), 'nothing', 'There is nothing to find'],
    ['a speed-up', flat([1, 1, 0.7]), 'nothing', 'There is nothing to find'],
    ['a bad commit that does not build', [...flat([1]).slice(0, 11), 'broken'], 'open', 'is not known'],
    ['a change at the threshold', [...flat([1]).slice(0, 11), '1.05 0.01'], 'open', 'is not known'],
  ] as const)('on %s says so after one gate', async (_, costs, outcome, words) => {
    const line = commits(costs)
    const { bisection, report } = await find({ budget: '60s' })
    expect(bisection).toMatchObject({ outcome, candidates: [], candidateCount: 0 })
    expect(bisection.sentence).toContain(words)
    expect(bisection.sentence).toContain(report.sentence)
    expect(bisection.steps).toHaveLength(1)
    expect(report).toMatchObject({ base: { sha: line[0] }, head: { sha: line[11] } })
  })
})

test('what was learnt is kept after each step, also when the run dies', async () => {
  commits(flat([1, 1, 1, 1, 1, 1, 1, 1, 1.5]))
  ports.failAfterHolds = 3
  await expect(find()).rejects.toThrow('the machine is gone')
  expect(saved.map(({ steps }) => steps.length)).toEqual([0, 1, 2, 3])
  for (const soFar of saved) expect(soFar).toMatchObject({ outcome: 'unfinished' })
  expect(saved[0]?.sentence).toContain('before the whole range was measured')
  expect(saved.at(-1)?.sentence).toMatch(/what made `spin` slower is among the \w+ commits after/)
  expect(saved.at(-1)!.candidateCount).toBeLessThan(11)
})

describe('what is no range is refused before anything is built', () => {
  test.each([
    ['the same commit twice', 'HEAD', 'HEAD', '--base and --head are the same commit'],
    ['the two the wrong way round', 'HEAD', 'HEAD~3', 'comes after the bad one'],
    ['a commit on a branch that was merged', 'side', 'HEAD', 'came into the bad one'],
    ['commits that do not exist', 'nowhere', 'neither', 'The head "neither" is not a commit'],
  ])('%s', async (_, good, bad, words) => {
    commits([1, 1, 1])
    repository.git('checkout', '--quiet', '-b', 'side')
    repository.commit('Side', { stamp: 's' })
    repository.git('checkout', '--quiet', 'main')
    repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'side')
    repository.commit('After', { stamp: 'after' })
    await expect(find({}, good, bad)).rejects.toThrow(words)
    expect(ports.built).toEqual([])
  })

  test('unknown commits are told both at once', async () => {
    commits([1])
    await expect(find({}, 'nowhere', 'neither')).rejects.toThrow(/neither.*\n.*nowhere/)
  })
})
