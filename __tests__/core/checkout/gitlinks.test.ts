import { normalize } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isPlainPath, readGitlinks } from '../../../src/core/checkout/gitlinks.ts'
import { cases } from '../../doubles/soak.ts'

const SHA = 'a'.repeat(40)
const tree = (...paths: string[]) => paths.map(path => `160000 commit ${SHA}\t${path}\0`).join('')
const declared = (...pairs: [string, string][]) =>
  pairs.map(([name, path]) => `submodule.${name}.path\n${path}\0`).join('')
const pathsOf = (entries: string, config: string) => readGitlinks(entries, config).map(({ path }) => path)

describe('the submodules of a commit', () => {
  test('are the gitlinks that .gitmodules declares', () => {
    const entries = `100644 blob ${SHA}\tf\0${tree('lib/a', 'b', 'undeclared')}`
    const config = declared(['a', 'lib/a'], ['b.c/d', 'b/'], ['gone', 'not/there'], ['file', 'f'])
    expect(readGitlinks(entries, config)).toEqual([
      { path: 'lib/a', commit: SHA, name: 'a' },
      { path: 'b', commit: SHA, name: 'b.c/d' },
    ])
  })

  test.each([
    ['../../x', 'lib'],
    ['/etc', 'lib'],
    ['a/../../b', 'lib'],
    ['.git/hooks', 'lib'],
    ['', 'lib'],
    ['$(id)', 'lib'],
    ['x\u0001', 'lib'],
  ])('may have any name, %j, because it becomes no path', (name, path) => {
    expect(readGitlinks(tree(path), declared([name, path]))).toEqual([{ path, commit: SHA, name }])
  })

  test('named twice are one, and names that differ only in case are two', () => {
    expect(pathsOf(tree('a'), declared(['one', 'a'], ['two', 'a']))).toEqual(['a'])
    expect(pathsOf(tree('lib', 'LIB'), declared(['x', 'lib'], ['X', 'LIB']))).toEqual(['lib', 'LIB'])
  })

  test.each(['../x', '/x', 'a/../x', './x', 'a//b', '.git', '.GIT/x', 'a/.git', 'a\nb', 'a\0b', 'a/', ''])(
    'do not lie at %j',
    path => {
      expect(isPlainPath(path)).toBe(false)
      if (!path.includes('\0')) expect(pathsOf(tree(path), declared(['x', path]))).toEqual([])
    },
  )

  test('lie below the tree and out of its git folder, whatever is written', () => {
    const step = fc.constantFrom('a', '.', '..', '.git', '.Git', '', 'b c', '...', '.gitx', '\\', '-x')
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), steps => {
        const path = steps.join('/')
        const plain = isPlainPath(path)
        const at = normalize(`/tree/${path}`)
        const inside = at.startsWith('/tree/') && !/\/\.git(\/|$)/i.test(at.slice(5))
        if (plain) expect([inside, at]).toEqual([true, `/tree/${path}`])
        expect(pathsOf(tree(path), declared(['x', path]))).toEqual(plain ? [path] : [])
      }),
      cases(20_000),
    )
  })
})
