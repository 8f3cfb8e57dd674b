import { ot as parseOptions } from "./exact-rows.js";
import { n as InputError } from "./errors.js";
import { t as SIDES } from "./side.js";
import { t as git } from "./git.js";
import { a as removeTree } from "./work-folder.js";
import { t as tools } from "./tools.js";
import { t as readModes } from "./terminal-modes.js";
import { t as gateAndTell } from "./terminal-run.js";
import { constants, rmSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { access, copyFile, cp, mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
// src/flow/history/compared-repository.ts
const LAUNCHER = "run-compared";
const COMMIT = [
	"-c",
	"user.name=perf-verdict",
	"-c",
	"user.email=perf-verdict@localhost",
	"commit",
	"--quiet"
];
async function commitCompared(compared, into, tools) {
	const faults = [];
	const commands = {
		base: await readCommand(compared.sides.base, compared.folder, faults, tools),
		head: await readCommand(compared.sides.head, compared.folder, faults, tools)
	};
	for (const path of compared.bring) {
		const place = below(compared.folder, path);
		if (place === void 0) faults.push(`bring names ${path}, which is not below the current folder; start there.`);
		else if (!await exists(join(compared.folder, place))) faults.push(`bring names ${path}, which is not there; make it first, or leave it out.`);
	}
	if (faults.length > 0) throw new InputError([...new Set(faults)]);
	await run(tools, into, [
		"init",
		"--quiet",
		"--initial-branch=compared"
	]);
	const shas = {
		base: "",
		head: ""
	};
	for (const side of SIDES) {
		await layOut(compared, commands[side], into);
		await run(tools, into, [
			"add",
			"--all",
			"--force"
		]);
		const title = compared.sides[side].replaceAll(/\s+/g, " ").slice(0, 200);
		await run(tools, into, [
			...COMMIT,
			"--no-verify",
			"--allow-empty",
			"--message",
			title
		]);
		shas[side] = (await run(tools, into, ["rev-parse", "HEAD"])).trim();
	}
	return {
		...shas,
		name: basename(commands.head.program),
		command: `./${LAUNCHER}`
	};
}
async function run(tools, folder, args) {
	const { ok, out, err } = await git(tools, folder, args);
	if (!ok) throw new InputError([`git could not keep what is compared (${err.split("\n")[0]}); see whether the disk is full.`]);
	return out;
}
async function readCommand(text, folder, faults, tools) {
	const [whole = "", single, double, bare = ""] = /^\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))/.exec(text) ?? [];
	const word = single ?? double ?? bare;
	const program = await programOf(word, folder);
	if (program === void 0) faults.push(await noProgram(word, folder, tools));
	const rest = text.slice(whole.length);
	const files = [];
	for (const named of rest.split(/[\s'"]+/).map((each) => each.replace(/^-{1,2}[\w-]+=/, ""))) {
		if (!(named !== "" && (await stat(resolve(folder, named)).catch(() => void 0))?.isFile()) || isOfSystem(resolve(folder, named))) continue;
		const place = below(folder, named);
		if (place === void 0 || isAbsolute(named)) faults.push(`${named} is named by its absolute path or is not below the current folder, so that the command would not find it; start in a folder above it and name it relative to that.`);
		else files.push(place);
	}
	return {
		program: program ?? "",
		rest,
		files
	};
}
async function noProgram(word, folder, tools) {
	const revision = [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${word}^{commit}`
	];
	if (word !== "" && (await git(tools, folder, revision)).ok) return `${JSON.stringify(word)} is a commit and no program; perf-verdict gate --base … --head … compares commits.`;
	return `${JSON.stringify(word)} is no program that can be run; name an executable file or a command on PATH.`;
}
async function layOut({ words, bring, folder }, { program, rest, files }, into) {
	const inPlace = isOfSystem(program);
	if (!inPlace) await copyFile(program, join(into, "program"));
	for (const path of [...bring.map((each) => below(folder, each)), ...files]) {
		await mkdir(dirname(join(into, path)), { recursive: true });
		await cp(join(folder, path), join(into, path), {
			recursive: true,
			dereference: true,
			force: true
		});
	}
	const line = `${inPlace ? quoted(program) : "./program"}${rest}${words.map((word) => ` ${quoted(word)}`).join("")}`;
	const single = !/[|&;<>()`$\n]/.test(line);
	await writeFile(join(into, LAUNCHER), `#!/bin/bash\n${single ? "exec " : ""}${line}\n`, { mode: 493 });
}
function below(folder, path) {
	const inside = relative(folder, resolve(folder, path));
	return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? void 0 : inside;
}
const isOfSystem = (path) => /^\/(?:usr|bin|sbin|lib|lib32|lib64|etc|dev|proc|sys)\//.test(path);
const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;
const exists = async (path, mode = constants.F_OK) => await access(path, mode).then(() => true, () => false);
async function programOf(word, folder) {
	if (word === "") return void 0;
	const path = (process.env.PATH ?? "").split(delimiter).filter((each) => isAbsolute(each));
	const places = word.includes("/") ? [folder] : [...path, folder];
	for (const place of places.map((each) => resolve(each, word))) if ((await stat(place).catch(() => void 0))?.isFile() && await exists(place, constants.X_OK)) return place;
}
// src/commands/terminal-compare.ts
async function compareFromTerminal(given, options) {
	const { rest, ...modes } = readModes(options);
	const { bring = "", ...settings } = rest;
	const [base, head, ...words] = given;
	if (base === void 0 || head === void 0) throw new InputError(["compare takes two programs or two commands: perf-verdict compare ./old ./new; put a command with blanks between quotes."]);
	parseOptions({
		...settings,
		bench: "compared=true"
	}, (name) => `--${name}`);
	const repository = await mkdtemp(join(tmpdir(), "perf-verdict-compare-"));
	process.once("exit", () => rmSync(repository, {
		recursive: true,
		force: true
	}));
	try {
		const paths = bring.split(/[\n,]/).map((path) => path.trim()).filter((path) => path !== "");
		const folder = process.cwd();
		const commits = await commitCompared({
			sides: {
				base,
				head
			},
			words,
			bring: paths,
			folder
		}, repository, tools);
		const bench = `${commits.name.replaceAll(/[=\n\r]/g, "-")}=${commits.command}`;
		const invocation = parseOptions({
			...settings,
			bench
		}, (name) => `--${name}`);
		const remarks = [`Base is \`${base}\` and head is \`${head}\`, as they were found; nothing was built, and no source was compared.`];
		return await gateAndTell({
			invocation,
			repository,
			bases: [commits.base],
			head: commits.head,
			remarks,
			builtElsewhere: true
		}, modes);
	} finally {
		await removeTree(repository);
	}
}
export { compareFromTerminal };
