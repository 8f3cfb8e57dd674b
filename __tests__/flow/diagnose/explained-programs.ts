import type { CauseKind } from '../../../src/core/model/explanation.ts'

/** A program in two versions with a known cause for a change in its time; every version is one C file and its headers. */
export interface ExplainedProgram {
  readonly name: string
  readonly base: Readonly<Record<string, string>>
  readonly head: Readonly<Record<string, string>>
  readonly flags: readonly string[]
  /** gcc when absent. */
  readonly compiler?: string
  /** The ratio head/base that a clock would have shown. */
  readonly ratio: number
  readonly kind: CauseKind
  readonly confidence: 'shown' | 'likely'
  /** Exactly these suspects, and at least these displacers. */
  readonly suspects?: readonly string[]
  readonly displacers?: readonly string[]
  readonly hot: string
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)
const two = (n: number): string => String(n).padStart(2, '0')

/**
 * Twenty handlers of one line each, a cold function of so many bytes behind each, and a loop that calls them in turn. Both are aligned, so
 * that the sets do not hang on how long a handler is with this compiler.
 */
function handlers(coldBytes: number, loop = 'a = ops[i % 20](a, i);'): string {
  const one = (i: number) => `
__attribute__((noinline, aligned(64))) u64 op_${two(i)}(u64 a, u64 x) { a += x ^ ${i}1u; a ^= a << ${(i % 13) + 3}; return a ^ (a >> ${(i % 11) + 5}); }
__attribute__((aligned(64))) void cold_${two(i)}(void) { __asm__ volatile(".skip ${coldBytes}, 0x90"); }`
  return `typedef unsigned long u64;${upTo(20).map(one).join('')}
u64 (*const ops[])(u64, u64) = { ${upTo(20)
    .map(i => `op_${two(i)}`)
    .join(', ')} };
__attribute__((noinline)) u64 interp(u64 a, int n) { for (int i = 0; i < n; i++) { ${loop} } return a; }
int main(void) { volatile unsigned long kept = interp(1, 20000); (void)kept; return 0; }
`
}

const ordered = ['-O2', '-fno-toplevel-reorder']
const suspects = upTo(20)
  .slice(1)
  .map(i => `op_${two(i)}`)

/** A bit loop compiled for size: the cold function in front of it decides where in its line the loop begins. */
const bits = (coldBytes: number): string => `
__attribute__((aligned(64))) void usage(void) { __asm__ volatile(".skip ${coldBytes}, 0x90"); }
__attribute__((noinline)) int pop(const unsigned long *v, int n) { int t = 0; for (int i = 0; i < n; i++) for (unsigned long x = v[i]; x; x &= x - 1) t++; return t; }
unsigned long v[512];
int main(void) { for (int i = 0; i < 512; i++) v[i] = i * 0x9e3779b97f4a7c15ul; volatile unsigned long kept = pop(v, 512); (void)kept; return 0; }
`

/** Hot tables of one line with cold texts between them. */
const tables = (coldBytes: number): string => `
${upTo(32)
  .map(
    i => `unsigned tab_${two(i)}[16] __attribute__((aligned(64))) = { ${upTo(16)
      .map(k => (k * (2 * i + 1) + i) % 16)
      .join(', ')} };
char text_${two(i)}[${coldBytes}] __attribute__((aligned(64))) = "never read";`,
  )
  .join('\n')}
static unsigned *const tabs[] = { ${upTo(32)
  .map(i => `tab_${two(i)}`)
  .join(', ')} };
__attribute__((noinline)) unsigned follow(unsigned x, int n) { for (int r = 0; r < n; r++) for (int i = 0; i < 32; i++) x = tabs[i][x & 15] + (x & 3); return x; }
int main(void) { volatile unsigned long kept = follow(1, 2000); (void)kept; return 0; }
`

const walk = (round: string): string => `
typedef unsigned long u64; static u64 tab[256];
__attribute__((noinline, aligned(64))) u64 hash(u64 k) { k ^= k >> 33; k *= 0xff51afd7ed558ccdul; k ^= k >> 33; ${round} return k; }
__attribute__((noinline, aligned(64))) u64 walk(int n) { u64 t = 0; for (int i = 0; i < n; i++) t += tab[hash(i + t) & 255]; return t; }
int main(void) { for (int i = 0; i < 256; i++) tab[i] = i * 77; volatile unsigned long kept = walk(60000); (void)kept; return 0; }
`

const blend = (mix: string): string => `
#include "mix.h"
__attribute__((noinline, aligned(64))) unsigned blend(const unsigned char *a, int n) { unsigned t = 0; for (int i = 0; i < n; i++) t = t * 31 + mix(a[i], i); return t; }
static unsigned char a[4096];
int main(void) { unsigned t = 0; for (int r = 0; r < 12; r++) { a[r]++; t += blend(a, 4096); } volatile unsigned long kept = t; (void)kept; return 0; }
${mix}`

const record = (words: number): string =>
  `struct record { unsigned next, value; unsigned long owner[${words}]; };\n`
