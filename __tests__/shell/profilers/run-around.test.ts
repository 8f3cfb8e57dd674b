import { describe, expect, test } from '@jest/globals'
import { readRun } from '../../../src/core/harness/read-run.ts'
import type { Job, JobOutcome } from '../../../src/shell/ports/ports.ts'
import { runAround } from '../../../src/shell/profilers/run-around.ts'
import { runUnder } from '../../../src/shell/profilers/run-under.ts'
import { worded } from '../../doubles/worded-fault.ts'

const FINE: JobOutcome = {
  seconds: 2,
  code: 0,
  signal: null,
  timedOut: false,
  stdout: 'value\n',
  stderr: '',
  truncated: false,
}
const JOB: Job = {
  argv: ['./bench'],
  tree: '/tree',
  cwd: '/tree/sub',
  env: { A: '1' },
  timeoutSeconds: 9,
  scheduling: { cpus: '3' },
}
const AROUND = { prepare: 'cp a b', conclude: 'rm b' }

function sandboxOf(ends: Readonly<Record<string, Partial<JobOutcome>>> = {}) {
  const jobs: Job[] = []
  const run = async (job: Job): Promise<JobOutcome> => {
    jobs.push(job)
    return { ...FINE, ...ends[job.argv.at(-1)!] }
  }
  return { jobs, sandbox: { run } }
}

const lastWords = (jobs: readonly Job[]) => jobs.map(({ argv }) => argv.at(-1))

describe('a run between its prepare and its conclude', () => {
  test('has the time and the output of the run alone, and all three run in one place', async () => {
    const { sandbox, jobs } = sandboxOf({ 'cp a b': { seconds: 100, stdout: 'prepared' } })
    expect(await runAround(sandbox, JOB, AROUND)).toEqual(FINE)
    expect(lastWords(jobs)).toEqual(['cp a b', './bench', 'rm b'])
    for (const job of jobs)
      expect(job).toMatchObject({ tree: '/tree', cwd: '/tree/sub', env: { A: '1' }, timeoutSeconds: 9 })
    // Only the run itself is timed on the CPUs that were kept for it.
    expect(jobs.map(({ scheduling }) => scheduling)).toEqual([undefined, { cpus: '3' }, undefined])
  })

  test.each([
    {
      what: 'a prepare that fails takes the place of the run, and is concluded',
      ends: { 'cp a b': { code: 3, stderr: 'cp: no a\n' } },
      ran: ['cp a b', 'rm b'],
      clause: 'was not run, because its prepare command exited with code 3',
      kind: 'prepare',
      lastLines: ['value', 'cp: no a'],
    },
    {
      what: 'a prepare that hangs',
      ends: { 'cp a b': { code: null, timedOut: true, seconds: 9 } },
      ran: ['cp a b', 'rm b'],
      clause: 'was not run, because its prepare command was ended by its time limit after 9.0 s',
      kind: 'prepare',
      lastLines: ['value'],
    },
    {
      what: 'a conclude that fails makes a good run a fault',
      ends: { 'rm b': { code: 1, stderr: 'rm: no b\n', stdout: '' } },
      ran: ['cp a b', './bench', 'rm b'],
      clause: 'ran, but its conclude command exited with code 1',
      kind: 'conclude',
      lastLines: ['rm: no b'],
    },
    {
      what: 'a run that fails is concluded, and is what failed',
      ends: { './bench': { code: 7 }, 'rm b': { code: 1 } },
      ran: ['cp a b', './bench', 'rm b'],
      clause: 'exited with code 7',
      kind: 'crash',
      lastLines: ['value'],
    },
    {
      what: 'a command that is not there',
      ends: { 'cp a b': { code: 127, stderr: 'bash: line 1: cpp: command not found\n', stdout: '' } },
      ran: ['cp a b', 'rm b'],
      clause: 'was not run, because its prepare command could not be started ("cpp: command not found")',
      kind: 'prepare',
      lastLines: ['bash: line 1: cpp: command not found'],
    },
  ])('$what', async ({ ends, ran, clause, kind, lastLines }) => {
    const { sandbox, jobs } = sandboxOf(ends)
    const outcome = await runAround(sandbox, JOB, AROUND)
    expect(lastWords(jobs)).toEqual(ran)
    expect(worded(readRun(outcome, { kind: 'wall' }, () => []))).toEqual({
      ok: false,
      fault: { kind, clause, lastLines },
    })
  })

  test('is the same under a tool that counts, which counts neither of them', async () => {
    const { sandbox, jobs } = sandboxOf()
    const port = { ...sandbox } as unknown as Parameters<typeof runUnder>[0]
    const workload = { side: 'head', command: './bench', tree: '/t', env: {}, timeoutSeconds: 5 } as const
    await runUnder(port, ['valgrind'], { ...workload, around: AROUND })
    expect(jobs.map(({ argv }) => [argv[0], argv.at(-1)])).toEqual([
      ['bash', 'cp a b'],
      ['valgrind', './bench'],
      ['bash', 'rm b'],
    ])
  })
})
