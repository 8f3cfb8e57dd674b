import { t as withRepeats } from "./repeat-command.js";
import { ot as parseOptions, vt as exitCode } from "./exact-rows.js";
import { a as withAcceptances, c as keep, d as announce, f as announceDecided, i as tellStopped, l as keepsHistory, n as modeOf, o as acceptancesFor, p as readEvent, r as openAsked, s as anchorOf, t as answered, u as pastOf } from "./answer.js";
import { n as InputError } from "./errors.js";
import { t as VERSION } from "./version.js";
import { A as hasNoBase, r as gate, t as callerEnvironment } from "./caller-environment.js";
import { i as openReports, r as keepPartial, t as deliver } from "./deliver.js";
import { c as withPast } from "./anchor.js";
import { n as openPorts } from "./open-ports.js";
import { t as tools } from "./tools.js";
import { n as readEventFile } from "./open.js";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { cp, lstat, mkdir, readFile, readdir, readlink, rename, rm, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
// src/core/cache/manifest.ts
function compareManifests(kept, restored) {
	const foreign = restored.find(isForeign);
	if (foreign) return `${JSON.stringify(foreign.path)} is not something that a build leaves`;
	const before = new Map(kept.map((entry) => [entry.path, JSON.stringify(sorted(entry))]));
	const changed = restored.find((entry) => before.get(entry.path) !== JSON.stringify(sorted(entry)));
	if (changed) return `${JSON.stringify(changed.path)} differs from what was kept`;
	const after = new Set(restored.map((entry) => entry.path));
	const missing = kept.find((entry) => !after.has(entry.path));
	return missing ? `${JSON.stringify(missing.path)} is missing` : void 0;
}
function isForeign(entry) {
	if (entry.kind === "other") return true;
	if (entry.kind === "file") return (entry.mode & 3584) !== 0;
	return entry.kind === "link" && leaves(entry.path, entry.target);
}
function leaves(path, target) {
	if (target.startsWith("/")) return true;
	let depth = path.split("/").length - 1;
	for (const step of target.split("/")) {
		if (step === "..") depth -= 1;
		else if (step !== "" && step !== ".") depth += 1;
		if (depth < 0) return true;
	}
	return false;
}
function sorted(entry) {
	return Object.entries(entry).sort(([one], [other]) => one < other ? -1 : 1);
}
// src/shell/cache/manifest-files.ts
const MOST_ENTRIES = 1e6;
async function readManifest(folder) {
	const entries = [];
	const open = [""];
	for (let at = open.pop(); at !== void 0; at = open.pop()) for (const name of (await readdir(join(folder, at))).sort()) {
		const path = at === "" ? name : `${at}/${name}`;
		const entry = await entryAt(folder, path);
		entries.push(entry);
		if (entries.length > MOST_ENTRIES) throw new RangeError(`${folder} holds more than ${MOST_ENTRIES} files`);
		if (entry.kind === "folder") open.push(path);
	}
	return entries;
}
async function entryAt(folder, path) {
	const full = join(folder, path);
	const found = await lstat(full);
	if (found.isDirectory()) return {
		path,
		kind: "folder"
	};
	if (found.isSymbolicLink()) return {
		path,
		kind: "link",
		target: await readlink(full)
	};
	if (!found.isFile() || found.nlink !== 1) return {
		path,
		kind: "other"
	};
	return {
		path,
		kind: "file",
		mode: found.mode & 4095,
		sha256: await sha256Of(full)
	};
}
async function sha256Of(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
// src/shell/cache/cache-folder.ts
const MANIFEST = "manifest.json";
const CONTENT = "content";
const OWN = ".git";
async function pack(paths, folder) {
	await rm(folder, {
		recursive: true,
		force: true
	});
	for (const [index, path] of paths.entries()) {
		const to = join(folder, CONTENT, String(index));
		await mkdir(to, { recursive: true });
		for (const name of await readdir(path)) {
			if (name === OWN) continue;
			await cp(join(path, name), join(to, name), {
				recursive: true,
				verbatimSymlinks: true,
				preserveTimestamps: true
			});
		}
	}
	const manifest = await readManifest(join(folder, CONTENT));
	const foreign = manifest.find(isForeign);
	if (foreign) throw new Error(`the build leaves ${JSON.stringify(foreign.path)}, which leads out of its folder`);
	await writeFile(join(folder, MANIFEST), JSON.stringify(manifest));
}
async function unpack(folder, paths) {
	const fault = await faultOf(folder, paths.length);
	if (fault !== void 0) return fault;
	for (const [index, path] of paths.entries()) {
		const from = join(folder, CONTENT, String(index));
		await mkdir(path, { recursive: true });
		for (const name of await readdir(path)) if (name !== OWN) await rm(join(path, name), {
			recursive: true,
			force: true
		});
		for (const name of await readdir(from)) await move(join(from, name), join(path, name));
	}
}
async function faultOf(folder, count) {
	const expected = Array.from({ length: count }, (_, index) => String(index));
	try {
		const kept = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
		const restored = await readManifest(join(folder, CONTENT));
		const tops = (await readdir(join(folder, CONTENT))).sort();
		if (JSON.stringify(tops) !== JSON.stringify(expected)) return "it holds other folders than asked for";
		if ((await readdir(folder)).length !== 2) return "it holds more than was kept";
		return compareManifests(kept, restored);
	} catch (error) {
		return `its list of files cannot be read (${error instanceof Error ? error.message : String(error)})`;
	}
}
async function move(from, to) {
	try {
		await rename(from, to);
	} catch {
		await cp(from, to, {
			recursive: true,
			verbatimSymlinks: true,
			preserveTimestamps: true
		});
	}
}
// src/shell/cache/captured-output.ts
const MASK = "::add-mask::";
async function captureOutput(work) {
	const write = process.stdout.write;
	let text = "";
	process.stdout.write = ((chunk, ...rest) => {
		text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
		const done = rest.at(-1);
		if (typeof done === "function") done();
		return true;
	});
	try {
		return {
			result: await work(),
			lines: linesOf(text)
		};
	} finally {
		process.stdout.write = write;
		for (const line of text.split("\n")) if (line.startsWith(MASK)) process.stdout.write(`${line}\n`);
	}
}
function linesOf(text) {
	return text.split("\n").filter((line) => line.trim() !== "" && !/^(::debug::|::add-mask::|\[command\])/.test(line)).map((line) => line.replace(/^::\w+[^:]*::/, ""));
}
// src/shell/cache/cache.ts
const LIMIT_SECONDS = 120;
function openCache(options) {
	const { log } = options;
	const folder = join(options.folder, "perf-verdict-cache");
	const limitSeconds = options.limitSeconds ?? LIMIT_SECONDS;
	let given = true;
	const attempt = async (what, work) => {
		if (!given) return false;
		try {
			const done = await within(limitSeconds, work);
			if (done !== void 0) return done;
			given = false;
			log.warn(`The cache was not used: ${what} took longer than ${limitSeconds} s.`);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			log.warn(`The cache was not used: ${what} failed (${why}).`);
		}
		return false;
	};
	return {
		restore: async (paths, key) => await attempt("restoring the base build", async () => {
			const distrust = await distrustOf(key, options);
			if (distrust?.planted) log.warn(`The cache was not used: ${distrust.sentence}`);
			else if (distrust) log.line(`cache: not used, because ${distrust.sentence}`);
			if (distrust) return false;
			return await restore(folder, paths, key, log);
		}),
		save: async (paths, key) => {
			if (!options.mayKeep) {
				log.line("cache: a run of a pull request keeps nothing");
				return false;
			}
			return await attempt("keeping the base build", async () => await save(folder, paths, key, log));
		}
	};
}
async function distrustOf(key, { suspicious, mayKeep }) {
	if (!suspicious && mayKeep) return void 0;
	const open = "nothing shows who wrote its entries";
	if (!suspicious) return {
		planted: false,
		sentence: `without a token ${open}; give the job github-token.`
	};
	const refs = await suspicious.refsOf(key);
	if (!refs.ok) return {
		planted: false,
		sentence: `${open}. ${refs.fault.sentence}`
	};
	if (!refs.value.includes(suspicious.ref)) return void 0;
	return {
		planted: true,
		sentence: `an entry for this base was written by a run of ${suspicious.ref}, which must not judge itself; delete it under Actions → Caches.`
	};
}
async function restore(folder, paths, key, log) {
	const library = await openLibrary(log);
	if (!library) return false;
	await rm(folder, {
		recursive: true,
		force: true
	});
	const { result: matched, lines } = await captureOutput(async () => await relative(folder, (path) => library.restoreCache([path], key)));
	for (const line of lines) log.debug?.(`cache: ${line}`);
	if (matched === void 0) {
		const given = lines.find((line) => /warn|fail|error|denied/i.test(line));
		log.line(`cache: miss, because ${given ?? MISS}`);
		return false;
	}
	const fault = matched === key ? await unpack(folder, paths) : `it was kept under ${matched}`;
	await rm(folder, {
		recursive: true,
		force: true
	});
	if (fault !== void 0) log.warn(`The cache was not used: what it held is not the base build; ${fault}.`);
	return fault === void 0;
}
async function save(folder, paths, key, log) {
	const library = await openLibrary(log);
	if (!library) return false;
	await pack(paths, folder);
	const { result: id, lines } = await captureOutput(async () => await relative(folder, (path) => library.saveCache([path], key)));
	for (const line of lines) (id === -1 ? log.line : log.debug)?.(`cache: ${line}`);
	await rm(folder, {
		recursive: true,
		force: true
	});
	return id !== -1;
}
async function relative(folder, work) {
	const [before, workspace] = [process.cwd(), process.env.GITHUB_WORKSPACE];
	process.chdir(dirname(folder));
	process.env.GITHUB_WORKSPACE = dirname(folder);
	try {
		return await work(basename(folder));
	} finally {
		process.chdir(before);
		if (workspace === void 0) delete process.env.GITHUB_WORKSPACE;
		else process.env.GITHUB_WORKSPACE = workspace;
	}
}
const MISS = "no run of the default branch has kept this commit, built by this command with these compilers and this environment";
async function openLibrary(log) {
	const library = await import("./cache.js");
	if (library.isFeatureAvailable()) return library;
	log.line(`cache: ${process.env.GITHUB_SERVER_URL ?? "the runner"} offers none to this job, so the base is built`);
}
async function within(seconds, work) {
	let timer;
	const out = new Promise((resolve) => {
		timer = setTimeout(() => resolve(void 0), seconds * 1e3);
	});
	return await Promise.race([work(), out]).finally(() => clearTimeout(timer));
}
// src/commands/action-gate.ts
async function gateFromAction(inputs, runner, env) {
	const trigger = await whatToCompare(inputs, runner, env);
	if (!trigger) return 0;
	const asked = await openAsked({
		inputs,
		trigger,
		runner,
		env
	});
	return await answered(asked, () => gateOf(asked, env));
}
async function gateOf(asked, env) {
	const { inputs, trigger, runner, workspace } = asked;
	const invocation = parseOptions(inputs.invocation, (name) => `The input ${name}`);
	const repository = resolve(workspace, invocation["working-directory"] ?? ".");
	if (trigger.withoutBase === "skip" && await hasNoBase({
		repository,
		base: trigger.bases
	}, tools)) {
		await skip("There is no earlier commit, so there is nothing to compare.", runner);
		return 0;
	}
	const run = {
		asked,
		invocation,
		env
	};
	const past = await pastOf(run);
	const found = await anchorOf(run, past);
	if (found && !found.ok) {
		await skip(found.fault, runner);
		return 0;
	}
	const anchor = found?.value;
	const out = await openReports(inputs.out, workspace);
	let soFar;
	const stopped = async () => await tellStopped(asked, soFar);
	const { outside, close } = await openPorts(runner.log, cacheFor(asked, invocation, env), stopped);
	try {
		const gated = await gate({
			invocation,
			repository,
			base: anchor ? [anchor.base] : trigger.bases,
			head: invocation.head ?? trigger.head,
			origin: asked.origin,
			version: VERSION,
			environment: callerEnvironment(env),
			usesCache: invocation.cache ?? true,
			keepsNextBase: trigger.trusted && (invocation.cache ?? true),
			keepsHistory: keepsHistory(run),
			gateFiles: workflowFile(env),
			mask: runner.mask,
			keep: async (partial) => {
				soFar = partial;
				await keepPartial(runner.masked(partial), out);
			},
			decided: async (report, settings) => announceDecided(await judged({
				...run,
				past
			}, {
				report,
				settings
			}, out))
		}, outside);
		await close();
		const report = await finish({
			...run,
			past
		}, gated, out);
		await keep(run, report, anchor);
		return exitCode(report);
	} finally {
		await close();
	}
}
async function whatToCompare(inputs, runner, env) {
	const payload = readEventFile(env);
	const { base } = inputs.invocation;
	const reading = readEvent({
		name: env.GITHUB_EVENT_NAME ?? "",
		payload,
		env,
		...base === void 0 ? {} : { askedBase: base }
	});
	if (reading.kind === "refuse") throw new InputError([reading.sentence]);
	if (reading.kind === "skip") return skip(reading.sentence, runner);
	runner.log.line(reading.trigger.sentence);
	return reading.trigger;
}
async function skip(sentence, runner) {
	runner.log.line(sentence);
	runner.output("verdict", "skipped");
	await runner.summary(`**Perf Verdict measured nothing.** ${sentence}\n`);
}
function cacheFor({ trigger, github, runner }, invocation, env) {
	const suspicious = trigger.pull && github ? {
		ref: env.GITHUB_REF ?? "",
		refsOf: github.runs.cacheRefs
	} : void 0;
	return openCache({
		folder: env.RUNNER_TEMP ?? "/tmp",
		log: runner.log,
		mayKeep: trigger.trusted && (invocation.cache ?? true),
		...suspicious && { suspicious }
	});
}
function workflowFile({ GITHUB_WORKFLOW_REF: ref = "", GITHUB_REPOSITORY: repository = "" }) {
	const own = ref.startsWith(`${repository}/`) ? ref.slice(repository.length + 1) : "";
	const path = /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(own)?.[1];
	return path === void 0 ? [] : [path];
}
async function judged(run, { report, settings }, out) {
	const { asked, past } = run;
	const { trigger, github, runner, speaker, check } = asked;
	const tampered = runner.verify();
	const own = tampered.length === 0 ? report : distrusted(report, tampered);
	const { invocation } = asked.inputs;
	const repeatable = withPast(withRepeats(own, settings, invocation), past);
	const found = await acceptancesFor(run, repeatable, past);
	const accepted = withAcceptances(repeatable, found, settings.accept);
	const masked = runner.masked(accepted);
	return {
		report: masked,
		delivered: await deliver(masked, out, speaker),
		speaker,
		mode: modeOf(asked, masked, settings.comment),
		pull: trigger.pull,
		github,
		check,
		runner
	};
}
async function finish(run, gated, out) {
	const announcement = await judged(run, gated, out);
	await announce(announcement);
	return announcement.report;
}
function distrusted(report, faults) {
	const errors = [...report.errors, ...faults.map((what) => ({ what }))];
	return {
		...report,
		verdict: "error",
		sentence: faults[0],
		errors
	};
}
export { gateFromAction };
