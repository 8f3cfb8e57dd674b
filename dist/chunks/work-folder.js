import { n as InputError } from "./errors.js";
import { a as discriminatedUnion, c as number, f as string, i as boolean, l as object, n as _enum, o as literal, r as array } from "./schemas.js";
import { t as PARTITIONS } from "./scheduling.js";
import { t as tools } from "./tools.js";
import { createConnection } from "node:net";
import { randomUUID } from "node:crypto";
import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, rmSync, rmdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { createInterface } from "node:readline";
import { lstat, mkdir, open, readFile, readdir, rename, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/shell/jobs/readings.ts
function textOf$1(file) {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}
function namesIn(folder) {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}
// src/shell/jobs/limited-groups.ts
const CONTROLLERS = [{
	name: "memory",
	of: "memory",
	limit: {
		v2: "memory.max",
		v1: "memory.limit_in_bytes"
	},
	hits: {
		v2: "memory.events",
		v1: "memory.oom_control",
		word: "oom_kill"
	},
	value: ({ memoryBytes }) => memoryBytes
}, {
	name: "pids",
	of: "processes",
	limit: {
		v2: "pids.max",
		v1: "pids.max"
	},
	hits: {
		v2: "pids.events",
		v1: "pids.events",
		word: "max"
	},
	value: ({ processes }) => Math.max(1, processes - 16)
}];
const V1 = "/sys/fs/cgroup";
function limitGroups(own, limits, v1 = V1) {
	const held = CONTROLLERS.flatMap((controller) => {
		const value = controller.value(limits);
		if (isSet(join(own, controller.limit.v2), value)) return [{
			controller,
			value,
			hits: join(own, controller.hits.v2)
		}];
		const folder = makeV1(controller, {
			value,
			name: own.slice(own.lastIndexOf("/") + 1),
			v1
		});
		return folder === void 0 ? [] : [{
			controller,
			value,
			hits: join(folder, controller.hits.v1),
			folder
		}];
	});
	const count = () => held.map(({ hits, controller }) => counted(hits, controller.hits.word));
	return {
		procs: held.flatMap(({ folder }) => folder === void 0 ? [] : [join(folder, "cgroup.procs")]),
		holdMemory: held.some(({ controller }) => controller.name === "memory"),
		look() {
			const before = count();
			return () => {
				const now = count();
				const at = held.findIndex((_, index) => now[index] > before[index]);
				return at < 0 ? void 0 : {
					of: held[at].controller.of,
					limit: held[at].value
				};
			};
		},
		close() {
			for (const { folder } of held) if (folder !== void 0) removed(folder);
		}
	};
}
function sweepLimitedGroups(v1 = V1) {
	for (const { name } of CONTROLLERS) for (const parent of parentsOf(name, v1)) for (const child of namesIn(parent)) {
		const pid = /^perf-verdict-(\d+)\.\d+$/.exec(child)?.[1];
		if (pid !== void 0 && !existsSync(`/proc/${pid}`)) removed(join(parent, child));
	}
}
function makeV1({ name, limit }, made) {
	const parent = parentsOf(name, made.v1)[0];
	if (parent === void 0) return void 0;
	const folder = join(parent, made.name);
	try {
		mkdirSync(folder);
	} catch {
		return;
	}
	if (isSet(join(folder, limit.v1), made.value)) return folder;
	removed(folder);
}
function parentsOf(name, v1) {
	const top = join(v1, name);
	if (!existsSync(join(top, "cgroup.procs"))) return [];
	const line = new RegExp(`^\\d+:(?:[^:]*,)?${name}(?:,[^:]*)?:(.*)$`, "m").exec(textOf$1("/proc/self/cgroup"));
	const own = join(top, line?.[1] ?? "");
	return own !== top && existsSync(join(own, "cgroup.procs")) ? [own, top] : [top];
}
function isSet(file, value) {
	try {
		writeFileSync(file, `${value}`, { flag: "r+" });
		return true;
	} catch {
		return false;
	}
}
function counted(file, word) {
	return Number(new RegExp(`^${word} (\\d+)$`, "m").exec(textOf$1(file))?.[1] ?? 0);
}
function removed(folder) {
	try {
		rmdirSync(folder);
	} catch {}
}
// src/shell/jobs/cgroups.ts
const ROOTS = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];
async function openJobGroups(limits, roots = ROOTS) {
	const root = roots.find((folder) => existsSync(join(folder, "cgroup.controllers")));
	if (root === void 0) return void 0;
	await sweepJobGroups(roots);
	const own = makeOwn(root);
	if (own === void 0) return void 0;
	const limited = limitGroups(own, limits);
	let jobs = 0;
	return {
		weigh: ({ nice } = {}) => weigh(own, nice === void 0 ? USUAL_WEIGHT : MOST_WEIGHT),
		make: ({ partition } = {}) => {
			const folder = partition === void 0 ? join(own, `${++jobs}`) : join(partition, `${process.pid}.${++jobs}`);
			makeIn(folder);
			return {
				...groupAt(folder),
				...partition === void 0 && { limited }
			};
		},
		close: async () => {
			await groupAt(own).remove();
			limited.close();
		}
	};
}
async function sweepJobGroups(roots = ROOTS) {
	for (const root of roots) for (const name of foldersIn(root)) {
		const pid = /^perf-verdict-(\d+)\.\d+$/.exec(name)?.[1];
		if (pid !== void 0 && !existsSync(`/proc/${pid}`)) await groupAt(join(root, name)).remove();
	}
	sweepLimitedGroups();
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
		throw new InputError([`The group ${folder} for a job could not be made (${error}); its parent group was removed, so take cpuset out of tune.`]);
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
const PATIENCE_MILLISECONDS$1 = 2e3;
function groupAt(folder) {
	const kill = () => {
		try {
			writeFileSync(join(folder, "cgroup.kill"), "1");
		} catch {}
	};
	return {
		folder,
		cpuSeconds: () => usedIn(folder),
		extraThreads: () => Math.max(0, linesOf(folder, "cgroup.threads") - linesOf(folder, "cgroup.procs")),
		kill,
		remove: async () => {
			for (let waited = 0, pause = 1; waited < PATIENCE_MILLISECONDS$1; waited += pause, pause *= 2) {
				if (!isBusy(folder)) return;
				kill();
				await setTimeout$1(pause);
			}
		}
	};
}
function linesOf(folder, file) {
	try {
		return readFileSync(join(folder, file), "utf8").split("\n").length - 1;
	} catch {
		return 0;
	}
}
function usedIn(folder) {
	try {
		const used = /^usage_usec (\d+)$/m.exec(readFileSync(join(folder, "cpu.stat"), "utf8"))?.[1];
		return used === void 0 ? void 0 : Number(used) / 1e6;
	} catch {
		return;
	}
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
const PATIENCE_SECONDS$1 = 120;
async function recoverThrough(access, log) {
	if (access.kind === "unreachable") return true;
	const session = startHost(access, ["recover", "--json"]);
	const event = await session.next(PATIENCE_SECONDS$1);
	session.close();
	if (event.event !== "recovered") {
		session.abandon();
		log.warn("The host process could not be asked to put settings back; run: perf-verdict host recover.");
		return false;
	}
	await session.next(PATIENCE_SECONDS$1);
	session.abandon();
	if (event.outcome !== "held") for (const note of event.notes) log.warn(note);
	return event.outcome !== "blocked";
}
// src/core/sandbox/cloud-addresses.ts
const CLOSED_RANGES = [
	{
		family: 4,
		range: "169.254.0.0/16",
		probe: "169.254.169.254"
	},
	{
		family: 4,
		range: "100.100.100.200/32",
		probe: "100.100.100.200"
	},
	{
		family: 6,
		range: "fe80::/10",
		probe: "fe80::a9fe:a9fe"
	},
	{
		family: 6,
		range: "fd00:ec2::254/128",
		probe: "fd00:ec2::254"
	}
];
function ruleAgainst({ range }, users) {
	return [
		"priority",
		"2",
		"uidrange",
		spanOf(users),
		"to",
		range,
		"prohibit"
	];
}
const tableFor = ({ first, last }) => `perf-verdict-${first}-${last}`;
function tablesIn(text) {
	return [...text.matchAll(/^table inet perf-verdict-(\d+)-(\d+)$/gm)].map(([, first, last]) => ({
		first: Number(first),
		last: Number(last)
	}));
}
function tableAgainst(users, servers) {
	const whose = `meta skuid ${spanOf(users)}`;
	const family = (of) => of === 4 ? "ip" : "ip6";
	const ranges = (of) => CLOSED_RANGES.filter((each) => each.family === of).map(({ range }) => range);
	return [
		`table inet ${tableFor(users)} {`,
		"chain output { type filter hook output priority 0; policy accept;",
		...servers.map((each) => `${whose} ${family(each.family)} daddr ${each.address} meta l4proto { tcp, udp } th dport 53 accept`),
		...[4, 6].map((of) => `${whose} ${family(of)} daddr { ${ranges(of).join(", ")} } reject`),
		"}",
		"}",
		""
	].join("\n");
}
const spanOf = ({ first, last }) => `${first}-${last}`;
function nameServersIn(resolv) {
	return [...resolv.matchAll(/^\s*nameserver\s+(\S+)/gm)].flatMap(([, server = ""]) => {
		const address = server.replace(/%.*$/, "").toLowerCase();
		if (/^169\.254\.\d+\.\d+$/.test(address)) return [{
			family: 4,
			address
		}];
		return /^fe[89ab][0-9a-f]:[0-9a-f:]+$/.test(address) ? [{
			family: 6,
			address
		}] : [];
	});
}
function ruleForNames(address, users) {
	return [
		"priority",
		"1",
		"uidrange",
		spanOf(users),
		"to",
		address,
		"dport",
		"53",
		"lookup",
		"main"
	];
}
function rulesFor(text, { first, last }) {
	return text.split("\n").flatMap((line) => {
		const [, priority, from, to] = /^([12]):\s.*\buidrange (\d+)-(\d+)\b/.exec(line) ?? [];
		const users = {
			first: Number(from),
			last: Number(to)
		};
		if (priority === void 0 || users.first < first || users.last > last) return [];
		const target = /\bto (\S+)/.exec(line)?.[1];
		return [{
			users,
			words: [
				"priority",
				priority,
				"uidrange",
				spanOf(users),
				...target ? ["to", target] : []
			]
		}];
	});
}
// src/shell/jobs/job-user.ts
const FIRST = 60706;
const PARTS = [
	"base",
	"head",
	"control",
	"spare"
];
const BLOCKS = 115;
const ALL_JOB_USERS = {
	first: FIRST,
	last: FIRST + PARTS.length * BLOCKS - 1
};
const REGISTER = "/run/perf-verdict-users";
function takeJobUsers(register = REGISTER) {
	mkdirSync(register, {
		recursive: true,
		mode: 448
	});
	for (let tried = 0; tried < 230; tried++) {
		const block = (process.pid + tried) % BLOCKS;
		const entry = join(register, `${block}`);
		if (take$1(entry)) return usersFrom(FIRST + PARTS.length * block, () => rmSync(entry, { force: true }));
	}
	throw new Error(`All users for jobs are taken; see ${register}.`);
}
function usersFrom(first, release) {
	const at = (index) => ({
		uid: first + index,
		gid: first + index
	});
	return {
		all: PARTS.map((_, index) => at(index)),
		of: (part) => at(PARTS.indexOf(part)),
		release
	};
}
function take$1(entry) {
	try {
		writeFileSync(entry, `${process.pid}`, {
			flag: "wx",
			mode: 384
		});
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
		if (isStale$1(entry)) rmSync(entry, { force: true });
		return false;
	}
}
function isTaken(uid, register = REGISTER) {
	const entry = join(register, `${Math.floor((uid - FIRST) / PARTS.length)}`);
	return existsSync(entry) && !isStale$1(entry);
}
const TAKING_MILLISECONDS$1 = 1e4;
function isStale$1(entry) {
	try {
		const pid = Number(readFileSync(entry, "utf8"));
		return pid > 0 ? !lives$1(pid) : Date.now() - statSync(entry).mtimeMs > TAKING_MILLISECONDS$1;
	} catch {
		return false;
	}
}
function lives$1(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
// src/shell/sandbox/close-addresses.ts
async function closeAddresses({ all }) {
	const ip = await findIp();
	if (ip === void 0) return notClosed({ rule: "no-tool" });
	const ids = all.map(({ uid }) => uid);
	const users = {
		first: Math.min(...ids),
		last: Math.max(...ids)
	};
	const run = (...args) => tools.run({
		file: ip,
		args
	});
	await sweepAddresses();
	const nft = await findTool("nft");
	let hasTable = false;
	const open = async () => {
		for (const family of FAMILIES) await removeRules(run, family, users);
		if (nft && hasTable) await tools.run({
			file: nft,
			args: [
				"delete",
				"table",
				"inet",
				tableFor(users)
			]
		});
	};
	const names = nameServersIn(textOf$1("/etc/resolv.conf"));
	for (const { family, address } of names) {
		const { code } = await run(`-${family}`, "rule", "add", ...ruleForNames(address, users));
		if (code === 0) continue;
		await open();
		return notClosed({
			rule: "names",
			address
		});
	}
	for (const closed of CLOSED_RANGES) await run(`-${closed.family}`, "rule", "add", ...ruleAgainst(closed, users));
	const left = [];
	for (const { family, range, probe } of CLOSED_RANGES) {
		const { code } = await run(`-${family}`, "route", "get", probe, "uid", `${users.first}`);
		if (code === 0) left.push(range);
	}
	const onDevices = async () => {
		if (nft === void 0) return false;
		const { code } = await tools.run({
			file: nft,
			args: ["--file", "-"],
			input: tableAgainst(users, names)
		});
		hasTable = code === 0;
		return hasTable;
	};
	return {
		weaknesses: left.length === 0 ? [] : [leftOpen({
			rule: "own-rules",
			ranges: left
		})],
		byRules: left.length === 0,
		onDevices,
		open
	};
}
async function sweepAddresses() {
	const nft = await findTool("nft");
	if (nft) {
		const { stdout } = await tools.run({
			file: nft,
			args: ["list", "tables"]
		});
		for (const users of tablesIn(stdout)) if (!isTaken(users.first)) await tools.run({
			file: nft,
			args: [
				"delete",
				"table",
				"inet",
				tableFor(users)
			]
		});
	}
	const ip = await findIp();
	if (ip === void 0) return;
	const run = (...args) => tools.run({
		file: ip,
		args
	});
	for (const family of FAMILIES) await removeRules(run, family, ALL_JOB_USERS, (users) => !isTaken(users.first));
}
async function findIp() {
	if (await tools.find("timeout") === void 0) return void 0;
	return findTool("ip");
}
async function findTool(name) {
	for (const path of [
		name,
		`/usr/sbin/${name}`,
		`/sbin/${name}`
	]) {
		const found = await tools.find(path);
		if (found !== void 0) return found;
	}
}
const FAMILIES = ["4", "6"];
async function removeRules(run, family, users, wanted = () => true) {
	const { stdout } = await run(`-${family}`, "rule", "show");
	for (const rule of rulesFor(stdout, users)) if (wanted(rule.users)) await run(`-${family}`, "rule", "del", ...rule.words);
}
async function askAddresses(noOwn) {
	const answers = await Promise.all(CLOSED_RANGES.map(({ probe }) => answersAt(probe)));
	const answering = CLOSED_RANGES.filter((_, index) => answers[index]).map(({ probe }) => probe);
	return notClosed({
		rule: "no-right",
		noOwn,
		answering
	});
}
const notClosed = (because) => ({
	weaknesses: [leftOpen(because)],
	byRules: false,
	open: async () => {}
});
const BY_OWN_NETWORK = {
	weaknesses: [],
	byRules: true,
	open: async () => {}
};
const NOTHING_TO_CLOSE = {
	weaknesses: [],
	byRules: false,
	open: async () => {}
};
async function aroundRules({ byRules, onDevices }) {
	return byRules && !await onDevices?.() ? [{ kind: "addresses-by-routes-alone" }] : [];
}
const leftOpen = (because) => ({
	kind: "addresses-open",
	because
});
const PATIENCE_MILLISECONDS = 300;
function answersAt(host) {
	return new Promise((resolve) => {
		const socket = createConnection({
			host,
			port: 80,
			timeout: PATIENCE_MILLISECONDS
		});
		const say = (answer) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once("connect", () => say(true));
		socket.once("timeout", () => say(false));
		socket.once("error", (error) => say(error.code === "ECONNREFUSED"));
	});
}
// src/shell/files/remove-tree.ts
const PATIENCE_SECONDS = 2;
async function removeTree(path, patienceSeconds = PATIENCE_SECONDS) {
	if (await run("rm", [
		"-rf",
		"--",
		path
	], patienceSeconds) === 0) return true;
	await run("chmod", [
		"-R",
		"u+rwX",
		"--",
		path
	], patienceSeconds);
	return await run("rm", [
		"-rf",
		"--",
		path
	], patienceSeconds) === 0;
}
async function run(file, args, seconds) {
	const child = spawn(file, args, {
		stdio: "ignore",
		detached: true,
		cwd: "/"
	});
	return await new Promise((resolve) => {
		const timer = setTimeout(() => {
			child.unref();
			resolve(null);
		}, seconds * 1e3);
		const end = (code) => {
			clearTimeout(timer);
			resolve(code);
		};
		child.once("error", () => end(null));
		child.once("exit", end);
	});
}
// src/shell/work-folder.ts
const SLOTS = 100;
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
async function takeWorkFolder(parent = tmpdir()) {
	for (let slot = 0; slot < SLOTS; slot++) {
		const folder = folderOf(parent, slot);
		if (await take(folder)) return folder;
	}
	throw new InputError([await sayNoneFree(parent)]);
}
async function removeWorkFolder(folder) {
	const leaving = leavingName(folder);
	if (await succeeds(rename(folder, leaving))) await removeTree(leaving);
}
function removeAtExit(folder) {
	const found = lstatSync(folder, { throwIfNoEntry: false });
	if (!found?.isDirectory() || !isOurs(found)) return;
	const ownerNow = () => textOf(join(folder, "owner"));
	const remove = () => void spawnSync("rm", [
		"-rf",
		"--",
		folder
	], {
		timeout: 500,
		stdio: "ignore"
	});
	const own = `${process.pid} ${startIn(textOf("/proc/self/stat") ?? "")}`;
	const owner = ownerNow();
	if (owner === own) remove();
	if (owner !== void 0) return;
	try {
		writeFileSync(join(folder, "claimed"), "", { flag: "wx" });
	} catch {
		return;
	}
	if (ownerNow() === void 0) remove();
	else unlinkSync(join(folder, "claimed"));
}
function textOf(path) {
	let file;
	try {
		file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
		const text = Buffer.alloc(4096);
		return text.toString("utf8", 0, readSync(file, text));
	} catch {
		return;
	} finally {
		if (file !== void 0) closeSync(file);
	}
}
async function sweepWorkFolders(parent = tmpdir()) {
	const names = (await readdir(parent).catch(() => [])).filter((name) => NAME.test(name)).slice(0, MOST_SWEPT);
	const left = await Promise.all(names.map(async (name) => await isLeft(parent, name) ? [name] : []));
	for (const name of left.flat()) {
		const folder = join(parent, name);
		if (name.includes(".")) await removeTree(folder);
		else if (await claim(folder, await ownerOf(folder))) await removeWorkFolder(folder);
	}
}
const NAME = /^perf-verdict-\d\d(?:\.|$)/;
const MOST_SWEPT = 1e3;
async function isLeft(parent, name) {
	const folder = join(parent, name);
	if (!await isOurFolder(folder)) return false;
	return name.includes(".") || await isStale(folder);
}
async function isStale(folder) {
	const first = await ownerOf(folder);
	if (first !== void 0) return !await lives(first);
	await new Promise((resolve) => setTimeout(resolve, TAKING_MILLISECONDS));
	const second = await ownerOf(folder);
	return second === void 0 || !await lives(second);
}
const TAKING_MILLISECONDS = 500;
const LONGEST_OWNER_BYTES = 64;
async function ownerOf(folder) {
	const file = await open(join(folder, "owner"), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => void 0);
	if (!file) return void 0;
	try {
		const found = await file.stat();
		if (!found.isFile() || found.size > LONGEST_OWNER_BYTES || !isOurs(found)) return void 0;
		const [, pid, started] = /^(\d{1,10})(?: (\d{1,20}))?$/.exec(await file.readFile("utf8")) ?? [];
		if (pid === void 0 || Number(pid) === 0) return void 0;
		return {
			pid: Number(pid),
			...started !== void 0 && { started }
		};
	} finally {
		await file.close();
	}
}
async function take(folder) {
	if (!await create(folder)) {
		if (!await isOurFolder(folder)) return false;
		const owner = await ownerOf(folder);
		if (owner === void 0 || await lives(owner)) return false;
		const leaving = leavingName(folder);
		if (!await claim(folder, owner) || !await succeeds(rename(folder, leaving))) return false;
		await removeTree(leaving);
		if (!await create(folder)) return false;
	}
	const file = await open(join(folder, "owner"), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 420).catch(() => void 0);
	if (!file) return false;
	const own = {
		pid: process.pid,
		started: await startOf(process.pid)
	};
	try {
		await file.writeFile(`${own.pid} ${own.started}`);
	} finally {
		await file.close();
	}
	if (await succeeds(lstat(join(folder, "claimed")))) return false;
	const owner = await ownerOf(folder);
	return owner?.pid === own.pid && owner.started === own.started;
}
async function sayNoneFree(parent) {
	const folders = Array.from({ length: SLOTS }, (_, slot) => folderOf(parent, slot));
	const held = (await Promise.all(folders.map(isOurFolder))).filter((own) => own).length;
	if (held === 0 && !await succeeds(lstat(folders[0]))) return `No working folder can be made in ${parent}; name a folder that you may write to with TMPDIR.`;
	return `No working folder is free in ${parent}: running gates hold ${held} of ${SLOTS}, and something else takes the other ${SLOTS - held}. Remove ${parent}/perf-verdict-*, or name another folder with TMPDIR.`;
}
async function claim(folder, dead) {
	const path = join(folder, "claimed");
	const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 420).catch(() => void 0);
	await file?.close();
	if (!(file !== void 0 || await ageOf(path) > CLAIM_MILLISECONDS)) return false;
	const owner = await ownerOf(folder);
	if (owner?.pid === dead?.pid && owner?.started === dead?.started && (owner === void 0 || !await lives(owner))) return true;
	await unlink(path).catch(() => void 0);
	return false;
}
const CLAIM_MILLISECONDS = 6e4;
const ageOf = async (path) => lstat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
const leavingName = (folder) => `${folder}.${randomUUID()}`;
const folderOf = (parent, slot) => join(parent, `perf-verdict-${String(slot).padStart(2, "0")}`);
const create = (folder) => succeeds(mkdir(folder, { mode: 457 }));
async function isOurFolder(path) {
	const found = await lstat(path).catch(() => void 0);
	return found?.isDirectory() === true && isOurs(found);
}
const isOurs = ({ uid }) => uid === process.geteuid?.();
async function succeeds(done) {
	return done.then(() => true, () => false);
}
async function lives({ pid, started }) {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (error.code !== "EPERM") return false;
	}
	const now = await startOf(pid);
	return started === void 0 || now === void 0 || now === started;
}
async function startOf(pid) {
	return startIn(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
}
const startIn = (stat) => stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
export { sweepJobGroups as _, removeTree as a, aroundRules as c, sweepAddresses as d, takeJobUsers as f, openJobGroups as g, startHost as h, takeWorkFolder as i, askAddresses as l, recoverThrough as m, removeWorkFolder as n, BY_OWN_NETWORK as o, CLOSED_RANGES as p, sweepWorkFolders as r, NOTHING_TO_CLOSE as s, removeAtExit as t, closeAddresses as u, namesIn as v, textOf$1 as y };
