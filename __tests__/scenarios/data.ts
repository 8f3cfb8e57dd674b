import { byMake, makefile } from './makefile.ts'
import { type Scenario, type Tree, two, upTo } from './scenario.ts'

const count = 32

/** Hot tables of one line each, with a cold text of so many bytes after each. */
function tables(coldBytes: number): Tree {
  const file = (i: number) => `unsigned table_${two(i)}[16] __attribute__((aligned(64))) = {${upTo(16)
    .map(k => (k * (2 * i + 1) + i) % 16)
    .join(', ')}};
char text_${two(i)}[${coldBytes}] __attribute__((aligned(64))) = "never read";
`
  return Object.fromEntries(upTo(count).map(i => [`src/table_${two(i)}.c`, file(i)]))
}

const follower = {
  'src/main.c': `#include <stdio.h>
#include <stdlib.h>
extern unsigned ${upTo(count)
    .map(i => `table_${two(i)}[16]`)
    .join(', ')};
static unsigned *const tables[] = {${upTo(count)
    .map(i => `table_${two(i)}`)
    .join(', ')}};
static __attribute__((noinline, aligned(64))) unsigned follow(unsigned at, int rounds) {
    for (int r = 0; r < rounds; r++)
        for (int i = 0; i < ${count}; i++) at = tables[i][at & 15] + (at & 3);
    return at;
}
int main(int argc, char **argv) {
    printf("%u\\n", follow(1, argc > 1 ? atoi(argv[1]) : 400000));
    return 0;
}
`,
  Makefile: makefile(['main', ...upTo(count).map(i => `table_${two(i)}`)]),
}

const movedData: Scenario = {
  ...byMake,
  name: 'place-data',
  story:
    'Cold texts between hot tables grow, and all the tables land in one data-cache set; no function moves.',
  base: { ...follower, ...tables(64) },
  head: { ...follower, ...tables(4032) },
  message: 'Longer texts',
  countWith: './bench 5000',
  effect: { above: 1.15 },
  expect: {
    decision: 'slower',
    causes: ['placement'],
    suspects: {
      expected: upTo(count)
        .slice(1)
        .map(i => `table_${two(i)}`),
      allowed: ['table_00', 'tables'],
    },
    displacers: ['text_\\d\\d'],
    innocent: ['follow', 'main'],
  },
}

const record = (padding: number): Tree => ({
  'src/record.h': `#include <stdint.h>
struct record { uint32_t next, value; uint64_t owner[${padding}]; };
`,
})

const chaser = {
  'src/main.c': `#include <stdio.h>
#include <stdlib.h>
#include "record.h"
#define COUNT 16384
static struct record all[COUNT] __attribute__((aligned(64)));
uint64_t chase(const struct record *all, uint32_t at, int count);
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 200;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        all[i].next = (i * 4093u + 1237u) % COUNT;
        all[i].value = i;
    }
    for (int r = 0; r < rounds; r++) sum += chase(all, r & 7, COUNT);
    printf("%llx\\n", (unsigned long long)sum);
    return 0;
}
`,
  'src/chase.c': `#include "record.h"
__attribute__((noinline, aligned(64))) uint64_t chase(const struct record *all, uint32_t at, int count) {
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        sum += all[at].value;
        at = all[at].next;
    }
    return sum;
}
`,
  Makefile: makefile(['main', 'chase']),
}

const widerRecord: Scenario = {
  ...byMake,
  name: 'slow-memory',
  story:
    'A record grows from 16 to 128 bytes and the walked set leaves the nearest caches; as many instructions.',
  base: { ...chaser, ...record(1) },
  head: { ...chaser, ...record(15) },
  message: "Records: room for the owner's name",
  countWith: './bench 30',
  effect: { above: 1.15 },
  expect: { decision: 'slower', causes: ['memory'], innocent: ['chase', 'main'] },
}

export const dataScenarios: readonly Scenario[] = [movedData, widerRecord]
