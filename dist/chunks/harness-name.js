// src/core/model/metric.ts
const METRIC_NAMES = [
	"time",
	"cpu-time",
	"instructions",
	"memory",
	"allocations",
	"allocated-bytes",
	"size"
];
const METRICS = {
	time: {
		kind: "noisy",
		by: "rounds",
		threshold: .05
	},
	"cpu-time": {
		kind: "noisy",
		unit: "s",
		by: "rounds",
		threshold: .05
	},
	instructions: {
		kind: "exact",
		unit: "instructions",
		by: "counting",
		threshold: .01
	},
	memory: {
		kind: "noisy",
		unit: "B",
		by: "rounds",
		threshold: .05
	},
	allocations: {
		kind: "exact",
		unit: "allocations",
		by: "rounds",
		threshold: .01
	},
	"allocated-bytes": {
		kind: "exact",
		unit: "B",
		by: "rounds",
		threshold: .01
	},
	size: {
		kind: "exact",
		unit: "B",
		by: "build",
		threshold: .01
	}
};
function forMetric(given, metric) {
	return typeof given === "object" ? given[metric] : given;
}
function isMeasuredInRounds(metric) {
	return METRICS[metric].by === "rounds";
}
function isTime(metric) {
	return metric === "time" || metric === "cpu-time";
}
function isNoisy(metric) {
	return METRICS[metric].kind === "noisy";
}
function hasCause(metric) {
	return metric === "time" || metric === "cpu-time" || metric === "instructions";
}
// src/core/model/harness-name.ts
const HARNESS_NAMES = [
	"google-benchmark",
	"catch2",
	"nanobench",
	"criterion",
	"divan",
	"libtest",
	"go",
	"pytest-benchmark",
	"pyperf",
	"asv",
	"hyperfine",
	"jmh",
	"vitest",
	"tinybench",
	"github-action-benchmark",
	"bencher",
	"json-lines",
	"lines"
];
export { hasCause as a, isTime as c, forMetric as i, METRICS as n, isMeasuredInRounds as o, METRIC_NAMES as r, isNoisy as s, HARNESS_NAMES as t };
