// Shares the machine: nothing here depends on the clock.
import { describe, expect } from '@jest/globals'
import { openElf } from '../../../src/shell/files/elf-file.ts'
import { elfFilesUnder } from './machine-files.ts'
import { seeded } from './mutations.ts'
import { differences } from './readelf-symbols.ts'
import { run, testWith } from './tools-here.ts'

/** Symbols and differences of one file. */
function compare(path: string): { symbols: number; wrong: string[] } {
  const { elf, close } = openElf(path)
  const wrong = differences(elf, run('readelf', ['-sW', path]))
  close()
  return { symbols: elf.symbols.length, wrong: wrong.slice(0, 3).map(line => `${path}: ${line}`) }
}

describe('readElf beside readelf -sW', () => {
  testWith('readelf')('agrees on node’s own binary', () => {
    expect(compare(process.execPath)).toMatchObject({ wrong: [] })
  })

  testWith('readelf')('agrees on the largest and on a drawn sample of this machine’s ELF files', () => {
    const random = seeded(2016)
    const files = elfFilesUnder(['/usr/bin', '/usr/lib']).filter(({ size }) => size < 2 ** 25)
    const largest = files.toSorted((a, b) => b.size - a.size).slice(0, 4)
    const drawn = Array.from({ length: 80 }, () => files[random(files.length)]!)
    const chosen = [...new Set([...largest, ...drawn].map(({ path }) => path))]
    const results = chosen.map(compare)
    const symbols = results.reduce((sum, result) => sum + result.symbols, 0)
    console.info(
      `readelf and readElf agree on ${symbols} symbols of ${chosen.length} files (of ${files.length})`,
    )
    expect(results.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(symbols).toBeGreaterThan(1000)
  })
})
