import { readdirSync, readFileSync } from 'node:fs'
import { byMake, makefile } from './makefile.ts'
import type { Scenario, Tree } from './scenario.ts'

const FOLDER = '__tests__/scenarios/lisp'
const files = readdirSync(FOLDER)
const sources = files.filter(name => name.endsWith('.c')).map(name => name.slice(0, -2))

/** A Lisp interpreter of some five hundred lines, by hand. */
const lisp: Tree = {
  ...Object.fromEntries(files.map(name => [`src/${name}`, readFileSync(`${FOLDER}/${name}`, 'utf8')])),
  Makefile: makefile(sources),
}

/** The tree with one passage of one file in other words. */
function edited(tree: Tree, path: string, from: string, to: string): Tree {
  const text = tree[path]
  if (!text?.includes(from)) throw new Error(`${path} does not hold ${from}`)
  return { ...tree, [path]: text.replace(from, () => to) }
}

const byName = edited(
  edited(
    lisp,
    'src/scope.c',
    'if (scope->first->first == symbol)',
    'if (strcmp(scope->first->first->name, symbol->name) == 0)',
  ),
  'src/scope.c',
  '#include "lisp.h"',
  '#include "lisp.h"\n\n#include <string.h>',
)

const moreBuiltins = `static long common(long a, long b) { return b == 0 ? a : common(b, a % b); }

ARITHMETIC(divisor, "gcd", 0, common(sum, next))
ARITHMETIC(left_shift, "shift-left", 0, next < 0 || next > 62 ? divide(sum, 0) : sum << next)
ARITHMETIC(right_shift, "shift-right", 0, next < 0 || next > 62 ? divide(sum, 0) : sum >> next)

static cell *absolute(cell *arguments) {
    long n = number_at("abs", arguments);
    return n < 0 ? number(-n) : arguments->first;
}

static cell *is_even(cell *arguments) { return number_at("even?", arguments) % 2 == 0 ? truth : &nil; }

COMPARISON(equal, "=", ==)`

const longerErrors = `    printf("error: %s wants %s and got %s: ", function, names[wanted], names[got->type]);
    if (got->type == PAIR) {
        int length = 0;
        for (const cell *at = got; at->type == PAIR; at = at->rest) printf("%d: %s, ", ++length, names[at->first->type]);
        printf("a list of %d elements: ", length);
    } else if (got->type == SYMBOL && got->value) {
        printf("a symbol whose value is %s: ", names[got->value->type]);
    }`

const grown = [
  ['src/builtins.c', 'COMPARISON(equal, "=", ==)', moreBuiltins],
  [
    'src/builtins.c',
    'define("not", not_),',
    'define("gcd", divisor), define("abs", absolute), define("even?", is_even);\n    define("shift-left", left_shift), define("shift-right", right_shift);\n    define("not", not_),',
  ],
  [
    'src/errors.c',
    '    printf("error: %s wants %s and got %s: ", function, names[wanted], names[got->type]);',
    longerErrors,
  ],
] as const

const common = { ...byMake, countWith: './bench 8' }

export const interpreterScenarios: readonly Scenario[] = [
  {
    ...common,
    name: 'slow-lisp',
    story: 'A Lisp interpreter compares the names of symbols where it compared the symbols.',
    base: lisp,
    head: byName,
    message: 'Let symbols of two tables be the same',
    effect: { above: 1.1 },
    expect: { decision: 'slower', causes: ['work'], innocent: ['.*'] },
  },
  {
    ...common,
    name: 'lisp-grown',
    story:
      'The Lisp gets five functions and longer errors; everything behind them moves, and nothing hot changes.',
    base: lisp,
    head: grown.reduce((tree, [path, from, to]) => edited(tree, path, from, to), lisp),
    message: 'gcd, abs, even? and shifts; say what was wrong with a list',
    expect: {
      decision: 'unchanged',
      causes: [],
      innocent: ['.*'],
      // No hot function changed: whatever a machine makes of it is placement.
      or: [
        { decision: 'slower', causes: ['placement'] },
        { decision: 'faster', causes: ['placement'] },
      ],
    },
  },
]
