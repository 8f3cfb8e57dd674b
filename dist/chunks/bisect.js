import { i as worstBreach } from "./redecide.js";
import { S as entryOfRow, c as GIVEN_UP, f as controlTreeIn, i as judge, j as readHistory, k as replaceTree, l as LAST_OF_SEVERAL, n as UNEXPLAINED, o as prepare, p as keptTrees, s as touchingCommits, u as oneEndOnly } from "./caller-environment.js";
import { c as beforeStep, d as stepLine, l as commitText, u as shortSha } from "./deliver.js";
import { C as seedOf, U as causeClause, V as consequence, X as decided } from "./exact-rows.js";
import { a as shortened, i as quoted, t as counted } from "./text.js";
import { l as formatShare } from "./format.js";
import { n as InputError } from "./errors.js";
import { t as git } from "./git.js";
import { s as isNoisy } from "./harness-name.js";
import { rm } from "node:fs/promises";
// src/core/bisection/bisection.ts
function bisectExitCode({ outcome, seeks }) {
	switch (outcome) {
		case "nothing": return 0;
		case "commit":
		case "range":
		case "steps":
		case "crossing": return seeks === "faster" ? 0 : 1;
		case "open":
		case "unfinished": return 3;
	}
}
function answerOf(decision) {
	switch (decision) {
		case "slower": return "above";
		case "faster":
		case "unchanged":
		case "masked": return "below";
		case "undecided": return "open";
		case "unmeasured":
		case "new":
		case "removed":
		case void 0: return "broken";
	}
}
function answerIfFaster({ decision, reason }) {
	if (decision === "faster") return "above";
	if (decision === "unchanged" && reason !== void 0) return "open";
	return decision === "slower" ? "below" : answerOf(decision);
}
function withoutBreach(verdict, decisions) {
	const settled = decisions.every((decision) => decision === "faster" || decision === "unchanged");
	return verdict === "pass" && settled ? "nothing" : "open";
}
function outcomeOf(candidates, last) {
	if (last === "above") return candidates === 1 ? "commit" : "range";
	return last === "below" ? "steps" : "crossing";
}
// src/core/bisection/midpoint.ts
function midpointOf({ ratio }, better) {
	return ((better === "lower" ? ratio : 1 / ratio) - 1) / 2;
}
function asProbe(plan, jump) {
	const { floor: _, ...rest } = plan;
	return {
		...rest,
		threshold: midpointOf(jump, plan.better)
	};
}
function mostDecisions(commits) {
	return 1 + mostAnswers(commits) + 4 + 1;
}
function nextStep({ commits, answers }) {
	const { below, above } = narrowed({
		commits,
		answers
	});
	const between = Array.from({ length: above - below - 1 }, (_, at) => below + 1 + at);
	const testable = between.filter((at) => !answers.has(at));
	const said = [...answers.values()];
	const open = said.filter((answer) => answer === "open").length;
	if (testable.length === 0 || open >= 4) return {
		kind: "narrowed",
		below,
		above,
		givenUp: testable.length > 0
	};
	const isAnswer = (answer) => answer === "above" || answer === "below";
	return {
		kind: "measure",
		below,
		above,
		at: choose(testable, {
			mute: between.filter((at) => answers.has(at)),
			inARow: said.length - 1 - said.findLastIndex(isAnswer),
			most: 2 ** (mostAnswers(commits) - said.filter(isAnswer).length - 1) - 1
		}),
		left: testable.length,
		steps: halvings(testable.length + 1)
	};
}
function narrowed({ commits, answers }) {
	const at = (wanted) => [...answers].flatMap(([position, answer]) => answer === wanted ? [position] : []);
	const above = Math.min(commits, ...at("above"));
	return {
		above,
		below: Math.max(0, ...at("below").filter((position) => position < above))
	};
}
function mostAnswers(commits) {
	return commits > 1 ? halvings(commits) + 1 : 0;
}
function halvings(candidates) {
	return Math.ceil(Math.log2(candidates));
}
function choose(testable, around) {
	const { mute, inARow, most } = around;
	const middle = (testable.length - 1) / 2;
	const distance = (at) => Math.min(...mute.map((other) => Math.abs(other - at)));
	const window = testable.map((at, index) => ({
		at,
		aside: Math.abs(index - middle),
		index
	})).filter(({ index }) => index <= most && testable.length - 1 - index <= most).toSorted((one, other) => one.aside - other.aside);
	const away = window.find(({ at }) => inARow === 0 || distance(at) >= 2 ** inARow);
	const farthest = window.toSorted((one, other) => distance(other.at) - distance(one.at))[0];
	return (away ?? farthest).at;
}
// src/core/bisection/rank.ts
const LEAST_DEVIATION = .005;
function rankCandidates(range, jump, probes) {
	const { below, above } = range;
	const positions = Array.from({ length: above - below }, (_, at) => below + 1 + at);
	const scores = positions.map((culprit) => probes.reduce((sum, { position, change }) => {
		const expected = position >= culprit ? Math.log(jump.ratio) : 0;
		const distance = (Math.log(change.ratio) - expected) / deviationOf(change);
		return sum - distance * distance / 2;
	}, 0));
	const best = Math.max(...scores);
	const weights = scores.map((score) => Math.exp(score - best));
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	return positions.map((position, at) => ({
		position,
		probability: weights[at] / all
	})).toSorted((one, other) => other.probability - one.probability || one.position - other.position);
}
function deviationOf({ low, high }) {
	const width = Math.log(Math.max(high, 1e-9)) - Math.log(Math.max(low, 1e-9));
	return Number.isFinite(width) && width > 0 ? Math.max(LEAST_DEVIATION, width / 4) : 1;
}
// src/report/bisection/sentence.ts
function bisectionSentence(bisection, { gate, row }) {
	const { outcome, good, bad } = bisection;
	const range = `${commitText(good)} and ${commitText(bad)}`;
	switch (outcome) {
		case "nothing": return `There is nothing to find between ${range}. ${nothingText(bisection, gate)}`;
		case "open": return `Whether there is anything to find between ${range} is not known. ${openText(bisection, gate)}`;
		case "commit": return `${commitText(lastOf(bisection))} ${row ? `${consequence(row)}${causeClause(row, "its code")}` : ""}.`;
		case "range": return `One of ${someCommits(bisection)}, or several of them, ${row ? `${consequence(row)}${causeClause(row, "their code")}` : ""}; those before the last could not be judged.`;
		case "steps": return `${subject(bisection)} got ${word(bisection)} in several steps: half of the ${step(bisection)} was reached ${crossed(bisection)}, and ${alone(bisection)} stays below the threshold of ${threshold(bisection)}.`;
		case "crossing": return `${subject(bisection)} got ${word(bisection)} ${crossed(bisection)}, but whether ${alone(bisection)} exceeds the threshold of ${threshold(bisection)} is not settled.`;
		case "unfinished": return unfinishedText(bisection);
	}
}
const word = ({ seeks = "slower" }) => seeks;
const step = ({ seeks }) => seeks === "faster" ? "speed-up" : "slowdown";
const subject = ({ benchmark }) => quoted(benchmark?.name ?? "");
const threshold = ({ benchmark }) => formatShare(benchmark?.threshold ?? 0);
const lastOf = ({ candidates, bad }) => candidates.at(-1) ?? bad;
function someCommits(bisection) {
	const { after, good, candidateCount } = bisection;
	const from = `after \`${shortSha(after ?? good)}\` up to ${commitText(lastOf(bisection))}`;
	return `the ${counted(candidateCount, "commit")} ${from}`;
}
function crossed(bisection) {
	return bisection.candidateCount === 1 ? `at ${commitText(lastOf(bisection))}` : `in one of ${someCommits(bisection)}`;
}
function alone({ candidateCount }) {
	return candidateCount === 1 ? "that commit alone" : "what they do together";
}
function nothingText({ seeks }, gate) {
	return seeks === "faster" ? "No benchmark got faster by more than its threshold." : gate?.sentence ?? "";
}
function openText({ seeks }, gate) {
	if (seeks === "faster") return "Not every benchmark was decided; raise the budget or quiet the machine.";
	return gate?.benchmarks.some(({ decision }) => decision === "slower") ? "Benchmarks are slower together, but none of them is so beyond chance on its own; raise the budget." : gate?.sentence ?? "";
}
function unfinishedText(bisection) {
	const { benchmark, steps, commits, candidateCount } = bisection;
	if (!benchmark || steps.length === 0) return `The bisection of ${counted(commits, "commit")} was ended before the whole range was measured.`;
	return `The bisection was ended before it was finished: what made ${subject(bisection)} ${word(bisection)} is ${candidateCount === 1 ? commitText(lastOf(bisection)) : `among ${someCommits(bisection)}`}.`;
}
// src/bisect/conclude.ts
function concludeBisection(course, standing) {
	const { context, line, steps, breaches, request } = course;
	const { outcome, below, above, row, gate, notes } = standing;
	const [subject, ...others] = breaches;
	const seeksFaster = request.firstFaster === true;
	const between = seeksFaster ? line.slice(below, above).reverse() : line.slice(below + 1, above + 1);
	const candidates = isAnswered(outcome) && subject ? between : [];
	const bisection = {
		schema: 1,
		outcome,
		tool: {
			name: "perf-verdict",
			version: request.version
		},
		...seeksFaster && { seeks: "faster" },
		good: seeksFaster ? line.at(-1) : line[0],
		bad: seeksFaster ? line[0] : line.at(-1),
		commits: line.length - 1,
		...subject && { benchmark: {
			name: subject.name,
			threshold: subject.threshold,
			...subject.change && { midpoint: midpointOf(subject.change, subject.better) }
		} },
		others: others.map(({ name }) => name),
		steps: [...steps],
		candidates: listed(candidates),
		candidateCount: candidates.length,
		...rankedOf(course, {
			below,
			above
		}, candidates.length),
		...candidates.length > 0 && { after: line[seeksFaster ? above : below] },
		...row?.cause && { cause: row.cause },
		alpha: context.plan.settings.alpha,
		mostDecisions: mostDecisions(line.length - 1),
		seed: context.seed,
		startedAt: context.started.at,
		seconds: context.ports.clock.now() - context.started.seconds,
		notes: [
			...context.plan.notes,
			...oneSided(context.plan),
			...notes
		]
	};
	return {
		...bisection,
		sentence: bisectionSentence(bisection, {
			gate,
			row
		})
	};
}
const MOST_RANKED = 5;
function rankedOf({ breaches, steps, line, request }, range, candidates) {
	const jump = breaches[0]?.change;
	const probes = steps.flatMap(({ kind, position, change }) => kind === "between" && change ? [{
		position,
		change
	}] : []);
	if (!jump || candidates < 2 || probes.length === 0) return {};
	return { ranked: rankCandidates(range, jump, probes).slice(0, MOST_RANKED).map(({ position, probability }) => ({
		...line[request.firstFaster ? position - 1 : position],
		probability
	})) };
}
function isAnswered(outcome) {
	return outcome !== "nothing" && outcome !== "open";
}
function oneSided({ benchmarks }) {
	const names = benchmarks.filter(({ on, gone }) => on.length === 1 || gone).map(({ plan }) => plan.name);
	return names.length === 0 ? [] : [oneEndOnly(names)];
}
function listed(commits) {
	return commits.length <= 2 * LISTED ? commits : [...commits.slice(0, LISTED), ...commits.slice(-LISTED)];
}
const LISTED = 50;
// src/flow/history/first-parents.ts
async function readFirstParents(request, tools) {
	const { repository, good: name, bad } = request;
	const { base: mergeBase, head } = await readHistory({
		repository,
		base: [name],
		head: bad
	}, tools);
	const revision = [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${name}^{commit}`
	];
	const good = (await git(tools, repository, revision)).out.trim();
	const said = JSON.stringify(name);
	if (mergeBase.sha === head.sha && good !== head.sha) throw new InputError([`The good commit ${said} comes after the bad one; exchange --base and --head, and give --first-faster to look for what made it faster.`]);
	if (good !== mergeBase.sha) throw new InputError([`The good commit ${said} is not an ancestor of the bad one, so nothing leads from one to the other; try their merge base ${mergeBase.sha.slice(0, 12)} as --base.`]);
	if (good === head.sha) throw new InputError([`--base and --head are the same commit ${good.slice(0, 12)}; name a good commit and a later bad one.`]);
	const line = await commitsBetween({
		repository,
		good,
		bad: head.sha
	}, tools);
	const parent = line[0]?.parent;
	if (parent !== good) throw new InputError([`The good commit ${said} came into the bad one's line by a merge, so it is not on the line of first parents that is bisected; try ${parent?.slice(0, 12) || "a commit of that line"} as --base.`]);
	return [mergeBase, ...line.map(({ sha, title }) => ({
		sha,
		title
	}))];
}
async function commitsBetween({ repository, good, bad }, tools) {
	const { ok, out, err } = await git(tools, repository, [
		"log",
		"--first-parent",
		...[
			"--no-show-signature",
			"-z",
			"--format=%H%n%P%n%s"
		],
		`${good}..${bad}`
	]);
	if (!ok) throw new InputError([`The commits between ${good.slice(0, 12)} and ${bad.slice(0, 12)} cannot be read (${err.split("\n")[0]}); check out with fetch-depth: 0.`]);
	return out.split("\0").filter((record) => record !== "").map((record) => {
		const [sha = "", parents = "", title = ""] = record.split("\n");
		return {
			sha,
			parent: parents.split(" ")[0] ?? "",
			title: title.slice(0, 200)
		};
	}).reverse();
}
// src/bisect/course.ts
async function setOut(request, outside) {
	const forwards = await readFirstParents(request, outside.tools);
	const { invocation, repository, version, environment, keep, mask, good, bad } = request;
	const cache = keptTrees(outside.folder, outside.tools);
	const prepared = await prepare({
		invocation,
		repository,
		version,
		environment,
		keep,
		...mask && { mask },
		base: [good],
		head: bad,
		origin: {},
		usesCache: true,
		keepsNextBase: false
	}, {
		...outside,
		cache
	});
	const { commits, notes } = await touchingCommits(prepared.plan, {
		line: forwards,
		repository
	}, outside.tools);
	const context = {
		...prepared,
		plan: {
			...prepared.plan,
			notes: [...prepared.plan.notes, ...notes]
		}
	};
	const line = request.firstFaster ? commits.toReversed() : commits;
	return {
		request,
		context,
		line,
		alphaEach: context.plan.settings.alpha / mostDecisions(line.length - 1),
		steps: [],
		answers: new Map(),
		breaches: []
	};
}
function note({ line, steps }, gated) {
	const { kind, base, head, report, row, answer = answerOf(row?.decision) } = gated;
	const reason = row ? row.reason : report.errors[0]?.what;
	const step = {
		kind,
		base: line[base],
		head: line[head],
		position: head,
		answer,
		...row && { decision: row.decision },
		...reason === void 0 ? {} : { reason: shortened(reason, LONGEST_REASON) },
		...row?.change && { change: row.change },
		rounds: row?.rounds ?? 0,
		seconds: report.seconds
	};
	steps.push(step);
	return step;
}
const LONGEST_REASON = 500;
// src/bisect/gates.ts
async function gateBriefly(context, one) {
	const { settings } = context.plan;
	const counters = one.benchmarks.some(({ plan: { metric } }) => metric === "instructions") ? settings.counters : "off";
	const brief = {
		...context,
		plan: {
			...context.plan,
			settings: {
				...settings,
				counters,
				layouts: "off"
			}
		},
		request: {
			...context.request,
			keep: async () => {}
		},
		ports: {
			...context.ports,
			log: onlyWarnings(context.ports.log)
		}
	};
	return judge(await standingAt(brief, one), UNEXPLAINED);
}
async function gateWhole(context, one) {
	const { plan } = context;
	const request = {
		...context.request,
		usesCache: false
	};
	const notes = [...plan.notes, LAST_OF_SEVERAL];
	return judge(await standingAt({
		...context,
		request,
		plan: {
			...plan,
			notes
		}
	}, one));
}
async function standingAt(context, one) {
	const { plan, ports, seed } = context;
	let { checkout } = context;
	const { base, head, benchmarks, alpha, nth } = one;
	await rm(controlTreeIn(ports.folder), {
		recursive: true,
		force: true
	});
	for (const [side, { sha }] of [["base", base], ["head", head]]) {
		const replaced = await replaceTree(checkout, {
			side,
			sha
		}, ports.tools);
		if (!replaced.ok) throw new InputError([replaced.fault]);
		checkout = replaced.value;
	}
	return {
		...context,
		checkout,
		started: {
			at: ports.clock.date(),
			seconds: ports.clock.now()
		},
		history: {
			...context.history,
			base,
			head
		},
		plan: {
			...plan,
			benchmarks,
			tableRows: benchmarks.filter(({ plan: { metric } }) => isNoisy(metric)).length,
			settings: {
				...plan.settings,
				alpha
			}
		},
		seed: seedOf(seed, nth)
	};
}
function onlyWarnings(log) {
	return {
		line: () => {},
		warn: log.warn,
		group: (_, work) => work()
	};
}
// src/bisect/bisect.ts
async function bisect(request, outside) {
	const course = await setOut(request, outside);
	await request.save(concludeBisection(course, unfinished(course)));
	const range = await gateRange(course);
	if (course.breaches.length === 0) return withoutSearch(course, range);
	await request.keep(range);
	return await gateFound(course, await search(course));
}
async function gateRange(course) {
	const { context, line, alphaEach } = course;
	const { ports, plan } = context;
	const bad = line.length - 1;
	const benchmarks = plan.benchmarks.filter(({ on, gone }) => on.length === BOTH && !gone);
	ports.log.line(beforeStep({
		kind: "range",
		head: line[bad],
		commits: bad
	}));
	const report = await gateBriefly(context, {
		base: line[0],
		head: line[bad],
		benchmarks,
		alpha: alphaEach,
		nth: 0
	});
	const row = worstBreach(report.benchmarks, alphaEach);
	const rest = decided(report.benchmarks, "slower").filter(({ name }) => name !== row?.name);
	course.breaches = row ? [row, ...rest] : [];
	const step = note(course, {
		kind: "range",
		base: 0,
		head: bad,
		report,
		row: row ?? report.benchmarks.find((each) => answerOf(each.decision) !== "below") ?? report.benchmarks[0]
	});
	ports.log.line(stepLine(step));
	return report;
}
const BOTH = 2;
function withoutSearch(course, range) {
	const outcome = withoutBreach(range.verdict, range.benchmarks.map(({ decision }) => decision));
	return {
		bisection: concludeBisection(course, {
			...unfinished(course),
			outcome,
			gate: range
		}),
		report: range
	};
}
async function search(course) {
	const { context, line, alphaEach, answers, breaches, request } = course;
	const { ports, plan } = context;
	const jump = breaches[0]?.change;
	const benchmarks = breachOf(plan, breaches[0]?.name).map((planned) => jump ? {
		...planned,
		plan: asProbe(planned.plan, jump)
	} : planned);
	for (;;) {
		await request.save(concludeBisection(course, unfinished(course)));
		const step = nextStep({
			commits: line.length - 1,
			answers
		});
		if (step.kind === "narrowed") return {
			...unfinished(course),
			notes: step.givenUp ? [GIVEN_UP] : []
		};
		const [base, head] = [line[0], line[step.at]];
		ports.log.line(beforeStep({
			...step,
			kind: "between",
			head
		}));
		const nth = course.steps.length;
		const report = await gateBriefly(context, {
			base,
			head,
			benchmarks,
			alpha: alphaEach,
			nth
		});
		const row = report.benchmarks[0];
		const noted = note(course, {
			kind: "between",
			base: 0,
			head: step.at,
			report,
			row
		});
		answers.set(step.at, noted.answer);
		ports.log.line(stepLine(noted));
	}
}
async function gateFound(course, found) {
	const { context, line, alphaEach, breaches } = course;
	const { below, above } = found;
	const { ports, plan } = context;
	const benchmarks = breachOf(plan, breaches[0]?.name);
	const faster = course.request.firstFaster === true;
	const [from, to] = faster ? [above, below] : [below, above];
	ports.log.line(beforeStep({
		kind: "last",
		head: line[to],
		commits: above - below
	}));
	const report = await gateWhole(context, {
		base: line[from],
		head: line[to],
		benchmarks,
		alpha: alphaEach,
		nth: course.steps.length
	});
	const row = report.benchmarks[0];
	const step = note(course, {
		kind: "last",
		base: from,
		head: to,
		report,
		row,
		...faster && row ? { answer: answerIfFaster(row) } : {}
	});
	ports.log.line(stepLine(step));
	const outcome = outcomeOf(above - below, step.answer);
	return {
		bisection: concludeBisection(course, {
			...found,
			outcome,
			gate: report,
			row
		}),
		report
	};
}
function breachOf({ benchmarks }, name) {
	const plans = benchmarks.map(({ plan }) => plan);
	const entry = name === void 0 ? void 0 : entryOfRow(plans, name);
	const planned = benchmarks.find(({ plan }) => plan.name === entry?.name);
	return entry && planned ? [{
		...planned,
		plan: entry
	}] : [];
}
function unfinished({ line, answers }) {
	const { below, above } = nextStep({
		commits: line.length - 1,
		answers
	});
	return {
		outcome: "unfinished",
		below,
		above,
		notes: []
	};
}
export { bisectExitCode as n, bisect as t };
