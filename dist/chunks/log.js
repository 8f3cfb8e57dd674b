import { D as outputLines, J as plainName, O as evidenceOf, Q as worstFirst, S as findingWord, _t as quoted, b as statusParts, et as measuredFacts, g as medianTexts, q as plainLine, st as formatChange, ut as formatInterval, x as causeWords, y as policySentence, z as isNotable } from "./comment.js";
import { C as wrapped, S as aligned } from "./decide.js";
// src/report/terminal/log.ts
const QUIET_ROWS = 20;
const EVIDENCE_SHOWN = 10;
const OUTPUT_LINES = 20;
const DEPTH = {
	items: 10,
	rows: 20
};
function logText(report) {
	const ordered = worstFirst(report.benchmarks);
	const explained = ordered.filter(({ decision, cause }) => decision === "slower" || cause !== void 0);
	return `${[
		"",
		...wrapped(report.sentence, ""),
		statusParts(report).join(" · ").replaceAll("`", ""),
		...wrapped(policySentence(report) ?? "", ""),
		...report.errors.flatMap(({ what, detail = "" }) => [
			"",
			...report.sentence.startsWith(what.replace(/\.$/, "")) ? [] : wrapped(what, ""),
			...outputLines(detail, OUTPUT_LINES).map((line) => `  ${line}`)
		]),
		...tableLines(ordered),
		...ordered.flatMap(reasonLines),
		...explained.slice(0, EVIDENCE_SHOWN).flatMap(evidenceLines),
		...measuredFacts(report).flatMap(({ title, sentences }) => [
			"",
			title,
			...sentences.flatMap((sentence) => wrapped(sentence, "  - "))
		])
	].map(plainLine).join("\n")}\n`;
}
function tableLines(ordered) {
	const quiet = ordered.filter((row) => !isNotable(row));
	const rows = [...ordered.filter(isNotable), ...quiet.slice(0, QUIET_ROWS)].map(rowTexts);
	if (rows.length === 0) return [];
	const rest = quiet.length - QUIET_ROWS;
	return [
		"",
		...aligned([[
			"benchmark",
			"change",
			"interval",
			"base",
			"head",
			"finding"
		], ...rows]),
		...rest > 0 ? [`and ${rest} more that did not change`] : []
	];
}
function rowTexts(benchmark) {
	const { change, cause } = benchmark;
	const finding = cause ? `${findingWord(benchmark)}: ${causeWords(cause, benchmark)}` : findingWord(benchmark);
	return [
		plainName(benchmark.name, 40),
		change ? formatChange(change.ratio) : "",
		change ? formatInterval(change.low, change.high) : "",
		...medianTexts(benchmark),
		finding
	];
}
function reasonLines({ name, reason, decision }) {
	return reason === void 0 || decision === "unchanged" ? [] : ["", ...wrapped(`${quoted(name)}: ${reason}`, "")];
}
function evidenceLines(benchmark) {
	return [
		"",
		`Why ${quoted(benchmark.name)} is ${findingWord(benchmark)}`,
		...evidenceOf(benchmark, DEPTH).flatMap(sectionLines)
	];
}
function sectionLines(section) {
	const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section;
	return [
		"",
		`  ${title}`,
		...paragraphs.flatMap((text) => wrapped(text, "    ")),
		...items.flatMap((text, index) => wrapped(text, numbered ? `    ${index + 1}. ` : "    - ")),
		...more > 0 ? [`    and ${more} more`] : [],
		...[...counterLines(rows), ...chart].map((line) => `    ${line}`)
	];
}
function counterLines(rows) {
	return aligned(rows.map(({ label, base, head, change }) => [
		label,
		base,
		"→",
		head,
		change
	]));
}
export { logText as t };
