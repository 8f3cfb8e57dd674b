// src/core/text/text.ts
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|(?! )\p{Zs}|^\p{M}|(?<=\p{M}{3})\p{M}/gu;
const PLAIN = /^[ -~]*$/;
const FALSE_ESCAPE = /\\(?=u\{)/g;
const LOST_SPACES = /^ +| +$|(?<= ) +/g;
function escaped(text) {
	return [...text].map((char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join("");
}
function visible(line) {
	return PLAIN.test(line) ? line : line.replace(UNSEEN, escaped);
}
function visibleLines(text) {
	return text.replaceAll("	", " ").split("\n").map(visible).join("\n");
}
const UNSEEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu;
function visibleJson(value, indentation = 0) {
	return JSON.stringify(value, null, indentation).replace(UNSEEN_IN_JSON, (unseen) => Array.from({ length: unseen.length }, (_, at) => unitEscape(unseen.charCodeAt(at))).join(""));
}
const unitEscape = (unit) => `\\u${unit.toString(16).padStart(4, "0")}`;
function shortened(text, limit) {
	if (text.length <= limit) return text;
	const tail = Math.floor((limit - 1) / 3);
	const start = firstPoints(text, limit - 1 - tail);
	const end = lastPoints(text, tail);
	if (text.length <= 2 * limit && Array.from(text).length <= limit) return text;
	return `${start}…${end}`;
}
function firstPoints(text, count) {
	return Array.from(text.slice(0, 2 * count)).slice(0, count).join("");
}
function lastPoints(text, count) {
	if (count === 0) return "";
	return Array.from(text.slice(-2 * count)).slice(-count).join("");
}
function visibleName(name, limit) {
	if (name === "") return "(no name)";
	return visible(shortened(name, limit).replace(FALSE_ESCAPE, escaped)).replace(LOST_SPACES, escaped);
}
function quoted(name) {
	return `\`${visibleName(name, 120).replaceAll("`", "\\u{60}")}\``;
}
const NUMBERS = [
	"no",
	"one",
	"two",
	"three",
	"four",
	"five",
	"six",
	"seven",
	"eight",
	"nine",
	"ten",
	"eleven",
	"twelve"
];
function counted(count, noun, plural = `${noun}s`) {
	return `${NUMBERS[count] ?? count} ${count === 1 ? noun : plural}`;
}
function numbered(count, noun) {
	return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
function listed(parts, most = Number.POSITIVE_INFINITY) {
	const shown = parts.length > most + 1 ? [...parts.slice(0, most), `${parts.length - most} more`] : parts;
	const last = shown.at(-1);
	if (last === void 0) return "";
	return shown.length === 1 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}
export { shortened as a, visibleLines as c, quoted as i, visibleName as l, listed as n, visible as o, numbered as r, visibleJson as s, counted as t };
