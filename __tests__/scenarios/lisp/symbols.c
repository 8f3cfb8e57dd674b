#include "lisp.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 1024

static cell *symbols[SLOTS];

static unsigned hash(const char *name, size_t length) {
    unsigned h = 2166136261u;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)name[i]) * 16777619u;
    return h;
}

cell *intern(const char *name, size_t length) {
    unsigned at = hash(name, length) % SLOTS;
    while (symbols[at]) {
        if (strlen(symbols[at]->name) == length && memcmp(symbols[at]->name, name, length) == 0) return symbols[at];
        at = (at + 1) % SLOTS;
    }
    char *copy = malloc(length + 1);
    if (!copy) fail("the system has no memory for a name", &nil);
    memcpy(copy, name, length);
    copy[length] = '\0';
    symbols[at] = new_cell(SYMBOL);
    symbols[at]->name = copy;
    symbols[at]->value = NULL;
    return symbols[at];
}

cell *intern_text(const char *name) { return intern(name, strlen(name)); }
