import levels

TEXT = "(a (b (c) d) e) " * 4000


def test_depth(benchmark):
    assert benchmark(levels.depth, TEXT) == 3


def test_split(benchmark):
    assert len(benchmark(TEXT.split)) == 20000
