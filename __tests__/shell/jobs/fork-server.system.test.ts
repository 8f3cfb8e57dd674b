// Shares the machine: nothing here depends on the clock.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleDriver, type SandboxDriver, users } from '../../doubles/drive-sandbox.ts'
import { counted } from '../../doubles/soak.ts'

let driver: SandboxDriver
beforeAll(() => {
  driver = bundleDriver()
})
afterAll(() => driver.end())

const hasBubblewrap = spawnSync('bwrap', ['--ro-bind', '/', '/', 'true']).status === 0
if (!hasBubblewrap)
  process.stdout.write('skipped: only bubblewrap has fork servers, and it does not work here\n')
const withServers = hasBubblewrap ? describe.each(users) : describe.skip.each(users)

/** Everything that a job can tell of how it was started, without what differs between any two. */
const STATE = [
  'grep -Ev "^(Pid|PPid|Tgid|Ngid|Vm|Rss|Huge|Core|voluntary|nonvoluntary|NS|State|x86|untag|Name|Spec|SigQ|Uid|Gid)" /proc/self/status',
  'cat /proc/self/oom_score_adj /proc/self/timerslack_ns /proc/self/autogroup | sed "s/-[0-9]*//"',
  'cat /proc/self/cgroup | tr -d "[:digit:]"; nice; chrt -p 0 | cut -d: -f2; ulimit -a | grep -v "file size"',
  'env -0 | sort -z | tr "\\0" "\\n"; umask; pwd; ls -A / /dev /tmp /run /dev/shm',
  'cut -d" " -f5- /proc/self/mountinfo | sed -E "s/(shared|master|propagate_from):[0-9]+ //"',
  'cd /proc/$$/fd; for each in *; do [ -e $each ] && echo descriptor $each; done; true',
].join('\n')

const STREAMS = 'for each in 1 2; do [ -p /proc/$$/fd/$each ] && echo served >/proc/$$/fd/$each; done'

/** Processes with this text among their words. */
function alive(text: string): readonly string[] {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

withServers('jobs that a server starts, as %s', user => {
  const drive = (lines: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    driver.drive(user, 'required', lines, { env }).outcomes

  test('have the same place as a job that is started alone', () => {
    const VARIABLES = JSON.stringify({ LINES: 'one\ntwo', QUOTES: `' " \\ $HOME \`id\` é`, EMPTY: '' })
    // The server is opened for the first, and the second does not wait for it.
    const both = drive([`30 ${STREAMS}\n${STATE}`, `30 ${STREAMS}\n${STATE}`], { TOGETHER: '1', VARIABLES })
    const served = both.find(({ stdout }) => stdout.startsWith('served\n'))
    const alone = both.find(({ stdout }) => !stdout.startsWith('served\n'))
    expect(served?.stderr).toBe('served\n')
    expect(served?.stdout.slice('served\n'.length)).toBe(alone?.stdout)
    expect(alone?.stderr).toBe('')
    expect(alone?.stdout).toContain(`LINES=one\ntwo\n`)
    expect(alone?.stdout).toContain(`QUOTES=' " \\ $HOME \`id\` é\n`)
  })

  test('are not started with a null byte, behind which options of bubblewrap could stand', () => {
    const VARIABLES = JSON.stringify({ ROW: 'x\0--bind\0/\0/' })
    expect(() => drive(['9 true'], { VARIABLES })).toThrow('the variable ROW holds a null byte')
  })

  test('find nothing of the job before', () => {
    const [first, second] = drive([
      '20 touch /tmp/x /var/tmp/x /dev/shm/x /run/x; export KEPT=1; (while :; do echo late; sleep 0.01; done) & setsid sleep 1000 & echo first',
      '20 ls -A /tmp /var/tmp /dev/shm; ls /run; echo [$KEPT]; cat /proc/[0-9]*/comm | grep -c sleep; read -t 0.2 line <&0',
    ])
    expect(first!.stdout).toContain('first\n')
    expect(second!.stdout).toBe('/dev/shm:\n\n/tmp:\n\n/var/tmp:\nlock\nperf-verdict\n[]\n0\n')
    expect(second!.stderr).toBe('')
  })

  test('follow one that was ended at its limit, and one that ended all that it could', () => {
    const outcomes = drive([
      '1 sleep 30',
      '9 echo two',
      '9 kill -KILL 0',
      '9 echo four',
      '1 kill -STOP 0',
      '9 kill -KILL -1',
      '9 echo seven',
      '9 chmod 0 /proc/$$/fd/1 /proc/$$/fd/2 2>/dev/null; echo eight',
      '9 echo nine',
    ])
    expect(outcomes.map(({ stdout, signal, timedOut }) => [stdout, signal, timedOut])).toEqual([
      ['', 'SIGTERM', true],
      ['two\n', null, false],
      ['', 'SIGKILL', false],
      ['four\n', null, false],
      ['', 'SIGKILL', true],
      // Whoever signals everybody is not meant (kill(2)).
      ['', null, false],
      ['seven\n', null, false],
      ['eight\n', null, false],
      ['nine\n', null, false],
    ])
  })

  test('end when they have ended, the first of each new server too', () => {
    // A shell that waits for them in the background sometimes does not notice it.
    const lines = Array.from({ length: counted(20, 1000) }, () => '5 true')
    const outcomes = drive(lines, { SIDE: 'base', ANEW: '1' })
    expect(outcomes.filter(({ code, timedOut }) => code !== 0 || timedOut)).toEqual([])
  })

  test('end with the gate, and so does the server, when the gate is killed', async () => {
    const mark = `3${Math.floor(Math.random() * 1e8)}`
    const { argv, env } = driver.command(user, 'required', ['9 true', `100 sleep ${mark}`])
    const gate = spawn(argv[0]!, argv.slice(1), { env: { ...env }, stdio: 'ignore' })
    try {
      while (alive(mark).length < 2) await sleep(20)
      const server = () => alive(`${driver.folder}/pv-driver-`)
      while (server().length === 0) await sleep(20)
      process.kill(gate.pid!, 'SIGKILL')
      for (let waited = 0; waited < 200 && server().length + alive(mark).length > 0; waited++) await sleep(50)
      expect(alive(mark)).toEqual([])
      expect(server()).toEqual([])
    } finally {
      gate.kill('SIGKILL')
      // The next gate takes away what a killed one could not.
      drive(['9 true'])
    }
  })
})
