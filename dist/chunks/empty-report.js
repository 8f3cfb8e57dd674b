import { mt as DEFAULT_POLICIES } from "./exact-rows.js";
import { t as VERSION } from "./version.js";
// src/core/report-file/empty-report.ts
function emptyReport({ head, ...known }) {
	return {
		schema: 1,
		verdict: "error",
		tool: {
			name: "perf-verdict",
			version: VERSION
		},
		base: { sha: "" },
		head: { sha: head },
		...known,
		seed: 0,
		alpha: .01,
		limitations: [],
		notes: [],
		policies: DEFAULT_POLICIES,
		machine: {},
		host: {
			knobs: [],
			isolation: "nothing was run"
		},
		benchmarks: []
	};
}
export { emptyReport as t };
