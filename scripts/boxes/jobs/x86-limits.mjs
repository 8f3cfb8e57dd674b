import { mkdirSync, readdirSync } from 'node:fs'
import { run } from './gate.mjs'
import { check, expect } from './results.mjs'

const LESS = { memoryBytes: 200e6, processes: 150, fileBytes: 20e6 }

/** Jobs of one sandbox, in a machine whose memory and processes are counted by cgroup v2 alone. */
const JOBS = [
  "60 node -e 'const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))'; exit 1",
  // Not bash, which tries again for half a minute; and nothing ends meanwhile, however slow the machine is.
  "300 exec sh -c 'i=0; while [ $i -lt 300 ]; do sleep 999 & i=$((i+1)); done'",
  '60 exec dd if=/dev/zero of=big bs=1M count=40',
  '60 true',
]

export async function limits() {
  await check('systemd has mounted cgroup v2 and nothing else', () => {
    const { out } = run(['findmnt', '-rn', '-o', 'FSTYPE', '/sys/fs/cgroup'])
    expect({ 'cgroup v2': out.trim() === 'cgroup2' || out })
  })

  await check('cgroup v2 holds jobs of root to memory and processes, and says which was reached', () => {
    mkdirSync('/var/tmp/limits', { recursive: true })
    const env = [
      `LIMITS=${JSON.stringify(LESS)}`,
      'TMPDIR=/var/tmp/limits',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    ]
    const words = ['env', ...env, 'node', '/job/scripts/sandbox.mjs', 'auto', '{}', ...JOBS]
    const { status, out } = run(words)
    if (status !== 0) throw new Error(out.slice(-1000))
    const { isolation, outcomes } = JSON.parse(out)
    const [memory, processes, file, last] = outcomes.map(({ ranOut, code, signal }) =>
      JSON.stringify(ranOut ?? { code, signal }),
    )
    const left = readdirSync('/sys/fs/cgroup').filter(name => name.startsWith('perf-verdict'))
    expect({
      'jobs have cgroups': isolation.includes('cgroup') || isolation,
      'memory ran out': memory === JSON.stringify({ of: 'memory', limit: LESS.memoryBytes }) || memory,
      'so did processes': processes?.includes('"of":"processes"') || processes,
      'and the size of a file': file?.includes('"of":"file size"') || file,
      'the next job is none the worse': last === '{"code":0,"signal":null}' || last,
      'no group is left': left.length === 0 || left.join(),
    })
    return isolation
  })
}
