import { n as InputError, t as CommandError } from "./errors.js";
import { t as environmentFault } from "./environment-fault.js";
import { r as numbered } from "./text.js";
import { a as html, r as code, t as cell } from "./encode.js";
import { i as typeset, r as prose, t as cellProse } from "./prose.js";
import { f as string, l as object } from "./schemas.js";
import { t as tools } from "./tools.js";
import { t as VERSION } from "./version.js";
import { n as success } from "./result.js";
import { n as openPorts } from "./open-ports.js";
import { D as isOpenSoFar, E as decidedWords, _t as newestWords, gt as idleAcceptances, ht as acceptancesIn, i as verdictSentence, mt as accept, vt as exitCode, xt as fnv1a, yt as findingsOf } from "./exact-rows.js";
import { d as checkText, f as annotationsOf, g as pushPayload, h as pullRequestPayload, i as decideComment, l as startCheck, m as plainPayload, n as readEventFile, p as mergeGroupPayload, r as publishReport, s as cancelCheck, t as openGitHub, u as isCommentMode, v as repositoryNameSchema, y as shaSchema } from "./open.js";
import { t as callerEnvironment } from "./caller-environment.js";
import { l as formatShare, r as formatChange } from "./format.js";
import { N as itemsOf, P as emptyReport, _ as largestThatFits, d as isCommentKey, g as SUMMARY_LIMIT, m as writeMarker, p as readMarker, t as commentText, v as documentWriter } from "./comment.js";
import { n as joinedByMerge } from "./shards.js";
import { t as logText } from "./log.js";
import { i as openReports, t as deliver } from "./deliver.js";
import { r as recordOf } from "./record.js";
import { a as recordTitle, d as historyFolder, f as joined, i as noResultFile, l as IMPORTS, m as segmentsOf, n as findAnchor, o as inheritedAcceptances, p as keysOf, r as newestMeasured, s as readPast, t as commitsBetween, u as appended } from "./anchor.js";
import { t as bisect } from "./bisect.js";
import { a as readImport, c as creepsOf, i as historyText, l as extentOf, o as creepSentence, r as worstBadge, t as historyBadge } from "./tables.js";
import { resolve } from "node:path";
// src/core/github/event.ts
const ZEROS = /^0+$/;
const REFUSED = {
	pull_request_target: "pull_request_target runs code of the pull request where secrets and a token that may write are in reach; use on: pull_request, and the publish workflow for forks.",
	issue_comment: "issue_comment runs with a token that may write, and its payload names no commit that can be trusted; use on: pull_request or workflow_dispatch.",
	workflow_run: "workflow_run runs with secrets in reach and must not run code of a pull request; measure on: pull_request, and give this workflow command: publish."
};
function readEvent(event) {
	const repository = repositoryNameSchema.safeParse(event.env.GITHUB_REPOSITORY);
	if (!repository.success) return refuse("GITHUB_REPOSITORY is not an owner/name; run this on a runner.");
	const reading = readKind(event, repository.data);
	if (reading.kind !== "measure" || event.askedBase === void 0) return reading;
	const bases = [event.askedBase, `refs/remotes/origin/${event.askedBase}`];
	const sentence = `${reading.trigger.sentence} The base was given by input.`;
	return {
		kind: "measure",
		trigger: {
			...reading.trigger,
			bases,
			withoutBase: "error",
			sentence
		}
	};
}
function readKind(event, repository) {
	switch (event.name) {
		case "pull_request": return read(pullRequestPayload, event, (payload) => pullRequest(payload, repository));
		case "push": return read(pushPayload, event, (payload) => push(payload, repository));
		case "merge_group": return read(mergeGroupPayload, event, (payload) => mergeGroup(payload, repository));
		case "workflow_dispatch":
		case "schedule": return read(plainPayload, event, (payload) => plain(payload, event, repository));
		default: {
			const why = Object.hasOwn(REFUSED, event.name) ? REFUSED[event.name] : void 0;
			if (why !== void 0) return refuse(why);
			return refuse(`The event ${JSON.stringify(event.name.slice(0, 60))} has no defined base; use on: pull_request, push, merge_group, workflow_dispatch or schedule.`);
		}
	}
}
function pullRequest(payload, repository) {
	const { number, state, draft, head, base } = payload.pull_request;
	if (payload.action === "closed" || state === "closed") return skip(`Pull request ${number} is closed, so there is nothing to gate.`);
	if (head.sha === base.sha) return skip(`Pull request ${number} adds no commit, so there is nothing to compare.`);
	const fork = !head.repo || head.repo.id !== base.repo.id;
	const from = !head.repo ? " from a deleted fork" : fork ? " from a fork" : "";
	return measure({
		event: "pull_request",
		repository,
		head: head.sha,
		bases: [`refs/remotes/origin/${base.ref}`],
		withoutBase: "error",
		pull: {
			number,
			fork
		},
		trusted: false,
		sentence: `Pull request ${number}${draft ? " (a draft)" : ""}${from}: its head against the merge base with ${base.ref}.`
	});
}
function push(payload, repository) {
	const { ref, before, after, deleted, head_commit: tip, repository: home } = payload;
	if (deleted || ZEROS.test(after)) return skip(`${ref} was deleted, so there is nothing to measure.`);
	if (before === after) return skip(`The push to ${ref} brought no commit, so there is nothing to compare.`);
	const tag = ref.startsWith("refs/tags/");
	const head = tag ? tip?.id ?? after : after;
	const shared = {
		event: "push",
		repository,
		head,
		trusted: true
	};
	const parent = {
		bases: [`${head}^1`],
		withoutBase: "skip"
	};
	if (tag) return measure({
		...shared,
		...parent,
		sentence: `Tag ${ref}: its commit against the one before.`
	});
	if (!ZEROS.test(before)) {
		const sentence = `Push to ${ref}: the new tip against the one before${payload.forced ? " (forced)" : ""}.`;
		return measure({
			...shared,
			bases: [before, `${head}^1`],
			withoutBase: "skip",
			sentence
		});
	}
	if (ref === `refs/heads/${home.default_branch}`) return measure({
		...shared,
		...parent,
		sentence: `First push to ${ref}: its tip against its parent.`
	});
	return measure({
		...shared,
		bases: [`refs/remotes/origin/${home.default_branch}`],
		withoutBase: "skip",
		sentence: `New branch ${ref}: its tip against the merge base with ${home.default_branch}.`
	});
}
function mergeGroup(payload, repository) {
	const { head_sha: head, base_sha: base, base_ref: ref } = payload.merge_group;
	if (payload.action !== "checks_requested") return skip(`The merge group was ${payload.action.replaceAll(/\W/g, " ")}, so there is nothing to gate.`);
	if (head === base) return skip("The merge group brings no commit, so there is nothing to compare.");
	return measure({
		event: "merge_group",
		repository,
		head,
		bases: [base],
		withoutBase: "error",
		trusted: false,
		sentence: `Merge group for ${ref}: its head against its base.`
	});
}
function plain(payload, event, repository) {
	const head = shaSchema.safeParse(event.env.GITHUB_SHA);
	if (!head.success) return refuse("GITHUB_SHA is not a full commit hash; run this on a runner.");
	const name = event.name === "schedule" ? "schedule" : "workflow_dispatch";
	const shared = {
		event: name,
		repository,
		head: head.data,
		withoutBase: "skip",
		trusted: true
	};
	const branch = payload.repository?.default_branch;
	const home = branch === void 0 || event.env.GITHUB_REF === `refs/heads/${branch}`;
	if (name === "schedule" || home) {
		const sentence = `${name}: the tip against its parent; give base to compare with something older.`;
		return measure({
			...shared,
			bases: [`${head.data}^1`],
			sentence
		});
	}
	const sentence = `${name}: the tip against the merge base with ${branch}.`;
	return measure({
		...shared,
		bases: [`refs/remotes/origin/${branch}`],
		sentence
	});
}
function read(schema, event, then) {
	const parsed = schema.safeParse(event.payload);
	if (parsed.success) return then(parsed.data);
	const where = parsed.error.issues.map((issue) => issue.path.join(".") || "the whole").slice(0, 5);
	return refuse(`The payload of ${event.name} is not what GitHub documents (${where.join(", ")}); see the file that GITHUB_EVENT_PATH names.`);
}
const measure = (trigger) => ({
	kind: "measure",
	trigger
});
const skip = (sentence) => ({
	kind: "skip",
	sentence
});
const refuse = (sentence) => ({
	kind: "refuse",
	sentence
});
// src/report/markdown/summary.ts
function summaryText(report, link) {
	const layout = {
		depth: {
			items: 50,
			rows: 40
		},
		rest: "are only in report.json and report.html",
		foldFrom: 60,
		...link === void 0 ? {} : { link }
	};
	const items = itemsOf(report);
	const write = documentWriter(report, layout);
	const render = (shown) => `## Perf Verdict\n\n${write(items.slice(0, shown))}`;
	return largestThatFits(items.length, render, SUMMARY_LIMIT);
}
// src/flow/publish/announce.ts
async function announce(announcement) {
	const { report, runner } = announcement;
	setOutputs(announcement);
	runner.annotate(annotationsOf(report));
	await runner.summary(`${summaryText(report, report.run?.url)}${shardNote(report)}`);
	runner.output("comment-url", await tellGitHub(announcement) ?? "");
	await runner.log.group("Report", async () => runner.quote(logText(report).trim().split("\n")));
}
async function announceDecided(announcement) {
	const { report, runner, mode, github, check } = announcement;
	setOutputs(announcement);
	runner.log.line(decidedWords(report));
	const quiet = isOpenSoFar(report) && mode === "on-change";
	const log = {
		...runner.log,
		warn: runner.log.line
	};
	await tellGitHub({
		...announcement,
		check: void 0,
		mode: quiet ? "on-breach" : mode,
		runner: {
			...runner,
			log
		}
	});
	if (!github || !check || report.shard) return;
	const told = await github.checks.append(check.id, {
		...checkText(report),
		annotations: []
	});
	if (!told.ok) runner.log.line(`check: ${told.fault.sentence}`);
}
function setOutputs({ report, delivered, runner }) {
	const causes = report.benchmarks.flatMap(({ decision, cause }) => decision === "slower" && cause ? [cause.kind] : []);
	const suspects = report.benchmarks.flatMap(({ suspects: named = [] }) => named.map(({ symbol }) => symbol));
	const outputs = {
		verdict: report.verdict,
		"report-json": delivered.json ?? "",
		"report-md": delivered.markdown ?? "",
		"report-html": delivered.html ?? "",
		regressions: String(report.benchmarks.filter(({ decision }) => decision === "slower").length),
		cause: [...new Set(causes)].join(","),
		suspects: [...new Set(suspects)].join(",")
	};
	for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}
