import { Q as opensWhileTuned, Z as isClosed, a as readUnder, c as weaknessLimitation, i as findHypervisor, l as probeCounters, n as openPorts, o as describeNoise, r as ownUserName, s as noPlace } from "./open-ports.js";
import { n as InputError } from "./errors.js";
import { n as success, t as failed } from "./result.js";
import { a as readKnobStates, n as groupsUnder, o as readScene, r as clientOf, t as servicesUnder } from "./services.js";
import { f as settingsUnder, u as idleSiblings } from "./holder.js";
import { t as findHostAccess } from "./host-access.js";
import { o as formatGeometry, r as limitationSentence } from "./events.js";
import { a as formatCpuList } from "./scheduling.js";
import { r as terminal } from "./terminal.js";
import * as fs from "node:fs";
// src/core/machine/readiness.ts
function readinessOf(facts) {
	const { missing } = facts;
	const packages = [...new Set(missing.map(({ debian }) => debian))];
	const install = packages.length > 0 ? { install: `sudo apt-get install -y ${packages.join(" ")}` } : {};
	const blockers = blockersOf(facts);
	if (blockers.length > 0) return {
		verdict: "not-ready",
		because: blockers,
		...install
	};
	const against = againstTimes(facts);
	if (against.length === 0) return {
		verdict: "times",
		metric: "time",
		because: remarks(facts),
		...install
	};
	if (facts.hardwareCounters || facts.countersWhileTuned || facts.simulation) {
		const says = `Instructions can be ${facts.hardwareCounters || facts.countersWhileTuned ? "counted by hardware" : "simulated by valgrind"}; they do not depend on what else runs, and say nothing of caches, branches or placement.`;
		return {
			verdict: "instructions",
			metric: "instructions",
			because: [...against, says],
			...install
		};
	}
	const remedy = facts.chosenCpus > 0 ? "Install valgrind to gate on instructions while it is busy." : "Install valgrind to gate on instructions here, or use a machine with two CPUs or more.";
	return {
		verdict: "not-ready",
		because: [...against, remedy],
		...install
	};
}
function blockersOf({ missing, isolation }) {
	return [...missing.filter(({ required }) => required).map(({ name, debian }) => `${name} is not installed; install the package ${debian}.`), ...isolation === "none" ? ["Code of a pull request cannot be kept apart from the runner here; install bubblewrap and allow user namespaces, or run as root."] : []];
}
function againstTimes({ chosenCpus, noise }) {
	return [...chosenCpus === 0 ? ["No CPU can be set apart for the benchmark."] : [], ...noise.length > 0 ? [BUSY, ...chosenCpus > 0 ? [CPU_TIME] : []] : []];
}
const BUSY = "Other programs disturb this machine right now; stop them and ask again, because it may be ready for times when it is quiet.";
const CPU_TIME = "Where they cannot be stopped, metric: cpu-time suffers less from them than time does; it is blind to waiting, locks and lost parallelism.";
const WHILE_TUNED = "Hardware counters are closed to this user now; a gate that tunes opens them while it measures, and finds out then what they count.";
const CLOSED = "Hardware counters are closed to this user, so causes rest on simulated counts; what opens them is below, with what can be counted.";
function remarks(facts) {
	const { virtual, tunable, hardwareCounters, countersWhileTuned, countersClosed } = facts;
	const without = countersClosed ? CLOSED : "No hardware counters: causes rest on simulated counts.";
	return [
		"A CPU can be set apart for the benchmark, and nothing disturbs it now.",
		...tunable ? [] : ["This user cannot tune the machine, so small changes need more rounds."],
		...virtual ? ["This is a virtual machine, so neighbours may disturb it unseen."] : [],
		...hardwareCounters ? [] : [countersWhileTuned ? WHILE_TUNED : without]
	];
}
// src/flow/inspect-machine.ts
async function inspectMachine(machine, tools, root = "/") {
	const settings = settingsUnder(root, fs);
	const ports = {
		settings,
		services: servicesUnder(root, fs),
		groups: groupsUnder(root, fs, () => {}),
		client: clientOf(settings, process.pid)
	};
	const { scene, choice, topology } = readScene(ports);
	const access = findHostAccess();
	const perf = await tools.find("perf");
	return {
		knobs: readKnobStates(ports, scene),
		choice,
		access: access.kind === "reachable" ? success(access.as) : failed(access.why),
		noise: (await machine.noise()).map(describeNoise),
		online: scene.online,
		smt: topology.cpus.some(({ siblings }) => siblings.length > 1),
		cmdline: readUnder(root, "/proc/cmdline") ?? "",
		virtual: findHypervisor(root) !== void 0,
		user: ownUserName(),
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
		`hardware counters: ${probe.hardware ? "yes" : isClosed(probe) ? "closed to this user" : "no"}; units: ${names === "" ? "none" : names}; kernel.perf_event_paranoid: ${paranoid ?? "not readable"}`,
		...probe.roles.map(describeRole),
		valgrind ? `valgrind: ${valgrind.version} (${valgrind.path})` : "valgrind: not installed, or does not run; install it to count by simulation",
		`simulated caches: l1i ${formatGeometry(geometry.l1i)}, l1d ${formatGeometry(geometry.l1d)}, second level ${formatGeometry(geometry.ll)} (from ${geometry.from})`,
		...[...probe.geometryLimitations, ...probe.limitations].map(limitationSentence)
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
	if (access.ok) return [];
	return [{
		says: `perf-verdict cannot tune this machine, because ${access.fault}. Installing the host process lets ${user} tune it while measuring, and nothing else.`,
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
		says: `No CPU is isolated, so the scheduler may run other work on the CPU of the benchmark. Isolating CPU ${cpus} keeps it free of other processes, of the timer tick and of RCU callbacks; it costs the other programs those CPUs, and takes a restart.${knobs.some(({ knob, state }) => knob.name === "cpuset" && state === "settable") ? " To keep other processes away for as long as a gate measures and no longer, add cpuset to tune instead." : ""}`,
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
		state.access.ok ? "What perf-verdict sets while it measures, and restores" : "What perf-verdict would set while it measures, if it could, and restore",
		...bullets(settable.length > 0 ? settable : ["Nothing: every setting that it knows is as wanted, or not here."]),
		"",
		"What you should set once",
		...once.length > 0 ? once.flatMap(describeAdvice) : bullets(["Nothing: this machine is as good as it gets."]),
		""
	].join("\n");
}
function describeState(state) {
	const { choice, access, knobs } = state;
	const reach = !access.ok ? void 0 : access.value === "root" ? "directly, as root" : "through sudo";
	const named = (kind) => knobs.filter((knob) => knob.state === kind).map(({ knob }) => knob.name);
	const quiet = named("quiet");
	const absent = named("absent");
	return [
		reach === void 0 ? "It cannot be tuned by this user." : `It can be tuned ${reach}.`,
		choice.chosen.length > 0 ? `The benchmark runs on ${choice.because}.` : `The benchmark is not pinned: ${choice.because}.`,
		...quiet.length > 0 ? [`As wanted already: ${quiet.join(", ")}.`] : [],
		...knobs.filter((knob) => knob.state === "left").map(({ knob, found, why }) => found === void 0 ? `${knob.name} is left as it is: ${why}.` : `${knob.name} stays at ${found}: ${why}.`),
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
// src/report/doctor/readiness.ts
const VERDICTS = {
	times: "Ready for times",
	instructions: "Instructions only",
	"not-ready": "Not ready"
};
function describeReadiness({ verdict, metric, because, install }) {
	const advice = metric === void 0 ? "" : `: gate on metric: ${metric}`;
	return [
		`${VERDICTS[verdict]}${advice}.`,
		...because.map((sentence) => `  - ${sentence}`),
		...install === void 0 ? [] : ["  - To install what is missing:", `      ${install}`],
		""
	].join("\n");
}
// src/commands/doctor.ts
const EXIT = {
	times: 0,
	instructions: 1,
	"not-ready": 3
};
async function doctor(json) {
	const { outside, close } = await openPorts(terminal);
	try {
		const { sandbox, limitations } = await openBest(outside);
		const machine = await inspectMachine(outside.machine, outside.tools);
		const probe = await probeCounters({
			...outside,
			sandbox
		});
		const found = await Promise.all(TOOLS.map(async (tool) => ({
			...tool,
			path: await outside.tools.find(tool.name)
		})));
		const readiness = readinessOf({
			chosenCpus: machine.choice.chosen.length,
			virtual: machine.virtual,
			tunable: machine.access.ok,
			noise: machine.noise,
			isolation: sandbox.isolation,
			hardwareCounters: probe.hardware,
			countersWhileTuned: machine.access.ok && opensWhileTuned(probe),
			countersClosed: isClosed(probe),
			simulation: probe.valgrind !== void 0,
			missing: found.filter(({ path }) => path === void 0)
		});
		const told = json ? JSON.stringify(asJson({
			readiness,
			machine,
			isolation: {
				level: sandbox.isolation,
				limitations
			},
			probe,
			found
		}), null, 2) : [
			describeReadiness(readiness),
			describeMachine(machine),
			"Where code of the pull request runs",
			`  - isolation: ${sandbox.isolation}`,
			...limitations.map((limitation) => `  - ${limitationSentence(limitation)}`),
			"",
			"What can be counted",
			...describeCounters(probe).map((line) => `  - ${line}`),
			"",
			...describeTools(found)
		].join("\n");
		process.stdout.write(`${told}\n`);
		return EXIT[readiness.verdict];
	} finally {
		await close();
	}
}
async function openBest({ isolate }) {
	try {
		const sandbox = await isolate({ level: "auto" });
		return {
			sandbox,
			limitations: sandbox.weaknesses.map(weaknessLimitation)
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			sandbox: await isolate({ level: "off" }),
			limitations: error.faults.map(noPlace)
		};
	}
}
function asJson(all) {
	const { readiness, machine, isolation, probe, found } = all;
	return {
		...readiness,
		machine: {
			cpus: machine.online,
			chosen: machine.choice.chosen,
			virtual: machine.virtual,
			smt: machine.smt,
			tunable: machine.access.ok,
			noise: machine.noise
		},
		isolation,
		counters: {
			processor: probe.cpu.name,
			hardware: probe.hardware,
			events: probe.roles.map(({ role, event, tried }) => ({
				role,
				event: event ?? null,
				tried
			})),
			valgrind: probe.valgrind?.version ?? null,
			limitations: probe.limitations
		},
		tools: Object.fromEntries(found.map(({ name, path }) => [name, path ?? null]))
	};
}
const TOOLS = [
	{
		name: "git",
		use: "finding the merge base",
		debian: "git",
		required: true
	},
	{
		name: "bash",
		use: "running commands",
		debian: "bash",
		required: true
	},
	{
		name: "bwrap",
		use: "keeping code of a pull request apart, many times faster than util-linux does",
		debian: "bubblewrap",
		required: false
	},
	{
		name: "slirp4netns",
		use: "closing a cloud's addresses to builds of an ordinary user",
		debian: "slirp4netns",
		required: false
	},
	{
		name: "cc",
		use: "layout trials of C programs",
		debian: "gcc",
		required: false
	},
	{
		name: "mold",
		use: "layout trials, the best linker for them",
		debian: "mold",
		required: false
	},
	{
		name: "ld.lld",
		use: "layout trials",
		debian: "lld",
		required: false
	},
	{
		name: "ld.gold",
		use: "layout trials",
		debian: "binutils-gold",
		required: false
	},
	{
		name: "ld",
		use: "layout trials, through a linker script",
		debian: "binutils",
		required: false
	},
	{
		name: "perf",
		use: "hardware counters and profiles",
		debian: "linux-perf",
		required: false
	},
	{
		name: "valgrind",
		use: "simulated counters where there is no PMU",
		debian: "valgrind",
		required: false
	},
	{
		name: "c++filt",
		use: "readable C++ and Rust names",
		debian: "binutils",
		required: false
	}
];
export { doctor };
