// Shares the machine: nothing here depends on the clock.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
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
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readHistory } from '../../../src/flow/history/history.ts'
import { type Checkout, checkOut } from '../../../src/flow/trees/checkout.ts'
import { checkoutLimitations } from '../../../src/report/limitations/checkout.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'
import { addSubmodule } from '../../doubles/submodule.ts'

const ATTRIBUTES = { '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n' }
const [OLD, NEW] = ['old content\n'.repeat(1000), 'new content\n'.repeat(3000)]
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

const oidOf = (content: string) => createHash('sha256').update(content).digest('hex')
const pointer = (content: string, bytes = content.length) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oidOf(content)}\nsize ${bytes}\n`

/** Where git-lfs keeps this content in a git folder. */
function placeOf(content: string, gitFolder = join(repository.folder, '.git')): string {
  const oid = oidOf(content)
  return join(gitFolder, 'lfs/objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

/** Puts it there as `git lfs fetch` does. */
function fetched(content: string, gitFolder?: string, kept = content): void {
  const place = placeOf(content, gitFolder)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, kept)
}

/** A file that goes from one content to another, whose pointers are committed. */
function changeFile(): void {
  repository.commit('old', { ...ATTRIBUTES, 'data/a.bin': pointer(OLD), 'same.bin': pointer('same') })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit('new', { 'data/a.bin': pointer(NEW) })
}

async function lay(): Promise<Checkout> {
  const history = await readHistory({ repository: repository.folder, base: ['main'], head: 'topic' }, tools)
  return await checkOut(history, work, tools)
}

const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
const describeTree = (tree: string) => repository.git('-C', tree, 'describe', '--always', '--dirty')

describe('a Git LFS file', () => {
  test('is there on both sides as it was committed, and git takes it for unchanged', async () => {
    changeFile()
    for (const content of [OLD, NEW, 'same']) fetched(content)
    const { trees, leftOut } = await lay()
    expect([read(trees.base, 'data/a.bin'), read(trees.head, 'data/a.bin')]).toEqual([OLD, NEW])
    expect([read(trees.base, 'same.bin'), read(trees.head, 'same.bin')]).toEqual(['same', 'same'])
    expect(checkoutLimitations(leftOut)).toEqual([])
    expect([describeTree(trees.base), describeTree(trees.head)]).not.toContainEqual(
      expect.stringContaining('dirty'),
    )
    expect(readdirSync(join(trees.base, 'data'))).toEqual(['a.bin'])
  })

  test('without its object stays a pointer, and each side says how many and what to do', async () => {
    changeFile()
    fetched('same')
    fetched(NEW)
    const { trees, leftOut } = await lay()
    expect([read(trees.base, 'data/a.bin'), read(trees.head, 'data/a.bin')]).toEqual([pointer(OLD), NEW])
    expect(checkoutLimitations(leftOut)).toEqual([
      {
        what: '1 file stayed a Git LFS pointer on the base side, the first `data/a.bin`: the clone lacks the objects.',
        instead: expect.stringContaining('git lfs fetch --all'),
      },
    ])
    expect(leftOut.base.objects).toEqual([{ path: 'data/a.bin', oid: oidOf(OLD), why: 'absent' }])
  })

  const damage: readonly (readonly [string, () => void, string])[] = [
    ['of another content', () => fetched(OLD, undefined, 'x'.repeat(OLD.length)), 'damaged'],
    ['cut short', () => fetched(OLD, undefined, OLD.slice(1)), 'damaged'],
    ['empty', () => fetched(OLD, undefined, ''), 'damaged'],
    ['that is a folder', () => mkdirSync(placeOf(OLD), { recursive: true }), 'absent'],
    [
      'that is a link',
      () => {
        fetched(OLD)
        renameSync(placeOf(OLD), join(work, 'moved'))
        symlinkSync(join(work, 'moved'), placeOf(OLD))
      },
      'absent',
    ],
    [
      'in a folder that is a link',
      () => {
        fetched(OLD)
        renameSync(dirname(placeOf(OLD)), join(work, 'moved'))
        symlinkSync(join(work, 'moved'), dirname(placeOf(OLD)))
      },
      'absent',
    ],
  ]

  test.each(damage)('with an object %s stays a pointer', async (_, spoil, why) => {
    changeFile()
    for (const content of [NEW, 'same']) fetched(content)
    spoil()
    const { trees, leftOut } = await lay()
    expect(read(trees.base, 'data/a.bin')).toBe(pointer(OLD))
    expect(leftOut.base.objects).toEqual([{ path: 'data/a.bin', oid: oidOf(OLD), why }])
    expect(readdirSync(join(trees.base, 'data'))).toEqual(['a.bin'])
  })

  test('keeps its mode', async () => {
    repository.commit('old', ATTRIBUTES)
    writeFileSync(join(repository.folder, 'tool.bin'), pointer(NEW))
    chmodSync(join(repository.folder, 'tool.bin'), 0o755)
    repository.commit('a tool', {})
    repository.git('branch', 'topic')
    fetched(NEW)
    const { trees } = await lay()
    expect(read(trees.head, 'tool.bin')).toBe(NEW)
    expect(lstatSync(join(trees.head, 'tool.bin')).mode & 0o111).toBe(0o111)
  })

  test('is one by its attributes: a pointer elsewhere is a text, and a link none at all', async () => {
    fetched(NEW)
    const text = { 'docs/pointer.txt': pointer(NEW), 'long.bin': `${pointer(NEW)}${'#'.repeat(2000)}` }
    repository.commit('old', { ...ATTRIBUTES, ...text, 'f.txt': pointer(NEW) })
    symlinkSync('f.txt', join(repository.folder, 'link.bin'))
    repository.commit('link', {})
    repository.git('branch', 'topic')
    const { trees, leftOut } = await lay()
    for (const [name, content] of Object.entries(text)) expect(read(trees.head, name)).toBe(content)
    expect(read(trees.head, 'f.txt')).toBe(pointer(NEW))
    expect(lstatSync(join(trees.head, 'link.bin')).isSymbolicLink()).toBe(true)
    expect(leftOut.head.objects).toEqual([])
  })

  test('in a submodule comes from the submodule', async () => {
    const inner = makeRepository()
    try {
      inner.commit('i', { ...ATTRIBUTES, 'a.bin': pointer(NEW), 'b.bin': pointer(OLD) })
      repository.commit('start', { f: '1' })
      addSubmodule(repository, inner.folder, 'lib')
      repository.commit('with a submodule', {})
      repository.git('branch', 'topic')
      fetched(NEW, join(repository.folder, '.git/modules/lib'))
      fetched(OLD)
      const { trees, leftOut } = await lay()
      expect(read(trees.head, 'lib/a.bin')).toBe(NEW)
      expect(leftOut.head.objects).toEqual([{ path: 'lib/b.bin', oid: oidOf(OLD), why: 'absent' }])
      expect(describeTree(trees.head)).not.toContain('dirty')
    } finally {
      inner.remove()
    }
  })

  test('is not looked for where no attributes speak of it', async () => {
    const asked: string[] = []
    repository.commit('old', { '.gitattributes': '*.txt text\n', 'a.bin': pointer(NEW) })
    repository.git('branch', 'topic')
    fetched(NEW)
    const counting: typeof tools = {
      ...tools,
      run: command => {
        asked.push(command.args.join(' '))
        return tools.run(command)
      },
    }
    const history = await readHistory({ repository: repository.folder, base: ['main'], head: 'topic' }, tools)
    const { trees } = await checkOut(history, work, counting)
    expect(read(trees.head, 'a.bin')).toBe(pointer(NEW))
    expect(asked.filter(args => args.includes('attr:filter=lfs') || args.includes('update-index'))).toEqual(
      [],
    )
  })
})
