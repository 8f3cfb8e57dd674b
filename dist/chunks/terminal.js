// src/shell/runner/terminal.ts
const terminal = {
	line: (text) => write(`  ${text}`),
	warn: (text) => write(`  warning: ${text}`),
	async group(title, work) {
		write(title);
		return work();
	}
};
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
