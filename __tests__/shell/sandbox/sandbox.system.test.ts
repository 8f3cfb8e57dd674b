import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleDriver, isRoot, ORDINARY, type SandboxDriver, users } from '../../doubles/drive-sandbox.ts'

let folder: string
let driver: SandboxDriver
beforeAll(() => {
  driver = bundleDriver()
  folder = driver.folder
})
afterAll(() => driver.end())

const drive = (...asked: Parameters<SandboxDriver['drive']>) => driver.drive(...asked)

const namespaces = () => spawnSync('unshare', ['--user', '--pid', '--fork', 'true']).status === 0

/** Marked processes that are alive anywhere on this machine. */
function alive(mark: string): readonly string[] {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark)
    } catch {
      return false
    }
  })
}

describe.each(users)('as %s', user => {
  const level = () => (namespaces() ? 'required' : 'auto')

  test('a job ends with its own code, signal or time limit', () => {
    const { outcomes } = drive(user, level(), [
      '9 exit 7',
      '9 kill -SEGV $$',
      '9 kill -ABRT $$',
      '1 sleep 30',
      '9 echo out; echo err >&2',
    ])
    expect(outcomes.map(({ code, signal, timedOut }) => ({ code, signal, timedOut }))).toEqual([
      { code: 7, signal: null, timedOut: false },
      { code: null, signal: 'SIGSEGV', timedOut: false },
      { code: null, signal: 'SIGABRT', timedOut: false },
      { code: null, signal: 'SIGTERM', timedOut: true },
      { code: 0, signal: null, timedOut: false },
    ])
    expect(outcomes[4]).toMatchObject({ stdout: 'out\n', stderr: 'err\n' })
  })

  test('a job has its CPU time told with that of all its children, where it has a group of its own', () => {
    const spin = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'
    const { outcomes } = drive(user, level(), [`60 (${spin}) & (${spin}) & wait; times`])
    const { cpuSeconds, stdout } = outcomes[0]!
    if (cpuSeconds === undefined) {
      process.stdout.write(`skipped: jobs of ${user} have no group of their own here\n`)
      return
    }
    // However slow the machine is, the shell is told the same by the kernel about itself and its children.
    const told = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => 60 * Number(m) + Number(s))
    const all = told.reduce((sum, each) => sum + each, 0)
    expect(told).toHaveLength(4)
    expect(cpuSeconds / all).toBeGreaterThan(0.8)
    expect(cpuSeconds / all).toBeLessThan(1.25)
  })

  test('a job that will not end is ended', () => {
    const { outcomes } = drive(user, level(), ['1 trap "" TERM INT HUP; while :; do sleep 1; done'])
    expect(outcomes[0]).toMatchObject({ signal: 'SIGKILL', timedOut: true })
  })

  test('output beyond the cap is dropped and does not hold the job up', () => {
    const { outcomes } = drive(user, level(), ['20 head -c 100000000 /dev/zero | tr "\\0" x; echo done >&2'])
    expect(outcomes[0]!.stdout.length).toBe(1_000_000)
    expect(outcomes[0]).toMatchObject({ code: 0, truncated: true, stderr: 'done\n' })
  })

  test('nothing survives its job, whatever it did to escape', () => {
    const { isolation } = drive(user, level(), ['9 true'])
    if (isolation === 'none') return console.warn('skipped: this machine allows no isolation')
    const mark = `4${Math.floor(Math.random() * 1e8)}`
    const escapes = [
      `setsid sleep ${mark} & disown`,
      `( ( sleep ${mark} & ) & )`,
      `nohup setsid sleep ${mark} >/dev/null 2>&1 </dev/null &`,
      `env -i setsid sleep ${mark} &`,
      `set -m; sleep ${mark} &`,
      `sleep ${mark} & kill -STOP $!`,
    ]
    drive(
      user,
      level(),
      escapes.map(line => `9 ${line}`),
    )
    expect(alive(mark)).toEqual([])
  })
})

const withRoot = isRoot ? describe : describe.skip
withRoot('as root with util-linux alone', () => {
  /** The system's programs without bubblewrap. */
  const programs = () => {
    const bin = mkdtempSync(join(folder, 'bin-'))
    const found = ['/usr/sbin', '/usr/bin'].flatMap(from =>
      readdirSync(from).map(name => [name, join(from, name)] as const),
    )
    for (const [name, path] of new Map(found)) if (name !== 'bwrap') symlinkSync(path, join(bin, name))
    return { PATH: bin }
  }
  const MAKE = '9 unshare --user true && echo made'
  const OPEN = 'could make user namespaces'

  test('a job makes no user namespace, which could give it rights', () => {
    if (!namespaces()) return console.warn('skipped: this machine allows no namespaces')
    const { isolation, limitations, outcomes } = drive('root', 'auto', [MAKE], { env: programs() })
    expect(isolation).toMatch(/^uid\+.*mountns/)
    expect(outcomes[0]!.stdout).toBe('')
    expect(JSON.stringify(limitations)).not.toContain(OPEN)
  })

  test('where parts of /proc are covered, as in containers, it may be able to, and that is said', () => {
    if (!namespaces()) return console.warn('skipped: this machine allows no namespaces')
    const cover = 'mount -t tmpfs none /proc/irq && exec "$@"'
    const before = ['unshare', '--mount', '--', 'sh', '-c', cover, 'cover']
    const { isolation, limitations, outcomes } = drive('root', 'auto', [MAKE], { env: programs(), before })
    expect(isolation).toMatch(/^uid\+.*mountns/)
    expect(JSON.stringify(limitations).includes(OPEN)).toBe(outcomes[0]!.stdout === 'made\n')
  })
})

