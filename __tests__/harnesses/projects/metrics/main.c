#include <stdio.h>
#include <stdlib.h>

// The value is printed, so that the noise of the machine decides nothing; the memory is real.
#define BYTES (20u << 20) // @base
#define BYTES (25u << 20) // @head
static const char text[20000] = "a table that head makes larger"; // @base
static const char text[24000] = "a table that head makes larger"; // @head

int main(int argc, char **argv) {
  volatile char *block = malloc(BYTES);
  for (size_t at = 0; at < BYTES; at += 4096) block[at] = text[at % sizeof text];
  printf("took 10.243 ms\n");
  return argc > 9 ? argv[0][0] : 0;
}
