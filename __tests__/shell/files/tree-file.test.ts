import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isPlainFile, readBuiltFile, readTreeFile } from '../../../src/shell/files/tree-file.ts'
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

describe('a file that the debug information of a hostile program names', () => {
  const [home, system] = [join(folder, 'home'), join(folder, 'usr')]
  const put = (file: string, mode = 0o644) => {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, 'text\n')
    chmodSync(file, mode)
  }
  put(join(home, 'registry/lib.rs'), 0o600)
  put(join(system, 'include/stdio.h'))
  put(join(system, 'private/key.h'))
  put(join(system, 'include/closed.h'), 0o600)
  put(join(folder, 'usr-other/a.h'))
  chmodSync(join(system, 'private'), 0o700)
  symlinkSync(system, join(folder, 'lib'))
  symlinkSync(join(folder, 'secret'), join(system, 'include/led.h'))
  symlinkSync(folder, join(tree, 'up'))
  const places = { tree, own: [home], machine: [join(folder, 'lib'), join(folder, 'missing'), system] }
  const read = (path: string) => readBuiltFile(places, path, 1000)

  test.each([
    ['in the tree', 'src/a.c'],
    ['in the tree, by its whole path', join(tree, 'src/a.c')],
    ['that the build got into its home', join(home, 'registry/lib.rs')],
    ['of the system', join(system, 'include/stdio.h')],
    ['of the system, by a link to its folder', join(folder, 'lib/include/stdio.h')],
  ])('%s is read', (_, path) => {
    expect(read(path)).toMatch(/^(text|int a;)\n$/)
  })

  test.each([
    ['of the machine', join(folder, 'secret')],
    ['of the machine, by a path that begins in the tree', `${tree}/src/../../secret`],
    ['of the machine, by a path out of the tree', '../secret'],
    ['of the machine, by a link in the tree', join(tree, 'link')],
    ['of the machine, by a link to its folder', join(tree, 'up/secret')],
    ['of the machine, by a link in the system', join(system, 'include/led.h')],
    ['in a folder with a longer name', join(folder, 'usr-other/a.h')],
    ['of a process', '/proc/self/environ'],
    ['that is a device', '/dev/zero'],
    ['that is a folder', join(system, 'include')],
    ['with an empty name', '/'],
  ])('%s is not', (_, path) => {
    expect(read(path)).toBeUndefined()
  })

  // Root could read what no job may; an ordinary user's jobs are that user.
  test.each([join(system, 'private/key.h'), join(system, 'include/closed.h')])(
    '%s is read only where its own jobs could',
    path => {
      expect(read(path)).toBe(process.getuid!() === 0 ? undefined : 'text\n')
    },
  )
})
