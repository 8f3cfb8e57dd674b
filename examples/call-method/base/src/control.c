/* Opcodes that decide what runs next. */
#include "traceback.h"

HANDLER(call_method) {
    const value *self = &f->reg[at->left];
    FAIL_UNLESS(call_method, self->tag == OBJECT && at->right < self->object->class->methods && f->depth < 4);
    f->back[f->depth++] = at + 1;
    GO_ON(self->object->class->method[at->right]);
}
TRACEBACK(call_method, "there is no such method, or the calls are too deep")

HANDLER(return) {
    FAIL_UNLESS(return, f->depth > 0);
    GO_ON(f->back[--f->depth]);
}
TRACEBACK(return, "there is no call to return from")

HANDLER(jump) {
    FAIL_UNLESS(jump, at->operand != 0);
    GO_ON(at + at->operand);
}
TRACEBACK(jump, "a jump to itself never ends")

HANDLER(jump_if) {
    const value *left = &f->reg[at->left];
    FAIL_UNLESS(jump_if, left->tag == NUMBER);
    GO_ON(at + (left->number ? at->operand : 1));
}
TRACEBACK(jump_if, "only a number can be a condition")

HANDLER(jump_unless) {
    const value *left = &f->reg[at->left];
    FAIL_UNLESS(jump_unless, left->tag == NUMBER);
    GO_ON(at + (left->number ? 1 : at->operand));
}
TRACEBACK(jump_unless, "only a number can be a condition")

HANDLER(repeat) {
    value *left = &f->reg[at->left];
    FAIL_UNLESS(repeat, left->tag == NUMBER);
    GO_ON(at + (--left->number ? at->operand : 1));
}
TRACEBACK(repeat, "only a number can be counted down")

HANDLER(check_depth) {
    FAIL_UNLESS(check_depth, f->depth <= (unsigned)at->operand);
    GO_ON(at + 1);
}
TRACEBACK(check_depth, "the calls are too deep")

HANDLER(stop) { FAIL_UNLESS(stop, f->depth == 0); }
TRACEBACK(stop, "a method must return before the program stops")
