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
function isMeasuredInRounds(metric) {
	return METRICS[metric].by === "rounds";
}
function isTime(metric) {
	return metric === "time" || metric === "cpu-time";
}
function isNoisy(metric) {
	return METRICS[metric].kind === "noisy";
}
export { isTime as a, isNoisy as i, METRIC_NAMES as n, isMeasuredInRounds as r, METRICS as t };
