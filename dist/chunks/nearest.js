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
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	for (const [at, letter] of [...one].entries()) {
		const next = [at + 1];
		for (let to = 1; to <= other.length; to++) {
			const replaced = row[to - 1] + (letter === other[to - 1] ? 0 : 1);
			next.push(Math.min(replaced, row[to] + 1, next[to - 1] + 1));
		}
		row = next;
	}
	return row.at(-1);
}
export { nearest as t };
