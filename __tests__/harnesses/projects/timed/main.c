#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WORK 1000 // @base
#define WORK 2000 // @head

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec * 1e-9;
}

static void operation(void) {
  volatile unsigned x = 1;
  for (int i = 0; i < WORK; i++) x = x * 1664525u + 1013904223u;
}

// `timed` works until a time is over, `fixed` a number of operations.
int main(int argc, char **argv) {
  int timed = argc > 1 && strcmp(argv[1], "timed") == 0;
  double start = now();
  long done = 0;
  while (timed ? now() - start < 0.8 : done < 20000) {
    operation();
    done++;
  }
  printf("%.3f ns/op\n", (now() - start) / done * 1e9);
  return 0;
}
