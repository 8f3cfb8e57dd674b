import { l as visibleName, o as visible } from "./text.js";
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
export { html as a, plainName as c, codeSpan as i, cellSpan as n, htmlCode as o, code as r, plainLine as s, cell as t };
