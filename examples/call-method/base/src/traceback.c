#include "traceback.h"

#include <stdio.h>

void unwind(frame *f, const instruction *at, const char *message) {
    (void)at;
    f->error = message;
    fprintf(stderr, "error: %s\n", message);
}
