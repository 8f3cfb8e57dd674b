import { i as quoted, n as listed, r as numbered, t as counted } from "./text.js";
import { a as html, o as htmlCode, r as code, s as plainLine, t as cell } from "./encode.js";
import { i as typeset, r as prose, t as cellProse } from "./prose.js";
import { c as number, f as string, i as boolean, l as object, m as union, n as _enum, o as literal, p as tuple, r as array, u as record$1 } from "./schemas.js";
import { t as POLICY_NAMES } from "./policies.js";
import { t as VERSION } from "./version.js";
import { $ as shortName, A as hiddenWork, B as cpuTimeSentences, D as isOpenSoFar, F as outputLines, G as findingWord, J as isUnreproducible, K as infersSource, L as counterRows, N as ratioInTime, Ot as DEFAULT_POLICIES, P as fence, Q as worstFirst, W as causeWords, Y as mainFunction, Z as isBroken, k as verdictTitle, q as isSourceUnknown, tt as lostToWaiting, vt as exitCode, yt as findingsOf } from "./exact-rows.js";
import { a as hasCause, r as METRIC_NAMES } from "./harness-name.js";
import { i as measuredFacts } from "./events.js";
import { a as formatDuration, c as formatInterval, d as formatValues, i as formatCount, l as formatShare, n as formatBytes, o as formatExtent, r as formatChange, s as formatFactor, t as formatAddress, u as formatValue } from "./format.js";
// src/report/words/meaning.ts
function meaningOf(benchmark) {
	if (benchmark.decision === "masked") return MASKED;
	if (lostToWaiting(benchmark.decision, benchmark.cpuTime) === "parallelism") return LESS_PARALLEL;
	return benchmark.decision === "faster" ? faster(benchmark) : slower(benchmark);
}
const LESS_PARALLEL = "The change does the same work on fewer CPUs at once: threads wait for each other, or there are fewer of them. The slowdown comes with this change.";
const MASKED = "The additional work comes with this change. As built a luckier layout hides it, and the next commit that moves this code may take that luck away.";
function slower({ cause }) {
	switch (cause?.kind) {
		case "placement": return cause.confidence === "shown" ? "This commit's code is not the cause. Merging it keeps the slowdown until the layout changes again, which any later commit may do." : "This commit's code is probably not the cause, but that was not proven by rebuilding in other layouts. If it is placement, merging keeps the slowdown until the layout changes again.";
		case "work": return "The slowdown is the change itself: it would be there in every layout, and stays until the code is made faster.";
		case "codegen":
			if (infersSource(cause)) return "The compiler now optimises the program differently, and the slowdown comes with this change and stays with it. Build both with -g1 to learn whether the source of the slow code changed, too.";
			return "The source of the slow code was not touched, but the compiler now optimises it differently (inlining or another optimisation). The slowdown comes with this change and stays with it.";
		case "memory": return "The change uses memory differently, or moves data. The slowdown comes with this change.";
		case "branches": return "The change makes branches harder to predict. The slowdown comes with this change.";
		case "mixed": return `${part(cause.placementShare)} of the slowdown is placement, which comes and goes with the layout; the rest is the change itself and stays.`;
		case "unexplained":
			if (isUnreproducible(cause)) return "The slowdown is measured and real, but two builds of one commit differ as much in the hot code: it may come from building again and not from this change. Make the build reproducible, then measure again.";
			if (isSourceUnknown(cause)) return "The slowdown is real work: other machine code executes more instructions, and it would be slower in every layout. Build both with -g1 to learn whether the source or the compiler made it.";
			return "The slowdown is measured and real, but no cause that Perf Verdict looks for was shown. Treat it as caused by the change until something else is found.";
		case void 0: return "The slowdown is measured; the gate did not look for its cause.";
	}
}
function part(share) {
	return share === void 0 ? "A part" : `About ${formatShare(Math.round(share * 20) / 20)}`;
}
function faster({ cause }) {
	if (cause?.kind === "placement") return `The same code runs, only better placed: this ${cause.confidence === "likely" ? "is probably" : "is"} luck, and the next commit may take it back.`;
	if (cause?.kind === "mixed") return "A part of the speed-up is luck of the layout, and the next commit may take that part back.";
	return "The speed-up comes with this change.";
}
// src/report/evidence/suspects.ts
const NAMED$1 = 3;
function suspectSentence(suspect, whole) {
	const { from, to, share } = suspect.evidence;
	const heat = `${formatShare(share)} of the ${suspect.kind === "data" ? "accesses" : whole}`;
	const moved = from === to ? `stays at \`${formatAddress(to)}\`` : `moved from \`${formatAddress(from)}\` to \`${formatAddress(to)}\``;
	return `${quoted(suspect.symbol)} (${heat}) ${moved}${where(suspect)}${misses(suspect)}.`;
}
function where({ evidence }) {
	const { mechanism, sets, sharedWith = [], lineOffset } = evidence;
	if (mechanism === "set-conflict" || mechanism === "data-set-conflict") {
		const own = sets && sets.head.length > 0 ? `, into ${setRanges(sets.head)}` : "";
		if (sharedWith.length === 0) return own;
		return `${own || ", into cache sets"} that ${named(sharedWith)} ${sharedWith.length === 1 ? "uses" : "use"} too`;
	}
	if (lineOffset) return `, from byte ${lineOffset.base} of a cache line to byte ${lineOffset.head}`;
	return mechanism === "straddle" ? ", across a boundary between cache lines" : "";
}
function misses({ evidence, kind }) {
	if (!evidence.misses) return "";
	const { base, head } = evidence.misses;
	return `; ${kind === "data" ? "data-cache" : "instruction-cache"} misses ${formatCount(base)} → ${formatCount(head)}`;
}
function named(symbols) {
	const shown = symbols.slice(0, NAMED$1).map(quoted);
	const rest = symbols.length - shown.length;
	return listed(rest > 0 ? [...shown, `${counted(rest, "more", "more")}`] : shown);
}
function setRanges(sets) {
	return `${new Set(sets).size === 1 ? "set" : "sets"} ${listed(setRuns(sets))}`;
}
function setRuns(sets) {
	const sorted = [...new Set(sets)].toSorted((one, other) => one - other);
	const starts = sorted.filter((set, index) => index === 0 || sorted[index - 1] !== set - 1);
	const ends = sorted.filter((set, index) => sorted[index + 1] !== set + 1);
	const runs = starts.map((start, index) => start === ends[index] ? `${start}` : `${start}–${ends[index]}`);
	return runs.length > 6 ? [...runs.slice(0, 5), `${runs.length - 5} more runs`] : runs;
}
function touchedSentence(touched, whole) {
	if (!touched || touched.length === 0) return "";
	const hot = touched.filter(({ share }) => share >= .01).toSorted((one, other) => other.share - one.share);
	const by = touched.some(({ from }) => from === "hunks") ? ", as far as the hunk headers of the diff tell" : "";
	const touches = `The change touches ${counted(touched.length, "function")}${by}`;
	const [first] = hot;
	if (!first) return `${touches}; ${touched.length === 1 ? "it is not hot" : "none of them is hot"}.`;
	return `${touches}; ${touched.length === 1 ? "it is hot" : counted(hot.length, "of them is hot", "of them are hot")}: ${quoted(first.function)} takes ${formatShare(first.share)} of the ${whole}.`;
}
// src/report/evidence/displacers.ts
const TOGETHER$1 = 3;
const COMMITS_NAMED = 3;
const IN_FRONT = /^in front of (.+)$/s;
function displacerSentences(displacers, whole) {
	const near = (one) => one.commits ? 0 : one.source === void 0 ? 2 : 1;
	const ordered = displacers.toSorted((one, other) => near(one) - near(other));
	const groups = new Map();
	for (const one of ordered) {
		const fate = `${one.change} ${one.bytes} ${near(one)} ${formatShare(one.share)}`;
		groups.set(fate, [...groups.get(fate) ?? [], one]);
	}
	return [...groups.values()].flatMap((alike) => alike.length < TOGETHER$1 ? alike.map((one) => sentence(one, whole)) : [sentenceOfMany(alike, whole)]);
}
function sentence(displacer, whole) {
	const { source, commits = [], symbol, change, bytes } = displacer;
	const place = source === void 0 ? "" : ` in ${quoted(source)}`;
	const by = commits.map(({ sha, title }) => `${quoted(sha.slice(0, 10))} ${quoted(title)}`);
	const rest = by.length - COMMITS_NAMED;
	const authors = by.length === 0 ? "" : ` (${listed(by.slice(0, COMMITS_NAMED))}${rest > 0 ? ` and ${rest} more` : ""})`;
	const [, behind] = change === "padding" ? IN_FRONT.exec(symbol) ?? [] : [];
	if (behind !== void 0) return `The padding in front of ${quoted(behind)} ${bytes < 0 ? "shrank" : "grew"} by ${formatBytes(bytes)}.`;
	return `${quoted(symbol)} ${became(displacer)}${place}${authors}; ${spent(displacer.share, whole)}.`;
}
function sentenceOfMany(alike, whole) {
	const [first] = alike;
	if (!first) return "";
	const paddings = alike.flatMap(({ symbol }) => IN_FRONT.exec(symbol)?.[1] ?? []);
	if (first.change === "padding" && paddings.length === alike.length) return `The padding in front of ${named(paddings)} ${first.bytes < 0 ? "shrank" : "grew"} by ${formatBytes(first.bytes)} each.`;
	return `${named(alike.map(({ symbol }) => symbol))} ${became(first).replace(/^was /, "were ")} each; ${spent(first.share, whole).replace(/in it$/, "in each")}.`;
}
function became({ change, bytes }) {
	switch (change) {
		case "grew": return `grew by ${formatBytes(bytes)}`;
		case "shrank": return `shrank by ${formatBytes(bytes)}`;
		case "added": return `was added, ${formatBytes(bytes)}`;
		case "removed": return `was removed, ${formatBytes(bytes)}`;
		case "reordered": return "has another place in the order";
		case "padding": return `${bytes < 0 ? "lost" : "gained"} ${formatBytes(bytes)} of padding`;
	}
}
function spent(share, whole) {
	const part = share === 0 ? "0.0 %" : formatShare(share);
	return whole === "instructions" ? `${part} of the instructions run in it` : `${part} of the time is spent in it`;
}
// src/core/report-file/empty-report.ts
const NOTHING_WAS_RUN = "nothing was run";
function emptyReport({ head, ...known }) {
	return {
		schema: 1,
		verdict: "error",
		tool: {
			name: "perf-verdict",
			version: VERSION
		},
		base: { sha: "" },
		head: { sha: head },
		...known,
		seed: 0,
		alpha: .01,
		limitations: [],
		notes: [],
		policies: DEFAULT_POLICIES,
		machine: {},
		host: {
			knobs: [],
			isolation: NOTHING_WAS_RUN
		},
		benchmarks: []
	};
}
// src/report/evidence/items.ts
const FIRST_ROWS = 30;
const FIRST_EVIDENCE = 5;
const NOTABLE = new Set([
	"slower",
	"masked",
	"faster",
	"undecided",
	"unmeasured",
	"new",
	"removed"
]);
function isNotable({ decision }) {
	return NOTABLE.has(decision);
}
function hasEvidence(benchmark) {
	const { decision, metric, cause } = benchmark;
	return cause !== void 0 || decision === "slower" && hasCause(metric);
}
function itemsOf({ benchmarks, host }) {
	const ordered = worstFirst(benchmarks);
	const rows = ordered.filter(isNotable).map((benchmark) => ({
		kind: "row",
		benchmark
	}));
	const evidence = ordered.filter(hasEvidence).map((benchmark) => ({
		kind: "evidence",
		benchmark
	}));
	const quiet = ordered.filter((benchmark) => !isNotable(benchmark));
	return [
		...rows.slice(0, FIRST_ROWS),
		...evidence.slice(0, FIRST_EVIDENCE),
		...rows.slice(FIRST_ROWS),
		...host.isolation === "nothing was run" ? [] : [{ kind: "measured" }],
		...evidence.slice(FIRST_EVIDENCE),
		...quiet.map((benchmark) => ({
			kind: "row",
			benchmark
		}))
	];
}
function shownBenchmarks(items, kind) {
	return worstFirst(items.flatMap((item) => item.kind === kind ? [item.benchmark] : []));
}
function isQuiet({ verdict, benchmarks, errors, remarks = [] }) {
	return remarks.length === 0 && verdict === "pass" && errors.length === 0 && benchmarks.length > 0 && benchmarks.every((benchmark) => benchmark.decision === "unchanged" && !isBroken(benchmark));
}
// src/report/text/sparkline.ts
const BARS = [
	"▁",
	"▂",
	"▃",
	"▄",
	"▅",
	"▆",
	"▇",
	"█"
];
function commonAxis(lists, bins) {
	const values = lists.flat().filter(Number.isFinite);
	if (values.length === 0) return void 0;
	return {
		low: values.reduce((least, value) => Math.min(least, value)),
		high: values.reduce((most, value) => Math.max(most, value)),
		bins
	};
}
function binOf(value, { low, high, bins }) {
	if (high <= low) return Math.floor(bins / 2);
	return Math.min(bins - 1, Math.max(0, Math.floor((value - low) / (high - low) * bins)));
}
function histogram(values, axis) {
	const counts = new Array(axis.bins).fill(0);
	for (const value of values) {
		if (!Number.isFinite(value)) continue;
		const bin = binOf(value, axis);
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return counts;
}
function sparkline(values, axis) {
	const counts = histogram(values, axis);
	const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
	return counts.map((count) => count === 0 ? " " : BARS[Math.ceil(count / most * BARS.length) - 1] ?? "█").join("");
}
function pointer(value, axis) {
	return `${" ".repeat(binOf(value, axis))}▲${" ".repeat(axis.bins - 1 - binOf(value, axis))}`;
}
function trendline(values) {
	const axis = commonAxis([values], BARS.length);
	return axis ? values.map((value) => BARS[binOf(value, axis)] ?? "▁").join("") : "";
}
// src/report/words/advice.ts
const NOT_TRIED = "(not tried here)";
const REMEDIES = {
	"set-conflict": [{
		untried: (names) => `Mark ${names} with __attribute__((hot)), or give the linker an order file made from the profile, so that hot code is together ${NOT_TRIED}.`,
		covered: {
			by: "order",
			helped: (names) => `Give the linker an order file made from the profile (tried above), or mark ${names} with __attribute__((hot)) ${NOT_TRIED}, so that hot code is together.`
		}
	}, { untried: () => `Build with profile-guided optimisation, which places hot code together ${NOT_TRIED}.` }],
	alignment: [{
		untried: (names) => `${alignLoops(names)} ${NOT_TRIED}.`,
		covered: {
			by: "align",
			helped: (names) => `${alignLoops(names)} (tried above, for all files).`
		}
	}],
	straddle: [{
		untried: (names) => `${alignFunctions(names)} ${NOT_TRIED}.`,
		covered: {
			by: "align",
			helped: (names) => `${alignFunctions(names)} (tried above, for all functions).`
		}
	}],
	"data-set-conflict": [{
		untried: (names) => `${gather(names)} ${NOT_TRIED}.`,
		covered: {
			by: "order",
			helped: (names) => `${gather(names)} (tried above, by an order file).`
		}
	}],
	moved: [{
		untried: (names) => `Give the linker an order file made from the profile, or mark ${names} with __attribute__((hot)), so that unrelated changes stop moving them ${NOT_TRIED}.`,
		covered: {
			by: "order",
			helped: (names) => `Give the linker an order file made from the profile (tried above), or mark ${names} with __attribute__((hot)) ${NOT_TRIED}, so that unrelated changes stop moving them.`
		}
	}, { covered: {
		by: "align",
		helped: (names) => `${alignLoops(names)} (tried above, for all files).`
	} }]
};
function alignLoops(names) {
	return `Build the file of ${names} with -falign-functions=64 and -falign-loops=32, so that its loops keep their place in the line; gcc ignores the first at -Os`;
}
function alignFunctions(names) {
	return `Align ${names} to 64 bytes (__attribute__((aligned(64))) or -falign-functions=64)`;
}
function gather(names) {
	return `Put ${names} into one array or one section (__attribute__((section("…")))), so that hot data is together and not a multiple of 4096 bytes apart`;
}
function adviceFor(cause, suspects, trials = []) {
	if (cause.kind !== "placement" && cause.kind !== "mixed") return [];
	return [...new Set(suspects.map(({ evidence }) => evidence.mechanism))].flatMap((mechanism) => {
		const names = suspects.filter(({ evidence }) => evidence.mechanism === mechanism).map(({ symbol }) => quoted(shortName(symbol)));
		return REMEDIES[mechanism].flatMap((advice) => said(advice, trials)?.(listed(names, 3)) ?? []);
	});
}
function said({ untried, covered }, trials) {
	const trial = covered && trials.find(({ kind }) => kind === covered.by);
	if (!covered || !trial) return untried;
	return trial.cured || trial.helps ? covered.helped : void 0;
}
// src/report/evidence/evidence.ts
const CHART_BINS = 20;
function evidenceOf(benchmark, depth) {
	const whole = benchmark.counters?.source === "simulated" ? "instructions" : "time";
	const { cause, suspects = [], displacers = [], trials } = benchmark;
	const ranked = suspects.toSorted((one, other) => one.rank - other.rank);
	return [
		{
			title: "Evidence",
			items: [
				...cause?.because ?? [],
				...cpuTimeSentences(benchmark),
				touchedSentence(benchmark.touched, whole)
			]
		},
		{
			title: "Against it",
			items: cause?.against ?? []
		},
		...counterSections(benchmark, depth),
		{
			title: "Suspects",
			numbered: true,
			drawing: "sets",
			items: ranked.map((suspect) => suspectSentence(suspect, whole))
		},
		{
			title: "What moved them",
			items: displacerSentences(displacers, whole)
		},
		{
			title: "Measured",
			drawing: "samples",
			chart: sampleChart(benchmark)
		},
		...trialSections(benchmark, trials),
		{
			title: "What it means",
			paragraphs: cause || benchmark.decision === "slower" ? [meaningOf(benchmark)] : []
		},
		{
			title: "What to do",
			items: adviceOn(benchmark)
		}
	].map((section) => limited(section, depth)).filter(isPresent);
}
function adviceOn({ cause, decision, suspects = [], trials }) {
	return cause && decision === "slower" ? adviceFor(cause, suspects, trials?.remedies) : [];
}
function isPresent({ paragraphs = [], items = [], rows = [], chart = [] }) {
	return paragraphs.length + items.length + rows.length + chart.length > 0;
}
function limited(section, { items: most }) {
	const items = (section.items ?? []).filter((item) => item !== "");
	const rest = items.length - most;
	return rest > 0 ? {
		...section,
		items: items.slice(0, most),
		more: rest
	} : {
		...section,
		items
	};
}
function counterSections({ counters }, depth) {
	if (!counters) return [];
	const rows = counterRows(counters);
	if (rows.length === 0) return [];
	return [{
		title: "What differs in the counters",
		paragraphs: counters.summary === void 0 ? [] : [sentenceOf(counters.summary)],
		rows: rows.slice(0, depth.rows)
	}];
}
function sentenceOf(summary) {
	const text = summary.charAt(0).toUpperCase() + summary.slice(1);
	return text.endsWith(".") ? text : `${text}.`;
}
function sampleChart({ base, head, unit }) {
	if (!base || !head || base.samples.length < 2 || head.samples.length < 2) return [];
	return chartOf({
		base: base.samples,
		head: head.samples
	}, unit);
}
function chartOf({ base, head }, unit, mark) {
	const axis = commonAxis([
		base,
		head,
		mark === void 0 ? [] : [mark]
	], CHART_BINS);
	if (!axis) return [];
	return [
		`base  ${sparkline(base, axis)} ${rangeOf(base, unit)}`,
		`head  ${sparkline(head, axis)} ${rangeOf(head, unit)}`,
		...mark === void 0 ? [] : [`built ${pointer(mark, axis)} ${formatValue(mark, unit)}`]
	];
}
function rangeOf(values, unit) {
	const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
	const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
	const [from = "", to = ""] = formatValues([low, high], unit);
	return `${from.split(" ")[0]} … ${to}`;
}
function trialSections({ unit, head }, trials) {
	const { layout, remedies = [] } = trials ?? {};
	return [...layout ? [{
		title: `Layout trial: ${layout.layouts} random layouts a side`,
		paragraphs: [layout.sentence],
		chart: chartOf(layout, unit, head?.median),
		drawing: "layouts"
	}] : [], {
		title: "Remedies tried",
		items: remedies.map(({ sentence }) => sentence)
	}];
}
// src/report/text/repeat.ts
const LONGEST = 1e3;
function repeatCommand({ repeat }) {
	if (repeat === void 0 || repeat.length > LONGEST || /[\n\r]/.test(repeat)) return void 0;
	return plainLine(repeat);
}
// src/report/words/labels.ts
const NAMES_WITH_PREFIX = 4;
const SHORTEST_PREFIX = 12;
const PART_END = /^.*[/:.\s<([_-]/su;
function labelsOf(benchmarks, limit) {
	const names = [...new Set(benchmarks.map(({ name }) => name))];
	const prefix = names.length >= NAMES_WITH_PREFIX ? commonStart(names) : "";
	const labels = new Map();
	const taken = new Set();
	for (const name of names) {
		const label = firstFree(shortForms(name.slice(prefix.length), limit), taken);
		taken.add(label);
		labels.set(name, label);
	}
	return {
		prefix,
		of: ({ name }) => labels.get(name) ?? name
	};
}
function commonStart(names) {
	const [first = ""] = names;
	let length = first.length;
	for (const name of names) while (!name.startsWith(first.slice(0, length))) length--;
	const start = PART_END.exec(first.slice(0, length))?.[0] ?? "";
	return start.length >= SHORTEST_PREFIX && names.every((name) => name.length > start.length) ? start : "";
}
function* shortForms(text, limit) {
	const points = Array.from(text);
	if (points.length <= limit) yield text;
	const room = limit - 1;
	for (const tail of [
		Math.floor(room / 3),
		Math.floor(room / 2),
		Math.floor(2 * room / 3),
		room
	]) if (points.length > limit) yield `${points.slice(0, room - tail).join("")}…${points.slice(-tail).join("")}`;
	for (let number = 2;; number++) {
		const mark = `…#${number}`;
		yield `${points.slice(0, Math.max(1, limit - mark.length)).join("")}${mark}`;
	}
}
function firstFree(forms, taken) {
	for (const form of forms) if (!taken.has(form)) return form;
	return "";
}
// src/report/words/last-words.ts
const MOST$1 = 5;
function lastWords(rows) {
	const groups = new Map();
	for (const { name, fault } of rows) {
		if (!fault?.lastLines || fault.lastLines.length === 0) continue;
		const detail = fault.lastLines.join("\n");
		const group = groups.get(detail) ?? {
			side: fault.side,
			names: []
		};
		group.names.push(name);
		groups.set(detail, group);
	}
	return [...groups].slice(0, MOST$1).map(([detail, { side, names }]) => {
		const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
		return {
			what: `Last lines of ${quoted(names[0])}${more} on ${side === "both" ? "base" : side}:`,
			detail
		};
	});
}
// src/report/words/reasons.ts
const TOGETHER = 3;
const NAMED = 5;
function sharedReasons(benchmarks) {
	const groups = new Map();
	for (const { name, reason } of benchmarks) {
		if (reason === void 0) continue;
		const key = withoutFigures(reason, name);
		groups.set(key, [...groups.get(key) ?? [], {
			name,
			reason
		}]);
	}
	return [...groups.values()].flatMap((group) => {
		if (group.length < TOGETHER) return group.map(({ name, reason }) => `${quoted(name)}: ${reason}`);
		const shown = group.slice(0, NAMED).map(({ name }) => quoted(name));
		const rest = group.length - shown.length;
		const names = listed(rest > 0 ? [...shown, `${rest} more`] : shown);
		return [`${numbered(group.length, "benchmark")} (${names}). The first: ${group[0].reason}`];
	});
}
function withoutFigures(reason, name) {
	return reason.replaceAll(name, "").replace(/`[^`]*`/g, "`").replace(/[+−-]?\d[\d.,]*(?:e[+−-]?\d+)?(?:×(?: less)?| ?(?:%|[nµm]?s|min|h)\b)?/g, "#");
}
// src/report/words/accepted.ts
function acceptedSentences(benchmarks) {
	return benchmarks.flatMap(({ name, accepted }) => accepted === void 0 ? [] : [`${quoted(name)} is accepted up to ${formatChange(accepted.bound)} by ${quoted(accepted.by)}${accepted.on === void 0 ? "" : ` on ${accepted.on}`}: ${accepted.reason.replaceAll("`", "'")}`]);
}
function luckSentences(benchmarks) {
	return benchmarks.flatMap(({ name, luck }) => {
		if (luck === void 0) return [];
		const what = `${quoted(name)} loses what ${quoted(luck.commit.slice(0, 10))} had gained by a lucky layout (${formatChange(luck.ratio)}): the level is ${formatChange(luck.net)} against that before it`;
		return [luck.excused ? `${what}, and both changes are shown to be code placement, so it does not count against this commit.` : `${what}; that both changes are nothing but code placement is not shown, so it counts.`];
	});
}
// src/report/words/hidden-work.ts
function hiddenWorkSentence(benchmark) {
	const { name, trials, decision } = benchmark;
	const work = hiddenWork(benchmark);
	if (work === void 0) return void 0;
	const built = formatChange(ratioInTime(benchmark));
	const layout = trials?.layout;
	if (decision === "masked" && layout) return `${quoted(name)} executes more (${formatChange(work)} instructions), hidden by a luckier layout: ${built} as built, ${formatChange(layout.ratio)} over ${layout.layouts} layouts.`;
	const tried = layout ? ` Over ${layout.layouts} layouts it is ${formatChange(layout.ratio)}, which does not show it.` : " Other layouts were not tried, so this answer holds for this layout only.";
	return `${quoted(name)} executes more (${formatChange(work)} instructions), and as built it is not slower (${built}): its code placement may hide the work.${tried}`;
}
// src/report/words/other-measurement.ts
const HOW = {
	"as-built": "as built",
	"over-layouts": "over layouts"
};
function otherText({ other }) {
	if (!other) return void 0;
	const how = HOW[other.how];
	if (!other.change) return `${how}: ${other.decision === "unmeasured" ? "not measured" : other.decision}`;
	return `${how} ${formatChange(other.change.ratio)} (${formatInterval(other.change)})`;
}
function differingMeasurements(benchmarks) {
	return benchmarks.flatMap((row) => {
		const { other, decision, change, name } = row;
		if (!other?.change || !change || decision === "masked") return [];
		if (decision === "slower" === (other.decision === "slower")) return [];
		const [built, laid] = other.how === "as-built" ? [other.change, change] : [change, other.change];
		const decides = other.how === "as-built" ? "layouts decide here (gate-on)" : "the built layout decides here (gate-on)";
		return [`${quoted(name)} is ${formatChange(built.ratio)} as built and ${formatChange(laid.ratio)} over layouts: the difference is luck of code placement, and ${decides}.`];
	});
}
// src/report/words/other-output.ts
const MOST = 5;
function otherOutputSentences(rows) {
	const groups = new Map();
	for (const { name, prints } of rows) {
		if (!prints) continue;
		const key = JSON.stringify(prints);
		const group = groups.get(key) ?? {
			prints,
			names: []
		};
		group.names.push(name);
		groups.set(key, group);
	}
	return [...groups.values()].slice(0, MOST).map(({ prints, names }) => {
		const more = names.length > 1 ? ` and ${names.length - 1} more` : "";
		const lines = [...prints.base === void 0 ? [] : [`base prints ${quoted(prints.base)}`], ...prints.head === void 0 ? [] : [`head prints ${quoted(prints.head)}`]];
		const only = lines.length === 1 ? ", which the other side never does" : "";
		return `${quoted(names[0])}${more} prints something else than base: does it still do the work? In every run ${lines.join(", and ")}${only}.`;
	});
}
// src/report/words/policy.ts
const SETTLED = {
	"on-undecided": ["benchmark is undecided", "benchmarks are undecided"],
	"on-unmeasured": ["benchmark could not be measured", "benchmarks could not be measured"],
	"on-base-broken": ["time the base did not build or run", "times the base did not build or run"],
	"on-removed": ["benchmark is gone", "benchmarks are gone"],
	"on-masked": ["benchmark hides more work by its layout", "benchmarks hide more work by their layout"],
	"on-placement": ["slowdown is shown to be code placement", "slowdowns are shown to be code placement"],
	"on-codegen": ["slowdown is shown to be the same source compiled differently", "slowdowns are shown to be the same source compiled differently"]
};
function policySentence(report) {
	const code = exitCode(report);
	const named = findingsOf(report).flatMap(({ option, policy, count }) => {
		if (option === void 0 || code === 0 === (policy === "fail")) return [];
		const [one, more] = SETTLED[option];
		return [`${count} ${count === 1 ? one : more} (${option}: ${policy})`];
	});
	if (code === 1 || named.length === 0) return void 0;
	const all = named.join("; ");
	return code === 0 ? `The check passes all the same, with exit code 0: ${all}.` : `The check fails without an answer, with exit code 3: ${all}.`;
}
// src/report/words/suspicious-speed.ts
const TIMES = 3;
const SHOWN = 3;
function suspiciousSpeedups(rows) {
	const found = rows.filter(({ decision }) => decision === "faster").map(({ name, change, better }) => ({
		name,
		times: better === "lower" ? 1 / (change?.ratio ?? 1) : change?.ratio ?? 1
	})).filter(({ times }) => times >= TIMES && Number.isFinite(times)).toSorted((one, other) => other.times - one.times);
	if (found.length === 0) return [];
	const names = found.slice(0, SHOWN).map(({ name, times }) => `${quoted(name)} (${formatFactor(times) ?? ""})`);
	const all = found.length > SHOWN ? [...names, `${found.length - SHOWN} more`] : names;
	return [`Much faster than base: ${listed(all)}. Check that ${found.length === 1 ? "it still does its" : "they still do their"} work.`];
}
// src/report/words/status.ts
const WORDS = {
	pass: "Passed",
	fail: "Failed",
	undecided: "Undecided",
	error: "Error"
};
function verdictWord(verdict) {
	return WORDS[verdict];
}
function statusParts(report) {
	const { base, head, benchmarks, seconds, shard, host } = report;
	const commits = base.sha === "" || head.sha === "" ? [] : [`\`${base.sha.slice(0, 8)}\` → \`${head.sha.slice(0, 8)}\``];
	return [
		isOpenSoFar(report) ? "So far" : verdictWord(report.verdict),
		...commits,
		...countsByFinding(benchmarks),
		...shard ? [`shard ${shard.index} of ${shard.of}`] : [],
		...seconds > 0 ? [formatDuration(seconds)] : [],
		...host.noise && host.noise.length > 0 ? ["on a machine that was not quiet"] : []
	].filter((part) => part !== "");
}
const FINDINGS = [
	"slower",
	"worse",
	"accepted",
	"luck lost",
	"broken",
	"undecided",
	"not measured",
	"gone",
	"faster",
	"new",
	"not touched"
];
function countsByFinding(benchmarks) {
	const words = benchmarks.map((benchmark) => {
		if (benchmark.accepted !== void 0 || benchmark.luck?.excused || hasCause(benchmark.metric) || isBroken(benchmark)) return findingWord(benchmark);
		return benchmark.decision === "slower" ? "worse" : findingWord(benchmark);
	});
	const told = FINDINGS.map((finding) => ({
		finding,
		count: words.filter((word) => word === finding).length
	}));
	const rest = benchmarks.length - told.reduce((sum, { count }) => sum + count, 0);
	return [...told.filter(({ count }) => count > 0).map(({ finding, count }) => `${count} ${finding}`), ...rest > 0 ? [`${rest} not slower`] : []];
}
function remarksOf(report) {
	const anyway = policySentence(report);
	const hidden = report.benchmarks.flatMap((benchmark) => hiddenWorkSentence(benchmark) ?? []);
	return [
		...anyway === void 0 ? [] : [anyway],
		...acceptedSentences(report.benchmarks),
		...luckSentences(report.benchmarks),
		...hidden,
		...report.limitations.filter(({ above }) => above).map(({ what }) => what),
		...differingMeasurements(report.benchmarks),
		...suspiciousSpeedups(report.benchmarks),
		...otherOutputSentences(report.benchmarks),
		...report.remarks ?? []
	];
}
// src/report/markdown/links.ts
const RUN = /^(https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+)\/actions\/runs\/\d+(?:\/attempts\/\d+)?$/;
const SHA = /^[0-9a-f]{40,64}$/;
const PLACE = /^([\w@+-][\w@+.-]*(?:\/[\w@+-][\w@+.-]*)*):(\d{1,7})$/;
function linksOf(run, report) {
	const repository = RUN.exec(run ?? "")?.[1];
	if (run === void 0 || repository === void 0) return void 0;
	return {
		run,
		commit: (sha) => SHA.test(sha) ? `${repository}/commit/${sha}` : void 0,
		line: (place) => {
			const [, path, line] = PLACE.exec(place) ?? [];
			const { sha } = report.head;
			return path && line && SHA.test(sha) ? `${repository}/blob/${sha}/${path}#L${line}` : void 0;
		}
	};
}
function linkedLines(markdown, benchmark, links) {
	if (!links) return markdown;
	const { displacers = [], touched = [] } = benchmark;
	const places = new Set([...displacers.flatMap(({ source }) => source ?? []), ...touched.flatMap(({ file, line }) => line === void 0 ? [] : [`${file}:${line}`])]);
	let linked = markdown;
	for (const place of places) {
		const address = links.line(place);
		if (address !== void 0) linked = linked.replaceAll(`\`${place}\``, `[\`${place}\`](${address})`);
	}
	return linked;
}
// src/report/markdown/markdown.ts
function sectionMarkdown(section) {
	const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section;
	const mark = (index) => numbered ? `${index + 1}.` : "-";
	const list = items.map((item, index) => `${mark(index)} ${prose(item)}`).join("\n");
	return [
		`**${title}**`,
		...paragraphs.map(prose),
		...list === "" ? [] : [list],
		...more > 0 ? [`and ${more} more`] : [],
		...rows.length > 0 ? [counterTable(rows)] : [],
		...chart.length > 0 ? [fence(chart)] : []
	].join("\n\n");
}
function counterTable(rows) {
	return [
		"| Counter | Base | Head | Change |",
		"|:--|--:|--:|--:|",
		...rows.map(({ label, base, head, change, differs }) => {
			const text = cellProse(change);
			return `| ${[
				cellProse(label),
				cellProse(base),
				cellProse(head),
				differs ? `**${text}**` : text
			].join(" | ")} |`;
		})
	].join("\n");
}
function folded(summary, body) {
	return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
function listMarkdown(title, sentences) {
	return `**${html(title)}**\n\n${sentences.map((sentence) => `- ${prose(sentence)}`).join("\n")}`;
}
// src/report/markdown/table.ts
const TABLE_HEAD = ["| Benchmark | Change | Finding | Base | Head |", "|:--|--:|:--|--:|--:|"].join("\n");
const NOTHING = "–";
const SYMBOL_LIMIT = 40;
const RELEASE_LIMIT = 20;
function tableRow(benchmark, label = benchmark.name) {
	const [base, head] = medians(benchmark);
	return `| ${[
		cell(label),
		change(benchmark),
		finding(benchmark),
		base,
		head
	].join(" | ")} |`;
}
function medianTexts({ base, head, unit }) {
	const present = [base, head].flatMap((series) => series ? [series.median] : []);
	const texts = formatValues(present, unit);
	if (base && head) return [texts[0] ?? NOTHING, texts[1] ?? NOTHING];
	return [base ? texts[0] ?? NOTHING : NOTHING, head ? texts[0] ?? NOTHING : NOTHING];
}
function medians(benchmark) {
	return medianTexts(benchmark).map((text) => text === NOTHING ? text : cellProse(text));
}
function change(benchmark) {
	const { change: found, decision, trend } = benchmark;
	if (!found) return NOTHING;
	const ratio = typeset(formatChange(found.ratio));
	const weight = decision === "slower" || decision === "faster" ? `**${ratio}**` : ratio;
	const way = trend ? `<br><sub>${trendWords(trend)}</sub>` : "";
	const otherLine = otherText(benchmark);
	const other = otherLine === void 0 ? "" : `<br><sub>${typeset(otherLine)}</sub>`;
	return `${weight}<br><sub>${typeset(formatInterval(found)).replaceAll(" ", "\xA0")}</sub>${other}${way}`;
}
function trendWords({ levels, since, link }) {
	const line = trendline(levels);
	return [link === void 0 ? line : `[${line || "history"}](${link})`, since ? `${typeset(formatChange(since.ratio))} since ${cell(since.called, RELEASE_LIMIT)}` : ""].filter((part) => part !== "").join(" ");
}
function finding(benchmark) {
	const { cause, decision, detectable } = benchmark;
	const word = findingWord(benchmark);
	const bold = decision === "slower" || isBroken(benchmark) ? `**${word}**` : word;
	if (cause) return `${bold}<br><sub>${causeWords(cause, benchmark)}${inFunction(benchmark)}</sub>`;
	if (decision === "undecided" && detectable !== void 0) return `${bold}<br><sub>${typeset(`would have seen ${formatExtent(detectable)}`)}</sub>`;
	return bold;
}
function inFunction(benchmark) {
	const symbol = mainFunction(benchmark);
	return symbol === void 0 ? "" : `<br>${cell(symbol, SYMBOL_LIMIT)}`;
}
// src/report/markdown/document.ts
const OUTPUT_LINES = 20;
const ERRORS_SHOWN = 5;
const REASONS_SHOWN = 20;
function heading(report, layout) {
	const links = linksOf(layout.link, report);
	const parts = statusParts(report).map((part) => linkedCommits(prose(part), report, links));
	const link = links ? [`[run](${links.run})`] : [];
	const sentence = prose(report.sentence) || prose(verdictTitle(report));
	const gate = layout.key === void 0 ? [] : [prose(layout.key)];
	return [`**${sentence}**`, `<sub>${[
		...parts,
		...gate,
		...link
	].join(" · ")}</sub>`];
}
function linkedCommits(part, { base, head }, links) {
	if (!links) return part;
	return [base, head].reduce((text, { sha }) => {
		const [short, address] = [`\`${sha.slice(0, 8)}\``, links.commit(sha)];
		return address === void 0 ? text : text.replace(short, () => `[${short}](${address})`);
	}, part);
}
function documentWriter(report, layout) {
	const labels = labelsOf(report.benchmarks, 80);
	const row = remembered((benchmark) => tableRow(benchmark, labels.of(benchmark)));
	const links = linksOf(layout.link, report);
	const evidence = remembered((benchmark) => linkedLines(evidenceBlock(benchmark, layout), benchmark, links));
	const measured = measuredBlock(report);
	const start = [
		...heading(report, layout),
		...remarks(report),
		...errorBlocks(report)
	];
	return (items) => {
		const rows = shownBenchmarks(items, "row");
		return `${[
			...start,
			...tables(rows, {
				row,
				prefix: labels.prefix,
				layout
			}),
			...leftOut(report, items, layout),
			...reasonBlocks(rows),
			...lastWordBlocks(rows),
			...shownBenchmarks(items, "evidence").map(evidence),
			...items.some(({ kind }) => kind === "measured") ? [measured] : []
		].join("\n\n")}\n`;
	};
}
function remembered(write) {
	const written = new Map();
	return (benchmark) => {
		const text = written.get(benchmark) ?? write(benchmark);
		written.set(benchmark, text);
		return text;
	};
}
function remarks(report) {
	const [first, ...rest] = remarksOf(report);
	if (first === void 0) return [];
	return [prose(first), ...rest.length > 0 ? [rest.map((text) => `- ${prose(text)}`).join("\n")] : []];
}
function errorBlocks({ errors, sentence }) {
	const shown = errors.slice(0, ERRORS_SHOWN).flatMap(({ what, detail }) => [...sentence.startsWith(what.replace(/\.$/, "")) ? [] : [prose(what)], ...detail === void 0 || detail.trim() === "" ? [] : [fence(outputLines(detail, OUTPUT_LINES))]]);
	const rest = errors.length - ERRORS_SHOWN;
	return rest > 0 ? [...shown, `${counted(rest, "more fault")} not shown.`] : shown;
}
function tables(rows, { row, prefix, layout }) {
	const open = rows.filter(({ decision }) => decision === "undecided");
	const quiet = rows.filter((benchmark) => !isNotable(benchmark));
	const folds = (some) => some.length >= layout.foldFrom && some.length < rows.length;
	const [foldsOpen, foldsQuiet] = [folds(open), folds(quiet)];
	const main = rows.filter((benchmark) => benchmark.decision === "undecided" ? !foldsOpen : isNotable(benchmark) || !foldsQuiet);
	const table = (some) => [TABLE_HEAD, ...some.map(row)].join("\n");
	return [
		...prefix !== "" && rows.length > 0 ? [`<sub>Each name starts with ${code(prefix)}.</sub>`] : [],
		...main.length > 0 ? [table(main)] : [],
		...foldsOpen ? [folded(`${numbered(open.length, "benchmark")} undecided`, table(open))] : [],
		...foldsQuiet ? [folded(`${numbered(quiet.length, "benchmark")} did not change`, table(quiet))] : []
	];
}
function leftOut({ benchmarks }, items, { rest }) {
	const missingRows = benchmarks.length - items.filter(({ kind }) => kind === "row").length;
	const missingEvidence = benchmarks.filter(({ decision, cause, metric }) => cause !== void 0 || decision === "slower" && hasCause(metric)).length - items.filter(({ kind }) => kind === "evidence").length;
	const missing = [...missingRows > 0 ? [counted(missingRows, "row")] : [], ...missingEvidence > 0 ? [counted(missingEvidence, "explanation")] : []];
	if (missing.length === 0) return [];
	return [`<sub>For want of room, ${missing.join(" and ")} of the least interest ${rest}.</sub>`];
}
function evidenceBlock(benchmark, { depth }) {
	const sections = evidenceOf(benchmark, depth).map(sectionMarkdown);
	const { cause } = benchmark;
	const why = cause ? `: ${causeWords(cause, benchmark)}${cause.confidence === "shown" && cause.kind !== "unexplained" ? ", shown" : ""}` : "";
	return folded(`<b>Why ${htmlCode(benchmark.name)} is ${findingWord(benchmark)}</b>${why}`, [...sections, ...repeatBlock(benchmark)].join("\n\n"));
}
function repeatBlock(benchmark) {
	const command = repeatCommand(benchmark);
	return command === void 0 ? [] : ["**Repeat it in a clone**", fence([command])];
}
function lastWordBlocks(rows) {
	return lastWords(rows).flatMap(({ what, detail }) => [prose(what), fence(outputLines(detail, OUTPUT_LINES))]);
}
function reasonBlocks(rows) {
	const open = rows.filter(({ decision }) => decision === "undecided" || decision === "unmeasured");
	const single = rows.filter(({ decision }) => decision === "new" || decision === "removed");
	return [...reasonList("Not settled", open), ...reasonList("New or gone", single)];
}
function reasonList(title, rows) {
	const sentences = sharedReasons(rows);
	const rest = sentences.length - REASONS_SHOWN;
	if (sentences.length === 0) return [];
	return [listMarkdown(title, [...sentences.slice(0, REASONS_SHOWN), ...rest > 0 ? [`and ${rest} more`] : []])];
}
function measuredBlock(report) {
	const facts = measuredFacts(report);
	const count = report.limitations.length;
	return folded(count > 0 ? `How this was measured, with ${counted(count, "limitation")}` : "How this was measured", facts.map(({ title, sentences }) => listMarkdown(title, sentences)).join("\n\n"));
}
// src/report/text/fit.ts
const COMMENT_LIMIT = {
	units: 6e4,
	bytes: 2e5
};
const SUMMARY_LIMIT = {
	units: 921600,
	bytes: 921600
};
const CHECK_LIMIT = {
	units: 65535,
	bytes: 65535
};
const FIRST = 16;
const encoder = new TextEncoder();
function fits(text, limit) {
	if (text.length > limit.units) return false;
	return text.length * 3 <= limit.bytes || encoder.encode(text).length <= limit.bytes;
}
function largestThatFits(items, render, limit) {
	let fitting = 0;
	let tooMany = items + 1;
	for (let shown = Math.min(items, FIRST); shown > fitting && tooMany > items; shown = Math.min(items, 2 * shown)) if (fits(render(shown), limit)) fitting = shown;
	else tooMany = shown;
	while (tooMany - fitting > 1) {
		const middle = Math.floor((fitting + tooMany) / 2);
		if (fits(render(middle), limit)) fitting = middle;
		else tooMany = middle;
	}
	return render(fitting);
}
// src/core/github/marker.ts
const KEY = /^[A-Za-z0-9._-]{1,64}$/;
const MARKER = /^<!-- perf-verdict:([A-Za-z0-9._-]{1,64}) v1 (\{[^<>\r\n]{0,400}?\}) -->/;
function isCommentKey(key) {
	return KEY.test(key);
}
function writeMarker(marker) {
	const { key, head, run, attempt, gate, job, good, standIn } = marker;
	if (!isCommentKey(key)) throw new TypeError(`The comment key ${JSON.stringify(key)} is not one.`);
	if (!/^[0-9a-f]{0,64}$/.test(head)) throw new TypeError(`${JSON.stringify(head)} is not a commit.`);
	if (![gate, job].every(isHash)) throw new TypeError("What tells gates apart must be a hash.");
	return `<!-- perf-verdict:${key} v1 ${JSON.stringify({
		head,
		run: Math.trunc(run),
		attempt: Math.trunc(attempt),
		gate,
		job,
		good,
		standIn
	})} -->`;
}
function readMarker(body) {
	const [, key, json] = MARKER.exec(body) ?? [];
	if (key === void 0 || json === void 0) return void 0;
	try {
		const { head, run, attempt, gate, job, good, standIn } = JSON.parse(json);
		if (typeof head !== "string" || !/^[0-9a-f]{0,64}$/.test(head)) return void 0;
		if (!Number.isSafeInteger(run) || !Number.isSafeInteger(attempt)) return void 0;
		return {
			key,
			head,
			run,
			attempt,
			...typeof gate === "string" && isHash(gate) && { gate },
			...typeof job === "string" && isHash(job) && { job },
			...typeof good === "boolean" && { good },
			...standIn === true && { standIn }
		};
	} catch {
		return;
	}
}
function isClash(marker, other) {
	if (marker.head !== other.head) return false;
	const differ = (name) => marker[name] !== void 0 && other[name] !== void 0 && marker[name] !== other[name];
	const sameRun = marker.run === other.run && marker.attempt === other.attempt;
	return differ("gate") || sameRun && differ("job");
}
function isHash(text) {
	return text === void 0 || /^[0-9a-f]{8}$/.test(text);
}
function isNewer(marker, other) {
	return marker.run === other.run ? marker.attempt > other.attempt : marker.run > other.run;
}
// src/core/report-file/benchmark-schema.ts
const text = string().max(1e4);
const finite = number();
const count = number().min(0);
const share = number().min(0).max(1);
const whole = number().int().min(0);
const list = (item, most = 1e3) => array(item).max(most).readonly();
const record = (shape) => object(shape).readonly();
const samples = list(finite, 2e4);
const optional = (value) => value.exactOptional();
const series = record({
	median: finite,
	samples,
	step: optional(count),
	digit: optional(count)
});
const control = record({
	ratio: count,
	low: optional(count),
	high: optional(count),
	fit: boolean(),
	samples: optional(samples)
});
const counts = record({
	instructions: optional(count),
	cycles: optional(count),
	icacheLoads: optional(count),
	icacheMisses: optional(count),
	dcacheMisses: optional(count),
	secondLevelMisses: optional(count),
	branches: optional(count),
	branchMisses: optional(count),
	itlbMisses: optional(count),
	frontEndStalls: optional(count),
	backEndStalls: optional(count),
	uopCacheMisses: optional(count),
	slots: optional(count),
	retiredSlots: optional(count),
	badSpeculationSlots: optional(count),
	frontEndSlots: optional(count),
	backEndSlots: optional(count),
	taskClockSeconds: optional(count),
	pageFaults: optional(count),
	contextSwitches: optional(count),
	migrations: optional(count)
});
const counters = record({
	source: _enum([
		"perf",
		"simulated",
		"none"
	]),
	base: counts,
	head: counts,
	iterations: optional(count),
	fixedWork: optional(boolean()),
	instructionSpread: optional(count),
	summary: optional(text),
	events: optional(list(record({
		role: text,
		event: optional(text),
		why: optional(text)
	}))),
	geometry: optional(record({
		l1i: text,
		l1d: text,
		ll: text,
		from: text
	}))
});
const place = record({
	share,
	address: count,
	size: count,
	section: optional(text),
	lines: optional(count),
	pages: optional(count),
	sets: optional(list(whole, 65536)),
	instructions: optional(count),
	icacheMisses: optional(count)
});
const hotFunction = record({
	symbol: text,
	object: text,
	kind: optional(_enum(["function", "data"])),
	base: optional(place),
	head: optional(place),
	state: _enum([
		"same",
		"moved",
		"changed",
		"new",
		"gone"
	]),
	inlined: optional(list(record({
		symbol: text,
		base: optional(share),
		head: optional(share)
	})))
});
const flame = record({
	unit: _enum(["instructions", "samples"]),
	totals: record({
		base: count,
		head: count
	}),
	functions: list(record({
		symbol: text,
		object: text
	}), 1e3),
	frames: list(tuple([
		number().int().min(-1),
		whole,
		count,
		count
	]).readonly(), 1e3)
});
const instruction = record({
	address: count,
	count,
	icacheMisses: optional(count),
	bytes: text,
	text: optional(text),
	line: optional(whole)
});
const sourceLine = record({
	line: whole,
	count,
	text: optional(text)
});
const annotatedCode = record({
	symbol: text,
	object: text,
	machine: _enum([
		"x86-64",
		"aarch64",
		"other"
	]),
	from: optional(count),
	to: optional(count),
	instructions: list(record({
		base: optional(instruction),
		head: optional(instruction),
		skipped: optional(whole)
	})),
	sources: list(record({
		file: text,
		rows: list(record({
			base: optional(sourceLine),
			head: optional(sourceLine),
			skipped: optional(whole)
		}))
	}))
});
const figure = union([
	finite,
	boolean(),
	text,
	list(text),
	list(finite)
]);
const sign = record({
	rule: text,
	supports: boolean(),
	figures: record$1(text, figure).readonly()
});
const cause = record({
	kind: _enum([
		"work",
		"codegen",
		"memory",
		"branches",
		"placement",
		"mixed",
		"unexplained"
	]),
	confidence: _enum(["shown", "likely"]),
	because: list(text),
	against: list(text),
	signs: optional(list(sign)),
	through: optional(list(text)),
	placementShare: optional(share)
});
const perSide = (value) => record({
	base: value,
	head: value
});
const suspect = record({
	symbol: text,
	object: text,
	rank: whole,
	kind: _enum(["function", "data"]),
	because: text,
	evidence: record({
		from: count,
		to: count,
		share,
		mechanism: _enum([
			"set-conflict",
			"alignment",
			"data-set-conflict",
			"straddle",
			"moved"
		]),
		sets: optional(perSide(list(whole, 65536))),
		sharedWith: optional(list(text)),
		misses: optional(perSide(count)),
		lineOffset: optional(perSide(count))
	})
});
const displacer = record({
	symbol: text,
	object: text,
	bytes: finite,
	change: _enum([
		"grew",
		"shrank",
		"added",
		"removed",
		"reordered",
		"padding"
	]),
	share,
	source: optional(text),
	commits: optional(list(record({
		sha: text,
		title: text
	})))
});
const touched = record({
	function: text,
	file: text,
	share,
	from: _enum([
		"lines",
		"sizes",
		"hunks",
		"sources"
	]),
	inlinedIn: optional(text),
	through: optional(text),
	line: optional(whole.min(1))
});
const layoutTrial = record({
	question: optional(_enum([
		"slowdown",
		"speed-up",
		"hidden-work"
	])),
	asBuilt: optional(finite),
	layouts: whole,
	linker: text,
	seeds: list(finite),
	base: list(finite),
	head: list(finite),
	ratio: finite,
	low: finite,
	high: finite,
	best: finite,
	p: finite,
	outcome: _enum([
		"real",
		"placement",
		"mixed",
		"inconclusive"
	]),
	sentence: text
});
const remedyTrial = record({
	kind: optional(_enum(["order", "align"])),
	remedy: text,
	ratio: finite,
	low: finite,
	high: finite,
	cured: boolean(),
	helps: optional(boolean()),
	sentence: text
});
const benchmarkSchema = record({
	name: text,
	unit: text,
	threshold: count,
	floor: optional(count),
	better: _enum(["lower", "higher"]),
	metric: _enum(METRIC_NAMES),
	decision: _enum([
		"slower",
		"faster",
		"unchanged",
		"undecided",
		"masked",
		"unmeasured",
		"new",
		"removed"
	]),
	reason: optional(text),
	base: optional(series),
	head: optional(series),
	change: optional(record({
		ratio: count,
		low: count,
		high: count,
		confidence: share
	})),
	control: optional(control),
	cpuTime: optional(record({
		base: count,
		head: count,
		busyCpus: record({
			base: count,
			head: count
		}),
		change: optional(record({
			ratio: count,
			low: count,
			high: count,
			confidence: share
		})),
		shows: _enum([
			"slower",
			"faster",
			"unchanged",
			"undecided"
		])
	})),
	other: optional(record({
		how: _enum(["as-built", "over-layouts"]),
		gateOn: _enum([
			"as-built",
			"layouts",
			"both"
		]),
		decision: _enum([
			"slower",
			"faster",
			"unchanged",
			"undecided",
			"unmeasured"
		]),
		reason: optional(text),
		change: optional(record({
			ratio: count,
			low: count,
			high: count,
			confidence: share
		})),
		base: optional(series),
		head: optional(series),
		control: optional(control),
		rounds: whole,
		lostRounds: optional(whole),
		linker: optional(text)
	})),
	prints: optional(record({
		base: optional(text),
		head: optional(text)
	})),
	trend: optional(record({
		levels: list(finite, 100),
		since: optional(record({
			called: text,
			ratio: finite
		})),
		link: optional(text)
	})),
	fault: optional(record({
		side: _enum([
			"base",
			"head",
			"both"
		]),
		kind: text,
		lastLines: optional(list(text, 20))
	})),
	accepted: optional(record({
		by: text,
		reason: text,
		bound: finite,
		on: optional(text)
	})),
	luck: optional(record({
		commit: text,
		title: text,
		ratio: finite,
		net: finite,
		excused: boolean()
	})),
	repeat: optional(text),
	untouched: optional(literal(true)),
	rounds: whole,
	lostRounds: optional(whole),
	detectable: optional(count),
	counters: optional(counters),
	cause: optional(cause),
	hot: optional(list(hotFunction, 1e4)),
	flame: optional(flame),
	annotated: optional(list(annotatedCode, 10)),
	suspects: optional(list(suspect)),
	displacers: optional(list(displacer)),
	touched: optional(list(touched, 1e4)),
	trials: optional(record({
		layout: optional(layoutTrial),
		remedies: optional(list(remedyTrial))
	}))
});
const commit = record({
	sha: string().regex(/^(?:[0-9a-f]{4,64})?$/),
	title: text.exactOptional()
});
const fault = record({
	what: text,
	detail: text.exactOptional(),
	side: _enum(["base", "head"]).exactOptional(),
	at: record({
		file: text,
		line: whole,
		message: text
	}).exactOptional()
});
const policy = _enum([
	"fail",
	"warn",
	"pass"
]);
const policies = record(Object.fromEntries(POLICY_NAMES.map((name) => [name, policy])));
const limitation = record({
	what: text,
	instead: text,
	above: literal(true).exactOptional()
});
const host = record({
	knobs: list(record({
		name: text,
		found: text.exactOptional(),
		set: text.exactOptional(),
		restored: boolean().exactOptional(),
		lasted: boolean().exactOptional(),
		why: text.exactOptional()
	})),
	isolation: text,
	network: _enum([
		"builds",
		"none",
		"all"
	]).exactOptional(),
	noise: list(text).exactOptional(),
	cpus: text.exactOptional()
});
const run = record({
	url: text.exactOptional(),
	number: whole.exactOptional(),
	attempt: whole.exactOptional()
});
const reportSchema = record({
	schema: literal(1),
	verdict: _enum([
		"pass",
		"fail",
		"undecided",
		"error"
	]),
	sentence: text,
	tool: record({
		name: literal("perf-verdict"),
		version: text
	}),
	base: commit,
	head: commit,
	pull: record({
		number: whole,
		repository: text
	}).exactOptional(),
	run: run.exactOptional(),
	key: string().regex(/^[A-Za-z0-9._-]{1,64}$/).exactOptional(),
	shard: record({
		index: whole,
		of: whole
	}).exactOptional(),
	seed: finite,
	alpha: count.max(1),
	startedAt: text,
	seconds: count,
	limitations: list(limitation),
	notes: list(text),
	remarks: list(text).exactOptional(),
	errors: list(fault),
	policies: policies.exactOptional(),
	machine: record$1(text, text).readonly(),
	host,
	benchmarks: list(benchmarkSchema, 1e4),
	unfinished: literal(true).exactOptional()
});
// src/report/markdown/comment.ts
function commentText(report, options) {
	const { link, key, ...who } = options;
	const { number: run = 0, attempt = 0 } = report.run ?? {};
	const good = exitCode(report) === 0;
	const marker = writeMarker({
		key,
		head: report.head.sha,
		run,
		attempt,
		...who,
		...who.gate !== void 0 && { good }
	});
	const layout = {
		depth: {
			items: 6,
			rows: 12
		},
		rest: "are only in the job summary and in report.json",
		foldFrom: 6,
		...key === "default" ? {} : { key },
		...link === void 0 ? {} : { link }
	};
	if (isQuiet(report)) return `${marker}\n${heading(report, layout).join("\n\n")}\n`;
	const items = itemsOf(report);
	const write = documentWriter(report, layout);
	const render = (shown) => `${marker}\n${write(items.slice(0, shown))}`;
	return largestThatFits(items.length, render, COMMENT_LIMIT);
}
export { commonAxis as A, statusParts as C, labelsOf as D, lastWords as E, displacerSentences as F, setRanges as I, setRuns as L, isNotable as M, itemsOf as N, repeatCommand as O, emptyReport as P, meaningOf as R, remarksOf as S, sharedReasons as T, largestThatFits as _, finite as a, listMarkdown as b, text as c, isCommentKey as d, isNewer as f, SUMMARY_LIMIT as g, CHECK_LIMIT as h, count as i, histogram as j, evidenceOf as k, whole as l, writeMarker as m, reportSchema as n, list as o, readMarker as p, benchmarkSchema as r, record as s, commentText as t, isClash as u, documentWriter as v, otherText as w, linksOf as x, medianTexts as y };
