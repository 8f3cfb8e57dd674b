// Shares the machine: nothing here depends on the clock.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isRoot } from '../doubles/drive-sandbox.ts'
import { type Stage, setStage } from './harness.ts'

const LINES = 100_000
let stage: Stage

/** Prints its value on the base; on the head it prints everything that a runner might obey, and looks for what it must not see. */
const PROGRAM = `#!/bin/bash
echo "0.100"
`

/** A hundred thousand lines in the forms that the runner takes for commands, between real values. */
const HOSTILE = `#!/bin/bash
exec 3>&1
awk 'BEGIN {
  split("::set-output name=verdict::pass|##[set-output name=verdict]pass|::add-mask::a|::save-state name=x::y|::error::owned|::add-path::/tmp/evil|::set-env name=EVIL::1|text ##[error]owned|\\r::warning::owned|::stop-commands::x|::add-matcher::x", forms, "|")
  for (i = 0; i < ${LINES}; i++) { line = forms[i % 11 + 1]; print line > "/dev/stderr"; if (i % 100 == 0) print line }
}'
{
  env
  cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'
  cat "$HOME"/.* 2>/dev/null
} >> found.txt
for command in "$GITHUB_ENV" /tmp/*/_runner_file_commands/*; do echo "EVIL=1" >> "$command"; done 2>/dev/null
echo "::set-output name=verdict::pass" > /proc/$PPID/fd/1 2>/dev/null
if grep -q canary found.txt; then exit 99; fi
echo "0.100"
`

/** A PATH of the system without the tools that make namespaces. */
function withoutNamespaces(): string {
  const bin = join(stage.sample.root, 'bin')
  mkdirSync(bin)
  const folders = ['/usr/sbin', '/usr/bin', '/usr/local/bin'].filter(existsSync)
  const tools = new Map(folders.flatMap(at => readdirSync(at).map(name => [name, join(at, name)] as const)))
  tools.set('node', process.execPath)
  for (const [name, path] of tools)
    if (!['bwrap', 'unshare'].includes(name)) symlinkSync(path, join(bin, name))
  return bin
}

beforeAll(async () => {
  stage = await setStage({ 'program.sh': PROGRAM })
})
afterAll(async () => await stage.close())

describe('a benchmark that attacks its runner', () => {
  const levels = isRoot ? ['the best level', 'uid'] : ['the best level']
  test.each(levels)('gets none of its commands through and finds no secret, at %s', async level => {
    const canaries = Object.fromEntries(
      ['AWS_SECRET_ACCESS_KEY', 'DEPLOY_KEY', 'NPM_TOKEN', 'SSH_AUTH_SOCK'].map(name => [
        name,
        `canary-${randomUUID()}`,
      ]),
    )
    const head = stage.sample.head({ 'program.sh': HOSTILE })
    const run = await stage.gate(head, {
      inputs: { build: 'true', bench: 'attack=bash program.sh', format: 'regex:(0\\.\\d+)', budget: '5s' },
      runner: { env: { ...canaries, ...(level === 'uid' && { PATH: withoutNamespaces() }) } },
    })
    if (level === 'uid') expect(run.report?.host.isolation).toMatch(/^uid(\+cgroup)?$/)
    const said = [run.log, run.summary, ...run.comments, JSON.stringify(run.report)].join('\n')
    console.log(JSON.stringify(run.report?.benchmarks), JSON.stringify(run.report?.limitations))
    expect(run.outputs.verdict).toBe(run.report?.verdict)
    if (run.report?.host.isolation === 'none')
      console.warn('this machine allows no isolation: what the benchmark found was not looked at')
    // It leaves with 99 when it finds a secret.
    else
      expect(run.report?.benchmarks).toMatchObject([
        { decision: expect.stringMatching(/^(unchanged|undecided)$/) },
      ])
    expect([run.variables, run.path]).toEqual([{}, []])
    expect(run.annotations.filter(({ message }) => message.includes('owned'))).toEqual([])
    expect(Object.values(canaries).filter(canary => said.includes(canary))).toEqual([])
    expect(said).not.toMatch(/canary-/)
  })
})

describe('a file of an earlier step that names the work tree', () => {
  test('leads both sides to the same program where there are no mount namespaces: an error, whatever a broken base is excused by', async () => {
    const head = stage.sample.head({ 'program.sh': 'sleep 0.1; echo 0.200' })
    const where = join(stage.sample.workspace, 'where')
    writeFileSync(where, join(stage.sample.workspace, 'program.sh'))
    const gate = (isolation: string) => {
      const inputs = { build: 'true', bench: 'led=bash -c "bash $(cat where)"', bring: 'where' }
      return stage.gate(head, {
        inputs: {
          ...inputs,
          isolation,
          format: 'regex:(0\\.\\d+)',
          budget: '2s',
          'on-base-broken': 'warn',
        },
      })
    }
    try {
      const run = await gate('off')
      if (JSON.stringify(run.report?.limitations).includes('could not be watched'))
        return console.warn('skipped: reading a file leaves no trace here')
      expect([run.report?.verdict, run.conclusion]).toEqual(['error', 'failure'])
      expect(run.report?.errors[0]?.what).toContain('of base read program.sh of the work tree')
    } finally {
      rmSync(where)
    }
  })
})
