// Shares the machine: nothing here depends on the clock.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failed, success } from '../../../src/core/model/result.ts'
import { readHistory } from '../../../src/flow/history/history.ts'
import { type Checkout, checkOut, replaceTree } from '../../../src/flow/trees/checkout.ts'
import { checkoutLimitations } from '../../../src/report/limitations/checkout.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'
import { addSubmodule, cloneRecursively } from '../../doubles/submodule.ts'

let outer: TestRepository
let inner: TestRepository
let innermost: TestRepository
let work: string

beforeEach(() => {
  ;[outer, inner, innermost] = [makeRepository(), makeRepository(), makeRepository()]
  work = mkdtempSync(join(tmpdir(), 'pv-work-'))
})

afterEach(() => {
  for (const { remove } of [outer, inner, innermost]) remove()
  rmSync(work, { recursive: true, force: true })
})

async function lay(repository = outer.folder, base = 'main', head = 'topic'): Promise<Checkout> {
  return await checkOut(await readHistory({ repository, base: [base], head }, tools), work, tools)
}

const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
const limitations = ({ leftOut }: Pick<Checkout, 'leftOut'>) =>
  checkoutLimitations(leftOut).map(({ what, instead }) => `${what} ${instead}`)

/** A submodule at lib that goes from `old` on main to `new` on topic. */
function changeSubmodule(name = 'lib'): void {
  inner.commit('old', { v: 'old' })
  outer.commit('start', { f: '1' })
  addSubmodule(outer, inner.folder, 'lib', name)
  outer.commit('with a submodule', {})
  outer.git('switch', '--quiet', '--create', 'topic')
  inner.commit('new', { v: 'new' })
  outer.git('-C', 'lib', '-c', 'protocol.file.allow=always', 'pull', '--quiet')
  outer.commit('newer submodule', {})
}

describe('a submodule', () => {
  test('is laid out at the commit that each side names', async () => {
    changeSubmodule()
    inner.git('tag', 'late')
    const checkout = await lay()
    expect(read(checkout.trees.base, 'lib/v')).toBe('old')
    expect(read(checkout.trees.head, 'lib/v')).toBe('new')
    expect(limitations(checkout)).toEqual([])
    expect(readdirSync(join(checkout.trees.base, 'lib')).sort()).toEqual(['.git', 'v'])
  })

  test('of a submodule is laid out too, and tells its own tags', async () => {
    innermost.commit('deep', { d: 'deep' })
    innermost.git('tag', 'deepest')
    inner.commit('i', { v: '1' })
    addSubmodule(inner, innermost.folder, 'sub/deep')
    inner.commit('with one of its own', {})
    outer.commit('start', { f: '1' })
    addSubmodule(outer, inner.folder, 'lib/in ner')
    outer.commit('two deep', {})
    outer.git('branch', 'topic')
    const clone = join(work, 'clone')
    cloneRecursively(outer.folder, clone)
    const checkout = await lay(clone, 'main', 'origin/topic')
    const deep = join(checkout.trees.head, 'lib/in ner/sub/deep')
    expect(read(deep, 'd')).toBe('deep')
    expect(inner.git('-C', deep, 'describe', '--tags')).toBe('deepest')
    expect(outer.git('-C', checkout.trees.head, 'status', '--short')).toBe('')
    expect(limitations(checkout)).toEqual([])
  })

  test('that holds its git folder itself is laid out too', async () => {
    changeSubmodule()
    rmSync(join(outer.folder, 'lib/.git'))
    renameSync(join(outer.folder, '.git/modules/lib'), join(outer.folder, 'lib/.git'))
    outer.git('-C', 'lib', '--work-tree=.', 'config', '--unset', 'core.worktree')
    const checkout = await lay()
    expect([read(checkout.trees.base, 'lib/v'), read(checkout.trees.head, 'lib/v')]).toEqual(['old', 'new'])
  })

  test('that was renamed, moved or removed comes from wherever its commit is', async () => {
    changeSubmodule('first name')
    outer.git('mv', 'lib', 'elsewhere')
    writeFileSync(
      join(outer.folder, '.gitmodules'),
      read(outer.folder, '.gitmodules').replace('first name', 'other'),
    )
    outer.commit('moved', {})
    const { trees } = await lay()
    expect([read(trees.base, 'lib/v'), read(trees.head, 'elsewhere/v')]).toEqual(['old', 'new'])
  })

  test("is that of the commit that takes a side's place", async () => {
    changeSubmodule()
    const checkout = await lay()
    const sha = outer.git('rev-parse', 'topic')
    const replaced = await replaceTree(checkout, { side: 'base', sha }, tools)
    expect(replaced).toEqual(success(checkout))
    expect(read(checkout.trees.base, 'lib/v')).toBe('new')
    for (const { folder } of checkout.mirrors.submodules) rmSync(folder, { recursive: true })
    const without = await replaceTree(checkout, { side: 'head', sha }, tools)
    expect(without).toMatchObject({ value: { leftOut: { head: { submodules: [{ path: 'lib' }] } } } })
    const nowhere = { side: 'head', sha: '1'.repeat(40) } as const
    expect(await replaceTree(checkout, nowhere, tools)).toEqual(
      failed(expect.stringMatching(/^git could not check out 111111111111: /)),
    )
  })

  test('that was never fetched is said once, and its folder is empty', async () => {
    changeSubmodule()
    rmSync(join(outer.folder, '.git/modules'), { recursive: true })
    const checkout = await lay()
    expect(limitations(checkout)).toEqual([
      expect.stringMatching(/^The base was .* `lib` at .*submodules: recursive and fetch-depth: 0/),
      expect.stringMatching(/^The head was .* `lib` at .*submodules: recursive and fetch-depth: 0/),
    ])
    expect(readdirSync(join(checkout.trees.base, 'lib'))).toEqual([])
  })

  test('whose clone is shallow lacks the commit of the base, and the command that fetches it is named', async () => {
    changeSubmodule()
    const clone = join(work, 'clone')
    cloneRecursively(outer.folder, clone, '--branch=topic', '--shallow-submodules')
    const checkout = await lay(clone, 'origin/main', 'HEAD')
    const old = inner.git('rev-parse', 'HEAD~1')
    expect(limitations(checkout)).toEqual([
      expect.stringContaining(`git -C lib fetch origin ${old}\` before the gate`),
    ])
    expect(checkout.leftOut.base.submodules).toEqual([{ path: 'lib', commit: old, why: 'unfetched' }])
    expect(read(checkout.trees.head, 'lib/v')).toBe('new')
    // What it says helps.
    inner.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    outer.git('-C', join(clone, 'lib'), 'fetch', '--quiet', 'origin', old)
    rmSync(join(work, 'base'), { recursive: true })
    const again = mkdtempSync(join(work, 'again-'))
    const history = await readHistory({ repository: clone, base: ['origin/main'], head: 'HEAD' }, tools)
    const { trees, leftOut } = await checkOut(history, again, tools)
    expect([read(trees.base, 'lib/v'), limitations({ leftOut })]).toEqual(['old', []])
  })

  test('lends nothing of the hooks, filters or configuration of the clone', async () => {
    changeSubmodule()
    const marker = join(work, 'ran')
    const module = join(outer.folder, '.git/modules/lib')
    const evil = `sh -c 'echo ran >> ${marker}; cat'`
    inner.git('switch', '--quiet', '--detach')
    writeFileSync(join(module, 'hooks', 'post-checkout'), `#!/bin/sh\necho hook >> ${marker}\n`, {
      mode: 0o755,
    })
    for (const key of ['filter.evil.smudge', 'core.fsmonitor', 'core.sshCommand', 'remote.origin.uploadpack'])
      outer.git('config', '--file', join(module, 'config'), key, evil)
    writeFileSync(join(module, 'info', 'attributes'), '* filter=evil\n')
    const { trees } = await lay()
    expect(read(trees.head, 'lib/v')).toBe('new')
    expect(existsSync(marker)).toBe(false)
  })
})

