import { gate, PARANOID, text } from './gate.mjs'
import { check, expect } from './results.mjs'

const INSTRUCTIONS_MORE = 0.1
const BY_PERF = [
  ...['--counters', 'perf', '--metric', 'time,instructions'],
  ...['--layouts', 'off', '--bench', 'loop=./bench'],
]
const row = ({ report }, name) => report.benchmarks.find(benchmark => benchmark.name === name)

/** Gates by hardware on time and on instructions, as a runner: one that fails, with what it shows, and one that passes. */
export async function gates(repository) {
  let slow
  await check(
    'gate --counters perf of a runner at paranoid 3 fails for 10 % more instructions, cause work',
    () => {
      slow = gate({ repository, head: 'slow', more: BY_PERF, user: 'runner' })
      const { decision, change, counters, cause } = row(slow, 'loop')
      const grown = counters.head.instructions / counters.base.instructions - 1
      expect({
        'exit 1': slow.status === 1 || slow.status,
        slower: decision === 'slower' || decision,
        'time grew as the work did': Math.abs(change.ratio - 1 - INSTRUCTIONS_MORE) < 0.03 || change.ratio,
        'counted by perf': counters.source === 'perf' || counters.source,
        'ten percent': Math.abs(grown - INSTRUCTIONS_MORE) < 0.01 || grown,
        'cause work': cause.kind === 'work' || `${cause.kind}: ${cause.because}`,
      })
      return `+${(grown * 100).toFixed(2)} % instructions, time × ${change.ratio.toFixed(3)}`
    },
  )

  await check('the same gate fails on metric instructions as well, by hardware', () =>
    byInstructions(slow, decision => decision === 'slower'),
  )

  await check('the hold lowered perf_event_paranoid to 2, and put 3 back', () => {
    const knob = slow.report.host.knobs.find(({ name }) => name === 'perf-paranoid')
    expect({
      'found 3': knob?.found === '3' || JSON.stringify(knob),
      'set 2': knob?.set === '2',
      'said to be put back': knob?.restored === true,
      'is 3 again': text(PARANOID) === '3' || text(PARANOID),
    })
  })

  await check(
    'hot code of the native program, sampled by the PMU: the loop leads, unchanged and moved',
    () => {
      const { hot, touched } = row(slow, 'loop')
      const loops = hot?.filter(({ symbol }) => symbol === 'hot' || symbol === 'mix') ?? []
      expect({
        'both lead': hot?.slice(0, 2).every(each => loops.includes(each)) || JSON.stringify(hot?.slice(0, 2)),
        'the same code, moved': loops.every(({ state }) => state === 'moved') || JSON.stringify(loops),
        'touched functions':
          touched?.some(({ function: name }) => name === 'main') || JSON.stringify(touched),
      })
      return loops.map(({ symbol, base }) => `${symbol} ${(base.share * 100).toFixed(0)} %`).join(', ')
    },
  )

  let twin
  await check('gate --counters perf passes the equal twin', () => {
    twin = gate({ repository, head: 'twin', more: BY_PERF, user: 'runner' })
    const { decision, change } = row(twin, 'loop')
    expect({
      'exit 0': twin.status === 0 || `${twin.status}: ${twin.report.sentence}`,
      'not slower': decision !== 'slower' || decision,
    })
    return `${decision}, time × ${change?.ratio.toFixed(3)}`
  })

  await check('the same gate passes it on metric instructions as well, by hardware', () =>
    byInstructions(twin, decision => decision !== 'slower'),
  )
}

function byInstructions(judged, isRight) {
  const { decision, change, counters, metric } = row(judged, 'loop (instructions)')
  expect({
    metric: metric === 'instructions' || metric,
    decision: isRight(decision) || decision,
    'by perf': counters?.source === 'perf' || JSON.stringify(counters),
  })
  return `${decision}, instructions × ${change?.ratio.toFixed(4)}`
}
