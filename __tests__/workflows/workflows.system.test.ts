// Shares the machine: nothing here depends on the clock.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { fileAt } from '../doubles/github/git-data.ts'
import { ACTIONS_BOT, addComment } from '../doubles/github/state.ts'
import { value } from '../e2e/repository.ts'
import { documentedWorkflows } from './blocks.ts'
import { findAct, type WorkflowEnd } from './runner.ts'
import { type Stage, setStage } from './stage.ts'

const act = findAct()
const found = 'program' in act ? act : undefined
if (!found && 'why' in act) process.stdout.write(`skipped: ${act.why}\n`)

const blocks = documentedWorkflows()
const workflow = (name: string) => blocks.find(block => block.name === name)!
const table: string[] = []
const SLOWER = /parse.*(takes \d|slower)/
let stage: Stage

/** Fails with the log of the run, which alone says why. */
function seen(name: string, event: string, end: WorkflowEnd, state: object, expected: object): void {
  table.push(`${name.padEnd(10)} ${event.padEnd(28)} ${sayExpected(expected)}  ${end.seconds.toFixed(1)} s`)
  try {
    expect(state).toEqual(expected)
  } catch (error) {
    process.stdout.write(`${end.log}\n`)
    throw error
  }
}

function sayExpected(expected: object): string {
  return JSON.stringify(expected, (_, part) => (part?.asymmetricMatch ? `/${part.sample.source}/` : part))
}

const output = (end: WorkflowEnd, name: string) =>
  end.outputs.filter(([key]) => key === name).map(([, text]) => text)
const comments = () => stage.github.state.comments.map(({ body }) => /\*\*(.*?)\*\*/.exec(body)?.[1] ?? '')
const checks = () =>
  stage.github.state.checks.map(({ name, status, conclusion }) => `${name}: ${conclusion ?? status}`)

