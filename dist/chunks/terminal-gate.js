import { ot as parseOptions } from "./exact-rows.js";
import { n as InputError } from "./errors.js";
import { j as readHistory } from "./caller-environment.js";
import { n as refuseSameCommit, t as localHead } from "./local-head.js";
import { i as openReports } from "./deliver.js";
import { n as findAnchor } from "./anchor.js";
import { t as tools } from "./tools.js";
import { t as readModes } from "./terminal-modes.js";
import { t as gateAndTell } from "./terminal-run.js";
import { resolve } from "node:path";
// src/commands/terminal-gate.ts
async function gateFromTerminal(options) {
	const { rest: given, ...modes } = readModes(options);
	const { repo = ".", untracked: _, ...rest } = given;
	const repository = resolve(repo, rest["working-directory"] ?? ".");
	const invocation = await checked(rest, repository);
	const local = await localHead({
		asked: invocation.head,
		untracked: "untracked" in options
	}, repository, tools);
	const found = invocation.against === void 0 ? void 0 : await findAnchor(invocation.against, {
		repository,
		head: local.head
	}, tools);
	if (found && !found.ok) throw new InputError([found.fault]);
	const anchor = found?.value;
	const bases = anchor ? [anchor.base] : basesOf(invocation.base);
	await refuseSameCommit({
		head: local.head,
		bases,
		repository
	}, tools);
	for (const remark of local.remarks) modes.log.line(remark);
	const { head, remarks } = local;
	const asGiven = invocation.head === "worktree" ? {} : { asGiven: rest };
	return await gateAndTell({
		invocation,
		repository,
		bases,
		head,
		remarks,
		anchor,
		...asGiven
	}, modes);
}
const basesOf = (base) => base === void 0 ? [
	"origin/HEAD",
	"origin/main",
	"origin/master",
	"main",
	"master"
] : [base];
async function checked(given, repository) {
	const texts = given;
	const { head = "HEAD", out = "perf-verdict" } = texts;
	const faults = [];
	const noting = async (work) => {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			faults.push(...error.faults);
			return;
		}
	};
	const invocation = await noting(() => parseOptions(given, (name) => `--${name}`));
	const named = head === "worktree" ? "HEAD" : head;
	const base = "against" in given ? [named] : basesOf(texts.base);
	await noting(async () => await readHistory({
		repository,
		head: named,
		base
	}, tools));
	if (faults.length > 0) await noting(async () => await openReports(out, process.cwd(), true));
	if (!invocation || faults.length > 0) throw new InputError([...new Set(faults)]);
	return invocation;
}
export { gateFromTerminal };
