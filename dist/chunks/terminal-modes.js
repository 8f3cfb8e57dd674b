import { n as InputError } from "./errors.js";
import { n as openTerminal } from "./terminal.js";
// src/commands/terminal-modes.ts
function readModes(options) {
	const { quiet: _, verbose: __, json: ___, "dry-run": ____, ...rest } = options;
	const isSet = (name) => name in options;
	if (isSet("quiet") && isSet("verbose")) throw new InputError(["--quiet and --verbose contradict each other; give one of them."]);
	const verbosity = isSet("quiet") ? "quiet" : isSet("verbose") ? "verbose" : "normal";
	const log = openTerminal(verbosity);
	return {
		verbosity,
		json: isSet("json"),
		dryRun: isSet("dry-run"),
		log,
		rest
	};
}
function reportWidth() {
	return process.stdout.isTTY ? Math.min(Math.max(process.stdout.columns || 100, 40), 100) : void 0;
}
export { reportWidth as n, readModes as t };
