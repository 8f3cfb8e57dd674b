import { mkdirSync, writeFileSync } from 'node:fs'
import { doctorJson, gate, PARANOID, run } from './gate.mjs'
import { makeRepository, program } from './programs.mjs'
import { check, expect, job } from './results.mjs'

/** The same Arm without icount: its PMU is there and counts cycles, but no instructions, which must be noticed and said. */
await job(async () => {
  mkdirSync('/root/work', { recursive: true })
  // Small, because valgrind runs it emulated.
  const repository = makeRepository('/root/work/loop', {
    main: program({ rounds: 100 }),
    slow: program({ rounds: 110, cold: 40 }),
  })
  const more = [
    '--layouts',
    'off',
    '--bench',
    'loop=./bench',
    '--metric',
    'instructions',
    '--tune',
    'perf-paranoid',
    // Emulated valgrind on a busy machine: time is never what is asserted.
    '--timeout',
    '30m',
    '--budget',
    '60m',
  ]

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

  await check('gate --counters perf refuses to go on without counters, and says why', () => {
    const { status, report } = gate({ repository, head: 'slow', more: [...more, '--counters', 'perf'] })
    expect({
      'no pass': status !== 0 || report.sentence,
      'no answer': report.verdict !== 'pass' || report.verdict,
    })
    return `exit ${status}: ${report.sentence}`
  })

  await check('gate --counters auto simulates instead, and says so', () => {
    const { status, report } = gate({ repository, head: 'slow', more: [...more, '--counters', 'auto'] })
    const { counters } = report.benchmarks[0]
    expect({
      fails: status === 1 || `${status}: ${report.sentence} ${JSON.stringify(report.limitations)}`,
      simulated: counters?.source === 'simulated' || counters?.source,
      'said why':
        report.limitations.some(({ what }) => /hardware|count/i.test(what)) ||
        JSON.stringify(report.limitations),
    })
  })
})
