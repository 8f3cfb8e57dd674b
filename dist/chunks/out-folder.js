import { n as InputError } from "./errors.js";
import { a as html } from "./encode.js";
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { isAbsolute, join, parse, relative, resolve, sep } from "node:path";
import { lstat, mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
// src/report/html/svg.ts
function scaleOf(from, to) {
	const [low, high] = from;
	const [start, end] = to;
	if (!(high > low)) return () => (start + end) / 2;
	return (value) => start + (value - low) / (high - low) * (end - start);
}
function at(value) {
	return String(Math.round(value * 10) / 10);
}
function picture(size, title, words, shapes) {
	const [width, height] = size;
	return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${html(`${title}. ${words}`)}"><title>${html(title)}</title>${shapes.join("")}</svg>`;
}
function line(points, kind) {
	const [x1, y1, x2, y2] = points.map(at);
	return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}
function box(place, kind) {
	const [x, y, width, height] = place.map((value) => at(Math.max(0, value)));
	return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
}
function dot(x, y, kind) {
	return `<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="2.5"/>`;
}
function label(x, y, text, anchor = "start") {
	return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${html(text)}</text>`;
}
function ticks(low, high, most) {
	if (!(high > low) || most < 2) return [low];
	const raw = (high - low) / (most - 1);
	const power = 10 ** Math.floor(Math.log10(raw));
	const step = ([
		1,
		2,
		5,
		10
	].find((factor) => factor * power >= raw) ?? 10) * power;
	const first = Math.ceil(low / step);
	const count = Math.floor(high / step) - first + 1;
	return Array.from({ length: Math.min(most + 1, Math.max(0, count)) }, (_, index) => (first + index) * step);
}
// src/report/html/style.ts
const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --paper: #fff; --line: #d1d9e0; --tint: #f6f8fa;
  --base: #57606a; --head: #0969da; --bad: #cf222e; --good: #1a7f37; --warn: #9a6700; --band: #0969da22; --link: #0550ae }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --soft: #9198a1; --paper: #0d1117; --line: #3d444d;
  --tint: #151b23; --base: #9198a1; --head: #4493f8; --bad: #f85149; --good: #3fb950; --warn: #d29922; --band: #4493f833; --link: #79c0ff } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 960px; color: var(--text); background: var(--paper);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 22px; line-height: 1.35; margin: 0 0 8px } h2 { font-size: 18px; margin: 32px 0 8px }
h3 { font-size: 15px; margin: 20px 0 4px } p { margin: 4px 0 8px } ul, ol { margin: 4px 0 8px; padding-left: 24px }
.status { color: var(--soft); font-size: 13px } .word { font-weight: 600 }
.fail .word, .bad { color: var(--bad) } .pass .word, .good { color: var(--good) }
.undecided .word, .error .word, .open { color: var(--warn) }
code, pre { font: 12.5px/1.45 ui-monospace, SFMono-Regular, "Liberation Mono", monospace; background: var(--tint); border-radius: 5px }
code { padding: 1px 5px } pre { padding: 10px; overflow-x: auto; overflow-wrap: normal }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 14px; margin: 8px 0 }
th, td { border: 1px solid var(--line); padding: 5px 10px; text-align: left; vertical-align: top; overflow-wrap: normal }
td.figure, th.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
td small { display: block; color: var(--soft) } tr:nth-child(even) > * { background: var(--tint) }
article { border-top: 1px solid var(--line); margin-top: 32px } figure { margin: 8px 0 } figcaption { color: var(--soft); font-size: 13px }
svg { width: 100%; min-width: 520px; max-width: 720px; height: auto; display: block } svg text { font-size: 11px; fill: var(--soft) }
svg .grid { stroke: var(--line) } svg .zero { stroke: var(--soft) } svg .threshold { stroke: var(--bad); stroke-dasharray: 5 4 }
svg .median { stroke: var(--head); stroke-width: 1.5 } svg .interval { fill: var(--band) }
svg path.control { fill: none; stroke: var(--base) } svg path.head { fill: var(--head) }
svg .base { fill: var(--base) } svg .head { fill: var(--head) } svg .crowded { fill: var(--bad) }
svg circle.control { fill: none; stroke: var(--base) } svg circle { fill-opacity: .75 }
svg.flame { max-width: none; min-width: 720px } svg.flame text { font-size: 10.5px; fill: var(--text) } svg .even { fill: var(--line) }
svg .more { fill: var(--bad) } svg .less { fill: var(--good) } svg g:focus-visible { outline: 2px solid var(--head) }
.listing { font-size: 12.5px } .listing td { padding: 1px 6px; border-width: 0 1px } .listing td.edge { border-top: 2px solid var(--soft) } .listing .gap { color: var(--soft); text-align: center }
.listing td.code { font: 12px/1.4 ui-monospace, SFMono-Regular, "Liberation Mono", monospace; white-space: pre; min-width: 180px }
.listing .differs > td.figure { color: var(--bad); font-weight: 600 }
details { margin: 8px 0 } summary { cursor: pointer } summary h2 { display: inline; margin: 0 }
article > details > summary { padding: 8px 0 } article:target { scroll-margin-top: 8px } a { color: var(--link) }
.tools { margin: 16px 0 8px; display: flex; gap: 12px; flex-wrap: wrap; align-items: center } .tools[hidden], tr[hidden] { display: none }
.tools input, .tools select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 5px; padding: 2px 6px; max-width: 100% }
.tall { max-height: 80vh; overflow: auto } .tall thead th { position: sticky; top: 0; background: var(--paper); z-index: 1 }
caption { text-align: left; color: var(--soft); font-size: 13px; padding: 0 0 4px } tbody th { font-weight: inherit } th small { display: block; color: var(--soft); font-weight: 400 }
@media (max-width: 600px) { #benchmarks th, #benchmarks td { padding: 4px 6px } #benchmarks tbody th { min-width: 128px; overflow-wrap: anywhere } }
th button { all: unset; cursor: pointer; font-weight: 600 } th button:focus-visible, .scroll:focus-visible { outline: 2px solid var(--head) }
th[aria-sort='descending'] button::after { content: ' ↓' } th[aria-sort='ascending'] button::after { content: ' ↑' }
@media print { .tall { max-height: none; overflow: visible } .tools, nav { display: none } article { break-inside: avoid } }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin: 0 4px 0 10px }
.key.base { background: var(--base) } .key.head { background: var(--head) } .key.ring { border: 1.5px solid var(--base) }
.key.more { background: var(--bad) } .key.less { background: var(--good) } .key.even { background: var(--line) }
.key.crowded { background: var(--bad) }
`;
// src/shell/files/out-folder.ts
const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
const O_PATH = 2097152;
const DRAFT = /^\.perf-verdict-draft-[0-9a-f-]{36}$/;
async function openOutFolder(place) {
	const path = resolve(place.root, place.path);
	const root = resolve(place.root);
	const within = async (work) => {
		const { handle, made } = await enter(path, root);
		try {
			return await work(`/proc/self/fd/${handle.fd}`, made);
		} catch (error) {
			throw error instanceof InputError ? error : cannotWrite(path, error);
		} finally {
			await handle.close();
		}
	};
	if (path.split(sep).includes(".git")) throw new InputError([amongGit(place.path)]);
	const check = async (folder, made) => {
		if (await lstat(join(folder, ".git")).catch(() => void 0)) throw new InputError([amongSources(place.path)]);
		await checkNames(folder, path, place.files);
		await rm(await draft(folder, ""));
		if (place.dry) return made ? await rmdir(path).catch(() => {}) : void 0;
		await removeStale(folder, place.files);
		if (made) await create(join(folder, ".gitignore"), "*\n").catch(ignoreExisting);
	};
	for (let tried = 1;; tried++) try {
		await within(check);
		break;
	} catch (error) {
		if (tried >= MOST_TRIES || !wasRemoved(error)) throw error;
	}
	return {
		path,
		write: async (files) => await within(async (folder) => await replaceAll(folder, files))
	};
}
async function replaceAll(folder, files) {
	const drafts = [];
	try {
		for (const [name, text] of Object.entries(files)) drafts.push([name, await draft(folder, text)]);
		for (const [name, written] of drafts) await rename(written, join(folder, name));
	} catch (error) {
		for (const [, written] of drafts) await rm(written, { force: true });
		throw error;
	}
}
async function draft(folder, text) {
	const path = join(folder, `.perf-verdict-draft-${randomUUID()}`);
	await create(path, text);
	return path;
}
async function create(path, text) {
	const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NONBLOCK, 420);
	try {
		await file.writeFile(text);
		await file.close();
	} catch (error) {
		await file.close().catch(() => {});
		await rm(path, { force: true });
		throw error;
	}
}
function ignoreExisting(error) {
	if (error.code !== "EEXIST") throw error;
}
const amongGit = (path) => `${path} is inside git's own folder, where no report belongs; name another folder with out.`;
const amongSources = (path) => `${path} is the top of a repository, where reports would mix with its files and replace those of the same names; name a folder of their own with out.`;
async function checkNames(folder, shown, names) {
	const faults = [];
	for (const name of names) if ((await lstat(join(folder, name)).catch(() => void 0))?.isDirectory()) faults.push(`${join(shown, name)} is a folder, where a report goes; remove it, or name another folder with out.`);
	if (faults.length > 0) throw new InputError(faults);
}
async function removeStale(folder, names) {
	const drafts = (await readdir(folder)).filter((name) => DRAFT.test(name));
	for (const name of [...names, ...drafts]) await rm(join(folder, name), { force: true });
}
async function enter(path, root) {
	const start = parse(path).root;
	const steps = path.slice(start.length).split(sep).filter((step) => step !== "");
	let at = {
		handle: await open(start, O_PATH | O_DIRECTORY),
		made: false
	};
	let shown = start;
	for (const [index, step] of steps.entries()) {
		const parent = at.handle;
		shown = join(shown, step);
		const trusted = index < steps.length - 1 && !isWithin(root, shown);
		try {
			at = await enterStep(parent, step, {
				shown,
				trusted
			});
		} finally {
			await parent.close();
		}
	}
	return at;
}
async function enterStep(parent, step, { shown, trusted }) {
	const path = `/proc/self/fd/${parent.fd}/${step}`;
	try {
		const { mode } = await lstat(`/proc/self/fd/${parent.fd}/.`);
		const follow = trusted && (mode & 2) === 0;
		const refused = await mkdir(path).then(() => void 0, (error) => error);
		return {
			handle: await open(path, O_PATH | O_DIRECTORY | (follow ? 0 : O_NOFOLLOW)).catch((fault) => {
				throw fault.code === "ENOENT" && refused ? refused : fault;
			}),
			made: refused === void 0
		};
	} catch (error) {
		const found = await lstat(path).catch(() => void 0);
		if (found?.isSymbolicLink()) throw new InputError([`${shown} is a symbolic link, and reports are not written through one; remove it, or name another folder with out.`]);
		if (found && !found.isDirectory()) throw new InputError([`${shown} is not a folder, so no report can be written into it; remove it, or name another folder with out.`]);
		throw cannotWrite(shown, error);
	}
}
function isWithin(root, path) {
	const way = relative(root, path);
	return way !== "" && !way.startsWith("..") && !isAbsolute(way);
}
function cannotWrite(shown, cause) {
	const { code = "unknown fault" } = cause;
	const why = WHY[code] ?? code;
	const error = new InputError([`Reports cannot be written to ${shown}: ${why}. Name another folder with out.`]);
	error.cause = cause;
	return error;
}
const MOST_TRIES = 20;
const wasRemoved = (error) => error instanceof InputError && error.cause?.code === "ENOENT";
const WHY = {
	EACCES: "permission denied",
	EPERM: "permission denied",
	EROFS: "the file system is read-only",
	ENOSPC: "the disk is full",
	EDQUOT: "the disk quota is used up",
	ENAMETOOLONG: "the path is too long",
	ENOENT: "it was removed, or nothing can be made there",
	EISDIR: "a folder is where a report goes"
};
export { dot as a, picture as c, box as i, scaleOf as l, STYLE as n, label as o, at as r, line as s, openOutFolder as t, ticks as u };