function shardNote({ shard, benchmarks }) {
	if (!shard) return "";
	return `\n${joinedByMerge(shard, benchmarks.length)}\n`;
}
async function tellGitHub(announcement) {
	const { report, delivered, mode, pull, github, check, speaker, runner } = announcement;
	if (report.shard) return void 0;
	if (!github) {
		runner.log.line("comment: no token was given, so the job summary carries the report");
		return;
	}
	const publication = {
		report,
		comment: delivered.comment,
		mode,
		...pull && { pull },
		...check && {
			check: checkOf(report, speaker),
			open: check
		}
	};
	return publishReport(github, publication, runner.log);
}
function checkName({ key }) {
	return key === "default" ? "Perf Verdict" : `Perf Verdict (${key})`;
}
function checkOf(report, speaker) {
	const passes = exitCode(report) === 0;
	const warned = findingsOf(report).some(({ policy }) => policy === "warn");
	const conclusion = passes ? warned ? "neutral" : "success" : "failure";
	return {
		name: checkName(speaker),
		headSha: report.head.sha,
		conclusion,
		...checkText(report)
	};
}
// src/report/notes/acceptances.ts
const setterMayNot = (label, by) => `The label \`${label}\` was set by \`${by}\`, who has no write access, so it accepts nothing.`;
const setterIsNobody = (label, by) => `The label \`${label}\` was set by the app \`${by}\`, so it accepts nothing; a person with write access must set it.`;
const authorAccepts = (author) => `\`${author}\`, who opened this pull request, has write access and accepts its slowdown.`;
const nothingAccepted = (label) => `The label \`${label}\` is set, but no comment by a person with write access says what is accepted; write \`perf accept NAME=12%: reason\`.`;
const editedAfterLabel = (label, by) => `The description was edited after \`${by}\` set the label \`${label}\`, so it accepts nothing; take the label off and set it again.`;
const editedByOther = (login, editor) => `The comment of \`${login}\` was edited by ${editor === void 0 ? "another person" : `\`${editor}\``}, so it accepts nothing; write a new one.`;
const onlyNewestCommits = (most, all) => `Only the newest ${most} of ${all} commits were looked up for accepted slowdowns.`;
// src/flow/publish/acceptances.ts
const NONE = {
	accepted: [],
	remarks: []
};
async function findAcceptances(report, { pull, label }, github) {
	if (!report.benchmarks.some(({ decision }) => decision === "slower")) return NONE;
	const set = await github.people.labelled(pull, label);
	if (!set.ok) return {
		...NONE,
		remarks: [set.fault.sentence]
	};
	if (!set.value) return NONE;
	const { by, at } = set.value;
	if (by.endsWith("[bot]")) return {
		...NONE,
		remarks: [setterIsNobody(label, by)]
	};
	const may = await mayWrite(by, github);
	if (!may.ok) return {
		...NONE,
		remarks: [may.fault.sentence]
	};
	if (!may.value) return {
		...NONE,
		remarks: [setterMayNot(label, by)]
	};
	const words = await wordsOf(pull, by, github);
	if (!words.ok) return {
		...NONE,
		remarks: [words.fault.sentence]
	};
	const { comments, now, wordings } = words.value;
	const remarks = [];
	const accepted = [];
	const description = wordings.get(now.nodeId);
	if (description) accepted.push(...fromDescription({
		description,
		by,
		at,
		label
	}, remarks));
	for (const { nodeId, login } of comments) {
		const wording = wordings.get(nodeId);
		if (wording) accepted.push(...fromComment(wording, login, remarks));
	}
	const standing = newestWords(accepted.toReversed());
	if (standing.some(({ by: who }) => who === `@${now.author}`)) remarks.push(authorAccepts(now.author));
	if (standing.length === 0 && remarks.length === 0) remarks.push(nothingAccepted(label));
	return {
		accepted: standing,
		remarks
	};
}
async function wordsOf(pull, by, github) {
	const [now, listed] = [await github.pulls.get(pull), await github.comments.list(pull)];
	if (!now.ok) return now;
	if (!listed.ok) return listed;
	const rights = new Map([[by, true]]);
	const comments = [];
	for (const { body, author, nodeId } of listed.value) {
		if (author.type !== "User" || acceptancesIn(body, "").length === 0) continue;
		const { login } = author;
		if (!rights.has(login)) {
			const asked = await mayWrite(login, github);
			if (!asked.ok) return asked;
			rights.set(login, asked.value);
		}
		if (rights.get(login) === true) comments.push({
			nodeId,
			login
		});
	}
	const newest = comments.slice(-MOST_COMMENTS);
	const wordings = await github.comments.wordings([now.value.nodeId, ...newest.map(({ nodeId }) => nodeId)]);
	return wordings.ok ? success({
		now: now.value,
		comments: newest,
		wordings: wordings.value
	}) : wordings;
}
const MOST_COMMENTS = 99;
function fromDescription(of, remarks) {
	const { description, by, at, label } = of;
	const own = acceptancesIn(description.body, `@${by}`);
	if (own.length === 0) return [];
	const { editedAt } = description;
	if (editedAt !== void 0 && !(Date.parse(editedAt) < Date.parse(at))) {
		remarks.push(editedAfterLabel(label, by));
		return [];
	}
	return own.map((acceptance) => ({
		...acceptance,
		on: at.slice(0, 10)
	}));
}
function fromComment({ body, createdAt, editedAt, editor }, login, remarks) {
	if (editedAt !== void 0 && editor?.toLowerCase() !== login.toLowerCase()) {
		remarks.push(editedByOther(login, editor));
		return [];
	}
	const on = (editedAt ?? createdAt).slice(0, 10);
	return acceptancesIn(body, `@${login}`).map((acceptance) => ({
		...acceptance,
		on
	}));
}
async function mayWrite(login, { people }) {
	const asked = await people.mayWrite(login);
	return !asked.ok && asked.fault.kind === "missing" ? success(false) : asked;
}
// src/flow/publish/merged-acceptances.ts
const MOST_COMMITS = 20;
async function findMergedAcceptances(report, { commits, branch, label }, github) {
	if (!report.benchmarks.some(({ decision }) => decision === "slower")) return {
		accepted: [],
		remarks: []
	};
	const pulls = new Set();
	const remarks = [];
	for (const commit of commits.slice(0, MOST_COMMITS)) {
		const found = await github.pulls.mergedBy(commit, branch);
		if (!found.ok) return {
			accepted: [],
			remarks: [found.fault.sentence]
		};
		for (const number of found.value) pulls.add(number);
	}
	if (commits.length > MOST_COMMITS) remarks.push(onlyNewestCommits(MOST_COMMITS, commits.length));
	const found = [];
	for (const pull of pulls) found.push(await findAcceptances(report, {
		pull,
		label
	}, github));
	return {
		accepted: newestWords(found.flatMap(({ accepted }) => accepted)),
		remarks: [...remarks, ...found.flatMap((one) => one.remarks)]
	};
}
// src/report/history/issue.ts
const MOST_STEPS = 15;
function creepMarker(key) {
	return `<!-- perf-verdict-creep:${key.replace(/[^\w-]/g, "_")} -->`;
}
function creepIssue(creeps, key, bisected) {
	const worst = creeps.toSorted((one, other) => extentOf(other) - extentOf(one));
	const title = `Performance: ${numbered(creeps.length, "benchmark")} slower than ${[...new Set(creeps.map(({ called }) => called))].slice(0, 2).join(" and ")}`;
	const parts = worst.map((creep, index) => {
		const rows = creep.steps.slice(0, MOST_STEPS).map(({ commit, ratio, share, title, accepted }) => {
			const part = share > 0 ? formatShare(share) : "–";
			return `| ${cell(commit.slice(0, 12))} | ${typeset(formatChange(ratio))} | ${typeset(part)} | ${cellProse(title)}${accepted ? " (accepted)" : ""} |`;
		});
		const rest = creep.steps.length - MOST_STEPS;
		const bisect = `perf-verdict bisect --base ${creep.against.slice(0, 12)} --head ${creep.commit.slice(0, 12)}`;
		return [
			prose(creepSentence(creep)),
			...rows.length > 0 ? ["| Commit | Change | Part | Title |\n|:--|--:|--:|:--|\n" + rows.join("\n") + (rest > 0 ? `\n\nand ${rest} more commits` : "")] : [],
			index === 0 && bisected !== void 0 ? `${bisectedMarker(creep)}\nBisected: ${bisected}\n${BISECTED_END}` : `To name the commit by measuring, run ${code(bisect)} with the build and benchmark of this project, or give the nightly job \`bisect: true\`.`
		].join("\n\n");
	});
	const footer = "<sub>The direct comparison decides; the steps only point, because each has its own interval. Each comparison updates this issue; it is closed when nothing is slower any more.</sub>";
	return {
		title: title.slice(0, 240),
		body: [
			creepMarker(key),
			...parts,
			footer
		].join("\n\n").slice(0, 6e4)
	};
}
const BISECTED_END = "<!-- /perf-verdict-bisected -->";
function bisectedMarker({ against, name }) {
	return `<!-- perf-verdict-bisected:${against}:${[...name].map((letter) => letter.codePointAt(0).toString(36)).join(".").slice(0, 400)} -->`;
}
function bisectedText(sentence) {
	return prose(sentence);
}
function bisectedIn(body, creep) {
	const marker = bisectedMarker(creep);
	const start = body.indexOf(marker);
	const end = body.indexOf(BISECTED_END, start);
	return start < 0 || end < 0 ? void 0 : body.slice(start + marker.length, end).replace(/^\s*Bisected: /, "").trim();
}
// src/report/history/readme.ts
function branchReadme(folders) {
	return [
		"# Performance history",
		"Perf Verdict appends to this branch on each push to the default branch and each night. Lines are never changed; the pages and badges are drawn from them.",
		folders.map((folder) => {
			return `- \`${folder.replace(/^history\//, "")}\`: [lines](${folder}/), [page](${folder}/index.html) (open it from a clone, or serve this branch with GitHub Pages), [badge](${folder}/badge.json)`;
		}).join("\n"),
		"Results of other tools (`data.js` of github-action-benchmark, Bencher reports, asv results) in `imports/` are drawn in another colour.",
		""
	].join("\n\n");
}
function keysText(folders) {
	return [
		"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">`,
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Performance histories – Perf Verdict</title></head>",
		`<body><h1>Performance histories</h1><ul>${folders.map((folder) => {
			const key = folder.replace(/^history\//, "");
			return `<li><a href="${html(folder)}/index.html">${html(key)}</a></li>`;
		}).join("")}</ul></body></html>\n`
	].join("\n");
}
// src/flow/timeline/branch.ts
async function appendToBranch(branches, append) {
	const { branch, key, record, repository } = append;
	let after = {
		records: [],
		faults: []
	};
	const done = await branches.edit(branch, recordTitle(record), async (paths, read) => {
		const segments = await readAll(segmentsOf(key, paths), read);
		if (!segments.ok) return segments;
		const imported = await importsOf(paths, read);
		if (!imported.ok) return imported;
		const last = segments.value.at(-1);
		const file = appended(key, last, record);
		const before = file.path === last?.path ? segments.value.slice(0, -1) : segments.value;
		const { records, unreadable } = joined([...before, file].map(({ text }) => text));
		const { points, faults } = imported.value;
		after = {
			records,
			faults
		};
		const html = historyText({
			records,
			imported: points,
			unreadable: unreadable.length,
			...repository === void 0 ? {} : { repository }
		});
		const badge = historyBadge(records);
		const folder = historyFolder(key);
		const root = await rootOf({
			paths,
			read,
			folder,
			html,
			badge
		});
		if (!root.ok) return root;
		return {
			ok: true,
			value: {
				[file.path]: file.text,
				[`${folder}/index.html`]: html,
				[`${folder}/badge.json`]: badge,
				...root.value
			}
		};
	});
	return done.ok ? {
		ok: true,
		value: after
	} : done;
}
async function rootOf(of) {
	const { paths, read, folder, html, badge } = of;
	const folders = [...new Set([...keysOf(paths).map((key) => `history/${key}`), folder])].toSorted();
	const readme = branchReadme(folders);
	if (folders.length === 1) return {
		ok: true,
		value: {
			"index.html": html,
			"badge.json": badge,
			"README.md": readme
		}
	};
	const others = await readAll(folders.map((each) => `${each}/badge.json`).filter((path) => path !== `${folder}/badge.json` && paths.includes(path)), read);
	if (!others.ok) return others;
	const worst = worstBadge([badge, ...others.value.map(({ text }) => text)]);
	return {
		ok: true,
		value: {
			"index.html": keysText(folders),
			"badge.json": worst,
			"README.md": readme
		}
	};
}
async function readAll(paths, read) {
	const files = [];
	for (const path of paths) {
		const text = await read(path);
		if (!text.ok) return text;
		files.push({
			path,
			text: text.value
		});
	}
	return {
		ok: true,
		value: files
	};
}
async function importsOf(paths, read) {
	const files = await readAll(paths.filter((path) => IMPORTS.test(path)).slice(0, MOST_IMPORTS), read);
	if (!files.ok) return files;
	const points = [];
	const faults = [];
	for (const { path, text } of files.value) {
		const found = readImport(text);
		if (found.ok) points.push(...found.value.points);
		else faults.push(noResultFile(path, found.fault));
	}
	return {
		ok: true,
		value: {
			points,
			faults
		}
	};
}
const MOST_IMPORTS = 200;
// src/flow/timeline/keep.ts
const LABEL = "performance";
async function keepHistory(keep) {
	const { report, comparison, branch, key, repository, github, log } = keep;
	if (report.verdict === "error") {
		log.line("history: nothing was measured, so nothing is kept");
		return;
	}
	const record = recordOf(report, comparison);
	const at = repository === void 0 ? {} : { repository };
	const kept = await appendToBranch(github.branches, {
		branch,
		key,
		record,
		...at
	});
	if (!kept.ok) return log.warn(`history: ${kept.fault.sentence}`);
	const { records, faults } = kept.value;
	log.line(records.length === 1 ? `history: began on ${branch}, which had none of ${key}` : `history: kept on ${branch}, ${records.length} comparisons in all`);
	for (const fault of faults) log.warn(`history: ${fault}`);
	if (comparison.relation === "release" || comparison.relation === "past") await tellCreep(records, keep);
}
async function tellCreep(records, keep) {
	const { key, github, log } = keep;
	const creeps = creepsOf(records).toSorted((one, other) => extentOf(other) - extentOf(one));
	const listed = await github.issues.list(LABEL);
	if (!listed.ok) return log.warn(`history: ${listed.fault.sentence}`);
	const marked = listed.value.filter(({ body }) => body.startsWith(creepMarker(key)));
	const own = marked.length === 0 ? void 0 : await github.issues.own(marked.map(({ nodeId }) => nodeId));
	if (own && !own.ok) return log.warn(`history: ${own.fault.sentence}`);
	const ours = marked.find(({ nodeId }) => own?.value.has(nodeId));
	const [worst] = creeps;
	if (!worst) return await closeIssue(ours, keep);
	const known = ours && bisectedIn(ours.body, worst);
	const told = await tellIssue(creepIssue(creeps, key, known), ours, keep);
	if (!told || known !== void 0 || !keep.bisect) return;
	const found = await keep.bisect(worst);
	if (found !== void 0) await tellIssue(creepIssue(creeps, key, bisectedText(found)), told, keep);
}
async function closeIssue(ours, { github, log }) {
	if (!ours) return;
	const closed = await github.issues.update(ours.number, { closed: true });
	log.line(closed.ok ? `history: closed ${ours.url}, nothing is slower any more` : `history: ${closed.fault.sentence}`);
}
async function tellIssue(issue, ours, { github, log }) {
	if (ours?.body === issue.body) {
		log.line(`history: ${ours.url} says it already`);
		return ours;
	}
	const told = ours ? await github.issues.update(ours.number, issue) : await github.issues.create({
		...issue,
		label: LABEL
	});
	if (told.ok) log.line(`history: ${told.value.url}`);
	else log.warn(`history: ${told.fault.sentence}`);
	return told.ok ? told.value : void 0;
}
// src/commands/action-history.ts
async function pastOf({ asked, invocation, env }) {
	const { github, runner, speaker } = asked;
	const { history: branch } = invocation;
	if (branch === void 0 || !github) return { records: [] };
	const records = await readPast({
		branch,
		key: speaker.key
	}, github, runner.log);
	const home = homeOf(asked, env);
	const link = home && records.length > 0 ? `${home}/tree/${encodeURIComponent(branch)}` : void 0;
	return {
		records,
		...link !== void 0 && { link }
	};
}
function homeOf({ trigger }, env) {
	return env.GITHUB_SERVER_URL ? `${env.GITHUB_SERVER_URL}/${trigger.repository}` : void 0;
}
function headAt({ asked: { trigger, workspace }, invocation }) {
	return {
		repository: resolve(workspace, invocation["working-directory"] ?? "."),
		head: invocation.head ?? trigger.head
	};
}
async function anchorOf(run, { records }) {
	const { asked, invocation } = run;
	const { trigger, runner } = asked;
	const at = headAt(run);
	if (invocation.against === void 0) {
		if (!isStep(run)) return void 0;
		const measured = await newestMeasured(records, at, tools);
		if (measured === void 0 || trigger.bases[0] === measured) return void 0;
		runner.log.line(`history: compares with ${measured.slice(0, 12)}, the newest commit that was measured, so that no step is missing.`);
		return success({
			base: measured,
			comparison: { relation: "previous" }
		});
	}
	if (trigger.pull) throw new InputError(["The input against is for the default branch; leave it out for pull requests, whose base is their merge base."]);
	return await findAnchor(invocation.against, at, tools);
}
function isStep({ asked: { trigger, inputs }, invocation, env }) {
	return invocation.history !== void 0 && trigger.event === "push" && !("base" in inputs.invocation) && invocation.against === void 0 && onDefaultBranch(env);
}
const homePayload = object({ repository: object({ default_branch: string() }) });
function defaultBranch(env) {
	const payload = homePayload.safeParse(readEventFile(env));
	return payload.success ? payload.data.repository.default_branch : void 0;
}
function onDefaultBranch(env) {
	const branch = defaultBranch(env);
	return branch !== void 0 && env.GITHUB_REF === `refs/heads/${branch}`;
}
async function acceptancesFor(run, report, { records }) {
	const { asked, invocation, env } = run;
	const { trigger, github } = asked;
	const label = invocation["accept-label"] ?? "perf: accept";
	if (report.shard || !github || !report.benchmarks.some(({ decision }) => decision === "slower")) return {
		accepted: [],
		remarks: []
	};
	if (trigger.pull) return await findAcceptances(report, {
		pull: trigger.pull.number,
		label
	}, github);
	const branch = defaultBranch(env);
	if (!trigger.trusted || branch === void 0 || !onDefaultBranch(env)) return {
		accepted: [],
		remarks: []
	};
	const at = {
		...headAt(run),
		head: report.head.sha
	};
	if (invocation.against !== void 0 || trigger.event !== "push") {
		const between = new Set(await commitsBetween(report.base.sha, at, tools));
		const names = new Set(report.benchmarks.map(({ name }) => name));
		return {
			accepted: inheritedAcceptances(records, between).filter(({ benchmark }) => names.has(benchmark)),
			remarks: []
		};
	}
	return await findMergedAcceptances(report, {
		commits: await commitsBetween(report.base.sha, at, tools, ["--first-parent"]),
		branch,
		label
	}, github);
}
function notKept({ asked: { trigger, github, inputs }, env }) {
	if (!trigger.trusted || !onDefaultBranch(env)) return "this is not the default branch, so nothing is kept";
	if ("shard" in inputs.invocation) return "a shard has a part of the table only; measure a history in one job";
	return github ? void 0 : "no token was given; give github-token one with contents: write";
}
function keepsHistory(run) {
	return run.invocation.history !== void 0 && notKept(run) === void 0;
}
async function keep(run, report, anchor) {
	const { asked, invocation, env } = run;
	const { github, runner, speaker } = asked;
	if (invocation.history === void 0) return;
	const why = notKept(run);
	if (why !== void 0 || !github) return runner.log.line(`history: ${why}`);
	const repository = homeOf(asked, env);
	await keepHistory({
		report,
		comparison: anchor?.comparison ?? { relation: isStep(run) ? "previous" : "chosen" },
		branch: invocation.history,
		key: speaker.key,
		...repository ? { repository } : {},
		github,
		log: runner.log,
		...invocation.bisect && { bisect: async (creep) => await bisectCreep(run, creep) }
	});
}
async function bisectCreep({ asked, invocation, env }, creep) {
	const { runner, workspace } = asked;
	const { outside, close } = await openPorts(runner.log);
	try {
		const { bisection } = await bisect({
			invocation,
			repository: resolve(workspace, invocation["working-directory"] ?? "."),
			good: creep.against,
			bad: creep.commit,
			version: VERSION,
			environment: callerEnvironment(env),
			save: async () => {},
			keep: async () => {},
			mask: runner.mask
		}, outside);
		return runner.masked(bisection).sentence;
	} catch (error) {
		if (!(error instanceof InputError) && !(error instanceof CommandError)) throw error;
		runner.log.warn(`history: no bisection: ${error.message}`);
		return;
	} finally {
		await close();
	}
}
// src/core/github/speaker.ts
const KEY_LIMIT = 40;
function speakerOf(given, job, env) {
	const end = job.indexOf(":");
	const [id, matrix] = [job.slice(0, Math.max(0, end)), job.slice(end + 1)];
	const parts = [
		workflowOf(env),
		env.GITHUB_JOB ?? "",
		...valuesOf(matrix)
	];
	const step = /_(\d+)$/.exec(env.GITHUB_ACTION ?? "")?.[1];
	const named = slug([...parts, ...step === void 0 ? [] : [step]].filter((part) => part !== ""));
	const whole = JSON.stringify([
		...parts,
		matrix,
		env.GITHUB_ACTION ?? ""
	]);
	return {
		key: given ?? (named === "" ? "default" : named),
		...env.GITHUB_JOB === void 0 ? {} : { gate: hash(whole) },
		...id === "" ? {} : { job: hash(id) }
	};
}
function workflowOf(env) {
	return /\/([^/@]+)\.ya?ml@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? env.GITHUB_WORKFLOW ?? "";
}
function valuesOf(json) {
	try {
		return leaves(JSON.parse(json));
	} catch {
		return [];
	}
}
function leaves(value) {
	if (value === null || value === void 0) return [];
	if (typeof value === "object") return Object.values(value).flatMap(leaves);
	return [String(value)];
}
function slug(parts) {
	const text = parts.join("-").replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^-+|-+$/g, "");
	return (text.length > KEY_LIMIT || text !== parts.join("-")) && text !== "" ? `${text.slice(0, 31).replace(/-+$/, "")}-${hash(JSON.stringify(parts))}` : text;
}
const hash = (text) => fnv1a(text).toString(16).padStart(8, "0");
// src/report/markdown/measuring.ts
const EARLIER = "<!-- perf-verdict-earlier -->";
const MOST = 64e3;
function measuringText(earlier, marker, link) {
	const { key, head, run, attempt } = marker;
	const parts = ["if this stays, the run was ended before it had an answer", ...link === void 0 ? [] : [`[run](${link})`]];
	const text = earlier.slice(earlier.indexOf("-->") + 3).trim();
	const [, before = text] = text.split(EARLIER);
	const start = [`${writeMarker({
		key,
		head,
		run,
		attempt,
		standIn: true
	})}\n**${prose(`\`${head.slice(0, 8)}\` is being measured, and nothing is known about it yet.`)}**`, `<sub>${parts.join(" · ")}</sub>`];
	const rest = ["What follows is about an earlier commit.", `${EARLIER}\n${before.trim()}`];
	const whole = `${[...start, ...rest].join("\n\n")}\n`;
	return whole.length <= MOST ? whole : `${start.join("\n\n")}\n`;
}
function isOfAnother(body, head) {
	const theirs = readMarker(body);
	return theirs !== void 0 && theirs.head !== head;
}
// src/flow/publish/mark-stale.ts
async function markStale(github, { pull, marker, link }) {
	const decided = await decideComment(github, {
		pull,
		marker,
		body: ""
	}, new Set());
	if (!decided.ok) return false;
	const { decision, comments } = decided.value;
	if (decision.kind !== "update" || decision.clash !== void 0) return false;
	const earlier = comments.find(({ id }) => id === decision.id)?.body ?? "";
	if (!isOfAnother(earlier, marker.head)) return false;
	return (await github.comments.update(decision.id, measuringText(earlier, marker, link))).ok;
}
// src/commands/answer.ts
async function openAsked(of) {
	const { inputs, trigger, runner, env } = of;
	const speaker = speakerOf(inputs.key !== void 0 && isCommentKey(inputs.key) ? inputs.key : void 0, inputs.job, env);
	const { token } = inputs;
	const asked = {
		inputs,
		trigger,
		speaker,
		github: token === "" ? void 0 : await openGitHub({
			token,
			repository: trigger.repository,
			env
		}),
		runner,
		origin: {
			...originOf(trigger, env),
			key: speaker.key
		},
		workspace: resolve(env.GITHUB_WORKSPACE ?? ".")
	};
	return {
		...asked,
		check: await checkFor(asked),
		marked: await markFor(asked)
	};
}
async function markFor({ inputs, trigger, speaker, github, origin }) {
	const { pull, head } = trigger;
	if (!github || !pull || pull.fork || "shard" in inputs.invocation) return false;
	if (inputs.command !== "gate" || inputs.comment === "never") return false;
	const { number: run = 0, attempt = 0, url: link } = origin.run ?? {};
	const marker = {
		...speaker,
		head,
		run,
		attempt
	};
	return await markStale(github, {
		pull: pull.number,
		marker,
		...link !== void 0 && { link }
	});
}
function modeOf({ marked }, { shard }, asked) {
	if (shard) return "never";
	return marked && asked === "never" ? "on-breach" : asked;
}
async function checkFor({ inputs, trigger, speaker, github, runner }) {
	if (!inputs.check || !github || "shard" in inputs.invocation) return void 0;
	const started = await startCheck(github, {
		name: checkName(speaker),
		headSha: trigger.head
	});
	if ("id" in started) return started;
	if (trigger.pull?.fork) runner.log.line(started.sentence);
	else runner.log.warn(started.sentence);
}
function originOf(trigger, env) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
	const number = Number(env.GITHUB_RUN_NUMBER);
	const attempt = Number(env.GITHUB_RUN_ATTEMPT);
	return {
		...trigger.pull && { pull: {
			number: trigger.pull.number,
			repository: trigger.repository
		} },
		run: {
			...server && repository && id ? { url: `${server}/${repository}/actions/runs/${id}` } : {},
			...Number.isSafeInteger(number) ? { number } : {},
			...Number.isSafeInteger(attempt) ? { attempt } : {}
		}
	};
}
async function answered(asked, work) {
	try {
		return await work();
	} catch (error) {
		await tell(asked, asked.runner.masked(failedReport(asked, faultsOf(error)))).catch((trouble) => {
			asked.runner.log.warn(`The failure could not be reported in full: ${String(trouble)}`);
			asked.runner.output("verdict", "error");
			throw error;
		});
		return error instanceof InputError ? 2 : 3;
	}
}
async function tell(asked, report) {
	const { inputs, trigger, speaker, github, check, runner, workspace } = asked;
	const comment = commentText(report, {
		...speaker,
		...report.run?.url !== void 0 && { link: report.run.url }
	});
	const delivered = report.shard ? void 0 : await openReports(inputs.out, workspace).then((out) => deliver(report, out, speaker)).catch(() => void 0);
	const given = inputs.comment;
	const mode = given !== void 0 && isCommentMode(given) ? given : "always";
	await announce({
		report,
		delivered: delivered ?? { comment },
		speaker,
		mode: modeOf(asked, report, mode),
		pull: trigger.pull,
		github,
		check,
		runner
	});
}
async function tellStopped(asked, soFar) {
	const report = soFar ?? failedReport(asked, [{ what: ENDED }]);
	const { github, check } = asked;
	asked.runner.output("verdict", report.verdict);
	if (github && check) await cancelCheck(github, check);
	await tell({
		...asked,
		check: void 0
	}, asked.runner.masked(report));
}
const ENDED = "The run was ended before it was finished, and had measured nothing by then.";
function failedReport({ trigger, origin, inputs }, errors) {
	const shard = /^(\d+)\/(\d+)$/.exec(inputs.invocation.shard ?? "");
	const report = emptyReport({
		head: trigger.head,
		...origin,
		...shard && { shard: {
			index: Number(shard[1]),
			of: Number(shard[2])
		} },
		errors,
		startedAt: new Date().toISOString(),
		seconds: process.uptime()
	});
	return {
		...report,
		sentence: verdictSentence(report)
	};
}
function faultsOf(error) {
	if (error instanceof InputError) return error.faults.map((what) => ({ what }));
	if (error instanceof CommandError) return [{
		what: `${error.message}.`,
		detail: error.failure.lastLines.join("\n")
	}];
	const environment = environmentFault(error);
	if (environment !== void 0) return [{ what: environment }];
	return [{
		what: "This is a bug in Perf Verdict; please report it with the lines in the log.",
		detail: error instanceof Error ? error.stack ?? error.message : String(error)
	}];
}
function withAcceptances(report, found, configured) {
	const today = new Date().toISOString().slice(0, 10);
	const all = [...found.accepted, ...configured];
	const judged = accept(report, all, today);
	const remarks = [
		...report.remarks ?? [],
		...found.remarks,
		...idleAcceptances(judged, all, today)
	];
	return {
		...judged,
		...remarks.length > 0 && { remarks },
		sentence: judged.verdict === "error" ? report.sentence : verdictSentence(judged)
	};
}
export { withAcceptances as a, keep as c, announce as d, announceDecided as f, tellStopped as i, keepsHistory as l, modeOf as n, acceptancesFor as o, readEvent as p, openAsked as r, anchorOf as s, answered as t, pastOf as u };
