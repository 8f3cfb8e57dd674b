import { n as InputError } from "./errors.js";
import { b as notInTheCommit, x as untrackedLeftOut } from "./caller-environment.js";
import { n as tellGit, t as git } from "./git.js";
import { join } from "node:path";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/flow/history/local-head.ts
const NOBODY = [
	"-c",
	"user.name=perf-verdict",
	"-c",
	"user.email=perf-verdict@localhost"
];
async function localHead({ asked, untracked: all = false, done = "measured" }, repository, tools) {
	if (all && asked !== "worktree") throw new InputError(["--untracked is about the work tree; give --head worktree with it."]);
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
		remarks: changed ? [notInTheCommit(done)] : []
	};
	if (all && untracked > 0) return {
		head: await wholeWorkTree(repository, tools),
		remarks: []
	};
	const made = await git(tools, repository, [
		...NOBODY,
		"stash",
		"create",
		"Uncommitted work"
	]);
	const sha = made.out.trim();
	if (!made.ok) throw new InputError([notTaken(made.err)]);
	if (sha === "") throw new InputError([nothingUncommitted(untracked)]);
	return {
		head: sha,
		remarks: untracked > 0 ? [untrackedLeftOut(untracked, done)] : []
	};
}
function nothingUncommitted(untracked) {
	return untracked > 0 ? "The work tree has untracked files only, which --head worktree leaves out; git add what belongs to it, or give --untracked." : "The work tree has no uncommitted change, so there is nothing to take from it; leave out --head worktree.";
}
const notTaken = (why) => `The work tree cannot be taken as a commit (${why.split("\n")[0]}); commit it and name the commit.`;
async function wholeWorkTree(repository, tools) {
	const folder = await mkdtemp(join(tmpdir(), "perf-verdict-index-"));
	const index = join(folder, "index");
	const told = async (...args) => {
		const { ok, out, err } = await tellGit(tools, repository, {
			args,
			index
		});
		if (!ok) throw new InputError([notTaken(err)]);
		return out.trim();
	};
	try {
		const own = await git(tools, repository, [
			"rev-parse",
			"--path-format=absolute",
			"--git-path",
			"index"
		]);
		await copyFile(own.out.trim(), index).catch(() => {});
		await told("add", "--all", "--", ":/");
		const tree = await told("write-tree");
		return await told(...NOBODY, "commit-tree", "-p", "HEAD", "-m", "Uncommitted work", tree);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
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
export { refuseSameCommit as n, localHead as t };
