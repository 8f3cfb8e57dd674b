#!/usr/bin/env node
import { n as OPTIONS, r as OPTION_GROUPS, t as FLAG_NAMES } from "./chunks/options.js";
import { n as InputError, t as CommandError } from "./chunks/errors.js";
import { t as POLICY_NAMES } from "./chunks/policies.js";
import { t as nearest } from "./chunks/nearest.js";
import { t as environmentFault } from "./chunks/environment-fault.js";
import { c as visibleLines } from "./chunks/text.js";
import { t as VERSION } from "./chunks/version.js";
import { parseArgs } from "node:util";
// src/commands/command-line.ts
const COMMANDS = [
	"init",
	"gate",
	"list",
	"compare",
	"bisect",
	"merge",
	"history",
	"doctor",
	"host",
	"completion",
	"help",
	"version"
];
function optionsOf(command) {
	return OWN_OPTIONS[command] ?? GIVEN_HERE;
}
const GIVEN_HERE = OPTIONS.filter((option) => option.surfaces.includes("cli")).map(({ name }) => name);
const LISTED = [
	"repo",
	"working-directory",
	"head",
	"untracked",
	"config",
	"build",
	"bench",
	"harness",
	"format",
	"unit",
	"better",
	"prepare",
	"conclude",
	"env",
	"share",
	"bring",
	"threshold",
	"floor",
	"metric",
	"timeout",
	"build-timeout",
	"isolation",
	"network"
];
const MERGED = [
	"reports",
	"out",
	"quiet",
	"json",
	...POLICY_NAMES
];
const OF_COMMITS = [
	"repo",
	"working-directory",
	"base",
	"head",
	"untracked",
	"against",
	"config",
	"build",
	"build-timeout",
	"bench",
	"only",
	"share",
	"paths",
	"shard",
	"reports",
	"history",
	"on-base-broken",
	"on-removed"
];
const COMPARED = GIVEN_HERE.filter((name) => !OF_COMMITS.includes(name));
const NOT_BISECTED = [
	"json",
	"dry-run",
	"untracked"
];
const OWN_OPTIONS = {
	doctor: ["json"],
	init: ["repo", "dry-run"],
	list: [
		...LISTED,
		"quiet",
		"verbose",
		"json"
	],
	bisect: [...GIVEN_HERE.filter((name) => !NOT_BISECTED.includes(name)), "first-faster"],
	compare: COMPARED,
	completion: [],
	merge: MERGED,
	history: [
		"history",
		"out",
		"json",
		"csv"
	],
	help: [],
	version: []
};
const FLAGS = new Set([
	...FLAG_NAMES,
	"csv",
	"help",
	"first-faster"
]);
const SHORT = {
	o: "out",
	q: "quiet",
	v: "verbose"
};
const REPEATABLE = new Set([
	"bench",
	"env",
	"accept",
	"paths",
	"only"
]);
const TAKES_WORDS = new Set([
	"history",
	"compare",
	"completion",
	"help"
]);
function readCommandLine(given) {
	const [first = "help", ...rest] = given;
	const command = commandOf(first);
	if (command === "host") return {
		command,
		words: rest,
		options: {}
	};
	const known = OWN_OPTIONS[command] ?? GIVEN_HERE;
	const options = Object.fromEntries([...known, "help"].map((name) => {
		const short = Object.keys(SHORT).find((letter) => SHORT[letter] === name);
		return [name, {
			type: FLAGS.has(name) ? "boolean" : "string",
			...short !== void 0 && { short }
		}];
	}));
	const faults = [];
	const args = withoutSingleDashes(rest, {
		command,
		known,
		faults
	});
	if (rest.length === 1 && rest[0] === "help" && !TAKES_WORDS.has(command)) return {
		command: "help",
		words: [command],
		options: {}
	};
	const { tokens } = parseArgs({
		args,
		options,
		strict: false,
		allowPositionals: true,
		tokens: true
	});
	const words = [];
	const values = {};
	let unknownAt = -2;
	const end = tokens.find(({ kind }) => kind === "option-terminator")?.index ?? Number.POSITIVE_INFINITY;
	for (const token of tokens) if (token.kind === "positional") {
		if (token.index === unknownAt + 1) continue;
		words.push(token.value);
		if (command === "compare" && words.length > 2 && token.index < end) faults.push(thirdWord(token.value));
		if (!TAKES_WORDS.has(command)) faults.push(strayWord(token.value, command, known));
	} else if (token.kind === "option") {
		const { name, rawName, value } = token;
		if (name === "help" || rawName === "-h") return {
			command: "help",
			words: [command],
			options: {}
		};
		if (!known.includes(name) || !rawName.startsWith("--") && SHORT[rawName.slice(1)] !== name) {
			faults.push(unknownOption(rawName, command, known));
			if (value === void 0) unknownAt = token.index;
		} else if (FLAGS.has(name)) {
			if (value !== void 0) faults.push(`--${name} takes no value; write it alone.`);
			values[name] = "true";
		} else if (value === void 0) faults.push(`--${name} needs a value; see perf-verdict help.`);
		else if (!token.inlineValue && value.startsWith("--")) {
			faults.push(`--${name} needs a value, and ${value} follows it; write --${name}=${value} where that is one.`);
			unknownAt = token.index + 1;
		} else if (value.trim() === "") faults.push(emptyValue(name));
		else if (values[name] === void 0) values[name] = value;
		else if (REPEATABLE.has(name)) values[name] += `\n${value}`;
		else faults.push(`--${name} is given twice; give it once.`);
	}
	if (command === "help") for (const word of words) commandOf(word);
	if (faults.length > 0) throw new InputError(faults);
	return {
		command,
		words,
		options: values
	};
}
function withoutSingleDashes(args, { command, known, faults }) {
	const end = args.indexOf("--");
	let dropped = -2;
	return args.filter((word, at) => {
		const single = /^-[A-Za-z][\w-]+(?:=.*)?$/.test(word) && (end < 0 || at < end);
		const isValue = at > 0 && /^--/.test(args[at - 1] ?? "") && !FLAGS.has(args[at - 1].slice(2));
		if (at === dropped + 1 && !word.startsWith("-")) return false;
		if (!single || isValue) return true;
		dropped = word.includes("=") ? -2 : at;
		faults.push(unknownOption(word.split("=")[0] ?? word, command, known));
		return false;
	});
}
const thirdWord = (word) => `compare takes two programs or commands, and ${word} is one more; put a command with blanks between quotes, and -- before words that both get.`;
function commandOf(word) {
	if (word === "--help" || word === "-h") return "help";
	if (word === "--version" || word === "-V") return "version";
	const command = COMMANDS.find((name) => name === word);
	if (command) return command;
	if (word === "-v") throw new InputError(["-v needs a command before it; -V prints the version."]);
	throw new InputError([`${word} is not a command${meant(nearest(word, COMMANDS))}; see perf-verdict help.`]);
}
const meant = (word) => word === void 0 ? "" : ` (did you mean ${word}?)`;
function unknownOption(rawName, command, known) {
	const name = rawName.replace(/^-+/, "");
	const row = OPTIONS.find((option) => option.name === name);
	if (row && !row.surfaces.includes("cli")) return `${rawName} is an input of the action and no option of the command line; leave it out.`;
	if (name === "list") return `${rawName} is no option; perf-verdict list prints the rows that a gate would have.`;
	const close = nearest(name, known);
	return `${rawName} is not an option of ${command}${meant(close === void 0 ? void 0 : `--${close}`)}; see perf-verdict help.`;
}
const emptyValue = (name) => `--${name} is given an empty value; give it one, or leave the option out.`;
function strayWord(word, command, known) {
	const option = known.find((name) => name === word.split("=")[0]);
	if (command === "gate" && option === void 0 && /^[\w./@~^-]+$/.test(word)) return `${word} stands alone, and gate takes options only (did you mean --base ${word} or --head ${word}?); put a value with spaces between quotes.`;
	return `${word} stands alone, and ${command} takes options only${meant(option && `--${option}`)}; put a value with spaces between quotes.`;
}
// src/commands/help.ts
const COMMAND_LINES = [
	[
		"init",
		"[--dry-run]",
		"find the benchmarks of this repository and write the files of their gate"
	],
	[
		"gate",
		"--base REV --head REV --build COMMAND --bench NAME=COMMAND …",
		"build two commits, measure both, say what got slower and why"
	],
	[
		"list",
		"[--head REV | --head worktree] [--json]",
		"build one commit and print the rows that a gate of it would have"
	],
	[
		"compare",
		"OLD NEW [-- WORD …] [--bring FILE …]",
		"compare two programs or two commands, without a repository"
	],
	[
		"bisect",
		"--base GOOD --head BAD --build COMMAND --bench NAME=COMMAND … [--first-faster]",
		"find the first commit of a range that made it slower (or faster)"
	],
	[
		"history",
		"--history FILE [RESULTS …] [--out FOLDER] [--json | --csv]",
		"draw a history of comparisons"
	],
	[
		"merge",
		"--reports FOLDER [--out FOLDER]",
		"join the reports of shards into one verdict"
	],
	[
		"doctor",
		"[--json]",
		"tell what this machine can measure, and what to install"
	],
	[
		"host",
		"hold | recover | status | install | uninstall",
		"tune the machine while a gate measures, and restore it"
	],
	[
		"completion",
		"bash | zsh | fish",
		"print the completion of a shell"
	],
	[
		"version",
		"",
		"print the version"
	]
];
const EXAMPLES = [
	"perf-verdict gate --base main --build 'make bench' --bench 'parse=./bench parse'",
	"perf-verdict gate --base main --head worktree --bench 'suite=./bench' --harness google-benchmark",
	"perf-verdict compare ./bench-old ./bench-new -- --input data.json",
	"perf-verdict list --head worktree --build 'make bench' --bench 'suite=./bench'",
	"perf-verdict merge --reports shards --out perf-verdict",
	"perf-verdict bisect --base v1.2 --head main --build 'make bench' --bench 'parse=./bench parse'"
];
const BISECT_NOTES = [
	"GOOD is used as given, without a merge base, and must be a first-parent ancestor of BAD. The budget is for each step; expect about",
	"log2 of the commits plus two steps; alpha is the error rate of the whole answer. With --first-faster GOOD is the slow commit, BAD the",
	"fast one, and bisect looks for the commit that made it faster."
];
const TAKE_OPTIONS = [
	"help",
	"gate",
	"list",
	"compare",
	"bisect",
	"merge"
];
const EXIT_CODES = "Exit codes: 0 pass, 1 regression, 2 usage error, 3 no answer.";
function completable() {
	return {
		commands: COMMAND_LINES.map(([name, , says]) => ({
			name,
			says,
			options: name === "host" || name === "completion" || name === "version" ? [] : [...optionsOf(name), "help"]
		})),
		flags: FLAGS
	};
}
function helpText(command) {
	const commands = COMMAND_LINES.filter(([name]) => command === void 0 || command === "help" || name === command).flatMap(([name, usage, says]) => [`  perf-verdict ${name} ${usage}`.trimEnd(), `      ${says}`]);
	const takesOptions = command === void 0 || TAKE_OPTIONS.includes(command);
	const own = EXAMPLES.filter((line) => line.startsWith(`perf-verdict ${command} `));
	const examples = own.length > 0 ? own : EXAMPLES;
	return [
		"Usage",
		...commands,
		...command === "bisect" ? ["", ...BISECT_NOTES] : [],
		"",
		command === "doctor" ? "Exit codes: 0 ready for times, 1 instructions only, 3 not ready." : EXIT_CODES,
		...takesOptions ? [
			...optionLines(command),
			"",
			"Examples",
			...examples.map((line) => `  ${line}`)
		] : [],
		""
	].join("\n");
}
function optionLines(command) {
	const known = optionsOf((command ?? "help") === "help" ? "gate" : command);
	return Object.entries(OPTION_GROUPS).flatMap(([title, options]) => {
		const rows = options.filter(({ name, surfaces }) => surfaces.includes("cli") && (command === "help" || known.includes(name)));
		return rows.length === 0 ? [] : [
			"",
			title,
			...rows.map(optionLine)
		];
	});
}
function optionLine({ name, says, fallback }) {
	return `  --${name.padEnd(17)} ${says}${fallback === "" ? "" : ` Default: ${fallback}.`}`;
}
// src/cli.ts
async function main(given) {
	const line = readCommandLine(given);
	switch (line.command) {
		case "host": {
			const { runHost } = await import("./chunks/host-access2.js");
			return runHost(line.words);
		}
		case "gate": {
			const { gateFromTerminal } = await import("./chunks/terminal-gate.js");
			return gateFromTerminal(line.options);
		}
		case "init": {
			const { initFromTerminal } = await import("./chunks/terminal-init.js");
			return initFromTerminal(line.options);
		}
		case "list": {
			const { listFromTerminal } = await import("./chunks/terminal-list.js");
			return listFromTerminal(line.options);
		}
		case "compare": {
			const { compareFromTerminal } = await import("./chunks/terminal-compare.js");
			return compareFromTerminal(line.words, line.options);
		}
		case "completion": {
			const { completionFromTerminal } = await import("./chunks/completion.js");
			return completionFromTerminal(line.words, completable());
		}
		case "bisect": {
			const { bisectFromTerminal } = await import("./chunks/terminal-bisect.js");
			return bisectFromTerminal(line.options);
		}
		case "merge": {
			const { mergeFromTerminal } = await import("./chunks/terminal-merge.js");
			return mergeFromTerminal(line.options);
		}
		case "history": {
			const { historyFromTerminal } = await import("./chunks/terminal-history.js");
			return historyFromTerminal(line.words, line.options);
		}
		case "doctor": {
			const { doctor } = await import("./chunks/doctor.js");
			return doctor("json" in line.options);
		}
		case "version":
			process.stdout.write(`${VERSION}\n`);
			return 0;
		case "help":
			process.stdout.write(helpText(line.words[0]));
			return 0;
	}
}
const say = (text) => void process.stderr.write(visibleLines(text.replaceAll("	", "  ")));
function complain(error) {
	if (error instanceof InputError) {
		say(`${error.faults.map((fault) => `perf-verdict: ${fault}`).join("\n")}\n`);
		return 2;
	}
	if (error instanceof CommandError) {
		const { failure } = error;
		say(`perf-verdict: ${error.message}\n${failure.lastLines.map((line) => `  ${line}\n`).join("")}`);
		return 3;
	}
	const environment = environmentFault(error);
	if (environment !== void 0) {
		say(`perf-verdict: ${environment}\n`);
		return 3;
	}
	say(`perf-verdict: this is a bug in Perf Verdict; please report it with these lines.\n${error instanceof Error ? error.stack : String(error)}\n`);
	return 3;
}
process.exitCode = await main(process.argv.slice(2)).catch(complain);
export {};
