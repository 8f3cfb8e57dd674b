import { Y as parseOptions, at as exitCode, p as verdictSentence, rt as accept } from "./exact-rows.js";
import { r as recordOf } from "./record.js";
import { n as InputError } from "./errors.js";
import { F as emptyReport } from "./comment.js";
import { n as openMasks } from "./secrets.js";
import { t as VERSION } from "./version.js";
import { n as refuseSameCommit, t as localHead } from "./local-head.js";
import { i as openReports, r as keepPartial, t as deliver } from "./deliver.js";
import { t as findAnchor } from "./anchor.js";
import { r as gate, t as callerEnvironment } from "./caller-environment.js";
import { t as logText } from "./log.js";
import { t as appendHistoryFile } from "./history-file.js";
import { n as openPorts, t as noCache } from "./open-ports.js";
import { n as terminal } from "./terminal.js";
import { t as tools } from "./tools.js";
import { resolve } from "node:path";
// src/commands/terminal-gate.ts
async function gateFromTerminal(options) {
	const { repo = ".", ...rest } = options;
	const invocation = parseOptions(rest, (name) => `--${name}`);
	const repository = resolve(repo, invocation["working-directory"] ?? ".");
	const local = await localHead(invocation.head, repository, tools);
	const found = invocation.against === void 0 ? void 0 : await findAnchor(invocation.against, {
		repository,
		head: local.head
	}, tools);
	if (found && !found.ok) throw new InputError([found.fault]);
	const anchor = found?.value;
	const bases = anchor ? [anchor.base] : invocation.base === void 0 ? [
		"origin/HEAD",
		"origin/main",
		"origin/master",
		"main",
		"master"
	] : [invocation.base];
	await refuseSameCommit({
		head: local.head,
		bases,
		repository
	}, tools);
	for (const remark of local.remarks) terminal.line(remark);
	const out = await openReports(invocation.out ?? "perf-verdict", process.cwd());
	const masks = openMasks(process.env);
	let soFar;
	const stopped = async () => {
		await deliver(masks.masked(soFar ?? interrupted()), out, { key: invocation.key ?? "default" });
		terminal.line(`interrupted; ${out.path} says so, with what was measured by then.`);
	};
	const { outside, close } = await openPorts(terminal, noCache, stopped);
	try {
		const gated = await gate({
			invocation,
			repository,
			base: bases,
			head: local.head,
			origin: {},
			version: VERSION,
			environment: callerEnvironment(process.env),
			usesCache: false,
			keepsNextBase: false,
			mask: masks.add,
			keep: async (partial) => {
				soFar = partial;
				await keepPartial(masks.masked(partial), out);
			},
			decided: async (early) => {
				const report = masks.masked(early);
				await deliver(report, out, { key: invocation.key ?? "default" });
				terminal.line(`verdict: ${report.verdict}. ${report.sentence}`);
			}
		}, outside);
		await close();
		const today = new Date().toISOString().slice(0, 10);
		const judged = accept(gated.report, gated.settings.accept, today);
		const remarks = [...judged.remarks ?? [], ...local.remarks];
		const report = masks.masked({
			...judged,
			...remarks.length > 0 && { remarks },
			...judged.verdict !== "error" && { sentence: verdictSentence(judged) }
		});
		const delivered = await deliver(report, out, { key: invocation.key ?? "default" });
		process.stdout.write(logText(report));
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
export { gateFromTerminal };
