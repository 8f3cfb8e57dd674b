import { describe, expect, test } from '@jest/globals'
import type { DiffFile, Hunk } from '../../../src/core/source/diff.ts'
import { namedInDiff } from '../../../src/core/source/named-in-diff.ts'
import { readSourceChange } from '../../../src/core/source/source-change.ts'

/** A diff of one file that replaces a line by others. */
function replaced(
  path: string,
  at: number,
  removed: readonly string[],
  added: readonly string[],
  over: Partial<Hunk> = {},
): DiffFile {
  const hunk = {
    base: { start: removed.length > 0 ? at : at - 1, count: removed.length },
    head: { start: added.length > 0 ? at : at - 1, count: added.length },
    context: '',
    removed,
    added,
    ...over,
  }
  return { base: path, head: path, binary: false, hunks: [hunk] }
}

const sources = (base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) => ({
  base: (path: string) => base[path],
  head: (path: string) => head[path],
})

const summary = (change: ReturnType<typeof readSourceChange>) => ({
  functions: change.functions.map(
    ({ name, rewritten, from }) => `${name} ${rewritten ? 'rewritten' : 'kept'} ${from}`,
  ),
  outside: change.outside,
  build: change.build,
})

const crc = (line: string) =>
  `#include <stdio.h>\nint crc(int x)\n{\n  ${line}\n}\nint other(void) { return 1; }\n`

