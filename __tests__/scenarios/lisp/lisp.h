/* A small Lisp: symbols, numbers, pairs, closures and built-in functions. */
#ifndef LISP_H
#define LISP_H

#include <stddef.h>

enum type { NIL, NUMBER, SYMBOL, PAIR, CLOSURE, BUILTIN };

typedef struct cell cell;
typedef cell *builtin(cell *arguments);

struct cell {
    enum type type;
    union {
        long number;
        struct {
            cell *first, *rest;
        };
        struct {
            const char *name;
            cell *value; /* the global one */
        };
        struct {
            cell *parameters, *body, *scope;
        };
        builtin *call;
    };
};

extern cell nil, *truth;

/* memory.c: cells are never freed one by one; all that came after a mark go at once */
cell *new_cell(enum type type);
size_t mark_memory(void);
void release_memory(size_t mark);
cell *number(long n);
cell *pair(cell *first, cell *rest);
cell *closure(cell *parameters, cell *body, cell *scope);

/* symbols.c */
cell *intern(const char *name, size_t length);
cell *intern_text(const char *name);

/* read.c, print.c */
cell *read_form(const char **text);
void print(const cell *form);

/* scope.c */
cell *lookup(const cell *symbol, const cell *scope);
cell *bind(cell *parameters, cell *arguments, cell *scope);

/* eval.c */
cell *eval(cell *form, cell *scope);
cell *apply(cell *function, cell *arguments);

/* builtins.c, lists.c */
void define_builtins(void);
void define_lists(void);
void define(const char *name, builtin *call);

/* errors.c: these do not return */
_Noreturn void fail(const char *message, const cell *culprit);
_Noreturn void fail_type(const char *function, enum type wanted, const cell *got);
_Noreturn void fail_count(const char *function, int wanted, const cell *arguments);

#endif
