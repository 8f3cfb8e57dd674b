#include "lisp.h"

#include <ctype.h>
#include <stdlib.h>

static void skip_blanks(const char **text) {
    for (;;) {
        while (isspace((unsigned char)**text)) ++*text;
        if (**text != ';') return;
        while (**text && **text != '\n') ++*text;
    }
}

static cell *read_list(const char **text) {
    skip_blanks(text);
    if (**text == '\0') fail("a list does not end", &nil);
    if (**text == ')') {
        ++*text;
        return &nil;
    }
    cell *first = read_form(text);
    return pair(first, read_list(text));
}

static int is_part_of_name(char c) { return c && !isspace((unsigned char)c) && c != '(' && c != ')' && c != ';'; }

cell *read_form(const char **text) {
    skip_blanks(text);
    if (**text == '\0') return NULL;
    if (**text == '(') {
        ++*text;
        return read_list(text);
    }
    if (**text == '\'') {
        ++*text;
        return pair(intern_text("quote"), pair(read_form(text), &nil));
    }
    char *end;
    long n = strtol(*text, &end, 10);
    if (end != *text && !is_part_of_name(*end)) {
        *text = end;
        return number(n);
    }
    const char *start = *text;
    while (is_part_of_name(**text)) ++*text;
    if (*text == start) fail("there is a ) too many", &nil);
    return intern(start, (size_t)(*text - start));
}
