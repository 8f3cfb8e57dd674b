import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { separateDebugFile } from '../../../src/shell/files/debug-file.ts'
import { openElf } from '../../../src/shell/files/elf-file.ts'
import { run, temporaryFolder, testWith, write } from '../../core/elf/tools-here.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)

/** Builds a program, splits its debug information off, and yields what is found for it. */
function split(
  options: readonly string[],
  move: (id: string | undefined) => string,
): { found: string | undefined; wanted: string } {
  run('gcc', ['-g', ...options, '-o', at('program'), write(at('a.c'), 'int main(void) { return 0; }\n')])
  run('objcopy', ['--only-keep-debug', at('program'), at('program.debug')])
  run('strip', [at('program')])
  run('objcopy', [`--add-gnu-debuglink=${at('program.debug')}`, at('program')])
  const { elf, close } = openElf(at('program'))
  const wanted = move(elf.buildId)
  mkdirSync(dirname(wanted), { recursive: true })
  renameSync(at('program.debug'), wanted)
  const found = separateDebugFile(at('program'), elf, at('debug'))
  rmSync(at('debug'), { recursive: true, force: true })
  close()
  return { found, wanted }
}

describe('a debug file that was split off', () => {
  testWith(
    'gcc',
    'objcopy',
    'strip',
  )('is found by build id', () => {
    const { found, wanted } = split(['-Wl,--build-id=sha1'], id =>
      at(`debug/.build-id/${id!.slice(0, 2)}/${id!.slice(2)}.debug`),
    )
    expect(found).toBe(wanted)
  })

  testWith(
    'gcc',
    'objcopy',
    'strip',
  )('is found by its link, with the checksum where there is no build id', () => {
    const withId = split(['-Wl,--build-id=sha1'], () => at('.debug/program.debug'))
    expect(withId.found).toBe(withId.wanted)
    const without = split(['-Wl,--build-id=none'], () => at('program.debug'))
    expect(without.found).toBe(without.wanted)
  })

  testWith(
    'gcc',
    'objcopy',
    'strip',
  )('is not taken when it belongs to another build', () => {
    const { found, wanted } = split(['-Wl,--build-id=none'], () => at('program.debug'))
    expect(found).toBe(wanted)
    writeFileSync(wanted, 'another build')
    const { elf, close } = openElf(at('program'))
    expect(separateDebugFile(at('program'), elf, at('nothing'))).toBeUndefined()
    close()
  })
})
