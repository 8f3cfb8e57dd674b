import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { clientOf } from '../../../src/shell/host/client.ts'
import { settingsUnder } from '../../../src/shell/host/settings.ts'

interface Process {
  readonly name: string
  readonly parent?: number
  readonly uid?: number
  readonly startedAt?: number
  readonly nice?: number
  readonly limits?: string
}

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pv-client-'))
  mkdirSync(join(root, 'tools'))
  // Tools that note how they were called, and refuse when told so.
  for (const name of ['prlimit', 'chrt', 'renice', 'true']) {
    const script = `#!/bin/sh\necho "${name} $*" >>"${root}/calls"\n[ ! -e "${root}/refuse-${name}" ] || { echo "${name}: not permitted" >&2; exit 1; }\n`
    writeFileSync(join(root, 'tools', name), script)
    chmodSync(join(root, 'tools', name), 0o755)
  }
})
afterEach(() => rmSync(root, { recursive: true }))

function live(pid: number, process: Process): void {
  const {
    name,
    parent = 1,
    uid = 1000,
    startedAt = 5000 + pid,
    nice = 0,
    limits = '0                    0',
  } = process
  const folder = join(root, 'proc', `${pid}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'comm'), `${name}\n`)
  writeFileSync(
    join(folder, 'status'),
    `Name:\t${name}\nPPid:\t${parent}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`,
  )
  const after = ['S', parent, 1, 1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, nice, 1, 0, startedAt]
  writeFileSync(
    join(folder, 'stat'),
    `${pid} (${name}) ) ${[...after, ...Array(17).fill(0), 0, 0].join(' ')}\n`,
  )
  writeFileSync(
    join(folder, 'limits'),
    `Limit                     Soft Limit           Hard Limit           Units\nMax nice priority         ${limits}\nMax realtime priority     ${limits}\n`,
  )
}

const client = (asker: number) => clientOf(settingsUnder(root, fs), asker, join(root, 'tools'))
function calls(): readonly string[] {
  try {
    return readFileSync(join(root, 'calls'), 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

describe('the process that asked for a hold', () => {
  test('is the parent of the host process, and is lent a nice value until it is taken back', () => {
    live(70, { name: 'node', nice: 5 })
    const one = client(70)
    expect([one.value('nice'), one.value('real-time'), one.isRoot()]).toEqual(['5', '0', false])
    expect(one.lend('nice', -20)).toBeUndefined()
    expect(calls()).toEqual(['prlimit --pid 70 --nice=40'])
    one.takeBack()
    expect(calls().slice(1)).toEqual(['prlimit --pid 70 --nice=0:0'])
    one.takeBack()
    expect(calls()).toHaveLength(2)
  })

  test('is found above sudo and its monitor', () => {
    live(70, { name: 'node', limits: '3                    unlimited' })
    live(71, { name: 'sudo', parent: 70, uid: 0 })
    live(72, { name: 'sudo', parent: 71, uid: 0 })
    const one = client(72)
    one.lend('real-time', 1)
    one.takeBack()
    expect(calls()).toEqual(
      [
        `chrt --rr 1 ${root}/tools/true`,
        'true ',
        'prlimit --pid 70 --rtprio=1',
        'prlimit --pid 70 --rtprio=3:unlimited',
      ].filter(call => call !== 'true '),
    )
  })

  test('is not looked for above a program that only calls itself sudo', () => {
    live(70, { name: 'sshd', uid: 0 })
    live(71, { name: 'sudo', parent: 70, uid: 1000 })
    client(71).lend('nice', -20)
    expect(calls()).toEqual(['prlimit --pid 71 --nice=40'])
  })

  test('that is root needs no limit, and is given none', () => {
    live(70, { name: 'node', uid: 0 })
    const one = client(70)
    expect([one.isRoot(), one.lend('nice', -20)]).toEqual([true, undefined])
    one.takeBack()
    expect(calls()).toEqual([expect.stringMatching(/^renice -n -20 -p \d+$/)])
  })

  test('that is root without the right to priorities, as in a container, hears so', () => {
    live(70, { name: 'node', uid: 0 })
    writeFileSync(join(root, 'refuse-renice'), '')
    expect(client(70).lend('nice', -20)).toBe('renice: not permitted')
  })

  test('that is gone has no value and can be lent nothing', () => {
    const one = client(70)
    expect([one.value('nice'), one.lend('nice', -20)]).toEqual([undefined, 'the process that asked is gone'])
    // Process 1 takes over the children of the dead.
    live(1, { name: 'init', uid: 0 })
    expect(client(1).value('nice')).toBeUndefined()
  })

  test('is not confused with a later process of its number', () => {
    live(70, { name: 'node' })
    const one = client(70)
    one.lend('nice', -20)
    live(70, { name: 'other', startedAt: 9999 })
    one.takeBack()
    expect(calls()).toHaveLength(1)
  })

  test.each([
    ['prlimit', 'nice'],
    ['prlimit', 'real-time'],
    ['chrt', 'real-time'],
  ] as const)('hears why %s refuses %s', (tool, right) => {
    live(70, { name: 'node' })
    writeFileSync(join(root, `refuse-${tool}`), '')
    const one = client(70)
    expect(one.lend(right, 1)).toBe(`${tool}: not permitted`)
    one.takeBack()
    expect(calls().filter(call => call.startsWith('prlimit'))).toHaveLength(tool === 'prlimit' ? 1 : 0)
  })

  test('is read off the real /proc', async () => {
    const child = spawn('nice', ['-n', '7', 'sleep', '60'], { stdio: 'ignore' })
    try {
      const real = () => clientOf(settingsUnder('/', fs), child.pid)
      // It is added to how nice the tests themselves are.
      const wanted = `${Math.min(19, getPriority() + 7)}`
      while (real().value('nice') !== wanted) await new Promise(resolve => setTimeout(resolve, 5))
      expect(real().value('real-time')).toBe('0')
      expect(real().isRoot()).toBe(process.geteuid?.() === 0)
    } finally {
      child.kill('SIGKILL')
    }
  })
})
