import { ot as parseOptions, vt as exitCode } from "./exact-rows.js";
import { a as jsonText, i as openReports, t as deliver } from "./deliver.js";
import { t as merge } from "./merge.js";
import { n as verdictLine, t as logText } from "./log.js";
import { n as reportWidth, t as readModes } from "./terminal-modes.js";
import { resolve } from "node:path";
// src/commands/terminal-merge.ts
async function mergeFromTerminal(options) {
	const { log, json, verbosity, rest: given } = readModes(options);
	const { reports = "perf-verdict-shards", ...rest } = given;
	const invocation = parseOptions(rest, (name) => `--${name}`);
	const report = await merge(resolve(reports), invocation);
	const out = await openReports(invocation.out ?? "perf-verdict", process.cwd());
	const delivered = await deliver(report, out, { key: invocation.key ?? "default" });
	if (json) process.stdout.write(jsonText(report));
	else if (verbosity === "quiet") process.stdout.write(verdictLine(report));
	else process.stdout.write(logText(report, reportWidth()));
	log.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`);
	return exitCode(report);
}
export { mergeFromTerminal };
