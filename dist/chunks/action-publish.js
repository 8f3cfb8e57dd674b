import { r as __require, t as __commonJSMin } from "./rolldown-runtime.js";
import { Ot as DEFAULT_POLICIES, bt as verdictOf, g as describeReason, i as verdictSentence, ot as parseOptions, rt as decideInstructions } from "./exact-rows.js";
import { n as InputError } from "./errors.js";
import { _ as refNameSchema, a as publishComment, c as publishCheck, d as checkText, n as readEventFile, o as staleKeys, r as publishReport, t as openGitHub, v as repositoryNameSchema, y as shaSchema } from "./open.js";
import { c as number, f as string, g as url, l as object } from "./schemas.js";
import { t as datetime } from "./iso.js";
import { P as emptyReport, p as readMarker, t as commentText } from "./comment.js";
import { n as success, t as failed } from "./result.js";
import { t as parseReport } from "./parse-report.js";
import { n as keptMasked, t as decideAnew } from "./redecide.js";
import { n as METRICS, s as isNoisy } from "./harness-name.js";
import { a as median } from "./events.js";
import { t as counted } from "./text.js";
import { r as prose } from "./prose.js";
import { crc32 } from "node:zlib";
// src/flow/publish/stand-in.ts
async function publishStandIn(github, standIn) {
	const { pull, key, run, create } = standIn;
	const keys = key === void 0 ? await keysOf(github, standIn) : success([key]);
	if (!keys.ok) return [{
		kind: "failed",
		sentence: keys.fault.sentence
	}];
	const outcomes = [];
	for (const each of keys.value) {
		const marker = {
			key: each,
			...run,
			standIn: true
		};
		outcomes.push(await publishComment(github, {
			pull,
			marker,
			body: standIn.textFor(each),
			create
		}));
	}
	return outcomes;
}
async function keysOf(github, { pull, run }) {
	const listed = await github.comments.list(pull);
	if (!listed.ok) return listed;
	const marked = listed.value.filter(({ body }) => readMarker(body));
	const facts = marked.length === 0 ? void 0 : await github.comments.facts(marked.map((one) => one.nodeId));
	const marker = {
		key: DEFAULT_KEY,
		...run
	};
	const { stale, told } = staleKeys({
		comments: marked,
		...facts?.ok && { facts: facts.value },
		marker
	});
	return success(stale.length > 0 || told ? stale : [DEFAULT_KEY]);
}
const DEFAULT_KEY = "default";
// src/core/github/artifact.ts
const REPORT_ENTRY = "report.json";
const ARTIFACT_LIMITS = {
	zippedBytes: 2097152,
	unzippedBytes: 8388608,
	ratio: 100
};
const END_SIGNATURE = 101010256;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const ZIP64_LOCATOR_SIGNATURE = 117853008;
const ZIP64_LOCATOR_BYTES = 20;
function faultOfZip(bytes) {
	if (bytes.length > ARTIFACT_LIMITS.zippedBytes) return `it is larger than ${ARTIFACT_LIMITS.zippedBytes} bytes`;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = bytes.length - END_BYTES;
	if (end < 0 || view.getUint32(end, true) !== END_SIGNATURE) return "it is not a whole zip file";
	const locator = end - ZIP64_LOCATOR_BYTES;
	if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR_SIGNATURE) return "it is a zip64 file";
	const count = view.getUint16(end + 10, true);
	if (count !== 1) return `it holds ${count} entries and not one`;
	const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
	if (start + size !== end || size < ENTRY_BYTES) return "its directory is not where it says";
	const tail = view.getUint16(start + 28, true) + view.getUint16(start + 30, true) + view.getUint16(start + 32, true);
	return ENTRY_BYTES + tail === size ? void 0 : "its directory holds more than the one entry";
}
function faultOfEntry(entry) {
	const { ratio, unzippedBytes } = ARTIFACT_LIMITS;
	if (entry.name !== "report.json") return `its entry is not ${REPORT_ENTRY}`;
	if (entry.encrypted) return "its entry is encrypted";
	if (entry.method !== 0 && entry.method !== 8) return "its entry is packed in an unusual way";
	if (entry.unzippedBytes > unzippedBytes) return `its entry is larger than ${unzippedBytes} bytes`;
	if (entry.unzippedBytes > entry.zippedBytes * ratio) return `its entry unpacks to more than ${ratio} times its size`;
}
// src/core/github/workflow-run.ts
const payloadSchema = object({
	action: string().max(100),
	workflow_run: object({
		id: number().int().positive(),
		run_number: number().int().positive(),
		run_attempt: number().int().positive(),
		run_started_at: datetime({ offset: true }),
		event: string().max(100),
		head_sha: shaSchema,
		head_branch: refNameSchema.nullish(),
		conclusion: string().max(100).nullish(),
		html_url: url({ protocol: /^https?$/ }).max(500),
		repository: object({
			id: number().int(),
			full_name: repositoryNameSchema
		}),
		head_repository: object({
			id: number().int(),
			owner: object({ login: string().regex(/^[\w-]{1,100}$/) })
		}).nullish()
	})
});
function readWorkflowRun(eventName, payload, repository) {
	if (eventName !== "workflow_run") return {
		kind: "refuse",
		sentence: `command: publish belongs in a workflow on: workflow_run, and this one runs on ${JSON.stringify(eventName.slice(0, 60))}; see the second workflow in the README.`
	};
	const parsed = payloadSchema.safeParse(payload);
	if (!parsed.success) return {
		kind: "refuse",
		sentence: `The payload of workflow_run is not what GitHub documents (${parsed.error.issues.map((issue) => issue.path.join(".")).slice(0, 5).join(", ")}); see the file that GITHUB_EVENT_PATH names.`
	};
	return select(parsed.data, repository);
}
function select({ action, workflow_run: run }, repository) {
	if (action !== "completed") return skip("The measuring run has not ended yet; use types: [completed].");
	if (run.event !== "pull_request") return skip("The measuring run was not for a pull request, so there is no comment to write.");
	if (run.repository.full_name.toLowerCase() !== repository.toLowerCase()) return skip("The measuring run belongs to another repository.");
	if (!run.head_repository || !run.head_branch) return skip("The fork or the branch of the pull request is gone, so there is no comment to write.");
	return {
		kind: "publish",
		run: {
			id: run.id,
			number: run.run_number,
			attempt: run.run_attempt,
			startedAt: Date.parse(run.run_started_at),
			headSha: run.head_sha,
			headBranch: run.head_branch,
			headOwner: run.head_repository.owner.login,
			headRepositoryId: run.head_repository.id,
			repositoryId: run.repository.id,
			url: run.html_url,
			conclusion: run.conclusion ?? ""
		}
	};
}
function matchPull(pulls, run) {
	const own = pulls.filter((pull) => pull.headRepositoryId === run.headRepositoryId && pull.baseRepositoryId === run.repositoryId);
	const current = own.filter((pull) => pull.headSha === run.headSha);
	const [pull, another] = current;
	if (pull && !another) return success(pull.number);
	if (another) {
		const numbers = current.map(({ number }) => number).join(" and ");
		return failed(`Pull requests ${numbers} have the same head, so it is unknown which of them the run was for.`);
	}
	return failed(own.length > 0 ? "The pull request has moved on to a newer commit, so its comment is left to that run." : "No open pull request has the head of this run, so there is no comment to write.");
}
function chooseArtifact(artifacts, run) {
	return artifacts.filter((artifact) => !artifact.expired && Date.parse(artifact.createdAt) >= run.startedAt).reduce((newest, one) => newest && newest.id > one.id ? newest : one, void 0);
}
function mismatchOf(report, run, pull) {
	if (report.head.sha !== run.headSha) return "it tells of another commit";
	if (report.pull?.number !== pull.number) return "it tells of another pull request";
	if (report.pull.repository.toLowerCase() !== pull.repository.toLowerCase()) return "it tells of another repository";
	if (report.run?.number !== run.number || report.run.attempt !== run.attempt) return "it tells of another run";
}
const ENDINGS = {
	cancelled: "was cancelled",
	timed_out: "ran out of time",
	startup_failure: "could not start",
	action_required: "waits for the approval of a maintainer",
	failure: "failed",
	success: "ended well",
	skipped: "was skipped"
};
function withoutReport({ conclusion, attempt }, artifact) {
	return {
		sentence: `The measuring run ${Object.hasOwn(ENDINGS, conclusion) ? ENDINGS[conclusion] : "ended"} and ${`left no artifact ${JSON.stringify(artifact)}`} (attempt ${attempt}), so nothing is known about this commit; see its log.`,
		expected: conclusion !== "success" && conclusion !== "skipped"
	};
}
const skip = (sentence) => ({
	kind: "skip",
	sentence
});
// src/report/reasons/foreign.ts
const OF_A_FORK = "These figures come from the fork’s own run: its author decides what runs there, and nothing here has measured them again.";
const byItsFigures = (sentence) => `By the fork’s own figures: ${sentence}`;
const faultThere = (side) => side === void 0 ? "The fork’s run reports a fault; its log says which." : `The ${side} side did not build in the fork’s run; its log says why.`;
const remarksThere = (count) => `The fork’s report has ${counted(count, "further remark")}; see the summary of its run.`;
const REPORTED = {
	untouched: "Its run reports that nothing it is built from changed.",
	identical: "Its run reports that both sides built to the same code.",
	new: "Its run reports no benchmark of this name on base.",
	removed: "Its run reports no benchmark of this name on head.",
	"no-values": "The report holds no values for it.",
	spans: "The interval spans the threshold."
};
const noValueOn = (side) => `It gave no value on ${side === "both" ? "both sides" : side}.`;
const reportRefused = (why) => `The measuring run's report was refused: ${why} Nothing is known about this commit.`;
const artifactTooLarge = (mostBytes) => `it is larger than ${mostBytes} bytes.`;
const notOfItsRun = (what) => `${what} than the run that it came from.`;
// src/flow/publish/foreign-report.ts
function foreignReport(report, { run, pull }) {
	const alpha = Math.min(Math.max(report.alpha, 1e-6), .2);
	const benchmarks = decideAnew(report.benchmarks.map(claimless), alpha, describeReason).map(bySideValues).map((row, at) => keptMasked(row, report.benchmarks[at]));
	const errors = report.errors.slice(0, MOST_ERRORS).map(errorOf);
	const failedBuilds = errors.flatMap(({ side }) => side ?? []);
	const policies = DEFAULT_POLICIES;
	const { isolation, network, cpus } = report.host;
	return {
		schema: 1,
		verdict: verdictOf({
			benchmarks,
			errors,
			failedBuilds,
			policies
		}),
		tool: {
			name: "perf-verdict",
			version: plain(report.tool.version, 20) ?? "unknown"
		},
		base: { sha: report.base.sha },
		head: { sha: report.head.sha },
		pull,
		...report.key !== void 0 && { key: report.key },
		run,
		seed: report.seed,
		alpha,
		startedAt: "",
		seconds: report.seconds,
		limitations: [],
		notes: notesOn(report),
		remarks: [OF_A_FORK],
		errors,
		policies,
		machine: {},
		host: {
			knobs: [],
			isolation: plain(isolation, 60) ?? "unknown",
			...network !== void 0 && { network },
			...cpus !== void 0 && /^[\d,-]{1,60}$/.test(cpus) && { cpus }
		},
		benchmarks
	};
}
const MOST_ERRORS = 20;
function errorOf({ side }) {
	return {
		what: faultThere(side),
		...side !== void 0 && { side }
	};
}
function notesOn({ limitations, notes, remarks = [] }) {
	const left = limitations.length + notes.length + remarks.length;
	if (left === 0) return [];
	return [remarksThere(left)];
}
function plain(text, most) {
	return text.length <= most && /^[\w.+-]+$/.test(text) ? text : void 0;
}
function claimless(row) {
	const { name, threshold, floor, better, metric, rounds, base, head, control, hot, suspects, touched } = row;
	const kept = {
		name,
		unit: /^[\w%µ/·^ -]{0,16}$/.test(row.unit) ? row.unit : "",
		threshold,
		...floor !== void 0 && { floor },
		better,
		metric,
		rounds,
		...base && base.samples.length > 0 && { base: withMedian(base) },
		...head && head.samples.length > 0 && { head: withMedian(head) },
		...hot && { hot },
		...suspects && { suspects: suspects.map((suspect) => ({
			...suspect,
			because: ""
		})) },
		...touched && { touched: touched.map(({ through: _, ...where }) => where) },
		...countersOf(row),
		...causeOf(row),
		...displacersOf(row)
	};
	if (isNoisy(metric) && [
		base?.samples,
		head?.samples,
		control?.samples
	].every(isMeasured) && control) return {
		...kept,
		rounds: Math.max(1, rounds),
		decision: "undecided",
		control
	};
	if (metric === "instructions" && base && head) return {
		...kept,
		...byCounts(base.samples, head.samples, row)
	};
	return {
		...kept,
		...withoutSamples(row)
	};
}
function byCounts(...given) {
	const { reason, ...answer } = decideInstructions(...given);
	return {
		...answer,
		...reason && { reason: describeReason(reason) }
	};
}
function isMeasured(samples) {
	return samples !== void 0 && samples.length > 0 && samples.every((value) => value >= 1e-100 && value <= 1e100);
}
const withMedian = ({ samples, step, digit }) => ({
	median: median(samples),
	samples,
	...step !== void 0 && step > 0 && {
		step,
		...digit !== void 0 && digit < step && { digit }
	}
});
function withoutSamples({ decision, change, threshold, better, rounds, fault, metric, untouched }) {
	if (change && change.low <= change.ratio && change.ratio <= change.high) {
		const [low, high] = better === "lower" ? [change.low, change.high] : [1 / change.high, 1 / change.low];
		const shown = low > 1 + threshold ? "slower" : high < 1 ? "faster" : high <= 1 + threshold ? "unchanged" : "undecided";
		return {
			decision: shown,
			change,
			...shown === "undecided" && { reason: REPORTED.spans }
		};
	}
	if (decision === "unchanged" && rounds === 0 && untouched) return {
		decision,
		untouched,
		reason: REPORTED.untouched
	};
	if (decision === "unchanged" && rounds === 0 && METRICS[metric].by !== "build") return {
		decision,
		reason: REPORTED.identical
	};
	if (decision === "new") return {
		decision,
		reason: REPORTED.new
	};
	if (decision === "removed") return {
		decision,
		reason: REPORTED.removed
	};
	const side = fault?.side;
	if (decision === "unmeasured" && side !== void 0) return {
		decision,
		fault: {
			side,
			kind: "crash"
		},
		reason: noValueOn(side)
	};
	return {
		decision: "unmeasured",
		reason: REPORTED["no-values"]
	};
}
function bySideValues(row) {
	const { base, head, reason: _, change: __, fault: ___, ...kept } = row;
	if (row.metric === "instructions" || isNoisy(row.metric) || !base || !head) return row;
	const [from, to] = [base.median, head.median];
	const ratio = from > 0 ? to / from : void 0;
	const decision = to > from * (1 + row.threshold) ? "slower" : to < from ? "faster" : "unchanged";
	const change = ratio === void 0 ? {} : { change: {
		ratio,
		low: ratio,
		high: ratio,
		confidence: 1
	} };
	return {
		...kept,
		base,
		head,
		...change,
		decision
	};
}
function countersOf({ counters }) {
	if (!counters) return {};
	const { source, base, head, iterations, instructionSpread } = counters;
	return { counters: {
		source,
		base,
		head,
		...iterations !== void 0 && { iterations },
		...instructionSpread !== void 0 && { instructionSpread }
	} };
}
function causeOf({ cause }) {
	if (!cause) return {};
	const { kind, placementShare } = cause;
	return { cause: {
		kind,
		confidence: "likely",
		because: [],
		against: [],
		...placementShare !== void 0 && { placementShare }
	} };
}
function displacersOf({ displacers }) {
	if (!displacers) return {};
	return { displacers: displacers.map(({ symbol, object, bytes, change, share }) => ({
		symbol,
		object,
		bytes,
		change,
		share
	})) };
}
// node_modules/pend/index.js
var require_pend = __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = 1e400;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));
// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));
// node_modules/yauzl/crc32.js
var require_crc32 = __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));
// src/shell/github/artifact-zip.ts
var import_yauzl = __commonJSMin(((exports) => {
	__require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	exports.fromBufferPromise = fromBufferPromise;
	function fromBufferPromise(buffer, options) {
		return new Promise((resolve, reject) => {
			fromBuffer(buffer, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function fromBuffer(buffer, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		fromRandomAccessReader(new fd_slicer.BufferSlicer(buffer), buffer.length, options, callback);
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
}))();
async function unzipReport(bytes) {
	const fault = faultOfZip(bytes);
	if (fault !== void 0) return failed(fault);
	try {
		const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		return await unzipOnly(await (0, import_yauzl.fromBufferPromise)(buffer, {
			strictFileNames: true,
			validateEntrySizes: true
		}));
	} catch (error) {
		return failed(`it cannot be unpacked (${error instanceof Error ? error.message : error})`);
	}
}
async function unzipOnly(zip) {
	const entry = await onlyEntry(zip);
	if (entry === void 0) return failed("it does not hold exactly one entry");
	const fault = faultOfEntry({
		name: entry.fileName,
		encrypted: entry.isEncrypted(),
		method: entry.compressionMethod,
		zippedBytes: entry.compressedSize,
		unzippedBytes: entry.uncompressedSize
	});
	if (fault !== void 0) return failed(fault);
	const content = await read(zip, entry);
	if (crc32(content) !== entry.crc32) return failed(`the checksum of ${REPORT_ENTRY} is wrong`);
	return success(new TextDecoder("utf-8", { fatal: true }).decode(content));
}
async function onlyEntry(zip) {
	const entries = [];
	for await (const entry of zip.eachEntry()) {
		entries.push(entry);
		if (entries.length > 1) return void 0;
	}
	return entries[0];
}
async function read(zip, entry) {
	const parts = [];
	for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part);
	return Buffer.concat(parts);
}
// src/publish.ts
async function fetchReport(request, github) {
	const reading = readWorkflowRun(request.eventName, request.payload, request.repository);
	if (reading.kind === "refuse") throw new InputError([reading.sentence]);
	if (reading.kind === "skip") return nothing(reading.sentence);
	const { run } = reading;
	const pulls = await github.pulls.from(run.headOwner, run.headBranch);
	if (!pulls.ok) return refused(pulls.fault.sentence);
	const pull = matchPull(pulls.value, run);
	if (!pull.ok) return nothing(pull.fault);
	const place = {
		number: pull.value,
		repository: request.repository
	};
	const { url, number: runNumber, attempt } = run;
	const from = {
		run: {
			url,
			number: runNumber,
			attempt
		},
		pull: place
	};
	const absent = ({ sentence, expected = true }) => {
		const errors = [{ what: sentence }];
		const report = emptyReport({
			head: run.headSha,
			...from,
			errors,
			startedAt: "",
			seconds: 0
		});
		return {
			kind: "absent",
			report: {
				...report,
				sentence: verdictSentence(report)
			},
			pull: pull.value,
			run,
			expected
		};
	};
	const text = await fetchText(request.artifact, run, github);
	if (!text.ok) return absent(text.fault);
	const parsed = readReport(text.value);
	if (!parsed.ok) return absent(refusal(parsed.fault));
	const mismatch = mismatchOf(parsed.value, run, place);
	if (mismatch !== void 0) return absent(refusal(notOfItsRun(mismatch)));
	const judged = foreignReport(parsed.value, from);
	const sentence = byItsFigures(verdictSentence(judged));
	return {
		kind: "report",
		report: {
			...judged,
			sentence
		},
		pull: pull.value,
		run
	};
}
async function fetchText(name, run, github) {
	const listed = await github.runs.artifacts(run.id, name);
	if (!listed.ok) return failed({ sentence: listed.fault.sentence });
	const artifact = chooseArtifact(listed.value, run);
	if (!artifact) return failed(withoutReport(run, name));
	if (artifact.sizeBytes > ARTIFACT_LIMITS.zippedBytes) return failed(refusal(artifactTooLarge(ARTIFACT_LIMITS.zippedBytes)));
	const bytes = await github.runs.download(artifact, ARTIFACT_LIMITS.zippedBytes);
	if (!bytes.ok) return failed({ sentence: bytes.fault.sentence });
	const unzipped = await unzipReport(bytes.value);
	return unzipped.ok ? success(unzipped.value) : failed(refusal(`${unzipped.fault}.`));
}
function refusal(why) {
	return { sentence: reportRefused(why) };
}
function readReport(text) {
	try {
		return success(parseReport(text));
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return failed(error.faults[0] ?? "it is no report.");
	}
}
const nothing = (sentence) => ({
	kind: "nothing",
	sentence
});
const refused = (sentence) => ({
	kind: "refused",
	sentence
});
// src/commands/action-publish.ts
async function publishFromAction(inputs, runner, env) {
	const invocation = parseOptions(inputs.invocation, (name) => `The input ${name}`);
	const repository = env.GITHUB_REPOSITORY ?? "";
	if (inputs.token === "") throw new InputError(["github-token is empty; publishing needs a token with pull-requests: write and actions: read."]);
	const github = await openGitHub({
		token: inputs.token,
		repository,
		env
	});
	const payload = readEventFile(env);
	const found = await fetchReport({
		eventName: env.GITHUB_EVENT_NAME ?? "",
		payload,
		repository,
		artifact: inputs.artifact
	}, github);
	if (found.kind === "nothing" || found.kind === "refused") {
		if (found.kind === "refused") runner.log.warn(found.sentence);
		else runner.log.line(found.sentence);
		await runner.summary(`**Perf Verdict published nothing.** ${prose(found.sentence)}\n`);
		return 0;
	}
	const { report, run, pull } = found;
	const own = {
		inputs,
		github,
		runner,
		mode: invocation.comment ?? "always"
	};
	const url = found.kind === "report" ? await tellReport(found, own) : await tellAbsence(found, own);
	runner.output("comment-url", url ?? "");
	const what = found.kind === "report" ? "" : ` ${prose(report.sentence)}`;
	await runner.summary(`**Perf Verdict** told pull request ${pull} what [its measuring run](${run.url}) found.${what}\n`);
	return 0;
}
async function tellReport({ report, pull, run }, { inputs, github, runner, mode }) {
	const comment = commentText(report, {
		key: inputs.key ?? report.key ?? "default",
		link: run.url
	});
	const check = inputs.check ? { check: checkOf(report, run, "neutral") } : {};
	const publication = {
		report,
		comment,
		mode,
		pull: {
			number: pull,
			fork: false
		},
		...check
	};
	return await publishReport(github, publication, runner.log);
}
async function tellAbsence({ report, pull, run, expected }, { inputs, github, runner, mode }) {
	runner.log.warn(report.sentence);
	if (inputs.check) {
		const written = await publishCheck(github, checkOf(report, run, expected ? "failure" : "neutral"));
		if (written.sentence !== void 0) runner.log.warn(written.sentence);
	}
	if (mode === "never") return void 0;
	const { headSha: head, number, attempt } = run;
	const told = await publishStandIn(github, {
		pull,
		key: inputs.key,
		run: {
			head,
			run: number,
			attempt
		},
		create: expected && mode === "always",
		textFor: (key) => commentText(report, {
			key,
			link: run.url,
			standIn: true
		})
	});
	for (const outcome of told) if ("sentence" in outcome) runner.log.line(`comment: ${outcome.sentence}`);
	else runner.log.line(`comment: ${outcome.kind} at ${outcome.url}`);
	return told.flatMap((outcome) => "url" in outcome ? [outcome.url] : [])[0];
}
function checkOf(report, { headSha }, conclusion) {
	return {
		name: "Perf Verdict",
		headSha,
		conclusion,
		...checkText(report)
	};
}
export { publishFromAction };
