/* What an opcode does when it cannot go on. None of this runs in a program without errors. */
#ifndef TRACEBACK_H
#define TRACEBACK_H

#include "vm.h"

/* Bytes left free in each traceback, where the debugger patches in its hook: a jump to a trampoline. */
#define HOOK_BYTES 16

#if defined(__aarch64__)
#define NOP_BYTES "4"
#else
#define NOP_BYTES "1"
#endif
#define TEXT_OF(macro) #macro
#define ROOM(bytes) __asm__ volatile(".rept " TEXT_OF(bytes) " / " NOP_BYTES "\n nop\n .endr")

/* Says what went wrong and where, and leaves the error in the frame. */
void unwind(frame *, const instruction *, const char *message);

/* Each opcode has a traceback of its own, so that a breakpoint can tell them apart. */
#define TRACEBACK(name, message)                                                           \
    __attribute__((noinline)) void traceback_##name(frame *f, const instruction *at) {     \
        ROOM(HOOK_BYTES);                                                                  \
        unwind(f, at, message);                                                            \
    }

#endif
