/* Comparisons, and opcodes with one number in and one number out. */
#include "traceback.h"

#define COMPARE(name, operator, message)                                               \
    HANDLER(name) {                                                                    \
        const value *left = &f->reg[at->left], *right = &f->reg[at->right];            \
        FAIL_UNLESS(name, left->tag == right->tag);                                    \
        f->reg[at->to] = (value){NUMBER, {left->number operator right->number}};       \
        GO_ON(at + 1);                                                                 \
    }                                                                                  \
    TRACEBACK(name, message)

#define UNARY(name, expression, message)                      \
    HANDLER(name) {                                           \
        const value *left = &f->reg[at->left];                \
        FAIL_UNLESS(name, left->tag == NUMBER);               \
        uint64_t a = left->number;                            \
        f->reg[at->to] = (value){NUMBER, {expression}};       \
        GO_ON(at + 1);                                        \
    }                                                         \
    TRACEBACK(name, message)

COMPARE(equal, ==, "values of two kinds are never equal")
COMPARE(less, <, "values of two kinds have no order")
COMPARE(at_most, <=, "values of two kinds have no order")

UNARY(not, !a, "'not' needs a number")
UNARY(negate, -a, "only numbers can be negated")
UNARY(complement, ~a, "'complement' needs a number")
UNARY(absolute, (int64_t)a < 0 ? -a : a, "'absolute' needs a number")
UNARY(even, (a & 1) == 0, "only numbers are even or odd")
UNARY(swap_bytes, __builtin_bswap64(a), "'swap_bytes' needs a number")
UNARY(select, a ? f->reg[at->right].number : (uint64_t)at->operand, "'select' needs a number")
