// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Stage, setStage } from './harness.ts'

const PROGRAM = `#include <stdio.h>
#include "lib/value.h"
int main(void) {
  printf("%.6f\\n", VALUE);
  return 0;
}
`
let stage: Stage
let library: string
/** The commit of the library that main names throughout. */
let named: string

beforeAll(async () => {
  stage = await setStage({ 'program.c': PROGRAM })
  library = join(stage.sample.root, 'library')
  mkdirSync(library)
  git(library, 'init', '--quiet', '--initial-branch=main')
  commitValue('0.100')
  named = git(library, 'rev-parse', 'HEAD').trim()
  // On main and in every head from here on.
  const origin = join(stage.sample.root, 'origin')
  git(origin, 'submodule', '--quiet', 'add', `file://${library}`, 'lib')
  stage.sample.advance({})
  git(stage.sample.workspace, 'submodule', '--quiet', 'update', '--init')
})
afterAll(async () => await stage.close())

function git(folder: string, ...args: readonly string[]): string {
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const files = ['-c', 'protocol.file.allow=always']
  return execFileSync('git', ['-C', folder, ...person, ...files, ...args], {
    encoding: 'utf8',
    env,
    stdio: 'pipe',
  })
}

function commitValue(value: string): void {
  writeFileSync(join(library, 'value.h'), `#define VALUE ${value}\n`)
  git(library, 'add', '--all')
  git(library, 'commit', '--quiet', '--message', value)
}

/** A head whose one change is another commit of the submodule. */
function bump(value: string): string {
  const origin = join(stage.sample.root, 'origin')
  commitValue(value)
  git(join(origin, 'lib'), 'pull', '--quiet', 'origin', 'main')
  const head = stage.sample.head({})
  // Back to what main names, for the next one.
  git(join(origin, 'lib'), 'checkout', '--quiet', '--detach', named)
  return head
}

describe('a pull request that moves a submodule', () => {
  test('is measured with the submodule of each side, and git describes both inside the build', async () => {
    const head = bump('0.150')
    git(stage.sample.workspace, 'submodule', '--quiet', 'update', '--init')
    const build =
      'cc -O1 -o program program.c && git describe --always --dirty > version && ! grep dirty version && git -C lib rev-parse HEAD'
    const run = await stage.gate(head, { inputs: { build } })
    expect(run.report?.errors).toEqual([])
    expect(run.report?.benchmarks).toMatchObject([
      { decision: 'slower', base: { median: 0.1 }, head: { median: 0.15 } },
    ])
    expect(run.report?.limitations.filter(({ what }) => what.includes('submodule'))).toEqual([])
    expect(run.outputs.verdict).toBe('fail')
  })

  test('takes the base with its submodule from the cache, and not where the clone lacks the submodule', async () => {
    const before = stage.sample.base
    stage.sample.advance({ 'program.c': PROGRAM.replace('%.6f', '%.7f') })
    const pushed = await stage.push(before)
    expect(pushed.log).toContain('kept as ')
    const head = bump('0.120')
    git(stage.sample.workspace, 'submodule', '--quiet', 'update', '--init')
    const run = await stage.gate(head)
    expect(run.log).toContain('its build was taken from the cache')
    expect(run.report?.benchmarks).toMatchObject([{ base: { median: 0.1 }, head: { median: 0.12 } }])
    const module = join(stage.sample.workspace, '.git/modules/lib')
    renameSync(module, join(stage.sample.root, 'away'))
    const without = await stage.gate(head)
    renameSync(join(stage.sample.root, 'away'), module)
    expect(without.log).not.toContain('its build was taken from the cache')
    expect(without.report?.errors.map(({ what }) => what).join()).toContain('submodules: recursive')
  })

  test('is an error that names the submodule and the remedy where the clone lacks its commit', async () => {
    const head = bump('0.200')
    const module = join(stage.sample.workspace, '.git/modules/lib')
    rmSync(module, { recursive: true })
    rmSync(join(stage.sample.workspace, 'lib'), { recursive: true })
    git(stage.sample.workspace, 'submodule', '--quiet', 'update', '--init', '--depth=1')
    const run = await stage.gate(head)
    expect(run.outputs.verdict).toBe('error')
    const said = run.report?.errors.map(({ what }) => what).join('\n')
    expect(said).toMatch(/The build of the base side exited.*without the submodule `lib` at [0-9a-f]{12}/)
    expect(said).toContain('git -C lib fetch origin ')
    expect(said).not.toContain('head side')
  })
})
