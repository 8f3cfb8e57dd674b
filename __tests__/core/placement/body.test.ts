import { describe, expect, test } from '@jest/globals'
import { type Code, readCode, sameCode, whatRan } from '../../../src/core/code/code.ts'
import { run, temporaryFolder, testWith } from '../elf/tools-here.ts'
import { build, changedFunctions, viewFile } from './programs.ts'

const folder = temporaryFolder()

/** One function for each kind of thing that code refers to. */
const kinds = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern int counter; extern const double factors[4]; extern char room[64];
static int calls;
double scale(double x) { return x * 1.5 + factors[2]; }
int pick(int x) { switch (x) { case 0: return puts("zero"); case 1: return counter; case 2: return atoi("12"); case 3: return x * 7;
  case 4: return puts("four"); case 5: return calls++; case 6: return (int)strlen(room); default: return -1; } }
static int twice(int x) { return pick(x) + pick(x + 1); }
int (*const table[])(int) = { pick, twice };
int through(int i, int x) { return table[i & 1](x) + room[x & 63]; }
int loop(int n) { int t = 0; for (int i = 0; i < n; i++) t += pick(i & 7) ^ counter; return t; }
int main(int argc, char **argv) { printf("%d %f %d\\n", loop(argc), scale(argc), through(argc, 3)); return 0; }
`
const data = 'int counter = 3; const double factors[4] = {1, 2, 3, 4}; char room[64];\n'
const pad = (bytes: number) =>
  `void pad_code(void) { __asm__(".skip ${bytes}, 0x90"); } char pad_data[${bytes}] = {1}; const char pad_constant[${bytes}] = {2}; char pad_zero[${bytes}];\n`

describe('bodies', () => {
  const forms: readonly (readonly [string, readonly string[]])[] = [
    ['a position-independent executable', ['-O2', '-fpie', '-pie']],
    ['an executable with fixed addresses', ['-O2', '-fno-pie', '-no-pie']],
    ['a static executable', ['-O2', '-static']],
    ['a small one', ['-Os']],
    ['one without optimisation', ['-O0']],
    ['a shared library', ['-O2', '-fPIC', '-shared']],
  ]
  for (const [form, flags] of forms) {
    testWith('gcc')(`of ${form} are the same when another layout moves code and data`, () => {
      const name = form.replaceAll(' ', '-')
      const base = build(folder, {
        name: `${name}-base`,
        flags,
        sources: { 'pad.c': pad(24), 'kinds.c': kinds, 'data.c': data },
      })
      const head = build(folder, {
        name: `${name}-head`,
        flags,
        sources: { 'data.c': data, 'pad.c': pad(1237), 'kinds.c': kinds },
      })
      const { changed, compared, moved } = changedFunctions(base, head)
      expect(changed.filter(each => each !== 'pad_code' && !libc.has(each))).toEqual([])
      expect(moved).toBeGreaterThan(5)
      expect(compared).toBeGreaterThan(5)
    })
  }
  /** Static C libraries compute places in front of their own tables, which cannot be named by what lies there. */
  const libc = new Set([
    '_nl_load_domain',
    'execute_stack_op',
    '__run_exit_handlers',
    '_IO_helper_overflow',
    '__libc_start_main',
  ])

  const built = new Map<string, string>()
  const unedited = (flags: readonly string[]): string => {
    const key = flags.join('')
    const path =
      built.get(key) ??
      build(folder, {
        name: `unedited${key}`,
        flags,
        sources: { 'pad.c': pad(24), 'kinds.c': kinds, 'data.c': data },
      })
    built.set(key, path)
    return path
  }

  const edits: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['a constant of floating point', 'x * 1.5', 'x * 2.5', ['scale']],
    ['a text', 'puts("four")', 'puts("five")', ['pick']],
    ['a number', 'x * 7', 'x * 9', ['pick']],
    ['the index of a table', 'factors[2]', 'factors[3]', ['scale']],
    ['the function that is called', 'pick(i & 7)', 'twice(i & 7)', ['loop']],
    ['the variable that is read', '^ counter', '^ room[0]', ['loop']],
  ]
  for (const [what, from, to, expected] of edits) {
    for (const flags of [
      ['-O2', '-fno-inline'],
      ['-O2', '-fno-inline', '-fno-pie', '-no-pie'],
    ]) {
      testWith('gcc')(`differ by ${what}, in the functions that it concerns only (${flags.at(-1)})`, () => {
        const base = unedited(flags)
        const head = build(folder, {
          name: 'edit-head',
          flags,
          sources: { 'pad.c': pad(777), 'kinds.c': kinds.replace(from, to), 'data.c': data },
        })
        expect(changedFunctions(base, head).changed.filter(name => name !== 'pad_code')).toEqual(expected)
      })
    }
  }

  testWith('gcc')('are told apart by what ran: other code that no count reaches does not matter', () => {
    const source = (cold: string) =>
      `volatile int sink; int odd(int x) { if (x > 100) { ${cold} } return x * 3 + 1; } int main(void) { return odd(2); }`
    const flags = ['-O1']
    const [a, b] = ['sink = 5;', 'sink = x * x; sink = 17;'].map((cold, at) =>
      viewFile(build(folder, { name: `cold-${at}`, flags, sources: { 'main.c': source(cold) } })),
    )
    const [one, other] = [a!, b!].map(
      view => readCode(view, view.functions.symbols.find(({ name }) => name === 'odd')!)!,
    )
    expect(sameCode(one!, other!)).toBe(false)
    expect(sameCode(asRunWithSmall(one!), asRunWithSmall(other!))).toBe(true)
  })

  /** Walks a function with an argument that is not above the limit: `jle` is taken, `jg` is not. */
  function asRunWithSmall(code: Code): Code {
    const ran = new Set<number>()
    for (let at = 0; at < code.body.instructions.length; at++) {
      const { address, flow, shape, fields } = code.body.instructions[at]!
      ran.add(address)
      if (flow === 'return') break
      if (flow === 'jump' || (flow === 'branch' && shape === 14))
        at = code.body.indexAt(fields[0]!.target)! - 1
    }
    return whatRan(code, address => ran.has(address))
  }

  testWith('gcc', 'strip')('of a stripped static program are still matched and the same', () => {
    const sources = (bytes: number) => ({ 'pad.c': pad(bytes), 'kinds.c': kinds, 'data.c': data })
    const [base, head] = [24, 600].map(bytes => {
      const path = build(folder, {
        name: `stripped-${bytes}`,
        flags: ['-O2', '-static'],
        sources: sources(bytes),
      })
      run('strip', [path])
      return path
    })
    const { changed, compared, moved } = changedFunctions(base!, head!)
    expect(compared).toBe(400)
    expect(moved).toBeGreaterThan(300)
    expect(changed.length / compared).toBeLessThan(0.01)
  })

  test('cannot be read outside of the file or for an unknown machine', () => {
    const elf = { machine: 'other' as const, bytesAt: () => new Uint8Array([0xc3]) }
    expect(readCode({ elf } as never, { name: 'f', address: 0, size: 1 })).toBeUndefined()
  })
})

describe('bodies of other languages', () => {
  testWith('g++')('templates, exceptions and virtual calls survive another layout', () => {
    const source = `#include <map>
