#define CATCH_CONFIG_ENABLE_BENCHMARKING
#include <catch2/catch.hpp>
#include <cstdint>

static std::uint64_t spin(std::uint64_t rounds) {
  volatile std::uint64_t x = rounds;
  for (std::uint64_t i = 0; i < rounds; i++) x = x * 6364136223846793005u + 1;
  return x;
}

TEST_CASE("text") {
  BENCHMARK("steady") { return spin(500); };
  BENCHMARK("grows") { return spin(1000); };  // @base
  BENCHMARK("grows") { return spin(3000); };  // @head
}

TEST_CASE("other, with a comma") {
  BENCHMARK("gone") { return spin(700); };  // @base
  BENCHMARK("added") { return spin(1700); };  // @head
}
