#include "lisp.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {"nothing", "a number", "a symbol", "a pair", "a closure", "a builtin"};

_Noreturn void fail(const char *message, const cell *culprit) {
    printf("error: %s: ", message);
    print(culprit);
    putchar('\n');
    exit(1);
}

_Noreturn void fail_type(const char *function, enum type wanted, const cell *got) {
    printf("error: %s wants %s and got %s: ", function, names[wanted], names[got->type]);
    print(got);
    putchar('\n');
    exit(1);
}

_Noreturn void fail_count(const char *function, int wanted, const cell *arguments) {
    printf("error: %s wants %d arguments and got ", function, wanted);
    print(arguments);
    putchar('\n');
    exit(1);
}
