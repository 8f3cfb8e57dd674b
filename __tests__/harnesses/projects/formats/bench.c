#include <stdio.h>
#include <string.h>
#include <time.h>

static volatile unsigned sink;

static void spin(unsigned turns) {
  for (unsigned turn = 0; turn < turns; turn++) sink = sink * 33 + turn;
}

static double nanoseconds(unsigned turns) {
  enum { CALLS = 600 };
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int call = 0; call < CALLS; call++) spin(turns);
  clock_gettime(CLOCK_MONOTONIC, &to);
  return ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / CALLS;
}

static const struct { const char *name; unsigned turns; } benchmarks[] = {
  {"added", 20000}, // @head
  {"steady", 20000},
  {"grows", 20000}, // @base
  {"grows", 60000}, // @head
  {"gone", 20000}, // @base
};

/* A result a line, or a document with all of them. */
int main(int argc, char **argv) {
  const char *form = argc > 1 ? argv[1] : "lines";
  const int count = sizeof benchmarks / sizeof *benchmarks;
  if (!strcmp(form, "bencher")) printf("{");
  if (!strcmp(form, "custom")) printf("[");
  for (int index = 0; index < count; index++) {
    const char *name = benchmarks[index].name, *comma = index + 1 < count ? "," : "";
    double took = nanoseconds(benchmarks[index].turns);
    if (!strcmp(form, "bencher")) printf("\"%s\":{\"latency\":{\"value\":%.1f}}%s", name, took, comma);
    else if (!strcmp(form, "custom")) printf("{\"name\":\"%s\",\"unit\":\"ns\",\"value\":%.1f}%s", name, took, comma);
    else if (!strcmp(form, "rates")) printf("{\"name\":\"%s\",\"value\":%.1f,\"unit\":\"ops/s\"}\n", name, 1e9 / took);
    else printf("%s %.3f us\n", name, took / 1000);
  }
  if (!strcmp(form, "bencher")) printf("}\n");
  if (!strcmp(form, "custom")) printf("]\n");
  return 0;
}
