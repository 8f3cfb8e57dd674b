import { i as probeCounters, n as readUnder, t as openWorld } from "./open-world.js";
import { a as readKnobStates, n as groupsUnder, o as readScene, r as clientOf, t as servicesUnder } from "./services.js";
import { f as settingsUnder, u as idleSiblings } from "./holder.js";
import { t as findHostAccess } from "./host-access.js";
import { i as formatGeometry } from "./events.js";
import { a as formatCpuList } from "./scheduling.js";
import { n as terminal } from "./terminal.js";
import * as fs from "node:fs";
import { userInfo } from "node:os";
// src/flow/inspect-machine.ts
async function inspectMachine(machine, tools, root = "/") {
	const settings = settingsUnder(root, fs);
	const world = {
		settings,
		services: servicesUnder(root, fs),
		groups: groupsUnder(root, fs, () => {}),
		client: clientOf(settings, process.pid)
	};
	const { scene, choice, topology } = readScene(world);
	const access = findHostAccess();
	const perf = await tools.find("perf");
	return {
		knobs: readKnobStates(world, scene),
		choice,
		access: access.kind === "reachable" ? { as: access.as } : { why: access.why },
		noise: await machine.noise(),
		online: scene.online,
		smt: topology.cpus.some(({ siblings }) => siblings.length > 1),
		cmdline: readUnder(root, "/proc/cmdline") ?? "",
		virtual: /^flags\s*:.*\bhypervisor\b/m.test(readUnder(root, "/proc/cpuinfo") ?? ""),
		user: userInfo().username,
		...perf === void 0 ? {} : { perf }
	};
}
// src/report/doctor/counters-probe.ts
const MOST_REASONS = 4;
function describeCounters(probe) {
	const { perf, valgrind, paranoid, units, geometry, cpu } = probe;
	const names = units.map(({ name }) => name).join(", ");
	return [
		`processor: ${cpu.name}`,
		perf ? `perf: ${perf.version} (${perf.path})` : "perf: not installed, or does not run",
		`hardware counters: ${probe.hardware ? "yes" : "no"}; units: ${names === "" ? "none" : names}; kernel.perf_event_paranoid: ${paranoid ?? "not readable"}`,
		...probe.roles.map(describeRole),
		valgrind ? `valgrind: ${valgrind.version} (${valgrind.path})` : "valgrind: not installed, or does not run; install it to count by simulation",
		`simulated caches: l1i ${formatGeometry(geometry.l1i)}, l1d ${formatGeometry(geometry.l1d)}, second level ${formatGeometry(geometry.ll)} (from ${geometry.from})`,
		...[...probe.geometryLimitations, ...probe.limitations].map(({ what, instead }) => `${what} ${instead}`)
	];
}
function describeRole({ role, event, unit, note, tried }) {
	const refused = tried.slice(0, MOST_REASONS).map(({ event, why }) => `${event}: ${why}`);
	const more = tried.length - refused.length;
	const reasons = [...refused, ...more > 0 ? [`and ${more} more`] : []].join("; ");
	if (event === void 0) return `${role}: none${reasons === "" ? "" : ` (${reasons})`}`;
	const told = [
		unit === "slots" ? "in issue slots" : "",
		note ?? "",
		reasons === "" ? "" : `not ${reasons}`
	].filter((remark) => remark !== "").join("; ");
	return `${role}: ${event}${told === "" ? "" : ` (${told})`}`;
}
// src/report/doctor/machine-advice.ts
const PARAMETERS = "https://docs.kernel.org/admin-guide/kernel-parameters.html";
function adviseOnce(state) {
	return [
		...adviseAccess(state),
		...advisePlace(state),
		...adviseIsolation(state),
		...adviseSmt(state),
		...adviseTurbo(state),
		...advisePerf(state)
	];
}
function adviseAccess({ access, user }) {
	if (!("why" in access)) return [];
	return [{
		says: `perf-verdict cannot tune this machine, because ${access.why}. Installing the host process lets ${user} tune it while measuring, and nothing else.`,
		command: `sudo perf-verdict host install --user ${user}`,
		source: "docs/runner-setup.md"
	}];
}
function advisePlace({ virtual }) {
	return virtual ? [{
		says: "This is a virtual machine: its clock and sleep states belong to the host, and neighbours share its caches. Small changes are shown sooner on a machine of your own.",
		source: "https://docs.kernel.org/virt/index.html"
	}] : [];
}
function adviseIsolation({ choice, online, cmdline, knobs }) {
	if (choice.chosen.length === 0) return [{
		says: `No CPU can be set apart, because ${choice.because}. Use a machine with at least two CPUs, better four.`,
		source: "https://man7.org/linux/man-pages/man7/cpuset.7.html"
	}];
	if (online.length < 4 || /\bisolcpus=/.test(cmdline)) return [];
	const cpus = formatCpuList(choice.quiet);
	return [{
		says: `No CPU is isolated, so the scheduler may put other work beside the benchmark. Isolating CPU ${cpus} keeps it free of other processes, of the timer tick and of RCU callbacks; it costs the other programs those CPUs, and takes a restart.${knobs.some(({ knob, state }) => knob.name === "cpuset" && state === "settable") ? " To keep other processes away for as long as a gate measures and no longer, add cpuset to tune instead." : ""}`,
		command: bootWith(`isolcpus=managed_irq,domain,${cpus} nohz_full=${cpus} rcu_nocbs=${cpus}`),
		source: PARAMETERS
	}];
}
function adviseSmt({ smt, choice }) {
	const siblings = idleSiblings(choice);
	if (!smt || siblings.length === 0) return [];
	return [{
		says: `Two threads share each core. perf-verdict leaves CPU ${formatCpuList(siblings)} without interrupts, but other programs may still use it; switch SMT off in the firmware or at boot, or add smt to tune to take it offline while measuring.`,
		command: bootWith("nosmt"),
		source: PARAMETERS
	}];
}
function adviseTurbo({ knobs, virtual }) {
	const turbo = knobs.find(({ knob }) => knob.name === "turbo");
	if (virtual || turbo?.state !== "absent") return [];
	return [{
		says: "Turbo cannot be switched off from here, so the clock follows temperature and the load of other cores. Switch it off in the firmware (Intel Turbo Boost, AMD Core Performance Boost).",
		source: turbo.knob.source
	}];
}
function advisePerf({ knobs, perf }) {
	const paranoid = knobs.find(({ knob }) => knob.name === "perf-paranoid");
	const level = Number(paranoid?.found ?? NaN);
	if (perf === void 0 || !(level > 2) || !paranoid) return [];
	return [{
		says: `kernel.perf_event_paranoid is ${level}, so perf counts only while perf-verdict has lowered it to 2 for everybody. Giving perf alone the right to count leaves the setting as it is.`,
		command: `sudo setcap cap_perfmon+ep ${perf}`,
		source: paranoid.knob.source
	}];
}
function bootWith(parameters) {
	return `sudo grubby --update-kernel=ALL --args='${parameters}' && sudo reboot   (without grubby: add them to GRUB_CMDLINE_LINUX in /etc/default/grub, then sudo update-grub && sudo reboot)`;
}
const WHEN = {
	auto: "",
	required: ", only when tune says required or names it",
	named: ", only when tune names it"
};
function describeSettable(knobs) {
	return knobs.filter(({ state }) => state === "settable").map(({ knob, found, wanted }) => {
		return `${knob.name}${WHEN[knob.scope]}: ${found} becomes ${wanted}; ${knob.why}. Source: ${knob.source}`;
	});
}
// src/report/doctor/machine.ts
function describeMachine(state) {
	const settable = describeSettable(state.knobs);
	const once = adviseOnce(state);
	return [
		"This machine",
		...bullets(describeState(state)),
		"",
		"why" in state.access ? "What perf-verdict would set while it measures, if it could, and put back" : "What perf-verdict sets while it measures, and puts back",
		...bullets(settable.length > 0 ? settable : ["Nothing: every setting that it knows is as wanted, or not here."]),
		"",
		"What you should set once",
		...once.length > 0 ? once.flatMap(describeAdvice) : bullets(["Nothing: this machine is as good as it gets."]),
		""
	].join("\n");
}
function describeState(state) {
	const { choice, access, knobs } = state;
	const reach = "why" in access ? void 0 : access.as === "root" ? "directly, as root" : "through sudo";
	const named = (kind) => knobs.filter((knob) => knob.state === kind).map(({ knob }) => knob.name);
	const quiet = named("quiet");
	const absent = named("absent");
	return [
		reach === void 0 ? "It cannot be tuned by this user." : `It can be tuned ${reach}.`,
		choice.chosen.length > 0 ? `The benchmark runs on ${choice.because}.` : `The benchmark is not pinned: ${choice.because}.`,
		...quiet.length > 0 ? [`As wanted already: ${quiet.join(", ")}.`] : [],
		...knobs.filter((knob) => knob.state === "left").map(({ knob, found, why }) => `${knob.name} stays at ${found ?? "an unknown value"}: ${why}.`),
		...absent.length > 0 ? [`Not here: ${absent.join(", ")}.`] : [],
		...state.noise.length > 0 ? state.noise : [`Nothing disturbs it right now (CPU ${formatCpuList(state.online)}).`]
	];
}
function describeAdvice({ says, command, source }) {
	return [
		`  - ${says}`,
		...command === void 0 ? [] : [`      ${command}`],
		`      Source: ${source}`
	];
}
function bullets(lines) {
	return lines.map((line) => `  - ${line}`);
}
function describeTools(tools) {
	const there = tools.filter(({ path }) => path !== void 0);
	const missing = tools.filter(({ path }) => path === void 0);
	return [
		"Programs",
		...there.map(({ name, path }) => `  - ${name}: ${path}`),
		...missing.map(({ name, use, debian }) => `  - ${name} is missing; it is used for ${use}. Install it: apt-get install ${debian}`)
	];
}
// src/doors/doctor.ts
async function doctor() {
	const { outside, close } = await openWorld(terminal);
	try {
		const sandbox = await outside.isolate("auto");
		const machine = await inspectMachine(outside.machine, outside.tools);
		const probe = await probeCounters({
			...outside,
			sandbox
		});
		const found = await Promise.all(TOOLS.map(async (tool) => ({
			...tool,
			path: await outside.tools.find(tool.name)
		})));
		process.stdout.write([
			describeMachine(machine),
			"Where code of the pull request runs",
			`  - isolation: ${sandbox.isolation}`,
			...sandbox.limitations.map(({ what, instead }) => `  - ${what} ${instead}`),
			"",
			"What can be counted",
			...describeCounters(probe).map((line) => `  - ${line}`),
			"",
			...describeTools(found),
			""
		].join("\n"));
		return 0;
	} finally {
		await close();
	}
}
const TOOLS = [
	{
		name: "git",
		use: "finding the merge base",
		debian: "git"
	},
	{
		name: "cc",
		use: "layout trials of C programs",
		debian: "gcc"
	},
	{
		name: "mold",
		use: "layout trials, the best linker for them",
		debian: "mold"
	},
	{
		name: "ld.lld",
		use: "layout trials",
		debian: "lld"
	},
	{
		name: "ld.gold",
		use: "layout trials",
		debian: "binutils-gold"
	},
	{
		name: "ld",
		use: "layout trials, through a linker script",
		debian: "binutils"
	},
	{
		name: "perf",
		use: "hardware counters and profiles",
		debian: "linux-perf"
	},
	{
		name: "valgrind",
		use: "simulated counters where there is no PMU",
		debian: "valgrind"
	},
	{
		name: "c++filt",
		use: "readable C++ and Rust names",
		debian: "binutils"
	}
];
export { doctor };
