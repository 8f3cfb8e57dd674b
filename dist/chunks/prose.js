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
function listed(parts) {
	const last = parts.at(-1);
	if (last === void 0) return "";
	return parts.length === 1 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
function code(name, limit = 80) {
	return codeSpan(visibleName(name, limit));
}
function cell(name, limit = 80) {
	return cellSpan(visibleName(name, limit));
}
function cellSpan(shown) {
	return codeSpan(shown.replace(/\\(?=\|)/g, "\\u{5c}")).replaceAll("|", "\\|");
}
function codeSpan(shown) {
	const taken = new Set((shown.match(/`+/g) ?? []).map((run) => run.length));
	let length = 1;
	while (taken.has(length)) length++;
	const ticks = "`".repeat(length);
	const pad = /^[`$]|[`$]$/.test(shown) ? " " : "";
	return `${ticks}${pad}${shown}${pad}${ticks}`;
}
const ENTITIES = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
function html(text) {
	return visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
function htmlCode(name, limit = 80) {
	return `<code>${html(visibleName(name, limit))}</code>`;
}
function plainLine(line) {
	return visible(line).replace(/(?<=##)\[/g, "\\u{5b}").replace(/^( *):(?=:)/, "$1\\u{3a}");
}
function plainName(name, limit = 80) {
	return plainLine(visibleName(name, limit));
}
// src/report/text/prose.ts
const SENTENCE_LIMIT = 2e3;
const CODE_LIMIT = 200;
const QUIET = /^[\p{L}\p{N}±×+−–—…=/.,;:!?'’()-]+$/u;
const LOUD = [
	/:/,
	/\p{L}-\d/u,
	/(?<![a-z0-9])[0-9a-f]{7,}/i,
	/www\./i,
	/^\//,
	/^[\p{P}\p{S}]+$/u,
	/[.,;!?=/+-]{3}/
];
const CALM_SYMBOLS = new Set([
	"",
	"−",
	"–",
	"—",
	"…",
	"×",
	"±",
	"%",
	"→",
	"≥",
	"≤",
	"≈"
]);
const LIST_MARKER = /^\d{1,9}[.)]$/;
const AROUND = /^(["'(‘“]*)(.*?)([.,;:!?"'’”)%]*)$/su;
function isQuiet(word, core) {
	if (CALM_SYMBOLS.has(core)) return word.length <= core.length + 4;
	return QUIET.test(core) && visible(core) === core && !LOUD.some((pattern) => pattern.test(core));
}
function quotes(sentence) {
	const pieces = sentence.split("`");
	const paired = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
	return pieces.map((text, index) => ({
		code: index % 2 === 1 && index < paired,
		text: index < paired ? text : `\`${text}`
	}));
}
function parts(sentence) {
	return quotes(shortened(sentence, SENTENCE_LIMIT).replace(/[\u00a0\u202f]/g, " ")).flatMap((part, index) => part.code ? [part] : words(part.text, index === 0));
}
function words(text, start) {
	return text.split(/( +)/).flatMap((word, index) => {
		if (word === "" || word.startsWith(" ")) return [{
			code: false,
			text: word.slice(0, 1)
		}];
		const [, before = "", core = "", after = ""] = AROUND.exec(word) ?? [];
		if (!(start && index === 0 && LIST_MARKER.test(word)) && isQuiet(word, core)) return [{
			code: false,
			text: word
		}];
		const kept = core.includes("(") && !before.includes("(") ? /^[^)]*\)*/.exec(after)?.[0] ?? "" : "";
		return [
			{
				code: false,
				text: before
			},
			{
				code: true,
				text: `${core}${kept}` || word
			},
			{
				code: false,
				text: after.slice(kept.length)
			}
		];
	});
}
function typeset(text) {
	return text.replace(/(?<=\d) (?=(?:%|×|[nµmk]?s|min|[kMGT]|[KMGT]i?B|bytes?)(?![\p{L}\p{N}]))/gu, " ");
}
function shown(text) {
	return visible(shortened(text.trim(), CODE_LIMIT)) || "(no name)";
}
function rendered(all, asCode) {
	const out = [];
	let beforeIsCode = false;
	for (const part of all) {
		if (!part.code && part.text === "") continue;
		if (part.code) out.push(beforeIsCode ? " " : "", asCode(shown(part.text)));
		else out.push(part.text);
		beforeIsCode = part.code;
	}
	return typeset(out.join("").trim());
}
function prose(sentence) {
	return rendered(parts(sentence), codeSpan);
}
function cellProse(sentence) {
	return rendered(parts(sentence), cellSpan);
}
function htmlProse(sentence) {
	const asText = (part) => part.code ? `<code>${html(shown(part.text))}</code>` : typeset(html(part.text));
	return quotes(shortened(sentence, SENTENCE_LIMIT)).map(asText).join("");
}
export { visibleName as _, cell as a, htmlCode as c, counted as d, listed as f, visible as g, shortened as h, typeset as i, plainLine as l, quoted as m, htmlProse as n, code as o, numbered as p, prose as r, html as s, cellProse as t, plainName as u };