describe('a hostile .gitmodules', () => {
  /** Commits this text on topic, with gitlinks at the paths. */
  function hostile(text: string, paths: readonly string[]): void {
    inner.commit('i', { v: 'inner' })
    outer.commit('start', { f: '1' })
    addSubmodule(outer, inner.folder, 'lib')
    outer.commit('honest', {})
    outer.git('switch', '--quiet', '--create', 'topic')
    const link = inner.git('rev-parse', 'HEAD')
    for (const path of paths) outer.git('update-index', '--add', '--cacheinfo', `160000,${link},${path}`)
    writeFileSync(join(outer.folder, '.gitmodules'), text)
    outer.git('add', '.gitmodules')
    outer.git('commit', '--quiet', '--message', 'hostile')
  }

  const module = (name: string, path: string, more = '') =>
    `[submodule "${name}"]\n\tpath = ${path}\n\turl = ext::sh -c touch% PLACE/ran\n${more}`

  test.each([
    ['a name that climbs', module('../../../x', 'sub')],
    ['an absolute name', module('/tmp/x', 'sub')],
    ['the name of a hook', module('../hooks', 'sub')],
    ['a name that is another one', module('lib', 'sub')],
    ['a command to update by', module('sub', 'sub', '\tupdate = !touch PLACE/ran\n')],
    ['two names for one path', module('one', 'sub') + module('two', 'sub')],
    ['names that differ in case', module('Sub', 'sub') + module('sub', 'SUB')],
    ['an include of any file', `${module('sub', 'sub')}[include]\n\tpath = /etc/passwd\n`],
  ])('with %s lays out what the tree names, and runs nothing', async (_, text) => {
    hostile(text.replaceAll('PLACE', work), ['sub', 'SUB'])
    const { trees } = await lay()
    expect(read(trees.head, 'sub/v')).toBe('inner')
    expect(existsSync(join(work, 'ran'))).toBe(false)
    expect(read(trees.head, 'sub/.git')).toBe('gitdir: ../.git/modules/sub\n')
    expect(readdirSync(join(trees.head, '.git', 'modules'))).toContain('sub')
    expect(readdirSync(work).sort()).toEqual(['base', 'clone.git', 'head', 'objects'])
  })

  test.each([
    ['paths out of the tree', module('a', '../base') + module('b', '/tmp') + module('c', '.git/hooks')],
    ['a path that is no gitlink', module('a', 'f')],
    ['a text that is no configuration', '[submodule "'],
    ['nothing', ''],
  ])('with %s lays no submodule out', async (_, text) => {
    hostile(text, ['sub'])
    const checkout = await lay()
    expect(readdirSync(join(checkout.trees.head, 'sub'))).toEqual([])
    expect(readdirSync(join(checkout.trees.head, 'lib'))).toEqual([])
    expect(checkout.leftOut.head.submodules).toEqual([])
  })

  test('that is a link is refused by git itself', async () => {
    hostile('', ['sub'])
    writeFileSync(join(work, 'elsewhere'), module('sub', 'sub'))
    rmSync(join(outer.folder, '.gitmodules'))
    symlinkSync(join(work, 'elsewhere'), join(outer.folder, '.gitmodules'))
    outer.git('add', '.gitmodules')
    outer.git('commit', '--quiet', '--amend', '--no-edit')
    await expect(lay()).rejects.toThrow("invalid path '.gitmodules'. No git checks such a tree out")
  })

  test('cannot name a commit of the repository itself', async () => {
    outer.commit('start', { f: '1' })
    const own = outer.git('rev-parse', 'HEAD')
    outer.git('switch', '--quiet', '--create', 'topic')
    outer.git('update-index', '--add', '--cacheinfo', `160000,${own},self`)
    writeFileSync(join(outer.folder, '.gitmodules'), module('self', 'self'))
    outer.git('add', '.gitmodules')
    outer.git('commit', '--quiet', '--message', 'turns on itself')
    const { leftOut } = await lay()
    expect(leftOut.head.submodules).toEqual([{ path: 'self', commit: own, why: 'absent' }])
  })

  test('is followed ten deep', async () => {
    inner.commit('leaf', { v: '1' })
    for (let depth = 0; depth < 12; depth++) {
      const tip = inner.git('rev-parse', 'HEAD')
      inner.git('update-index', '--add', '--cacheinfo', `160000,${tip},d`)
      writeFileSync(join(inner.folder, '.gitmodules'), module('d', 'd'))
      inner.git('add', '.gitmodules')
      inner.git('commit', '--quiet', '--message', `depth ${depth}`)
    }
    outer.commit('start', { f: '1' })
    addSubmodule(outer, inner.folder, 'lib')
    outer.commit('deep', {})
    outer.git('branch', 'topic')
    const checkout = await lay()
    const deepest = `lib${'/d'.repeat(10)}`
    expect(checkout.leftOut.head.submodules).toMatchObject([{ path: deepest, why: 'refused' }])
    expect(readdirSync(join(checkout.trees.head, deepest, '..'))).toContain('.git')
    expect(readdirSync(join(checkout.trees.head, deepest))).toEqual([])
    expect(limitations(checkout)).toEqual([expect.stringContaining('10 deep and 500 in all')])
  })

  test('is followed 500 times', async () => {
    outer.commit('start', { f: '1' })
    outer.git('switch', '--quiet', '--create', 'topic')
    const names = Array.from({ length: 503 }, (_, index) => `d${index}`)
    const links = names.flatMap(name => ['--cacheinfo', `160000,${'1'.repeat(40)},${name}`])
    outer.git('update-index', '--add', ...links)
    writeFileSync(join(outer.folder, '.gitmodules'), names.map(name => module(name, name)).join(''))
    outer.git('add', '.gitmodules')
    outer.git('commit', '--quiet', '--message', 'a great many')
    const { submodules } = (await lay()).leftOut.head
    const of = (reason: string) => submodules.filter(({ why }) => why === reason).length
    expect([of('absent'), of('refused')]).toEqual([500, 3])
  })

  test('makes nobody read a store that a link leads to', async () => {
    changeSubmodule()
    const modules = join(outer.folder, '.git/modules')
    renameSync(modules, join(work, 'moved'))
    symlinkSync(join(work, 'moved'), modules)
    expect((await lay()).leftOut.head.submodules).toMatchObject([{ why: 'absent' }])
  })

  test('finds no objects where a store borrows from a folder that holds other things', async () => {
    changeSubmodule()
    const secret = join(work, 'secret')
    mkdirSync(secret)
    writeFileSync(join(secret, 'id_ed25519'), 'secret')
    writeFileSync(join(outer.folder, '.git/modules/lib/objects/info/alternates'), `${secret}\n`)
    const { source } = await readHistory({ repository: outer.folder, base: ['main'], head: 'topic' }, tools)
    expect(source.submodules.flatMap(({ objects }) => objects)).toEqual([
      join(outer.folder, '.git/modules/lib/objects'),
    ])
  })
})
