#include <stdint.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  volatile uint64_t x = argc;
  uint64_t rounds = strtoull(argv[1], 0, 10);
#ifdef GROWS
  rounds *= 1; // @base
  rounds *= 3; // @head
#endif
  for (uint64_t i = 0; i < rounds; i++) x = x * 6364136223846793005u + 1;
  return 0;
}
