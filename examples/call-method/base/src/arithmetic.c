/* Opcodes with two numbers in and one number out. */
#include "traceback.h"

#define BINARY(name, expression, message)                                      \
    HANDLER(name) {                                                            \
        const value *left = &f->reg[at->left], *right = &f->reg[at->right];    \
        FAIL_UNLESS(name, left->tag == NUMBER && right->tag == NUMBER);        \
        uint64_t a = left->number, b = right->number;                          \
        f->reg[at->to] = (value){NUMBER, {expression}};                        \
        GO_ON(at + 1);                                                         \
    }                                                                          \
    TRACEBACK(name, message)

BINARY(add, a + b, "only numbers can be added")
BINARY(subtract, a - b, "only numbers can be subtracted")
BINARY(multiply, a * b, "only numbers can be multiplied")
BINARY(and, a & b, "'and' needs two numbers")
BINARY(or, a | b, "'or' needs two numbers")
BINARY(xor, a ^ b, "'xor' needs two numbers")
BINARY(shift_left, a << (b & 63), "only numbers can be shifted")
BINARY(shift_right, a >> (b & 63), "only numbers can be shifted")
BINARY(minimum, a < b ? a : b, "'minimum' needs two numbers")
BINARY(maximum, a > b ? a : b, "'maximum' needs two numbers")
BINARY(mix, (a ^ (a >> 29)) + (b << 7), "'mix' needs two numbers")
BINARY(average, (a & b) + ((a ^ b) >> 1), "'average' needs two numbers")
