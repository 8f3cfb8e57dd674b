import { describe, expect, test } from '@jest/globals'
import { compareManifests, isForeign, type ManifestEntry } from '../../../src/core/cache/manifest.ts'

const file: ManifestEntry = { path: 'a/b', kind: 'file', mode: 0o755, sha256: 'x' }

describe('entries of a kept folder', () => {
  test.each<[ManifestEntry, boolean]>([
    [file, false],
    [{ ...file, mode: 0o4755 }, true],
    [{ ...file, mode: 0o2755 }, true],
    [{ path: 'a', kind: 'folder' }, false],
    [{ path: 'a', kind: 'other' }, true],
    [{ path: 'a/b/link', kind: 'link', target: '../c' }, false],
    [{ path: 'a/b/link', kind: 'link', target: '../../c' }, false],
    [{ path: 'a/b/link', kind: 'link', target: '../../../c' }, true],
    [{ path: 'a/link', kind: 'link', target: 'x/../../../c' }, true],
    [{ path: 'link', kind: 'link', target: '/etc' }, true],
    [{ path: 'link', kind: 'link', target: './self' }, false],
  ])('%j is foreign: %s', (entry, foreign) => {
    expect(isForeign(entry)).toBe(foreign)
  })

  test.each<[string, readonly ManifestEntry[], RegExp | undefined]>([
    [
      'the same in another order of fields',
      [{ sha256: 'x', mode: 0o755, kind: 'file', path: 'a/b' }],
      undefined,
    ],
    ['other content', [{ ...file, sha256: 'y' }], /differs/],
    ['another mode', [{ ...file, mode: 0o644 }], /differs/],
    ['another kind', [{ path: 'a/b', kind: 'folder' }], /differs/],
    ['one more', [file, { path: 'c', kind: 'folder' }], /"c" differs/],
    ['one less', [], /"a\/b" is missing/],
    ['something foreign', [{ path: 'a/b', kind: 'other' }], /not something/],
  ])('compared with %s', (_, restored, says) => {
    const fault = compareManifests([file], restored)
    if (says) expect(fault).toMatch(says)
    else expect(fault).toBeUndefined()
  })
})
