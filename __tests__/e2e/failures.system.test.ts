// Shares the machine: nothing here depends on the clock.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { processesOf } from '../doubles/proc.ts'
import { type Gated, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
})
afterAll(async () => await stage.close())
afterEach(() => expect(stage.github.violations()).toEqual([]))

const code = (run: Gated) => run.stages.find(one => one.name === 'main')?.code

describe('builds and benchmarks that fail', () => {
  test.each([
    ['head', '0.1 broken', 1, 'fail', /head side/],
    ['base', '0.1', 3, 'error', /base side/],
  ])('a build that fails on the %s alone', async (side, text, exit, verdict, says) => {
    const build = side === 'head' ? 'cc -o program program.c' : 'test -e new && cc -o program program.c'
    const run = await stage.gate(stage.sample.head({ ...value(text), new: '' }), { inputs: { build } })
    expect([code(run), run.outputs.verdict]).toEqual([exit, verdict])
    expect(run.report?.errors).toEqual([expect.objectContaining({ what: expect.stringMatching(says) })])
    expect(run.report?.errors[0]?.detail ?? '').toContain(side === 'head' ? 'error' : '')
    const place = side === 'head' ? { file: 'value.h', line: '1' } : {}
    expect(run.annotations).toContainEqual(expect.objectContaining({ level: 'error', ...place }))
  })

  test('a build that fails on both sides shows both', async () => {
    const build = 'echo only on "$PERF_VERDICT_SIDE" >&2; exit 3'
    const run = await stage.gate(stage.sample.head(value('0.2')), { inputs: { build } })
    expect([code(run), run.outputs.verdict]).toEqual([3, 'error'])
    expect(run.report?.errors.map(error => error.detail)).toEqual(['only on base', 'only on head'])
    expect(run.report?.errors[0]?.what).toContain('exited with code 3')
  })

  test.each([
    ['crashes', 'abort()', 'fail', 1],
    ['prints nothing', 'return 0', 'fail', 1],
    ['prints what is not a number', 'puts("nan")', 'fail', 1],
    ['prints infinity', 'puts("1e999")', 'fail', 1],
    ['prints a negative time', 'puts("-0.1")', 'fail', 1],
  ])('a benchmark that %s on the head is no pass', async (_, statement, verdict, exit) => {
    const program = PRINT.replace('printf', `${statement};\n  printf`).replace(
      '#include',
      '#include <stdlib.h>\n#include',
    )
    const quiet = statement.startsWith('puts') ? program.replace(/ {2}printf.*\n/, '') : program
    const run = await stage.gate(stage.sample.head({ 'program.c': quiet }))
    expect([code(run), run.outputs.verdict]).toEqual([exit, verdict])
    expect(run.report?.benchmarks[0]).toMatchObject({ decision: 'unmeasured', fault: { side: 'head' } })
  })

  test('a benchmark that hangs is ended by its time limit, and nothing of it is left', async () => {
    const marker = `pv-hang-${process.pid}`
    const program = `#include <unistd.h>
int main(void) {
  return execlp("sh", "sh", "-c", "sleep 300; :", "${marker}", (char *)0);
}
`
    const run = await stage.gate(stage.sample.head({ 'program.c': program }), { inputs: { timeout: '1s' } })
    expect(run.outputs.verdict).not.toBe('pass')
    expect(run.report?.benchmarks[0]?.reason).toContain('time limit')
    expect(processesOf(marker)).toEqual([])
  })

  test('a benchmark that leaves processes behind leaves none', async () => {
    const marker = `pv-left-${process.pid}`
    const leave = `system("(setsid sh -c 'sleep 300; :' ${marker} </dev/null >/dev/null 2>&1 &) ; (sh -c 'sleep 300; :' ${marker} &)");`
    const program = PRINT.replace('printf', `${leave}\n  printf`).replace(
      '#include',
      '#include <stdlib.h>\n#include',
    )
    const run = await stage.gate(stage.sample.head({ 'program.c': program, ...value('0.100') }))
    expect(['pass', 'error', 'undecided', 'fail']).toContain(run.outputs.verdict)
    // Without namespaces and without another user there is nothing to find a detached process by, and the report says so.
    if (run.report?.host.isolation === 'none') process.stdout.write('skipped: no isolation on this machine\n')
    else expect(processesOf(marker)).toEqual([])
  })

  test('a benchmark that prints 100 MB is read to its end and loses its value, and the log stays small', async () => {
    const flood =
      'for (int i = 0; i < 100 * 1024; i++) { static char line[1024]; line[1022] = 10; for (int j = 0; j < 1022; j++) line[j] = 120; fputs(line, stdout); }'
    const program = PRINT.replace('printf', `${flood}\n  printf`)
    const run = await stage.gate(stage.sample.head({ 'program.c': program, ...value('0.100') }))
    expect(run.outputs.verdict).toBe('fail')
    expect(run.report?.benchmarks[0]?.reason).toContain('printed more than is kept')
    expect(run.log.length).toBeLessThan(100_000)
  })
})

describe('code of a pull request that speaks to the runner', () => {
  const hostile = [
    '::set-output name=verdict::pass',
    '##[set-output name=verdict;]pass',
    '::add-mask::fail',
    '::stop-commands::x',
    '::save-state name=x::y',
    '::error::foreign',
    'x ##[error]foreign',
  ]
  const shout = hostile.map(line => `puts("${line}"); fputs("${line}\\n", stderr);`).join(' ')

  test('is not heard: neither what its build nor what its benchmark prints', async () => {
    const program = PRINT.replace('printf', `${shout}\n  printf`)
    const build = `${hostile.map(line => `echo '${line}'`).join('; ')}; cc -o program program.c && exit 1`
    const quiet = await stage.gate(stage.sample.head({ 'program.c': program, ...value('0.100') }), {
      inputs: { format: 'regex:^([0-9.]+)$' },
    })
    const failed = await stage.gate(stage.sample.head(value('0.1')), { inputs: { build } })
    for (const run of [quiet, failed]) {
      const known = ['add-mask', 'error', 'warning', 'notice', 'group', 'endgroup', 'stop-commands', 'debug']
      expect(run.commands.filter(name => !known.includes(name))).toEqual([])
      expect(run.annotations.filter(one => one.message.startsWith('foreign'))).toEqual([])
      expect(run.state).toEqual({})
    }
    expect(quiet.outputs.verdict).toBe('pass')
    expect(failed.outputs.verdict).toBe('error')
  })

  test('and writes to its files, makes the run an error and has no effect', async () => {
    const write = 'for f in "$1"/runner/_temp/_runner_file_commands/*; do echo LD_PRELOAD=/evil >> "$f"; done'
    const inputs = {
      isolation: 'off',
      build: `cc -o program program.c; sh -c '${write}' x ${stage.sample.root}`,
    }
    const run = await stage.gate(stage.sample.head(value('0.101')), { inputs })
    expect([code(run), run.outputs.verdict]).toEqual([3, 'error'])
    expect(run.variables).toEqual({})
    expect(run.outputs).not.toHaveProperty('LD_PRELOAD')
    expect(run.annotations.some(one => one.message.includes('GITHUB_ENV'))).toBe(true)
  })
})
