import { c as number, f as string, i as boolean, m as union, r as array, u as record, v as NEVER } from "./schemas.js";
import { r as METRIC_NAMES } from "./harness-name.js";
// src/core/config/scalar.ts
function newScalar() {
	return union([
		string(),
		number(),
		boolean()
	]).transform((value) => String(value).trim());
}
const scalar = newScalar();
// src/core/config/metric-settings.ts
function perMetric(expected, read) {
	return union([newScalar(), record(string(), newScalar())]).transform((given, context) => {
		const refuse = (what, byMetric = "") => {
			const message = `must be ${expected}${byMetric}, not ${JSON.stringify(what.slice(0, 80))}`;
			context.addIssue({
				code: "custom",
				message
			});
			return NEVER;
		};
		if (typeof given === "string" && !given.includes("=")) return read(given) ?? refuse(given);
		const values = {};
		for (const [name, own] of typeof given === "string" ? pairsIn(given) : Object.entries(given)) {
			const metric = METRIC_NAMES.find((metric) => metric === name);
			const value = read(own);
			if (metric === void 0 || value === void 0) return refuse(own === "" ? name : `${name}=${own}`, `, or one for each metric such as time=5%, memory=2% (${METRIC_NAMES.join(", ")})`);
			values[metric] = value;
		}
		return values;
	});
}
function pairsIn(given) {
	return given.split(/[,\n]/).filter((each) => each.trim() !== "").map((each) => {
		const [name = "", value = ""] = each.split("=", 2);
		return [name.trim(), value.trim()];
	});
}
const ASKED_METRICS = METRIC_NAMES.filter((metric) => metric !== "size");
const metrics = union([newScalar(), array(string())]).transform((given, context) => {
	const names = typeof given === "string" ? given.split(/[\s,]+/).filter((name) => name !== "") : given;
	const known = names.flatMap((name) => ASKED_METRICS.find((metric) => metric === name) ?? []);
	if (known.length > 0 && known.length === names.length && new Set(known).size === known.length) return known;
	const twice = known.find((name, at) => known.indexOf(name) !== at);
	const message = twice !== void 0 && known.length === names.length ? `has ${twice} twice; name each metric once` : `must be one or more of ${ASKED_METRICS.join(", ")}, not ${JSON.stringify(names.join(", ").slice(0, 80))}`;
	context.addIssue({
		code: "custom",
		message
	});
	return NEVER;
});
export { scalar as i, metrics as n, perMetric as r, ASKED_METRICS as t };
