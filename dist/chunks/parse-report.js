import { n as InputError } from "./errors.js";
import { i as quoted } from "./text.js";
import { n as reportSchema } from "./comment.js";
// src/core/report-file/parse-report.ts
const LARGEST = 8388608;
const DEEPEST = 32;
const FAULTS_SHOWN = 10;
const MACHINE_FACTS = 200;
function parseReport(json) {
	if (json.length > LARGEST) throw new InputError(["The report is larger than 8 MiB, so Perf Verdict did not write it."]);
	if (isDeeper(json, DEEPEST)) throw new InputError([`The report is nested deeper than ${DEEPEST}, so Perf Verdict did not write it.`]);
	const parsed = reportSchema.safeParse(readJson(json));
	if (!parsed.success) throw new InputError(faultsOf(parsed.error.issues));
	if (Object.keys(parsed.data.machine).length > MACHINE_FACTS) throw new InputError([`The report has more than ${MACHINE_FACTS} facts on the machine, so Perf Verdict did not write it.`]);
	return parsed.data;
}
function readJson(json) {
	try {
		return JSON.parse(json);
	} catch {
		throw new InputError(["The report is not JSON; it may have been cut off, so run the gate again."]);
	}
}
function isDeeper(json, limit) {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < json.length; at++) {
		const char = json.charCodeAt(at);
		if (inString) {
			if (char === 92) at++;
			else if (char === 34) inString = false;
		} else if (char === 34) inString = true;
		else if (char === 91 || char === 123) {
			if (++depth > limit) return true;
		} else if (char === 93 || char === 125) depth--;
	}
	return false;
}
function faultsOf(issues) {
	const shown = issues.slice(0, FAULTS_SHOWN).map(({ path, message }) => `The report is wrong at ${quoted(path.map(String).join("."))}: ${message}.`);
	const rest = issues.length - shown.length;
	return rest > 0 ? [...shown, `The report has ${rest} more faults, so Perf Verdict did not write it.`] : shown;
}
export { parseReport as t };
