import google_benchmark as benchmark


def spin(rounds):
    x = rounds
    for _ in range(rounds):
        x = (x * 6364136223846793005 + 1) & 0xFFFFFFFFFFFFFFFF
    return x


@benchmark.register
@benchmark.option.arg(500)
@benchmark.option.arg(2000)
def steady(state):
    while state:
        spin(state.range(0))


@benchmark.register
def grows(state):
    while state:
        spin(1000)  # @base
        spin(3000)  # @head


@benchmark.register  # @base
def gone(state):  # @base
    while state:  # @base
        spin(700)  # @base
@benchmark.register  # @head
def added(state):  # @head
    while state:  # @head
        spin(1700)  # @head


if __name__ == "__main__":
    benchmark.main()
