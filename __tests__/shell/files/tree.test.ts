import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { failed, success } from '../../../src/core/model/result.ts'
import { listTree } from '../../../src/shell/files/tree.ts'

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-tree-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('lists files, folders, links and others in order, without .git and without following links', async () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  mkdirSync(join(folder, '.git/objects'), { recursive: true })
  writeFileSync(join(folder, '.git/HEAD'), '')
  writeFileSync(join(folder, 'src/deep/a.c'), '')
  writeFileSync(join(folder, 'run.sh'), '')
  chmodSync(join(folder, 'run.sh'), 0o755)
  symlinkSync('/', join(folder, 'src/root'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  expect(await listTree(folder)).toEqual(
    success([
      { path: 'pipe', kind: 'other' },
      { path: 'run.sh', kind: 'file', runnable: true },
      { path: 'src', kind: 'folder' },
      { path: 'src/deep', kind: 'folder' },
      { path: 'src/deep/a.c', kind: 'file', runnable: false },
      { path: 'src/root', kind: 'link', target: '/' },
    ]),
  )
})

test('says why what a build left cannot be listed', async () => {
  const dig = 'cd "$1"; for i in $(seq 30); do mkdir "$2"; cd "$2" || exit 1; done'
  execFileSync('bash', ['-c', dig, 'dig', folder, 'n'.repeat(200)])
  expect(await listTree(folder)).toEqual(failed('a folder in it cannot be read (its path is too long)'))
  execFileSync('rm', ['-rf', join(folder, 'n'.repeat(200))])
  expect(await listTree(join(folder, 'gone'))).toEqual(failed('a folder in it cannot be read (it vanished)'))
})
