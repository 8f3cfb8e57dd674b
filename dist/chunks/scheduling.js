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
// src/core/tuning/knobs/knob.ts
const NO_CPU = { leave: "no CPU could be set apart for the benchmark" };
function healsItself({ via }) {
	return via === "held" || via === "client";
}
// src/core/tuning/knobs/scheduling.ts
const PARTITIONS = ["/sys/fs/cgroup/perf-verdict", "/sys/fs/cgroup/unified/perf-verdict"];
const priority = {
	name: "priority",
	unit: "nice value of the benchmark",
	via: "client",
	files: ["client:nice"],
	shape: "number",
	grammar: /^-?\d{1,2}$/,
	scope: "auto",
	wish: (_, { chosen }) => chosen.length === 0 ? NO_CPU : { set: "-20" },
	needs: "root; the right to it ends with the process that asked",
	why: "whatever else comes to the CPU of the benchmark gets next to none of its time",
	source: "https://man7.org/linux/man-pages/man7/sched.7.html"
};
const realTime = {
	name: "real-time",
	unit: "round-robin priority of the benchmark",
	via: "client",
	files: ["client:real-time"],
	shape: "number",
	grammar: /^\d{1,2}$/,
	scope: "named",
	wish: (_, { chosen }) => chosen.length === 0 ? NO_CPU : { set: "1" },
	needs: "root; the right to it ends with the process that asked",
	why: "no ordinary program, of whatever priority or group, runs on the CPU of the benchmark before it",
	source: "https://docs.kernel.org/scheduler/sched-rt-group.html"
};
const CGROUPS = "https://docs.kernel.org/admin-guide/cgroup-v2.html";
const cpusetController = {
	name: "cpuset-controller",
	unit: "whether groups have CPUs of their own",
	via: "file",
	files: PARTITIONS.map((path) => path.replace(/perf-verdict$/, "cgroup.subtree_control")),
	related: { offered: "{dir}/cgroup.controllers" },
	shape: "cpuset",
	grammar: /^[+-]cpuset$/,
	scope: "required",
	goesWith: "cpuset",
	wish: ({ value, related }, { chosen, asRoot }) => ({ set: chosen.length > 0 && asRoot && offersCpuset(related) ? "+cpuset" : value }),
	needs: "root, only where no other group uses it",
	why: "only with it can a group have CPUs to itself",
	source: `${CGROUPS}#controlling-controllers`
};
const cpuset = {
	name: "cpuset",
	unit: "CPUs of an isolated partition",
	via: "group",
	files: PARTITIONS,
	related: { offered: "{dir}/cgroup.controllers" },
	shape: "list",
	grammar: /^(absent|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?){0,1024})$/,
	scope: "required",
	wish: ({ value, related }, { online, chosen, quiet, asRoot }) => {
		if (chosen.length === 0) return NO_CPU;
		if (!offersCpuset(related)) return { leave: "cgroup v2 does not offer cpuset here (cgroup v1 has it, or the kernel lacks it)" };
		if (!asRoot) return { leave: "an ordinary user cannot move its jobs into a group; isolate a CPU at boot instead" };
		if (value !== "absent") return { leave: "a group of this name exists already, and no journal names it" };
		return { set: formatCpuList(without(online, quiet).length > 0 ? quiet : chosen) };
	},
	needs: "root on both sides, Linux 6.1 and cgroup v2; everything else loses these CPUs meanwhile",
	why: "nothing else runs on the CPU of the benchmark, and the scheduler leaves it alone",
	source: `${CGROUPS}#cpuset-interface-files`
};
function offersCpuset(related) {
	return /(?:^|\s)cpuset(?:\s|$)/.test(related.offered ?? "");
}
const schedulingKnobs = [
	priority,
	realTime,
	cpusetController,
	cpuset
];
export { formatCpuList as a, parseCpuMask as c, healsItself as i, without as l, schedulingKnobs as n, formatCpuMask as o, NO_CPU as r, parseCpuList as s, PARTITIONS as t };