describe('what a diff means for the code', () => {
  test('is the function whose lines it changes', () => {
    const change = readSourceChange(
      [replaced('a.c', 4, ['  return x;'], ['  return x + 1;'])],
      sources({ 'a.c': crc('return x;') }, { 'a.c': crc('return x + 1;') }),
    )
    expect(summary(change)).toEqual({ functions: ['crc rewritten text'], outside: [], build: [] })
    expect(change.ranges.head.get('a.c')).toEqual([{ start: 4, count: 1 }])
  })

  const hunk = (base: readonly [number, number], head: readonly [number, number], context = ''): Hunk => ({
    base: { start: base[0], count: base[1] },
    head: { start: head[0], count: head[1] },
    context,
    removed: Array.from({ length: base[1] }, () => 'x'),
    added: Array.from({ length: head[1] }, () => 'x'),
  })
  const six = (name: string, second: string) =>
    `int ${name}(int x)\n{\n  ${second};\n  x += 2;\n  return x;\n}\n`
  const linesOf = (hunks: readonly Hunk[], base: string, head: string | undefined, path = 'a.c') =>
    readSourceChange(
      [{ base: path, ...(head === undefined ? {} : { head: path }), binary: false, hunks }],
      sources({ 'a.c': base }, head === undefined ? {} : { 'a.c': head }),
    ).functions.map(({ name, line }) => `${name} ${line}`)

  test.each([
    ['the first changed one', [hunk([3, 1], [3, 1])], six('f', 'a'), six('f', 'b'), ['f 3']],
    [
      'in the function where a change begins before it',
      [hunk([1, 3], [1, 5])],
      six('f', 'a'),
      `\n\n${six('f', 'b')}`,
      ['f 3'],
    ],
    [
      'the one behind which lines were taken away',
      [hunk([3, 1], [2, 0])],
      six('f', 'a'),
      'int f(int x)\n{\n  x += 2;\n  return x;\n}\n',
      ['f 2'],
    ],
    [
      'a changed one rather than that',
      [hunk([3, 1], [2, 0]), hunk([5, 1], [4, 1])],
      six('f', 'a'),
      'int f(int x)\n{\n  x += 2;\n  return 1;\n}\n',
      ['f 4'],
    ],
    [
      'where it begins when what was before it went',
      [hunk([1, 1], [0, 0])],
      `inline\n${six('f', 'a')}`,
      six('f', 'a'),
      ['f 1'],
    ],
    [
      'its own in each function',
      [hunk([3, 1], [3, 1]), hunk([9, 1], [9, 1])],
      six('f', 'a') + six('g', 'a'),
      six('f', 'b') + six('g', 'b'),
      ['f 3', 'g 9'],
    ],
    [
      'none of a function that is gone',
      [hunk([1, 6], [0, 0])],
      six('f', 'a') + six('g', 'a'),
      six('g', 'a'),
      ['f undefined'],
    ],
    ['none of a file that is gone', [hunk([1, 6], [0, 0])], six('f', 'a'), undefined, ['f undefined']],
  ] as const)('names on the head side %s', (_, hunks, base, head, lines) => {
    expect(linesOf(hunks, base, head)).toEqual(lines)
  })

  test('names the first line of the hunks that git says are in a function, where no text can be read', () => {
    const hunks = [hunk([3, 1], [2, 0], 'int f(int x)'), hunk([5, 1], [4, 1], 'int f(int x)')]
    expect(linesOf(hunks, '', '', 'unread.c')).toEqual(['f 4'])
    expect(linesOf([hunk([1, 1], [0, 0], 'int f(int x)')], '', '', 'unread.c')).toEqual(['f 1'])
    expect(linesOf(hunks, '', undefined, 'unread.c')).toEqual(['f undefined'])
  })

  test('is nothing when only a comment inside changed', () => {
    const change = readSourceChange(
      [replaced('a.c', 4, ['  return x; /* a */'], ['  return x; /* b */'])],
      sources({ 'a.c': crc('return x; /* a */') }, { 'a.c': crc('return x; /* b */') }),
    )
    expect(summary(change).functions).toEqual(['crc kept text'])
    expect(change.ranges.head.size).toBe(0)
  })

  test('is nothing when a function went to another file as it is', () => {
    const mix = 'unsigned mix(unsigned x) { return x * 3; }'
    const files = [
      replaced('main.c', 1, [`static inline ${mix}`], ['unsigned mix(unsigned x);']),
      { ...replaced('mix.c', 1, [], [mix]), base: undefined } as unknown as DiffFile,
    ]
    const change = readSourceChange(
      files,
      sources(
        { 'main.c': `static inline ${mix}\n` },
        { 'main.c': 'unsigned mix(unsigned x);\n', 'mix.c': `${mix}\n` },
      ),
    )
    expect(summary(change)).toMatchObject({ functions: ['mix kept text', 'mix kept text'], outside: [] })
  })

  test.each([
    ['a type', 'struct r { int a; };', 'struct r { long a; };', ['t.h']],
    ['a macro', '#define N 4', '#define N 8', ['t.h']],
    ['a table', 'static int t[] = { 1 };', 'static int t[] = { 2 };', ['t.h']],
    ['a prototype', 'int f(int);', 'int f(long);', []],
    ['an include', '#include <a.h>', '#include <b.h>', []],
    ['a comment', '// one', '// two', []],
    ['an empty line', '', '   ', []],
  ])('outside of functions counts for %s as it should', (_, from, to, outside) => {
    expect(
      readSourceChange(
        [replaced('t.h', 1, [from], [to])],
        sources({ 't.h': `${from}\n` }, { 't.h': `${to}\n` }),
      ).outside,
    ).toEqual(outside)
  })

  test.each([
    'Makefile',
    'src/CMakeLists.txt',
    'meson.build',
    'configure.ac',
    'Cargo.toml',
    'go.mod',
    'rules.mk',
    'app/BUILD.bazel',
    'build.rs',
  ])('knows %s as a build file', path => {
    expect(readSourceChange([replaced(path, 1, ['a'], ['b'])], sources({}, {})).build).toEqual([path])
  })

  test('knows what may be input from documents', () => {
    const change = readSourceChange(
      [
        'data/input.bin',
        'docs/data.json',
        'README.md',
        'src/a.c',
        'Makefile',
        '.gitignore',
        'corpus/words.txt',
      ].map(path => replaced(path, 1, ['a'], ['b'])),
      sources({}, {}),
    )
    expect(change.other).toEqual(['data/input.bin', 'corpus/words.txt'])
  })

  test('is not in what editors, linters and robots read', () => {
    const read = [
      '.clang-tidy',
      '.clang-format',
      'src/.clang-tidy',
      '.editorconfig',
      'clippy.toml',
      'rustfmt.toml',
    ]
    const more = [
      'README',
      'NEWS',
      '.pre-commit-config.yaml',
      '.github/dependabot.yml',
      '.vscode/settings.json',
    ]
    const inputs = ['history.py', 'todo.json', 'changes.bin', 'security.cfg', 'clang-tidy.txt']
    const change = readSourceChange(
      [...read, ...more, ...inputs].map(path => replaced(path, 1, ['a'], ['b'])),
      sources({}, {}),
    )
    expect(change.other).toEqual(inputs)
    expect(change.build).toEqual([])
  })

  test('is what the macros of a crate write where its sources are', () => {
    const manifests = {
      'Cargo.toml': '[workspace]\nmembers = ["app", "mac"]\n',
      'app/Cargo.toml': '[package]\nname = "app"\n',
      'mac/Cargo.toml': '[package]\nname = "mac"\n[lib]\nproc-macro = true\n',
    }
    const change = readSourceChange(
      ['app/src/main.rs', 'mac/src/lib.rs', 'mac/src/deep/x.rs', 'mac/notes.txt'].map(path =>
        replaced(path, 1, ['a'], ['b']),
      ),
      sources(manifests, manifests),
    )
    expect(change.macros).toEqual(['mac/src/lib.rs', 'mac/src/deep/x.rs'])
  })

  test('is no function of what runs while the program is built', () => {
    const text = (n: number) => `fn main() {\n    let x = ${n};\n}\n`
    const both = (n: number) => ({
      'build.rs': text(n),
      'src/main.rs': text(n),
      'mac/src/lib.rs': text(n),
      'mac/Cargo.toml': '[package]\nname = "mac"\n[lib]\nproc-macro = true\n',
    })
    const change = readSourceChange(
      ['build.rs', 'src/main.rs', 'mac/src/lib.rs'].map(path =>
        replaced(path, 2, ['    let x = 1;'], ['    let x = 2;']),
      ),
      sources(both(1), both(2)),
    )
    expect(change.functions.map(({ name, file }) => `${name} ${file}`)).toEqual(['main src/main.rs'])
    expect(change.build).toEqual(['build.rs'])
  })

  test('goes by the headers of git where no text can be read', () => {
    const change = readSourceChange(
      [replaced('a.c', 9, ['x'], ['y'], { context: 'static int walk(int n)' })],
      sources({}, {}),
    )
    expect(summary(change).functions).toEqual(['walk rewritten hunks'])
  })

  test('of documents is nothing', () => {
    expect(summary(readSourceChange([replaced('README.md', 1, ['a'], ['b'])], sources({}, {})))).toEqual({
      functions: [],
      outside: [],
      build: [],
    })
  })
})

describe('a name in a diff', () => {
  const file = replaced('src/cold.c', 7, ['char text_07[64];'], ['/* longer */', 'char text_07[4032];'])
  const none = {
    functions: [],
    outside: [],
    build: [],
    other: [],
    ranges: { base: new Map(), head: new Map() },
  }

  test.each([
    ['text_07', 'src/cold.c:8'],
    ['text_0', undefined],
    ['in front of x', undefined],
    ['', undefined],
  ])('%j is found at %s', (name, place) => {
    expect(namedInDiff([file], none)(name)).toBe(place)
  })

  test('is found by the function around the change', () => {
    const change = {
      ...none,
      functions: [{ name: 'usage', file: 'src/cold.c', rewritten: true, from: 'text' as const }],
    }
    expect(namedInDiff([file], change)('usage')).toBe('src/cold.c:7')
  })

  test('is not looked for in what is no code', () => {
    expect(namedInDiff([replaced('notes.md', 1, [], ['text_07'])], none)('text_07')).toBeUndefined()
  })
})