#include <string>
#include <vector>
#include <algorithm>
#include <stdexcept>
struct Shape { virtual ~Shape() {} virtual double area() const = 0; };
struct Square : Shape { double s; Square(double s) : s(s) {} double area() const override { return s * s; } };
template <class T> T sum(const std::vector<T> &v) { T t{}; for (auto &x : v) t += x; if (v.size() > 1000) throw std::runtime_error("too many"); return t; }
int main(int argc, char **argv) { std::map<std::string, int> m; std::vector<double> v; for (int i = 0; i < argc * 9; i++) { m[argv[0]] += i; v.push_back(i); }
  std::sort(v.begin(), v.end(), [](double a, double b) { return a > b; }); Square q(sum(v)); Shape &s = q; static int calls; return int(s.area()) + m.size() + calls++; }`
    const [base, head] = [24, 1000].map(bytes =>
      build(folder, {
        name: `cpp-${bytes}`,
        compiler: 'g++',
        sources: { 'pad.cc': pad(bytes).replace('const char', 'extern const char'), 'main.cc': source },
      }),
    )
    const { changed, moved } = changedFunctions(base!, head!)
    expect(changed.filter(name => !name.includes('pad_code'))).toEqual([])
    expect(moved).toBeGreaterThan(10)
  })

  testWith('rustc')(
    'Rust functions are matched without their hashes and are the same',
    () => {
      const source = (text: string) => `#[inline(never)] fn cold() { println!(${text}) }
#[inline(never)] fn mix(v: &[u64]) -> u64 { let mut t = 0u64; for w in v { t = t.rotate_left(5) ^ w.wrapping_mul(77) } t }
fn main() { let v: Vec<u64> = (0..100).collect(); println!("{}", mix(&v)); if v.len() == 7 { cold() } }`
      const [base, head] = [
        '"short"',
        '"longer {} {:?}", std::env::args().count(), std::env::args().collect::<Vec<_>>()',
      ].map((text, at) =>
        build(folder, {
          name: `rust-${at}`,
          compiler: 'rustc',
          flags: ['-O', '--crate-name', 'bench'],
          sources: { 'main.rs': source(text) },
        }),
      )
      const { changed, compared } = changedFunctions(base!, head!)
      expect(compared).toBeGreaterThan(100)
      expect(changed.some(name => name.includes('3mix'))).toBe(false)
      expect(changed.length).toBeLessThan(0.05 * compared)
    },
    120_000,
  )
})
