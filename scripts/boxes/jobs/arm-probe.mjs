import { existsSync, writeFileSync } from 'node:fs'
import { doctorJson, HOST, PARANOID, run, text } from './gate.mjs'
import { check, expect } from './results.mjs'

/** Of tens of millions; where the loader finds what it reads differs from run to run. */
const MOST_APART = 100
const setParanoid = level => writeFileSync(PARANOID, `${level}`)
const roles = doctor => Object.fromEntries(doctor.counters.events.map(({ role, ...rest }) => [role, rest]))

/** What the probe chooses and refuses, and what perf counts and samples of one program. */
export async function probe(repository) {
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
  await check(`instructions:u of one program agree within ${MOST_APART} over five repeats`, () => {
    const counts = Array.from({ length: 5 }, () => {
      const { out } = run(['perf', 'stat', '-x', ',', '-e', 'instructions:u', `${repository}/bench`], {
        user: 'runner',
      })
      return Number(/^(\d+),/m.exec(out)?.[1])
    })
    expect({
      counted: counts.every(count => count > 1e6) || counts.join(' '),
      equal: Math.max(...counts) - Math.min(...counts) <= MOST_APART || counts.join(' '),
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
}
