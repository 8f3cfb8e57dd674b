import pyperf


def spin(rounds):
    x = rounds
    for _ in range(rounds):
        x = (x * 6364136223846793005 + 1) & 0xFFFFFFFFFFFFFFFF
    return x


runner = pyperf.Runner()
runner.bench_func("steady", spin, 500)
runner.bench_func("grows", spin, 1000)  # @base
runner.bench_func("grows", spin, 3000)  # @head
runner.bench_func("gone", spin, 700)  # @base
runner.bench_func("added", spin, 1700)  # @head
