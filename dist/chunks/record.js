import { c as number, f as string, i as boolean, l as object, n as _enum, o as literal, r as array } from "./schemas.js";
import { t as datetime } from "./iso.js";
// src/core/history/peaks.ts
const BACK = .25;
const LONGEST_PEAK = 200;
function peaksOf({ name, points }) {
	const peaks = [];
	let free = 0;
	for (const [index, from] of points.entries()) {
		if (index < free || !isShown(from)) continue;
		const height = Math.log(from.row.ratio ?? 1);
		if (height === 0) continue;
		let away = height;
		const end = points.slice(index + 1, index + 1 + LONGEST_PEAK).findIndex((point) => {
			if (!isShown(point)) return false;
			away += Math.log(point.row.ratio ?? 1);
			return Math.abs(away) <= BACK * Math.abs(height);
		});
		const until = points[index + 1 + end];
		if (end < 0 || !until) continue;
		if (Math.sign(Math.log(until.row.ratio ?? 1)) === Math.sign(height)) continue;
		if (points.slice(index + 1, index + 2 + end).some(({ gap }) => gap)) continue;
		const cause = from.row.cause === void 0 ? {} : { cause: from.row.cause };
		const luck = from.row.cause === "placement" && until.row.cause === "placement";
		peaks.push({
			name,
			from,
			until,
			ratio: Math.exp(height),
			...cause,
			luck
		});
		free = index + 2 + end;
	}
	return peaks;
}
function isShown({ row }) {
	const { decision, ratio, low, high, threshold, better } = row;
	if (ratio === void 0) return false;
	if (decision === "slower" || decision === "faster") return true;
	if (decision !== "unchanged" || low === void 0 || high === void 0) return false;
	return better === "lower" ? high < 1 / (1 + threshold) : low > 1 + threshold;
}
// src/core/history/timeline.ts
function stepsOf(records) {
	const byCommit = new Map();
	for (const record of records) if (record.relation === "previous") byCommit.set(record.commit, record);
	const passed = new Set([...byCommit.values()].map(({ against }) => against));
	const newestFirst = [...byCommit.values()].reverse();
	const ends = newestFirst.filter(({ commit }) => !passed.has(commit));
	const placed = new Set();
	const onLine = new Set();
	const runs = [];
	const aside = [];
	for (const end of [...ends, ...newestFirst]) {
		const run = [];
		let from = end.commit;
		for (let step = byCommit.get(from); step && !placed.has(step.commit); from = step.against, step = byCommit.get(from)) {
			placed.add(step.commit);
			run.unshift(step);
		}
		if (run.length === 0) continue;
		if (onLine.has(from)) {
			aside.unshift(run);
			continue;
		}
		runs.unshift(run);
		onLine.add(from);
		for (const { commit } of run) onLine.add(commit);
	}
	return {
		line: runs.flat(),
		aside: aside.flat()
	};
}
function orderSteps(records) {
	return stepsOf(records).line;
}
function timelinesOf(records) {
	const steps = orderSteps(records);
	const lines = new Map();
	for (const { commit, against, title = "", at, rows } of steps) for (const row of rows) {
		const line = lines.get(row.name) ?? {
			unit: row.unit,
			better: row.better,
			points: [],
			log: 0,
			spread: 0
		};
		lines.set(row.name, line);
		const gap = line.last !== void 0 && (line.last !== against || !isKnown(row));
		const { ratio = 1, low = ratio, high = ratio } = row;
		line.log += Math.log(ratio);
		line.spread = Math.hypot(line.spread, Math.log(high / low) / 2);
		line.last = commit;
		const chain = Math.exp(line.log);
		const factor = Math.exp(line.spread);
		line.points.push({
			commit,
			title,
			at,
			row,
			chain,
			low: chain / factor,
			high: chain * factor,
			gap
		});
	}
	return [...lines].map(([name, { unit, better, points }]) => ({
		name,
		unit,
		better,
		points
	}));
}
function isKnown({ decision, ratio }) {
	return ratio !== void 0 || decision === "unchanged";
}
function worseRatio({ better }, ratio) {
	return better === "lower" ? ratio : 1 / ratio;
}
// src/core/history/record.ts
const RELATIONS = [
	"previous",
	"release",
	"past",
	"chosen"
];
const ratio = number().positive().finite();
const name = string().min(1).max(1e3);
const sha = string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const rowSchema = object({
	name,
	unit: string().max(60),
	better: _enum(["lower", "higher"]),
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
	threshold: number().nonnegative().finite(),
	ratio: ratio.optional(),
	low: ratio.optional(),
	high: ratio.optional(),
	cause: string().max(40).optional(),
	shown: boolean().optional(),
	base: number().finite().optional(),
	head: number().finite().optional(),
	instructions: ratio.optional(),
	accepted: object({
		by: string().max(200),
		reason: string().max(500),
		bound: ratio.optional(),
		on: string().max(10).optional()
	}).optional(),
	lost: sha.optional()
});
const recordSchema = object({
	v: literal(1),
	commit: sha,
	against: sha,
	relation: _enum(RELATIONS),
	called: string().max(200).optional(),
	dated: datetime().optional(),
	title: string().max(200).optional(),
	at: datetime(),
	machine: string().max(200),
	rows: array(rowSchema).max(1e4)
});
const LONGEST_LINE = 8388608;
function parseHistory(text) {
	const records = [];
	const unreadable = [];
	for (const [index, line] of text.split("\n").entries()) {
		if (line.trim() === "") continue;
		const record = readLine(line);
		if (record) records.push(record);
		else unreadable.push(index + 1);
	}
	return {
		records,
		unreadable
	};
}
function readLine(line) {
	if (line.length > LONGEST_LINE) return void 0;
	try {
		const parsed = recordSchema.safeParse(JSON.parse(line));
		return parsed.success ? parsed.data : void 0;
	} catch {
		return;
	}
}
function historyLine(record) {
	return `${JSON.stringify(record)}\n`;
}
const FIGURES = 6;
function recordOf(report, { relation, called, dated }) {
	const { base, head, startedAt, machine, benchmarks } = report;
	return {
		v: 1,
		commit: head.sha,
		against: base.sha,
		relation,
		...called === void 0 ? {} : { called: called.slice(0, 200) },
		...dated === void 0 ? {} : { dated },
		...head.title === void 0 ? {} : { title: head.title },
		at: startedAt,
		machine: machineName(machine),
		rows: benchmarks.map(({ name, unit, better, decision, threshold, change, cause, base, head, counters, accepted, luck }) => {
			const [before, after] = [counters?.base.instructions, counters?.head.instructions];
			return {
				name,
				unit,
				better,
				decision,
				threshold,
				...change && {
					ratio: rounded(change.ratio),
					low: rounded(change.low),
					high: rounded(change.high)
				},
				...cause && {
					cause: cause.kind,
					...cause.confidence === "shown" && { shown: true }
				},
				...base && { base: rounded(base.median) },
				...head && { head: rounded(head.median) },
				...accepted && { accepted: kept(accepted) },
				...luck && { lost: luck.commit },
				...before && after && { instructions: rounded(after / before) }
			};
		})
	};
}
function kept(accepted) {
	return {
		...accepted,
		by: accepted.by.slice(0, 200),
		reason: accepted.reason.slice(0, 500)
	};
}
function machineName(machine) {
	const facts = ["cpu", "kernel"].flatMap((fact) => machine[fact] ?? []);
	return facts.length === 0 ? "unknown" : facts.join(", ").slice(0, 200);
}
function rounded(value) {
	return Number(value.toPrecision(FIGURES));
}
export { stepsOf as a, isShown as c, orderSteps as i, peaksOf as l, parseHistory as n, timelinesOf as o, recordOf as r, worseRatio as s, historyLine as t };
