// Shares the machine: nothing here depends on the clock.
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { causeClause } from '../../../src/report/words/cause-clause.ts'
import { temporaryFolder, testWith } from '../../core/elf/tools-here.ts'
import { aBenchmark } from '../../doubles/reports.ts'
import { type BuiltProgram, explainBuilt, type Tree } from './built-programs.ts'

const folder = temporaryFolder()

const MAIN = `#include <stdio.h>
#include "step.h"
int main(void) { unsigned t = 1; for (unsigned i = 0; i < 200000; i++) t = step(t, i); printf("%u\\n", t); return 0; }
`
const STEP_H = 'unsigned step(unsigned t, unsigned x);\n'
const step = (rounds: string): string => `#include "step.h"
__attribute__((noinline)) unsigned step(unsigned t, unsigned x) {
  t ^= x;
  ${rounds}
  return t ^ (t >> 9);
}
`
const CHEAP = step('t *= 0x9e3779b9u;')
const DEAR = step('for (int i = 0; i < 4; i++) { t *= 0x9e3779b9u; t ^= t >> 5; }')
const CHECKED = step(
  '#ifdef CHECKED\n  for (int i = 0; i < CHECKED; i++) t += t >> 3;\n#endif\n  t *= 0x9e3779b9u;',
)
const TURN = 'unsigned turn(unsigned t, unsigned k) { return t * 31 + k + (t >> 7); }\n'
const makefile = (flags: string, rest = ''): string =>
  `CFLAGS = ${flags}\nbench: main.o step.o\n\t$(CC) $(CFLAGS) -o $@ main.o step.o\n${rest}`
const tree = (files: Tree): Tree => ({ 'main.c': MAIN, 'step.h': STEP_H, ...files })
const both = (files: Tree) => ({ base: files, head: files })

interface Expected {
  readonly kind: string
  /** In the headline, and in the evidence. */
  readonly says: RegExp
  readonly never?: RegExp
  readonly confidence?: 'likely'
}

const COMPILER = /the compiler made other code/

const TWO_HEADERS = {
  'fast.h': 'static inline unsigned turn(unsigned t) { return t * 31 + (t >> 7); }\n',
  'slow.h':
    'static inline unsigned turn(unsigned t) { t ^= t >> 3; t *= 77; t ^= t >> 5; t *= 13; return t * 31 + (t >> 7); }\n',
}

function TAKES(header: string): string {
  return `#include "step.h"
#include "${header}"
unsigned step(unsigned t, unsigned x) { for (unsigned k = 0; k < 3; k++) t = turn(t ^ x); return t; }
`
}

function CHOOSES(which: string): string {
  return `IMPL = ${which}\nbench: main.c\n\tgcc -O2 -o bench main.c $(IMPL).c\n`
}

function LOCKED(version: string): string {
  return JSON.stringify({ packages: { 'node_modules/vitepress': { version } } })
}

const OWN_ALLOCATOR = `#include <stddef.h>
static char room[4096];
void *malloc(size_t size) { return size > sizeof room ? NULL : room; }
void free(void *p) { (void)p; }
`
const ALLOCATES = `#include <stdlib.h>
#include "step.h"
unsigned step(unsigned t, unsigned x) { unsigned *volatile p = malloc(48); *p = t ^ x; t += *p; free(p); return t * 31; }
`
const READS = `#include <stdio.h>
#include "step.h"
int main(void) {
  unsigned rounds = 0, t = 1;
  FILE *file = fopen("rounds.txt", "r");
  if (!file || fscanf(file, "%u", &rounds) != 1) return 1;
  fclose(file);
  for (unsigned i = 0; i < rounds; i++) t = step(t, i);
  return t == 42;
}
`

