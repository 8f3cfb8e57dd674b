import { a as peakSentence, c as timelinesOf, i as creepSentence, n as historyCsv, o as creepsOf, r as historyText, s as peaksOf, t as historyBadge } from "./tables.js";
import { c as object, d as string, l as record, m as unknown, r as array, s as number } from "./schemas.js";
import { n as success, t as failed } from "./result.js";
import { n as InputError } from "./errors.js";
import { n as readHistoryFile } from "./history-file.js";
import { t as openOutFolder } from "./out-folder.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
// src/core/history/imports.ts
const finite = number().finite();
const actionData = object({ entries: record(string(), array(object({
	commit: object({ id: string().max(100) }),
	date: number(),
	benches: array(object({
		name: string().max(1e3),
		value: finite,
		unit: string().max(60)
	}))
}))) });
const bencherReport = object({
	start_time: string(),
	branch: object({ head: object({ version: object({ hash: string().nullish() }).nullish() }).nullish() }).nullish(),
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
function readImport(text) {
	const json = parseJson(text);
	if (json === void 0) return failed("it is neither JSON nor a data.js of github-action-benchmark");
	const action = actionData.safeParse(json);
	if (action.success) return success({
		from: "github-action-benchmark",
		points: actionPoints(action.data)
	});
	const reports = array(bencherReport).safeParse(Array.isArray(json) ? json : [json]);
	if (reports.success && reports.data.length > 0) return success({
		from: "bencher",
		points: reports.data.flatMap(bencherPoints)
	});
	const asv = asvResult.safeParse(json);
	if (asv.success) return success({
		from: "asv",
		points: asvPoints(asv.data)
	});
	return failed("its shape is none of github-action-benchmark, Bencher and asv");
}
function parseJson(text) {
	const body = text.replace(/^\uFEFF/, "").replace(/^\s*window\.BENCHMARK_DATA\s*=\s*/, "").replace(/;\s*$/, "");
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}
function actionPoints({ entries }) {
	return Object.entries(entries).flatMap(([suite, runs]) => runs.flatMap(({ commit, date, benches }) => benches.flatMap(({ name, value, unit }) => {
		const at = isoOf(date);
		const full = Object.keys(entries).length > 1 ? `${suite}: ${name}` : name;
		return at === void 0 ? [] : [{
			name: full,
			unit: unit.replace(/\/iter$/, ""),
			value,
			at,
			commit: commit.id
		}];
	})));
}
function bencherPoints({ start_time, branch, results }) {
	const at = isoOf(Date.parse(start_time));
	if (at === void 0) return [];
	const commit = branch?.head?.version?.hash ?? "";
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
		return values.flatMap((value, index) => typeof value === "number" && Number.isFinite(value) ? [{
			name: values.length > 1 ? `${name}[${index}]` : name,
			unit: "s",
			value,
			at,
			commit: commit_hash
		}] : []);
	});
}
function isoOf(milliseconds) {
	const date = new Date(milliseconds);
	return Number.isNaN(date.getTime()) ? void 0 : date.toISOString();
}
// src/commands/terminal-history.ts
const FILES = [
	"history.html",
	"history.json",
	"history.csv",
	"badge.json"
];
async function historyFromTerminal(words, { history, out = "perf-verdict-history", json, csv }) {
	if (history === void 0) throw new InputError(["history needs its file; give it as --history FILE."]);
	const { records, unreadable } = await readHistoryFile(resolve(history));
	const imported = await importsOf(words);
	if (json !== void 0 || csv !== void 0) {
		process.stdout.write(csv === void 0 ? jsonOf(records) : historyCsv(records));
		return 0;
	}
	const folder = await openOutFolder({
		path: out,
		root: process.cwd(),
		files: FILES
	});
	const lines = timelinesOf(records);
	const [peaks, creeps] = [lines.flatMap(peaksOf), creepsOf(records)];
	await folder.write({
		"history.html": historyText({
			records,
			imported,
			unreadable: unreadable.length
		}),
		"history.json": jsonOf(records),
		"history.csv": historyCsv(records),
		"badge.json": historyBadge(records)
	});
	const told = [
		`${records.length} comparisons of ${lines.length} benchmarks${imported.length > 0 ? `, and ${imported.length} values of other tools` : ""}`,
		...unreadable.length > 0 ? [`lines that could not be read: ${unreadable.slice(0, 20).join(", ")}`] : [],
		...creeps.map(creepSentence),
		...peaks.map(peakSentence),
		`drawn in ${folder.path}`
	];
	process.stdout.write(`${told.join("\n").replaceAll("`", "")}\n`);
	return 0;
}
function jsonOf(records) {
	const timelines = timelinesOf(records);
	const content = {
		timelines,
		peaks: timelines.flatMap(peaksOf),
		creeps: creepsOf(records)
	};
	return `${JSON.stringify(content, null, 1)}\n`;
}
async function importsOf(files) {
	const faults = [];
	const points = [];
	for (const path of files) {
		const text = await readFile(path, "utf8").catch((error) => {
			faults.push(`${path} cannot be read (${String(error)}); name a result file of another tool.`);
		});
		if (text === void 0) continue;
		const read = readImport(text);
		if (read.ok) points.push(...read.value.points);
		else faults.push(`${path} is no result file: ${read.fault}; name a data.js, a Bencher report or an asv result.`);
	}
	if (faults.length > 0) throw new InputError(faults);
	return points;
}
export { historyFromTerminal };
