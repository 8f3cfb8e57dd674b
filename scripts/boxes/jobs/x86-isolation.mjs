import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { doctorJson, gate, run } from './gate.mjs'
import { makeRepository } from './programs.mjs'
import { check, expect, part } from './results.mjs'

const USER = 1000
const RUNNER = '/home/runner/actions-runner'
const SECRETS = {
  '.credentials': 'token-of-the-runner',
  '.credentials_rsaparams': 'key-of-the-runner',
  '_work/_temp/token': 'token-of-the-job',
  '_work/_actions/actions/checkout/v7/index.js': 'code of another action',
  '_work/_tool/tool/1.0/x64/bin/tool': '#!/bin/sh\n',
}

/** Tries what a hostile build would, and fails where anything of it works. */
const PROBE = [
  '#!/bin/sh',
  ...['.credentials', '.credentials_rsaparams', '_work/_temp/token'].map(
    path => `if cat ${RUNNER}/${path} 2>/dev/null; then echo OPEN ${path}; exit 7; fi`,
  ),
  `if echo x >>${RUNNER}/_work/_actions/actions/checkout/v7/index.js 2>/dev/null; then echo OPEN action; exit 7; fi`,
  `if echo x >>/home/runner/.bashrc 2>/dev/null && [ -e /home/runner/actions-runner ]; then echo OPEN home; exit 7; fi`,
  'if [ -n "$GITHUB_TOKEN$ACTIONS_RUNTIME_TOKEN" ]; then echo OPEN token; exit 7; fi',
  'for id in /proc/[0-9]*; do if tr "\\0" " " <$id/cmdline 2>/dev/null | grep -q cli.js; then echo OPEN processes; exit 7; fi; done',
  'if grep -q "Seccomp:.0" /proc/self/status; then echo OPEN system calls; exit 7; fi',
  '',
].join('\n')

const tree = message => ({
  'probe.sh': PROBE,
  Makefile: 'bench: bench.c\n\tsh ./probe.sh\n\t$(CC) -O1 -o $@ bench.c\n',
  'bench.c': `#include <stdio.h>
int main(void) { volatile unsigned sum = 0; for (unsigned i = 0; i < 2000000; i++) sum += i; puts("${message} value 7"); return 0; }
`,
})

const MORE = [
  '--bench',
  'run=sh ./probe.sh && ./bench',
  // The same in every run: what is asserted is what the runs could reach, so that two rounds of them are enough.
  '--format',
  'regex:value (\\d+)',
  '--unit',
  'n',
  '--layouts',
  'off',
  '--counters',
  'off',
  '--tune',
  'off',
  '--budget',
  '10m',
]

/** Confines a program as a distribution does that leaves user namespaces to a few: it may do all but make one. */
function confine(path) {
  const name = `box-${path.split('/').at(-1)}`
  const profile = `abi <abi/4.0>,\nprofile ${name} ${path} {\n  allow all,\n  audit deny userns,\n}\n`
  writeFileSync(`/etc/apparmor.d/${name}`, profile)
  const { status, out } = run(['apparmor_parser', '-r', `/etc/apparmor.d/${name}`])
  if (status !== 0) throw new Error(`apparmor_parser: ${out}`)
  return () => {
    run(['apparmor_parser', '-R', `/etc/apparmor.d/${name}`])
    rmSync(`/etc/apparmor.d/${name}`)
  }
}

const levelOf = user => doctorJson(user).isolation

export async function isolation() {
  for (const [path, text] of Object.entries(SECRETS)) {
    const target = `${RUNNER}/${path}`
    mkdirSync(target.slice(0, target.lastIndexOf('/')), { recursive: true })
    writeFileSync(target, text)
  }
  const repository = makeRepository(
    `${RUNNER}/_work/project/project`,
    { main: tree('a'), twin: tree('b') },
    USER,
  )
  run(['chown', '-R', `${USER}:${USER}`, '/home/runner'])
  await part('isolation', () => attacks(repository))
  await part('levels', () => levels(repository))
}

async function attacks(repository) {
  for (const [user, words] of [
    ['runner', 'a runner'],
    [undefined, 'root'],
  ]) {
    await check(
      `in a real runner's home, a build and a benchmark of ${words} find nothing to steal and nothing to write`,
      () => {
        const { status, report, printed } = gate({
          repository,
          head: 'twin',
          more: [...MORE, '--isolation', 'required'],
          user,
        })
        expect({
          'both builds and all runs':
            (status !== 2 && report.errors.length === 0) ||
            `${JSON.stringify(report.errors)} ${printed.slice(-600)}`,
          'no fault':
            report.benchmarks.every(({ fault }) => fault === undefined) || JSON.stringify(report.benchmarks),
        })
        return report.host.isolation
      },
    )
  }
}

async function levels(repository) {
  const bwrap = '/usr/bin/bwrap'
  const unshare = '/usr/bin/unshare'

  await check('without bubblewrap the util-linux way isolates a runner as well', () => {
    run(['mount', '--bind', '/dev/null', bwrap])
    try {
      const { level, limitations } = levelOf('runner')
      expect({ 'in a user namespace': level.startsWith('userns+pidns+mountns') || level })
      return `${level}; ${limitations.map(({ what }) => what).join(' ') || 'no limitation'}`
    } finally {
      run(['umount', bwrap])
    }
  })

  await check(
    "AppArmor refuses bubblewrap a user namespace: util-linux isolates instead, or it says 'none'",
    () => {
      const release = confine(bwrap)
      try {
        const refused = run([bwrap, '--dev-bind', '/', '/', '--unshare-user', 'true'], { user: 'runner' })
        const { level, limitations } = levelOf('runner')
        expect({
          'AppArmor refuses it': refused.status !== 0,
          'isolated otherwise, or said':
            level.startsWith('userns+') || (level === 'none' && limitations.length > 0) || level,
        })
        return level
      } finally {
        release()
      }
    },
  )

  await check(
    "AppArmor refuses both their user namespaces: 'none', said, and isolation required ends in an error",
    () => {
      const releases = [confine(bwrap), confine(unshare)]
      try {
        const { level, limitations } = levelOf('runner')
        const required = run(
          [
            'node',
            '/job/dist/cli.js',
            'gate',
            '--repo',
            repository,
            '--base',
            'main',
            '--head',
            'twin',
            '--build',
            'make',
            ...MORE,
            '--isolation',
            'required',
          ],
          { user: 'runner' },
        )
        expect({
          none: level === 'none' || level,
          said: limitations.length > 0,
          'required is an error':
            (required.status !== 0 && required.status !== 1) ||
            `${required.status} ${required.out.slice(-400)}`,
        })
        return limitations.map(({ what }) => what).join(' ')
      } finally {
        for (const release of releases) release()
      }
    },
  )

  await check(
    "user namespaces off by sysctl: 'none' for a runner, said; root is isolated all the same",
    () => {
      run(['sysctl', '-q', 'kernel.unprivileged_userns_clone=0'])
      try {
        const ofRunner = levelOf('runner')
        const ofRoot = levelOf(undefined)
        expect({
          none: ofRunner.level === 'none' || ofRunner.level,
          said: ofRunner.limitations.length > 0,
          root: ofRoot.level.includes('mountns') || ofRoot.level,
        })
        return `${ofRunner.limitations.map(({ what }) => what).join(' ')} root: ${ofRoot.level}`
      } finally {
        run(['sysctl', '-q', 'kernel.unprivileged_userns_clone=1'])
      }
    },
  )
}