const DEFINITIONS = `#include "step.h"
#ifdef CAREFUL
unsigned step(unsigned t, unsigned x) {
  unsigned checked = t % 1021 + x % 97;
  return ((t ^ checked) * 31) ^ (x / (checked | 1));
}
#else
unsigned step(unsigned t, unsigned x) {
  return (t ^ x) * 31;
}
#endif
`
const INCLUDED: Tree = {
  'main.cc': `#include <cstdio>
#include STEP
int main() { unsigned t = 1; for (unsigned i = 0; i < 200000; i++) t = step(t, i); std::printf("%u\\n", t); }
`,
  'fast.inc': 'static unsigned step(unsigned t, unsigned x) { return (t ^ x) * 31; }\n',
  'careful.inc': `__attribute__((noinline)) static unsigned step(unsigned t, unsigned x) {
  unsigned checked = t % 1021 + x % 97;
  return ((t ^ checked) * 31) ^ (x / (checked | 1));
}
`,
}
const LOOP = `unsigned step(unsigned t, unsigned x) {
  for (int i = 0; i < 3; i++) t = (t ^ x) * 31;
  return t;
}
`
const TWO_SOURCES: Tree = tree({
  'fast.c': `#include "step.h"\nunsigned step(unsigned t, unsigned x) { return (t ^ x) * 31; }\n`,
  'careful.c': `#include "step.h"
unsigned step(unsigned t, unsigned x) {
  unsigned checked = t % 1021 + x % 97;
  return ((t ^ checked) * 31) ^ (x / (checked | 1));
}
`,
  'wrap.c': `unsigned __real_step(unsigned t, unsigned x);
unsigned __wrap_step(unsigned t, unsigned x);
unsigned __wrap_step(unsigned t, unsigned x) {
  unsigned checked = t % 1021 + x % 97;
  return __real_step(t ^ checked, x / (checked | 1));
}
`,
})
/** Of these changes a type or a table might reach the function all the same, where nothing but its words says that it does not. */
const unsure = new Set(['a table of something else', 'a function that moves to another file'])
/** What touches the hot function in no way, or does not change what it says. */
const OTHER_CHANGES: readonly (readonly [what: string, base: Tree, head: Tree])[] = [
  [
    'a version in a header',
    { 'step.c': LOOP, 'v.h': '#define V "1.2"\n' },
    { 'step.c': LOOP, 'v.h': '#define V "1.3"\n' },
  ],
  [
    'another function',
    { 'step.c': `${LOOP}int other(int x) { return x + 1; }\n` },
    { 'step.c': `${LOOP}int other(int x) { return x + 2; }\n` },
  ],
  [
    'a table of something else',
    { 'step.c': LOOP, 'table.c': 'int table[] = {1, 2};\n' },
    { 'step.c': LOOP, 'table.c': 'int table[] = {1, 3};\n' },
  ],
  ['another name of the file', { 'step.c': LOOP }, { 'renamed.c': LOOP }],
  [
    'a function that moves to another file',
    { 'step.c': LOOP },
    { 'main.c': MAIN + LOOP, 'step.c': 'int none;\n' },
  ],
]
const FOLDED: Tree = {
  'main.c': `#include <stdio.h>
unsigned depth(void);
int main(void) {
  unsigned t = 1;
  for (unsigned i = 0; i < 60000; i++)
    for (unsigned k = 0; k < depth(); k++) t = t * 31 + i;
  printf("%u\\n", t);
  return 0;
}
`,
  'depth.c': 'unsigned depth(void) { return 3; }\n',
}
const LINKED: Tree = tree({
  'fast.c': `#include "step.h"\nunsigned step(unsigned t, unsigned x) { return (t ^ x) * 31; }\n`,
  'careful.c': `#include "step.h"
__attribute__((noinline)) unsigned step(unsigned t, unsigned x) {
  unsigned checked = t % 1021 + x % 97;
  return ((t ^ checked) * 31) ^ (x / (checked | 1));
}
`,
})

