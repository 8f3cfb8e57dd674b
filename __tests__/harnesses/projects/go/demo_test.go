package demo

import (
	"fmt"
	"testing"
)

func BenchmarkSteady(b *testing.B) {
	for _, size := range []uint64{500, 2000} {
		b.Run(fmt.Sprintf("size-%d", size), func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				Spin(size)
			}
		})
	}
}

func BenchmarkGrows(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Spin(1000) // @base
		Spin(3000) // @head
	}
}

var kept []byte

func BenchmarkAllocates(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		kept = make([]byte, 64)
		kept = make([]byte, 128) // @head
	}
}

func BenchmarkGone(b *testing.B) { // @base
	for i := 0; i < b.N; i++ { // @base
		Spin(700) // @base
	} // @base
} // @base

func BenchmarkAdded(b *testing.B) { // @head
	for i := 0; i < b.N; i++ { // @head
		Spin(1700) // @head
	} // @head
} // @head
