/* A register machine for a small object language: values, objects, frames and instructions. */
#ifndef VM_H
#define VM_H

#include <stddef.h>
#include <stdint.h>

enum tag { NUMBER, OBJECT };

typedef struct object object;
typedef struct frame frame;
typedef struct instruction instruction;

typedef struct value {
    enum tag tag;
    union {
        uint64_t number;
        object *object;
    };
} value;

/* One opcode: does its work, then goes on with the next instruction, or returns to end the program. */
typedef void handler(frame *, const instruction *);

struct instruction {
    handler *run;
    uint8_t to, left, right;
    int32_t operand;
};

typedef struct class {
    const char *name;
    unsigned fields, methods;
    const instruction *method[4];
} class;

struct object {
    const class *class;
    value field[4];
};

struct frame {
    value reg[12];
    const instruction *back[4]; /* where the methods being called go on */
    unsigned depth;
    const char *error;
};

/* Handlers start on a pair of cache lines, so that fetching one brings in all of it. */
#define HANDLER(name)         \
    handler traceback_##name; \
    __attribute__((noinline, aligned(128))) void op_##name(frame *f, const instruction *at)

/* Threaded code: each handler jumps straight to the next one. */
#define GO_ON(next)                       \
    do {                                  \
        const instruction *after = next;  \
        after->run(f, after);             \
        return;                           \
    } while (0)

/* Ends the program with this opcode's traceback. */
#define FAIL_UNLESS(name, condition)                \
    do {                                            \
        if (__builtin_expect(!(condition), 0)) {    \
            traceback_##name(f, at);                \
            return;                                 \
        }                                           \
    } while (0)

handler op_add, op_subtract, op_multiply, op_and, op_or, op_xor, op_shift_left, op_shift_right, op_minimum,
    op_maximum, op_mix, op_average;
handler op_equal, op_less, op_at_most, op_not, op_negate, op_complement, op_absolute, op_even, op_swap_bytes,
    op_select;
handler op_load_number, op_move, op_add_number, op_load_field, op_store_field, op_add_field, op_count_fields,
    op_count_methods, op_same_object, op_swap;
handler op_call_method, op_return, op_jump, op_jump_if, op_jump_unless, op_repeat, op_check_depth, op_stop;

#endif
