import { a as formatCpuList, t as PARTITIONS } from "./scheduling.js";
// src/core/tuning/hold-faults.ts
function faultsOf(profile, { tuned, blocked }) {
	if (profile.kind === "auto") return [];
	if (blocked !== void 0) return [`Nothing could be tuned. ${blocked}`];
	const refused = refusedIn(tuned).map(({ setting, failed }) => `${setting.knob} could not be set (${setting.path}: ${failed})`);
	const left = profile.kind === "required" ? [] : tuned.left;
	const faults = [...refused, ...left.map(({ knob, why }) => `${knob} could not be set (${why})`)];
	return [...new Set(faults)].map((fault) => `${fault}; take it out of tune, or write tune: auto.`);
}
function refusedIn({ attempts }) {
	return attempts.filter(({ failed, managed }) => failed !== void 0 && !managed);
}
// src/core/tuning/scheduling.ts
function afterRelease({ cpus }) {
	return cpus === void 0 ? {} : { cpus };
}
function schedulingOf(tuned, choice) {
	const done = [...tuned.already, ...tuned.attempts.filter(({ failed }) => failed === void 0).map(({ setting }) => setting)];
	const settingOf = (name) => done.find(({ knob }) => knob === name);
	const [nice, realTime] = [settingOf("priority"), settingOf("real-time")];
	const partition = PARTITIONS.find((path) => path === settingOf("cpuset")?.path);
	return {
		...choice.chosen.length > 0 && { cpus: formatCpuList(choice.chosen) },
		...nice && { nice: Number(nice.set) },
		...realTime && { realTime: Number(realTime.set) },
		...partition !== void 0 && { partition }
	};
}
// src/report/limitations/tuning.ts
const UNTUNED = "The system was measured untuned.";
function tuningLimitations({ tuned, blocked }, choice) {
	const asFound = "They stay as they were found, and the control shows what that costs.";
	const about = (what, knobs) => knobs.length === 0 ? [] : [{
		what: `${what}: ${[...new Set(knobs)].join(", ")}.`,
		instead: asFound
	}];
	const left = (absent) => tuned.left.filter((item) => item.absent === absent).map(({ knob }) => knob);
	return [
		...blocked === void 0 ? [] : [{
			what: blocked,
			instead: UNTUNED
		}],
		...about("This machine does not have these settings", left(true)),
		...about("These settings were left alone", left(false)),
		...blocked === void 0 ? about("These settings could not be changed", refusedIn(tuned).map(({ setting }) => setting.knob)) : [],
		...choice.chosen.length > 0 ? [] : [{
			what: `No CPU can be set apart: ${choice.because}.`,
			instead: "The benchmark is not pinned."
		}]
	];
}
function holdLimitation(gap) {
	switch (gap.kind) {
		case "told": return gap.limitation;
		case "untuned": return {
			what: `The system could not be tuned: ${gap.why}.`,
			instead: UNTUNED
		};
		case "unlocked": return {
			what: `This machine cannot be locked against other gates (${gap.code}).`,
			instead: "Another gate may have measured at the same time; look at when other jobs ran here."
		};
		case "other-protocol": return {
			what: `The installed host process speaks protocol ${gap.spoken} and this action speaks ${gap.ours}.`,
			instead: "It is used as it is; run perf-verdict host install again."
		};
		case "fewer-cpus": return {
			what: `The option cpus asks for ${gap.asked} CPUs, and this machine lends us ${gap.had}.`,
			instead: "Benchmarks ran on these; a change of parallelism beyond them was not measured."
		};
	}
}
export { faultsOf as a, schedulingOf as i, tuningLimitations as n, afterRelease as r, holdLimitation as t };
