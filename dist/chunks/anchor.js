import { n as success, t as failed } from "./result.js";
import { t as git } from "./git.js";
// src/flow/timeline/anchor.ts
const DAY_SECONDS = 86400;
async function findAnchor(against, at, tools) {
	const { repository, head } = at;
	const ask = async (...args) => (await git(tools, repository, args)).out.trim();
	switch (against.kind) {
		case "previous": return success({
			base: `${head}^1`,
			comparison: { relation: "previous" }
		});
		case "release": {
			const tag = await ask("describe", "--tags", "--abbrev=0", "--first-parent", "--match=v[0-9]*", `${head}^1`);
			if (tag === "") return failed(`No release tag such as v1.2 is an ancestor of ${head}; check out with fetch-depth: 0 and fetch-tags: true, or give base.`);
			return success({
				base: `refs/tags/${tag}`,
				comparison: {
					relation: "release",
					called: tag
				}
			});
		}
		case "age": {
			const before = Number(await ask("log", "-1", "--no-show-signature", "--format=%ct", head)) - against.days * DAY_SECONDS;
			const commit = await ask("rev-list", "-1", "--first-parent", `--before=${before}`, head);
			if (!Number.isFinite(before) || commit === "") return failed(`No commit of this clone is ${against.days} days older than ${head}; check out with fetch-depth: 0, or ask for a smaller age.`);
			const comparison = {
				relation: "past",
				called: `${against.days} days ago`
			};
			return success({
				base: commit,
				comparison
			});
		}
	}
}
export { findAnchor as t };
