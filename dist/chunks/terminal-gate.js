import { _t as exitCode, bt as readDoor } from "./decide.js";
import { r as recordOf } from "./record.js";
import { n as openMasks } from "./secrets.js";
import { t as VERSION } from "./version.js";
import { i as openReports, r as keepPartial, t as deliver } from "./deliver.js";
import { t as findAnchor } from "./anchor.js";
import { n as gate, t as callerEnvironment } from "./caller-environment.js";
import { t as logText } from "./log.js";
import { t as appendHistoryFile } from "./history-file.js";
import { r as tools, t as openWorld } from "./open-world.js";
import { n as terminal } from "./terminal.js";
import { resolve } from "node:path";
// src/doors/terminal-gate.ts
async function gateFromTerminal(options) {
	const { repo = ".", ...rest } = options;
	const door = readDoor(rest, (name) => `--${name}`);
	const anchor = door.against === void 0 ? void 0 : await findAnchor(door.against, {
		repository: resolve(repo),
		head: door.head ?? "HEAD"
	}, tools);
	const out = await openReports(door.out ?? "perf-verdict", process.cwd());
	const masks = openMasks(process.env);
	const { outside, close } = await openWorld(terminal);
	try {
		const { report: unmasked } = await gate({
			door,
			repository: resolve(repo),
			base: anchor ? [anchor.base] : door.base === void 0 ? [
				"origin/HEAD",
				"origin/main",
				"origin/master",
				"main",
				"master"
			] : [door.base],
			head: door.head ?? "HEAD",
			origin: {},
			version: VERSION,
			environment: callerEnvironment(process.env),
			usesCache: false,
			keepsNextBase: false,
			mask: masks.add,
			keep: (partial) => keepPartial(masks.masked(partial), out)
		}, outside);
		await close();
		const report = masks.masked(unmasked);
		const delivered = await deliver(report, out, { key: door.key ?? "default" });
		process.stdout.write(logText(report));
		terminal.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`);
		if (door.history !== void 0 && report.verdict !== "error") {
			const comparison = anchor?.comparison ?? { relation: "chosen" };
			await appendHistoryFile(resolve(door.history), recordOf(report, comparison));
			terminal.line(`history: kept in ${door.history}`);
		}
		return exitCode(report);
	} finally {
		await close();
	}
}
export { gateFromTerminal };
