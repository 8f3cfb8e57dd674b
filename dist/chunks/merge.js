import { n as InputError } from "./errors.js";
import { n as success, t as failed } from "./result.js";
import { t as parseReport } from "./parse-report.js";
import { At as readPolicies, bt as verdictOf, g as describeReason, i as verdictSentence, vt as exitCode } from "./exact-rows.js";
import { r as redecide } from "./redecide.js";
import { i as quoted } from "./text.js";
import { a as shardMissing, c as unfoundedVerdict, i as ofShard, o as shardName, r as ofEarlierAttempt, s as unexplainedEnd, t as fileLeftOut } from "./shards.js";
import { constants } from "node:fs";
import { join } from "node:path";
import { open, readdir } from "node:fs/promises";
// src/flow/publish/merge-reports.ts
function mergeReports(reports, given, run = {}) {
	const shards = [...reports].sort((one, other) => (one.shard?.index ?? 0) - (other.shard?.index ?? 0));
	const [first] = shards;
	if (!first) throw new InputError(["There is no report to merge; look at the jobs of the shards."]);
	const faults = [...strangers(shards, run), ...mismatches(first, shards)];
	if (faults.length > 0) throw new InputError(faults);
	const policies = readPolicies(given, first.policies);
	const told = [...errorsOf(first, shards), ...shards.flatMap((report) => unfounded(report, policies))];
	const errors = told.length > 0 ? told : unexplained(shards, run);
	const benchmarks = redecide(shards.flatMap((report) => report.benchmarks), first.alpha, describeReason);
	const failedBuilds = errors.flatMap(({ side }) => side ?? []);
	const { shard: _, sentence: __, ...shared } = first;
	return {
		...shared,
		verdict: verdictOf({
			benchmarks,
			errors,
			failedBuilds,
			policies
		}),
		startedAt: shards.map((report) => report.startedAt).sort()[0],
		seconds: Math.max(...shards.map((report) => report.seconds)),
		limitations: distinct(shards.flatMap((report) => report.limitations)),
		notes: distinct([...earlier(shards, run), ...shards.flatMap((report) => report.notes)]),
		errors,
		policies,
		machine: joinMachines(shards),
		host: joinHosts(shards.map((report) => report.host)),
		benchmarks
	};
}
function earlier(shards, { attempt }) {
	return shards.filter(({ run }) => attempt !== void 0 && (run?.attempt ?? 1) < attempt).map((report) => ofEarlierAttempt(report, attempt));
}
function errorsOf(first, shards) {
	const of = first.shard?.of ?? 1;
	const present = new Set(shards.map((report) => report.shard?.index));
	const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !present.has(index));
	return [...shards.flatMap((report) => report.errors.map((error) => ({
		...error,
		what: ofShard(report, error.what)
	}))), ...missing.map((index) => ({ what: shardMissing({
		index,
		of
	}) }))];
}
function unfounded({ verdict, benchmarks, errors, ...report }, policies) {
	const fault = { what: unfoundedVerdict(report, verdict) };
	if (benchmarks.length === 0) return verdict === "fail" && errors.length === 0 ? [fault] : [];
	if (verdict === "pass" || verdict === "undecided") return [];
	const failedBuilds = errors.flatMap(({ side }) => side ?? []);
	return verdictOf({
		benchmarks,
		errors,
		failedBuilds,
		policies
	}) === "pass" ? [fault] : [];
}
function unexplained(shards, { ended }) {
	if (ended === void 0 || ended === "success" || shards.some((report) => exitCode(report) !== 0)) return [];
	return [{ what: unexplainedEnd(ended) }];
}
function strangers(reports, run) {
	const shares = reports.map(shardName);
	const twice = [...new Set(shares.filter((share, at) => shares.indexOf(share) !== at))];
	return [...reports.flatMap((report) => {
		const { number, attempt } = report.run ?? {};
		const otherRun = run.number !== void 0 && number !== void 0 && number !== run.number;
		const later = run.attempt !== void 0 && (attempt ?? 1) > run.attempt;
		return otherRun || later ? [`The report of ${shardName(report)} is of run ${number ?? "?"}, attempt ${attempt ?? "?"}, and this is run ${run.number ?? "?"}, attempt ${run.attempt ?? "?"}; merge only what the shards of this run uploaded.`] : [];
	}), ...twice.map((share) => `${share} has more than one report, and nothing says which one counts; name each shard's artifact after the shard, with overwrite: true for repeated jobs.`)];
}
function mismatches(first, reports) {
	const of = first.shard?.of;
	const differing = (what, value) => reports.some((report) => value(report) !== value(first)) ? [`The shards’ reports differ in ${what}, so they are not of one run; merge the reports of one run only.`] : [];
	const names = reports.flatMap((report) => report.benchmarks.map((row) => row.name));
	const twice = names.filter((name, at) => names.indexOf(name) !== at);
	return [
		...differing("the head", (report) => report.head.sha),
		...differing("the base", (report) => report.base.sha),
		...differing("the error rate", (report) => report.alpha),
		...differing("the version of Perf Verdict", (report) => report.tool.version),
		...differing("the number of shards", (report) => report.shard?.of),
		...differing("the pull request", (report) => report.pull?.number),
		...differing("the run", (report) => report.run?.number),
		...differing("the policies", (report) => JSON.stringify(report.policies)),
		...of === void 0 ? ["The report is not of a shard; give each job shard: INDEX/OF."] : [],
		...reports.filter((report) => report.shard && (report.shard.index < 1 || report.shard.index > report.shard.of)).map((report) => `${shardName(report)} does not exist; give each job one of 1/OF to OF/OF.`),
		...twice.slice(0, 5).map((name) => `${quoted(name)} is in more than one shard; give all shards the same benchmarks.`)
	];
}
function joinMachines(reports) {
	const names = [...new Set(reports.flatMap((report) => Object.keys(report.machine)))];
	return Object.fromEntries(names.map((name) => {
		return [name, distinct(reports.map((report) => report.machine[name] ?? "unknown")).join(" or ")];
	}));
}
function joinHosts(hosts) {
	const noise = distinct(hosts.flatMap((host) => host.noise ?? []));
	const cpus = distinct(hosts.flatMap((host) => host.cpus === void 0 ? [] : [host.cpus]));
	return {
		knobs: distinct(hosts.flatMap((host) => host.knobs)),
		isolation: distinct(hosts.map((host) => host.isolation)).join(" or "),
		...joinNetworks(hosts),
		...noise.length > 0 ? { noise } : {},
		...cpus.length > 0 ? { cpus: cpus.join(" or ") } : {}
	};
}
function joinNetworks(hosts) {
	const found = [
		"all",
		"builds",
		"none"
	].find((use) => hosts.some(({ network }) => network === use));
	return found === void 0 ? {} : { network: found };
}
function distinct(values) {
	return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
// src/shell/files/report-files.ts
const LARGEST_BYTES = 8388608;
const NAME = "report.json";
async function readReportFiles(folder) {
	const places = [folder, ...(await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name)).sort()].slice(0, 257);
	return (await Promise.all(places.map(async (place) => await readOne(join(place, NAME))))).flatMap((file) => file ? [file] : []);
}
async function readOne(path) {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => void 0);
	if (!file) return void 0;
	try {
		const { size } = await file.stat();
		if (!(await file.stat()).isFile() || size > LARGEST_BYTES) return {
			path,
			text: ""
		};
		return {
			path,
			text: await file.readFile("utf8")
		};
	} finally {
		await file.close();
	}
}
// src/merge.ts
async function merge(folder, policies, run = {}) {
	const files = await readReportFiles(folder).catch(() => void 0);
	if (!files) throw new InputError([`There is no folder ${folder}; download the shards’ artifacts into it, or name it with reports.`]);
	const read = files.map(readShard);
	const reports = read.flatMap((one) => one.ok ? [one.value] : []);
	const faults = read.flatMap((one) => one.ok ? [] : [one.fault]);
	if (reports.length === 0) throw new InputError([`${folder} holds no report.json of a shard; look at the jobs of the shards.`, ...faults]);
	const merged = mergeReports(reports, policies, run);
	const report = {
		...merged,
		notes: [...merged.notes, ...faults]
	};
	return {
		...report,
		sentence: verdictSentence(report)
	};
}
function readShard({ path, text }) {
	try {
		return success(parseReport(text));
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return failed(fileLeftOut(path, error.faults[0]));
	}
}
export { merge as t };
