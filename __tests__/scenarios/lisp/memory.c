#include "lisp.h"

#define CELLS 4000000

static cell memory[CELLS];
static size_t used;

cell nil = {.type = NIL}, *truth;

cell *new_cell(enum type type) {
    if (used == CELLS) fail("the memory is full", &nil);
    cell *made = &memory[used++];
    made->type = type;
    return made;
}

size_t mark_memory(void) { return used; }

void release_memory(size_t mark) { used = mark; }

cell *number(long n) {
    cell *made = new_cell(NUMBER);
    made->number = n;
    return made;
}

cell *pair(cell *first, cell *rest) {
    cell *made = new_cell(PAIR);
    made->first = first;
    made->rest = rest;
    return made;
}

cell *closure(cell *parameters, cell *body, cell *scope) {
    cell *made = new_cell(CLOSURE);
    made->parameters = parameters;
    made->body = body;
    made->scope = scope;
    return made;
}
