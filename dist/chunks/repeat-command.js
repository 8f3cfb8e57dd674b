import { Nt as quotedWord } from "./open-ports.js";
import { n as OPTIONS } from "./options.js";
// src/core/config/repeat-command.ts
const LEFT_OUT = new Set([...[
	"base",
	"head",
	"against",
	"bench",
	"only",
	"repo",
	"working-directory",
	"out",
	"history",
	"shard",
	"seed",
	"env",
	"paths"
]]);
const WORTH_REPEATING = new Set([
	"slower",
	"masked",
	"undecided"
]);
function withRepeats(report, settings, given) {
	const { base, head } = report;
	if (base.sha === "" || head.sha === "") return report;
	const here = new Set(OPTIONS.flatMap(({ name, surfaces }) => surfaces.includes("cli") ? [name] : []));
	const options = Object.entries(given).filter(([name, value = ""]) => here.has(name) && !LEFT_OUT.has(name) && value !== "true" && value.trim() !== "").map(([name, value = ""]) => `--${name} ${quotedWord(value.trim())}`);
	const fixed = [`--base ${base.sha}`, `--head ${head.sha}`];
	const folder = given["working-directory"];
	const into = folder === void 0 || folder === "." ? "" : `cd ${quotedWord(folder)} && `;
	const benchmarks = report.benchmarks.map((row) => {
		if (!WORTH_REPEATING.has(row.decision)) return row;
		const entry = entryOf(row.name, settings);
		if (!entry) return row;
		const one = given.bench === void 0 ? `--only ${quotedWord(entry.name)}` : `--bench ${quotedWord(`${entry.name}=${entry.command}`)}`;
		return {
			...row,
			repeat: `${into}perf-verdict gate ${[
				...fixed,
				...options,
				one
			].join(" ")}`
		};
	});
	return {
		...report,
		benchmarks
	};
}
function entryOf(name, { benchmarks }) {
	const own = benchmarks.find((entry) => entry.name === name);
	if (own) return own;
	return benchmarks.filter((entry) => name.startsWith(entry.name)).toSorted((one, other) => other.name.length - one.name.length)[0] ?? (benchmarks.length === 1 ? benchmarks[0] : void 0);
}
export { withRepeats as t };
