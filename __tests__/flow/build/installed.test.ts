import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { whyNotKept } from '../../../src/flow/build/installed.ts'
import { NOT_KEPT } from '../../../src/report/reasons/builds.ts'

/** A place with these files next to its tree. */
function placeWith(...files: readonly string[]) {
  const tree = join(mkdtempSync(join(tmpdir(), 'pv-installed-')), 'base')
  for (const file of [`${tree}/bench`, ...files.map(name => `${tree}.${name}`)]) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'x')
  }
  return { tree, home: `${tree}.home` }
}

describe('a build is kept without what is next to its tree', () => {
  test.each([
    ['nothing', []],
    [
      'what compilers cached',
      ['home/.cache/ccache/a/b.o', 'layers/4/upper/c4/blob', 'layers/5/merged/x.zip'],
    ],
    ['marks of a package manager', ['home/.cargo/.package-cache', 'layers/0/upper/index/config.json']],
  ])('where that is %s', async (_, files) => {
    expect(await whyNotKept(placeWith(...files))).toBeUndefined()
  })

  test.each([
    ['a program in the home', ['home/bin/bench'], /installed something/],
    ['a program of cargo', ['home/.cargo/bin/bench'], /installed something/],
    ['a crate in the home', ['home/.cargo/registry/cache/index/divan-0.1.crate'], /downloaded packages/],
    ['a crate in a lent cache', ['layers/0/upper/cache/index/divan-0.1.crate'], /cargo fetch/],
    ['a module of Go', ['home/go/pkg/mod/cache/download/a/@v/v1.zip'], /go mod download/],
    ['a jar', ['layers/7/upper/org/jmh-core-1.37.jar'], /downloaded packages/],
  ])('and not at all where that is %s', async (_, files, why) => {
    const found = await whyNotKept(placeWith(...files))
    expect(found && NOT_KEPT[found]).toMatch(why)
  })
})
