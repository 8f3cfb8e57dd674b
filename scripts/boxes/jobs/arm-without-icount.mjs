import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { bodies } from './arm-bodies.mjs'
import { CLI, doctorJson, gate, PARANOID, run } from './gate.mjs'
import { makeRepository, program } from './programs.mjs'
import { check, expect, job, part } from './results.mjs'

const HALF = [
  ...['--layouts', 'off', '--metric', 'instructions', '--tune', 'perf-paranoid'],
  // Emulated valgrind on a busy machine: time is never what is asserted.
  ...['--timeout', '30m', '--budget', '60m'],
]

/**
 * The same Arm without icount: its PMU is there and counts cycles, but no instructions, which must be noticed and said. What needs no PMU is
 * run here as well, because it is emulated faster.
 */
await job(async () => {
  await part('half-a-pmu', halfAPmu)
  await part('bodies', bodies)
})

async function halfAPmu() {
  mkdirSync('/root/work', { recursive: true })
  // Small, because valgrind runs it emulated.
  const repository = makeRepository('/root/work/loop', {
    main: program({ rounds: 100 }),
    slow: program({ rounds: 110, cold: 40 }),
  })
  writeFileSync(PARANOID, '2')
  await check(
    'a PMU that counts no instructions is not called hardware counters, and the reason names it',
    () => {
      const { counters } = doctorJson()
      const said = counters.limitations.map(({ what }) => what).join(' ')
      expect({
        'no hardware': counters.hardware === false,
        'instructions are what is missing': /its PMU does not count instructions,/.test(said) || said,
      })
      return said
    },
  )

  await check('the same PMU counts cycles, as perf alone shows', () => {
    const { out } = run(['perf', 'stat', '-x', ',', '-e', 'cycles:u,instructions:u', 'true'])
    const cycles = Number(/^(\d+),,cycles/m.exec(out)?.[1])
    expect({ 'cycles above zero': cycles > 0 || out })
    return out.trim().split('\n').join('; ')
  })
  writeFileSync(PARANOID, '3')

  await check(
    'two builds compared with --counters perf: no verdict without counters, and it says why',
    () => {
      for (const branch of ['slow', 'main']) {
        run(['git', '-C', repository, 'switch', '--quiet', branch])
        run(['make', '-C', repository, 'clean', 'bench'])
        run(['cp', `${repository}/bench`, `/root/work/${branch}`])
      }
      const words = ['./main', './slow', ...HALF, '--counters', 'perf', '--out', '/root/work/compared']
      const { status, out } = run(['node', CLI, 'compare', ...words], { cwd: '/root/work' })
      const report = JSON.parse(readFileSync('/root/work/compared/report.json', 'utf8'))
      expect({
        'no answer': status === 3 || `${status} ${out.slice(-400)}`,
        'said why':
          report.limitations.some(({ what }) => /does not count instructions/.test(what)) ||
          JSON.stringify(report.limitations),
      })
      return `exit ${status}: ${report.sentence}`
    },
  )

  await check('gate --counters auto simulates instead, and says so', () => {
    const { status, report } = gate({
      repository,
      head: 'slow',
      more: ['--bench', 'loop=./bench', ...HALF, '--counters', 'auto'],
    })
    const { counters } = report.benchmarks[0]
    expect({
      fails: status === 1 || `${status}: ${report.sentence} ${JSON.stringify(report.limitations)}`,
      simulated: counters?.source === 'simulated' || counters?.source,
      'said why':
        report.limitations.some(({ what }) => /hardware|count/i.test(what)) ||
        JSON.stringify(report.limitations),
    })
  })
}
