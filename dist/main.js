import { a as info, c as setOutput, d as warning, g as summary, i as getInput, l as setSecret, n as endGroup, r as error, s as notice, t as debug, u as startGroup } from "./chunks/core.js";
import { n as InputError, t as CommandError } from "./chunks/errors.js";
import { n as OPTIONS } from "./chunks/options.js";
import { t as environmentFault } from "./chunks/environment-fault.js";
import { c as visibleLines, o as visible } from "./chunks/text.js";
import { r as prose } from "./chunks/prose.js";
import { n as openMasks } from "./chunks/secrets.js";
import { t as openPhases } from "./chunks/phases.js";
import { randomUUID } from "node:crypto";
import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
// src/core/config/action-inputs.ts
const JOB_RESULTS = [
	"success",
	"failure",
	"cancelled",
	"skipped"
];
const isJobResult = (text) => JOB_RESULTS.includes(text);
const OWN = new Set([
	"command",
	"github-token",
	"reports",
	"needs",
	"artifact",
	"job"
]);
function readActionInputs(lookup) {
	const inputs = OPTIONS.filter((option) => option.surfaces.includes("action")).map(({ name }) => [name, lookup(name).trim()]);
	const given = Object.fromEntries(inputs.filter(([, value]) => value !== ""));
	const command = given.command ?? "gate";
	if (command !== "gate" && command !== "publish" && command !== "merge") throw new InputError([`command must be one of gate, publish, merge, not ${JSON.stringify(command)}.`]);
	const { needs } = given;
	if (needs !== void 0 && !isJobResult(needs)) throw new InputError([`needs must be one of ${JOB_RESULTS.join(", ")}, not ${JSON.stringify(needs)}.`]);
	return {
		command,
		needs,
		token: given["github-token"] ?? "",
		reports: given.reports ?? "perf-verdict-shards",
		artifact: given.artifact ?? "perf-verdict",
		key: given.key,
		job: given.job ?? "",
		out: given.out ?? "perf-verdict",
		check: given.check === "true",
		comment: given.comment,
		invocation: Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.has(name)))
	};
}
// src/core/github/workflow-command.ts
function harmless(line) {
	return visible(line.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, " ").replaceAll("	", " ")).replaceAll("##[", "##\\[").replace(/^\s*(?=::)/, "\\");
}
// src/shell/runner/annotator.ts
const LEVELS = [
	"error",
	"warning",
	"notice"
];
const SAY = {
	error,
	warning,
	notice
};
const MOST_PER_LEVEL = 9;
const MOST_LOG_WARNINGS = 3;
const TITLE = "Perf Verdict";
function openAnnotator() {
	const left = {
		error: MOST_PER_LEVEL,
		warning: MOST_PER_LEVEL,
		notice: MOST_PER_LEVEL
	};
	let logWarnings = 0;
	const say = (annotation) => {
		left[annotation.level] -= 1;
		SAY[annotation.level](annotation.message, placeOf(annotation));
	};
	return {
		warn: (text) => {
			if (logWarnings++ >= MOST_LOG_WARNINGS || left.warning <= 0) info(harmless(`Warning: ${text}`));
			else say({
				level: "warning",
				title: TITLE,
				message: text
			});
		},
		annotate: (annotations) => {
			for (const level of LEVELS) {
				const own = annotations.filter((annotation) => annotation.level === level);
				const room = Math.max(0, own.length > left[level] ? left[level] - 1 : left[level]);
				for (const annotation of own.slice(0, room)) say(annotation);
				const rest = own.length - room;
				if (rest > 0 && left[level] > 0) say({
					level,
					title: TITLE,
					message: `And ${rest} more in the job summary.`
				});
			}
		}
	};
}
function placeOf({ title, file, line, endLine }) {
	return {
		title,
		...file === void 0 ? {} : { file },
		...line === void 0 ? {} : { startLine: line },
		...endLine === void 0 ? {} : { endLine }
	};
}
// src/shell/runner/runner-files.ts
const COMMAND_FILES = [
	"GITHUB_ENV",
	"GITHUB_PATH",
	"GITHUB_OUTPUT",
	"GITHUB_STATE"
];
function runnerFiles(env) {
	const expected = new Map();
	const faults = new Set();
	const paths = COMMAND_FILES.flatMap((file) => env[file] ? [[file, env[file]]] : []);
	for (const [file, path] of paths) expected.set(file, read(path) ?? "");
	const settle = (file, path) => {
		const ours = expected.get(file) ?? "";
		if (read(path) === ours) return;
		faults.add(`Something that ran during this job wrote to the runner's file ${file}; its content was restored, and the result cannot be trusted. Look at what the build and the benchmarks start.`);
		rmSync(path, {
			force: true,
			recursive: true
		});
		writeFileSync(path, ours);
	};
	return {
		write: (file, name, value, append) => {
			const path = env[file];
			if (!path) return append();
			settle(file, path);
			append();
			const before = expected.get(file) ?? "";
			const after = read(path) ?? "";
			const added = after.startsWith(before) ? after.slice(before.length) : "";
			expected.set(file, before + ownPart(added, name, value));
			settle(file, path);
		},
		verify: () => {
			for (const [file, path] of paths) settle(file, path);
			return [...faults];
		}
	};
}
function ownPart(added, name, value) {
	const delimiter = /<<(ghadelimiter_[0-9a-f-]{36})\n/.exec(added)?.[1];
	if (delimiter === void 0) return "";
	const record = `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
	return added.startsWith(record) ? record : "";
}
function read(path) {
	return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : void 0;
}
// src/shell/runner/runner.ts
function openRunner(env) {
	const files = runnerFiles(env);
	const { annotate, warn } = openAnnotator();
	const line = (text) => {
		for (const one of text.split("\n")) info(harmless(one));
	};
	const phases = openPhases({
		open: (title) => startGroup(harmless(title)),
		close: endGroup,
		line
	});
	const say = (text) => {
		phases.spoke();
		line(text);
	};
	const masks = openMasks(env);
	return {
		log: {
			...phases,
			line: say,
			warn: (text) => {
				phases.spoke();
				warn(text);
			},
			debug: (text) => debug(harmless(text)),
			quote: say
		},
		output: (name, value) => files.write("GITHUB_OUTPUT", name, value, () => setOutput(name, value)),
		summary: async (markdown) => {
			if (!env.GITHUB_STEP_SUMMARY) return;
			await summary.addRaw(markdown, true).write();
		},
		annotate,
		quote,
		mask: (secret) => {
			if (secret.trim() === "") return;
			setSecret(secret);
			masks.add(secret);
		},
		masked: masks.masked,
		verify: files.verify
	};
}
function quote(lines) {
	const token = randomUUID();
	const text = lines.map((line) => line.replaceAll(/[\r\n]+/g, " ")).join("\n");
	process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`);
}
// src/main.ts
async function main(runner) {
	const inputs = readActionInputs(getInput);
	runner.mask(inputs.token);
	switch (inputs.command) {
		case "gate": {
			const { gateFromAction } = await import("./chunks/action-gate.js");
			return gateFromAction(inputs, runner, process.env);
		}
		case "publish": {
			const { publishFromAction } = await import("./chunks/action-publish.js");
			return publishFromAction(inputs, runner, process.env);
		}
		case "merge": {
			const { mergeFromAction } = await import("./chunks/action-merge.js");
			return mergeFromAction(inputs, runner, process.env);
		}
	}
}
async function complain(runner, trouble) {
	const wrongCall = trouble instanceof InputError;
	const texts = textsOf(trouble).map(visibleLines);
	for (const text of texts) error(text, { title: "Perf Verdict" });
	runner.output("verdict", "error");
	const first = texts[0]?.split("\n")[0] ?? "";
	await runner.summary(`**Perf Verdict could not measure.** ${prose(first)}\n`);
	return wrongCall ? 2 : 3;
}
function textsOf(trouble) {
	if (trouble instanceof InputError) return trouble.faults;
	if (trouble instanceof CommandError) return [[trouble.message, ...trouble.failure.lastLines].join("\n")];
	const environment = environmentFault(trouble);
	if (environment !== void 0) return [environment];
	return [`This is a bug in Perf Verdict; please report it with these lines.\n${trouble instanceof Error ? trouble.stack : String(trouble)}`];
}
const runner = openRunner(process.env);
process.exitCode = await main(runner).catch((trouble) => complain(runner, trouble));
export {};
