import { n as InputError } from "./errors.js";
import { i as quoted, t as counted } from "./text.js";
import { s as plainLine } from "./encode.js";
import { c as number, f as string, h as unknown, i as boolean, l as object, r as array } from "./schemas.js";
import { n as success, t as failed$1 } from "./result.js";
import { $ as shortName, H as headline, Ot as DEFAULT_POLICIES, U as causeClause, X as decided, Z as isBroken, k as verdictTitle, kt as policyOf, vt as exitCode } from "./exact-rows.js";
import { r as limitationSentence } from "./events.js";
import { l as formatShare } from "./format.js";
import { F as displacerSentences, N as itemsOf, R as meaningOf, _ as largestThatFits, f as isNewer, h as CHECK_LIMIT, p as readMarker, u as isClash, v as documentWriter } from "./comment.js";
import { r as NOTHING_TO_SAY, t as CHECK_ENDED } from "./run.js";
import { readFileSync } from "node:fs";
// src/core/github/event-payload.ts
const shaSchema = string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const refNameSchema = string().regex(/^(?!-)(?!.*(?:\.\.|@\{|\/\/))[^\p{Cc} ~^:?*[\\]{1,250}$/u);
const repositoryNameSchema = string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/);
const repositorySchema = object({
	id: number().int(),
	full_name: repositoryNameSchema
});
const pullRequestPayload = object({
	action: string().max(100),
	pull_request: object({
		number: number().int().positive(),
		state: string().max(20),
		draft: boolean().optional(),
		head: object({
			sha: shaSchema,
			repo: repositorySchema.nullish()
		}),
		base: object({
			ref: refNameSchema,
			sha: shaSchema,
			repo: repositorySchema
		})
	})
});
const pushPayload = object({
	ref: refNameSchema,
	before: shaSchema,
	after: shaSchema,
	deleted: boolean().optional(),
	forced: boolean().optional(),
	head_commit: object({ id: shaSchema }).nullish(),
	repository: object({ default_branch: refNameSchema })
});
const mergeGroupPayload = object({
	action: string().max(100),
	merge_group: object({
		head_sha: shaSchema,
		base_sha: shaSchema,
		base_ref: refNameSchema
	})
});
const plainPayload = object({ repository: object({ default_branch: refNameSchema }).optional() });
// src/report/annotations/annotation.ts
const MOST_PER_LEVEL = 8;
const MESSAGE_LIMIT = 4e3;
const TITLE_LIMIT = 200;
function shownAnnotations(all) {
	return [
		"error",
		"warning",
		"notice"
	].flatMap((level) => capped(all, level));
}
function capped(all, level) {
	const own = all.filter((annotation) => annotation.level === level).map(safe);
	const rest = own.length - MOST_PER_LEVEL;
	if (rest <= 0) return own;
	const more = {
		level,
		title: `and ${rest} more`,
		message: "The job summary and report.json have all of them."
	};
	return [...own.slice(0, MOST_PER_LEVEL), more];
}
function safe(annotation) {
	const { title, message } = annotation;
	const lines = message.split("\n").map(plainLine).join("\n");
	return {
		...annotation,
		title: cut(plainLine(title), TITLE_LIMIT),
		message: cut(lines, MESSAGE_LIMIT)
	};
}
function cut(text, limit) {
	return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
// src/report/annotations/line-annotations.ts
const MOST_TOUCHED = 3;
const LEAST_SHARE = .01;
const LARGEST_LINE = 9999999;
const SLOW_BY = {
	work: "more work",
	memory: "slower accesses to memory",
	branches: "more mispredicted branches",
	mixed: "in part what this change does and in part where hot code moved",
	codegen: void 0,
	placement: void 0,
	unexplained: void 0
};
function onTouched(benchmark, level) {
	const { cause, touched = [], name } = benchmark;
	const slowBy = cause && SLOW_BY[cause.kind];
	if (slowBy === void 0) return [];
	const why = `${headline(benchmark)}, and the ${cause?.confidence === "shown" ? "cause shown" : "likely cause"} is ${slowBy}.`;
	return touched.filter(({ share }) => share >= LEAST_SHARE).toSorted((one, other) => other.share - one.share).flatMap((one) => {
		const { file, line = 0 } = one;
		if (line < 1 || line > LARGEST_LINE || !isInTree(file)) return [];
		const message = `${heat(one, wholeOf(benchmark))}; ${why}`;
		return [{
			level,
			title: `Changed hot code of ${name}`,
			message,
			file,
			line
		}];
	}).slice(0, MOST_TOUCHED);
}
function heat({ function: symbol, share, from }, whole) {
	const holds = `${quoted(shortName(symbol))} holds ${formatShare(share)} of the ${whole === "instructions" ? "simulated instructions" : "sampled time"}`;
	return from === "lines" ? `${holds}, and this pull request changes code in it` : `${holds}, and this pull request changes it, as far as names in the diff tell`;
}
function onDisplacer(displacer, benchmark) {
	const [, file, line] = /^(.{1,500}):(\d{1,7})$/.exec(displacer.source ?? "") ?? [];
	if (file === void 0 || line === void 0 || !isInTree(file)) return [];
	return [{
		level: "warning",
		title: `Moved hot code of ${benchmark.name}`,
		message: `${displacerSentences([displacer], wholeOf(benchmark)).join("")}\nThis code is not what is slow: its change of size moved hot functions of \`${benchmark.name}\` to worse places.`,
		file,
		line: Number(line)
	}];
}
const wholeOf = ({ counters }) => counters?.source === "simulated" ? "instructions" : "time";
function placeOf({ file, line }) {
	return line >= 1 && line <= LARGEST_LINE && isInTree(file) ? {
		file,
		line
	} : {};
}
function isInTree(path) {
	return path !== "" && !path.startsWith("/") && !path.split("/").includes("..") && !path.includes("\\") && plainLine(path) === path;
}
// src/report/annotations/annotations.ts
function annotationsOf(report) {
	return shownAnnotations([
		...errors(report),
		...breaches(report),
		...open(report),
		...limitations(report)
	]);
}
const LEVELS = {
	fail: "error",
	warn: "warning",
	pass: "notice"
};
function errors(report) {
	const level = exitCode(report) === 0 ? "warning" : "error";
	return report.errors.map(({ what, side, at }) => ({
		...at && side === "head" ? placeOf(at) : {},
		level,
		title: "Perf Verdict could not finish",
		message: at ? `${at.file}:${at.line}: ${at.message}\n${what}` : what
	}));
}
function breaches({ benchmarks, policies = DEFAULT_POLICIES }) {
	const broken = benchmarks.filter(isBroken).map(({ name, reason = "" }) => ({
		level: "error",
		title: `${name} broke on the head side`,
		message: reason === "" ? "It produced no value; run it on head to see why." : reason
	}));
	const slower = decided(benchmarks, "slower");
	return [
		...broken,
		...slower.map((benchmark) => ({
			level: LEVELS[policyOf(benchmark, policies)],
			title: headline(benchmark).replaceAll("`", ""),
			message: `${headline(benchmark)}${causeClause(benchmark)}.\n${meaningOf(benchmark)}`
		})),
		...slower.flatMap((benchmark) => onTouched(benchmark, LEVELS[policyOf(benchmark, policies)])),
		...slower.flatMap((benchmark) => (benchmark.displacers ?? []).flatMap((one) => onDisplacer(one, benchmark)))
	];
}
function open({ benchmarks, policies = DEFAULT_POLICIES }) {
	const undecided = decided(benchmarks, "undecided");
	const unmeasured = decided(benchmarks, "unmeasured").filter((benchmark) => !isBroken(benchmark));
	return [...undecided, ...unmeasured].map((row) => ({
		level: LEVELS[policyOf(row, policies)],
		title: `${row.name} ${row.decision === "undecided" ? "is undecided" : "could not be measured"}`,
		message: row.reason ?? "The report says what was seen."
	}));
}
function limitations(report) {
	const said = report.limitations.map(limitationSentence);
	if (said.length === 0) return [];
	return [{
		level: "notice",
		title: `${counted(said.length, "limitation")} of this run`,
		message: said.join("\n")
	}];
}
// src/report/annotations/check.ts
function checkText(report) {
	const layout = {
		depth: {
			items: 10,
			rows: 20
		},
		rest: "are only in the job summary and in report.json",
		foldFrom: 6
	};
	const items = itemsOf(report);
	const write = documentWriter(report, layout);
	const render = (shown) => write(items.slice(0, shown));
	return {
		title: verdictTitle(report),
		summary: largestThatFits(items.length, render, CHECK_LIMIT),
		annotations: annotationsOf(report).flatMap(onLine)
	};
}
function onLine({ file, line, level, title, message }) {
	if (file === void 0 || line === void 0) return [];
	return [{
		path: file,
		startLine: line,
		endLine: line,
		level: level === "error" ? "failure" : level,
		title,
		message
	}];
}
// src/core/config/comment-mode.ts
const MODES = [
	"always",
	"on-change",
	"on-breach",
	"never"
];
function isCommentMode(text) {
	return MODES.includes(text);
}
function commentWanted(report, mode) {
	switch (mode) {
		case "never": return "none";
		case "always": return "create";
		case "on-breach": return report.verdict === "fail" || report.benchmarks.some(({ decision }) => decision === "slower") ? "create" : "update";
		case "on-change": return report.verdict === "pass" && (report.remarks ?? []).length === 0 && report.benchmarks.every(({ decision }) => decision === "unchanged") ? "update" : "create";
	}
}
// src/flow/publish/check.ts
const BATCH = 50;
async function startCheck(github, check) {
	const started = await github.checks.start(check);
	return started.ok ? {
		...check,
		id: started.value.id
	} : { sentence: started.fault.sentence };
}
async function publishCheck(github, check, open) {
	const [first = [], ...rest] = batches(check.annotations);
	const whole = {
		...check,
		annotations: first
	};
	const written = open ? await github.checks.complete(open.id, whole) : await github.checks.create(whole);
	if (!written.ok) return {
		kind: "failed",
		sentence: written.fault.sentence
	};
	const { id, url } = written.value;
	for (const annotations of rest) {
		const appended = await github.checks.append(id, {
			...check,
			annotations
		});
		if (!appended.ok) return {
			kind: "written",
			url,
			sentence: appended.fault.sentence
		};
	}
	return {
		kind: "written",
		url
	};
}
async function cancelCheck(github, open) {
	const text = {
		...CHECK_ENDED,
		annotations: []
	};
	await github.checks.complete(open.id, {
		...open,
		...text,
		conclusion: "cancelled"
	});
}
function batches(annotations) {
	const count = Math.ceil(annotations.length / BATCH);
	return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH));
}
// src/core/github/comment-policy.ts
const TOKEN_LOGIN = "github-actions[bot]";
function candidates(comments, marker) {
	const marked = comments.flatMap((comment) => {
		const theirs = readMarker(comment.body);
		return theirs ? [{
			comment,
			theirs
		}] : [];
	});
	const own = marked.filter(({ theirs }) => theirs.key === marker.key);
	const standIns = marked.filter(({ theirs }) => theirs.key !== marker.key && theirs.standIn && isNewer(marker, theirs));
	return [...own, ...standIns].map(({ comment }) => comment);
}
function staleKeys({ comments, facts, marker }) {
	const ours = comments.flatMap((comment) => {
		const theirs = readMarker(comment.body);
		return theirs && isOurs(comment, facts) ? [theirs] : [];
	});
	const stale = ours.filter((theirs) => theirs.head !== marker.head || isNewer(marker, theirs));
	return {
		stale: [...new Set(stale.map(({ key }) => key))],
		told: stale.length < ours.length
	};
}
function decideSticky(question) {
	const { marker, currentHead } = question;
	if (currentHead !== marker.head) return {
		kind: "yield",
		sentence: `The pull request has moved on to ${currentHead.slice(0, 12)}, so the comment is left to its run.`
	};
	const possible = candidates(question.comments, marker).filter((comment) => !question.gone.has(comment.id) && isOurs(comment, question.facts));
	const ours = newest(possible.filter((comment) => readMarker(comment.body)?.key === marker.key)) ?? newest(possible);
	if (!ours) return { kind: "create" };
	const theirs = readMarker(ours.body);
	if (theirs && isClash(theirs, marker)) {
		const sentence = `Another gate of this commit has written the comment ${JSON.stringify(marker.key)}; give each gate its own key.`;
		if (marker.good === true || theirs.good !== true) return {
			kind: "yield",
			sentence,
			clash: true
		};
		return {
			kind: "update",
			id: ours.id,
			url: ours.url,
			clash: sentence
		};
	}
	if (theirs?.head === marker.head && isNewer(theirs, marker)) return {
		kind: "yield",
		sentence: `Run ${theirs.run} has already reported on this head, so its comment stays.`
	};
	if (theirs?.head === marker.head && theirs.gate !== void 0 && marker.gate === void 0) {
		const sentence = "The gate has reported on this head itself, so its comment stays.";
		if (!isNewer(marker, theirs)) return {
			kind: "yield",
			sentence
		};
	}
	if (marker.standIn && theirs?.head === marker.head && !theirs.standIn && !isNewer(marker, theirs)) return {
		kind: "yield",
		sentence: "This run has left a report before, so its comment stays."
	};
	if (sameText(ours.body, question.body)) return {
		kind: "keep",
		url: ours.url
	};
	return {
		kind: "update",
		id: ours.id,
		url: ours.url
	};
}
function newest(comments) {
	return comments.reduce((last, one) => last && last.id > one.id ? last : one, void 0);
}
function isOurs(comment, facts) {
	if (facts === void 0) return comment.author.type === "Bot" && comment.author.login === TOKEN_LOGIN;
	const known = facts.get(comment.nodeId);
	return known?.mine === true && !known.minimised;
}
function sameText(one, other) {
	return withoutMarker(one) === withoutMarker(other);
}
function withoutMarker(body) {
	return body.replace(/^<!--.*?-->/, "").replaceAll("\r\n", "\n").trim();
}
// src/flow/publish/comment.ts
async function publishComment(github, request) {
	const gone = new Set();
	for (let attempt = 1;; attempt++) {
		const decided = await decideComment(github, request, gone);
		if (!decided.ok) return failed(decided.fault);
		const { decision } = decided.value;
		if (decision.kind === "keep") return {
			kind: "unchanged",
			url: decision.url
		};
		if (decision.kind === "yield") return {
			kind: decision.clash ? "clash" : "left",
			sentence: decision.sentence
		};
		if (decision.kind === "create" && !request.create) return {
			kind: "left",
			sentence: NOTHING_TO_SAY
		};
		const written = await write(github, request, decision);
		if (written.ok) {
			const clash = decision.kind === "update" ? decision.clash : void 0;
			return {
				kind: "written",
				url: written.value.url,
				...clash !== void 0 && { clash }
			};
		}
		if (decision.kind === "update" && written.fault.kind === "missing" && !gone.has(decision.id)) gone.add(decision.id);
		else if (!await github.pause(written.fault, attempt)) return failed(written.fault);
	}
}
async function decideComment(github, request, gone) {
	const listed = await github.comments.list(request.pull);
	if (!listed.ok) return listed;
	const possible = candidates(listed.value, request.marker);
	const facts = possible.length === 0 ? void 0 : await github.comments.facts(possible.map((one) => one.nodeId));
	const pull = await github.pulls.get(request.pull);
	if (!pull.ok) return pull;
	return {
		ok: true,
		value: {
			decision: decideSticky({
				comments: possible,
				...facts?.ok ? { facts: facts.value } : {},
				marker: request.marker,
				body: request.body,
				currentHead: pull.value.headSha,
				gone
			}),
			comments: possible
		}
	};
}
async function write(github, request, decision) {
	return decision.kind === "create" ? await github.comments.create(request.pull, request.body) : await github.comments.update(decision.id, request.body);
}
const failed = (failure) => ({
	kind: "failed",
	sentence: failure.sentence
});
// src/flow/publish/publish.ts
async function publishReport(github, publication, log) {
	if (publication.check) await tellCheck(github, publication.check, publication, log);
	return publication.pull ? await tellPull(github, publication.pull.number, publication, log) : void 0;
}
async function tellPull(github, pull, { report, comment, mode, ...rest }, log) {
	const wanted = commentWanted(report, mode);
	const marker = readMarker(comment);
	if (wanted === "none" || !marker) return void 0;
	const outcome = await publishComment(github, {
		pull,
		marker,
		body: comment,
		create: wanted === "create"
	});
	switch (outcome.kind) {
		case "written":
		case "unchanged":
			log.line(`comment: ${outcome.kind} at ${outcome.url}`);
			if (outcome.clash !== void 0) log.warn(outcome.clash);
			return outcome.url;
		case "left":
			log.line(`comment: ${outcome.sentence}`);
			return;
		case "clash":
			log.warn(outcome.sentence);
			return;
		case "failed":
			complain(outcome.sentence, rest, log);
			return;
	}
}
async function tellCheck(github, check, publication, log) {
	const outcome = await publishCheck(github, check, publication.open);
	if (outcome.kind === "written") log.line(`check: written at ${outcome.url}`);
	if (outcome.sentence !== void 0) complain(outcome.sentence, publication, log);
}
function complain(sentence, { pull }, log) {
	if (pull?.fork) log.line(sentence);
	else log.warn(sentence);
}
// src/commands/event-file.ts
function readEventFile(env) {
	const path = env.GITHUB_EVENT_PATH;
	try {
		return JSON.parse(readFileSync(path ?? "", "utf8"));
	} catch {
		throw new InputError([`GITHUB_EVENT_PATH is missing or unreadable (${path || "it is not set"}); outside GitHub Actions, run perf-verdict gate.`]);
	}
}
// src/shell/github/call-sites.ts
const SITES = {
	readPull: {
		what: "read the pull request",
		permission: "pull-requests: read"
	},
	findPull: {
		what: "look for the pull request",
		permission: "pull-requests: read"
	},
	findMerged: {
		what: "ask which pull request brought a commit",
		permission: "pull-requests: read"
	},
	listComments: {
		what: "list the comments",
		permission: "pull-requests: read"
	},
	askComments: {
		what: "ask whose the comments are",
		permission: "pull-requests: read"
	},
	askWordings: {
		what: "ask who wrote what was accepted",
		permission: "pull-requests: read"
	},
	createComment: {
		what: "write the comment",
		permission: "pull-requests: write"
	},
	updateComment: {
		what: "update the comment",
		permission: "pull-requests: write"
	},
	createCheck: {
		what: "create the check",
		permission: "checks: write"
	},
	startCheck: {
		what: "start the check",
		permission: "checks: write"
	},
	completeCheck: {
		what: "complete the check",
		permission: "checks: write"
	},
	appendCheck: {
		what: "add annotations to the check",
		permission: "checks: write"
	},
	listArtifacts: {
		what: "list the artifacts",
		permission: "actions: read"
	},
	downloadArtifact: {
		what: "download the artifact",
		permission: "actions: read"
	},
	readBranch: {
		what: "read the history",
		permission: "contents: read"
	},
	writeBranch: {
		what: "write the history",
		permission: "contents: write"
	},
	listIssues: {
		what: "list the issues",
		permission: "issues: read"
	},
	askIssues: {
		what: "ask whose the issues are",
		permission: "issues: read"
	},
	createIssue: {
		what: "open the issue",
		permission: "issues: write"
	},
	updateIssue: {
		what: "update the issue",
		permission: "issues: write"
	},
	listEvents: {
		what: "ask who set the label",
		permission: "pull-requests: read"
	},
	askPermission: {
		what: "ask who may write",
		permission: "metadata: read"
	},
	listCaches: {
		what: "list the caches",
		permission: "actions: read"
	}
};
function splitRepository(name) {
	const [owner = "", repo = ""] = name.split("/");
	return {
		owner,
		repo
	};
}
// src/shell/github/checks.ts
const checkSchema = object({
	id: number().int(),
	html_url: string().nullable()
}).transform(({ id, html_url }) => ({
	id,
	url: html_url ?? ""
}));
function checksPort({ owner, repo }, { ask }) {
	return {
		start: async ({ name, headSha }) => await ask({
			site: SITES.startCheck,
			route: "POST /repos/{owner}/{repo}/check-runs",
			parameters: {
				owner,
				repo,
				name,
				head_sha: headSha,
				status: "in_progress"
			},
			schema: checkSchema,
			repeat: true
		}),
		complete: async (id, check) => await ask({
			site: SITES.completeCheck,
			route: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
			parameters: {
				owner,
				repo,
				check_run_id: id,
				status: "completed",
				conclusion: check.conclusion,
				output: outputOf(check)
			},
			schema: checkSchema,
			repeat: check.annotations.length === 0
		}),
		create: async (check) => await ask({
			site: SITES.createCheck,
			route: "POST /repos/{owner}/{repo}/check-runs",
			parameters: {
				owner,
				repo,
				name: check.name,
				head_sha: check.headSha,
				status: "completed",
				conclusion: check.conclusion,
				output: outputOf(check)
			},
			schema: checkSchema,
			repeat: true
		}),
		append: async (id, output) => await ask({
			site: SITES.appendCheck,
			route: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
			parameters: {
				owner,
				repo,
				check_run_id: id,
				output: outputOf(output)
			},
			schema: checkSchema,
			repeat: false
		})
	};
}
function outputOf({ title, summary, annotations }) {
	return {
		title,
		summary,
		annotations: annotations.map(annotationOf)
	};
}
function annotationOf(annotation) {
	return {
		path: annotation.path,
		start_line: annotation.startLine,
		end_line: annotation.endLine,
		annotation_level: annotation.level,
		title: annotation.title,
		message: annotation.message
	};
}
// src/shell/github/comments.ts
const commentSchema = object({
	id: number().int(),
	node_id: string(),
	html_url: string(),
	body: string().nullish(),
	user: object({
		login: string(),
		type: string()
	}).nullish()
}).transform(({ id, node_id, html_url, body, user }) => ({
	id,
	nodeId: node_id,
	url: html_url,
	body: body ?? "",
	author: user ?? {
		login: "ghost",
		type: "User"
	}
}));
const writtenSchema = object({ html_url: string() }).transform(({ html_url }) => ({ url: html_url }));
const factsNode = object({
	id: string(),
	isMinimized: boolean(),
	viewerDidAuthor: boolean()
}).partial();
const FACTS = {
	site: SITES.askComments,
	query: `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on IssueComment { id isMinimized viewerDidAuthor } }
}`,
	node: factsNode,
	read: ({ id, viewerDidAuthor, isMinimized }) => id === void 0 ? void 0 : [id, {
		mine: viewerDidAuthor === true,
		minimised: isMinimized === true
	}]
};
const wordingNode = object({
	id: string(),
	body: string(),
	createdAt: string(),
	lastEditedAt: string().nullish(),
	editor: object({ login: string() }).nullish()
}).partial();
const WORDINGS = {
	site: SITES.askWordings,
	query: `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment { id body createdAt lastEditedAt editor { login } }
    ... on PullRequest { id body createdAt lastEditedAt editor { login } }
  }
}`,
	node: wordingNode,
	read: ({ id, body, createdAt, lastEditedAt, editor }) => {
		if (id === void 0 || body === void 0 || createdAt === void 0) return void 0;
		return [id, {
			body,
			createdAt,
			...lastEditedAt && { editedAt: lastEditedAt },
			...editor && { editor: editor.login }
		}];
	}
};
function commentsPort({ owner, repo }, graphqlUrl, { ask }) {
	return {
		list: async (pull) => await listPages(ask, {
			site: SITES.listComments,
			route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
			parameters: {
				owner,
				repo,
				issue_number: pull
			},
			schema: array(commentSchema)
		}),
		facts: async (nodeIds) => await askNodes(FACTS, nodeIds, {
			graphqlUrl,
			ask
		}),
		wordings: async (nodeIds) => await askNodes(WORDINGS, nodeIds, {
			graphqlUrl,
			ask
		}),
		create: async (pull, body) => await ask({
			site: SITES.createComment,
			route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
			parameters: {
				owner,
				repo,
				issue_number: pull,
				body
			},
			schema: writtenSchema,
			repeat: false
		}),
		update: async (id, body) => await ask({
			site: SITES.updateComment,
			route: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
			parameters: {
				owner,
				repo,
				comment_id: id,
				body
			},
			schema: writtenSchema,
			repeat: false
		})
	};
}
async function askNodes({ site, query, node, read }, nodeIds, { graphqlUrl, ask }) {
	const answer = await ask({
		site,
		route: `POST ${graphqlUrl}`,
		parameters: {
			query,
			variables: { ids: nodeIds.slice(-100) }
		},
		schema: object({ data: object({ nodes: array(node.nullable()) }) }),
		repeat: true
	});
	if (!answer.ok) return answer;
	const known = answer.value.data.nodes.flatMap((found) => {
		const entry = found === null ? void 0 : read(found);
		return entry === void 0 ? [] : [entry];
	});
	return {
		ok: true,
		value: new Map(known)
	};
}
const PAGE_SIZE = 100;
const MOST_PAGES$1 = 50;
async function listPages(ask, call) {
	const all = [];
	for (let page = 1; page <= MOST_PAGES$1; page++) {
		const parameters = {
			...call.parameters,
			per_page: PAGE_SIZE,
			page
		};
		const answer = await ask({
			...call,
			parameters,
			repeat: true
		});
		if (!answer.ok) return answer;
		all.push(...answer.value);
		if (!/rel="next"/.test(String(answer.headers.link ?? ""))) break;
	}
	return {
		ok: true,
		value: all
	};
}
// src/shell/github/history-branch.ts
const shaOnly = object({ sha: string() });
const refSchema = object({ object: object({ sha: string() }) });
const commitSchema = object({ tree: object({ sha: string() }) });
const treeSchema = object({
	tree: array(object({
		path: string(),
		type: string(),
		sha: string()
	})),
	truncated: boolean()
});
const blobSchema = object({
	content: string(),
	encoding: string()
});
const MOST_RACES = 40;
const TOO_MANY_FILES = {
	kind: "garbled",
	sentence: "Could not read the history: its branch has more files than GitHub lists at once, so it holds other work; name a separate branch with history."
};
function refusedWrite(fault, branch) {
	return {
		...fault,
		kind: "rejected",
		sentence: `${fault.sentence.replace(/\.$/, "")}; no other job wrote to ${branch}, so a branch protection or a ruleset refuses the job's token; exempt this branch, or name another one with history.`
	};
}
function branchPort(repository, { ask, pause, yieldTo }) {
	const { owner, repo } = repository;
	const get = async (path, parameters, schema) => await ask({
		site: SITES.readBranch,
		route: `GET /repos/{owner}/{repo}/git/${path}`,
		parameters: {
			owner,
			repo,
			...parameters
		},
		schema,
		repeat: true
	});
	const tip = async (branch) => await get("ref/{ref}", { ref: `heads/${branch}` }, refSchema);
	const filesAt = async (sha) => {
		const found = await get("commits/{sha}", { sha }, commitSchema);
		if (!found.ok) return found;
		const root = found.value.tree.sha;
		const tree = await get("trees/{root}", {
			root,
			recursive: "1"
		}, treeSchema);
		if (!tree.ok) return tree;
		if (tree.value.truncated) return failed$1(TOO_MANY_FILES);
		const blobs = new Map(tree.value.tree.flatMap(({ path, type, sha: blob }) => type === "blob" ? [[path, blob]] : []));
		return success({
			root,
			blobs
		});
	};
	const read = async (sha) => {
		const blob = await get("blobs/{sha}", { sha }, blobSchema);
		if (!blob.ok) return blob;
		const { content, encoding } = blob.value;
		return success(encoding === "base64" ? Buffer.from(content, "base64").toString("utf8") : content);
	};
	const blobsOf = async (files) => {
		const texts = Object.values(files);
		const blobs = new Map();
		for (const content of new Set(texts.filter((text, index) => texts.indexOf(text) !== index))) {
			const blob = await ask({
				site: SITES.writeBranch,
				route: "POST /repos/{owner}/{repo}/git/blobs",
				parameters: {
					owner,
					repo,
					content,
					encoding: "utf-8"
				},
				schema: shaOnly,
				repeat: true
			});
			if (!blob.ok) return blob;
			blobs.set(content, blob.value.sha);
		}
		return success(blobs);
	};
	const commit = async (message, files, over) => {
		const shared = await blobsOf(files);
		if (!shared.ok) return shared;
		const tree = await ask({
			site: SITES.writeBranch,
			route: "POST /repos/{owner}/{repo}/git/trees",
			parameters: {
				owner,
				repo,
				tree: Object.entries(files).map(([path, content]) => ({
					path,
					mode: "100644",
					type: "blob",
					...shared.value.has(content) ? { sha: shared.value.get(content) } : { content }
				})),
				...over && { base_tree: over.root }
			},
			schema: shaOnly,
			repeat: true
		});
		if (!tree.ok) return tree;
		return await ask({
			site: SITES.writeBranch,
			route: "POST /repos/{owner}/{repo}/git/commits",
			parameters: {
				owner,
				repo,
				message,
				tree: tree.value.sha,
				parents: over ? [over.commit] : []
			},
			schema: shaOnly,
			repeat: true
		});
	};
	const point = async (branch, sha, exists) => exists ? await ask({
		site: SITES.writeBranch,
		route: "PATCH /repos/{owner}/{repo}/git/refs/{ref}",
		parameters: {
			owner,
			repo,
			ref: `heads/${branch}`,
			sha,
			force: false
		},
		schema: refSchema,
		repeat: false
	}) : await ask({
		site: SITES.writeBranch,
		route: "POST /repos/{owner}/{repo}/git/refs",
		parameters: {
			owner,
			repo,
			ref: `refs/heads/${branch}`,
			sha
		},
		schema: refSchema,
		repeat: false
	});
	const edit = async (branch, message, change) => {
		for (let tried = 1;; tried++) {
			const at = await tip(branch);
			if (!at.ok && at.fault.kind !== "missing") return at;
			const found = at.ok ? await filesAt(at.value.object.sha) : void 0;
			if (found && !found.ok) return found;
			const blobs = found?.value.blobs ?? new Map();
			const changed = await change([...blobs.keys()], async (path) => {
				const sha = blobs.get(path);
				return sha === void 0 ? {
					ok: true,
					value: ""
				} : await read(sha);
			});
			if (!changed.ok) return changed;
			const over = at.ok && found ? {
				commit: at.value.object.sha,
				root: found.value.root
			} : void 0;
			const made = await commit(message, changed.value, over);
			if (!made.ok) return made;
			const moved = await point(branch, made.value.sha, at.ok);
			if (moved.ok) return {
				ok: true,
				value: made.value.sha
			};
			const raced = moved.fault.status === 422 || moved.fault.status === 409;
			if (tried >= MOST_RACES) return moved;
			if (!raced) {
				if (await pause(moved.fault, tried)) continue;
				return moved;
			}
			const now = await tip(branch);
			if (!now.ok && now.fault.kind !== "missing") return now;
			const before = at.ok ? at.value.object.sha : void 0;
			const after = now.ok ? now.value.object.sha : void 0;
			if (after === made.value.sha) return {
				ok: true,
				value: made.value.sha
			};
			if (before === after) return failed$1(refusedWrite(moved.fault, branch));
			await yieldTo(tried);
		}
	};
	return {
		edit,
		read: async (branch, choose) => {
			const at = await tip(branch);
			if (!at.ok) return at.fault.kind === "missing" ? success({}) : at;
			const found = await filesAt(at.value.object.sha);
			if (!found.ok) return found;
			const texts = {};
			for (const path of choose([...found.value.blobs.keys()])) {
				const text = await read(found.value.blobs.get(path) ?? "");
				if (!text.ok) return text;
				texts[path] = text.value;
			}
			return {
				ok: true,
				value: texts
			};
		}
	};
}
// src/shell/github/issues.ts
const issueSchema = object({
	number: number().int(),
	node_id: string(),
	body: string().nullish(),
	html_url: string(),
	pull_request: unknown().optional()
}).transform(({ number, node_id, body, html_url, pull_request }) => ({
	number,
	nodeId: node_id,
	body: body ?? "",
	url: html_url,
	pull: pull_request !== void 0
}));
const OWN_QUERY = `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Issue { id viewerDidAuthor } }
}`;
const ownSchema = object({ data: object({ nodes: array(object({
	id: string(),
	viewerDidAuthor: boolean()
}).partial().nullable()) }) });
function issuesPort({ owner, repo }, graphqlUrl, { ask }) {
	return {
		own: async (nodeIds) => {
			const found = await ask({
				site: SITES.askIssues,
				route: `POST ${graphqlUrl}`,
				parameters: {
					query: OWN_QUERY,
					variables: { ids: nodeIds }
				},
				schema: ownSchema,
				repeat: true
			});
			if (!found.ok) return found;
			return success(new Set(found.value.data.nodes.flatMap((node) => node?.id && node.viewerDidAuthor ? [node.id] : [])));
		},
		list: async (label) => {
			const found = await ask({
				site: SITES.listIssues,
				route: "GET /repos/{owner}/{repo}/issues",
				parameters: {
					owner,
					repo,
					labels: label,
					state: "open",
					per_page: 100
				},
				schema: array(issueSchema),
				repeat: true
			});
			return found.ok ? {
				...found,
				value: found.value.filter(({ pull }) => !pull)
			} : found;
		},
		create: async ({ title, body, label }) => await ask({
			site: SITES.createIssue,
			route: "POST /repos/{owner}/{repo}/issues",
			parameters: {
				owner,
				repo,
				title,
				body,
				labels: [label]
			},
			schema: issueSchema,
			repeat: false
		}),
		update: async (number, { title, body, closed }) => await ask({
			site: SITES.updateIssue,
			route: "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
			parameters: {
				owner,
				repo,
				issue_number: number,
				...title === void 0 ? {} : { title },
				...body === void 0 ? {} : { body },
				...closed === true ? {
					state: "closed",
					state_reason: "completed"
				} : {}
			},
			schema: issueSchema,
			repeat: true
		})
	};
}
// src/shell/github/people.ts
const eventsSchema = array(object({
	event: string(),
	created_at: string(),
	actor: object({ login: string() }).nullish(),
	label: object({ name: string() }).nullish()
}));
const permissionSchema = object({ permission: string() });
const PER_PAGE = 100;
const MOST_PAGES = 30;
function peoplePort({ owner, repo }, { ask }) {
	return {
		labelled: async (pull, label) => {
			let last;
			for (let page = 1; page <= MOST_PAGES; page++) {
				const found = await ask({
					site: SITES.listEvents,
					route: "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
					parameters: {
						owner,
						repo,
						issue_number: pull,
						per_page: PER_PAGE,
						page
					},
					schema: eventsSchema,
					repeat: true
				});
				if (!found.ok) return found;
				for (const { event, created_at, actor, label: set } of found.value) {
					if (set?.name.toLowerCase() !== label.toLowerCase()) continue;
					if (event === "labeled") last = {
						by: actor?.login ?? "ghost",
						at: created_at
					};
					if (event === "unlabeled") last = void 0;
				}
				if (found.value.length < PER_PAGE) return success(last);
			}
			return failed$1({
				kind: "garbled",
				sentence: `Could not find out who set the label \`${label}\`, because the pull request has more than 3000 events; accept in the configuration file instead.`
			});
		},
		mayWrite: async (login) => {
			const found = await ask({
				site: SITES.askPermission,
				route: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
				parameters: {
					owner,
					repo,
					username: login
				},
				schema: permissionSchema,
				repeat: true
			});
			return found.ok ? success([
				"admin",
				"write",
				"maintain"
			].includes(found.value.permission)) : found;
		}
	};
}
// src/shell/github/pulls.ts
const pullSchema = object({
	number: number().int(),
	node_id: string(),
	user: object({ login: string() }).nullish(),
	head: object({
		sha: shaSchema,
		repo: object({ id: number().int() }).nullish()
	}),
	base: object({ repo: object({ id: number().int() }) })
}).transform(({ number, node_id, user, head, base }) => ({
	number,
	nodeId: node_id,
	author: user?.login ?? "ghost",
	headSha: head.sha,
	...head.repo ? { headRepositoryId: head.repo.id } : {},
	baseRepositoryId: base.repo.id
}));
const mergedSchema = array(object({
	number: number().int(),
	merged_at: string().nullish(),
	base: object({ ref: string() })
}));
function pullsPort({ owner, repo }, { ask }) {
	return {
		get: async (number) => await ask({
			site: SITES.readPull,
			route: "GET /repos/{owner}/{repo}/pulls/{pull_number}",
			parameters: {
				owner,
				repo,
				pull_number: number
			},
			schema: pullSchema,
			repeat: true
		}),
		from: async (headOwner, branch) => await ask({
			site: SITES.findPull,
			route: "GET /repos/{owner}/{repo}/pulls",
			parameters: {
				owner,
				repo,
				state: "open",
				head: `${headOwner}:${branch}`,
				per_page: 100
			},
			schema: array(pullSchema),
			repeat: true
		}),
		mergedBy: async (commit, into) => {
			const found = await ask({
				site: SITES.findMerged,
				route: "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
				parameters: {
					owner,
					repo,
					commit_sha: commit,
					per_page: 100
				},
				schema: mergedSchema,
				repeat: true
			});
			if (!found.ok) return found;
			const merged = found.value.filter(({ merged_at, base }) => merged_at && base.ref === into);
			return success(merged.map(({ number }) => number));
		}
	};
}
// src/core/github/api-failure.ts
function classify(answer, site, nowSeconds) {
	const could = `Could not ${site.what}`;
	switch (answer.kind) {
		case "network": return {
			kind: "unavailable",
			sentence: `${could}: GitHub did not answer (${tidy(answer.message)}).`
		};
		case "garbled": return {
			kind: "garbled",
			sentence: `${could}: the answer was not GitHub's (${tidy(answer.message)}).`
		};
		case "redirect": return {
			kind: "redirected",
			sentence: `${could}: the API sent us to ${tidy(answer.host)}, where the token must not go; set GITHUB_API_URL to the API itself.`
		};
		case "status": return {
			status: answer.status,
			...classifyStatus(answer, site, nowSeconds)
		};
	}
}
function classifyStatus(answer, site, nowSeconds) {
	const { status } = answer;
	const message = tidy(answer.message);
	const said = `Could not ${site.what} (${status}${message === "" ? "" : `: ${message}`})`;
	if (isLimit(answer)) {
		const wait = waitOf(answer, nowSeconds);
		return {
			kind: "limited",
			sentence: `${said}; GitHub limits how often it may be asked.`,
			...wait === void 0 ? {} : { waitSeconds: wait }
		};
	}
	if (status >= 500 || status === 408) return {
		kind: "unavailable",
		sentence: `${said}.`
	};
	if (status === 401) return {
		kind: "credentials",
		sentence: `${said}; the token is wrong or has run out (after a day on a self-hosted runner).`
	};
	if (status === 403 && /locked/i.test(message)) return {
		kind: "locked",
		sentence: `${said}; the report is in the job summary.`
	};
	if (status === 403 && (/SAML|single sign-on/i.test(message) || answer.headers["x-github-sso"])) return {
		kind: "permission",
		sentence: `${said}; authorise the token for the organisation's single sign-on.`
	};
	if (status === 403) return {
		kind: "permission",
		sentence: `${said}; give the job \`permissions: ${site.permission}\`. A pull request from a fork has a read-only token whatever the workflow says: there the publish workflow posts the report.`
	};
	if (status === 404 || status === 410) return {
		kind: "missing",
		sentence: `${said}; it is gone, or the token may not see it: the job needs \`permissions: ${site.permission}\`.`
	};
	return {
		kind: "rejected",
		sentence: `${said}.`
	};
}
function isLimit({ status, headers, message }) {
	if (status === 429) return true;
	if (status !== 403) return false;
	return String(headers["x-ratelimit-remaining"] ?? "") === "0" || headers["retry-after"] !== void 0 || /rate limit|abuse detection/i.test(message);
}
function waitOf({ headers }, nowSeconds) {
	const after = Number(headers["retry-after"] ?? NaN);
	if (Number.isFinite(after) && after >= 0) return after;
	if (String(headers["x-ratelimit-remaining"] ?? "") !== "0") return void 0;
	const reset = Number(headers["x-ratelimit-reset"] ?? NaN);
	return Number.isFinite(reset) ? Math.max(1, reset - nowSeconds) : void 0;
}
function tidy(message) {
	return message.replaceAll(/\s*- https:\/\/\S+$/g, "").replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim().slice(0, 160);
}
const WAIT_BUDGET_SECONDS = 300;
const ATTEMPTS = 4;
const SECONDARY_SECONDS = 60;
function waitBefore(failure, attempt, waitedSeconds) {
	if (attempt >= ATTEMPTS) return void 0;
	const wait = waitFor(failure, attempt);
	return wait === void 0 || waitedSeconds + wait > WAIT_BUDGET_SECONDS ? void 0 : wait;
}
function waitFor(failure, attempt) {
	switch (failure.kind) {
		case "limited": return failure.waitSeconds ?? SECONDARY_SECONDS * 2 ** (attempt - 1);
		case "unavailable":
		case "garbled": return 2 ** (attempt - 1);
		case "credentials":
		case "permission":
		case "locked":
		case "missing":
		case "rejected":
		case "redirected": return;
	}
}
// src/shell/github/answer.ts
function accept({ status, headers, data }, schema) {
	if (status >= 300) return failed$1(redirected(headers));
	const parsed = schema.safeParse(data);
	return parsed.success ? success(parsed.data) : failed$1({
		kind: "garbled",
		message: describe(data)
	});
}
function acceptPlace({ status, headers }, apiUrl) {
	const location = String(headers.location ?? "");
	if (status < 300 || !URL.canParse(location)) return failed$1({
		kind: "garbled",
		message: "no address of a storage"
	});
	return new URL(location).protocol === "https:" || new URL(apiUrl).protocol === "http:" ? success(location) : failed$1(redirected(headers));
}
function badAnswer(error) {
	if (hasResponse(error)) {
		const message = /^\s*</.test(error.message) ? "" : error.message;
		return {
			kind: "status",
			status: error.status,
			headers: error.response.headers,
			message
		};
	}
	const message = error instanceof Error ? error.message : String(error);
	return {
		kind: error instanceof Error && (error.cause instanceof RangeError || error instanceof RangeError) ? "garbled" : "network",
		message
	};
}
function redirected(headers) {
	const location = String(headers.location ?? "");
	return {
		kind: "redirect",
		host: URL.canParse(location) ? new URL(location).host : "another place"
	};
}
function describe(data) {
	if (typeof data !== "string") return "other fields than documented";
	if (data.trim() === "") return "nothing";
	return data.trimStart().startsWith("<") ? "a page of HTML" : "text that is not whole JSON";
}
function hasResponse(error) {
	return error instanceof Error && "response" in error && typeof error.response === "object" && error.response !== null;
}
// src/shell/github/bounded-fetch.ts
const BODILESS = new Set([
	101,
	204,
	205,
	304
]);
const REDIRECTS = new Set([
	301,
	302,
	303,
	307,
	308
]);
const MOST_REDIRECTS = 3;
function boundedFetch(fetch, bounds) {
	return async (url, init) => {
		const signal = AbortSignal.timeout(bounds.timeoutSeconds * 1e3);
		let at = url;
		for (let redirects = 0;; redirects++) {
			const response = await fetch(at, {
				...init,
				redirect: "manual",
				signal
			});
			const next = sameOriginTarget(response, at, init.method ?? "GET");
			if (next === void 0 || !bounds.follow || redirects >= MOST_REDIRECTS) return await whole(response, bounds.largestBytes);
			await response.body?.cancel();
			at = next;
		}
	};
}
function sameOriginTarget(response, from, method) {
	const location = response.headers.get("location");
	if (!REDIRECTS.has(response.status) || location === null || !URL.canParse(location, from)) return void 0;
	const keepsMethod = response.status >= 307 || method === "GET" || method === "HEAD";
	const to = new URL(location, from);
	return keepsMethod && to.origin === new URL(from).origin ? to.href : void 0;
}
async function whole(response, largestBytes) {
	const { status, statusText, headers } = response;
	if (BODILESS.has(status) || response.body === null) return new Response(null, {
		status,
		statusText,
		headers
	});
	const bytes = await readUpTo(response.body, largestBytes);
	return new Response(bytes, {
		status,
		statusText,
		headers: new Headers([...headers])
	});
}
async function readUpTo(stream, largestBytes) {
	const parts = [];
	let length = 0;
	for await (const part of stream) {
		length += part.length;
		if (length > largestBytes) throw new RangeError(`the answer is larger than ${largestBytes} bytes`);
		parts.push(part);
	}
	return Buffer.concat(parts);
}
// src/shell/github/request.ts
const API_LARGEST_BYTES = 16777216;
const TIMEOUT_SECONDS = 20;
const LONGEST_YIELD_SECONDS = 600;
async function createRequester(options) {
	const { timing, apiUrl, timeoutSeconds = TIMEOUT_SECONDS } = options;
	const { proxied, sender } = await openClient(options.token, apiUrl, timeoutSeconds);
	const [send, sendOnce] = [sender(true), sender(false)];
	const { pause, insist } = patience(timing);
	return {
		ask: async (call) => {
			const take = (answer) => accept(answer, call.schema);
			const attempt = async () => await once(call.site, timing, async () => await send(call), take);
			return await insist(call.repeat, attempt);
		},
		locate: async (call) => {
			const take = (answer) => acceptPlace(answer, apiUrl);
			return await insist(true, async () => await once(call.site, timing, async () => await sendOnce(call), take));
		},
		fetchBytes: async (site, url, largestBytes) => {
			const fetch = boundedFetch(proxied, {
				timeoutSeconds: timeoutSeconds * 3,
				largestBytes,
				follow: false
			});
			const attempt = async () => await once(site, timing, async () => await fetchRaw(fetch, url), acceptBytes);
			return await insist(true, attempt);
		},
		pause,
		yieldTo: async (attempt) => await timing.sleep(yieldSeconds(attempt))
	};
}
function yieldSeconds(attempt) {
	return Math.random() * Math.min(LONGEST_YIELD_SECONDS, .25 * 2 ** attempt);
}
function patience(timing) {
	let waited = 0;
	const pause = async (failure, attempt) => {
		const seconds = waitBefore(failure, attempt, waited);
		if (seconds === void 0) return false;
		waited += seconds;
		await timing.sleep(seconds);
		return true;
	};
	return {
		pause,
		insist: async (repeat, attempt) => {
			for (let tried = 1;; tried++) {
				const answer = await attempt();
				if (answer.ok || !repeat || !await pause(answer.fault, tried)) return answer;
			}
		}
	};
}
async function openClient(token, apiUrl, timeoutSeconds) {
	const { getOctokit } = await import("./github.js");
	const silent = () => void 0;
	const log = {
		debug: silent,
		info: silent,
		warn: silent,
		error: silent
	};
	const octokit = getOctokit(token, {
		baseUrl: apiUrl,
		log
	});
	const proxied = octokit.request.endpoint.DEFAULTS.request?.fetch;
	const sender = (follow) => {
		const fetch = boundedFetch(proxied, {
			timeoutSeconds,
			largestBytes: API_LARGEST_BYTES,
			follow
		});
		return async ({ route, parameters }) => await octokit.request(route, {
			...parameters,
			request: {
				fetch,
				log
			}
		});
	};
	return {
		proxied,
		sender
	};
}
async function once(site, timing, send, take) {
	const seconds = () => timing.epochSeconds();
	try {
		const answer = await send();
		const taken = take(answer);
		if (taken.ok) return {
			...taken,
			headers: answer.headers
		};
		return failed$1(classify(taken.fault, site, seconds()));
	} catch (error) {
		return failed$1(classify(badAnswer(error), site, seconds()));
	}
}
async function fetchRaw(fetch, url) {
	const response = await fetch(url, { method: "GET" });
	const data = new Uint8Array(await response.arrayBuffer());
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		data
	};
}
function acceptBytes({ status, headers, data }) {
	if (status === 200 && data instanceof Uint8Array) return success(data);
	return failed$1({
		kind: "status",
		status,
		headers,
		message: "the storage refused"
	});
}
// src/shell/github/runs.ts
const artifactsSchema = object({ artifacts: array(object({
	id: number().int(),
	name: string(),
	size_in_bytes: number(),
	expired: boolean(),
	created_at: string().nullable()
}).transform((given) => ({
	id: given.id,
	name: given.name,
	sizeBytes: given.size_in_bytes,
	expired: given.expired,
	createdAt: given.created_at ?? ""
}))) });
const cachesSchema = object({ actions_caches: array(object({
	key: string().optional(),
	ref: string().optional()
})) });
function runsPort({ owner, repo }, requester) {
	return {
		artifacts: async (runId, name) => {
			const answer = await requester.ask({
				site: SITES.listArtifacts,
				route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
				parameters: {
					owner,
					repo,
					run_id: runId,
					name,
					per_page: 100
				},
				schema: artifactsSchema,
				repeat: true
			});
			if (!answer.ok) return answer;
			return {
				ok: true,
				value: answer.value.artifacts.filter((artifact) => artifact.name === name)
			};
		},
		download: async (artifact, largestBytes) => {
			const location = await requester.locate({
				site: SITES.downloadArtifact,
				route: "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
				parameters: {
					owner,
					repo,
					artifact_id: artifact.id,
					archive_format: "zip"
				}
			});
			if (!location.ok) return location;
			return await requester.fetchBytes(SITES.downloadArtifact, location.value, largestBytes);
		},
		cacheRefs: async (key) => {
			const answer = await requester.ask({
				site: SITES.listCaches,
				route: "GET /repos/{owner}/{repo}/actions/caches",
				parameters: {
					owner,
					repo,
					key,
					per_page: 100
				},
				schema: cachesSchema,
				repeat: true
			});
			if (!answer.ok) return answer;
			return {
				ok: true,
				value: answer.value.actions_caches.filter((entry) => entry.key === key).map((entry) => entry.ref ?? "")
			};
		}
	};
}
// src/shell/github/open.ts
const REAL_TIME = {
	epochSeconds: () => Date.now() / 1e3,
	sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1e3))
};
async function openGitHub(options) {
	const apiUrl = options.env.GITHUB_API_URL || "https://api.github.com";
	if (!URL.canParse(apiUrl)) throw new InputError([`GITHUB_API_URL is ${quoted(apiUrl)}, which is no address; set it to that of the API, such as https://github.example.org/api/v3.`]);
	const requester = await createRequester({
		token: options.token,
		apiUrl,
		timing: options.timing ?? REAL_TIME,
		...options.timeoutSeconds === void 0 ? {} : { timeoutSeconds: options.timeoutSeconds }
	});
	const repository = splitRepository(options.repository);
	const graphql = graphqlUrl(apiUrl, options.env.GITHUB_GRAPHQL_URL);
	return {
		branches: branchPort(repository, requester),
		issues: issuesPort(repository, graphql, requester),
		people: peoplePort(repository, requester),
		pulls: pullsPort(repository, requester),
		comments: commentsPort(repository, graphql, requester),
		checks: checksPort(repository, requester),
		runs: runsPort(repository, requester),
		pause: requester.pause
	};
}
function graphqlUrl(apiUrl, given) {
	const derived = `${apiUrl.replace(/\/+$/, "").replace(/\/api\/v3$/, "/api")}/graphql`;
	return given && URL.canParse(given) && new URL(given).origin === new URL(apiUrl).origin ? given : derived;
}
export { refNameSchema as _, publishComment as a, publishCheck as c, checkText as d, annotationsOf as f, pushPayload as g, pullRequestPayload as h, decideComment as i, startCheck as l, plainPayload as m, readEventFile as n, staleKeys as o, mergeGroupPayload as p, publishReport as r, cancelCheck as s, openGitHub as t, isCommentMode as u, repositoryNameSchema as v, shaSchema as y };
