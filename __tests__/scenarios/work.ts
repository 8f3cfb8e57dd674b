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

const includes = '#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n'

const checksum = (step: string): Tree => ({
  'src/main.c': `${includes}uint32_t crc(const unsigned char *s, int n);
void crc_init(void);
static unsigned char data[4096];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 6000;
    uint32_t sum = 0;
    for (int i = 0; i < 4096; i++) data[i] = i * 7 + (i >> 5);
    crc_init();
    for (int r = 0; r < rounds; r++) {
        data[r & 4095]++;
        sum += crc(data, 4096);
    }
    printf("%x\\n", sum);
    return 0;
}
`,
  'src/crc.c': `#include <stdint.h>
static uint32_t table[256];
void crc_init(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
}
__attribute__((noinline, aligned(64))) uint32_t crc(const unsigned char *s, int n) {
    uint32_t c = ~0u;
    for (int i = 0; i < n; i++) {
        ${step}
    }
    return ~c;
}
`,
  Makefile: makefile(['main', 'crc']),
})

const walk = (round: string): Tree => ({
  'src/main.c': `${includes}uint64_t hash(uint64_t key);
static uint64_t table[1024];
static __attribute__((noinline, aligned(64))) uint64_t walk(int rounds) {
    uint64_t sum = 0;
    for (int r = 0; r < rounds; r++)
        for (uint64_t i = 0; i < 1024; i++) sum += table[hash(i + sum) & 1023];
    return sum;
}
int main(int argc, char **argv) {
    for (int i = 0; i < 1024; i++) table[i] = i * 2654435761u;
    printf("%llx\\n", (unsigned long long)walk(argc > 1 ? atoi(argv[1]) : 8000));
    return 0;
}
`,
  'src/hash.c': `#include <stdint.h>
__attribute__((noinline, aligned(64))) uint64_t hash(uint64_t key) {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdull;
    key ^= key >> 33;${round}
    return key;
}
`,
  Makefile: makefile(['main', 'hash']),
})

/** A filter over values that are sorted first, or only when asked to; the cold part in front moves the hot one. */
const filter = (sortWhen: string, coldBytes: number): Tree => ({
  'src/main.c': `${includes}#define COUNT 65536
static int v[COUNT];
int64_t filter(const int *v, int n, int least);
static void order(void) {
    int seen[256] = {0}, i = 0;
    for (int k = 0; k < COUNT; k++) seen[v[k]]++;
    for (int k = 0; k < 256; k++)
        while (seen[k]--) v[i++] = k;
}
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 200;
    int64_t sum = 0;
    unsigned s = 1;
    for (int i = 0; i < COUNT; i++) {
        s = s * 1103515245u + 12345u;
        v[i] = (s >> 16) & 255;
    }
    if (argc ${sortWhen} 9) order();
    for (int r = 0; r < rounds; r++) sum += filter(v, COUNT, 128 + (r & 1));
    printf("%lld\\n", (long long)sum);
    return 0;
}
`,
  'src/filter.c': `#include <stdint.h>
__attribute__((noinline, aligned(64))) int64_t filter(const int *v, int n, int least) {
    int64_t sum = 0;
    for (int i = 0; i < n; i++)
        if (v[i] >= least) {
            sum += v[i];
            __asm__ volatile("" : "+r"(sum));
        }
    return sum;
}
`,
  'src/usage.c': coldFunction('usage', coldBytes),
  Makefile: makefile(['main', 'usage', 'filter']),
})

const bits = (body: string): Tree => ({
  'src/main.c': `${includes}unsigned pop(const uint64_t *v, int n);
static uint64_t v[512];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 6000;
    unsigned sum = 0;
    for (int i = 0; i < 512; i++) v[i] = i * 0x9e3779b97f4a7c15ull;
    for (int r = 0; r < rounds; r++) {
        v[r & 511]++;
        sum += pop(v, 512);
    }
    printf("%u\\n", sum);
    return 0;
}
`,
  'src/pop.c': `#include <stdint.h>
__attribute__((noinline, aligned(64))) unsigned pop(const uint64_t *v, int n) {
    unsigned sum = 0;
    for (int i = 0; i < n; i++) {
        uint64_t x = v[i];
        ${body}
    }
    return sum;
}
`,
  Makefile: makefile(['main', 'pop']),
})

