import { a as formatCpuList, l as without, s as parseCpuList } from "./scheduling.js";
import { n as success, t as failed } from "./result.js";
import { n as KNOB_NAMES, t as KNOBS } from "./table.js";
import { constants } from "node:fs";
import { posix } from "node:path";
// src/core/tuning/knobs/profile.ts
function parseProfile(text) {
	if (text === "auto" || text === "required") return success({ kind: text });
	const names = text.split(",").filter((name) => name !== "");
	const known = names.flatMap((name) => KNOB_NAMES.find((candidate) => candidate === name) ?? []);
	const unknown = names.filter((name) => !KNOB_NAMES.some((candidate) => candidate === name));
	if (names.length > 0 && unknown.length === 0) return success({
		kind: "named",
		names: [...new Set(known)]
	});
	const what = names.length === 0 ? "tune names no knob" : `tune does not know ${unknown.map((name) => quote(name)).join(", ")}`;
	return failed([`${what}; write auto, off, required, or any of ${KNOB_NAMES.join(", ")}.`]);
}
function formatProfile(tune) {
	return typeof tune === "string" ? tune : tune.join(",");
}
function knobsOf(profile) {
	switch (profile.kind) {
		case "auto": return KNOBS.filter((knob) => knob.scope === "auto");
		case "required": return KNOBS.filter((knob) => knob.scope !== "named");
		case "named": {
			const names = new Set(profile.names);
			return KNOBS.filter(({ name, goesWith }) => names.has(goesWith ?? name));
		}
	}
}
function quote(name) {
	return JSON.stringify(name.slice(0, 40));
}
// src/shell/host/settings.ts
function settingsUnder(root, fs) {
	const at = (path) => posix.join(root, path);
	return {
		expand: (pattern) => expand(pattern, (path) => list(fs, at(path))).filter((path) => fs.existsSync(at(path))),
		read: (path) => attempt(() => fs.readFileSync(at(path), "utf8")),
		write: (path, value) => codeOf(attempt(() => writeOnce(fs, at(path), value))),
		readDevice: (path) => attempt(() => `${readNumber(fs, at(path))}`),
		holdDevice: (path, value) => codeOf(attempt(() => holdOpen(fs, at(path), value)))
	};
}
function errorCode(error) {
	return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : String(error);
}
function attempt(work) {
	try {
		return success(work());
	} catch (error) {
		return failed(errorCode(error));
	}
}
function codeOf(outcome) {
	return outcome.ok ? void 0 : outcome.fault;
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
	const away = prefer(prefer(pool, ({ id }) => id !== 0), ({ id }) => !housekeeping.includes(id));
	const cores = firstThreads(away);
	const node = largestNode(cores);
	const rest = usable.filter(({ id }) => id !== 0);
	const chosen = takeFrom([
		cores.filter((cpu) => cpu.node === node),
		cores,
		away,
		pool,
		firstThreads(rest),
		rest,
		usable
	], count === "all" ? usable.length : Math.min(count, usable.length));
	return {
		chosen: chosen.map(({ id }) => id).sort((a, b) => a - b),
		quiet: [...new Set(chosen.flatMap(({ siblings }) => siblings))].sort((a, b) => a - b),
		because: reason(chosen, topology.fast, isolated)
	};
}
function takeFrom(tiers, count) {
	const taken = new Set();
	for (const tier of tiers) for (const cpu of tier.toReversed()) if (taken.size < count) taken.add(cpu);
	return [...taken];
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
function reason(chosen, fast, isolated) {
	const ids = chosen.map(({ id }) => id).sort((a, b) => a - b);
	const nodes = [...new Set(chosen.map(({ node }) => node))].sort((a, b) => a - b);
	const kinds = [
		...chosen.every((cpu) => isolated.includes(cpu)) ? ["isolated from the scheduler"] : [],
		...fast.length > 0 && ids.every((id) => fast.includes(id)) ? ["a fast core"] : [],
		...ids.includes(0) ? [] : ["away from CPU 0"],
		`on NUMA node ${formatCpuList(nodes)}`
	];
	return `CPU ${formatCpuList(ids)}: ${kinds.join(", ")}`;
}
// src/shell/host/topology.ts
const CPU = "/sys/devices/system/cpu";
function readTopology(files) {
	const list = (path) => {
		const read = files.read(path);
		return read.ok ? parseCpuList(read.value) : void 0;
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
		if (!name.ok || !latency.ok) return [];
		return !(name.value.trim() === "POLL") && /^\d{1,7}\s*$/.test(latency.value) ? [Number(latency.value)] : [];
	});
	return latencies.length > 0 ? Math.min(...latencies) : void 0;
}
function readAllowed(files) {
	const status = files.read("/proc/self/status");
	const allowed = status.ok ? /^Cpus_allowed_list:\s*(\S+)$/m.exec(status.value)?.[1] : void 0;
	return allowed === void 0 ? void 0 : parseCpuList(allowed);
}
function readBigCores(files) {
	const capacities = files.expand(`${CPU}/cpu*/cpu_capacity`).flatMap((path) => {
		const read = files.read(path);
		return read.ok ? [{
			cpu: Number(/cpu(\d+)/.exec(path)[1]),
			capacity: Number(read.value)
		}] : [];
	});
	const least = .85 * Math.max(...capacities.map(({ capacity }) => capacity));
	const big = capacities.filter(({ capacity }) => capacity >= least);
	return big.length < capacities.length ? big.map(({ cpu }) => cpu) : [];
}
// src/shell/host/folder.ts
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
// src/shell/host/holder.ts
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
export { HOST_FOLDER as a, readTopology as c, errorCode as d, settingsUnder as f, parseProfile as g, knobsOf as h, writeHolder as i, chooseCpus as l, formatProfile as m, readHolder as n, openHostFolder as o, writeOnce as p, removeHolder as r, readIdleLatency as s, describeHolder as t, idleSiblings as u };
