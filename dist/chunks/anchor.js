import { n as success, t as failed } from "./result.js";
import { Ot as DEFAULT_POLICIES, bt as verdictOf } from "./exact-rows.js";
import { t as git } from "./git.js";
import { c as isShown, i as orderSteps, n as parseHistory, o as timelinesOf, s as worseRatio, t as historyLine } from "./record.js";
// src/core/history/luck.ts
const MOST_COMMITS = 200;
function lostLuck(records, base, row) {
	const timeline = timelinesOf(records).find(({ name }) => name === row.name);
	const here = timeline?.points.findIndex(({ commit }) => commit === base) ?? -1;
	if (!timeline || here < 0) return void 0;
	const points = timeline.points.slice(Math.max(0, here - MOST_COMMITS), here + 1);
	for (let at = points.length - 1; at >= 0 && !points[at].gap; at--) {
		const gained = points[at];
		if (!isGainByLuck(gained)) continue;
		const since = points.slice(at);
		const net = row.ratio * ratioOf(since);
		if (worseRatio(row, net) > 1 + row.threshold) continue;
		const spread = Math.hypot(...since.map(halfWidth), Math.log(row.worst / worseRatio(row, row.ratio)));
		const worstNet = worseRatio(row, net) * Math.exp(spread);
		const shown = row.byPlacement && gained.row.shown === true;
		return {
			commit: gained.commit,
			title: gained.title,
			ratio: gained.row.ratio ?? 1,
			net,
			excused: shown && worstNet <= 1 + row.threshold
		};
	}
}
function isGainByLuck(point) {
	return isShown(point) && point.row.decision === "faster" && point.row.cause === "placement";
}
function ratioOf(points) {
	return points.reduce((product, { row }) => product * (row.ratio ?? 1), 1);
}
function halfWidth({ row: { ratio = 1, low = ratio, high = ratio } }) {
	return Math.log(high / low) / 2;
}
// src/core/history/store.ts
const SEGMENT_CHARACTERS = 2097152;
const SEGMENT = /^history\/([\w.-]{1,100})\/(\d{6})\.jsonl$/;
const IMPORTS = /^imports\/[^/]{1,200}\.(?:js|json)$/;
function historyFolder(key) {
	return `history/${key.replace(/[^\w.-]/g, "_").replace(/^\.+/, "_").slice(0, 100) || "default"}`;
}
function segmentsOf(key, paths) {
	const folder = historyFolder(key);
	return paths.filter((path) => SEGMENT.test(path) && path.startsWith(`${folder}/`)).toSorted();
}
function appended(key, last, record) {
	const line = historyLine(record);
	if (!last) return {
		path: `${historyFolder(key)}/000001.jsonl`,
		text: line
	};
	if (last.text.length + line.length <= SEGMENT_CHARACTERS) {
		const torn = last.text !== "" && !last.text.endsWith("\n");
		return {
			path: last.path,
			text: `${last.text}${torn ? "\n" : ""}${line}`
		};
	}
	const number = Number(SEGMENT.exec(last.path)?.[2] ?? 0) + 1;
	return {
		path: `${historyFolder(key)}/${String(number).padStart(6, "0")}.jsonl`,
		text: line
	};
}
function keysOf(paths) {
	return [...new Set(paths.flatMap((path) => SEGMENT.exec(path)?.[1] ?? []))].toSorted();
}
function joined(texts) {
	const files = texts.map(parseHistory);
	return {
		records: files.flatMap(({ records }) => records),
		unreadable: files.flatMap(({ unreadable }) => unreadable)
	};
}
// src/core/history/trend.ts
const FIGURES = 4;
function trendsOf(records) {
	const release = records.findLast(({ relation }) => relation === "release");
	return new Map(timelinesOf(records).flatMap(({ name, points }) => {
		const last = points.at(-1);
		if (!last || points.length < 2) return [];
		const levels = points.slice(-30).map(({ chain }) => Number((chain / last.chain).toPrecision(FIGURES)));
		const ratio = release?.rows.find((row) => row.name === name)?.ratio;
		return [[name, {
			levels,
			...release?.called !== void 0 && ratio !== void 0 && { since: {
				called: release.called,
				ratio
			} }
		}]];
	}));
}
// src/flow/timeline/past.ts
async function readPast({ branch, key }, { branches }, log) {
	const read = await branches.read(branch, (paths) => {
		const own = segmentsOf(key, paths);
		const keys = keysOf(paths);
		return own.length > 0 ? own : keys.length === 1 ? segmentsOf(keys[0], paths) : [];
	});
	if (!read.ok) {
		log.line(`history: ${read.fault.sentence}`);
		return [];
	}
	return joined(Object.values(read.value)).records;
}
function withPast(report, { records, link }) {
	const trends = trendsOf(records);
	const benchmarks = report.benchmarks.map((row) => {
		const { luck: _, trend: __, ...bare } = row;
		if (row.decision !== "slower" && row.decision !== "faster") return bare;
		const trend = trends.get(row.name);
		const luck = luckOf(row, report.base.sha, records);
		return {
			...bare,
			...trend && { trend: {
				...trend,
				...link !== void 0 && { link }
			} },
			...luck && { luck }
		};
	});
	if (![...report.benchmarks, ...benchmarks].some(({ luck }) => luck?.excused)) return {
		...report,
		benchmarks
	};
	const { errors, policies = DEFAULT_POLICIES } = report;
	const failedBuilds = errors.flatMap(({ side }) => side ?? []);
	return {
		...report,
		benchmarks,
		verdict: verdictOf({
			benchmarks,
			errors,
			failedBuilds,
			policies
		})
	};
}
function luckOf({ name, better, threshold, decision, change, cause }, base, records) {
	if (decision !== "slower" || !change) return void 0;
	const worst = better === "lower" ? change.high : 1 / change.low;
	const byPlacement = cause?.kind === "placement" && cause.confidence === "shown";
	return lostLuck(records, base, {
		name,
		better,
		threshold,
		ratio: change.ratio,
		worst,
		byPlacement
	});
}
// src/core/history/inherited.ts
const LONGEST_REASON = 400;
function inheritedAcceptances(records, between) {
	const steps = orderSteps(records).filter(({ commit }) => between.has(commit));
	return [...new Set(steps.flatMap(({ rows }) => rows.flatMap(({ name, accepted }) => accepted ? name : [])))].flatMap((name) => {
		const rows = steps.flatMap((step) => step.rows.find((row) => row.name === name) ?? []);
		const taken = allowed(rows);
		const last = rows.at(-1);
		if (!last || taken.ratio <= 1) return [];
		const by = [...new Set(taken.rows.map(({ accepted }) => accepted?.by ?? ""))].join(" and ");
		const reason = [...new Set(taken.rows.map(({ accepted }) => accepted?.reason ?? ""))].join("; ");
		return [{
			benchmark: name,
			bound: taken.ratio * (1 + last.threshold),
			by,
			reason: reason.slice(0, LONGEST_REASON)
		}];
	});
}
function allowed(rows) {
	let ratio = 1;
	let standing = [];
	for (const row of rows) {
		const { accepted, decision } = row;
		if (accepted !== void 0) {
			ratio *= worseEnd(row);
			standing.push(row);
		} else if (decision === "faster") {
			ratio = Math.max(1, ratio * worseRatio(row, row.ratio ?? 1));
			if (ratio === 1) standing = [];
		}
	}
	return {
		ratio,
		rows: standing
	};
}
function worseEnd(row) {
	const { better, ratio = 1, low = ratio, high = ratio, accepted } = row;
	const worst = better === "lower" ? high : 1 / low;
	return Math.min(worst, accepted?.bound ?? worst);
}
// src/report/history/branch-words.ts
const recordTitle = ({ commit, called, against }) => `Performance of ${commit.slice(0, 12)} against ${called ?? against.slice(0, 12)}`;
const daysAgo = (days) => `${days} days ago`;
const noResultFile = (path, fault) => `${path} on the branch is no result file: ${fault}; take it away.`;
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
				called: daysAgo(against.days),
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
export { recordTitle as a, withPast as c, historyFolder as d, joined as f, noResultFile as i, IMPORTS as l, segmentsOf as m, findAnchor as n, inheritedAcceptances as o, keysOf as p, newestMeasured as r, readPast as s, commitsBetween as t, appended as u };
