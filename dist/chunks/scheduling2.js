import { a as formatCpuList, t as PARTITIONS } from "./scheduling.js";
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
export { schedulingOf as n, afterRelease as t };
