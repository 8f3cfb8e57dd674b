import { t as openPhases } from "./phases.js";
// src/shell/runner/terminal.ts
const terminal = openTerminal();
function openTerminal() {
	const phases = openPhases({
		open: (title) => write(title),
		close: () => {},
		line: (text) => write(`  ${text}`)
	});
	const say = (text) => {
		phases.spoke();
		write(`  ${text}`);
	};
	return {
		...phases,
		line: say,
		warn: (text) => say(`warning: ${text}`),
		debug: (text) => {
			if (process.env.RUNNER_DEBUG === "1") say(text);
		}
	};
}
function write(text) {
	process.stderr.write(`${text}\n`);
}
function listenForStop() {
	let stopped = false;
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.once(signal, () => stopped = true);
	return () => stopped;
}
export { terminal as n, listenForStop as t };
