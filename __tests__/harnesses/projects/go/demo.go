package demo

//go:noinline
func Spin(rounds uint64) uint64 {
	x := rounds
	for i := uint64(0); i < rounds; i++ {
		x = x*6364136223846793005 + 1
	}
	return x
}
