import {
  coldFunction,
  coldSources,
  handlerNames,
  interleaved,
  machineSources,
  pushedHandlers,
} from './machine.ts'
import { byMake, makefile } from './makefile.ts'
import { type Scenario, type Tree, two, upTo } from './scenario.ts'

const packed = 40
const page = 3936
const SOME = 15
const hot = machineSources({ handlers: 40, rounds: 300_000 })
const pushed = { ...byMake, countWith: './bench 20000', needs: ['gcc', 'make'] }
const build = { Makefile: makefile(interleaved(40)) }

const suspects = { expected: pushedHandlers, allowed: [handlerNames, 'op_repeat', 'main'] }

const deadCode: Scenario = {
  ...pushed,
  name: 'place-deadcode',
  story:
    'Cold functions between the hot ones grow, and all the hot ones land in the same instruction-cache sets.',
  base: { ...hot, ...build, ...coldSources(40, packed) },
  head: { ...hot, ...build, ...coldSources(40, page) },
  message: 'Keep the whole message tables in the cold paths',
  effect: { above: 1.15 },
  expect: { decision: 'slower', causes: ['placement'], suspects, displacers: ['cold_\\d\\d'] },
}

const lucky: Scenario = {
  ...deadCode,
  name: 'place-lucky',
  story: 'Cold functions shrink, and the hot ones leave the cache sets that they shared: faster by luck.',
  base: deadCode.head,
  head: deadCode.base,
  message: 'Drop the message tables',
  effect: { below: 0.9 },
  expect: { decision: 'faster', causes: ['placement'], suspects, displacers: ['cold_\\d\\d'] },
}

const linkOrder: Scenario = {
  ...deadCode,
  name: 'place-link-order',
  story:
    'Only the Makefile changes: objects that were grouped are now sorted by number, hot and cold in turn.',
  base: {
    ...hot,
    ...coldSources(40, page),
    Makefile: makefile(['main', ...['op', 'cold'].flatMap(kind => upTo(40).map(i => `${kind}_${two(i)}`))]),
  },
  head: deadCode.head,
  message: 'Sort the sources by number',
  expect: {
    decision: 'slower',
    causes: ['placement'],
    suspects,
    displacers: ['cold_\\d\\d', handlerNames, 'op_repeat', '.*\\.o', '\\.text'],
  },
}

/** Only some cold functions grow to a page: the set holds few lines too many, and the effect is small. */
const slight: Scenario = {
  ...deadCode,
  name: 'place-slight',
  story:
    'Fifteen cold functions grow to a page: fifteen hot handlers share sets of eight ways, for a small slowdown.',
  head: { ...hot, ...build, ...coldSources(40, packed), ...coldSources(SOME, page) },
  message: 'Whole message tables in the first fifteen cold paths',
  effect: { above: 1.08 },
  expect: {
    decision: 'slower',
    causes: ['placement'],
    suspects: { expected: pushedHandlers.slice(0, SOME - 1), allowed: [handlerNames, 'op_repeat', 'main'] },
    displacers: ['cold_\\d\\d'],
  },
}

const popCount = {
  'src/main.c': `#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
uint64_t pop(const unsigned char *s, size_t n);
static unsigned char text[16384] __attribute__((aligned(64)));
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 2000;
    uint64_t sum = 0;
    for (int i = 0; i < 16384; i++) text[i] = "the quick brown fox jumps over\\nlazy "[i % 36];
    for (int r = 0; r < rounds; r++) sum += pop(text, 16384);
    printf("%llu\\n", (unsigned long long)sum);
    return 0;
}
`,
  'src/pop.c': `#include <stdint.h>
#include <stddef.h>
__attribute__((noinline)) uint64_t pop(const unsigned char *s, size_t n) {
    uint64_t bits = 0;
    for (size_t i = 0; i + 8 <= n; i += 8)
        for (uint64_t v = *(const uint64_t *)(s + i); v; v &= v - 1) bits++;
    return bits;
}
`,
  Makefile: makefile(['main', 'usage', 'pop'], '-Os'),
}

const usage = (bytes: number): Tree => ({
  'src/usage.c': coldFunction('usage', bytes).replace(
    'void usage',
    '__attribute__((aligned(64))) void usage',
  ),
})

/** -Os aligns nothing, so two bytes more in a cold function push the hot loop to another offset in its line. */
function alignment(name: string, offset: number): Scenario {
  return {
    ...byMake,
    name,
    story: `A cold function grows by ${offset} bytes and the hot loop behind it begins ${offset} bytes later in its cache line; the simulator sees nothing.`,
    base: { ...popCount, ...usage(127) },
    head: { ...popCount, ...usage(127 + offset) },
    message: 'usage: a few more letters',
    countWith: './bench 100',
    effect: { above: 1.15 },
    expect: {
      decision: 'slower',
      causes: ['placement'],
      suspects: { expected: ['pop'], allowed: ['main'] },
      displacers: ['usage'],
    },
  }
}

export const placementScenarios: readonly Scenario[] = [
  deadCode,
  lucky,
  linkOrder,
  slight,
  alignment('place-align', 2),
  alignment('place-straddle', 36),
]
