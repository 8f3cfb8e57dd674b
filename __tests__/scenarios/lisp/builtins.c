#include "lisp.h"

static long number_at(const char *function, const cell *arguments) {
    if (arguments->type != PAIR) fail_count(function, 1, arguments);
    if (arguments->first->type != NUMBER) fail_type(function, NUMBER, arguments->first);
    return arguments->first->number;
}

#define ARITHMETIC(function, name, start, operation)                                   \
    static cell *function(cell *arguments) {                                           \
        long sum = number_at(name, arguments);                                         \
        for (cell *rest = arguments->rest; rest->type == PAIR; rest = rest->rest) {    \
            long next = number_at(name, rest);                                         \
            sum = operation;                                                           \
        }                                                                              \
        return number(sum);                                                            \
    }

#define COMPARISON(function, name, operator)                                           \
    static cell *function(cell *arguments) {                                           \
        long left = number_at(name, arguments);                                        \
        return left operator number_at(name, arguments->rest) ? truth : &nil;          \
    }

static long divide(long a, long b) {
    if (b == 0) fail("nothing can be divided by zero", &nil);
    return a / b;
}

static long modulo(long a, long b) {
    if (b == 0) fail("nothing has a remainder by zero", &nil);
    return a % b;
}

ARITHMETIC(add, "+", 0, sum + next)
ARITHMETIC(subtract, "-", 0, sum - next)
ARITHMETIC(multiply, "*", 1, sum *next)
ARITHMETIC(quotient, "/", 1, divide(sum, next))
ARITHMETIC(remainder_, "mod", 1, modulo(sum, next))
ARITHMETIC(smallest, "min", 0, next < sum ? next : sum)
ARITHMETIC(largest, "max", 0, next > sum ? next : sum)
ARITHMETIC(bit_and, "bit-and", 0, sum &next)
ARITHMETIC(bit_or, "bit-or", 0, sum | next)
ARITHMETIC(bit_xor, "bit-xor", 0, sum ^ next)

COMPARISON(equal, "=", ==)
COMPARISON(less, "<", <)
COMPARISON(more, ">", >)
COMPARISON(at_most, "<=", <=)
COMPARISON(at_least, ">=", >=)

static cell *not_(cell *arguments) { return arguments->first->type == NIL ? truth : &nil; }

static cell *is_number(cell *arguments) { return arguments->first->type == NUMBER ? truth : &nil; }

static cell *is_symbol(cell *arguments) { return arguments->first->type == SYMBOL ? truth : &nil; }

void define(const char *name, builtin *call) {
    cell *made = new_cell(BUILTIN);
    made->call = call;
    intern_text(name)->value = made;
}

void define_builtins(void) {
    truth = intern_text("t");
    truth->value = truth;
    intern_text("nil")->value = &nil;
    define("+", add), define("-", subtract), define("*", multiply), define("/", quotient);
    define("mod", remainder_), define("min", smallest), define("max", largest);
    define("bit-and", bit_and), define("bit-or", bit_or), define("bit-xor", bit_xor);
    define("=", equal), define("<", less), define(">", more), define("<=", at_most), define(">=", at_least);
    define("not", not_), define("number?", is_number), define("symbol?", is_symbol);
}
