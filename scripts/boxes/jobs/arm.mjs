import { mkdirSync } from 'node:fs'
import { gates } from './arm-gates.mjs'
import { probe } from './arm-probe.mjs'
import { HOST, PARANOID, run, text } from './gate.mjs'
import { makeRepository, program } from './programs.mjs'
import { check, expect, job, part } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'

/** An Arm whose PMU counts every instruction: what the probe takes, and gates by hardware as root and as a runner. */
const USER = 1000

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

  await part('probe', () => probe(repository))
  // Installing again changes nothing; the other parts need it where this one was left out.
  run(['node', HOST, 'install', '--user', 'runner'])
  await part('gates', () => gates(repository))
  await check('after all gates perf_event_paranoid is 3, and every other setting is what it was', () => {
    const left = changedSince(before)
    expect({ 'is 3': text(PARANOID) === '3', 'nothing is left': left.length === 0 || left.join('; ') })
    return `${Object.keys(before).length} settings`
  })
})
