import { spawn } from "node:child_process";
import { join } from "node:path";
import { access, constants, stat } from "node:fs/promises";
// src/shell/tools/tools.ts
const tools = {
	run,
	find
};
const MOST_BYTES = 268435456;
const running = new Set();
const endAll = () => {
	for (const child of running) child.kill("SIGTERM");
};
process.once("exit", endAll);
const listeners = Object.entries({
	SIGINT: 130,
	SIGTERM: 143,
	SIGHUP: 129
}).map(([signal, code]) => {
	const listener = () => {
		if (process.listenerCount(signal) === 1) process.exit(code);
	};
	return {
		signal,
		listener
	};
});
function started(child) {
	if (running.size === 0) for (const { signal, listener } of listeners) process.on(signal, listener);
	running.add(child);
}
function ended(child) {
	if (!running.delete(child) || running.size > 0) return;
	for (const { signal, listener } of listeners) process.off(signal, listener);
}
async function run(command) {
	const args = [
		"--signal=TERM",
		"--kill-after=5",
		`${command.timeoutSeconds ?? 600}`,
		command.file,
		...command.args
	];
	const child = spawn("timeout", args, {
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		...command.cwd === void 0 ? {} : { cwd: command.cwd },
		...command.env === void 0 ? {} : { env: { ...command.env } }
	});
	started(child);
	const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
	child.stdin.on("error", () => {});
	child.stdin.end(command.input ?? "");
	try {
		const code = await new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("close", resolve);
		});
		return {
			code: code === null || code === 124 || code === 137 ? null : code,
			stdout: stdout(),
			stderr: stderr()
		};
	} finally {
		ended(child);
	}
}
function collected(stream) {
	const chunks = [];
	let bytes = 0;
	stream.on("data", (chunk) => {
		if (bytes < MOST_BYTES) chunks.push(chunk.subarray(0, MOST_BYTES - bytes));
		bytes += chunk.length;
	});
	return () => Buffer.concat(chunks).toString("utf8");
}
async function find(name) {
	if (name.includes("/")) return await isProgram(name) ? name : void 0;
	for (const folder of (process.env.PATH ?? "").split(":")) {
		const path = join(folder, name);
		if (folder !== "" && await isProgram(path)) return path;
	}
}
async function isProgram(path) {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
export { tools as t };
