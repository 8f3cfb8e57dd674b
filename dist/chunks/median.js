// src/core/statistics/median.ts
function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length % 2 === 1) return sorted[middle];
	const [low, high] = [sorted[middle - 1] ?? NaN, sorted[middle] ?? NaN];
	return low + (high - low) / 2;
}
export { median as t };
