import { expect, test } from '@jest/globals'
import { buildReach, wayTo } from '../../../src/core/source/reached.ts'
import { sameButStamps } from '../../../src/core/source/same-text.ts'
import type { SourceChange } from '../../../src/core/source/source-change.ts'

const change = (more: Partial<SourceChange>): SourceChange => ({
  ...{ functions: [], outside: [], build: [], other: [], ranges: { base: new Map(), head: new Map() } },
  ...more,
})

test('a source that the build makes is told with what else the diff changes', () => {
  expect(wayTo('w.c', change({}))).toBe('builds another w.c')
  expect(wayTo('w.c', change({ other: ['steps.txt'] }))).toBe(
    'builds another w.c (this pull request changes steps.txt)',
  )
  expect(wayTo('build/config.h', change({ build: ['CMakeLists.txt'] }))).toBe(
    'builds another build/config.h (this pull request changes CMakeLists.txt)',
  )
  expect(wayTo('step.go', change({ outside: ['gen/main.go'] }))).toBe(
    'builds another step.go (this pull request changes gen/main.go)',
  )
  expect(wayTo('calc.c', change({ other: ['calc.y'], templates: ['calc.y'] }))).toBe(
    'changes calc.y, which it is generated from',
  )
})

test('a folder of the tree that takes the place of a dependency is built because of that', () => {
  const moved = (to: string, file = 'go.mod') =>
    change({ dependencies: [{ name: 'example.org/mix', from: 'v1.2.0', to, file }], build: [file] })
  const says = (to: string) => `moves example.org/mix from v1.2.0 to ${to}`
  expect(wayTo('local/fast/a.go', moved('./local/fast'))).toBe(says('./local/fast'))
  expect(wayTo('own/a.go', moved('../own', 'app/go.mod'))).toBe(says('../own'))
  expect(wayTo('other/a.go', moved('./local/fast'))).toMatch(/^builds another other\/a\.go/)
})

test('the input of a macro processor is what code is generated from', () => {
  expect(wayTo('src/step.c', change({ build: ['src/step.c.m4'] }))).toBe(
    'changes src/step.c.m4, which it is generated from',
  )
})

test('options that a build writes down are no code', () => {
  const header = (options: string) => `#pragma once\n#define CFLAGS "${options}"\n#define ROUNDS 3\n`
  expect(sameButStamps(header('-O2 -g -march=x86-64'), header('-O0 -g'))).toBe(true)
  expect(sameButStamps(header('gcc -O2'), header('clang -O0'))).toBe(true)
  expect(sameButStamps(header('-O2'), header('-O2').replace('ROUNDS 3', 'ROUNDS 6'))).toBe(false)
  expect(sameButStamps(header('a-b'), header('a-c'))).toBe(false)
})

test('a file of the diff itself is changed, and nothing builds it', () => {
  expect(wayTo('v.hpp', change({ outside: ['v.hpp'] }))).toBe('changes v.hpp')
})

test('a file of no known kind is named where nothing else steers the build', () => {
  expect(buildReach(change({ other: ['go.flags'] }))).toEqual(['changes go.flags, which the build may read'])
  expect(buildReach(change({ other: ['a', 'b', 'c', 'd', 'e'] }))).toEqual([
    'changes a, b, c and 2 more files, which the build may read',
  ])
  expect(buildReach(change({ other: ['words.txt'], build: ['Makefile'] }))).toEqual([
    'changes how the program is built (Makefile)',
  ])
})
