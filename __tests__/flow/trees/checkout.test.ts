import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { InputError } from '../../../src/core/model/errors.ts'
import { readHistory } from '../../../src/flow/history/history.ts'
import { makePlan } from '../../../src/flow/prepare/plan.ts'
import { checkOut } from '../../../src/flow/trees/checkout.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'

let repository: TestRepository
let work: string

beforeEach(() => {
  repository = makeRepository()
  work = mkdtempSync(join(tmpdir(), 'pv-work-'))
})

afterEach(() => {
  repository.remove()
  rmSync(work, { recursive: true, force: true })
})

const history = (base: readonly string[], head: string, folder = repository.folder) =>
  readHistory({ repository: folder, base, head }, tools)

async function faultsOf(work: Promise<unknown>): Promise<readonly string[]> {
  return work.then(
    () => [],
    error => {
      if (error instanceof InputError) return error.faults
      throw error
    },
  )
}

describe('the base', () => {
  test('is the merge base, not the tip of the base branch', async () => {
    const fork = repository.commit('fork point', { f: '1' })
    repository.git('switch', '--quiet', '--create', 'topic')
    const head = repository.commit('topic', { g: '1' })
    repository.git('switch', '--quiet', 'main')
    repository.commit('later on main', { f: '2' })
    const found = await history(['origin/main', 'main'], 'topic')
    expect(found.base).toEqual({ sha: fork, title: 'fork point' })
    expect(found.head.sha).toBe(head)
    expect(found.baseName).toBe('main')
  })

  test('that a shallow clone lacks is asked for with fetch-depth: 0', async () => {
    repository.commit('one', { f: '1' })
    repository.git('switch', '--quiet', '--create', 'topic')
    repository.commit('two', { f: '2' })
    const clone = join(work, 'clone')
    execFileSync('git', [
      'clone',
      '--quiet',
      '--depth=1',
      '--branch=topic',
      `file://${repository.folder}`,
      clone,
    ])
    expect(await faultsOf(history(['origin/main'], 'HEAD', clone))).toEqual([
      expect.stringContaining('fetch-depth: 0'),
    ])
  })

  test('without a common ancestor is a fault that says so', async () => {
    repository.commit('one', { f: '1' })
    repository.git('switch', '--quiet', '--orphan', 'other')
    repository.commit('elsewhere', { g: '1' })
    expect(await faultsOf(history(['main'], 'other'))).toEqual([
      expect.stringContaining('no common ancestor'),
    ])
  })

  test('and the head are both told when both are missing', async () => {
    repository.commit('one', { f: '1' })
    expect(await faultsOf(history(['nope'], '--output=x'))).toHaveLength(2)
  })

  test('cannot come from a folder that is no repository', async () => {
    expect(await faultsOf(history(['main'], 'HEAD', work))).toEqual([
      expect.stringContaining('is not a git repository'),
    ])
  })
})

