import { expect, test } from '@jest/globals'
import { firstError } from '../../../src/core/text/compiler-error.ts'

const TREE = '/tmp/perf-verdict-00/head'
test.each([
  [
    'gcc',
    `In file included from a.h:1:\n${TREE}/src/a.c:12:3: error: expected ‘;’ before ‘}’ token\nb.c:1:1: error: x`,
    'src/a.c',
    12,
  ],
  ['gcc, fatal', 'src/a.c:1:10: fatal error: nothing.h: No such file or directory', 'src/a.c', 1],
  [
    'clang in colours',
    '\u001b[1msrc/a.cc:7:1: \u001b[0m\u001b[0;1;31merror: \u001b[0m\u001b[1munknown type name\u001b[0m',
    'src/a.cc',
    7,
  ],
  ['gcc after a warning', 'src/a.c:3:1: warning: unused\nsrc/a.c:9:1: error: bad', 'src/a.c', 9],
  ['go', '# example.com/x\n./cmd/main.go:12:3: undefined: parse', 'cmd/main.go', 12],
  [
    'rustc',
    'warning: unused\n  --> src/old.rs:1:1\nerror[E0425]: cannot find value `x`\n  --> src/main.rs:4:9\n',
    'src/main.rs',
    4,
  ],
  ['swiftc', 'Sources/a.swift:4:9: error: cannot find x in scope', 'Sources/a.swift', 4],
])('the first error of %s names its file and line', (_, output, file, line) => {
  expect(firstError(output, TREE)).toMatchObject({ file, line })
})

test.each([
  ['a file of the system', '/usr/include/a.h:1:1: error: x'],
  ['a file outside the tree', '../../etc/passwd:1:1: error: x'],
  ['make', 'make: *** [Makefile:2: bench] Error 1'],
  ['a linker', '/usr/bin/ld: a.o: undefined reference to `x`'],
  ['nothing', ''],
])('%s is no error of a line', (_, output) => {
  expect(firstError(output, TREE)).toBeUndefined()
})
