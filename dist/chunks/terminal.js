import { c as visibleLines, o as visible } from "./text.js";
import { n as fitted } from "./display-width.js";
import { t as openPhases } from "./phases.js";
// src/shell/runner/live-line.ts
const REPAINT_MILLISECONDS = 250;
const ERASE = "\r\x1B[K";
function openLiveLine(screen, text) {
	let timer;
	let shown = "";
	const paint = () => {
		const next = fitted(visible(text().replaceAll(/\p{Cc}+/gu, " ")), Math.max(0, screen.columns() - 1));
		if (next === shown) return;
		screen.write(`${ERASE}${next}`);
		shown = next;
	};
	const clear = () => {
		if (shown !== "") screen.write(ERASE);
		shown = "";
	};
	return {
		above: (line) => {
			clear();
			screen.write(line);
			if (timer) paint();
		},
		start: () => {
			timer ??= setInterval(paint, REPAINT_MILLISECONDS);
			timer.unref();
		},
		stop: () => {
			clearInterval(timer);
			timer = void 0;
			clear();
		}
	};
}
// src/shell/runner/terminal.ts
const terminal = openTerminal("normal");
function openTerminal(verbosity) {
	let live;
	let status = "";
	const write = (given) => {
		const text = `${visibleLines(given)}\n`;
		if (live) live.above(text);
		else process.stderr.write(text);
	};
	const quiet = verbosity === "quiet";
	const lively = process.stderr.isTTY && process.env.TERM !== "dumb" && !quiet;
	const phases = openPhases({
		open: (title) => {
			status = "";
			if (!quiet) write(title);
			live?.start();
		},
		close: () => live?.stop(),
		line: (text) => {
			if (!quiet) write(`  ${text}`);
		}
	}, lively ? { silent: true } : {});
	if (lively) {
		live = openLiveLine({
			write: (text) => void process.stderr.write(text),
			columns: () => process.stderr.columns || 80
		}, () => status === "" ? phases.now() : `${status} · ${phases.now()}`);
		process.once("exit", () => live?.stop());
	}
	const say = (text) => {
		phases.spoke();
		if (!quiet) write(`  ${text}`);
	};
	return {
		...phases,
		line: say,
		warn: (text) => {
			phases.spoke();
			write(`  warning: ${text}`);
		},
		debug: (text) => {
			if (verbosity === "verbose" || process.env.RUNNER_DEBUG === "1") say(text);
		},
		...lively && { status: (text) => {
			status = text;
		} }
	};
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
export { openTerminal as n, terminal as r, listenForStop as t };
