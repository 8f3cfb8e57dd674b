#include "lisp.h"

#include <stdio.h>
#include <stdlib.h>

static const char program[] =
    "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))"
    "(define safe? (lambda (row column placed) (if (empty? placed) t"
    "  (let ((other (first placed)))"
    "    (if (= column other) nil (if (= row (- column other)) nil (if (= row (- other column)) nil"
    "      (safe? (+ row 1) column (rest placed)))))))))"
    "(define queens (lambda (left size placed) (if (= left 0) 1"
    "  (fold + 0 (map (lambda (column) (if (safe? 1 column placed)"
    "    (queens (- left 1) size (cons column placed)) 0)) (range 0 size))))))"
    "(define insert (lambda (n sorted) (if (empty? sorted) (list n)"
    "  (if (< n (first sorted)) (cons n sorted) (cons (first sorted) (insert n (rest sorted)))))))"
    "(define sort (lambda (numbers) (fold (lambda (sorted n) (insert n sorted)) nil numbers)))"
    "(define work (lambda () (list (fib 15) (queens 5 5 nil)"
    "  (nth 7 (sort (map (lambda (n) (mod (* n 37) 61)) (range 0 30)))))))";

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 400;
    const char *text = program;
    define_builtins();
    define_lists();
    for (cell *form = read_form(&text); form; form = read_form(&text)) eval(form, &nil);
    cell *call = pair(intern_text("work"), &nil), *last = &nil;
    for (int r = 0; r < rounds; r++) {
        size_t mark = mark_memory();
        last = eval(call, &nil);
        if (r < rounds - 1) release_memory(mark);
    }
    print(last);
    putchar('\n');
    return 0;
}
