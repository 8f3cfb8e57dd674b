import { K as itemsOf, _ as largestThatFits, g as SUMMARY_LIMIT, v as documentWriter } from "./comment.js";
import { a as annotationsOf, c as pullRequestPayload, d as repositoryNameSchema, f as shaSchema, i as checkText, l as pushPayload, o as mergeGroupPayload, r as publishReport, s as plainPayload } from "./event-file.js";
import { t as logText } from "./log.js";
// src/core/github/event.ts
const ZEROS = /^0+$/;
const REFUSED = {
	pull_request_target: "pull_request_target runs code of the pull request beside secrets and a token that may write; use on: pull_request, and the publish workflow for forks.",
	issue_comment: "issue_comment runs with a token that may write, and its payload names no commit that can be trusted; use on: pull_request or workflow_dispatch.",
	workflow_run: "workflow_run runs beside secrets and must not run code of a pull request; measure on: pull_request, and give this workflow command: publish."
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
	if (head.sha === base.sha) return skip(`Pull request ${number} has no commit of its own, so there is nothing to compare.`);
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
	const { report, delivered, runner } = announcement;
	runner.quote(logText(report).split("\n"));
	const url = await tellGitHub(announcement);
	const causes = report.benchmarks.flatMap(({ decision, cause }) => decision === "slower" && cause ? [cause.kind] : []);
	const suspects = report.benchmarks.flatMap(({ suspects: named = [] }) => named.map(({ symbol }) => symbol));
	const outputs = {
		verdict: report.verdict,
		"report-json": delivered.json,
		"report-md": delivered.markdown,
		"report-html": delivered.html,
		"comment-url": url ?? "",
		regressions: String(report.benchmarks.filter(({ decision }) => decision === "slower").length),
		cause: [...new Set(causes)].join(","),
		suspects: [...new Set(suspects)].join(",")
	};
	for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
	await runner.summary(summaryText(report, report.run?.url));
	runner.annotate(annotationsOf(report));
}
async function tellGitHub(announcement) {
	const { report, delivered, inputs, mode, pull, github, runner } = announcement;
	if (!github) {
		runner.log.line("comment: no token was given, so the job summary carries the report");
		return;
	}
	const publication = {
		report,
		comment: delivered.comment,
		mode,
		...pull && { pull },
		...inputs.check && { check: checkOf(report, inputs.key) }
	};
	return publishReport(github, publication, runner.log);
}
function checkOf(report, key) {
	const name = key === "default" ? "Perf Verdict" : `Perf Verdict (${key})`;
	const conclusion = report.verdict === "pass" ? "success" : "failure";
	return {
		name,
		headSha: report.head.sha,
		conclusion,
		...checkText(report)
	};
}
export { readEvent as n, announce as t };
