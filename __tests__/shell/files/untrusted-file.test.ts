import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { eachUntrustedLine, readUntrusted, untrustedNames } from '../../../src/shell/files/untrusted-file.ts'

let folder: string
let outside: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-untrusted-'))
  outside = mkdtempSync(join(tmpdir(), 'perf-verdict-outside-'))
  writeFileSync(join(outside, 'secret'), 'secret')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(outside, { recursive: true, force: true })
})

const CAPS = { bytes: 1 << 20, lineCharacters: 100 }
const linesOf = async (name: string, caps = CAPS) => {
  const lines: string[] = []
  const bytes = await eachUntrustedLine({ folder, name }, caps, line => lines.push(line))
  return { bytes, lines }
}

describe('what is not read', () => {
  test.each<[string, () => void]>([
    ['nothing', () => {}],
    ['a link to a file outside', () => symlinkSync(join(outside, 'secret'), join(folder, 'it'))],
    [
      'a link to a file inside',
      () => {
        writeFileSync(join(folder, 'real'), 'x')
        symlinkSync(join(folder, 'real'), join(folder, 'it'))
      },
    ],
    ['a second name of another file', () => linkSync(join(outside, 'secret'), join(folder, 'it'))],
    ['a folder', () => mkdirSync(join(folder, 'it'))],
    ['a pipe that nobody writes to', () => execFileSync('mkfifo', [join(folder, 'it')])],
  ])('%s', async (_name, put) => {
    put()
    expect(await readUntrusted(folder, 'it', 100)).toBeUndefined()
    expect(await linesOf('it')).toEqual({ bytes: undefined, lines: [] })
  })

  test('a file behind a folder that is a link', async () => {
    symlinkSync(outside, join(folder, 'sub'))
    expect(await readUntrusted(folder, 'sub/secret', 100)).toBeUndefined()
    expect(await readUntrusted(folder, `../${outside.split('/').at(-1)}/secret`, 100)).toBeUndefined()
  })
})

test('a regular file is read, up to the cap', async () => {
  writeFileSync(join(folder, 'it'), 'abcdef')
  expect(await readUntrusted(folder, 'it', 100)).toBe('abcdef')
  expect(await readUntrusted(folder, 'it', 3)).toBe('abc')
})

test('lines come whole across the pieces in which the file is read, long ones cut, the last without its end', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `row ${index} é`)
  writeFileSync(join(folder, 'it'), [...rows, 'y'.repeat(5000), 'last'].join('\n'))
  const { lines } = await linesOf('it', { bytes: 1 << 24, lineCharacters: 100 })
  expect(lines).toEqual([...rows, 'y'.repeat(100), 'last'])
})

test('a file of a terabyte costs no more than the cap', async () => {
  writeFileSync(join(folder, 'it'), 'start\n')
  truncateSync(join(folder, 'it'), 2 ** 40)
  const { bytes, lines } = await linesOf('it')
  expect(bytes).toBe(CAPS.bytes)
  expect(lines[0]).toBe('start')
  expect(lines.every(line => line.length <= CAPS.lineCharacters)).toBe(true)
})

test('names are listed by their beginning, sorted, and not more than asked for', async () => {
  for (const name of ['a.2', 'a.1', 'b.1', 'a.3']) writeFileSync(join(folder, name), '')
  expect(await untrustedNames(folder, 'a.', 2)).toEqual(['a.1', 'a.2'])
  expect(await untrustedNames(join(folder, 'none'), 'a.', 2)).toEqual([])
})
