import { byMake, makefile } from './makefile.ts'
import type { Scenario, Tree } from './scenario.ts'

/** Two hot functions in one file without alignment: the first does more, and so the second lies elsewhere. */
const codec = (step: string): Tree => ({
  'src/codec.c': `#include <stdint.h>
#include <stddef.h>
__attribute__((noinline)) uint32_t decode(unsigned char *to, const unsigned char *from, size_t n) {
    uint32_t last = 7;
    for (size_t i = 0; i < n; i++) {
        last = last * 33 + from[i];${step}
        to[i] = last >> 24;
    }
    return last;
}
__attribute__((noinline)) uint32_t checksum(const unsigned char *from, size_t n) {
    uint32_t low = 1, high = 0;
    for (size_t i = 0; i < n; i++) {
        low = (low + from[i]) & 0xffff;
        high = (high + low) & 0xffff;
    }
    return high << 16 | low;
}
`,
  'src/main.c': `#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
uint32_t decode(unsigned char *to, const unsigned char *from, size_t n);
uint32_t checksum(const unsigned char *from, size_t n);
static unsigned char packed[16384], plain[16384];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 900;
    uint32_t sum = 0;
    for (int i = 0; i < 16384; i++) packed[i] = i * 11 + (i >> 7);
    for (int r = 0; r < rounds; r++) {
        packed[r & 16383]++;
        sum += decode(plain, packed, 16384) ^ checksum(plain, 16384);
    }
    printf("%x\\n", sum);
    return 0;
}
`,
  Makefile: makefile(['main', 'codec'], '-O2 -fno-align-functions -fno-align-loops'),
})

export const neighbourScenarios: readonly Scenario[] = [
  {
    ...byMake,
    name: 'slow-neighbour',
    story: 'One hot function does more work and grows; the innocent hot function behind it moves.',
    base: codec(''),
    head: codec(
      '\n        last ^= last >> 15;\n        last *= 0x85ebca6bu;\n        last ^= last << 7 ^ (uint32_t)i;',
    ),
    message: 'Decode: mix each byte well',
    countWith: './bench 10',
    effect: { above: 1.1 },
    expect: { decision: 'slower', causes: ['work'], innocent: ['checksum', 'main'] },
  },
]
