import { a as info, d as warning } from "./chunks/core.js";
import { _ as sweepJobGroups, d as sweepAddresses, m as recoverThrough, r as sweepWorkFolders } from "./chunks/work-folder.js";
import { t as findHostAccess } from "./chunks/host-access.js";
// src/post.ts
async function main() {
	const access = findHostAccess();
	const log = {
		line: info,
		warn: (text) => warning(text)
	};
	if (access.kind === "reachable") await recoverThrough(access, log);
	await sweepJobGroups();
	await sweepAddresses();
	await sweepWorkFolders();
}
await main().catch((error) => warning(`Perf Verdict could not clean up: ${String(error)}`));
export {};
