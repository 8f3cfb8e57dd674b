/* Opcodes that move values, and those that look into objects. */
#include "traceback.h"

HANDLER(load_number) {
    FAIL_UNLESS(load_number, at->operand >= 0);
    f->reg[at->to] = (value){NUMBER, {at->operand}};
    GO_ON(at + 1);
}
TRACEBACK(load_number, "a constant is never negative")

HANDLER(move) {
    FAIL_UNLESS(move, at->left != at->to);
    f->reg[at->to] = f->reg[at->left];
    GO_ON(at + 1);
}
TRACEBACK(move, "a move needs two registers")

HANDLER(add_number) {
    const value *left = &f->reg[at->left];
    FAIL_UNLESS(add_number, left->tag == NUMBER);
    f->reg[at->to] = (value){NUMBER, {left->number + at->operand}};
    GO_ON(at + 1);
}
TRACEBACK(add_number, "only numbers can be added")

HANDLER(load_field) {
    const value *self = &f->reg[at->left];
    FAIL_UNLESS(load_field, self->tag == OBJECT && at->right < self->object->class->fields);
    f->reg[at->to] = self->object->field[at->right];
    GO_ON(at + 1);
}
TRACEBACK(load_field, "there is no such field to read")

HANDLER(store_field) {
    const value *self = &f->reg[at->to];
    FAIL_UNLESS(store_field, self->tag == OBJECT && at->right < self->object->class->fields);
    self->object->field[at->right] = f->reg[at->left];
    GO_ON(at + 1);
}
TRACEBACK(store_field, "there is no such field to write")

HANDLER(add_field) {
    const value *self = &f->reg[at->to];
    FAIL_UNLESS(add_field, self->tag == OBJECT && at->right < self->object->class->fields);
    self->object->field[at->right].number += f->reg[at->left].number;
    GO_ON(at + 1);
}
TRACEBACK(add_field, "there is no such field to add to")

HANDLER(count_fields) {
    const value *self = &f->reg[at->left];
    FAIL_UNLESS(count_fields, self->tag == OBJECT);
    f->reg[at->to] = (value){NUMBER, {self->object->class->fields}};
    GO_ON(at + 1);
}
TRACEBACK(count_fields, "only objects have fields")

HANDLER(count_methods) {
    const value *self = &f->reg[at->left];
    FAIL_UNLESS(count_methods, self->tag == OBJECT);
    f->reg[at->to] = (value){NUMBER, {self->object->class->methods}};
    GO_ON(at + 1);
}
TRACEBACK(count_methods, "only objects have methods")

HANDLER(same_object) {
    const value *left = &f->reg[at->left], *right = &f->reg[at->right];
    FAIL_UNLESS(same_object, left->tag == OBJECT && right->tag == OBJECT);
    f->reg[at->to] = (value){NUMBER, {left->object == right->object}};
    GO_ON(at + 1);
}
TRACEBACK(same_object, "only objects can be the same object")

HANDLER(swap) {
    value *left = &f->reg[at->left], *right = &f->reg[at->right], kept = *left;
    FAIL_UNLESS(swap, left != right);
    *left = *right;
    *right = kept;
    GO_ON(at + 1);
}
TRACEBACK(swap, "a swap needs two registers")
