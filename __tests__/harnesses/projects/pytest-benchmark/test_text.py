import pytest


def spin(rounds):
    x = rounds
    for _ in range(rounds):
        x = (x * 6364136223846793005 + 1) & 0xFFFFFFFFFFFFFFFF
    return x


@pytest.mark.parametrize("size", [200, 20000])
def test_steady(benchmark, size):
    benchmark(spin, size)


def test_grows(benchmark):
    benchmark(spin, 1000)  # @base
    benchmark(spin, 3000)  # @head


def test_gone(benchmark):  # @base
    benchmark(spin, 700)  # @base


def test_added(benchmark):  # @head
    benchmark(spin, 1700)  # @head
