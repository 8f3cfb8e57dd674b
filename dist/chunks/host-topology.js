import { constants } from "node:fs";
import { posix } from "node:path";
// src/shell/host-settings.ts
function settingsUnder(root, fs) {
	const at = (path) => posix.join(root, path);
	return {
		expand: (pattern) => expand(pattern, (path) => list(fs, at(path))).filter((path) => fs.existsSync(at(path))),
		read: (path) => attempt(() => ({ text: fs.readFileSync(at(path), "utf8") })),
		write: (path, value) => codeOf(attempt(() => writeOnce(fs, at(path), value))),
		readDevice: (path) => attempt(() => ({ text: `${readNumber(fs, at(path))}` })),
		holdDevice: (path, value) => codeOf(attempt(() => holdOpen(fs, at(path), value)))
	};
}
function errorCode(error) {
	return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : String(error);
}
function attempt(work) {
	try {
		return work();
	} catch (error) {
		return { error: errorCode(error) };
	}
}
function codeOf(outcome) {
	return outcome && "error" in outcome ? outcome.error : void 0;
}
function writeOnce(fs, path, value) {
	const file = fs.openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
	try {
		fs.writeSync(file, `${value}\n`);
	} finally {
		fs.closeSync(file);
	}
}
function readNumber(fs, path) {
	const number = new Int32Array(1);
	const file = fs.openSync(path, constants.O_RDONLY);
	try {
		fs.readSync(file, number);
	} finally {
		fs.closeSync(file);
	}
	return number[0];
}
function holdOpen(fs, path, value) {
	const file = fs.openSync(path, constants.O_WRONLY);
	fs.writeSync(file, Int32Array.of(value));
}
function list(fs, folder) {
	try {
		return fs.readdirSync(folder);
	} catch {
		return [];
	}
}
function expand(pattern, entries) {
	const [first, ...segments] = pattern.split("/");
	return segments.reduce((paths, segment) => paths.flatMap((path) => {
		const [before, after] = segment.split("*");
		if (after === void 0) return [`${path}/${segment}`];
		return entries(path).flatMap((name) => numberIn(name, before, after) ?? []).sort((a, b) => a - b).map((number) => `${path}/${before}${number}${after}`);
	}), [first]);
}
function numberIn(name, before, after) {
	if (!name.startsWith(before) || !name.endsWith(after)) return void 0;
	const digits = name.slice(before.length, name.length - after.length);
	return /^(0|[1-9]\d{0,4})$/.test(digits) ? Number(digits) : void 0;
}
// src/shell/host-folder.ts
const HOST_FOLDER = "/run/perf-verdict";
function openHostFolder(root, fs) {
	const folder = posix.join(root, HOST_FOLDER);
	try {
		fs.mkdirSync(folder, { mode: 493 });
	} catch (error) {
		if (errorCode(error) !== "EEXIST") return `${folder} could not be made (${errorCode(error)})`;
	}
	try {
		return distrust(folder, fs);
	} catch (error) {
		return `${folder} cannot be looked at (${errorCode(error)})`;
	}
}
function distrust(folder, fs) {
	const stat = fs.lstatSync(folder);
	if (!stat.isDirectory()) return `${folder} is not a folder`;
	if (stat.uid !== process.geteuid?.()) return `${folder} belongs to user ${stat.uid}`;
	if ((stat.mode & 18) !== 0) return `${folder} can be written by others`;
}
// src/shell/host-holder.ts
function writeHolder(root, fs) {
	const user = process.env.SUDO_USER ?? `user ${process.getuid?.() ?? "?"}`;
	const holder = {
		pid: process.pid,
		user: user.slice(0, 64),
		since: new Date().toISOString()
	};
	const path = holderPath(root);
	try {
		const file = fs.openSync(`${path}.new`, "w", 420);
		fs.writeSync(file, `${JSON.stringify(holder)}\n`);
		fs.fchmodSync(file, 420);
		fs.closeSync(file);
		fs.renameSync(`${path}.new`, path);
	} catch {}
}
function removeHolder(root, fs) {
	try {
		fs.unlinkSync(holderPath(root));
	} catch {}
}
function readHolder(root, fs) {
	try {
		const holder = JSON.parse(fs.readFileSync(holderPath(root), "utf8").slice(0, 1e3));
		return isHolder(holder) && isAlive(holder.pid) ? holder : void 0;
	} catch {
		return;
	}
}
function describeHolder(holder) {
	if (!holder) return "another process";
	return `process ${holder.pid} of ${holder.user} since ${holder.since.slice(11, 19)} UTC`;
}
function holderPath(root) {
	return posix.join(root, HOST_FOLDER, "holder");
}
function isHolder(value) {
	if (typeof value !== "object" || value === null) return false;
	if (!("pid" in value && "user" in value && "since" in value)) return false;
	const { pid, user, since } = value;
	return Number.isSafeInteger(pid) && typeof user === "string" && /^[\w. -]{1,64}$/.test(user) && typeof since === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(since);
}
function isAlive(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return errorCode(error) === "EPERM";
	}
}
// src/core/knobs/frequency.ts
const CPUFREQ = "/sys/devices/system/cpu/cpufreq/policy*";
const OLD_CPUFREQ = "/sys/devices/system/cpu/cpu*/cpufreq";
const governor = {
	name: "governor",
	unit: "name of a cpufreq governor",
	via: "file",
	files: [`${CPUFREQ}/scaling_governor`, `${OLD_CPUFREQ}/scaling_governor`],
	beside: { offered: "{dir}/scaling_available_governors" },
	shape: "word",
	grammar: /^[a-z_]{1,32}$/,
	scope: "auto",
	wish: ({ beside }) => (beside.offered ?? "performance").split(/\s+/).includes("performance") ? { set: "performance" } : { leave: "the driver does not offer the performance governor" },
	needs: "root and a cpufreq driver",
	why: "the clock does not wait for the load to be noticed, so the first milliseconds of a run are as fast as the last",
	source: "https://docs.kernel.org/admin-guide/pm/cpufreq.html"
};
const minPerfPct = {
	name: "min-perf-pct",
	unit: "% of the highest performance",
	via: "guard",
	files: ["/sys/devices/system/cpu/intel_pstate/min_perf_pct"],
	shape: "number",
	grammar: /^\d{1,3}$/,
	scope: "auto",
	wish: ({ value }) => ({ set: value }),
	isOurs: (present, { found }) => Number(present) < Number(found),
	needs: "root and the intel_pstate driver",
	why: "it is only watched: switching turbo off lowers it, and it is put back after turbo",
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
	beside: {
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
function wishMinFrequency({ value, beside }) {
	const base = whole(beside.base) ?? highest(beside.steps) ?? (whole(beside.nominal) === void 0 ? void 0 : whole(beside.nominal) * 1e3);
	if (base === void 0) return { leave: "the driver does not say its base frequency" };
	const most = whole(beside.most) ?? base;
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
// src/core/knobs/idle.ts
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
// src/core/knobs/interrupts.ts
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
const NO_CPU = { leave: "no CPU could be set apart for the benchmark" };
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
// src/core/knobs/kernel.ts
const DOC = "https://docs.kernel.org/admin-guide/sysctl/kernel.html";
const kernelKnobs = [
	{
		name: "aslr",
		unit: "0, 1 or 2",
		via: "file",
		files: ["/proc/sys/kernel/randomize_va_space"],
		shape: "number",
		grammar: /^[012]$/,
		scope: "auto",
		wish: () => ({ set: "2" }),
		needs: "root, only where somebody switched it off",
		why: "every process gets another layout of stack and heap, so no single lucky one decides",
		source: `${DOC}#randomize-va-space`
	},
	{
		name: "nmi-watchdog",
		unit: "0 or 1",
		via: "file",
		files: ["/proc/sys/kernel/nmi_watchdog"],
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
// src/core/knobs/memory.ts
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
// src/core/knobs/table.ts
const KNOBS = [
	...idleKnobs,
	...frequencyKnobs,
	...interruptKnobs,
	...memoryKnobs,
	...kernelKnobs,
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
const KNOB_NAMES = KNOBS.filter((knob) => knob.via !== "guard").map((knob) => knob.name);
// src/core/knobs/profile.ts
function parseProfile(text) {
	if (text === "auto" || text === "required") return { kind: text };
	const names = text.split(",").filter((name) => name !== "");
	const known = names.flatMap((name) => KNOB_NAMES.find((candidate) => candidate === name) ?? []);
	const unknown = names.filter((name) => !KNOB_NAMES.some((candidate) => candidate === name));
	if (names.length > 0 && unknown.length === 0) return {
		kind: "named",
		names: [...new Set(known)]
	};
	return { faults: [`${names.length === 0 ? "tune names no knob" : `tune does not know ${unknown.map((name) => quote(name)).join(", ")}`}; write auto, off, required, or any of ${KNOB_NAMES.join(", ")}.`] };
}
function formatProfile(tune) {
	return typeof tune === "string" ? tune : tune.join(",");
}
function knobsOf(profile) {
	switch (profile.kind) {
		case "auto": return KNOBS.filter((knob) => knob.scope === "auto");
		case "required": return KNOBS;
		case "named": {
			const names = new Set(profile.names);
			return KNOBS.filter(({ name, via }) => names.has(name) || via === "guard" && names.has("turbo"));
		}
	}
}
function quote(name) {
	return JSON.stringify(name.slice(0, 40));
}
// src/core/machine/cpu-choice.ts
function chooseCpus(topology, count = 1) {
	const usable = topology.cpus.filter(({ id }) => topology.allowed.includes(id));
	if (usable.length < 2) return {
		chosen: [],
		quiet: [],
		because: "this machine lends us only one CPU, which everything else needs too"
	};
	const isolated = usable.filter(({ id }) => topology.isolated.includes(id));
	const pool = isolated.length > 0 ? isolated : prefer(usable, ({ id }) => topology.fast.includes(id));
	const housekeeping = topology.cpus.find(({ id }) => id === 0)?.siblings ?? [0];
	const cores = firstThreads(prefer(prefer(pool, ({ id }) => id !== 0), ({ id }) => !housekeeping.includes(id)));
	const node = largestNode(cores);
	const chosen = cores.filter((cpu) => cpu.node === node).slice(-Math.min(count, usable.length - 1));
	const ids = chosen.map(({ id }) => id);
	return {
		chosen: ids,
		quiet: [...new Set(chosen.flatMap(({ siblings }) => siblings))].sort((a, b) => a - b),
		because: reason(ids, {
			isolated: isolated.length > 0,
			fast: topology.fast,
			node
		})
	};
}
function idleSiblings(choice) {
	return without(choice.quiet, choice.chosen);
}
function prefer(cpus, wanted) {
	const preferred = cpus.filter(wanted);
	return preferred.length > 0 ? preferred : cpus;
}
function firstThreads(cpus) {
	const ids = cpus.map(({ id }) => id);
	return cpus.filter(({ id, siblings }) => !siblings.some((other) => other < id && ids.includes(other)));
}
function largestNode(cpus) {
	const sizes = new Map();
	for (const { node } of cpus) sizes.set(node, (sizes.get(node) ?? 0) + 1);
	const most = Math.max(...sizes.values());
	return Math.max(...[...sizes].filter(([, size]) => size === most).map(([node]) => node));
}
function reason(ids, facts) {
	const kinds = [
		...facts.isolated ? ["isolated from the scheduler"] : [],
		...facts.fast.length > 0 && ids.every((id) => facts.fast.includes(id)) ? ["a fast core"] : [],
		...ids.includes(0) ? [] : ["away from CPU 0"],
		`on NUMA node ${facts.node}`
	];
	return `CPU ${formatCpuList(ids)}: ${kinds.join(", ")}`;
}
// src/shell/host-topology.ts
const CPU = "/sys/devices/system/cpu";
function readTopology(files) {
	const list = (path) => {
		const read = files.read(path);
		return "text" in read ? parseCpuList(read.text) : void 0;
	};
	const online = list(`${CPU}/online`) ?? [0];
	const nodes = files.expand("/sys/devices/system/node/node*/cpulist").map((path) => ({
		node: Number(/node(\d+)/.exec(path)[1]),
		cpus: list(path) ?? []
	}));
	return {
		cpus: online.map((id) => ({
			id,
			siblings: list(`${CPU}/cpu${id}/topology/thread_siblings_list`) ?? [id],
			node: nodes.find(({ cpus }) => cpus.includes(id))?.node ?? 0
		})),
		allowed: readAllowed(files) ?? online,
		isolated: list(`${CPU}/isolated`) ?? [],
		fast: list("/sys/devices/cpu_core/cpus") ?? readBigCores(files)
	};
}
function readIdleLatency(files) {
	const latencies = files.expand(`${CPU}/cpu0/cpuidle/state*/latency`).flatMap((path) => {
		const name = files.read(path.replace(/latency$/, "name"));
		const latency = files.read(path);
		if (!("text" in name && "text" in latency)) return [];
		return !(name.text.trim() === "POLL") && /^\d{1,7}\s*$/.test(latency.text) ? [Number(latency.text)] : [];
	});
	return latencies.length > 0 ? Math.min(...latencies) : void 0;
}
function readAllowed(files) {
	const status = files.read("/proc/self/status");
	const allowed = "text" in status ? /^Cpus_allowed_list:\s*(\S+)$/m.exec(status.text)?.[1] : void 0;
	return allowed === void 0 ? void 0 : parseCpuList(allowed);
}
function readBigCores(files) {
	const capacities = files.expand(`${CPU}/cpu*/cpu_capacity`).flatMap((path) => {
		const read = files.read(path);
		return "text" in read ? [{
			cpu: Number(/cpu(\d+)/.exec(path)[1]),
			capacity: Number(read.text)
		}] : [];
	});
	const least = .85 * Math.max(...capacities.map(({ capacity }) => capacity));
	const big = capacities.filter(({ capacity }) => capacity >= least);
	return big.length < capacities.length ? big.map(({ cpu }) => cpu) : [];
}
export { settingsUnder as C, errorCode as S, readHolder as _, formatProfile as a, HOST_FOLDER as b, KNOBS as c, formatCpuList as d, formatCpuMask as f, describeHolder as g, without as h, idleSiblings as i, knobNamed as l, parseCpuMask as m, readTopology as n, knobsOf as o, parseCpuList as p, chooseCpus as r, parseProfile as s, readIdleLatency as t, owns as u, removeHolder as v, openHostFolder as x, writeHolder as y };
