import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import { ElfError } from '../../../src/core/elf/errors.ts'
import { inflate, openBytes, openElf } from '../../../src/shell/files/elf-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

describe('openBytes', () => {
  test('reads by offset, and less at the end of the file', () => {
    writeFileSync(at('ten'), '0123456789')
    const file = openBytes(at('ten'))
    const text = (offset: number, length: number): string =>
      new TextDecoder().decode(file.read(offset, length))
    expect(file.size).toBe(10)
    expect([text(0, 3), text(7, 3), text(8, 10), text(20, 5)]).toEqual(['012', '789', '89', ''])
    file.close()
    expect(() => file.read(0, 1)).toThrow()
  })

  test('refuses a pipe at once instead of waiting for its writer, and a folder', () => {
    execFileSync('mkfifo', [at('pipe')])
    expect(() => openBytes(at('pipe'))).toThrow(ElfError)
    expect(() => openBytes(folder)).toThrow(/not a regular file/)
    expect(() => openBytes(at('missing'))).toThrow(/ENOENT/)
  })
})

describe('openElf', () => {
  test('reads a program of this machine', () => {
    const { elf, close } = openElf(process.execPath)
    expect(elf.bits).toBe(64)
    expect(elf.bytesAt(elf.entry, 16)).toHaveLength(16)
    close()
  })

  test('names the path of what is no ELF file', () => {
    writeFileSync(at('script'), '#!/bin/sh\n')
    expect(() => openElf(at('script'))).toThrow(`${at('script')}: This is not an ELF file`)
  })
})

describe('inflate', () => {
  test('unpacks, but never to more than the size that was promised', () => {
    const packed = deflateSync(Buffer.alloc(1_000_000))
    expect(inflate(packed, 1_000_000)).toHaveLength(1_000_000)
    expect(() => inflate(packed, 1000)).toThrow()
  })
})
