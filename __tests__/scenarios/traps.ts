import { coldFunction } from './machine.ts'
import { byMake, makefile } from './makefile.ts'
import type { Scenario, Tree } from './scenario.ts'

const INCLUDES = `#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
`

/** A program of one hot file, behind a cold function that grows and so moves it: placement is always at hand as an excuse. */
function tree(hot: string, cold: number): Tree {
  return {
    'src/usage.c': coldFunction('usage', cold),
    'src/hot.c': `${INCLUDES}${hot}`,
    Makefile: makefile(['usage', 'hot']),
  }
}

interface Trap {
  readonly name: string
  readonly story: string
  readonly message: string
  readonly base: string
  readonly head: string
  readonly causes: Scenario['expect']['causes']
  readonly count: number
}

function trap({ base, head, causes, count, ...rest }: Trap): Scenario {
  return {
    ...byMake,
    ...rest,
    base: tree(base, 60),
    head: tree(head, 700),
    countWith: `./bench ${count}`,
    effect: { above: 1.1 },
    expect: { decision: 'slower', causes, innocent: ['.*'] },
  }
}

const main = (rounds: number | string, body: string) => `
int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : ${rounds};
    ${body}
}
`

const waiting = (pause: string) => `
__attribute__((noinline)) uint64_t mix(uint64_t x, int n) {
    for (int i = 0; i < n; i++) x = x * 0x9e3779b97f4a7c15ull + (x >> 29);
    ${pause}
    return x;
}
${main(400, 'uint64_t x = 1; for (int r = 0; r < rounds; r++) x = mix(x, 200000); printf("%llx\\n", (unsigned long long)x);')}`

const dividing = (bits: string) => `
static const uint64_t limits[] = {${bits}};
__attribute__((noinline)) uint64_t divide(const uint64_t *of, uint64_t by, int n) {
    uint64_t x = of[0];
    for (int i = 0; i < n; i++) x = (of[i & 3] + (x & 1)) / (by | (x & 2));
    return x;
}
${main(200, 'uint64_t x = 0; volatile uint64_t by = 3; for (int r = 0; r < rounds; r++) x += divide(limits, by, 100000); printf("%llx\\n", (unsigned long long)x);')}`

const table = (buckets: number) => `
#define BUCKETS ${buckets}
struct entry { struct entry *next; uint64_t key, value; };
static struct entry *bucket[4096], all[2048];
static unsigned buckets;
__attribute__((noinline)) void start(void) {
    buckets = BUCKETS;
    for (uint64_t i = 0; i < 2048; i++) {
        struct entry **at = &bucket[i * 0x9e3779b97f4a7c15ull >> 40 & (buckets - 1)];
        all[i] = (struct entry){*at, i, i * 3};
        *at = &all[i];
    }
}
__attribute__((noinline)) uint64_t find(uint64_t key) {
    struct entry *e = bucket[key * 0x9e3779b97f4a7c15ull >> 40 & (buckets - 1)];
    while (e && e->key != key) e = e->next;
    return e ? e->value : 0;
}
${main(20000, 'uint64_t x = 0; start(); for (int r = 0; r < rounds; r++) for (uint64_t i = 0; i < 2048; i++) x += find(i ^ (x & 1)); printf("%llx\\n", (unsigned long long)x);')}`

