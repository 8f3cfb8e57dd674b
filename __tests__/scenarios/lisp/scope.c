#include "lisp.h"

/* A scope is a list of pairs of a symbol and its value, the innermost first. */
cell *lookup(const cell *symbol, const cell *scope) {
    for (; scope->type == PAIR; scope = scope->rest)
        if (scope->first->first == symbol) return scope->first->rest;
    if (!symbol->value) fail("a name has no value", symbol);
    return symbol->value;
}

cell *bind(cell *parameters, cell *arguments, cell *scope) {
    for (; parameters->type == PAIR; parameters = parameters->rest, arguments = arguments->rest) {
        if (arguments->type != PAIR) fail("a function was called with too few arguments", parameters);
        scope = pair(pair(parameters->first, arguments->first), scope);
    }
    if (arguments->type != NIL) fail("a function was called with too many arguments", arguments);
    return scope;
}
