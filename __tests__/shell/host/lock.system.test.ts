import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { lockUnder } from '../../../src/shell/host/lock.ts'
import { type Bundle, bundle } from '../../doubles/bundle.ts'
import { dice } from '../../doubles/mutate.ts'
import { endAll, start } from '../../doubles/processes.ts'
import { counted, PATIENCE, SEED } from '../../doubles/soak.ts'

let built: Bundle
let root: string
beforeAll(() => {
  built = bundle(['__tests__/doubles/lock-entry.ts'])
})
afterAll(() => built.end())
beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'perf-verdict-lock-'))
  fs.mkdirSync(join(root, 'run'))
})
afterEach(() => {
  endAll()
  fs.rmSync(root, { recursive: true })
})

describe('the lock', () => {
  test(
    'eight contenders are never two inside and never stuck, however many of them are killed',
    async () => {
      const rounds = counted(4, 1_000)
      const roll = dice(SEED)
      let [entered, killed, overtaken] = [0, 0, 0]
      for (let round = 0; round < rounds; round++) {
        const log = join(root, `log-${round}`)
        fs.writeFileSync(log, '')
        const contenders = Array.from({ length: 8 }, () => start(built.path('lock-entry'), [root, log]))
        const victims = contenders.filter(() => roll() % 10 < 4)
        const timers = victims.map(victim =>
          setTimeout(() => victim.child.kill('SIGKILL'), 60 + (roll() % 400)),
        )
        const ends = await Promise.all(contenders.map(({ ended }) => ended))
        timers.forEach(clearTimeout)
        killed += ends.filter(({ signal }) => signal === 'SIGKILL').length
        // Whoever was not killed got its turn.
        expect(ends.every(({ code, signal }) => code === 0 || signal === 'SIGKILL')).toBe(true)
        const notes = fs.readFileSync(log, 'utf8').trim().split('\n').filter(Boolean)
        const seen = judge(notes)
        expect(seen.intruders).toEqual([])
        // Whoever was killed may have had its turn before.
        expect(seen.entered).toBeGreaterThanOrEqual(ends.filter(({ code }) => code === 0).length)
        entered += seen.entered
        overtaken += seen.abandoned
      }
      console.info(
        `lock: ${rounds} rounds of 8 contenders, ${entered} turns, ${killed} killed (${overtaken} of them inside), never two inside`,
      )
      expect(entered).toBeGreaterThan(0)
    },
    PATIENCE,
  )

  test('is held by this process until it ends, and not by what it starts', () => {
    const lock = lockUnder(root, fs)
    expect(lock.tryTake()).toEqual({ kind: 'held' })
    const other = lockUnder(root, fs)
    expect(other.tryTake()).toMatchObject({ kind: 'busy' })
    expect(other.holder()).toMatch(new RegExp(`^process ${process.pid} of `))
    lock.leave()
    expect(other.holder()).toBeUndefined()
  })

  test('cannot be opened by others, because whoever can open a file can lock it', () => {
    lockUnder(root, fs).tryTake()
    const mode = (name: string) => fs.statSync(join(root, 'run/perf-verdict', name)).mode & 0o777
    expect([mode('lock'), mode('holder')]).toEqual([0o600, 0o644])
  })

  test.each<[string, () => void]>([
    ['its file is a link', () => fs.symlinkSync('/etc/hostname', join(root, 'run/perf-verdict/lock'))],
    [
      'its file is open to others',
      () => {
        fs.writeFileSync(join(root, 'run/perf-verdict/lock'), '')
        fs.chmodSync(join(root, 'run/perf-verdict/lock'), 0o666)
      },
    ],
    ['its folder is open to others', () => fs.chmodSync(join(root, 'run/perf-verdict'), 0o777)],
    [
      'its folder is a link',
      () => {
        fs.rmdirSync(join(root, 'run/perf-verdict'))
        fs.symlinkSync('/tmp', join(root, 'run/perf-verdict'))
      },
    ],
  ])('is not to be had when %s', (_, spoil) => {
    fs.mkdirSync(join(root, 'run/perf-verdict'))
    spoil()
    expect(lockUnder(root, fs).tryTake()).toMatchObject({ kind: 'unavailable' })
  })

  test('gives up when nobody waits any more', async () => {
    const first = lockUnder(root, fs)
    first.tryTake()
    const giveUp = new AbortController()
    const waiting = lockUnder(root, fs).take(giveUp.signal)
    giveUp.abort()
    expect(await waiting).toMatchObject({ kind: 'busy' })
  })
})

/** Reads the log in order: only the last that entered may leave a trace; one that was killed inside is followed by the next. */
function judge(notes: readonly string[]): { intruders: string[]; entered: number; abandoned: number } {
  let inside: string | undefined
  const intruders: string[] = []
  let [entered, abandoned] = [0, 0]
  for (const note of notes) {
    const [what, pid] = note.split(' ')
    if (what === 'enter') {
      entered++
      if (inside !== undefined) abandoned++
      inside = pid
    } else {
      if (pid !== inside) intruders.push(note)
      if (what === 'leave') inside = undefined
    }
  }
  return { intruders, entered, abandoned }
}