;(found ? describe : describe.skip)('every workflow that we publish, run by act', () => {
  beforeAll(async () => {
    stage = await setStage(found!.program)
  })
  afterAll(async () => {
    process.stdout.write(`${table.join('\n')}\n`)
    await stage.close()
  })
  beforeEach(() => {
    stage.github.forget()
    stage.github.state.comments.length = 0
    stage.github.state.checks.length = 0
  })

  test('gate: a breach, and then the next commit of the pull request', async () => {
    const slow = stage.sample.head(value('0.200'))
    const breach = await stage.pullRequest(workflow('gate'), slow)
    seen(
      'gate',
      'pull_request, slower',
      breach,
      [breach.jobs, output(breach, 'verdict'), comments(), stage.artifacts()],
      [{ gate: 'failure' }, ['fail'], [expect.stringMatching(SLOWER)], ['perf-verdict']],
    )
    const good = stage.sample.head(value('0.101'))
    const mended = await stage.pullRequest(workflow('gate'), good)
    seen(
      'gate',
      'pull_request, mended',
      mended,
      [mended.jobs, output(mended, 'verdict'), comments()],
      [{ gate: 'success' }, ['pass'], [expect.stringMatching(/did not get slower/)]],
    )
    const broken = await stage.pullRequest(workflow('gate'), stage.sample.head(value('0.1 broken')))
    seen(
      'gate',
      'pull_request, no build',
      broken,
      [broken.jobs, output(broken, 'verdict'), comments()],
      [{ gate: 'failure' }, ['fail'], [expect.stringMatching(/head side/)]],
    )
  })

  test('gate: a push keeps what it built for pull requests to come, and builds nothing a third time', async () => {
    const before = stage.sample.base
    stage.sample.advance(value('0.102'))
    const push = await stage.push(workflow('gate'), before)
    const kept = /head: kept as perf-verdict-base-[0-9a-f]{12}, the base of/.test(push.log)
    const builds = push.log.match(/built (?:base|head) in/g)?.length
    seen(
      'gate',
      'push',
      push,
      [push.jobs, output(push, 'verdict'), comments(), kept, builds],
      [{ gate: 'success' }, ['pass'], [], true, 2],
    )
    // act puts every job into a folder with a name of its own, and builds hold their path: here the base is never found, and that is said.
    // That it is found where the path stays is the double's to show.
    const pull = await stage.pullRequest(workflow('gate'), stage.sample.head(value('0.103')))
    const miss = /cache: miss, because no run of the default branch has kept this commit/.test(pull.log)
    seen('gate', 'pull_request after it', pull, [pull.jobs, miss], [{ gate: 'success' }, true])
  })

  test('gate: a push that paths leaves unmeasured keeps its build all the same', async () => {
    const { yaml, ...rest } = workflow('gate')
    const limited = yaml.replace('"parse=./bench parse" }', '"parse=./bench parse", paths: program.c }')
    expect(limited).not.toBe(yaml)
    const before = stage.sample.base
    stage.sample.advance({ 'notes.txt': 'nothing that is built' })
    const push = await stage.push({ ...rest, yaml: limited }, before)
    const kept = /kept as perf-verdict-base-[0-9a-f]{12}/.test(push.log)
    const rounds = /Measuring: /.test(push.log)
    seen(
      'gate',
      'push, paths untouched',
      push,
      [push.jobs, output(push, 'verdict'), kept, rounds],
      [{ gate: 'success' }, ['pass'], true, false],
    )
  })

  test('gate: an outsider accepts nothing, and a maintainer does, of a fork too', async () => {
    const { state } = stage.github
    const head = stage.sample.head(value('0.110'))
    const says = (login: string) =>
      addComment(state, {
        pull: stage.pull.number,
        body: 'perf accept parse=15%: bounds checks\nperf accept render=15%: bounds checks',
        author: { login, type: 'User', id: 5 },
      })
    const labels = (by: string) =>
      state.labelEvents.push({ pull: stage.pull.number, event: 'labeled', label: 'perf: accept', by })
    state.collaborators.set('ann', 'write')
    labels('mallory')
    says('mallory')
    const refused = await stage.pullRequest(workflow('gate'), head)
    const told = state.comments.some(({ body }) => body.includes('`mallory`, who has no write access'))
    seen('gate', 'label of an outsider', refused, [refused.jobs, told], [{ gate: 'failure' }, true])
    labels('ann')
    says('ann')
    const taken = await stage.pullRequest(workflow('gate'), head)
    const by = state.comments.some(({ body }) => body.includes('accepted by `@ann`'))
    seen(
      'gate',
      'label of a maintainer',
      taken,
      [taken.jobs, output(taken, 'verdict'), by],
      [{ gate: 'success' }, ['pass'], true],
    )
    const fork = await stage.pullRequest(workflow('gate'), head, { fork: true })
    seen(
      'gate',
      'the same from a fork',
      fork,
      [fork.jobs, output(fork, 'verdict')],
      [{ gate: 'success' }, ['pass']],
    )
    state.labelEvents.length = 0
    Object.assign(stage.pull, { headRepository: { id: state.repositoryId, fullName: 'octocat/hello-world' } })
  })

  test('publish: the report of a fork', async () => {
    const head = stage.sample.head(value('0.200'))
    const measured = await stage.pullRequest(workflow('gate'), head, { fork: true })
    seen('gate', 'pull_request from a fork', measured, [measured.jobs, comments()], [{ gate: 'failure' }, []])
    const told = await stage.workflowRun(workflow('publish'), head)
    seen(
      'publish',
      'workflow_run',
      told,
      [told.jobs, comments()],
      [{ publish: 'success' }, [expect.stringMatching(SLOWER)]],
    )
  })

  test('matrix: one comment and one check, whatever the shards came to', async () => {
    const slow = await stage.pullRequest(
      workflow('matrix'),
      stage.sample.head(value('argc > 1 && argv[1][0] == 112 ? 0.2 : 0.1')),
    )
    seen(
      'matrix',
      'pull_request, one slower',
      slow,
      [slow.jobs.verdict, output(slow, 'verdict').toSorted(), comments(), checks(), stage.artifacts()],
      [
        'failure',
        ['fail', 'fail', 'pass'],
        [expect.stringMatching(SLOWER)],
        [expect.stringMatching(/verdict\): failure$/)],
        ['perf-shard-1', 'perf-shard-2'],
      ],
    )
  })

  test('matrix: a shard whose runner dies leaves no pass of an earlier commit', async () => {
    const { yaml, ...rest } = workflow('matrix')
    const dying = yaml.replace(
      '    steps:\n',
      '    steps:\n      - { run: exit 1, if: "matrix.shard == 2" } # so that neither the gate nor, as always() would, the upload runs\n',
    )
    const dead = dying.replace(
      'if: always()\n        with: { name: "perf-shard',
      'if: "!failure()"\n        with: { name: "perf-shard',
    )
    expect(dead).not.toBe(dying)
    const marker = `<!-- perf-verdict:matrix-verdict v1 {"head":"${'b'.repeat(40)}","run":1,"attempt":1} -->`
    addComment(stage.github.state, {
      pull: stage.pull.number,
      body: `${marker}\n**Fine.**`,
      author: ACTIONS_BOT,
    })
    const run = await stage.pullRequest({ ...rest, yaml: dead }, stage.sample.head(value('0.101')))
    seen(
      'matrix',
      'pull_request, one shard dies',
      run,
      [run.jobs.verdict, output(run, 'verdict').toSorted(), comments(), checks(), stage.artifacts()],
      [
        'failure',
        ['error', 'pass'],
        [expect.stringMatching(/Shard 2 of 2 left no report/)],
        [expect.stringMatching(/verdict\): failure$/)],
        ['perf-shard-1'],
      ],
    )
  })

  test('compilers: a comment and a check each', async () => {
    const head = stage.sample.head(value('0.200'))
    const run = await stage.pullRequest(workflow('compilers'), head)
    seen(
      'compilers',
      'pull_request',
      run,
      [output(run, 'verdict'), comments().length, checks().length],
      [['fail', 'fail'], 2, 2],
    )
  })

  test('projects: each in its own folder of a checkout with a path', async () => {
    const head = stage.sample.head({ 'parser/value.h': value('0.200')['value.h'] })
    const run = await stage.pullRequest(workflow('projects'), head)
    seen(
      'projects',
      'pull_request, one slower',
      run,
      [output(run, 'verdict').toSorted(), comments().toSorted()],
      [
        ['fail', 'pass'],
        [expect.stringMatching(/Nothing was measured/), expect.stringMatching(/run.*(takes \d|slower)/)],
      ],
    )
  })

  test('queue: a check and no comment', async () => {
    const run = await stage.mergeGroup(workflow('queue'), stage.sample.head(value('0.200')))
    seen(
      'queue',
      'merge_group',
      run,
      [run.jobs, output(run, 'verdict'), comments(), checks()],
      [{ gate: 'failure' }, ['fail'], [], [expect.stringMatching(/gate\): failure$/)]],
    )
  })

  test('bisect: the commit since the newest tag', async () => {
    stage.sample.tag('v1.0')
    stage.sample.advance({ 'a.txt': '1' })
    const culprit = stage.sample.advance(value('0.300'))
    stage.sample.advance({ 'a.txt': '2' })
    const run = await stage.schedule(workflow('bisect'))
    seen(
      'bisect',
      'schedule',
      run,
      [run.jobs, run.log.includes(culprit.slice(0, 8)), stage.artifacts()],
      [{ bisect: 'failure' }, true, ['bisection']],
    )
  })

  test('history: a line for the push, on a branch of its own', async () => {
    const before = stage.sample.base
    stage.sample.advance(value('0.310'))
    const run = await stage.push(workflow('history'), before)
    const kept = fileAt(stage.github.state, 'perf-verdict-data', 'index.html') ?? ''
    seen(
      'history',
      'push',
      run,
      [run.jobs, kept.includes('Performance history')],
      [{ history: 'success' }, true],
    )
  })

  test('creep: one issue on what is slower than the release, and nothing said where there is no such commit', async () => {
    const run = await stage.schedule(workflow('creep'))
    const titles = stage.github.state.issues.map(({ title }) => title)
    seen(
      'creep',
      'schedule',
      run,
      [titles, output(run, 'verdict').toSorted()],
      [[expect.stringMatching(/slower than v1\.0$/)], ['fail', 'skipped']],
    )
  })

  test('is each block of the README and of docs', () => {
    const run = new Set(table.map(line => line.split(' ')[0]))
    expect(blocks.map(({ name }) => name).filter(name => !run.has(name))).toEqual([])
  })
})
