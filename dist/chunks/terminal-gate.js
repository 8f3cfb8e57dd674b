import { et as parseOptions } from "./exact-rows.js";
import { n as InputError } from "./errors.js";
import { n as refuseSameCommit, t as localHead } from "./local-head.js";
import { n as findAnchor } from "./anchor.js";
import { t as tools } from "./tools.js";
import { t as readModes } from "./terminal-modes.js";
import { t as gateAndTell } from "./terminal-run.js";
import { resolve } from "node:path";
// src/commands/terminal-gate.ts
async function gateFromTerminal(options) {
	const { rest: given, ...modes } = readModes(options);
	const { repo = ".", untracked: _, ...rest } = given;
	const invocation = parseOptions(rest, (name) => `--${name}`);
	const repository = resolve(repo, invocation["working-directory"] ?? ".");
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
export { gateFromTerminal };
