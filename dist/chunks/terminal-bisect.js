import { n as bisectExitCode, t as bisect } from "./bisect.js";
import { ot as parseOptions } from "./exact-rows.js";
import { n as InputError } from "./errors.js";
import { t as POLICY_NAMES } from "./policies.js";
import { n as success, t as failed } from "./result.js";
import { n as openMasks } from "./secrets.js";
import { t as VERSION } from "./version.js";
import { f as stepWord, i as openReports, n as deliverBisection, o as bisectionFacts, r as keepPartial, s as bisectionStatus, t as deliver, u as shortSha } from "./deliver.js";
import { c as plainName, s as plainLine } from "./encode.js";
import { c as formatInterval, r as formatChange } from "./format.js";
import { n as wrapped, t as aligned } from "./lines.js";
import { n as openPorts } from "./open-ports.js";
import { t as callerEnvironment } from "./caller-environment.js";
import { t as listenForStop } from "./terminal.js";
import { t as readModes } from "./terminal-modes.js";
import { resolve } from "node:path";
// src/report/bisection/log.ts
function bisectionLog(bisection) {
	const { sentence, steps } = bisection;
	return `${[
		"",
		...wrapped(sentence, ""),
		bisectionStatus(bisection).join(" · ").replaceAll("`", ""),
		"",
		...aligned([[
			"commit",
			"against",
			"change",
			"interval",
			"finding"
		], ...steps.map(rowTexts)]),
		...bisectionFacts(bisection).flatMap(({ title, sentences }) => [
			"",
			title,
			...sentences.flatMap((text) => wrapped(text, "  - "))
		])
	].map(plainLine).join("\n")}\n`;
}
function rowTexts(step) {
	const { base, head, change, kind } = step;
	return [
		`${shortSha(head)} ${plainName(head.title ?? "", 50)}`,
		shortSha(base),
		change ? formatChange(change.ratio) : "",
		change ? formatInterval(change) : "",
		`${stepWord(step)}${kind === "last" ? " (the last gate)" : ""}`
	];
}
// src/commands/terminal-bisect.ts
async function bisectFromTerminal(options) {
	const { log: terminal, rest: given } = readModes(options);
	const { repo = ".", "first-faster": _, ...rest } = given;
	const { invocation, good } = readOptions(rest);
	const out = await openReports(invocation.out ?? "perf-verdict", process.cwd());
	const stopped = listenForStop();
	const { add: mask, masked } = openMasks(process.env);
	const { outside, close } = await openPorts(terminal);
	try {
		const found = await bisect({
			invocation,
			repository: resolve(repo, invocation["working-directory"] ?? "."),
			good,
			bad: invocation.head ?? "HEAD",
			firstFaster: "first-faster" in options,
			version: VERSION,
			environment: callerEnvironment(process.env),
			save: async (soFar) => void (stopped() || await deliverBisection(masked(soFar), out)),
			keep: async (partial) => void (stopped() || await keepPartial(masked(partial), out)),
			mask
		}, outside);
		await close();
		const { bisection, report } = masked(found);
		const delivered = await deliver(report, out, { key: invocation.key ?? "default" });
		const { json, markdown } = await deliverBisection(bisection, out);
		process.stdout.write(bisectionLog(bisection));
		terminal.line(`reports: ${markdown}, ${json}; the gate: ${delivered.markdown}, ${delivered.html}`);
		return bisectExitCode(bisection);
	} finally {
		await close();
	}
}
const BESIDE_THE_POINT = [
	"shard",
	...POLICY_NAMES,
	"reports",
	"key"
];
function readOptions(given) {
	const { base = "" } = given;
	const unknown = BESIDE_THE_POINT.filter((name) => name in given);
	const known = Object.entries(given).filter(([name]) => !BESIDE_THE_POINT.includes(name));
	const invocation = readKnown(Object.fromEntries(known));
	const faults = [
		...base.trim() === "" ? [NO_BASE] : [],
		...unknown.map((name) => `--${name} is not an option of bisect; leave it out.`),
		...invocation.ok ? [] : invocation.fault
	];
	if (!invocation.ok || faults.length > 0) throw new InputError(faults);
	return {
		invocation: invocation.value,
		good: base
	};
}
const NO_BASE = "--base is missing: name a commit from before it got slower; --head is the one that is slow.";
function readKnown(options) {
	try {
		return success(parseOptions(options, (name) => `--${name}`));
	} catch (error) {
		if (error instanceof InputError) return failed(error.faults);
		throw error;
	}
}
export { bisectFromTerminal };
