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
export { worseRatio as i, stepsOf as n, timelinesOf as r, orderSteps as t };
