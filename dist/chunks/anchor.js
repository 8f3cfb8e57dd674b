import { t as orderSteps } from "./timeline.js";
import { n as success, t as failed } from "./result.js";
import { t as git } from "./git.js";
// src/flow/timeline/anchor.ts
const DAY_SECONDS = 86400;
async function findAnchor(against, at, tools) {
	const { head } = at;
	const ask = asking(at, tools);
	switch (against.kind) {
		case "previous": return success({
			base: `${head}^1`,
			comparison: { relation: "previous" }
		});
		case "release": return await lastRelease(against.pattern, at, tools);
		case "age": {
			const before = Number(await ask("log", "-1", "--no-show-signature", "--format=%ct", head)) - against.days * DAY_SECONDS;
			const commit = await ask("rev-list", "-1", "--first-parent", `--before=${before}`, head);
			if (!Number.isFinite(before) || commit === "") return failed(`No commit of this clone is ${against.days} days older than ${head}; check out with fetch-depth: 0, or ask for a smaller age.`);
			const comparison = {
				relation: "past",
				called: `${against.days} days ago`,
				...await dateOf(commit, at, tools)
			};
			return success({
				base: commit,
				comparison
			});
		}
	}
}
const RELEASE = /^(?:[\w.+/-]*[^\d.])?\d+(?:[._]\d+)*$/;
const DATE = /(?:19|20)\d{2}-?[01]\d-?[0-3]\d$/;
const PASSING = /nightly|snapshot|latest|canary|daily|build/i;
async function lastRelease(pattern, at, tools) {
	const { head } = at;
	const ask = asking(at, tools);
	const glob = pattern ?? "v[0-9]*";
	const describe = async (...globs) => await ask("describe", "--tags", "--abbrev=0", "--first-parent", ...globs.map((one) => `--match=${one}`), `${head}^1`);
	let tag = await describe(glob);
	if (tag === "" && pattern === void 0) {
		const others = (await ask("tag", "--merged", `${head}^1`)).split("\n").filter((name) => RELEASE.test(name) && !DATE.test(name) && !PASSING.test(name));
		if (others.length > 0) tag = await describe(...others.slice(-MOST_TAGS));
	}
	if (tag === "") return failed(`No release tag ${pattern === void 0 ? "such as v1.2" : `that matches ${pattern}`} is an ancestor of ${head}; check out with fetch-depth: 0 and fetch-tags: true, name your tags as against: release:PATTERN, or give base.`);
	const base = `refs/tags/${tag}`;
	const comparison = {
		relation: "release",
		called: tag,
		...await dateOf(base, at, tools)
	};
	return success({
		base,
		comparison
	});
}
const MOST_TAGS = 500;
async function newestMeasured(records, at, tools) {
	const listed = await asking(at, tools)("rev-list", "--first-parent", `--max-count=${MOST_PASSED_OVER}`, at.head);
	const near = new Set(listed.split("\n").slice(1));
	return orderSteps(records).findLast(({ commit }) => near.has(commit))?.commit;
}
const MOST_PASSED_OVER = 100;
async function commitsBetween(base, at, tools, along = []) {
	return (await asking(at, tools)("rev-list", ...along, `${base}..${at.head}`)).split("\n").filter((commit) => commit !== "");
}
async function dateOf(commit, at, tools) {
	const seconds = Number(await asking(at, tools)("log", "-1", "--no-show-signature", "--format=%ct", commit));
	return Number.isFinite(seconds) && seconds > 0 && seconds < LAST_DATE ? { dated: new Date(seconds * 1e3).toISOString() } : {};
}
const LAST_DATE = 253402300800;
function asking({ repository }, tools) {
	return async (...args) => (await git(tools, repository, args)).out.trim();
}
export { findAnchor as n, newestMeasured as r, commitsBetween as t };
