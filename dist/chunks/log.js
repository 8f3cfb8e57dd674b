import { a as hasCause } from "./harness-name.js";
import { i as quoted } from "./text.js";
import { C as statusParts, D as labelsOf, E as lastWords, M as isNotable, O as repeatCommand, S as remarksOf, T as sharedReasons, k as evidenceOf, w as otherText, y as medianTexts } from "./comment.js";
import { c as plainName, s as plainLine } from "./encode.js";
import { F as outputLines, G as findingWord, Q as worstFirst, W as causeWords, Y as mainFunction } from "./exact-rows.js";
import { c as formatInterval, r as formatChange } from "./format.js";
import { n as wrapped, t as aligned } from "./lines.js";
import { i as measuredFacts } from "./events.js";
// src/report/terminal/log.ts
const QUIET_ROWS = 20;
const LABEL_LIMIT = 40;
const EVIDENCE_SHOWN = 10;
const REPEATS_SHOWN = 3;
const OUTPUT_LINES = 20;
const ELSEWHERE = ["Machine", "Noise before measuring"];
const DEPTH = {
	items: 10,
	rows: 20
};
function logText(report, width = 100) {
	const ordered = worstFirst(report.benchmarks);
	const explained = ordered.filter(({ decision, cause, metric }) => cause !== void 0 || decision === "slower" && hasCause(metric));
	return `${[
		"",
		...wrapped(report.sentence, "", width),
		statusParts(report).join(" · ").replaceAll("`", ""),
		...remarksOf(report).flatMap((text) => wrapped(text, "", width)),
		...report.errors.flatMap(({ what, detail = "" }) => [
			"",
			...report.sentence.startsWith(what.replace(/\.$/, "")) ? [] : wrapped(what, "", width),
			...outputLines(detail, OUTPUT_LINES).map((line) => `  ${line}`)
		]),
		...tableLines(ordered),
		...reasonLines(ordered, width),
		...lastWords(ordered).flatMap(({ what, detail }) => [
			"",
			...wrapped(what, "", width),
			...outputLines(detail, OUTPUT_LINES).map((line) => `  ${line}`)
		]),
		...explained.slice(0, EVIDENCE_SHOWN).flatMap((row) => evidenceLines(row, width)),
		...repeatLines(ordered),
		...measuredFacts(report).filter(({ title }) => !ELSEWHERE.includes(title)).flatMap(({ title, sentences }) => [
			"",
			title,
			...sentences.flatMap((sentence) => wrapped(sentence, "  - ", width))
		])
	].map(plainLine).join("\n")}\n`;
}
function verdictLine({ verdict, sentence }) {
	return `${plainLine(`${verdict}: ${sentence}`).replaceAll("`", "")}\n`;
}
function tableLines(ordered) {
	const quiet = ordered.filter((row) => !isNotable(row));
	const open = ordered.filter(({ decision }) => decision === "undecided");
	const shown = new Set([...quiet.slice(0, QUIET_ROWS), ...open.slice(0, QUIET_ROWS)]);
	const labels = labelsOf(ordered, LABEL_LIMIT);
	const rows = ordered.filter((row) => shown.has(row) || isNotable(row) && row.decision !== "undecided").map((row) => rowTexts(row, labels.of(row)));
	if (rows.length === 0) return [];
	const rest = (count, what) => count > 0 ? [`and ${count} more ${what}`] : [];
	return [
		"",
		...labels.prefix === "" ? [] : [`each name starts with ${plainName(labels.prefix)}`],
		...aligned([[
			"benchmark",
			"change",
			"interval",
			"base",
			"head",
			"finding"
		], ...rows]),
		...rest(open.length - QUIET_ROWS, "undecided"),
		...rest(quiet.length - QUIET_ROWS, "that did not change")
	];
}
function rowTexts(benchmark, label) {
	const { change, cause } = benchmark;
	const symbol = mainFunction(benchmark);
	const place = symbol === void 0 ? "" : ` in ${plainName(symbol, LABEL_LIMIT)}`;
	const finding = cause ? `${findingWord(benchmark)}: ${causeWords(cause, benchmark)}${place}` : findingWord(benchmark);
	return [
		plainName(label, LABEL_LIMIT),
		change ? formatChange(change.ratio) : "",
		change ? formatInterval(change) : "",
		...medianTexts(benchmark),
		[finding, otherText(benchmark)].filter(Boolean).join("; ")
	];
}
function reasonLines(ordered, width) {
	const open = ordered.filter(({ decision }) => decision !== "unchanged");
	return sharedReasons(open).flatMap((sentence) => ["", ...wrapped(sentence, "", width)]);
}
function evidenceLines(benchmark, width) {
	return [
		"",
		`Why ${quoted(benchmark.name)} is ${findingWord(benchmark)}`,
		...evidenceOf(benchmark, DEPTH).flatMap((section) => sectionLines(section, width))
	];
}
function repeatLines(ordered) {
	const commands = ordered.flatMap((row) => repeatCommand(row) ?? []);
	if (commands.length === 0) return [];
	return [
		"",
		"Repeat in a clone",
		...commands.slice(0, REPEATS_SHOWN).map((command) => `  ${command}`)
	];
}
function sectionLines(section, width) {
	const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section;
	return [
		"",
		`  ${title}`,
		...paragraphs.flatMap((text) => wrapped(text, "    ", width)),
		...items.flatMap((text, index) => wrapped(text, numbered ? `    ${index + 1}. ` : "    - ", width)),
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
export { verdictLine as n, logText as t };
