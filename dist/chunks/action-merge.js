import { Mt as readDoor, kt as exitCode } from "./comment.js";
import { n as readEvent, t as announce } from "./announce.js";
import { n as InputError } from "./errors.js";
import { f as deliver, h as openReports } from "./decide.js";
import { t as merge } from "./merge.js";
import { n as openGitHub, t as readEventFile } from "./event-file.js";
import { resolve } from "node:path";
// src/doors/action-merge.ts
async function mergeFromAction(inputs, runner, env) {
	const door = readDoor(inputs.door, (name) => `The input ${name}`);
	const workspace = env.GITHUB_WORKSPACE ?? ".";
	const report = await merge(resolve(workspace, inputs.reports), door);
	const out = await openReports(inputs.out, resolve(workspace));
	const trigger = triggerOf(env);
	if (trigger && trigger.head !== report.head.sha) throw new InputError([`The shards' reports are of ${report.head.sha.slice(0, 12)}, and this job is for ${trigger.head.slice(0, 12)}; download the artifacts of this run.`]);
	const delivered = await deliver(report, out, inputs.key);
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
		pull: trigger?.pull,
		github,
		runner
	});
	return exitCode(report);
}
function triggerOf(env) {
	const reading = readEvent({
		name: env.GITHUB_EVENT_NAME ?? "",
		payload: readEventFile(env),
		env
	});
	return reading.kind === "measure" ? reading.trigger : void 0;
}
export { mergeFromAction };
