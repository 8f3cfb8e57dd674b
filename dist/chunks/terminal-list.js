import { F as outputLines, Tt as wishesOf, ot as parseOptions, wt as metricRows } from "./exact-rows.js";
import { n as openMasks } from "./secrets.js";
import { s as visibleJson } from "./text.js";
import { t as VERSION } from "./version.js";
import { dt as listingOf, n as openPorts, st as runAround, ut as benchmarkWords } from "./open-ports.js";
import { C as runFirstOn, D as buildSide, E as lendObjects, O as outputOf, T as stoppableMatch, _ as withUnit, g as unrecognisedNotes, h as shellNotes, m as expanded, o as prepare, t as callerEnvironment, v as sizesOf, w as openRun, y as faultClause } from "./caller-environment.js";
import { n as InputError } from "./errors.js";
import { n as METRICS } from "./harness-name.js";
import { n as success } from "./result.js";
import { t as localHead } from "./local-head.js";
import { c as plainName, s as plainLine } from "./encode.js";
import { l as formatShare, u as formatValue } from "./format.js";
import { n as wrapped, t as aligned } from "./lines.js";
import { t as tools } from "./tools.js";
import { t as readModes } from "./terminal-modes.js";
import { resolve } from "node:path";
// src/flow/build/list-rows.ts
const MATCH_MILLISECONDS = 1e3;
async function listRows(context) {
	const { plan, history, ports } = context;
	await buildHead(context);
	const match = stoppableMatch(MATCH_MILLISECONDS);
	return ports.log.group("List the rows", async () => {
		const rows = [];
		const notes = [...plan.notes];
		const faults = [];
		for (const { plan: entry } of plan.benchmarks) {
			const sizes = await sizesOf(entry, {
				base: context.checkout.trees.head,
				head: context.checkout.trees.head
			});
			faults.push(...sizes.faults);
			rows.push(...sizes.rows.map(({ plan, report }) => rowOf(plan, entry, {
				from: "run",
				value: report.head?.median ?? 0
			})));
			if (entry.command === "") continue;
			const listed = await listedBy(entry, context) ?? await runOnceFor(entry, context, match);
			rows.push(...listed.rows);
			notes.push(...listed.notes);
			faults.push(...listed.faults);
		}
		if (faults.length > 0) throw new InputError(faults);
		return {
			commit: history.head,
			rows,
			notes
		};
	});
}
async function buildHead(context) {
	const { plan, checkout, env, ports } = context;
	const { build: command, buildTimeoutSeconds: timeoutSeconds } = plan.settings;
	const { trees, leftOut } = checkout;
	await ports.sandbox.adopt(trees.head);
	await lendObjects(context);
	if (command !== void 0) await ports.log.group("Build", async () => {
		const failure = await buildSide("head", {
			command,
			trees,
			env,
			timeoutSeconds,
			leftOut
		}, ports);
		if (failure) throw failure.error;
	});
	await ports.sandbox.seal(trees.head);
}
async function listedBy(entry, context) {
	const listing = listingOf(entry);
	if (!listing || !isKnownByName(entry)) return void 0;
	const outcome = await runHead(listing.run, entry, context);
	if (outcome.code !== 0 || outcome.truncated) return void 0;
	const names = listing.read(outputOf(outcome.stdout));
	if (!names || names.length === 0) return void 0;
	const { rows, ...rest } = expanded(entry, listing.format, { head: success([...new Set(names)].map((name) => ({
		name,
		value: 1,
		unit: "s"
	}))) });
	return {
		...rest,
		rows: rows.map(({ plan }) => rowOf(plan, entry, { from: "list" }))
	};
}
function isKnownByName(entry) {
	return [...wishesOf(entry), ...(entry.rules ?? []).flatMap(({ metric = [] }) => metric.map((metric) => ({ metric })))].every(({ metric }) => [
		"time",
		"instructions",
		"memory",
		"size"
	].includes(metric));
}
async function runOnceFor(entry, context, match) {
	context.ports.log.doing?.(`running ${entry.name}`, entry.timeoutSeconds);
	const { run, format } = await runFirstOn(entry, "head", {
		context,
		match
	});
	const opened = openRun(run.outcome, match);
	const { plans, faults } = metricRows(withUnit({
		...entry,
		format
	}, [run.outcome]));
	const { rows, ...rest } = format.kind === "harness" ? expanded(entry, format, { head: opened.results(format.harness) }) : {
		rows: plans.map((plan) => ({ plan })),
		notes: unrecognisedNotes({
			...entry,
			format
		}, [run.outcome]),
		faults
	};
	return {
		...rest,
		notes: [...rest.notes, ...shellNotes(entry)],
		rows: rows.map(({ plan }) => {
			const reading = isTold(plan.metric) ? opened.read(plan) : void 0;
			if (reading === void 0) return rowOf(plan, entry, { from: "run" });
			if (reading.ok) return rowOf(plan, entry, {
				from: "run",
				value: reading.value
			});
			const { says, lastLines } = reading.fault;
			return rowOf(plan, entry, {
				from: "run",
				fault: faultClause(says),
				...lastLines && { lastLines }
			});
		})
	};
}
const isTold = (metric) => METRICS[metric].by === "rounds" && metric !== "memory";
function rowOf(plan, { command, sizeOf = [] }, found) {
	const { name, format, metric, unit, better, threshold, floor } = plan;
	return {
		name,
		command: command === "" ? sizeOf.join(" ") : command,
		...format.kind === "harness" && format.harness !== "auto" && { harness: format.harness },
		metric,
		unit: METRICS[metric].unit ?? unit,
		better,
		threshold,
		...floor !== void 0 && { floor },
		...found
	};
}
function runHead(arranged, { timeoutSeconds, around = {} }, { checkout, env, ports }) {
	const job = {
		argv: benchmarkWords(arranged.command),
		tree: checkout.trees.head,
		env: {
			...env.head,
			...arranged.env
		},
		timeoutSeconds,
		outputCap: 2 ** 20
	};
	return runAround(ports.sandbox, job, around);
}
// src/report/terminal/listing.ts
const OUTPUT_LINES = 20;
const MOST_OUTPUTS = 20;
function listingText({ commit, rows, notes }) {
	const good = rows.filter(({ fault }) => fault === void 0);
	return `${[
		`${count(good.length, "row")} of ${commit.sha.slice(0, 12)} ${plainName(commit.title ?? "")}`.trimEnd(),
		"",
		...aligned([HEADINGS, ...rows.map(rowTexts)]),
		...faultLines(rows),
		...good.some(({ from }) => from === "list") ? ["", LISTED] : [],
		...notes.flatMap((note) => ["", ...wrapped(note, "")])
	].map(plainLine).join("\n")}\n`;
}
const HEADINGS = [
	"row",
	"harness",
	"metric",
	"unit",
	"threshold",
	"floor",
	"one run",
	"command"
];
const LISTED = "Rows without a value were listed by their harness and not run.";
function rowTexts(row) {
	const { name, harness, metric, unit, better, threshold, floor, value, fault, command } = row;
	return [
		plainName(name),
		harness ?? "–",
		metric,
		`${unit === "" ? "–" : plainName(unit)}${better === "higher" ? " (more is better)" : ""}`,
		formatShare(threshold),
		floor === void 0 ? "–" : formatValue(floor, unit),
		fault !== void 0 ? "no value" : value === void 0 ? "–" : formatValue(value, unit),
		plainName(command)
	];
}
function faultLines(rows) {
	const faulty = rows.filter(({ fault }) => fault !== void 0);
	const shown = new Set();
	return faulty.flatMap(({ name, fault, lastLines = [] }) => {
		const output = lastLines.join("\n");
		const isNew = output !== "" && !shown.has(output) && shown.size < MOST_OUTPUTS;
		if (isNew) shown.add(output);
		return [
			"",
			...wrapped(`${plainName(name)} gives no value: it ${fault}.`, ""),
			...isNew ? outputLines(output, OUTPUT_LINES).map((line) => `  ${line}`) : [],
			...isNew || output === "" ? [] : [shown.has(output) ? SHOWN : LEFT_OUT]
		];
	});
}
const SHOWN = "  Its last lines are the same as above.";
const LEFT_OUT = "  Its last lines are left out, because so many others are shown; list it alone.";
const count = (amount, what) => `${amount} ${what}${amount === 1 ? "" : "s"}`;
// src/commands/terminal-list.ts
async function listFromTerminal(options) {
	const { log: terminal, json, rest: given } = readModes(options);
	const { repo = ".", untracked: _, ...rest } = given;
	const invocation = parseOptions(rest, (name) => `--${name}`);
	const repository = resolve(repo, invocation["working-directory"] ?? ".");
	const { head, remarks } = await localHead({
		asked: invocation.head,
		untracked: "untracked" in options,
		done: "listed"
	}, repository, tools);
	const masks = openMasks(process.env);
	const { outside, close } = await openPorts(terminal);
	try {
		const found = await listRows(await prepare({
			invocation,
			repository,
			base: [head],
			head,
			onlyHead: true,
			origin: {},
			version: VERSION,
			environment: callerEnvironment(process.env),
			usesCache: false,
			keepsNextBase: false,
			mask: masks.add,
			keep: async () => {}
		}, outside));
		await close();
		const listing = masks.masked({
			...found,
			notes: [...found.notes, ...remarks]
		});
		process.stdout.write(json ? `${visibleJson(listing, 2)}\n` : listingText(listing));
		return listing.rows.some(({ fault }) => fault !== void 0) ? 3 : 0;
	} finally {
		await close();
	}
}
export { listFromTerminal };
