import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { unzipReport } from '../../../src/shell/github/artifact-zip.ts'
import { dice } from '../../doubles/mutate.ts'
import { casesOf, PATIENCE, SEED } from '../../doubles/soak.ts'
import { type ZipLies, type ZipPart, zip } from '../../doubles/zip.ts'

const content = Buffer.from(`${JSON.stringify({ schema: 1, verdict: 'pass', text: 'grüß, 你好' })}\n`)
const plain: ZipPart = { name: 'report.json', content }
const MiB = 1024 * 1024

describe('an artifact', () => {
  test('as actions/upload-artifact really makes it is unpacked', async () => {
    const file = readFileSync(new URL('../../fixtures/github/upload-artifact.zip', import.meta.url))
    expect(await unzipReport(file)).toEqual({
      ok: true,
      value: '{"schema": 1, "verdict": "pass", "note": "a fixture"}',
    })
  })

  test.each([[0], [8]])('packed by method %i is unpacked', async method => {
    expect(await unzipReport(zip([{ ...plain, method }]))).toEqual({
      ok: true,
      value: content.toString('utf8'),
    })
  })

  const bomb = Buffer.alloc(7 * MiB, 32)
  const larger = Buffer.alloc(9 * MiB)
  for (let at = 0; at < larger.length; at++) larger[at] = (at * at) >> 7
  const nested = zip([plain])

  test.each<[string, readonly ZipPart[], ZipLies, RegExp]>([
    ['nothing in it', [], {}, /holds 0 entries/],
    ['two entries', [plain, { ...plain, name: 'other.json' }], {}, /holds 2 entries/],
    ['the same name twice', [plain, plain], {}, /holds 2 entries/],
    ['two entries and a lie about it', [plain, plain], { count: 1 }, /more than the one/],
    ['a hundred thousand entries', [plain], { count: 65_535 }, /holds 65535/],
    ['another name', [{ ...plain, name: 'report.json.exe' }], {}, /not report\.json/],
    ['a way out', [{ ...plain, name: '../report.json' }], {}, /relative path|not report/],
    ['an absolute name', [{ ...plain, name: '/etc/report.json' }], {}, /absolute|not report/],
    ['a name of Windows', [{ ...plain, name: '..\\report.json' }], {}, /invalid|not report/],
    ['a folder', [{ ...plain, name: 'report.json/' }], {}, /not report/],
    ['a name with NUL', [{ ...plain, name: 'report.json\0' }], {}, /not report/],
    ['upper case', [{ ...plain, name: 'REPORT.JSON' }], {}, /not report/],
    [
      'a second name in an extra field',
      [{ ...plain, name: 'x', extra: unicodePath('report.json') }],
      {},
      /not report/,
    ],
    ['encryption', [{ ...plain, flags: 1 }], {}, /encrypted/],
    ['strong encryption', [{ ...plain, flags: 0x41 }], {}, /encrypt/],
    ['a rare method', [{ ...plain, method: 12, packed: content }], {}, /unusual way/],
    ['a bomb', [{ ...plain, content: bomb }], {}, /more than 100 times/],
    [
      'a bomb that says it is small',
      [{ ...plain, content: bomb, unzippedBytes: 2000 }],
      {},
      /too many bytes/,
    ],
    [
      'too much',
      [{ ...plain, content: larger, packed: deflateRawSync(larger, { level: 9 }) }],
      {},
      /larger|more than/,
    ],
    ['less than it says', [{ ...plain, unzippedBytes: content.length + 1 }], {}, /not enough bytes/],
    ['a wrong checksum', [{ ...plain, crc: 1 }], {}, /checksum/],
    ['a zip in it', [{ ...plain, name: 'report.zip', content: Buffer.from(nested) }], {}, /not report/],
    ['text that is not UTF-8', [{ ...plain, content: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }], {}, /encod/],
    ['zip64', [plain], { zip64: true }, /zip64/],
    ['a comment', [plain], { comment: 'PK' }, /not a whole zip/],
    ['a directory beyond the end', [plain], { directoryOffset: 1e9 }, /not where it says/],
    ['an entry beyond the end', [{ ...plain, offset: 1e9 }], {}, /./],
    [
      'sizes beyond the end',
      [{ ...plain, zippedBytes: 0xfffffffe, unzippedBytes: 0xfffffffe }],
      {},
      /larger/,
    ],
    ['garbage for deflate', [{ ...plain, packed: Buffer.from('not deflate at all') }], {}, /./],
  ])('with %s is refused', async (_, parts, lies, says) => {
    const unzipped = await unzipReport(zip(parts, lies))
    expect(unzipped).toMatchObject({ ok: false, fault: expect.stringMatching(says) })
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('<html>')],
    ['a shell script with a zip behind it', Buffer.concat([Buffer.from('#!/bin/sh\n'), zip([plain])])],
    ['a zip with something behind it', Buffer.concat([zip([plain]), Buffer.from('x')])],
    ['two zips', Buffer.concat([zip([plain]), zip([{ ...plain, name: 'x' }])])],
    ['3 MiB', Buffer.alloc(3 * MiB)],
  ])('that is %s is refused', async (_, bytes) => {
    expect((await unzipReport(bytes)).ok).toBe(false)
  })

  test('cut off anywhere is refused', async () => {
    const whole = zip([plain])
    for (let length = 0; length < whole.length; length++) {
      expect(await unzipReport(whole.subarray(0, length))).toMatchObject({ ok: false })
    }
  })

  test(
    'mutated is refused, or yields the text that its checksum speaks for',
    async () => {
      const seeds = [
        zip([plain]),
        zip([{ ...plain, method: 0 }]),
        zip([plain, plain]),
        zip([plain], { zip64: true }),
      ]
      const wanted = casesOf(100_000)
      const roll = dice(SEED)
      let done = 0
      let survived = 0
      while (done < wanted) {
        const batch = Array.from(
          { length: 50 },
          async () => await unzipReport(spoiled(seeds[roll() % seeds.length]!, roll)),
        )
        for (const unzipped of await Promise.all(batch)) {
          done++
          if (!unzipped.ok) expect(unzipped.fault).not.toBe('')
          else if (unzipped.value === content.toString('utf8')) survived++
          else throw new Error(`other text came out: ${unzipped.value}`)
        }
      }
      process.stdout.write(`artifacts: ${done} mutations, ${survived} of them harmless\n`)
      expect(survived).toBeLessThan(done)
    },
    PATIENCE,
  )
})

/** Flips bits, overwrites, removes, doubles and cuts. */
function spoiled(bytes: Uint8Array, roll: () => number): Uint8Array {
  let spoilt = Buffer.from(bytes)
  for (let times = 1 + (roll() % 4); times > 0; times--) {
    const at = roll() % spoilt.length
    const kind = roll() % 5
    if (kind === 0) spoilt[at]! ^= 1 << (roll() % 8)
    else if (kind === 1) spoilt[at] = [0, 0xff, 0x50, roll() % 256][roll() % 4]!
    else if (kind === 2) spoilt = Buffer.concat([spoilt.subarray(0, at), spoilt.subarray(at + (roll() % 9))])
    else if (kind === 3) spoilt = Buffer.concat([spoilt.subarray(0, at), spoilt.subarray(at / 2)])
    else spoilt = spoilt.subarray(0, at + 1)
  }
  return spoilt
}

/** The extra field by which Info-ZIP gives an entry another name. */
function unicodePath(name: string): Uint8Array {
  const field = Buffer.alloc(9 + name.length)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + name.length, 2)
  field.writeUInt8(1, 4)
  field.write(name, 9)
  return field
}
