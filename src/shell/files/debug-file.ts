import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { ElfImage, FileBytes } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { fieldsOf, readPart } from '../../core/elf/fields.ts'
import { openBytes, openElf } from './elf-file.ts'

/** What `.gnu_debuglink` says: the name of the separate file and the checksum of all its bytes. */
interface DebugLink {
  readonly name: string
  readonly checksum: number
}

function debugLinkOf(elf: ElfImage): DebugLink | undefined {
  const section = elf.sections.find(({ name }) => name === '.gnu_debuglink')
  if (section === undefined || section.size < 8) return undefined
  const bytes = readPart(elf.file, { what: 'debug link', offset: section.offset, size: section.size })
  const name = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
  const checksum = fieldsOf(bytes, elf.littleEndian).u32(bytes.length - 4)
  return /^[^/]+$/.test(name) ? { name, checksum } : undefined
}

const chunk = 1024 * 1024

function checksumOf(file: FileBytes): number {
  let checksum = 0
  for (let at = 0; at < file.size; at += chunk)
    checksum = crc32(file.read(at, Math.min(chunk, file.size - at)), checksum)
  return checksum
}

function buildIdOf(path: string): string | undefined {
  const { elf, close } = openElf(path)
  close()
  return elf.buildId
}

/** Whether a file is the one that was split off: by build id where there is one, else by checksum. */
function belongs(path: string, elf: ElfImage, checksum: number | undefined): boolean {
  try {
    if (elf.buildId !== undefined) return buildIdOf(path) === elf.buildId
    const file = openBytes(path)
    const found = checksumOf(file)
    file.close()
    return found === checksum
  } catch (error) {
    if (error instanceof ElfError) return false
    throw error
  }
}

/**
 * The path of the file that holds a program's split-off symbols and debug information, by build id and by
 * `.gnu_debuglink` (GDB, "Separate Debug Files"), or undefined. Addresses in it are the program's; its code is gone.
 */
export function separateDebugFile(
  path: string,
  elf: ElfImage,
  debugFolder = '/usr/lib/debug',
): string | undefined {
  const { buildId } = elf
  const link = debugLinkOf(elf)
  const folder = dirname(path)
  const byId = buildId && join(debugFolder, '.build-id', buildId.slice(0, 2), `${buildId.slice(2)}.debug`)
  const byLink = link
    ? [join(folder, link.name), join(folder, '.debug', link.name), join(debugFolder, folder, link.name)]
    : []
  return [...(byId ? [byId] : []), ...byLink].find(
    candidate => candidate !== path && existsSync(candidate) && belongs(candidate, elf, link?.checksum),
  )
}

const LARGEST_PACKED_BYTES = 64 * 1024 * 1024
const LARGEST_SYMBOLS_BYTES = 256 * 1024 * 1024
const UNPACK_MILLISECONDS = 20_000

/**
 * The symbols that a stripped library carries packed in `.gnu_debugdata` (GDB, "MiniDebugInfo"), as the bytes of an ELF file; undefined
 * where there are none, or nothing here unpacks them.
 */
export function packedSymbols(elf: ElfImage): Uint8Array | undefined {
  const section = elf.sections.find(({ name }) => name === '.gnu_debugdata')
  if (section === undefined || section.size > LARGEST_PACKED_BYTES) return undefined
  const input = readPart(elf.file, { what: 'packed symbols', offset: section.offset, size: section.size })
  const { status, stdout } = spawnSync('xz', ['--decompress', '--stdout', '--memlimit-decompress=256MiB'], {
    ...{
      input,
      maxBuffer: LARGEST_SYMBOLS_BYTES,
      timeout: UNPACK_MILLISECONDS,
      env: { PATH: '/usr/bin:/bin' },
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return status === 0 ? new Uint8Array(stdout) : undefined
}
