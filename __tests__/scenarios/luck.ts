import { coldSources, interleaved, machineSources } from './machine.ts'
import { byMake, makefile } from './makefile.ts'
import { type Scenario, type Tree, upTo } from './scenario.ts'

/** Handlers of the machine; half of the placement scenarios', so that many layouts can be tried. */
const HANDLERS = 20
const sources = machineSources({ handlers: HANDLERS, rounds: 150_000 })
const build = { Makefile: makefile(interleaved(HANDLERS)) }
const packed = coldSources(HANDLERS, 40)

/** The same machine, of which each handler does more. */
const busier = machineSources({
  handlers: HANDLERS,
  rounds: 150_000,
  each: '\n    x = (x ^ (x >> 7)) + (y << 3); x ^= x >> 5; x += y ^ (x << 2);',
})

/** So many cold functions are a page long: the hot ones behind them share cache sets. */
const crowded = (pages: number): Tree => ({ ...packed, ...coldSources(pages, 3936) })

const shared = {
  ...byMake,
  countWith: './bench 3000',
  options: ['--layouts=12', '--threshold=10%', '--layout-budget=4m'],
} as const

/** The fewer pages base has, the less of head's work its better layout hides. */
const masked: Scenario = {
  ...shared,
  name: 'masked-unchanged',
  story: 'Every handler does more, and cold code shrinks by so much that head takes as long as base.',
  base: { ...sources, ...build, ...crowded(HANDLERS) },
  tries: upTo(HANDLERS - 4).map(less => ({
    base: { ...sources, ...build, ...crowded(HANDLERS - less) },
  })),
  head: { ...busier, ...build, ...packed },
  message: 'Better mixing',
  effect: { within: 0.04 },
  expect: {
    decision: 'masked',
    causes: ['work'],
    sentence: 'does more work that a luckier layout hides',
    // Layouts that differ too much show nothing, and then the report says that they do not.
    or: [{ decision: 'unchanged', causes: [], sentence: 'more' }],
  },
}

const maskedFaster: Scenario = {
  ...masked,
  name: 'masked-faster',
  story: 'Every handler does more, and cold code shrinks: the luckier layout makes head faster.',
  tries: [],
  effect: { below: 0.9 },
  expect: { ...masked.expect, or: [{ decision: 'faster', causes: ['work', 'mixed', 'placement'] }] },
}

const speedUp: Scenario = {
  ...shared,
  name: 'lucky-speed-up',
  story: 'Only cold code shrinks, and the hot functions leave the cache sets that they shared.',
  base: masked.base,
  head: { ...sources, ...build, ...packed },
  message: 'Shorter messages',
  effect: { below: 0.8 },
  expect: { decision: 'faster', causes: ['placement'], sentence: 'by luck of code placement' },
}

const overLayouts: Scenario = {
  ...shared,
  name: 'rounds-of-layouts',
  story: 'Cold code grows and hot functions share cache sets: slower as built, and not over layouts.',
  base: speedUp.head,
  head: speedUp.base,
  message: 'Longer messages',
  options: [
    '--layouts=rounds',
    '--gate-on=layouts',
    '--threshold=20%',
    '--counters=off',
    '--layout-budget=4m',
  ],
  effect: { above: 1.4 },
  expect: { decision: 'unchanged', causes: [], other: { how: 'as-built', decision: 'slower' } },
}

/** Two threads that add numbers up; in head one holds the lock for the whole of its work. */
const threads = (locked: boolean) => `#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *add(void *to) {
    ${locked ? 'pthread_mutex_lock(&lock);' : ''}
    unsigned x = 1;
    for (unsigned i = 0; i < 120000000u; i++) x = x * 3u + i;
    *(unsigned *)to = x;
    ${locked ? 'pthread_mutex_unlock(&lock);' : ''}
    return 0;
}
int main(void) {
    pthread_t other[2];
    unsigned sums[2];
    for (int i = 0; i < 2; i++) pthread_create(&other[i], 0, add, &sums[i]);
    for (int i = 0; i < 2; i++) pthread_join(other[i], 0);
    pthread_mutex_lock(&lock);
    printf("%u\\n", sums[0] + sums[1]);
    return 0;
}
`

const parallelism: Scenario = {
  name: 'lost-parallelism',
  story: 'A lock that covers all of the work makes two threads take turns.',
  needs: ['gcc'],
  base: { 'main.c': threads(false) },
  head: { 'main.c': threads(true) },
  message: 'Protect the sums',
  build: 'gcc -O1 -pthread main.c -o bench',
  run: './bench',
  countWith: './bench',
  binaries: ['bench'],
  options: ['--cpus=2', '--counters=off', '--layouts=off'],
  effect: { above: 1.4 },
  expect: { decision: 'slower', causes: ['unexplained'], sentence: 'lost parallelism' },
}

export const luckScenarios: readonly Scenario[] = [masked, maskedFaster, speedUp, overLayouts, parallelism]
