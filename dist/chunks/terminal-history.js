import { a as readImport, c as creepsOf, i as historyText, n as historyCsv, o as creepSentence, s as peakSentence, t as historyBadge } from "./tables.js";
import { l as peaksOf, o as timelinesOf } from "./record.js";
import { n as InputError } from "./errors.js";
import { c as visibleLines, s as visibleJson, t as counted } from "./text.js";
import { n as readHistoryFile } from "./history-file.js";
import { t as openOutFolder } from "./out-folder.js";
import { t as git } from "./git.js";
import { t as tools } from "./tools.js";
import { resolve } from "node:path";
import { readFile, stat } from "node:fs/promises";
// src/commands/terminal-history.ts
const FILES = [
	"history.html",
	"history.json",
	"history.csv",
	"badge.json"
];
async function historyFromTerminal(words, { history, out = "perf-verdict-history", json, csv }) {
	if (history === void 0) throw new InputError(["history needs its file; give it as --history FILE."]);
	if (json !== void 0 && csv !== void 0) throw new InputError(["--json and --csv contradict each other; give one of them."]);
	const { records, unreadable } = await readHistoryFile(resolve(history));
	if (records.length === 0 && (unreadable.length > 0 || words.length === 0)) throw new InputError([await noHistory(history)]);
	const imported = await importsOf(words);
	if (json !== void 0 || csv !== void 0) {
		process.stdout.write(csv === void 0 ? jsonOf(records, imported) : historyCsv(records));
		return 0;
	}
	const repository = await repositoryOf();
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
			unreadable: unreadable.length,
			...repository === void 0 ? {} : { repository }
		}),
		"history.json": jsonOf(records, imported),
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
	process.stdout.write(`${visibleLines(told.join("\n").replaceAll("`", ""))}\n`);
	return 0;
}
async function noHistory(path) {
	if (!await stat(path).catch(() => void 0)) return `There is no file ${path}; name the file that perf-verdict gate --history appends to.`;
	return `${path} holds no line of a history; name the file that perf-verdict gate --history appends to.`;
}
function jsonOf(records, imported) {
	const timelines = timelinesOf(records);
	const content = {
		timelines,
		peaks: timelines.flatMap(peaksOf),
		creeps: creepsOf(records),
		imported
	};
	return `${visibleJson(content, 1)}\n`;
}
async function importsOf(files) {
	const faults = [];
	const points = [];
	for (const path of files) {
		const text = await readFile(path, "utf8").catch((error) => {
			faults.push(`${path} cannot be read (${String(error)}); name a result file of another tool.`);
		});
		if (text === void 0) continue;
		const written = (await stat(path)).mtime.toISOString();
		const read = readImport(text, written);
		if (read.ok) {
			points.push(...read.value.points);
			if (read.value.skipped > 0) process.stderr.write(`${path}: ${counted(read.value.skipped, "result")} without a number left out\n`);
		} else faults.push(`${path} is no result file: ${read.fault}; name a data.js, a Bencher report or an asv result.`);
	}
	if (faults.length > 0) throw new InputError(faults);
	return points;
}
async function repositoryOf() {
	const remote = (await git(tools, process.cwd(), [
		"remote",
		"get-url",
		"origin"
	])).out.trim();
	const [, host, path] = /^(?:https:\/\/|(?:ssh:\/\/)?git@)([\w.-]+)[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
	return host === void 0 ? void 0 : `https://${host}/${path}`;
}
export { historyFromTerminal };
