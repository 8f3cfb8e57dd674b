import { Nt as exitCode, jt as accept, p as verdictSentence, wt as parseOptions } from "./exact-rows.js";
import { r as recordOf } from "./record.js";
import { n as InputError } from "./errors.js";
import { t as emptyReport } from "./empty-report.js";
import { n as openMasks } from "./secrets.js";
import { t as VERSION } from "./version.js";
import { d as git, n as gate, t as callerEnvironment } from "./caller-environment.js";
import { i as openReports, r as keepPartial, t as deliver } from "./deliver.js";
import { t as findAnchor } from "./anchor.js";
import { t as logText } from "./log.js";
import { t as appendHistoryFile } from "./history-file.js";
import { a as tools, n as openPorts, t as noCache } from "./open-ports.js";
import { n as terminal } from "./terminal.js";
import { resolve } from "node:path";
// src/flow/history/local-head.ts
const NOBODY = [
	"-c",
	"user.name=perf-verdict",
	"-c",
	"user.email=perf-verdict@localhost"
];
async function localHead(asked, repository, tools) {
	const status = await git(tools, repository, [
		"status",
		"--porcelain=v1",
		"-z",
		"--untracked-files=normal"
	]);
	if (!status.ok) return {
		head: asked === "worktree" ? "HEAD" : asked ?? "HEAD",
		remarks: []
	};
	const entries = status.out.split("\0").filter((entry) => entry !== "");
	const untracked = entries.filter((entry) => entry.startsWith("??")).length;
	const changed = entries.length > untracked;
	if (asked !== "worktree") return {
		head: asked ?? "HEAD",
		remarks: changed ? ["The work tree has uncommitted changes, which were not measured; use --head worktree to measure them."] : []
	};
	const made = await git(tools, repository, [
		...NOBODY,
		"stash",
		"create",
		"Uncommitted work"
	]);
	const sha = made.out.trim();
	if (!made.ok || sha === "") throw new InputError([made.ok ? "The work tree has no uncommitted change to a tracked file; leave out --head worktree, or git add the new files first." : `The work tree cannot be taken as a commit (${made.err.split("\n")[0]}); commit it and name the commit.`]);
	const files = untracked === 1 ? "One untracked file is" : `${untracked} untracked files are`;
	return {
		head: sha,
		remarks: untracked > 0 ? [`${files} not in what was measured; git add what belongs to it.`] : []
	};
}
async function refuseSameCommit({ head, bases, repository }, tools) {
	const sha = async (...args) => (await git(tools, repository, args)).out.trim();
	const own = await sha("rev-parse", "--verify", "--quiet", "--end-of-options", `${head}^{commit}`);
	for (const base of bases) {
		const other = await sha("rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`);
		if (own === "" || other === "") continue;
		if (await sha("merge-base", other, own) !== own) return;
		throw new InputError([`The head ${own.slice(0, 12)} has no commit that ${base} lacks, so there is nothing to compare; name another --base or --head.`]);
	}
}
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
