// Package words counts and joins words.
package words

// Count returns how often each word of a text occurs.
func Count(text string) map[string]int {
	counts := make(map[string]int)
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != ' ' {
			continue
		}
		if i > start {
			counts[text[start:i]]++
		}
		start = i + 1
	}
	return counts
}

// Join puts words back together.
func Join(words []string) string {
	size := 0
	for _, word := range words {
		size += len(word) + 1
	}
	joined := make([]byte, 0, size)
	for _, word := range words {
		joined = append(joined, word...)
		joined = append(joined, ' ')
	}
	return string(joined)
}
