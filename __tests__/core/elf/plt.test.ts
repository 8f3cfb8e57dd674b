import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { slotNames } from '../../../src/core/elf/got-slots.ts'
import { pltSymbols } from '../../../src/core/elf/plt.ts'
import { openElf } from '../../../src/shell/files/elf-file.ts'
import { can, run, temporaryFolder, testWith, toolPath, write } from './tools-here.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)
const source = write(
  at('a.c'),
  '#include <stdio.h>\n#include <string.h>\nint main(int c, char **v) { puts(v[0]); return (int)strlen(v[c - 1]) + printf("%d", c); }\n',
)

/** What objdump calls the stubs: `0000000000001030 <puts@plt>:`. */
function byObjdump(tool: string, path: string): Map<number, string> {
  const found = run(tool, ['-d', path]).matchAll(/^0*([0-9a-f]+) <(.+)@plt>:$/gm)
  return new Map(
    Array.from(found, ([, address, name]) => [Number.parseInt(address!, 16), name!.replace(/@.*/, '')]),
  )
}

function ours(path: string): ReadonlyMap<number, string> {
  const { elf, close } = openElf(path)
  const names = pltSymbols(elf)
  close()
  return names
}

describe('names of stubs', () => {
  test.each([
    ['lazy', ['-Wl,-z,lazy']],
    ['bound at once', ['-Wl,-z,now']],
    ['with branch tracking', ['-fcf-protection=full', '-Wl,-z,ibtplt']],
    ['at a fixed address', ['-no-pie']],
    ['linked by lld', ['-fuse-ld=lld']],
    ['linked by mold', ['-fuse-ld=mold']],
    ['linked by gold', ['-fuse-ld=gold']],
  ])('are those of objdump when %s', (_, options) => {
    const path = at('linked')
    if (!can('gcc', ['-O0', '-fno-builtin', ...options, '-o', path, source]) || !toolPath('objdump'))
      return console.info(`skipped: gcc ${options} does not work here`)
    const names = ours(path)
    expect([...names.values()]).toEqual(expect.arrayContaining(['puts', 'strlen', 'printf']))
    for (const [address, name] of byObjdump('objdump', path))
      expect([address, names.get(address)]).toEqual([address, name])
  })

  testWith('gcc')('name the slots of a program that calls without stubs', () => {
    run('gcc', ['-O0', '-fno-builtin', '-fno-plt', '-o', at('direct'), source])
    const { elf, close } = openElf(at('direct'))
    expect([...slotNames(elf).values()]).toEqual(expect.arrayContaining(['puts', 'strlen', 'printf']))
    close()
  })

  testWith('gcc')('name the indirect functions of a static program', () => {
    if (!can('gcc', ['-static', '-O0', '-fno-builtin', '-o', at('static'), source]))
      return console.info('skipped: no static libc here')
    expect([...ours(at('static')).values()]).toContain('strlen')
  })

  test('are found on AArch64, with and without branch tracking', () => {
    const code =
      'extern int outside(int); extern int other(int);\nint f(int a) { return outside(a) + other(a); }\n'
    const args = ['--target=aarch64-linux-gnu', '-shared', '-nostdlib', '-fPIC', '-fuse-ld=lld']
    for (const protection of ['none', 'standard']) {
      const path = at(`arm-${protection}.so`)
      const options = [...args, `-mbranch-protection=${protection}`, '-Wl,-z,lazy']
      if (protection === 'standard') options.push('-Wl,-z,force-bti')
      if (!can('clang', [...options, '-o', path, write(at('arm.c'), code)]))
        return console.info('skipped: no clang with lld here')
      const names = ours(path)
      expect(new Set(names.values())).toEqual(new Set(['other', 'outside']))
      if (toolPath('llvm-objdump')) expect(names).toEqual(byObjdump('llvm-objdump', path))
    }
  })

  testWith('gcc')('are none in an object file', () => {
    run('gcc', ['-c', '-o', at('a.o'), source])
    expect(ours(at('a.o'))).toEqual(new Map())
  })
})
