import { n as InputError, t as CommandError } from "./errors.js";
import { t as environmentFault } from "./environment-fault.js";
import { t as counted } from "./text.js";
import { n as success } from "./result.js";
import { ct as accept, dt as exitCode, ft as findingsOf, i as verdictSentence, lt as acceptancesIn, mt as fnv1a, ut as idleAcceptances } from "./exact-rows.js";
import { _ as repositoryNameSchema, c as startCheck, d as annotationsOf, f as mergeGroupPayload, h as pushPayload, l as isCommentMode, m as pullRequestPayload, n as openGitHub, o as cancelCheck, p as plainPayload, r as publishReport, u as checkText, v as shaSchema } from "./event-file.js";
import { N as itemsOf, P as emptyReport, _ as documentWriter, d as isCommentKey, g as largestThatFits, h as SUMMARY_LIMIT, t as commentText } from "./comment.js";
import { t as logText } from "./log.js";
import { i as openReports, t as deliver } from "./deliver.js";
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
	const { report, runner } = announcement;
	setOutputs(announcement);
	runner.annotate(annotationsOf(report));
	await runner.summary(`${summaryText(report, report.run?.url)}${shardNote(report)}`);
	runner.output("comment-url", await tellGitHub(announcement) ?? "");
	await runner.log.group("Report", async () => runner.quote(logText(report).trim().split("\n")));
}
async function announceDecided(announcement) {
	const { report, runner } = announcement;
	setOutputs(announcement);
	runner.log.line(`verdict: ${report.verdict}. ${report.sentence}`);
	await tellGitHub({
		...announcement,
		check: void 0
	});
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
	const rows = counted(benchmarks.length, "benchmark");
	return `\nThis is shard ${shard.index} of ${shard.of}, with ${rows}. The job with \`command: merge\` joins the shards, and writes the comment and the check.\n`;
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
// src/flow/publish/acceptances.ts
const NONE = {
	accepted: [],
	remarks: []
};
async function findAcceptances(report, at, github) {
	const { pull, label } = at;
	if (!report.benchmarks.some(({ decision }) => decision === "slower")) return NONE;
	const set = await github.people.labelled(pull, label);
	if (!set.ok) return {
		...NONE,
		remarks: [set.fault.sentence]
	};
	if (!set.value) return NONE;
	const { by } = set.value;
	const may = await mayWrite(by, github);
	if (!may.ok) return {
		...NONE,
		remarks: [may.fault.sentence]
	};
	if (!may.value) return {
		...NONE,
		remarks: [`The label \`${label}\` was set by \`${by}\`, who has no write access, so it accepts nothing.`]
	};
	const comments = await github.comments.list(pull);
	if (!comments.ok) return {
		...NONE,
		remarks: [comments.fault.sentence]
	};
	const accepted = [];
	const rights = new Map([[by, true]]);
	for (const { body, author } of comments.value) {
		if (author.type !== "User") continue;
		const own = acceptancesIn(body, `@${author.login}`);
		if (own.length === 0) continue;
		if (!rights.has(author.login)) {
			const asked = await mayWrite(author.login, github);
			rights.set(author.login, asked.ok && asked.value);
		}
		if (rights.get(author.login) === true) accepted.unshift(...own);
	}
	const hint = `The label \`${label}\` is set, but no comment of somebody with write access says what is accepted; write \`perf accept NAME=12%: reason\`.`;
	return {
		accepted,
		remarks: accepted.length === 0 ? [hint] : []
	};
}
async function mayWrite(login, { people }) {
	const asked = await people.mayWrite(login);
	return !asked.ok && asked.fault.kind === "missing" ? success(false) : asked;
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
		check: await checkFor(asked)
	};
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
		mode: report.shard ? "never" : mode,
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
async function withAcceptances(report, { inputs, trigger, github }, configured) {
	const label = inputs.invocation["accept-label"] ?? "perf: accept";
	const found = trigger.pull && github && !report.shard ? await findAcceptances(report, {
		pull: trigger.pull.number,
		label
	}, github) : {
		accepted: [],
		remarks: []
	};
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
export { announce as a, withAcceptances as i, openAsked as n, announceDecided as o, tellStopped as r, readEvent as s, answered as t };
