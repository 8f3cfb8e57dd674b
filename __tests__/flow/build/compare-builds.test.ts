import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Side } from '../../../src/core/model/side.ts'
import { type BuiltSides, compareBuilds } from '../../../src/flow/build/compare-builds.ts'
import { describeIdentity } from '../../../src/report/reasons/builds.ts'
import { run, temporaryFolder, testWith, write } from '../../core/elf/tools-here.ts'

/** What was found, with its reason in words. */
async function describedBuilds(sides: BuiltSides) {
  const found = await compareBuilds(sides)
  return { identical: found.identical, reason: describeIdentity(found) }
}

const folder = temporaryFolder()
const trees = { base: join(folder, 'base'), head: join(folder, 'head') }
const sides: readonly Side[] = ['base', 'head']

const source = '#include <stdio.h>\nint main(void) { return puts(__FILE__) < 0; }\n'

beforeEach(() => {
  for (const side of sides) {
    rmSync(trees[side], { recursive: true, force: true })
    mkdirSync(join(trees[side], 'lib'), { recursive: true })
    write(join(trees[side], 'a.c'), source)
  }
})

/** Builds the source of each side in its own tree, as the project's own build would. */
function build(...options: readonly string[]): void {
  for (const side of sides)
    run('gcc', ['-g', '-O2', ...options, '-o', 'a', join(trees[side], 'a.c')], { cwd: trees[side] })
}

const compare = (files: readonly string[], exact = true, headFiles = files) =>
  describedBuilds({ trees, mapped: { base: { files, exact }, head: { files: headFiles, exact } } })

describe('two builds', () => {
  testWith('gcc')(
    'are identical when only a comment changed, whatever build id and debug information say',
    async () => {
      appendFileSync(join(trees.head, 'a.c'), '// a comment\n')
      build()
      expect(await compare(['a'])).toEqual({
        identical: true,
        reason: 'Both sides build the same machine code and data, in the file that the benchmark uses.',
      })
    },
  )

  testWith('gcc')('differ when one constant changed, and the section is named', async () => {
    write(join(trees.head, 'a.c'), source.replace('< 0', '< 1'))
    build()
    const { identical, reason } = await compare(['a'])
    expect(identical).toBe(false)
    expect(reason).toMatch(/^The sides differ in a: section \.text differs at 0x[0-9a-f]+\.$/)
  })

  testWith('gcc')('differ when the functions are the same but lie elsewhere', async () => {
    const two =
      'int f(int a) { return a * 3; }\nint g(int a) { return a * 5; }\nint main(int c, char **v) { return f(c) + g(c); }\n'
    write(join(trees.base, 'a.c'), two)
    write(join(trees.head, 'a.c'), two.replace(/(.*\n)(.*\n)/, '$2$1'))
    build('-fno-inline')
    expect((await compare(['a'])).identical).toBe(false)
  })

  testWith('gcc')(
    'of which it is not known what the benchmark reads are identical only as whole trees',
    async () => {
      build()
      expect(await compare(['a'], false)).toEqual({
        identical: true,
        reason: 'Both sides build the same machine code and data: all 2 files of the trees are the same.',
      })
      appendFileSync(join(trees.head, 'a.c'), '// a comment\n')
      expect(await compare(['a'], false)).toMatchObject({
        identical: false,
        reason: expect.stringContaining('differ in a.c'),
      })
      expect((await compare([], true)).identical).toBe(false)
    },
  )

  const onBoth = (work: (side: Side) => unknown): void => {
    for (const side of sides) work(side)
  }
  const text = (side: Side, name: string, content: string): void =>
    writeFileSync(join(trees[side], name), content)
  test.each([
    [
      'a script that names its own tree is the same',
      () => onBoth(side => text(side, 'run', `cat ${trees[side]}/a`)),
      ['run'],
      true,
    ],
    ['a script that changed is not', () => onBoth(side => text(side, 'run', `echo ${side}`)), ['run'], false],
    ['a file that is on one side only is not', () => text('base', 'run', ''), ['run'], false],
    [
      'a file that leads out of the tree is not',
      () => onBoth(side => symlinkSync('/etc/hostname', join(trees[side], 'run'))),
      ['run'],
      false,
    ],
    ['a path that leads out of the tree is not', () => text('base', 'run', ''), ['../base/run'], false],
    [
      'a pipe is not, and nobody waits for it',
      () => onBoth(side => execFileSync('mkfifo', [join(trees[side], 'run')])),
      ['run'],
      false,
    ],
  ] as const)('%s', async (_, prepare, files, identical) => {
    prepare()
    expect((await compare(files)).identical).toBe(identical)
  })

  test('differ when the benchmark uses other files', async () => {
    for (const side of sides) for (const name of ['one', 'two']) text(side, name, name)
    expect(await compare(['one'], true, ['one', 'two'])).toEqual({
      identical: false,
      reason: "Only one side's benchmark uses two.",
    })
  })

  test.each([
    ['a file more', () => text('head', 'lib/more', '')],
    ['a file that may be run', () => chmodSync(join(trees.head, 'a.c'), 0o755)],
    ['a link to elsewhere', () => onBoth(side => symlinkSync(side, join(trees[side], 'link')))],
    ['a pipe on both sides', () => onBoth(side => execFileSync('mkfifo', [join(trees[side], 'pipe')]))],
    [
      'a folder in place of a file',
      async () => {
        text('base', 'lib/x', '')
        mkdirSync(join(trees.head, 'lib/x'))
      },
    ],
  ] as const)('differ as trees by %s', async (_, prepare) => {
    expect((await compare([], false)).identical).toBe(true)
    prepare()
    expect((await compare([], false)).identical).toBe(false)
  })

  test('are the same trees when links lead to the same place in each, and .git differs', async () => {
    for (const side of sides) {
      symlinkSync(join(trees[side], 'a.c'), join(trees[side], 'link'))
      text(side, '.git', `gitdir: /elsewhere/${side}`)
    }
    expect((await compare([], false)).identical).toBe(true)
  })
})

