import { n as InputError } from "./errors.js";
import { t as git } from "./git.js";
// src/flow/history/local-head.ts
const NOBODY = [
	"-c",
	"user.name=perf-verdict",
	"-c",
	"user.email=perf-verdict@localhost"
];
async function localHead(asked, repository, tools, done = "measured") {
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
	if (asked !== "worktree") {
		const remark = `The work tree has uncommitted changes, which were not ${done}; name them with --head worktree.`;
		return {
			head: asked ?? "HEAD",
			remarks: changed ? [remark] : []
		};
	}
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
		remarks: untracked > 0 ? [`${files} not in what was ${done}; git add what belongs to it.`] : []
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
export { refuseSameCommit as n, localHead as t };
