import { type Tree, two, upTo } from './scenario.ts'

/** A small register machine in C: one hot handler a file, each at most two cache lines, run in a fixed order. */
export interface Machine {
  readonly handlers: number
  /** Times that the program of all handlers runs. */
  readonly rounds: number
  /** What the first handler does in addition to its work. */
  readonly extra?: string
  /** What each handler does in addition to its work. */
  readonly each?: string
}

const header = `#include <stdint.h>
typedef struct state { uint64_t r[8]; } state;
typedef struct step step;
typedef void handler(state *, const step *);
struct step { handler *run; uint32_t a, b, to, back; };
#define HANDLER __attribute__((noinline, aligned(128))) void
#define NEXT at++; at->run(s, at)
`

function handlerFile(i: number, extra = ''): string {
  return `#include "machine.h"
HANDLER op_${two(i)}(state *s, const step *at) {
    uint64_t x = s->r[at->a], y = s->r[at->b];${extra}
    s->r[at->to] = (x ^ (y >> ${(i % 13) + 3})) + ${i * 977 + 1}u * (y & ${2 ** ((i % 9) + 2) - 1});
    NEXT;
}
`
}

function mainFile({ handlers, rounds }: Machine): string {
  const names = upTo(handlers).map(i => `op_${two(i)}`)
  return `#include <stdio.h>
#include <stdlib.h>
#include "machine.h"
handler ${names.join(', ')};
static handler *const all[] = {${names.join(', ')}};
static step program[${handlers + 1}];
HANDLER op_repeat(state *s, const step *at) {
    if (--s->r[7] == 0) return;
    at -= at->back;
    at->run(s, at);
}
int main(int argc, char **argv) {
    unsigned k = 1;
    state s = {{1, 2, 3, 4, 5, 6, 7, argc > 1 ? atoi(argv[1]) : ${rounds}}};
    for (int i = 0; i < ${handlers}; i++) {
        k = k * 1103515245u + 12345u;
        program[i] = (step){all[i], (k >> 16) % 7, (k >> 20) % 7, (k >> 24) % 7, 0};
    }
    program[${handlers}] = (step){op_repeat, 0, 0, 0, ${handlers}};
    program->run(&s, program);
    printf("%llx\\n", (unsigned long long)(s.r[0] ^ s.r[3] ^ s.r[6]));
    return 0;
}
`
}

/** Sources of the machine: `machine.h`, `main.c` and `op_NN.c`. */
export function machineSources(machine: Machine): Tree {
  const handlers = upTo(machine.handlers).map(i => [
    `src/op_${two(i)}.c`,
    handlerFile(i, `${machine.each ?? ''}${i === 0 ? (machine.extra ?? '') : ''}`),
  ])
  return { 'src/machine.h': header, 'src/main.c': mainFile(machine), ...Object.fromEntries(handlers) }
}

/** A function that never runs, of a size that no compiler changes (a real one: error paths, tables of messages). */
export function coldFunction(name: string, bytes: number): string {
  return `/* never called while the benchmark runs */
void ${name}(void) { __asm__ volatile(".skip ${bytes}, 0x90"); }
`
}

/** One cold function for each handler: \`cold_NN.c\`. */
export function coldSources(count: number, bytes: number): Tree {
  return Object.fromEntries(
    upTo(count).map(i => [`src/cold_${two(i)}.c`, coldFunction(`cold_${two(i)}`, bytes)]),
  )
}

/** The handlers' symbols, any of them. */
export const handlerNames = 'op_\\d\\d'

/** The handlers that move when something behind the first one grows. */
export const pushedHandlers: readonly string[] = upTo(40)
  .slice(1)
  .map(i => `op_${two(i)}`)

/** Link order in which each handler is followed by its cold function. */
export const interleaved = (count: number): readonly string[] => [
  'main',
  ...upTo(count).flatMap(i => [`op_${two(i)}`, `cold_${two(i)}`]),
]
