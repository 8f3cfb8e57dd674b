import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readLines } from '../../../../src/core/elf/dwarf/read-lines.ts'
import { ElfError } from '../../../../src/core/elf/errors.ts'
import { inMemory } from '../../../../src/core/elf/fields.ts'
import { readElf } from '../../../../src/core/elf/read-elf.ts'
import { inflate } from '../../../../src/shell/files/elf-file.ts'
import { craftElf } from '../crafted-elf.ts'
import { tally } from '../mutations.ts'
import { run, temporaryFolder, testWith, write } from '../tools-here.ts'

const folder = temporaryFolder()
const source = write(join(folder, 'a.c'), 'int total;\nint one(int a) {\n  total += a;\n  return total;\n}\n')

/** A small file with the debug sections that gcc writes for a small program, and little else to damage. */
function sample(options: readonly string[]): Uint8Array {
  const path = join(folder, 'a.so')
  run('gcc', ['-O1', '-shared', '-fPIC', '-nostdlib', ...options, '-o', path, source])
  const whole = readElf(inMemory(new Uint8Array(readFileSync(path))))
  const wanted = /^\.(z?debug_(line|line_str|str|info|abbrev)|text)$/
  const sections = whole.sections.filter(({ name }) => wanted.test(name))
  const one = whole.symbols.find(({ name }) => name === 'one')!
  return craftElf({
    type: 3,
    sections: sections.map(({ name, type, flags, address, offset, size }) => ({
      ...{ name, type, flags, address, bytes: whole.file.read(offset, size) },
    })),
    symbols: [{ name: 'one', address: one.address, size: one.size }],
  })
}

testWith('gcc')(
  'damaged line programs are read or refused with an ElfError',
  () => {
    const options = [['-gdwarf-4'], ['-gdwarf-5'], ['-gdwarf-2', '-gz=zlib'], ['-g', '-gz=zlib-gnu']]
    const files = options.map(sample)
    const elves = files.map(bytes => readElf(inMemory(bytes)))
    for (const elf of elves) expect(readLines(elf, { inflate }).lineOf(elf.symbols[0]!.address)?.line).toBe(3)
    let [next, lines] = [0, 0]
    const read = (bytes: Uint8Array): void => {
      // The section table stays whole, so that all damage is in the debug information.
      const elf = { ...elves[next++ % elves.length]!, file: inMemory(bytes) }
      const table = readLines(elf, { inflate })
      for (const symbol of elf.symbols) {
        if (table.lineOf(symbol.address)) lines++
        table.linesOf(symbol)
      }
      table.functionsTouching('a.c', [{ first: 1, last: 5 }])
    }
    const expected = (error: unknown): boolean => error instanceof ElfError
    const result = tally(files, { read, expected })
    expect(result.refused).toBeGreaterThan(result.tried / 200)
    expect(lines).toBeGreaterThan(result.tried / 100)
  },
  180_000,
)

test('a line program that claims more files than it can have is refused before they are made', () => {
  const file = (formats: readonly number[]): Uint8Array => {
    const count = [0x80, 0x80, 0x80, 0x80, 0x01]
    const header = [5, 0, 8, 0, 0, 0, 0, 0, 1, 1, 1, 0xfb, 14, 1, formats.length / 2, ...formats, ...count]
    const bytes = Uint8Array.from([header.length + 4096, 0, 0, 0, ...header, ...new Uint8Array(4096)])
    new DataView(bytes.buffer).setUint32(0, bytes.length - 4, true)
    return craftElf({ sections: [{ name: '.debug_line', bytes }] })
  }
  for (const formats of [[], [1, 0x19]])
    expect(() => readLines(readElf(inMemory(file(formats))), { inflate })).toThrow(
      /more files than it can have/,
    )
})
