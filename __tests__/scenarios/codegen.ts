import { byMake, makefile } from './makefile.ts'
import type { Scenario, Tree } from './scenario.ts'

const blend = (declaration: string): Tree => ({
  'src/main.c': `#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
${declaration}
static __attribute__((noinline, aligned(64))) uint32_t blend(const unsigned char *a, const unsigned char *b, int n) {
    uint32_t sum = 0;
    for (int i = 0; i < n; i++) sum = sum * 31 + mix(a[i], b[i]);
    return sum;
}
static unsigned char a[4096], b[4096];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 6000;
    uint32_t sum = 0;
    for (int i = 0; i < 4096; i++) {
        a[i] = i * 3;
        b[i] = i * 5 + 1;
    }
    for (int r = 0; r < rounds; r++) {
        a[r & 4095]++;
        sum += blend(a, b, 4096);
    }
    printf("%x\\n", sum);
    return 0;
}
`,
})

const helper = '{ return (x * 3 + y) >> 2; }\n'

/** A token counter whose small helper lives in a header; a longer cold path there ends its inlining. */
const scanner = (cold: string): Tree => ({
  'src/text.h': `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
static int class_of(unsigned char c) {
    if (c >= 128) {${cold}
    }
    return c == ' ' || c == '\\n' ? 0 : c < 'a' ? 1 : 2;
}
`,
  'src/scan.c': `#include "text.h"
__attribute__((noinline, aligned(64))) uint64_t scan(const unsigned char *s, int n) {
    uint64_t words = 0;
    int before = 0;
    for (int i = 0; i < n; i++) {
        int now = class_of(s[i]);
        words += now != before;
        before = now;
    }
    if (n > 1 << 20) words += class_of(s[0]) + class_of(s[n - 1]);
    return words;
}
`,
  'src/main.c': `#include "text.h"
uint64_t scan(const unsigned char *s, int n);
static unsigned char text[16384];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 1500;
    uint64_t sum = 0;
    for (int i = 0; i < 16384; i++) text[i] = "the Quick brown Fox jumps over\\nlazy "[i % 36];
    for (int r = 0; r < rounds; r++) {
        text[r & 16383] ^= 1;
        sum += scan(text, 16384);
    }
    printf("%llu\\n", (unsigned long long)sum);
    return 0;
}
`,
  Makefile: makefile(['main', 'scan']),
})

const shortCold = '\n        return 3;'
const longCold = `
        char line[80];
        for (int i = 0; i < 8; i++) {
            snprintf(line, sizeof line, "byte %d, bit %d: %d", c, i, c >> i & 1);
            fputs(line, stderr);
            if (c >> i & 1) fprintf(stderr, ", set in %s\\n", getenv("LANG") ? getenv("LANG") : "no language");
            else fprintf(stderr, ", clear in %s\\n", getenv("LANG") ? getenv("LANG") : "no language");
        }
        return 3;`

const dot = (flags: string): Tree => ({
  'src/main.c': `#include <stdio.h>
#include <stdlib.h>
double dot(const double *a, const double *b, int n);
static double a[4096], b[4096];
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 8000;
    double sum = 0;
    for (int i = 0; i < 4096; i++) {
        a[i] = i * 0.5;
        b[i] = 1.0 / (i + 1);
    }
    for (int r = 0; r < rounds; r++) sum += dot(a, b, 4096 - (r & 7));
    printf("%g\\n", sum);
    return 0;
}
`,
  'src/dot.c': `__attribute__((noinline, aligned(64))) double dot(const double *a, const double *b, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}
`,
  Makefile: makefile(['main', 'dot'], flags),
})

export const codegenScenarios: readonly Scenario[] = [
  {
    ...byMake,
    name: 'slow-inline',
    story: 'A small helper moves to a file of its own, and is no longer inlined.',
    base: {
      ...blend(`static inline unsigned mix(unsigned x, unsigned y) ${helper}`),
      Makefile: makefile(['main']),
    },
    head: {
      ...blend('unsigned mix(unsigned x, unsigned y);'),
      'src/mix.c': `__attribute__((aligned(64))) unsigned mix(unsigned x, unsigned y) ${helper}`,
      Makefile: makefile(['main', 'mix']),
    },
    message: 'mix: a file of its own',
    countWith: './bench 100',
    expect: { decision: 'slower', causes: ['codegen', 'work'], innocent: ['blend', 'mix', 'main'] },
  },
  {
    ...byMake,
    name: 'slow-header',
    story:
      'A cold path in a header grows, the compiler stops inlining the helper, and an untouched caller pays.',
    base: scanner(shortCold),
    head: scanner(longCold),
    message: 'Say which byte was odd',
    countWith: './bench 20',
    expect: { decision: 'slower', causes: ['codegen'], innocent: ['scan', 'class_of.*', 'main'] },
  },
  {
    ...byMake,
    name: 'slow-flags',
    story: 'A flag goes from the Makefile, and the untouched hot loop is no longer vectorised.',
    base: dot('-O3 -ffast-math'),
    head: dot('-O3'),
    message: 'Do without -ffast-math',
    countWith: './bench 100',
    expect: { decision: 'slower', causes: ['codegen'], innocent: ['dot', 'main'] },
  },
]