withRoot('as root, of a cache that is lent', () => {
  test('locks of tools can be taken, and what is unpacked of a version is only read', () => {
    if (!namespaces()) return console.warn('skipped: this machine allows no namespaces')
    const home = mkdtempSync(join(folder, 'home-'))
    const [locks, version] = [join(home, 'go/pkg/mod/cache/download/m/@v'), join(home, 'go/pkg/mod/m@v1.2.3')]
    for (const made of [locks, version]) mkdirSync(made, { recursive: true })
    writeFileSync(join(locks, 'v1.2.3.lock'), '')
    writeFileSync(join(version, 'm.go'), 'package m\n')
    const taken = 'cd ~/go/pkg/mod; echo mine >cache/download/m/@v/v1.2.3.lock && echo taken'
    const written = '(echo mine >m@v1.2.3/m.go) 2>/dev/null || cat m@v1.2.3/m.go'
    const env = { HOME: home, SIDE: 'base' }
    const { outcomes } = drive('root', 'required', [`9 ${taken}; ${written}`], { env })
    expect(outcomes[0]).toMatchObject({ code: 0, stdout: 'taken\npackage m\n' })
    expect(readFileSync(join(locks, 'v1.2.3.lock'), 'utf8')).toBe('')
  })
})

describe.each(users)('what a job can reach as %s', user => {
  const secrets = Array.from({ length: 20 }, () => `canary-${randomUUID()}`)
  let home: string
  let temp: string

  beforeAll(() => {
    const owner = mkdtempSync(join(folder, 'owner-'))
    home = join(owner, 'home')
    temp = join(owner, 'runner-temp')
    for (const path of [
      home,
      join(home, '.ssh'),
      join(home, '.cargo', 'bin'),
      join(temp, '_runner_file_commands'),
    ]) {
      mkdirSync(path, { recursive: true })
    }
    writeFileSync(join(home, '.netrc'), secrets[0]!)
    writeFileSync(join(home, '.ssh', 'id_ed25519'), secrets[1]!)
    writeFileSync(join(home, '.cargo', 'credentials.toml'), secrets[2]!)
    writeFileSync(join(home, '.git-credentials'), secrets[3]!)
    writeFileSync(join(temp, 'token'), secrets[4]!)
    writeFileSync(join(temp, '_runner_file_commands', 'set_env_1'), '')
    spawnSync('chmod', ['-R', 'a+rwX', owner])
    if (isRoot && user === 'ordinary') spawnSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, owner])
  })

  const secretEnv = () => ({
    HOME: home,
    RUNNER_TEMP: temp,
    PATH: `${home}/.cargo/bin:/usr/local/bin:/usr/bin:/bin`,
    GITHUB_ENV: join(temp, '_runner_file_commands', 'set_env_1'),
    ...Object.fromEntries(
      [
        'GITHUB_TOKEN',
        'ACTIONS_RUNTIME_TOKEN',
        'ACTIONS_RESULTS_URL',
        'ACTIONS_CACHE_URL',
        'INPUT_GITHUB-TOKEN',
        'SSH_AUTH_SOCK',
        'AWS_SECRET_ACCESS_KEY',
        'npm_config_token',
        'NODE_AUTH_TOKEN',
        'CARGO_REGISTRY_TOKEN',
        'STATE_secret',
        'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
        'ACTIONS_ID_TOKEN_REQUEST_URL',
        'DEPLOY_KEY',
        'RUNNER_TRACKING_ID',
      ].map((name, index) => [name, secrets[5 + index]!]),
    ),
  })

  const probe = [
    'env',
    'cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n"',
    'cat /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"',
    'ls -l /proc/*/fd 2>/dev/null',
    `for d in HOMEPLACE TEMPPLACE; do find $d -type f -exec cat {} + 2>/dev/null; done`,
    'git config --list 2>/dev/null',
    'cat ~/.netrc ~/.ssh/* 2>/dev/null',
  ]

  test('finds none of twenty secrets, and no file of the runner', () => {
    const lines = probe.map(line => `20 ${line.replace('HOMEPLACE', home).replace('TEMPPLACE', temp)}`)
    const write = `9 echo "EVIL=1" >> ${join(temp, '_runner_file_commands', 'set_env_1')}; echo hijacked > /proc/$PPID/fd/1; true`
    const { isolation, outcomes } = drive(user, 'auto', [...lines, write], { env: secretEnv() })
    if (isolation === 'none') return console.warn('skipped: this machine allows no isolation')
    const seen = outcomes.map(({ stdout, stderr }) => stdout + stderr).join('\n')
    expect(secrets.filter(secret => seen.includes(secret))).toEqual([])
    expect(readFileSync(join(temp, '_runner_file_commands', 'set_env_1'), 'utf8')).toBe('')
  })

  test('is run without rights to gain', () => {
    const { isolation, outcomes } = drive(user, 'auto', ['9 grep -E "NoNewPrivs|CapEff" /proc/self/status'])
    if (isolation === 'none') return console.warn('skipped: this machine allows no isolation')
    expect(outcomes[0]!.stdout).toMatch(/CapEff:\s0+\n/)
    expect(outcomes[0]!.stdout).toMatch(/NoNewPrivs:\s1\n/)
  })

  test('without a boundary is said, and a required one is refused when there is none', () => {
    const { isolation, limitations } = drive(user, 'off', ['9 true'])
    expect(isolation).toBe('none')
    expect(JSON.stringify(limitations)).toContain('without a boundary')
    const none = () => drive(user, 'required', ['9 true'], { env: { PATH: join(folder, 'nothing-here') } })
    expect(none).toThrow('Install bubblewrap')
  })
})
