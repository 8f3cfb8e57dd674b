import { n as InputError, r as RunFault, t as CommandError } from "./errors.js";
import { a as removeTree, c as aroundRules, f as takeJobUsers, g as openJobGroups, h as startHost, i as takeWorkFolder, l as askAddresses, m as recoverThrough, n as removeWorkFolder, o as BY_OWN_NETWORK, p as CLOSED_RANGES, s as NOTHING_TO_CLOSE, t as removeAtExit, u as closeAddresses, v as namesIn, y as textOf } from "./work-folder.js";
import { t as findHostAccess } from "./host-access.js";
import { a as formatCpuList } from "./scheduling.js";
import { t as tools } from "./tools.js";
import { n as success, t as failed } from "./result.js";
import { c as readTopology, f as settingsUnder, g as parseProfile, l as chooseCpus, m as formatProfile, n as readHolder, t as describeHolder, u as idleSiblings } from "./holder.js";
import { t as HARNESS_NAMES } from "./harness-name.js";
import { a as median, d as NANOSECONDS, f as SECONDS, h as readUnit, l as withOverride, m as readNumber, o as formatGeometry, s as geometryFault, t as candidatesFor, u as withRoundSets } from "./events.js";
import { p as percent } from "./format.js";
import { Socket, createConnection, createServer } from "node:net";
import { once } from "node:events";
import { createHash, randomUUID } from "node:crypto";
import * as fs from "node:fs";
import { chmodSync, chownSync, closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, realpathSync, rmSync, statSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { createInterface } from "node:readline";
import { mkdir, open, readFile, readdir, readlink, realpath, rm, statfs, writeFile } from "node:fs/promises";
import { arch, availableParallelism, getPriority, release as release$1, totalmem, userInfo } from "node:os";
import { StringDecoder } from "node:string_decoder";
// src/core/harness/shell-line.ts
function withArguments(command, words) {
	const place = placeForArguments(command);
	if (!place) return void 0;
	const added = words.map(quotedWord).join(" ");
	return `${command.slice(0, place.end).trimEnd()} ${added}${rest(command, place.end)}`;
}
function withArgumentsAfterDashes(command, words) {
	const place = placeForArguments(command);
	if (!place) return void 0;
	const added = [.../ -- /.test(`${command.slice(place.start, place.end)} `) ? [] : ["--"], ...words.map(quotedWord)].join(" ");
	return `${command.slice(0, place.end).trimEnd()} ${added}${rest(command, place.end)}`;
}
function benchmarkPart(command) {
	const place = placeForArguments(command);
	return place && command.slice(place.start, place.end).trim();
}
function quotedWord(word) {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
function rest(command, end) {
	const left = command.slice(end).trimStart();
	return left === "" ? "" : ` ${left}`;
}
const COMPOUND = /^(?:if|for|while|until|case|select|function|time|coproc|do|done|then|fi|esac|else|elif|[{}!])(?:\s|$)/;
const AFTERWARDS = /^(?:echo|printf|true|false|:|exit|rm|cat|ls|wait|sleep|cp|mv|kill|unset|export|cd|tee)(?:\s|$)/;
function placeForArguments(command) {
	let start = 0;
	let end;
	let at = 0;
	while (at < command.length) {
		const char = command[at];
		if (char === "\\") at += 2;
		else if (char === "'" || char === "\"") {
			const after = afterQuotes(command, at);
			if (after === void 0) return void 0;
			at = after;
		} else if (command.startsWith("$(", at) || command.startsWith("${", at)) {
			const after = afterBrackets(command, at + 1);
			if (after === void 0) return void 0;
			at = after;
		} else if ("`()".includes(char)) return void 0;
		else if (char === "#" && (at === 0 || /[\s;&|]/.test(command[at - 1]))) return void 0;
		else if (command.startsWith("<<", at)) return void 0;
		else if (command.startsWith("||", at)) {
			end ??= at;
			at += 2;
		} else if (char === ";" || char === "\n" || command.startsWith("&&", at)) {
			const length = char === ";" || char === "\n" ? 1 : 2;
			if (command.slice(at + length).trim() !== "") {
				start = at + length;
				end = void 0;
			} else end ??= at;
			at += length;
		} else if (char === "|") {
			end ??= at;
			at++;
		} else if (char === ">" || char === "<" || char === "&" && command[at + 1] === ">") {
			end ??= beforeDescriptor(command, at);
			at += command.startsWith(">&", at) || command.startsWith("&>", at) ? 2 : 1;
		} else if (char === "&") return void 0;
		else at++;
	}
	const part = command.slice(start, end ?? command.length).trim();
	if (part === "" || COMPOUND.test(part) || AFTERWARDS.test(part)) return void 0;
	return {
		start,
		end: end ?? command.length
	};
}
function beforeDescriptor(command, at) {
	const digits = /(?:^|\s)(\d+)$/.exec(command.slice(0, at));
	return digits ? at - digits[1].length : at;
}
function afterQuotes(command, at) {
	const quote = command[at];
	for (let index = at + 1; index < command.length; index++) {
		if (command[index] === quote) return index + 1;
		if (quote === "\"" && command[index] === "\\") index++;
	}
}
function afterBrackets(command, at) {
	let depth = 0;
	for (let index = at; index < command.length; index++) if (command[index] === "(" || command[index] === "{") depth++;
	else if (command[index] === ")" || command[index] === "}") {
		depth--;
		if (depth === 0) return index + 1;
	}
}
// src/core/text/how-it-ended.ts
const BROKEN_PIPE = ", because a program wrote into a pipe whose reader had ended (SIGPIPE); let the reader read all of it";
function killedBy(signal, ranOut) {
	return `was killed by ${typeof signal === "number" ? `signal ${signal}` : signal}${ranOut !== void 0 ? `, because ${reached(ranOut)}` : signal === "SIGPIPE" ? BROKEN_PIPE : ""}`;
}
function exitedWith(code, ranOut) {
	return `exited with code ${code}${ranOut === void 0 ? "" : ` after ${reached(ranOut)}`}`;
}
function reached({ of, limit }) {
	const amount = limit === void 0 ? "" : gibibytes(limit);
	switch (of) {
		case "memory": return `memory ran out${limit === void 0 ? "" : ` (a job gets ${amount})`}`;
		case "machine memory": return `less than ${amount} of the machine's memory was free`;
		case "disk": return `less than ${amount} of the disk was free`;
		case "disk use": return `its tree and home had grown to ${amount}, the most that one side gets of the disk`;
		case "disk files": return "the disk had hardly room for another file";
		case "processes": return `it reached the limit of ${limit} processes and threads`;
		case "file size": return `a file reached the limit of ${amount}`;
	}
}
const gibibytes = (bytes) => bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
const SIGNALS$1 = {
	4: "SIGILL",
	6: "SIGABRT",
	7: "SIGBUS",
	8: "SIGFPE",
	9: "SIGKILL",
	11: "SIGSEGV",
	15: "SIGTERM"
};
function passedOn(code) {
	if (code === 141) return BROKEN_PIPE;
	if (code === 124) return ", as timeout does when its time is up";
	const signal = code === null ? void 0 : SIGNALS$1[code - 128];
	return signal === void 0 ? "" : `, by which the shell tells of ${signal}`;
}
const NO_NETWORK = /could not resolve host|temporary failure in name resolution|name or service not known|network is unreachable|dial tcp: lookup|\bENOTFOUND\b|\bEAI_AGAIN\b|UnknownHostException/i;
const foundNoNetwork = (printed) => NO_NETWORK.test(printed);
// src/core/harness/result.ts
function fault(kind, says) {
	return failed({
		kind,
		says
	});
}
const unread = (text, lacks) => fault("unreadable", {
	rule: "unread",
	text,
	lacks
});
function quotedLine(text) {
	const line = text.trim().slice(0, 200).replace(/\s+/g, " ");
	return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line);
}
function quotedValue(value) {
	try {
		return quotedLine(JSON.stringify(value));
	} catch {
		return "\"a document nested too deep\"";
	}
}
// src/core/sandbox/code-files.ts
const CODE = /\.(?:[cm]?[jt]sx?|py[cdwioxz]?|pyz|pth|sh|bash|zsh|fish|pl|pm|rb|php|lua|luac|tcl|awk|r|jl|exs?|beam|jar|war|class|groovy|kts?|scala|clj|dll|exe|wasm|wat|el|elc|scm|rkt|lisp|fasl|hs|ml|nim|nu|ps1|bc|so|so\.[\d.]+|node)$/i;
function isCodeByName(path) {
	return CODE.test(path);
}
// src/shell/files/pacer.ts
const LONGEST_MILLISECONDS = 50;
function openPacer() {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < LONGEST_MILLISECONDS) return;
		await new Promise((resolve) => setImmediate(resolve));
		last = performance.now();
	};
}
// src/core/harness/json-members.ts
function membersOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
function memberOf(value, name) {
	const members = membersOf(value);
	return members && Object.hasOwn(members, name) ? members[name] : void 0;
}
function numberAt(value, name) {
	const found = memberOf(value, name);
	return typeof found === "number" ? found : void 0;
}
function textAt(value, name) {
	const found = memberOf(value, name);
	return typeof found === "string" ? found : void 0;
}
function listAt(value, name) {
	const found = memberOf(value, name);
	return Array.isArray(found) ? found : [];
}
// src/core/harness/printed-step.ts
function amountOf({ value, digits, unitText }, { base, factor }) {
	const step = stepOf(digits ?? String(value), {
		base,
		factor,
		named: unitText !== ""
	});
	return {
		value: value * factor,
		unit: base,
		...step && { step }
	};
}
function stepOf(digits, { base, factor, named }) {
	const place = lastPlace(digits);
	if (place === void 0) return void 0;
	const size = 10 ** place * factor;
	if (!(place >= 0 && factor === 1 && (base === "" || base === "B"))) return {
		size,
		factor
	};
	return base === "" && !named ? {
		size,
		factor,
		mayCount: true
	} : void 0;
}
const DIGITS = /^[+-]?[\d,_' \u00a0\u2009\u202f]*(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
function lastPlace(digits) {
	const found = DIGITS.exec(digits.trim());
	return found ? Number(found[2] ?? 0) - (found[1]?.length ?? 0) : void 0;
}
function finest(steps) {
	const known = steps.filter((step) => step !== void 0);
	if (known.length < steps.length || known.length === 0) return void 0;
	return known.reduce(finer);
}
function finer(one, other) {
	const { size, factor } = one.size <= other.size ? one : other;
	return {
		size,
		factor,
		...one.mayCount && other.mayCount && { mayCount: true }
	};
}
function addStep(grid, step) {
	if (!step) return;
	const known = grid.get(step.factor);
	grid.set(step.factor, known ? finer(known, step) : step);
}
function stepOfGrid(grid, { zeros, readBy }) {
	const steps = [...grid.values()];
	if (steps.length === 0) return void 0;
	if (steps.every(({ mayCount }) => mayCount) && isCount$1(zeros, wordsOf(readBy))) return void 0;
	return Math.max(...steps.map(({ size }) => size));
}
function isCount$1(zeros, words) {
	if (words.some((word) => TIME_WORD.test(word))) return false;
	return zeros || words.some((word) => COUNT_WORD.test(word));
}
const TIME_WORD = /^(?:[mnu\u00b5\u03bc]?s|[mnu\u00b5\u03bc]?secs?|(?:nano|micro|milli)?seconds?|nanos|micros|millis|mins?|minutes?|times?|elapsed|duration|latency|wall|real|user|sys|took)$/;
const COUNT_WORD = /^(?:allocs?|allocations?|allocated|counts?|counter|instructions?|instrs?|insns?|cycles?|(?:sys)?calls?|faults?|misses|branches|bytes|size|length|objects|lines|steps|nodes)$/;
function wordsOf(text) {
	return text.replace(/\\./g, " ").replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== "");
}
// src/core/harness/asv.ts
const asv = {
	name: "asv",
	title: "asv",
	boundByTime: true,
	recognises: (output) => output.documents.some(isResult),
	read(output) {
		const results = [];
		for (const document of output.documents.filter(isResult)) {
			const columns = listAt(document, "result_columns");
			for (const [name, row] of Object.entries(membersOf(memberOf(document, "results")))) {
				const read = rowsOf$1(name, row, columns);
				if (!read.ok) return read;
				results.push(...read.value);
			}
		}
		return success(results);
	}
};
function isResult(document) {
	return membersOf(memberOf(document, "results")) !== void 0 && numberAt(document, "version") !== void 0 && (textAt(document, "commit_hash") !== void 0 || listAt(document, "result_columns").length > 0);
}
function rowsOf$1(name, row, columns) {
	const cell = (column) => Array.isArray(row) ? row[Math.max(0, columns.indexOf(column))] : memberOf(row, column);
	const values = Array.isArray(row) && columns.length === 0 ? row[0] : cell("result");
	const parameters = Array.isArray(row) ? columns.includes("params") ? row[columns.indexOf("params")] : [] : memberOf(row, "params");
	const labels = combinations(Array.isArray(parameters) ? parameters : []);
	const list = Array.isArray(values) ? values : [values];
	if (values === null) return success([{
		name,
		value: 0,
		unit: unitOf(name),
		failed: { rule: "failed" }
	}]);
	if (list.length > MOST_ROWS) return fault("flood", {
		rule: "too-many-values",
		most: MOST_ROWS,
		name: quotedLine(name)
	});
	const results = [];
	for (const [at, value] of list.entries()) {
		const label = list.length > 1 ? `${name}(${labels[at] ?? at + 1})` : name;
		if (value === null) results.push({
			name: label,
			value: 0,
			unit: unitOf(name),
			failed: { rule: "failed" }
		});
		else if (value === "NaN") results.push({
			name: label,
			value: 0,
			unit: unitOf(name),
			failed: { rule: "skipped" }
		});
		else if (typeof value === "number") results.push({
			name: label,
			...amountOf({
				value,
				unitText: ""
			}, {
				base: unitOf(name),
				factor: 1
			})
		});
		else return fault("unreadable", {
			rule: "unread-of",
			value: quotedValue(value),
			name: quotedLine(label)
		});
	}
	return success(results);
}
const MOST_ROWS = 1e4;
function unitOf(name) {
	const own = name.slice(name.lastIndexOf(".") + 1);
	if (/^(?:time|timeraw)_/i.test(own)) return "s";
	return /^(?:peak)?mem_/i.test(own) ? "B" : "";
}
function combinations(parameters) {
	let labels = [""];
	for (const values of parameters) {
		if (!Array.isArray(values) || labels.length * values.length > MOST_ROWS) return [];
		labels = labels.flatMap((label) => values.map((value) => label === "" ? String(value) : `${label}, ${String(value)}`));
	}
	return labels;
}
// src/core/harness/bencher.ts
const bencher = {
	name: "bencher",
	title: "Bencher's metric format",
	boundByTime: false,
	recognises: (output) => output.documents.some(isMetrics),
	read(output) {
		const results = [];
		for (const document of output.documents.filter(isMetrics)) for (const [name, measures] of Object.entries(membersOf(document))) {
			const all = Object.entries(membersOf(measures));
			const main = all.find(([measure]) => UNITS$1[measure]) ?? all[0];
			const metrics = {};
			for (const [measure, metric] of all) {
				const value = numberAt(metric, "value");
				const known = METRICS$1[measure];
				if (known) metrics[known] = value;
				if (measure === main[0]) results.push({
					...measureOf(name, measure, value),
					metrics
				});
				else if (!known) results.push(measureOf(`${name} (${measure})`, measure, value));
			}
		}
		if (results.length > 1e4) return fault("flood", {
			rule: "too-many-measures",
			count: results.length,
			first: quotedLine(results[0].name)
		});
		return success(results);
	}
};
const UNITS$1 = {
	latency: {
		unit: "s",
		factor: 1e-9
	},
	throughput: {
		unit: "ops/s",
		factor: 1
	},
	"file-size": {
		unit: "B",
		factor: 1
	},
	memory: {
		unit: "B",
		factor: 1
	},
	"build-time": {
		unit: "s",
		factor: 1
	}
};
const METRICS$1 = {
	allocations: "allocations",
	instructions: "instructions"
};
const RATE = /throughput|bandwidth|per[-_ ](?:s|sec|second)\b|\b(?:[rqtfi]?ps|iops|ops|hz)\b/i;
const UNSURE = /score|accuracy|hits?\b|ratio|percent/i;
function measureOf(name, measure, value) {
	const { unit, factor } = UNITS$1[measure] ?? {
		unit: RATE.test(measure) ? "ops/s" : "",
		factor: 1
	};
	const unitText = readUnit(measure)?.base === "" ? measure : "";
	const failed = {
		rule: "unknown-direction",
		measure: quotedLine(measure)
	};
	return {
		name,
		...amountOf({
			value,
			unitText
		}, {
			base: unit,
			factor
		}),
		...UNITS$1[measure] === void 0 && unit === "" && UNSURE.test(measure) && { failed }
	};
}
function isMetrics(document) {
	const rows = Object.values(membersOf(document) ?? {});
	return rows.length > 0 && rows.every((row) => {
		const measures = Object.values(membersOf(row) ?? {});
		return measures.length > 0 && measures.every((measure) => typeof memberOf(measure, "value") === "number");
	});
}
// src/core/harness/catch2.ts
const catch2 = {
	name: "catch2",
	title: "Catch2",
	boundByTime: true,
	recognises: (output) => /<Catch(?:2TestRun)?[ >]/.test(output.text.slice(0, 4096)) || output.lines.some((line) => HEADER$5.test(line)) || isJson(output),
	read(output) {
		if (output.text.includes("<BenchmarkResults")) return readXml(output.text);
		if (isJson(output)) return fault("silent", { rule: "catch2-json" });
		return readTable$2(output);
	},
	print: (run) => withFlag$3(run, /(?:^|\s)(?:-r|--reporter)\b/, ["-r", "xml"]),
	short: (run) => withFlag$3(run, /--benchmark-(?:samples|warmup-time)\b/, [
		"--benchmark-samples",
		"20",
		"--benchmark-warmup-time",
		"10"
	]),
	select(run, names) {
		return withFlag$3(run, /(?!)/, [[...new Set(names.map((name) => name.split(SEPARATOR$2)[0]))].map((name) => name.replace(/[\\,[\]*"]/g, "\\$&")).join(",")]);
	}
};
function isJson({ text, documents }) {
	return text.includes("\"catch2-version\"") && documents.some((each) => textAt(memberOf(each, "metadata"), "catch2-version") !== void 0);
}
const SEPARATOR$2 = " › ";
function withFlag$3(run, given, words) {
	if (given.test(run.command)) return void 0;
	const command = withArguments(run.command, words);
	return command === void 0 ? void 0 : {
		...run,
		command
	};
}
const ELEMENT = /<(TestCase|BenchmarkResults|mean|failed)\b([^<>]{0,4000})>|<\/(BenchmarkResults)>|<failed\b[^<>]{0,4000}>/g;
function readXml(text) {
	const results = [];
	let test = "";
	let benchmark;
	let iterations;
	for (const [, element, attributes = "", closing] of text.matchAll(ELEMENT)) {
		if (element === "TestCase") test = attribute(attributes, "name") ?? "";
		else if (element === "BenchmarkResults") {
			benchmark = attribute(attributes, "name") ?? "";
			const [samples, each] = [attribute(attributes, "samples"), attribute(attributes, "iterations")].map(Number);
			iterations = samples * each > 0 ? samples * each : void 0;
		} else if (element === "mean" && benchmark !== void 0) {
			const digits = attribute(attributes, "value") ?? "";
			const value = readNumber(digits);
			if (value === void 0) return unread(quotedLine(`<mean${attributes}>`), "value");
			const name = nameOf$3(test, benchmark);
			const amount = amountOf({
				value,
				digits
			}, NANOSECONDS);
			results.push({
				name,
				...amount,
				...iterations !== void 0 && { iterations }
			});
		} else if (element === "failed" && benchmark !== void 0) results.push({
			name: nameOf$3(test, benchmark),
			value: 0,
			unit: "s",
			failed: {
				rule: "threw",
				text: quotedLine(attribute(attributes, "message") ?? "")
			}
		});
		if (closing) benchmark = void 0;
	}
	return success(results);
}
const nameOf$3 = (test, benchmark) => test === "" ? benchmark : `${test}${SEPARATOR$2}${benchmark}`;
const ENTITIES = {
	lt: "<",
	gt: ">",
	amp: "&",
	quot: "\"",
	apos: "'"
};
function attribute(attributes, name) {
	return (new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1])?.replace(/&(\w+);/g, (whole, entity) => ENTITIES[entity] ?? whole);
}
const HEADER$5 = /^benchmark name\s+samples\s+iterations\s+(?:estimated|est run time)/;
const FIRST = /^(\S.*?)\s{2,}(\d+)\s+(\d+)\s+(\S+ \S+)\s*$/;
const MEAN = /^\s+(-?[\d.]+) (\S+)\s+(-?[\d.]+) (\S+)\s+(-?[\d.]+) (\S+)\s*$/;
const RULE = /^-{70,}$/;
const DEEPEST = 20;
function readTable$2({ lines }) {
	const results = [];
	let test = "";
	let pending;
	for (const [at, line] of lines.entries()) {
		if (RULE.test(line)) test = titleAt(lines, at + 1) ?? test;
		const first = FIRST.exec(line);
		if (first) {
			const name = [...wrappedBefore(lines, at), first[1]].join(" ");
			pending = {
				name: nameOf$3(test, name),
				iterations: Number(first[2]) * Number(first[3])
			};
			continue;
		}
		const mean = pending && MEAN.exec(line);
		if (mean) {
			const [value, unit] = [readNumber(mean[1]), readUnit(mean[2])];
			if (value === void 0 || !unit) return unread(quotedLine(line), "mean-with-unit");
			results.push({
				name: pending.name,
				...amountOf({
					value,
					digits: mean[1]
				}, unit),
				...pending.iterations > 0 && { iterations: pending.iterations }
			});
			pending = void 0;
		}
	}
	return success(results);
}
function wrappedBefore(lines, at) {
	let from = at;
	while (from > 0 && at - from < DEEPEST && /^\S/.test(lines[from - 1]) && !RULE.test(lines[from - 1])) from--;
	return lines.slice(from, at).map((line) => line.trim());
}
function titleAt(lines, at) {
	const title = lines[at];
	if (title === void 0 || !/^\S/.test(title) || RULE.test(title)) return void 0;
	for (let next = at + 1; next < at + DEEPEST && next < lines.length; next++) {
		if (RULE.test(lines[next])) return title.trim();
		if (!/^ {2}\S|^ {4}/.test(lines[next])) return void 0;
	}
}
// src/core/harness/select-names.ts
function anyOf(names) {
	return `^(${names.map(escaped$1).join("|")})$`;
}
function escaped$1(name) {
	return name.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
// src/core/harness/criterion.ts
const criterion = {
	name: "criterion",
	title: "Criterion.rs",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => TIME$2.test(line)) || output.documents.some(isMessage),
	read: (output) => output.documents.some(isMessage) ? readMessages(output) : readText$3(output),
	short: (run) => withFlag$2(run, /--(?:measurement-time|warm-up-time|sample-size|quick)\b/, [
		"--warm-up-time",
		"0.1",
		"--measurement-time",
		"0.3",
		"--sample-size",
		"10"
	]),
	list: {
		arrange: (run) => withFlag$2(run, / -- .*--(?:test|profile-time)\b/, ["--list"]),
		read: (output) => output.lines.flatMap((line) => /^(\S.*): benchmark$/.exec(line.trimEnd())?.[1] ?? [])
	},
	select: (run, names) => / -- (?:.* )?[^-\s]/.test(run.command.replace(WITH_VALUE, "")) ? void 0 : withFlag$2(run, /(?!)/, [anyOf(names)])
};
const PRINTS_AS_LIBTEST = /\s--output-format[= ]bencher\b/;
const WITH_VALUE = / (?:-[cbs]|--(?:color|colour|save-baseline|baseline(?:-lenient)?|load-baseline|sample-size|warm-up-time|measurement-time|nresamples|noise-threshold|confidence-level|significance-level|profile-time|plotting-backend|output-format|format))[= ][^\s;|&]+/g;
function withFlag$2(run, given, words) {
	if (given.test(run.command)) return void 0;
	const command = withArgumentsAfterDashes(run.command, words);
	return command === void 0 ? void 0 : {
		...run,
		command
	};
}
const TIME$2 = /^(.*?)\s*\btime:\s+\[(\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\]\s*$/;
function readText$3({ lines }) {
	const results = [];
	for (const [at, line] of lines.entries()) {
		const found = TIME$2.exec(line);
		if (!found) continue;
		const name = found[1].trim() || nameBefore(lines, at);
		const [value, unit] = [readNumber(found[4]), readUnit(found[5])];
		if (name === void 0 || value === void 0 || !unit) return unread(quotedLine(line), "name-or-time");
		results.push({
			name,
			...amountOf({
				value,
				digits: found[4]
			}, unit)
		});
	}
	return success(results);
}
const BUSY = /^(?:Benchmarking |Warning:|Unable to complete|Gnuplot|Found \d|\s)/;
function nameBefore(lines, at) {
	for (let before = at - 1; before >= Math.max(0, at - 8); before--) {
		const line = lines[before];
		if (line.trim() !== "" && !BUSY.test(line)) return line.trim();
	}
}
function isMessage(document) {
	return textAt(document, "reason") === "benchmark-complete" && textAt(document, "id") !== void 0;
}
function readMessages({ documents }) {
	const results = [];
	for (const message of documents.filter(isMessage)) {
		const typical = membersOf(memberOf(message, "typical")) ?? memberOf(message, "median") ?? memberOf(message, "mean");
		const [value, unit] = [numberAt(typical, "estimate"), readUnit(textAt(typical, "unit") ?? "ns")];
		const name = textAt(message, "id");
		if (value === void 0 || !unit) return fault("unreadable", {
			rule: "no-estimate",
			name: quotedLine(name)
		});
		const counts = memberOf(message, "iteration_count");
		const iterations = Array.isArray(counts) ? counts.reduce((sum, each) => sum + Number(each), 0) : 0;
		results.push({
			name,
			...amountOf({ value }, unit),
			...iterations > 0 && { iterations }
		});
	}
	return success(results);
}
// src/core/harness/divan.ts
const divan = {
	name: "divan",
	title: "Divan",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => HEADER$4.test(line)),
	read: readTree,
	short: (run) => withVariables(run, /--(?:max-time|sample-count)\b/, {
		DIVAN_MAX_TIME: "0.1",
		DIVAN_SAMPLE_COUNT: "50"
	}),
	select(run, names) {
		const paths = names.map((name) => escaped$1(name.replaceAll(SEPARATOR$1, "::"))).join("|");
		const command = withArgumentsAfterDashes(run.command, [`^([^:]+::)?(${paths})$`]);
		return command === void 0 ? void 0 : {
			...run,
			command
		};
	},
	exactly: (run, count) => withVariables(run, /--(?:sample-count|sample-size)\b/, {
		DIVAN_SAMPLE_COUNT: "1",
		DIVAN_SAMPLE_SIZE: `${count}`
	})
};
const SEPARATOR$1 = "/";
function withVariables(run, given, variables) {
	return given.test(run.command) ? void 0 : {
		...run,
		env: {
			...run.env,
			...variables
		}
	};
}
const HEADER$4 = /^(\S+)\s+fastest\s+│\s*slowest\s+│\s*median\s+│\s*mean\s+│\s*samples\s+│\s*iters/;
const BRANCH = /^((?:│ {2}| {3})*)(?:├─|╰─) (.*)$/;
function readTree({ lines }) {
	const results = [];
	const crates = new Set(lines.flatMap((line) => HEADER$4.exec(line)?.[1] ?? []));
	let path = [];
	let open = false;
	let about;
	for (const line of lines) {
		const header = HEADER$4.exec(line);
		if (header) {
			path = [header[1]];
			open = true;
			continue;
		}
		const branch = open ? BRANCH.exec(line) : void 0;
		if (!branch) {
			const last = results.at(-1);
			if (open && last) {
				const more = allocatedIn(line, about);
				about = more.about;
				if (more.metric) results[results.length - 1] = {
					...last,
					metrics: {
						...last.metrics,
						...more.metric
					}
				};
			}
			continue;
		}
		about = void 0;
		const depth = branch[1].length / 3;
		const [first, ...columns] = branch[2].split("│");
		const cell = /^(.*?)(?:\s{2,}(\S+(?: \S+)?)\s*)?$/.exec(first.trimEnd());
		path = [...path.slice(0, depth + 1), cell[1].trim()];
		if (cell[2] === "(ignored)") continue;
		if (cell[2] === void 0 || columns.length < 4) continue;
		const [, median, , , iters] = columns.map((column) => column.trim());
		const [number, unitText] = (median ?? "").split(" ");
		const [value, unit] = [readNumber(number ?? ""), readUnit(unitText ?? "\0")];
		if (value === void 0 || !unit) return unread(quotedLine(line), "median-time");
		const iterations = readNumber(iters ?? "");
		results.push({
			name: (crates.size > 1 ? path : path.slice(1)).join(SEPARATOR$1),
			...amountOf({
				value,
				digits: number
			}, unit),
			...iterations !== void 0 && iterations > 0 && { iterations }
		});
	}
	return success(results);
}
function allocatedIn(line, about) {
	const cells = line.split("│").map((cell) => cell.trim());
	if (cells.length < COLUMNS$1) return {};
	if (cells.at(-COLUMNS$1) === "alloc:") return { about: "allocations" };
	if (about === void 0) return {};
	const [digits = "", unitText = ""] = cells.at(MEDIAN - COLUMNS$1).split(" ");
	const [value, unit] = [readNumber(digits), readUnit(unitText)];
	if (value === void 0 || unit?.base !== (about === "allocations" ? "" : "B")) return {};
	return {
		metric: { [about]: value * unit.factor },
		about: about === "allocations" ? "allocated-bytes" : void 0
	};
}
const COLUMNS$1 = 6;
const MEDIAN = 2;
// src/core/harness/go-test.ts
const goTest = {
	name: "go",
	title: "go test -bench",
	boundByTime: true,
	repeats: true,
	ownsCommand: (command) => /\bgo test\b.*\s-(?:test\.)?bench\b/.test(command) || /-test\.bench\b/.test(command),
	recognises: (output) => wholeLines(linesOf$1(output)).some((line) => LINE$3.test(line)),
	read(output) {
		const lines = linesOf$1(output);
		const packages = new Set(lines.flatMap((line) => line.startsWith("pkg: ") ? [line.slice(5).trim()] : []));
		const results = [];
		let from = "";
		for (const line of wholeLines(lines)) {
			if (line.startsWith("pkg: ")) from = packages.size > 1 ? `${line.slice(5).trim()}.` : "";
			const failing = FAILED$1.exec(line);
			if (failing) results.push({
				name: `${from}${failing[1]}`,
				value: 0,
				unit: "s",
				failed: { rule: "failed" }
			});
			const found = LINE$3.exec(line);
			if (!found) continue;
			const name = `${from}${found[1]}`;
			const result = resultOf$1(name, Number(found[2]), found[3]);
			if (result.ok) results.push(result.value);
			else results.push({
				name,
				value: 0,
				unit: "s",
				failed: result.fault(quotedLine(line))
			});
		}
		return success(withoutProcessors(results));
	},
	print: (run) => withFlag$1(run, "benchmem", []),
	short: (run) => withFlag$1(run, "benchtime", ["50ms"]),
	exactly: (run, count) => withFlag$1(run, "benchtime", [`${count}x`]),
	select(run, names) {
		const paths = names.map((name) => name.slice(name.lastIndexOf(".Benchmark") + 1).split("/"));
		const levels = Math.max(...paths.map((path) => path.length));
		const pattern = Array.from({ length: levels }, (_, level) => {
			const at = [...new Set(paths.flatMap((path) => path[level] ?? []))];
			return paths.some((path) => path.length <= level) ? "" : `^(${at.map(escaped$1).join("|")})(-\\d+)?$`;
		});
		const whole = pattern.slice(0, pattern.indexOf("") < 0 ? levels : pattern.indexOf(""));
		return withFlag$1({
			...run,
			command: withoutBench(run.command)
		}, "bench", [whole.join("/")]);
	}
};
function withFlag$1(run, flag, value) {
	const part = benchmarkPart(run.command);
	if (part === void 0 || / -args\b/.test(part) || new RegExp(` --?(?:test\\.)?${flag}\\b`).test(part)) return void 0;
	const binary = !/\bgo test\b/.test(part);
	const command = withArguments(run.command, [[`-${binary ? "test." : ""}${flag}`, ...value].join("=")]);
	return command === void 0 ? void 0 : {
		...run,
		command
	};
}
function withoutBench(command) {
	return command.replace(/ --?(?:test\.)?bench(?:=| )(?:'[^']*'|"[^"]*"|\S+)/, "");
}
function linesOf$1(output) {
	if (!output.lines.some((line) => EVENT.test(line))) return output.lines;
	const texts = new Map();
	for (const event of output.documents) {
		const text = textAt(event, "Action") === "output" ? textAt(event, "Output") : void 0;
		if (text === void 0) continue;
		const from = textAt(event, "Package") ?? "";
		const pieces = texts.get(from);
		if (pieces) pieces.push(text);
		else texts.set(from, [text]);
	}
	return [...texts.values()].flatMap((pieces) => pieces.join("").split("\n"));
}
const EVENT = /^\{.*"Action":"output".*"Output":"/;
const LINE$3 = /^(Benchmark\S*)\s+(\d+)\s+(-?[\d.].*)$/;
const OPENED = /^(Benchmark\S*)[ \t]*\t(.*)$/;
const REST = /(?:^|\D)(\d+)\t\s*(-?[\d.]\S* \S+\/op\b.*)$/;
const UNMEASURED = /^\s*--- (?:SKIP|FAIL|BENCH)\b/;
function wholeLines(lines) {
	const whole = [];
	let open;
	const close = () => {
		if (open !== void 0) whole.push(`--- FAIL: ${open}`);
		open = void 0;
	};
	for (const line of lines) {
		const opened = LINE$3.test(line) ? void 0 : OPENED.exec(line);
		if (opened || line.startsWith("Benchmark")) close();
		if (opened) open = opened[1];
		const rest = open === void 0 ? void 0 : REST.exec(line);
		if (rest) whole.push(`${open} ${rest[1]} ${rest[2]}`);
		else if (!opened) whole.push(line);
		if (rest || (opened ? UNMEASURED.test(opened[2]) : UNMEASURED.test(line))) open = void 0;
	}
	close();
	return whole;
}
const FAILED$1 = /^\s*--- FAIL: (Benchmark\S*)/;
const METRICS = {
	"B/op": "allocated-bytes",
	"allocs/op": "allocations"
};
function resultOf$1(name, iterations, rest) {
	const words = rest.trim().split(/\s+/);
	let main;
	const metrics = {};
	for (let at = 0; at + 1 < words.length; at += 2) {
		const [digits, text] = [words[at], words[at + 1]];
		const value = readNumber(digits);
		if (value === void 0) return failed((text) => ({
			rule: "unread-word",
			text,
			word: quotedLine(digits)
		}));
		const metric = METRICS[text];
		const unit = readUnit(text);
		if (metric) metrics[metric] = value;
		else if (text === "ns/op") main = {
			value,
			digits,
			unit
		};
		else if (!main && unit && !words.includes("ns/op")) main = {
			value,
			digits,
			unit
		};
	}
	if (!main) return failed((text) => ({
		rule: "unread",
		text,
		lacks: "known-value"
	}));
	return success({
		name,
		...amountOf(main, main.unit),
		...iterations > 0 && { iterations },
		...Object.keys(metrics).length > 0 && { metrics }
	});
}
function withoutProcessors(results) {
	const endings = new Set(results.flatMap(({ name, failed }) => failed === void 0 ? [/-\d+$/.exec(name)?.[0] ?? ""] : []));
	const [ending] = endings;
	if (endings.size !== 1 || !ending) return results;
	return results.map((result) => result.name.endsWith(ending) ? {
		...result,
		name: result.name.slice(0, -ending.length)
	} : result);
}
// src/core/harness/google-benchmark.ts
const googleBenchmark = {
	name: "google-benchmark",
	title: "Google Benchmark",
	boundByTime: true,
	repeats: true,
	recognises: (output) => documentsOf(output).length > 0 || tableAt(output) >= 0 || csvAt(output) >= 0,
	read(output) {
		const documents = documentsOf(output);
		if (documents.length > 0) return success(apart(documents.flatMap(readDocument)));
		const start = tableAt(output);
		const csv = csvAt(output);
		if (csv >= 0) return readCsv$1(output.lines.slice(csv));
		if (start < 0) return fault("unreadable", {
			rule: "no-output-of",
			harness: "Google Benchmark"
		});
		return readTable$1(output.lines.slice(start + 1));
	},
	print: (run) => withFlag(run, "format", "json"),
	short: (run) => withFlag(run, "min_time", "0.02"),
	select: (run, names) => withFlag(run, "filter", anyOf(names)),
	exactly: (run, count) => withFlag(run, "min_time", `${count}x`),
	list: {
		arrange: (run) => withFlag(run, "list_tests", "true"),
		read: (output) => output.lines.map((line) => line.trim()).filter((line) => line !== "")
	}
};
function withFlag(run, flag, value) {
	if (new RegExp(`--benchmark_${flag}\\b`).test(run.command)) return void 0;
	return {
		...run,
		env: {
			...run.env,
			[`BENCHMARK_${flag.toUpperCase()}`]: value
		}
	};
}
function documentsOf(output) {
	return output.documents.filter((document) => Array.isArray(memberOf(document, "benchmarks")) && typeof memberOf(document, "context") === "object" && memberOf(document, "machine_info") === void 0 && listAt(document, "benchmarks").every((each) => typeof memberOf(each, "name") === "string"));
}
function apart(placed) {
	const owners = new Map();
	for (const { result, of } of placed) owners.set(result.name, (owners.get(result.name) ?? new Set()).add(of));
	return placed.map(({ result }) => {
		const { size } = owners.get(result.name);
		return size === 1 ? result : {
			...result,
			failed: {
				rule: "same-name",
				count: size
			}
		};
	});
}
function readDocument(document, at) {
	const all = listAt(document, "benchmarks");
	const kind = kinds(new Set(all.flatMap((row) => textAt(row, "name") ?? [])));
	const rows = all.map((row) => ({
		row,
		...typedKind(row, kind)
	}));
	const repeated = new Set(rows.flatMap(({ aggregate, name }) => aggregate === void 0 ? [name] : []));
	return rows.flatMap(({ row, name, aggregate }) => {
		if (aggregate !== void 0 && (repeated.has(name) || aggregate !== "median")) return [];
		const of = [
			at,
			numberAt(row, "family_index"),
			numberAt(row, "per_family_instance_index")
		].join();
		const result = resultOf(row, name);
		return [{
			result: aggregate === void 0 ? result : withoutIterations(result),
			of
		}];
	});
}
function withoutIterations({ iterations: _, ...result }) {
	return result;
}
function typedKind(row, kind) {
	const name = textAt(row, "name");
	const type = textAt(row, "run_type");
	if (type === void 0) return kind(name);
	if (type !== "aggregate") return { name };
	return {
		name: textAt(row, "run_name") ?? name,
		aggregate: textAt(row, "aggregate_name") ?? ""
	};
}
const AGGREGATE = /^(.*)_(mean|median|stddev|cv)$/;
function kinds(known) {
	return (name) => {
		const told = AGGREGATE.exec(name);
		return told && [
			"mean",
			"median",
			"stddev"
		].every((each) => known.has(`${told[1]}_${each}`)) ? {
			name: told[1],
			aggregate: told[2]
		} : { name };
	};
}
function resultOf(row, name) {
	if (memberOf(row, "error_occurred") === true) return {
		name,
		value: 0,
		unit: "s",
		failed: {
			rule: "reported",
			text: quotedLine(textAt(row, "error_message") ?? "")
		}
	};
	if (memberOf(row, "skipped") === true) return {
		name,
		value: 0,
		unit: "s",
		failed: {
			rule: "skipped-for",
			text: quotedLine(textAt(row, "skip_message") ?? "")
		}
	};
	const unit = readUnit(textAt(row, "time_unit") ?? "ns");
	const real = numberAt(row, "real_time");
	const cpu = numberAt(row, "cpu_time");
	const iterations = numberAt(row, "iterations");
	if (unit === void 0 || real === void 0) return {
		name,
		value: 0,
		unit: "s",
		failed: {
			rule: "no-readable-time",
			text: quotedValue(row)
		}
	};
	const allocations = numberAt(row, "allocs_per_iter");
	const metrics = {
		...cpu !== void 0 && { "cpu-time": cpu * unit.factor },
		...allocations !== void 0 && { allocations }
	};
	return {
		name,
		...amountOf({ value: real }, unit),
		...iterations !== void 0 && iterations > 0 && { iterations },
		...Object.keys(metrics).length > 0 && { metrics },
		...cpu !== void 0 && cpuStepOf({ value: cpu }, unit)
	};
}
function cpuStepOf(...printed) {
	const { step } = amountOf(...printed);
	return step ? { cpuStep: step } : {};
}
const HEADER$3 = /^Benchmark\s+Time(?:\s+CPU)?\s+Iterations/;
function tableAt({ lines }) {
	return lines.findIndex((line) => HEADER$3.test(line));
}
const ROW$1 = /^(\S.*?)\s+(-?[\d.,]\S*|-?nan|-?inf) (ns|us|µs|ms|s)\s+(\S+) (?:ns|us|µs|ms|s)(?:\s+(\d+))?(?=\s|$)/i;
const ERROR = /^(\S.*?)\s+ERROR OCCURRED: '(.*)'$/;
const SKIPPED = /^(\S.*?)\s+SKIPPED: '(.*)'$/;
function readTable$1(lines) {
	const results = [];
	const counts = countsOf(lines.flatMap((line) => ROW$1.exec(line)?.[1] ?? []));
	const kind = kinds(counts);
	for (const line of lines) {
		const [failed, skipped] = [ERROR.exec(line), SKIPPED.exec(line)];
		if (failed) results.push({
			name: failed[1],
			value: 0,
			unit: "s",
			failed: {
				rule: "reported",
				text: quotedLine(failed[2])
			}
		});
		if (skipped) results.push({
			name: skipped[1],
			value: 0,
			unit: "s",
			failed: {
				rule: "skipped-for",
				text: quotedLine(skipped[2])
			}
		});
		const row = ROW$1.exec(line);
		if (!row) continue;
		const [, printed, time, unitText, cpu, iterations] = row;
		const { name, aggregate } = kind(printed);
		if (aggregate !== void 0 && (aggregate !== "median" || counts.has(name))) continue;
		const unit = readUnit(unitText);
		const value = readNumber(time);
		if (value === void 0) return unread(quotedLine(line), "time");
		const cpuValue = readNumber(cpu);
		results.push({
			name,
			...amountOf({
				value,
				digits: time
			}, unit),
			...aggregate === void 0 && Number(iterations) > 0 && { iterations: Number(iterations) },
			...cpuValue !== void 0 && {
				metrics: { "cpu-time": cpuValue * unit.factor },
				...cpuStepOf({
					value: cpuValue,
					digits: cpu
				}, unit)
			}
		});
	}
	return success(repeatedOnly(results, counts));
}
function countsOf(names) {
	const counts = new Map();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
function repeatedOnly(results, counts) {
	return results.map((result) => {
		const count = counts.get(result.name) ?? 1;
		return count === 1 || counts.get(`${result.name}_mean`) === 1 ? result : {
			...result,
			failed: {
				rule: "same-name",
				count
			}
		};
	});
}
const CSV$1 = /^"?name"?,"?iterations"?,"?real_time"?,"?cpu_time"?,"?time_unit"?(?:,|$)/;
function csvAt({ lines }) {
	return lines.findIndex((line) => CSV$1.test(line));
}
function readCsv$1([header, ...lines]) {
	const columns = cellsOf$2(header);
	const rows = lines.filter((line) => line.trim() !== "").map((line) => ({
		line,
		cells: cellsOf$2(line)
	}));
	const counts = countsOf(rows.map(({ cells }) => cells[0]));
	const kind = kinds(counts);
	const results = [];
	for (const { line, cells } of rows) {
		const cell = (column) => cells[columns.indexOf(column)] ?? "";
		if (CSV$1.test(line) || cells.length < columns.length - 1 || /_(?:BigO|RMS)$/.test(cells[0])) continue;
		const { name, aggregate } = kind(cells[0]);
		if (aggregate !== void 0 && (aggregate !== "median" || counts.has(name))) continue;
		if (cell("error_occurred") === "true") {
			const failed = {
				rule: "reported",
				text: quotedLine(cell("error_message"))
			};
			results.push({
				name,
				value: 0,
				unit: "s",
				failed
			});
			continue;
		}
		const [real, cpu, unit] = [
			readNumber(cell("real_time")),
			readNumber(cell("cpu_time")),
			readUnit(cell("time_unit"))
		];
		if (real === void 0 || unit?.base !== "s") return unread(quotedLine(line), "time-or-unit");
		const iterations = Number(cell("iterations"));
		results.push({
			name,
			...amountOf({
				value: real,
				digits: cell("real_time")
			}, unit),
			...aggregate === void 0 && iterations > 0 && { iterations },
			...cpu !== void 0 && {
				metrics: { "cpu-time": cpu * unit.factor },
				...cpuStepOf({
					value: cpu,
					digits: cell("cpu_time")
				}, unit)
			}
		});
	}
	return success(repeatedOnly(results, counts));
}
function cellsOf$2(line) {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll("\"\"", "\"") ?? plain);
}
// src/core/harness/through-file.ts
function throughFile(run, options, { fresh = true } = {}) {
	const marked = withArguments(run.command, [...options, MARK]);
	if (marked === void 0) return void 0;
	const command = marked.replace(MARK, `"$${VARIABLE}"`);
	const made = fresh ? "mktemp -u" : "mktemp";
	return {
		...run,
		command: `${VARIABLE}=$(${made})\n{ ${command}; } >&2\ncat "$${VARIABLE}"\nrm -f "$${VARIABLE}"`
	};
}
const VARIABLE = "PERF_VERDICT_RESULTS";
const MARK = "PERF-VERDICT-RESULTS-FILE";
// src/core/harness/hyperfine.ts
const hyperfine = {
	name: "hyperfine",
	title: "hyperfine",
	boundByTime: false,
	recognises: (output) => output.lines.some((line) => TIME$1.test(line)) || output.documents.some(isExport),
	read(output) {
		const documents = output.documents.filter(isExport);
		return documents.length > 0 ? readDocuments$4(documents) : readText$2(output);
	},
	print: (run) => /--export-json\b/.test(run.command) ? void 0 : throughFile(run, ["--export-json"]),
	short(run) {
		if (/\s(?:-r|--runs|-m|--min-runs|-M|--max-runs)\b/.test(run.command)) return void 0;
		const command = withArguments(run.command, ["--runs", "3"]);
		return command === void 0 ? void 0 : {
			...run,
			command
		};
	}
};
function isExport(document) {
	const results = listAt(document, "results");
	return results.length > 0 && results.every((each) => textAt(each, "command") !== void 0 && numberAt(each, "mean") !== void 0);
}
const IN_SECONDS = {
	...SECONDS,
	named: true
};
function readDocuments$4(documents) {
	const results = [];
	for (const row of documents.flatMap((document) => listAt(document, "results"))) {
		const times = listAt(row, "times").filter((each) => typeof each === "number");
		const value = times.length > 0 ? median(times) : numberAt(row, "median") ?? numberAt(row, "mean");
		const step = finest((times.length > 0 ? times : [value]).map((each) => stepOf(String(each), IN_SECONDS)));
		const failed = listAt(row, "exit_codes").find((code) => code !== 0);
		const parameters = Object.entries(memberOf(row, "parameters") ?? {}).map(([name, each]) => `${name}=${String(each)}`);
		const command = textAt(row, "command");
		const [user, system] = [numberAt(row, "user"), numberAt(row, "system")];
		const metrics = { ...user !== void 0 && system !== void 0 && { "cpu-time": user + system } };
		results.push({
			name: parameters.length > 0 && !command.includes(parameters[0]) ? `${command} (${parameters.join(", ")})` : command,
			value,
			unit: "s",
			...step && { step },
			metrics,
			...failed !== void 0 && { failed: failed === null ? { rule: "killed" } : {
				rule: "program-exited",
				code: String(failed)
			} }
		});
	}
	return success(results);
}
const NAME$1 = /^Benchmark (?:#?\d+): (.*)$/;
const TIME$1 = /^\s+Time \((?:mean ± σ|abs ≡)\):\s+(\S+) (\S+)(?: ±\s+\S+ \S+)?/;
const CPU$1 = /\[User: (\S+) (\S+), System: (\S+) (\S+)\]/;
function readText$2({ lines }) {
	const results = [];
	let name;
	for (const line of lines) {
		name = NAME$1.exec(line)?.[1] ?? name;
		if (/Warning: Ignoring non-zero exit code/.test(line) && results.length > 0) results[results.length - 1] = {
			...results.at(-1),
			failed: { rule: "exit-ignored" }
		};
		const found = TIME$1.exec(line);
		if (!found) continue;
		const [value, unit] = [readNumber(found[1]), readUnit(found[2])];
		if (name === void 0 || value === void 0 || !unit) return unread(quotedLine(line), "name-value-unit");
		const cpu = CPU$1.exec(line);
		const [user, system] = [cpuPart(cpu?.[1], cpu?.[2]), cpuPart(cpu?.[3], cpu?.[4])];
		const cpuStep = sumStep(user?.step, system?.step);
		results.push({
			name,
			...amountOf({
				value,
				digits: found[1]
			}, unit),
			...user !== void 0 && system !== void 0 && {
				metrics: { "cpu-time": user.value + system.value },
				...cpuStep && { cpuStep }
			}
		});
	}
	return success(results);
}
function cpuPart(digits = "", unit = "\0") {
	const [value, known] = [readNumber(digits), readUnit(unit)];
	return value === void 0 || !known ? void 0 : amountOf({
		value,
		digits
	}, known);
}
function sumStep(one, other) {
	return one && other && {
		size: one.size + other.size,
		factor: Math.max(one.factor, other.factor)
	};
}
// src/core/harness/jmh.ts
const jmh = {
	name: "jmh",
	title: "JMH",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => HEADER$2.test(line)) || output.documents.some(isList),
	read(output) {
		const documents = output.documents.filter(isList);
		return documents.length > 0 ? readDocuments$3(documents.flat()) : readTable(output);
	},
	print: (run) => /\s-rff?\b/.test(run.command) || !/\bjava\b/.test(run.command) ? void 0 : throughFile(run, [
		"-rf",
		"json",
		"-rff"
	]),
	short: (run) => withOptions$1(run, /\s-(?:f|wi|i|w|r)\b/, [
		"-f",
		"1",
		"-wi",
		"2",
		"-w",
		"200ms",
		"-i",
		"3",
		"-r",
		"200ms"
	]),
	select: (run, names) => withOptions$1(run, /(?!)/, [`(^|\\.)(${[...new Set(names.map((name) => name.replace(/[ (].*$/s, "")))].map(escaped$1).join("|")})$`])
};
function withOptions$1(run, given, words) {
	if (given.test(run.command) || !/\bjava\b/.test(run.command)) return void 0;
	const command = withArguments(run.command, words);
	return command === void 0 ? void 0 : {
		...run,
		command
	};
}
function isList(document) {
	return Array.isArray(document) && document.length > 0 && document.every((each) => textAt(each, "benchmark") !== void 0 && memberOf(each, "primaryMetric") !== void 0);
}
function readDocuments$3(rows) {
	const results = [];
	const modes = new Set(rows.map((row) => textAt(row, "mode")));
	for (const row of rows) {
		const metric = memberOf(row, "primaryMetric");
		const [value, unit] = [numberAt(metric, "score"), scoreUnit(textAt(metric, "scoreUnit") ?? "\0")];
		const parameters = Object.entries(membersOf(memberOf(row, "params")) ?? {}).map(([name, each]) => `${name}=${String(each)}`);
		const name = rowName(textAt(row, "benchmark"), parameters, modes.size > 1 ? textAt(row, "mode") : void 0);
		if (value === void 0 || !unit) return unread(quotedLine(name), "score");
		const bytes = numberAt(memberOf(memberOf(row, "secondaryMetrics"), "·gc.alloc.rate.norm") ?? memberOf(memberOf(row, "secondaryMetrics"), "gc.alloc.rate.norm"), "score");
		const samples = listAt(metric, "rawData").flatMap((each) => Array.isArray(each) ? each : []);
		results.push({
			name,
			...amountOf({ value: Number.isFinite(value) || samples.length === 0 ? value : NaN }, unit),
			...bytes !== void 0 && bytes >= 0 && { metrics: { "allocated-bytes": bytes } }
		});
	}
	return success(results);
}
function scoreUnit(text) {
	const rate = /^ops\/(ns|us|ms|s|min|hr|day)$/.exec(text);
	if (!rate) return readUnit(text.replace(/^hr\//, "h/"));
	return {
		base: "ops/s",
		factor: 1 / {
			ns: 1e-9,
			us: 1e-6,
			ms: .001,
			s: 1,
			min: 60,
			hr: 3600,
			day: 86400
		}[rate[1]]
	};
}
function rowName(benchmark, parameters, mode) {
	const described = [...parameters, ...mode === void 0 ? [] : [mode]];
	return described.length === 0 ? benchmark : `${benchmark} (${described.join(", ")})`;
}
const keyOf = (benchmark, cells) => [benchmark, ...cells.slice(0, -3)].join(" ");
const HEADER$2 = /^Benchmark\s+(?:\(\S+\)\s+)*Mode\s+Cnt\s+Score\s+(?:Error\s+)?Units\s*$/;
function readTable({ lines }) {
	const results = [];
	let parameters;
	const rows = [];
	for (const line of lines) {
		if (HEADER$2.test(line)) {
			parameters = [...line.matchAll(/\((\S+)\)/g)].map((found) => found[1]);
			continue;
		}
		if (parameters === void 0) continue;
		if (line.trim() === "") break;
		rows.push(line.replace(/ ±\s*\S+/, "").trim().split(/\s+/));
	}
	const names = parameters ?? [];
	const allocated = new Map(rows.flatMap(([benchmark = "", ...cells]) => {
		const of = /^(.+):·?gc\.alloc\.rate\.norm$/.exec(benchmark)?.[1];
		const bytes = readNumber((cells.at(-2) ?? "").replace(",", "."));
		return of === void 0 || bytes === void 0 || bytes < 0 ? [] : [[keyOf(of, cells), bytes]];
	}));
	const modes = new Set(rows.map((cells) => cells[1 + names.length]));
	for (const cells of rows) {
		const [benchmark, ...rest] = cells;
		const given = rest.slice(0, names.length);
		if (benchmark.includes(":")) continue;
		const [mode] = rest.slice(names.length);
		const digits = (rest.at(-2) ?? "").replace(",", ".");
		const [value, unit] = [readNumber(digits), scoreUnit(rest.at(-1) ?? "")];
		const name = rowName(benchmark, names.map((name, at) => `${name}=${given[at]}`).filter((each) => !each.endsWith("=N/A")), modes.size > 1 ? mode : void 0);
		if (!unit) return unread(quotedLine(cells.join(" ")), "score-in-table");
		if (value === void 0) {
			const failed = {
				rule: "unread",
				text: quotedLine(cells.join(" ")),
				lacks: "score-in-table"
			};
			results.push({
				name,
				value: 0,
				unit: unit.base,
				failed
			});
			continue;
		}
		const bytes = allocated.get(keyOf(benchmark, rest));
		const metrics = bytes !== void 0 && { metrics: { "allocated-bytes": bytes } };
		results.push({
			name,
			...amountOf({
				value,
				digits
			}, unit),
			...metrics
		});
	}
	return success(results);
}
// src/core/harness/libtest.ts
const libtest = {
	name: "libtest",
	title: "libtest",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => LINE$2.test(line)) || output.documents.some(isEvent),
	read(output) {
		const results = [];
		for (const event of output.documents.filter(isEvent)) results.push({
			name: textAt(event, "name"),
			...amountOf({ value: numberAt(event, "median") }, NANOSECONDS)
		});
		if (results.length > 0) return success(results);
		for (const line of output.lines) {
			const failed = FAILED.exec(line);
			if (failed) results.push({
				name: failed[1],
				value: 0,
				unit: "s",
				failed: { rule: "failed" }
			});
			const found = LINE$2.exec(line);
			if (!found) continue;
			const value = readNumber(found[2]);
			if (value === void 0) return unread(quotedLine(line), "time");
			results.push({
				name: found[1],
				...amountOf({
					value,
					digits: found[2]
				}, NANOSECONDS)
			});
		}
		return success(results);
	},
	list: {
		arrange(run) {
			const command = withArgumentsAfterDashes(run.command, ["--list"]);
			return command === void 0 ? void 0 : {
				...run,
				command
			};
		},
		read: (output) => output.lines.flatMap((line) => /^(\S.*): bench(?:mark)?$/.exec(line.trim())?.[1] ?? [])
	},
	short: (run) => PRINTS_AS_LIBTEST.test(run.command) ? criterion.short(run) : void 0,
	select(run, names) {
		if (PRINTS_AS_LIBTEST.test(run.command)) return criterion.select(run, names);
		const command = withArgumentsAfterDashes(run.command, ["--exact", ...names]);
		return command === void 0 ? void 0 : {
			...run,
			command
		};
	}
};
const LINE$2 = /^test (\S.*?)\s+\.\.\. bench:\s+(\S+) ns\/iter \(\+\/- \S+\)/;
const FAILED = /^test (\S.*?)\s+\.\.\. FAILED$/;
function isEvent(document) {
	return memberOf(document, "type") === "bench" && textAt(document, "name") !== void 0 && numberAt(document, "median") !== void 0;
}
// src/core/harness/lines.ts
const lines = {
	name: "lines",
	title: "lines of NAME VALUE UNIT",
	boundByTime: false,
	repeats: true,
	recognises: () => false,
	read(output) {
		const results = [];
		for (const line of output.lines) {
			const found = line.length > LONGEST ? null : LINE$1.exec(line.replace(NARROW, "_"));
			if (!found) {
				if (line.length <= LONGEST && hasUnreadValue(line)) return noNumber(line);
				continue;
			}
			const [, name, number, unitText = ""] = found;
			const value = readNumber(number);
			const unit = readUnit(unitText);
			if (value === void 0 && unitText !== "" && unit) return noNumber(line);
			if (value === void 0) continue;
			if (THOUSANDS.test(number)) return noNumber(line);
			if (unit === void 0) return fault("unit", {
				rule: "unknown-unit",
				text: quotedLine(line),
				unit: quotedLine(unitText)
			});
			if (unit.base === "" ? RESULT_BEFORE.test(name) : MORE.test(name)) return severalOn(line);
			if (unit.base === "s" && TIME_BEFORE.test(name)) return severalOn(line);
			results.push({
				name: name.trim(),
				...amountOf({
					value,
					digits: number,
					unitText
				}, unit)
			});
		}
		return success(results);
	}
};
const WORD = "(?:[nuµμm]?s|sec|[kKMGT]i?B|ops|req)(?:/\\w+)?";
const LONGEST = 1e3;
const LINE$1 = /^\s*(\S(?:.{0,500}?\S)??)(?:\s*[:=]\s+|=|\s+)([+-]?[\d.,_']*\d(?:\.|[eE][+-]?\d+)?|nan|inf)\s*((?:[kMGT] )?[\p{L}%]\S{0,30}(?: per \p{L}{1,20})?)?\s*$/iu;
const NARROW = /(?<=\d)[\u00a0\u2009\u202f](?=\d{3})/g;
const UNREAD = /(?:[\s=]([+-]?(?:\d[\w.,_'’]*|infinity))\s+|(?::|[~<>≈±]\s?)[+-]?\d[\d.,_'’]*\s*)(\p{L}[\p{L}/]{0,15})\s*$/iu;
const THOUSANDS = /^0\d/;
function hasUnreadValue(line) {
	const unit = readUnit(UNREAD.exec(line)?.[2] ?? "");
	return unit !== void 0 && unit.base !== "";
}
const MORE = new RegExp(`±|\\+/-|=[\\d.,]*\\d ?${WORD}(?![\\p{L}\\d])|(?<![\\p{L}\\d.])\\d[\\d,]*\\.\\d+ ?${WORD}(?![\\p{L}\\d])`, "u");
const RESULT_BEFORE = new RegExp(`±|\\+/-|(?<![\\p{L}\\d.])\\d[\\d.,]* ?[\\p{L}]{1,12}/op(?![\\p{L}])|${MORE.source}`, "u");
const TIME_BEFORE = /(?<![\p{L}\d.])\d[\d.,]* (?:[nuµμm]s|s|sec)(?:\/\w+)?(?![\p{L}\d])/u;
const severalOn = (line) => fault("ambiguous", {
	rule: "unread",
	text: quotedLine(line),
	lacks: "one-value"
});
const noNumber = (line) => unread(quotedLine(line), "readable-value");
// src/core/harness/named-values.ts
const customJson = {
	name: "github-action-benchmark",
	title: "github-action-benchmark's custom JSON",
	boundByTime: false,
	recognises: (output) => output.documents.some(isCustomList),
	read: (output) => readRows(output.documents.filter(isCustomList).flat())
};
const jsonLines = {
	name: "json-lines",
	title: "JSON lines",
	boundByTime: false,
	repeats: true,
	recognises: () => false,
	read: (output) => readRows(rowsOf(output))
};
function rowsOf({ documents }) {
	return documents.flat().filter((each) => {
		if (namedIn(each) === void 0) return false;
		return measuredIn(each) !== void 0 || unitIn(each) !== void 0 || memberOf(each, "value") === null;
	});
}
function isCustomList(document) {
	return Array.isArray(document) && document.length > 0 && document.every((each) => textAt(each, "name") !== void 0 && textAt(each, "unit") !== void 0 && memberOf(each, "value") !== void 0);
}
function readRows(rows) {
	const results = [];
	for (const row of rows) {
		const name = namedIn(row);
		const measured = measuredIn(row);
		const found = measured && asNumber(measured);
		if (!found) {
			results.push({
				name,
				value: 0,
				unit: "s",
				failed: {
					rule: "unread",
					text: quotedValue(row),
					lacks: "value"
				}
			});
			continue;
		}
		const unit = readUnit(found.unit);
		const text = quotedValue(row);
		if (!unit) {
			results.push({
				...NONE,
				name,
				failed: {
					rule: "unknown-unit",
					text,
					unit: quotedLine(found.unit)
				}
			});
			continue;
		}
		if (typeof found.value !== "number") {
			results.push({
				...NONE,
				name,
				failed: {
					rule: "unread",
					text,
					lacks: "number"
				}
			});
			continue;
		}
		const iterations = numberAt(row, "iterations") ?? numberAt(row, "iters");
		results.push({
			name,
			...amountOf({
				value: found.value,
				unitText: found.unit,
				...found.digits !== void 0 && { digits: found.digits }
			}, unit),
			...iterations !== void 0 && iterations > 0 && { iterations }
		});
	}
	return success(results);
}
const NONE = {
	value: 0,
	unit: "s"
};
function asNumber(measured) {
	if (typeof measured.value !== "string") return measured;
	const [, digits = "", unitText = ""] = /^\s*([+-]?[\d.,]*\d(?:[eE][+-]?\d+)?)\s*(\S{0,30})\s*$/.exec(measured.value) ?? [];
	const value = readNumber(digits);
	if (value === void 0 || unitText !== "" && measured.unit !== "") return measured;
	return {
		value,
		digits,
		unit: unitText === "" ? measured.unit : unitText
	};
}
const NAMES = [
	"name",
	"benchmark",
	"bench",
	"id",
	"title",
	"test"
];
const VALUES = [
	"value",
	"median",
	"mean",
	"avg",
	"time",
	"duration",
	"elapsed",
	"latency",
	"real_time",
	"result"
];
const RATES = [
	"throughput",
	"ops_per_sec",
	"ops_per_second",
	"rps",
	"hz"
];
const UNIT_MEMBERS = [
	"unit",
	"units",
	"time_unit"
];
const ENDINGS = [
	"ns",
	"us",
	"ms",
	"s",
	"seconds",
	"sec",
	"bytes",
	"ops_per_sec"
];
function namedIn(row) {
	return NAMES.map((name) => textAt(row, name)).find((name) => name !== void 0);
}
function measuredIn(row) {
	const members = membersOf(row);
	if (!members) return void 0;
	const unit = unitIn(row);
	for (const name of VALUES) {
		const value = memberOf(row, name);
		if (value !== void 0 && value !== null && typeof value !== "object") return {
			value,
			unit: unit ?? ""
		};
		for (const ending of ENDINGS) {
			const suffixed = memberOf(row, `${name}_${ending}`);
			if (typeof suffixed === "number") return {
				value: suffixed,
				unit: unit ?? ending.replace("ops_per_sec", "ops/s")
			};
		}
	}
	const rate = RATES.find((name) => typeof memberOf(row, name) === "number");
	if (rate !== void 0) return {
		value: memberOf(row, rate),
		unit: unit ?? "ops/s"
	};
	const score = memberOf(row, "score");
	if (typeof score === "number") return {
		value: score,
		unit: unit ?? "score"
	};
	const own = Object.keys(members).find((key) => typeof members[key] === "number" && isUnit(key.replace(/_per_/, "/")));
	return own === void 0 ? void 0 : {
		value: members[own],
		unit: own.replace(/_per_/, "/")
	};
}
const isUnit = (text) => text.length > 1 && (readUnit(text)?.base ?? "") !== "";
function unitIn(row) {
	return UNIT_MEMBERS.map((name) => textAt(row, name)).find((name) => name !== void 0);
}
// src/core/harness/nanobench.ts
const nanobench = {
	name: "nanobench",
	title: "nanobench",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => isHeader$1(cellsOf$1(line)) || CSV.test(line)) || output.documents.some(isDocument$2),
	read(output) {
		const documents = output.documents.filter(isDocument$2);
		if (documents.length > 0) return readDocuments$2(documents);
		const csv = output.lines.findIndex((line) => CSV.test(line));
		return csv < 0 ? readTables$2(output) : readCsv(output.lines.slice(csv + 1));
	}
};
function isDocument$2(document) {
	const results = listAt(document, "results");
	return results.length > 0 && results.every((each) => textAt(each, "name") !== void 0 && memberOf(each, "median(elapsed)") !== void 0);
}
function readDocuments$2(documents) {
	const results = [];
	for (const row of documents.flatMap((document) => listAt(document, "results"))) {
		const name = textAt(row, "name");
		const measured = listAt(row, "measurements").flatMap((each) => numberAt(each, "elapsed") ?? []);
		const value = numberAt(row, "median(elapsed)") ?? (measured.length > 0 ? median(measured) : void 0);
		if (value === void 0) return unread(quotedLine(name), "median");
		const instructions = numberAt(row, "median(instructions)");
		const iterations = numberAt(row, "sum(iterations)") ?? listAt(row, "measurements").reduce((sum, each) => sum + (numberAt(each, "iterations") ?? 0), 0);
		results.push({
			name,
			...amountOf({ value }, SECONDS),
			...iterations > 0 && { iterations },
			...instructions !== void 0 && instructions > 0 && { metrics: { instructions } }
		});
	}
	return success(results);
}
const CSV = /^"title";"name";"unit";"batch";"elapsed";/;
const CSV_ROW = /^"(.*?)";"(.*)";"([^"]*)";([^;"]+);([^;"]+);([^;"]*);([^;"]*);/;
function readCsv(lines) {
	const results = [];
	for (const line of lines) {
		const row = CSV_ROW.exec(line);
		if (!row) {
			if (line.startsWith("\"") && !CSV.test(line)) return unread(quotedLine(line), "csv-row");
			continue;
		}
		const [value, instructions] = [readNumber(row[5]), readNumber(row[7])];
		if (value === void 0) return unread(quotedLine(line), "time");
		const counted = instructions !== void 0 && instructions > 0;
		results.push({
			name: row[2],
			...amountOf({
				value,
				digits: row[5]
			}, SECONDS),
			...counted && { metrics: { instructions } }
		});
	}
	return success(results);
}
function cellsOf$1(line) {
	if (!line.startsWith("|")) return [];
	return line.split("|").slice(1).map((cell) => cell.trim());
}
const TIME = /^(ps|ns|us|µs|ms|s)\/(\S+)$/;
function isHeader$1(cells) {
	return cells.some((cell) => TIME.test(cell)) && cells.includes("err%") && cells.includes("total");
}
function readTables$2({ lines }) {
	const results = [];
	let columns;
	for (const line of lines) {
		const cells = cellsOf$1(line);
		if (cells.length === 0) {
			columns = void 0;
			continue;
		}
		if (isHeader$1(cells)) {
			columns = cells;
			continue;
		}
		if (!columns || /^-+:?$/.test(cells[0]) || cells.length < columns.length) continue;
		const at = columns.findIndex((column) => TIME.test(column));
		const unit = readUnit(TIME.exec(columns[at])[1]);
		const value = readNumber(cells[at]);
		const name = cells.slice(columns.length - 1).join(" | ").replace(/^:wavy_dash:\s*/, "").replace(/\s*\(Unstable with.*$/, "").replace(/^`(.*)`$/, "$1");
		if (value === void 0) return unread(quotedLine(line), "time");
		const ins = columns.findIndex((column) => /^ins\//.test(column));
		const instructions = ins < 0 ? void 0 : readNumber(cells[ins]);
		results.push({
			name,
			...amountOf({
				value,
				digits: cells[at]
			}, unit),
			...instructions !== void 0 && { metrics: { instructions } }
		});
	}
	return success(results);
}
// src/core/harness/pyperf.ts
const pyperf = {
	name: "pyperf",
	title: "pyperf",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => LINE.test(line)) || output.documents.some(isSuite),
	read(output) {
		const suites = output.documents.filter(isSuite);
		return suites.length > 0 ? readSuites(suites) : readText$1(output);
	},
	print: (run) => /\s(?:-o|--output|--append)\b/.test(run.command) ? void 0 : throughFile(run, ["-q", "-o"]),
	short(run) {
		if (/\s(?:--fast|--rigorous|-p|--processes|-n|--values|-w|--warmups|--min-time)\b/.test(run.command)) return void 0;
		const command = withArguments(run.command, [
			"--processes",
			"2",
			"--values",
			"3",
			"--warmups",
			"1",
			"--min-time",
			"0.02"
		]);
		return command === void 0 ? void 0 : {
			...run,
			command
		};
	}
};
function isSuite(document) {
	return listAt(document, "benchmarks").some((each) => listAt(each, "runs").some(isRun)) && memberOf(document, "machine_info") === void 0;
}
const isRun = (run) => Array.isArray(memberOf(run, "values")) || Array.isArray(memberOf(run, "warmups"));
const UNITS = {
	second: "s",
	byte: "B",
	integer: ""
};
function readSuites(suites) {
	const results = [];
	for (const suite of suites) for (const benchmark of listAt(suite, "benchmarks")) {
		const described = [memberOf(benchmark, "metadata"), memberOf(suite, "metadata")];
		const name = described.map((each) => textAt(each, "name")).find((each) => each !== void 0) ?? "benchmark";
		const unit = UNITS[described.map((each) => textAt(each, "unit")).find((each) => each !== void 0) ?? "second"];
		const values = listAt(benchmark, "runs").flatMap((run) => listAt(run, "values"));
		const numbers = values.filter((value) => typeof value === "number");
		if (unit === void 0 || numbers.length === 0 || numbers.length < values.length) return unread(quotedLine(name), "values");
		const of = {
			base: unit,
			factor: 1,
			named: true
		};
		const step = finest(numbers.map((number) => stepOf(String(number), of)));
		results.push({
			name,
			value: median(numbers),
			unit,
			...step && { step },
			...iterationsOf(described, numbers.length)
		});
	}
	return success(results);
}
function iterationsOf(described, values) {
	const loops = described.map((each) => numberAt(each, "loops")).find((each) => each !== void 0);
	const inner = described.map((each) => numberAt(each, "inner_loops")).find((each) => each !== void 0) ?? 1;
	return loops !== void 0 && loops > 0 ? { iterations: loops * inner * values } : {};
}
const LINE = /^(\S.*?): (?:Mean|Median) \+- (?:std dev|MAD): (\S+) (\S+) \+- \S+ \S+$/;
function readText$1({ lines }) {
	const results = [];
	for (const line of lines) {
		const found = LINE.exec(line.trimEnd());
		if (!found) continue;
		const [value, unit] = [readNumber(found[2]), readUnit(found[3])];
		if (value === void 0 || !unit) return unread(quotedLine(line), "value-or-unit");
		results.push({
			name: found[1],
			...amountOf({
				value,
				digits: found[2]
			}, unit)
		});
	}
	return success(results);
}
// src/core/harness/pytest-benchmark.ts
const pytestBenchmark = {
	name: "pytest-benchmark",
	title: "pytest-benchmark",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => HEADER$1.test(line)) || output.documents.some(isDocument$1),
	read(output) {
		const documents = output.documents.filter(isDocument$1);
		return documents.length > 0 ? readDocuments$1(documents) : readTables$1(output);
	},
	short: (run) => withOptions(run, /--benchmark-(?:max-time|min-rounds|min-time)\b/, [
		"--benchmark-max-time=0.1",
		"--benchmark-min-rounds=3",
		"--benchmark-min-time=0.000005"
	]),
	select(run, names) {
		const tests = [...new Set(names.map((name) => name.replace(/\[.*$/s, "")))];
		if (!tests.every((test) => /^\w+$/.test(test))) return void 0;
		return withOptions(run, /(?:^|\s)-k\b/, [`-k '${tests.join(" or ")}'`]);
	}
};
function withOptions(run, given, options) {
	if (given.test(run.command)) return void 0;
	const words = [run.env?.PYTEST_ADDOPTS, ...options].filter((word) => word !== void 0);
	return {
		...run,
		env: {
			...run.env,
			PYTEST_ADDOPTS: words.join(" ")
		}
	};
}
function isDocument$1(document) {
	const rows = listAt(document, "benchmarks");
	return memberOf(document, "machine_info") !== void 0 && rows.every((row) => memberOf(row, "stats") !== void 0);
}
function readDocuments$1(documents) {
	const results = [];
	for (const row of documents.flatMap((document) => listAt(document, "benchmarks"))) {
		const name = textAt(row, "name");
		const stats = memberOf(row, "stats");
		const value = numberAt(stats, "median");
		if (name === void 0 || value === void 0) return fault("unreadable", {
			rule: "no-name-or-median",
			text: quotedValue(row)
		});
		const [rounds, each] = [numberAt(stats, "rounds") ?? 0, numberAt(stats, "iterations") ?? 0];
		results.push({
			name,
			...amountOf({ value }, SECONDS),
			...rounds * each > 0 && { iterations: rounds * each }
		});
	}
	return success(results);
}
const HEADER$1 = /^Name \(time in (\S+)\)\s+(.*)$/;
function readTables$1({ lines }) {
	const results = [];
	let table;
	for (const line of lines) {
		const header = HEADER$1.exec(line);
		if (header) {
			const unit = readUnit(header[1]);
			const columns = header[2].trim().split(/\s{2,}|\s(?=[A-Z])/);
			if (!unit || !columns.includes("Median")) return unread(quotedLine(line), "median-column");
			table = {
				columns,
				factor: unit.factor
			};
			continue;
		}
		if (!table || /^-+$/.test(line)) continue;
		if (line.trim() === "") {
			table = void 0;
			continue;
		}
		const row = readRow(line, table);
		if (!row) return unread(quotedLine(line), "table-row");
		results.push(row);
	}
	return success(results);
}
const FIGURES = /\s+(?:\d+;\d+|-?(?:[\d,]+\.?\d*|inf|nan)(?: \([^()]*\))?)/g;
function readRow(line, { columns, factor }) {
	const own = (line.match(FIGURES) ?? []).slice(-columns.length);
	if (own.length < columns.length) return void 0;
	const figures = own.join("");
	const name = line.slice(0, line.length - figures.length).trim();
	const digitsOf = (column) => (own[columns.indexOf(column)] ?? "").replace(/\(.*$/, "");
	const cell = (column) => readNumber(digitsOf(column));
	const value = cell("Median");
	if (name === "" || !line.endsWith(figures) || value === void 0) return void 0;
	const [rounds, each] = [cell("Rounds") ?? 0, cell("Iterations") ?? 0];
	return {
		name,
		...amountOf({
			value,
			digits: digitsOf("Median")
		}, {
			base: "s",
			factor
		}),
		...rounds * each > 0 && { iterations: rounds * each }
	};
}
// src/core/harness/tinybench.ts
const tinybench = {
	name: "tinybench",
	title: "tinybench",
	boundByTime: true,
	recognises: (output) => output.lines.some((line) => isHeader(cellsOf(line))),
	read({ lines }) {
		const results = [];
		let columns;
		for (const line of lines) {
			const cells = cellsOf(line);
			if (cells.length === 0) continue;
			if (isHeader(cells)) {
				columns = cells;
				continue;
			}
			if (columns && cells.length > columns.length) return unread(quotedLine(line), "fewer-cells");
			if (!columns || cells.length !== columns.length) continue;
			const at = COLUMNS.map((pattern) => columns.findIndex((column) => pattern.test(column))).find((index) => index >= 0);
			const unit = readUnit(/\((\S+)\)/.exec(columns[at])?.[1] ?? "\0");
			const digits = unquoted(cells[at]).replace(/\s*±.*$/, "");
			const value = readNumber(digits);
			const name = unquoted(cells[columns.findIndex((column) => NAME.test(column))]);
			if (value === void 0 || !unit) {
				const failed = columns.findIndex((column) => /^Error$/i.test(column));
				if (failed >= 0) results.push({
					name,
					value: 0,
					unit: "s",
					failed: {
						rule: "failed-with",
						text: quotedLine(cells[failed])
					}
				});
				else return fault("unreadable", {
					rule: "unread-cell",
					text: quotedLine(line),
					column: columns[at]
				});
				continue;
			}
			const samples = readNumber(cells[columns.findIndex((column) => /^Samples$/i.test(column))] ?? "");
			results.push({
				name,
				...amountOf({
					value,
					digits
				}, unit),
				...samples !== void 0 && samples > 0 && { iterations: samples }
			});
		}
		return success(results);
	}
};
const NAME = /^Task name$/i;
const COLUMNS = [
	/^Latency med(?:ian)? \(/i,
	/^Latency avg|^Latency average/i,
	/^Average Time \(/i
];
function cellsOf(line) {
	if (!line.startsWith("│")) return [];
	return line.split("│").slice(1, -1).map((cell) => cell.trim());
}
function isHeader(cells) {
	return cells.some((cell) => NAME.test(cell)) && COLUMNS.some((pattern) => cells.some((cell) => pattern.test(cell)));
}
function unquoted(cell) {
	return /^'.*'$|^".*"$/.test(cell) ? cell.slice(1, -1) : cell;
}
// src/core/harness/vitest.ts
const vitest = {
	name: "vitest",
	title: "vitest bench",
	boundByTime: true,
	ownsCommand: (command) => /\bvitest\b.*\sbench\b/.test(command),
	recognises: (output) => output.lines.some((line) => HEADER.test(line)) || output.documents.some(isDocument),
	read(output) {
		const documents = output.documents.filter(isDocument);
		return documents.length > 0 ? readDocuments(documents) : readTables(output);
	},
	print(run) {
		if (/\s--(?:no-)?cache\b/.test(run.command)) return void 0;
		const part = benchmarkPart(run.command) ?? "";
		const command = (/^npm\s/.test(part) ? withArgumentsAfterDashes : withArguments)(run.command, ["--no-cache"]);
		return command === void 0 ? void 0 : {
			...run,
			command
		};
	}
};
const SEPARATOR = " > ";
const HEADER = /^\s+name\s+hz\s+min\s+max\s+mean\s+p75\s+p99/;
const TITLE = /^(\s*)[✓✔√×❯]\s+(?:\|[^|]*\|\s+|\S+\s{2,})?(\S.*?)(?:\s+\d+(?:\.\d+)?m?s)?\s*$/;
const COUNT = /\s+\(\d+(?: tests?\b[^)]*)?\)$/;
const FILE_COUNT = /\s\(\d+ tests?\b[^)]*\)$/;
const ROW = /^\s+(?:[·•]\s+)?(\S.*?)\s{2,}([\d,.]+|NaN)\s+[\d,.NaN]+\s+[\d,.NaN]+\s+[\d,.NaN]+\s/;
function readTables({ lines }) {
	const results = [];
	let path = [];
	let tree = false;
	let inTable = false;
	for (const line of lines) {
		const title = TITLE.exec(line);
		if (title) {
			const [, { length: indent }, text] = title;
			if (indent <= (path[0]?.indent ?? indent)) tree = FILE_COUNT.test(text);
			const name = tree ? text.replace(COUNT, "") : text;
			path = [...path.filter((above) => tree && above.indent < indent), {
				indent,
				name
			}];
		}
		const row = inTable ? ROW.exec(line) : null;
		inTable = HEADER.test(line) || inTable && !title && line.trim() !== "";
		if (!row) continue;
		const hertz = readNumber(row[2]);
		if (hertz === void 0 || hertz <= 0) return unread(quotedLine(line), "rate");
		const name = [...path.map(({ name }) => name), row[1]].join(SEPARATOR);
		const rate = stepOf(row[2], {
			base: "ops/s",
			factor: 1,
			named: true
		});
		const step = rate && { step: {
			size: rate.size / hertz ** 2,
			factor: 1
		} };
		results.push({
			name,
			value: 1 / hertz,
			unit: "s",
			...step
		});
	}
	if (results.length === 0 && lines.some((line) => /^ ?RUN\s+v0\./.test(line))) return fault("silent", { rule: "vitest-0" });
	return success(results);
}
function isDocument(document) {
	const files = listAt(document, "files");
	return files.length > 0 && files.every((file) => textAt(file, "filepath") !== void 0 && Array.isArray(memberOf(file, "groups")));
}
const MILLISECONDS = {
	base: "s",
	factor: .001
};
function readDocuments(documents) {
	const results = [];
	for (const group of documents.flatMap((document) => listAt(document, "files")).flatMap((file) => listAt(file, "groups"))) for (const row of listAt(group, "benchmarks")) {
		const mean = numberAt(row, "median") ?? numberAt(row, "mean");
		const name = `${textAt(group, "fullName") ?? ""}${SEPARATOR}${textAt(row, "name") ?? ""}`;
		if (mean === void 0) return unread(quotedLine(name), "mean");
		const samples = numberAt(row, "sampleCount");
		results.push({
			name,
			...amountOf({ value: mean }, MILLISECONDS),
			...samples !== void 0 && samples > 0 && { iterations: samples }
		});
	}
	return success(results);
}
// src/core/harness/table.ts
const HARNESSES = {
	"google-benchmark": googleBenchmark,
	catch2,
	nanobench,
	criterion,
	divan,
	libtest,
	go: goTest,
	"pytest-benchmark": pytestBenchmark,
	pyperf,
	asv,
	hyperfine,
	jmh,
	vitest,
	tinybench,
	"github-action-benchmark": customJson,
	bencher,
	"json-lines": jsonLines,
	lines
};
function recognise(output) {
	return HARNESS_NAMES.map((name) => HARNESSES[name]).find((harness) => harness.recognises(output));
}
function ownerOf(command) {
	return HARNESS_NAMES.map((name) => HARNESSES[name]).find((harness) => harness.ownsCommand?.(command));
}
// src/core/harness/arrange.ts
function arrangementOf({ command, format }, wish = {}) {
	const plain = { command };
	if (format.kind !== "harness" || format.harness === "auto") return plain;
	const harness = HARNESSES[format.harness];
	const uses = (verb) => format.without?.includes(verb) !== true;
	let run = plain;
	const exact = wish.iterations === void 0 ? void 0 : harness.exactly?.(run, wish.iterations);
	if (exact) run = exact;
	else if (uses("short")) run = harness.short?.(run) ?? run;
	const rows = wish.rows ?? format.only;
	if (rows && uses("select") && fitsACommandLine(rows)) run = harness.select?.(run, rows) ?? run;
	if (uses("print")) run = harness.print?.(run) ?? run;
	return run;
}
const MOST_NAMES_CHARACTERS = 32768;
function fitsACommandLine(names) {
	return names.reduce((sum, name) => sum + name.length, 0) <= MOST_NAMES_CHARACTERS;
}
function onSide(plan, side) {
	const { format } = plan;
	if (side === "base" || format.kind !== "harness" || format.onHead === void 0) return plan;
	return {
		...plan,
		format: {
			...format,
			row: format.onHead
		}
	};
}
function aloneOf(plan) {
	const { format, countIterations: iterations } = plan;
	return arrangementOf(plan, {
		...format.kind === "harness" && format.row !== void 0 && { rows: [format.row] },
		...iterations !== void 0 && { iterations }
	});
}
function listingOf({ command, format }) {
	if (format.kind !== "harness" || format.harness === "auto") return void 0;
	const { list } = HARNESSES[format.harness];
	const run = list?.arrange({ command });
	return list && run && {
		run,
		read: list.read,
		format
	};
}
function selects({ format }) {
	if (format.kind !== "harness" || format.harness === "auto") return false;
	return HARNESSES[format.harness].select !== void 0 && format.without?.includes("select") !== true;
}
function benchmarkWords(command) {
	return [
		"bash",
		"-e",
		"-o",
		"pipefail",
		"-c",
		command
	];
}
// src/shell/profilers/run-around.ts
const STEP_OUTPUT_BYTES = 65536;
async function runAround(sandbox, job, { prepare, conclude }) {
	const outcome = (prepare === void 0 ? void 0 : await runStep(sandbox, job, ["prepare", prepare])) ?? await sandbox.run(job);
	const after = conclude === void 0 ? void 0 : await runStep(sandbox, job, ["conclude", conclude]);
	return endedWell(outcome) ? after ?? outcome : outcome;
}
async function runStep(sandbox, { tree, cwd, env, timeoutSeconds }, [step, command]) {
	const outcome = await sandbox.run({
		argv: benchmarkWords(command),
		tree,
		...cwd !== void 0 && { cwd },
		env,
		timeoutSeconds,
		outputCap: STEP_OUTPUT_BYTES
	});
	return endedWell(outcome) ? void 0 : {
		...outcome,
		failedStep: step
	};
}
const endedWell = ({ code, timedOut }) => code === 0 && !timedOut;
// src/report/limitations/counting.ts
const noPerf = {
	what: "perf is not installed, or does not run.",
	instead: "Nothing is counted by hardware; install perf for the running kernel (linux-perf, linux-tools-generic)."
};
const perfRefused = (paranoid, hasUnit) => ({
	what: `perf may not count anything here (kernel.perf_event_paranoid is ${paranoid ?? "not readable"}).`,
	instead: hasUnit ? "Instructions and cache misses can only be simulated; set kernel.perf_event_paranoid to 2 or give perf CAP_PERFMON, and in a container allow perf_event_open." : "Instructions and cache misses can only be simulated; opening perf would not change that, because this machine has no PMU."
});
function noHardwareCounts(missing, hasUnit) {
	return {
		what: `This machine cannot count by hardware: ${hasUnit ? `its PMU does not count ${missing.join(" and ")}` : "it has no PMU"}, as is usual for virtual machines.`,
		instead: "Instructions and cache misses can only be simulated here, which says nothing of time."
	};
}
const signsNotCounted = (roles) => ({
	what: `This machine does not count ${roles.join(", ")}.`,
	instead: "They are left out of the table on both sides, and a cause cannot rest on them."
});
const eventNotCounted = (event, why) => ({
	what: `${event} could not be counted: ${why}.`,
	instead: "It is left out on both sides."
});
const noInstructionsCounted = {
	what: "perf counted no instructions over the benchmark, although it did over a busy loop.",
	instead: "Its counts are not used."
};
const failedUnderPerf = (failure, side) => ({
	what: `The benchmark ${failure} under perf on ${side}.`,
	instead: "perf counted nothing."
});
const endedUnderPerf = (failure) => `the benchmark ${failure}`;
const perfSaid = (word) => {
	if (word === "unknown-event") return "perf does not know it here";
	return word === "nothing" ? "perf printed nothing" : `perf said: ${word.line}`;
};
const noIssueSlots = (side, why) => ({
	what: `Where issue slots went could not be counted on ${side}: ${why}.`,
	instead: "Top-down figures are left out on both sides."
});
const noContextSwitches = (why) => ({
	what: `Context switches were not counted: ${why === "no-tool" ? "neither perf nor GNU time can tell them" : `the benchmark did not end well under GNU time on ${why}`}.`,
	instead: "They are left out on both sides."
});
const assumedGeometry = (processor, l1i) => ({
	what: "The machine does not report its instruction cache.",
	instead: `A simulation takes l1i ${l1i}, as is usual for ${processor ?? "most processors"}; give the right one with l1i: size,ways,line.`
});
function notCounted(uncounted, { sampled }) {
	const rest = sampled ? ": only where its time goes is sampled." : ".";
	return uncounted.kind === "ends-by-the-clock" ? {
		what: `${uncounted.benchmark} is bounded by time: a run of it ends by the clock and not after a number of operations, so the totals of two runs are of different work.`,
		instead: `Nothing is counted for it${rest} Give a command that does a fixed number of operations, or name one in count-with.`
	} : {
		what: `${uncounted.harness} runs each result here for a time and not for a number of iterations, so the totals of two runs are of different work.`,
		instead: `Nothing is counted for its rows${rest} Give a command with fixed work in count-with to have them counted.`
	};
}
const noTimeToCount = (names) => ({
	what: `There was no time left to count ${names.length === 1 ? names[0] : `${names.length} benchmarks`}.`,
	instead: "The decision rests on time alone; raise budget, or name a smaller workload with count-with."
});
// src/core/processor/cpu.ts
function readCpu(cpuinfo, number) {
	return readBlock(cpuinfo.split(/\n[ \t]*\n/).find((block) => new RegExp(`^processor[ \\t]*:[ \\t]*${number}$`, "m").test(block)) ?? cpuinfo);
}
function readBlock(cpuinfo) {
	const field = (name) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.+)$`, "im").exec(cpuinfo)?.[1]?.trim();
	const number = (name) => {
		const value = Number(field(name) ?? "");
		return field(name) !== void 0 && Number.isSafeInteger(value) ? value : -1;
	};
	const maker = field("vendor_id");
	const implementer = field("CPU implementer");
	return {
		vendor: maker === "GenuineIntel" ? "intel" : maker === "AuthenticAMD" || maker === "HygonGenuine" ? "amd" : implementer !== void 0 ? "arm" : "other",
		family: number("cpu family"),
		model: number("model"),
		stepping: number("stepping"),
		microcode: number("microcode"),
		part: implementer === "0x41" ? number("CPU part") : -1,
		name: field("model name") ?? (implementer ? `ARM part ${field("CPU part") ?? "unknown"}` : "unknown")
	};
}
const HIGHEST_CPU = 8191;
function cpuList(text) {
	const cpus = [];
	for (const part of text.trim().split(",")) {
		const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim());
		if (!match) return [];
		const first = Number(match[1]);
		const last = Math.min(Number(match[2] ?? match[1]), HIGHEST_CPU);
		for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu);
	}
	return cpus;
}
// src/core/counters/pmu.ts
const isCoreUnit = ({ name }) => /^cpu(_core|_atom)?$|^armv[89]_|^apple_/.test(name);
function choosePmu(units, pinned) {
	const cores = units.filter(isCoreUnit);
	if (cores.length <= 1) return cores[0] && {
		name: cores[0].name,
		named: false
	};
	const wanted = cpuList(pinned ?? "");
	const holds = (unit) => {
		const has = new Set(cpuList(unit.cpus ?? ""));
		return wanted.length > 0 && wanted.every((cpu) => has.has(cpu));
	};
	return {
		name: (cores.find(holds) ?? cores.find(({ name }) => name === "cpu_core") ?? cores[0]).name,
		named: true
	};
}
const isSmallCore = (units, cpu) => units.some(({ name, cpus }) => name === "cpu_atom" && cpuList(cpus ?? "").includes(cpu));
const namedEvent = (event, pmu) => pmu.named ? `${pmu.name}/${event}/u` : `${event}:u`;
function specificationsOf(candidate, pmu, cpu) {
	const named = namedEvent(candidate.event, pmu);
	if (candidate.code === void 0 || !candidate.codeOn?.(cpu)) return [named];
	return [named, `${pmu.name}/${candidate.code},name=${candidate.event}/u`];
}
const ALIASES = {
	"cpu-cycles": "cycles",
	"branch-instructions": "branches",
	"cpu-migrations": "migrations",
	cs: "context-switches",
	faults: "page-faults"
};
function eventName(text) {
	const unitForm = /^[a-z0-9_]+\/(.*)\/[a-zA-Z]*$/.exec(text);
	const inner = unitForm ? unitForm[1] : text.replace(/ \[[^\]]*\]$/, "").replace(/:[a-zA-Z]+$/, "");
	const name = (/(?:^|,)name=([^,]*)/.exec(inner)?.[1] ?? inner).toLowerCase();
	return ALIASES[name] ?? name;
}
const isUserOnly = (text) => /:[a-zA-Z]*u[a-zA-Z]*$|\/[a-zA-Z]*u[a-zA-Z]*$/.test(text);
// src/core/counters/probe.ts
const isClosed = ({ refused, units }) => refused === true && choosePmu(units, void 0) !== void 0;
const opensWhileTuned = (probe) => isClosed(probe) && (probe.paranoid ?? 0) > 2;
const chosenEvents = (probe, roles) => probe.roles.flatMap(({ role, event }) => event !== void 0 && roles.includes(role) ? [{
	role,
	specification: event
}] : []);
// src/core/counters/call-table.ts
const MOST_CALLS = 3e5;
const emptyCallTable = () => ({ calls: new Map() });
function addCall({ calls }, from, to, cost) {
	const key = `${from.address} ${to.address} ${from.object}\0${to.object}`;
	const known = calls.get(key);
	if (known) known.cost += cost;
	else if (calls.size < MOST_CALLS) calls.set(key, {
		from,
		to,
		cost
	});
}
function callsOf({ calls }, named = same) {
	const place = ({ object, address }) => ({
		object: named(object),
		address
	});
	return Array.from(calls.values(), ({ from, to, cost }) => ({
		from: place(from),
		to: place(to),
		cost
	}));
}
const same = (object) => object;
// src/core/counters/cost-table.ts
const MOST_ADDRESSES = 4e6;
const OVERFLOW_OBJECT = "???";
const emptyCostTable = () => ({
	objects: new Map(),
	addresses: 0,
	total: 0,
	unplaced: 0
});
function addCost(table, object, address, cost) {
	table.total += cost.count;
	const costs = costsAt(table, object, address);
	if (!costs) {
		table.unplaced += cost.count;
		return;
	}
	costs.count += cost.count;
	costs.icacheMisses += cost.icacheMisses;
	costs.dcacheMisses += cost.dcacheMisses;
}
function costsAt(table, object, address) {
	const known = table.objects.has(object) || table.objects.size < 2e4 ? object : OVERFLOW_OBJECT;
	let addresses = table.objects.get(known);
	if (!addresses) {
		addresses = new Map();
		table.objects.set(known, addresses);
	}
	const costs = addresses.get(address);
	if (costs) return costs;
	if (table.addresses >= MOST_ADDRESSES) return void 0;
	table.addresses++;
	const fresh = {
		count: 0,
		icacheMisses: 0,
		dcacheMisses: 0
	};
	addresses.set(address, fresh);
	return fresh;
}
function profilesOf(table, simulated) {
	return [...table.objects].filter(([, costs]) => costs.size > 0).map(([object, costs]) => {
		const rows = [...costs].sort(([one], [other]) => one - other);
		const profile = {
			object,
			addresses: rows.map(([address]) => address),
			counts: rows.map(([, { count }]) => count)
		};
		if (!simulated) return profile;
		return {
			...profile,
			icacheMisses: rows.map(([, { icacheMisses }]) => icacheMisses),
			dcacheMisses: rows.map(([, { dcacheMisses }]) => dcacheMisses)
		};
	}).map((profile) => ({
		profile,
		weight: profile.counts.reduce((sum, count) => sum + count, 0)
	})).sort((one, other) => other.weight - one.weight || (one.profile.object < other.profile.object ? -1 : 1)).map(({ profile }) => profile);
}
// src/core/counters/strays.ts
const STRAY = "\0stray";
const strayOf = (object) => `${object}${STRAY}`;
const strayRule = (folders) => (object, source) => source.startsWith(`${folders.tree}/`) && object.startsWith("/") && !builtIn(folders)(object);
function builtIn(folders) {
	const own = [
		folders.tree,
		folders.home,
		folders.scratch
	].map((folder) => `${folder}/`);
	return (object) => own.some((folder) => object.startsWith(folder));
}
function settleStrays(table, files) {
	const names = [...table.objects.keys()];
	const built = names.filter((name) => files.isBuilt(name) && !name.endsWith(STRAY));
	const went = new Map();
	if (built.length === 0 && !names.some((name) => name.endsWith(STRAY))) return went;
	for (const name of names) {
		const object = name.replace(STRAY, "");
		if (!object.startsWith("/") || name === object && files.isBuilt(name)) continue;
		const addresses = [...table.objects.get(name).keys()];
		const segments = files.segmentsOf(object);
		const strays = name === object ? addresses.filter((address) => segments !== void 0 && !hasCode(segments, address)) : addresses;
		if (strays.length === 0) continue;
		const fitting = built.filter((file) => {
			const own = files.segmentsOf(file);
			return own !== void 0 && strays.every((address) => hasCode(own, address));
		});
		const owner = fitting.length === 1 ? fitting[0] : object;
		if (owner !== name) move(table, name, strays, owner);
		if (name !== object) went.set(name, owner);
	}
	return went;
}
const PF_X$1 = 1;
const hasCode = (segments, at) => segments.some(({ flags, address, memorySize }) => (flags & PF_X$1) !== 0 && at >= address && at < address + memorySize);
function move(table, from, addresses, to) {
	const costs = table.objects.get(from);
	for (const address of addresses) {
		const cost = costs.get(address);
		costs.delete(address);
		table.addresses--;
		table.total -= cost.count;
		addCost(table, to, address, cost);
	}
}
// src/core/counters/callgrind.ts
const NO_LAYOUT = {
	subpositions: 1,
	instr: false,
	events: []
};
const MOST_NAMES = 1e5;
const MOST_EVENTS = 64;
function callgrindReader(table, totals, { calls, strays } = {}) {
	const state = {
		table,
		calls,
		totals,
		names: new Map(),
		sources: new Map(),
		layout: NO_LAYOUT,
		object: "???",
		address: 0,
		functionSource: "???",
		source: "???",
		isStray: false,
		strays,
		calleeObject: void 0,
		callee: void 0,
		complete: false,
		unread: 0
	};
	return {
		line(text) {
			const first = text.charCodeAt(0);
			if (Number.isNaN(first) || first === HASH) return;
			if (startsCost(first)) return takeCost(state, text);
			const equals = text.indexOf("=");
			const colon = text.indexOf(":");
			if (equals > 0 && (colon < 0 || equals < colon)) return takeName(state, text, equals);
			takeHeader(state, text);
		},
		end: () => ({
			complete: state.complete,
			usable: state.layout.instr && ["Ir", "I1mr"].every((event) => state.layout.events.includes(event)),
			...state.creator !== void 0 && { creator: state.creator },
			unread: state.unread
		})
	};
}
function takeCost(state, text) {
	const fields = text.split(" ", MOST_EVENTS);
	const position = positionOf(fields[0], state.address);
	const counts = fields.slice(state.layout.subpositions).map(Number);
	if (position === void 0 || !counts.every(isCount)) {
		state.unread++;
		return;
	}
	state.address = position;
	const { callee } = state;
	if (callee) takeCall(state, callee, counts);
	else add(state, counts);
}
function takeCall(state, callee, counts) {
	state.callee = void 0;
	const { calls, layout, address } = state;
	const cost = counts[layout.events.indexOf("Ir")] ?? 0;
	if (calls && layout.instr && cost > 0) addCall(calls, {
		object: placeOf$1(state),
		address
	}, callee, cost);
}
function takeCallee(state, value) {
	const address = positionOf(value.split(" ", 2)[1] ?? "", state.address) ?? 0;
	state.callee = {
		object: state.calleeObject ?? state.object,
		address
	};
	state.calleeObject = void 0;
}
function takeName(state, text, equals) {
	const key = text.slice(0, equals);
	const value = text.slice(equals + 1);
	if (key === "calls") takeCallee(state, value);
	else if (key === "cob") state.calleeObject = nameOf$2(value, state.names);
	else if (key === "cfi" || key === "cfl") nameOf$2(value, state.sources);
	else if (key === "ob") settle(state, { object: nameOf$2(value, state.names) });
	else if (key === "fn") settle(state, { source: state.functionSource });
	else if (key === "fi" || key === "fe") settle(state, { source: nameOf$2(value, state.sources) });
	else if (key === "fl") {
		state.functionSource = nameOf$2(value, state.sources);
		settle(state, { source: state.functionSource });
	}
}
function settle(state, place) {
	state.object = place.object ?? state.object;
	state.source = place.source ?? state.source;
	state.isStray = state.strays?.(state.object, state.source) ?? false;
}
const placeOf$1 = ({ object, isStray }) => isStray ? strayOf(object) : object;
function takeHeader(state, text) {
	const [, key, value = ""] = /^([a-z]+):[ \t]*(.*)$/.exec(text) ?? [];
	if (key === void 0) state.unread++;
	else if (key === "positions") state.layout = {
		...state.layout,
		...positionsOf(value)
	};
	else if (key === "events") state.layout = {
		...state.layout,
		events: value.trim().split(/\s+/, MOST_EVENTS)
	};
	else if (key === "creator") state.creator = value.slice(0, 80);
	else if (key === "totals") state.complete = true;
}
const HASH = 35;
const startsCost = (code) => code >= 48 && code <= 57 || code === 43 || code === 45 || code === 42;
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
function positionOf(text, before) {
	if (text === "*") return before;
	const relative = /^[+-]\d+$/.test(text);
	if (!relative && !/^(?:0x[0-9a-f]{1,16}|\d{1,16})$/.test(text)) return void 0;
	const position = relative ? before + Number(text) : Number(text);
	return Number.isFinite(position) && position >= 0 ? position : void 0;
}
function positionsOf(value) {
	const kinds = value.trim().split(/\s+/, 8);
	return {
		subpositions: kinds.length,
		instr: kinds[0] === "instr"
	};
}
function nameOf$2(value, names) {
	const compressed = /^(\(\d{1,9}\))(?: (.*))?$/.exec(value);
	if (!compressed) return value;
	const [, id, name] = compressed;
	if (name !== void 0 && names.size < MOST_NAMES) names.set(id, name);
	return name ?? names.get(id) ?? "???";
}
function add(state, counts) {
	const { table, totals, address, layout } = state;
	let count = 0;
	let icacheMisses = 0;
	let dcacheMisses = 0;
	for (let index = 0; index < counts.length; index++) {
		const event = layout.events[index];
		const value = counts[index];
		if (event === void 0 || value === 0) continue;
		totals.set(event, (totals.get(event) ?? 0) + value);
		if (event === "Ir") count = value;
		else if (event === "I1mr") icacheMisses = value;
		else if (event === "D1mr" || event === "D1mw") dcacheMisses += value;
	}
	if (layout.instr) addCost(table, placeOf$1(state), address, {
		count,
		icacheMisses,
		dcacheMisses
	});
}
function countsOfTotals(totals) {
	const sum = (...events) => events.reduce((total, event) => total + (totals.get(event) ?? 0), 0);
	return {
		instructions: sum("Ir"),
		icacheMisses: sum("I1mr"),
		dcacheMisses: sum("D1mr", "D1mw"),
		...totals.has("DLmr") && { secondLevelMisses: sum("DLmr", "DLmw") },
		...totals.has("Bc") && {
			branches: sum("Bc"),
			branchMisses: sum("Bcm")
		}
	};
}
// src/core/sandbox/place.ts
const FOLDERS = [
	"tree",
	"home",
	"scratch"
];
function outsideOf(place, path) {
	return moved(path, place.inside, place);
}
function insideOf(place, path) {
	return moved(path, place, place.inside);
}
function moved(path, from, to) {
	for (const folder of FOLDERS) {
		if (path === from[folder]) return to[folder];
		if (path.startsWith(`${from[folder]}/`)) return `${to[folder]}${path.slice(from[folder].length)}`;
	}
	return path;
}
function inOwnTree(text, workTree, ownTree) {
	const escaped = workTree.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
	return text.replace(new RegExp(`(?<!/[\\w.@+-]+)${escaped}(?![\\w.@+-])`, "g"), () => ownTree);
}
// src/shell/files/untrusted-file.ts
const CHUNK_BYTES = 1 << 20;
async function openUntrusted(folder, name) {
	if (name.includes("/")) return void 0;
	const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
	const handle = await open(join(folder, name), flags).catch(() => void 0);
	if (!handle) return void 0;
	try {
		const stat = await handle.stat();
		const target = await readlink(`/proc/self/fd/${handle.fd}`);
		if (stat.isFile() && stat.nlink === 1 && target === join(await realpath(folder), name)) return handle;
	} catch {}
	await handle.close();
}
async function readUntrusted(folder, name, capBytes) {
	const handle = await openUntrusted(folder, name);
	if (!handle) return void 0;
	try {
		const buffer = Buffer.alloc(Math.min(capBytes, (await handle.stat()).size));
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
		return buffer.toString("utf8", 0, bytesRead);
	} finally {
		await handle.close();
	}
}
async function eachUntrustedLine(file, caps, take) {
	const handle = await openUntrusted(file.folder, file.name);
	if (!handle) return void 0;
	try {
		const lines = lineSplitter(caps.lineCharacters, take);
		const buffer = Buffer.alloc(CHUNK_BYTES);
		let total = 0;
		while (total < caps.bytes) {
			const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, caps.bytes - total), total);
			if (bytesRead === 0) break;
			total += bytesRead;
			lines.push(buffer.subarray(0, bytesRead));
		}
		lines.end();
		return total;
	} finally {
		await handle.close();
	}
}
function lineSplitter(cap, take) {
	const decoder = new StringDecoder("utf8");
	let rest = "";
	const push = (text) => {
		const pieces = text.split("\n");
		for (const [index, piece] of pieces.entries()) {
			if (rest.length < cap) rest += piece.slice(0, cap - rest.length);
			if (index < pieces.length - 1) {
				take(rest);
				rest = "";
			}
		}
	};
	return {
		push: (bytes) => push(decoder.write(bytes)),
		end: () => {
			push(decoder.end());
			if (rest !== "") take(rest);
		}
	};
}
async function untrustedNames(folder, prefix, most) {
	return (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix)).sort().slice(0, most);
}
// src/shell/profilers/run-under.ts
const OUTPUT_CAP_BYTES = 65536;
const KEEP_STATUS = "file=$1; shift; \"$@\"; code=$?; echo \"$code\" >\"$file\"; exit \"$code\"";
const scratchName = (kind) => `${kind}-${randomUUID()}`;
async function runUnder(sandbox, tool, workload) {
	const job = await runMeasured(sandbox, [...tool, ...benchmarkWords(workload.command)], workload);
	return {
		job,
		...job.code !== null && { code: job.code }
	};
}
async function runKeepingStatus(sandbox, tool, workload) {
	const status = scratchName("status");
	const place = sandbox.placeOf(workload.tree);
	const kept = [
		"sh",
		"-c",
		KEEP_STATUS,
		"sh",
		`${place.inside.scratch}/${status}`,
		...benchmarkWords(workload.command)
	];
	const job = await runMeasured(sandbox, [...tool, ...kept], workload);
	const code = /^(\d{1,3})\n/.exec(await readUntrusted(place.scratch, status, 16) ?? "")?.[1];
	return {
		job,
		...code !== void 0 && { code: Number(code) }
	};
}
const runBeside = (sandbox, argv, workload) => sandbox.run(jobOf(argv, workload));
const runMeasured = (sandbox, argv, workload) => runAround(sandbox, jobOf(argv, workload), workload.around ?? {});
function jobOf(argv, { tree, env, scheduling, timeoutSeconds }) {
	return {
		argv,
		tree,
		env,
		timeoutSeconds,
		outputCap: OUTPUT_CAP_BYTES,
		scheduling
	};
}
function failureOf({ job, code }) {
	if (job.failedStep !== void 0) return `could not be used, because its ${job.failedStep} command failed`;
	if (job.timedOut) return `ran longer than its time limit (${Math.round(job.seconds)} s)`;
	if (code !== void 0 && code > 128) return killedBy(code - 128, job.ranOut);
	if (code !== void 0 && code !== 0) return exitedWith(code, job.ranOut);
	if (code === 0) return void 0;
	return job.signal === null ? `did not finish (code ${job.code})` : killedBy(job.signal, job.ranOut);
}
// src/shell/profilers/valgrind.ts
const MOST_FILES$2 = 16384;
const MOST_BYTES = 2 ** 31;
const LINE_CAP_CHARACTERS$1 = 16384;
const LOG_CAP_BYTES = 65536;
const MOST_LOGS = 64;
const FORKS = [
	"fork",
	"__fork",
	"__libc_fork"
];
async function simulate(sandbox, { valgrind, geometry, ...tables }, workload) {
	const name = scratchName("callgrind");
	const logs = scratchName("valgrind");
	const place = sandbox.placeOf(workload.tree);
	const ended = await runUnder(sandbox, [
		valgrind,
		"--tool=callgrind",
		...[
			...optionsFor(geometry),
			`--callgrind-out-file=${place.inside.scratch}/${name}.%p`,
			`--log-file=${place.inside.scratch}/${logs}.%p`
		]
	], workload);
	const read = await readProfiles(place.scratch, name, tables);
	const log = await readLogs(place.scratch, logs);
	await runBeside(sandbox, [
		"sh",
		"-c",
		"cd \"$1\" && rm -f -- \"$2\".* \"$3\".*",
		"sh",
		place.inside.scratch,
		name,
		logs
	], workload);
	return {
		...ended,
		...read,
		log
	};
}
const optionsFor = ({ l1i, l1d, ll }) => [
	"--command-line-only=yes",
	"--vgdb=no",
	"--cache-sim=yes",
	"--branch-sim=yes",
	"--dump-instr=yes",
	"--compress-pos=no",
	"--compress-strings=no",
	"--trace-children=yes",
	...FORKS.map((name) => `--dump-before=${name}`),
	`--I1=${formatGeometry(l1i)}`,
	`--D1=${formatGeometry(l1d)}`,
	`--LL=${formatGeometry(ll)}`
];
async function readProfiles(folder, prefix, { table, totals, calls, strays }) {
	const names = await untrustedNames(folder, `${prefix}.`, 16385);
	const files = [];
	let left = MOST_BYTES;
	for (const name of names.slice(0, MOST_FILES$2)) {
		const reader = callgrindReader(table, totals, {
			calls,
			strays
		});
		const bytes = await eachUntrustedLine({
			folder,
			name
		}, {
			bytes: left,
			lineCharacters: LINE_CAP_CHARACTERS$1
		}, reader.line);
		left -= bytes ?? 0;
		files.push(reader.end());
		if (left <= 0) break;
	}
	return {
		files,
		capped: names.length > files.length
	};
}
async function readLogs(folder, prefix) {
	const names = await untrustedNames(folder, `${prefix}.`, MOST_LOGS);
	return (await Promise.all(names.map((name) => readUntrusted(folder, name, LOG_CAP_BYTES)))).join("");
}
async function valgrindVersion(tools, path) {
	const result = await tools.run({
		file: path,
		args: ["--version"],
		timeoutSeconds: 20
	}).catch(() => void 0);
	return result?.code === 0 ? /^valgrind-(\S+)/m.exec(result.stdout)?.[1] : void 0;
}
// src/core/counters/perf-probe.ts
const LEAST_PERCENT_RUNNING = 99;
const lineOf = (specification, { lines }) => lines.find(({ event }) => eventName(event) === eventName(specification));
function faultOfCount(specification, output) {
	const line = lineOf(specification, output);
	if (!line) return "perf left it out";
	if (line.value === "not-supported") return "the machine does not support it";
	if (line.value === "not-counted") return "it never got a counter";
	if (line.percentRunning < LEAST_PERCENT_RUNNING) return `it shared its counter and ran only ${line.percentRunning} % of the time`;
}
function faultOfProbe(specification, output) {
	const fault = faultOfCount(specification, output);
	if (fault !== void 0) return fault;
	return lineOf(specification, output).value === 0 ? "it counts 0 on a busy loop" : void 0;
}
function faultOfSchedulerEvent(specification, output) {
	const fault = faultOfCount(specification, output);
	if (fault !== void 0) return fault;
	return isUserOnly(lineOf(specification, output).event) ? "perf may not look into the kernel here, so that it is always 0" : void 0;
}
const LEAST_GIGAHERTZ = .05;
const MOST_GIGAHERTZ = 8;
function faultOfClock(cycles, taskClockSeconds) {
	const gigahertz = cycles / taskClockSeconds / 1e9;
	if (gigahertz >= LEAST_GIGAHERTZ && gigahertz <= MOST_GIGAHERTZ) return void 0;
	return `it counts ${gigahertz.toPrecision(2)} GHz, which no processor runs at`;
}
// src/core/counters/roles.ts
const SOFTWARE_ROLES = [
	"task-clock",
	"page-faults",
	"context-switches",
	"migrations"
];
const HARDWARE_ROLES = [
	"instructions",
	"cycles",
	"branches",
	"branch-misses",
	"icache-misses",
	"icache-loads",
	"itlb-misses",
	"front-end-stalls",
	"back-end-stalls",
	"uop-cache-misses",
	"dcache-misses"
];
const COUNT_OF_ROLE = {
	instructions: "instructions",
	cycles: "cycles",
	branches: "branches",
	"branch-misses": "branchMisses",
	"icache-misses": "icacheMisses",
	"icache-loads": "icacheLoads",
	"itlb-misses": "itlbMisses",
	"front-end-stalls": "frontEndStalls",
	"back-end-stalls": "backEndStalls",
	"uop-cache-misses": "uopCacheMisses",
	"dcache-misses": "dcacheMisses",
	"task-clock": "taskClockSeconds",
	"page-faults": "pageFaults",
	"context-switches": "contextSwitches",
	migrations: "migrations"
};
// src/core/counters/top-down.ts
const FOUR_WIDE = new Set([
	60,
	63,
	69,
	70,
	61,
	71,
	79,
	86,
	78,
	85,
	94,
	142,
	158,
	165,
	166
]);
const ZEN_4 = 6;
const ZEN_5 = 8;
const isZen4 = ({ family, model }) => family === 25 && (model >= 16 && model <= 31 || model >= 96 && model <= 175);
const TOP_DOWN_METHODS = [
	{
		id: "intel-metrics",
		on: ({ vendor }) => vendor === "intel",
		grouped: true,
		events: [
			"slots",
			"topdown-retiring",
			"topdown-bad-spec",
			"topdown-fe-bound",
			"topdown-be-bound"
		].map((name) => ({ name })),
		slots: (value) => ({
			slots: value("slots"),
			retiredSlots: value("topdown-retiring"),
			badSpeculationSlots: value("topdown-bad-spec"),
			frontEndSlots: value("topdown-fe-bound"),
			backEndSlots: value("topdown-be-bound")
		})
	},
	{
		id: "intel-slots",
		on: ({ vendor, family, model }) => vendor === "intel" && family === 6 && FOUR_WIDE.has(model),
		width: () => 4,
		events: [
			{ name: "cycles" },
			{ name: "idq_uops_not_delivered.core" },
			{ name: "uops_issued.any" },
			{ name: "uops_retired.retire_slots" },
			{ name: "int_misc.recovery_cycles" }
		],
		slots: (value, width) => {
			const slots = width * value("cycles");
			const retiredSlots = value("uops_retired.retire_slots");
			const frontEndSlots = value("idq_uops_not_delivered.core");
			const wasted = value("uops_issued.any") - retiredSlots + width * value("int_misc.recovery_cycles");
			const badSpeculationSlots = Math.max(0, wasted);
			return {
				slots,
				retiredSlots,
				badSpeculationSlots,
				frontEndSlots,
				backEndSlots: Math.max(0, slots - frontEndSlots - badSpeculationSlots - retiredSlots)
			};
		}
	},
	{
		id: "amd-slots",
		on: (cpu) => cpu.vendor === "amd" && (isZen4(cpu) || cpu.family === 26),
		width: ({ family }) => family === 26 ? ZEN_5 : ZEN_4,
		events: [
			{
				name: "ls_not_halted_cyc",
				code: "event=0x76"
			},
			{
				name: "de_no_dispatch_per_slot.no_ops_from_frontend",
				code: "event=0x1a0,umask=0x01"
			},
			{
				name: "de_no_dispatch_per_slot.backend_stalls",
				code: "event=0x1a0,umask=0x1e"
			},
			{
				name: "de_src_op_disp.all",
				code: "event=0xaa,umask=0x07"
			},
			{
				name: "ex_ret_ops",
				code: "event=0xc1"
			}
		],
		slots: (value, width) => ({
			slots: width * value("ls_not_halted_cyc"),
			retiredSlots: value("ex_ret_ops"),
			badSpeculationSlots: Math.max(0, value("de_src_op_disp.all") - value("ex_ret_ops")),
			frontEndSlots: value("de_no_dispatch_per_slot.no_ops_from_frontend"),
			backEndSlots: value("de_no_dispatch_per_slot.backend_stalls")
		})
	},
	{
		id: "arm-slots",
		on: ({ vendor }) => vendor === "arm",
		width: (_, told) => told,
		events: [
			{
				name: "cpu_cycles",
				code: "event=0x11"
			},
			{
				name: "stall_slot_frontend",
				code: "event=0x3e"
			},
			{
				name: "stall_slot_backend",
				code: "event=0x3d"
			},
			{
				name: "op_retired",
				code: "event=0x3a"
			},
			{
				name: "op_spec",
				code: "event=0x3b"
			}
		],
		slots: (value, width) => {
			const slots = width * value("cpu_cycles");
			const frontEndSlots = value("stall_slot_frontend");
			const backEndSlots = value("stall_slot_backend");
			const used = Math.max(0, slots - frontEndSlots - backEndSlots);
			const kept = value("op_spec") > 0 ? Math.min(1, value("op_retired") / value("op_spec")) : 0;
			return {
				slots,
				frontEndSlots,
				backEndSlots,
				retiredSlots: Math.round(used * kept),
				badSpeculationSlots: Math.round(used * (1 - kept))
			};
		}
	}
];
function topDownChoices(cpu, pmu, told) {
	return TOP_DOWN_METHODS.filter(({ on }) => on(cpu)).flatMap((method) => {
		const width = method.width ? method.width(cpu, told) : 1;
		if (width === void 0) return [];
		const byName = method.events.map(({ name }) => pmu.named ? `${pmu.name}/${name}/` : name);
		const byCode = method.events.map(({ name, code }) => `${pmu.name}/${code},name=${name}/`);
		return (method.events.every(({ code }) => code !== void 0) ? [byName, byCode] : [byName]).map((form) => {
			const asUser = form.map((event) => event.endsWith("/") ? `${event}u` : `${event}:u`);
			const argument = method.grouped ? `{${form.join(",")}}:u` : asUser.join(",");
			return {
				method,
				width,
				specifications: asUser,
				argument
			};
		});
	});
}
const LEAST_SUM = .6;
const MOST_SUM = 1.4;
function topDownOf({ method, width, specifications }, output) {
	for (const specification of specifications) {
		const fault = faultOfCount(specification, output);
		if (fault !== void 0) return failed(`${specification}: ${fault}`);
	}
	const found = method.slots((name) => Number(lineOf(name, output)?.value ?? 0), width);
	const { slots, retiredSlots, badSpeculationSlots, frontEndSlots, backEndSlots } = found;
	if (slots <= 0) return failed("it counts no slots");
	const sum = (retiredSlots + badSpeculationSlots + frontEndSlots + backEndSlots) / slots;
	return sum >= LEAST_SUM && sum <= MOST_SUM ? success(found) : failed(`the parts sum to ${Math.round(sum * 100)} % of the slots`);
}
// src/core/counters/branch-records.ts
const RECORD = /^0x([0-9a-f]{1,16})\/0x([0-9a-f]{1,16})\/[^/]*\/[^/]*\/[^/]*\/(\d{1,9})(?:\/|$)/;
const LONGEST_STACK = 256;
function readBranchStack(text) {
	const records = [];
	for (const word of text.trim().split(/\s+/, LONGEST_STACK)) {
		const [, from, to, cycles] = RECORD.exec(word) ?? [];
		if (from === void 0) break;
		records.push({
			from: Number(`0x${from}`),
			to: Number(`0x${to}`),
			cycles: Number(cycles)
		});
	}
	return records;
}
const LONGEST_BLOCK_BYTES = 16384;
function blocksOf(records) {
	return records.flatMap(({ from, cycles }, at) => {
		const older = records[at + 1];
		if (!older || cycles === 0 || from < older.to || from - older.to > LONGEST_BLOCK_BYTES) return [];
		return [{
			start: older.to,
			end: from,
			cycles
		}];
	});
}
const MOST_BLOCKS = 5e5;
const emptyBlockTable = () => ({ blocks: new Map() });
function addBlock({ blocks }, { object, start, end, visits, cycles }) {
	const key = `${start} ${end} ${object}`;
	const known = blocks.get(key);
	if (known) {
		known.visits += visits;
		known.cycles += cycles;
	} else if (blocks.size < MOST_BLOCKS) blocks.set(key, {
		object,
		start,
		end,
		visits,
		cycles
	});
}
// src/core/counters/perf-script.ts
const MOST_MAPPINGS = 5e4;
const MOST_MAPPINGS_AT_ONCE = 4e3;
const MOST_POSITIONS = 2e6;
const MOST_PROCESSES = 16384;
const MMAP = /PERF_RECORD_MMAP2? (-?\d+)\/-?\d+: \[(0x[0-9a-f]{1,16}|0)\((0x[0-9a-f]{1,16}|0)\) @ (0x[0-9a-f]{1,16}|0)[^\]]*\]: (\S+) (.*)$/;
const FORK = /PERF_RECORD_FORK\((\d+):\d+\):\((\d+):\d+\)/;
const EXEC = /PERF_RECORD_COMM exec: .*:(\d+)\/\d+$/;
const CHAINED = /^\s*(-?\d+)\/-?\d+\s*$/;
const FRAME = /^\s+([0-9a-f]{1,16})(?: \((.*)\))?\s*$/;
const LONGEST_CHAIN = 256;
const BRANCHES = /^\s*(-?\d+)\/-?\d+\s+(0x[0-9a-f]{1,16}\/0x.*)$/;
const SAMPLE = /^\s*(-?\d+)\/-?\d+\s+([0-9a-f]{1,16})\s*$/;
function perfScriptReader() {
	const state = {
		spaces: new Map(),
		files: new Map(),
		elsewhere: new Map(),
		calls: emptyCallTable(),
		blocks: emptyBlockTable(),
		chain: void 0,
		offsets: false,
		samples: 0,
		unread: 0,
		mappings: 0,
		positions: 0
	};
	return {
		line(text) {
			const frame = state.chain && FRAME.exec(text);
			if (frame) return takeFrame(state, frame);
			endChain(state);
			const sample = SAMPLE.exec(text);
			const chained = sample ? void 0 : CHAINED.exec(text);
			const branches = sample || chained ? void 0 : BRANCHES.exec(text);
			if (sample) takeSample(state, placeOf(state, Number(sample[1]), Number(`0x${sample[2]}`)));
			else if (chained) state.chain = {
				pid: Number(chained[1]),
				frames: []
			};
			else if (branches) takeBranches(state, Number(branches[1]), branches[2]);
			else if (text.includes("PERF_RECORD_")) takeEvent(state, text);
			else if (text.trim() !== "") state.unread++;
		},
		end: () => ({
			...ended(state),
			files: state.files,
			elsewhere: state.elsewhere,
			calls: callsOf(state.calls),
			blocks: [...state.blocks.blocks.values()],
			unread: state.unread
		})
	};
}
function ended(state) {
	endChain(state);
	return { samples: state.samples };
}
function takeFrame(state, [, digits, file = ""]) {
	const { pid, frames } = state.chain;
	if (frames.length >= LONGEST_CHAIN) return;
	const position = Number(`0x${digits}`);
	const placed = placeOf(state, pid, position);
	const named = file.startsWith("/") && !file.startsWith("//");
	if (named && !placed.inFile) state.offsets = true;
	frames.push(named && state.offsets ? {
		object: file,
		position,
		inFile: true
	} : placed);
}
function endChain(state) {
	const { chain } = state;
	state.chain = void 0;
	const [leaf, ...callers] = chain?.frames ?? [];
	if (!leaf) return;
	takeSample(state, leaf);
	const counted = new Set();
	let callee = leaf;
	for (const { object, position, inFile } of callers) {
		const caller = {
			object,
			position: Math.max(0, position - 1),
			inFile
		};
		const key = `${caller.position} ${callee.position} ${object}\0${callee.object}`;
		if (!counted.has(key)) addCall(state.calls, {
			object,
			address: caller.position
		}, {
			object: callee.object,
			address: callee.position
		}, 1);
		counted.add(key);
		callee = caller;
	}
}
function takeSample(state, { object, position, inFile }) {
	state.samples++;
	const objects = inFile ? state.files : state.elsewhere;
	const positions = objects.get(object) ?? new Map();
	if (!positions.has(position) && ++state.positions > MOST_POSITIONS) return;
	objects.set(object, positions.set(position, (positions.get(position) ?? 0) + 1));
}
function takeBranches(state, pid, text) {
	state.samples++;
	for (const { start, end, cycles } of blocksOf(readBranchStack(text))) {
		const [first, last] = [placeOf(state, pid, start), placeOf(state, pid, end)];
		if (!first.inFile || first.object !== last.object) continue;
		addBlock(state.blocks, {
			object: first.object,
			start: first.position,
			end: last.position,
			visits: 1,
			cycles
		});
	}
}
function takeEvent(state, text) {
	const mapped = MMAP.exec(text);
	if (mapped) {
		takeMapping(state, mapped);
		return;
	}
	const forked = FORK.exec(text);
	const [child, parent] = [Number(forked?.[1]), Number(forked?.[2])];
	if (forked && child !== parent) setSpace(state, child, state.spaces.get(parent) ?? []);
	const replaced = EXEC.exec(text);
	if (replaced) state.spaces.delete(Number(replaced[1]));
}
function takeMapping(state, [, pid, from, size, offset, flags, path]) {
	if (!flags.includes("x") || ++state.mappings > MOST_MAPPINGS) return;
	const start = Number(from);
	const mapping = {
		start,
		end: start + Number(size),
		offset: Number(offset),
		path
	};
	setSpace(state, Number(pid), laidOver(state.spaces.get(Number(pid)) ?? [], mapping));
}
function setSpace({ spaces }, pid, space) {
	if (!spaces.has(pid) && spaces.size >= MOST_PROCESSES) spaces.delete(spaces.keys().next().value);
	spaces.set(pid, space);
}
function endedBefore(space, address) {
	let low = 0;
	let high = space.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (space[middle].end <= address) low = middle + 1;
		else high = middle;
	}
	return low;
}
function laidOver(space, fresh) {
	const from = endedBefore(space, fresh.start);
	let to = from;
	while (to < space.length && space[to].start < fresh.end) to++;
	const [first, last] = [space[from], space[to - 1]];
	const laid = space.slice(0, from);
	if (to > from && first.start < fresh.start) laid.push({
		...first,
		end: fresh.start
	});
	laid.push(fresh);
	if (to > from && last.end > fresh.end) laid.push({
		...last,
		start: fresh.end,
		offset: last.offset + (fresh.end - last.start)
	});
	const all = laid.concat(space.slice(to));
	return all.length > MOST_MAPPINGS_AT_ONCE ? all.slice(1) : all;
}
function mappingAt(space, ip) {
	const mapping = space[endedBefore(space, ip)];
	return mapping && mapping.start <= ip && ip < mapping.end ? mapping : void 0;
}
function placeOf({ spaces }, pid, ip) {
	const mapping = mappingAt(spaces.get(pid) ?? [], ip);
	if (!mapping) return {
		object: "[unknown]",
		position: ip,
		inFile: false
	};
	const inFile = mapping.path.startsWith("/") && !mapping.path.startsWith("//");
	return {
		object: mapping.path,
		position: inFile ? ip - mapping.start + mapping.offset : ip,
		inFile
	};
}
const PT_LOAD = 1;
const PF_X = 1;
function addressOfOffset(segments, offset) {
	const holds = ({ type, offset: start, fileSize }) => type === PT_LOAD && offset >= start && offset < start + fileSize;
	const holding = segments.filter(holds);
	const segment = holding.find(({ flags }) => (flags & PF_X) !== 0) ?? holding[0];
	return segment && segment.address + (offset - segment.offset);
}
// src/core/counters/perf-stat.ts
const MOST_LINES = 1e4;
function readPerfStat(text, separator = ";") {
	const lines = [];
	let unread = 0;
	for (const row of text.split("\n", MOST_LINES)) {
		const line = row.trim();
		if (line === "" || line.startsWith("#")) continue;
		const read = line.startsWith("{") ? readJsonLine(line) : readCsvLine(line, separator);
		if (read === "metric") continue;
		if (read === void 0) unread++;
		else lines.push(read);
	}
	return {
		lines,
		unread
	};
}
function decimal(text) {
	if (!/^\s*\d{1,20}(?:[.,]\d{1,12})?\s*$/.test(text)) return void 0;
	return Number(text.replace(",", "."));
}
function countOf(text) {
	if (text === "<not supported>") return "not-supported";
	if (text === "<not counted>") return "not-counted";
	return decimal(text);
}
function prefixOf(fields) {
	const time = /^\s*\d+\.\d{9}$|^\s*summary$/.test(fields[0] ?? "") ? 1 : 0;
	const place = fields[time] ?? "";
	if (/^CPU\d+$/.test(place)) return {
		length: time + 1,
		place
	};
	if (/^(?:S\d+(?:-D\d+)?(?:-[CL]\d+)*|N\d+|D\d+)$/.test(place)) return {
		length: time + 2,
		place
	};
	return { length: time };
}
function readCsvLine(line, separator) {
	const fields = line.split(separator);
	const { length: first, place } = prefixOf(fields);
	if (fields[first]?.trim() === "" && fields[first + 2]?.trim() === "") return "metric";
	const value = countOf(fields[first] ?? "");
	const unit = fields[first + 1] ?? "";
	if (value === void 0 || !/^[a-zA-Z%]*$/.test(unit)) return void 0;
	for (let run = first + 3; run + 1 < fields.length; run++) {
		const percent = decimal(fields[run + 1]);
		if (!/^\d{1,20}$/.test(fields[run]) || percent === void 0 || percent > 100) continue;
		const end = run > first + 3 && /^\d+[.,]\d+%$/.test(fields[run - 1]) ? run - 1 : run;
		const event = fields.slice(first + 2, end).join(separator);
		if (event === "") return void 0;
		const counted = {
			event,
			value,
			unit,
			runNanoseconds: Number(fields[run]),
			percentRunning: percent
		};
		return place === void 0 ? counted : {
			...counted,
			place
		};
	}
}
function readJsonLine(line) {
	const record = parsedRecord(line);
	if (!record) return void 0;
	const text = (key) => typeof record[key] === "string" ? record[key] : "";
	if (text("event") === "") return record["metric-unit"] !== void 0 ? "metric" : void 0;
	const value = countOf(text("counter-value"));
	const run = record["event-runtime"];
	const percentRunning = record["pcnt-running"];
	if (value === void 0 || !isShare(percentRunning) || typeof run !== "number") return void 0;
	const place = [
		"cpu",
		"core",
		"die",
		"socket",
		"node",
		"thread"
	].map(text).find((name) => name !== "");
	const counted = {
		event: text("event"),
		value,
		unit: text("unit"),
		runNanoseconds: run,
		percentRunning
	};
	return place === void 0 ? counted : {
		...counted,
		place
	};
}
const isShare = (value) => typeof value === "number" && value >= 0 && value <= 100;
function parsedRecord(line) {
	try {
		const value = JSON.parse(line);
		return typeof value === "object" && value !== null ? value : void 0;
	} catch {
		return;
	}
}
function withPointDecimals(env) {
	const { LC_ALL: all = "" } = env;
	if (all === "C" || all === "POSIX") return env;
	if (all === "") return {
		...env,
		LC_NUMERIC: "C"
	};
	const rest = Object.entries(env).filter(([name]) => !name.startsWith("LC_"));
	return {
		...Object.fromEntries(rest),
		LANG: all,
		LC_NUMERIC: "C"
	};
}
// src/core/counters/rusage.ts
const TIME_FORMAT = "%x;%c;%w;%F;%R";
function readResourceUse(text) {
	const line = text.trimEnd().split("\n").at(-1) ?? "";
	const match = /^(\d{1,3});(\d{1,15});(\d{1,15});(\d{1,15});(\d{1,15})$/.exec(line);
	if (!match) return void 0;
	const [exitCode, forced, chosen, major, minor] = match.slice(1).map(Number);
	const signal = /^Command terminated by signal (\d{1,2})$/m.exec(text)?.[1];
	return {
		exitCode: signal === void 0 ? exitCode : 128 + Number(signal),
		contextSwitches: forced + chosen,
		pageFaults: major + minor
	};
}
// src/shell/profilers/perf.ts
const STAT_CAP_BYTES = 262144;
const SCRIPT_CAP_BYTES = 268435456;
const LINE_CAP_CHARACTERS = 8192;
const withSysfs = (workload) => ({
	...workload,
	env: {
		...workload.env,
		SYSFS_PATH: "/sys"
	}
});
async function perfStat(sandbox, { perf, events }, workload) {
	const seen = withSysfs(workload);
	const file = scratchName("stat");
	const place = sandbox.placeOf(workload.tree);
	const ended = await runKeepingStatus(sandbox, [
		perf,
		"stat",
		"-x;",
		"-o",
		`${place.inside.scratch}/${file}`,
		"-e",
		events.join(","),
		"--"
	], {
		...seen,
		env: withPointDecimals(seen.env)
	});
	const text = await readUntrusted(place.scratch, file, STAT_CAP_BYTES);
	return {
		...ended,
		output: readPerfStat(text ?? "")
	};
}
async function resourceUse(sandbox, time, workload) {
	const file = scratchName("time");
	const place = sandbox.placeOf(workload.tree);
	const argv = [
		time,
		"-f",
		TIME_FORMAT,
		"-o",
		`${place.inside.scratch}/${file}`,
		...benchmarkWords(workload.command)
	];
	await runMeasured(sandbox, argv, workload);
	return readResourceUse(await readUntrusted(place.scratch, file, 4096) ?? "");
}
async function perfRecord(sandbox, { perf, event, hertz, branches = false }, workload) {
	const seen = withSysfs(workload);
	const place = sandbox.placeOf(workload.tree);
	const data = `${place.inside.scratch}/${scratchName("record")}`;
	const ended = await runUnder(sandbox, [
		perf,
		"record",
		...[
			"-q",
			"-N",
			"--no-bpf-event",
			...branches ? ["-j", "any,u"] : ["-g"],
			"-e",
			event,
			"-F",
			String(hertz),
			"-o",
			data
		],
		"--"
	], seen);
	const recorded = await runBeside(sandbox, [
		perf,
		"evlist",
		"-i",
		data
	], seen);
	const script = await readRecording(sandbox, {
		perf,
		data,
		branches
	}, seen);
	await runBeside(sandbox, [
		"rm",
		"-f",
		data
	], workload);
	const named = (path) => path.startsWith("/") ? outsideOf(place, path) : path;
	const files = new Map([...script.files].map(([path, positions]) => [named(path), positions]));
	const at = ({ object, address }) => ({
		object: named(object),
		address
	});
	const calls = script.calls.map(({ from, to, cost }) => ({
		from: at(from),
		to: at(to),
		cost
	}));
	const blocks = script.blocks.map((block) => ({
		...block,
		object: named(block.object)
	}));
	return {
		...ended,
		event: recorded.stdout.trim().split("\n")[0] ?? "",
		script: {
			...script,
			files,
			calls,
			blocks
		}
	};
}
async function readRecording(sandbox, { perf, data, branches }, workload) {
	const name = scratchName("script");
	const place = sandbox.placeOf(workload.tree);
	const print = "out=$1; shift; exec \"$@\" >\"$out\"";
	const script = [
		perf,
		"script",
		"-i",
		data,
		...[
			"-F",
			branches ? "pid,tid,brstack" : "pid,tid,ip,dso",
			"--show-mmap-events",
			"--show-task-events"
		]
	];
	await runBeside(sandbox, [
		"sh",
		"-c",
		print,
		"sh",
		`${place.inside.scratch}/${name}`,
		...script
	], workload);
	const reader = perfScriptReader();
	const caps = {
		bytes: SCRIPT_CAP_BYTES,
		lineCharacters: LINE_CAP_CHARACTERS
	};
	await eachUntrustedLine({
		folder: place.scratch,
		name
	}, caps, reader.line);
	await runBeside(sandbox, [
		"rm",
		"-f",
		`${place.inside.scratch}/${name}`
	], workload);
	return reader.end();
}
async function perfVersion(tools, path) {
	const result = await tools.run({
		file: path,
		args: ["--version"],
		timeoutSeconds: 20
	}).catch(() => void 0);
	return result?.code === 0 ? /perf version (\S+)/.exec(result.stdout)?.[1] : void 0;
}
async function readPmus(sysfs) {
	const folder = join(sysfs, "bus/event_source/devices");
	const names = await readdir(folder).catch(() => []);
	return Promise.all(names.sort().map(async (name) => {
		const cpus = await readFile(join(folder, name, "cpus"), "utf8").catch(() => void 0);
		const slots = Number((await readFile(join(folder, name, "caps/slots"), "utf8").catch(() => "")).trim() || NaN);
		return {
			name,
			...cpus !== void 0 && { cpus: cpus.trim() },
			...slots > 0 && { slots }
		};
	}));
}
async function kernelNumber(procfs, name) {
	const text = await readFile(join(procfs, "sys/kernel", name), "utf8").catch(() => "");
	const value = Number(text.trim());
	return text.trim() !== "" && Number.isFinite(value) ? value : void 0;
}
// src/core/processor/cache-lines.ts
function setsOf({ sizeBytes, ways, lineBytes }) {
	return Math.max(1, Math.round(sizeBytes / (ways * lineBytes)));
}
function linesOf(range, lineBytes) {
	const first = Math.floor(range.address / lineBytes);
	return Array.from({ length: unitsSpanned(range, lineBytes) }, (_, index) => first + index);
}
function setsTouched(range, cache) {
	const sets = setsOf(cache);
	const first = Math.floor(range.address / cache.lineBytes);
	const count = Math.min(sets, unitsSpanned(range, cache.lineBytes));
	return Array.from({ length: count }, (_, index) => (first + index) % sets).sort((a, b) => a - b);
}
function unitsSpanned(range, bytes) {
	return Math.floor((range.address + Math.max(range.size, 1) - 1) / bytes) - Math.floor(range.address / bytes) + 1;
}
function indexedWithinPage(cache) {
	return setsOf(cache) * cache.lineBytes <= 4096;
}
// src/core/processor/hazards.ts
const JCC_SOURCE = "Intel 341810, \"Mitigations for Jump Conditional Code Erratum\"";
const JCC_MODELS = new Map([
	[78, [{
		steppings: [3],
		fixed: 212
	}]],
	[85, [{
		steppings: [4],
		fixed: 33554533
	}, {
		steppings: [7],
		fixed: 83886124
	}]],
	[94, [{
		steppings: [3],
		fixed: 212
	}]],
	[142, [{
		steppings: [
			9,
			10,
			11,
			12
		],
		fixed: 198
	}]],
	[158, [{
		steppings: [
			9,
			10,
			11,
			13
		],
		fixed: 198
	}]],
	[165, [{
		steppings: [
			0,
			2,
			3,
			5
		],
		fixed: 0
	}]],
	[166, [{
		steppings: [0],
		fixed: 198
	}]],
	[174, [{
		steppings: [10],
		fixed: 198
	}]]
]);
const NO_REVISION = new Set([
	-1,
	0,
	1,
	4294967295
]);
function jccErratum({ vendor, family, model, stepping, microcode }) {
	if (vendor !== "intel" || family !== 6) return [];
	const known = JCC_MODELS.get(model)?.find(({ steppings }) => steppings.includes(stepping));
	if (!known) return [];
	return [{
		id: "jcc-erratum",
		workaround: NO_REVISION.has(microcode) ? "unknown" : microcode >= known.fixed ? "active" : "missing",
		source: JCC_SOURCE
	}];
}
const INTEL_MANUAL = "Intel 248966, optimization reference manual, Atom microarchitectures";
const INTEL_SMALL = new Map([
	...[
		55,
		74,
		77,
		90,
		93,
		117
	].map((model) => [model, "Silvermont"]),
	[76, "Airmont"],
	...[92, 95].map((model) => [model, "Goldmont"]),
	[122, "Goldmont Plus"],
	...[
		134,
		150,
		156
	].map((model) => [model, "Tremont"]),
	[190, "Gracemont"],
	...[175, 182].map((model) => [model, "Crestmont"]),
	[221, "Darkmont"]
]);
const ARM_CORES = new Map([
	[3331, {
		core: "Cortex-A53",
		small: true
	}],
	[3332, {
		core: "Cortex-A35",
		small: true
	}],
	[3333, {
		core: "Cortex-A55",
		small: true
	}],
	[3398, {
		core: "Cortex-A510",
		small: true
	}],
	[3456, {
		core: "Cortex-A520",
		small: true
	}],
	[3335, { core: "Cortex-A57" }],
	[3336, { core: "Cortex-A72" }],
	[3337, { core: "Cortex-A73" }],
	[3338, { core: "Cortex-A75" }],
	[3339, { core: "Cortex-A76" }],
	[3340, { core: "Neoverse N1" }],
	[3341, {
		core: "Cortex-A77",
		decoded: true
	}],
	[3393, {
		core: "Cortex-A78",
		decoded: true
	}],
	[3396, {
		core: "Cortex-X1",
		decoded: true
	}],
	[3392, {
		core: "Neoverse V1",
		decoded: true
	}],
	[3401, {
		core: "Neoverse N2",
		decoded: true
	}],
	[3407, {
		core: "Neoverse V2",
		decoded: true
	}]
]);
const ARM_MANUAL = "Arm's technical reference manual and software optimization guide of the core";
const firstZenFamily = 23;
function coreHazards(cpu, smallOfHybrid) {
	if (cpu.vendor === "intel" && cpu.family === 6) {
		const core = INTEL_SMALL.get(cpu.model);
		if (core === void 0 && !smallOfHybrid) return [];
		const named = {
			...core !== void 0 && { core },
			source: INTEL_MANUAL
		};
		return [{
			id: "small-core",
			...named
		}, {
			id: "no-uop-cache",
			...named
		}];
	}
	if (cpu.vendor === "amd" && cpu.family > 0 && cpu.family < firstZenFamily) return [{
		id: "no-uop-cache",
		source: "AMD 47414 and 52128, software optimization guides before family 17h"
	}];
	const arm = cpu.vendor === "arm" ? ARM_CORES.get(cpu.part) : void 0;
	if (!arm) return [];
	const named = {
		core: arm.core,
		source: ARM_MANUAL
	};
	return [...arm.small ? [{
		id: "small-core",
		...named
	}] : [], ...arm.decoded ? [] : [{
		id: "no-uop-cache",
		...named
	}]];
}
function hazardsOf(cpu, { l1i, smallOfHybrid = false } = {}) {
	const beyondPage = l1i !== void 0 && !indexedWithinPage(l1i);
	return [
		...jccErratum(cpu),
		...beyondPage ? [{
			id: "l1i-by-physical-page",
			source: `a cache of ${l1i.sizeBytes / 1024} KB with ${l1i.ways} ways`
		}] : [],
		...coreHazards(cpu, smallOfHybrid)
	];
}
const jumpsOnBoundariesCost = (hazards) => hazards.some(({ id, workaround }) => id === "jcc-erratum" && workaround !== "missing");
function hazardPhrase({ id, core, workaround }) {
	if (id === "jcc-erratum") return `jumps on 32-byte boundaries (JCC erratum, ${MICROCODE[workaround ?? "unknown"]})`;
	if (id === "l1i-by-physical-page") return "sets of the L1 instruction cache depend on physical pages";
	return `${id === "small-core" ? "small core" : "no cache of decoded instructions"}${core === void 0 ? "" : ` (${core})`}`;
}
const MICROCODE = {
	active: "worked around by the microcode, which makes them slow",
	missing: "not worked around by this microcode, so they cost nothing",
	unknown: "the machine does not tell whether the microcode works around it"
};
// src/shell/profilers/cache-geometry.ts
const readText = (path) => readFile(path, "utf8").catch(() => void 0);
async function readCacheFolders(sysfs, cpu) {
	const folder = join(sysfs, `devices/system/cpu/cpu${cpu}/cache`);
	const names = (await readdir(folder).catch(() => [])).filter((name) => /^index\d+$/.test(name)).sort();
	return Promise.all(names.map(async (name) => {
		const file = (leaf) => readText(join(folder, name, leaf));
		const [type, level, size, ways, line, sets] = await Promise.all([
			file("type"),
			file("level"),
			file("size"),
			file("ways_of_associativity"),
			file("coherency_line_size"),
			file("number_of_sets")
		]);
		return Object.fromEntries(Object.entries({
			type,
			level,
			size,
			ways,
			line,
			sets
		}).filter(([, text]) => text !== void 0));
	}));
}
async function cacheFoldersOfLibrary(tools) {
	const path = await tools.find("getconf");
	if (path === void 0) return [];
	const value = async (name) => {
		const result = await tools.run({
			file: path,
			args: [name],
			timeoutSeconds: 20
		}).catch(() => void 0);
		return result?.code === 0 ? result.stdout.trim() : "";
	};
	const folder = async (name, type, level) => {
		const [size, ways, line] = await Promise.all([
			value(`${name}_SIZE`),
			value(`${name}_ASSOC`),
			value(`${name}_LINESIZE`)
		]);
		return {
			type,
			level,
			size,
			...ways !== "" && ways !== "0" && { ways },
			line
		};
	};
	return Promise.all([
		folder("LEVEL1_ICACHE", "Instruction", "1"),
		folder("LEVEL1_DCACHE", "Data", "1"),
		folder("LEVEL2_CACHE", "Unified", "2"),
		folder("LEVEL3_CACHE", "Unified", "3")
	]);
}
const readCpuInfo = async (procfs) => await readText(join(procfs, "cpuinfo")) ?? "";
// src/core/processor/sysfs-caches.ts
function wholeNumber(text) {
	const match = /^(\d{1,12})(K|M)?$/.exec(text?.trim() ?? "");
	if (!match) return void 0;
	return Number(match[1]) * (match[2] === "M" ? 1024 ** 2 : match[2] === "K" ? 1024 : 1);
}
function cacheOf(files) {
	const lineBytes = wholeNumber(files.line) || void 0;
	const sets = wholeNumber(files.sets) || void 0;
	const statedWays = wholeNumber(files.ways);
	const size = wholeNumber(files.size) || void 0;
	if (lineBytes === void 0) return void 0;
	const ways = statedWays === 0 ? size && size / lineBytes : statedWays ?? (size !== void 0 && sets !== void 0 ? size / sets / lineBytes : void 0);
	const sizeBytes = size ?? (ways !== void 0 && sets !== void 0 ? ways * sets * lineBytes : void 0);
	return ways !== void 0 && sizeBytes !== void 0 ? {
		sizeBytes,
		ways,
		lineBytes
	} : void 0;
}
function pick(folders, types, level) {
	for (const type of types) {
		const found = folders.find((files) => files.type?.trim() === type && wholeNumber(files.level) === level);
		const cache = found && cacheOf(found);
		if (cache && geometryFault(cache) === void 0) return cache;
	}
}
function secondLevel(folders, lineBytes) {
	const levels = folders.filter((files) => files.type?.trim() === "Unified" && (wholeNumber(files.level) ?? 0) >= 2).sort((one, other) => (wholeNumber(one.level) ?? 0) - (wholeNumber(other.level) ?? 0));
	for (const files of levels) {
		const cache = cacheOf(files);
		if (!cache) continue;
		const round = withRoundSets({
			...cache,
			lineBytes
		});
		if (geometryFault(round) === void 0) return round;
	}
}
function cachesFromSysfs(folders) {
	const l1i = pick(folders, ["Instruction", "Unified"], 1);
	const l1d = pick(folders, ["Data", "Unified"], 1);
	const ll = secondLevel(folders, l1i?.lineBytes ?? l1d?.lineBytes ?? 64);
	return {
		...l1i && { l1i },
		...l1d && { l1d },
		...ll && { ll }
	};
}
// src/core/processor/typical-caches.ts
const cache = (kilobytes, ways) => ({
	sizeBytes: kilobytes * 1024,
	ways,
	lineBytes: 64
});
const ARM_64K_4WAY = new Set([
	3339,
	3340,
	3392,
	3393,
	3401,
	3407,
	3470,
	3460
]);
const KNOWN_CORES = [
	{
		matches: (cpu) => cpu.vendor === "amd" && cpu.family === 23 && cpu.model < 48,
		l1i: cache(64, 4),
		l1d: cache(32, 8)
	},
	{
		matches: (cpu) => cpu.vendor === "amd" && cpu.family === 26,
		l1i: cache(32, 8),
		l1d: cache(48, 12)
	},
	{
		matches: (cpu) => cpu.vendor === "amd" && cpu.family >= 23,
		l1i: cache(32, 8),
		l1d: cache(32, 8)
	},
	{
		matches: (cpu) => cpu.vendor === "intel" && cpu.family === 6,
		l1i: cache(32, 8),
		l1d: cache(32, 8)
	},
	{
		matches: (cpu) => ARM_64K_4WAY.has(cpu.part),
		l1i: cache(64, 4),
		l1d: cache(64, 4)
	},
	{
		matches: (cpu) => cpu.part === 3335 || cpu.part === 3336,
		l1i: cache(48, 3),
		l1d: cache(32, 2)
	},
	{
		matches: (cpu) => cpu.part === 3331,
		l1i: cache(32, 2),
		l1d: cache(32, 4)
	}
];
function typicalCaches(cpu) {
	const core = KNOWN_CORES.find(({ matches }) => matches(cpu));
	return {
		l1i: core?.l1i ?? cache(32, 8),
		l1d: core?.l1d ?? cache(32, 8),
		ll: cache(1024, 8),
		from: "table",
		known: core !== void 0
	};
}
// src/flow/count/find-geometry.ts
async function findGeometry(tools, { sysfs, pinnedCpu, cpu, override }) {
	const kernel = cachesFromSysfs(await readCacheFolders(sysfs, pinnedCpu));
	const library = kernel.l1i && kernel.l1d ? {} : cachesFromSysfs(await cacheFoldersOfLibrary(tools));
	const typical = typicalCaches(cpu);
	const found = {
		l1i: kernel.l1i ?? library.l1i ?? typical.l1i,
		l1d: kernel.l1d ?? library.l1d ?? typical.l1d,
		ll: kernel.ll ?? library.ll ?? typical.ll,
		from: kernel.l1i ? "sysfs" : library.l1i ? "getconf" : "table"
	};
	const geometry = withOverride(found, override);
	if (found.from !== "table" || override?.l1i) return {
		geometry,
		limitations: []
	};
	return {
		geometry,
		limitations: [assumedGeometry(typical.known ? cpu.name : void 0, formatGeometry(geometry.l1i))]
	};
}
// src/flow/count/probe-events.ts
const BUSY_LOOP = "for ((i = 0; i < 20000; i++)); do :; done";
const PROBE_TIMEOUT_SECONDS = 30;
const TASK_CLOCK = "task-clock:u";
const run = ({ sandbox, perf, env, scheduling }, events) => perfStat(sandbox, {
	perf,
	events: [TASK_CLOCK, ...events]
}, {
	side: "base",
	command: BUSY_LOOP,
	tree: sandbox.spare,
	env,
	timeoutSeconds: PROBE_TIMEOUT_SECONDS,
	scheduling
});
async function probeSoftware(prober) {
	const asked = [
		["task-clock", TASK_CLOCK],
		["page-faults", "page-faults:u"],
		["context-switches", "context-switches"],
		["migrations", "cpu-migrations"]
	];
	const ran = await run(prober, asked.slice(1).map(([, event]) => event));
	return asked.map(([role, event]) => {
		const fault = (role === "context-switches" || role === "migrations" ? faultOfSchedulerEvent : faultOfCount)(event, ran.output);
		return fault === void 0 ? {
			role,
			event,
			tried: []
		} : {
			role,
			tried: [{
				event,
				why: said$1(ran) ?? fault
			}]
		};
	});
}
async function probeHardware(prober, cpu, pmu) {
	const probed = [];
	let missFamily;
	for (const role of HARDWARE_ROLES) {
		const found = await probeRole(prober, {
			role,
			candidates: candidatesFor(role, cpu).filter(({ family }) => role !== "icache-loads" || family === missFamily),
			pmu,
			cpu
		});
		probed.push(found.role);
		if (role === "icache-misses") missFamily = found.family;
		if (found.role.event === void 0 && (role === "instructions" || role === "cycles")) break;
	}
	return probed;
}
async function probeRole(prober, { role, candidates, pmu, cpu }) {
	const tried = [];
	for (const candidate of candidates) for (const specification of specificationsOf(candidate, pmu, cpu)) {
		const why = await faultOn(prober, role, specification);
		if (why !== void 0) {
			tried.push({
				event: specification,
				why
			});
			continue;
		}
		const { unit, note, family } = candidate;
		return {
			role: {
				role,
				event: specification,
				unit,
				...note !== void 0 && { note },
				tried
			},
			...family !== void 0 && { family }
		};
	}
	return { role: {
		role,
		tried
	} };
}
async function faultOn(prober, role, specification) {
	const ran = await run(prober, [specification]);
	const fault = faultOfProbe(specification, ran.output);
	if (fault !== void 0) return said$1(ran) ?? fault;
	if (role !== "cycles") return void 0;
	const clock = lineOf(TASK_CLOCK, ran.output);
	return faultOfClock(Number(lineOf(specification, ran.output).value), (clock?.runNanoseconds ?? 0) / 1e9);
}
async function probeTopDown(prober, choices) {
	const topDownTried = [];
	for (const topDown of choices) {
		const ran = await run(prober, [topDown.argument]);
		const found = topDownOf(topDown, ran.output);
		if (found.ok) return {
			topDown,
			topDownTried
		};
		topDownTried.push({
			event: topDown.argument,
			why: said$1(ran) ?? found.fault
		});
	}
	return { topDownTried };
}
async function probeBranchRecords({ sandbox, perf, env, scheduling }) {
	const { script } = await perfRecord(sandbox, {
		perf,
		event: "cycles:u",
		hertz: 999,
		branches: true
	}, {
		side: "base",
		command: BUSY_LOOP,
		tree: sandbox.spare,
		env,
		scheduling,
		timeoutSeconds: PROBE_TIMEOUT_SECONDS
	});
	return script.blocks.length > 0;
}
const HEADING = /^\s*(error|warning)\s*:?\s*$/i;
function said$1({ output, job }) {
	if (output.lines.length > 0) return void 0;
	if (/event syntax error|Bad event name|Unable to find event|Cannot find PMU|parser error/i.test(job.stderr)) return perfSaid("unknown-event");
	const first = job.stderr.split("\n").find((line) => /[a-z]/i.test(line) && !HEADING.test(line));
	return perfSaid(first === void 0 ? "nothing" : { line: first.trim().slice(0, 160) });
}
// src/flow/count/probe-counters.ts
const PLAIN_ENV = {
	PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
	LC_ALL: "C"
};
const KERNEL_DEFAULT_HERTZ = 1e5;
async function probeCounters(ports, options = {}) {
	const { scheduling = {}, sysfs = "/sys", procfs = "/proc", env = PLAIN_ENV } = options;
	const pinnedCpu = cpuList(scheduling.cpus ?? "")[0] ?? 0;
	const cpu = readCpu(await readCpuInfo(procfs), pinnedCpu);
	const [perf, valgrind, time] = await Promise.all([
		versioned(ports, "perf", perfVersion),
		versioned(ports, "valgrind", valgrindVersion),
		ports.tools.find("time")
	]);
	const units = await readPmus(sysfs);
	const paranoid = await kernelNumber(procfs, "perf_event_paranoid");
	const { geometry, limitations } = await findGeometry(ports.tools, {
		sysfs,
		cpu,
		pinnedCpu,
		...options.geometry && { override: options.geometry }
	});
	const events = perf ? await probeEvents(ports, {
		perf: perf.path,
		scheduling,
		env,
		cpu,
		units,
		paranoid
	}) : {
		roles: [],
		limitations: [noPerf]
	};
	const has = (role) => events.roles.some((probed) => probed.role === role && probed.event !== void 0);
	return {
		cpu,
		...perf && { perf },
		...paranoid !== void 0 && { paranoid },
		mostHertz: await kernelNumber(procfs, "perf_event_max_sample_rate") ?? KERNEL_DEFAULT_HERTZ,
		units,
		hardware: has("instructions") && has("cycles"),
		...refusedAll(events.roles) && { refused: true },
		roles: events.roles,
		...events.branchRecords && { branchRecords: true },
		...events.topDown && { topDown: events.topDown },
		...events.topDownTried && events.topDownTried.length > 0 && { topDownTried: events.topDownTried },
		...time !== void 0 && { time },
		...valgrind && { valgrind },
		geometry,
		hazards: hazardsOf(cpu, {
			l1i: geometry.l1i,
			smallOfHybrid: isSmallCore(units, pinnedCpu)
		}),
		geometryLimitations: limitations,
		limitations: events.limitations
	};
}
const refusedAll = (roles) => roles.length > 0 && roles.every(({ event }) => event === void 0);
const SIGNS = new Set([
	"icache-misses",
	"front-end-stalls",
	"branch-misses",
	"dcache-misses"
]);
async function versioned({ tools }, name, ask) {
	const path = await tools.find(name);
	const version = path && await ask(tools, path);
	return path && version ? {
		path,
		version
	} : void 0;
}
async function probeEvents({ sandbox }, { perf, scheduling, env, cpu, units, paranoid }) {
	const prober = {
		sandbox,
		perf,
		env,
		scheduling
	};
	const software = await probeSoftware(prober);
	const unit = choosePmu(units, scheduling.cpus);
	if (!software.some(({ event }) => event !== void 0)) return {
		roles: software,
		limitations: [perfRefused(paranoid, unit !== void 0)]
	};
	const pmu = unit ?? {
		name: "cpu",
		named: false
	};
	const hardware = await probeHardware(prober, cpu, pmu);
	const roles = [...hardware, ...software];
	const counts = hardware.some(({ role, event }) => role === "cycles" && event !== void 0);
	const width = units.find(({ name }) => name === pmu.name)?.slots;
	return {
		roles,
		limitations: limitationsOf(roles, unit !== void 0),
		...counts && await probeBranchRecords(prober) && { branchRecords: true },
		...counts ? await probeTopDown(prober, topDownChoices(cpu, pmu, width)) : {}
	};
}
function limitationsOf(roles, hasUnit) {
	const missing = roles.filter(({ event }) => event === void 0).map(({ role }) => role);
	const vital = missing.filter((role) => role === "instructions" || role === "cycles");
	if (vital.length > 0) return [noHardwareCounts(vital, hasUnit)];
	const signs = missing.filter((role) => SIGNS.has(role));
	return signs.length === 0 ? [] : [signsNotCounted(signs)];
}
// src/report/limitations/sandbox.ts
function weaknessLimitation(weakness) {
	switch (weakness.kind) {
		case "no-boundary": return {
			what: "Code of the pull request ran as the runner's own user, without a boundary (isolation is off).",
			instead: "It was given a clean environment only; write isolation: auto to part them."
		};
		case "no-namespaces": return {
			what: `Code of the pull request could not get its own namespaces (${weakness.why}).`,
			instead: "Each side ran as another user, who sees the files that everybody may read, the network and the names of other processes, but not their memory or environment."
		};
		case "own-paths": return {
			what: "Base and head were built and run at paths of their own, because there are no mount namespaces.",
			instead: `The paths are of equal length; what is built may still hold them.${named(weakness)}`
		};
		case "no-filter": return {
			what: "System calls of the pull request were not filtered: neither bubblewrap nor util-linux 2.41 is there.",
			instead: "Its code had no rights and saw nothing of others, but could ask the kernel anything; install bubblewrap."
		};
		case "user-namespaces": return {
			what: `Code of the pull request could make user namespaces, in which it has rights over what it creates (${weakness.why}).`,
			instead: "Files, processes and networks of others stayed out of its reach; install bubblewrap."
		};
		case "no-loopback": return {
			what: "Benchmarks had no network at all, not even a loopback, because ip (of iproute2) is not there.",
			instead: "Servers that listen on 127.0.0.1 cannot be measured; install bubblewrap or iproute2."
		};
		case "no-job-limits": return {
			what: "The number of processes and the size of files of each job were not limited, because prlimit of util-linux is not there.",
			instead: "Memory and the disk were watched all the same; install util-linux."
		};
		case "rewrites-own": return {
			what: `A benchmark rewrites ${weakness.file}, which it also reads and which was there before it ran.`,
			instead: "Its runs read what earlier ones left, and may measure something else than its first; have it write to a new file or to $TMPDIR."
		};
		case "no-layers": return {
			what: `Builds could not share the caches of toolchains (${weakness.why}).`,
			instead: "Both sides were built with empty caches, and nothing of share was there."
		};
		case "folder-not-layered": return {
			what: `Builds could not share the folder ${weakness.folder} (${weakness.why.replace(/\.$/, "")}).`,
			instead: "Both sides were built without it; copy what they need of it to a folder on a disk, and share that."
		};
		case "addresses-by-routes-alone": return {
			what: `${ADDRESSES} were closed to builds by rules of routing alone, which a program gets around that binds its socket to a device.`,
			instead: `Install bubblewrap, with which system calls are filtered, or as root nftables. ${CLOSE_THEM}`
		};
		case "addresses-open": return {
			what: `${ADDRESSES} were not closed to builds, which have the machine's network: ${openBecause(weakness.because)}.`,
			instead: CLOSE_THEM
		};
	}
}
const noPlace = (fault) => ({
	what: fault,
	instead: "A gate ends with these words, and runs nothing."
});
function named(paths) {
	if (paths.workTree === void 0) return "";
	const own = ` Commands and variables that name ${paths.workTree} were given each side's own path`;
	switch (paths.others) {
		case "out-of-reach": return `${own}, and jobs could not reach it.`;
		case "watched": return `${own}; a build, or the first run of a command, that reads a file there ends the gate in an error.`;
		case "unwatched": return `${own}; a file that names it, such as an editable install of Python's, leads both sides to the same files there, and this could not be watched (${paths.why}).`;
	}
}
const ADDRESSES = "The addresses at which a cloud tells a machine its credentials (169.254.169.254 and the like)";
const CLOSE_THEM = "Write network: none where builds need no network, or close them in the firewall of the machine.";
function openBecause(because) {
	switch (because.rule) {
		case "no-tool": return "ip of iproute2 or timeout of coreutils is not installed";
		case "names": return `the machine asks for names at ${because.address}, and the kernel cannot leave that alone open`;
		case "own-rules": return `rules of the machine's own let ${because.ranges.join(", ")} through`;
		case "no-right": {
			const takes = `closing them takes root or slirp4netns (${because.noOwn})`;
			return because.answering.length === 0 ? `${takes}; none of those that clouds use answers here` : `${takes}, and something answers here at ${because.answering.join(" and ")}`;
		}
	}
}
// src/report/words/noise.ts
const WAITED_FOR = {
	cpu: {
		name: "a CPU",
		advice: "let fewer jobs run on this machine"
	},
	memory: {
		name: "memory",
		advice: "add memory, or let fewer jobs run on this machine"
	},
	io: {
		name: "input and output",
		advice: "find what reads or writes so much (pidstat -d 1)"
	}
};
function describeNoise(noise) {
	switch (noise.rule) {
		case "held": return `Another perf-verdict run holds this machine (${noise.holder}); measure one job at a time.`;
		case "busy": {
			const load = noise.load === void 0 ? "" : ` (load ${noise.load} on ${noise.cpus} CPUs)`;
			return `The CPUs are ${percent(noise.share)} busy${load} though nothing is being measured yet; stop other jobs, timers and services on this machine.`;
		}
		case "chosen-busy": return `CPU ${formatCpuList(noise.cpus)}, where the benchmark is to run, is ${percent(noise.share)} busy; move what runs there away, or isolate that CPU (isolcpus).`;
		case "siblings-busy": return `CPU ${formatCpuList(noise.cpus)}, the other thread of the benchmark's core, is ${percent(noise.share)} busy; add smt to tune, or switch SMT off in the firmware.`;
		case "pressure": {
			const { name, advice } = WAITED_FOR[noise.on];
			return `Programs waited for ${name} in ${Math.round(noise.share * 100)} % of the last ten seconds; ${advice}.`;
		}
		case "steal": return `The hypervisor took ${percent(noise.share)} of the CPU time away for its other guests; use a dedicated machine or instance.`;
		case "throttling": return "The processor is slowing down for heat right now; let it cool, and check its fans.";
		case "throttled": return `The processor has slowed down for heat ${noise.times} times since the boot; check its cooling, or switch turbo off.`;
		case "battery": return "The machine runs on its battery, which slows it down; connect it to power.";
		case "slow-clock": return `The clock source is ${noise.clocksource}, which makes every reading of the time slow; find out why the kernel gave up the TSC (dmesg | grep -i tsc).`;
		case "little-memory": return `Only ${Math.round(noise.availableBytes / 2 ** 20)} MiB of memory are available, so files fall out of the page cache; free some, or add more.`;
	}
}
// src/shell/cleanup-stack.ts
const EXIT_CODES = {
	SIGINT: 130,
	SIGTERM: 143,
	SIGHUP: 129
};
const PATIENCE_MILLISECONDS$2 = 4500;
const TELL_MILLISECONDS = 2500;
function openCleanupStack(said, stopped = async () => {}) {
	const undoing = [];
	let walking;
	let signalled = false;
	async function walkAll() {
		for (let undo = undoing.pop(); undo !== void 0; undo = undoing.pop()) await undo().catch((error) => process.stderr.write(`While cleaning up: ${String(error)}\n`));
	}
	const runAll = () => {
		walking = (walking ?? Promise.resolve()).then(walkAll);
		return walking;
	};
	for (const [signal, code] of Object.entries(EXIT_CODES)) process.on(signal, () => {
		if (signalled) return;
		signalled = true;
		said(signal);
		let told;
		const tell = () => {
			told ??= stopped().catch((error) => process.stderr.write(`While stopping: ${String(error)}\n`));
			return told;
		};
		setTimeout(tell, TELL_MILLISECONDS);
		setTimeout(() => process.exit(code), PATIENCE_MILLISECONDS$2);
		runAll().then(tell).then(() => process.exit(code));
	});
	const unlessStopped = async (value) => signalled ? await new Promise(() => {}) : value;
	return {
		add: (undo) => undoing.push(undo),
		runAll: async () => await unlessStopped(await runAll()),
		unlessStopped
	};
}
// src/core/machine/vitals.ts
function parseCpuTimes(text) {
	return [...text.matchAll(/^cpu(\d+) ([\d ]+)$/gm)].map(([, cpu, numbers]) => {
		const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = numbers.split(" ").map(Number);
		const busy = user + nice + system + irq + soft;
		return {
			cpu: Number(cpu),
			busy,
			steal,
			total: busy + idle + wait + steal
		};
	});
}
function parsePressure(text) {
	const found = /^some avg10=(\d+\.\d+) /m.exec(text)?.[1];
	return found === void 0 ? void 0 : Number(found);
}
function parseMemory(text) {
	const bytes = (name) => {
		const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
		return found === void 0 ? void 0 : Number(found) * 1024;
	};
	const total = bytes("MemTotal");
	const available = bytes("MemAvailable");
	return total === void 0 || available === void 0 ? void 0 : {
		total,
		available
	};
}
// src/core/machine/fingerprint.ts
const TELLING = /^(isolcpus|nohz|nohz_full|rcu_nocbs|irqaffinity|mitigations|nosmt|intel_pstate|amd_pstate|idle|processor\.max_cstate|intel_idle\.max_cstate|transparent_hugepage|default_hugepagesz|hugepages|hugepagesz|maxcpus|spectre_v2|pti|nopti|preempt|clocksource|tsc)(=\S*)?$/;
function shapeFingerprint(facts) {
	const { cpuinfo = "" } = facts;
	const named = (name) => new RegExp(`^${name}\\s*:\\s*(.+)$`, "m").exec(cpuinfo)?.[1]?.trim();
	const memory = parseMemory(facts.meminfo ?? "");
	const rows = {
		cpu: named("model name") ?? armModel(named) ?? facts.architecture,
		microcode: named("microcode"),
		cpus: facts.online,
		"small cores": facts.smallCores,
		"known hazards": knownHazards(facts),
		smt: facts.smt === void 0 ? void 0 : facts.smt === "1" ? "on" : "off",
		kernel: facts.kernel,
		architecture: facts.architecture,
		machine: [facts.vendor, facts.product].filter(Boolean).join(" "),
		virtualisation: facts.virtualisation ?? facts.hypervisor ?? "none",
		...cacheRows(facts.caches),
		memory: memory && `${(memory.total / 2 ** 30).toFixed(1)} GiB`,
		"frequency driver": facts.driver,
		governor: facts.governor,
		turbo: turboState(facts),
		"transparent huge pages": /\[(\w+)\]/.exec(facts.thp ?? "")?.[1],
		"isolated cpus": facts.isolated,
		"kernel parameters": (facts.cmdline ?? "").split(/\s+/).filter((word) => TELLING.test(word)).join(" "),
		...facts.tools
	};
	return Object.fromEntries(Object.entries(rows).flatMap(([name, value]) => {
		const line = (value ?? "").split("\n", 1)[0].trim().slice(0, 200);
		return line ? [[name, line]] : [];
	}));
}
function knownHazards({ cpuinfo = "", caches }) {
	const found = caches.find(({ level, type }) => level === "1" && type === "Instruction");
	const l1i = found && cacheOf(found);
	return hazardsOf(readCpu(cpuinfo), l1i ? { l1i } : {}).map(hazardPhrase).join("; ");
}
function armModel(named) {
	const [implementer, part] = [named("CPU implementer"), named("CPU part")];
	return implementer && part ? `ARM implementer ${implementer} part ${part}` : void 0;
}
function cacheRows(caches) {
	return Object.fromEntries(caches.map(({ level, type, size, ways, line }) => {
		return [`l${level}${type === "Instruction" ? "i" : type === "Data" ? "d" : ""}`, `${size}, ${ways}-way, ${line}-byte lines`];
	}));
}
function turboState({ noTurbo, boost }) {
	if (noTurbo !== void 0) return noTurbo === "1" ? "off" : "on";
	return boost === void 0 ? void 0 : boost === "1" ? "on" : "off";
}
// src/core/machine/noise.ts
const SLOW_CLOCKS = [
	"hpet",
	"acpi_pm",
	"jiffies",
	"pit",
	"refined-jiffies"
];
function findNoise(before, after, scene) {
	return [
		...scene.holder === void 0 ? [] : [{
			rule: "held",
			holder: scene.holder
		}],
		...findBusyCpus(before, after, scene),
		...findPressure(after),
		...findSteal(before, after),
		...findHeat(before, after),
		...after.onBattery ? [{ rule: "battery" }] : [],
		...after.clocksource !== void 0 && SLOW_CLOCKS.includes(after.clocksource) ? [{
			rule: "slow-clock",
			clocksource: after.clocksource
		}] : [],
		...findMemory(after)
	];
}
function shareOf(before, after, cpus) {
	let [busy, steal, total] = [
		0,
		0,
		0
	];
	for (const later of after.times) {
		const earlier = before.times.find(({ cpu }) => cpu === later.cpu);
		if (!earlier || cpus && !cpus.includes(later.cpu)) continue;
		busy += later.busy - earlier.busy;
		steal += later.steal - earlier.steal;
		total += later.total - earlier.total;
	}
	return total > 0 ? {
		busy: busy / total,
		steal: steal / total
	} : void 0;
}
function findBusyCpus(before, after, { chosen, siblings }) {
	const all = shareOf(before, after)?.busy ?? 0;
	const target = shareOf(before, after, chosen)?.busy ?? 0;
	const sibling = shareOf(before, after, siblings)?.busy ?? 0;
	return [
		...all > .25 ? [{
			rule: "busy",
			share: all,
			cpus: after.times.length,
			...after.load === void 0 ? {} : { load: after.load }
		}] : [],
		...chosen.length > 0 && target > .1 ? [{
			rule: "chosen-busy",
			share: target,
			cpus: chosen
		}] : [],
		...siblings.length > 0 && sibling > .1 ? [{
			rule: "siblings-busy",
			share: sibling,
			cpus: siblings
		}] : []
	];
}
function findPressure({ pressure }) {
	const limits = {
		cpu: 10,
		memory: 1,
		io: 10
	};
	return [
		"cpu",
		"memory",
		"io"
	].flatMap((on) => {
		const waited = pressure[on] ?? 0;
		return waited > limits[on] ? [{
			rule: "pressure",
			on,
			share: waited / 100
		}] : [];
	});
}
function findSteal(before, after) {
	const steal = shareOf(before, after)?.steal ?? 0;
	return steal > .01 ? [{
		rule: "steal",
		share: steal
	}] : [];
}
function findHeat(before, after) {
	if ((after.throttles ?? 0) - (before.throttles ?? 0) > 0) return [{ rule: "throttling" }];
	const times = after.throttles ?? 0;
	return times > 0 ? [{
		rule: "throttled",
		times
	}] : [];
}
function findMemory({ memory }) {
	if (!memory || memory.available >= Math.max(.1 * memory.total, 512 * 2 ** 20)) return [];
	return [{
		rule: "little-memory",
		availableBytes: memory.available
	}];
}
// src/core/machine/hypervisor.ts
const VIRTUAL_DMI = /\b(QEMU|KVM|VMware|VirtualBox|innotek|Xen|Bochs|Parallels|BHYVE|Virtual Machine|OpenStack|KubeVirt|Apple Virtualization|Cloud Hypervisor|Google Compute Engine|Hetzner vServer)\b/i;
const AMAZON_GUEST = /^Amazon EC2 \w[\w-]*\.(?!metal)\w/;
function hypervisorOf(signs) {
	const { cpuinfo = "", dmi = "", compatible = "", hypervisorNode, nodes = [] } = signs;
	if (hypervisorNode) return hypervisorNode.split("\0")[0].replace(/^.*,/, "");
	if (/^qemu,|linux,dummy-virt/.test(compatible) || nodes.some((name) => name.startsWith("fw-cfg"))) return "qemu";
	if (AMAZON_GUEST.test(dmi)) return "amazon ec2";
	const named = VIRTUAL_DMI.exec(dmi)?.[1];
	if (named) return named.toLowerCase();
	return /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo) ? "yes" : void 0;
}
// src/shell/machine/vitals.ts
function readUnder(root, path) {
	try {
		return readFileSync(join(root, path), "utf8");
	} catch {
		return;
	}
}
function listUnder(root, path) {
	try {
		return readdirSync(join(root, path));
	} catch {
		return [];
	}
}
function readVitals(root) {
	const read = (path) => readUnder(root, path);
	const load = Number.parseFloat(read("/proc/loadavg") ?? "");
	const throttles = readThrottles(root);
	const clocksource = read("/sys/devices/system/clocksource/clocksource0/current_clocksource")?.trim();
	const memory = parseMemory(read("/proc/meminfo") ?? "");
	return {
		times: parseCpuTimes(read("/proc/stat") ?? ""),
		pressure: readPressure(root),
		onBattery: isOnBattery(root),
		...Number.isFinite(load) ? { load } : {},
		...throttles === void 0 ? {} : { throttles },
		...clocksource === void 0 ? {} : { clocksource },
		...memory === void 0 ? {} : { memory }
	};
}
function readPressure(root) {
	const found = [
		"cpu",
		"memory",
		"io"
	].flatMap((what) => {
		const value = parsePressure(readUnder(root, `/proc/pressure/${what}`) ?? "");
		return value === void 0 ? [] : [[what, value]];
	});
	return Object.fromEntries(found);
}
function readThrottles(root) {
	const counts = listUnder(root, "/sys/devices/system/cpu").flatMap((cpu) => {
		const path = `/sys/devices/system/cpu/${cpu}/thermal_throttle/core_throttle_count`;
		const count = /^cpu\d+$/.test(cpu) ? readUnder(root, path) : void 0;
		return count === void 0 ? [] : [Number(count)];
	});
	return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : void 0;
}
function isOnBattery(root) {
	const supplies = listUnder(root, "/sys/class/power_supply").map((name) => {
		const value = (file) => readUnder(root, `/sys/class/power_supply/${name}/${file}`)?.trim();
		return {
			type: value("type"),
			online: value("online"),
			status: value("status"),
			scope: value("scope")
		};
	});
	const mains = supplies.filter(({ type }) => type === "Mains");
	const discharging = supplies.some(({ type, status, scope }) => type === "Battery" && status === "Discharging" && scope !== "Device");
	return mains.length > 0 ? mains.every(({ online }) => online === "0") : discharging;
}
// src/shell/machine/hypervisor.ts
const TREE = "/proc/device-tree";
function findHypervisor(root) {
	const dmi = ["sys_vendor", "product_name"].map((name) => readUnder(root, `/sys/class/dmi/id/${name}`) ?? "");
	return hypervisorOf({
		cpuinfo: readUnder(root, "/proc/cpuinfo"),
		dmi: dmi.join(" "),
		compatible: readUnder(root, `${TREE}/compatible`),
		hypervisorNode: readUnder(root, `${TREE}/hypervisor/compatible`),
		nodes: listUnder(root, TREE)
	});
}
// src/shell/machine/facts.ts
const TOOLS$2 = [
	[
		"cc",
		"cc",
		["--version"]
	],
	[
		"c++",
		"c++",
		["--version"]
	],
	[
		"clang",
		"clang",
		["--version"]
	],
	[
		"rustc",
		"rustc",
		["--version"]
	],
	[
		"go",
		"go",
		["version"]
	],
	[
		"ld",
		"ld",
		["--version"]
	],
	[
		"libc",
		"getconf",
		["GNU_LIBC_VERSION"]
	],
	[
		"perf",
		"perf",
		["--version"]
	],
	[
		"valgrind",
		"valgrind",
		["--version"]
	],
	[
		"virtualisation",
		"systemd-detect-virt",
		[]
	]
];
const FETCH_NOTHING = ["GOPROXY=off", "RUSTUP_AUTO_INSTALL=0"];
const CPU = "/sys/devices/system/cpu";
async function readMachineFacts(root, tools) {
	const { virtualisation, ...versions } = await readVersions(tools);
	const found = Object.entries({
		cpuinfo: "/proc/cpuinfo",
		vendor: "/sys/class/dmi/id/sys_vendor",
		product: "/sys/class/dmi/id/product_name",
		meminfo: "/proc/meminfo",
		online: `${CPU}/online`,
		smallCores: "/sys/devices/cpu_atom/cpus",
		isolated: `${CPU}/isolated`,
		smt: `${CPU}/smt/active`,
		driver: `${CPU}/cpufreq/policy0/scaling_driver`,
		governor: `${CPU}/cpufreq/policy0/scaling_governor`,
		noTurbo: `${CPU}/intel_pstate/no_turbo`,
		boost: `${CPU}/cpufreq/boost`,
		thp: "/sys/kernel/mm/transparent_hugepage/enabled",
		cmdline: "/proc/cmdline"
	}).flatMap(([name, path]) => {
		const text = readUnder(root, path)?.trim();
		return text === void 0 || text === "" ? [] : [[name, text]];
	});
	const hypervisor = findHypervisor(root);
	return {
		kernel: release$1(),
		architecture: arch(),
		caches: readCaches(root),
		tools: versions,
		...virtualisation === void 0 ? {} : { virtualisation },
		...hypervisor === void 0 ? {} : { hypervisor },
		...Object.fromEntries(found)
	};
}
async function readVersions(tools) {
	const asked = TOOLS$2.map(async ([name, tool, args]) => {
		const file = await tools.find(tool);
		if (file === void 0) return [name, void 0];
		try {
			const words = [
				...FETCH_NOTHING,
				file,
				...args
			];
			const { stdout } = await tools.run({
				file: "env",
				args: words,
				cwd: "/",
				timeoutSeconds: 3
			});
			return [name, stdout.split("\n", 1)[0].trim()];
		} catch {
			return [name, void 0];
		}
	});
	return Object.fromEntries(await Promise.all(asked));
}
function readCaches(root) {
	const folder = `${CPU}/cpu0/cache`;
	return listUnder(root, folder).filter((name) => /^index\d+$/.test(name)).sort().map((name) => {
		const value = (file) => readUnder(root, `${folder}/${name}/${file}`)?.trim() ?? "?";
		return {
			level: value("level"),
			type: value("type"),
			size: value("size"),
			ways: value("ways_of_associativity"),
			line: value("coherency_line_size")
		};
	});
}
// src/shell/machine/hold.ts
const PATIENCE = {
	start: 120,
	wait: 1800,
	release: 120
};
async function holdMachine(request) {
	const { tune, access, cpus } = request;
	if (tune === "off") return untuned(request, []);
	const profile = parseProfile(formatProfile(tune));
	if (!profile.ok) throw new InputError(profile.fault);
	if (access.kind === "unreachable") return without(request, access.why);
	const session = startHost(access, [
		"hold",
		formatProfile(tune),
		...cpus ? [`${cpus.count}`] : []
	]);
	const answer = await becomeReady(session, request);
	if (!answer.ok) {
		session.abandon();
		return without(request, answer.fault);
	}
	const ready = answer.value;
	for (const note of ready.notes) request.log.warn(note);
	const old = {
		kind: "other-protocol",
		spoken: ready.protocol,
		ours: 2
	};
	let released;
	return {
		knobs: ready.knobs,
		gaps: [
			...ready.limitations.map((limitation) => ({
				kind: "told",
				limitation
			})),
			...ready.protocol === 2 ? [] : [old],
			...fewerThanAsked(request)
		],
		scheduling: schedulingIn(ready),
		release: () => {
			released ??= release(session, ready.knobs, request);
			return released;
		}
	};
}
function schedulingIn({ cpus, nice, realTime, partition }) {
	return {
		...cpus !== void 0 && { cpus },
		...nice !== void 0 && { nice },
		...realTime !== void 0 && { realTime },
		...partition !== void 0 && { partition }
	};
}
async function becomeReady(session, { access, log, patience }) {
	const started = performance.now();
	const waited = () => (performance.now() - started) / 1e3;
	for (let words = 0;; words++) {
		const event = await session.next(words > 0 ? Math.max(0, patience.wait - waited()) : patience.start);
		switch (event.event) {
			case "waiting":
				log.line(`Waiting for the machine, held by ${event.holder} (${Math.round(waited())} s so far).`);
				break;
			case "ready": return success(event);
			case "refused":
				session.abandon();
				if (event.reason === "input") throw new InputError(event.faults.map(withoutCpus));
				throw busy(event.faults, waited());
			case "silent":
				session.abandon();
				if (words > 0) throw busy([], waited());
				return failed(`the host process said nothing for ${patience.start} s`);
			case "ended":
				if (event.killed) await recoverThrough(access, log);
				return failed(`the host process ${event.how} (${event.lastLines.at(-1) ?? "it said nothing"})`);
			default: return failed("the host process said something unexpected");
		}
	}
}
const withoutCpus = (fault) => fault.startsWith("hold takes exactly one PROFILE") ? "The installed host process does not know cpus; run perf-verdict host install again." : fault;
function busy(lines, seconds) {
	return new CommandError({
		what: "Waiting for the machine",
		command: "perf-verdict host hold",
		ended: `was given up after ${Math.round(seconds)} s, because another job holds it`,
		lastLines: lines
	});
}
async function release(session, knobs, { access, log, patience }) {
	session.close();
	const event = await session.next(patience.release);
	if (event.event === "released") {
		for (const leftover of event.leftovers) log.warn(leftover);
		await session.next(patience.release);
		session.abandon();
		return event.knobs;
	}
	const how = event.event === "ended" ? event.how : "does not answer";
	session.abandon();
	log.warn(`The host process ${how} while the machine was held; its settings are restored now.`);
	const good = await recoverThrough(access, log);
	const why = `the host process ${how} before the end, so some rounds may have run untuned`;
	return knobs.map((knob) => knob.set === void 0 ? knob : {
		...knob,
		restored: good,
		lasted: false,
		why
	});
}
function without(request, why) {
	if (request.tune !== "auto") throw new InputError([`Nothing can be tuned: ${why}; make the host process reachable, or write tune: auto.`]);
	return untuned(request, [{
		kind: "untuned",
		why
	}]);
}
function untuned(request, gaps) {
	const chosen = request.cpus?.choice.chosen ?? [];
	return {
		knobs: [],
		gaps: [...gaps, ...fewerThanAsked(request)],
		scheduling: chosen.length > 0 ? { cpus: formatCpuList(chosen) } : {},
		release: () => Promise.resolve([])
	};
}
function fewerThanAsked({ cpus }) {
	if (!cpus || cpus.count === "all") return [];
	const { count, choice } = cpus;
	const had = Math.max(1, choice.chosen.length);
	if (had >= count) return [];
	return [{
		kind: "fewer-cpus",
		asked: count,
		had
	}];
}
// src/shell/machine/own-user.ts
function ownUserName() {
	try {
		return userInfo().username;
	} catch {
		return `user-${process.getuid?.() ?? "unknown"}`;
	}
}
// src/shell/machine/turn.ts
const WORD_SECONDS = 10;
const RETRY_MILLISECONDS = 200;
const WHO_LIMIT = 200;
async function takeTurn({ name, log, patienceSeconds }) {
	const path = `\0${name}`;
	const started = performance.now();
	const waited = () => (performance.now() - started) / 1e3;
	for (let said = -10;;) {
		const bound = await bind(path);
		if (bound.kind === "bound") return { end: () => unbind(bound.server) };
		if (bound.kind === "impossible") return {
			end: async () => {},
			gap: {
				kind: "unlocked",
				code: bound.code
			}
		};
		if (waited() >= patienceSeconds) throw tooLong(waited());
		const until = Math.min(patienceSeconds, Math.max(waited(), said + WORD_SECONDS));
		const { holder, gone } = await watch(path, Math.max(0, until - waited()));
		if (!gone && waited() >= said + WORD_SECONDS) {
			log.line(`Waiting for ${holder ?? "another gate"}, which measures on this machine (${Math.round(waited())} s so far).`);
			said = waited();
		}
		if (gone) await setTimeout$1(Math.random() * RETRY_MILLISECONDS);
	}
}
async function bind(path) {
	const since = new Date().toISOString().slice(11, 19);
	const server = createServer((client) => {
		client.on("error", () => {});
		client.resume().write(`process ${process.pid} of ${ownUserName().replaceAll(/[^\w.-]/g, "-").slice(0, 64)} since ${since} UTC\n`);
		client.unref();
	});
	const outcome = Promise.race([once(server, "listening").then(() => void 0), once(server, "error")]);
	server.listen({ path });
	const [error] = await outcome ?? [];
	if (error === void 0) {
		server.on("connection", (client) => clients(server).add(client));
		server.unref();
		return {
			kind: "bound",
			server
		};
	}
	const { code = "unknown fault" } = error;
	return code === "EADDRINUSE" ? { kind: "taken" } : {
		kind: "impossible",
		code
	};
}
const OPEN = new WeakMap();
function clients(server) {
	const open = OPEN.get(server) ?? new Set();
	OPEN.set(server, open);
	return open;
}
async function unbind(server) {
	if (!server.listening) return;
	const closed = once(server, "close");
	server.close();
	for (const client of clients(server)) client.destroy();
	await closed;
}
async function watch(path, seconds) {
	const socket = createConnection({ path });
	let said = "";
	socket.setEncoding("utf8").on("data", (text) => {
		if (said.length < WHO_LIMIT) said += text;
	});
	const end = new Promise((resolve) => {
		socket.on("error", () => resolve(true)).on("close", () => resolve(true));
	});
	const stop = new AbortController();
	const time = setTimeout$1(Math.max(.1, seconds) * 1e3, false, { signal: stop.signal });
	const gone = await Promise.race([end, time.catch(() => false)]);
	stop.abort();
	socket.destroy();
	const holder = /^process \d{1,10} of [\w.-]{1,64} since \d\d:\d\d:\d\d UTC\n$/.test(said) ? said.trim() : void 0;
	return {
		gone,
		...holder !== void 0 && { holder }
	};
}
function tooLong(seconds) {
	return new CommandError({
		what: "Waiting for this machine",
		command: "measuring",
		ended: `was given up after ${Math.round(seconds)} s, because another gate measures on it`,
		lastLines: [],
		hint: "Look for a gate that hangs; or give the job a later time."
	});
}
// src/shell/machine/open.ts
function lockName(root) {
	return `perf-verdict ${process.env.PERF_VERDICT_LOCK || "machine"} ${root}`.slice(0, 100);
}
const LOOK_MILLISECONDS$1 = 250;
function openMachine(log, ways, parts = {}) {
	const { root = "/", tools: tools$1 = tools, access = findHostAccess(), patience = PATIENCE } = parts;
	let holding = false;
	return {
		fingerprint: async () => shapeFingerprint(await readMachineFacts(root, tools$1)),
		hold: async (tune, cpus) => {
			const turn = await takeTurn({
				name: lockName(root),
				log,
				patienceSeconds: patience.wait
			});
			ways.add(turn.end);
			const topology = readTopology(settingsUnder(root, fs));
			const asked = cpus === void 0 ? {} : { cpus: {
				count: cpus,
				choice: chooseCpus(topology, cpus)
			} };
			const hold = await holdMachine({
				tune,
				access,
				log,
				patience,
				...asked
			}).catch(async (error) => {
				await turn.end();
				throw error;
			});
			ways.add(hold.release);
			holding = true;
			const release = async () => {
				const knobs = await hold.release();
				await turn.end();
				holding = false;
				return knobs;
			};
			const gaps = [...turn.gap ? [turn.gap] : [], ...hold.gaps];
			return {
				...hold,
				gaps,
				release
			};
		},
		noise: async (cpus) => {
			const choice = chooseCpus(readTopology(settingsUnder(root, fs)), cpus);
			const before = readVitals(root);
			await setTimeout$1(LOOK_MILLISECONDS$1);
			const holder = holding ? void 0 : readHolder(root, fs);
			return findNoise(before, readVitals(root), {
				chosen: choice.chosen,
				siblings: idleSiblings(choice),
				...holder === void 0 ? {} : { holder: describeHolder(holder) }
			});
		}
	};
}
// src/core/sandbox/system-calls.ts
function systemCallFilter(machine) {
	const tables = TABLES[machine];
	if (tables === void 0) return void 0;
	const blocks = tables.map(block);
	return encoded([
		load(ARCH),
		...blocks.flat(),
		refuse(ENOSYS)
	]);
}
const NEW_CALLS = [
	428,
	429,
	430,
	431,
	432,
	433,
	442,
	443,
	467
];
const NEW_MISSING = [435, 425];
const X86_64 = {
	arch: 3221225534,
	refused: [
		...[
			248,
			249,
			250,
			321,
			165,
			166,
			155,
			308,
			175,
			313,
			176,
			246,
			320,
			169,
			167
		],
		...[
			168,
			163,
			164,
			227,
			172,
			173,
			304,
			179,
			103,
			153,
			300,
			180,
			134
		],
		...NEW_CALLS
	],
	missing: NEW_MISSING,
	clone: 56,
	unshare: 272,
	socket: 41,
	ioctl: 16,
	setsockopt: 54,
	end: 1073741824
};
const I386 = {
	arch: 1073741827,
	refused: [
		...[
			286,
			287,
			288,
			357,
			21,
			22,
			52,
			217,
			346,
			128,
			350,
			129,
			283,
			88,
			87,
			115,
			51,
			79,
			264,
			404
		],
		...[
			110,
			101,
			342,
			131,
			103,
			111,
			338,
			169,
			86,
			102
		],
		...NEW_CALLS
	],
	missing: NEW_MISSING,
	clone: 120,
	unshare: 310,
	socket: 359,
	ioctl: 54,
	setsockopt: 366
};
const AARCH64 = {
	arch: 3221225655,
	refused: [
		...[
			217,
			218,
			219,
			280,
			40,
			39,
			41,
			268,
			105,
			273,
			106,
			104,
			294,
			142,
			224
		],
		...[
			225,
			89,
			170,
			112,
			265,
			60,
			116,
			58,
			262,
			42
		],
		...NEW_CALLS
	],
	missing: NEW_MISSING,
	clone: 220,
	unshare: 97,
	socket: 198,
	ioctl: 29,
	setsockopt: 208
};
const TABLES = {
	x64: [X86_64, I386],
	arm64: [AARCH64]
};
const NEW_NAMESPACES = 2114060288;
const AF_VSOCK = 40;
const TERMINAL_REQUESTS = [21522, 21532];
const SOL_SOCKET = 1;
const SO_BINDTODEVICE = 25;
const SO_BINDTOIFINDEX = 62;
const EPERM = 1;
const ENOSYS = 38;
const NUMBER = 0;
const ARCH = 4;
const ARGUMENTS = [
	16,
	24,
	32
];
const instruction = (code, k, jumpTrue = 0, jumpFalse = 0) => ({
	code,
	jumpTrue,
	jumpFalse,
	k
});
const load = (offset) => instruction(32, offset);
const jump = (over) => instruction(5, over);
const ifEqual = (k, jumpTrue, jumpFalse) => instruction(21, k, jumpTrue, jumpFalse);
const ifAtLeast = (k, jumpTrue, jumpFalse) => instruction(53, k, jumpTrue, jumpFalse);
const ifAnySet = (k, jumpTrue, jumpFalse) => instruction(69, k, jumpTrue, jumpFalse);
const allow = instruction(6, 2147418112);
const refuse = (errno) => instruction(6, 327680 | errno);
function block(table) {
	const { clone, unshare, socket, ioctl, setsockopt, end } = table;
	const body = [
		load(NUMBER),
		...end === void 0 ? [] : [ifAtLeast(end, 0, 1), refuse(ENOSYS)],
		...table.refused.flatMap((call) => [ifEqual(call, 0, 1), refuse(EPERM)]),
		...table.missing.flatMap((call) => [ifEqual(call, 0, 1), refuse(ENOSYS)]),
		...byArgument(clone, 0, [ifAnySet(NEW_NAMESPACES, 0, 1)]),
		...byArgument(unshare, 0, [ifAnySet(2114060416, 0, 1)]),
		...byArgument(socket, 0, [ifEqual(AF_VSOCK, 0, 1)]),
		...byArgument(ioctl, 1, TERMINAL_REQUESTS.map((request) => ifEqual(request, 0, 1))),
		...bindingToDevices(setsockopt),
		allow
	];
	return [
		ifEqual(table.arch, 1, 0),
		jump(body.length),
		...body
	];
}
function byArgument(call, argument, tests) {
	const body = [
		load(ARGUMENTS[argument]),
		...tests.flatMap((each) => [each, refuse(EPERM)]),
		allow
	];
	return [ifEqual(call, 0, body.length), ...body];
}
function bindingToDevices(setsockopt) {
	const options = [SO_BINDTODEVICE, SO_BINDTOIFINDEX].flatMap((option) => [ifEqual(option, 0, 1), refuse(EPERM)]);
	const body = [
		...[
			load(ARGUMENTS[1]),
			ifEqual(SOL_SOCKET, 1, 0),
			allow
		],
		load(ARGUMENTS[2]),
		...options,
		allow
	];
	return [ifEqual(setsockopt, 0, body.length), ...body];
}
function encoded(program) {
	const bytes = new DataView(new ArrayBuffer(program.length * 8));
	for (const [index, { code, jumpTrue, jumpFalse, k }] of program.entries()) {
		bytes.setUint16(index * 8, code, true);
		bytes.setUint8(index * 8 + 2, jumpTrue);
		bytes.setUint8(index * 8 + 3, jumpFalse);
		bytes.setUint32(index * 8 + 4, k >>> 0, true);
	}
	return new Uint8Array(bytes.buffer);
}
// src/shell/jobs/scheduled-command.ts
const TOOLS$1 = [
	"taskset",
	"nice",
	"chrt",
	"prlimit"
];
const ENTER = `
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
procs=$1 nice=$2
shift 2
for group in $procs; do echo 0 >"$group" || exit 126; done
if [ -n "$nice" ] && [ -e /proc/self/autogroup ]; then
  for pause in 0.05 0.05 0.05 0; do
    { echo "$nice" >/proc/self/autogroup; } 2>/dev/null && break
    sleep "$pause"
  done
fi
exec "$@"
`;
async function findStartTools({ find }) {
	const found = await Promise.all(TOOLS$1.map(async (name) => [name, await find(name)]));
	return Object.fromEntries(found.filter(([, path]) => path !== void 0));
}
function started(argv, { tools, group, counted, endsFirst, limits: { processes, fileBytes, coreBytes, queueBytes } }, { cpus, nice, realTime } = {}) {
	const hurried = nice !== void 0 || realTime !== void 0;
	const limits = [
		...counted ? [`--nproc=${processes}`] : [],
		`--fsize=${fileBytes}`,
		`--core=${coreBytes}`,
		...queueBytes === void 0 ? [] : [`--msgqueue=${queueBytes}`],
		...hurried ? ["--nice=0", "--rtprio=0"] : []
	];
	const chain = [
		...realTime === void 0 ? [] : [
			toolOf(tools, "chrt"),
			"-r",
			`${realTime}`
		],
		...nice === void 0 ? [] : [
			toolOf(tools, "nice"),
			"-n",
			`${nice - getPriority()}`
		],
		...cpus === void 0 ? [] : [
			toolOf(tools, "taskset"),
			"-c",
			cpus
		],
		...tools.prlimit === void 0 ? [] : [tools.prlimit, ...limits],
		...argv
	];
	if (group === void 0 && nice === void 0 && !endsFirst) return chain;
	const procs = group === void 0 ? [] : [`${group.folder}/cgroup.procs`, ...group.limited?.procs ?? []];
	return [
		"/bin/sh",
		"-c",
		ENTER,
		"enter",
		procs.join(" "),
		`${nice ?? ""}`,
		...chain
	];
}
function toolOf(tools, name) {
	const path = tools[name];
	if (path === void 0) throw new InputError([`${name} is not installed, without which benchmarks cannot be run as asked; install it, or write tune: off.`]);
	return path;
}
// src/shell/jobs/processes.ts
async function childrenOf(pid) {
	return (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "")).split(" ").filter((word) => word !== "").map(Number);
}
function signal(pid, name) {
	try {
		process.kill(pid, name);
	} catch {}
}
async function endChild(child) {
	if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once("exit", () => resolve()));
	child.kill("SIGKILL");
	await gone;
}
const PATIENCE_MILLISECONDS$1 = 2e3;
async function untilGone(pid) {
	for (let waited = 0, pause = 1; waited < PATIENCE_MILLISECONDS$1; waited += pause, pause *= 2) {
		if (!await lives(pid)) return;
		await setTimeout$1(pause);
	}
}
async function lives(pid) {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	return text !== "" && !/^\) [ZX]/.test(text.slice(text.lastIndexOf(")")));
}
const LOSE_FIRST = "{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null;";
function gated({ argv, under = [] }, descriptors) {
	const shell = descriptors.some((descriptor) => descriptor > 9) ? "/bin/bash" : "/bin/sh";
	const script = `${LOSE_FIRST} echo >&4; read -r go <&3 || exit 125; exec 3<&- 4>&- ${closing([5, ...descriptors])}; exec "$@"`;
	return [
		...under,
		shell,
		"-c",
		script,
		"gate",
		...argv
	];
}
const closing = (descriptors) => descriptors.map((descriptor) => `${descriptor}<&-`).join(" ");
function inheritable() {
	return readdirSync("/proc/self/fd").map(Number).filter((descriptor) => {
		if (descriptor <= 5) return false;
		try {
			const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1];
			return flags !== void 0 && (Number.parseInt(flags, 8) & 524288) === 0;
		} catch {
			return false;
		}
	});
}
function spawnWrapper([file, ...args], { cwd, env, filter }) {
	const opened = filter === void 0 ? void 0 : openSync(filter, "r");
	const child = spawn(file, args, {
		cwd,
		env,
		detached: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe",
			"pipe",
			"pipe",
			...opened === void 0 ? [] : [opened]
		]
	});
	if (opened !== void 0) closeSync(opened);
	const [, stdout, stderr, go, ready] = child.stdio;
	go.on("error", () => {});
	const ended = new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", (code, signal) => resolve({
			code,
			signal
		}));
	});
	return {
		file,
		pid: child.pid,
		stdout,
		stderr,
		ready: Promise.race([once(ready, "data").then(() => true), ended.then(() => false)]),
		ended,
		go: () => void go.end("go\n"),
		kill: () => endChild(child),
		close: () => {
			for (const stream of [
				stdout,
				stderr,
				go,
				ready
			]) stream.destroy();
		}
	};
}
// src/shell/jobs/run-job.ts
const OUTPUT_CAP = 10485760;
const GRACE_SECONDS = 5;
const DRAIN_SECONDS = 2;
const asChild = ({ around = [], wrap, from, filter }, start = (argv) => argv) => (job) => {
	return spawnWrapper(start([...around, ...wrap({
		...job,
		argv: gated(job, inheritable())
	})]), {
		cwd: from ?? job.cwd,
		env: job.env,
		filter
	});
};
async function runJob(job, enclosure, begin = asChild(enclosure)) {
	const wrapper = begin(job);
	enclosure.started?.(wrapper);
	const out = collect(wrapper.stdout, job.outputCap ?? OUTPUT_CAP, job.onOutput);
	const err = collect(wrapper.stderr, job.outputCap ?? OUTPUT_CAP);
	const isReady = await wrapper.ready;
	if (isReady) await enclosure.placed?.(wrapper);
	const usedBefore = enclosure.cpuSeconds?.();
	const started = process.hrtime.bigint();
	const limit = limited(wrapper, job.timeoutSeconds, enclosure);
	const threads = job.countsThreads ? countThreads(enclosure) : void 0;
	wrapper.go();
	try {
		const { code, signal } = await wrapper.ended;
		const seconds = Number(process.hrtime.bigint() - started) / 1e9;
		limit.stop();
		const most = threads?.stop() ?? 0;
		const used = enclosure.cpuSeconds?.();
		await enclosure.destroy(wrapper);
		await Promise.race([Promise.all([out.done, err.done]), pause(DRAIN_SECONDS)]);
		if (!isReady) throw new RunFault(sayFault(wrapper.file, {
			code,
			signal
		}, err.text()));
		const bySignal = enclosure.tellsSignals && signal === null ? signalOf(code) : void 0;
		return {
			seconds,
			code: bySignal === void 0 ? code : null,
			signal: bySignal ?? signal,
			timedOut: limit.reached(),
			stdout: out.text(),
			stderr: err.text(),
			truncated: out.truncated(),
			...used !== void 0 && usedBefore !== void 0 && { cpuSeconds: used - usedBefore },
			...most > 0 && { threads: most + 1 }
		};
	} finally {
		limit.stop();
		threads?.stop();
		wrapper.close();
	}
}
const LOOK_MILLISECONDS = 10;
function countThreads({ extraThreads }) {
	let most = 0;
	const timer = setInterval(() => {
		most = Math.max(most, extraThreads?.() ?? 0);
	}, LOOK_MILLISECONDS);
	return { stop: () => {
		clearInterval(timer);
		return most;
	} };
}
function sayFault(file, { code, signal }, text) {
	const [first = ""] = text.trim().split("\n").slice(-1);
	const said = first === "" ? `${file} ended with ${signal ?? `exit code ${code}`}` : first;
	return sayNoPlace(said);
}
const sayNoPlace = (said) => `The place for a job could not be made: ${said.replace(/\.$/, "")}. Nothing of the job has run; see perf-verdict doctor.`;
const SIGNALS = {
	1: "SIGHUP",
	2: "SIGINT",
	3: "SIGQUIT",
	4: "SIGILL",
	5: "SIGTRAP",
	6: "SIGABRT",
	7: "SIGBUS",
	8: "SIGFPE",
	9: "SIGKILL",
	10: "SIGUSR1",
	11: "SIGSEGV",
	12: "SIGUSR2",
	13: "SIGPIPE",
	14: "SIGALRM",
	15: "SIGTERM",
	24: "SIGXCPU",
	25: "SIGXFSZ",
	31: "SIGSYS"
};
const signalOf = (code) => code !== null && code > 128 ? SIGNALS[code - 128] : void 0;
function limited(wrapper, seconds, enclosure) {
	let reached = false;
	let timer = setTimeout(() => {
		reached = true;
		enclosure.terminate(wrapper);
		timer = setTimeout(() => void enclosure.destroy(wrapper), GRACE_SECONDS * 1e3);
	}, seconds * 1e3);
	return {
		reached: () => reached,
		stop: () => clearTimeout(timer)
	};
}
function collect(stream, cap, tell) {
	const chunks = [];
	let size = 0;
	stream.on("data", (chunk) => {
		if (size < cap) chunks.push(chunk.subarray(0, cap - size));
		size += chunk.length;
		tell?.(chunk);
	});
	return {
		done: new Promise((resolve) => stream.once("close", () => resolve())),
		text: () => Buffer.concat(chunks).toString("utf8"),
		truncated: () => size > cap
	};
}
function pause(seconds) {
	return new Promise((resolve) => {
		setTimeout(resolve, seconds * 1e3).unref();
	});
}
// src/core/sandbox/limits.ts
function readHardLimits(text) {
	const of = (name) => {
		const hard = new RegExp(`^Max ${name}\\s+\\S+\\s+(\\d+)`, "m").exec(text)?.[1];
		return hard === void 0 ? {} : { [name]: Number(hard) };
	};
	return {
		...of("processes"),
		...of("file size"),
		...of("core file size")
	};
}
const MIB = 2 ** 20;
const GIB = 2 ** 30;
function limitsOf({ cpus, memoryBytes, diskBytes, hard = {} }) {
	return {
		memoryBytes: Math.round(memoryBytes - Math.min(memoryBytes / 8, 2 * GIB)),
		processes: atMost(hard.processes, Math.max(4096, 128 * cpus)),
		fileBytes: atMost(hard["file size"], Math.round(Math.max(GIB, diskBytes / 2))),
		diskBytes: Math.round(Math.max(GIB, diskBytes / 2)),
		coreBytes: atMost(hard["core file size"], 1),
		keptMemoryBytes: Math.round(Math.min(memoryBytes / 16, 512 * MIB))
	};
}
const atMost = (hard, wanted) => Math.min(hard ?? wanted, wanted);
function keptOfDisk(free) {
	return {
		bytes: Math.round(Math.min(free.bytes / 10, 2 * GIB)),
		files: Math.round(Math.min(free.files / 10, 2e4))
	};
}
// src/shell/jobs/watch-room.ts
function machineLimits(folder) {
	const { bavail, bsize } = statfsSync(folder);
	const own = process.constrainedMemory();
	return limitsOf({
		cpus: availableParallelism(),
		memoryBytes: own > 0 ? Math.min(own, totalmem()) : totalmem(),
		diskBytes: bavail * bsize,
		hard: readHardLimits(readFileSync("/proc/self/limits", "utf8"))
	});
}
function disksOf(folders) {
	const disks = new Map();
	for (const folder of folders) {
		const found = statSync(folder, { throwIfNoEntry: false });
		if (!found || disks.has(found.dev)) continue;
		const { bavail, bsize, ffree } = statfsSync(folder);
		const freeBytes = bavail * bsize;
		disks.set(found.dev, {
			folder,
			freeBytes,
			kept: keptOfDisk({
				bytes: freeBytes,
				files: ffree
			})
		});
	}
	return [...disks.values()];
}
const EVERY_MILLISECONDS = 250;
function watchRoom(watched, tooLittle) {
	const isOverfull = openOverfull(watched);
	let looking = false;
	const timer = setInterval(async () => {
		if (looking) return;
		looking = true;
		const what = await shortOf(watched, isOverfull).catch(() => void 0);
		looking = false;
		if (what === void 0 || stopped) return;
		stop();
		tooLittle(what);
	}, EVERY_MILLISECONDS);
	let stopped = false;
	const stop = () => {
		stopped = true;
		clearInterval(timer);
	};
	return stop;
}
async function shortOf({ disks, memory, limits }, isOverfull) {
	for (const disk of disks) {
		const { bavail, bsize, ffree } = await statfs(disk.folder);
		if (bavail * bsize < disk.kept.bytes) return {
			of: "disk",
			limit: disk.kept.bytes
		};
		if (ffree < disk.kept.files) return { of: "disk files" };
		if (await isOverfull(disk, bavail * bsize)) return {
			of: "disk use",
			limit: limits.diskBytes
		};
	}
	if (memory && availableBytes(await readFile("/proc/meminfo", "utf8")) < limits.keptMemoryBytes) return {
		of: "machine memory",
		limit: limits.keptMemoryBytes
	};
}
const SUM_AGAIN = 1 / 16;
function openOverfull({ folders, limits: { diskBytes } }) {
	const seen = new Map();
	return async (disk, freeNow) => {
		const { from, most: before } = seen.get(disk) ?? {
			from: diskBytes,
			most: disk.freeBytes
		};
		const most = Math.max(before, freeNow);
		const lostBytes = most - freeNow;
		const isDue = lostBytes >= from;
		seen.set(disk, {
			most,
			from: isDue ? lostBytes + diskBytes * SUM_AGAIN : from
		});
		if (!isDue) return false;
		const args = [
			"--summarize",
			"--one-file-system",
			"--block-size=1",
			"--",
			...folders
		];
		const { stdout } = await tools.run({
			file: "du",
			args,
			timeoutSeconds: SUM_SECONDS
		});
		return [...stdout.matchAll(/^(\d+)\t/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0) > diskBytes;
	};
}
const SUM_SECONDS = 20;
function availableBytes(meminfo) {
	const kibibytes = /^MemAvailable:\s*(\d+) kB$/m.exec(meminfo)?.[1];
	return kibibytes === void 0 ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024;
}
// src/shell/jobs/start-job.ts
function currentJobs() {
	const ends = new Set();
	let over = false;
	return {
		add(end) {
			if (over) end().catch(() => {});
			ends.add(end);
			return () => ends.delete(end);
		},
		endAll: async () => {
			over = true;
			await Promise.allSettled([...ends].map((end) => end()));
		}
	};
}
const NO_GROUPS = "Benchmarks cannot be moved into the group that the host process made for them; take cpuset out of tune.";
function jobStarter(starting) {
	const { tools, groups, counted, current, limits, disks, servers } = starting;
	const endsFirst = process.geteuid?.() === 0;
	return async (job, enclosure, tree) => {
		const { scheduling } = job;
		refuseNull(job);
		if (scheduling?.partition !== void 0 && groups === void 0) throw new InputError([NO_GROUPS]);
		const inGroup = (group) => (argv) => started(argv, {
			tools,
			counted,
			endsFirst,
			limits,
			...group && { group }
		}, scheduling);
		const way = () => {
			const group = groups?.make(scheduling);
			const around = (words) => inGroup(group)([...enclosure.around ?? [], ...words]);
			return {
				group,
				around
			};
		};
		groups?.weigh(scheduling);
		const { serve } = enclosure;
		const server = tree !== void 0 && serve ? await servers?.reserve(tree, scheduling, way) : void 0;
		const group = server ? server.group : groups?.make(scheduling);
		const reached = group?.limited?.look() ?? lostSince();
		const watched = {
			disks,
			folders: job.folders,
			limits,
			memory: group?.limited?.holdMemory !== true
		};
		let short;
		let unwatch = () => {};
		let over = () => {};
		const destroy = async (wrapper) => {
			if (!server) group?.kill();
			await enclosure.destroy(wrapper);
		};
		try {
			const outcome = await runJob(job, {
				...enclosure,
				started(wrapper) {
					const end = () => destroy(wrapper);
					over = current.add(end);
					unwatch = watchRoom(watched, (what) => {
						short = what;
						end();
					});
				},
				cpuSeconds: () => group?.cpuSeconds(),
				extraThreads: () => group?.extraThreads() ?? 0,
				destroy
			}, server && serve ? (placedJob) => server.start(serve({
				...placedJob,
				argv: gated(placedJob, [])
			}), enclosure.filter) : asChild(enclosure, inGroup(group)));
			const ranOut = short ?? reached() ?? (isOfFileSize(outcome) ? fileLimit(limits) : void 0);
			return {
				...outcome,
				...ranOut && { ranOut }
			};
		} finally {
			unwatch();
			over();
			if (!server) await group?.remove();
		}
	};
}
function refuseNull({ argv, env, cwd }) {
	const has = (word) => word.includes("\0");
	const variable = Object.entries(env).find((pair) => pair.some(has))?.[0].replaceAll("\0", "");
	const named = variable === void 0 ? void 0 : `the variable ${variable}`;
	const where = argv.some(has) ? "its command" : has(cwd) ? "the name of its folder" : named;
	if (where !== void 0) throw new RunFault(`A job was not started, because ${where} holds a null byte, which no program can be given; take it out.`);
}
function lostSince() {
	const before = lostToMemory();
	return () => lostToMemory() > before ? { of: "memory" } : void 0;
}
function lostToMemory() {
	try {
		return Number(/^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
const isOfFileSize = ({ code, signal }) => signal === "SIGXFSZ" || code === 153;
const fileLimit = ({ fileBytes }) => ({
	of: "file size",
	limit: fileBytes
});
// src/core/sandbox/toolchains.ts
const PARTS$1 = /^(?:s?bin|shims|lib(?:32|64|x32|exec)?|include|share|conf|jmods|pkg|src|misc|api|test|versions|plugins|pyenv\.d|completions|rbenv\.d|version|toolchains|update-hashes|settings\.toml|sdk|shared|host|packs|VERSION|go\.env|release|pyvenv\.cfg|(?:x86_64|aarch64|arm|i[3-6]86|riscv64|powerpc64(?:le)?|s390x)[\w.-]*)$/;
const PERSONAL = /^(?:\.local|\.cargo)$/;
const PERSONAL_PARTS = /^(?:s?bin|lib(?:32|64|exec)?)$/;
const BIN = /^(?:s?bin|shims|condabin|libexec)$/;
const FOLDER_VARIABLES = [
	"RUSTUP_HOME",
	"GOROOT",
	"JAVA_HOME",
	"PYENV_ROOT",
	"RBENV_ROOT",
	"DOTNET_ROOT"
];
const PROGRAM_VARIABLES = [
	"CC",
	"CXX",
	"AR",
	"LD"
];
function toolchainFolders(facts) {
	const { env } = facts;
	const onPath = (env.PATH ?? "").split(":").filter((part) => part.startsWith("/"));
	const programs = PROGRAM_VARIABLES.flatMap((name) => env[name]?.split(" ", 1) ?? []);
	const folders = [...onPath, ...programs.filter((path) => path.startsWith("/")).map(folderOf)].flatMap((path) => aroundFolder(trimmed(path), facts));
	const prefixes = FOLDER_VARIABLES.flatMap((name) => env[name] ?? []).filter((path) => path.startsWith("/")).flatMap((path) => partsOf(trimmed(path), facts));
	return outermost([...folders, ...prefixes].flatMap((path) => {
		const real = facts.realPath(path);
		return real === void 0 ? [] : real === path ? [path] : [real, path];
	}).filter((path) => mayBeShown(path, facts)));
}
function aroundFolder(path, facts) {
	if (!BIN.test(nameOf$1(path))) return [path];
	const prefix = folderOf(path);
	return [path, ...facts.closed.includes(prefix) ? [] : partsOf(prefix, facts)];
}
function partsOf(prefix, facts) {
	if (prefix === "/") return [];
	const names = facts.namesIn(prefix);
	const parts = PERSONAL.test(nameOf$1(prefix)) || nameOf$1(prefix) === "go" && !names.includes("VERSION") ? PERSONAL_PARTS : PARTS$1;
	return names.filter((name) => parts.test(name)).map((name) => `${prefix}/${name}`);
}
function mayBeShown(path, { closed, system }) {
	if (path === "/" || system.some((folder) => isWithin(path, folder))) return false;
	return !closed.some((folder) => isWithin(folder, path));
}
function outermost(paths) {
	const all = [...new Set(paths)];
	return all.filter((path) => !all.some((other) => other !== path && isWithin(path, other)));
}
function isWithin(path, folder) {
	return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
const trimmed = (path) => path.replace(/\/{2,}/g, "/").replace(/\/$/, "") || "/";
const nameOf$1 = (path) => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path) => path.slice(0, path.lastIndexOf("/")) || "/";
// src/core/sandbox/bubblewrap.ts
function bubblewrapArguments({ shown, network }, { user, filterDescriptor, cwd }) {
	return [
		...[
			"--unshare-pid",
			"--unshare-ipc",
			"--unshare-uts",
			"--die-with-parent"
		],
		...network ? [] : ["--unshare-net"],
		...user ? [
			"--unshare-user",
			"--uid",
			`${user.uid}`,
			"--gid",
			`${user.gid}`,
			"--cap-drop",
			"ALL"
		] : [],
		...withWays(shown).flatMap(argumentsFor),
		...shown.some(({ how }) => how === "dev") ? ["--remount-ro", "/dev"] : [],
		...["--remount-ro", "/"],
		...filterDescriptor === void 0 ? [] : ["--seccomp", `${filterDescriptor}`],
		...["--chdir", cwd]
	];
}
function withWays(shown) {
	const made = new Set();
	const covered = [];
	return shown.flatMap((each) => {
		const parts = each.at.split("/").slice(1, -1);
		const ways = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`).filter((way) => !made.has(way) && !covered.some((folder) => isWithin(way, folder)));
		for (const way of [...ways, each.at]) made.add(way);
		if (each.how === "memory") {
			for (const way of made) if (isWithin(way, each.at)) made.delete(way);
		}
		if (each.how !== "memory" && each.how !== "folder") covered.push(each.at);
		made.add(each.at);
		return [...ways.map((at) => ({
			how: "folder",
			at
		})), each];
	});
}
function argumentsFor(shown) {
	const { at } = shown;
	switch (shown.how) {
		case "read": return [
			"--ro-bind",
			shown.from,
			at
		];
		case "write": return [
			"--bind",
			shown.from,
			at
		];
		case "device": return [
			"--dev-bind",
			shown.from,
			at
		];
		case "layered": return [
			"--bind",
			shown.merged,
			at
		];
		case "memory": return [
			"--perms",
			"1777",
			"--size",
			`${shown.megabytes * 2 ** 20}`,
			"--tmpfs",
			at
		];
		case "folder": return [
			"--perms",
			"0755",
			"--dir",
			at
		];
		case "link": return [
			"--symlink",
			shown.target,
			at
		];
		case "proc": return ["--proc", at];
		case "dev": return ["--dev", at];
	}
}
// src/shell/jobs/pipes.ts
function writer(folder) {
	const written = new Map();
	return (name, list) => {
		if (list.some((word) => word.includes("\0"))) throw new Error(`${name} of a job hold a null byte`);
		const text = list.map((word) => `${word}\0`).join("");
		if (written.get(name) === text) return;
		const file = join(folder, name);
		rmSync(file, { force: true });
		writeFileSync(file, text, {
			flag: "wx",
			mode: 384
		});
		written.set(name, text);
	};
}
function openPipes(folder) {
	const opened = [];
	const open = (name, how) => {
		const descriptor = openSync(join(folder, name), how | constants.O_NONBLOCK);
		opened.push(descriptor);
		return descriptor;
	};
	try {
		return pipesOf([
			"out",
			"err",
			"ready"
		].map((name) => open(name, constants.O_RDONLY)), open("go", constants.O_RDWR));
	} catch (error) {
		for (const descriptor of opened) closeSync(descriptor);
		throw error;
	}
}
function pipesOf(read, go) {
	const sockets = read.map((fd) => new Socket({
		fd,
		writable: false
	}));
	const [stdout, stderr, said] = sockets;
	let word = go;
	const shut = () => {
		if (word !== void 0) closeSync(word);
		word = void 0;
	};
	for (const socket of sockets) socket.on("error", () => {});
	return {
		stdout,
		stderr,
		ready: new Promise((resolve) => {
			said.once("data", () => resolve(true));
		}),
		go() {
			if (word !== void 0) writeSync(word, "go\n");
			shut();
		},
		close() {
			shut();
			for (const socket of sockets) socket.destroy();
		}
	};
}
const serverScript = () => `
at=$1
mapfile -d '' -t words </dev/null || exit
mkfifo -m 600 "$at/go" "$at/ready" && mkfifo -m 622 "$at/out" "$at/err" || exit
exec ${closing(inheritable())}
echo server
exec 2>/dev/null
while read -r filter; do
  mapfile -d '' -t words <"$at/words"
  (
    echo "job $BASHPID"
    exec "\${words[@]}" </dev/null >"$at/out" 2>"$at/err" 3<"$at/go" 4>"$at/ready" 5<"$filter" 6<"$at/options"
  )
  echo "ended $?"
done
`;
async function openForkServer(request) {
	const { bash, setpriv, folder, group, around } = request;
	mkdirSync(folder, { mode: 448 });
	const [file, ...args] = around([
		setpriv,
		"--pdeathsig",
		"KILL",
		"--",
		bash,
		"-c",
		serverScript(),
		"server",
		folder
	]);
	const child = spawn(file, args, {
		cwd: "/",
		env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
		detached: true,
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		]
	});
	const close = async () => {
		child.ref();
		group?.kill();
		await endChild(child);
		await group?.remove();
		rmSync(folder, {
			recursive: true,
			force: true
		});
	};
	try {
		await opened$1(child);
	} catch (error) {
		await close();
		throw error;
	}
	return serving(child, {
		folder,
		group,
		close
	});
}
async function opened$1(child) {
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors += chunk.toString();
	});
	child.stdin.on("error", () => {});
	await new Promise((resolve, reject) => {
		child.stdout.once("data", () => resolve());
		child.once("error", reject);
		child.once("exit", () => reject(new Error(errors.trim().split("\n")[0] || "the server ended")));
	});
	child.stderr.destroy();
}
function serving(child, { folder, group, close }) {
	let job;
	let isKept = false;
	let over = false;
	const end = (ended) => {
		const ending = job;
		job = void 0;
		hold(child, false);
		ending?.end(ended);
	};
	createInterface({ input: child.stdout }).on("line", (line) => {
		const [word, number] = line.split(" ");
		if (word === "job" && job) {
			job.pid = Number(number);
			job.known();
		}
		if (word === "ended") end({
			code: Number(number),
			signal: null
		});
	});
	child.once("exit", () => {
		over = true;
		end(KILLED);
	});
	hold(child, false);
	const isBusy = () => isKept || job !== void 0;
	const write = writer(folder);
	const start = (pipes, { words, options }, filter) => {
		isKept = false;
		write("words", words);
		write("options", options);
		let own;
		let ended;
		const known = new Promise((tell) => {
			ended = new Promise((end) => {
				own = {
					known: tell,
					end
				};
			});
		});
		job = own;
		hold(child, true);
		child.stdin.write(`${filter ?? "/dev/null"}\n`);
		return {
			...pipes,
			file: words[0],
			get pid() {
				return own?.pid;
			},
			ready: Promise.race([Promise.all([pipes.ready, known]).then(() => true), ended.then(() => false)]),
			ended,
			async kill() {
				if (job !== own) return;
				group?.kill();
				if (own?.pid !== void 0) signal(own.pid, "SIGKILL");
				await endChild(child);
				await ended;
			}
		};
	};
	return {
		group,
		isOver: () => over,
		isBusy,
		close,
		reserve() {
			if (over || isBusy()) return void 0;
			try {
				const pipes = openPipes(folder);
				isKept = true;
				return (served, filter) => start(pipes, served, filter);
			} catch {
				over = true;
				return;
			}
		}
	};
}
const KILLED = {
	code: null,
	signal: "SIGKILL"
};
function hold(child, isNeeded) {
	const streams = [child.stdin, child.stdout];
	for (const each of [child, ...streams.filter((stream) => !stream.destroyed)]) isNeeded ? each.ref() : each.unref();
}
// src/shell/sandbox/bubblewrap.ts
const WITH_LAYERS = "table=$1; shift; mount -n -a -T \"$table\" && exec \"$@\"";
function bubblewrapped(tools, { laidOut, user, filter, network }) {
	const { view, layers } = laidOut;
	const [uid, gid] = [process.getuid(), process.getgid()];
	const become = user ? [
		tools.setpriv,
		`--reuid=${user.uid}`,
		`--regid=${user.gid}`,
		"--clear-groups",
		...NO_RIGHTS,
		"--"
	] : [];
	const optionsFor = ({ cwd }) => bubblewrapArguments(view, {
		cwd,
		...user ? {} : { user: {
			uid,
			gid
		} },
		...filter !== void 0 && { filterDescriptor: 5 }
	});
	const asRoot = user || network ? [] : ["--user", "--map-root-user"];
	let first;
	return {
		from: "/",
		filter,
		tellsSignals: true,
		around: [...network?.enter ?? [], ...layers === void 0 ? [] : [
			tools.unshare,
			...asRoot,
			"--mount",
			"--",
			"/bin/sh",
			"-c",
			WITH_LAYERS,
			"layers",
			layers
		]],
		wrap: (job) => [
			tools.bwrap,
			...optionsFor(job),
			"--",
			...become,
			...job.argv
		],
		...network === void 0 && { serve: (job) => ({
			words: [
				tools.bwrap,
				"--args",
				`6`,
				"--",
				...become,
				...job.argv
			],
			options: [
				"--clearenv",
				...Object.entries(job.env).flatMap(([name, value]) => [
					"--setenv",
					name,
					value
				]),
				...optionsFor(job)
			]
		}) },
		async placed(wrapper) {
			first = wrapper.pid === void 0 ? void 0 : (await childrenOf(wrapper.pid))[0];
		},
		async terminate() {
			for (const pid of first === void 0 ? [] : await childrenOf(first)) signal(pid, "SIGTERM");
		},
		async destroy(wrapper) {
			await wrapper.kill();
			if (first !== void 0) await untilGone(first);
			await network?.close();
		}
	};
}
const NO_RIGHTS = [
	"--no-new-privs",
	"--inh-caps=-all",
	"--ambient-caps=-all",
	"--bounding-set=-all"
];
// src/core/sandbox/caches.ts
const CACHES = [
	{
		home: ".cargo/registry",
		variable: "CARGO_HOME",
		below: "registry"
	},
	{
		home: ".cargo/git",
		variable: "CARGO_HOME",
		below: "git"
	},
	{
		home: "go/pkg/mod",
		variable: "GOMODCACHE"
	},
	{
		home: "go/pkg/mod",
		variable: "GOPATH",
		below: "pkg/mod"
	},
	{
		home: ".cache/go-build",
		variable: "GOCACHE"
	},
	{
		home: ".cache/ccache",
		variable: "CCACHE_DIR"
	},
	{ home: ".ccache" },
	{
		home: ".gradle/caches",
		variable: "GRADLE_USER_HOME",
		below: "caches"
	},
	{
		home: ".gradle/wrapper",
		variable: "GRADLE_USER_HOME",
		below: "wrapper"
	},
	{ home: ".m2/repository" },
	{
		home: ".cache/pip",
		variable: "PIP_CACHE_DIR"
	},
	{
		home: ".cache/uv",
		variable: "UV_CACHE_DIR"
	},
	{
		home: ".npm/_cacache",
		variable: "npm_config_cache",
		below: "_cacache"
	}
];
const INSIDE = {
	CARGO_HOME: ".cargo",
	GOPATH: "go",
	GOMODCACHE: "go/pkg/mod",
	GOCACHE: ".cache/go-build",
	CCACHE_DIR: ".cache/ccache",
	GRADLE_USER_HOME: ".gradle",
	PIP_CACHE_DIR: ".cache/pip",
	UV_CACHE_DIR: ".cache/uv",
	XDG_CACHE_HOME: ".cache",
	npm_config_cache: ".npm"
};
function lentFolders(env, share) {
	const { HOME } = env;
	const caches = CACHES.flatMap(({ home, variable, below }) => {
		const named = variable === void 0 ? void 0 : env[variable];
		if (named?.startsWith("/")) return [{
			from: below === void 0 ? named : `${named}/${below}`,
			at: { home }
		}];
		return HOME?.startsWith("/") ? [{
			from: `${HOME}/${home}`,
			at: { home }
		}] : [];
	});
	const shared = share.flatMap((path) => {
		if (!path.startsWith("~/")) return [{
			from: path,
			at: { path }
		}];
		const home = path.slice(2);
		return HOME?.startsWith("/") ? [{
			from: `${HOME}/${home}`,
			at: { home }
		}] : [];
	});
	const all = new Map();
	for (const each of [...caches, ...shared]) {
		const key = "home" in each.at ? `~/${each.at.home}` : each.at.path;
		if (!all.has(key) || shared.includes(each)) all.set(key, each);
	}
	return [...all.values()];
}
function insideVariables(env, home) {
	return Object.fromEntries(Object.entries(INSIDE).flatMap(([name, below]) => env[name] === void 0 ? [] : [[name, `${home}/${below}`]]));
}
function sharedFaults(paths, { workTree, folder }) {
	return paths.flatMap(([name, real]) => {
		const meets = (other) => [name, real].some((path) => isWithin(path, other) || isWithin(other, path));
		if (workTree !== void 0 && meets(workTree)) return [`share names ${name}, which ${isWithin(real, workTree) ? "is in" : "holds"} the repository at ${workTree}: both sides would see its files there instead of their own; share a folder outside of it, or write bring for files that an earlier step made.`];
		return meets(folder) ? [`share names ${name}, which holds the gate's own work folder ${folder}; share what is needed of it by name.`] : [];
	});
}
// src/core/sandbox/own-network.ts
const NAME_SERVER = "10.0.2.3";
const OWN_RESOLV_CONF = `nameserver ${NAME_SERVER}\n`;
function closingCommands() {
	return [
		[
			"link",
			"set",
			"lo",
			"up"
		],
		...CLOSED_RANGES.map(({ family, range }) => [
			`-${family}`,
			"route",
			"add",
			"prohibit",
			range
		]),
		[
			"rule",
			"add",
			"to",
			NAME_SERVER,
			"dport",
			"53",
			"lookup",
			"main",
			"priority",
			"1"
		],
		[
			"rule",
			"add",
			"to",
			NAME_SERVER,
			"prohibit",
			"priority",
			"2"
		]
	];
}
function noOwnNetwork(env, routes) {
	const local = Object.keys(env).find((name) => /^(?:https?|all|ftp)_proxy$/i.test(name) && LOOPBACK.test(env[name] ?? ""));
	if (local !== void 0) return `${local} names a proxy at the machine's own loopback`;
	return routes.split("\n").some((line) => line.split(/\s+/)[1] === "00000000") ? void 0 : "the machine has no way out by IPv4";
}
const LOOPBACK = /^(?:\w+:\/\/)?(?:[^@/]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/i;
// src/shell/jobs/fork-servers.ts
const MOST_SERVERS = 6;
function openForkServers({ bash, setpriv, stage }) {
	const servers = new Map();
	const opening = new Set();
	let made = 0;
	let works = true;
	const end = async (which) => {
		const ending = [...servers].filter(([key, { tree }]) => which(key, tree));
		for (const [key] of ending) servers.delete(key);
		await Promise.all(ending.map(([, { server }]) => server.close()));
	};
	const openOne = async (key, tree, way) => {
		opening.add(key);
		try {
			const server = await openForkServer({
				bash,
				setpriv,
				folder: join(stage, `server-${++made}`),
				...way()
			});
			servers.set(key, {
				tree,
				server
			});
		} catch {
			works = false;
		} finally {
			opening.delete(key);
		}
	};
	return {
		async reserve(tree, scheduling = {}, way) {
			const key = JSON.stringify([tree, scheduling]);
			if (servers.get(key)?.server.isOver()) await end((each) => each === key);
			if (works && !servers.has(key) && !opening.has(key)) {
				const idle = [...servers].filter(([, { server }]) => !server.isBusy()).map(([each]) => each);
				if (servers.size >= MOST_SERVERS) await end((each) => each === idle[0]);
				await openOne(key, tree, way);
			}
			const found = servers.get(key);
			const start = found?.server.reserve();
			if (!found || !start) return void 0;
			servers.delete(key);
			servers.set(key, found);
			return {
				group: found.server.group,
				start
			};
		},
		forget: (tree) => end((_, own) => own === tree),
		close: () => end(() => true)
	};
}
// src/core/sandbox/mount-table.ts
const LOCKED = [
	"nosuid",
	"nodev",
	"noexec",
	"noatime",
	"nodiratime",
	"relatime"
];
function readMounts(text) {
	return text.split("\n").map((line) => line.split(" ")).flatMap(([, , , , at, options]) => at === void 0 || options === void 0 ? [] : [{
		at: unescaped(at),
		flags: options.split(",").filter((flag) => LOCKED.includes(flag))
	}]);
}
const unescaped = (text) => text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
function flagsOf(path, mounts) {
	let best;
	for (const mount of mounts) if ((mount.at === "/" || path === mount.at || path.startsWith(`${mount.at}/`)) && (best === void 0 || mount.at.length >= best.at.length)) best = mount;
	return best?.flags ?? [];
}
const DEVICE_LINKS = [
	{
		at: "/dev/fd",
		target: "/proc/self/fd"
	},
	{
		at: "/dev/stdin",
		target: "/proc/self/fd/0"
	},
	{
		at: "/dev/stdout",
		target: "/proc/self/fd/1"
	},
	{
		at: "/dev/stderr",
		target: "/proc/self/fd/2"
	},
	{
		at: "/dev/ptmx",
		target: "pts/ptmx"
	}
];
function inSteps({ shown }) {
	const at = 1 + shown.findLastIndex(({ how }) => how === "memory");
	return [shown.slice(0, at), shown.slice(at)];
}
function mountTable(shown, facts) {
	const { root, isFile } = facts;
	const [folders, files] = [new Set(), new Set()];
	const links = [];
	const lines = [];
	const inRoot = (at) => `${root}${at}`;
	for (const each of shown) {
		const at = inRoot(each.at);
		if (each.how === "dev") {
			for (const device of facts.devices) files.add(inRoot(device));
			for (const name of ["/dev/pts", "/dev/shm"]) folders.add(inRoot(name));
			links.push(...DEVICE_LINKS.map((link) => ({
				...link,
				at: inRoot(link.at)
			})));
		}
		if (each.how === "link") links.push({
			at,
			target: each.target
		});
		else if ("from" in each && each.how !== "layered" && isFile(each.from)) files.add(at);
		else folders.add(at);
		lines.push(...linesFor(each, facts));
	}
	for (const at of files) folders.add(at.slice(0, at.lastIndexOf("/")));
	return {
		folders: [...folders],
		files: [...files],
		links,
		table: lines.map((line) => `${line}\n`).join("")
	};
}
function linesFor(shown, facts) {
	const { root, mounts, devices } = facts;
	const at = escaped(`${root}${shown.at}`);
	switch (shown.how) {
		case "read": return [shown.from, ...mountsBelow(shown.from, facts)].map((from) => {
			const within = escaped(`${root}${shown.at}${from.slice(shown.from.length)}`);
			return `${escaped(from)} ${within} none ${[
				"rbind",
				...flagsOf(from, mounts),
				"ro"
			].join(",")} 0 0`;
		});
		case "write": return [`${escaped(shown.from)} ${at} none ${["rbind", ...flagsOf(shown.from, mounts)].join(",")} 0 0`];
		case "device": return [`${escaped(shown.from)} ${at} none bind 0 0`];
		case "layered": return [`${escaped(shown.merged)} ${at} none rbind 0 0`];
		case "memory": return [`perf-verdict ${at} tmpfs mode=1777,size=${shown.megabytes}m,nosuid,nodev 0 0`];
		case "proc": return [`proc ${at} proc nosuid,nodev,noexec 0 0`];
		case "dev": return [...devices.map((device) => `${device} ${escaped(`${root}${device}`)} none bind 0 0`), `devpts ${escaped(`${root}/dev/pts`)} devpts newinstance,ptmxmode=0666,mode=0620,nosuid,noexec 0 0`];
		case "folder":
		case "link": return [];
	}
}
function mountsBelow(folder, { mounts, isThere }) {
	const below = mounts.map(({ at }) => at).filter((at) => at !== folder && at.startsWith(`${folder}/`));
	return [...new Set(below)].sort().filter(isThere);
}
function escaped(path) {
	return path.replace(/[\\ \t\n#]/g, (found) => `\\${found.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
function overlayTable({ shown }, inUserNamespace) {
	return shown.flatMap((each) => {
		if (each.how !== "layered") return [];
		const option = (path) => escaped(path.replace(/[\\,:]/g, "\\$&"));
		const options = [
			`lowerdir=${option(each.from)}`,
			`upperdir=${option(each.upper)}`,
			`workdir=${option(each.work)}`,
			...inUserNamespace ? ["userxattr"] : ["metacopy=on", "redirect_dir=on"]
		];
		return [`perf-verdict ${escaped(each.merged)} overlay ${options.join(",")} 0 0\n`];
	}).join("");
}
// src/core/sandbox/view.ts
const PRIVATE = [
	"/tmp",
	"/var/tmp",
	"/run",
	"/dev/shm"
];
const CLOSED = [
	"/home",
	"/root",
	"/mnt",
	"/media",
	"/srv",
	"/opt",
	"/var"
];
function viewOf(request) {
	const { system, readable, own, network, memoryMegabytes } = request;
	return {
		shown: [
			...system.map(({ path, link }) => link === void 0 ? {
				how: "read",
				from: path,
				at: path
			} : {
				how: "link",
				at: path,
				target: link
			}),
			{
				how: "proc",
				at: "/proc"
			},
			{
				how: "dev",
				at: "/dev"
			},
			...CLOSED.map((at) => ({
				how: "folder",
				at
			})),
			...PRIVATE.map((at) => ({
				how: "memory",
				at,
				megabytes: memoryMegabytes
			})),
			{
				how: "folder",
				at: "/run/lock"
			},
			...readable.map((at) => ({
				how: "read",
				from: at,
				at
			})),
			...own
		],
		network
	};
}
// src/shell/sandbox/lay-out.ts
function layOutView(request) {
	const { machine, place, further, network, stage, inUserNamespace } = request;
	const { inside } = place;
	const own = [
		{
			how: "write",
			from: place.home,
			at: inside.home
		},
		{
			how: "write",
			from: place.tree,
			at: inside.tree
		},
		{
			how: "write",
			from: place.scratch,
			at: inside.scratch
		},
		...further.filter((each) => !("from" in each) || existsSync(each.from))
	];
	const present = machine.readable.filter((path) => existsSync(path));
	const view = viewOf({
		...machine,
		readable: present,
		own,
		network
	});
	const layers = overlayTable(view, inUserNamespace);
	if (layers === "") return { view };
	for (const each of view.shown) if (each.how === "layered") for (const folder of [
		each.upper,
		each.work,
		each.merged
	]) mkdirSync(folder, { recursive: true });
	const table = join(stage, `${place.tree.replaceAll("/", "-")}.layers`);
	if (written.get(table) !== layers || !existsSync(table)) writeFileSync(table, layers);
	written.set(table, layers);
	return {
		view,
		layers: table
	};
}
const written = new Map();
function refuseLinksOnTheWay(place, shown) {
	const { inside } = place;
	for (const { at } of shown) for (const top of [
		inside.home,
		inside.tree,
		inside.scratch
	]) if (at.startsWith(`${top}/`)) refuseLinks(outsideOf(place, top), at.slice(top.length + 1), at);
}
function refuseLinks(folder, path, name) {
	let at = folder;
	for (const step of path.split("/")) {
		at = join(at, step);
		const found = lstatSync(at, { throwIfNoEntry: false });
		if (found === void 0) return;
		if (!found.isDirectory()) throw new RunFault(`A job has put ${found.isSymbolicLink() ? "a link" : "a file"} where ${name} is shown to it, at ${step}. Have the build leave this folder in place.`);
	}
}
// src/shell/sandbox/layers.ts
function foundFolders(lent) {
	return lent.flatMap((each) => {
		if (!statSync(each.from, { throwIfNoEntry: false })?.isDirectory()) return [];
		return [{
			...each,
			real: realpathSync(each.from)
		}];
	});
}
const layersOf = (place) => `${place.tree}.layers`;
function layered(place, lent) {
	if (place.as === "spare") return [];
	return lent.map(({ real, at }, index) => {
		const layer = join(layersOf(place), `${index}`);
		return {
			how: "layered",
			from: real,
			at: "home" in at ? join(place.inside.home, at.home) : at.path,
			upper: join(layer, "upper"),
			work: join(layer, "work"),
			merged: join(layer, "merged")
		};
	});
}
const GIVE = ["table=$1 owner=$2; shift 2; mount -n -a -T \"$table\" || exit 1;", "find \"$@\" -path \"*@v[0-9]*/*\" -prune -o -path \"*/merged/src/*/*/*\" -prune -o \\( -type d -o ! -perm -o=r -o -name \"*lock*\" -o -name \".*-cache*\" \\) -exec chown -h -- \"$owner\" {} + 2>/dev/null; exit 0"].join(" ");
async function makeLayers(place, lent, { user, stage, unshare, like }) {
	await removeLayers(layersOf(place));
	const shown = layered(place, lent);
	if (shown.length === 0) return;
	for (const each of shown) if (each.how === "layered") for (const folder of [
		each.upper,
		each.work,
		each.merged
	]) mkdirSync(folder, { recursive: true });
	if (like) await copyUppers(layered(like, lent), shown);
	for (const { at } of lent) if ("home" in at) makeOwn(place.home, at.home, user);
	if (!user) return;
	const table = join(stage, "giving.layers");
	writeFileSync(table, overlayTable({
		shown,
		network: false
	}, false));
	const merged = shown.flatMap((each) => each.how === "layered" ? [each.merged] : []);
	const owner = `${user.uid}:${user.gid}`;
	const argv = [
		"--mount",
		"--",
		"/bin/sh",
		"-c",
		GIVE,
		"give",
		table,
		owner,
		...merged
	];
	const { status, stderr } = spawnSync(unshare, argv, { encoding: "utf8" });
	if (status !== 0) throw new Error(stderr.trim().split("\n")[0] || `${unshare} ended with ${status}`);
}
function tryToLay(lent, { folder, stage, unshare, inUserNamespace }) {
	const layer = join(folder, "0");
	const [upper, work, merged] = [
		"upper",
		"work",
		"merged"
	].map((name) => join(layer, name));
	for (const made of [
		upper,
		work,
		merged
	]) mkdirSync(made, { recursive: true });
	const table = join(stage, "tried.layers");
	const reasonAgainst = ({ real }) => {
		writeFileSync(table, overlayTable({
			shown: [{
				how: "layered",
				from: real,
				at: "/",
				upper,
				work,
				merged
			}],
			network: false
		}, inUserNamespace));
		const argv = [
			...[
				...inUserNamespace ? ["--user", "--map-root-user"] : [],
				"--mount",
				"--"
			],
			"/bin/sh",
			"-c",
			"mount -n -a -T \"$1\" && ls \"$2\" >/dev/null",
			"try",
			table,
			merged
		];
		const { status, stderr } = spawnSync(unshare, argv, { encoding: "utf8" });
		return status === 0 ? void 0 : stderr.trim().split("\n")[0]?.replace(/^mount: \S+ /, "") || "mount failed";
	};
	const tried = lent.map((each) => ({
		each,
		why: reasonAgainst(each)
	}));
	return {
		fit: tried.flatMap(({ each, why }) => why === void 0 ? [each] : []),
		unfit: tried.flatMap(({ each, why }) => why === void 0 ? [] : [{
			real: each.real,
			why
		}])
	};
}
async function copyUppers(from, to) {
	for (const [at, own] of to.entries()) {
		const other = from[at];
		if (own.how !== "layered" || other?.how !== "layered" || !existsSync(other.upper)) continue;
		const args = [
			"--archive",
			"--reflink=auto",
			"--",
			`${other.upper}/.`,
			own.upper
		];
		const { code, stderr } = await tools.run({
			file: "cp",
			args
		});
		if (code !== 0) throw new Error(`${other.upper} could not be copied: ${stderr.trim().split("\n")[0]}`);
	}
}
function makeOwn(home, path, user) {
	refuseLinks(home, path, `~/${path}`);
	let at = home;
	for (const step of path.split("/")) {
		at = join(at, step);
		if (!existsSync(at)) {
			mkdirSync(at);
			if (user) chownSync(at, user.uid, user.gid);
		}
	}
}
async function removeLayers(folder) {
	await rm(folder, {
		recursive: true,
		force: true
	});
}
// src/shell/sandbox/places.ts
const PARTS = {
	base: "base",
	head: "head",
	ctrl: "control"
};
function openPlaces(inside, userOf, prepare = async () => {}) {
	const wishes = new Map();
	const of = (tree) => {
		const { as, shows = [] } = wishes.get(tree) ?? {};
		const own = {
			tree,
			home: `${tree}.home`,
			scratch: `${tree}.scratch`
		};
		return {
			...own,
			inside: inside ?? own,
			as: as ?? PARTS[basename(tree)] ?? "spare",
			shows
		};
	};
	return {
		of,
		async adopt(tree, wish) {
			if (wish !== void 0) wishes.set(tree, wish);
			const place = of(tree);
			for (const folder of [place.home, place.scratch]) {
				await rm(folder, {
					recursive: true,
					force: true
				});
				await mkdir(folder, { mode: 493 });
			}
			if (wish?.like !== void 0) await copyHome(of(wish.like).home, place.home);
			const writable = place.shows.filter((each) => each.writable).map((each) => each.path);
			if (userOf) for (const folder of [
				tree,
				place.home,
				place.scratch,
				...writable
			]) await giveTo(userOf(place.as), folder);
			await prepare(place, wish?.like === void 0 ? void 0 : of(wish.like));
		}
	};
}
async function copyHome(from, to) {
	const args = [
		"--archive",
		"--reflink=auto",
		"--",
		`${from}/.`,
		to
	];
	const { code, stderr } = await tools.run({
		file: "cp",
		args
	});
	if (code !== 0) throw new Error(`${from} could not be copied: ${stderr.trim().split("\n")[0]}`);
}
async function giveTo(user, folder) {
	const owner = `${user.uid}:${user.gid}`;
	const { code, stderr } = await tools.run({
		file: "chown",
		args: [
			"--recursive",
			"--no-dereference",
			owner,
			folder
		]
	});
	if (code !== 0) throw new Error(`${folder} could not be given to the jobs' user: ${stderr.trim().split("\n")[0]}`);
}
// src/shell/sandbox/peak-memory.ts
const FILE = "perf-verdict-peak";
function underTime(time, { inside }) {
	return [
		time,
		"-q",
		"-f",
		"%M",
		"-o",
		`${inside.scratch}/${FILE}`,
		"--"
	];
}
async function withPeak(place, run) {
	const file = join(place.scratch, FILE);
	await rm(file, {
		recursive: true,
		force: true
	});
	const outcome = await run();
	const line = (await readUntrusted(place.scratch, FILE, 4096) ?? "").trimEnd().split("\n").at(-1);
	const kibibytes = /^\d{1,12}$/.test(line ?? "") ? Number(line) : 0;
	return kibibytes > 0 ? {
		...outcome,
		peakBytes: kibibytes * 1024
	} : outcome;
}
// src/shell/sandbox/seal-files.ts
const MOST_FILES$1 = 5e5;
async function codeIn(root) {
	const found = [];
	for await (const path of filesIn(root)) if (isCode(path)) found.push(path);
	return found;
}
const MOST_DATA_BYTES = 256 * 2 ** 20;
const LARGEST_DATA_BYTES = 16 * 2 ** 20;
async function readableIn(root) {
	const found = [];
	let bytes = 0;
	for await (const path of filesIn(root)) {
		const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
		if (size > LARGEST_DATA_BYTES || bytes + size > MOST_DATA_BYTES) continue;
		bytes += size;
		found.push(path);
	}
	return found;
}
async function linksIn(root) {
	const found = [];
	for await (const path of filesIn(root, "links")) found.push(path);
	return found;
}
async function* filesIn(root, kind = "files") {
	const folders = [root];
	const pace = openPacer();
	let seen = 0;
	for (let folder = folders.pop(); folder !== void 0 && seen < MOST_FILES$1; folder = folders.pop()) {
		const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
		for (const entry of entries) {
			await pace();
			const path = join(folder, entry.name);
			seen += 1;
			if (entry.isDirectory() && entry.name !== ".git") folders.push(path);
			else if (kind === "files" ? entry.isFile() : entry.isSymbolicLink()) yield path;
		}
	}
}
const ELF_MAGIC = 2135247942;
const LINKED_TYPES = [2, 3];
const BYTE_CODE = /\.py[co]$/;
function isCode(path) {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (!found?.isFile() || BYTE_CODE.test(path)) return false;
	if ((found.mode & 73) !== 0 || isCodeByName(path)) return true;
	const start = Buffer.alloc(18);
	const descriptor = opened(path);
	if (descriptor === void 0) return false;
	try {
		return readSync(descriptor, start, 0, 18, 0) === 18 && start.readUInt32BE(0) === ELF_MAGIC && LINKED_TYPES.includes(start.readUInt16LE(16));
	} catch {
		return false;
	} finally {
		closeSync(descriptor);
	}
}
function stampOf(path) {
	const found = lstatSync(path, {
		throwIfNoEntry: false,
		bigint: true
	});
	if (found?.isSymbolicLink()) return targetOf(path);
	if (!found?.isFile()) return void 0;
	return [
		found.dev,
		found.ino,
		found.size,
		found.mode,
		found.mtimeNs,
		found.ctimeNs
	].join(" ");
}
function targetOf(link) {
	try {
		return `link to ${readlinkSync(link)}`;
	} catch {
		return;
	}
}
const CHUNK = 2 ** 20;
async function digestOf(path) {
	const target = targetOf(path);
	if (target !== void 0) return target;
	const descriptor = opened(path);
	if (descriptor === void 0) return void 0;
	const pace = openPacer();
	try {
		const hash = createHash("sha256");
		const chunk = Buffer.allocUnsafe(CHUNK);
		for (;;) {
			const length = readSync(descriptor, chunk, 0, CHUNK, null);
			if (length === 0) return hash.digest("hex");
			hash.update(chunk.subarray(0, length));
			await pace();
		}
	} catch {
		return;
	} finally {
		closeSync(descriptor);
	}
}
const WAYS = [constants.O_NOATIME, 0].map((way) => constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | way);
function opened(path) {
	for (const way of WAYS) try {
		return openSync(path, way);
	} catch {}
}
// src/shell/sandbox/seals.ts
const EACH_TIME = 300;
function openSeals() {
	const trees = new Map();
	return {
		async seal(place, used) {
			const known = trees.get(place.tree);
			if (used === void 0) trees.set(place.tree, await takenDown(place));
			else if (known) await use(known, place, used);
		},
		async check(place) {
			const tree = trees.get(place.tree);
			if (!tree) return;
			const pace = openPacer();
			for (const [path, sealed] of toCheck(tree)) {
				await pace();
				if (!await isSame(path, sealed)) throw changed(path, place, tree.rewritten.has(path));
			}
			tree.hasRun = true;
		},
		async ran(place) {
			const tree = trees.get(place.tree);
			return tree?.hasRun ? await settled(tree, place) : [];
		},
		forget: (place) => void trees.delete(place.tree)
	};
}
async function takenDown(place) {
	const maps = {
		code: new Map(),
		data: new Map(),
		used: new Map()
	};
	const sets = {
		links: new Set(),
		rewritten: new Set()
	};
	const tree = {
		...maps,
		...sets,
		next: 0,
		hasRun: false
	};
	for (const root of [place.tree, place.home]) for (const path of await codeIn(root)) await takeDown(tree.code, path);
	for (const path of await readableIn(place.tree)) if (!tree.code.has(path)) await takeDown(tree.data, path);
	for (const root of [place.tree, place.home]) for (const path of await linksIn(root)) {
		await takeDown(tree.data, path);
		if (tree.data.has(path)) tree.links.add(path);
	}
	return tree;
}
async function takeDown(into, path) {
	const stamp = stampOf(path);
	const digest = stamp === void 0 ? void 0 : await digestOf(path);
	if (stamp !== void 0 && digest !== void 0) into.set(path, {
		stamp,
		digest
	});
}
async function use(tree, { tree: root }, files) {
	for (const path of files.map((file) => join(root, file))) {
		if (tree.used.has(path)) continue;
		if (!tree.code.has(path) && isCode(path)) await takeDown(tree.code, path);
		const data = tree.data.get(path);
		const sealed = tree.code.get(path) ?? (data && await isSame(path, data) ? data : void 0);
		if (sealed) tree.used.set(path, sealed);
	}
	await useLinks(tree);
}
async function useLinks({ links, data, used }) {
	if (links.size === 0) return;
	const pace = openPacer();
	const reached = new Set();
	for (const path of used.keys()) for (let at = realPath$1(path); at !== void 0 && at !== "/" && !reached.has(at); at = dirname(at)) reached.add(at);
	for (const link of links) {
		await pace();
		const [target, sealed] = [realPath$1(link), data.get(link)];
		if (target !== void 0 && reached.has(target) && sealed && await isSame(link, sealed)) used.set(link, sealed);
	}
}
function realPath$1(path) {
	try {
		return realpathSync(path);
	} catch {
		return;
	}
}
async function settled(tree, place) {
	const names = [];
	const pace = openPacer();
	for (const [path, sealed] of tree.used) {
		await pace();
		if (await isSame(path, sealed)) continue;
		if (tree.code.has(path)) tree.rewritten.add(path);
		else {
			tree.used.delete(path);
			names.push(nameOf(path, place));
		}
	}
	return names;
}
function toCheck(tree) {
	if (!tree.hasRun) return [...tree.code, ...tree.data];
	const code = [...tree.code];
	const from = tree.next;
	tree.next = from + EACH_TIME >= code.length ? 0 : from + EACH_TIME;
	return [...tree.used, ...code.slice(from, from + EACH_TIME)];
}
async function isSame(path, sealed) {
	const stamp = stampOf(path);
	if (stamp === sealed.stamp) return true;
	if (stamp === void 0 || await digestOf(path) !== sealed.digest) return false;
	sealed.stamp = stamp;
	return true;
}
function changed(path, place, byItself) {
	const side = place.as === "head" ? "head" : "base";
	const whose = place.as === "control" ? "base's control" : side;
	const name = nameOf(path, place);
	if (byItself) return new RunFault(`${name} of ${whose} was rewritten by the benchmark that uses it, so its next run would be of another program; have the build write it, or have the benchmark write it to a new folder in $TMPDIR at each run.`);
	return new RunFault(`${name} of ${whose} is no longer what was built, so nothing that it runs can be trusted; let only the build command write programs, scripts and what they read.`);
}
const nameOf = (path, { tree, home }) => path.startsWith(`${tree}/`) ? path.slice(tree.length + 1) : `~${path.slice(home.length)}`;
// src/shell/sandbox/system.ts
const SYSTEM = [
	"/usr",
	"/bin",
	"/sbin",
	"/lib",
	"/lib32",
	"/lib64",
	"/libx32",
	"/etc",
	"/nix/store",
	"/gnu/store"
];
const READABLE = [
	"/sys/devices",
	"/sys/bus/event_source",
	"/sys/kernel/mm/transparent_hugepage",
	"/var/lib/dpkg",
	"/etc/resolv.conf"
];
function machineView(env, closed) {
	return {
		system: SYSTEM.flatMap(systemFolder),
		readable: [...READABLE.flatMap((path) => {
			const real = realPath(path);
			return real === void 0 || SYSTEM.some((folder) => isWithin(real, folder)) ? [] : [real];
		}), ...toolchainsOf(env, closed)],
		memoryMegabytes: Math.max(64, Math.floor(totalmem() / 2 ** 21))
	};
}
function quotableFolders(env, closed) {
	return [...SYSTEM.filter((path) => path !== "/etc"), ...toolchainsOf(env, closed)];
}
function toolchainsOf(env, closed) {
	return toolchainFolders({
		env: {
			...env,
			RUSTUP_HOME: rustupHome(env)
		},
		namesIn,
		realPath,
		closed: [...closed, ...closedBy(env)],
		system: SYSTEM
	});
}
function closedBy(env) {
	const { HOME, RUNNER_TEMP, GITHUB_WORKSPACE, GITHUB_OUTPUT } = env;
	return [
		HOME,
		RUNNER_TEMP,
		GITHUB_WORKSPACE,
		GITHUB_OUTPUT && dirname(GITHUB_OUTPUT)
	].flatMap((path) => path?.startsWith("/") ? [...new Set([path, realPath(path) ?? path])] : []);
}
function rustupHome({ RUSTUP_HOME, HOME }) {
	return RUSTUP_HOME ?? (HOME === void 0 ? void 0 : `${HOME}/.rustup`);
}
function systemFolder(path) {
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (found?.isSymbolicLink()) return [{
		path,
		link: readlinkSync(path)
	}];
	return found?.isDirectory() ? [{ path }] : [];
}
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		return;
	}
}
function isFile(path) {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}
// src/shell/sandbox/port.ts
function portOf(ground, places, level) {
	const { left, ...given } = level;
	const weaknesses = [
		...given.weaknesses,
		...given.network === "none" ? [] : ground.closed.weaknesses,
		...ground.tools.prlimit === void 0 ? [{ kind: "no-job-limits" }] : []
	];
	const seals = openSeals();
	const rewritten = new Set();
	const note = (name) => {
		if (rewritten.size >= MOST_REWRITTEN || rewritten.has(name)) return;
		rewritten.add(name);
		weaknesses.push({
			kind: "rewrites-own",
			file: name
		});
	};
	const running = new Set();
	let ended = false;
	return {
		...given,
		weaknesses,
		spare: ground.spare,
		quotable: [...quotableFolders(process.env, closedFolders(ground)), ...(ground.wish.share ?? []).filter((path) => path.startsWith("/"))],
		placeOf: places.of,
		async adopt(tree, wish) {
			seals.forget(places.of(tree));
			await places.adopt(tree, wish);
		},
		seal: (tree, files) => seals.seal(places.of(tree), files),
		async run(job) {
			if (ended) return new Promise(() => {});
			if (job.builds !== true) await seals.check(places.of(job.tree));
			if (ended) return new Promise(() => {});
			const run = () => given.run(job);
			const outcome = job.memoryBy === void 0 ? run() : withPeak(places.of(job.tree), run);
			running.add(outcome);
			try {
				return await outcome;
			} finally {
				running.delete(outcome);
				if (job.builds !== true) for (const name of await seals.ran(places.of(job.tree))) note(name);
			}
		},
		async end() {
			ended = true;
			await ground.current.endAll();
			await Promise.allSettled(running);
			await left?.();
			await leave(ground);
		}
	};
}
const closedFolders = ({ folder, wish }) => [folder, ...wish.repository?.workTree === void 0 ? [] : [wish.repository.workTree]];
const MOST_REWRITTEN = 5;
function placed(job, place, workTree) {
	const { inside } = place;
	const { tree, cwd = inside.tree, builds, literal = false, env, memoryBy, argv, ...rest } = job;
	const own = (text) => literal || workTree === void 0 || workTree === inside.tree ? text : inOwnTree(text, workTree, inside.tree);
	const rustup = rustupHome(process.env);
	const variables = {
		...rustup !== void 0 && existsSync(rustup) && !("RUSTUP_HOME" in env) && { RUSTUP_HOME: rustup },
		...insideVariables(env, inside.home),
		HOME: inside.home,
		..."GITHUB_WORKSPACE" in env && { GITHUB_WORKSPACE: inside.tree }
	};
	const under = memoryBy === void 0 ? {} : { under: underTime(memoryBy, place) };
	const folders = [
		place.tree,
		place.home,
		place.scratch,
		`${place.tree}.layers`
	].filter(existsSync);
	const given = Object.entries(env).map(([name, value]) => [name, own(value)]);
	const named = {
		argv: argv.map(own),
		env: {
			...Object.fromEntries(given),
			...variables
		}
	};
	return {
		...rest,
		...under,
		...named,
		folders,
		cwd
	};
}
async function leave({ groups, users, closed, stage, spare }) {
	await groups?.close();
	await closed.open();
	users?.release();
	for (const folder of [
		stage,
		spare,
		`${spare}.home`,
		`${spare}.scratch`
	]) await rm(folder, {
		recursive: true,
		force: true
	});
}
// src/shell/sandbox/enclosed.ts
async function openEnclosed(ground, { enclose, filters, weaknesses }, by) {
	const { users, spare, groups, wish } = ground;
	const [unshare, bash, setpriv] = await Promise.all([
		"unshare",
		"bash",
		"setpriv"
	].map(tools.find));
	const servers = bash && setpriv ? openForkServers({
		bash,
		setpriv,
		stage: ground.stage
	}) : void 0;
	const start = jobStarter({
		...ground,
		counted: true,
		servers
	});
	const machine = machineView(process.env, closedFolders(ground));
	const inside = insidePaths(ground, machine.readable);
	const found = unshare ? foundFolders(lentFolders(process.env, wish.share ?? [])) : [];
	refuseMixed(found, ground);
	let lent = [];
	const places = openPlaces(inside, users?.of, async (place, like) => {
		await servers?.forget(place.tree);
		const user = users?.of(place.as);
		if (unshare) await makeLayers(place, lent, {
			user,
			stage: ground.stage,
			unshare,
			like
		});
	});
	const network = wish.network ?? "builds";
	const run = async (job) => {
		const place = places.of(job.tree);
		const laidOut = layOutView({
			machine,
			place,
			further: [...layered(place, lent), ...furtherFor(place, ground)],
			network: network === "all" || network === "builds" && job.builds === true,
			stage: ground.stage,
			inUserNamespace: users === void 0
		});
		refuseLinksOnTheWay(place, laidOut.view.shown);
		if (job.builds === true) await servers?.forget(job.tree);
		const own = placed(job, place, wish.repository?.workTree);
		return start(own, await enclose(place, laidOut), job.builds === true ? void 0 : job.tree);
	};
	try {
		await places.adopt(spare);
		const trial = await run({
			argv: ["true"],
			tree: spare,
			env: { PATH: "/usr/bin:/bin" },
			timeoutSeconds: 10
		});
		if (trial.code !== 0) throw new Error(trial.stderr.trim().split("\n")[0] || `exit code ${trial.code}`);
	} catch (error) {
		await servers?.close();
		return failed(`${by}: ${error instanceof Error ? error.message : String(error)}`);
	}
	const lend = (folders) => {
		lent = folders;
	};
	const cold = found.length > 0 ? await tryLayers({
		places,
		run,
		spare,
		lend,
		servers
	}) : void 0;
	const { fit, unfit } = cold || !unshare ? NONE_FIT : tryEach(found, {
		ground,
		unshare
	});
	lend(fit);
	const port = portOf(ground, places, {
		isolation: [
			users ? "uid" : "userns",
			...groups ? ["cgroup"] : [],
			...["pidns", "mountns"],
			...network === "all" ? [] : ["netns"],
			...filters ? ["seccomp"] : []
		].join("+"),
		network,
		weaknesses: [
			...weaknesses,
			...cold ? [cold] : [],
			...unfit.map(({ real, why }) => ({
				kind: "folder-not-layered",
				folder: real,
				why
			})),
			...filters || network === "none" ? [] : await aroundRules(ground.closed)
		],
		run: (job) => run(job).catch(asFault),
		left: async () => servers?.close()
	});
	return success(port);
}
function asFault(error) {
	if (error instanceof RunFault || error instanceof InputError || !(error instanceof Error)) throw error;
	throw new RunFault(sayNoPlace(error.message));
}
async function tryLayers({ places, run, spare, lend, servers }) {
	const [tree, empty] = [`${spare}-layered`, `${spare}-lent`];
	try {
		for (const folder of [tree, empty]) await mkdir(folder);
		lend([{
			from: empty,
			real: empty,
			at: { home: ".cache/perf-verdict" }
		}]);
		await places.adopt(tree, { as: "base" });
		const { code, stderr } = await run({
			argv: ["true"],
			tree,
			env: {},
			timeoutSeconds: 20
		});
		if (code !== 0) throw new Error(stderr.trim().split("\n")[0]);
		return;
	} catch (error) {
		return {
			kind: "no-layers",
			why: error instanceof Error ? error.message : `${error}`
		};
	} finally {
		await servers?.forget(tree);
		await removeLayers(`${tree}.layers`);
		for (const folder of [
			tree,
			`${tree}.home`,
			`${tree}.scratch`,
			empty
		]) await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
function refuseMixed(found, { wish, folder }) {
	const asked = wish.share ?? [];
	const named = found.flatMap(({ from, real, at }) => {
		const name = "home" in at ? `~/${at.home}` : at.path;
		return asked.includes(name) ? [[from, real]] : [];
	});
	const real = (path) => existsSync(path) ? realpathSync(path) : path;
	const workTree = wish.repository?.workTree;
	const faults = sharedFaults(named, {
		folder: real(folder),
		...workTree !== void 0 && { workTree: real(workTree) }
	});
	if (faults.length > 0) throw new InputError(faults);
}
const NONE_FIT = {
	fit: [],
	unfit: []
};
function tryEach(found, { ground: { spare, stage, users }, unshare }) {
	const folder = `${spare}-tried`;
	try {
		return tryToLay(found, {
			folder,
			stage,
			unshare,
			inUserNamespace: users === void 0
		});
	} finally {
		rmSync(folder, {
			recursive: true,
			force: true
		});
	}
}
const NO_NAMES = [
	"/usr",
	"/bin",
	"/sbin",
	"/lib",
	"/lib64",
	"/etc",
	"/proc",
	"/sys",
	"/dev"
];
function insidePaths({ wish, folder }, readable) {
	const asked = wish.repository?.workTree;
	return {
		tree: asked?.startsWith("/") === true && ![...NO_NAMES, ...PRIVATE_NAMES].some((taken) => isWithin(taken, asked)) && ![...readable, folder].some((path) => isWithin(path, asked)) && !NO_NAMES.some((system) => isWithin(asked, system)) ? asked : "/perf-verdict/tree",
		home: "/home/perf-verdict",
		scratch: "/run/perf-verdict/scratch"
	};
}
const PRIVATE_NAMES = [
	"/home/perf-verdict",
	"/run/perf-verdict/scratch",
	"/tmp",
	"/var/tmp",
	"/root"
];
const BORROWS = "info/alternates";
const RESOLV_CONF = "/etc/resolv.conf";
function ownResolver({ closed, stage }) {
	if (closed.ownNetwork === void 0 || !existsSync(RESOLV_CONF)) return [];
	const from = join(stage, "resolv.conf");
	if (!existsSync(from)) writeFileSync(from, OWN_RESOLV_CONF, { mode: 420 });
	return [{
		how: "read",
		from,
		at: realpathSync(RESOLV_CONF)
	}];
}
function furtherFor(place, ground) {
	const { wish, stage } = ground;
	const readable = wish.repository?.readable ?? [];
	return [
		...ownResolver(ground),
		...readable.flatMap(({ from, at }) => [{
			how: "read",
			from,
			at
		}, ...existsSync(join(from, BORROWS)) ? [{
			how: "read",
			from: join(stage, "nothing"),
			at: join(at, BORROWS)
		}] : []]),
		...place.shows.map(({ path, writable }) => ({
			how: writable ? "write" : "read",
			from: path,
			at: path
		}))
	];
}
// src/shell/sandbox/namespace.ts
function namespaced(plan) {
	let init;
	return {
		from: "/",
		filter: plan.tools.filters ? plan.filter : void 0,
		async open() {
			init = await startInit(plan);
		},
		wrap: (job) => enter(plan, init.unshare.pid, job),
		async terminate(wrapper) {
			for (const pid of await childrenOf(wrapper.pid)) signal(pid, "SIGTERM");
		},
		async destroy() {
			const ending = init;
			init = void 0;
			if (ending) await endChild(ending.unshare);
			await plan.network?.close();
		}
	};
}
const SCRIPT = `
set -eu
umask 022
root=$1 layers=$2 lists=$3 pivot=$4 ip=$5 users=$6
[ -z "$layers" ] || mount -n -a -T "$layers"
mount -n -t tmpfs -o mode=0755,size=16m perf-verdict "$root"
# Mount points are inside other mounts: first come the system and empty folders, then what is shown in these.
for step in "$lists"/*; do
  xargs -0 -r mkdir -p -m 0755 -- <"$step/folders"
  xargs -0 -r /bin/sh -c 'for file; do [ -e "$file" ] || touch -- "$file"; done' touch <"$step/files"
  xargs -0 -r -n 2 ln -s -- <"$step/links"
  mount -n -a -T "$step/table"
done
[ -z "$ip" ] || "$ip" link set lo up
[ -z "$users" ] || echo "$users" >/proc/sys/user/max_user_namespaces
cd "$root"
mkdir .before
"$pivot" . .before
umount -l /.before
rmdir /.before
cd /
mount -n -o remount,bind,ro /
echo ready
exec sleep 2147483647
`;
const BOUNDED = `
layers=$1
shift
[ -z "$layers" ] || mount -n -a -T "$layers" || exit
exec "$@"
`;
const WAIT_FOR_USERS = "echo users; read -r go || exit; exec \"$@\"";
const DEVICES = [
	"/dev/null",
	"/dev/zero",
	"/dev/full",
	"/dev/random",
	"/dev/urandom",
	"/dev/tty"
];
async function startInit(plan) {
	const { tools, user, bounded = false, laidOut, stage, network } = plan;
	const { root, lists } = writeTables(plan);
	const layers = laidOut.layers ?? "";
	const first = [
		tools.unshare,
		"--mount",
		"--propagation",
		"private",
		"--",
		"/bin/sh",
		"-c",
		BOUNDED
	];
	const users = [
		tools.unshare,
		"--user",
		"--keep-caps",
		"--",
		"/bin/sh",
		"-c",
		WAIT_FOR_USERS,
		"users"
	];
	const unshare = spawn(tools.setpriv, [
		...[
			"--pdeathsig",
			"KILL",
			"--",
			...network?.enter ?? []
		],
		...bounded ? [
			...first,
			"bounded",
			layers,
			...users,
			tools.setpriv,
			"--pdeathsig",
			"KILL",
			"--"
		] : [],
		tools.unshare,
		...user || network ? [] : ["--user", "--map-root-user"],
		...[
			"--mount",
			"--propagation",
			"private",
			"--pid",
			"--ipc",
			"--uts",
			"--fork",
			"--kill-child=SIGKILL"
		],
		...laidOut.view.network ? [] : ["--net"],
		...[
			"/bin/sh",
			"-c",
			SCRIPT,
			"init",
			root,
			bounded ? "" : layers,
			lists,
			tools.pivot
		],
		...[laidOut.view.network ? "" : tools.ip ?? "", moreUsers(plan)]
	], {
		cwd: stage,
		env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		detached: true
	});
	unshare.stdin.on("error", () => {});
	const words = listenTo(unshare);
	let said = await words.next();
	if (said === "users") try {
		sameUsers(unshare.pid);
		unshare.stdin.write("go\n");
		said = await words.next();
	} catch (error) {
		said = `its users could not be named: ${error instanceof Error ? error.message : error}`;
	}
	unshare.stdin.end();
	if (said !== "ready") {
		await endChild(unshare);
		throw new Error(said);
	}
	const [pid] = await childrenOf(unshare.pid);
	return {
		unshare,
		pid
	};
}
function moreUsers({ user, bounded }) {
	if (user === void 0) return "1";
	return bounded ? "0" : "";
}
function sameUsers(pid) {
	for (const map of ["uid_map", "gid_map"]) {
		const same = readFileSync(`/proc/self/${map}`, "utf8").trim().split("\n").map((range) => range.trim().split(/\s+/)).map(([first, , count]) => [
			first,
			first,
			count
		]);
		writeFileSync(`/proc/${pid}/${map}`, same.map((range) => `${range.join(" ")}\n`).join(""));
	}
}
let tables = 0;
function writeTables({ laidOut, stage }) {
	const root = join(stage, "root");
	const lists = join(stage, `lists-${++tables}`);
	mkdirSync(root, { recursive: true });
	const devices = DEVICES.filter((device) => existsSync(device));
	const facts = {
		root,
		mounts: readMounts(readFileSync("/proc/self/mountinfo", "utf8")),
		isFile,
		devices,
		isThere: existsSync
	};
	const list = (names) => names.map((name) => `${name}\0`).join("");
	for (const [index, shown] of inSteps(laidOut.view).entries()) {
		const { folders, files, links, table } = mountTable(shown, facts);
		const folder = join(lists, `${index}`);
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, "folders"), list(folders));
		writeFileSync(join(folder, "files"), list(files));
		writeFileSync(join(folder, "links"), list(links.flatMap(({ at, target }) => [target, at])));
		writeFileSync(join(folder, "table"), table);
	}
	return {
		root,
		lists
	};
}
function listenTo(child) {
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors += chunk.toString();
	});
	const gone = new Promise((resolve) => {
		child.once("error", (error) => resolve(error.message));
		child.once("exit", () => setTimeout(() => resolve(errors.trim().split("\n")[0] || "unshare ended"), 20));
	});
	return { next() {
		const word = once(child.stdout, "data").then(([chunk]) => `${chunk}`.trim());
		return Promise.race([word, gone]);
	} };
}
function enter({ tools, user, bounded = false, laidOut, network }, unsharePid, job) {
	const at = (name) => `/proc/${unsharePid}/ns/${name}`;
	const namespaces = [
		...user && !bounded ? [] : [`--user=${at("user")}`, "--preserve-credentials"],
		...[
			`--mount=${at("mnt")}`,
			`--ipc=${at("ipc")}`,
			`--uts=${at("uts")}`,
			`--pid=${at("pid_for_children")}`
		],
		...laidOut.view.network && !network ? [] : [`--net=${at("net")}`]
	];
	const [uid, gid] = [process.getuid(), process.getgid()];
	const become = user ? [
		`--reuid=${user.uid}`,
		`--regid=${user.gid}`,
		"--clear-groups"
	] : [];
	const itself = [
		"--user",
		`--map-user=${uid}`,
		`--map-group=${gid}`,
		"--keep-caps"
	];
	const again = user ? [] : [
		tools.unshare,
		...itself,
		"--"
	];
	const filter = tools.filters ? ["--seccomp-filter", "/dev/fd/5"] : [];
	return [
		tools.nsenter,
		...namespaces,
		"--",
		...again,
		tools.setpriv,
		...NO_RIGHTS,
		...become,
		...filter,
		"--",
		tools.env,
		"-C",
		job.cwd,
		...job.argv
	];
}
// src/shell/sandbox/own-network.ts
const TOOLS = [
	"slirp4netns",
	"unshare",
	"nsenter",
	"setpriv",
	"ip"
];
async function findOwnNetwork() {
	const found = await Promise.all(TOOLS.map(findAnywhere$1));
	const missing = TOOLS.find((_, index) => found[index] === void 0);
	if (missing !== void 0) return `${missing} is not installed`;
	const why = noOwnNetwork(process.env, readFileSync("/proc/net/route", "utf8"));
	if (why !== void 0) return why;
	const open = () => openOwnNetwork(found);
	try {
		await (await open()).close();
		return open;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
async function findAnywhere$1(name) {
	for (const path of [
		name,
		`/usr/sbin/${name}`,
		`/sbin/${name}`
	]) {
		const found = await tools.find(path);
		if (found !== void 0) return found;
	}
}
const HOLD = "ip=$1; while IFS= read -r words; do \"$ip\" $words || exit 1; done; echo closed; exec sleep 2147483647";
const PATIENCE_MILLISECONDS = 5e3;
async function openOwnNetwork([slirp, unshare, nsenter, setpriv, ip]) {
	const dies = [
		setpriv,
		"--pdeathsig",
		"KILL",
		"--"
	];
	const holder = start([
		...dies,
		unshare,
		"--user",
		"--map-root-user",
		"--net",
		"--",
		...dies,
		"/bin/sh",
		"-c",
		HOLD,
		"hold",
		ip
	]);
	holder.stdin.on("error", () => {});
	holder.stdin.end(closingCommands().map((words) => `${words.join(" ")}\n`).join(""));
	try {
		await said(holder, holder.stdout);
		const options = [
			"--configure",
			"--mtu=65520",
			"--disable-host-loopback",
			"--ready-fd=3",
			"--exit-fd=4"
		];
		const way = start([
			...dies,
			slirp,
			...options,
			`${holder.pid}`,
			"tap0"
		], ["pipe", "pipe"]);
		const close = async () => {
			await endChild(way);
			await endChild(holder);
		};
		try {
			await said(way, way.stdio[3]);
		} catch (error) {
			await close();
			throw error;
		}
		const at = (name) => `/proc/${holder.pid}/ns/${name}`;
		return {
			enter: [
				nsenter,
				`--user=${at("user")}`,
				`--net=${at("net")}`,
				"--preserve-credentials",
				"--"
			],
			close
		};
	} catch (error) {
		await endChild(holder);
		throw error;
	}
}
function start([file, ...args], more = []) {
	const child = spawn(file, args, {
		env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
		stdio: [
			"pipe",
			"pipe",
			"pipe",
			...more
		],
		detached: true
	});
	for (const stream of child.stdio) stream?.on("error", () => {});
	child.stdout.resume();
	return child;
}
async function said(child, stream) {
	let errors = "";
	child.stderr.on("data", (chunk) => {
		errors += chunk.toString();
	});
	const gone = new Promise((resolve) => {
		child.once("error", (error) => resolve(error.message));
		child.once("close", () => resolve(errors.trim().split("\n").at(-1) || `${child.spawnfile} ended`));
		setTimeout(resolve, PATIENCE_MILLISECONDS, `${child.spawnfile} did not get ready`).unref();
	});
	const word = await Promise.race([once(stream, "data").then(() => void 0), gone]);
	if (word !== void 0) throw new Error(word);
}
// src/shell/sandbox/boundaries.ts
function anotherUser(setpriv, user) {
	const become = [...[
		setpriv,
		"--no-new-privs",
		`--reuid=${user.uid}`,
		`--regid=${user.gid}`,
		"--clear-groups"
	], ...[
		"--inh-caps=-all",
		"--bounding-set=-all",
		"--"
	]];
	return {
		wrap: (job) => [...become, ...job.argv],
		terminate: processGroup.terminate,
		async destroy(wrapper) {
			signalGroup(wrapper, "SIGKILL");
			const [file, ...args] = [
				...become,
				"/bin/sh",
				"-c",
				"kill -KILL -1"
			];
			spawnSync(file, args, { stdio: "ignore" });
		}
	};
}
const processGroup = {
	wrap: (job) => job.argv,
	terminate: async (wrapper) => signalGroup(wrapper, "SIGTERM"),
	destroy: async (wrapper) => signalGroup(wrapper, "SIGKILL")
};
function signalGroup({ pid }, signal) {
	try {
		if (pid !== void 0) process.kill(-pid, signal);
	} catch {}
}
// src/shell/sandbox/left-behind.ts
const OPEN_TO_ALL = [
	"/tmp",
	"/var/tmp",
	"/dev/shm",
	"/run/lock",
	"/dev/mqueue"
];
async function removeLeftBehind({ uid }) {
	for (const folder of OPEN_TO_ALL) for (const name of namesIn(folder)) {
		const path = join(folder, name);
		if (lstatSync(path, { throwIfNoEntry: false })?.uid === uid) await removeTree(path);
	}
	for (const [file, column, option] of IPC) for (const id of ownedIn(file, column, uid)) await tools.run({
		file: "ipcrm",
		args: [option, id],
		timeoutSeconds: 2
	}).catch(() => void 0);
}
async function removeLeftDeep(users, own) {
	const there = OPEN_TO_ALL.filter((folder) => lstatSync(folder, { throwIfNoEntry: false })?.isDirectory());
	const theirs = users.flatMap(({ uid }, index) => [
		...index > 0 ? ["-o"] : [],
		"-uid",
		`${uid}`
	]);
	const args = [
		...there,
		"-xdev",
		"-path",
		own,
		"-prune",
		"-o",
		"(",
		...theirs,
		")"
	];
	const remove = [
		"-exec",
		"rm",
		"-rf",
		"--",
		"{}",
		"+"
	];
	await tools.run({
		file: "find",
		args: [...args, ...remove],
		timeoutSeconds: 3
	}).catch(() => void 0);
}
const IPC = [
	[
		"shm",
		"shmid",
		"--shmem-id"
	],
	[
		"sem",
		"semid",
		"--semaphore-id"
	],
	[
		"msg",
		"msqid",
		"--queue-id"
	]
];
function ownedIn(file, column, uid) {
	const [head = [], ...rows] = textOf(`/proc/sysvipc/${file}`).trim().split("\n").map((line) => line.trim().split(/\s+/));
	const [id, owner] = [head.indexOf(column), head.indexOf("uid")];
	return rows.flatMap((row) => row[owner] === `${uid}` ? row[id] ?? [] : []);
}
// src/shell/sandbox/watch-work-tree.ts
const MOST_FILES = 2e5;
const TICKS_MILLISECONDS = 25;
async function watchWorkTree(workTree, folder) {
	const first = await armed(workTree, folder);
	if (first === void 0) return `it has more than ${MOST_FILES} files`;
	await setTimeout$1(TICKS_MILLISECONDS);
	if (first.size > 0 && !leavesTrace([...first.keys()])) return "reading its files leaves no trace";
	const seen = new Set();
	return { async over(job, place, run) {
		const key = JSON.stringify([
			place.tree,
			job.builds === true,
			job.argv
		]);
		if (job.literal === true || seen.has(key)) return run();
		const before = await armed(workTree, folder) ?? new Map();
		await setTimeout$1(TICKS_MILLISECONDS);
		const outcome = await run();
		const pace = openPacer();
		for (const [path, accessed] of before) {
			await pace();
			const now = lstatSync(path, {
				throwIfNoEntry: false,
				bigint: true
			})?.atimeNs;
			if (now !== void 0 && now !== accessed) throw readThere(relative(workTree, path), job, place);
		}
		seen.add(key);
		return outcome;
	} };
}
async function armed(workTree, folder) {
	const files = new Map();
	const folders = [workTree];
	const pace = openPacer();
	for (let at = folders.pop(); at !== void 0; at = folders.pop()) for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
		await pace();
		const path = join(at, entry.name);
		if (entry.isDirectory() && entry.name !== ".git" && !isWithin(path, folder)) folders.push(path);
		if (!entry.isFile()) continue;
		const accessed = arm(path);
		if (accessed !== void 0) files.set(path, accessed);
		if (files.size > MOST_FILES) return void 0;
	}
	return files;
}
function arm(path) {
	try {
		const { atimeNs, mtimeNs, ctimeNs, mode } = lstatSync(path, { bigint: true });
		if (atimeNs > mtimeNs && atimeNs > ctimeNs) chmodSync(path, Number(mode) & 4095);
		return atimeNs;
	} catch {
		return;
	}
}
function leavesTrace(paths) {
	for (const path of paths) {
		const before = lstatSync(path, {
			throwIfNoEntry: false,
			bigint: true
		});
		if (before === void 0 || before.size === 0n) continue;
		try {
			const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
			readSync(file, Buffer.alloc(1));
			closeSync(file);
		} catch {
			continue;
		}
		return lstatSync(path, { bigint: true }).atimeNs !== before.atimeNs;
	}
	return true;
}
function readThere(name, job, { as }) {
	const side = as === "head" ? "head" : "base";
	const what = job.builds === true ? `The build of ${side}` : `A benchmark of ${side}`;
	return new RunFault(`${what} read ${name} of the work tree instead of a file of its own side, so both sides may have used the same code; install bubblewrap, which gives each side that path, or find the file that names the work tree (an editable install, a build folder in bring).`);
}
// src/shell/sandbox/without-namespaces.ts
async function asUserOnly({ setpriv, users, why }, ground) {
	const queues = existsSync("/dev/mqueue") ? {} : { queueBytes: 0 };
	const limits = {
		...ground.limits,
		...queues
	};
	const start = jobStarter({
		...ground,
		limits,
		disks: disksOf([ground.folder, ...OPEN_TO_ALL]),
		counted: true
	});
	const places = openPlaces(void 0, users.of);
	await places.adopt(ground.spare);
	const others = await openWatch(ground, {
		setpriv,
		user: users.of("spare")
	});
	const port = portOf(ground, places, {
		isolation: ground.groups === void 0 ? "uid" : "uid+cgroup",
		network: "all",
		weaknesses: [
			{
				kind: "no-namespaces",
				why
			},
			ownPaths(ground, others),
			...await aroundRules(ground.closed)
		],
		run: oneAtATime(async (job) => {
			const place = places.of(job.tree);
			const user = users.of(place.as);
			try {
				const run = () => start(placed(job, place, workTreeOf(ground)), anotherUser(setpriv, user));
				return await watched(others, {
					job,
					place,
					run
				});
			} finally {
				await removeLeftBehind(user);
			}
		}),
		left: () => removeLeftDeep(users.all, ground.folder)
	});
	return {
		...port,
		async adopt(tree, wish) {
			await port.adopt(tree, wish);
			closeToOthers(places.of(tree));
		},
		async seal(tree, files) {
			closeToOthers(places.of(tree));
			await port.seal(tree, files);
		}
	};
}
function closeToOthers({ tree, home, scratch }) {
	for (const folder of [
		tree,
		home,
		scratch
	]) if (existsSync(folder)) chmodSync(folder, 448);
}
const workTreeOf = ({ wish }) => wish.repository?.workTree;
async function openWatch(ground, as) {
	const workTree = workTreeOf(ground);
	if (workTree === void 0) return void 0;
	if (as !== void 0) {
		const { uid, gid } = as.user;
		const become = [
			`--reuid=${uid}`,
			`--regid=${gid}`,
			"--clear-groups",
			"--bounding-set=-all",
			"--"
		];
		const enter = [
			"/bin/sh",
			"-c",
			"cd -- \"$1\"",
			"enter",
			workTree
		];
		const { code } = await tools.run({
			file: as.setpriv,
			args: [...become, ...enter]
		});
		if (code !== 0) return "out of reach";
	}
	const watch = await watchWorkTree(workTree, ground.folder);
	return typeof watch === "string" ? { why: watch } : watch;
}
const watched = (others, { job, place, run }) => typeof others === "object" && "over" in others ? others.over(job, place, run) : run();
function ownPaths(ground, others) {
	const workTree = workTreeOf(ground);
	if (workTree === void 0 || others === void 0) return { kind: "own-paths" };
	if (others === "out of reach") return {
		kind: "own-paths",
		workTree,
		others: "out-of-reach"
	};
	if ("over" in others) return {
		kind: "own-paths",
		workTree,
		others: "watched"
	};
	return {
		kind: "own-paths",
		workTree,
		others: "unwatched",
		why: others.why
	};
}
async function withoutBoundary(ground) {
	const start = jobStarter({
		...ground,
		disks: disksOf([ground.folder, ...OPEN_TO_ALL]),
		counted: false
	});
	const places = openPlaces(void 0, void 0);
	await places.adopt(ground.spare);
	const others = await openWatch(ground);
	return portOf(ground, places, {
		isolation: "none",
		network: "all",
		weaknesses: [{ kind: "no-boundary" }, ownPaths(ground, others)],
		run: oneAtATime((job) => {
			const place = places.of(job.tree);
			const run = () => start(placed(job, place, workTreeOf(ground)), processGroup);
			return watched(others, {
				job,
				place,
				run
			});
		})
	});
}
function oneAtATime(run) {
	let last = Promise.resolve();
	return (job) => {
		const next = last.then(() => run(job));
		last = next.catch(() => void 0);
		return next;
	};
}
// src/shell/sandbox/open.ts
async function openSandbox(folder, wish, limits = machineLimits(folder)) {
	const [spare, stage] = [join(folder, "spare"), join(folder, "stage")];
	for (const made of [spare, stage]) await mkdir(made, {
		recursive: true,
		mode: 493
	});
	await writeFile(join(stage, "nothing"), "");
	const asRoot = process.getuid?.() === 0;
	const users = asRoot && wish.level !== "off" ? takeJobUsers() : void 0;
	const groups = asRoot ? await openJobGroups(limits) : void 0;
	const ground = {
		closed: await closedFor({
			wish,
			users
		}),
		limits,
		disks: disksOf([folder]),
		folder,
		wish,
		spare,
		stage,
		users,
		tools: await findStartTools(tools),
		groups,
		current: currentJobs()
	};
	try {
		return await openLevel(ground);
	} catch (error) {
		await leave(ground);
		throw error;
	}
}
async function closedFor({ wish, users }) {
	if (wish.level === "off") return NOTHING_TO_CLOSE;
	if (users !== void 0) return closeAddresses(users);
	if (wish.network === "none") return NOTHING_TO_CLOSE;
	const own = wish.network === "all" ? "network is all" : await findOwnNetwork();
	return typeof own === "string" ? askAddresses(own) : {
		...BY_OWN_NETWORK,
		ownNetwork: own
	};
}
const networkFor = async ({ view }, { closed }) => view.network ? await closed.ownNetwork?.() : void 0;
async function openLevel(ground) {
	const { wish, users } = ground;
	if (wish.level === "off") return withoutBoundary(ground);
	const tried = [];
	for (const open of [openBubblewrap, openNamespaces]) {
		const opened = await open(ground);
		if (opened.ok) return opened.value;
		tried.push(opened.fault);
	}
	const why = tried.join("; ");
	const setpriv = await tools.find("setpriv");
	if (setpriv && users && wish.level !== "required") return asUserOnly({
		setpriv,
		users,
		why
	}, ground);
	throw new InputError([`This machine cannot isolate code of the pull request (${why}). ${HOW_TO_GET_ONE}`]);
}
const HOW_TO_GET_ONE = "Install bubblewrap (Debian and Ubuntu: apt-get install bubblewrap) and allow user namespaces (where AppArmor restricts them: sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run the gate as root; perf-verdict doctor tells more. Only for code that you trust as you trust yourself, write isolation: off.";
async function openBubblewrap(ground) {
	const [bwrap, setpriv, unshare] = await Promise.all([
		"bwrap",
		"setpriv",
		"unshare"
	].map(tools.find));
	if (!bwrap) return failed("bubblewrap is not installed");
	if (!setpriv || !unshare) return failed("setpriv and unshare of util-linux are missing");
	const filter = writeFilter(ground);
	const enclose = async (place, laidOut) => {
		const network = await networkFor(laidOut, ground);
		const user = ground.users?.of(place.as);
		return bubblewrapped({
			bwrap,
			setpriv,
			unshare
		}, {
			laidOut,
			user,
			filter,
			network
		});
	};
	return openEnclosed(ground, {
		enclose,
		filters: filter !== void 0,
		weaknesses: []
	}, "bubblewrap");
}
async function openNamespaces(ground) {
	const opened = await openUtilLinux(ground, ground.users !== void 0);
	return opened.ok || ground.users === void 0 ? opened : openUtilLinux(ground, false, opened.fault);
}
async function openUtilLinux(ground, bounded, why) {
	const [unshare, nsenter, setpriv, env, pivot, ip] = await Promise.all([
		"unshare",
		"nsenter",
		"setpriv",
		"env",
		"pivot_root",
		"ip"
	].map(findAnywhere));
	if (!unshare || !nsenter || !setpriv || !env || !pivot) return failed("unshare, nsenter, setpriv or pivot_root of util-linux is missing");
	const { stdout } = await tools.run({
		file: setpriv,
		args: ["--help"]
	});
	const filter = stdout.includes("--seccomp-filter") ? writeFilter(ground) : void 0;
	const { stage } = ground;
	const found = {
		unshare,
		nsenter,
		setpriv,
		env,
		pivot,
		ip,
		filters: filter !== void 0
	};
	const enclose = async (place, laidOut) => {
		const [network, user] = [await networkFor(laidOut, ground), ground.users?.of(place.as)];
		const namespace = namespaced({
			tools: found,
			laidOut,
			user,
			bounded,
			filter,
			stage,
			network
		});
		await namespace.open();
		return namespace;
	};
	const isOpen = filter === void 0 && why !== void 0 && await makesUsers(ground, found);
	const weaknesses = [
		...filter === void 0 ? [{ kind: "no-filter" }] : [],
		...isOpen ? [{
			kind: "user-namespaces",
			why: why.replace(/^util-linux: /, "")
		}] : [],
		...ip === void 0 ? [{ kind: "no-loopback" }] : []
	];
	return openEnclosed(ground, {
		enclose,
		filters: filter !== void 0,
		weaknesses
	}, "util-linux");
}
async function makesUsers({ users }, { setpriv, unshare }) {
	const { uid, gid } = users.of("spare");
	const become = [
		`--reuid=${uid}`,
		`--regid=${gid}`,
		"--clear-groups",
		"--"
	];
	return (await tools.run({
		file: setpriv,
		args: [
			...become,
			unshare,
			"--user",
			"--",
			"true"
		]
	})).code === 0;
}
const findAnywhere = async (name) => await tools.find(name) ?? await firstThere([`/usr/sbin/${name}`, `/sbin/${name}`]);
async function firstThere(paths) {
	for (const path of paths) {
		const found = await tools.find(path);
		if (found !== void 0) return found;
	}
}
function writeFilter({ stage }) {
	const filter = systemCallFilter(process.arch);
	if (filter === void 0) return void 0;
	const file = join(stage, "system-calls");
	writeFileSync(file, filter);
	return file;
}
// src/shell/open-ports.ts
async function openPorts(log, cache = noCache, stopped = async () => {}) {
	const ways = openCleanupStack((signal) => log.warn(`${signal}: stopping, and putting everything back.`), stopped);
	const folder = await takeWorkFolder();
	ways.add(() => removeWorkFolder(folder));
	process.once("exit", () => removeAtExit(folder));
	async function isolate(wish) {
		const sandbox = await openSandbox(folder, wish);
		ways.add(() => sandbox.end());
		const run = async (job) => {
			try {
				return await ways.unlessStopped(await sandbox.run(job));
			} catch (error) {
				await ways.unlessStopped(void 0);
				throw error;
			}
		};
		return {
			...sandbox,
			run
		};
	}
	const machine = openMachine(log, ways);
	return {
		outside: {
			tools,
			machine,
			cache,
			log,
			clock,
			folder,
			isolate
		},
		close: () => ways.runAll()
	};
}
const clock = {
	now: () => Number(process.hrtime.bigint()) / 1e9,
	date: () => new Date().toISOString()
};
const noCache = {
	restore: async () => false,
	save: async () => false
};
export { endedUnderPerf as $, lineOf as A, foundNoNetwork as At, countsOfTotals as B, emptyBlockTable as C, openPacer as Ct, SOFTWARE_ROLES as D, quotedValue as Dt, HARDWARE_ROLES as E, quotedLine as Et, runUnder as F, emptyCostTable as G, settleStrays as H, scratchName as I, callsOf as J, profilesOf as K, readUntrusted as L, failureOf as M, passedOn as Mt, runBeside as N, quotedWord as Nt, faultOfCount as O, unread as Ot, runMeasured as P, opensWhileTuned as Q, insideOf as R, addBlock as S, textAt as St, COUNT_OF_ROLE as T, fault as Tt, strayRule as U, builtIn as V, addCost as W, chosenEvents as X, emptyCallTable as Y, isClosed as Z, perfRecord as _, addStep as _t, readUnder as a, noTimeToCount as at, resourceUse as b, stepOf as bt, weaknessLimitation as c, aloneOf as ct, indexedWithinPage as d, listingOf as dt, eventNotCounted as et, linesOf as f, onSide as ft, kernelNumber as g, recognise as gt, unitsSpanned as h, ownerOf as ht, findHypervisor as i, noIssueSlots as it, simulate as j, killedBy as jt, faultOfSchedulerEvent as k, exitedWith as kt, probeCounters as l, arrangementOf as lt, setsTouched as m, HARNESSES as mt, openPorts as n, noContextSwitches as nt, describeNoise as o, notCounted as ot, setsOf as p, selects as pt, addCall as q, ownUserName as r, noInstructionsCounted as rt, noPlace as s, runAround as st, noCache as t, failedUnderPerf as tt, jumpsOnBoundariesCost as u, benchmarkWords as ut, perfStat as v, amountOf as vt, topDownOf as w, isCodeByName as wt, addressOfOffset as x, stepOfGrid as xt, perfVersion as y, finest as yt, outsideOf as z };
