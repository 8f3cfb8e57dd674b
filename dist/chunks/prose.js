import { a as shortened, o as visible } from "./text.js";
import { a as html, i as codeSpan, n as cellSpan } from "./encode.js";
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
const SCHEME = /(?:https?|ftp|mailto):/i;
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
	return quotes(shortened(sentence, SENTENCE_LIMIT).replace(/[\u00a0\u202f]/g, " ").trimStart()).flatMap((part, index) => part.code ? [part] : words(part.text, index === 0));
}
function words(text, start) {
	return text.split(/( +)/).flatMap((word, index) => {
		if (word === "" || word.startsWith(" ")) return [{
			code: false,
			text: word.slice(0, 1)
		}];
		const [, before = "", core = "", after = ""] = AROUND.exec(word) ?? [];
		if (!(start && index === 0 && LIST_MARKER.test(word)) && !SCHEME.test(word) && isQuiet(word, core)) return [{
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
export { typeset as i, htmlProse as n, prose as r, cellProse as t };
