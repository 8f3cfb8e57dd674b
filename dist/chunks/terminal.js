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
export { terminal as t };