describe('a checkout', () => {
  test('lays both sides out at paths of equal length', async () => {
    repository.commit('one', { f: 'base' })
    repository.git('switch', '--quiet', '--create', 'topic')
    repository.commit('two', { f: 'head' })
    const { trees } = await checkOut(await history(['main'], 'topic'), work, tools)
    expect(trees.base.length).toBe(trees.head.length)
    expect(readFileSync(join(trees.base, 'f'), 'utf8')).toBe('base')
    expect(readFileSync(join(trees.head, 'f'), 'utf8')).toBe('head')
  })

  test('works from a shallow clone that holds both commits', async () => {
    repository.commit('zero', { f: '0' })
    repository.commit('one', { f: '1' })
    repository.commit('two', { f: '2' })
    const clone = join(work, 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth=2', `file://${repository.folder}`, clone])
    const { trees } = await checkOut(await history(['HEAD~1'], 'HEAD', clone), work, tools)
    expect(readFileSync(join(trees.base, 'f'), 'utf8')).toBe('1')
  })

  test('runs no hook, filter, monitor or template of the repository it reads', async () => {
    const marker = join(work, 'ran')
    repository.commit('one', { f: '1', '.gitattributes': 'f filter=evil diff=evil\n' })
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      const path = join(repository.folder, '.git', 'hooks')
      execFileSync('mkdir', ['-p', path])
      writeFileSync(join(path, hook), `#!/bin/sh\necho ${hook} >> ${marker}\n`, { mode: 0o755 })
    }
    repository.git('config', 'filter.evil.smudge', `sh -c 'echo smudge >> ${marker}; cat'`)
    repository.git('config', 'diff.evil.textconv', `sh -c 'echo textconv >> ${marker}; cat'`)
    repository.git('config', 'core.fsmonitor', `sh -c 'echo monitor >> ${marker}'`)
    repository.git('config', 'core.sshCommand', `sh -c 'echo ssh >> ${marker}'`)
    rmSync(marker, { force: true })
    const found = await history(['main'], 'main')
    await makePlan({ bench: [{ name: 'a', command: 'a' }] }, found, repository.folder, tools)
    await checkOut(found, work, tools)
    expect(existsSync(marker)).toBe(false)
  })

  test('is not laid out where something is already, be it a link', async () => {
    repository.commit('one', { f: '1' })
    for (const name of ['base', 'head']) symlinkSync(repository.folder, join(work, name))
    expect(await faultsOf(checkOut(await history(['main'], 'main'), work, tools))).toEqual([
      expect.stringContaining('EEXIST'),
    ])
  })

  test('fetches nothing that a partial clone lacks', async () => {
    const marker = join(work, 'ran')
    const base = repository.commit('one', { f: '1' })
    repository.commit('two', { f: '2' })
    const settings = {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.promisor': 'true',
      'remote.origin.url': repository.folder,
      'remote.origin.uploadpack': `sh -c 'echo fetched >> ${marker}'`,
      'protocol.allow': 'always',
    }
    for (const [name, value] of Object.entries(settings)) repository.git('config', name, value)
    rmSync(join(repository.folder, '.git/objects', base.slice(0, 2), base.slice(2)))
    expect(await faultsOf(history(['main~1'], 'main'))).toHaveLength(1)
    expect(existsSync(marker)).toBe(false)
    // Git does so on its own, which is what makes this a test.
    expect(() => repository.git('cat-file', '-e', base)).toThrow()
    expect(existsSync(marker)).toBe(true)
  })
})

describe('the plan', () => {
  const CONFIG = '.github/perf-verdict.yml'
  const config = (threshold: string) => `threshold: ${threshold}\nbenchmarks:\n  - {name: a, command: ./a}\n`

  test("is the base's, and an edit in the change is said", async () => {
    repository.commit('one', { [CONFIG]: config('2%') })
    repository.git('switch', '--quiet', '--create', 'topic')
    repository.commit('loosen', { [CONFIG]: config('50%') })
    const plan = await makePlan({}, await history(['main'], 'topic'), repository.folder, tools)
    expect(plan.settings.benchmarks[0]!.threshold).toBe(0.02)
    expect(plan.gateChanges).toEqual([
      expect.stringContaining('This change edits'),
      'It raises the threshold of `a` from 2 % to 50 %.',
    ])
  })

  test('is the first one that a change brings, and that is said', async () => {
    repository.commit('one', { f: '1' })
    repository.git('switch', '--quiet', '--create', 'topic')
    repository.commit('add the gate', { [CONFIG]: config('3%') })
    const plan = await makePlan({}, await history(['main'], 'topic'), repository.folder, tools)
    expect(plan.settings.benchmarks[0]!.threshold).toBe(0.03)
    expect(plan.gateChanges).toEqual([expect.stringContaining('is new in this change')])
  })

  test('refuses a path outside the repository and one that is nowhere', async () => {
    repository.commit('one', { f: '1' })
    const found = await history(['main'], 'main')
    const plan = (config: string) => faultsOf(makePlan({ config }, found, repository.folder, tools))
    expect(await plan('../x.yml')).toHaveLength(1)
    expect(await plan('/etc/x.yml')).toHaveLength(1)
    expect(await plan('missing.yml')).toEqual([expect.stringContaining('neither the base nor the head')])
  })
})
