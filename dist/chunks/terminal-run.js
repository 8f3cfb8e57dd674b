import { t as withRepeats } from "./repeat-command.js";
import { E as decidedWords, d as reachFaults, gt as idleAcceptances, i as verdictSentence, mt as accept, vt as exitCode } from "./exact-rows.js";
import { c as withPast, o as inheritedAcceptances, t as commitsBetween } from "./anchor.js";
import { r as recordOf } from "./record.js";
import { n as InputError } from "./errors.js";
import { P as emptyReport } from "./comment.js";
import { n as openMasks } from "./secrets.js";
import { c as visibleLines, s as visibleJson } from "./text.js";
import { t as VERSION } from "./version.js";
import { a as jsonText, i as openReports, r as keepPartial, t as deliver } from "./deliver.js";
import { a as planned, d as MOST_ROUNDS, r as gate, t as callerEnvironment } from "./caller-environment.js";
import { n as verdictLine, t as logText } from "./log.js";
import { c as plainName, s as plainLine } from "./encode.js";
import { a as formatDuration, l as formatShare } from "./format.js";
import { t as aligned } from "./lines.js";
import { n as readHistoryFile, t as appendHistoryFile } from "./history-file.js";
import { n as openPorts, t as noCache } from "./open-ports.js";
import { t as tools } from "./tools.js";
import { s as parseCpuList } from "./scheduling.js";
import { n as reportWidth } from "./terminal-modes.js";
import { dirname, resolve } from "node:path";
import { stat } from "node:fs/promises";
// src/report/terminal/plan.ts
const CLEAR_CASE_RUNS = 14;
function planText(planned) {
	const { base, head, build, buildTimeoutSeconds, budgetSeconds, layoutBudgetSeconds, benchmarks } = planned;
	const commit = ({ sha, title = "" }) => `${sha.slice(0, 12)} ${title}`.trimEnd();
	const measured = benchmarks.filter(({ untouched }) => untouched === void 0);
	return `${[
		"Nothing was built or measured; this is the plan.",
		"",
		`base       ${commit(base)}`,
		`head       ${commit(head)}`,
		build === void 0 ? "build      none: both sides run as they are checked out" : `build      ${build} (twice, at most ${formatDuration(buildTimeoutSeconds)} each)`,
		`measure    at most ${formatDuration(budgetSeconds)} for all; a clear case needs about ${CLEAR_CASE_RUNS} runs of a benchmark`,
		...layoutBudgetSeconds === void 0 || measured.length === 0 ? [] : [`explain    what got slower, at most ${formatDuration(layoutBudgetSeconds)} a benchmark`],
		`isolation  ${planned.isolation}`,
		`tune       ${planned.tune}`,
		`reports    ${planned.out}`,
		"",
		...aligned([[
			"benchmark",
			"metric",
			"threshold",
			"command"
		], ...benchmarks.map(({ plan }) => [
			plainName(plan.name),
			plan.metric,
			formatShare(plan.threshold),
			plainLine(plan.command)
		])]),
		...benchmarks.flatMap(({ plan, untouched }) => untouched === void 0 ? [] : [`${plainName(plan.name)}: ${untouched}`]),
		...planned.notes.length > 0 ? ["", ...planned.notes] : []
	].map(plainLine).join("\n")}\n`;
}
// src/commands/planned-gate.ts
function planOf(context, out, remarks) {
	const { history, plan, ports } = context;
	const { settings, benchmarks, tableRows, notes, gateChanges } = plan;
	const faults = reachFaults({
		alpha: settings.alpha,
		rows: tableRows
	}, MOST_ROUNDS);
	if (faults.length > 0) throw new InputError(faults);
	const { tune, build, layouts } = settings;
	return {
		base: history.base,
		head: history.head,
		...build === void 0 ? {} : { build },
		buildTimeoutSeconds: settings.buildTimeoutSeconds,
		budgetSeconds: settings.budgetSeconds,
		...layouts === "off" ? {} : { layoutBudgetSeconds: settings.layoutBudgetSeconds },
		benchmarks,
		isolation: `${ports.sandbox.isolation}; network for ${ports.sandbox.network}`,
		tune: typeof tune === "string" ? tune : tune.join(", "),
		out,
		notes: [
			...fewerCpus(settings.cpus, context.machine.cpus),
			...notes,
			...gateChanges,
			...remarks,
			...context.limitations.map(({ what, instead }) => `${what} ${instead}`)
		]
	};
}
function fewerCpus(asked, online) {
	const there = parseCpuList(online ?? "")?.length ?? 0;
	if (asked === void 0 || asked === "all" || there === 0 || asked <= there) return [];
	return [`The option cpus asks for ${asked} CPUs, and this machine has ${there}, so that benchmarks would get ${there}; ask for fewer, or use a larger machine.`];
}
// src/commands/terminal-run.ts
async function gateAndTell({ invocation, repository, bases, head, remarks: given, anchor, builtElsewhere, asGiven }, { log: terminal, json, verbosity, dryRun }) {
	const past = await pastOf(invocation.history);
	const out = await openReports(invocation.out ?? "perf-verdict", process.cwd(), dryRun);
	const masks = openMasks(process.env);
	let soFar;
	const stopped = async () => {
		await deliver(masks.masked(soFar ?? interrupted()), out, { key: invocation.key ?? "default" });
		terminal.line(`interrupted; ${out.path} says so, with what was measured by then.`);
	};
	const { outside, close } = await openPorts(terminal, noCache, dryRun ? async () => {} : stopped);
	const repeatable = ({ report, settings }) => asGiven === void 0 ? report : withRepeats(report, settings, asGiven);
	const request = {
		invocation,
		repository,
		base: bases,
		head,
		origin: {},
		version: VERSION,
		environment: callerEnvironment(process.env),
		usesCache: false,
		keepsNextBase: false,
		keepsHistory: invocation.history !== void 0,
		mask: masks.add,
		...builtElsewhere && { builtElsewhere }
	};
	try {
		if (dryRun) {
			const context = await planned({
				...request,
				keep: async () => {}
			}, outside);
			await close();
			const plan = masks.masked(planOf(context, out.path, given));
			process.stdout.write(json ? `${visibleJson(plan, 2)}\n` : visibleLines(planText(plan)));
			return 0;
		}
		const gated = await gate({
			...request,
			keep: async (partial) => {
				soFar = partial;
				await keepPartial(masks.masked(partial), out);
			},
			decided: async (early) => {
				const report = masks.masked(early);
				await deliver(report, out, { key: invocation.key ?? "default" });
				terminal.line(decidedWords(report));
			}
		}, outside);
		await close();
		const today = new Date().toISOString().slice(0, 10);
		const { settings } = gated;
		const known = withPast(repeatable(gated), past);
		const inherited = anchor ? await inheritedBetween(known, past, repository) : [];
		const judged = accept(known, [...settings.accept, ...inherited], today);
		const idle = idleAcceptances(judged, settings.accept, today);
		const remarks = [
			...judged.remarks ?? [],
			...given,
			...idle
		];
		const report = masks.masked({
			...judged,
			...remarks.length > 0 && { remarks },
			...judged.verdict !== "error" && { sentence: verdictSentence(judged) }
		});
		const delivered = await deliver(report, out, { key: invocation.key ?? "default" });
		if (json) process.stdout.write(jsonText(report));
		else if (verbosity === "quiet") process.stdout.write(verdictLine(report));
		else process.stdout.write(logText(report, reportWidth()));
		terminal.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`);
		if (invocation.history !== void 0 && report.verdict !== "error") {
			const comparison = anchor?.comparison ?? { relation: "chosen" };
			await appendHistoryFile(resolve(invocation.history), recordOf(report, comparison));
			terminal.line(`history: kept in ${invocation.history}`);
		}
		return exitCode(report);
	} finally {
		await close();
	}
}
async function pastOf(file) {
	if (file === void 0) return { records: [] };
	const folder = dirname(resolve(file));
	if (!(await stat(folder).catch(() => void 0))?.isDirectory()) throw new InputError([`There is no folder ${folder} for the history; make it, or name another file.`]);
	return { records: (await readHistoryFile(resolve(file))).records };
}
async function inheritedBetween({ base, head, benchmarks }, { records }, repository) {
	if (records.length === 0 || !benchmarks.some(({ decision }) => decision === "slower")) return [];
	const between = await commitsBetween(base.sha, {
		repository,
		head: head.sha
	}, tools);
	return inheritedAcceptances(records, new Set(between));
}
function interrupted() {
	const errors = [{ what: "The run was interrupted before it had measured anything." }];
	const started = {
		startedAt: new Date().toISOString(),
		seconds: process.uptime()
	};
	const report = emptyReport({
		head: "",
		errors,
		...started
	});
	return {
		...report,
		sentence: verdictSentence(report)
	};
}
export { gateAndTell as t };