const mixedMachine = { handlers: 40, rounds: 250_000 }
const heavier = '\n    for (int i = 0; i < 60; i++) x = x * 0x9e3779b97f4a7c15ull + (y ^ x >> 29);'

const slightMachine = { handlers: 40, rounds: 400_000 }
const slightly = '\n    for (int i = 0; i < 14; i++) x = x * 0x9e3779b97f4a7c15ull + (y ^ x >> 29);'

/** The machine with a cold function in front of its packed handlers. */
const withUsage = (bytes: number, extra?: string): Tree => ({
  ...machineSources({ ...slightMachine, ...(extra === undefined ? {} : { extra }) }),
  'src/usage.c': coldFunction('usage', bytes),
  Makefile: makefile(['main', 'usage', ...upTo(40).map(i => `op_${two(i)}`)]),
})

export const workScenarios: readonly Scenario[] = [
  {
    ...byMake,
    name: 'slow-slight',
    story:
      'One handler of forty does a little more, and all of them move because a cold function in front grows.',
    base: withUsage(60),
    head: withUsage(700, slightly),
    message: 'Mix the first operand well; usage: print the examples',
    countWith: './bench 20000',
    effect: { above: 1.08 },
    expect: { decision: 'slower', causes: ['work'], innocent: [handlerNames, 'op_repeat', 'main'] },
  },
  {
    ...byMake,
    name: 'slow-algorithm',
    story: 'The hot function itself does more.',
    base: checksum('c = table[(c ^ s[i]) & 255] ^ (c >> 8);'),
    head: checksum('c ^= s[i];\n        for (int k = 0; k < 2; k++) c = (c >> 4) ^ table[(c & 15) << 4];'),
    message: 'Checksum: a smaller working table',
    countWith: './bench 100',
    expect: { decision: 'slower', causes: ['work'], innocent: ['crc', 'main'] },
  },
  {
    ...byMake,
    name: 'slow-callee',
    story: 'A function that the hot one calls does more; the caller is untouched.',
    base: walk(''),
    head: walk('\n    key *= 0xc4ceb9fe1a85ec53ull;\n    key ^= key >> 33;'),
    message: 'hash: full avalanche',
    countWith: './bench 100',
    expect: { decision: 'slower', causes: ['work'], innocent: ['walk', 'hash', 'main'] },
  },
  {
    ...byMake,
    name: 'slow-branches-moved',
    story: 'Sorting goes away, so branches miss; the untouched hot function moves too, and is innocent.',
    base: filter('<', 60),
    head: filter('>', 124),
    message: 'Only sort when asked to: order does not matter for a sum',
    countWith: './bench 4',
    expect: { decision: 'slower', causes: ['branches'], innocent: ['filter', 'main'] },
  },
  {
    ...byMake,
    name: 'faster-algorithm',
    story: 'A loop over bits becomes arithmetic.',
    base: bits('for (int k = 0; k < 64; k++) {\n            sum += x & 1;\n            x >>= 1;\n        }'),
    head: bits(
      'x -= x >> 1 & 0x5555555555555555ull;\n        x = (x & 0x3333333333333333ull) + (x >> 2 & 0x3333333333333333ull);\n        sum += ((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0full) * 0x0101010101010101ull >> 56;',
    ),
    message: 'Population count without the loop',
    countWith: './bench 100',
    expect: { decision: 'faster', causes: ['work', 'unexplained'], innocent: ['pop', 'main'] },
  },
  {
    ...byMake,
    name: 'mixed',
    story:
      'The first handler does more work and the cold functions push all handlers into the same cache sets.',
    base: { ...machineSources(mixedMachine), ...coldSources(40, 40), Makefile: makefile(interleaved(40)) },
    head: {
      ...machineSources({ ...mixedMachine, extra: heavier }),
      ...coldSources(40, 3936),
      Makefile: makefile(interleaved(40)),
    },
    message: 'Stronger mixing, longer messages',
    countWith: './bench 20000',
    expect: {
      decision: 'slower',
      causes: ['mixed'],
      suspects: { expected: pushedHandlers, allowed: [handlerNames, 'op_repeat', 'main'] },
      displacers: ['cold_\\d\\d'],
    },
  },
]
