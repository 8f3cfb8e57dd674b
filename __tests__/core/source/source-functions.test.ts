import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findFunctions, languageOf, nameInContext } from '../../../src/core/source/source-functions.ts'
import { cases } from '../../doubles/soak.ts'

const ranges = (source: string, language: 'c' | 'rust' | 'go') =>
  findFunctions(source, language).map(({ name, from, to }) => `${name} ${from}-${to}`)

describe('functions of a source', () => {
  test('in C, whatever braces its comments, texts and macros hold', () => {
    const source = `#include <stdio.h>
#define OPEN {
/* void not_this(void) { */
struct point { int x, y; };
static const int table[] = { 1, 2, 3 };
static inline __attribute__((noinline, aligned(64))) int first(int x) { return x + '{'; }

int
second(const char *text)
{
  if (text[0] == '}') { puts("}}}{"); }
  return 0;
}
enum kind { A, B };
struct point *third(void) { static struct point p = { 1, 2 }; return &p; }
`
    expect(ranges(source, 'c')).toEqual(['first 6-6', 'second 8-13', 'third 15-15'])
  })

  test('in C after a conditional block that leaves a brace open', () => {
    const source =
      'int f(int x)\n{\n#ifdef A\n  if (x) {\n#else\n  if (!x) {\n#endif\n    x++;\n  }\n  return x;\n}\nint g(void)\n{\n  return 2;\n}\n'
    expect(ranges(source, 'c')).toEqual(['f 1-11', 'g 12-15'])
  })

  test('in C++, inside classes and namespaces', () => {
    const source = `namespace a::b {
template <class T> class Box final : public Base<T> {
 public:
  Box() : value_{} {}
  T get() const noexcept { return value_; }
  bool operator<(const Box &other) const { return value_ < other.value_; }
};
template <class T>
T total(const std::vector<T> &v) {
  auto f = [](int x) { return x; };
  return f(1);
}
}  // namespace
`
    expect(ranges(source, 'c')).toEqual(expect.arrayContaining(['Box 4-4', 'get 5-5', 'total 8-12']))
  })

  test('in Rust, with attributes and generics', () => {
    const source = `mod cold { #[inline(never)] pub fn usage() { println!("{}", 1) } }
impl<'a> Walker<'a> {
    /// Walks.
    pub fn walk<T: Into<u64>>(&'a self, x: T) -> u64 {
        match x.into() { 0 => 1, n => n }
    }
}
`
    expect(ranges(source, 'rust')).toEqual(['usage 1-1', 'walk 4-6'])
  })

  test('in Go, with receivers and raw texts', () => {
    const source =
      'package main\n\nfunc (t *T) Run(n int) error {\n\ts := `}{`\n\treturn t.do(s)\n}\n\nfunc main() { go func() { }() }\n'
    expect(ranges(source, 'go')).toEqual(['Run 3-6', 'main 8-8'])
  })

  test('are the same when only place, comments and attributes differ', () => {
    const [a] = findFunctions(
      'static inline unsigned mix(unsigned x, unsigned y) { return (x * 3 + y) >> 2; }',
      'c',
    )
    const [b] = findFunctions(
      '__attribute__((aligned(64)))\nunsigned mix(unsigned x, unsigned y) {\n  /* mixes */\n  return (x * 3 + y) >> 2;\n}',
      'c',
    )
    const [c] = findFunctions('unsigned mix(unsigned x, unsigned y) { return (x * 5 + y) >> 2; }', 'c')
    expect(a!.text).toBe(b!.text)
    expect(a!.text).not.toBe(c!.text)
  })

  test.each([
    ['open braces', '{'],
    ['open comments', '/*'],
    ['open texts', '"'],
    ['open attributes', '__attribute__(( '],
    ['open calls', 'f('],
    ['braces at the margin', '{\n}\n'],
  ])('cost no more than their length for a megabyte of %s', (_, part) => {
    const short = timeOf(() => findFunctions(part.repeat(50_000 / part.length), 'c'))
    const long = timeOf(() => findFunctions(part.repeat(800_000 / part.length), 'c'))
    expect(long).toBeLessThan(16 * 6 * Math.max(short, 20))
  })

  test('of any text are read without an exception', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '{',
            '}',
            '(',
            ')',
            ';',
            '"',
            "'",
            '/*',
            '*/',
            '//',
            '\n',
            'int f',
            ' x',
            '#if',
            '\\',
          ),
          { maxLength: 60 },
        ),
        parts => {
          for (const language of ['c', 'rust', 'go'] as const)
            expect(() => findFunctions(parts.join(''), language)).not.toThrow()
        },
      ),
      cases(6_000),
    )
  })

  test.each([
    ['src/a.c', 'c'],
    ['include/b.hpp', 'c'],
    ['src/lib.rs', 'rust'],
    ['cmd/main.go', 'go'],
    ['README.md', undefined],
    ['Makefile', undefined],
  ])('%s is in %s', (path, language) => {
    expect(languageOf(path)).toBe(language)
  })

  test.each([
    ['static int interp(u64 a, int reps) {', 'interp'],
    ['pub fn walk(&self) -> u64 {', 'walk'],
    ['func (t *T) Run(n int) error {', 'Run'],
    ['static const int table[] = {', undefined],
    ['out:', undefined],
    ['', undefined],
  ])('the context %j names %s', (line, name) => {
    expect(nameInContext(line)).toBe(name)
  })
})

/** Milliseconds of the processor, which other programs do not lengthen as they do the clock's. */
function timeOf(work: () => void): number {
  const start = process.cpuUsage()
  work()
  return process.cpuUsage(start).user / 1000
}
