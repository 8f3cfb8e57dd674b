import { Y as parseOptions, at as exitCode } from "./exact-rows.js";
import { i as openReports, t as deliver } from "./deliver.js";
import { t as merge } from "./merge.js";
import { t as logText } from "./log.js";
import { n as terminal } from "./terminal.js";
import { resolve } from "node:path";
// src/commands/terminal-merge.ts
async function mergeFromTerminal(options) {
	const { reports = "perf-verdict-shards", ...rest } = options;
	const invocation = parseOptions(rest, (name) => `--${name}`);
	const report = await merge(resolve(reports), invocation);
	const out = await openReports(invocation.out ?? "perf-verdict", process.cwd());
	const delivered = await deliver(report, out, { key: invocation.key ?? "default" });
	process.stdout.write(logText(report));
	terminal.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`);
	return exitCode(report);
}
export { mergeFromTerminal };
