import { c as number, f as string, i as boolean, l as object, n as _enum, o as literal, r as array } from "./schemas.js";
import { t as datetime } from "./iso.js";
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
export { parseHistory as n, recordOf as r, historyLine as t };
