import { t as counted } from "./text.js";
import { a as INSTALLED_COMMAND, i as HOOK_FILE } from "./host-access.js";
import { a as formatCpuList, c as parseCpuMask, i as healsItself, o as formatCpuMask, s as parseCpuList } from "./scheduling.js";
import { n as success, t as failed } from "./result.js";
import { i as owns, r as knobNamed, t as KNOBS } from "./table.js";
import { c as readTopology, d as errorCode, l as chooseCpus, p as writeOnce, s as readIdleLatency } from "./holder.js";
import { crc32 } from "node:zlib";
import { spawnSync } from "node:child_process";
import { posix } from "node:path";
// src/report/terminal/host-process.ts
const heldBy = (holder) => `The machine is held by ${holder}.`;
const stillHeldBy = (holder) => `The machine is still held by ${holder}; wait for it to end, or run fewer jobs on it.`;
const NOT_HELD = "Nobody holds the machine.";
const noLock = (why) => `The lock cannot be taken: ${why}.`;
const noMachineLock = (why) => `The machine-wide lock cannot be taken: ${why}.`;
function journalSentence(path, state) {
	switch (state.kind) {
		case "stuck": return `The journal ${path} could not be removed (${state.trouble}); remove it by hand.`;
		case "unwritten": return `The journal ${path} could not be written (${state.trouble}).`;
		case "blocks": return `The journal ${path} is not to be trusted (${state.why}), so nothing is tuned; compare the settings that it names with what they should be, then remove it.`;
		case "unreadable": return `The journal ${path} is not to be trusted: ${state.why}.`;
		case "holds": return `The journal ${path} names ${counted(state.settings, "setting")} changed by process ${state.pid} at ${state.startedAt}, which restores what it changed when it ends; if it is gone, run: perf-verdict host recover.`;
	}
}
const NOTHING_WAITS = "No settings wait to be restored.";
const NOTHING_LEFT = "Nothing was left to restore.";
const JOURNAL_OF_EARLIER_BOOT = "A journal of an earlier boot was dropped: the boot reset its settings.";
const NO_BOOT_ID = "The kernel does not give its boot id, without which no journal is safe.";
const restoredSettings = (count, left) => `Restored ${counted(count, "setting")} left by process ${left.pid}, which did not end well after ${left.startedAt}.`;
const wouldRunOn = (pinned, because) => pinned ? `The benchmark would run on ${because}.` : `The benchmark would not be pinned: ${because}.`;
const SETTING_FAULT = {
	"client-gone": "the process that asked is gone",
	"no-effect": "the write had no effect",
	"partition-lost": "the partition did not last until the end, so some rounds may have shared their CPUs with other programs"
};
const madeOtherwise = (present, wanted) => `the kernel made it ${present ?? "something unreadable"} instead of ${wanted}`;
const settingUnread = (path, fault) => fault === void 0 ? `${path} holds nothing that is known` : `${path} cannot be read (${fault})`;
const needsRoot = (verb) => `host ${verb} must run as root; put sudo before it.`;
const SCRIPT_MISSING = "The host script is missing from this distribution; build it (npm run build).";
function installText({ done, troubles }, user) {
	return [
		...done.map((path) => `wrote ${path}`),
		...troubles,
		...troubles.length > 0 ? [] : [`${user} may now run: sudo -n ${INSTALLED_COMMAND} hold|recover|status`],
		`To recover before each job as well, add to the runner's .env: ACTIONS_RUNNER_HOOK_JOB_STARTED=${HOOK_FILE}`,
		""
	].join("\n");
}
function uninstallText({ done, troubles }) {
	if (done.length === 0 && troubles.length === 0) return "Nothing was installed.\n";
	return `${[...done.map((path) => `removed ${path}`), ...troubles].join("\n")}\n`;
}
// src/core/tuning/knobs/report.ts
function reportKnobs(tuned) {
	return [...new Set([
		...tuned.attempts.map(({ setting }) => setting.knob),
		...tuned.already.map(({ knob }) => knob),
		...tuned.left.map(({ knob }) => knob)
	])].map((name) => reportKnob(name, tuned));
}
function reportKnob(name, tuned) {
	const attempts = tuned.attempts.filter(({ setting }) => setting.knob === name);
	const already = tuned.already.filter(({ knob }) => knob === name);
	const left = tuned.left.filter(({ knob }) => knob === name);
	const done = attempts.filter(({ failed }) => failed === void 0).map(({ setting }) => setting);
	const refused = attempts.filter(({ failed, managed }) => failed !== void 0 && !managed);
	const found = [
		...attempts.map(({ setting }) => setting.found),
		...already.map((setting) => setting.found),
		...left.flatMap(({ found: value }) => value ?? [])
	];
	const set = [...done, ...already].map((setting) => setting.set);
	const managed = attempts.filter((attempt) => attempt.managed).length;
	const why = [...new Set([
		...managed > 0 ? [`${managed} of ${attempts.length} stay where the kernel itself has put them`] : [],
		...refused.map(({ setting, failed }) => `${setting.path}: ${failed}`),
		...left.map((item) => item.why)
	])];
	return {
		name,
		...found.length > 0 ? { found: tally(found) } : {},
		...set.length > 0 ? { set: tally(set) } : {},
		...why.length > 0 ? { why: several(why) } : {}
	};
}
function reportReturns(knobs, returns) {
	return knobs.map((knob) => {
		const mine = returns.filter(({ setting }) => setting.knob === knob.name);
		if (mine.length === 0) return knob;
		return {
			...knob,
			restored: mine.every(({ outcome }) => outcome === "restored" || outcome === "already")
		};
	});
}
function describeLeftovers(returns) {
	return returns.flatMap((back) => {
		const sentence = describeLeftover(back);
		return sentence === void 0 ? [] : [sentence];
	});
}
function describeLeftover({ setting, outcome, seen }) {
	const what = `${setting.path} was ${setting.found} before perf-verdict set it to ${setting.set}`;
	switch (outcome) {
		case "restored":
		case "already": return;
		case "changed": return `${what}, but it was changed to ${seen} meanwhile and left at that; set it by hand if that is not intended.`;
		case "gone": return `${what}, and it is no longer there, so it could not be restored; check it when it returns.`;
		case "failed": return `${what} and could not be restored (${seen}); write the old value by hand, or run: perf-verdict host recover.`;
	}
}
function tally(values) {
	const counts = new Map();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const most = [...counts].sort((a, b) => b[1] - a[1]);
	if (most.length === 1) return most[0][0];
	return [...most.slice(0, 3).map(([value, count]) => `${value} (${count})`), ...most.length > 3 ? [`${most.length - 3} more`] : []].join(", ");
}
function several(reasons) {
	const [first, ...rest] = reasons;
	return rest.length === 0 ? first : `${first}; and ${rest.length} more`;
}
// src/core/tuning/knobs/plan.ts
function planSettings(surveys, scene) {
	const settings = [];
	const already = [];
	const left = [];
	for (const { knob, readings, unread } of surveys) {
		if (readings.length === 0 && knob.goesWith === void 0) left.push({
			knob: knob.name,
			absent: unread === void 0,
			why: unread ?? "this machine does not have it"
		});
		for (const reading of readings) {
			const wish = knob.wish(reading, scene);
			const found = reading.value;
			if ("leave" in wish) left.push({
				knob: knob.name,
				absent: false,
				found,
				why: wish.leave
			});
			else {
				const setting = {
					knob: knob.name,
					path: reading.path,
					found,
					set: wish.set
				};
				if (wish.set === found && knob.via !== "guard") already.push(setting);
				else settings.push(setting);
			}
		}
	}
	return {
		settings,
		already,
		left
	};
}
function judgeRestore(knob, setting, present) {
	if (present === setting.found) return "already";
	if (knob.via !== "guard" && present === setting.set) return "write";
	return knob.isOurs?.(present, setting) ? "write" : "changed";
}
// src/core/tuning/knobs/value.ts
function readValue(text, shape) {
	const line = text.split("\n", 1)[0].trim();
	switch (shape) {
		case "choice": return /\[([^\]\s]+)\]/.exec(line)?.[1] ?? word(line);
		case "word": return word(line);
		case "number": return /^-?\d{1,15}$/.test(line) ? `${Number(line)}` : void 0;
		case "mask": {
			const cpus = parseCpuMask(line);
			return cpus && formatCpuMask(cpus);
		}
		case "list": {
			const cpus = parseCpuList(line);
			return cpus && formatCpuList(cpus);
		}
		case "cpuset": return /(?:^|[\s+])cpuset(?:\s|$)/.test(line) ? "+cpuset" : "-cpuset";
	}
}
function readChoices(text) {
	return text.split("\n", 1)[0].split(/\s+/).map((choice) => choice.replace(/^\[(.*)\]$/, "$1")).filter((choice) => choice !== "");
}
function word(line) {
	return /^\S+$/.test(line) ? line : void 0;
}
// src/shell/host/journal-text.ts
const FORMAT = "perf-verdict-journal-1";
const MOST_CHARACTERS = 4e6;
function encodeJournal(journal) {
	const { settings, ...head } = journal;
	const lines = [];
	let checksum = "";
	for (const record of [
		{
			format: FORMAT,
			...head
		},
		...settings,
		{ end: settings.length }
	]) {
		const json = JSON.stringify(record);
		checksum = checksumOf(checksum + json);
		lines.push(`${checksum} ${json}\n`);
	}
	return lines.join("");
}
function decodeJournal(text) {
	if (text.length > MOST_CHARACTERS) return failed({ why: "it is too long" });
	const lines = text.split("\n");
	if (lines.pop() !== "") return unsound("its last line is cut off", text);
	let checksum = "";
	const records = [];
	for (const [index, line] of lines.entries()) {
		const record = readRecord(line, checksum);
		if (record === void 0) return unsound(`line ${index + 1} does not match its checksum`, text);
		records.push(record);
		checksum = line.slice(0, 8);
	}
	return interpret(records);
}
function checksumOf(text) {
	return crc32(text).toString(16).padStart(8, "0");
}
function readRecord(line, checksum) {
	const json = line.slice(9);
	if (line[8] !== " " || checksumOf(checksum + json) !== line.slice(0, 8)) return void 0;
	try {
		return JSON.parse(json);
	} catch {
		return;
	}
}
function interpret(records) {
	const head = records[0];
	if (!isHead(head)) return failed({ why: "it does not begin as a journal of this version" });
	const { bootId, pid, startedAt } = head;
	const settings = records.slice(1, -1);
	const last = records.at(-1);
	if (!isEnd(last) || last.end !== settings.length) return failed({
		why: "its end is missing",
		bootId
	});
	const strange = settings.findIndex((setting) => !isSetting(setting));
	if (strange >= 0) return failed({
		why: `line ${strange + 2} names no setting that perf-verdict changes`,
		bootId
	});
	return success({
		bootId,
		pid,
		startedAt,
		settings: settings.filter(isSetting)
	});
}
function unsound(why, text) {
	const head = readRecord(text.split("\n", 1)[0], "");
	return failed({
		why,
		...isHead(head) ? { bootId: head.bootId } : {}
	});
}
function isHead(record) {
	return isRecord(record) && record.format === FORMAT && typeof record.bootId === "string" && /^[0-9a-f-]{36}$/.test(record.bootId) && Number.isSafeInteger(record.pid) && typeof record.startedAt === "string";
}
function isEnd(record) {
	return isRecord(record) && typeof record.end === "number";
}
function isSetting(record) {
	if (!isRecord(record)) return false;
	const { knob: name, path, found, set } = record;
	if (typeof name !== "string" || typeof path !== "string") return false;
	if (typeof found !== "string" || typeof set !== "string") return false;
	const knob = knobNamed(name);
	return knob !== void 0 && !healsItself(knob) && (knob.via === "service" ? knob.files.includes(path) : owns(knob, path)) && knob.grammar.test(found) && knob.grammar.test(set);
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/flow/host/survey-knobs.ts
function surveyKnobs(knobs, ports) {
	return knobs.map((knob) => {
		if (knob.via === "service") return surveyService(knob, ports);
		if (knob.via === "client") return surveyClient(knob, ports);
		if (knob.via === "group") return surveyGroup(knob, ports);
		for (const pattern of knob.files) {
			const paths = ports.settings.expand(pattern);
			if (paths.length === 0) continue;
			const readings = paths.map((path) => readSetting(knob, path, ports));
			const good = readings.flatMap((reading) => reading.ok ? [reading.value] : []);
			const bad = readings.find((reading) => !reading.ok);
			return {
				knob,
				readings: good,
				...bad ? { unread: bad.fault } : {}
			};
		}
		return {
			knob,
			readings: []
		};
	});
}
function surveyService(knob, ports) {
	return {
		knob,
		readings: knob.files.flatMap((path) => {
			const state = ports.services.state(path.replace("service:", ""));
			return state === "active" || state === "inactive" ? [{
				path,
				value: state,
				choices: [],
				related: {}
			}] : [];
		})
	};
}
function surveyClient(knob, ports) {
	const readings = knob.files.flatMap((path) => {
		const value = ports.client.value(rightOf(path));
		return value === void 0 ? [] : [{
			path,
			value,
			choices: [],
			related: {}
		}];
	});
	return {
		knob,
		readings,
		...readings.length > 0 ? {} : { unread: SETTING_FAULT["client-gone"] }
	};
}
function rightOf(path) {
	return path === "client:nice" ? "nice" : "real-time";
}
function surveyGroup(knob, ports) {
	for (const path of knob.files) {
		const value = ports.groups.state(path);
		if (value !== void 0) return {
			knob,
			readings: [{
				path,
				value,
				choices: [],
				related: readRelated(knob, path, ports)
			}]
		};
	}
	return {
		knob,
		readings: []
	};
}
function readSetting(knob, path, ports) {
	const read = knob.via === "held" ? ports.settings.readDevice(path) : ports.settings.read(path);
	if (!read.ok) return failed(settingUnread(path, read.fault));
	const value = readValue(read.value, knob.shape);
	if (value === void 0 || !knob.grammar.test(value)) return failed(settingUnread(path, void 0));
	return success({
		path,
		value,
		choices: readChoices(read.value),
		related: readRelated(knob, path, ports)
	});
}
function readRelated(knob, path, ports) {
	const folder = path.slice(0, path.lastIndexOf("/"));
	const number = /(\d+)\/[^/]*$/.exec(path)?.[1] ?? "";
	const found = Object.entries(knob.related ?? {}).flatMap(([label, template]) => {
		const other = ports.settings.read(template.replace("{dir}", folder).replace("{n}", number));
		return other.ok ? [[label, other.value.trim()]] : [];
	});
	return Object.fromEntries(found);
}
function readScene({ settings, client }, cpus = 1) {
	const topology = readTopology(settings);
	const choice = chooseCpus(topology, cpus);
	const idleLatency = readIdleLatency(settings);
	return {
		scene: {
			online: topology.cpus.map(({ id }) => id),
			chosen: choice.chosen,
			quiet: choice.quiet,
			asRoot: client.isRoot(),
			...idleLatency === void 0 ? {} : { idleLatency }
		},
		choice,
		topology
	};
}
// src/core/tuning/knob-state.ts
function knobStates(surveys, scene) {
	return surveys.filter(({ knob }) => knob.goesWith === void 0).map((survey) => {
		const plan = planSettings([survey], scene);
		const [row] = reportKnobs({
			attempts: plan.settings.map((setting) => ({ setting })),
			already: plan.already,
			left: plan.left
		});
		const settable = plan.settings.length > 0;
		const quiet = !settable && plan.already.length > 0;
		const absent = plan.left.some((left) => left.absent);
		return {
			knob: survey.knob,
			state: settable ? "settable" : quiet ? "quiet" : absent ? "absent" : "left",
			...row?.found === void 0 ? {} : { found: row.found },
			...row?.set === void 0 ? {} : { wanted: row.set },
			...row?.why === void 0 ? {} : { why: row.why }
		};
	});
}
function describeKnobs(states) {
	const width = Math.max(...states.map(({ knob }) => knob.name.length));
	return states.map((state) => `${state.knob.name.padEnd(width)}  ${describeState(state)}`);
}
function describeState({ state, found, wanted, why }) {
	switch (state) {
		case "quiet": return `${found}, as wanted`;
		case "settable": return `${found}, would be ${wanted}`;
		case "left": return `${found ?? "unread"}, stays: ${why}`;
		case "absent": return "not here";
	}
}
// src/flow/host/status.ts
function readKnobStates(ports, scene) {
	return knobStates(surveyKnobs(KNOBS, ports), scene);
}
function describeStatus(ports) {
	const { scene, choice } = readScene(ports);
	const holder = ports.lock.holder();
	return [
		holder === void 0 ? NOT_HELD : heldBy(holder),
		describeJournal(ports),
		wouldRunOn(choice.chosen.length > 0, choice.because),
		"",
		...describeKnobs(readKnobStates(ports, scene)),
		""
	].join("\n");
}
function describeJournal(ports) {
	const loaded = ports.journal.load();
	const { path } = ports.journal;
	if (!loaded.ok) return journalSentence(path, {
		kind: "unreadable",
		why: loaded.fault
	});
	if (loaded.value === void 0) return NOTHING_WAITS;
	const decoded = decodeJournal(loaded.value);
	if (!decoded.ok) return journalSentence(path, {
		kind: "unreadable",
		why: decoded.fault.why
	});
	const { pid, startedAt, settings } = decoded.value;
	return journalSentence(path, {
		kind: "holds",
		settings: settings.length,
		pid,
		startedAt
	});
}
// src/shell/host/client.ts
const ENVIRONMENT = {
	PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
	LC_ALL: "C"
};
const MOST_HOPS = 3;
const NICE = 19;
const START = 22;
const REAL_TIME_PRIORITY = 40;
function clientOf(files, asker = process.ppid, tools = "/usr/bin") {
	const lent = [];
	let found;
	const find = () => found ??= findClient(files, asker);
	return {
		value: (right) => {
			const client = find();
			return client && readStat(files, client.pid, right === "nice" ? NICE : REAL_TIME_PRIORITY);
		},
		lend(right, value) {
			const client = find();
			if (client === void 0) return "the process that asked is gone";
			const asRoot = readUid(files, client.pid) === 0;
			const refused = right === "real-time" ? tryRealTime(tools, value) : asRoot ? tryNice(tools, value) : void 0;
			if (refused !== void 0 || asRoot) return refused;
			const option = right === "nice" ? "--nice" : "--rtprio";
			const before = readLimit(files, client.pid, right);
			const failed = setLimit({
				tools,
				pid: client.pid
			}, option, `${right === "nice" ? 20 - value : value}`);
			if (failed === void 0 && before !== void 0) lent.push({
				option,
				before
			});
			return failed;
		},
		isRoot: () => {
			const client = find();
			return client !== void 0 && readUid(files, client.pid) === 0;
		},
		takeBack() {
			if (found === void 0 || readStat(files, found.pid, START) !== found.startedAt) return;
			for (const { option, before } of lent.splice(0)) setLimit({
				tools,
				pid: found.pid
			}, option, before);
		}
	};
}
function findClient(files, asker) {
	let pid = asker;
	for (let hops = 0; hops < MOST_HOPS && isSudo(files, pid); hops++) pid = parentOf(files, pid) ?? 0;
	const startedAt = readStat(files, pid, START);
	return pid <= 1 || startedAt === void 0 ? void 0 : {
		pid,
		startedAt
	};
}
function isSudo(files, pid) {
	return textOf(files, `/proc/${pid}/comm`).trim() === "sudo" && readUid(files, pid) === 0;
}
function tryRealTime(tools, priority) {
	return run(`${tools}/chrt`, [
		"--rr",
		`${priority}`,
		`${tools}/true`
	]);
}
function tryNice(tools, value) {
	return run("/bin/sh", [
		"-c",
		"\"$1\" -n \"$2\" -p $$",
		"try",
		`${tools}/renice`,
		`${value}`
	]);
}
function setLimit({ tools, pid }, option, value) {
	return run(`${tools}/prlimit`, [
		"--pid",
		`${pid}`,
		`${option}=${value}`
	]);
}
function run(tool, args) {
	const { status, stderr, error } = spawnSync(tool, args, {
		encoding: "utf8",
		env: ENVIRONMENT,
		stdio: [
			"ignore",
			"ignore",
			"pipe"
		],
		timeout: 1e4
	});
	return status === 0 ? void 0 : error?.message ?? (stderr.trim().split("\n")[0] || `${tool} failed`);
}
function readLimit(files, pid, right) {
	const row = new RegExp(`^${right === "nice" ? "Max nice priority" : "Max realtime priority"}\\s+(\\d+|unlimited)\\s+(\\d+|unlimited)`, "m").exec(textOf(files, `/proc/${pid}/limits`));
	return row ? `${row[1]}:${row[2]}` : void 0;
}
function parentOf(files, pid) {
	const parent = /^PPid:\s+(\d+)$/m.exec(textOf(files, `/proc/${pid}/status`))?.[1];
	return parent === void 0 ? void 0 : Number(parent);
}
function readUid(files, pid) {
	const uid = /^Uid:\s+\d+\s+(\d+)\s/m.exec(textOf(files, `/proc/${pid}/status`))?.[1];
	return uid === void 0 ? void 0 : Number(uid);
}
function readStat(files, pid, field) {
	const stat = textOf(files, `/proc/${pid}/stat`);
	return stat.slice(stat.lastIndexOf(")") + 1).trim().split(" ")[field - 3];
}
function textOf(files, path) {
	const read = files.read(path);
	return read.ok ? read.value : "";
}
// src/shell/host/cpuset.ts
const TRIES = 50;
const PAUSE_MILLISECONDS = 20;
function groupsUnder(root, fs, pause) {
	const at = (path) => posix.join(root, path);
	return {
		state: (path) => {
			if (!fs.existsSync(at(posix.join(posix.dirname(path), "cgroup.controllers")))) return void 0;
			return fs.existsSync(at(path)) ? readState$1(fs, at(path)) : "absent";
		},
		make: (path, cpus) => {
			const failed = attempt(() => makePartition(fs, at(path), cpus));
			if (failed !== void 0) attempt(() => fs.rmdirSync(at(path)));
			return failed;
		},
		isWhole: (path) => partitionState(fs, at(path)) === "isolated",
		remove: (path) => {
			let failed;
			for (let tries = 0; tries < TRIES; tries++) {
				if (tries > 0) pause(PAUSE_MILLISECONDS);
				attempt(() => writeOnce(fs, `${at(path)}/cgroup.kill`, "1"));
				failed = attempt(() => removeGroup(fs, at(path)));
				if (failed === void 0 || failed === "ENOENT") return void 0;
				if (failed !== "EBUSY") return failed;
			}
			return failed;
		}
	};
}
function readState$1(fs, folder) {
	return readLine(fs, `${folder}/cpuset.cpus`) || "empty";
}
function makePartition(fs, folder, cpus) {
	fs.mkdirSync(folder, { mode: 493 });
	writeOnce(fs, `${folder}/cpuset.cpus`, cpus);
	writeOnce(fs, `${folder}/cpuset.cpus.partition`, "isolated");
	const state = partitionState(fs, folder);
	if (state !== "isolated") throw new Error(`the kernel says: ${state}`);
}
function partitionState(fs, folder) {
	return readLine(fs, `${folder}/cpuset.cpus.partition`);
}
function readLine(fs, path) {
	try {
		return fs.readFileSync(path, "utf8").trim();
	} catch (error) {
		return errorCode(error);
	}
}
function removeGroup(fs, folder) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) fs.rmdirSync(`${folder}/${entry.name}`);
	fs.rmdirSync(folder);
}
function attempt(work) {
	try {
		work();
		return;
	} catch (error) {
		return error instanceof Error && !("code" in error) ? error.message : errorCode(error);
	}
}
// src/shell/host/services.ts
function servicesUnder(root, fs) {
	const systemctl = posix.join(root, "/usr/bin/systemctl");
	const booted = () => fs.existsSync(posix.join(root, "/run/systemd/system")) && fs.existsSync(systemctl);
	const ask = (args) => spawnSync(systemctl, args, {
		encoding: "utf8",
		timeout: 2e4,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		],
		env: {
			PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
			LC_ALL: "C"
		}
	});
	const order = (verb, name) => {
		const { status, stderr } = ask([verb, `${name}.service`]);
		return status === 0 ? void 0 : stderr.trim().split("\n")[0] || `systemctl ${verb} failed`;
	};
	return {
		state: (name) => booted() ? readState(ask([
			"show",
			"--property=LoadState,ActiveState",
			`${name}.service`
		])) : "absent",
		stop: (name) => order("stop", name),
		start: (name) => order("start", name)
	};
}
function readState({ status, stdout }) {
	const value = (property) => new RegExp(`^${property}=(.*)$`, "m").exec(stdout)?.[1];
	const load = value("LoadState");
	if (status !== 0 || load === void 0 || load === "not-found") return "absent";
	const active = [
		"active",
		"activating",
		"reloading"
	].includes(value("ActiveState") ?? "");
	if (load === "masked" && !active) return "masked";
	return active ? "active" : "inactive";
}
export { stillHeldBy as A, installText as C, noLock as D, needsRoot as E, noMachineLock as O, heldBy as S, madeOtherwise as T, JOURNAL_OF_EARLIER_BOOT as _, readKnobStates as a, SCRIPT_MISSING as b, surveyKnobs as c, readValue as d, judgeRestore as f, reportReturns as g, reportKnobs as h, describeStatus as i, uninstallText as j, restoredSettings as k, decodeJournal as l, describeLeftovers as m, groupsUnder as n, readScene as o, planSettings as p, clientOf as r, rightOf as s, servicesUnder as t, encodeJournal as u, NOTHING_LEFT as v, journalSentence as w, SETTING_FAULT as x, NO_BOOT_ID as y };
