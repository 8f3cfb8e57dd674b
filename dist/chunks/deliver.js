import { A as commonAxis, C as statusParts, D as labelsOf, E as lastWords, I as setRanges, L as setRuns, M as isNotable, O as repeatCommand, S as remarksOf, T as sharedReasons, a as finite, b as listMarkdown, c as text, i as count, j as histogram, k as evidenceOf, l as whole, n as reportSchema, o as list, r as benchmarkSchema, s as record, t as commentText, w as otherText, x as linksOf, y as medianTexts } from "./comment.js";
import { a as html, c as plainName, o as htmlCode, s as plainLine, t as cell$1 } from "./encode.js";
import { a as formatDuration, c as formatInterval, d as formatValues, i as formatCount, l as formatShare, r as formatChange, t as formatAddress, u as formatValue } from "./format.js";
import { f as string, n as _enum, o as literal } from "./schemas.js";
import { i as typeset, n as htmlProse, r as prose, t as cellProse } from "./prose.js";
import { a as shortened, i as quoted, l as visibleName, n as listed, r as numbered, s as visibleJson, t as counted } from "./text.js";
import { $ as shortName, F as outputLines, G as findingWord, Q as worstFirst, W as causeWords, Y as mainFunction, Z as isBroken, k as verdictTitle, v as roundsIn, y as runsPerRound } from "./exact-rows.js";
import { a as median, i as measuredFacts } from "./events.js";
import { t as SIDES$1 } from "./side.js";
import { a as dot, c as picture, i as box, l as scaleOf$1, n as STYLE, o as label, r as at, s as line, t as openOutFolder, u as ticks } from "./out-folder.js";
import { join } from "node:path";
// src/report/bisection/steps.ts
const shortSha = ({ sha }) => sha.slice(0, 8);
function commitText(commit) {
	const { title = "" } = commit;
	return `\`${shortSha(commit)}\`${title === "" ? "" : ` (${quoted(title)})`}`;
}
function beforeStep({ kind, head, commits = 1, left = 0, steps = 0 }) {
	const name = `${shortSha(head)} ${plainName(head.title ?? "")}`;
	switch (kind) {
		case "range": return plainLine(`The whole range of ${numbered(commits, "commit")} first: ${name}`);
		case "between": return plainLine(`${numbered(left, "commit")} left, about ${numbered(steps, "step")}: ${name}`);
		case "last": return plainLine(`The last gate, with its cause: ${name}${commits === 1 ? " against its parent" : `, and the ${counted(commits - 1, "commit")} before it`}`);
	}
}
function stepLine(step) {
	const { change, reason, rounds } = step;
	const why = reason === void 0 ? "" : `: ${reason.replace(/\.$/, "")}`;
	const found = change ? `: ${formatChange(change.ratio)} (${formatInterval(change)}), ${numbered(rounds, "round")}` : why;
	const line = `${shortSha(step.head)} ${stepWord(step)}${found}, ${formatDuration(step.seconds)}`;
	return plainLine(line.replaceAll(/[\r\n]+/g, " "));
}
function stepWord({ answer, decision, rounds, change }) {
	switch (answer) {
		case "above": return decision === "faster" ? "faster" : "slower";
		case "below":
			if (rounds === 0 && !change) return "same code";
			return decision === "faster" ? "faster" : "not slower";
		case "open": return "undecided";
		case "broken": return decision === void 0 ? "not built" : "not measured";
	}
}
// src/report/bisection/facts.ts
function bisectionStatus({ good, bad, commits, steps, seconds }) {
	return [
		`\`${shortSha(good)}\` → \`${shortSha(bad)}\``,
		numbered(commits, "commit"),
		numbered(steps.length, "gate"),
		formatDuration(seconds)
	];
}
function bisectionFacts(bisection) {
	return [
		{
			title: `Commits that can have made it ${bisection.seeks ?? "slower"}`,
			sentences: candidateSentences(bisection)
		},
		{
			title: "What the answer rests on",
			sentences: groundSentences(bisection)
		},
		{
			title: "Notes",
			sentences: bisection.notes
		}
	].filter(({ sentences }) => sentences.length > 0);
}
const LISTED = 20;
function candidateSentences(bisection) {
	const { candidates, candidateCount, ranked } = bisection;
	if (candidateCount < 2) return [];
	if (ranked) return [
		...ranked.map((each) => `${commitText(each)}: ${formatShare(each.probability)}.`),
		...candidateCount > ranked.length ? [`${counted(candidateCount - ranked.length, "more", "more")}.`] : [],
		`The shares are how well each fits everything that was measured, if exactly one of them made it ${bisection.seeks ?? "slower"}.`
	];
	const first = candidates.slice(0, 19);
	const shown = candidateCount <= LISTED ? candidates : [...first, ...candidates.slice(-1)];
	const rest = candidateCount - shown.length;
	const names = shown.map((commit) => `${commitText(commit)}.`);
	return rest > 0 ? [
		...names.slice(0, -1),
		`${counted(rest, "more", "more")}.`,
		...names.slice(-1)
	] : names;
}
const STAYED_SLOW = "It is assumed that what was slow stayed slow: a commit that made it faster again, and a later one that made it slower again, would be missed where no commit between them was measured.";
const STAYED_FAST = "It is assumed that what was fast stayed fast: a commit that made it slower again, and a later one that made it faster again, would be missed where no commit between them was measured.";
function groundSentences(bisection) {
	const { good, bad, seeks = "slower", benchmark, others, alpha, mostDecisions, steps, seed } = bisection;
	const end = seeks === "faster" ? bad : good;
	const searched = steps.some(({ kind }) => kind === "between");
	return [
		...benchmark && others.length > 0 ? [`${quoted(benchmark.name)} is bisected because it got ${seeks} by most; ${listed(others.map(quoted))} ${others.length === 1 ? "is" : "are"} ${seeks} over the range too, and may be so since another commit.`] : [],
		...searched ? [
			`Each commit between was measured against ${seeks === "faster" ? "the fast one" : "the good one"}, \`${shortSha(end)}\`, and in the last gate what was found against the commit before it.`,
			...benchmark?.midpoint === void 0 ? [] : [`A commit between counts as ${seeks === "faster" ? "not yet fast where it is slower than the fast one" : "bad where it is slower than the good one"} by more than ${formatShare(benchmark.midpoint)}, half of the difference over the whole range.`],
			seeks === "faster" ? STAYED_FAST : STAYED_SLOW
		] : [],
		"Commits are those on the line of first parents, so that a merge is one step with all that it brings.",
		`The error rate of ${formatShare(alpha)} is for the whole answer: each of at most ${mostDecisions} decisions could use an equal part of it.`,
		`The orders of the rounds were drawn with the seed ${seed}.`
	];
}
// src/report/bisection/markdown.ts
function bisectionMarkdown(bisection) {
	const { sentence, steps, outcome } = bisection;
	return `${[
		`**${prose(sentence)}**`,
		`<sub>${bisectionStatus(bisection).map(prose).join(" · ")}</sub>`,
		...steps.length > 0 ? [[HEAD, ...steps.map(row$3)].join("\n")] : [],
		...bisectionFacts(bisection).map(({ title, sentences }) => listMarkdown(title, sentences)),
		...outcome === "unfinished" ? [] : [REST]
	].join("\n\n")}\n`;
}
const HEAD = ["| Commit | Against | Change | Finding |", "|:--|:--|--:|:--|"].join("\n");
const REST = "The gate that this rests on is in `report.md`, `report.html` and `report.json` in the same folder.";
function row$3(step) {
	const { base, head, reason, answer } = step;
	const against = step.kind === "last" ? `${sha(base)}, the last gate` : sha(base);
	const why = reason !== void 0 && (answer === "open" || answer === "broken") ? reason : void 0;
	const word = answer === "above" ? `**${stepWord(step)}**` : stepWord(step);
	const finding = why === void 0 ? word : `${word}<br><sub>${cellProse(why)}</sub>`;
	return `| ${[
		`${sha(head)} ${title(head.title)}`,
		against,
		change(step),
		finding
	].join(" | ")} |`;
}
const sha = (commit) => cell$1(shortSha(commit));
const title = (text = "") => text === "" ? "" : cell$1(text);
function change({ change: found }) {
	if (!found) return "–";
	const interval = typeset(formatInterval(found)).replaceAll(" ", "\xA0");
	return `${typeset(formatChange(found.ratio))}<br><sub>${interval}</sub>`;
}
// src/report/html/annotated-code.ts
const NAME_LIMIT$4 = 200;
const TEXT_LIMIT = 160;
const LINE_BYTES = 64;
const AS_MUCH = .005;
function annotatedCode({ annotated: found = [], counters }) {
	const unit = counters?.source === "simulated" ? "instructions" : "samples";
	return found.map((each) => codeHtml(each, unit)).join("\n");
}
function codeHtml(code, unit) {
	const { symbol, object, instructions, sources } = code;
	if (instructions.length === 0 && sources.length === 0) return "";
	return [
		`<details><summary>${htmlCode(symbol, NAME_LIMIT$4)} line by line</summary>`,
		`<p>${typeset(html(`In ${visibleName(object, NAME_LIMIT$4)}. Counts are ${unit}. ${moveOf(code)}`))}</p>`,
		...sources.map((source) => sourceTable(source, wholeOf(source.rows))),
		instructionTable(instructions, wholeOf(instructions)),
		"</details>"
	].join("\n");
}
function moveOf({ from, to }) {
	if (from === void 0 || to === void 0 || from === to) return "";
	return `It moved from ${formatAddress(from)} to ${formatAddress(to)}, from byte ${from % LINE_BYTES} of a ${LINE_BYTES}-byte line to byte ${to % LINE_BYTES}. A thick line is where a cache line begins.`;
}
const wholeOf = (rows) => Math.max(1, ...SIDES$1.map((side) => rows.reduce((sum, row) => sum + (row[side]?.count ?? 0), 0)));
function differs({ base, head }, whole) {
	return Math.abs((head?.count ?? 0) - (base?.count ?? 0)) > AS_MUCH * whole;
}
function sourceTable({ file, rows }, whole) {
	const cells = (cell) => [
		figure$2(cell ? String(cell.line) : ""),
		figure$2(countText(cell?.count)),
		codeCell(cell?.text ?? "")
	];
	const body = rows.map((row) => rowOf$1(row, [...cells(row.base), ...cells(row.head)], differs(row, whole)));
	return table(`Source: ${visibleName(file, NAME_LIMIT$4)}`, [
		"Line",
		"Count",
		"Base",
		"Line",
		"Count",
		"Head"
	], body);
}
function instructionTable(rows, whole) {
	if (rows.length === 0) return "";
	const misses = rows.some(({ base, head }) => (base?.icacheMisses ?? 0) > 0 || (head?.icacheMisses ?? 0) > 0);
	const ends = {
		base: -1,
		head: -1
	};
	const cells = (side, cell) => {
		const kind = cell !== void 0 && Math.floor(cell.address / LINE_BYTES) !== Math.floor(ends[side] / LINE_BYTES) && ends[side] >= 0 ? " edge" : "";
		if (cell) ends[side] = cell.address;
		return [
			figure$2(cell ? formatAddress(cell.address) : "", kind),
			figure$2(cell?.line === void 0 ? "" : String(cell.line), kind),
			figure$2(countText(cell?.count), kind),
			...misses ? [figure$2(countText(cell?.icacheMisses), kind)] : [],
			codeCell(cell ? cell.text ?? cell.bytes : "", kind)
		];
	};
	const heads = (side) => [
		"Address",
		"Line",
		"Count",
		...misses ? ["Misses"] : [],
		side
	];
	const body = rows.map((row) => rowOf$1(row, [...cells("base", row.base), ...cells("head", row.head)], differs(row, whole)));
	return table("Machine code", [...heads("Base"), ...heads("Head")], body);
}
const countText = (count) => count === void 0 || count === 0 ? "" : formatCount(count);
const figure$2 = (text, kind = "") => `<td class="figure${kind}">${typeset(html(text))}</td>`;
const codeCell = (text, kind = "") => `<td class="code${kind}">${html(shortened(text, TEXT_LIMIT))}</td>`;
function rowOf$1(row, cells, marked) {
	return `${row.skipped === void 0 ? "" : `<tr><td class="gap" colspan="${cells.length}">${typeset(html(numbered(row.skipped, "line")))} with next to nothing</td></tr>`}<tr${marked ? " class=\"differs\"" : ""}>${cells.join("")}</tr>`;
}
function table(title, heads, body) {
	const head = heads.map((text) => `<th>${text}</th>`).join("");
	return `<div class="scroll" tabindex="0" role="region" aria-label="${html(title)}"><table class="listing"><caption>${html(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}
// src/report/html/distribution.ts
const WIDTH$2 = 720;
const LEFT$2 = 64;
const RIGHT$2 = 708;
const ROW$2 = 64;
const TOP$1 = 8;
const BINS = 60;
function distributionPicture(of) {
	const { title, unit, base, head, marks = [] } = of;
	const axis = commonAxis([
		base,
		head,
		marks.map(({ value }) => value)
	], BINS);
	if (!axis || base.length === 0 || head.length === 0) return "";
	const x = scaleOf$1([axis.low, axis.high], [70, 702]);
	const bottom = 136;
	return picture([WIDTH$2, 164], title, wordsOf(of), [
		...ticks(axis.low, axis.high, 7).flatMap((value) => [line([
			x(value),
			TOP$1,
			x(value),
			bottom
		], "grid"), label(x(value), 152, formatValue(value, unit), "middle")]),
		...marks.flatMap(({ value, name }) => [line([
			x(value),
			TOP$1,
			x(value),
			bottom
		], "threshold"), label(x(value) > WIDTH$2 / 2 ? x(value) - 5 : x(value) + 5, 18, name, x(value) > WIDTH$2 / 2 ? "end" : "start")]),
		...row$2("base", base, TOP$1, {
			axis,
			x
		}),
		...row$2("head", head, 72, {
			axis,
			x
		})
	]);
}
function row$2(side, values, top, { axis, x }) {
	const floor = top + ROW$2 - 6;
	const shapes = values.length <= 40 ? points(side, values, floor, x) : bars(side, values, floor, {
		axis,
		x
	});
	return [
		label(54, top + ROW$2 / 2 + 4, side, "end"),
		line([
			LEFT$2,
			floor,
			RIGHT$2,
			floor
		], "zero"),
		...shapes
	];
}
function points(side, values, floor, x) {
	const heights = new Map();
	return values.filter(Number.isFinite).map((value) => {
		const column = Math.round(x(value) / 5);
		const height = heights.get(column) ?? 0;
		heights.set(column, height + 1);
		return dot(x(value), floor - 5 - Math.min(height, 8) * 6, side);
	});
}
function bars(side, values, floor, { axis, x }) {
	const counts = histogram(values, axis);
	const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
	const width = (axis.high - axis.low) / axis.bins;
	return counts.flatMap((count, bin) => {
		if (count === 0) return [];
		const left = x(axis.low + bin * width);
		const height = count / most * 48;
		const step = axis.high > axis.low ? x(axis.low + (bin + 1) * width) - left : 6;
		return [box([
			left,
			floor - height,
			Math.max(1, step - 1),
			height
		], side)];
	});
}
function wordsOf({ unit, base, head, marks = [] }) {
	const range = (values) => {
		const sorted = values.toSorted((one, other) => one - other);
		const [low = "", high = ""] = formatValues([sorted[0] ?? 0, sorted.at(-1) ?? 0], unit);
		return `${low} to ${high}`;
	};
	const single = marks.map(({ value, name }) => ` ${name}: ${formatValue(value, unit)}.`).join("");
	return `Base: ${range(base)}. Head: ${range(head)}.${single}`;
}
// src/core/flame/own-costs.ts
function ownCosts({ frames, functions }) {
	if (!frames.every(([caller, functionAt], at) => caller < at && caller >= -1 && functionAt < functions.length)) return [];
	const own = frames.map(([, , base, head]) => ({
		base,
		head
	}));
	for (const [caller, , base, head] of frames) {
		const above = own[caller];
		if (!above) continue;
		above.base -= base;
		above.head -= head;
	}
	return own.map(({ base, head }) => ({
		base: Math.max(0, base),
		head: Math.max(0, head)
	}));
}
// src/report/html/flame.ts
const WIDTH$1 = 1e3;
const ROW$1 = 18;
const MOST_ROWS$2 = 40;
const LEAST_WIDTH = 1.5;
const LEAST_STOP_WIDTH = 40;
const LETTER_WIDTH = 6.3;
const NAME_LIMIT$3 = 200;
const MOST_ROWS_OF_TABLE = 15;
function flameSection(benchmark) {
	const { flame } = benchmark;
	if (!flame) return "";
	const frames = placed(flame, scaleOf(benchmark, flame));
	if (frames.length === 0) return "";
	return [
		"<details><summary>Where it spends more, by call stack</summary>",
		`<p>${typeset(html(explanation$1(flame)))}</p>`,
		`<figure><div class="scroll" tabindex="0" role="region" aria-label="Call stacks">${drawn(frames)}</div>`,
		"<figcaption><span class=\"key more\"></span>costs more on head <span class=\"key less\"></span>costs less on head <span class=\"key even\"></span>as much</figcaption></figure>",
		ownTable(benchmark, flame),
		"</details>"
	].join("\n");
}
function explanation$1({ unit }) {
	return `${unit === "instructions" ? "Instructions of the simulated run, inclusive of what is called." : "Samples, inclusive of what is called, scaled to the measured times."} Shares are parts of what the base costs. Only who calls whom is known, so a function’s callees are split alike under all its callers. The whole is in flame.speedscope.json, for speedscope.app.`;
}
function scaleOf({ change, better }, { unit, totals }) {
	const ratio = change?.ratio ?? 1;
	const time = better === "lower" ? ratio : 1 / ratio;
	const head = unit === "instructions" ? 1 / totals.base : time / totals.head;
	return {
		base: usable(1 / totals.base),
		head: usable(head)
	};
}
const usable = (factor) => Number.isFinite(factor) ? factor : 0;
function placed(flame, scale) {
	if (ownCosts(flame).length === 0) return [];
	const costsOf = ([, , base, head]) => ({
		base: base * scale.base,
		head: head * scale.head
	});
	const mean = ({ base, head }) => (base + head) / 2;
	const whole = flame.frames.reduce((sum, frame) => sum + (frame[0] === -1 ? mean(costsOf(frame)) : 0), 0);
	const frames = [];
	const next = [];
	let nextRoot = 0;
	for (const frame of flame.frames) {
		const [caller, functionAt] = frame;
		const above = frames[caller];
		const { symbol, object } = flame.functions[functionAt];
		const costs = costsOf(frame);
		const width = whole > 0 ? WIDTH$1 * mean(costs) / whole : 0;
		const x = above ? next[caller] : nextRoot;
		if (above) next[caller] = x + width;
		else nextRoot = x + width;
		next.push(x);
		const name = visibleName(shortName(symbol) || symbol, NAME_LIMIT$3);
		frames.push({
			name,
			object,
			costs,
			x,
			width,
			row: above ? above.row + 1 : 0
		});
	}
	return frames.filter(({ width, row }) => width >= LEAST_WIDTH && row < MOST_ROWS$2);
}
function drawn(frames) {
	const rows = 1 + frames.reduce((most, { row }) => Math.max(most, row), 0);
	const most = frames.reduce((sum, { costs }) => Math.max(sum, Math.abs(costs.head - costs.base)), 0);
	const words = `Call stacks of both sides, ${numbered(frames.length, "frame")} in ${numbered(rows, "row")}.`;
	return `<svg class="flame" viewBox="0 0 ${WIDTH$1} ${rows * ROW$1}" role="group" aria-label="${html(words)}">${frames.map((frame) => frameShape(frame, most)).join("")}</svg>`;
}
function frameShape(frame, most) {
	const { name, object, costs, x, width, row } = frame;
	const more = costs.head - costs.base;
	const depth = most > 0 ? Math.abs(more) / most : 0;
	const kind = depth < .02 ? "even" : more > 0 ? "more" : "less";
	const title = html(`${name}, ${visibleName(object, NAME_LIMIT$3)}: ${costsText(costs)}`);
	const stop = width >= LEAST_STOP_WIDTH ? ` tabindex="0" role="img" aria-label="${title}"` : "";
	const opacity = kind === "even" ? "" : ` fill-opacity="${(.15 + .75 * depth).toFixed(2)}"`;
	const letters = Math.floor((width - 6) / LETTER_WIDTH);
	const text = letters < 3 ? "" : `<text x="${at(x + 3)}" y="${row * ROW$1 + 13}" aria-hidden="true">${html(shortened(name, letters))}</text>`;
	return `<g${stop}><title>${title}</title><rect class="${kind}"${opacity} x="${at(x)}" y="${row * ROW$1}" width="${at(Math.max(.5, width - .6))}" height="17"/>${text}</g>`;
}
function costsText({ base, head }) {
	if (base === 0) return `not on base, ${formatShare(head)} on head`;
	if (head === 0) return `${formatShare(base)} on base, not on head`;
	return `${formatShare(base)} on base, ${formatShare(head)} on head`;
}
function ownTable(benchmark, flame) {
	const scale = scaleOf(benchmark, flame);
	const sums = flame.functions.map(() => ({
		base: 0,
		head: 0
	}));
	ownCosts(flame).forEach(({ base, head }, at) => {
		const sum = sums[flame.frames[at][1]];
		sum.base += base * scale.base;
		sum.head += head * scale.head;
	});
	const change = ({ base, head }) => head - base;
	const rows = sums.map((costs, at) => ({
		costs,
		...flame.functions[at]
	})).filter(({ costs }) => Math.abs(change(costs)) >= .001).toSorted((a, b) => Math.abs(change(b.costs)) - Math.abs(change(a.costs))).slice(0, MOST_ROWS_OF_TABLE).map(({ costs, symbol, object }) => {
		const sign = change(costs) < 0 ? "−" : "+";
		const figures = [
			formatShare(costs.base),
			formatShare(costs.head),
			sign + formatShare(Math.abs(change(costs)))
		].map((text) => `<td class="figure">${typeset(html(text))}</td>`).join("");
		return `<tr><td>${`${htmlCode(shortName(symbol) || symbol, NAME_LIMIT$3)}<small>${html(visibleName(object, NAME_LIMIT$3))}</small>`}</td>${figures}</tr>`;
	});
	if (rows.length === 0) return "";
	return `<p>What differs most in the functions themselves:</p><div class="scroll" tabindex="0" role="region" aria-label="Own costs"><table><thead><tr><th>Function</th>${[
		"Base",
		"Head",
		"Difference"
	].map((text) => `<th class="figure">${text}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}
// src/report/html/hot.ts
const MOST_ROWS$1 = 50;
const NAME_LIMIT$2 = 200;
const SECTION_LIMIT = 40;
const USUAL_LINE_BYTES = 64;
const NOTHING = "–";
function hotTable({ hot = [], counters }) {
	if (hot.length === 0) return "";
	const { l1i, l1d } = counters?.geometry ?? {};
	const bytes = {
		function: lineBytes(l1i),
		data: lineBytes(l1d)
	};
	const sorted = hot.toSorted((one, other) => heat(other) - heat(one));
	const rest = sorted.length - MOST_ROWS$1;
	const heads = HEADS.map(([text, kind]) => `<th${kind === "text" ? "" : " class=\"figure\""}>${text}</th>`);
	const rows = sorted.slice(0, MOST_ROWS$1).map((row) => rowOf(row, bytes[row.kind ?? "function"]));
	return [
		"<details><summary>Where the hot code is</summary>",
		`<p>${typeset(explanation(bytes))}</p>`,
		`<div class="scroll" tabindex="0" role="region" aria-label="Hot code"><table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`,
		...rest > 0 ? [`<p>${numbered(rest, "more row")} in report.json only</p>`] : [],
		"</details>"
	].join("\n");
}
const HEADS = [
	["Symbol", "text"],
	["What became of it", "text"],
	["Side", "figure"],
	["Share", "figure"],
	["Address", "figure"],
	["Section", "figure"],
	["Byte of its line", "figure"],
	["Lines", "figure"],
	["Pages", "figure"],
	["Sets", "figure"]
];
function explanation(bytes) {
	return `Addresses are those of the link. A line has ${bytes.function === bytes.data ? `${bytes.function} bytes` : `${bytes.function} bytes (for data, ${bytes.data})`}, a page 4096 bytes. Sets are those of the first-level instruction cache, for data of the data cache.`;
}
function lineBytes(geometry) {
	const line = Number(geometry?.split(",")[2]);
	return Number.isSafeInteger(line) && line > 0 ? line : USUAL_LINE_BYTES;
}
function heat({ base, head }) {
	return Math.max(base?.share ?? 0, head?.share ?? 0);
}
function rowOf(row, line) {
	const { symbol, object, kind, state } = row;
	const places = SIDES.flatMap((side) => row[side] ? [{
		side,
		place: row[side]
	}] : []);
	const cells = [places.map(({ side }) => side), ...COLUMNS$1.map((column) => places.map(({ place }) => typeset(html(column(place, line)))))].map((texts) => `<td class="figure">${texts.map((text) => `<div>${text}</div>`).join("")}</td>`);
	const holder = `${kind === "data" ? "data in" : "in"} ${html(visibleName(object, NAME_LIMIT$2))}`;
	return `<tr><td>${htmlCode(symbol, NAME_LIMIT$2)}<small>${holder}</small></td><td>${state}</td>${cells.join("")}</tr>`;
}
const SIDES = ["base", "head"];
const COLUMNS$1 = [
	({ share }) => formatShare(share),
	({ address }) => formatAddress(address),
	({ section }) => section === void 0 ? NOTHING : visibleName(section, SECTION_LIMIT),
	({ address }, line) => String(Math.trunc(address) % line),
	({ lines }) => String(lines ?? NOTHING),
	({ pages }) => String(pages ?? NOTHING),
	({ sets = [] }) => sets.length > 0 ? setRuns(sets).join(", ") : NOTHING
];
// src/report/html/ratios.ts
const SIZE = [720, 220];
const LEFT$1 = 64;
const RIGHT$1 = 708;
const TOP = 16;
const BOTTOM = 190;
const MOST_ROUNDS = 300;
const MINIMUM_SPREAD = 1.02;
function ratiosPicture(benchmark) {
	const { change, threshold, better } = benchmark;
	if (!change) return "";
	const rounds = roundsIn(benchmark) ?? [];
	const pairs = thinned$1(ratios(rounds, "head"));
	const copies = thinned$1(ratios(rounds, "control"));
	if (pairs.length === 0) return "";
	const limit = better === "lower" ? 1 + threshold : 1 / (1 + threshold);
	const values = [...pairs, ...copies].map(({ ratio }) => ratio).toSorted((one, other) => one - other);
	const anchors = [
		1,
		limit,
		change.low,
		change.high
	];
	const [least, most] = reachOf(values);
	const low = Math.min(least, ...anchors);
	const high = Math.max(most, ...anchors);
	const scale = scaleOf$1([Math.log(low), Math.log(high)], [BOTTOM, TOP]);
	const y = (ratio) => Math.min(BOTTOM, Math.max(TOP, scale(Math.log(ratio))));
	const x = scaleOf$1([1, Math.max(2, rounds.length)], [72, 700]);
	const point = (kind) => ({ round, ratio }) => ratio < low || ratio > high ? edge(x(round), ratio > high, kind) : dot(x(round), y(ratio), kind);
	const words = `The median change is ${formatChange(change.ratio)}, its interval ${formatInterval(change)}, the threshold ${formatShare(threshold)}.`;
	return picture(SIZE, "Change in each round", words, [
		...marksOf(low, high).flatMap((ratio) => tick(ratio, y)),
		box([
			LEFT$1,
			y(change.high),
			644,
			y(change.low) - y(change.high)
		], "interval"),
		line([
			LEFT$1,
			y(1),
			RIGHT$1,
			y(1)
		], "zero"),
		line([
			LEFT$1,
			y(limit),
			RIGHT$1,
			y(limit)
		], "threshold"),
		label(RIGHT$1, y(limit) - 4, "threshold", "end"),
		line([
			LEFT$1,
			y(change.ratio),
			RIGHT$1,
			y(change.ratio)
		], "median"),
		...copies.map(point("control")),
		...pairs.map(point("head")),
		label(LEFT$1, SIZE[1] - 6, "round 1"),
		label(RIGHT$1, SIZE[1] - 6, `round ${rounds.length}`, "end")
	]);
}
function marksOf(low, high) {
	if (high / low < 3) return ticks((low - 1) * 100, (high - 1) * 100, 6).map((percent) => 1 + percent / 100);
	const [first, last] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))];
	const step = Math.ceil((last - first + 1) / 8);
	return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => 2 ** (first + index * step));
}
function tick(ratio, y) {
	const height = y(ratio);
	return [line([
		LEFT$1,
		height,
		RIGHT$1,
		height
	], "grid"), label(58, height + 4, formatChange(ratio), "end")];
}
function edge(x, above, kind) {
	const [tip, foot] = above ? [12, 20] : [194, 186];
	return `<path class="${kind}" d="M${at(x)} ${tip}l4 ${foot - tip}h-8z"/>`;
}
function reachOf(sorted) {
	const [from, to] = [quantile(sorted, .02), quantile(sorted, .98)];
	const spread = Math.max(to / from, MINIMUM_SPREAD);
	return [Math.max(quantile(sorted, 0), from / spread), Math.min(quantile(sorted, 1), to * spread)];
}
function quantile(sorted, share) {
	return sorted[Math.round((sorted.length - 1) * share)] ?? 1;
}
function ratios(rounds, part) {
	return rounds.map((round, index) => ({
		round: index + 1,
		ratio: median(round[part]) / median(round.base)
	})).filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
}
function thinned$1(rounds) {
	const step = Math.ceil(rounds.length / MOST_ROUNDS);
	return step <= 1 ? rounds : rounds.filter((_, index) => index % step === 0);
}
// src/report/html/sets.ts
const WIDTH = 720;
const LEFT = 190;
const RIGHT = 708;
const ROW = 14;
const GAP = 26;
const MOST_SUSPECTS = 12;
const MOST_SETS = 4096;
function setsPicture({ suspects = [], counters }) {
	const shown = suspects.filter(({ evidence }) => evidence.sets !== void 0).slice(0, MOST_SUSPECTS);
	if (shown.length === 0) return "";
	const count = setCount(shown, counters?.geometry?.l1i);
	const height = 2 * (shown.length * ROW + GAP) + 8;
	const words = `${shown.length} suspects over ${count} sets; on the head side ${crowded$1(shown, "head").size} sets hold more than one of them, on the base side ${crowded$1(shown, "base").size}.`;
	return picture([WIDTH, height], "Cache sets of the suspects", words, [...rows(shown, "base", {
		top: 0,
		count
	}), ...rows(shown, "head", {
		top: shown.length * ROW + GAP,
		count
	})]);
}
function setCount(suspects, geometry) {
	const [size = 0, ways = 0, lineBytes = 0] = (geometry ?? "").split(",").map(Number);
	const told = size / (ways * lineBytes);
	const highest = Math.max(0, ...suspects.flatMap(({ evidence }) => [...evidence.sets?.base ?? [], ...evidence.sets?.head ?? []].slice(0, MOST_SETS)));
	const needed = Math.min(MOST_SETS, 2 ** Math.ceil(Math.log2(highest + 1)));
	return Number.isSafeInteger(told) && told >= needed && told <= MOST_SETS ? told : Math.max(8, needed);
}
function crowded$1(suspects, side) {
	const all = suspects.flatMap(({ evidence }) => [...new Set(evidence.sets?.[side] ?? [])]);
	const seen = new Set();
	return new Set(all.filter((set) => seen.has(set) || !seen.add(set)));
}
function rows(suspects, side, { top, count }) {
	const shared = crowded$1(suspects, side);
	const width = 518 / count;
	const bottom = top + GAP - 8 + suspects.length * ROW;
	return [
		label(LEFT, top + 12, `${side}: sets 0 to ${count - 1}`),
		...suspects.flatMap(({ symbol, evidence }, index) => {
			const y = top + GAP - 8 + index * ROW;
			const sets = [...new Set(evidence.sets?.[side] ?? [])].filter((set) => set < count).slice(0, MOST_SETS);
			return [
				label(182, y + 10, shortened(symbol, 26), "end"),
				line([
					LEFT,
					y + ROW - 1,
					RIGHT,
					y + ROW - 1
				], "grid"),
				...sets.map((set) => box([
					LEFT + set * width,
					y + 1,
					Math.max(1, width - .5),
					11
				], shared.has(set) ? "crowded" : side))
			];
		}),
		line([
			LEFT,
			bottom,
			RIGHT,
			bottom
		], "zero")
	];
}
// src/report/html/suspects.ts
const MOST_ROWS = 50;
const NAME_LIMIT$1 = 200;
const MECHANISMS = {
	"set-conflict": "shares cache sets",
	"data-set-conflict": "shares data-cache sets",
	alignment: "lost its alignment",
	straddle: "crosses a line boundary",
	moved: "moved"
};
function suspectsTable({ suspects = [], counters }) {
	if (suspects.length === 0) return "";
	const of = counters?.source === "simulated" ? "instructions" : "time";
	const ranked = suspects.toSorted((one, other) => one.rank - other.rank);
	const heads = [
		"",
		"Symbol",
		`Share of ${of}`,
		"Base address",
		"Head address",
		"What happened",
		"Sets",
		"Misses"
	];
	const rows = ranked.slice(0, MOST_ROWS).map(row$1);
	const rest = ranked.length - MOST_ROWS;
	return [
		"<h3>Suspects</h3>",
		crowded(ranked),
		`<div class="scroll" tabindex="0" role="region" aria-label="Suspects"><table><thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`,
		...rest > 0 ? [`<p>${numbered(rest, "more suspect")} in report.json only</p>`] : []
	].join("\n");
}
function crowded(suspects) {
	const uses = new Map();
	for (const { evidence } of suspects) for (const set of new Set(evidence.sets?.head ?? [])) uses.set(set, (uses.get(set) ?? 0) + 1);
	const shared = [...uses].filter(([, count]) => count > 1).map(([set]) => set);
	if (shared.length === 0) return "";
	const crowd = suspects.filter(({ evidence }) => evidence.sets?.head.some((set) => shared.includes(set)));
	const sentence = `${counted(crowd.length, "suspect")} now meet in ${setRanges(shared)}.`;
	return `<p>${html(sentence.charAt(0).toUpperCase() + sentence.slice(1))}</p>`;
}
function row$1({ rank, symbol, object, kind, evidence }, _index) {
	const { share, from, to, sets, misses, mechanism, lineOffset, sharedWith = [] } = evidence;
	const detail = lineOffset ? `<small>byte ${lineOffset.base} → ${lineOffset.head} of a line</small>` : sharedWith.length > 0 ? `<small>with ${listed(sharedWith.slice(0, 3).map((name) => htmlCode(name, 40)))}${sharedWith.length > 3 ? ` and ${sharedWith.length - 3} more` : ""}</small>` : "";
	const cells = [
		formatShare(share),
		formatAddress(from),
		from === to ? "the same" : formatAddress(to)
	].map((text) => `<td class="figure">${typeset(html(text))}</td>`);
	const holder = `${kind === "data" ? "data in" : "in"} ${htmlCode(object, NAME_LIMIT$1)}`;
	const runs = sets && sets.head.length > 0 ? setRuns(sets.head).join(", ") : "–";
	const missed = misses ? `${formatCount(misses.base)} → ${formatCount(misses.head)}` : "–";
	return `<tr><td class="figure">${rank}</td><th scope="row">${htmlCode(symbol, NAME_LIMIT$1)}<small>${holder}</small></th>${cells.join("")}<td>${MECHANISMS[mechanism]}${detail}</td><td class="figure">${html(runs)}</td><td class="figure">${typeset(html(missed))}</td></tr>`;
}
// src/report/html/evidence.ts
const DEPTH = {
	items: 20,
	rows: 40
};
function benchmarkArticle(benchmark, anchor, open) {
	const { name, cause, reason } = benchmark;
	const why = cause ? `: ${html(causeWords(cause, benchmark))}` : "";
	const sections = evidenceOf(benchmark, DEPTH).filter(({ drawing }) => drawing !== "samples");
	return [
		`<article id="${anchor}"><details${open ? " open" : ""}><summary><h2>${htmlCode(name, 200)} is ${findingWord(benchmark)}${why}</h2></summary>`,
		...reason === void 0 ? [] : [`<p>${htmlProse(reason)}</p>`],
		samplesFigures(benchmark),
		...sections.map((section) => section.drawing === "sets" ? `${suspectsTable(benchmark)}\n${figureOf(section, benchmark)}` : `${sectionHtml(section)}\n${figureOf(section, benchmark)}`),
		flameSection(benchmark),
		annotatedCode(benchmark),
		hotTable(benchmark),
		repeatBlock(benchmark),
		"</details></article>"
	].join("\n");
}
function repeatBlock(benchmark) {
	const command = repeatCommand(benchmark);
	return command === void 0 ? "" : `<h3>Repeat it in a clone</h3>\n<div class="scroll" tabindex="0" role="region" aria-label="Command that repeats it"><pre><code>${html(command)}</code></pre></div>`;
}
function figureOf({ drawing }, benchmark) {
	if (drawing === "layouts") return layoutsFigure(benchmark);
	return drawing === "sets" ? figure$1(setsPicture(benchmark), SETS_KEY) : "";
}
const RATIOS_KEY = "<span class=\"key head\"></span>head/base <span class=\"key ring\"></span>control, base/base; the band is the interval of the median";
const SETS_KEY = "<span class=\"key base\"></span>base <span class=\"key head\"></span>head <span class=\"key crowded\"></span>shared by several suspects";
function samplesFigures(benchmark) {
	const { base, head, unit } = benchmark;
	const both = {
		title: "Values of both sides",
		unit,
		base: base?.samples ?? [],
		head: head?.samples ?? []
	};
	return `${figure$1(ratiosPicture(benchmark), RATIOS_KEY)}\n${figure$1(distributionPicture(both), "All measured values")}`;
}
function layoutsFigure({ trials, unit, base, head }) {
	const layout = trials?.layout;
	if (!layout) return "";
	const marks = [...base ? [{
		value: base.median,
		name: "base as built"
	}] : [], ...head ? [{
		value: head.median,
		name: "head as built"
	}] : []];
	return figure$1(distributionPicture({
		title: "Layout trial",
		unit,
		base: layout.base,
		head: layout.head,
		marks
	}), `Median of each of ${layout.layouts} random layouts a side`);
}
function figure$1(drawing, caption) {
	return drawing === "" ? "" : `<figure><div class="scroll" tabindex="0" role="region" aria-label="${caption.replace(/<[^>]*>/g, "")}">${drawing}</div><figcaption>${caption}</figcaption></figure>`;
}
function sectionHtml(section) {
	const { title, paragraphs = [], items = [], numbered, more = 0, rows = [] } = section;
	const list = items.map((item) => `<li>${htmlProse(item)}</li>`).join("");
	return [
		`<h3>${html(title)}</h3>`,
		...paragraphs.map((text) => `<p>${htmlProse(text)}</p>`),
		...list === "" ? [] : [numbered ? `<ol>${list}</ol>` : `<ul>${list}</ul>`],
		...more > 0 ? [`<p>and ${more} more</p>`] : [],
		...rows.length > 0 ? [counterTable(rows)] : []
	].join("\n");
}
function counterTable(rows) {
	const body = rows.map(({ label, base, head, change, differs }) => {
		const cells = [
			base,
			head,
			change
		].map((text) => `<td class="figure">${typeset(html(text))}</td>`).join("");
		return `<tr${differs ? " class=\"differs\"" : ""}><td>${html(label)}</td>${cells}</tr>`;
	});
	return `<div class="scroll" tabindex="0" role="region" aria-label="Counters"><table><thead><tr><th>Counter</th>${[
		"Base",
		"Head",
		"Change"
	].map((text) => `<th class="figure">${text}</th>`).join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}
// src/report/html/script.ts
const SCRIPT = `
const table = document.querySelector('#benchmarks')
const tools = document.querySelector('.tools')
if (table && tools) {
  tools.hidden = false
  const rows = [...table.tBodies[0].rows]
  const [text, finding] = [tools.querySelector('input'), tools.querySelector('select')]
  const count = tools.querySelector('output')
  const filter = () => {
    const wanted = text.value.toLowerCase()
    let shown = 0
    for (const row of rows) {
      const fits = row.dataset.name.toLowerCase().includes(wanted)
      const ok = fits && (finding.value === '' || row.dataset.finding === finding.value)
      row.hidden = !ok
      if (ok) shown++
    }
    count.textContent = shown + ' of ' + rows.length
  }
  text.addEventListener('input', filter)
  finding.addEventListener('change', filter)
  filter()
  const heads = [...table.tHead.rows[0].cells]
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') !== 'descending'
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent
    const order = (one, other) => {
      const [a, b] = [key(one), key(other)]
      const numbers = a !== '' && b !== '' && isFinite(a) && isFinite(b)
      const by = numbers ? a - b : a < b ? -1 : a > b ? 1 : 0
      return down ? -by : by
    }
    table.tBodies[0].append(...rows.sort(order))
  }))
}
const open = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  if (target) { for (const part of target.querySelectorAll(':scope > details')) part.open = true; target.scrollIntoView() }
}
addEventListener('hashchange', open)
open()
`;
const SCRIPT_HASH = "sha256-qEcvc7tZCRBrJi76mfNFZe2dcoHS1S6EFdG65vSDf1U=";
// src/report/html/table.ts
const COLUMNS = [
	["Benchmark", "text"],
	["Change", "figure"],
	["Finding", "text"],
	["Base", "figure"],
	["Head", "figure"],
	["Control", "figure"],
	["Rounds", "figure"]
];
const TOOLS_FROM = 10;
function benchmarkTable(benchmarks, anchor) {
	if (benchmarks.length === 0) return "";
	const labels = labelsOf(benchmarks, 80);
	const heads = COLUMNS.map(([text, kind]) => `<th scope="col"${kind === "figure" ? " class=\"figure\"" : ""}><button type="button">${text}</button></th>`);
	const rows = benchmarks.map((benchmark) => row(benchmark, labels.of(benchmark), anchor(benchmark)));
	const prefix = labels.prefix === "" ? "" : ` Each name starts with ${htmlCode(labels.prefix)}.`;
	return [
		benchmarks.length >= TOOLS_FROM ? tools(benchmarks) : "",
		`<div class="scroll tall" tabindex="0" role="region" aria-label="Benchmarks"><table id="benchmarks"><caption>Benchmarks, worst first.${prefix}</caption>`,
		`<thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`
	].join("\n");
}
function tools(benchmarks) {
	return `<form class="tools" hidden><label>Name <input type="search" autocomplete="off"></label> <label>Finding <select><option value="">all</option>${[...new Set(benchmarks.map(findingWord))].map((word) => `<option>${word}</option>`).join("")}</select></label> <output></output></form>`;
}
function row(benchmark, label, anchor) {
	const { name, change, control, rounds, threshold, base, head } = benchmark;
	const [baseText, headText] = medianTexts(benchmark);
	const other = otherText(benchmark);
	const otherCell = other === void 0 ? "" : `<small>${figure(other)}</small>`;
	const changed = change ? `${figure(formatChange(change.ratio))}<small>${figure(formatInterval(change))}</small>${otherCell}` : "–";
	const copies = control ? `${figure(formatChange(control.ratio))}<small>${control.fit ? "fit" : "not fit"}</small>` : "–";
	const cells = [
		`<th scope="row">${anchor === void 0 ? htmlCode(label) : `<a href="#${anchor}">${htmlCode(label)}</a>`}<small>threshold ${figure(formatShare(threshold))}</small></th>`,
		cell(changed, change?.ratio),
		finding(benchmark),
		cell(figure(baseText), base?.median),
		cell(figure(headText), head?.median),
		cell(copies, control?.ratio),
		cell(String(rounds), rounds)
	];
	return `<tr data-name="${html(name)}" data-finding="${findingWord(benchmark)}">${cells.join("")}</tr>`;
}
function cell(content, value) {
	return `<td class="figure"${value !== void 0 && Number.isFinite(value) ? ` data-value="${value}"` : ""}>${content}</td>`;
}
function figure(text) {
	return typeset(html(text));
}
function finding(benchmark) {
	const { cause, decision, reason } = benchmark;
	const kind = decision === "slower" || decision === "masked" || isBroken(benchmark) ? "bad" : TONES[decision] ?? "";
	const symbol = mainFunction(benchmark);
	const where = symbol === void 0 ? "" : ` ${htmlCode(symbol)}`;
	const why = reason === void 0 || decision === "undecided" ? "" : htmlProse(reason);
	const small = cause ? `${html(causeWords(cause, benchmark))}${where}` : why;
	return `<td><span class="${kind}">${findingWord(benchmark)}</span>${small === "" ? "" : `<small>${small}</small>`}</td>`;
}
const TONES = {
	faster: "good",
	undecided: "open",
	unmeasured: "open",
	removed: "open"
};
// src/report/html/page.ts
const MOST_ARTICLES = 100;
const MOST_UNDECIDED = 20;
const OPEN = 3;
const OUTPUT_LINES = 20;
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;
function htmlText(report) {
	const ordered = worstFirst(report.benchmarks);
	const articles = chosen(ordered);
	const anchors = new Map(articles.map((benchmark, index) => [benchmark, `benchmark-${index + 1}`]));
	const rest = ordered.filter(hasArticle).length - articles.length;
	return [
		"<!doctype html>",
		"<html lang=\"en\"><head><meta charset=\"utf-8\">",
		`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">",
		`<title>${html(verdictTitle(report))} – Perf Verdict</title><style>${STYLE}</style></head><body>`,
		header(report),
		"<main>",
		...report.errors.map(fault),
		...lastWords(ordered).map(fault),
		contents(articles, anchors),
		benchmarkTable(ordered, (benchmark) => anchors.get(benchmark)),
		reasons(ordered),
		...articles.map((benchmark, index) => benchmarkArticle(benchmark, `benchmark-${index + 1}`, index < OPEN && isBreach(benchmark))),
		...rest > 0 ? [`<p>${rest} more benchmarks are described in report.json only.</p>`] : [],
		...measured(report),
		`</main><script>${SCRIPT}<\/script></body></html>\n`
	].join("\n");
}
function chosen(ordered) {
	const some = ordered.filter(hasArticle);
	const open = new Set(some.filter(({ decision }) => decision === "undecided").slice(0, MOST_UNDECIDED));
	return some.filter((row) => row.decision !== "undecided" || open.has(row)).slice(0, MOST_ARTICLES);
}
function isBreach({ decision }) {
	return decision === "slower";
}
function header(report) {
	const [word = "", ...parts] = statusParts(report);
	const links = linksOf(report.run?.url, report);
	const titles = [["Base", report.base], ["Head", report.head]];
	const commit = (sha) => {
		const address = links?.commit(sha);
		const short = htmlCode(sha.slice(0, 10));
		return address === void 0 ? short : `<a href="${html(address)}">${short}</a>`;
	};
	const run = links ? ` · <a href="${html(links.run)}">run</a>` : "";
	return [
		`<header class="${report.verdict}"><h1>${htmlProse(report.sentence)}</h1>`,
		`<p class="status"><span class="word">${html(word)}</span> · ${parts.map(htmlProse).join(" · ")}${run}</p>`,
		...remarksOf(report).map((text) => `<p>${htmlProse(text)}</p>`),
		...titles.flatMap(([side, { sha, title }]) => sha === "" ? [] : [`<p class="status">${side}: ${commit(sha)} ${html(title ?? "")}</p>`]),
		"</header>"
	].join("\n");
}
function contents(articles, anchors) {
	if (articles.length < 2) return "";
	const items = articles.map((benchmark) => `<li><a href="#${anchors.get(benchmark)}">${htmlCode(benchmark.name)}</a></li>`);
	return `<nav aria-label="Contents"><details><summary>Contents: ${articles.length} explanations</summary><ul>${items.join("")}<li><a href="#measured">How this was measured</a></li></ul></details></nav>`;
}
function reasons(ordered) {
	const sentences = sharedReasons(ordered.filter(({ decision }) => decision === "undecided"));
	if (sentences.length === 0) return "";
	return `<section><h2>Not settled</h2><ul>${sentences.map((text) => `<li>${htmlProse(text)}</li>`).join("")}</ul></section>`;
}
const FOLDED = new Set(["How it was measured", "Machine"]);
function measured(report) {
	const list = (sentences) => `<ul>${sentences.map((text) => `<li>${htmlProse(text)}</li>`).join("")}</ul>`;
	return [
		"<article id=\"measured\"><h2>How this was measured</h2>",
		...measuredFacts(report).map(({ title, sentences }) => FOLDED.has(title) ? `<details><summary>${html(title)}</summary>${list(sentences)}</details>` : `<h3>${html(title)}</h3>${list(sentences)}`),
		"</article>"
	];
}
function fault({ what, detail = "" }) {
	const output = detail.trim() === "" ? "" : `<pre>${outputLines(detail, OUTPUT_LINES).map(html).join("\n")}</pre>`;
	return `<section><p>${htmlProse(what)}</p>${output}</section>`;
}
function hasArticle(benchmark) {
	return (isNotable(benchmark) || benchmark.cause !== void 0) && benchmark.base !== void 0 && benchmark.head !== void 0;
}
// src/core/report-file/bisection-schema.ts
const fields = benchmarkSchema.unwrap().shape;
const commit = record({
	sha: string().regex(/^[0-9a-f]{40,64}$/),
	title: text.exactOptional()
});
const step = record({
	kind: _enum([
		"range",
		"between",
		"last"
	]),
	base: commit,
	head: commit,
	position: whole,
	answer: _enum([
		"above",
		"below",
		"open",
		"broken"
	]),
	decision: fields.decision.exactOptional(),
	reason: text.exactOptional(),
	change: fields.change,
	rounds: whole,
	seconds: count
});
const bisectionSchema = record({
	schema: literal(1),
	outcome: _enum([
		"commit",
		"range",
		"steps",
		"crossing",
		"nothing",
		"open",
		"unfinished"
	]),
	sentence: text,
	tool: record({
		name: literal("perf-verdict"),
		version: text
	}),
	seeks: _enum(["faster"]).exactOptional(),
	good: commit,
	bad: commit,
	commits: whole,
	benchmark: record({
		name: text,
		threshold: count,
		midpoint: finite.exactOptional()
	}).exactOptional(),
	others: list(text, 1e4),
	steps: list(step, 1e4),
	candidates: list(commit),
	candidateCount: whole,
	ranked: list(record({
		...commit.unwrap().shape,
		probability: count.max(1)
	})).exactOptional(),
	after: commit.exactOptional(),
	cause: fields.cause,
	alpha: count.max(1),
	mostDecisions: whole,
	seed: finite,
	startedAt: text,
	seconds: count,
	notes: list(text)
});
// src/report/json/thin.ts
const STEPS = [
	(benchmark) => benchmark.decision === "unchanged" ? without(benchmark, ["hot", "touched"]) : benchmark,
	(benchmark) => benchmark.decision === "slower" ? benchmark : without(benchmark, ["flame", "annotated"]),
	(benchmark) => without(benchmark, ["flame", "annotated"]),
	(benchmark) => ({
		...benchmark,
		...benchmark.hot && { hot: benchmark.hot.slice(0, 50) }
	}),
	(benchmark) => ({
		...benchmark,
		...samplesAtMost(benchmark, 200)
	}),
	(benchmark) => benchmark.decision === "slower" ? benchmark : without(benchmark, [
		"hot",
		"touched",
		"displacers",
		"suspects",
		"counters"
	]),
	(benchmark) => ({
		...without(benchmark, [
			"hot",
			"touched",
			"trials"
		]),
		...remediesOf(benchmark),
		...samplesAtMost(benchmark, 30)
	}),
	(benchmark) => without({
		...benchmark,
		...samplesAtMost(benchmark, 0),
		...causeInWords(benchmark)
	}, [
		"displacers",
		"suspects",
		"counters",
		"trials"
	])
];
function thinned(report, units, write) {
	let text = write(report);
	let thinner = report;
	for (const [index, step] of STEPS.entries()) {
		if (text.length <= units) return text;
		const note = `This report was too large and was thinned out in ${index + 1} of ${STEPS.length} steps; every decision is in it.`;
		thinner = {
			...thinner,
			benchmarks: thinner.benchmarks.map(step)
		};
		text = write({
			...thinner,
			notes: [...report.notes, note]
		});
	}
	return text;
}
function without(benchmark, fields) {
	return Object.fromEntries(Object.entries(benchmark).filter(([field]) => !fields.some((name) => name === field)));
}
function causeInWords({ cause }) {
	if (!cause) return {};
	const { signs: _, ...words } = cause;
	return { cause: words };
}
function remediesOf({ trials }) {
	return trials?.remedies ? { trials: { remedies: trials.remedies } } : {};
}
function samplesAtMost({ base, head, control }, most) {
	const longest = Math.max(base?.samples.length ?? 0, head?.samples.length ?? 0);
	const step = Math.max(1, Math.ceil(longest / Math.max(1, most)));
	const fewer = (samples, part) => most === 0 ? [] : samples.filter((_, index) => Math.floor(index / runsPerRound(part)) % step === 0);
	return {
		...base && { base: {
			...base,
			samples: fewer(base.samples, "base")
		} },
		...head && { head: {
			...head,
			samples: fewer(head.samples, "head")
		} },
		...control && { control: {
			...control,
			...control.samples && { samples: fewer(control.samples, "control") }
		} }
	};
}
// src/report/json/json.ts
const LARGEST = 7340032;
function jsonText(report) {
	return thinned(report, LARGEST, write);
}
function write(report) {
	const parsed = reportSchema.safeParse(report);
	const fitting = parsed.success ? parsed.data : reportSchema.parse(cut(report, parsed.error.issues));
	return `${visibleJson(fitting, 2).replace(NUMBERS_ON_LINES, onOneLine)}\n`;
}
const NUMBERS_ON_LINES = /\[\n\s+-?\d[\d.e+-]*(?:,\n\s+-?\d[\d.e+-]*)*\n\s+\]/g;
function onOneLine(numbers) {
	return numbers.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]");
}
function flat(issue) {
	return [issue, ...(issue.errors?.flat().flatMap(flat) ?? []).map((each) => ({
		...each,
		path: [...issue.path, ...each.path]
	}))];
}
function cut(report, issues) {
	const copy = structuredClone(report);
	for (const { code, path, maximum } of issues.flatMap(flat)) {
		const key = path.at(-1);
		const record = asRecord(path.slice(0, -1).reduce((value, step) => asRecord(value)?.[step], copy));
		if (code !== "too_big" || key === void 0 || !record) continue;
		record[key] = shorter(record[key], Number(maximum));
	}
	return copy;
}
function asRecord(value) {
	return typeof value === "object" && value !== null ? value : void 0;
}
function shorter(value, limit) {
	if (Array.isArray(value)) return value.slice(0, limit);
	if (typeof value !== "string") return value;
	return `${value.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
function bisectionJson(bisection) {
	return `${visibleJson(bisectionSchema.parse(bisection), 2)}\n`;
}
// src/report/json/speedscope.ts
const NAME_LIMIT = 400;
function speedscopeText(report) {
	const frames = [];
	const profiles = report.benchmarks.flatMap(({ name, flame }) => {
		if (!flame) return [];
		const first = frames.length;
		frames.push(...flame.functions.map(({ symbol, object }) => ({
			name: visibleName(shortName(symbol) || symbol, NAME_LIMIT),
			file: visibleName(object, NAME_LIMIT)
		})));
		const title = visibleName(name, NAME_LIMIT);
		return SIDES$1.map((side) => ({
			type: "sampled",
			name: `${title} (${side}, ${flame.unit})`,
			unit: "none",
			...stacksOf(flame, side, first)
		}));
	});
	if (profiles.length === 0) return void 0;
	const { name, version } = report.tool;
	const file = {
		$schema: "https://www.speedscope.app/file-format-schema.json",
		exporter: `${name}@${version}`,
		name: visibleName(`${report.base.sha.slice(0, 10)}..${report.head.sha.slice(0, 10)}`, NAME_LIMIT),
		activeProfileIndex: 0,
		shared: { frames },
		profiles
	};
	return `${JSON.stringify(file)}\n`;
}
function stacksOf(flame, side, first) {
	const own = ownCosts(flame);
	const stacks = [];
	const samples = [];
	const weights = [];
	own.forEach((costs, at) => {
		const [caller, functionAt] = flame.frames[at];
		stacks[at] = [...stacks[caller] ?? [], first + functionAt];
		if (costs[side] === 0) return;
		samples.push(stacks[at]);
		weights.push(costs[side]);
	});
	return {
		startValue: 0,
		endValue: weights.reduce((sum, weight) => sum + weight, 0),
		samples,
		weights
	};
}
// src/flow/publish/deliver.ts
const REPORTS = [
	"report.json",
	"report.md",
	"report.html"
];
const FLAME = "flame.speedscope.json";
const BISECTIONS = ["bisect.json", "bisect.md"];
async function openReports(path, workspace, dry = false) {
	return await openOutFolder({
		path,
		root: workspace,
		files: [
			...REPORTS,
			FLAME,
			...BISECTIONS
		],
		dry
	});
}
async function deliver(report, out, speaker) {
	const link = report.run?.url;
	const comment = commentText(report, {
		...speaker,
		...link === void 0 ? {} : { link }
	});
	const flame = speedscopeText(report);
	await out.write({
		...flame !== void 0 && { [FLAME]: flame },
		"report.json": jsonText(report),
		"report.md": comment,
		"report.html": htmlText(report)
	});
	const at = (name) => join(out.path, name);
	return {
		json: at("report.json"),
		markdown: at("report.md"),
		html: at("report.html"),
		comment
	};
}
async function keepPartial(report, out) {
	await out.write({ "report.json": jsonText(report) });
}
async function deliverBisection(bisection, out) {
	await out.write({
		"bisect.json": bisectionJson(bisection),
		"bisect.md": bisectionMarkdown(bisection)
	});
	return {
		json: join(out.path, "bisect.json"),
		markdown: join(out.path, "bisect.md")
	};
}
export { jsonText as a, beforeStep as c, stepLine as d, stepWord as f, openReports as i, commitText as l, deliverBisection as n, bisectionFacts as o, keepPartial as r, bisectionStatus as s, deliver as t, shortSha as u };
