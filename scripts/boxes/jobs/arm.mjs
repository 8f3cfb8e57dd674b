import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { doctorJson, gate, HOST, run, text } from './gate.mjs'
import { makeRepository, program } from './programs.mjs'
import { check, expect, job } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'

/** An Arm whose PMU counts every instruction: what the probe takes, and gates by hardware as root and as a runner. */
const PARANOID = '/proc/sys/kernel/perf_event_paranoid'
const INSTRUCTIONS_MORE = 0.1
const USER = 1000
/** Explained programs (__tests__/flow/diagnose) that any architecture can show. */
const DIAGNOSED = [
  'cold code grows between hot code',
  'cold code shrinks between hot code',
  'cold data grows between hot data',
  'a callee does more',
  'inlining is lost',
]

const setParanoid = level => writeFileSync(PARANOID, `${level}`)
const row = ({ report }, name) => report.benchmarks.find(benchmark => benchmark.name === name)
const roles = doctor => Object.fromEntries(doctor.counters.events.map(({ role, ...rest }) => [role, rest]))

await job(async () => {
  mkdirSync('/home/runner/work', { recursive: true })
  const repository = makeRepository(
    '/home/runner/work/loop',
    {
      main: program({ rounds: 4000 }),
      slow: program({ rounds: 4400, cold: 40 }),
      twin: program({ rounds: 4000, message: 'steady', cold: 5 }),
    },
    USER,
  )
  run(['chown', '-R', `${USER}:${USER}`, '/home/runner'])

  const before = readSettings()

  await check('Debian closes the counters (perf_event_paranoid 3), and there is an armv8_pmuv3', () =>
    expect({
      'paranoid is 3': text(PARANOID) === '3',
      'armv8_pmuv3 is registered': existsSync('/sys/bus/event_source/devices/armv8_pmuv3'),
    }),
  )

  await check('host install without systemd lets the runner hold, recover and ask', () => {
    const installed = run(['node', HOST, 'install', '--user', 'runner'])
    const status = run(['sudo', '-n', '/usr/local/sbin/perf-verdict-host', 'status'], { user: 'runner' })
    const other = run(['sudo', '-n', '/usr/bin/id'], { user: 'runner' })
    expect({
      installed: installed.status === 0 || installed.out,
      'status by sudo': status.status === 0 || status.out,
      'nothing else by sudo': other.status !== 0,
    })
  })

  await check('doctor of an ordinary user at paranoid 3: closed now, opened by a gate that tunes', () => {
    const doctor = doctorJson('runner')
    expect({
      'no hardware now': doctor.counters.hardware === false,
      'instructions can be counted': doctor.metric === 'instructions',
      'by hardware':
        doctor.because.some(line => line.includes('counted by hardware')) || doctor.because.join(' '),
      'it is virtual': doctor.machine.virtual === true,
    })
  })

  setParanoid(2)
  await check(
    'the probe takes instructions, cycles and page faults, and refuses cache and stall events by name and by number',
    () => {
      const found = roles(doctorJson('runner'))
      const refused = ['icache-misses', 'front-end-stalls', 'back-end-stalls', 'dcache-misses', 'itlb-misses']
      const tried = refused.flatMap(role => found[role]?.tried ?? [])
      expect({
        instructions:
          found.instructions?.event?.includes('instructions') === true || JSON.stringify(found.instructions),
        cycles: found.cycles?.event?.includes('cycles') === true || JSON.stringify(found.cycles),
        ...Object.fromEntries(
          refused.map(role => [
            `${role} refused with a reason`,
            found[role]?.event === null && found[role].tried.length > 0,
          ]),
        ),
        'every reason is a sentence about the event': tried.every(({ why }) => !/error:?\s*$/i.test(why)),
      })
      return [...new Set(tried.map(({ event, why }) => `${event}: ${why}`))].join('; ')
    },
  )

  run(['make', '-C', repository], { user: 'runner' })
  await check('instructions:u of one program agree within ten over five repeats', () => {
    const counts = Array.from({ length: 5 }, () => {
      const { out } = run(['perf', 'stat', '-x', ',', '-e', 'instructions:u', `${repository}/bench`], {
        user: 'runner',
      })
      return Number(/^(\d+),/m.exec(out)?.[1])
    })
    expect({
      counted: counts.every(count => count > 1e6) || counts.join(' '),
      equal: Math.max(...counts) - Math.min(...counts) <= 10 || counts.join(' '),
    })
    return counts.join(' ')
  })

  await check('perf record takes samples by overflow of cycles:u, and they fall on the loop', () => {
    const recorded = run([
      'perf',
      'record',
      '-q',
      '-e',
      'cycles:u',
      '-c',
      '20000',
      '-o',
      '/tmp/perf.data',
      `${repository}/bench`,
    ])
    const script = run(['perf', 'script', '-i', '/tmp/perf.data', '-F', 'ip,sym'])
    const samples = script.out.split('\n').filter(line => line.trim() !== '')
    const hot = samples.filter(line => /\b(hot|mix)\b/.test(line)).length
    expect({
      recorded: recorded.status === 0 || recorded.out,
      'many samples': samples.length > 100 || samples.length,
      'nine in ten are in the loop': hot > samples.length * 0.9 || `${hot} of ${samples.length}`,
    })
    return `${samples.length} samples, ${hot} in the loop`
  })
  run(['make', '-C', repository, 'clean'], { user: 'runner' })
  setParanoid(3)

  const byPerf = ['--counters', 'perf', '--layouts', 'off', '--bench', 'loop=./bench']
  let slow
  await check(
    'gate --counters perf of a runner at paranoid 3 fails for 10 % more instructions, cause work',
    () => {
      slow = gate({ repository, head: 'slow', more: byPerf, user: 'runner' })
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

  for (const name of DIAGNOSED) {
    await check(`bodies, moves and displacers of AArch64 code (simulated): ${name}`, () => {
      const ran = run(['node', '/job/scripts/diagnose.mjs', name])
      if (ran.status !== 0) throw new Error(ran.out.slice(-1000))
      const { architecture, expected, cause, suspects, displacers } = JSON.parse(ran.out)
      const named = displacers.map(({ symbol }) => symbol)
      const missing = (expected.displacers ?? []).filter(symbol => !named.includes(symbol))
      const unsuspected = (expected.suspects ?? []).filter(
        wanted => !suspects.some(({ symbol }) => symbol === wanted),
      )
      expect({
        'on arm64': architecture === 'arm64',
        'the cause': cause.kind === expected.kind || `${cause.kind}: ${cause.because.join(' ')}`,
        'its suspects': unsuspected.length === 0 || `without ${unsuspected}`,
        'its displacers': missing.length === 0 || `${named} without ${missing}`,
      })
      return `${cause.kind}, ${suspects.length} suspects, ${displacers.length} displacers`
    })
  }

  await check('gate --counters perf passes the equal twin', () => {
    const twin = gate({ repository, head: 'twin', more: byPerf, user: 'runner' })
    const { decision, change } = row(twin, 'loop')
    expect({
      'exit 0': twin.status === 0 || `${twin.status}: ${twin.report.sentence}`,
      'not slower': decision !== 'slower' || decision,
    })
    return `${decision}, time × ${change?.ratio.toFixed(3)}`
  })

  const byInstructions = [...byPerf, '--metric', 'instructions']
  for (const [head, code] of [
    ['slow', 1],
    ['twin', 0],
  ]) {
    await check(
      `gate --metric instructions ${code === 1 ? 'fails for 10 % more' : 'passes the equal twin'}, by hardware`,
      () => {
        const judged = gate({ repository, head, more: byInstructions, user: 'runner' })
        const { change, counters, metric } = row(judged, 'loop')
        expect({
          'exit code': judged.status === code || `${judged.status}: ${judged.report.sentence}`,
          metric: metric === 'instructions',
          'by perf': counters?.source === 'perf' || JSON.stringify(counters),
        })
        return `instructions × ${change?.ratio.toFixed(4)}`
      },
    )
  }
  await check('after all gates perf_event_paranoid is 3, and every other setting is what it was', () => {
    const left = changedSince(before)
    expect({ 'is 3': text(PARANOID) === '3', 'nothing is left': left.length === 0 || left.join('; ') })
    return `${Object.keys(before).length} settings`
  })
})
