#include "lisp.h"

#include <stdio.h>

static void print_rest(const cell *form) {
    for (; form->type == PAIR; form = form->rest) {
        print(form->first);
        if (form->rest->type == PAIR) putchar(' ');
    }
    if (form->type != NIL) {
        fputs(" . ", stdout);
        print(form);
    }
}

void print(const cell *form) {
    switch (form->type) {
    case NIL: fputs("()", stdout); break;
    case NUMBER: printf("%ld", form->number); break;
    case SYMBOL: fputs(form->name, stdout); break;
    case CLOSURE: fputs("#<closure>", stdout); break;
    case BUILTIN: fputs("#<builtin>", stdout); break;
    case PAIR:
        putchar('(');
        print_rest(form);
        putchar(')');
    }
}
