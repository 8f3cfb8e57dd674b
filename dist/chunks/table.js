import { a as formatCpuList, c as parseCpuMask, l as without, n as schedulingKnobs, o as formatCpuMask, r as NO_CPU, s as parseCpuList } from "./scheduling.js";
// src/core/tuning/knobs/frequency.ts
const CPUFREQ = "/sys/devices/system/cpu/cpufreq/policy*";
const OLD_CPUFREQ = "/sys/devices/system/cpu/cpu*/cpufreq";
const governor = {
	name: "governor",
	unit: "name of a cpufreq governor",
	via: "file",
	files: [`${CPUFREQ}/scaling_governor`, `${OLD_CPUFREQ}/scaling_governor`],
	related: { offered: "{dir}/scaling_available_governors" },
	shape: "word",
	grammar: /^[a-z_]{1,32}$/,
	scope: "auto",
	wish: ({ related }) => (related.offered ?? "performance").split(/\s+/).includes("performance") ? { set: "performance" } : { leave: "the driver does not offer the performance governor" },
	needs: "root and a cpufreq driver",
	why: "the clock does not wait for the load to be noticed, so the first milliseconds of a run are as fast as the last",
	source: "https://docs.kernel.org/admin-guide/pm/cpufreq.html"
};
const minPerfPct = {
	name: "min-perf-pct",
	unit: "% of the highest performance",
	via: "guard",
	goesWith: "turbo",
	files: ["/sys/devices/system/cpu/intel_pstate/min_perf_pct"],
	shape: "number",
	grammar: /^\d{1,3}$/,
	scope: "auto",
	wish: ({ value }) => ({ set: value }),
	isOurs: (present, { found }) => Number(present) < Number(found),
	needs: "root and the intel_pstate driver",
	why: "it is only watched: switching turbo off lowers it, and it is restored after turbo",
	source: "https://docs.kernel.org/admin-guide/pm/intel_pstate.html"
};
const turbo = {
	name: "turbo",
	unit: "no_turbo: 1 is off; boost: 0 is off",
	via: "file",
	files: [
		"/sys/devices/system/cpu/intel_pstate/no_turbo",
		"/sys/devices/system/cpu/cpufreq/boost",
		`${CPUFREQ}/boost`
	],
	shape: "number",
	grammar: /^[01]$/,
	scope: "auto",
	wish: ({ path }) => ({ set: path.endsWith("/no_turbo") ? "1" : "0" }),
	needs: "root and a driver that can switch it (intel_pstate, acpi-cpufreq, amd-pstate)",
	why: "boost clocks follow temperature and the load of the other cores, which no two runs share",
	source: "https://docs.kernel.org/admin-guide/pm/cpufreq.html#the-boost-file-in-sysfs"
};
const minFrequency = {
	name: "min-frequency",
	unit: "kHz",
	via: "file",
	files: [`${CPUFREQ}/scaling_min_freq`, `${OLD_CPUFREQ}/scaling_min_freq`],
	related: {
		base: "{dir}/base_frequency",
		steps: "{dir}/scaling_available_frequencies",
		nominal: "/sys/devices/system/cpu/cpu{n}/acpi_cppc/nominal_freq",
		most: "{dir}/scaling_max_freq"
	},
	shape: "number",
	grammar: /^\d{1,9}$/,
	scope: "auto",
	wish: wishMinFrequency,
	needs: "root and a driver that says its base frequency",
	why: "the clock is held at the highest speed that it can keep without turbo",
	source: "https://docs.kernel.org/admin-guide/pm/cpufreq.html"
};
function wishMinFrequency({ value, related }) {
	const base = whole(related.base) ?? highest(related.steps) ?? (whole(related.nominal) === void 0 ? void 0 : whole(related.nominal) * 1e3);
	if (base === void 0) return { leave: "the driver does not say its base frequency" };
	const most = whole(related.most) ?? base;
	return { set: `${Math.max(Number(value), Math.min(base, most))}` };
}
function whole(text) {
	return text !== void 0 && /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : void 0;
}
function highest(text) {
	const steps = (text ?? "").split(/\s+/).flatMap((step) => whole(step) ?? []);
	return steps.length > 0 ? Math.max(...steps) : void 0;
}
const frequencyKnobs = [
	governor,
	minFrequency,
	minPerfPct,
	turbo
];
// src/core/tuning/knobs/idle.ts
const cStates = {
	name: "c-states",
	unit: "µs of exit latency allowed",
	via: "held",
	files: ["/dev/cpu_dma_latency"],
	shape: "number",
	grammar: /^\d{1,10}$/,
	scope: "auto",
	wish: ({ value }, scene) => scene.idleLatency === void 0 ? { leave: "this machine shows no idle states" } : { set: `${Math.min(Number(value), scene.idleLatency)}` },
	needs: "root; the kernel takes it back when the host process ends, however it ends",
	why: "a CPU that slept deeply takes long to wake and wakes with cold caches",
	source: "https://docs.kernel.org/power/pm_qos_interface.html"
};
const smt = {
	name: "smt",
	unit: "0 is offline",
	via: "file",
	files: ["/sys/devices/system/cpu/cpu*/online"],
	shape: "number",
	grammar: /^[01]$/,
	scope: "required",
	wish: ({ path, value }, scene) => {
		const cpu = Number(/\/cpu(\d+)\/online$/.exec(path)?.[1]);
		return { set: without(scene.quiet, scene.chosen).includes(cpu) ? "0" : value };
	},
	needs: "root; other programs lose that CPU meanwhile",
	why: "the other thread of the core shares its caches and execution units with the benchmark",
	source: "https://docs.kernel.org/core-api/cpu_hotplug.html"
};
const idleKnobs = [cStates];
const smtKnobs = [smt];
// src/core/tuning/knobs/interrupts.ts
const DOC$1 = "https://docs.kernel.org/core-api/irq/irq-affinity.html";
const irqbalance = {
	name: "irqbalance",
	unit: "state of the service",
	via: "service",
	files: ["service:irqbalance"],
	shape: "word",
	grammar: /^(active|inactive)$/,
	scope: "auto",
	wish: (_, scene) => scene.chosen.length === 0 ? NO_CPU : { set: "inactive" },
	needs: "root and systemd",
	why: "it would move interrupts back to the CPU of the benchmark",
	source: "https://manpages.debian.org/stable/irqbalance/irqbalance.1.en.html"
};
const defaultAffinity = {
	name: "default-irq-affinity",
	unit: "mask of CPUs",
	via: "file",
	files: ["/proc/irq/default_smp_affinity"],
	shape: "mask",
	grammar: /^[0-9a-f]{1,8}(,[0-9a-f]{8}){0,255}$/,
	scope: "auto",
	wish: (found, scene) => wishAway(parseCpuMask(found.value), scene, formatCpuMask),
	needs: "root",
	why: "interrupts that are set up while measuring stay away from the CPU of the benchmark",
	source: DOC$1
};
const affinity = {
	name: "irq-affinity",
	unit: "list of CPUs",
	via: "file",
	files: ["/proc/irq/*/smp_affinity_list"],
	shape: "list",
	grammar: /^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?){0,1024}$/,
	scope: "auto",
	wish: wishIrq,
	needs: "root; interrupts that the kernel manages itself refuse it and are left",
	why: "an interrupt stops the benchmark, and its handler evicts code and data from the caches",
	source: DOC$1
};
const workqueues = {
	name: "workqueues",
	unit: "mask of CPUs",
	via: "file",
	files: ["/sys/devices/virtual/workqueue/cpumask"],
	shape: "mask",
	grammar: defaultAffinity.grammar,
	scope: "auto",
	wish: (found, scene) => wishAway(parseCpuMask(found.value), scene, formatCpuMask),
	needs: "root",
	why: "unbound work of the kernel runs on the other CPUs",
	source: "https://docs.kernel.org/core-api/workqueue.html#affinity-scopes"
};
function wishIrq(found, scene) {
	return wishAway(parseCpuList(found.value), scene, formatCpuList);
}
function wishAway(found, scene, format) {
	if (scene.chosen.length === 0) return NO_CPU;
	if (!found) return { leave: "its CPUs could not be read" };
	const rest = [
		without(found, scene.quiet),
		without(scene.online, scene.quiet),
		without(found, scene.chosen),
		without(scene.online, scene.chosen)
	].find((cpus) => cpus.length > 0);
	return rest ? { set: format(rest) } : { leave: "there is no other CPU" };
}
const interruptKnobs = [
	irqbalance,
	defaultAffinity,
	affinity,
	workqueues
];
// src/core/tuning/knobs/kernel.ts
const DOC = "https://docs.kernel.org/admin-guide/sysctl/kernel.html";
const aslr = {
	name: "aslr",
	unit: "0, 1 or 2",
	via: "file",
	files: ["/proc/sys/kernel/randomize_va_space"],
	shape: "number",
	grammar: /^[012]$/,
	scope: "auto",
	wish: () => ({ set: "2" }),
	needs: "root, and only where it was switched off",
	why: "every process gets another layout of stack and heap, so no single lucky one decides",
	source: `${DOC}#randomize-va-space`
};
const WATCHDOG = "/proc/sys/kernel/watchdog";
const kernelKnobs = [
	aslr,
	{
		name: "nmi-watchdog",
		unit: "0 or 1",
		via: "file",
		files: ["/proc/sys/kernel/nmi_watchdog"],
		master: WATCHDOG,
		shape: "number",
		grammar: /^[01]$/,
		scope: "auto",
		wish: () => ({ set: "0" }),
		needs: "root",
		why: "it occupies one hardware counter of every CPU, and its interrupts come at random times",
		source: `${DOC}#nmi-watchdog`
	},
	{
		name: "soft-watchdog",
		unit: "0 or 1",
		via: "file",
		files: ["/proc/sys/kernel/soft_watchdog"],
		master: WATCHDOG,
		shape: "number",
		grammar: /^[01]$/,
		scope: "auto",
		wish: () => ({ set: "0" }),
		needs: "root",
		why: "no watchdog timer fires on the CPU of the benchmark",
		source: `${DOC}#soft-watchdog`
	},
	{
		name: "perf-sample-rate",
		unit: "samples per second",
		via: "file",
		files: ["/proc/sys/kernel/perf_event_max_sample_rate"],
		shape: "number",
		grammar: /^\d{1,9}$/,
		scope: "auto",
		wish: ({ value }) => ({ set: `${Math.max(1e5, Number(value))}` }),
		isOurs: (present, { set }) => Number(present) < Number(set),
		needs: "root",
		why: "perf record can sample as often as it asks to",
		source: `${DOC}#perf-event-max-sample-rate`
	},
	{
		name: "perf-paranoid",
		unit: "-1 to 4",
		via: "file",
		files: ["/proc/sys/kernel/perf_event_paranoid"],
		shape: "number",
		grammar: /^-?\d$/,
		scope: "auto",
		wish: ({ value }) => ({ set: `${Math.min(2, Number(value))}` }),
		needs: "root; CAP_PERFMON on perf makes it unnecessary",
		why: "perf may count the instructions and cache misses of the benchmark",
		source: "https://docs.kernel.org/admin-guide/perf-security.html"
	}
];
// src/core/tuning/knobs/memory.ts
const THP = "/sys/kernel/mm/transparent_hugepage";
const THP_DOC = "https://docs.kernel.org/admin-guide/mm/transhuge.html";
const VM_DOC = "https://docs.kernel.org/admin-guide/sysctl/vm.html";
const memoryKnobs = [
	{
		name: "thp",
		unit: "choice",
		via: "file",
		files: [`${THP}/enabled`],
		shape: "choice",
		grammar: /^(always|madvise|never)$/,
		scope: "auto",
		wish: ({ value }) => ({ set: value === "always" ? "madvise" : value }),
		needs: "root",
		why: "with `always`, whether the heap gets huge pages depends on how fragmented the memory is today",
		source: THP_DOC
	},
	{
		name: "khugepaged",
		unit: "0 or 1",
		via: "file",
		files: [`${THP}/khugepaged/defrag`],
		shape: "number",
		grammar: /^[01]$/,
		scope: "auto",
		wish: () => ({ set: "0" }),
		needs: "root",
		why: "the kernel does not move pages together while the benchmark runs",
		source: THP_DOC
	},
	{
		name: "ksm",
		unit: "0, 1 or 2",
		via: "file",
		files: ["/sys/kernel/mm/ksm/run"],
		shape: "number",
		grammar: /^[012]$/,
		scope: "auto",
		wish: ({ value }) => value === "2" ? { leave: "it is being unmerged" } : { set: "0" },
		needs: "root",
		why: "ksmd does not scan memory, and no page of the benchmark is shared behind its back",
		source: "https://docs.kernel.org/admin-guide/mm/ksm.html"
	},
	{
		name: "numa-balancing",
		unit: "0 to 2",
		via: "file",
		files: ["/proc/sys/kernel/numa_balancing"],
		shape: "number",
		grammar: /^[0-3]$/,
		scope: "auto",
		wish: () => ({ set: "0" }),
		needs: "root and more than one NUMA node to matter",
		why: "no page is unmapped to see who uses it, which costs faults at random times",
		source: "https://docs.kernel.org/admin-guide/sysctl/kernel.html#numa-balancing"
	},
	{
		name: "swappiness",
		unit: "0 to 200",
		via: "file",
		files: ["/proc/sys/vm/swappiness"],
		shape: "number",
		grammar: /^\d{1,3}$/,
		scope: "auto",
		wish: ({ value }) => ({ set: `${Math.min(1, Number(value))}` }),
		needs: "root",
		why: "pages of the benchmark are not swapped out to keep files cached",
		source: VM_DOC
	},
	{
		name: "compaction",
		unit: "0 to 100",
		via: "file",
		files: ["/proc/sys/vm/compaction_proactiveness"],
		shape: "number",
		grammar: /^\d{1,3}$/,
		scope: "auto",
		wish: () => ({ set: "0" }),
		needs: "root",
		why: "memory is not compacted in the background",
		source: VM_DOC
	},
	{
		name: "stat-interval",
		unit: "s",
		via: "file",
		files: ["/proc/sys/vm/stat_interval"],
		shape: "number",
		grammar: /^\d{1,6}$/,
		scope: "auto",
		wish: ({ value }) => ({ set: `${Math.max(120, Number(value))}` }),
		needs: "root",
		why: "the memory statistics of each CPU are folded every two minutes instead of every second",
		source: VM_DOC
	}
];
// src/core/tuning/knobs/table.ts
const KNOBS = [
	...idleKnobs,
	...frequencyKnobs,
	...interruptKnobs,
	...memoryKnobs,
	...kernelKnobs,
	...schedulingKnobs,
	...smtKnobs
];
const byName = new Map(KNOBS.map((knob) => [knob.name, knob]));
function knobNamed(name) {
	return byName.get(name);
}
function owns(knob, path) {
	return knob.files.some((pattern) => patternOf(pattern).test(path));
}
function patternOf(pattern) {
	const quoted = pattern.split("*").map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, "\\$&"));
	return new RegExp(`^${quoted.join("[0-9]{1,5}")}$`);
}
const KNOB_NAMES = KNOBS.filter((knob) => knob.goesWith === void 0).map((knob) => knob.name);
export { owns as i, KNOB_NAMES as n, knobNamed as r, KNOBS as t };
