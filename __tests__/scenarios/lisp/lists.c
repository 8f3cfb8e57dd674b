#include "lisp.h"

static cell *list_at(const char *function, const cell *arguments) {
    if (arguments->type != PAIR) fail_count(function, 1, arguments);
    if (arguments->first->type != PAIR) fail_type(function, PAIR, arguments->first);
    return arguments->first;
}

static cell *first(cell *arguments) { return list_at("first", arguments)->first; }

static cell *rest(cell *arguments) { return list_at("rest", arguments)->rest; }

static cell *cons(cell *arguments) { return pair(arguments->first, arguments->rest->first); }

static cell *list(cell *arguments) { return arguments; }

static cell *is_empty(cell *arguments) { return arguments->first->type == NIL ? truth : &nil; }

static cell *is_pair(cell *arguments) { return arguments->first->type == PAIR ? truth : &nil; }

static cell *length(cell *arguments) {
    long n = 0;
    for (cell *at = arguments->first; at->type == PAIR; at = at->rest) n++;
    return number(n);
}

static cell *reversed(cell *from) {
    cell *made = &nil;
    for (; from->type == PAIR; from = from->rest) made = pair(from->first, made);
    return made;
}

static cell *reverse(cell *arguments) { return reversed(arguments->first); }

static cell *append(cell *arguments) {
    cell *made = arguments->rest->first;
    for (cell *from = reversed(arguments->first); from->type == PAIR; from = from->rest)
        made = pair(from->first, made);
    return made;
}

static cell *nth(cell *arguments) {
    cell *at = list_at("nth", arguments->rest);
    for (long n = arguments->first->number; n > 0; n--, at = at->rest)
        if (at->type != PAIR) fail("a list is shorter than that", arguments->first);
    return at->first;
}

static cell *map(cell *arguments) {
    cell *function = arguments->first, *made = &nil;
    for (cell *from = arguments->rest->first; from->type == PAIR; from = from->rest)
        made = pair(apply(function, pair(from->first, &nil)), made);
    return reversed(made);
}

static cell *filter(cell *arguments) {
    cell *function = arguments->first, *made = &nil;
    for (cell *from = arguments->rest->first; from->type == PAIR; from = from->rest)
        if (apply(function, pair(from->first, &nil))->type != NIL) made = pair(from->first, made);
    return reversed(made);
}

static cell *fold(cell *arguments) {
    cell *function = arguments->first, *sum = arguments->rest->first;
    for (cell *from = arguments->rest->rest->first; from->type == PAIR; from = from->rest)
        sum = apply(function, pair(sum, pair(from->first, &nil)));
    return sum;
}

static cell *range(cell *arguments) {
    cell *made = &nil;
    for (long n = arguments->rest->first->number; n-- > arguments->first->number;) made = pair(number(n), made);
    return made;
}

void define_lists(void) {
    define("first", first), define("rest", rest), define("cons", cons), define("list", list);
    define("empty?", is_empty), define("pair?", is_pair), define("length", length), define("reverse", reverse);
    define("append", append), define("nth", nth), define("map", map), define("filter", filter);
    define("fold", fold), define("range", range);
}
