import { describe, expect, test } from '@jest/globals'
import { commandOf, isWorthFollowing, type WorkerFiles, workerOf } from '../../../src/core/counters/worker.ts'

const FILES: WorkerFiles = {
  cmdline: 'python3\0bench.py\0two  words\0',
  environ: "PATH=/opt/py/bin:/usr/bin\0QUOTE=it's\0BASH_FUNC_x%%=() { :; }\0GODEBUG=a=1\0",
  cwd: '/work/tree\n',
  exe: '/opt/py/bin/python3.11\n',
  time: '250 30\n',
  times: '0m0.010000s 0m0.000000s\n0m2.500000s 0m0.200000s\n',
  ticks: '100\n',
}

describe('the process that does the work', () => {
  test('is told with its own time, without that of what ran in its place before, and the rest', () => {
    const worker = workerOf(FILES)!
    expect(worker).toMatchObject({
      program: '/opt/py/bin/python3.11',
      words: ['python3', 'bench.py', 'two  words'],
    })
    expect(worker.seconds).toBeCloseTo(2.2)
    expect(worker.launcherSeconds).toBeCloseTo(0.5)
    expect(isWorthFollowing(worker)).toBe(true)
  })

  test('is started as it was started; names that no shell has, and what each run sets, are left out', () => {
    expect(commandOf(workerOf(FILES)!)).toBe(
      `cd -- '/work/tree' && exec env -i 'PATH=/opt/py/bin:/usr/bin' 'QUOTE=it'\\''s' PERF_VERDICT_PADDING="$PERF_VERDICT_PADDING" GODEBUG="$GODEBUG" GOMAXPROCS="$GOMAXPROCS" bash -c 'exec -a "$0" "$@"' 'python3' '/opt/py/bin/python3.11' 'bench.py' 'two  words'`,
    )
  })

  test.each<[string, Partial<WorkerFiles>]>([
    ['nothing was seen', { cmdline: undefined }],
    ['its program was deleted meanwhile', { exe: '/tmp/go-build1/exe/bench (deleted)\n' }],
    ['the kernel does not show its program', { exe: undefined }],
    ['its times make no sense', { times: 'none' }],
  ])('is not told where %s', (_, missing) => {
    expect(workerOf({ ...FILES, ...missing })).toBeUndefined()
  })

  test.each([
    ['a shell that only starts it', 3, 0.02],
    ['several that work alike', 1, 2],
  ])('%s is no reason to follow it', (_, seconds, launcherSeconds) => {
    expect(isWorthFollowing({ ...workerOf(FILES)!, seconds, launcherSeconds })).toBe(false)
  })
})
