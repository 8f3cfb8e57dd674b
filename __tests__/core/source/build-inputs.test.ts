import { describe, expect, test } from '@jest/globals'
import {
  directivesChanged,
  optionsChanged,
  passesOptions,
  swappedInputs,
} from '../../../src/core/source/build-inputs.ts'
import { parseDiff } from '../../../src/core/source/diff.ts'

const diffOf = (path: string, removed: readonly string[], added: readonly string[], header = '') => {
  const lines = [...removed.map(line => `-${line}`), ...added.map(line => `+${line}`)]
  return parseDiff(
    `diff --git a/${path} b/${path}\n${header}--- a/${path}\n+++ b/${path}\n@@ -1,${removed.length} +1,${added.length} @@\n${lines.join('\n')}\n`,
  )
}

describe('what takes the place of something else', () => {
  test.each<readonly [path: string, removed: string, added: string, says: string]>([
    ['step.c', '#include "fast.h"', '#include "slow.h"', 'has step.c include slow.h in place of fast.h'],
    [
      'step.cc',
      '#include <fast/hash.hpp>',
      '#include <slow/hash.hpp>',
      'has step.cc include slow/hash.hpp in place of fast/hash.hpp',
    ],
    [
      'src/lib.rs',
      'use crate::fast::turn;',
      'use crate::slow::turn;',
      'has src/lib.rs include crate::slow::turn in place of crate::fast::turn',
    ],
    [
      'main.go',
      '\t"example.org/fast/mix"',
      '\tmix "example.org/slow/mix"',
      'has main.go include example.org/slow/mix in place of example.org/fast/mix',
    ],
    [
      'Makefile',
      'OBJS = main.o step_fast.o',
      'OBJS = main.o step_slow.o',
      'builds with step_slow.o in place of step_fast.o (Makefile)',
    ],
    [
      'Makefile',
      'CFLAGS = -O2 -Ifast',
      'CFLAGS = -O2 -Islow',
      'builds with -Islow in place of -Ifast (Makefile)',
    ],
    [
      'CMakeLists.txt',
      'target_sources(a PRIVATE "x/fast.cpp")',
      'target_sources(a PRIVATE "x/slow.cpp")',
      'builds with x/slow.cpp in place of x/fast.cpp (CMakeLists.txt)',
    ],
    [
      'CMakeLists.txt',
      'include_directories(fast)',
      'include_directories(slow)',
      'builds with slow in place of fast (CMakeLists.txt)',
    ],
    [
      'meson.build',
      "executable('a', 'main.c', 'fast.c')",
      "executable('a', 'main.c', 'slow.c')",
      'builds with slow.c in place of fast.c (meson.build)',
    ],
  ])('%s: %s, %s', (path, removed, added, says) => {
    expect(swappedInputs(diffOf(path, [removed], [added]))).toEqual([says])
    expect(swappedInputs(diffOf(path, [removed], [removed]))).toEqual([])
    expect(swappedInputs(diffOf(path, [removed], [removed, added]))).toEqual([])
  })

  test('a link that points elsewhere', () => {
    const files = diffOf('impl', ['fast'], ['slow'], 'index 1a2b3c4..5d6e7f8 120000\n')
    expect(swappedInputs(files)).toEqual(['points impl to slow in place of fast'])
  })

  test('a library that is linked in another form is the same one', () => {
    const swap = (removed: string, added: string) => swappedInputs(diffOf('Makefile', [removed], [added]))
    expect(swap('a: libstep.a step.o', 'a: lib/libstep.so -L. -lstep')).toEqual([])
    expect(swap('a: -lfast', 'a: -lslow')).toEqual(['builds with -lslow in place of -lfast (Makefile)'])
  })

  test('a variable that files are named by', () => {
    const swap = (path: string, removed: string, added: string, text: string) =>
      swappedInputs(diffOf(path, [removed], [added]), () => text)
    const says = (path: string) => [`sets IMPL to slow in place of fast (${path})`]
    expect(swap('Makefile', 'IMPL = fast', 'IMPL = slow', 'a:\n\tcc $(IMPL).c\n')).toEqual(says('Makefile'))
    expect(swap('build.env', 'IMPL=fast', 'IMPL=slow', 'cc src/$IMPL/a.c')).toEqual(says('build.env'))
    expect(swap('CMakeLists.txt', 'set(IMPL fast)', 'set(IMPL slow)', `add_library(a \${IMPL}.c)`)).toEqual(
      says('CMakeLists.txt'),
    )
    expect(swap('Makefile', 'IMPL = fast', 'IMPL = slow', 'a:\n\techo $(IMPL)\n')).toEqual([])
    expect(swap('Makefile', 'IMPL = fast', 'IMPL = slow', 'a:\n\tcc $(IMPLS).c\n')).toEqual([])
  })

  test('the standard library, an order of imports and a document are none', () => {
    expect(swappedInputs(diffOf('a.rs', ['use std::fmt;'], ['use std::io;']))).toEqual([])
    expect(
      swappedInputs(
        diffOf('a.c', ['#include "a.h"', '#include "b.h"'], ['#include "b.h"', '#include "a.h"']),
      ),
    ).toEqual([])
    expect(swappedInputs(diffOf('README.md', ['see fast.c'], ['see slow.c']))).toEqual([])
  })
})

