#!/usr/bin/env node
import { n as InputError, t as CommandError } from "./chunks/errors.js";
import { t as OPTIONS } from "./chunks/options.js";
import { t as VERSION } from "./chunks/version.js";
// src/core/config/command-line.ts
const known = new Set(OPTIONS.filter((option) => option.doors.includes("cli")).map((option) => option.name));
const REPEATABLE = new Set(["bench", "env"]);
function readCommandLine(given) {
	const [command = "help", ...rest] = given;
	const words = [];
	const options = {};
	const faults = [];
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index];
		if (!word.startsWith("--")) {
			words.push(word);
			continue;
		}
		const equals = word.indexOf("=");
		const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
		if (!known.has(name)) {
			faults.push(`--${name} is not an option; see perf-verdict help.`);
			if (equals < 0 && rest[index + 1]?.startsWith("--") === false) index++;
			continue;
		}
		const value = equals < 0 ? rest[++index] : word.slice(equals + 1);
		if (value === void 0) faults.push(`--${name} needs a value; see perf-verdict help.`);
		else if (options[name] === void 0) options[name] = value;
		else if (REPEATABLE.has(name)) options[name] += `\n${value}`;
		else faults.push(`--${name} is given twice; give it once.`);
	}
	if (faults.length > 0) throw new InputError(faults);
	return {
		command,
		words,
		options
	};
}
function helpText() {
	return [
		"perf-verdict gate --base REV --head REV --build COMMAND --bench NAME=COMMAND … [options]",
		"perf-verdict bisect --base GOOD --head BAD --build COMMAND --bench NAME=COMMAND … [options]",
		"perf-verdict merge --reports FOLDER [--out FOLDER]",
		"perf-verdict doctor",
		"perf-verdict host hold|recover|status|install|uninstall",
		"perf-verdict help | version",
		"",
		"gate builds two commits, measures both and says what got slower and why.",
		"It exits with 0 when the gate passes, 1 on a breach, 2 when it could not measure or was called wrongly.",
		"",
		"bisect finds the first commit after GOOD, up to BAD, that made it slower, and why. GOOD is taken as it is, and must be on the",
		"line of first parents of BAD. The budget is that of each step, of which there are about log2 of the commits and two; alpha is",
		"the error rate of the whole answer. It exits with 0 when there is no breach in the range, 1 on one, and 2 as a gate does.",
		"",
		...OPTIONS.filter((option) => option.doors.includes("cli")).map(({ name, says, fallback }) => `  --${name.padEnd(15)} ${says}${fallback === "" ? "" : ` Default: ${fallback}.`}`),
		""
	].join("\n");
}
// src/cli.ts
async function main(given) {
	if (given[0] === "host") {
		const { runHost } = await import("./chunks/host-access2.js");
		return runHost(given.slice(1));
	}
	const line = readCommandLine(given.filter((word) => !(given[0] === "doctor" && word === "--json")));
	switch (line.command) {
		case "gate": {
			const { gateFromTerminal } = await import("./chunks/terminal-gate.js");
			return gateFromTerminal(line.options);
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
			return doctor(given.includes("--json"));
		}
		case "version":
		case "--version":
			process.stdout.write(`${VERSION}\n`);
			return 0;
		case "help":
		case "--help":
		case "-h":
			process.stdout.write(helpText());
			return 0;
		default: throw new InputError([`${line.command} is not a command; see perf-verdict help.`]);
	}
}
function complain(error) {
	if (error instanceof InputError) {
		process.stderr.write(`${error.faults.map((fault) => `perf-verdict: ${fault}`).join("\n")}\n`);
		return 2;
	}
	if (error instanceof CommandError) {
		const { failure } = error;
		process.stderr.write(`perf-verdict: ${error.message}\n${failure.lastLines.map((line) => `  ${line}\n`).join("")}`);
		return 3;
	}
	process.stderr.write(`perf-verdict: this is a bug of ours; please report it with these lines.\n${error instanceof Error ? error.stack : String(error)}\n`);
	return 3;
}
process.exitCode = await main(process.argv.slice(2)).catch(complain);
export {};
