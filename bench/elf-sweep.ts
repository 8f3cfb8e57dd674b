import { spawnSync } from 'node:child_process'
import { elfFilesUnder } from '../__tests__/core/elf/machine-files.ts'
import { differences } from '../__tests__/core/elf/readelf-symbols.ts'
import { ElfError } from '../src/core/elf/errors.ts'
import { openElf } from '../src/shell/files/elf-file.ts'

/**
 * The symbols of every ELF file of /usr/bin and /usr/lib, and of node, against `readelf -sW`: what the tests do with a
 * sample. It is no measurement of time; it fails when a symbol differs.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const folders = process.argv.length > 2 ? process.argv.slice(2) : ['/usr/bin', '/usr/lib']
const paths = new Set([process.execPath, ...elfFilesUnder(folders).map(({ path }) => path)])
let [symbols, wrong, refused, shared] = [0, 0, 0, 0]

for (const path of paths) {
  const { stdout } = spawnSync('readelf', ['-sW', path], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  try {
    const { elf, close } = openElf(path)
    close()
    const found = differences(elf, stdout)
    symbols += elf.symbols.length
    if (elf.symbolSource === 'dynsym') shared++
    if (found.length > 0) wrong++
    for (const line of found.slice(0, 3)) say(`  ${path}: ${line}`)
  } catch (error) {
    if (!(error instanceof ElfError)) throw error
    refused++
    say(`  ${error.message}`)
  }
}
say(
  `  ${paths.size} files, ${symbols} symbols (${shared} files by .dynsym): ${wrong} files differ from readelf, ${refused} refused`,
)
process.exitCode = wrong > 0 ? 1 : 0
