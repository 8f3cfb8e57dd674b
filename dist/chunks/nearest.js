// src/core/text/nearest.ts
function nearest(word, candidates) {
	let best;
	for (const candidate of candidates) {
		const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
		if (edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = {
			candidate,
			edits
		};
	}
	return best && best.edits <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : void 0;
}
function editsBetween(one, other) {
	const letters = [...one];
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	let before = row;
	for (const [at, letter] of letters.entries()) {
		const next = [at + 1];
		for (let to = 1; to <= other.length; to++) {
			const replaced = row[to - 1] + (letter === other[to - 1] ? 0 : 1);
			const swapped = letter === other[to - 2] && letters[at - 1] === other[to - 1] ? before[to - 2] + 1 : Number.POSITIVE_INFINITY;
			next.push(Math.min(replaced, swapped, row[to] + 1, next[to - 1] + 1));
		}
		before = row;
		row = next;
	}
	return row.at(-1);
}
export { nearest as t };