const CASES: readonly (readonly [name: string, BuiltProgram, Expected])[] = [
  [
    'another source of the same function, inlined on one side only',
    {
      base: { ...LINKED, 'build.sh': 'gcc -O2 -g -flto -o bench main.c fast.c\n' },
      head: { ...LINKED, 'build.sh': 'gcc -O2 -g -flto -o bench main.c careful.c\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'work', says: /careful\.c in place of fast\.c/, never: COMPILER },
  ],
  [
    'another definition in the same file, out of line on both sides',
    {
      base: tree({ 'step.c': DEFINITIONS, 'build.sh': 'gcc -O2 -g -o bench main.c step.c\n' }),
      head: tree({
        'step.c': DEFINITIONS,
        'build.sh': 'C=CAREFUL; gcc -O2 -g -D$C -o bench main.c step.c\n',
      }),
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'work', says: /step/, never: COMPILER },
  ],
  [
    'another file that a macro includes, whose function only its file knows, inlined on one side only',
    {
      base: { ...INCLUDED, 'build.sh': 'g++ -O2 -g -DSTEP="<fast.inc>" -I. -o bench main.cc\n' },
      head: { ...INCLUDED, 'build.sh': 'g++ -O2 -g -DSTEP="<careful.inc>" -I. -o bench main.cc\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'work', says: /careful\.inc in place of fast\.inc/, never: COMPILER },
  ],
  ...(['-g', ''] as const).flatMap((debug): readonly (readonly [string, BuiltProgram, Expected])[] => {
    const withDebug = debug === '' ? ', without debug lines' : ''
    const linked = (file: string, base: string, head: string): BuiltProgram => ({
      base: { ...TWO_SOURCES, [file]: base },
      head: { ...TWO_SOURCES, [file]: head },
      ...{ build: file === 'Makefile' ? 'make -s bench' : `sh ${file}`, ratio: 2 },
    })
    const archives = (order: string) =>
      `bench:\n\tgcc -O2 ${debug} -c main.c fast.c careful.c\n\tar rc libfast.a fast.o\n\tar rc libcareful.a careful.o\n\tgcc -o bench main.o -L. ${order}\n`
    const targets = { Makefile: `fast careful:\n\tgcc -O2 ${debug} -o bench main.c $@.c\n` }
    const asked = (target: string) => ({ ...TWO_SOURCES, ...targets, 'build.sh': `make -s ${target}\n` })
    return [
      [
        `another order of archives that both have the function${withDebug}`,
        linked('Makefile', archives('-lfast -lcareful'), archives('-lcareful -lfast')),
        { kind: 'work', says: /careful\.c in place of fast\.c .*Makefile/, never: COMPILER },
      ],
      [
        `another target of make that is made from another source${withDebug}`,
        { base: asked('fast'), head: asked('careful'), build: 'sh build.sh', ratio: 2 },
        { kind: 'work', says: /careful\.c in place of fast\.c .*build\.sh/, never: COMPILER },
      ],
      [
        `a linker that wraps the function${withDebug}`,
        linked(
          'build.sh',
          `gcc -O2 ${debug} -o bench main.c fast.c\n`,
          `gcc -O2 ${debug} -o bench main.c fast.c wrap.c -Wl,--wrap=step\n`,
        ),
        { kind: 'work', says: /wrap\.c.*build\.sh/, never: COMPILER },
      ],
      ...OTHER_CHANGES.map(([what, before, after]): readonly [string, BuiltProgram, Expected] => [
        `another optimisation level beside ${what}${withDebug}`,
        {
          base: { ...tree(before), 'build.sh': `gcc -O2 ${debug} -o bench *.c\n` },
          head: { ...tree(after), 'build.sh': `gcc -O0 ${debug} -o bench *.c\n` },
          ...{ build: 'sh build.sh', ratio: 2 },
        },
        {
          kind: 'codegen',
          says: /build\.sh/,
          never: /do more work/,
          ...(unsure.has(what) && { confidence: 'likely' }),
        },
      ]),
      [
        `another optimisation of the same sources${withDebug}`,
        linked(
          'build.sh',
          `gcc -O2 ${debug} -o bench main.c careful.c\n`,
          `gcc -O0 ${debug} -o bench main.c careful.c\n`,
        ),
        { kind: 'codegen', says: /build\.sh/, never: /in place of|one side only/ },
      ],
    ]
  }),
  [
    'a file of which another optimisation leaves no code',
    {
      base: { ...FOLDED, 'build.sh': 'gcc -O2 -flto -g -o bench main.c depth.c\n' },
      head: { ...FOLDED, 'build.sh': 'gcc -O0 -flto -g -o bench main.c depth.c\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'codegen', says: /build\.sh/, never: /one side only|do more work/ },
  ],
  [
    'another optimisation of the same source, inlined on one side only',
    {
      base: { ...LINKED, 'build.sh': 'gcc -O2 -g -flto -o bench main.c fast.c\n' },
      head: { ...LINKED, 'build.sh': 'gcc -O2 -g -o bench main.c fast.c\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'codegen', says: /build\.sh/, never: /in place of/ },
  ],
  [
    'a macro that the Makefile defines',
    {
      base: tree({ Makefile: makefile('-O2'), 'step.c': CHECKED }),
      head: tree({ Makefile: makefile('-O2 -DCHECKED=6'), 'step.c': CHECKED }),
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /defines -DCHECKED=6/, never: COMPILER },
  ],
  [
    'a macro that a script of no known kind passes',
    {
      base: tree({ 'tools/compile': 'cc -O2 -o bench main.c step.c\n', 'step.c': CHECKED }),
      head: tree({ 'tools/compile': 'cc -O2 -DCHECKED=6 -o bench main.c step.c\n', 'step.c': CHECKED }),
      ...{ build: 'sh tools/compile', ratio: 2 },
    },
    { kind: 'work', says: /defines -DCHECKED=6/, never: COMPILER },
  ],
  [
    'a macro that only the compiler sees: the same lines with the same options',
    {
      base: tree({ 'rounds.txt': '1\n', 'step.c': CHECKED }),
      head: tree({ 'rounds.txt': '6\n', 'step.c': CHECKED }),
      ...{ build: 'gcc -O2 -g -DCHECKED=$(cat rounds.txt) -o bench main.c step.c', ratio: 2 },
    },
    { kind: 'work', says: /changes rounds\.txt, which the build may read/, never: COMPILER },
  ],
  [
    'an optimisation level in the Makefile',
    {
      base: tree({ Makefile: makefile('-O2'), 'step.c': DEAR }),
      head: tree({ Makefile: makefile('-O0'), 'step.c': DEAR }),
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /Makefile/ },
  ],
  ...(['-O2 -g', '-O2'] as const).map((flags): readonly [string, BuiltProgram, Expected] => [
    `a source that a script generates, built with ${flags}`,
    {
      base: tree({
        Makefile: makefile(flags, 'step.c: step.tmpl\n\tsed s/ROUNDS/1/ $< > $@\n'),
        'step.tmpl': step('for (int i = 0; i < ROUNDS; i++) { t *= 0x9e3779b9u; t ^= t >> 5; }'),
      }),
      head: tree({
        Makefile: makefile(flags, 'step.c: step.tmpl\n\tsed s/ROUNDS/1/ $< > $@\n'),
        'step.tmpl': step('for (int i = 0; i < ROUNDS + 4; i++) { t *= 0x9e3779b9u; t ^= t >> 5; }'),
      }),
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /changes step\.tmpl, which it is generated from/, never: COMPILER },
  ]),
  ...(['-O2 -g', '-O2'] as const).map((flags): readonly [string, BuiltProgram, Expected] => [
    `a generator that is changed, built with ${flags}`,
    {
      base: tree({
        Makefile: makefile(flags, 'step.c: gen.sh\n\t./gen.sh > $@\n'),
        'gen.sh': `#!/bin/sh\ncat <<'E'\n${CHEAP}E\n`,
      }),
      head: tree({
        Makefile: makefile(flags, 'step.c: gen.sh\n\t./gen.sh > $@\n'),
        'gen.sh': `#!/bin/sh\ncat <<'E'\n${DEAR}E\n`,
      }),
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /step\.c/, never: COMPILER },
  ]),
  [
    'a submodule at another commit',
    {
      base: tree({ Makefile: makefile('-O2 -g').replaceAll('step.o', 'third/lib/step.o'), 'lib.rev': '1\n' }),
      head: tree({ Makefile: makefile('-O2 -g').replaceAll('step.o', 'third/lib/step.o'), 'lib.rev': '2\n' }),
      untracked: {
        base: { 'third/lib/step.c': CHEAP.replace('step.h', '../../step.h') },
        head: { 'third/lib/step.c': DEAR.replace('step.h', '../../step.h') },
      },
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /third\/lib\/step\.c/, never: COMPILER },
  ],
  [
    'a library that a lock file moves',
    {
      base: tree({
        Makefile: makefile('-O2').replaceAll('step.o', 'deps/step-1.2/step.o'),
        'conan.lock': '{"requires": ["step/1.2#a"]}',
      }),
      head: tree({
        Makefile: makefile('-O2').replaceAll('step.o', 'deps/step-1.3/step.o'),
        'conan.lock': '{"requires": ["step/1.3#b"]}',
      }),
      untracked: {
        base: { 'deps/step-1.2/step.c': CHEAP.replace('step.h', '../../step.h') },
        head: { 'deps/step-1.3/step.c': DEAR.replace('step.h', '../../step.h') },
      },
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /moves step from 1\.2 to 1\.3/, never: COMPILER },
  ],
  [
    'a stamp with the commit in a generated header, and another optimisation level',
    {
      base: tree({ Makefile: makefile('-O2'), 'step.c': DEAR }),
      head: tree({ Makefile: makefile('-O0'), 'step.c': DEAR }),
      untracked: {
        base: { 'version.h': '#define GIT_COMMIT "1111111"\n' },
        head: { 'version.h': '#define GIT_COMMIT "2222222"\n' },
      },
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /Makefile/ },
  ],
  [
    'an optimisation level, with the lists of what compilers read beside the objects',
    {
      base: tree({ Makefile: makefile('-O2 -MD -MF $@.d'), 'step.c': DEAR }),
      head: tree({ Makefile: makefile('-O0 -MD -MF $@.d -isystem .'), 'step.c': DEAR }),
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /Makefile/, never: /\.d\b/ },
  ],
  [
    'an optimisation level that moves generated files to a folder of another sum',
    {
      base: tree({ Makefile: makefile('-O2'), 'step.c': DEAR }),
      head: tree({ Makefile: makefile('-O0'), 'step.c': DEAR }),
      untracked: {
        base: { 'target/build/x-0123456789abcdef/out/t.rs': 'const T: u32 = 3;\n' },
        head: { 'target/build/x-fedcba9876543210/out/t.rs': 'const T: u32 = 3;\n' },
      },
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /Makefile/, never: /t\.rs/ },
  ],
  [
    'an object of the tree that another compiler run made',
    {
      base: tree({ 'old.c': CHEAP, 'lib/which': 'old\n' }),
      head: tree({ 'old.c': CHEAP, 'lib/which': 'old\n', 'lib/step.o': 'x' }),
      untracked: { base: { 'far/step.txt': CHEAP }, head: { 'far/step.txt': DEAR } },
      build:
        'mkdir -p lib; gcc -O2 -I. -x c -c far/step.txt -o lib/step.o; gcc -O2 -o bench main.c lib/step.o',
      ratio: 2,
    },
    { kind: 'work', says: /changes lib\/step\.o, which is linked into the program/, never: COMPILER },
  ],
  [
    'a call of the allocator that is new',
    {
      base: { ...both(tree({ Makefile: makefile('-O2'), 'step.c': CHEAP })).base },
      head: tree({
        Makefile: makefile('-O2'),
        'step.c': `#include <stdlib.h>\n${step('unsigned *p = malloc(64); *p = t; t *= 0x9e3779b9u; t += *(volatile unsigned *)p; free(p);')}`,
      }),
      ...{ build: 'make -s', ratio: 4 },
    },
    {
      kind: 'work',
      says: /calls malloc and free, which it did not on the base: once each time(.|\n)*step allocates 1\.0 more each time it runs/,
      never: /inlined/,
    },
  ],
  ...(['-O2 -g', '-O2'] as const).flatMap((flags): readonly (readonly [string, BuiltProgram, Expected])[] => [
    [
      `another header in the place of one, built with ${flags}`,
      {
        base: tree({ Makefile: makefile(flags), ...TWO_HEADERS, 'step.c': TAKES('fast.h') }),
        head: tree({ Makefile: makefile(flags), ...TWO_HEADERS, 'step.c': TAKES('slow.h') }),
        ...{ build: 'make -s', ratio: 1.4 },
      },
      { kind: 'work', says: /has step\.c include slow\.h in place of fast\.h/, never: COMPILER },
    ],
    [
      `another source in the place of one, built with ${flags}`,
      {
        base: tree({
          Makefile: makefile(flags).replaceAll('step.o', 'fast.o'),
          'fast.c': CHEAP,
          'slow.c': DEAR,
        }),
        head: tree({
          Makefile: makefile(flags).replaceAll('step.o', 'slow.o'),
          'fast.c': CHEAP,
          'slow.c': DEAR,
        }),
        ...{ build: 'make -s', ratio: 2 },
      },
      { kind: 'work', says: /builds with slow\.o in place of fast\.o \(Makefile\)/, never: COMPILER },
    ],
  ]),
  [
    'a variable that a source is named by, without debug lines',
    {
      base: tree({ Makefile: CHOOSES('fast'), 'fast.c': CHEAP, 'slow.c': DEAR }),
      head: tree({ Makefile: CHOOSES('slow'), 'fast.c': CHEAP, 'slow.c': DEAR }),
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /sets IMPL to slow in place of fast \(Makefile\)/, never: COMPILER },
  ],
  [
    'an optimisation level in a file of no known kind, without debug lines',
    {
      base: tree({ 'flags.txt': '-O2\n', 'step.c': DEAR }),
      head: tree({ 'flags.txt': '-O0\n', 'step.c': DEAR }),
      ...{ build: 'gcc $(cat flags.txt) -o bench main.c step.c', ratio: 3 },
    },
    { kind: 'codegen', says: /changes how the program is built \(flags\.txt\)/ },
  ],
  [
    'an optimisation level beside a lock file and a stamp',
    {
      base: tree({ Makefile: makefile('-O2 -g'), 'step.c': DEAR, 'docs/package-lock.json': LOCKED('1.0.0') }),
      head: tree({
        Makefile: makefile('-O0 -g -DAPP_VERSION=2'),
        'step.c': DEAR,
        'docs/package-lock.json': LOCKED('1.1.0'),
      }),
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /changes how the program is built \(Makefile\)/, never: /vitepress/ },
  ],
  [
    'an attribute of the hot function',
    {
      base: tree({ Makefile: makefile('-O2 -g'), 'step.c': DEAR }),
      head: tree({
        Makefile: makefile('-O2 -g'),
        'step.c': DEAR.replace('noinline', 'noinline, optimize("O0")'),
      }),
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'codegen', says: /changes attributes or pragmas in step\.c/ },
  ],
  [
    'a library with an allocator of its own that is no longer linked',
    {
      base: tree({
        Makefile: makefile('-O2')
          .replace('step.o\n\t', 'step.o own.o\n\t')
          .replace('main.o step.o\n', 'main.o step.o own.o\n'),
        'own.c': OWN_ALLOCATOR,
        'step.c': ALLOCATES,
      }),
      head: tree({ Makefile: makefile('-O2'), 'own.c': OWN_ALLOCATOR, 'step.c': ALLOCATES }),
      ...{ build: 'make -s', ratio: 1.4 },
    },
    { kind: 'work', says: /changes how the program is built \(Makefile\)/, never: /malloc 0 times/ },
  ],
  [
    'a file that the program reads, and nothing else',
    {
      base: tree({
        Makefile: makefile('-O2 -g'),
        'step.c': CHEAP,
        'main.c': READS,
        'rounds.txt': '100000\n',
      }),
      head: tree({
        Makefile: makefile('-O2 -g'),
        'step.c': CHEAP,
        'main.c': READS,
        'rounds.txt': '300000\n',
      }),
      ...{ build: 'make -s', ratio: 3 },
    },
    { kind: 'work', says: /changes rounds\.txt, which the benchmark may read/ },
  ],
  [
    'a function that moves to another file, where nothing can inline it',
    {
      base: tree({ Makefile: makefile('-O2 -g'), 'step.c': TURNS(true) }),
      head: tree({
        Makefile: makefile('-O2 -g').replaceAll('step.o', 'step.o turn.o'),
        'step.c': TURNS(false),
        'turn.c': TURN,
      }),
      ...{ build: 'make -s', ratio: 1.3 },
    },
    {
      kind: 'codegen',
      says: /step calls turn; on the faster side it has it inlined/,
      never: /ran more often/,
    },
  ],
  [
    'a function that is inlined into the hot loop from a header',
    {
      base: {
        Makefile: 'bench: main.cc mix.h\n\t$(CXX) -O2 -g -o $@ main.cc\n',
        'main.cc': HOT(),
        'mix.h': MIX('x ^= k;'),
      },
      head: {
        Makefile: 'bench: main.cc mix.h\n\t$(CXX) -O2 -g -o $@ main.cc\n',
        'main.cc': HOT(),
        'mix.h': MIX('x ^= k; for (int i = 0; i < 3; i++) { x *= 0x85ebca6bu; x ^= x >> 13; }'),
      },
      ...{ build: 'make -s', ratio: 2 },
    },
    { kind: 'work', says: /in _ZN3lib3mixEjj, inlined there/, never: COMPILER },
  ],
]

const RUST_MAIN = `fn main() {
    let mut t = 1u32;
    for i in 0..4000u32 {
        for &b in TABLE.iter() { t = (t ^ u32::from(b)).wrapping_mul(0x9e3779b9) ^ i; }
    }
    println!("{t}");
}
`
const macro = (rounds: number): string => `use proc_macro::TokenStream;
#[proc_macro]
pub fn make_step(_: TokenStream) -> TokenStream {
    "#[inline(never)] pub fn step(mut t: u32) -> u32 { let mut i = 0; while i < ${rounds} { t = t.wrapping_mul(77) ^ (t >> 5); i += 1; } t }".parse().unwrap()
}
`
const CALLS_MACRO = `use mac::make_step;
make_step!();
fn main() {
    let mut t = 1u32;
    for i in 0..30000u32 { t = step(t ^ i); }
    println!("{}{t}", "a");
}
`
const MACRO_CRATE = { 'mac/Cargo.toml': '[package]\nname = "mac"\n[lib]\nproc-macro = true\n' }
const USES = (which: string): string => `mod fast;
mod slow;
use crate::${which}::turn;
#[inline(never)]
fn step(mut t: u32, i: u32) -> u32 { for k in 0..4 { t = turn(t, i ^ k); } t }
fn main() { let mut t = 1u32; for i in 0..30000u32 { t = step(std::hint::black_box(t), i); } println!("{t}"); }
`
const TURNS_OF_RUST = {
  'fast.rs': 'pub fn turn(t: u32, k: u32) -> u32 { t.wrapping_mul(31).wrapping_add(k) }\n',
  'slow.rs':
    'pub fn turn(t: u32, k: u32) -> u32 { let t = (t ^ (t >> 3)).wrapping_mul(77); (t ^ (t >> 5)).wrapping_mul(31).wrapping_add(k) }\n',
}
const CHOSEN: Tree = {
  'main.rs': `#[cfg_attr(careful, path = "careful.rs")]
#[cfg_attr(not(careful), path = "fast.rs")]
mod step;
fn main() {
    let t = (0..200000u32).fold(1, |t, i| step::step(t, std::hint::black_box(i)));
    println!("{t}");
}
`,
  'fast.rs': 'pub fn step(t: u32, x: u32) -> u32 {\n    t.wrapping_mul(31) ^ x\n}\n',
  'careful.rs':
    '#[inline(never)]\npub fn step(t: u32, x: u32) -> u32 {\n    let checked = t % 1021 + x % 97;\n    (t ^ checked).wrapping_mul(31) ^ (x / (checked | 1))\n}\n',
}

const TWO_DEFINITIONS: Tree = {
  'main.rs': `#[cfg(not(careful))]
fn step(t: u32, x: u32) -> u32 {
    t.wrapping_mul(31) ^ x
}
#[cfg(careful)]
#[inline(never)]
fn step(t: u32, x: u32) -> u32 {
    let checked = t % 1021 + x % 97;
    (t ^ checked).wrapping_mul(31) ^ (x / (checked | 1))
}
fn main() {
    let t = (0..200000u32).fold(1, |t, i| step(t, std::hint::black_box(i)));
    println!("{t}");
}
`,
}

const NAMED: Tree = {
  'main.rs': `mod name;
fn step(mut t: u32, x: u32) -> u32 {
    for _ in 0..3 {
        t = (t ^ x).wrapping_mul(31);
    }
    t
}
fn main() {
    let t = (0..100000u32).fold(1, |t, i| step(t, std::hint::black_box(i)));
    println!("{} {}", t, name::NAME);
}
`,
}

const RUST_CASES: readonly (readonly [name: string, BuiltProgram, Expected])[] = [
  [
    'a module of Rust in the place of another, inlined into the hot loop',
    {
      base: { ...TURNS_OF_RUST, 'main.rs': USES('fast') },
      head: { ...TURNS_OF_RUST, 'main.rs': USES('slow') },
      ...{ build: 'rustc -O -g --edition 2021 -o bench main.rs', ratio: 1.5 },
    },
    {
      kind: 'work',
      says: /has main\.rs include crate::slow::turn in place of crate::fast::turn/,
      never: COMPILER,
    },
  ],
  ...(['-g', ''] as const).map((debug): readonly [string, BuiltProgram, Expected] => [
    `a table that a source of Rust takes in${debug && ', with debug lines'}`,
    {
      base: {
        'main.rs': `static TABLE: &[u8] = include_bytes!("data/table.bin");\n${RUST_MAIN}`,
        'data/table.bin': 'abcdefgh',
      },
      head: {
        'main.rs': `static TABLE: &[u8] = include_bytes!("data/table.bin");\n${RUST_MAIN}`,
        'data/table.bin': 'abcdefghijklmnopqrstuvwxyz',
      },
      ...{ build: `rustc -O ${debug} -o bench main.rs`, ratio: 2 },
    },
    { kind: 'work', says: /changes data\/table\.bin, which main\.rs takes in/, never: COMPILER },
  ]),
  [
    'another file of a module, inlined on one side only',
    {
      base: { ...CHOSEN, 'build.sh': 'rustc -O -g -o bench main.rs\n' },
      head: { ...CHOSEN, 'build.sh': 'rustc -O -g --cfg careful -o bench main.rs\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    { kind: 'work', says: /builds careful\.rs in place of fast\.rs/, never: COMPILER },
  ],
  [
    'another definition in the same file, inlined on one side only',
    {
      base: { ...TWO_DEFINITIONS, 'build.sh': 'rustc -O -g -o bench main.rs\n' },
      head: { ...TWO_DEFINITIONS, 'build.sh': 'rustc -O -g $(printf %s --cfg) careful -o bench main.rs\n' },
      ...{ build: 'sh build.sh', ratio: 2 },
    },
    {
      kind: 'work',
      says: /compiles other lines of main\.rs \(this pull request .*build\.sh/,
      never: COMPILER,
    },
  ],
  [
    'another definition in the same file, inlined on both sides',
    {
      base: {
        'main.rs': TWO_DEFINITIONS['main.rs']!.replace('#[inline(never)]\n', ''),
        'c.sh': 'rustc -O -g -o bench main.rs\n',
      },
      head: {
        'main.rs': TWO_DEFINITIONS['main.rs']!.replace('#[inline(never)]\n', ''),
        'c.sh': 'rustc -O -g $(printf %s --cfg) careful -o bench main.rs\n',
      },
      ...{ build: 'sh c.sh', ratio: 2 },
    },
    { kind: 'work', says: /compiles other lines of main\.rs/, never: COMPILER },
  ],
  [
    'another optimisation of one of two definitions',
    {
      base: { ...TWO_DEFINITIONS, 'c.sh': 'rustc -C opt-level=3 -g -o bench main.rs\n' },
      head: { ...TWO_DEFINITIONS, 'c.sh': 'rustc -C opt-level=0 -g -o bench main.rs\n' },
      ...{ build: 'sh c.sh', ratio: 2 },
    },
    { kind: 'codegen', says: /c\.sh/, never: /other lines/ },
  ],
  ...(['-g', ''] as const).map((debug): readonly [string, BuiltProgram, Expected] => [
    `another optimisation level beside a constant of something else${debug === '' ? ', without debug lines' : ''}`,
    {
      base: {
        ...NAMED,
        'name.rs': 'pub const NAME: &str = "a";\npub const LENGTH: u32 = 4;\n',
        'c.sh': `rustc -C opt-level=3 ${debug} -o bench main.rs\n`,
      },
      head: {
        ...NAMED,
        'name.rs': 'pub const NAME: &str = "a";\npub const LENGTH: u32 = 5;\n',
        'c.sh': `rustc -C opt-level=0 ${debug} -o bench main.rs\n`,
      },
      ...{ build: 'sh c.sh', ratio: 2 },
    },
    { kind: 'codegen', says: /c\.sh/, never: /do more work/ },
  ]),
  [
    "a macro's crate of Rust beside another change of the program",
    {
      base: { ...MACRO_CRATE, 'main.rs': CALLS_MACRO, 'mac/lib.rs': macro(1) },
      head: { ...MACRO_CRATE, 'main.rs': CALLS_MACRO.replace('"a"', '"b"'), 'mac/lib.rs': macro(7) },
      build:
        'rustc --edition 2021 --extern proc_macro --crate-type proc-macro --crate-name mac -o libmac.so mac/lib.rs; rustc -O -g --edition 2021 --extern mac=libmac.so -o bench main.rs',
      ratio: 2,
    },
    { kind: 'work', says: /changes mac\/lib\.rs, whose macros write code/, never: COMPILER },
  ],
]

function TURNS(here: boolean): string {
  return `unsigned turn(unsigned t, unsigned k);
${here ? TURN : ''}unsigned step(unsigned t, unsigned x) { for (unsigned k = 0; k < 5; k++) t = turn(t, x ^ k); return t; }
`
}

function HOT(): string {
  return `#include <cstdio>
#include "mix.h"
__attribute__((noinline)) unsigned run(unsigned n) { unsigned t = 0; for (unsigned i = 0; i < n; i++) t += lib::mix(t, i); return t; }
int main() { std::printf("%u\\n", run(200000)); }
`
}

function MIX(body: string): string {
  return `#pragma once
namespace lib { inline unsigned mix(unsigned x, unsigned k) { ${body} return x * 0x9e3779b9u; } }
`
}

describe('the same source is shown, never assumed', () => {
  ;[...CASES, ...RUST_CASES].forEach(([name, program, { kind, says, never, confidence }], at) => {
    const tools = at < CASES.length ? ['gcc', 'g++', 'make', 'valgrind'] : ['rustc', 'valgrind']
    testWith(...tools)(name, async () => {
      const { cause, touched, hot } = await explainBuilt(join(folder, `${at}`), program)
      const row = aBenchmark({ cause, hot, touched, decision: 'slower' })
      const told = [causeClause(row), ...cause.because, ...cause.against].join('\n')
      expect({ kind: cause.kind, told }).toEqual({ kind, told: expect.stringMatching(says) })
      if (never) expect(told).not.toMatch(never)
      if (confidence) expect(cause.confidence).toBe(confidence)
    })
  })
})
