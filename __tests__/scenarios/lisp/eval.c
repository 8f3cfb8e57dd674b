#include "lisp.h"

static cell *eval_all(cell *forms, cell *scope) {
    if (forms->type != PAIR) return &nil;
    cell *first = eval(forms->first, scope);
    return pair(first, eval_all(forms->rest, scope));
}

static cell *special(const char *name) { return intern_text(name); }

static struct {
    cell *quote, *test, *function, *name, *let, *block;
} forms;

static void learn_forms(void) {
    forms.quote = special("quote");
    forms.test = special("if");
    forms.function = special("lambda");
    forms.name = special("define");
    forms.let = special("let");
    forms.block = special("begin");
}

static cell *eval_let(cell *bindings, cell *scope) {
    cell *inner = scope;
    for (; bindings->type == PAIR; bindings = bindings->rest)
        inner = pair(pair(bindings->first->first, eval(bindings->first->rest->first, scope)), inner);
    return inner;
}

cell *eval(cell *form, cell *scope) {
    if (!forms.quote) learn_forms();
    for (;;) {
        if (form->type == SYMBOL) return lookup(form, scope);
        if (form->type != PAIR) return form;
        cell *head = form->first, *rest = form->rest;
        if (head == forms.quote) return rest->first;
        if (head == forms.function) return closure(rest->first, rest->rest->first, scope);
        if (head == forms.name) return rest->first->value = eval(rest->rest->first, scope);
        if (head == forms.test) {
            form = eval(rest->first, scope)->type != NIL ? rest->rest->first : rest->rest->rest->first;
            continue;
        }
        if (head == forms.let) {
            scope = eval_let(rest->first, scope);
            form = rest->rest->first;
            continue;
        }
        if (head == forms.block) {
            for (; rest->rest->type == PAIR; rest = rest->rest) eval(rest->first, scope);
            form = rest->first;
            continue;
        }
        cell *function = eval(head, scope), *arguments = eval_all(rest, scope);
        if (function->type != CLOSURE) return apply(function, arguments);
        scope = bind(function->parameters, arguments, function->scope);
        form = function->body;
    }
}

cell *apply(cell *function, cell *arguments) {
    if (function->type == BUILTIN) return function->call(arguments);
    if (function->type != CLOSURE) fail("only functions can be called", function);
    return eval(function->body, bind(function->parameters, arguments, function->scope));
}
