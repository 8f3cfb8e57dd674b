import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
// src/shell/run-host.ts
function runHost(words) {
	const script = ["./host.js", "../host.js"].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(path));
	if (script === void 0) throw new Error("host.js is missing from this distribution");
	const { status, signal } = spawnSync(process.execPath, [script, ...words], { stdio: "inherit" });
	return status ?? (signal === null ? 1 : 128);
}
export { runHost };
