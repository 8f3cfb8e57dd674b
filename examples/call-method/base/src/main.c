/* The call_method benchmark: an account object whose methods are called over and over. */
#include "vm.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { BALANCE, RATE, LOG, LIMIT };         /* fields */
enum { DEPOSIT, INTEREST, AUDIT };          /* methods */
enum { SELF, COUNT, X, Y, Z, T, U, OTHER }; /* registers */

/* Adds X to the balance, within the limits. */
static const instruction deposit[] = {
    {op_check_depth, 0, 0, 0, 3},
    {op_load_field, Y, SELF, LIMIT, 0},
    {op_minimum, Z, X, Y, 0},
    {op_maximum, Z, Z, T, 0},
    {op_add_field, SELF, Z, BALANCE, 0},
    {op_less, U, Z, Y, 0},
    {op_select, T, U, Z, 3},
    {op_even, U, T, 0, 0},
    {op_jump_if, 0, U, 0, 2},
    {op_add_number, T, T, 0, 1},
    {op_return, 0, 0, 0, 0},
};

/* Makes a new rate out of the balance. */
static const instruction interest[] = {
    {op_load_field, Y, SELF, BALANCE, 0},
    {op_load_field, Z, SELF, RATE, 0},
    {op_multiply, Y, Y, Z, 0},
    {op_load_number, T, 0, 0, 9},
    {op_shift_right, Z, Y, T, 0},
    {op_xor, Y, Y, Z, 0},
    {op_average, Z, Y, Z, 0},
    {op_or, Z, Z, T, 0},
    {op_store_field, SELF, Z, RATE, 0},
    {op_absolute, X, Y, 0, 0},
    {op_return, 0, 0, 0, 0},
};

/* Keeps a checksum of all that happened. */
static const instruction audit[] = {
    {op_load_field, Y, SELF, LOG, 0},
    {op_mix, Y, Y, X, 0},
    {op_swap_bytes, Z, Y, 0, 0},
    {op_subtract, Y, Z, X, 0},
    {op_complement, Z, Y, 0, 0},
    {op_negate, Z, Z, 0, 0},
    {op_count_fields, T, SELF, 0, 0},
    {op_shift_left, Z, Z, T, 0},
    {op_and, Y, Y, Z, 0},
    {op_store_field, SELF, Y, LOG, 0},
    {op_at_most, U, T, Y, 0},
    {op_jump_unless, 0, U, 0, 2},
    {op_swap, 0, X, Y, 0},
    {op_return, 0, 0, 0, 0},
};

static const instruction program[] = {
    {op_call_method, 0, SELF, DEPOSIT, 0},
    {op_call_method, 0, SELF, INTEREST, 0},
    {op_add, X, X, COUNT, 0},
    {op_call_method, 0, SELF, AUDIT, 0},
    {op_same_object, U, SELF, OTHER, 0},
    {op_not, U, U, 0, 0},
    {op_count_methods, T, SELF, 0, 0},
    {op_equal, U, U, T, 0},
    {op_move, Z, X, 0, 0},
    {op_jump, 0, 0, 0, 1},
    {op_repeat, 0, COUNT, 0, -10},
    {op_stop, 0, 0, 0, 0},
};

static const class account = {"Account", 4, 3, {deposit, interest, audit}};

int main(int argc, char **argv) {
    uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 10) : 600000;
    object mine = {&account, {{NUMBER, {0}}, {NUMBER, {3}}, {NUMBER, {0}}, {NUMBER, {1000000}}}}, other = mine;
    frame f = {.reg = {[SELF] = {OBJECT, {.object = &mine}},
                       [COUNT] = {NUMBER, {rounds}},
                       [OTHER] = {OBJECT, {.object = &other}}}};
    program->run(&f, program);
    if (f.error) return 1;
    printf("%016" PRIx64 "\n", mine.field[LOG].number ^ mine.field[BALANCE].number);
    return 0;
}
