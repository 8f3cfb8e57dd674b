#include "checksum.h"
#include <benchmark/benchmark.h>
#include <vector>

static void adler(benchmark::State &state) {
  const std::vector<unsigned char> bytes(static_cast<std::size_t>(state.range(0)), 7);
  for (auto _ : state) benchmark::DoNotOptimize(adler32(bytes.data(), bytes.size()));
}
BENCHMARK(adler)->Arg(1 << 10)->Arg(1 << 14);

static void fletcher(benchmark::State &state) {
  const std::vector<unsigned char> bytes(static_cast<std::size_t>(state.range(0)), 7);
  for (auto _ : state) benchmark::DoNotOptimize(fletcher16(bytes.data(), bytes.size()));
}
BENCHMARK(fletcher)->Arg(1 << 14);

BENCHMARK_MAIN();
