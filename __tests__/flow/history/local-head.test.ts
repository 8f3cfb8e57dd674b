import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { localHead, refuseSameCommit } from '../../../src/flow/history/local-head.ts'
import { tools } from '../../../src/shell/tools/tools.ts'

let folder: string
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-head-'))
  git('init', '--quiet', '--initial-branch=main')
  write('a.c', 'int a;\n')
  git('add', '.')
  git('commit', '--quiet', '--message', 'Start')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a look at the work tree must not change. */
const state = () => [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('stash', 'list')]

describe('what --head names', () => {
  test('is a commit, and nothing is said of a clean tree', async () => {
    expect(await localHead({ asked: 'main' }, folder, tools)).toEqual({ head: 'main', remarks: [] })
    expect(await localHead({ asked: undefined }, folder, tools)).toEqual({ head: 'HEAD', remarks: [] })
  })

  test('leaves uncommitted changes out, and says so', async () => {
    write('a.c', 'int b;\n')
    const { head, remarks } = await localHead({ asked: undefined }, folder, tools)
    expect(head).toBe('HEAD')
    expect(remarks).toEqual([expect.stringContaining('--head worktree')])
  })

  test('is the work tree as it is, staged or not, without touching it or any branch', async () => {
    write('a.c', 'int b;\n')
    write('new.c', 'int n;\n')
    git('add', 'new.c')
    write('untracked.c', '')
    const before = state()
    const { head, remarks } = await localHead({ asked: 'worktree' }, folder, tools)
    expect(git('show', `${head}:a.c`)).toBe('int b;\n')
    expect(git('show', `${head}:new.c`)).toBe('int n;\n')
    expect(remarks).toEqual([
      'One untracked file or folder is not in what was measured; git add what belongs to it, or give --untracked.',
    ])
    expect(state()).toEqual(before)
  })

  test('is the work tree with its untracked files, without touching it or any branch', async () => {
    write('a.c', 'int b;\n')
    write('.gitignore', '*.o\n')
    write('untracked.c', 'int u;\n')
    write('a.o', '')
    const before = state()
    const { head, remarks } = await localHead({ asked: 'worktree', untracked: true }, folder, tools)
    expect(git('ls-tree', '--name-only', head).split('\n')).toEqual(['.gitignore', 'a.c', 'untracked.c', ''])
    expect(git('show', `${head}:a.c`)).toBe('int b;\n')
    expect(remarks).toEqual([])
    expect(state()).toEqual(before)
  })

  test('with untracked files only, the flag that takes them is named', async () => {
    write('untracked.c', 'int u;\n')
    await expect(localHead({ asked: 'worktree' }, folder, tools)).rejects.toThrow('give --untracked')
    const { head } = await localHead({ asked: 'worktree', untracked: true }, folder, tools)
    expect(git('show', `${head}:untracked.c`)).toBe('int u;\n')
    await expect(localHead({ asked: 'main', untracked: true }, folder, tools)).rejects.toThrow(
      '--head worktree',
    )
  })

  test('is refused as a work tree where nothing is uncommitted', async () => {
    await expect(localHead({ asked: 'worktree' }, folder, tools)).rejects.toThrow('leave out --head worktree')
  })
})

test('a head without a commit of its own is refused by name, and one with a commit is not', async () => {
  const bases = ['nowhere', 'main']
  const asked = { head: 'HEAD', bases, repository: folder }
  await expect(refuseSameCommit(asked, tools)).rejects.toThrow('has no commit that main lacks')
  git('switch', '--quiet', '--create', 'feature')
  write('a.c', 'int c;\n')
  git('commit', '--quiet', '--all', '--message', 'More')
  await refuseSameCommit(asked, tools)
})
