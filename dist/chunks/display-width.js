// src/core/text/display-width.ts
const WIDE = [
	[4352, 4447],
	[11904, 12350],
	[12353, 19903],
	[19968, 42191],
	[43360, 43391],
	[44032, 55203],
	[63744, 64255],
	[65072, 65135],
	[65280, 65376],
	[65504, 65510],
	[127744, 128591],
	[128640, 128767],
	[129280, 129535],
	[131072, 262141]
];
function widthOf(character) {
	if (/^[\p{M}\p{Cf}]$/u.test(character)) return 0;
	const point = character.codePointAt(0) ?? 0;
	return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
function displayWidth(text) {
	let width = 0;
	for (const character of text) width += widthOf(character);
	return width;
}
function fitted(text, columns) {
	if (displayWidth(text) <= columns) return text;
	let width = 1;
	let shown = "";
	for (const character of text) {
		width += widthOf(character);
		if (width > columns) break;
		shown += character;
	}
	return columns < 1 ? "" : `${shown}…`;
}
export { fitted as n, displayWidth as t };