describe('what a build left next to its tree', () => {
  const used = (outside: readonly string[], files: readonly string[] = []) =>
    describedBuilds({
      trees,
      mapped: { base: { files, exact: true, outside }, head: { files, exact: true, outside } },
    })
  const install = (side: Side, folder: string, text: string) => {
    mkdirSync(`${trees[side]}${folder}`, { recursive: true })
    writeFileSync(`${trees[side]}${folder}/bench`, text)
  }
  beforeEach(() => {
    for (const side of sides)
      for (const folder of ['.home', '.layers'])
        rmSync(`${trees[side]}${folder}`, { recursive: true, force: true })
  })

  test('differs where the installed programs do, though the files of the tree are the same', async () => {
    for (const side of sides) install(side, '.home/bin', `echo ${side}`)
    expect(await used(['.home/bin/bench'], ['a.c'])).toMatchObject({
      identical: false,
      reason: expect.stringContaining('The sides differ in ~/bin/bench'),
    })
    install('head', '.home/bin', 'echo base')
    expect((await used(['.home/bin/bench'], ['a.c'])).identical).toBe(true)
  })

  test('differs in the layers over shared folders too', async () => {
    for (const side of sides) install(side, '.layers/0/upper', `echo ${side}`)
    expect((await used(['.layers/0/upper/bench'], ['a.c'])).identical).toBe(false)
  })

  test('cannot be known the same where reading leaves no trace', async () => {
    for (const side of sides) install(side, '.home/bin', 'echo the same')
    expect(await compare([], false)).toMatchObject({
      identical: false,
      reason: expect.stringContaining('installed'),
    })
  })

  test('nothing of its own side is never the same', async () => {
    expect(await used([])).toMatchObject({ identical: false, reason: expect.stringContaining('no file') })
  })
})
