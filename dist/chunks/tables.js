import { i as quoted, n as listed$1, r as numbered } from "./text.js";
import { a as html, o as htmlCode } from "./encode.js";
import { i as typeset, n as htmlProse } from "./prose.js";
import { c as number, f as string, h as unknown, l as object, r as array, s as looseObject, u as record } from "./schemas.js";
import { n as success, t as failed } from "./result.js";
import { c as formatInterval, r as formatChange } from "./format.js";
import { l as scaleOf, n as STYLE, o as label, r as at, s as line, u as ticks } from "./out-folder.js";
import { a as stepsOf, i as orderSteps, l as peaksOf, o as timelinesOf, s as worseRatio } from "./record.js";
// src/core/history/creep.ts
function creepsOf(records) {
	const line = orderSteps(records);
	const newest = newestDirect(records, line);
	const byCommit = new Map(line.map((step) => [step.commit, step]));
	return [...newest.values()].filter(({ row }) => row.decision === "slower" && row.accepted === void 0).map((direct) => creepOf(direct, byCommit));
}
function newestDirect(records, line) {
	const place = new Map(line.map(({ commit }, index) => [commit, index]));
	const last = line.at(-1);
	const newest = new Map();
	const latest = new Map();
	for (const record of records) {
		if (record.relation !== "release" && record.relation !== "past") continue;
		const kind = kindOf(record);
		if (isOlder(record, latest.get(kind), place)) continue;
		latest.set(kind, record);
		for (const row of record.rows) {
			const key = `${kind} ${row.name}`;
			const before = newest.get(key);
			const says = silence(row);
			if (says === void 0 || before?.row.decision !== "slower") newest.set(key, {
				record,
				row
			});
			else newest.set(key, {
				...before,
				since: {
					commit: record.commit,
					says
				}
			});
		}
	}
	for (const [key, direct] of newest) {
		const { commit, rows } = latest.get(kindOf(direct.record)) ?? direct.record;
		if (rows.some(({ name }) => name === direct.row.name)) continue;
		if (last && !last.rows.some(({ name }) => name === direct.row.name)) newest.delete(key);
		else newest.set(key, {
			...direct,
			since: {
				commit,
				says: "absent"
			}
		});
	}
	return newest;
}
function kindOf({ relation, called = "" }) {
	return relation === "past" ? `past ${called}` : relation;
}
function isOlder({ commit }, than, place) {
	const [own, other] = [place.get(commit), than && place.get(than.commit)];
	return own !== void 0 && other !== void 0 && own < other;
}
function silence({ decision }) {
	if (decision === "undecided" || decision === "masked") return "undecided";
	return decision === "unmeasured" ? "unmeasured" : void 0;
}
function creepOf({ record, row, since }, byCommit) {
	const { commit, against, called = against.slice(0, 10), at } = record;
	const back = stepsBack(commit, against, byCommit);
	const between = {
		...back,
		steps: back.complete ? back.steps : sinceThen(back.steps, record.dated)
	};
	const known = between.steps.flatMap((step) => {
		const own = step.rows.find(({ name }) => name === row.name);
		return own?.ratio === void 0 ? [] : [{
			step,
			own,
			ratio: own.ratio
		}];
	});
	const whole = Math.log(row.ratio ?? 1);
	const told = known.map(({ step, own, ratio }) => ({
		commit: step.commit,
		title: step.title ?? "",
		ratio,
		share: whole === 0 ? 0 : Math.log(ratio) / whole,
		accepted: own.accepted !== void 0
	}));
	return {
		name: row.name,
		commit,
		against,
		called,
		at,
		row,
		steps: told.toSorted((one, other) => other.share - one.share),
		complete: between.complete && known.length === between.steps.length,
		...since && { since }
	};
}
function sinceThen(steps, dated) {
	return dated === void 0 ? steps : steps.filter(({ at }) => Date.parse(at) >= Date.parse(dated));
}
function stepsBack(from, to, byCommit) {
	const steps = [];
	const seen = new Set();
	let at = from;
	while (at !== to && !seen.has(at)) {
		seen.add(at);
		const step = byCommit.get(at);
		if (!step) return {
			steps,
			complete: false
		};
		steps.push(step);
		at = step.against;
	}
	return {
		steps,
		complete: at === to
	};
}
function extentOf({ row }) {
	return worseRatio(row, row.ratio ?? 1);
}
// src/report/history/sentences.ts
function creepSentence({ name, called, row, steps, complete, since }) {
	const { ratio = 1, low, high } = row;
	const interval = low !== void 0 && high !== void 0 ? ` (${formatInterval({
		ratio,
		low,
		high
	})})` : "";
	const largest = steps[0];
	const from = largest === void 0 ? "none of the commits between was compared with the one before" : largest.share > .5 ? `more than half of it came with ${quoted(largest.commit.slice(0, 10))}` : `it came in ${numbered(steps.filter(({ share }) => share > 0).length, "small step")}, none of them half of it`;
	const partly = complete || largest === void 0 ? "" : "; some commits between were not compared";
	const stands = since === void 0 ? "" : ` The comparison of ${quoted(since.commit.slice(0, 10))} has no answer on it (${since.says}), so this stands until one has.`;
	const taken = steps.filter(({ accepted }) => accepted).map(({ commit, ratio: one }) => `${formatChange(one)} in ${quoted(commit.slice(0, 10))}`);
	const accepted = taken.length === 0 ? "" : ` Of that was accepted: ${listed$1(taken.slice(0, 5))}.`;
	return `${quoted(name)} is ${formatChange(ratio)} against ${quoted(called)}, compared directly${interval}; ${from}${partly}.${accepted}${stands}`;
}
function peakSentence({ name, from, until, ratio, cause, luck }) {
	const what = ratio > 1 ? "a peak" : "a dip";
	const by = cause === void 0 ? "" : ` by ${cause}`;
	const blame = luck ? "; code placement both times, so neither commit is to blame" : until.row.cause === void 0 && until.row.decision === "unchanged" ? "; the gate did not look for the reason, because that comparison only showed that nothing got slower" : until.row.cause === void 0 || until.row.cause === cause ? "" : ` by ${until.row.cause}`;
	return `${quoted(name)}: ${what}${by} of ${formatChange(ratio)} from ${quoted(from.commit.slice(0, 10))}, gone at ${quoted(until.commit.slice(0, 10))}${blame}.`;
}
// src/core/history/imports.ts
const finite = number().finite();
const actionData = object({ entries: record(string(), array(object({
	commit: object({ id: string().max(100) }),
	date: number(),
	benches: array(unknown())
}))) });
const actionBench = object({
	name: string().max(1e3),
	value: finite,
	unit: string().max(60)
});
const bencherMetrics = record(string().max(1e3), record(string().max(200), looseObject({ value: finite })));
const bencherVersion = object({ hash: string().max(100).nullish() }).nullish();
const bencherReport = object({
	start_time: string(),
	branch: object({
		head: object({ version: bencherVersion }).nullish(),
		version: bencherVersion
	}).nullish(),
	results: array(array(object({
		benchmark: object({ name: string().max(1e3) }),
		measures: array(object({
			measure: object({
				units: string().max(60),
				name: string().max(200)
			}),
			metric: object({ value: finite })
		}))
	})))
});
const asvResult = object({
	commit_hash: string().max(100),
	date: number(),
	result_columns: array(string()).optional(),
	results: record(string(), unknown())
});
function readImport(text, written) {
	const json = parseJson(text);
	if (json === void 0) return failed("it is neither JSON nor a data.js of github-action-benchmark");
	const action = actionData.safeParse(json);
	if (action.success) return found("github-action-benchmark", actionPoints(action.data));
	const reports = array(bencherReport).safeParse(Array.isArray(json) ? json : [json]);
	if (reports.success && reports.data.length > 0) return found("bencher", reports.data.flatMap(bencherPoints));
	const asv = asvResult.safeParse(json);
	if (asv.success) return found("asv", asvPoints(asv.data));
	const metrics = bencherMetrics.safeParse(json);
	if (!metrics.success || Object.keys(metrics.data).length === 0) return failed("its shape is none of github-action-benchmark, Bencher and asv");
	if (written === void 0) return failed("it holds Bencher’s metrics without a date; take the report, which has one");
	return found("bencher", metricPoints(metrics.data, written));
}
function found(from, read) {
	const points = read.flatMap((point) => point ?? []).toSorted((one, other) => one.at < other.at ? -1 : one.at > other.at ? 1 : 0);
	return success({
		from,
		points,
		skipped: read.length - points.length
	});
}
const PYTHON_NUMBERS = /(?<=[[,:]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g;
function parseJson(text) {
	const body = text.replace(/^\uFEFF/, "").replace(/^\s*window\.BENCHMARK_DATA\s*=\s*/, "").replace(/;\s*$/, "");
	for (const tried of [() => body, () => body.replace(PYTHON_NUMBERS, "null")]) try {
		return JSON.parse(tried());
	} catch {}
}
function actionPoints({ entries }) {
	const suites = Object.entries(entries);
	return suites.flatMap(([suite, runs]) => runs.flatMap(({ commit, date, benches }) => benches.map((bench) => {
		const at = isoOf(date);
		const read = actionBench.safeParse(bench);
		if (at === void 0 || !read.success) return void 0;
		const { name, value, unit } = read.data;
		return {
			name: suites.length > 1 ? `${suite}: ${name}` : name,
			unit: unit.replace(/\/iter$/, ""),
			value,
			at,
			commit: commit.id
		};
	})));
}
function metricPoints(metrics, at) {
	return Object.entries(metrics).flatMap(([name, measures]) => Object.entries(measures).map(([measure, { value }], _, all) => ({
		name: all.length > 1 ? `${name} (${measure})` : name,
		unit: measure === "latency" ? "ns" : "",
		value,
		at,
		commit: ""
	})));
}
function bencherPoints({ start_time, branch, results }) {
	const at = isoOf(Date.parse(start_time));
	if (at === void 0) return [];
	const commit = branch?.head?.version?.hash ?? branch?.version?.hash ?? "";
	return results.flat().flatMap(({ benchmark, measures }) => measures.map(({ measure, metric }) => ({
		name: measures.length > 1 ? `${benchmark.name} (${measure.name})` : benchmark.name,
		unit: measure.units,
		value: metric.value,
		at,
		commit
	})));
}
function asvPoints({ commit_hash, date, results, result_columns }) {
	const at = isoOf(date);
	if (at === void 0) return [];
	const column = Math.max(0, result_columns?.indexOf("result") ?? 0);
	return Object.entries(results).flatMap(([name, stored]) => {
		const found = result_columns && Array.isArray(stored) ? stored[column] : stored;
		const values = Array.isArray(found) ? found : [found];
		return values.map((value, index) => {
			if (typeof value !== "number" || !Number.isFinite(value)) return void 0;
			return {
				name: values.length > 1 ? `${name}[${index}]` : name,
				unit: "s",
				value,
				at,
				commit: commit_hash
			};
		});
	});
}
function isoOf(milliseconds) {
	const date = new Date(milliseconds);
	return Number.isNaN(date.getTime()) ? void 0 : date.toISOString();
}
// src/report/history/accepted.ts
const MOST_ACCEPTED = 60;
function acceptedItems(lines, link) {
	return lines.flatMap(({ name, points }) => points.map((point) => ({
		name,
		...point
	}))).filter(({ row }) => row.accepted !== void 0).toSorted((one, other) => one.at < other.at ? 1 : one.at > other.at ? -1 : 0).slice(0, MOST_ACCEPTED).map(({ name, commit, at, row }) => {
		const { by = "", reason = "", on } = row.accepted ?? {};
		const change = row.ratio === void 0 ? "" : typeset(html(formatChange(row.ratio)));
		return `${htmlCode(name)} ${change} at ${link(commit)} on ${html((on ?? at).slice(0, 10))}, accepted by ${htmlCode(by)}: ${html(reason)}`;
	});
}
// src/report/history/chart.ts
const WIDTH = 900;
const HEIGHT = 180;
const LEFT = 60;
const RIGHT = 892;
const TOP = 12;
const BOTTOM = 156;
const COLUMNS$1 = 416;
function timelineChart({ name, points, better }, marks, imported) {
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last) return "";
	const start = first.chain / (first.row.ratio ?? 1);
	const before = scaled(imported, start);
	const count = before.length + points.length;
	const levels = [
		...before,
		...points.map(({ chain }) => chain),
		start
	];
	const low = levels.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
	const high = levels.reduce((most, value) => Math.max(most, value), 0);
	const room = Math.max(Math.log(high / low) * .08, .01);
	const y = scaleOf([Math.log(low) - room, Math.log(high) + room], [BOTTOM, TOP]);
	const x = scaleOf([0, Math.max(1, count - 1)], [LEFT, RIGHT]);
	const level = (value) => Math.min(BOTTOM, Math.max(TOP, y(Math.log(value))));
	const place = (index) => x(before.length + index);
	const direction = better === "lower" ? "lower is better" : "higher is better";
	const words = `${points.length} commits; the level is ${formatChange(last.chain / start)} against the first; ${direction}.`;
	return [
		`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(`${name}. ${words}`)}">`,
		...axis(Math.exp(Math.log(low) - room), Math.exp(Math.log(high) + room), start, level),
		...band(points, place, level),
		path(before, (index) => x(index), level, "imported"),
		...gapless(points).map((run) => path(run.map(({ point }) => point.chain), (index) => place(run[index].index), level, "chain")),
		...marks.map(({ index, kind, says }) => mark(place(index), level(points[index].chain), kind, says)),
		label(LEFT, 176, first.at.slice(0, 10)),
		label(RIGHT, 176, last.at.slice(0, 10), "end"),
		"</svg>"
	].join("");
}
function importedChart(name, imported) {
	const values = imported.filter(({ value }) => value > 0);
	const [first, last] = [values[0], values.at(-1)];
	if (!first || !last) return "";
	const start = first.value;
	const low = values.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY);
	const high = values.reduce((most, { value }) => Math.max(most, value), 0);
	const room = Math.max(Math.log(high / low) * .08, .01);
	const y = scaleOf([Math.log(low) - room, Math.log(high) + room], [BOTTOM, TOP]);
	const x = scaleOf([0, Math.max(1, values.length - 1)], [LEFT, RIGHT]);
	const level = (value) => Math.min(BOTTOM, Math.max(TOP, y(Math.log(value))));
	const all = values.map(({ value }) => value);
	return [
		`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(`${name}. ${values.length} values of another tool.`)}">`,
		...axis(Math.exp(Math.log(low) - room), Math.exp(Math.log(high) + room), start, level),
		path(all.length === 1 ? [start, start] : all, (index) => x(index), level, "imported"),
		label(LEFT, 176, first.at.slice(0, 10)),
		label(RIGHT, 176, last.at.slice(0, 10), "end"),
		"</svg>"
	].join("");
}
function scaled(imported, level) {
	const values = imported.filter(({ value }) => value > 0).map(({ value }) => value);
	const last = values.at(-1);
	return last === void 0 ? [] : values.map((value) => value / last * level);
}
function axis(low, high, start, level) {
	const from = (low / start - 1) * 100;
	const to = (high / start - 1) * 100;
	return ticks(from, to, 5).flatMap((percent) => {
		const height = level(start * (1 + percent / 100));
		return [line([
			LEFT,
			height,
			RIGHT,
			height
		], percent === 0 ? "zero" : "grid"), label(54, height + 4, formatChange(1 + percent / 100), "end")];
	});
}
function gapless(points) {
	const runs = [];
	for (const [index, point] of points.entries()) {
		const run = runs.at(-1);
		if (run && !point.gap) run.push({
			point,
			index
		});
		else runs.push([{
			point,
			index
		}]);
	}
	return runs;
}
function path(values, x, level, kind) {
	if (values.length === 0) return "";
	const step = Math.max(1, Math.ceil(values.length / COLUMNS$1));
	const shown = [];
	for (let from = 0; from < values.length; from += step) {
		const slice = values.slice(from, from + step);
		const low = from + slice.indexOf(slice.reduce((least, value) => Math.min(least, value)));
		const high = from + slice.indexOf(slice.reduce((most, value) => Math.max(most, value)));
		shown.push(...new Set([
			from,
			low,
			high,
			from + slice.length - 1
		].sort((one, other) => one - other)));
	}
	return `<path class="${kind}" d="${shown.map((index, order) => `${order === 0 ? "M" : "L"}${at(x(index))} ${at(level(values[index]))}`).join("")}"/>`;
}
function band(points, place, level) {
	const step = Math.max(1, Math.ceil(points.length / 100));
	const some = points.flatMap((point, index) => index % step === 0 || index === points.length - 1 ? [{
		point,
		index
	}] : []);
	const upper = some.map(({ point, index }) => `${at(place(index))} ${at(level(point.high))}`);
	const lower = some.map(({ point, index }) => `${at(place(index))} ${at(level(point.low))}`).reverse();
	return points.length < 2 ? [] : [`<path class="interval" d="M${[...upper, ...lower].join("L")}z"/>`];
}
function mark(x, y, kind, says) {
	const title = `<title>${html(says)}</title>`;
	if (kind === "release") return `<g>${title}${line([
		x,
		TOP,
		x,
		BOTTOM
	], "release")}</g>`;
	return `<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="4">${title}</circle>`;
}
// src/report/history/script.ts
const HISTORY_SCRIPT = `
const tools = document.querySelector('.tools')
const sections = [...document.querySelectorAll('section.timeline')]
if (tools && sections.length > 1) {
  tools.hidden = false
  const text = tools.querySelector('input')
  const filter = () => {
    const wanted = text.value.toLowerCase()
    let shown = 0
    for (const section of sections) {
      section.hidden = !section.dataset.name.toLowerCase().includes(wanted)
      if (!section.hidden) shown++
    }
    tools.querySelector('output').textContent = shown + ' of ' + sections.length
  }
  text.addEventListener('input', filter)
  filter()
}
`;
// src/report/history/page.ts
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-Vz8JEW+71DE+OtnXwToDupH2vLnUHqx6wTaCyYCU5SU='; base-uri 'none'; form-action 'none'`;
const HISTORY_STYLE = `
svg path.chain { fill: none; stroke: var(--head); stroke-width: 1.5 } svg path.imported { fill: none; stroke: var(--warn) }
svg path.interval { fill: var(--band) } svg .release { stroke: var(--good); stroke-dasharray: 2 3 }
svg circle.slower { fill: var(--bad) } svg circle.faster { fill: var(--good) } svg circle.peak { fill: none; stroke: var(--bad); stroke-width: 2 }
svg circle.accepted { fill: var(--soft) } section.timeline { content-visibility: auto; contain-intrinsic-size: auto 260px }
section.timeline[hidden] { display: none } svg { max-width: 100% } .key.imported { background: var(--warn) } .key.slower { background: var(--bad) } .key.faster { background: var(--good) }
`;
function historyText({ records, imported, unreadable, repository }) {
	const byName = importsByName(imported);
	const lines = timelinesOf(records).toSorted((one, other) => drift(other) - drift(one));
	const peaks = lines.flatMap(peaksOf);
	const creeps = creepsOf(records);
	const link = linkTo(repository);
	const commits = new Set(records.map(({ commit }) => commit)).size;
	const { aside } = stepsOf(records);
	const alone = [...byName].filter(([name]) => !lines.some((line) => line.name === name));
	const machines = new Set(records.map(({ machine }) => machine)).size;
	return [
		"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">",
		`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">",
		`<title>Performance history – Perf Verdict</title><style>${STYLE}${HISTORY_STYLE}</style></head><body>`,
		"<header><h1>Performance history</h1>",
		`<p class="status">${numbered(lines.length, "benchmark")} · ${numbered(commits, "commit")} · ${numbered(machines, "machine")}${aside.length > 0 ? ` · ${numbered(aside.length, "comparison")} of commits that are not on the line of the branch` : ""}${unreadable > 0 ? ` · ${numbered(unreadable, "line")} could not be read` : ""}</p>`,
		"<p>Each step is the ratio of two builds that ran side by side on one machine, so a faster or slower machine bends no line.</p></header><main>",
		listed("Slower than an older version", creeps.map((creep) => creepItem(creep, link))),
		listed("Peaks", peaks.slice(-60).reverse().map((peak) => peakItem(peak, link))),
		listed("Accepted slowdowns", acceptedItems(lines, link)),
		"<form class=\"tools\" hidden><label>Benchmark <input type=\"search\" autocomplete=\"off\"></label> <output></output></form>",
		"<p class=\"status\"><span class=\"key head\"></span>level <span class=\"key slower\"></span>slower <span class=\"key faster\"></span>faster <span class=\"key imported\"></span>values of another tool, which a change of machine shifts</p>",
		...lines.map((timeline, index) => section({
			timeline,
			index,
			records,
			imported: byName.get(timeline.name) ?? [],
			peaks,
			link
		})),
		...alone.slice(0, MOST_ALONE).map(([name, points], index) => importedSection(name, points, lines.length + index)),
		alone.length > MOST_ALONE ? `<p class="status">${alone.length - MOST_ALONE} more names of other tools are not drawn.</p>` : "",
		`</main><script>${HISTORY_SCRIPT}<\/script></body></html>\n`
	].join("\n");
}
function linkTo(repository) {
	const safe = repository !== void 0 && /^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+$/.test(repository);
	return (commit) => {
		const short = htmlCode(commit.slice(0, 10));
		return safe ? `<a href="${repository}/commit/${commit}">${short}</a>` : short;
	};
}
function importsByName(imported) {
	const byName = new Map();
	for (const point of imported.toSorted((one, other) => one.at < other.at ? -1 : one.at > other.at ? 1 : 0)) {
		const own = byName.get(point.name) ?? [];
		byName.set(point.name, own);
		own.push(point);
	}
	return byName;
}
function importedSection(name, points, index) {
	const unit = points.at(-1)?.unit ?? "";
	return [
		`<section class="timeline" id="timeline-${index + 1}" data-name="${html(name)}"><h2>${htmlCode(name, 200)}</h2>`,
		`<p class="status">${numbered(points.length, "value")} of another tool${unit === "" ? "" : ` in ${html(unit)}`}; no gate has measured this name</p>`,
		`<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${importedChart(name, points)}</div></section>`
	].join("\n");
}
const MOST_ALONE = 200;
function drift({ points, better }) {
	const last = points.at(-1)?.chain ?? 1;
	return better === "lower" ? Math.log(last) : -Math.log(last);
}
function listed(title, items) {
	if (items.length === 0) return "";
	return `<section><h2>${title}</h2><ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul></section>`;
}
function creepItem(creep, link) {
	const steps = creep.steps.slice(0, 5).map(({ commit, ratio, title }) => `<li>${link(commit)} ${typeset(html(formatChange(ratio)))} ${html(title)}</li>`);
	return `${htmlProse(creepSentence(creep))}<ul>${steps.join("")}</ul>`;
}
function peakItem(peak, link) {
	return `${htmlProse(peakSentence(peak))} <small>${link(peak.from.commit)} → ${link(peak.until.commit)}</small>`;
}
function section(of) {
	const { timeline, index, records, imported, peaks, link } = of;
	const { name, points } = timeline;
	const events = points.filter(isEvent);
	const rows = events.slice(-60).reverse().map((point) => eventRow(point, link));
	return [
		`<section class="timeline" id="timeline-${index + 1}" data-name="${html(name)}"><h2>${htmlCode(name, 200)}</h2>`,
		`<p class="status">${summaryOf(timeline, records)}</p>`,
		`<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${timelineChart(timeline, marksOf(timeline, records, peaks), imported)}</div>`,
		...rows.length > 0 ? [`<details><summary>${numbered(events.length, "commit")} changed it</summary><div class="scroll" tabindex="0" role="region" aria-label="Commits"><table><thead><tr><th scope="col">Commit</th><th scope="col">Date</th><th scope="col" class="figure">Change</th><th scope="col">Finding</th><th scope="col">Title</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`] : [],
		"</section>"
	].join("\n");
}
function summaryOf({ name, points }, records) {
	const last = points.at(-1);
	const newest = records.filter(({ relation }) => relation === "release" || relation === "past").findLast(({ rows }) => rows.some((row) => row.name === name));
	const direct = newest?.rows.find((row) => row.name === name);
	const parts = [
		`${numbered(points.length, "commit")}`,
		...last ? [`level ${formatChange(last.chain)} against the first commit`] : [],
		...newest && direct?.ratio !== void 0 ? [`${formatChange(direct.ratio)} against ${newest.called ?? newest.against.slice(0, 10)}, compared directly`] : []
	];
	return typeset(parts.map(html).join(" · "));
}
function isEvent({ row }) {
	return row.decision === "slower" || row.decision === "faster" || row.decision === "masked" || row.accepted !== void 0;
}
function eventRow({ commit, at, title, row }, link) {
	const { ratio, low, high, decision, cause, accepted } = row;
	const change = ratio === void 0 ? "–" : typeset(html(formatChange(ratio)));
	const interval = ratio !== void 0 && low !== void 0 && high !== void 0 ? `<small>${typeset(html(formatInterval({
		ratio,
		low,
		high
	})))}</small>` : "";
	const kind = decision === "slower" ? "bad" : decision === "faster" ? "good" : "open";
	const taken = accepted ? `<small>accepted by ${html(accepted.by)}: ${html(accepted.reason)}</small>` : "";
	return `<tr><td>${link(commit)}</td><td>${html(at.slice(0, 10))}</td><td class="figure">${change}${interval}</td><td><span class="${kind}">${decision}</span>${cause === void 0 ? "" : `<small>${html(cause)}</small>`}${taken}</td><td>${html(title)}</td></tr>`;
}
function marksOf({ points }, records, peaks) {
	const released = new Map(records.flatMap(({ relation, against, called }) => relation === "release" && called !== void 0 ? [[against, called]] : []));
	const peaked = new Map(peaks.flatMap((peak) => points.includes(peak.from) ? [[peak.from, peak]] : []));
	return points.flatMap((point, index) => {
		const { commit, row, title } = point;
		const peak = peaked.get(point);
		const release = released.get(commit);
		const change = row.ratio === void 0 ? "" : ` ${formatChange(row.ratio)}`;
		return [...peak ? [{
			index,
			kind: "peak",
			says: `${peakSentence(peak)} ${title}`
		}] : row.accepted ? [{
			index,
			kind: "accepted",
			says: `${quoted(commit.slice(0, 10))}${change}, accepted by ${row.accepted.by}`
		}] : row.decision === "slower" || row.decision === "faster" ? [{
			index,
			kind: row.decision,
			says: `${commit.slice(0, 10)}${change} ${title}`
		}] : [], ...release === void 0 ? [] : [{
			index,
			kind: "release",
			says: release
		}]];
	});
}
// src/report/history/tables.ts
const COLUMNS = [
	"benchmark",
	"commit",
	"date",
	"decision",
	"ratio",
	"low",
	"high",
	"chain",
	"cause",
	"title"
];
function historyCsv(records) {
	const rows = timelinesOf(records).flatMap(({ name, points }) => points.map(({ commit, at, row, chain, title }) => [
		name,
		commit,
		at,
		row.decision,
		String(row.ratio ?? ""),
		String(row.low ?? ""),
		String(row.high ?? ""),
		String(Number(chain.toPrecision(6))),
		row.cause ?? "",
		title
	]));
	return [COLUMNS, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
function field(text) {
	const safe = /^\s*[=+@\t\r-]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}
function historyBadge(records) {
	const [worst] = creepsOf(records).toSorted((one, other) => extentOf(other) - extentOf(one));
	const { message, color } = worst ? {
		message: `${formatChange(extentOf(worst))} since ${worst.called.slice(0, 40)}`,
		color: COLORS[0]
	} : withoutCreep(records);
	return `${JSON.stringify({
		schemaVersion: 1,
		label: "performance",
		message,
		color
	})}\n`;
}
function withoutCreep(records) {
	const anchored = records.findLast(({ relation }) => relation === "release") ?? records.findLast(({ relation }) => relation === "past");
	if (!anchored) return {
		message: lastCommit(timelinesOf(records)),
		color: COLORS[3]
	};
	const against = (anchored.called ?? anchored.against.slice(0, 10)).slice(0, 40);
	const open = anchored.rows.filter(({ decision }) => OPEN.has(decision)).length;
	const taken = anchored.rows.filter(({ accepted }) => accepted !== void 0).length;
	if (open > 0) return {
		message: `${open} of ${anchored.rows.length} not known since ${against}`,
		color: COLORS[1]
	};
	if (taken > 0) return {
		message: `${taken} accepted since ${against}`,
		color: COLORS[2]
	};
	return {
		message: `not slower since ${against}`,
		color: COLORS[2]
	};
}
const OPEN = new Set([
	"undecided",
	"unmeasured",
	"masked"
]);
const COLORS = [
	"red",
	"orange",
	"brightgreen",
	"lightgrey"
];
function worstBadge(badges) {
	return badges.flatMap((text) => {
		try {
			const { color } = JSON.parse(text);
			const rank = COLORS.indexOf(color);
			return rank < 0 ? [] : [{
				text,
				rank
			}];
		} catch {
			return [];
		}
	}).toSorted((one, other) => one.rank - other.rank)[0]?.text ?? badges[0] ?? "";
}
function lastCommit(lines) {
	return lines.length === 0 ? "no history" : `${lines.length} tracked`;
}
export { readImport as a, creepsOf as c, historyText as i, extentOf as l, historyCsv as n, creepSentence as o, worstBadge as r, peakSentence as s, historyBadge as t };
