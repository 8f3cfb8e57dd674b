import { describe, expect, test } from '@jest/globals'
import type { Profile } from '../../../src/core/counters/profile.ts'
import type { LineTable } from '../../../src/core/elf/dwarf/line-table.ts'
import type { Side } from '../../../src/core/model/side.ts'
import { costsOn } from '../../../src/core/placement/hot.ts'
import { type ExamineRequest, pairObject, type SideObject } from '../../../src/core/placement/objects.ts'
import { indexProfile } from '../../../src/core/placement/profile-index.ts'
import { findTouched } from '../../../src/core/placement/touched.ts'
import type { ChangedFunction } from '../../../src/core/source/source-change.ts'
import { sideOf } from './views.ts'

/** A program as its functions with their counts, and the lines of the diff that debug lines find in them on each side. */
interface Program {
  readonly functions: Readonly<Record<string, number>>
  readonly debug?: Partial<
    Readonly<Record<Side, readonly (readonly [name: string, file: string, line: number])[]>>
  >
  readonly text?: readonly (Pick<ChangedFunction, 'name'> & Partial<ChangedFunction>)[]
}

const geometry = { sizeBytes: 32768, ways: 8, lineBytes: 64 }

function side(functions: Program['functions']): SideObject {
  const symbols = Object.keys(functions).map(name => [name, 64] as const)
  const { view } = sideOf([{ name: '.text', address: 4096, symbols, align: 64 }])
  const ran = view.functions.symbols.filter(({ name }) => functions[name]! > 0)
  const profile = {
    object: 'bench',
    addresses: ran.map(({ address }) => address),
    counts: ran.map(({ name }) => functions[name]!),
  }
  return { view, profile: indexProfile(profile) }
}

function touchedIn({ functions, debug = {}, text = [] }: Program): readonly string[] {
  const total = Object.values(functions).reduce((sum, count) => sum + count, 0)
  const sides = { base: side(functions), head: side(functions) }
  const linesOn = (which: Side): LineTable => ({
    files: ['any'],
    checksumOf: () => undefined,
    lineOf: () => undefined,
    linesOf: () => [],
    codeLinesOf: () => new Map(),
    functionsTouching: file =>
      (debug[which] ?? [])
        .filter(each => each[1] === file)
        .map(([name, , line]) => ({
          line,
          symbol: sides[which].view.functions.symbols.find(symbol => symbol.name === name)!,
        })),
  })
  const changed = (which: Side) =>
    new Map((debug[which] ?? []).map(([, file]) => [file, [{ start: 1, count: 99 }]]))
  const request: ExamineRequest = {
    objects: [pairObject('bench', sides, false)],
    profiles: { base: profileOf(sides.base, total), head: profileOf(sides.head, total) },
    geometry: { l1i: geometry, l1d: geometry, ll: geometry, from: 'input' },
    change: {
      functions: text.map(each => ({ file: 'a.c', rewritten: true, from: 'text', ...each })),
      ...{ outside: [], build: [], other: [], ranges: { base: changed('base'), head: changed('head') } },
    },
    lines: (_, which) => linesOn(which),
  }
  const costsOf = (which: Side) => costsOn(which, request.objects, total)
  return findTouched(request, { base: costsOf('base'), head: costsOf('head') }).map(
    ({ function: name, file, line, share, from }) => `${name} ${share} ${from} ${file}:${line}`,
  )
}

const profileOf = (of: SideObject, total: number): Profile => ({
  source: 'callgrind',
  total,
  objects: [of.profile.profile],
})

describe('a touched function', () => {
  test.each<readonly [string, Program, readonly string[]]>([
    [
      'has the changed line that debug lines find in it on the head side',
      { functions: { f: 3, main: 1 }, debug: { head: [['f', 'a.c', 7]], base: [['f', 'a.c', 5]] } },
      ['f 0.75 lines a.c:7'],
    ],
    [
      'has the line of what it inlines, in that file',
      {
        functions: { f: 3, main: 1 },
        debug: { head: [['f', 'inlined.h', 2]] },
        text: [{ name: 'g', line: 2, file: 'inlined.h' }],
      },
      ['f 0.75 lines inlined.h:2', 'g 0 hunks inlined.h:2'],
    ],
    [
      'has the line of its text where there are no debug lines',
      { functions: { f: 3, main: 1 }, text: [{ name: 'f', line: 9 }] },
      ['f 0.75 hunks a.c:9'],
    ],
    [
      'has the line that debug lines find rather than that of its text, with its clones in its share',
      {
        functions: { f: 2, 'f.part.0': 1, main: 1 },
        debug: { head: [['f', 'a.c', 7]] },
        text: [{ name: 'f', line: 6 }],
      },
      ['f 0.75 lines a.c:7'],
    ],
    [
      'has the line of its text when debug lines know it on the base side only, and the name that its file has now',
      {
        functions: { f: 3, main: 1 },
        debug: { base: [['f', 'old.c', 7]] },
        text: [{ name: 'f', line: 6, file: 'new.c' }],
      },
      ['f 0.75 lines new.c:6'],
    ],
    [
      'has no line when it is gone from the head side',
      { functions: { f: 3, main: 1 }, debug: { base: [['f', 'a.c', 7]] }, text: [{ name: 'f' }] },
      ['f 0.75 lines a.c:undefined'],
    ],
    [
      'has no line when its share is that of another function of the name, which debug lines do not find touched',
      {
        functions: { _ZN1A3addEv: 1, _ZN1B3addEv: 2, main: 1 },
        debug: { head: [['_ZN1A3addEv', 'a.cc', 7]] },
        text: [{ name: 'add', line: 6, file: 'a.cc' }],
      },
      ['add 0.75 lines a.cc:undefined'],
    ],
    [
      'has no line when several functions of the name ran and there are no debug lines to tell them apart',
      { functions: { _ZN1A3addEv: 1, _ZN1B3addEv: 2, main: 1 }, text: [{ name: 'add', line: 6 }] },
      ['add 0.75 hunks a.c:undefined'],
    ],
    [
      'has the line of the hottest of those that debug lines find touched under one name',
      {
        functions: { _ZN1A3addEv: 1, _ZN1B3addEv: 3 },
        debug: {
          head: [
            ['_ZN1A3addEv', 'a.cc', 7],
            ['_ZN1B3addEv', 'a.cc', 30],
          ],
        },
      },
      ['_ZN1B3addEv 0.75 lines a.cc:30'],
    ],
  ])('%s', (_, program, rows) => {
    expect(touchedIn(program)).toEqual(rows)
  })
})
