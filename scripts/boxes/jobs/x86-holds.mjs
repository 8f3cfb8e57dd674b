import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { run, text } from './gate.mjs'
import { COMMAND, killHost, startHold } from './hold.mjs'
import { check, expect, note } from './results.mjs'
import { changedSince, readSettings } from './settings.mjs'

const KILLS = 10
const JOURNAL = '/run/perf-verdict/journal'
const isolated = () =>
  readdirSync('/sys/fs/cgroup', { recursive: true })
    .filter(path => path.endsWith('cpuset.cpus.partition'))
    .map(path => text(`/sys/fs/cgroup/${path}`))
    .some(state => state.startsWith('isolated') && !state.includes('invalid'))

const WATCHDOGS = ['watchdog', 'soft_watchdog', 'nmi_watchdog'].map(name => `/proc/sys/kernel/${name}`)
const watchdogs = () => WATCHDOGS.map(path => (existsSync(path) ? text(path) : '-')).join(' ')

export async function holds() {
  const before = readSettings()
  await check(
    'kernel.watchdog, read before, during and after a hold, is what it was; so are both detectors',
    async () => {
      const found = watchdogs()
      const hold = startHold('auto')
      await hold.ready
      // The first read shows that both detectors are off, and switches off their master; the second shows what that left.
      const [first, second] = [watchdogs(), watchdogs()]
      await hold.end()
      const left = watchdogs()
      expect({
        'a detector was on': found.startsWith('1 1') || found,
        'off while held': second.startsWith('0 0') || second,
        'as before': left === found || `${found}, then ${first}, ${second}, then ${left}`,
      })
      return `${found}, held ${second}, after ${left}`
    },
  )

  for (const [user, profile, wanted] of [
    [
      'runner',
      'auto',
      ['irqbalance', 'smp_affinity', 'transparent_hugepage', 'swappiness', 'perf_event_paranoid'],
    ],
    [
      undefined,
      'auto',
      ['irqbalance', 'smp_affinity', 'transparent_hugepage', 'swappiness', 'perf_event_paranoid'],
    ],
    [undefined, 'required', ['irqbalance', 'cpu/online', 'smp_affinity']],
  ]) {
    await check(
      `a hold of ${user ?? 'root'} (${profile}) sets, and puts back when its input ends`,
      async () => {
        const hold = startHold(profile, user)
        const ready = await hold.ready
        const changed = changedSince(before)
        const partition = isolated()
        await hold.end()
        const left = changedSince(before)
        expect({
          ready: ready !== undefined || hold.events.join(),
          ...Object.fromEntries(
            wanted.map(name => [
              `${name} was set`,
              changed.some(line => line.includes(name)) || changed.join('; '),
            ]),
          ),
          ...(profile === 'required' ? { 'an isolated partition': partition } : {}),
          'nothing is left': left.length === 0 || left.join('; '),
        })
        return `${changed.length} settings on CPU ${ready.cpus}`
      },
    )
  }
}

/** Where in the life of a hold it is killed; the random moment is within that. */
const PHASES = ['starting', 'setting', 'held', 'putting back']

export async function kills() {
  const before = readSettings()
  const hits = Object.fromEntries(PHASES.map(phase => [phase, 0]))
  await check(
    `SIGKILL of the host at ${KILLS} random moments: the recover unit puts everything back`,
    async () => {
      const left = []
      const spans = await spansOfAHold()
      for (let kill = 0; kill < KILLS; kill++) {
        const phase = PHASES[kill % PHASES.length]
        const user = (kill + (kill >> 2)) % 2 === 0 ? 'runner' : undefined
        const moment = Math.random()
        await killedHold({ phase, user, moment, spans })
        const changed = changedSince(before).length
        if (changed > 0) hits[phase]++
        else if (phase === 'held') left.push(`kill ${kill}: a hold that was ready had changed nothing`)
        const unit = run(['systemctl', 'start', 'perf-verdict-recover.service'])
        const after = changedSince(before)
        if (unit.status !== 0 || after.length > 0) left.push(`kill ${kill}: ${unit.out} ${after.join('; ')}`)
        note(
          `kill ${kill + 1} (${user ?? 'root'}, ${phase}, at ${moment.toFixed(2)} of it): ${changed} settings were changed, ${after.length} after recovery`,
        )
      }
      expect({ 'nothing is left': left.length === 0 || left.join(' | ') })
      return `settings were changed at ${Object.entries(hits)
        .map(([phase, count]) => `${count} kills while ${phase}`)
        .join(', ')}`
    },
  )

  await check('after the kills nobody holds the machine and no journal waits', () => {
    const { out } = run([COMMAND, 'status'])
    expect({
      'nobody holds': out.includes('Nobody holds the machine') || out,
      'no journal': out.includes('No settings wait to be restored') || out,
    })
  })
}

/** How many milliseconds each phase of a hold takes here. */
async function spansOfAHold() {
  const began = performance.now()
  const whole = startHold('auto')
  await untilThere(JOURNAL, whole)
  const journaled = performance.now()
  await whole.ready
  const ready = performance.now()
  await whole.end()
  const over = performance.now()
  const setting = ready - journaled
  return { starting: journaled - began, setting, held: setting, 'putting back': over - ready }
}

/** A hold that is killed in a phase; when its time is over sooner than thought, it has ended by itself. */
async function killedHold({ phase, user, moment, spans }) {
  const hold = startHold(user === undefined ? 'required' : 'auto', user)
  const over = hold.ended.then(() => true)
  if (phase !== 'starting') await untilThere(JOURNAL, hold)
  if (phase === 'held' || phase === 'putting back') await hold.ready
  if (phase === 'putting back') void hold.end()
  await sleep(moment * spans[phase])
  // At the first moments there is no host process yet, only sudo and the shell in front of it.
  while (!killHost() && !(await Promise.race([over, sleep(20, false)])));
  await hold.ended
}

async function untilThere(path, { ended }) {
  const over = ended.then(() => true)
  while (!existsSync(path) && !(await Promise.race([over, sleep(5, false)])));
}

/** Leaves a hold of everything behind, for the reboot that follows. */
export async function holdForReboot() {
  const hold = startHold('required')
  await hold.ready
  return text(JOURNAL).length
}
