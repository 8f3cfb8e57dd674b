package words

import (
	"strings"
	"testing"
)

var text = strings.Repeat("the quick brown fox jumps over the lazy dog ", 200)

func BenchmarkCount(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		Count(text)
	}
}

func BenchmarkJoin(b *testing.B) {
	words := strings.Fields(text)
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		Join(words)
	}
}