describe('options of a compiler', () => {
  test.each<readonly [path: string, removed: string, added: string, found: readonly string[]]>([
    ['Makefile', 'CFLAGS = -O2 -Wall', 'CFLAGS = -O0 -Wall', ['-O2', '-O0']],
    [
      'CMakeLists.txt',
      'set(CMAKE_BUILD_TYPE Release)',
      'set(CMAKE_BUILD_TYPE Debug)',
      ['CMAKE_BUILD_TYPE Release', 'CMAKE_BUILD_TYPE Debug'],
    ],
    ['Cargo.toml', 'opt-level = 3', 'opt-level = 1', ['opt-level = 3', 'opt-level = 1']],
    ['meson.build', "'optimization=2'", "'optimization=0'", ['optimization=2', 'optimization=0']],
    ['Makefile', 'go build -o a .', 'go build -gcflags=-N -o a .', ['-gcflags=-N']],
    ['Makefile', '# -O2', '# -O2 is best', []],
    ['notes.md', '-O2', '-O0', []],
    ['step.c', '-O2', '-O0', []],
  ])('%s: %s, %s', (path, removed, added, found) => {
    expect(optionsChanged(diffOf(path, [removed], [added]))).toEqual(found)
  })

  test.each<readonly [path: string, line: string, holds: boolean]>([
    ['flags.txt', '-O0', true],
    ['config.sh', 'CFLAGS="-O0 -march=x86-64"', true],
    ['.github/workflows/perf.yml', '      CC: clang', true],
    ['ci/env', 'export CC=clang-14', true],
    ['opts.gpr', '-O0 -gnatp', true],
    // A macro says what the code is, not how it is made.
    ['flags.txt', '-O2 -DROUNDS=6', false],
    ['steps.txt', '12', false],
    ['gen.sh', 'echo "x -O0 y" > step.c; sed s/a/b/ step.tmpl', true],
    ['gen.sh', 'sed s/a/b/ step.tmpl > step.c', false],
    ['step.c', '-O0', false],
    ['README.md', '-O0', false],
  ])('%s: %s is all that changes there: %s', (path, line, holds) => {
    const [file] = diffOf(path, [], [line])
    expect(passesOptions(file!)).toBe(holds)
  })
})

describe('attributes and pragmas', () => {
  test.each<readonly [path: string, removed: string, added: string, holds: boolean]>([
    ['a.c', 'unsigned f(void) {', '__attribute__((optimize("O0"))) unsigned f(void) {', true],
    ['a.c', '', '#pragma GCC optimize("O0")', true],
    ['a.cc', 'static inline int f() {', 'static int f() {', true],
    ['a.rs', '', '#[inline(never)]', true],
    ['a.go', '', '//go:noinline', true],
    ['a.go', '// #cgo CFLAGS: -O2', '// #cgo CFLAGS: -O0', true],
    ['a.c', 'int x;', 'int y;', false],
    ['Makefile', '', 'inline', false],
  ])('%s: %s, %s', (path, removed, added, holds) => {
    expect(directivesChanged(diffOf(path, [removed], [added]))).toEqual(holds ? [path] : [])
  })
})
