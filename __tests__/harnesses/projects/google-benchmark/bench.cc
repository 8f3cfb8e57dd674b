#include <benchmark/benchmark.h>
#include <cstdint>

static void spin(std::uint64_t rounds) {
  std::uint64_t x = rounds;
  for (std::uint64_t i = 0; i < rounds; i++) benchmark::DoNotOptimize(x = x * 6364136223846793005u + 1);
}

static void steady(benchmark::State& state) {
  for (auto _ : state) spin(state.range(0));
}
BENCHMARK(steady)->Arg(500)->Arg(2000);

static void grows(benchmark::State& state) {
  for (auto _ : state) spin(1000);  // @base
  for (auto _ : state) spin(3000);  // @head
}
BENCHMARK(grows);

static void gone(benchmark::State& state) {  // @base
  for (auto _ : state) spin(700);  // @base
}  // @base
BENCHMARK(gone);  // @base
static void added(benchmark::State& state) {  // @head
  for (auto _ : state) spin(1700);  // @head
}  // @head
BENCHMARK(added);  // @head

BENCHMARK_MAIN();
