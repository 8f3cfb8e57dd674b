import { describe, expect, test } from '@jest/globals'
import {
  isCommentKey,
  isNewer,
  type Marker,
  readMarker,
  writeMarker,
} from '../../../src/core/github/marker.ts'

const MARKER: Marker = {
  key: 'default',
  head: '99aabbccddeeff00112233445566778899aabbcc',
  run: 41,
  attempt: 2,
}

describe('the marker of a comment', () => {
  test('is read back from the start of a body', () => {
    expect(readMarker(`${writeMarker(MARKER)}\n**text**`)).toEqual(MARKER)
  })

  test.each(['default', 'a-b', 'a--b', '-', 'x_1.2', 'k'.repeat(64)])('takes the key %s', key => {
    expect(isCommentKey(key)).toBe(true)
    expect(readMarker(writeMarker({ ...MARKER, key }))?.key).toBe(key)
  })

  test.each(['', 'a b', 'a>', '-->', 'ä', 'k'.repeat(65), 'a\n'])('refuses the key %j', key => {
    expect(isCommentKey(key)).toBe(false)
    expect(() => writeMarker({ ...MARKER, key })).toThrow(TypeError)
  })

  test('refuses a head that could end it', () => {
    expect(() => writeMarker({ ...MARKER, head: '-->' })).toThrow(TypeError)
  })

  test.each([
    ['not at byte 0', ` ${writeMarker(MARKER)}`],
    ['of another version', writeMarker(MARKER).replace(' v1 ', ' v2 ')],
    ['without a run', '<!-- perf-verdict:default v1 {"head":"99"} -->'],
    ['with a run that is no number', '<!-- perf-verdict:default v1 {"head":"99","run":"1","attempt":1} -->'],
    ['with a head that is no commit', '<!-- perf-verdict:default v1 {"head":"x","run":1,"attempt":1} -->'],
    ['with broken JSON', '<!-- perf-verdict:default v1 {"head":} -->'],
    ['that spans lines', '<!-- perf-verdict:default v1 {"head":"99",\n"run":1,"attempt":1} -->'],
  ])('%s is none', (_, body) => {
    expect(readMarker(body)).toBeUndefined()
  })

  test.each([
    [{ run: 42, attempt: 1 }, true],
    [{ run: 41, attempt: 3 }, true],
    [{ run: 41, attempt: 2 }, false],
    [{ run: 40, attempt: 9 }, false],
  ])('of %j is newer than run 41, attempt 2: %s', (later, newer) => {
    expect(isNewer({ ...MARKER, ...later }, MARKER)).toBe(newer)
  })
})
