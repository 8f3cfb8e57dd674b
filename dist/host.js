import { n as success, t as failed } from "./chunks/result.js";
import { c as SUDOERS_FILE, d as installedFiles, f as isInstalledPath, l as UNIT_FILE, m as sudoersFile, n as findHostScript, o as INSTALLED_FOLDER, p as isUserName, s as MANIFEST_FILE, u as UNIT_LINK } from "./chunks/host-access.js";
import { a as HOST_FOLDER, d as errorCode, f as settingsUnder, g as parseProfile, h as knobsOf, i as writeHolder, n as readHolder, o as openHostFolder, r as removeHolder, t as describeHolder } from "./chunks/holder.js";
import { A as stillHeldBy, C as installText, D as noLock, E as needsRoot, O as noMachineLock, S as heldBy, T as madeOtherwise, _ as JOURNAL_OF_EARLIER_BOOT, b as SCRIPT_MISSING, c as surveyKnobs, d as readValue, f as judgeRestore, g as reportReturns, h as reportKnobs, i as describeStatus, j as uninstallText, k as restoredSettings, l as decodeJournal, m as describeLeftovers, n as groupsUnder, o as readScene, p as planSettings, r as clientOf, s as rightOf, t as servicesUnder, u as encodeJournal, v as NOTHING_LEFT, w as journalSentence, x as SETTING_FAULT, y as NO_BOOT_ID } from "./chunks/services.js";
import { a as formatCpuList, i as healsItself, l as without } from "./chunks/scheduling.js";
import { a as faultsOf, i as schedulingOf, n as tuningLimitations } from "./chunks/tuning.js";
import { r as knobNamed } from "./chunks/table.js";
import * as fs from "node:fs";
import { constants, readFileSync, writeSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { basename, dirname, join, normalize, posix } from "node:path";
// src/core/tuning/host-arguments.ts
const HOST_USAGE = `perf-verdict host: use one of
  hold PROFILE [CPUS]               tune, say ready, hold until standard input closes, put everything back
                                    (PROFILE: auto, required, or names of knobs divided by commas;
                                    CPUS for the benchmark: a number, else 1, or all)
  recover [--json]                  restore what a killed run left
  status                            who holds the machine, and every setting as it is and as it would be
  install [--user NAME]             let NAME (else the user of sudo) use hold, recover and status through sudo
  uninstall                         remove what install wrote
  (install and uninstall take --prefix DIR to work on another root folder)`;
function readArguments(args, caller) {
	const [verb, ...rest] = args;
	switch (verb) {
		case "hold": return readHold(rest);
		case "recover": {
			const json = rest[0] === "--json";
			return rest.length === (json ? 1 : 0) ? success({
				verb,
				json
			}) : usage("recover takes only --json");
		}
		case "status": return rest.length === 0 ? success({ verb }) : usage("status takes no arguments");
		case "install":
		case "uninstall": return readInstall(verb, rest, caller.sudoUser);
		default:
			if (verb === void 0) return usage("host needs a word that says what to do");
			return usage(`host does not know ${JSON.stringify(verb.slice(0, 40))}`);
	}
}
function readHold(rest) {
	const [text, count = "1", ...more] = rest;
	if (text === void 0 || more.length > 0) return usage("hold takes a PROFILE and a number of CPUS");
	if (count !== "all" && !/^[1-9]\d{0,4}$/.test(count)) return usage("CPUS must be a number or all");
	const profile = parseProfile(text);
	const cpus = count === "all" ? count : Number(count);
	return profile.ok ? success({
		verb: "hold",
		profile: profile.value,
		cpus
	}) : profile;
}
function readInstall(verb, rest, sudoUser) {
	const options = new Map();
	for (let index = 0; index < rest.length; index += 2) {
		const [name, value] = [rest[index], rest[index + 1]];
		if (!(name === "--prefix" || name === "--user" && verb === "install") || value === void 0 || options.has(name)) return usage(`${verb} does not understand ${name}`);
		options.set(name, value);
	}
	const prefix = options.get("--prefix") ?? "/";
	if (!prefix.startsWith("/")) return usage("--prefix must be an absolute path");
	if (verb === "uninstall") return success({
		verb,
		prefix
	});
	const user = options.get("--user") ?? sudoUser;
	if (user === void 0) return usage("install needs --user NAME, the user that the runner works as");
	if (!isUserName(user)) return usage(`${JSON.stringify(user.slice(0, 40))} is not a user name that sudoers can hold`);
	return success({
		verb,
		user,
		prefix
	});
}
function usage(fault) {
	return failed([`${fault}.\n${HOST_USAGE}`]);
}
// src/shell/host/install.ts
function install(request) {
	const { prefix, user } = request;
	const before = readManifest(prefix);
	const written = [];
	const put = (path, mode, content) => {
		writeWhole(join(prefix, path), mode, content);
		written.push(path);
	};
	for (const [name, content] of programFiles(request.program)) put(join(INSTALLED_FOLDER, name), 420, content);
	const node = installNode(request, put);
	for (const { path, mode, text } of installedFiles(node)) put(path, mode, text);
	const troubles = installSudoers(prefix, sudoersFile(user), put);
	linkUnit(prefix);
	written.push(UNIT_LINK);
	put(MANIFEST_FILE, 420, `${[...written, MANIFEST_FILE].join("\n")}\n`);
	for (const path of before) if (!written.includes(path)) remove(join(prefix, path), fs.unlinkSync);
	reloadUnits(prefix);
	return {
		done: written.map((path) => join(prefix, path)),
		troubles
	};
}
function uninstall(prefix) {
	const paths = readManifest(prefix);
	if (paths.length === 0) return {
		done: [],
		troubles: []
	};
	const done = [...paths.filter((path) => path !== MANIFEST_FILE), MANIFEST_FILE].map((path) => join(prefix, path)).filter((path) => remove(path, fs.unlinkSync));
	const folder = join(prefix, INSTALLED_FOLDER);
	for (const empty of [join(folder, "chunks"), folder]) remove(empty, fs.rmdirSync);
	reloadUnits(prefix);
	return {
		done,
		troubles: (fs.existsSync(folder) ? fs.readdirSync(folder) : []).map((name) => `${join(folder, name)} was not made by Perf Verdict, so it was left; remove it by hand.`)
	};
}
function readManifest(prefix) {
	const manifest = join(prefix, MANIFEST_FILE);
	return fs.existsSync(manifest) ? fs.readFileSync(manifest, "utf8").split("\n").filter(isInstalledPath) : [];
}
function installNode({ node }, put) {
	const real = fs.realpathSync(node);
	if (onlyRootCanChange(real)) return real;
	const copy = join(INSTALLED_FOLDER, "node");
	put(copy, 493, fs.readFileSync(real));
	return copy;
}
function onlyRootCanChange(path) {
	const { uid, mode } = fs.statSync(path);
	return uid === 0 && (mode & 18) === 0 && (path === "/" || onlyRootCanChange(dirname(path)));
}
function installSudoers(prefix, file, put) {
	const visudo = ["/usr/sbin/visudo", "/usr/bin/visudo"].flatMap((path) => [join(prefix, path), path]).find((path) => fs.existsSync(path));
	if (visudo === void 0) return [`sudo is not installed (no visudo), so ${SUDOERS_FILE} was not written; install sudo and run this again.`];
	const folder = fs.mkdtempSync(join(prefix, "tmp-perf-verdict-"));
	try {
		const draft = join(folder, basename(file.path));
		writeWhole(draft, file.mode, file.text);
		const { status, stdout, stderr } = spawnSync(visudo, [
			"-c",
			"-f",
			draft
		], { encoding: "utf8" });
		if (status !== 0) return [`visudo does not accept ${SUDOERS_FILE} (${`${stdout}${stderr}`.trim()}), so it was not written; please report it.`];
		put(file.path, file.mode, file.text);
		return [];
	} finally {
		fs.rmSync(folder, {
			recursive: true,
			force: true
		});
	}
}
function linkUnit(prefix) {
	const link = join(prefix, UNIT_LINK);
	fs.mkdirSync(dirname(link), { recursive: true });
	remove(link, fs.unlinkSync);
	fs.symlinkSync(UNIT_FILE, link);
}
function reloadUnits(prefix) {
	if (prefix !== "/" || !fs.existsSync("/run/systemd/system")) return;
	spawnSync("/usr/bin/systemctl", ["daemon-reload"], { stdio: "ignore" });
}
function writeWhole(path, mode, content) {
	fs.mkdirSync(dirname(path), {
		recursive: true,
		mode: 493
	});
	const aside = `${path}.new`;
	fs.rmSync(aside, { force: true });
	fs.writeFileSync(aside, content, {
		mode,
		flag: "wx"
	});
	fs.chmodSync(aside, mode);
	fs.renameSync(aside, path);
}
function remove(path, how) {
	try {
		how(path);
		return true;
	} catch (error) {
		if ([
			"ENOENT",
			"ENOTEMPTY",
			"EEXIST"
		].includes(errorCode(error))) return false;
		throw error;
	}
}
function programFiles(program) {
	const folder = dirname(program);
	const files = new Map([["package.json", "{ \"type\": \"module\" }\n"]]);
	const waiting = ["host.js"];
	for (let name = waiting.pop(); name !== void 0; name = waiting.pop()) {
		if (files.has(name)) continue;
		const text = readFileSync(name === "host.js" ? program : join(folder, name), "utf8");
		files.set(name, text);
		for (const imported of importsOf(text)) waiting.push(normalize(join(dirname(name), imported)));
	}
	return files;
}
function importsOf(text) {
	return [...text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from\s*)?["'](\.[^"']+)["']/gm)].map((match) => match[1]);
}
// src/flow/host/recover.ts
const BOOT_ID = "/proc/sys/kernel/random/boot_id";
function readBootId(ports) {
	const read = ports.settings.read(BOOT_ID);
	const id = read.ok ? read.value.trim() : "";
	return /^[0-9a-f-]{36}$/.test(id) ? id : void 0;
}
function recover(ports) {
	const { path } = ports.journal;
	const loaded = ports.journal.load();
	if (!loaded.ok) return {
		outcome: "blocked",
		notes: [journalSentence(path, {
			kind: "blocks",
			why: loaded.fault
		})]
	};
	if (loaded.value === void 0) return {
		outcome: "nothing",
		notes: []
	};
	const decoded = decodeJournal(loaded.value);
	const boot = decoded.ok ? decoded.value.bootId : decoded.fault.bootId;
	const now = readBootId(ports);
	if (boot !== void 0 && now !== void 0 && boot !== now) return clear(ports, "nothing", [JOURNAL_OF_EARLIER_BOOT]);
	if (!decoded.ok) return {
		outcome: "blocked",
		notes: [journalSentence(path, {
			kind: "blocks",
			why: decoded.fault.why
		})]
	};
	const returns = restoreAll(decoded.value.settings, ports);
	const leftovers = describeLeftovers(returns);
	if (returns.some(({ outcome }) => outcome === "failed")) return {
		outcome: "blocked",
		notes: leftovers
	};
	const count = returns.filter(({ outcome }) => outcome === "restored").length;
	return clear(ports, "restored", [restoredSettings(count, decoded.value), ...leftovers]);
}
function restoreAll(settings, ports) {
	return settings.toReversed().map((setting) => restoreOne(setting, ports));
}
function restoreOne(setting, ports) {
	const knob = knobNamed(setting.knob);
	if (knob.via === "service") return restoreService(setting, ports);
	if (knob.via === "group") return removeGroup(setting, ports);
	let failure = "";
	for (let attempt = 0; attempt < 3; attempt++) {
		if (attempt > 0) ports.pause(20);
		const read = ports.settings.read(setting.path);
		if (!read.ok) {
			if (read.fault === "ENOENT") return {
				setting,
				outcome: "gone"
			};
			failure = read.fault;
			continue;
		}
		const present = readValue(read.value, knob.shape) ?? "";
		const judgement = judgeRestore(knob, setting, present);
		if (judgement === "changed") return {
			setting,
			outcome: "changed",
			seen: JSON.stringify(present)
		};
		if (judgement === "already") return {
			setting,
			outcome: attempt > 0 ? "restored" : "already"
		};
		if (attempt > 0 && knob.master !== void 0) ports.settings.write(knob.master, "1");
		failure = ports.settings.write(setting.path, setting.found) ?? "";
		if (failure === "" && holds(setting, ports)) return {
			setting,
			outcome: "restored"
		};
	}
	return {
		setting,
		outcome: "failed",
		seen: failure || SETTING_FAULT["no-effect"]
	};
}
function holds(setting, ports) {
	const read = ports.settings.read(setting.path);
	return read.ok && readValue(read.value, knobNamed(setting.knob).shape) === setting.found;
}
function restoreService(setting, ports) {
	const name = setting.path.replace("service:", "");
	if (setting.found !== "active") return {
		setting,
		outcome: "already"
	};
	const state = ports.services.state(name);
	if (state === "absent") return {
		setting,
		outcome: "gone"
	};
	if (state === "masked") return {
		setting,
		outcome: "changed",
		seen: "masked"
	};
	const failure = ports.services.start(name);
	return failure === void 0 ? {
		setting,
		outcome: "restored"
	} : {
		setting,
		outcome: "failed",
		seen: failure
	};
}
function removeGroup(setting, ports) {
	const state = ports.groups.state(setting.path);
	if (state === void 0 || state === setting.found) return {
		setting,
		outcome: "already"
	};
	const failure = ports.groups.remove(setting.path);
	return failure === void 0 ? {
		setting,
		outcome: "restored"
	} : {
		setting,
		outcome: "failed",
		seen: failure
	};
}
function clear(ports, outcome, notes) {
	const trouble = ports.journal.clear();
	if (trouble === void 0) return {
		outcome,
		notes
	};
	const note = journalSentence(ports.journal.path, {
		kind: "stuck",
		trouble
	});
	return {
		outcome: "blocked",
		notes: [...notes, note]
	};
}
// src/flow/host/tune.ts
function tune(knobs, scene, ports) {
	const plan = planSettings(surveyKnobs(knobs, ports), scene);
	const healing = plan.settings.filter((setting) => healsItself(knobNamed(setting.knob)));
	const journaled = plan.settings.filter((setting) => !healing.includes(setting));
	const blocked = journaled.length === 0 ? void 0 : writeJournal(journaled, ports);
	const attempts = plan.settings.map((setting) => {
		if (healing.includes(setting)) return hold$1(setting, ports);
		return blocked === void 0 ? set(setting, ports) : {
			setting,
			failed: blocked
		};
	});
	return {
		tuned: {
			attempts,
			already: plan.already,
			left: plan.left
		},
		journaled: blocked === void 0 ? journaled : [],
		healing: attempts.filter(({ setting, failed }) => healing.includes(setting) && failed === void 0).map(({ setting }) => setting.knob),
		...blocked === void 0 ? {} : { blocked }
	};
}
function writeJournal(settings, ports) {
	const bootId = readBootId(ports);
	if (bootId === void 0) return NO_BOOT_ID;
	const text = encodeJournal({
		bootId,
		pid: ports.pid,
		startedAt: ports.date(),
		settings
	});
	const trouble = ports.journal.save(text);
	if (trouble === void 0) return void 0;
	ports.journal.clear();
	return journalSentence(ports.journal.path, {
		kind: "unwritten",
		trouble
	});
}
function hold$1(setting, ports) {
	const value = Number(setting.set);
	const failed = knobNamed(setting.knob).via === "client" ? ports.client.lend(rightOf(setting.path), value) : ports.settings.holdDevice(setting.path, value);
	return failed === void 0 ? { setting } : {
		setting,
		failed
	};
}
function set(setting, ports) {
	const knob = knobNamed(setting.knob);
	if (knob.via === "guard") return { setting };
	if (knob.via === "service" || knob.via === "group") {
		const failed = knob.via === "group" ? ports.groups.make(setting.path, setting.set) : ports.services.stop(setting.path.replace("service:", ""));
		return failed === void 0 ? { setting } : {
			setting,
			failed
		};
	}
	const failed = writeWithPatience(setting, ports);
	if (failed !== void 0) return {
		setting,
		failed,
		managed: knob.name === "irq-affinity" && /^(EIO|EPERM)$/.test(failed)
	};
	const read = ports.settings.read(setting.path);
	const present = read.ok ? readValue(read.value, knob.shape) : void 0;
	if (present === setting.set) return { setting };
	ports.settings.write(setting.path, setting.found);
	return {
		setting,
		failed: madeOtherwise(present, setting.set)
	};
}
function writeWithPatience(setting, ports) {
	let failed;
	for (let attempt = 0; attempt < 3; attempt++) {
		if (attempt > 0) ports.pause(20);
		failed = ports.settings.write(setting.path, setting.set);
		if (failed === void 0 || !/^(EBUSY|EAGAIN|EINTR)$/.test(failed)) return failed;
	}
	return failed;
}
// src/flow/host/hold.ts
const EXIT = {
	well: 0,
	leftover: 1,
	refused: 2,
	busy: 3
};
async function hold(profile, ports, cpus = 1) {
	const { control } = ports;
	const lock = await takeMachine(ports);
	if (lock.kind === "busy") {
		const faults = [stillHeldBy(lock.holder)];
		control.emit({
			event: "refused",
			reason: "busy",
			faults
		});
		return EXIT.busy;
	}
	const recovery = lock.kind === "held" ? recover(ports) : {
		outcome: "blocked",
		notes: [noMachineLock(lock.why)]
	};
	const { scene, choice } = readScene(ports, cpus);
	ports.standAside(formatCpuList(others(scene)));
	try {
		return await holdTuned({
			profile,
			recovery,
			choice,
			scene
		}, ports);
	} catch (error) {
		if (recovery.outcome !== "blocked") recover(ports);
		throw error;
	}
}
async function holdTuned({ profile, recovery, choice, scene }, ports) {
	const blocked = recovery.outcome === "blocked";
	const tuning = blocked ? untuned(recovery.notes) : tune(knobsOf(profile), scene, ports);
	const knobs = reportKnobs(tuning.tuned);
	const faults = faultsOf(profile, tuning);
	if (faults.length > 0) {
		const { leftovers } = putBack(tuning, knobs, ports);
		ports.control.emit({
			event: "refused",
			reason: "input",
			faults: [...faults, ...leftovers]
		});
		return EXIT.refused;
	}
	ports.control.emit({
		event: "ready",
		protocol: 2,
		knobs,
		limitations: tuningLimitations(tuning, choice),
		...schedulingOf(tuning.tuned, choice),
		notes: blocked ? [] : recovery.notes
	});
	await aborted(ports.control.released);
	const { failed, ...returned } = putBack(tuning, knobs, ports);
	ports.lock.leave();
	ports.control.emit({
		event: "released",
		...returned
	});
	return failed ? EXIT.leftover : EXIT.well;
}
function putBack(tuning, knobs, ports) {
	const parted = tuning.tuned.attempts.find(({ setting, failed }) => setting.knob === "cpuset" && failed === void 0);
	const lost = parted !== void 0 && !ports.groups.isWhole(parted.setting.path);
	ports.client.takeBack();
	const returns = restoreAll(tuning.journaled, ports);
	const unreturned = returns.some(({ outcome }) => outcome === "failed");
	const trouble = unreturned || tuning.journaled.length === 0 ? void 0 : ports.journal.clear();
	return {
		knobs: reportReturns(knobs, returns).map((knob) => tuning.healing.includes(knob.name) ? {
			...knob,
			restored: true
		} : knob).map((knob) => lost && knob.name === "cpuset" ? {
			...knob,
			lasted: false,
			why: SETTING_FAULT["partition-lost"]
		} : knob),
		leftovers: [...describeLeftovers(returns), ...trouble === void 0 ? [] : [journalSentence(ports.journal.path, {
			kind: "stuck",
			trouble
		})]],
		failed: unreturned || trouble !== void 0
	};
}
function others({ online, quiet, chosen }) {
	const away = without(online, quiet);
	return away.length > 0 ? away : without(online, chosen);
}
function untuned(notes) {
	return {
		tuned: {
			attempts: [],
			already: [],
			left: []
		},
		journaled: [],
		healing: [],
		blocked: notes.join(" ")
	};
}
function aborted(signal) {
	return new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener("abort", () => resolve());
	});
}
const LONGEST_WAIT_SECONDS = 7200;
async function takeMachine(ports) {
	const first = ports.lock.tryTake();
	if (first.kind !== "busy") return first;
	const started = performance.now();
	const say = () => {
		const seconds = Math.round((performance.now() - started) / 1e3);
		ports.control.emit({
			event: "waiting",
			holder: ports.lock.holder() ?? first.holder,
			seconds
		});
	};
	say();
	const heartbeat = setInterval(say, 1e4);
	const patience = AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1e3);
	try {
		return await ports.lock.take(AbortSignal.any([ports.control.released, patience]));
	} finally {
		clearInterval(heartbeat);
	}
}
// src/flow/host/command.ts
async function hostCommand(args, program, ports) {
	const read = readArguments(args, program);
	if (!read.ok) return refuse(read.fault, args, ports);
	const request = read.value;
	if (request.verb === "status") {
		program.say(describeStatus(ports));
		return EXIT.well;
	}
	if (!ports.privileged && !("prefix" in request && request.prefix !== "/")) return refuse([needsRoot(request.verb)], args, ports);
	return carryOut(request, program, ports);
}
async function carryOut(request, program, ports) {
	switch (request.verb) {
		case "hold": return hold(request.profile, ports, request.cpus);
		case "recover": {
			const event = recoverAlone(ports);
			program.say(request.json ? `${JSON.stringify(event)}\n` : describeRecovery(event));
			return event.outcome === "blocked" ? EXIT.leftover : EXIT.well;
		}
		case "install": {
			const { prefix, user } = request;
			const { script, node } = program;
			if (script === void 0) return refuse([SCRIPT_MISSING], [], ports);
			const report = install({
				prefix,
				user,
				program: script,
				node
			});
			program.say(installText(report, user));
			return report.troubles.length > 0 ? EXIT.leftover : EXIT.well;
		}
		case "uninstall": {
			const recovered = request.prefix === "/" ? recoverAlone(ports) : void 0;
			if (recovered?.outcome === "held" || recovered?.outcome === "blocked") {
				program.say(describeRecovery(recovered));
				return EXIT.busy;
			}
			const report = uninstall(request.prefix);
			program.say(uninstallText(report));
			return report.troubles.length > 0 ? EXIT.leftover : EXIT.well;
		}
	}
}
function recoverAlone(ports) {
	const lock = ports.lock.tryTake();
	switch (lock.kind) {
		case "busy": return {
			event: "recovered",
			outcome: "held",
			notes: [heldBy(lock.holder)]
		};
		case "unavailable": return {
			event: "recovered",
			outcome: "blocked",
			notes: [noLock(lock.why)]
		};
		case "held": {
			const recovery = recover(ports);
			ports.lock.leave();
			return {
				event: "recovered",
				...recovery
			};
		}
	}
}
function describeRecovery({ outcome, notes }) {
	return (outcome === "nothing" && notes.length === 0 ? [NOTHING_LEFT] : notes).map((note) => `${note}\n`).join("");
}
function refuse(faults, args, ports) {
	if (args[0] === "hold") ports.control.emit({
		event: "refused",
		reason: "input",
		faults
	});
	process.stderr.write(faults.map((fault) => `perf-verdict: ${fault}\n`).join(""));
	return EXIT.refused;
}
// src/shell/host/journal.ts
const MOST_BYTES = 4e6;
function journalUnder(root, fs) {
	const folder = posix.join(root, HOST_FOLDER);
	const path = posix.join(folder, "journal");
	return {
		path,
		load: () => load(path, fs),
		save: (text) => openHostFolder(root, fs) ?? reasonOf(() => {
			const aside = `${path}.new`;
			writeDurably(aside, text, fs);
			fs.renameSync(aside, path);
			syncFolder(folder, fs);
		}),
		clear: () => reasonOf(() => {
			fs.unlinkSync(path);
			syncFolder(folder, fs);
		})
	};
}
function load(path, fs) {
	let file;
	try {
		file = fs.openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	} catch (error) {
		const code = errorCode(error);
		if (code === "ENOENT") return success(void 0);
		return failed(code === "ELOOP" ? "it is a symbolic link" : `it cannot be opened (${code})`);
	}
	try {
		const stat = fs.fstatSync(file);
		if (!stat.isFile()) return failed("it is not a regular file");
		if (stat.uid !== process.geteuid?.()) return failed(`it belongs to user ${stat.uid}`);
		if ((stat.mode & 63) !== 0) return failed("others may read or write it");
		if (stat.nlink !== 1) return failed("it has a second name");
		if (stat.size > MOST_BYTES) return failed("it is too long");
		return success(fs.readFileSync(file, "utf8"));
	} catch (error) {
		return failed(`it cannot be read (${errorCode(error)})`);
	} finally {
		fs.closeSync(file);
	}
}
function writeDurably(path, text, fs) {
	removeIfThere(path, fs);
	const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
	const file = fs.openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 384);
	try {
		const bytes = Buffer.from(text);
		for (let done = 0; done < bytes.length;) done += fs.writeSync(file, bytes, done);
		fs.fsyncSync(file);
	} finally {
		fs.closeSync(file);
	}
}
function removeIfThere(path, fs) {
	try {
		fs.unlinkSync(path);
	} catch (error) {
		if (errorCode(error) !== "ENOENT") throw error;
	}
}
function syncFolder(folder, fs) {
	const handle = fs.openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
	try {
		fs.fsyncSync(handle);
	} finally {
		fs.closeSync(handle);
	}
}
function reasonOf(work) {
	try {
		work();
		return;
	} catch (error) {
		return errorCode(error);
	}
}
// src/shell/host/lock.ts
const FLOCK = ["/usr/bin/flock", "/bin/flock"];
function lockUnder(root, fs) {
	const path = posix.join(root, HOST_FOLDER, "lock");
	let opened;
	const open = () => {
		const outcome = opened ? success(opened) : openLock(root, path, fs);
		if (outcome.ok) opened = outcome.value;
		return outcome;
	};
	const settle = (status) => {
		if (status !== 0 && status !== 1 && status !== null) return {
			kind: "unavailable",
			why: `flock(1) failed on ${path} with code ${status}`
		};
		if (status !== 0) return {
			kind: "busy",
			holder: describeHolder(readHolder(root, fs))
		};
		writeHolder(root, fs);
		return { kind: "held" };
	};
	return {
		tryTake: () => {
			const lock = open();
			return lock.ok ? settle(lockNow(lock.value)) : {
				kind: "unavailable",
				why: lock.fault
			};
		},
		take: async (until) => {
			const lock = open();
			return lock.ok ? settle(await lockLater(lock.value, until)) : {
				kind: "unavailable",
				why: lock.fault
			};
		},
		holder: () => {
			const holder = readHolder(root, fs);
			return holder && describeHolder(holder);
		},
		leave: () => removeHolder(root, fs)
	};
}
function openLock(root, path, fs) {
	const flock = FLOCK.find((candidate) => fs.existsSync(candidate));
	if (flock === void 0) return failed("flock(1) of util-linux is not installed");
	const trouble = openHostFolder(root, fs);
	if (trouble !== void 0) return failed(trouble);
	try {
		return success({
			file: openOurs(path, fs),
			flock
		});
	} catch (error) {
		return failed(`${path} cannot be opened (${errorCode(error)})`);
	}
}
function openOurs(path, fs) {
	const file = fs.openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 384);
	const stat = fs.fstatSync(file);
	if (!stat.isFile() || stat.uid !== process.geteuid?.() || (stat.mode & 63) !== 0) {
		fs.closeSync(file);
		throw new Error("it must be a plain file that only this user may open; remove it");
	}
	return file;
}
function lockNow({ flock, file }) {
	return spawnSync(flock, [
		"--exclusive",
		"--nonblock",
		"3"
	], {
		stdio: stdio(file),
		env: {}
	}).status;
}
function lockLater({ flock, file }, until) {
	return new Promise((resolve) => {
		if (until.aborted) return resolve(null);
		const child = spawn(flock, ["--exclusive", "3"], {
			stdio: stdio(file),
			env: {}
		});
		const stop = () => child.kill("SIGKILL");
		until.addEventListener("abort", stop);
		const end = (status) => {
			until.removeEventListener("abort", stop);
			resolve(status);
		};
		child.on("error", () => end(null));
		child.on("exit", (status) => end(status));
	});
}
function stdio(file) {
	return [
		"ignore",
		"ignore",
		"ignore",
		file
	];
}
// src/shell/host/open.ts
function openHostPorts(root, fs$2 = fs) {
	const settings = settingsUnder(root, fs$2);
	const pause = (milliseconds) => {
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
	};
	let control;
	return {
		settings,
		services: servicesUnder(root, fs$2),
		groups: groupsUnder(root, fs$2, pause),
		client: clientOf(settings),
		journal: journalUnder(root, fs$2),
		lock: lockUnder(root, fs$2),
		get control() {
			control ??= standardControl();
			return control;
		},
		standAside: (others) => {
			settings.write("/proc/self/oom_score_adj", "-500");
			spawnSync("/usr/bin/taskset", [
				"--all-tasks",
				"--cpu-list",
				"--pid",
				others,
				`${process.pid}`
			], {
				stdio: "ignore",
				env: {}
			});
		},
		pause,
		date: () => new Date().toISOString(),
		pid: process.pid,
		privileged: root !== "/" || process.geteuid?.() === 0
	};
}
const SIGNALS = [
	"SIGINT",
	"SIGTERM",
	"SIGHUP"
];
function standardControl() {
	const release = new AbortController();
	const end = () => {
		release.abort();
		process.stdin.pause();
	};
	for (const signal of SIGNALS) process.on(signal, end);
	for (const event of [
		"end",
		"close",
		"error"
	]) process.stdin.on(event, end);
	process.stdin.resume();
	return {
		released: release.signal,
		emit: (event) => {
			try {
				writeSync(1, `${JSON.stringify(event)}\n`);
			} catch {}
		}
	};
}
// src/host.ts
function complain(error) {
	const stack = error instanceof Error ? error.stack : String(error);
	process.stderr.write(`perf-verdict: this is a bug in Perf Verdict; please report it with these lines.\n${stack}\n`);
	return 1;
}
function run(args) {
	const { SUDO_USER } = process.env;
	const script = findHostScript();
	return hostCommand(args, {
		node: process.execPath,
		say: (text) => process.stdout.write(text),
		...script === void 0 ? {} : { script },
		...SUDO_USER === void 0 || SUDO_USER === "" ? {} : { sudoUser: SUDO_USER }
	}, openHostPorts("/"));
}
process.exitCode = await run(process.argv.slice(2)).catch(complain);
process.exit();
export {};
