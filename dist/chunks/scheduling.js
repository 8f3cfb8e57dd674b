// src/core/machine/cpu-list.ts
function parseCpuList(text) {
	const trimmed = text.trim();
	if (trimmed === "") return [];
	const cpus = new Set();
	for (const part of trimmed.split(",")) {
		const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
		if (!range) return void 0;
		const first = Number(range[1]);
		const last = Number(range[2] ?? range[1]);
		if (last < first) return void 0;
		for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu);
	}
	return [...cpus].sort((a, b) => a - b);
}
function formatCpuList(cpus) {
	const sorted = [...new Set(cpus)].sort((a, b) => a - b);
	const ranges = [];
	for (const cpu of sorted) {
		const open = ranges.at(-1);
		if (open && cpu === open[1] + 1) open[1] = cpu;
		else ranges.push([cpu, cpu]);
	}
	return ranges.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`).join(",");
}
function parseCpuMask(text) {
	const digits = text.trim().replaceAll(",", "");
	if (!/^[0-9a-f]{1,2048}$/i.test(digits)) return void 0;
	return [...digits].reverse().flatMap((digit, place) => {
		const bits = Number.parseInt(digit, 16);
		return [
			0,
			1,
			2,
			3
		].filter((bit) => bits >> bit & 1).map((bit) => place * 4 + bit);
	});
}
function formatCpuMask(cpus) {
	const digits = Array.from({ length: Math.floor(Math.max(0, ...cpus) / 4) + 1 }, () => 0);
	for (const cpu of new Set(cpus)) digits[Math.floor(cpu / 4)] += 1 << cpu % 4;
	const hex = digits.map((digit) => digit.toString(16)).reverse().join("");
	return hex.padStart(Math.ceil(hex.length / 8) * 8, "0").match(/.{8}/g).join(",").replace(/^0+(?=.)/, "");
}
function without(cpus, taken) {
	return cpus.filter((cpu) => !taken.includes(cpu));
}
// src/core/tuning/scheduling.ts
const PARTITIONS = ["/sys/fs/cgroup/perf-verdict", "/sys/fs/cgroup/unified/perf-verdict"];
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
export { formatCpuMask as a, without as c, formatCpuList as i, afterRelease as n, parseCpuList as o, schedulingOf as r, parseCpuMask as s, PARTITIONS as t };