const walking = (advice: string) => `
#define SIZE (64ull << 20)
__attribute__((noinline)) uint64_t walk(const uint64_t *of, int n) {
    uint64_t at = 1, sum = 0;
    for (int i = 0; i < n; i++) {
        at = at * 6364136223846793005ull + 1442695040888963407ull;
        sum += of[(at >> 33) % (SIZE / 8)];
    }
    return sum;
}
${main(
  40,
  `uint64_t *of = mmap(0, SIZE * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    of = (uint64_t *)(((uintptr_t)of + (2 << 20) - 1) & ~(uintptr_t)((2 << 20) - 1));
    ${advice}
    memset(of, 1, SIZE);
    uint64_t x = 0; for (int r = 0; r < rounds; r++) x += walk(of, 200000); printf("%llx\\n", (unsigned long long)x); return 0;`,
)}`

const summing = (order: string) => `
#define N 1024
static uint32_t cells[N][N];
__attribute__((noinline)) uint64_t total(void) {
    uint64_t sum = 0;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) sum = (sum ^ ${order}) * 5;
    return sum;
}
${main(120, 'uint64_t x = 0; for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) cells[i][j] = i * j; for (int r = 0; r < rounds; r++) x += total(); printf("%llx\\n", (unsigned long long)x);')}`

const adding = (loop: string) => `
static double terms[8192];
__attribute__((noinline)) double add(const double *of, int n) {
${loop}
}
${main(20000, 'double x = 0; for (int i = 0; i < 8192; i++) terms[i] = 1.0 / (i + 1); for (int r = 0; r < rounds; r++) x += add(terms, 8192 - 4 * (r & 1)); printf("%f\\n", x);')}`

const forwarding = (store: string) => `
static union { uint64_t whole; uint32_t half[2]; } volatile cell;
__attribute__((noinline)) uint64_t pack(uint64_t x, int n) {
    for (int i = 0; i < n; i++) {
        ${store}
        x = cell.whole * 5 + 1;
    }
    return x;
}
${main(300, 'uint64_t x = 1; for (int r = 0; r < rounds; r++) x = pack(x, 100000); printf("%llx\\n", (unsigned long long)x);')}`

const buffering = (keep: string, drop: string) => `
#define SIZE (1 << 20)
${keep}
__attribute__((noinline)) uint64_t fill(unsigned r) {
    ${drop}
    uint64_t sum = 0;
    for (unsigned i = 0; i < SIZE; i += 64) { buffer[i] = (char)(r + i); sum += buffer[i]; }
    ${keep === '' ? 'munmap(buffer, SIZE);' : ''}
    return sum;
}
${main(2500, 'uint64_t x = 0; for (int r = 0; r < rounds; r++) x += fill(r); printf("%llx\\n", (unsigned long long)x);')}`

const writing = (size: string) => `
static int out;
__attribute__((noinline)) void put(const char *text, int n) {
    static char pending[8192];
    static int used;
    for (int i = 0; i < n; i++) {
        pending[used++] = text[i] ^ 1;
        if (used == ${size}) { if (write(out, pending, used) < 0) abort(); used = 0; }
    }
}
#include <fcntl.h>
${main(300, 'char line[4096]; memset(line, 7, sizeof line); out = open("/dev/null", O_WRONLY); for (int r = 0; r < rounds; r++) for (int i = 0; i < 8; i++) put(line, sizeof line);')}`

const allocating = (get: string, drop: string) => `
struct point { double x, y; };
__attribute__((noinline)) struct point *middle(const struct point *a, const struct point *b, struct point *spare) {
    struct point *of = ${get};
    *of = (struct point){(a->x + b->x) / 2, (a->y + b->y) / 2};
    return of;
}
${main(4000000, `struct point a = {1, 2}, b = {3, 4}, spare; for (int r = 0; r < rounds; r++) { struct point *m = middle(&a, &b, &spare); a.x = m->y; b.y = m->x; ${drop} } printf("%f\\n", a.x);`)}`

const indexing = (hash: string) => `
#define MANY 65536
struct item { struct item *next; uint64_t key; };
static struct item *chain[MANY], items[MANY];
__attribute__((noinline)) struct item **place(uint64_t key) { return &chain[${hash}]; }
__attribute__((noinline, aligned(64))) uint64_t find(uint64_t key) {
    uint64_t steps = 0;
    for (struct item *at = *place(key); at && at->key != key; at = at->next) steps++;
    return steps;
}
${main('MANY', 'uint64_t x = 0; for (uint64_t i = 0; i < (uint64_t)rounds; i++) { items[i] = (struct item){*place(i), i}; *place(i) = &items[i]; } for (int r = 0; r < 40; r++) for (int i = 0; i < rounds; i++) x += find(i); printf("%llx\\n", (unsigned long long)x);')}`

/** Slowdowns of which the counters show little or the wrong thing, each with hot code that moved beside. */
export const trapScenarios: readonly Scenario[] = [
  trap({
    name: 'trap-sleep',
    story: 'A function waits for a moment at each call: as much work, more time, none of it on a CPU.',
    message: 'Be kind to the bus',
    base: waiting(''),
    head: waiting('usleep(100);'),
    causes: ['work', 'unexplained'],
    count: 20,
  }),
  trap({
    name: 'trap-divisor',
    story: 'A constant gets larger and each division takes longer: the same code, the same counts.',
    message: 'Allow larger limits',
    base: dividing('1000, 1001, 1002, 1003'),
    head: dividing('0xffffffffffffff00, 0xffffffffffffff01, 0xffffffffffffff02, 0xffffffffffffff03'),
    causes: ['work', 'unexplained'],
    count: 10,
  }),
  trap({
    name: 'trap-buckets',
    story: 'A cold function picks fewer buckets, and an unchanged hot function walks longer chains.',
    message: 'Save memory in small tables',
    base: table(4096),
    head: table(512),
    causes: ['work'],
    count: 500,
  }),
  trap({
    name: 'trap-large',
    story: 'A hash that is as good for few keys and worse for many: the smaller workload shows nothing.',
    message: 'Hash: keep the low bits',
    base: indexing('key & (MANY - 1)'),
    head: indexing('key & (MANY / 8 - 1)'),
    causes: ['work', 'memory'],
    count: 4000,
  }),
  trap({
    name: 'trap-pages',
    story: 'A call that asked for huge pages goes, and the same loads miss the TLB.',
    message: 'Let the kernel choose pages',
    base: walking('madvise(of, SIZE, MADV_HUGEPAGE);'),
    head: walking(''),
    causes: ['memory'],
    count: 5,
  }),
  trap({
    name: 'trap-columns',
    story: 'Two indices change places: as many instructions, and each load in another line.',
    message: 'Sum by columns',
    base: summing('cells[i][j]'),
    head: summing('cells[j][i]'),
    causes: ['memory', 'work'],
    count: 4,
  }),
  trap({
    name: 'trap-chain',
    story: 'Four sums become one: fewer instructions that wait for each other.',
    message: 'Simplify the sum',
    base: adding(`    double a = 0, b = 0, c = 0, d = 0;
    for (int i = 0; i < n; i += 4) { a += of[i]; b += of[i + 1]; c += of[i + 2]; d += of[i + 3]; }
    return a + b + c + d;`),
    head: adding(`    double a = 0;
    for (int i = 0; i < n; i++) a += of[i];
    return a;`),
    causes: ['work', 'codegen'],
    count: 200,
  }),
  trap({
    name: 'trap-halves',
    story: 'A word is stored in two halves and loaded whole, which no store buffer forwards.',
    message: 'Store the halves by name',
    base: forwarding('cell.whole = x;'),
    head: forwarding('cell.half[0] = (uint32_t)x; cell.half[1] = (uint32_t)(x >> 32);'),
    causes: ['work', 'codegen', 'memory'],
    count: 20,
  }),
  trap({
    name: 'trap-faults',
    story: 'A buffer is mapped and unmapped at each call: the kernel does the work.',
    message: 'Keep no memory between calls',
    base: buffering('static char buffer[SIZE];', ''),
    head: buffering(
      '',
      'char *buffer = mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);',
    ),
    causes: ['work', 'memory'],
    count: 100,
  }),
  trap({
    name: 'trap-writes',
    story: 'A buffer shrinks and the kernel is called for each few bytes.',
    message: 'Write sooner',
    base: writing('8192'),
    head: writing('256'),
    causes: ['work', 'unexplained'],
    count: 20,
  }),
  trap({
    name: 'trap-malloc',
    story: 'A result comes from malloc instead of from its caller: the work is in a library.',
    message: 'Return a fresh point',
    base: allocating('spare', ''),
    head: allocating('malloc(sizeof *of)', 'free(m);'),
    causes: ['work'],
    count: 50000,
  }),
]
