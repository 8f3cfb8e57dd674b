import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DIFF_ARGUMENTS, parseDiff } from '../../../src/core/source/diff.ts'
import { cases } from '../../doubles/soak.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The diff that git itself prints between two trees. */
function diffOf(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  rename?: readonly [string, string],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-diff-'))
  folders.push(folder)
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      [
        '-C',
        folder,
        '-c',
        'user.name=x',
        '-c',
        'user.email=x@example.invalid',
        '-c',
        'commit.gpgsign=false',
        ...args,
      ],
      { encoding: 'utf8' },
    )
  git('init', '-q')
  for (const [tree, tag] of [
    [base, 'base'],
    [head, 'head'],
  ] as const) {
    if (tag === 'head' && rename) renameSync(join(folder, rename[0]), join(folder, rename[1]))
    for (const name of Object.keys(tag === 'head' ? base : {}))
      if (!(name in head) && rename?.[0] !== name) rmSync(join(folder, name))
    for (const [name, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', tag)
    git('tag', tag)
  }
  return git(...DIFF_ARGUMENTS, 'base', 'head')
}

describe('a diff', () => {
  test('has the changed lines of both sides', () => {
    const [file] = parseDiff(
      diffOf(
        { 'a.c': 'int f(void)\n{\n  return 1;\n}\n' },
        { 'a.c': 'int f(void)\n{\n  int x = 2;\n  return x;\n}\n' },
      ),
    )
    expect(file).toMatchObject({ base: 'a.c', head: 'a.c', binary: false })
    expect(file!.hunks).toEqual([
      {
        base: { start: 3, count: 1 },
        head: { start: 3, count: 2 },
        context: 'int f(void)',
        removed: ['  return 1;'],
        added: ['  int x = 2;', '  return x;'],
      },
    ])
  })

  test('knows added, removed, renamed and binary files', () => {
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n')
    const files = parseDiff(
      diffOf(
        { 'old.c': `${text}\n`, 'gone.c': 'x\n', 'b.bin': 'a\0b' },
        { 'new.c': `${text}\nmore\n`, 'come.c': 'y\n', 'b.bin': 'a\0c' },
        ['old.c', 'new.c'],
      ),
    )
    const of = (name: string) => files.find(({ base, head }) => base === name || head === name)!
    expect(of('new.c')).toMatchObject({ base: 'old.c', head: 'new.c' })
    expect(of('gone.c').head).toBeUndefined()
    expect(of('come.c').base).toBeUndefined()
    expect(of('b.bin').binary).toBe(true)
  })

  test.each([
    ['with spaces', 'a folder/a file.c'],
    ['with quotes', 'say "hi".c'],
    ['beyond ASCII', 'größe/ölçü.c'],
    ['with a tab and a line break', 'a\tb\nc.c'],
    ['that look like the header', ' b/x.c'],
    ['with a backslash', 'a\\b.c'],
  ])('reads names %s', (_, name) => {
    const files = parseDiff(diffOf({ [name]: 'one\n' }, { [name]: 'two\n' }))
    expect(files).toHaveLength(1)
    expect(files[0]).toMatchObject({ base: name, head: name })
  })

  test('is not fooled by lines that look like headers', () => {
    const forged =
      'diff --git a/innocent.c b/innocent.c\n--- a/innocent.c\n+++ b/innocent.c\n@@ -1 +1 @@\n-x\n+y\n'
    const files = parseDiff(
      diffOf({ 'real.c': 'a\n', 'z.c': 'b\n' }, { 'real.c': `${forged}-- a/other.c\n`, 'z.c': 'c\n' }),
    )
    expect(files.map(({ head }) => head)).toEqual(['real.c', 'z.c'])
    expect(files[0]!.hunks[0]!.added).toHaveLength(7)
  })

  test('without a line break at the end keeps its lines apart', () => {
    const [file] = parseDiff(diffOf({ 'a.c': 'one' }, { 'a.c': 'two' }))
    expect(file!.hunks[0]).toMatchObject({ removed: ['one'], added: ['two'] })
  })

  test('of any text is read without an exception', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'diff --git a/x b/x',
        '@@ -1,9 +1,9 @@',
        '--- a/x',
        '+++ "b/\\',
        '-',
        '+',
        '\\ No newline',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), lines => {
        expect(() => parseDiff(lines.join('\n'))).not.toThrow()
      }),
      cases(6_000),
    )
  })
})
