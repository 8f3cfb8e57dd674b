import { s as isNoisy } from "./harness-name.js";
import { a as isHeldByLayouts, at as summarizeRounds, b as stepsIn, c as decideTable, f as roundsToAnswer, n as exactRow, t as answerExact, v as roundsIn } from "./exact-rows.js";
// src/core/decision/redecide.ts
function redecide(rows, alpha, wording) {
	const answers = answersOf(rows, alpha, wording);
	return rows.map((row) => {
		const answer = answers.get(row);
		return answer && answer.decision !== row.decision ? keptMasked(answer, row) : row;
	});
}
function keptMasked(answer, row) {
	return isHeldByLayouts(row, answer) ? {
		...answer,
		decision: row.decision
	} : answer;
}
function decideAnew(rows, alpha, wording) {
	const answers = answersOf(rows, alpha, wording);
	return rows.map((row) => answers.get(row) ?? row);
}
function answersOf(rows, alpha, wording) {
	const judged = rows.flatMap((row) => {
		const rounds = roundsOf(row);
		if (!rounds) return [];
		return [{
			row,
			summary: summarizeRounds(rounds, {
				...row,
				...stepsIn(row)
			}, alpha),
			unit: row.unit
		}];
	});
	const answers = decideTable(judged, {
		alpha,
		rows: rows.filter(isTested).length
	});
	const exact = rows.flatMap((row) => {
		const rounds = row.decision === "unmeasured" ? void 0 : roundsIn(row);
		const values = rounds && exactRow(row, rounds);
		if (!values) return [];
		const needed = roundsToAnswer({ alpha }, row.lostRounds);
		const { reason: _, change: __, ...kept } = row;
		const { reason, ...answer } = answerExact(values, {
			...row,
			...stepsIn(row)
		}, {
			rounds: rounds.length,
			needed
		});
		return [[row, {
			...kept,
			...answer,
			...reason && { reason: wording(reason) }
		}]];
	});
	return new Map([...exact, ...judged.map(({ row, summary }, at) => {
		const { decision, reason, control } = answers[at];
		const { reason: _, change: __, ...kept } = row;
		const samples = row.control?.samples;
		return [row, {
			...kept,
			decision,
			...reason && { reason: wording(reason) },
			...summary.change ? { change: summary.change } : {},
			...control ? { control: {
				...control,
				...samples ? { samples } : {}
			} } : {}
		}];
	})]);
}
function isTested(row) {
	if (!isNoisy(row.metric) || row.decision === "new" || row.decision === "removed") return false;
	return row.rounds > 0 || row.decision === "unmeasured";
}
function roundsOf(row) {
	const rounds = row.decision === "unmeasured" || !isNoisy(row.metric) ? void 0 : roundsIn(row);
	return rounds && exactRow(row, rounds) ? void 0 : rounds;
}
function worstBreach(rows, alpha) {
	return rows.filter((row) => row.decision === "slower").flatMap((row) => redecide([row], alpha / rows.length, () => "")).filter((row) => row.decision === "slower").toSorted((one, other) => slowdown(other) - slowdown(one))[0];
}
function slowdown({ change, better }) {
	const ratio = change?.ratio ?? 1;
	return better === "lower" ? ratio : 1 / ratio;
}
export { worstBreach as i, keptMasked as n, redecide as r, decideAnew as t };
