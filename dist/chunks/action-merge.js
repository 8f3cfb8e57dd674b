import { ot as parseOptions, vt as exitCode } from "./exact-rows.js";
import { a as withAcceptances, d as announce, o as acceptancesFor, p as readEvent, r as openAsked, t as answered, u as pastOf } from "./answer.js";
import { n as InputError } from "./errors.js";
import { i as openReports, t as deliver } from "./deliver.js";
import { c as withPast } from "./anchor.js";
import { t as merge } from "./merge.js";
import { n as readEventFile } from "./open.js";
import { resolve } from "node:path";
// src/commands/action-merge.ts
async function mergeFromAction(inputs, runner, env) {
	const reading = readEvent({
		name: env.GITHUB_EVENT_NAME ?? "",
		payload: readEventFile(env),
		env
	});
	if (reading.kind !== "measure") throw new InputError([`${reading.sentence} The job that merges belongs in the workflow of the shards.`]);
	const asked = await openAsked({
		inputs,
		trigger: reading.trigger,
		runner,
		env
	});
	return await answered(asked, () => mergeOf(asked, env));
}
async function mergeOf(asked, env) {
	const { inputs, trigger, origin, speaker, github, check, runner, workspace } = asked;
	const invocation = parseOptions(inputs.invocation, (name) => `The input ${name}`);
	const merged = await merge(resolve(workspace, inputs.reports), invocation, {
		...origin.run,
		ended: inputs.needs
	});
	const run = {
		asked,
		invocation,
		env
	};
	const past = await pastOf(run);
	const whole = withPast({
		...merged,
		...origin
	}, past);
	const found = await acceptancesFor(run, whole, past);
	const report = runner.masked(withAcceptances(whole, found, invocation.accept ?? []));
	const out = await openReports(inputs.out, workspace);
	if (trigger.head !== report.head.sha) throw new InputError([`The shards' reports are of ${report.head.sha.slice(0, 12)}, and this job is for ${trigger.head.slice(0, 12)}; download the artifacts of this run.`]);
	const delivered = await deliver(report, out, speaker);
	const mode = invocation.comment ?? "always";
	await announce({
		report,
		delivered,
		speaker,
		mode,
		pull: trigger.pull,
		github,
		check,
		runner
	});
	return exitCode(report);
}
export { mergeFromAction };
