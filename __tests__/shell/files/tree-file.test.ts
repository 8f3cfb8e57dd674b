import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isPlainFile, readTreeFile } from '../../../src/shell/files/tree-file.ts'
import { run, temporaryFolder, testWith } from '../../core/elf/tools-here.ts'

const folder = temporaryFolder()
const tree = join(folder, 'tree')
mkdirSync(join(tree, 'src'), { recursive: true })
writeFileSync(join(tree, 'src/a.c'), 'int a;\n')
writeFileSync(join(folder, 'secret'), 'secret\n')
symlinkSync(join(folder, 'secret'), join(tree, 'link'))
symlinkSync('src/a.c', join(tree, 'inner'))
symlinkSync('/dev/zero', join(tree, 'zero'))

describe('a file of a work tree', () => {
  test.each([
    ['src/a.c', 'int a;\n'],
    ['inner', 'int a;\n'],
    ['missing.c', undefined],
    ['src', undefined],
    ['link', undefined],
    ['../secret', undefined],
    ['/etc/hostname', undefined],
    ['zero', undefined],
    ['a\0b', undefined],
  ])('%j is read only inside of the tree', (path, text) => {
    expect(readTreeFile(tree, path, 1000)).toBe(text)
  })

  test('is not read beyond the size that is allowed', () => {
    expect(readTreeFile(tree, 'src/a.c', 3)).toBeUndefined()
  })

  testWith('mkfifo')('does not block on a pipe', () => {
    run('mkfifo', [join(tree, 'pipe')])
    expect(readTreeFile(tree, 'pipe', 1000)).toBeUndefined()
    expect(isPlainFile(join(tree, 'pipe'))).toBe(false)
  })
})