const chase = `
#include "record.h"
static struct record all[2048] __attribute__((aligned(64)));
__attribute__((noinline, aligned(64))) unsigned long chase(const struct record *r, unsigned at, int n) { unsigned long t = 0; for (int i = 0; i < n; i++) { t += r[at].value; at = r[at].next; } return t; }
int main(void) { for (unsigned i = 0; i < 2048; i++) { all[i].next = (i * 1021u + 317u) % 2048; all[i].value = i; } volatile unsigned long kept = chase(all, 0, 100000); (void)kept; return 0; }
`

const filter = (coldBytes: number, sorts: string): string => `
static int v[4096];
__attribute__((aligned(64))) void usage(void) { __asm__ volatile(".skip ${coldBytes}, 0x90"); }
__attribute__((noinline)) long filter(const int *v, int n) { long t = 0; for (int i = 0; i < n; i++) if (v[i] >= 128) { t += v[i]; __asm__ volatile("" : "+r"(t)); } return t; }
int main(int argc, char **argv) { unsigned s = 1; for (int i = 0; i < 4096; i++) { s = s * 1103515245u + 12345u; v[i] = (s >> 16) & 255; }
  if (${sorts}) { int c[256] = {0}; for (int i = 0; i < 4096; i++) c[v[i]]++; for (int i = 0, k = 0; k < 256; k++) while (c[k]--) v[i++] = k; }
  long t = 0; for (int r = 0; r < 60; r++) t += filter(v, 4096); volatile unsigned long kept = t; (void)kept; return 0; }
`

/** One program for each cause, each a different trap. */
export const explainedPrograms: readonly ExplainedProgram[] = [
  {
    ...{
      name: 'cold code grows between hot code',
      flags: ordered,
      ratio: 1.9,
      kind: 'placement',
      confidence: 'likely',
    },
    ...{ base: { 'main.c': handlers(40) }, head: { 'main.c': handlers(4000) } },
    ...{ suspects, displacers: ['cold_00', 'cold_18'], hot: 'interp' },
  },
  {
    ...{
      name: 'cold code shrinks between hot code',
      flags: [...ordered, '-no-pie', '-fno-pie', '-static'],
      ratio: 0.55,
      kind: 'placement',
      confidence: 'likely',
    },
    ...{ base: { 'main.c': handlers(4000) }, head: { 'main.c': handlers(40) } },
    ...{ suspects, displacers: ['cold_00', 'cold_18'], hot: 'interp' },
  },
  {
    ...{
      name: 'a hot loop begins elsewhere in its line',
      flags: ['-Os', '-fno-toplevel-reorder'],
      ratio: 2.3,
      kind: 'placement',
      confidence: 'likely',
    },
    ...{ base: { 'main.c': bits(127) }, head: { 'main.c': bits(129) } },
    ...{ suspects: ['pop'], displacers: ['usage'], hot: 'pop' },
  },
  {
    ...{
      name: 'cold data grows between hot data',
      flags: ordered,
      ratio: 1.6,
      kind: 'placement',
      confidence: 'likely',
    },
    ...{ base: { 'main.c': tables(64) }, head: { 'main.c': tables(4032) } },
    ...{
      suspects: upTo(32)
        .slice(1)
        .map(i => `tab_${two(i)}`),
      displacers: ['text_00', 'text_30'],
      hot: 'follow',
    },
  },
  {
    ...{ name: 'a callee does more', flags: ['-O2'], ratio: 1.32, kind: 'work', confidence: 'shown' },
    ...{
      base: { 'main.c': walk('') },
      head: { 'main.c': walk('k *= 0xc4ceb9fe1a85ec53ul; k ^= k >> 33;') },
      hot: 'hash',
    },
  },
  {
    ...{ name: 'inlining is lost', flags: ['-O2'], ratio: 1.65, kind: 'codegen', confidence: 'likely' },
    base: {
      'main.c': blend(''),
      'mix.h': 'static inline unsigned mix(unsigned x, unsigned y) { return (x * 3 + y) >> 2; }\n',
    },
    head: {
      'main.c': blend(
        '__attribute__((noinline)) unsigned mix(unsigned x, unsigned y) { return (x * 3 + y) >> 2; }\n',
      ),
      'mix.h': 'unsigned mix(unsigned x, unsigned y);\n',
    },
    hot: 'blend',
  },
  {
    ...{
      name: 'a record grows',
      flags: ['-O2'],
      ratio: 3.8,
      kind: 'memory',
      confidence: 'likely',
      hot: 'chase',
    },
    ...{
      base: { 'main.c': chase, 'record.h': record(1) },
      head: { 'main.c': chase, 'record.h': record(15) },
    },
  },
  {
    ...{
      name: 'data is no longer sorted, and the hot function moves',
      flags: ['-O2', '-fno-toplevel-reorder'],
      ratio: 7.7,
      kind: 'branches',
      confidence: 'likely',
    },
    ...{
      base: { 'main.c': filter(60, 'argc < 9') },
      head: { 'main.c': filter(92, 'argc > 9') },
      hot: 'filter',
    },
  },
  {
    ...{
      name: 'the loop does more and the handlers collide',
      flags: ordered,
      ratio: 3,
      kind: 'mixed',
      confidence: 'likely',
    },
    ...{
      base: { 'main.c': handlers(40) },
      head: { 'main.c': handlers(4000, 'a = ops[i % 20](a, i); a *= 0x9e3779b97f4a7c15ul; a ^= a >> 29;') },
    },
    ...{ suspects, displacers: ['cold_00'], hot: 'interp' },
  },
]
