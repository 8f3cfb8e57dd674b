import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseLfsPointer } from '../../../src/core/checkout/lfs-pointer.ts'
import { cases } from '../../doubles/soak.ts'

const OID = '4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393'
const pointer = (oid = OID, size = '12345', host = 'git-lfs') =>
  `version https://${host}.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`

describe('a Git LFS pointer', () => {
  test('is read, also that of the pre-release', () => {
    for (const host of ['git-lfs', 'hawser'])
      expect(parseLfsPointer(pointer(OID, '12345', host))).toEqual({ oid: OID, bytes: 12345 })
  })

  test.each([
    ['empty', ''],
    ['without its last line end', pointer().slice(0, -1)],
    ['with more behind it', `${pointer()}x`],
    ['with a line of its own before it', `\n${pointer()}`],
    ['with carriage returns', pointer().replaceAll('\n', '\r\n')],
    ['of another version', pointer().replace('v1', 'v2')],
    ['of another host', pointer(OID, '1', 'evil')],
    ['of another hash', pointer().replace('sha256', 'sha512')],
    ['with a name in capitals', pointer(OID.toUpperCase())],
    ['with a name that is a path', pointer(`../../${OID.slice(6)}`)],
    ['with a short name', pointer(OID.slice(1))],
    ['with a negative size', pointer(OID, '-1')],
    ['with a size beyond any number', pointer(OID, '9'.repeat(30))],
    ['out of order', `version https://git-lfs.github.com/spec/v1\nsize 1\noid sha256:${OID}\n`],
    ['with an extension', pointer().replace('oid', `ext-0-x sha256:${OID}\noid`)],
    ['too long', pointer() + ' '.repeat(1024)],
  ])('is no text that is %s', (_, text) => {
    expect(parseLfsPointer(text)).toBeUndefined()
  })

  test('is only what it would be written as', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(200), (noise, at) => {
        const text = pointer().slice(0, at) + noise + pointer().slice(at)
        const read = parseLfsPointer(text)
        if (read) expect(text).toMatch(`oid sha256:${read.oid}\nsize ${text.match(/size (\d+)/)![1]}\n`)
        else expect(text).not.toBe(pointer())
      }),
      cases(10_000),
    )
  })
})
