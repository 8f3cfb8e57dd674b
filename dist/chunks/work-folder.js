import { n as InputError } from "./errors.js";
import { a as discriminatedUnion, c as object, d as string, i as boolean, n as _enum, o as literal, r as array, s as number } from "./schemas.js";
import { t as PARTITIONS } from "./scheduling.js";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/core/tuning/protocol-reader.ts
const sentence = string().max(2e4);
const sentences = array(sentence).max(1e4);
const limitation = object({
	what: sentence,
	instead: sentence
});
const knob = object({
	name: string().max(100),
	found: sentence.exactOptional(),
	set: sentence.exactOptional(),
	restored: boolean().exactOptional(),
	lasted: boolean().exactOptional(),
	why: sentence.exactOptional()
});
const hostEvent = discriminatedUnion("event", [
	object({
		event: literal("waiting"),
		holder: sentence,
		seconds: number()
	}),
	object({
		event: literal("ready"),
		protocol: number(),
		knobs: array(knob),
		limitations: array(limitation),
		cpus: string().regex(/^\d[\d,-]{0,1000}$/).exactOptional(),
		nice: number().int().min(-20).max(19).exactOptional(),
		realTime: number().int().min(1).max(99).exactOptional(),
		partition: _enum(PARTITIONS).exactOptional(),
		notes: sentences
	}),
	object({
		event: literal("released"),
		knobs: array(knob),
		leftovers: sentences
	}),
	object({
		event: literal("recovered"),
		outcome: _enum([
			"nothing",
			"restored",
			"held",
			"blocked"
		]),
		notes: sentences
	}),
	object({
		event: literal("refused"),
		reason: _enum(["input", "busy"]),
		faults: sentences
	})
]);
function parseHostEvent(line) {
	try {
		return hostEvent.safeParse(JSON.parse(line)).data;
	} catch {
		return;
	}
}
// src/shell/machine/host-session.ts
function startHost(access, args) {
	const child = spawn(access.file, [...access.args, ...args], {
		cwd: "/",
		detached: true,
		env: {
			PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
			LC_ALL: "C"
		},
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		]
	});
	const events = [];
	let wake = () => {};
	const push = (event) => {
		events.push(event);
		wake();
	};
	listen(child, push);
	return {
		next: async (patienceSeconds) => {
			if (events.length === 0) await new Promise((resolve) => {
				const timer = setTimeout(resolve, patienceSeconds * 1e3);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			const first = events[0];
			if (first !== void 0 && first.event !== "ended") events.shift();
			return first ?? { event: "silent" };
		},
		close: () => child.stdin.end(),
		abandon: () => {
			child.stdin.destroy();
			child.stdout.destroy();
			child.stderr.destroy();
			child.unref();
		}
	};
}
function listen(child, push) {
	const lastLines = [];
	const keep = (line) => {
		lastLines.push(line.slice(0, 500));
		if (lastLines.length > 20) lastLines.shift();
	};
	child.stdin.on("error", () => {});
	createInterface({ input: child.stdout }).on("line", (line) => {
		const event = parseHostEvent(line);
		if (event) push(event);
		else keep(line);
	});
	createInterface({ input: child.stderr }).on("line", keep);
	child.on("error", (error) => push({
		event: "ended",
		how: `could not be started (${error.message})`,
		killed: false,
		lastLines
	}));
	child.on("close", (code, signal) => {
		push({
			event: "ended",
			how: signal === null ? `exited with code ${code}` : `was killed by ${signal}`,
			killed: signal !== null,
			lastLines
		});
	});
}
// src/shell/machine/recover.ts
const PATIENCE_SECONDS = 30;
async function recoverThrough(access, log) {
	if (access.kind === "unreachable") return true;
	const session = startHost(access, ["recover", "--json"]);
	const event = await session.next(PATIENCE_SECONDS);
	session.close();
	if (event.event !== "recovered") {
		session.abandon();
		log.warn("The host process could not be asked to put settings back; run: perf-verdict host recover.");
		return false;
	}
	await session.next(PATIENCE_SECONDS);
	session.abandon();
	if (event.outcome !== "held") for (const note of event.notes) log.warn(note);
	return event.outcome !== "blocked";
}
// src/shell/sandbox/cgroups.ts
const ROOTS = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];
async function openJobGroups(roots = ROOTS) {
	const root = roots.find((folder) => existsSync(join(folder, "cgroup.controllers")));
	if (root === void 0) return void 0;
	await sweepJobGroups(roots);
	const own = makeOwn(root);
	if (own === void 0) return void 0;
	let jobs = 0;
	return {
		make: ({ partition, nice } = {}) => {
			weigh(own, nice === void 0 ? USUAL_WEIGHT : MOST_WEIGHT);
			const folder = partition === void 0 ? join(own, `${++jobs}`) : join(partition, `${process.pid}.${++jobs}`);
			makeIn(folder);
			return groupAt(folder);
		},
		close: () => groupAt(own).remove()
	};
}
async function sweepJobGroups(roots = ROOTS) {
	for (const root of roots) for (const name of foldersIn(root)) {
		const pid = /^perf-verdict-(\d+)\.\d+$/.exec(name)?.[1];
		if (pid !== void 0 && !existsSync(`/proc/${pid}`)) await groupAt(join(root, name)).remove();
	}
}
function weigh(own, weight) {
	try {
		writeFileSync(join(own, "cpu.weight"), `${weight}`);
	} catch {}
}
const USUAL_WEIGHT = 100;
const MOST_WEIGHT = 1e4;
function makeIn(folder) {
	try {
		mkdirSync(folder);
	} catch (error) {
		throw new InputError([`The group ${folder} for a job could not be made (${error}); somebody has removed what it was to be in, so take cpuset out of tune.`]);
	}
}
function canEnter(folder) {
	const move = [
		"-c",
		"echo 0 >\"$1\"",
		"enter",
		join(folder, "cgroup.procs")
	];
	return spawnSync("/bin/sh", move, { stdio: "ignore" }).status === 0;
}
function makeOwn(root) {
	for (let number = 1; number < 1e3; number++) {
		const folder = join(root, `perf-verdict-${process.pid}.${number}`);
		try {
			mkdirSync(folder, { mode: 493 });
		} catch (error) {
			if (error.code === "EEXIST") continue;
			return;
		}
		if (existsSync(join(folder, "cgroup.kill")) && canEnter(folder)) return folder;
		rmdirSync(folder);
		return;
	}
}
const PATIENCE_MILLISECONDS = 2e3;
function groupAt(folder) {
	const kill = () => {
		try {
			writeFileSync(join(folder, "cgroup.kill"), "1");
		} catch {}
	};
	return {
		folder,
		kill,
		remove: async () => {
			for (let waited = 0, pause = 1; waited < PATIENCE_MILLISECONDS; waited += pause, pause *= 2) {
				if (!isBusy(folder)) return;
				kill();
				await setTimeout$1(pause);
			}
		}
	};
}
function isBusy(folder) {
	try {
		for (const name of foldersIn(folder)) rmdirSync(join(folder, name));
		rmdirSync(folder);
		return false;
	} catch (error) {
		return error.code === "EBUSY";
	}
}
function foldersIn(folder) {
	try {
		return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? [entry.name] : []);
	} catch {
		return [];
	}
}
// src/shell/work-folder.ts
const SLOTS = 100;
async function takeWorkFolder(parent = tmpdir()) {
	for (let slot = 0; slot < SLOTS; slot++) {
		const folder = folderOf(parent, slot);
		if (await take(folder)) return folder;
	}
	throw new Error(`All ${SLOTS} working folders below ${parent} are held by running processes.`);
}
async function removeWorkFolder(folder) {
	const leaving = leavingName(folder);
	if (await succeeds(rename(folder, leaving))) await rm(leaving, {
		recursive: true,
		force: true
	});
}
async function sweepWorkFolders(parent = tmpdir()) {
	for (const name of await readdir(parent).catch(() => [])) {
		if (!/^perf-verdict-\d\d(?:\.|$)/.test(name)) continue;
		const folder = join(parent, name);
		if (name.includes(".")) await succeeds(rm(folder, {
			recursive: true,
			force: true
		}));
		else if (await isStale(folder)) await succeeds(removeWorkFolder(folder));
	}
}
async function isStale(folder) {
	const first = await ownerOf(folder);
	if (first !== void 0) return !lives(first);
	await new Promise((resolve) => setTimeout(resolve, TAKING_MILLISECONDS));
	const second = await ownerOf(folder);
	return second === void 0 || !lives(second);
}
const TAKING_MILLISECONDS = 500;
async function ownerOf(folder) {
	const pid = Number(await readFile(join(folder, "owner"), "utf8").catch(() => ""));
	return Number.isInteger(pid) && pid > 0 ? pid : void 0;
}
async function take(folder) {
	if (!await create(folder)) {
		const pid = await ownerOf(folder);
		if (pid === void 0 || lives(pid)) return false;
		const leaving = leavingName(folder);
		if (!await succeeds(rename(folder, leaving))) return false;
		await rm(leaving, {
			recursive: true,
			force: true
		});
		if (!await create(folder)) return false;
	}
	await writeFile(join(folder, "owner"), `${process.pid}`, { flag: "wx" });
	return true;
}
const leavingName = (folder) => `${folder}.${randomUUID()}`;
const folderOf = (parent, slot) => join(parent, `perf-verdict-${String(slot).padStart(2, "0")}`);
const create = (folder) => succeeds(mkdir(folder, { mode: 457 }));
async function succeeds(done) {
	return done.then(() => true, () => false);
}
function lives(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
export { sweepJobGroups as a, openJobGroups as i, sweepWorkFolders as n, recoverThrough as o, takeWorkFolder as r, startHost as s, removeWorkFolder as t };
