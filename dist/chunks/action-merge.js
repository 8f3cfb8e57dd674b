import { n as readEvent, t as announce } from "./announce.js";
import { nt as readDoor } from "./report-schema.js";
import { m as exitCode, t as deliver } from "./deliver.js";
import { t as merge } from "./merge.js";
import { i as openGitHub } from "./publish-report.js";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
// src/flow/action-merge.ts
async function mergeFromAction(inputs, runner, env) {
	const door = readDoor(inputs.door, (name) => `The input ${name}`);
	const workspace = env.GITHUB_WORKSPACE ?? ".";
	const policy = {
		onPlacement: door["on-placement"] ?? "fail",
		onRemoved: door["on-removed"] ?? "warn"
	};
	const report = await merge(resolve(workspace, inputs.reports), policy);
	const delivered = await deliver(report, resolve(workspace, inputs.out), inputs.key);
	const repository = env.GITHUB_REPOSITORY ?? "";
	const github = inputs.token === "" ? void 0 : await openGitHub({
		token: inputs.token,
		repository,
		env
	});
	await announce({
		report,
		delivered,
		inputs,
		mode: door.comment ?? "always",
		pull: pullOf(env),
		github,
		runner
	});
	return exitCode(report.verdict);
}
function pullOf(env) {
	const payload = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
	const reading = readEvent({
		name: env.GITHUB_EVENT_NAME ?? "",
		payload,
		env
	});
	return reading.kind === "measure" ? reading.trigger.pull : void 0;
}
export { mergeFromAction };
