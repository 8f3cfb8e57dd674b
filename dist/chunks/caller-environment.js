import { n as InputError, r as RunFault, t as CommandError } from "./errors.js";
import { i as quoted$2, n as listed$1 } from "./text.js";
import { r as secretsIn, t as includesIn } from "./secrets.js";
import { a as removeTree } from "./work-folder.js";
import { t as nearest } from "./nearest.js";
import { n as success, t as failed } from "./result.js";
import { r as afterRelease, t as holdLimitation } from "./tuning.js";
import { $ as endedUnderPerf, A as lineOf$3, At as foundNoNetwork, B as countsOfTotals, C as emptyBlockTable, Ct as openPacer, D as SOFTWARE_ROLES, Dt as quotedValue, E as HARDWARE_ROLES, Et as quotedLine, F as runUnder, G as emptyCostTable, H as settleStrays, I as scratchName, J as callsOf$1, K as profilesOf, L as readUntrusted, M as failureOf$1, Mt as passedOn, N as runBeside, O as faultOfCount, Ot as unread, P as runMeasured, R as insideOf$1, S as addBlock, St as textAt$1, T as COUNT_OF_ROLE, Tt as fault, U as strayRule, V as builtIn, W as addCost, X as chosenEvents, Y as emptyCallTable, _ as perfRecord, _t as addStep, at as noTimeToCount, b as resourceUse, bt as stepOf$1, c as weaknessLimitation, ct as aloneOf, d as indexedWithinPage, et as eventNotCounted, f as linesOf$4, ft as onSide, g as kernelNumber, gt as recognise, h as unitsSpanned, ht as ownerOf, it as noIssueSlots, j as simulate, jt as killedBy, k as faultOfSchedulerEvent, kt as exitedWith, l as probeCounters, lt as arrangementOf, m as setsTouched, mt as HARNESSES, nt as noContextSwitches, o as describeNoise, ot as notCounted, p as setsOf, pt as selects, q as addCall, rt as noInstructionsCounted, st as runAround, tt as failedUnderPerf, u as jumpsOnBoundariesCost, ut as benchmarkWords, v as perfStat, vt as amountOf, w as topDownOf, wt as isCodeByName, x as addressOfOffset, xt as stepOfGrid, y as perfVersion, yt as finest, z as outsideOf$1 } from "./open-ports.js";
import { $ as shortName, A as hiddenWork, B as cpuTimeSentences, C as seedOf, Ct as metricPlan, Dt as withoutMetric, Et as withOneMetric, I as SIMULATED, M as mayHideWork, N as ratioInTime, O as nothingSlowerSoFar, R as differencesOf, S as roundOrders, St as OF_THE_PROCESS, T as uniform, Tt as wishesOf, _ as decideExact, at as summarizeRounds, b as stepsIn, bt as verdictOf, c as decideTable, ct as settle, d as reachFaults, dt as pathspecsOf, et as cpuTimeOf$1, f as roundsToAnswer, ft as parseJsonPath, g as describeReason, h as tableLevel, i as verdictSentence, it as detectableSlowdown, j as maskedByLayout, l as isAnswered, lt as readConfig, m as rowLevel, n as exactRow, nt as usesSeveralCpus, o as withLayouts, p as roundsToFail, pt as valueAt, r as isExactAnswered, rt as decideInstructions, s as canBeAnswered, st as selectShard, t as answerExact, u as isNotSlower, ut as configSchema, w as shuffled, wt as metricRows, x as ROUND_PARTS, y as runsPerRound, z as sameInstructionsWithin } from "./exact-rows.js";
import { a as hasCause, c as isTime, i as forMetric, n as METRICS, o as isMeasuredInRounds, s as isNoisy, t as HARNESS_NAMES } from "./harness-name.js";
import { a as median, f as SECONDS$2, h as readUnit$1, m as readNumber, o as formatGeometry, p as betterOf } from "./events.js";
import { n as plainFileBytes, t as isRealFolder } from "./real-folder.js";
import { n as tellGit, t as git } from "./git.js";
import { c as formatInterval, f as count$1, l as formatShare, o as formatExtent, p as percent, r as formatChange, s as formatFactor, u as formatValue } from "./format.js";
import { i as STILL_EXPLAINING, n as ENDED_EARLY } from "./run.js";
import { t as SIDES } from "./side.js";
import { crc32, inflateSync } from "node:zlib";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, chownSync, closeSync, constants, copyFileSync, existsSync, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, unlinkSync, utimesSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { basename, dirname, join, posix, relative, resolve as resolve$1, sep } from "node:path";
import { chmod, copyFile, lstat, mkdir, mkdtemp, open as open$1, opendir, readFile as readFile$1, readdir, readlink, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { StringDecoder } from "node:string_decoder";
import { runInNewContext } from "node:vm";
// src/core/checkout/gitlinks.ts
function readGitlinks(tree, declared) {
	const names = new Map(records(declared).flatMap(nameOf$4));
	return records(tree).flatMap((entry) => {
		const [, commit, path] = /^160000 commit ([0-9a-f]{40}|[0-9a-f]{64})\t(.+)$/s.exec(entry) ?? [];
		if (commit === void 0 || path === void 0 || !isPlainPath(path)) return [];
		const name = names.get(path);
		return name === void 0 ? [] : [{
			path,
			commit,
			name
		}];
	});
}
function isPlainPath(path) {
	if (path.length > 4e3 || /[\0\r\n]/.test(path)) return false;
	return path.split("/").every((step) => step !== "" && !/^\.{1,2}$|^\.git$/i.test(step));
}
function nameOf$4(record) {
	const [, name, path] = /^submodule\.([^\n]*)\.path\n(.*)$/s.exec(record) ?? [];
	return name === void 0 || path === void 0 ? [] : [[path.replace(/\/+$/, ""), name]];
}
function records(text) {
	return text.split("\0").filter((record) => record !== "");
}
// src/shell/git/object-stores.ts
const MOST_STORES = 1e3;
const MOST_STEPS = 24;
const MOST_BORROWED = 5;
function storeAt(gitFolder, name) {
	return isRealFolder(gitFolder, "objects") && plainFileBytes(gitFolder, "HEAD") !== void 0 ? {
		gitFolder,
		name,
		objects: objectFolders(join(gitFolder, "objects"))
	} : void 0;
}
function submoduleStores(gitFolder) {
	const found = [];
	const walk = (name, steps) => {
		if (found.length >= MOST_STORES || steps > MOST_STEPS) return;
		const folder = join(gitFolder, "modules", name);
		const store = storeAt(folder, name);
		if (store) found.push(store);
		if (!store) for (const step of foldersIn(folder)) walk(name === "" ? step : `${name}/${step}`, steps + 1);
		else if (isRealFolder(folder, "modules")) walk(`${name}/modules`, steps + 1);
	};
	if (isRealFolder(gitFolder, "modules")) walk("", 0);
	return found;
}
function objectFolders(objects) {
	const found = [];
	const follow = (folder, depth) => {
		if (depth > MOST_BORROWED || found.includes(folder) || depth > 0 && !holdsObjects(folder)) return;
		found.push(folder);
		for (const line of linesOf$3(folder, "info/alternates")) follow(resolve$1(folder, line), depth + 1);
	};
	follow(objects, 0);
	return found;
}
function holdsObjects(folder) {
	const names = foldersAndFilesIn(folder);
	return names.length > 0 && names.every((name) => /^(?:[0-9a-f]{2}|pack|info|tmp_.*|incoming-.*|.*\.lock)$/.test(name));
}
function linesOf$3(folder, path) {
	if (plainFileBytes(folder, path) === void 0) return [];
	return readFileSync(join(folder, path), "utf8").split("\n").filter((line) => line !== "" && !/^["#]/.test(line));
}
function foldersIn(folder) {
	return foldersAndFilesIn(folder).filter((name) => isRealFolder(folder, name));
}
function foldersAndFilesIn(folder) {
	try {
		return readdirSync(folder).sort();
	} catch {
		return [];
	}
}
// src/flow/history/missing-commit.ts
async function notACommit({ what, names }, { repository, shallow }, tools) {
	const named = names.map((name) => JSON.stringify(name)).join(" or ");
	const says = `${what} ${named} is not a commit of ${repository}`;
	const range = /^(.+?)\.{2,3}(.+)$/.exec(names[0] ?? "");
	if (names.length === 1 && range) return `${says}, but a range; name its ends as base ${range[1]} and head ${range[2]}.`;
	if (await isEmpty(repository, tools)) return `${what} ${named} names nothing, because ${repository} has no commit yet; commit the code first.`;
	const meant = names.length === 1 ? nearest(names[0], await refsOf(repository, tools)) : void 0;
	const offered = meant === void 0 ? "" : ` (did you mean ${meant}?)`;
	if (shallow) return `${says}${offered}. The clone is shallow: check out with fetch-depth: 0.`;
	return `${says}${offered}; fetch it (in a workflow, check out with fetch-depth: 0), or name another one.`;
}
async function isEmpty(repository, tools) {
	const { ok, out } = await git(tools, repository, [
		"rev-list",
		"--all",
		"--max-count=1"
	]);
	return ok && out.trim() === "";
}
async function refsOf(repository, tools) {
	return (await git(tools, repository, [
		"for-each-ref",
		"--count=2000",
		"--format=%(refname:short)",
		"refs/heads",
		"refs/remotes",
		"refs/tags"
	])).out.split("\n").filter((name) => /^[\w./@+-]{1,200}$/.test(name));
}
// src/flow/history/history.ts
async function readHistory(request, tools) {
	const source = await openRepository(request.repository, tools);
	const resolve = (rev) => commit(rev, request.repository, tools);
	const head = await resolve(request.head);
	const base = (await Promise.all(request.base.map(async (name) => ({
		name,
		found: await resolve(name)
	})))).find(({ found }) => found !== void 0);
	if (!head || !base?.found) {
		const missing = [...head ? [] : [{
			what: "The head",
			names: [request.head]
		}], ...base || !head && request.base.includes(request.head) ? [] : [{
			what: "The base",
			names: request.base
		}]];
		throw new InputError(await Promise.all(missing.map((one) => notACommit(one, {
			...request,
			shallow: source.shallow
		}, tools))));
	}
	const merged = await git(tools, request.repository, [
		"merge-base",
		base.found.sha,
		head.sha
	]);
	const mergeBase = merged.ok ? await resolve(merged.out.trim()) : void 0;
	if (!mergeBase) throw new InputError([source.shallow ? `${base.name} and the head ${head.sha.slice(0, 12)} have no common ancestor in this shallow clone; check out with fetch-depth: 0, or run git fetch --unshallow.` : `${base.name} and the head ${head.sha.slice(0, 12)} have no common ancestor, because their histories began apart; name a base that the head descends from.`]);
	return {
		source,
		head,
		base: mergeBase,
		baseName: base.name,
		baseTip: base.found.sha
	};
}
async function openRepository(folder, tools) {
	const asked = await git(tools, folder, [
		"rev-parse",
		"--is-shallow-repository",
		"--show-object-format"
	]);
	const [shallow, objectFormat] = asked.out.split("\n");
	const folderOf = async (which) => (await git(tools, folder, [
		"rev-parse",
		"--path-format=absolute",
		which
	])).out.replace(/\n$/, "");
	const [commonFolder, gitFolder] = [await folderOf("--git-common-dir"), await folderOf("--git-dir")];
	if (!asked.ok || !commonFolder || !gitFolder || !objectFormat) throw new InputError([`${folder} is not a git repository (${asked.err.split("\n")[0]}); check the code out first, or name its folder with working-directory (on the command line also --repo).`]);
	const own = storeAt(commonFolder, "") ?? {
		gitFolder: commonFolder,
		name: "",
		objects: [join(commonFolder, "objects")]
	};
	const submodules = [...[...new Set([gitFolder, commonFolder])].flatMap(submoduleStores), ...await embeddedStores(folder, tools)];
	return {
		commonFolder,
		shallow: shallow === "true",
		objectFormat,
		own,
		submodules
	};
}
async function embeddedStores(folder, tools) {
	const top = await git(tools, folder, ["rev-parse", "--show-toplevel"]);
	const tree = top.out.replace(/\n$/, "");
	if (!top.ok || plainFileBytes(tree, ".gitmodules") === void 0) return [];
	return [...(await git(tools, tree, [
		"ls-files",
		"--stage",
		"-z"
	])).out.matchAll(/(?:^|\0)160000 [0-9a-f]+ \d\t([^\0]+)/g)].map((match) => match[1]).filter((path) => isPlainPath(path) && isRealFolder(tree, `${path}/.git`)).flatMap((path) => storeAt(join(tree, path, ".git"), path) ?? []);
}
async function hasNoBase({ repository, base }, tools) {
	for (const name of base) if (await commit(name, repository, tools)) return false;
	const { ok, out } = await git(tools, repository, ["rev-parse", "--is-shallow-repository"]);
	return ok && out.trim() === "false";
}
async function commit(rev, folder, tools) {
	const found = await git(tools, folder, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${rev}^{commit}`
	]);
	const sha = found.out.trim();
	if (!found.ok || !/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) return void 0;
	return {
		sha,
		title: (await git(tools, folder, [
			"log",
			"-1",
			"--no-show-signature",
			"--format=%s",
			sha
		])).out.trim().slice(0, 200)
	};
}
// src/core/config/environment.ts
const PASSED = [
	{
		kind: "system",
		names: [
			"PATH",
			"TERM",
			"TZ",
			"LANG",
			"LANGUAGE",
			"LC_*",
			"SOURCE_DATE_EPOCH"
		]
	},
	{
		kind: "compilers",
		names: [
			...[
				"CC",
				"CXX",
				"CPP",
				"FC",
				"AR",
				"AS",
				"LD",
				"NM",
				"RANLIB",
				"STRIP",
				"OBJCOPY",
				"HOSTCC",
				"HOSTCXX"
			],
			...[
				"CC_*",
				"CXX_*",
				"AR_*",
				"RUSTC",
				"RUSTC_*",
				"RUSTDOC",
				"SDKROOT",
				"CROSS_COMPILE"
			],
			...[
				"HOST_CC",
				"HOST_CXX",
				"HOST_AR",
				"TARGET_CC",
				"TARGET_CXX",
				"TARGET_AR",
				"RANLIB_*",
				"CXXSTDLIB"
			],
			...[
				"OBJC",
				"CUDACXX",
				"CUDAHOSTCXX",
				"CUDA_HOME",
				"CUDA_PATH",
				"NVCC",
				"LLVM_CONFIG",
				"PROTOC"
			]
		]
	},
	{
		kind: "flags",
		names: [
			...[
				"CFLAGS",
				"CXXFLAGS",
				"CPPFLAGS",
				"LDFLAGS",
				"LDLIBS",
				"ASFLAGS",
				"ARFLAGS",
				"FFLAGS",
				"FCFLAGS"
			],
			...[
				"CFLAGS_*",
				"CXXFLAGS_*",
				"LDFLAGS_*",
				"RUSTFLAGS",
				"RUSTDOCFLAGS",
				"MAKEFLAGS",
				"MFLAGS",
				"GNUMAKEFLAGS"
			],
			...[
				"LIBS",
				"HOST_CFLAGS",
				"HOST_CXXFLAGS",
				"TARGET_CFLAGS",
				"TARGET_CXXFLAGS",
				"CUDAFLAGS",
				"DFLAGS"
			],
			...[
				"NVCC_PREPEND_FLAGS",
				"NVCC_APPEND_FLAGS",
				"OBJCFLAGS",
				"SCONSFLAGS"
			]
		]
	},
	{
		kind: "search paths",
		names: [...[
			"CPATH",
			"C_INCLUDE_PATH",
			"CPLUS_INCLUDE_PATH",
			"LIBRARY_PATH",
			"LD_LIBRARY_PATH",
			"LD_RUN_PATH"
		], ...[
			"PKG_CONFIG",
			"PKG_CONFIG_*",
			"ACLOCAL_PATH"
		]]
	},
	{
		kind: "build tools",
		names: [...[
			"CMAKE_*",
			"CTEST_*",
			"NINJA_*",
			"MESON_*",
			"CONAN_*",
			"VCPKG_*",
			"CCACHE_*"
		], ...[
			"NIX_*",
			"ZIG_*",
			"BAZELISK_*",
			"USE_BAZEL_VERSION",
			"XMAKE_*"
		]]
	},
	{
		kind: "Rust",
		names: [...[
			"CARGO_*",
			"RUSTUP_HOME",
			"RUSTUP_TOOLCHAIN",
			"RUST_BACKTRACE",
			"RAYON_*"
		], ...[
			"BINDGEN_*",
			"LIBCLANG_PATH",
			"OPENSSL_DIR",
			"OPENSSL_*_DIR",
			"OPENSSL_STATIC"
		]]
	},
	{
		kind: "Go",
		names: ["GO*", "CGO_*"]
	},
	{
		kind: "Java",
		names: [
			"JAVA_HOME",
			"JAVA_OPTS",
			"JAVA_TOOL_OPTIONS",
			"JDK_JAVA_OPTIONS",
			"MAVEN_OPTS",
			"MAVEN_ARGS",
			"GRADLE_OPTS"
		]
	},
	{
		kind: "Python",
		names: [
			"VIRTUAL_ENV",
			"CONDA_PREFIX",
			"PYTHON*",
			"PIP_*",
			"UV_*"
		]
	},
	{
		kind: "Node.js",
		names: [
			"NODE_ENV",
			"NODE_OPTIONS",
			"NODE_PATH"
		]
	},
	{
		kind: "run time",
		names: [
			"OMP_*",
			"OPENBLAS_*",
			"MKL_*",
			"KMP_*",
			"TBB_*",
			"MALLOC_*",
			"GLIBC_TUNABLES"
		]
	},
	{
		kind: "proxies",
		names: [
			"http_proxy",
			"https_proxy",
			"no_proxy",
			"all_proxy",
			"HTTP_PROXY",
			"HTTPS_PROXY",
			"NO_PROXY",
			"ALL_PROXY"
		]
	},
	{
		kind: "certificates",
		names: [
			"SSL_CERT_FILE",
			"SSL_CERT_DIR",
			"CURL_CA_BUNDLE",
			"REQUESTS_CA_BUNDLE",
			"NODE_EXTRA_CA_CERTS",
			"GIT_SSL_CAINFO"
		]
	}
];
function childEnvironment(caller, extra, home) {
	const passed = Object.entries(caller).filter((entry) => entry[1] !== void 0 && isPassed(entry[0]) && !isSecret(entry[0], entry[1]));
	const asked = extra.flatMap(({ name, value }) => {
		const found = value ?? caller[name];
		return found === void 0 ? [] : [[name, found]];
	});
	const shared = {
		CI: "true",
		HOME: home,
		LANG: "C.UTF-8",
		PATH: "/usr/local/bin:/usr/bin:/bin",
		...Object.fromEntries([...passed, ...asked])
	};
	const of = (side) => ({
		...shared,
		PERF_VERDICT_SIDE: side
	});
	return {
		base: of("base"),
		head: of("head")
	};
}
const patternOf = (names) => new RegExp(`^(?:${names.map((name) => name.replace("*", "[A-Za-z0-9_]*")).join("|")})$`);
const PASSED_NAME = patternOf(PASSED.flatMap(({ names }) => names).filter((name) => name !== "GO*"));
const GO_NAME = /^GO[A-Z0-9]+$/;
function isPassed(name) {
	return PASSED_NAME.test(name) || GO_NAME.test(name);
}
function isSecret(name, value) {
	return /TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|COOKIE|_PASS$|_KEY$|PRIVATE/i.test(name) || SECRET_VALUES.some((form) => form.test(value));
}
const SECRET_VALUES = [
	/:\/\/(?!git@)[^\s/@]+@/,
	/(?:token|password|passwd|secret|api-?key)s?\s*[=:]\s*[^\s;,]{12}|[?&;]sig=|\b(?:bearer|basic)\s+[\w+/=.-]{16}/i,
	/\b(?:gh[a-z]_[A-Za-z0-9]{20}|github_pat_|glpat-|AKIA[0-9A-Z]{12}|xox[a-z]-|npm_[A-Za-z0-9]{20}|pypi-AgE)/
];
const RELEVANT = /(?:FLAGS|_OPTS|_OPTIONS|_ROOT|_PREFIX|_TOOLCHAIN|_TRIPLE|_SYSROOT|_SDK|_INCLUDE_DIRS?|_LIBRARY_DIRS?|_LIB_DIRS?|_INCLUDE_PATH|_LIBRARY_PATH|_ARGS|_CC|_CXX|_LD|_LINKER|_TARGET)$|^(?:LD_PRELOAD|LD_AUDIT|DEBUG|NDEBUG|OPT(?:IMIZE)?|BUILD_TYPE)$/;
const OF_THE_RUNNER = /^(?:GITHUB|RUNNER|ACTIONS|INPUT|STATE|ANDROID|XDG|npm|AGENT|AZURE|DOTNET|VCPKG|POWERSHELL|BASH|HOMEBREW|IMAGE|PIPX|NVM|SGX|GHCUP|BOOTSTRAP)_/i;
function variablesLeftOut(caller, extra) {
	const given = new Set(extra.map(({ name }) => name));
	return Object.entries(caller).filter(([name, value]) => value !== void 0 && value !== "" && !given.has(name)).filter(([name, value]) => isPassed(name) ? isSecret(name, value) : RELEVANT.test(name) && !OF_THE_RUNNER.test(name)).map(([name]) => name).sort();
}
// src/report/reasons/builds.ts
function describeIdentity(found) {
	if (!found.identical) return describeDifference(found.because);
	const same = "Both sides build the same machine code and data";
	if (found.of === "trees") return `${same}: all ${found.files} files of the trees are the same.`;
	return `${same}, in ${found.files === 1 ? "the file" : `the ${found.files} files`} that the benchmark uses.`;
}
function describeDifference(difference) {
	switch (difference.kind) {
		case "file": return `The sides differ in ${difference.file}: ${fileDifference$1(difference.found)}.`;
		case "too-much": return `The files are larger than ${difference.mostBytes} bytes together, which are not compared.`;
		case "unlisted": return `The tree of the ${difference.side} side cannot be compared: ${difference.fault}.`;
		case "trees": return `The trees differ at ${difference.at ?? "their end"}.`;
		case "odd-entry": return `${difference.path} is neither a file nor a folder nor a link.`;
		case "uses-nothing": return "The benchmark uses no file of its own side, so that nothing shows what it runs.";
		case "one-side-uses": return `Only one side's benchmark uses ${difference.file}.`;
		case "installed": return "A build installed something into its home, which the benchmark may use.";
	}
}
function fileDifference$1(difference) {
	switch (difference.kind) {
		case "too-large": return `it is larger than ${difference.mostBytes} bytes, which is not compared`;
		case "program": return difference.clause;
		case "sizes": return `it has ${difference.base} and ${difference.head} bytes`;
		case "byte": return `it differs at byte ${difference.at}`;
		case "unreadable": return `it cannot be read (${difference.fault})`;
	}
}
const buildOf = (side) => `The build of the ${side} side`;
function howBuildEnded(end, limitSeconds) {
	if (end.timedOut) return `ran longer than ${limitSeconds} s and was ended`;
	return end.signal === null ? exitedWith(end.code, end.ranOut) : killedBy(end.signal, end.ranOut);
}
const IN_TURN = {
	"base-is-built": "the base is built",
	"one-cpu": "there is one CPU",
	"no-own-root": "builds have no root of their own",
	"kept-for-later": "the builds are kept for later runs"
};
const NOT_KEPT = {
	installed: "it installed something into its home",
	packages: "it downloaded packages that its benchmarks may need, and they have no network; fetch them in a step before the gate (cargo fetch, go mod download), which fills the caches of this machine"
};
const linesNotShown = (most) => `(more than ${most} lines; the rest is not shown)`;
const NO_BUILD_COMMAND = "No build command was given; both sides ran as they were checked out.";
const BASE_FROM_CACHE = "The base build was taken from the cache.";
// src/core/sandbox/listeners.ts
function listenersIn(tables, uids) {
	const found = new Map();
	for (const [protocol, state] of [["tcp", LISTENS], ["udp", UNCONNECTED]]) for (const line of tables[protocol].flatMap((table) => table.split("\n").slice(1))) {
		const [, local, , at, , , , uid, , inode] = line.trim().split(/\s+/);
		if (at !== state || !uids.has(Number(uid))) continue;
		found.set(`${protocol} ${inode}`, `${protocol} port ${Number.parseInt(local.split(":")[1], 16)}`);
	}
	for (const line of tables.unix.split("\n").slice(1)) {
		const [, , , flags, type, , inode, path] = line.trim().split(/\s+/);
		const waits = (Number.parseInt(flags, 16) & ACCEPTS) !== 0 || type === DATAGRAMS;
		if (path?.startsWith("@") && waits && !NAMED_BY_KERNEL.test(path)) found.set(`unix ${inode}`, `the socket ${path.replace(/@+$/, "")}`);
	}
	return found;
}
const LISTENS = "0A";
const UNCONNECTED = "07";
const ACCEPTS = 65536;
const DATAGRAMS = "0002";
const NAMED_BY_KERNEL = /^@[0-9a-f]{5}@*$/;
// src/shell/sandbox/watch-listeners.ts
const EVERY_MILLISECONDS = 25;
function watchListeners(uids, proc = "/proc") {
	const owners = new Set(uids);
	const look = () => listenersIn(tablesIn(join(proc, "net")), owners);
	const before = look();
	let met;
	const strangers = new Set();
	const see = () => {
		for (const [socket, name] of met === void 0 ? look() : []) {
			if (before.has(socket) || strangers.has(socket)) continue;
			if (isStrangers(socket.slice(socket.indexOf(" ") + 1), proc)) strangers.add(socket);
			else met ??= name;
		}
	};
	const timer = setInterval(see, EVERY_MILLISECONDS);
	return { end: () => {
		clearInterval(timer);
		see();
		return met;
	} };
}
function tablesIn(folder) {
	const text = (name) => {
		try {
			return readFileSync(join(folder, name), "utf8");
		} catch {
			return "";
		}
	};
	return {
		tcp: [text("tcp"), text("tcp6")],
		udp: [text("udp"), text("udp6")],
		unix: text("unix")
	};
}
function isStrangers(inode, proc) {
	const holders = readdirSync(proc).filter((name) => /^\d+$/.test(name) && hasOpen(join(proc, name, "fd"), inode));
	return holders.length > 0 && !holders.some((pid) => isBelowUs(pid, proc));
}
function hasOpen(folder, inode) {
	try {
		return readdirSync(folder).some((name) => readlinkSync(join(folder, name)) === `socket:[${inode}]`);
	} catch {
		return false;
	}
}
function isBelowUs(pid, proc) {
	for (let at = parentOf(pid, proc); at !== void 0; at = parentOf(at, proc)) if (at === String(process.pid)) return true;
	return false;
}
function parentOf(pid, proc) {
	try {
		return /^PPid:\s+([1-9]\d*)$/m.exec(readFileSync(join(proc, pid, "status"), "utf8"))?.[1];
	} catch {
		return;
	}
}
// src/report/reasons/checkout.ts
function bringSentence(path, fault) {
	const names = `bring names ${path}`;
	switch (fault.kind) {
		case "not-copied": return `${names}, which could not be copied: ${fault.said}.`;
		case "missing": return `${names}, which the work tree does not have; make it in a step before the gate.`;
		case "leads-nowhere": return `${names}, a link that leads nowhere; bring a file or folder that exists.`;
		case "leads-out": return `${names}, which leads out of the work tree; bring the files inside it.`;
		case "committed": return `${names}, which the commit has itself; bring only what is not committed.`;
		case "no-folder": return `${names}, and the commit has something else than a folder at ${fault.above}.`;
	}
}
const folderNotMade = (commit, message) => `The folder for ${commit.slice(0, 12)} could not be made: ${message}.`;
const REMEDIES = [{
	when: /missing|unable to read|bad object|promisor|could not parse/i,
	remedy: "The clone lacks objects: check out with fetch-depth: 0, and without filter and sparse-checkout (which filters)."
}, {
	when: /invalid path/i,
	remedy: "No git checks such a tree out; take the path out of it."
}];
function notCheckedOut(commit, err) {
	const [first = ""] = err.split("\n");
	const remedy = REMEDIES.find(({ when }) => when.test(err))?.remedy ?? "See whether the disk is full.";
	return `git could not check out ${commit.slice(0, 12)}: ${first}. ${remedy}`;
}
// src/flow/trees/bring.ts
async function bringInto(tree, { workTree, paths }, tools) {
	for (const path of paths) {
		const from = join(workTree, path);
		const trouble = whyNot(tree, {
			workTree,
			path
		});
		if (trouble !== void 0) return bringSentence(path, trouble);
		await mkdir(dirname(join(tree, path)), { recursive: true });
		const args = [
			"--archive",
			"--reflink=auto",
			"--no-target-directory",
			"--",
			from,
			join(tree, path)
		];
		const { code, stderr } = await tools.run({
			file: "cp",
			args
		});
		if (code !== 0) return bringSentence(path, {
			kind: "not-copied",
			said: stderr.trim().split("\n")[0]
		});
	}
}
function whyNot(tree, { workTree, path }) {
	const from = join(workTree, path);
	if (lstatSync(from, { throwIfNoEntry: false }) === void 0) return { kind: "missing" };
	const real = realPath$1(from);
	if (real === void 0) return { kind: "leads-nowhere" };
	if (!real.startsWith(`${realpathSync(workTree)}${sep}`)) return { kind: "leads-out" };
	if (lstatSync(join(tree, path), { throwIfNoEntry: false }) !== void 0) return { kind: "committed" };
	const steps = dirname(path).split("/");
	for (let count = 1; count <= steps.length; count++) {
		const above = steps.slice(0, count).join("/");
		if (lstatSync(join(tree, above), { throwIfNoEntry: false }) !== void 0 && !isRealFolder(tree, above)) return {
			kind: "no-folder",
			above
		};
	}
}
function realPath$1(path) {
	try {
		return realpathSync(path);
	} catch {
		return;
	}
}
// src/shell/git/git-folder.ts
async function writeGitFolder(folder, git) {
	await mkdir(join(folder, "objects", "info"), { recursive: true });
	await mkdir(join(folder, "refs"));
	const { refs, shallow } = git.heritage;
	const files = {
		HEAD: `${git.head ?? "ref: refs/heads/none"}\n`,
		config: configOf(git),
		"packed-refs": refs,
		"objects/info/alternates": git.borrowed.map((path) => `${quoted$1(path)}\n`).join(""),
		...shallow !== void 0 && { shallow }
	};
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { flag: "wx" });
}
function configOf({ head, workTree, heritage: { objectFormat } }) {
	const sha1 = objectFormat === "sha1";
	return [
		"[core]",
		`\trepositoryformatversion = ${sha1 ? 0 : 1}`,
		`\tbare = ${head === void 0}`,
		"	filemode = true",
		"	trustctime = false",
		"	checkStat = minimal",
		...workTree === void 0 ? [] : [`\tworktree = ${quoted$1(workTree)}`],
		...head === void 0 ? [] : ["[submodule]", "	active = ."],
		...sha1 ? [] : ["[extensions]", `\tobjectFormat = ${objectFormat}`],
		""
	].join("\n");
}
function quoted$1(text) {
	return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
// src/flow/trees/check-out-files.ts
async function checkOutFiles(spot, tools) {
	const { mirror, commit, gitFolder, workTree } = spot;
	await writeGitFolder(gitFolder, {
		borrowed: [join(mirror.folder, "objects")],
		head: commit,
		heritage: mirror.heritage,
		...workTree !== void 0 && { workTree }
	});
	const done = await git(tools, spot.tree, [
		"reset",
		"--quiet",
		"--hard"
	]);
	return done.ok ? void 0 : done.err;
}
const FORM = /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n$/;
function parseLfsPointer(text) {
	if (text.length >= 1024) return void 0;
	const [, oid, size] = FORM.exec(text) ?? [];
	return oid === void 0 || size === void 0 ? void 0 : {
		oid,
		bytes: Number(size)
	};
}
// src/shell/git/lfs-objects.ts
const READ = constants.O_RDONLY | constants.O_NOFOLLOW;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
async function pointerAt$1(tree, path) {
	const bytes = plainFileBytes(tree, path);
	if (bytes === void 0 || bytes >= 1024) return void 0;
	const file = await open$1(join(tree, path), READ);
	try {
		return parseLfsPointer(await file.readFile("utf8"));
	} finally {
		await file.close();
	}
}
async function replacePointer(file, { oid, bytes }, gitFolder) {
	const folder = `lfs/objects/${oid.slice(0, 2)}/${oid.slice(2, 4)}`;
	if (!isRealFolder(gitFolder, folder)) return "absent";
	const object = await open$1(join(gitFolder, folder, oid), READ).catch(() => void 0);
	if (!object) return "absent";
	const partial = `${file}.${randomUUID()}`;
	try {
		const found = await object.stat();
		if (!found.isFile()) return "absent";
		if (found.size !== bytes) return "damaged";
		const { mode } = await lstat(file);
		if (await copy(object, partial, mode) !== oid) return "damaged";
		await rename(partial, file);
		return "done";
	} finally {
		await object.close();
		await rm(partial, { force: true });
	}
}
async function copy(from, to, mode) {
	const hash = createHash("sha256");
	const file = await open$1(to, CREATE, mode & 511);
	try {
		for await (const chunk of from.createReadStream({
			autoClose: false,
			highWaterMark: 2 ** 20
		})) {
			hash.update(chunk);
			await file.writeFile(chunk);
		}
		await file.chmod(mode & 511);
		return hash.digest("hex");
	} finally {
		await file.close();
	}
}
// src/flow/trees/check-out-lfs.ts
async function checkOutLfs({ tree, mirror, commit }, tools) {
	if (!await usesLfs({
		mirror,
		commit
	}, tools)) return [];
	const listed = await git(tools, tree, [
		"ls-files",
		"-z",
		":(attr:filter=lfs)"
	]);
	const left = [];
	const replaced = [];
	for (const path of listed.out.split("\0").filter((name) => name !== "")) {
		const pointer = await pointerAt$1(tree, path);
		if (!pointer) continue;
		const done = await replacePointer(join(tree, path), pointer, mirror.of.gitFolder);
		if (done === "done") replaced.push(path);
		else left.push({
			path,
			oid: pointer.oid,
			why: done
		});
	}
	const input = replaced.map((path) => `${path}\0`).join("");
	await tellGit(tools, tree, {
		args: [
			"update-index",
			"--assume-unchanged",
			"-z",
			"--stdin"
		],
		input
	});
	return left;
}
async function usesLfs({ mirror, commit }, tools) {
	const words = [
		"grep",
		"--quiet",
		"--text",
		"--fixed-strings",
		"-e",
		"filter=lfs",
		commit,
		"--"
	];
	return (await git(tools, mirror.folder, [...words, ":(glob)**/.gitattributes"])).ok;
}
// src/flow/trees/check-out-submodules.ts
const DEEPEST$3 = 10;
const MOST$1 = 500;
async function checkOutSubmodules(spot, mirrors, tools) {
	const round = {
		mirrors,
		tools,
		submodules: [],
		objects: [],
		tried: 0
	};
	await layOutWithin({
		spot,
		prefix: "",
		depth: 0,
		names: ""
	}, round);
	return {
		submodules: round.submodules,
		objects: round.objects
	};
}
async function layOutWithin(outer, round) {
	const links = await gitlinksOf(outer.spot, round.tools);
	const holders = await holdersOf(links, round.mirrors, round.tools);
	for (const link of links) {
		const inner = await layOutLink(link, {
			outer,
			holders: holders.get(link.commit) ?? []
		}, round);
		const path = `${outer.prefix}${link.path}`;
		if (typeof inner === "string") {
			round.submodules.push({
				path,
				commit: link.commit,
				why: inner
			});
			continue;
		}
		for (const left of await checkOutLfs(inner.spot, round.tools)) round.objects.push({
			...left,
			path: `${path}/${left.path}`
		});
		await layOutWithin(inner, round);
	}
}
async function layOutLink(link, { outer, holders }, round) {
	const { spot, prefix, depth, names } = outer;
	if (depth >= DEEPEST$3 || round.tried >= MOST$1 || !isRealFolder(spot.tree, link.path)) return "refused";
	round.tried += 1;
	const [path, name] = [`${prefix}${link.path}`, `${names}${link.name}`];
	const from = holders.find(({ of }) => of.name === name) ?? holders[0];
	const inner = from && await layOutOne(spot, link, {
		from,
		tools: round.tools
	});
	if (!inner) return round.mirrors.some(({ of }) => of.name === name || of.name === path) ? "unfetched" : "absent";
	return {
		spot: inner,
		prefix: `${path}/`,
		depth: depth + 1,
		names: `${from.of.name}/modules/`
	};
}
async function gitlinksOf({ mirror, commit }, tools) {
	const asked = [
		"config",
		"--no-includes",
		`--blob=${commit}:.gitmodules`,
		"--null",
		"--get-regexp",
		"^submodule\\..*\\.path$"
	];
	const declared = await git(tools, mirror.folder, asked);
	if (!declared.ok) return [];
	return readGitlinks((await git(tools, mirror.folder, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		commit
	])).out, declared.out);
}
async function holdersOf(links, mirrors, tools) {
	const holders = new Map();
	const commits = [...new Set(links.map(({ commit }) => commit))].slice(0, MOST$1);
	if (commits.length === 0) return holders;
	for (const mirror of mirrors) {
		const asked = [
			"rev-list",
			"--no-walk=unsorted",
			"--ignore-missing",
			...commits
		];
		const { out } = await git(tools, mirror.folder, asked);
		for (const commit of out.split("\n").filter((line) => line !== "")) holders.set(commit, [...holders.get(commit) ?? [], mirror]);
	}
	return holders;
}
async function layOutOne(outer, { path, commit }, { from, tools }) {
	const tree = join(outer.tree, path);
	const gitFolder = join(outer.gitFolder, "modules", path);
	await mkdir(dirname(gitFolder), { recursive: true });
	await writeFile(join(tree, ".git"), `gitdir: ${relative(tree, gitFolder)}\n`, { flag: "wx" });
	const spot = {
		mirror: from,
		commit,
		tree,
		gitFolder,
		workTree: relative(gitFolder, tree)
	};
	if (await checkOutFiles(spot, tools) === void 0) return spot;
	for (const place of [gitFolder, tree]) await rm(place, {
		recursive: true,
		force: true
	});
	await mkdir(tree);
}
// src/flow/trees/check-out-commit.ts
async function checkOutCommit(mirrors, { commit, tree }, tools) {
	const taken = await mkdir(tree).catch((error) => error);
	if (taken) return failed(folderNotMade(commit, taken.message));
	const spot = {
		mirror: mirrors.own,
		commit,
		tree,
		gitFolder: join(tree, ".git")
	};
	const trouble = await checkOutFiles(spot, tools);
	if (trouble !== void 0) return failed(notCheckedOut(commit, trouble));
	const objects = await checkOutLfs(spot, tools);
	const within = await checkOutSubmodules(spot, mirrors.submodules, tools);
	const brought = mirrors.brought && await bringInto(tree, mirrors.brought, tools);
	if (brought !== void 0) return failed(brought);
	return success({
		submodules: within.submodules,
		objects: [...objects, ...within.objects]
	});
}
// src/flow/trees/mirror.ts
async function mirror(source, clone, tools) {
	const { objectFormat } = source;
	const names = await nameObjects(source, clone);
	const make = async (of, folder) => {
		const heritage = {
			...await heritageOf(of, tools),
			objectFormat
		};
		const borrowed = of.objects.flatMap((real) => names.get(real) ?? []);
		await writeGitFolder(folder, {
			borrowed,
			heritage
		});
		return {
			folder,
			of,
			borrowed,
			heritage
		};
	};
	const own = await make(source.own, clone);
	const submodules = [];
	for (const [index, of] of source.submodules.entries()) submodules.push(await make(of, join(clone, "modules", `${index}.git`)));
	await tools.run({
		file: "chmod",
		args: [
			"--recursive",
			"a+rX",
			clone
		]
	});
	return {
		own,
		submodules
	};
}
function borrowedObjects({ own, submodules }, clone) {
	return [...new Set([own, ...submodules].flatMap(({ objects }) => objects))].map((real, index) => ({
		real,
		name: join(dirname(clone), "objects", `${index}`)
	}));
}
async function nameObjects(source, clone) {
	const names = borrowedObjects(source, clone);
	await mkdir(join(dirname(clone), "objects"), { mode: 493 });
	for (const { real, name } of names) await symlink(real, name);
	return new Map(names.map(({ real, name }) => [real, name]));
}
async function heritageOf({ gitFolder }, tools) {
	const place = [`--git-dir=${gitFolder}`, "--work-tree=/"];
	const kinds = [
		"refs/heads",
		"refs/remotes",
		"refs/tags"
	];
	const listed = await git(tools, "/", [
		...place,
		"for-each-ref",
		"--format=%(objectname) %(refname)",
		...kinds
	]);
	const shallow = await readFile$1(join(gitFolder, "shallow"), "utf8").catch(() => "");
	return {
		refs: listed.out,
		...shallow !== "" && { shallow }
	};
}
// src/flow/trees/checkout.ts
async function checkOut(history, folder, tools, { brought, oneTree } = {}) {
	const clone = cloneIn(folder);
	const mirrors = {
		...await mirror(history.source, clone, tools),
		...brought && { brought }
	};
	const head = join(folder, "head");
	const trees = {
		base: oneTree ? head : join(folder, "base"),
		head
	};
	const checkOutSide = async (side) => {
		const done = await checkOutCommit(mirrors, {
			commit: history[side].sha,
			tree: trees[side]
		}, tools);
		if (!done.ok) throw new InputError([done.fault]);
		return done.value;
	};
	const base = oneTree ? void 0 : await checkOutSide("base");
	const ofHead = await checkOutSide("head");
	return {
		clone,
		mirrors,
		trees,
		leftOut: {
			base: base ?? ofHead,
			head: ofHead
		}
	};
}
function workTreeOf({ own }, repository) {
	return basename(own.gitFolder) === ".git" ? dirname(own.gitFolder) : resolve$1(repository);
}
function placesOf$2(source, folder, repository) {
	const clone = cloneIn(folder);
	return {
		workTree: workTreeOf(source, repository),
		readable: [{
			from: clone,
			at: clone
		}, ...borrowedObjects(source, clone).map(({ real, name }) => ({
			from: real,
			at: name
		}))]
	};
}
const cloneIn = (folder) => join(folder, "clone.git");
const REMOVAL_SECONDS$1 = 300;
async function replaceTree(checkout, { side, sha }, tools) {
	const tree = checkout.trees[side];
	await removeTree(tree, REMOVAL_SECONDS$1);
	const done = await checkOutCommit(checkout.mirrors, {
		commit: sha,
		tree
	}, tools);
	return done.ok ? success({
		...checkout,
		leftOut: {
			...checkout.leftOut,
			[side]: done.value
		}
	}) : done;
}
// src/core/harness/output.ts
const ESCAPES$1 = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
function outputOf$1(stdout) {
	const text = cleaned(stdout);
	const lazy = {};
	return {
		text,
		get lines() {
			lazy.lines ??= text.split("\n");
			return lazy.lines;
		},
		get documents() {
			lazy.documents ??= documentsIn(text);
			return lazy.documents;
		}
	};
}
function cleaned(stdout) {
	const colourless = withoutColours(stdout.charCodeAt(0) === 65279 ? stdout.slice(1) : stdout);
	if (!colourless.includes("\r")) return colourless;
	return colourless.split("\n").map((line) => {
		const kept = line.endsWith("\r") ? line.slice(0, -1) : line;
		return kept.slice(kept.lastIndexOf("\r") + 1);
	}).join("\n");
}
function withoutColours(text) {
	return text.includes("\x1B") ? text.replace(ESCAPES$1, "") : text;
}
const MOST_MISSES = 2e4;
const MOST_WASTED = 4;
function documentsIn(text) {
	const whole = parsed$2(text);
	if (whole !== void 0) return [whole];
	const found = documentsAt(text, START);
	return found.length > 0 ? found : documentsAt(text, ANYWHERE);
}
function documentsAt(text, start) {
	const found = [];
	let misses = 0;
	let wasted = 0;
	let at = nextStart(text, start, 0);
	while (at !== void 0 && misses < MOST_MISSES && wasted <= MOST_WASTED * text.length) {
		const end = closingOf(text, at);
		const document = end === void 0 ? void 0 : parsed$2(text.slice(at, end));
		if (document === void 0) {
			misses++;
			wasted += (end ?? text.length) - at;
			at = nextStart(text, start, start === START ? lineAfter(text, at) : at + 1);
		} else {
			found.push(document);
			at = nextStart(text, start, end);
		}
	}
	return found;
}
const START = /(?:^|(?<=[}\]]))[ \t]*[[{]|[[{](?=\n\s*["{])/gm;
const ANYWHERE = /[[{](?=\s*["{])/g;
function nextStart(text, start, from) {
	start.lastIndex = from;
	const found = start.exec(text);
	return found ? found.index + found[0].length - 1 : void 0;
}
function lineAfter(text, at) {
	const end = text.indexOf("\n", at);
	return end < 0 ? text.length : end + 1;
}
function closingOf(text, at) {
	let depth = 0;
	for (let index = at; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === QUOTE) {
			for (index++; index < text.length && text.charCodeAt(index) !== QUOTE; index++) if (text.charCodeAt(index) === BACKSLASH) index++;
		} else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
		else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
			depth--;
			if (depth === 0) return index + 1;
		}
	}
}
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
function parsed$2(text) {
	try {
		return objectIn(text);
	} catch {
		return NO_NUMBER.test(text) ? parsedWithoutNumbers(text) : void 0;
	}
}
const NO_NUMBER = /[:[,]\s*-?(?:NaN|Infinity)\s*[,}\]]/;
const EACH_NO_NUMBER = /(?<=[:[,]\s{0,40})-?(?:NaN|Infinity)(?=\s{0,40}[,}\]])/g;
function parsedWithoutNumbers(text) {
	try {
		return objectIn(text.replace(EACH_NO_NUMBER, (word) => `"${word}"`));
	} catch {
		return;
	}
}
function objectIn(text) {
	const document = JSON.parse(text);
	return typeof document === "object" && document !== null ? document : void 0;
}
// src/core/text/compiler-error.ts
const GNU$1 = /^(?:\.\/)?([^\s:][^:\n]*):(\d{1,7}):(?:\d{1,7}:)? (?:fatal )?error(?:\[\w+\])?:? (.+)$/;
const GO = /^(?:\.\/)?([^\s:][^:\n]*\.go):(\d{1,7}):\d{1,7}: (.+)$/;
const RUST_WHAT = /^error(?:\[E\d+\])?: (.+)$/;
const RUST_WHERE = /^\s*--> ([^:\n]+):(\d{1,7}):\d{1,7}$/;
function firstError(output, tree) {
	let rust;
	for (const line of output.split(/\r?\n/)) {
		const plain = line.replaceAll(/\u001b\[[\d;]*[mK]/g, "");
		const found = GNU$1.exec(plain) ?? GO.exec(plain);
		const where = found ?? RUST_WHERE.exec(plain);
		if (where && (found || rust !== void 0)) {
			const file = below(where[1], tree);
			if (file !== void 0) return {
				file,
				line: Number(where[2]),
				message: (found?.[3] ?? rust).slice(0, 500)
			};
		}
		rust = RUST_WHAT.exec(plain)?.[1] ?? (where ? void 0 : rust);
	}
}
function below(file, tree) {
	const path = file.startsWith(`${tree}/`) ? file.slice(tree.length + 1) : file;
	const steps = path.split("/");
	return path.startsWith("/") || steps.includes("..") || path.length > 500 ? void 0 : path;
}
// src/report/limitations/checkout.ts
const MOST_NAMES$3 = 3;
function checkoutLimitations({ base, head }) {
	if (JSON.stringify(base) === JSON.stringify(head)) return limitationsIn(base, "both");
	return [...limitationsIn(base, "base"), ...limitationsIn(head, "head")];
}
function missingContentHint(left, side) {
	const [first] = limitationsIn(left, side);
	return first && `${first.what} ${first.instead}`;
}
const TREE = {
	base: "The base",
	head: "The head",
	both: "Both sides"
};
const verb = (of) => of === "both" ? "were" : "was";
function limitationsIn({ submodules, objects }, of) {
	return [...[
		"absent",
		"unfetched",
		"refused"
	].flatMap((why) => {
		const left = submodules.filter((submodule) => submodule.why === why);
		return left.length === 0 ? [] : [SUBMODULE[why](left, of)];
	}), ...objects.length === 0 ? [] : [ofObjects(objects, of)]];
}
const SUBMODULE = {
	absent: (left, of) => ({
		what: `${TREE[of]} ${verb(of)} checked out without ${named$3(left)}, which the clone does not have.`,
		instead: "If the build needs it, check out with submodules: recursive and fetch-depth: 0."
	}),
	unfetched: (left, of) => ({
		what: `${TREE[of]} ${verb(of)} checked out without ${named$3(left)}, because the clone of the submodule has not fetched that commit.`,
		instead: `Check out with submodules: recursive and fetch-depth: 0${fetchOf(left)}.`
	}),
	refused: (left, of) => ({
		what: `${TREE[of]} ${verb(of)} checked out without ${named$3(left)}: submodules are checked out up to 10 deep and 500 in all.`,
		instead: "If the build needs it, take some of the submodules out."
	})
};
function named$3(left) {
	const names = left.slice(0, MOST_NAMES$3).map(({ path, commit }) => `${quoted$2(path)} at ${commit.slice(0, 12)}`);
	const rest = left.length - names.length;
	const all = rest > 0 ? [...names, `${rest} more`] : names;
	return `the submodule${left.length > 1 ? "s" : ""} ${listed$1(all)}`;
}
function fetchOf([first]) {
	if (!first || !/^[\w.][\w./-]{0,200}$/.test(first.path)) return "";
	return `, or run \`git -C ${first.path} fetch origin ${first.commit}\` before the gate`;
}
function ofObjects(objects, of) {
	const [first] = objects;
	const damaged = objects.filter(({ why }) => why === "damaged").length;
	const files = objects.length === 1 ? "file stayed a Git LFS pointer" : "files stayed Git LFS pointers";
	const why = damaged > 0 ? `objects in the clone are damaged (${damaged} of ${objects.length})` : "the clone lacks the objects";
	return {
		what: `${objects.length} ${files} on ${of === "both" ? "both sides" : `the ${of} side`}, the first ${quoted$2(first.path)}: ${why}.`,
		instead: of === "base" ? "lfs: true of actions/checkout fetches the objects of the head alone; run `git lfs fetch --all` before the gate." : "Check out with lfs: true, and run `git lfs fetch --all` before the gate for the objects of the base."
	};
}
// src/flow/build/output-lines.ts
const MOST_LINES$2 = 2e3;
const LONGEST_LINE$4 = 1e3;
function outputLines(line) {
	const decoder = new StringDecoder("utf8");
	let rest = "";
	let count = 0;
	const pass = (text) => {
		if (text.trim() === "") return;
		count += 1;
		if (count <= MOST_LINES$2) line(text.slice(0, LONGEST_LINE$4));
		else if (count === 2001) line(linesNotShown(MOST_LINES$2));
	};
	return {
		take: (chunk) => {
			const lines = (rest + decoder.write(chunk)).split(/\r\n|[\r\n]/);
			rest = (lines.pop() ?? "").slice(0, LONGEST_LINE$4);
			for (const text of lines) pass(text);
		},
		end: () => {
			if (rest !== "") pass(rest);
		}
	};
}
// src/flow/build/build-side.ts
async function buildSide(side, request, ports) {
	const lines = outputLines((text) => ports.log.quote?.(`${side} | ${text}`));
	ports.log.doing?.(`building ${side}`, request.timeoutSeconds);
	const { seconds, code, signal, timedOut, ranOut, stdout } = await ports.sandbox.run({
		argv: [
			"bash",
			"-c",
			"exec 2>&1; exec bash -euo pipefail -c \"$1\"",
			"bash",
			request.command
		],
		tree: request.trees[side],
		builds: true,
		env: request.env[side],
		timeoutSeconds: request.timeoutSeconds,
		onOutput: lines.take
	});
	lines.end();
	if (code === 0 && !timedOut) {
		ports.log.line(`built ${side} in ${seconds.toFixed(1)} s`);
		return;
	}
	const error = firstError(stdout, request.trees[side]);
	const hint = request.leftOut && missingContentHint(request.leftOut[side], side);
	return {
		error: new CommandError({
			what: buildOf(side),
			command: request.command,
			side,
			ended: howBuildEnded({
				code,
				signal,
				timedOut,
				ranOut
			}, request.timeoutSeconds),
			lastLines: lastLines(stdout),
			...error !== void 0 && { error },
			...hint !== void 0 && { hint }
		}),
		wantsRoom: timedOut || ranOut !== void 0 || signal !== null
	};
}
function lastLines(text) {
	return withoutColours(text.slice(-65536)).split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").slice(-20);
}
// src/core/cache/cache-key.ts
const SCHEMA = 3;
const NOT_BUILT_FROM = {
	env: [
		"TERM",
		"COLUMNS",
		"LINES",
		"COLORTERM"
	],
	machine: [
		...[
			"microcode",
			"cpus",
			"smt",
			"kernel",
			"kernel parameters",
			"machine",
			"virtualisation",
			"memory"
		],
		...[
			"l1d",
			"l1i",
			"l2",
			"l3",
			"l4",
			"frequency driver",
			"governor",
			"turbo",
			"isolated"
		],
		...[
			"transparent huge pages",
			"perf",
			"valgrind"
		]
	]
};
function without(values, names) {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
function ingredientsOf(build) {
	const record = (prefix, values) => Object.entries(values).map(([name, value]) => ({
		name: `${prefix}.${name}`,
		value
	})).sort((one, other) => one.name < other.name ? -1 : 1);
	return [
		{
			name: "schema",
			value: String(SCHEMA)
		},
		{
			name: "perf-verdict",
			value: build.toolVersion
		},
		{
			name: "base",
			value: build.baseSha
		},
		{
			name: "left-out",
			value: build.leftOut
		},
		{
			name: "build",
			value: build.command
		},
		{
			name: "tree",
			value: build.tree
		},
		...record("env", without(build.env, NOT_BUILT_FROM.env)),
		...record("machine", without(build.machine, NOT_BUILT_FROM.machine))
	];
}
function cacheKey(ingredients, sha256) {
	return `perf-verdict-base-${sha256(JSON.stringify(ingredients.map(({ name, value }) => [name, value])))}`;
}
// src/core/checkout/missing-content.ts
function accountOf({ submodules, objects }) {
	const lines = [...submodules.map(({ path, commit }) => [path, commit]), ...objects.map(({ oid }) => [oid])];
	return JSON.stringify(lines);
}
// src/flow/build/base-key.ts
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
function shortKey(key) {
	return key.slice(0, 30);
}
function baseKey(context, { sha, leftOut }) {
	const { plan, checkout, env, machine, request } = context;
	const ingredients = ingredientsOf({
		baseSha: sha,
		leftOut: sha256(accountOf(leftOut)),
		command: plan.settings.build ?? "",
		env: env.base,
		tree: context.ports.sandbox.placeOf(checkout.trees.base).inside.tree,
		toolVersion: request.version,
		machine
	});
	return {
		key: cacheKey(ingredients, sha256),
		ingredients
	};
}
// src/flow/build/installed.ts
const CACHES = new Set([
	".cache",
	".cargo",
	".ccache",
	".gradle",
	".m2",
	".npm",
	"go"
]);
const INSTALLED$1 = [".cargo/bin", "go/bin"];
function installedSomething(home) {
	return (existsSync(home) ? readdirSync(home) : []).some((name) => !CACHES.has(name)) || INSTALLED$1.some((path) => existsSync(join(home, path)));
}
async function whyNotKept({ tree, home }) {
	if (installedSomething(home)) return "installed";
	for (const folder of [...PACKAGES.map((path) => join(home, path)), ...layersOf(tree)]) if (await holdsPackage(folder)) return "packages";
}
const PACKAGES = [
	".cargo/registry",
	".cargo/git",
	"go/pkg/mod",
	".m2/repository",
	".gradle"
];
const PACKAGE = /\.(?:crate|zip|jar|pom|pack)$/;
function layersOf(tree) {
	const layers = `${tree}.layers`;
	return existsSync(layers) ? readdirSync(layers).map((name) => join(layers, name, "upper")) : [];
}
async function holdsPackage(folder) {
	const entries = await opendir(folder).catch(() => void 0);
	if (!entries) return false;
	for await (const entry of entries) {
		if (entry.isFile() && PACKAGE.test(entry.name)) return true;
		if (entry.isDirectory() && await holdsPackage(join(folder, entry.name))) return true;
	}
	return false;
}
// src/flow/build/keep-next-base.ts
function isPlaceShared({ ports, checkout }) {
	const of = (side) => ports.sandbox.placeOf(checkout.trees[side]).inside.tree;
	return of("base") === of("head");
}
function isNextBase({ request, plan, history }) {
	const same = history.base.sha === history.head.sha;
	const bare = plan.settings.bring.length === 0;
	return request.keepsNextBase && plan.settings.build !== void 0 && !same && bare;
}
function isUntouched({ plan: { benchmarks } }) {
	return benchmarks.length > 0 && benchmarks.every(({ untouched }) => untouched !== void 0);
}
async function keepHead(context) {
	if (!isNextBase(context) || !isPlaceShared(context)) return;
	const { checkout, history, ports } = context;
	const why = await whyNotKept(ports.sandbox.placeOf(checkout.trees.head));
	if (why !== void 0) return ports.log.line(`head: its build is not kept, because ${NOT_KEPT[why]}`);
	const { key } = baseKey(context, {
		sha: history.head.sha,
		leftOut: checkout.leftOut.head
	});
	const kept = await ports.cache.save([checkout.trees.head], key);
	ports.log.line(`head: ${kept ? `kept as ${shortKey(key)}, the base of pull requests to come` : "not kept"}`);
}
async function keepNextBase(context) {
	const { plan, checkout, history, ports, env } = context;
	const command = plan.settings.build;
	const isKept = isPlaceShared(context) && !isUntouched(context);
	if (!isNextBase(context) || isKept || command === void 0) return;
	await ports.log.group("Keep a build for pull requests to come", async () => {
		const { sha } = history.head;
		const replaced = await replaceTree(checkout, {
			side: "base",
			sha
		}, ports.tools);
		if (!replaced.ok) return ports.log.line(`nothing was kept: ${replaced.fault}`);
		const { key } = baseKey(context, {
			sha,
			leftOut: replaced.value.leftOut.base
		});
		await ports.sandbox.adopt(checkout.trees.base);
		const failure = await buildSide("base", {
			command,
			trees: checkout.trees,
			env,
			timeoutSeconds: plan.settings.buildTimeoutSeconds
		}, ports);
		if (failure) return ports.log.line(`nothing was kept: ${failure.error.message}`);
		const why = await whyNotKept(ports.sandbox.placeOf(checkout.trees.base));
		if (why !== void 0) return ports.log.line(`nothing was kept, because ${NOT_KEPT[why]}`);
		const kept = await ports.cache.save([checkout.trees.base], key);
		ports.log.line(kept ? `kept as ${shortKey(key)}` : "nothing was kept");
	});
}
// src/flow/build/at-once.ts
function whyInTurn(context) {
	if (availableParallelism() < 2) return "one-cpu";
	if (!isPlaceShared(context)) return "no-own-root";
	if (context.request.keepsNextBase) return "kept-for-later";
}
async function buildAtOnce(context, request) {
	const { ports } = context;
	const { trees } = request;
	ports.log.line("building both sides at once");
	ports.log.doing?.("building both sides", request.timeoutSeconds);
	const { doing: _, ...log } = ports.log;
	const later = heldLog(log);
	const watch = ports.sandbox.network === "none" ? void 0 : watchListeners(SIDES.map((side) => statSync(trees[side]).uid));
	const one = async (side, log) => {
		const failed = await buildSide(side, request, {
			...ports,
			log
		});
		await ports.sandbox.seal(trees[side]);
		return failed;
	};
	const base = one("base", log).finally(later.release);
	const built = await Promise.allSettled([base, one("head", later.log)]);
	const met = watch?.end();
	for (const outcome of built) if (outcome.status === "rejected") throw outcome.reason;
	const [ofBase, ofHead] = built.map((outcome) => outcome.status === "fulfilled" ? outcome.value : void 0);
	const failed = {
		base: ofBase,
		head: ofHead
	};
	if (met !== void 0) ports.log.line(`a build listened at ${met}, which both could reach, so the sides are built again, one after the other`);
	const again = SIDES.filter((side) => met !== void 0 || failed[side]?.wantsRoom === true);
	for (const side of again) if (met === void 0) ports.log.line(`${side}: its build is tried again alone`);
	const alone = {};
	for (const side of again) alone[side] = await buildAlone(context, request, side);
	return {
		...failed,
		...alone
	};
}
async function buildAlone({ checkout, history, ports }, request, side) {
	const replaced = await replaceTree(checkout, {
		side,
		sha: history[side].sha
	}, ports.tools);
	if (!replaced.ok) throw new RunFault(replaced.fault);
	const tree = checkout.trees[side];
	await ports.sandbox.adopt(tree);
	const failed = await buildSide(side, request, ports);
	await ports.sandbox.seal(tree);
	return failed;
}
function heldLog(log) {
	let held = [];
	const when = (tell) => {
		if (held) held.push(tell);
		else tell();
	};
	const { quote } = log;
	return {
		log: {
			...log,
			line: (text) => when(() => log.line(text)),
			...quote && { quote: (text) => when(() => quote(text)) }
		},
		release: () => {
			for (const tell of held ?? []) tell();
			held = void 0;
		}
	};
}
// src/flow/build/lend-objects.ts
const READS = "git cat-file -e \"HEAD^{tree}\" || exit; for at; do test -r \"$at\" && test -x \"$at\" || exit 1; done";
const NO_GIT = 127;
async function lendObjects(context) {
	const { checkout, env, ports } = context;
	const all = [checkout.mirrors.own, ...checkout.mirrors.submodules];
	const mirrors = [];
	for (const mirror of all) if (await borrows(mirror)) mirrors.push(mirror);
	if (mirrors.length === 0) return "copied";
	const folders = mirrors.flatMap(({ borrowed }) => borrowed);
	const { code } = await ports.sandbox.run({
		argv: [
			"sh",
			"-c",
			READS,
			"sh",
			...folders
		],
		tree: checkout.trees.base,
		env: env.base,
		timeoutSeconds: 60,
		literal: true
	});
	if (code === 0) return "borrowed";
	if (code === NO_GIT) return "nothing";
	ports.log.line("git in builds: the jobs cannot read the objects of the clone, so they are copied");
	for (const mirror of mirrors) await copyObjects(mirror, ports);
	return "copied";
}
const alternatesOf = ({ folder }) => join(folder, "objects", "info", "alternates");
async function borrows(mirror) {
	return await readFile$1(alternatesOf(mirror), "utf8") !== "";
}
async function copyObjects(mirror, { tools }) {
	const { folder, of } = mirror;
	const objects = join(folder, "objects");
	for (const from of of.objects) {
		const args = [
			"--recursive",
			"--reflink=auto",
			"--no-clobber",
			"--",
			`${from}/.`,
			objects
		];
		await tools.run({
			file: "cp",
			args
		});
	}
	await writeFile(alternatesOf(mirror), "");
	await tools.run({
		file: "chmod",
		args: [
			"--recursive",
			"a+rX",
			folder
		]
	});
}
// src/flow/build/build-both.ts
async function buildBoth(context) {
	const { plan, checkout, env, ports } = context;
	const { build: command, buildTimeoutSeconds: timeoutSeconds } = plan.settings;
	for (const side of SIDES) await ports.sandbox.adopt(checkout.trees[side]);
	await lendObjects(context);
	if (command === void 0) {
		for (const side of SIDES) await ports.sandbox.seal(checkout.trees[side]);
		return {
			failures: [],
			notes: [NO_BUILD_COMMAND]
		};
	}
	return ports.log.group("Build both sides", async () => {
		const { trees, leftOut } = checkout;
		const request = {
			command,
			trees,
			env,
			timeoutSeconds,
			leftOut
		};
		const cached = await fromCache(context);
		const inTurn = cached ? "base-is-built" : whyInTurn(context);
		if (inTurn !== void 0) ports.log.debug?.(`builds: one after the other, because ${IN_TURN[inTurn]}`);
		const failed = inTurn === void 0 ? await buildAtOnce(context, request) : await buildInTurn(context, {
			request,
			cached
		});
		return {
			failures: SIDES.flatMap((side) => failed[side]?.error ?? []),
			notes: cached ? [BASE_FROM_CACHE] : []
		};
	});
}
async function buildInTurn(context, { request, cached }) {
	const { ports, checkout } = context;
	const base = cached ? void 0 : await buildSide("base", request, ports);
	if (!cached && !base) await keepBase(context);
	await ports.sandbox.seal(checkout.trees.base);
	const head = await buildSide("head", request, ports);
	if (!head) await keepHead(context);
	await ports.sandbox.seal(checkout.trees.head);
	return {
		base,
		head
	};
}
const usesCache = ({ request, plan }) => request.usesCache && plan.settings.bring.length === 0;
const keyOf$1 = (context) => baseKey(context, {
	sha: context.history.base.sha,
	leftOut: context.checkout.leftOut.base
});
async function fromCache(context) {
	const { checkout, ports } = context;
	if (!usesCache(context)) return false;
	const { key, ingredients } = keyOf$1(context);
	for (const { name, value } of ingredients) ports.log.debug?.(`cache key: ${name} = ${value}`);
	if (await ports.cache.restore([checkout.trees.base], key)) {
		await ports.sandbox.adopt(checkout.trees.base);
		ports.log.line(`base: its build was taken from the cache (${shortKey(key)})`);
		return true;
	}
	ports.log.line(`base: not in the cache as ${shortKey(key)}, so it is built`);
	return false;
}
async function keepBase(context) {
	const { checkout, ports } = context;
	if (!usesCache(context)) return;
	const place = ports.sandbox.placeOf(checkout.trees.base);
	const why = await whyNotKept(place);
	if (why === void 0) await ports.cache.save([place.tree], keyOf$1(context).key);
	else ports.log.line(`base: its build is not kept, because ${NOT_KEPT[why]}`);
}
// src/core/harness/run-end.ts
const LAST_LINES = 12;
function lastLinesOf({ stdout, stderr = "" }) {
	const of = (text) => withoutColours(text.slice(-16384)).split("\n").map((line) => line.trimEnd()).filter((line) => line !== "");
	const [errors, output] = [of(stderr), of(stdout)];
	const told = errors.slice(-12);
	return [...output.slice(-Math.max(0, LAST_LINES - told.length)), ...told].slice(-12);
}
function failureOf(run) {
	const failure = endOf$1(run);
	if (run.failedStep === void 0 || failure === void 0) return failure;
	return {
		kind: run.failedStep,
		says: {
			rule: "step-failed",
			step: run.failedStep,
			end: failure.says
		}
	};
}
function endOf$1(run) {
	const { signal, code, ranOut } = run;
	if (run.timedOut) return {
		kind: "timeout",
		says: {
			rule: "timed-out",
			seconds: run.seconds
		}
	};
	if (signal !== null) return {
		kind: "crash",
		says: {
			rule: "signal",
			signal,
			ranOut
		}
	};
	if (code === 0) return void 0;
	const missing = missingCommand(run);
	if (missing !== void 0) return {
		kind: "not-found",
		says: {
			rule: "not-started",
			said: quotedLine(missing)
		}
	};
	const told = [run.stdout, run.stderr ?? ""].map((text) => text.slice(-16384));
	return {
		kind: "crash",
		says: {
			rule: "exit",
			code,
			ranOut,
			offline: foundNoNetwork(told.join("\n"))
		}
	};
}
function missingCommand({ code, stderr = "" }) {
	if (code !== 127 && code !== 126 && !/Error 12[67]$/m.test(stderr)) return void 0;
	return startFailure(stderr);
}
const NOT_STARTED = /not found\s*$|No such file or directory|Permission denied|cannot execute/;
function startFailure(stderr) {
	return stderr.slice(-16384).split("\n").findLast((line) => NOT_STARTED.test(line))?.replace(/^bash: (?:line \d+: )?/, "");
}
function lostOutput(run) {
	if (run.truncated) return {
		kind: "flood",
		says: { rule: "output-cut" }
	};
	if (run.stdout.trim() === "") {
		const missing = startFailure(run.stderr ?? "");
		return {
			kind: "silent",
			says: {
				rule: "nothing-printed",
				onErrors: (run.stderr ?? "").trim() !== "",
				...missing === void 0 ? {} : { said: quotedLine(missing) }
			}
		};
	}
}
// src/report/terminal/progress.ts
function progressLine(progress) {
	const { benchmarks, decided, rounds, spentSeconds, budgetSeconds, leftSeconds } = progress;
	const left = decided < benchmarks ? `, at least ${shortDuration(leftSeconds)} to go` : "";
	return `Measuring: ${decided} of ${benchmarks} benchmarks have their answer, ${rounds} rounds so far, ${spentSeconds.toFixed(0)} s of at most ${budgetSeconds} s${left}.`;
}
function progressWords({ benchmarks, decided, rounds, leftSeconds }) {
	return `${decided} of ${benchmarks} decided, ${rounds} rounds${decided < benchmarks ? `, at least ${shortDuration(leftSeconds)} to go` : ""}`;
}
function shortDuration(seconds) {
	return seconds < 100 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}
function decidedLine({ name, decision, reason, change, rounds }) {
	return oneLine(`${name}: ${decision}${change ? ` ${formatChange(change.ratio)} (${formatInterval(change)})` : ""}${rounds > 0 ? ` after ${rounds} rounds` : ""}.${reason ? ` ${reason}` : ""}`);
}
function oneLine(text) {
	return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
// src/report/limitations/measuring.ts
const KEEPS_PAGES = "These keep their physical pages from run to run.";
const controlInPlace = {
	what: "There is no second copy of the base work tree.",
	instead: "The control runs in base's own tree, which cannot show a bias of paths, files or state."
};
const needs = ({ rows, seconds }) => `${rows === 1 ? "1 benchmark needs" : `${rows} benchmarks need`} about ${shortDuration(seconds)}`;
const budgetIsEnough = (needed) => `${needs(needed)} at least; the budget is ${shortDuration(needed.budgetSeconds)}.`;
const fewWillBeDecided = (needed, rows) => ({
	what: `${needs(needed)}, and the budget is ${shortDuration(needed.budgetSeconds)}: about ${rows} of them will be decided, the cheapest first.`,
	instead: "Raise budget, or split the table over several jobs with shard."
});
const mappedFilesUnknown = {
	what: "The file system of the work trees does not tell which files a run maps.",
	instead: "Every ELF file of the tree is rewritten before each run."
};
const tooLargeToRewrite = (files, mostBytes) => ({
	what: `The files that a run maps are larger than ${mostBytes / 2 ** 20} MB together; ${files.length} of them are not rewritten, ${files[0]} first.`,
	instead: KEEPS_PAGES
});
const notRewritten = (files) => ({
	what: `Files that a run maps could not be rewritten (${files.length}, ${files[0]} first).`,
	instead: KEEPS_PAGES
});
const unfitControl = (name) => ({
	what: `The control of ${name} differs from base although it is the same build, so the machine is not fit to judge it.`,
	instead: "Its times decide nothing; it is undecided."
});
const flakyRuns = (name, side, times, clause) => ({
	what: `${name} failed ${times === 1 ? "once" : "twice"} on ${side}: it ${clause}.`,
	instead: "Others were run in place of the rounds with a failed run. What these would have shown is not known, so each counts against every answer."
});
const WORTH_SAYING = .1;
function coarseClocks(rows) {
	const coarse = rows.flatMap(({ name, unit, threshold, base, head }) => [base, head].flatMap((series) => {
		const { step = 0, digit, median = 0 } = series ?? {};
		if (digit === void 0 || step < WORTH_SAYING * threshold * median) return [];
		return [{
			name,
			unit,
			step,
			digit,
			share: step / median
		}];
	}));
	const [first] = coarse.toSorted((one, other) => other.share - one.share);
	if (first === void 0) return [];
	const others = new Set(coarse.map(({ name }) => name)).size - 1;
	const more = others === 0 ? "" : `, and so do ${others} more`;
	const of = Number.isFinite(first.share) ? ` (${formatShare(first.share)} of its value)` : "";
	return [{
		what: `The values of \`${first.name}\` move in steps of ${formatValue(first.step, first.unit)}${of} although they are printed in steps of ${formatValue(first.digit, first.unit)}${more}: the clock behind the digits is coarse.`,
		instead: "What a step can hide is left open; use a finer clock, or measure longer in each run."
	}];
}
const MILLISECOND$1 = .001;
function valuesWithoutNoise(rows) {
	const still = rows.flatMap(({ name, unit, threshold, base, head }) => {
		const share = Math.max(...[base, head].map((series) => MILLISECOND$1 / (series?.median || MILLISECOND$1)));
		const isStill = [base, head].every((series) => {
			const [first = 0, ...rest] = series?.samples ?? [];
			const ticks = first / MILLISECOND$1;
			return rest.length >= 3 && rest.every((each) => each === first) && Math.abs(ticks - Math.round(ticks)) < 1e-9 && (series?.step ?? 0) < MILLISECOND$1;
		});
		return unit === "s" && isStill && share >= threshold / 2 ? [{
			name,
			share,
			unit,
			value: base.median
		}] : [];
	});
	const [first] = still.toSorted((one, other) => other.share - one.share);
	if (first === void 0) return [];
	const more = still.length === 1 ? "" : `, and ${still.length - 1} more do the like`;
	return [{
		what: `The values of \`${first.name}\` have no noise: each run of a side printed the same whole milliseconds (${formatValue(first.value, first.unit)} on base)${more}.`,
		instead: `A clock that counts milliseconds would do so, and could hide a change of ${formatShare(first.share)}; look at what the benchmark takes its time from.`
	}];
}
function busyOnOneCpu(name, { kept, threads, cpu }) {
	const by = threads > 1 ? ` with ${threads} threads` : "";
	return {
		what: `${name} kept ${kept.toFixed(1)} CPUs busy${by} in its first run, and was then measured with all its threads on CPU ${cpu} alone.`,
		instead: `A change of its parallelism was not measured; give it cpus: ${Math.max(threads, Math.ceil(kept))}.`
	};
}
function threadsOnOneCpu(programs, cpu) {
	const [first] = programs;
	const most = Math.max(...programs.map(({ threads }) => threads));
	return {
		what: `${programs.length === 1 ? `${first.name} started ${first.threads} threads, which` : `${programs.length} benchmarks started up to ${most} threads each, which`} shared CPU ${cpu} alone.`,
		instead: `A change of parallelism was not measured; if the threads are meant to run at once, give cpus: ${most}.`
	};
}
const runsNothingBuilt = (name, sides) => ({
	what: `${name} used no file of its own tree or home on ${sides.join(" and ")}, so nothing shows that it runs what was built.`,
	instead: "It was measured all the same, but a pass says nothing of the change if both sides run a program of the machine; name the built program by its path in the tree."
});
// src/flow/run/stoppable-match.ts
function stoppableMatch(milliseconds) {
	return (pattern, text) => {
		try {
			const found = runInNewContext(MATCH, {
				pattern,
				text
			}, { timeout: milliseconds });
			return typeof found === "string" ? parsed$1(found) : void 0;
		} catch {
			return;
		}
	};
}
const MATCH = `
const found = []
for (const match of text.matchAll(new RegExp(pattern, 'gmd'))) {
  const { value, unit } = match.groups ?? {}
  const group = match.findIndex((each, at) => at > 0 && each !== undefined && each !== unit)
  const own = value ?? (group > 0 ? match[group] : match[0])
  const [start, end] = value === undefined ? (match.indices[Math.max(group, 0)] ?? match.indices[0]) : match.indices.groups.value
  const [from, to] = match.indices[0]
  const around = [start === from ? text.slice(Math.max(0, from - 16), from) : '', end === to ? text.slice(to, to + 16) : '']
  found.push({ value: own, ...(unit === undefined ? {} : { unit }), after: text.slice(end, end + 16), around })
  if (found.length >= 1000) break
}
JSON.stringify(found)`;
function parsed$1(list) {
	const items = JSON.parse(list);
	if (!Array.isArray(items)) return [];
	return items.map(({ value, unit, after, around }) => ({
		value: String(value),
		...unit !== void 0 && { unit: String(unit) },
		after: String(after),
		...Array.isArray(around) && { around: [String(around[0]), String(around[1])] }
	}));
}
// src/flow/trees/tree-listing.ts
const known = new Map();
const MOST_ROOTS = 16;
const SETTLED_MILLISECONDS = 50;
async function listFiles(root, leaves = () => false) {
	const before = known.get(root);
	const folders = new Map();
	const waiting = [""];
	const pace = openPacer();
	let same = before !== void 0;
	for (let path = waiting.pop(); path !== void 0; path = waiting.pop()) {
		await pace();
		const old = before?.folders.get(path);
		const stamp = stampOf(join(root, path));
		const kept = old !== void 0 && stamp !== "" && old.stamp === stamp;
		const folder = kept ? old : await read(root, path, {
			stamp,
			leaves
		});
		if (!kept) same = false;
		folders.set(path, folder);
		waiting.push(...folder.folders);
	}
	const listing = same && before?.folders.size === folders.size ? before.listing : listingOf(folders);
	known.delete(root);
	known.set(root, {
		folders,
		listing
	});
	if (known.size > MOST_ROOTS) known.delete(known.keys().next().value);
	return listing;
}
async function read(root, path, { stamp, leaves }) {
	const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => void 0);
	const files = [];
	const folders = [];
	for (const entry of entries ?? []) {
		const name = path === "" ? entry.name : `${path}/${entry.name}`;
		if (entry.isFile()) files.push(name);
		else if (entry.isDirectory() && entry.name !== ".git" && !leaves(name)) folders.push(name);
	}
	return {
		stamp: entries === void 0 ? "" : stamp,
		files,
		folders,
		open: entries !== void 0
	};
}
function stampOf(path) {
	try {
		const { dev, ino, ctimeMs, ctimeNs } = lstatSync(path, { bigint: true });
		return Date.now() - Number(ctimeMs) < SETTLED_MILLISECONDS ? "" : `${dev} ${ino} ${ctimeNs}`;
	} catch {
		return "";
	}
}
function listingOf(folders) {
	const all = [...folders.values()];
	return {
		files: all.flatMap(({ files }) => files).sort((one, other) => one < other ? -1 : 1),
		whole: all.every(({ open }) => open)
	};
}
// src/flow/trees/files-used.ts
const MOST_FILES$5 = 2e5;
async function mappedFiles(tree, run, unread = new Map()) {
	const { files, whole } = await listFiles(tree);
	const known = whole && files.length <= MOST_FILES$5 && await knownToKeep(tree);
	const before = unread.get(tree);
	const toMark = before === void 0 ? files : files.filter((file) => !before.has(file));
	unread.delete(tree);
	const marked = known && await markUnread(toMark.map((file) => `${tree}/${file}`));
	const outcome = await run();
	if (marked) {
		const read = new Set(await filtered(files, (file) => wasRead(`${tree}/${file}`)));
		unread.set(tree, new Set(files.filter((file) => !read.has(file))));
		return {
			files: [...read],
			exact: true,
			outcome
		};
	}
	return {
		files: await filtered((await listFiles(tree)).files, (file) => isElf(join(tree, file))),
		exact: false,
		outcome
	};
}
async function filtered(files, keep) {
	const pace = openPacer();
	const kept = [];
	for (const file of files) {
		await pace();
		if (keep(file)) kept.push(file);
	}
	return kept;
}
function isElf(path) {
	let file;
	try {
		file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const start = Buffer.alloc(4);
		return readSync(file, start) === 4 && start.equals(ELF_MAGIC);
	} catch {
		return false;
	} finally {
		if (file !== void 0) closeSync(file);
	}
}
const ELF_MAGIC = Buffer.from("ELF", "latin1");
const keeping = new Map();
async function knownToKeep(tree) {
	const { dev, ino } = statSync(tree);
	const key = `${dev} ${ino} ${tree}`;
	const known = keeping.get(key) ?? await keepsAccessTimes(tree);
	keeping.set(key, known);
	return known;
}
async function keepsAccessTimes(tree) {
	const folder = await mkdtemp(join(tree, ".perf-verdict-")).catch(() => void 0);
	if (folder === void 0) return false;
	try {
		const probe = join(folder, "probe");
		await writeFile(probe, "read me");
		await utimes(probe, 0, Date.now() / 1e3);
		await readFile$1(probe);
		return (await stat(probe)).atimeMs > 0;
	} catch {
		return false;
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
async function markUnread(paths) {
	const pace = openPacer();
	try {
		for (const path of paths) {
			await pace();
			if (!wasRead(path)) continue;
			utimesSync(path, 0, secondsOf$1(lstatSync(path, { bigint: true }).mtimeNs));
		}
		return true;
	} catch {
		return false;
	}
}
function secondsOf$1(nanoseconds) {
	return (Number(nanoseconds / 1000n) + .5) / 1e6;
}
function wasRead(path) {
	return (lstatSync(path, { throwIfNoEntry: false })?.atimeMs ?? 0) !== 0;
}
// src/flow/trees/files-outside.ts
const OUTSIDE = [".home", ".layers"];
const MOST_FILES$4 = 2e5;
async function openOutside(tree) {
	const mark = (files) => markUnread(files.map((file) => `${tree}${file}`));
	const { files, whole } = await outsideOf(tree);
	const known = whole && files.length <= MOST_FILES$4 && await mark(files);
	let before = new Set(files);
	let passedOne = false;
	return {
		known,
		passed: () => {
			passedOne = true;
		},
		async used() {
			const pace = openPacer();
			const now = (await outsideOf(tree)).files;
			const read = [];
			for (const file of now) {
				await pace();
				if (!wasRead(`${tree}${file}`)) continue;
				if ((passedOne || before.has(file)) && isCode$2(`${tree}${file}`)) read.push(file);
			}
			await mark(now.filter((file) => !before.has(file) || wasRead(`${tree}${file}`)));
			before = new Set(now);
			passedOne = false;
			return read;
		}
	};
}
async function outsideOf(tree) {
	const files = [];
	let whole = true;
	for (const suffix of OUTSIDE) {
		const root = `${tree}${suffix}`;
		if (lstatSync(root, { throwIfNoEntry: false }) === void 0) continue;
		const listed = await listFiles(root, (folder) => suffix === ".layers" && /^\d+\/(?:work|merged)$/.test(folder));
		whole &&= listed.whole;
		for (const file of listed.files) files.push(`${suffix}/${file}`);
	}
	return {
		files,
		whole
	};
}
function isCode$2(path) {
	return ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 73) !== 0 || isCodeByName(path) || isElf(path);
}
// src/core/elf/errors.ts
var ElfError = class extends Error {
	name = "ElfError";
};
// src/core/elf/first-difference.ts
const utf8$4 = new TextEncoder();
function equalTexts(a, b) {
	const [left, right] = [utf8$4.encode(a), utf8$4.encode(b)];
	return left.length === right.length ? {
		a: left,
		b: right
	} : {
		a: new Uint8Array(),
		b: new Uint8Array()
	};
}
const chunk$1 = 1048576;
function holds$1(bytes, at, text) {
	if (at < 0 || at + text.length > bytes.length) return false;
	for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
	return true;
}
function endOfTexts(left, right, at) {
	const { index, texts } = at;
	const length = texts.a.length;
	for (let start = index; start > index - length; start--) if (holds$1(left, start, texts.a) && holds$1(right, start, texts.b)) return start + length;
	return -1;
}
function endOfEqual(left, right, at) {
	let index = at.from;
	const equal = () => index < at.stop && left[index] === right[index];
	while (index % 4 !== 0 && equal()) index++;
	if (index % 4 === 0 && left.byteOffset % 4 === 0 && right.byteOffset % 4 === 0) {
		const count = Math.floor(at.stop / 4);
		const a = new Uint32Array(left.buffer, left.byteOffset, count);
		const b = new Uint32Array(right.buffer, right.byteOffset, count);
		let word = index / 4;
		while (word < count && a[word] === b[word]) word++;
		index = Math.max(index, word * 4);
	}
	while (equal()) index++;
	return index;
}
function firstDifference(a, b, extent) {
	const { size, texts } = extent;
	const margin = texts.a.length;
	for (let next = 0; next < size;) {
		const from = Math.max(0, next - margin);
		const length = Math.min(size, next + chunk$1 + margin) - from;
		const left = a.file.read(a.offset + from, length);
		const right = b.file.read(b.offset + from, length);
		if (left.length !== length || right.length !== length) return from + Math.min(left.length, right.length);
		const stop = Math.min(size, next + chunk$1) - from;
		let index = endOfEqual(left, right, {
			from: next - from,
			stop
		});
		while (index < stop) {
			const end = endOfTexts(left, right, {
				index,
				texts
			});
			if (end < 0) return from + index;
			index = endOfEqual(left, right, {
				from: end,
				stop
			});
		}
		next = from + index;
	}
}
// src/core/elf/fields.ts
function fieldsOf(bytes, littleEndian) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return {
		bytes,
		littleEndian,
		u8: (at) => view.getUint8(at),
		u16: (at) => view.getUint16(at, littleEndian),
		u32: (at) => view.getUint32(at, littleEndian),
		u64: (at) => {
			const first = view.getUint32(at, littleEndian);
			const second = view.getUint32(at + 4, littleEndian);
			return littleEndian ? second * 4294967296 + first : first * 4294967296 + second;
		}
	};
}
const largestPart = 536870912;
function readPart$1(file, part) {
	const { what, offset, size } = part;
	if (!(offset >= 0 && size >= 0 && offset + size <= file.size)) throw new ElfError(`The ${what} (${size} bytes at offset ${offset}) is beyond the end of the file (${file.size} bytes): it is damaged, build it again.`);
	if (size > largestPart) throw new ElfError(`The ${what} has ${size} bytes, more than the ${largestPart} that are read: strip the file.`);
	const bytes = size === 0 ? new Uint8Array() : file.read(offset, size);
	if (bytes.length !== size) throw new ElfError(`The ${what} could not be read whole: the file changed while it was read, try again.`);
	return bytes;
}
function inMemory(bytes) {
	return {
		size: bytes.length,
		read: (offset, length) => bytes.subarray(offset, offset + length)
	};
}
// src/core/elf/strings.ts
const utf8$3 = new TextDecoder("utf-8");
const longName = 4096;
const mostLongBytes = 67108864;
function longNameBudget() {
	let spent = 0;
	return (length) => {
		if (length > longName) spent += length;
		if (spent > mostLongBytes) throw new ElfError("The names of a string table overlap without end: build the file again.");
	};
}
function stringTable(bytes) {
	const text = utf8$3.decode(bytes);
	const plain = text.length === bytes.length;
	const spend = longNameBudget();
	return (offset) => {
		const found = plain ? text.indexOf("\0", offset) : bytes.indexOf(0, offset);
		const end = found < 0 ? bytes.length : found;
		spend(end - offset);
		return plain ? text.slice(offset, end) : utf8$3.decode(bytes.subarray(offset, end));
	};
}
function sectionAt({ u32, u64 }, at, bits) {
	const wide = bits === 64;
	return {
		name: "",
		nameAt: u32(at),
		type: u32(at + 4),
		flags: wide ? u64(at + 8) : u32(at + 8),
		address: wide ? u64(at + 16) : u32(at + 12),
		offset: wide ? u64(at + 24) : u32(at + 16),
		size: wide ? u64(at + 32) : u32(at + 20),
		link: wide ? u32(at + 40) : u32(at + 24),
		info: wide ? u32(at + 44) : u32(at + 28),
		align: wide ? u64(at + 48) : u32(at + 32),
		entrySize: wide ? u64(at + 56) : u32(at + 36)
	};
}
function readCounts(file, header) {
	const { sectionCount: sections, sectionNamesIndex: sectionNames, segmentCount: segments } = header;
	if (header.sectionsAt === 0) return {
		sections: 0,
		sectionNames: 0,
		segments
	};
	if (sections !== 0 && sectionNames !== 65535 && segments !== 65535) return {
		sections,
		sectionNames,
		segments
	};
	const size = header.bits === 64 ? 64 : 40;
	const first = sectionAt(fieldsOf(readPart$1(file, {
		what: "first section header",
		offset: header.sectionsAt,
		size
	}), header.littleEndian), 0, header.bits);
	return {
		sections: sections === 0 ? first.size : sections,
		sectionNames: sectionNames === 65535 ? first.link : sectionNames,
		segments: segments === 65535 ? first.info : segments
	};
}
function checkSection(file, section, index) {
	const { type, offset, size, flags, address } = section;
	if (type !== 8 && type !== 0 && offset + size > file.size) throw new ElfError(`Section ${index} (${size} bytes at offset ${offset}) is beyond the end of the file (${file.size} bytes): it is damaged, build it again.`);
	if ((flags & 2) !== 0 && !Number.isSafeInteger(address + size)) throw new ElfError(`Section ${index} is at an address beyond 2^53, as in a kernel image: name a program that runs in user space.`);
}
function named$2(file, sections, index) {
	const table = sections[index];
	if (index !== 0 && (table === void 0 || table.type === 8)) throw new ElfError(`Section ${index} should hold the section names and does not: build the file again.`);
	const { offset, size } = index === 0 || table === void 0 ? {
		offset: 0,
		size: 0
	} : table;
	const nameOf = stringTable(readPart$1(file, {
		what: "section name table",
		offset,
		size
	}));
	for (const section of sections) section.name = nameOf(section.nameAt);
	return sections;
}
function readSections(file, header, counts) {
	if (counts.sections === 0) return [];
	const stride = header.sectionSize;
	if (stride < (header.bits === 64 ? 64 : 40)) throw new ElfError(`The section headers have ${stride} bytes each, too few: build the file again.`);
	const fields = fieldsOf(readPart$1(file, {
		what: "section table",
		offset: header.sectionsAt,
		size: counts.sections * stride
	}), header.littleEndian);
	const sections = Array.from({ length: counts.sections }, (_, i) => sectionAt(fields, i * stride, header.bits));
	for (const [index, section] of sections.entries()) checkSection(file, section, index);
	return named$2(file, sections, counts.sectionNames);
}
// src/core/elf/identity.ts
const buildNames = new Set([
	".note.gnu.build-id",
	".note.go.buildid",
	".gnu_debuglink"
]);
const hex$1 = (address) => `0x${address.toString(16)}`;
function loadedSections$1(elf) {
	return elf.sections.filter(({ flags, name }) => (flags & 2) !== 0 && !buildNames.has(name));
}
function segmentDifference(a, b) {
	if (a.length !== b.length) return `one has ${a.length} segments, the other ${b.length}`;
	const index = a.findIndex((segment, at) => {
		const other = b[at];
		return [
			"type",
			"flags",
			"address",
			"memorySize"
		].some((key) => segment[key] !== other[key]);
	});
	return index < 0 ? void 0 : `segment ${index} (at ${hex$1(a[index].address)}) is laid out differently`;
}
function sectionDifference(a, b) {
	if (a.name !== b.name) return `one has section ${a.name} where the other has ${b.name}`;
	if (a.address !== b.address) return `section ${a.name} is at ${hex$1(a.address)} and at ${hex$1(b.address)}`;
	if (a.size !== b.size) return `section ${a.name} has ${a.size} and ${b.size} bytes`;
	if (a.type !== b.type || a.flags !== b.flags) return `section ${a.name} is of another kind`;
}
function contentDifference(a, b, texts) {
	if (a.section.type === 8) return void 0;
	const { size, name, address } = a.section;
	const at = firstDifference({
		file: a.elf.file,
		offset: a.section.offset
	}, {
		file: b.elf.file,
		offset: b.section.offset
	}, {
		size,
		texts
	});
	return at === void 0 ? void 0 : `section ${name} differs at ${hex$1(address + at)}`;
}
function headDifference(a, b) {
	if ([
		"bits",
		"littleEndian",
		"machine",
		"type"
	].some((key) => a[key] !== b[key])) return "they are of different kinds";
	if (a.entry !== b.entry) return `one starts at ${hex$1(a.entry)}, the other at ${hex$1(b.entry)}`;
	return segmentDifference(a.segments, b.segments);
}
function difference(a, b, texts) {
	const head = headDifference(a, b);
	if (head !== void 0) return head;
	const [ofA, ofB] = [loadedSections$1(a), loadedSections$1(b)];
	if (ofA.length === 0 && ofB.length === 0) return "neither says which parts are loaded";
	if (ofA.length !== ofB.length) return `one loads ${ofA.length} sections, the other ${ofB.length}`;
	for (const [index, section] of ofA.entries()) {
		const other = ofB[index];
		const found = sectionDifference(section, other) ?? contentDifference({
			elf: a,
			section
		}, {
			elf: b,
			section: other
		}, texts);
		if (found !== void 0) return found;
	}
}
function sameProgram(a, b, options = {}) {
	if (a.type === "relocatable" || b.type === "relocatable") return {
		same: false,
		difference: "they are not linked"
	};
	const found = difference(a, b, equalTexts(...options.paths ?? ["", ""]));
	return found === void 0 ? { same: true } : {
		same: false,
		difference: found
	};
}
// src/core/elf/extents.ts
function extentAt(extents, address) {
	let [low, high] = [0, extents.length];
	while (low < high) {
		const middle = low + high >>> 1;
		if (extents[middle].address <= address) low = middle + 1;
		else high = middle;
	}
	const extent = extents[low - 1];
	return extent && address < extent.address + extent.size ? extent : void 0;
}
// src/core/elf/header.ts
const types = {
	1: "relocatable",
	2: "executable",
	3: "shared"
};
function identify(file) {
	const ident = file.read(0, Math.min(16, file.size));
	if (ident.length < 16 || ident[0] !== 127 || ident[1] !== 69 || ident[2] !== 76 || ident[3] !== 70) throw new ElfError("This is not an ELF file: name a program, a shared object or an object file.");
	const [fileClass, order] = [ident[4], ident[5]];
	if (fileClass !== 1 && fileClass !== 2 || order !== 1 && order !== 2) throw new ElfError(`The ELF header names class ${fileClass} and byte order ${order}, which do not exist: the file is damaged, build it again.`);
	return {
		bits: fileClass === 1 ? 32 : 64,
		littleEndian: order === 1
	};
}
function readHeader$1(file) {
	const { bits, littleEndian } = identify(file);
	const wide = bits === 64;
	const { u16, u32, u64 } = fieldsOf(readPart$1(file, {
		what: "ELF header",
		offset: 0,
		size: wide ? 64 : 52
	}), littleEndian);
	const counts = wide ? 54 : 42;
	return {
		bits,
		littleEndian,
		type: types[u16(16)] ?? "other",
		machine: u16(18),
		entry: wide ? u64(24) : u32(24),
		segmentsAt: wide ? u64(32) : u32(28),
		sectionsAt: wide ? u64(40) : u32(32),
		segmentSize: u16(counts),
		segmentCount: u16(counts + 2),
		sectionSize: u16(counts + 4),
		sectionCount: u16(counts + 6),
		sectionNamesIndex: u16(counts + 8)
	};
}
// src/core/elf/notes.ts
function* notesIn(bytes, littleEndian) {
	const { u32 } = fieldsOf(bytes, littleEndian);
	const padded = (size) => Math.ceil(size / 4) * 4;
	for (let at = 0; at + 12 <= bytes.length;) {
		const [ownerSize, size, type] = [
			u32(at),
			u32(at + 4),
			u32(at + 8)
		];
		const content = at + 12 + padded(ownerSize);
		if (content + size > bytes.length) return;
		const letters = bytes.subarray(at + 12, at + 12 + Math.max(0, ownerSize - 1));
		yield {
			owner: String.fromCharCode(...letters.subarray(0, 16)),
			type,
			at: content,
			size
		};
		at = content + padded(size);
	}
}
const noteSection = 7;
const noteSegment = 4;
const largestSearch = 1048576;
const mostSearched = 64;
function readBuildId(file, parts, littleEndian) {
	const ofSections = parts.sections.filter(({ type }) => type === noteSection);
	const ofSegments = parts.segments.filter(({ type }) => type === noteSegment).map(({ offset, fileSize }) => ({
		offset,
		size: fileSize
	}));
	const searched = parts.sections.length > 0 ? ofSections : ofSegments;
	for (const { offset, size } of searched.slice(0, mostSearched)) {
		if (size > largestSearch) continue;
		const bytes = readPart$1(file, {
			what: "note",
			offset,
			size
		});
		for (const note of notesIn(bytes, littleEndian)) if (note.owner === "GNU" && note.type === 3) return Array.from(bytes.subarray(note.at, note.at + note.size), (byte) => byte.toString(16).padStart(2, "0")).join("");
	}
}
// src/core/elf/paged.ts
const pageBytes = 16384;
const mostPages = 512;
function pagedBytes(file) {
	const pages = new Map();
	const pageAt = (page) => {
		const known = pages.get(page);
		if (known) return known;
		if (pages.size === mostPages) pages.clear();
		const bytes = file.read(page * pageBytes, Math.min(pageBytes, file.size - page * pageBytes));
		pages.set(page, bytes);
		return bytes;
	};
	return {
		size: file.size,
		read: (offset, length) => {
			const page = Math.floor(offset / pageBytes);
			const from = offset - page * pageBytes;
			return from + length > pageBytes ? file.read(offset, length) : pageAt(page).subarray(from, from + length);
		}
	};
}
// src/core/elf/segments.ts
function segmentAt({ u32, u64 }, at, bits) {
	const wide = bits === 64;
	return {
		type: u32(at),
		flags: wide ? u32(at + 4) : u32(at + 24),
		offset: wide ? u64(at + 8) : u32(at + 4),
		address: wide ? u64(at + 16) : u32(at + 8),
		fileSize: wide ? u64(at + 32) : u32(at + 16),
		memorySize: wide ? u64(at + 40) : u32(at + 20)
	};
}
function readSegments(file, header, count) {
	if (count === 0 || header.segmentsAt === 0) return [];
	const stride = header.segmentSize;
	if (stride < (header.bits === 64 ? 56 : 32)) throw new ElfError(`The segment headers have ${stride} bytes each, too few: build the file again.`);
	const fields = fieldsOf(readPart$1(file, {
		what: "segment table",
		offset: header.segmentsAt,
		size: count * stride
	}), header.littleEndian);
	return Array.from({ length: count }, (_, index) => segmentAt(fields, index * stride, header.bits));
}
// src/core/elf/order.ts
function ascendingOrder(numbers) {
	const count = numbers.length;
	const order = new Uint32Array(count);
	let [lowest, highest] = [Number.POSITIVE_INFINITY, 0];
	for (const number of numbers) {
		if (number < lowest) lowest = number;
		if (number > highest) highest = number;
	}
	const room = 2 ** Math.ceil(Math.log2(Math.max(1, count)));
	if ((highest - lowest + 1) * room > Number.MAX_SAFE_INTEGER) return order.map((_, index) => index).sort((a, b) => numbers[a] - numbers[b] || a - b);
	const packed = new Float64Array(count);
	for (let index = 0; index < count; index++) packed[index] = (numbers[index] - lowest) * room + index;
	packed.sort();
	for (let index = 0; index < count; index++) {
		const number = packed[index];
		order[index] = number - Math.floor(number / room) * room;
	}
	return order;
}
// src/core/elf/arrange.ts
function underscores(name) {
	let count = 0;
	while (name.charCodeAt(count) === 95) count++;
	return count;
}
const inAlphabet = (a, b) => a === b ? 0 : a < b ? -1 : 1;
function byRenown(a, b) {
	if (a.local !== b.local) return a.local ? 1 : -1;
	return underscores(a.name) - underscores(b.name) || inAlphabet(a.name, b.name);
}
function merged(group) {
	let best = group[0];
	for (let at = 1; at < group.length; at++) if (byRenown(group[at], best) < 0) best = group[at];
	const { name, kind, address, size, section, local } = best;
	const others = [];
	for (const symbol of group) if (symbol !== best && symbol.name !== name) others.push(symbol.name);
	if (others.length === 0) return best;
	return {
		name,
		kind,
		address,
		size,
		section,
		local,
		aliases: others.length === 1 ? others : [...new Set(others)].sort(inAlphabet)
	};
}
function sized(symbol, wanted, end) {
	const size = Math.min(wanted, Math.max(0, end - symbol.address));
	return size === symbol.size ? symbol : {
		...symbol,
		size
	};
}
function largestSizes(place) {
	const largest = new Map();
	for (const { section, kind, size } of place) {
		const key = `${section} ${kind}`;
		largest.set(key, Math.max(size, largest.get(key) ?? 0));
	}
	return largest;
}
function ofOnePlace(place, room, ends) {
	const largest = largestSizes(place);
	const groups = new Map();
	for (const symbol of place) {
		const { section, kind, address } = symbol;
		const whole = sized(symbol, symbol.size || largest.get(`${section} ${kind}`) || room, ends[section] ?? address);
		const key = `${section} ${kind} ${whole.size}`;
		const group = groups.get(key);
		if (group) group.push(whole);
		else groups.set(key, [whole]);
	}
	return Array.from(groups.values(), merged).sort((a, b) => b.size - a.size);
}
function alike(place) {
	const { section, kind, size } = place[0];
	return place.every((other) => other.size === size && other.kind === kind && other.section === section);
}
function appendPlain(placed, order, to) {
	const { places, complete } = placed;
	const last = order.length - 1;
	for (let at = to.from; at <= last; at++) {
		const index = order[at];
		if (complete[index] === 0 || at < last && places[order[at + 1]] === places[index]) return at;
		to.list.push(placed.symbolOf(index));
	}
	return order.length;
}
function placeFrom(placed, order, from) {
	const { places } = placed;
	const place = [placed.symbolOf(order[from])];
	let to = from + 1;
	while (to < order.length && places[order[to]] === places[order[from]]) place.push(placed.symbolOf(order[to++]));
	return {
		place,
		to
	};
}
function arrange(placed) {
	const { places, complete, ends } = placed;
	const order = ascendingOrder(places);
	const list = [];
	for (let from = appendPlain(placed, order, {
		from: 0,
		list
	}); from < order.length;) {
		const { place, to } = placeFrom(placed, order, from);
		const next = to < order.length ? places[order[to]] : Number.POSITIVE_INFINITY;
		if (alike(place) && complete[order[from]] === 1) list.push(merged(place));
		else for (const symbol of ofOnePlace(place, next - places[order[from]], ends)) list.push(symbol);
		from = appendPlain(placed, order, {
			from: to,
			list
		});
	}
	return list;
}
// src/core/elf/symbol-table.ts
const extendedIndexes = 18;
const stringSection = 3;
const arm = 40;
function wideIndexes(source, symbols) {
	const own = source.sections.indexOf(symbols);
	const section = source.sections.find(({ type, link }) => type === extendedIndexes && link === own);
	if (section === void 0) return () => 0;
	const part = {
		what: "extended section indexes",
		offset: section.offset,
		size: section.size
	};
	const { bytes, u32 } = fieldsOf(readPart$1(source.file, part), source.header.littleEndian);
	return (entry) => entry * 4 + 4 <= bytes.length ? u32(entry * 4) : 0;
}
function namesOf$4({ file, sections }, symbols) {
	const strings = sections[symbols.link];
	if (strings?.type !== stringSection) throw new ElfError(`The symbol table ${symbols.name} has no string table: build the file again.`);
	return stringTable(readPart$1(file, {
		what: `string table ${strings.name}`,
		offset: strings.offset,
		size: strings.size
	}));
}
function openSymbolTable(source, symbols) {
	const { file, header } = source;
	const wide = header.bits === 64;
	const { u8, u16, u32, u64 } = fieldsOf(readPart$1(file, {
		what: `symbol table ${symbols.name}`,
		offset: symbols.offset,
		size: symbols.size
	}), header.littleEndian);
	const names = namesOf$4(source, symbols);
	const wideIndex = wideIndexes(source, symbols);
	const stride = wide ? 24 : 16;
	const [infoAt, indexAt] = wide ? [4, 6] : [12, 14];
	const typeOf = (entry) => u8(entry * stride + infoAt) & 15;
	const nameOf = (entry) => names(u32(entry * stride));
	const addressOf = (entry) => {
		const value = wide ? u64(entry * stride + 8) : u32(entry * stride + 4);
		return header.machine === arm && typeOf(entry) !== 1 ? value - value % 2 : value;
	};
	const sizeOf = (entry) => wide ? u64(entry * stride + 16) : u32(entry * stride + 8);
	const sectionOf = (entry) => {
		const index = u16(entry * stride + indexAt);
		if (index === 65535) return wideIndex(entry);
		return index < 65280 ? index : 0;
	};
	return {
		count: Math.floor(symbols.size / stride),
		typeOf,
		sectionOf,
		addressOf,
		sizeOf,
		nameOf,
		isLocal: (entry) => u8(entry * stride + infoAt) < 16
	};
}
// src/core/elf/symbols.ts
const marking = new Set([
	40,
	183,
	243
]);
const mark = /^\$[adtx](\.|$)/;
function beginnings({ header, sections }) {
	if (header.type !== "relocatable") return [];
	let end = 0;
	return sections.map(({ size }) => {
		const begin = end;
		end += size + 1;
		return begin;
	});
}
function endings({ header, sections }) {
	return sections.map(({ name, address, size }) => {
		if (name === ".opd") return Number.POSITIVE_INFINITY;
		return header.type === "relocatable" ? size : address + size;
	});
}
function definitions(table, source) {
	const [begins, ends] = [beginnings(source), endings(source)];
	const marks = marking.has(source.header.machine);
	const names = [];
	const entries = new Uint32Array(table.count);
	const places = new Float64Array(table.count);
	const complete = new Uint8Array(table.count);
	let count = 0;
	for (let entry = 1; entry < table.count; entry++) {
		const type = table.typeOf(entry);
		if (type !== 1 && type !== 2 && type !== 10) continue;
		const section = table.sectionOf(entry);
		const address = table.addressOf(entry);
		const size = table.sizeOf(entry);
		const place = address + (begins[section] ?? 0);
		if (section === 0 || !Number.isSafeInteger(place)) continue;
		const name = table.nameOf(entry);
		if (marks && mark.test(name)) continue;
		names.push(name);
		entries[count] = entry;
		places[count] = place;
		if (size > 0 && address + size <= (ends[section] ?? address)) complete[count] = 1;
		count++;
	}
	return {
		places: places.subarray(0, count),
		complete,
		ends,
		symbolOf: (index) => symbolFrom(table, entries[index], names[index])
	};
}
function symbolFrom(table, entry, name) {
	return {
		name,
		kind: table.typeOf(entry) === 1 ? "data" : "function",
		address: table.addressOf(entry),
		size: table.sizeOf(entry),
		section: table.sectionOf(entry),
		local: table.isLocal(entry)
	};
}
function symbolsOf$1(table, source) {
	const arranged = arrange(definitions(table, source));
	return source.header.type === "relocatable" ? arranged.sort((a, b) => a.address - b.address) : arranged;
}
function unitFilesOf(table) {
	const names = new Set();
	for (let entry = 1; entry < table.count; entry++) {
		if (table.typeOf(entry) !== 4) continue;
		const path = table.nameOf(entry);
		names.add(path.slice(path.lastIndexOf("/") + 1));
	}
	names.delete("");
	return [...names];
}
const tables = [["symtab", 2], ["dynsym", 11]];
function readSymbols(source) {
	for (const [symbolSource, wanted] of tables) {
		const section = source.sections.find(({ type }) => type === wanted);
		if (section === void 0) continue;
		const table = openSymbolTable(source, section);
		const symbols = symbolsOf$1(table, source);
		if (symbols.length > 0) return {
			symbolSource,
			symbols,
			unitFiles: unitFilesOf(table)
		};
	}
	return {
		symbolSource: "none",
		symbols: [],
		unitFiles: []
	};
}
// src/core/elf/read-elf.ts
const machines = {
	62: "x86-64",
	183: "aarch64"
};
const loaded = 1;
const threadLocal = 1024;
function contentsOf(sections, segments) {
	const ofSections = sections.filter(({ flags, size }) => (flags & 2) !== 0 && size > 0).filter(({ flags, type }) => type !== 8 || (flags & threadLocal) === 0).map(({ type, address, offset, size }) => ({
		address,
		offset,
		size,
		present: type === 8 ? 0 : size
	}));
	const ofSegments = segments.filter(({ type, fileSize }) => type === loaded && fileSize > 0).map(({ address, offset, fileSize }) => ({
		address,
		offset,
		size: fileSize,
		present: fileSize
	}));
	return (ofSections.length > 0 ? ofSections : ofSegments).sort((a, b) => a.address - b.address);
}
function bytesFrom(file, contents) {
	return (address, size) => {
		const extent = extentAt(contents, address);
		if (extent === void 0) return new Uint8Array();
		const skipped = address - extent.address;
		const offset = extent.offset + skipped;
		const length = Math.min(size, extent.present - skipped, file.size - offset);
		return length > 0 ? file.read(offset, length) : new Uint8Array();
	};
}
function layoutOf(file, header) {
	const counts = readCounts(file, header);
	const sections = readSections(file, header, counts);
	const segments = readSegments(file, header, counts.segments);
	const { bits, littleEndian, type, entry } = header;
	const buildId = readBuildId(file, {
		sections,
		segments
	}, littleEndian);
	return {
		bits,
		littleEndian,
		machine: bits === 64 ? machines[header.machine] ?? "other" : "other",
		type,
		entry,
		sections,
		segments,
		file,
		...buildId === void 0 ? {} : { buildId },
		bytesAt: bytesFrom(pagedBytes(file), contentsOf(sections, segments))
	};
}
function readLayout(file) {
	return layoutOf(file, readHeader$1(file));
}
function readElf(file) {
	const header = readHeader$1(file);
	const layout = layoutOf(file, header);
	return {
		...layout,
		...readSymbols({
			file,
			header,
			sections: layout.sections
		})
	};
}
// src/shell/files/elf-file.ts
const inflate = (packed, size) => new Uint8Array(inflateSync(packed, { maxOutputLength: Math.max(1, size) }));
function readAt$1(fd, offset, length) {
	const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
	let done = 0;
	while (done < length) {
		const count = readSync(fd, bytes, done, length - done, offset + done);
		if (count === 0) return bytes.subarray(0, done);
		done += count;
	}
	return bytes;
}
function openBytes(path) {
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const found = fstatSync(fd);
	if (!found.isFile()) {
		closeSync(fd);
		throw new ElfError(`${path} is not a regular file: name a program that a build wrote.`);
	}
	return {
		size: found.size,
		read: (offset, length) => readAt$1(fd, offset, length),
		close: () => closeSync(fd)
	};
}
function openElf(path) {
	const file = openBytes(path);
	try {
		return {
			elf: readElf(file),
			close: () => file.close()
		};
	} catch (error) {
		file.close();
		if (error instanceof ElfError) throw new ElfError(`${path}: ${error.message}`, { cause: error });
		throw error;
	}
}
function segmentsReader() {
	const known = new Map();
	return (path) => {
		if (!known.has(path)) known.set(path, segmentsOf(path));
		return known.get(path);
	};
}
function segmentsOf(path) {
	if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return void 0;
	const file = openBytes(path);
	try {
		const header = readHeader$1(file);
		return readSegments(file, header, readCounts(file, header).segments);
	} catch {
		return;
	} finally {
		file.close();
	}
}
function addressesIn(files) {
	const addresses = new Map();
	for (const file of files) for (const [name, address] of symbolsOf(file)) addresses.set(name, address);
	return addresses;
}
function symbolsOf(path) {
	try {
		const file = openBytes(path);
		try {
			return readElf(file).symbols.map(({ name, address }) => [name, address]);
		} finally {
			file.close();
		}
	} catch {
		return [];
	}
}
// src/shell/files/tree.ts
const MOST_ENTRIES$1 = 2e5;
async function listTree(root) {
	const entries = [];
	const waiting = [""];
	try {
		for (let folder = waiting.pop(); folder !== void 0; folder = waiting.pop()) for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
			if (entry.name === ".git") continue;
			if (entries.length >= MOST_ENTRIES$1) return failed(`it holds more than ${MOST_ENTRIES$1} files`);
			const path = join(folder, entry.name);
			if (entry.isDirectory()) {
				waiting.push(path);
				entries.push({
					path,
					kind: "folder"
				});
			} else if (entry.isSymbolicLink()) entries.push({
				path,
				kind: "link",
				target: await readlink(join(root, path))
			});
			else if (entry.isFile()) entries.push({
				path,
				kind: "file",
				runnable: ((await stat(join(root, path))).mode & 73) !== 0
			});
			else entries.push({
				path,
				kind: "other"
			});
		}
	} catch (error) {
		const { code = "unknown fault" } = error;
		return failed(`a folder in it cannot be read (${WHY$1[code] ?? code})`);
	}
	return success(entries.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
const WHY$1 = {
	EACCES: "permission denied",
	ENAMETOOLONG: "its path is too long",
	ENOENT: "it vanished"
};
// src/flow/build/compare-builds.ts
const different = (because) => ({
	identical: false,
	because
});
function elfOf(file) {
	try {
		const elf = readLayout(file);
		return elf.type === "executable" || elf.type === "shared" ? elf : void 0;
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
const LARGEST_BYTES$2 = 2 ** 30;
const MOST_BYTES$5 = 2 ** 34;
function openDifference(base, head, trees) {
	if (Math.max(base.size, head.size) > LARGEST_BYTES$2) return {
		kind: "too-large",
		mostBytes: LARGEST_BYTES$2
	};
	const [ofBase, ofHead] = [elfOf(base), elfOf(head)];
	if (ofBase && ofHead) {
		const found = sameProgram(ofBase, ofHead, { paths: [trees.base, trees.head] });
		return found.same ? void 0 : {
			kind: "program",
			clause: found.difference
		};
	}
	if (base.size !== head.size) return {
		kind: "sizes",
		base: base.size,
		head: head.size
	};
	const texts = equalTexts(trees.base, trees.head);
	const range = {
		size: base.size,
		texts
	};
	const at = firstDifference({
		file: base,
		offset: 0
	}, {
		file: head,
		offset: 0
	}, range);
	return at === void 0 ? void 0 : {
		kind: "byte",
		at
	};
}
function inside(tree, file) {
	const root = realpathSync(tree);
	const path = realpathSync(join(tree, file));
	if (!path.startsWith(root + sep)) throw new ElfError(`${file} leads out of the tree.`);
	return path;
}
function readFault(error) {
	if (typeof error !== "object" || error === null || !("message" in error)) return void 0;
	return error instanceof ElfError || "code" in error ? `${error.message}` : void 0;
}
function treeFileDifference(compared, file) {
	return fileDifference(compared, inTree$1(file));
}
function fileDifference({ trees, builtAs }, { suffix, file }) {
	const open = [];
	try {
		for (const tree of [trees.base, trees.head]) open.push(openBytes(inside(`${tree}${suffix}`, file)));
		return openDifference(open[0], open[1], builtAs);
	} catch (error) {
		const fault = readFault(error);
		if (fault === void 0) throw error;
		return {
			kind: "unreadable",
			fault
		};
	} finally {
		for (const file of open) file.close();
	}
}
const inTree$1 = (file) => ({
	suffix: "",
	file
});
function outsideTree(path) {
	const at = path.indexOf("/");
	return {
		suffix: path.slice(0, at),
		file: path.slice(at + 1)
	};
}
const nameOf$3 = ({ suffix, file }) => suffix === "" ? file : suffix === ".home" ? `~/${file}` : file;
async function firstDifferent(compared, files) {
	const pace = openPacer();
	let bytes = 0;
	for (const file of files) {
		await pace();
		bytes += sizeOf(join(`${compared.trees.head}${file.suffix}`, file.file));
		if (bytes > MOST_BYTES$5) return different({
			kind: "too-much",
			mostBytes: MOST_BYTES$5
		});
		const found = fileDifference(compared, file);
		if (found !== void 0) return different({
			kind: "file",
			file: nameOf$3(file),
			found
		});
	}
}
function sizeOf(path) {
	return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
function lineOf$2(entry, tree) {
	const target = entry.target?.replaceAll(tree, "<tree>") ?? "";
	return `${entry.kind} ${entry.runnable ?? ""} ${entry.path} ${target}`;
}
async function compareTrees$1(compared) {
	const { trees, builtAs } = compared;
	const listed = {
		base: await listTree(trees.base),
		head: await listTree(trees.head)
	};
	if (!listed.base.ok) return different({
		kind: "unlisted",
		side: "base",
		fault: listed.base.fault
	});
	if (!listed.head.ok) return different({
		kind: "unlisted",
		side: "head",
		fault: listed.head.fault
	});
	const [base, head] = [listed.base.value, listed.head.value];
	const lines = head.map((entry) => lineOf$2(entry, builtAs.head));
	const odd = base.findIndex((entry, index) => lineOf$2(entry, builtAs.base) !== lines[index]);
	if (odd >= 0 || base.length !== head.length) {
		const entry = base[odd] ?? head[base.length] ?? base[head.length];
		return different({
			kind: "trees",
			at: entry?.path
		});
	}
	const other = base.find(({ kind }) => kind === "other");
	if (other) return different({
		kind: "odd-entry",
		path: other.path
	});
	const files = base.filter(({ kind }) => kind === "file").map(({ path }) => path);
	const found = await firstDifferent(compared, files.map(inTree$1));
	if (found) return found;
	return {
		identical: true,
		files: files.length,
		of: "trees"
	};
}
async function compareBuilds({ trees, builtAs = trees, mapped }) {
	const compared = {
		trees,
		builtAs
	};
	if (!mapped.base.exact || !mapped.head.exact) return outsideDiffers(trees) ?? await compareTrees$1(compared);
	const [base, head] = [usedBy(mapped.base), usedBy(mapped.head)];
	if (base.size === 0 && head.size === 0) return different({ kind: "uses-nothing" });
	const only = [...base, ...head].find(([path]) => !(base.has(path) && head.has(path)));
	if (only !== void 0) return different({
		kind: "one-side-uses",
		file: nameOf$3(only[1])
	});
	const found = await firstDifferent(compared, [...base.values()]);
	if (found) return found;
	return {
		identical: true,
		files: base.size,
		of: "used"
	};
}
function usedBy({ files, outside = [] }) {
	const used = [...files.map(inTree$1), ...outside.map(outsideTree)];
	return new Map(used.map((each) => [`${each.suffix}/${each.file}`, each]));
}
function outsideDiffers(trees) {
	for (const tree of [trees.base, trees.head]) if (installedSomething(`${tree}.home`)) return different({ kind: "installed" });
}
// src/core/harness/plain-values.ts
function readPlain(output, format, match) {
	switch (format.kind) {
		case "seconds":
		case "milliseconds": {
			const lines = output.lines.filter((line) => line.trim() !== "");
			if (lines.length > 1 && lines.every((line) => readNumber(line) !== void 0)) return severalValues(lines);
			const digits = lines.find((line) => readNumber(line) === void 0) ?? lines[0];
			const number = numberIn(digits);
			const unit = format.kind === "seconds" ? SECONDS$2 : {
				base: "s",
				factor: .001
			};
			if (!number.ok) return number;
			const { value, step } = amountOf({
				value: number.value,
				digits
			}, unit);
			return success({
				value,
				...step && { step }
			});
		}
		case "json": return readJson(output, format.path);
		case "regex": return readMatch(output, format.pattern, match);
	}
}
function severalValues(texts) {
	const shown = texts.slice(0, 3).map(quotedLine);
	return fault("ambiguous", {
		rule: "several-values",
		count: texts.length,
		shown
	});
}
function readMatch(output, pattern, match) {
	const quoted = quotedLine(pattern);
	const matches = match(pattern, output.text);
	if (!matches) return fault("unreadable", {
		rule: "slow-pattern",
		pattern: quoted
	});
	if (matches.length === 0) return fault("silent", {
		rule: "unmatched-pattern",
		pattern: quoted
	});
	if (matches.length > 1) return severalValues(matches.map(({ value, unit = "" }) => `${value} ${unit}`.trim()));
	const [{ value, unit: unitText, after, around }] = matches;
	const more = around && largerNumber(value, around);
	if (more !== void 0) return fault("unreadable", {
		rule: "part-matched",
		whole: quotedLine(more),
		pattern: quoted,
		part: quotedLine(value)
	});
	const number = numberIn(value);
	if (!number.ok) return number;
	if (unitText === void 0) {
		const implied = impliedUnit(after);
		const step = plainStep(value, implied?.unit);
		return success({
			value: number.value,
			...implied && { told: { unit: implied.word } },
			...step && { step }
		});
	}
	const unit = readUnit$1(unitText);
	if (!unit) return fault("unit", {
		rule: "unread",
		text: quotedLine(`${value} ${unitText}`),
		lacks: "known-unit"
	});
	return success(amountOf({
		value: number.value,
		digits: value,
		unitText
	}, unit));
}
function largerNumber(value, [before, behind]) {
	const start = /[\d.,_'\u00a0\u2009\u202f]*$/.exec(before)[0];
	const end = /^[\d.,_'\u00a0\u2009\u202f]*/.exec(behind)[0].replace(/\D+$/, "");
	const whole = `${/^\d/.test(value) ? start : ""}${value}${/\d$/.test(value) ? end : ""}`;
	return whole !== value && readNumber(whole) !== void 0 ? whole : void 0;
}
function plainStep(digits, unit) {
	const { base, factor } = unit ?? {
		base: "",
		factor: 1
	};
	const step = stepOf$1(digits, {
		base,
		factor,
		named: unit !== void 0
	});
	return step && {
		...step,
		size: step.size / factor
	};
}
function impliedUnit(after) {
	const word = /^[ \t]?([A-Za-z\u00b5\u03bc][\w/\u00b5\u03bc]*)/.exec(after)?.[1];
	const unit = word === void 0 ? void 0 : readUnit$1(word);
	return unit && {
		word,
		unit
	};
}
function readJson(output, path) {
	const steps = parseJsonPath(path);
	const quoted = quotedLine(path);
	if (!steps) return fault("unreadable", {
		rule: "bad-path",
		path: quoted
	});
	if (output.documents.length === 0) return fault("unreadable", {
		rule: "no-document",
		text: quotedLine(output.text)
	});
	const places = output.documents.map((document) => valueAt(document, steps));
	const found = places.filter((place) => "found" in place && place.found !== void 0);
	if (found.length === 0) {
		const [place] = places;
		const there = place && "missing" in place ? place.missing : void 0;
		return there?.kind === "several" ? fault("ambiguous", {
			rule: "several-at",
			path: quoted,
			there
		}) : fault("silent", {
			rule: "nothing-at",
			path: quoted,
			there
		});
	}
	if (found.length > 1) return fault("ambiguous", {
		rule: "several-documents",
		count: found.length,
		path: quoted
	});
	const [place] = found;
	if (Array.isArray(place.found)) {
		if (place.found.length === 0) return fault("silent", {
			rule: "empty-list",
			path: quoted
		});
		if (place.found.length > 1 && place.found.every((each) => typeof each === "number")) return severalValues(place.found.map(String));
	}
	const value = Array.isArray(place.found) ? place.found[0] : place.found;
	if (typeof value !== "number") return fault("unreadable", {
		rule: "no-number-at",
		value: quotedValue(value),
		path: quoted
	});
	const unit = [
		"unit",
		"units",
		"time_unit"
	].map((member) => textAt$1(place.holder, member)).find((each) => each !== void 0);
	const { names } = place;
	const told = {
		...names.length > 0 && { names },
		...unit !== void 0 && { unit }
	};
	const step = plainStep(String(value), unit === void 0 ? void 0 : readUnit$1(unit));
	return success({
		value,
		...Object.keys(told).length > 0 && { told },
		...step && { step }
	});
}
function numberIn(text) {
	const value = readNumber(text);
	return value === void 0 ? unread(quotedLine(text), "number-form") : success(value);
}
// src/core/harness/unrecognised.ts
const LOOKED_AT$2 = 65536;
const RESULTS = [
	new RegExp(`(?:^|[\\s=:[±(+~<-])[\\d.,'’_]*\\d\\.?[ ,\\t]?${/(?:ns|us|µs|μs|ms|[mun]?secs?|[µμ]secs?|seconds|s\/(?:op|iter)|[KMG]?ops(?:\/s(?:ec)?)?|[KMG]?(?:\/s|hz)|i?ops|[rqf]ps|[KMG]i?B\/s|(?:requests|operations|iterations) per second)/.source}(?:\\/\\w+)?(?![\\w-])`, "i"),
	/"(?:benchmarks|benches|real_time|exec_time|median|mean|avg|times?|min_ns|ns_per_iter|value|hz|rps|rate|bits_per_second|throughput|counter-value|elapsed|estPoint)"\s*[:,;]/i,
	/\b(?:\w+\/s(?:ec)?|Instructions|(?:requests|operations|iterations|queries|transactions|events) per second|I +refs|exec_time):\s+\d/i,
	/(?:^|[\s|│(,;"])(?:[nuµμm]?s(?:ec)?|[Tt]ime|iter(?:ation)?s|ops)\/(?:op|sec|s|run|iter(?:ation)?)\b|\b(?:mean|median|avg|average|time|clock\))\s*[[(](?:[nuµμmp]?s|seconds)[\])]/i,
	/^"?(?:benchmark|bench|name|command|method|test|group|case)"?[,;]"?.*\b(?:mean|median|score|time|avg|average|std_?dev)\b/i,
	/\[time, seconds\] average: |[|│]\s*(?:time|mean|median|ops)\s*[|│]|^\s+user\s+system\s+total\s+real\s*$/i,
	/\((?:seconds|kbytes|h:mm:ss or m:ss)\):\s+\d|\s\d[\d.]* \[(?:[mun]?s|#\/sec|[KM]bytes\/sec)\]|\[\s*\d[\d.]*s\]/i,
	/^(?:real|user|sys)\s+(?:\d+m)?\d+\.\d+s?$|\d\.\d+user \d+\.\d+system/
];
const MEASURED_AROUND = /Performance counter stats for|Maximum resident set size \(kbytes\):/;
function lineLikeAResult(stdout) {
	return outputOf$1(stdout.slice(0, LOOKED_AT$2)).lines.find((each) => RESULTS.some((form) => form.test(each)));
}
function unrecognisedOutput({ stdout, stderr = "" }) {
	const elsewhere = recognise(outputOf$1(stderr.slice(0, LOOKED_AT$2)));
	if (elsewhere) return {
		kind: "on-errors",
		harness: elsewhere.title
	};
	const line = lineLikeAResult(stdout);
	const around = line === void 0 ? MEASURED_AROUND.exec(stderr.slice(-65536))?.[0] : void 0;
	if (around !== void 0) return {
		kind: "around",
		line: quotedLine(around)
	};
	if (line === void 0) return void 0;
	return {
		kind: "like-a-result",
		line: quotedLine(line)
	};
}
// src/core/harness/read-run.ts
const LARGEST = 1e100;
function openRun(run, match) {
	let output;
	const byHarness = new Map();
	const opened = () => output ??= outputOf$1(run.stdout);
	const failure = failureOf(run);
	function results(name) {
		if (failure) return failed(failure);
		const lost = lostOutput(run);
		if (lost) return failed(lost);
		const known = byHarness.get(name);
		if (known) return known;
		const found = resultsIn(opened(), name);
		byHarness.set(name, found);
		return found;
	}
	function read(wanted) {
		const reading = valueIn(wanted);
		if (reading.ok) return reading;
		const said = lastLinesOf(run);
		return said.length === 0 ? reading : failed({
			...reading.fault,
			lastLines: said
		});
	}
	function valueIn({ format, unit, metric = "time" }) {
		if (failure) return failed(failure);
		if (metric === "memory" && (format.kind !== "harness" || format.row === void 0)) return memoryOf(run);
		if (metric === "cpu-time" && format.kind === "harness" && format.row === void 0) return cpuTimeOf(run);
		if (format.kind === "wall" && (metric === "allocations" || metric === "allocated-bytes")) return fault("silent", {
			rule: "metric-needs-harness",
			metric
		});
		if (format.kind === "wall") return metric === "cpu-time" ? cpuTimeOf(run) : checked$1([run.seconds], {
			verb: "took",
			zero: false
		});
		if (format.kind === "harness") {
			const found = results(format.harness);
			return found.ok ? rowOf$5(found.value, {
				row: format.row,
				unit,
				metric
			}) : found;
		}
		const lost = lostOutput(run);
		if (lost) return failed(lost);
		const found = readPlain(opened(), format, match);
		if (!found.ok) return found;
		const { value, ...details } = found.value;
		const reading = checked$1([value], {
			verb: "printed",
			zero: format.kind !== "seconds" && format.kind !== "milliseconds" && mayBeZero(details.unit ?? unit)
		});
		return reading.ok ? {
			...reading,
			...details
		} : reading;
	}
	return {
		read,
		results,
		cpuSeconds: run.cpuSeconds,
		printed: failure ? void 0 : run.stdout
	};
}
function cpuTimeOf({ cpuSeconds }) {
	if (cpuSeconds !== void 0) return checked$1([cpuSeconds], {
		verb: "took",
		zero: false
	});
	return fault("no-cpu-time", { rule: "no-cpu-time" });
}
function memoryOf({ peakBytes }) {
	if (peakBytes !== void 0) return checked$1([peakBytes], {
		verb: "took",
		zero: false
	});
	return fault("no-memory", { rule: "no-memory" });
}
function readRun(run, wanted, match) {
	return openRun(run, match).read("kind" in wanted ? { format: wanted } : wanted);
}
function resultsIn(output, name) {
	const harness = name === "auto" ? recognise(output) : HARNESSES[name];
	if (!harness) {
		const first = lineLikeAResult(output.text) ?? output.lines.find((line) => line.trim() !== "") ?? "";
		return fault("unreadable", {
			rule: "no-harness",
			first: quotedLine(first)
		});
	}
	const read = harness.read(output);
	if (!read.ok) return read;
	if (read.value.length > 0) return harness.repeats ? read : success(eachOnce(read.value));
	const first = output.lines.find((line) => line.trim() !== "") ?? "";
	return fault("silent", {
		rule: "no-results",
		harness: harness.title,
		first: quotedLine(first)
	});
}
function eachOnce(results) {
	const counts = new Map();
	for (const { name } of results) counts.set(name, (counts.get(name) ?? 0) + 1);
	return results.map((result) => {
		const count = counts.get(result.name);
		return count === 1 ? result : {
			...result,
			failed: {
				rule: "same-name",
				count
			}
		};
	});
}
function rowOf$5(results, { row, unit, metric }) {
	if (row === void 0) {
		const names = new Set(results.map((result) => result.name));
		return fault("ambiguous", {
			rule: "none-asked-for",
			results: names.size
		});
	}
	const own = results.filter(({ name }) => name === row);
	if (own.length === 0) return fault("silent", {
		rule: "no-row",
		row: quotedLine(row)
	});
	const failed = own.find((result) => result.failed !== void 0);
	if (failed) return fault("failed", failed.failed);
	const values = own.map((result) => metric === "time" ? result.value : result.metrics?.[metric]);
	if (values.some((value) => value === void 0)) return fault("silent", {
		rule: "no-metric",
		metric,
		row: quotedLine(row)
	});
	const other = metric === "time" ? own.find((result) => unit !== void 0 && result.unit !== unit) : void 0;
	if (other) return fault("unit", {
		rule: "row-in-other-unit",
		row: quotedLine(row),
		unit: other.unit,
		before: unit
	});
	const iterations = own.every((result) => result.iterations !== void 0) ? own.reduce((sum, result) => sum + result.iterations, 0) : void 0;
	const reading = checked$1(values, {
		verb: "printed",
		zero: metric !== "time" || mayBeZero(own[0].unit)
	});
	const step = metric === "time" || metric === "cpu-time" ? stepOfRow(own, metric) : void 0;
	if (!reading.ok) return reading;
	return {
		...reading,
		...iterations !== void 0 && { iterations },
		...step && { step }
	};
}
function stepOfRow(own, metric) {
	return finest(own.map((result) => metric === "time" ? result.step : result.cpuStep));
}
function mayBeZero(unit) {
	const base = readUnit$1(unit ?? "")?.base;
	return base !== "s" && base !== "ops/s" && base !== "B/s";
}
function checked$1(values, { verb, zero }) {
	for (const value of values) {
		if (Number.isNaN(value)) return fault("nan", {
			rule: "nan",
			verb
		});
		if (!Number.isFinite(value)) return fault("infinite", {
			rule: "infinite",
			verb
		});
		if (value < 0) return fault("negative", {
			rule: "negative",
			verb,
			value
		});
		if (value === 0 && !zero) return fault("zero", {
			rule: "zero",
			verb
		});
		if (value !== 0 && (value > LARGEST || value < 1 / LARGEST)) return fault("out-of-range", {
			rule: "out-of-range",
			verb,
			value
		});
	}
	return success(median(values));
}
// src/flow/build/first-runs.ts
async function runFirst(entry, context, match, unread) {
	const runs = {};
	let format = entry.format;
	for (const side of SIDES) {
		const tried = await runFirstOn({
			...entry,
			format
		}, side, {
			context,
			match,
			unread
		});
		runs[side] = tried.run;
		if (!tried.known) continue;
		const before = side === "head" ? runs.base : void 0;
		const changed = JSON.stringify(tried.format) !== JSON.stringify(format);
		format = tried.format;
		if (before && changed) runs.base = await runOnce$1({
			...entry,
			format
		}, "base", {
			context,
			unread
		});
		if (side === "base") {
			runs.head = await runOnce$1({
				...entry,
				format
			}, "head", {
				context,
				unread
			});
			break;
		}
	}
	const both = {
		base: runs.base,
		head: runs.head
	};
	return {
		format,
		runs: both,
		results: resultsOf$2(format, both, match)
	};
}
function resultsOf$2(format, runs, match) {
	if (format.kind !== "harness") return {};
	const read = (side) => openRun(runs[side].outcome, match).results(format.harness);
	return {
		base: read("base"),
		head: read("head")
	};
}
async function runFirstOn(entry, side, trying) {
	const { format } = entry;
	if (format.kind === "harness" && format.harness !== "auto") return tryArrangements(entry, format, {
		side,
		...trying
	});
	if (!(format.kind === "harness" || format.kind === "wall" && format.recognise === true)) return {
		run: await runOnce$1(entry, side, trying),
		format,
		known: true
	};
	const owner = ownerOf(entry.command);
	if (owner) return tryArrangements(entry, harnessFormat(format, owner.name), {
		side,
		...trying
	});
	const run = await runOnce$1(entry, side, trying);
	const found = run.outcome.code === 0 ? recognise(outputOf$1(run.outcome.stdout)) : void 0;
	if (!found) return {
		run,
		format,
		known: run.outcome.code === 0
	};
	return tryArrangements(entry, harnessFormat(format, found.name), {
		side,
		...trying
	});
}
function harnessFormat(format, harness) {
	return {
		...format.kind === "harness" ? format : { kind: "harness" },
		harness
	};
}
const WITHOUT = [
	[],
	["short"],
	["print", "short"],
	[
		"print",
		"short",
		"select"
	]
];
async function tryArrangements(entry, format, { side, ...trying }) {
	const tried = new Set();
	let last;
	for (const without of WITHOUT) {
		const own = without.length === 0 ? format : {
			...format,
			without
		};
		const plan = {
			...entry,
			format: own
		};
		const words = JSON.stringify(arrangementOf(plan));
		if (tried.has(words)) continue;
		tried.add(words);
		const run = await runOnce$1(plan, side, trying);
		if (openRun(run.outcome, trying.match).results(format.harness).ok) return {
			run,
			format: own,
			known: true
		};
		last = {
			run,
			format: own,
			known: false
		};
	}
	return last;
}
async function runOnce$1(plan, side, { context, unread }) {
	const { checkout, env, ports } = context;
	const arranged = arrangementOf(plan);
	const job = {
		argv: benchmarkWords(arranged.command),
		tree: checkout.trees[side],
		env: {
			...env[side],
			...arranged.env
		},
		timeoutSeconds: plan.timeoutSeconds,
		outputCap: FIRST_OUTPUT_BYTES,
		countsThreads: true
	};
	let took = 0;
	const run = async () => {
		const started = ports.clock.now();
		const outcome = await runAround(ports.sandbox, job, plan.around ?? {});
		took = ports.clock.now() - started;
		return outcome;
	};
	const { outcome, ...mapped } = await mappedFiles(job.tree, run, unread);
	await ports.sandbox.seal(checkout.trees[side], mapped.files);
	return {
		outcome,
		mapped,
		aroundSeconds: Math.max(0, took - outcome.seconds)
	};
}
const FIRST_OUTPUT_BYTES = 64 * 2 ** 20;
// src/core/harness/expand.ts
const BOTH$1 = ["base", "head"];
function expandRows(entry, format, first) {
	const [base, head] = [resultsOf$1(first.base, format), resultsOf$1(first.head, format)];
	const seen = new Map();
	for (const result of [...base ?? [], ...head ?? []]) {
		const known = seen.get(result.name);
		if (!known || known.failed !== void 0 && result.failed === void 0) seen.set(result.name, result);
	}
	if (seen.size === 0) {
		const { plans, faults } = metricRows({
			...entry,
			format
		});
		return {
			rows: plans.map((plan) => ({
				plan,
				on: BOTH$1
			})),
			faults,
			unmatched: []
		};
	}
	const names = {
		base: namesOf$3(base),
		head: namesOf$3(head)
	};
	const faults = new Set();
	const results = [...seen.values()];
	const whole = {
		...format,
		of: seen.size
	};
	const rows = results.flatMap((result) => {
		const on = BOTH$1.filter((side) => names[side]?.has(result.name) ?? true);
		const paired = on.length === BOTH$1.length;
		return rowPlans(entry, {
			...whole,
			row: result.name
		}, {
			result,
			results,
			paired,
			faults
		}).map((plan) => ({
			plan,
			on
		}));
	});
	const ofProcess = processPlans(entry, whole, {
		results,
		faults
	}).map((plan) => ({
		plan,
		on: BOTH$1
	}));
	const unmatched = (entry.rules ?? []).filter(({ match }) => ![...seen.keys()].some((name) => fits(name, match))).map(({ match }) => ({
		match,
		names: [...seen.keys()]
	}));
	return {
		rows: [...rows, ...ofProcess],
		faults: [...faults],
		unmatched
	};
}
function resultsOf$1(read, { only }) {
	if (!read?.ok) return void 0;
	return only ? read.value.filter(({ name }) => only.includes(name)) : read.value;
}
const namesOf$3 = (results) => results && new Set(results.map(({ name }) => name));
function rowPlans(entry, format, { result, results, paired, faults }) {
	const rule = ruleFor(result.name, entry.rules ?? []);
	if (rule?.skip) return [];
	const wishes = (rule?.metric?.map((metric) => wishOf(entry, metric)) ?? wishesOf(entry)).filter(({ metric }) => metric !== "size");
	const own = wishes.filter(({ metric }) => rule?.metric !== void 0 || !isOfProcess(metric, {
		entry,
		format,
		results
	}));
	const { rules: _, ...rest } = entry;
	const named = {
		...rest,
		name: `${entry.name}: ${result.name}`,
		format,
		metrics: wishes
	};
	return own.map((wish) => {
		const { metric } = wish;
		if (paired && !reports(result, metric)) faults.add(notReported(entry, format, {
			metric,
			name: result.name
		}));
		const unit = METRICS[metric].unit ?? result.unit;
		const floor = forMetric(rule?.floor, metric) ?? wish.floor;
		const found = [];
		const plan = metricPlan(named, {
			metric,
			threshold: forMetric(rule?.threshold, metric) ?? wish.threshold,
			...floor !== void 0 && { floor }
		}, {
			unit,
			faults: found
		});
		for (const fault of found) faults.add(fault);
		const better = entry.better === "lower" ? betterOf(result.unit) : entry.better;
		return metric === "time" ? {
			...plan,
			better
		} : plan;
	});
}
function wishOf(entry, metric) {
	return wishesOf(entry).find((wish) => wish.metric === metric) ?? {
		metric,
		threshold: METRICS[metric].threshold
	};
}
function reports({ metrics, failed }, metric) {
	return failed !== void 0 || metric === "time" || metric === "instructions" || metrics?.[metric] !== void 0;
}
function isOfProcess(metric, { format, results }) {
	if (!OF_THE_PROCESS.includes(metric)) return false;
	if (results.some(({ metrics }) => metrics?.[metric] !== void 0)) return false;
	return metric === "memory" || !isBoundByTime(format);
}
const isBoundByTime = ({ harness }) => harness !== "auto" && HARNESSES[harness].boundByTime;
function processPlans(entry, format, { results, faults }) {
	const { rules, ...rest } = entry;
	const found = [];
	const plans = wishesOf(entry).filter(({ metric }) => isOfProcess(metric, {
		entry,
		format,
		results
	})).map((wish) => {
		const floor = forMetric(ruleFor("", rules ?? [])?.floor, wish.metric) ?? wish.floor;
		return {
			...metricPlan({
				...rest,
				format
			}, {
				...wish,
				...floor !== void 0 && { floor }
			}, {
				unit: "",
				faults: found
			}),
			name: `${entry.name} (${wish.metric})`
		};
	});
	for (const fault of found) faults.add(fault);
	return plans;
}
function notReported({ name: entry }, { harness }, { metric, name }) {
	const title = harness === "auto" ? "its harness" : HARNESSES[harness].title;
	const all = `metric of ${entry} has ${metric}, which ${title} does not report for ${quoted$2(name)}`;
	if (metric === "cpu-time") return `${all}, and the CPU time of its process says nothing because ${title} runs for a time; ask for time or instructions.`;
	if (metric === "memory") return `${all}; leave it out of the rows, and it is measured for the whole command.`;
	return `${all}; let the benchmark report it, or name the rows that have it with rows: [{ match: …, metric: [time, ${metric}] }].`;
}
function ruleFor(name, rules) {
	const fitting = rules.filter(({ match }) => fits(name, match));
	return fitting.length === 0 ? void 0 : Object.assign({}, ...fitting);
}
function fits(name, pattern) {
	const [head, ...tail] = pattern.split("*");
	if (tail.length === 0) return name === head;
	if (!name.startsWith(head)) return false;
	const last = tail.pop();
	let at = head.length;
	for (const part of tail) {
		const found = name.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return name.length - last.length >= at && name.endsWith(last);
}
function entryOfRow(entries, rowName) {
	const own = withoutMetric(rowName);
	const same = entries.find(({ name }) => name === rowName) ?? entries.find(({ name }) => name === own);
	if (same) return withOneMetric(same, rowName);
	const entry = entries.find(({ name }) => rowName.startsWith(`${name}: `));
	if (!entry) return void 0;
	const { format } = entry;
	const only = [own.slice(entry.name.length + 2)];
	const alone = withOneMetric(entry, rowName);
	if (format.kind === "harness") return {
		...alone,
		format: {
			...format,
			only
		}
	};
	return {
		...alone,
		format: {
			kind: "harness",
			harness: "auto",
			only
		}
	};
}
// src/report/notes/plan.ts
const partOfTable = ({ index, of }, rows) => `This is shard ${index} of ${of}: ${rows.here} of ${rows.all} benchmarks.`;
function configurationToday(file, branch, today) {
	const on = quoted$2(branch);
	switch (today) {
		case "late": return `This branch starts from a commit without ${file}; that of ${on} as it is now was used.`;
		case "gone": return `${on} has no ${file} any more; the merge base's was used.`;
		case "changed": return `${file} has changed on ${on} since this branch left it: thresholds and policies are those of ${on}, commands those of the merge base. Rebase to gate with the newer table.`;
	}
}
function configurationEdit(file, edit) {
	switch (edit) {
		case "new": return `${file} is new in this change; it was used as it stands, because the base has none.`;
		case "removed": return `This change removes ${file}; the base's version was used.`;
		case "broken": return `This change edits ${file} into something that is no valid configuration; the base's version was used.`;
		case "edited": return `This change edits ${file}; the base's version was used, and the edit takes effect once it is merged.`;
	}
}
const itsDifference = (what) => `It ${what}.`;
const removedAreMeasured = (names) => `What it removes is measured all the same, with base's command on both sides: ${listed$1(names.map(quoted$2), 10)}.`;
const editedWorkflow = (path) => `This change edits ${quoted$2(path)}, the workflow that runs this gate, and was judged by its version: review the gate's inputs there.`;
const workflowUnknown = (files) => `Whether this change edits ${files.map(quoted$2).join(" or ")} could not be found out.`;
const NAMED = 3;
const namedFiles = (paths) => listed$1(paths.map(quoted$2), NAMED);
const pathsIgnored = (edited) => `All benchmarks are measured whatever paths says, because ${edited === void 0 ? "the changed files could not be listed" : `this change edits ${namedFiles(edited)}`}.`;
const pathsNameNothing = (empty, then) => `paths names ${namedFiles(empty)}, which is no file of base or head; ${then === "measured" ? "its benchmarks are measured" : "all commits are searched"}. Correct it.`;
const sizeNamesNothing = (benchmark, pattern) => `size of ${benchmark} names ${quoted$2(pattern)}, which neither side has after its build.`;
const renamedRow = (command, { old, name }) => `The row ${quoted$2(old)} of ${quoted$2(command)} is called ${quoted$2(name)} in head. Its function is the same machine code on both sides, so the two were compared as one row, by base's name.`;
function unpairedRows(command, { gone, added }) {
	const some = (names) => listed$1(names.map(quoted$2).slice(0, 5));
	const are = (names) => names.length === 1 ? "is" : "are";
	return `${some(gone)} of ${quoted$2(command)} ${are(gone)} gone, and ${some(added)} ${are(added)} new. If one was renamed, nothing compared it: their functions are not shown to be the same code.`;
}
const notInTheCommit = (done) => `The work tree has uncommitted changes, which were not ${done}; name them with --head worktree.`;
const untrackedLeftOut = (count, done) => `${count === 1 ? "One untracked file or folder is" : `${count} untracked files or folders are`} not in what was ${done}; git add what belongs to it, or give --untracked.`;
// src/report/reasons/faults.ts
const LACKS = {
	value: ", which has no value",
	"mean-with-unit": ", which is no mean with a unit",
	mean: " without a mean",
	median: " without a median that is a number",
	"median-time": ", whose median is no time",
	"name-or-time": ", which has no name or no time that can be read",
	time: ", whose time is no number",
	"time-or-unit": ", whose time or unit cannot be read",
	"name-value-unit": ", whose name, value or unit is not known",
	score: " without a score, or in a unit that is not known",
	"score-in-table": ", whose score or unit is not known; use -rf json",
	values: " with no values, or in a unit that is not known",
	"value-or-unit": ", whose value or unit is not known",
	"known-value": ", which has no value with a known unit",
	"one-value": ", which holds more than one value; print a line NAME VALUE UNIT for each",
	"readable-value": ", whose value cannot be read; print it as in NAME 12.5 ms",
	number: ", whose value is no number",
	"number-form": ", which is not a number such as 12.5 or 1e-3",
	"known-unit": ", whose unit is not known",
	"csv-row": ", which is no row of nanobench's CSV",
	"table-row": " in a table, which is no row of it",
	"median-column": ", which has no known unit or no column Median",
	"fewer-cells": ", which has more cells than its table; leave │ out of the name",
	rate: ", whose hz is no number above zero"
};
function faultClause(says) {
	switch (says.rule) {
		case "unread": return `printed ${says.text}${LACKS[says.lacks]}`;
		case "unknown-unit": return `printed ${says.text}, whose unit ${says.unit} is not known`;
		case "unread-cell": return `printed ${says.text}, whose ${says.column} is no number with a known unit`;
		case "unread-word": return `printed ${says.text}, in which ${says.word} is no number`;
		case "unread-of": return `printed ${says.value} for ${says.name}, which is no number`;
		case "no-estimate": return `printed a message about ${says.name} without an estimate that can be read`;
		case "no-name-or-median": return `printed a benchmark without a name or a median: ${says.text}`;
		case "no-readable-time": return `has no time that can be read: ${says.text}`;
		case "catch2-json": return "printed the JSON of Catch2, which has no values of benchmarks; leave out its -r, or use -r xml";
		case "vitest-0": return "printed no table of results, as vitest before version 1 does without a terminal; update vitest";
		case "no-output-of": return `printed no JSON and no table of ${says.harness}`;
		case "reported": return `reported an error: ${says.text}`;
		case "skipped-for": return `was skipped: ${says.text}`;
		case "threw": return `threw: ${says.text}`;
		case "failed-with": return `failed: ${says.text}`;
		case "failed": return "failed";
		case "skipped": return "was skipped";
		case "killed": return "was killed by a signal";
		case "exit-ignored": return "exited with a code other than 0, which an option of hyperfine ignores";
		case "program-exited": return `exited with code ${says.code}`;
		case "too-many-values": return `printed more than ${says.most} values of ${says.name}`;
		case "too-many-measures": return `printed ${says.count} measures, ${says.first} first`;
		case "unknown-direction": return `has the measure ${says.measure}, which does not say whether more is better; call it throughput or latency`;
		case "same-name": return `printed ${says.count} results of this name that do not repeat one another; give each its own name, or each program an entry of its own`;
		case "step-failed": return `${says.step === "prepare" ? "was not run, because its prepare" : "ran, but its conclude"} command ${faultClause(says.end)}`;
		case "timed-out": return `was ended by its time limit after ${says.seconds.toFixed(1)} s`;
		case "signal": return killedBy(says.signal, says.ranOut);
		case "exit": return `${exitedWith(says.code, says.ranOut)}${passedOn(says.code)}${says.offline ? OFFLINE : ""}`;
		case "not-started": return `could not be started (${says.said})`;
		case "output-cut": return "printed more than is kept, so its value is lost; print less";
		case "nothing-printed": return `printed nothing where its value was expected${says.said !== void 0 ? ` (${says.said})` : says.onErrors ? ON_ERRORS : ""}`;
		case "no-harness": return `printed nothing that a known harness prints (first ${says.first}); read one value with format, or name a harness: ${HARNESS_NAMES.join(", ")}`;
		case "no-results": return `printed no result of ${says.harness} (first ${says.first})`;
		case "none-asked-for": return `printed ${says.results} results, none of which was requested`;
		case "no-row": return `printed no result of the name ${says.row}`;
		case "no-metric": return `printed no ${says.metric} for ${says.row}`;
		case "metric-needs-harness": return `printed nothing that a known harness prints, so its ${says.metric} are not known; name the harness or a format`;
		case "row-in-other-unit": return `printed ${says.row} in ${unitWord(says.unit)}, and in ${unitWord(says.before)} before`;
		case "no-cpu-time": return "has no CPU time, because this machine gives its runs no cgroup of their own; run the gate as root, or use the metric time";
		case "no-memory": return "has no peak of memory, because GNU time is not installed or did not tell; install it (Debian: time), or leave memory out of metric";
		case "nan": return `${says.verb} NaN`;
		case "infinite": return `${says.verb} an infinite value`;
		case "zero": return `${says.verb} zero, which nothing can be compared with`;
		case "negative": return `${says.verb} the negative value ${says.value}`;
		case "out-of-range": return `${says.verb} ${says.value}, which is too far from 1; choose another unit`;
		case "several-values": return `printed ${says.count} values where one is expected (${says.shown.join(", ")}${says.count > says.shown.length ? ", …" : ""}); print one, or name each in a line NAME VALUE UNIT and set harness: lines`;
		case "slow-pattern": return `printed text on which ${says.pattern} takes too long; simplify the pattern`;
		case "unmatched-pattern": return `printed nothing that ${says.pattern} matches`;
		case "part-matched": return `printed ${says.whole}, and ${says.pattern} matches only a part of it, ${says.part}`;
		case "bad-path": return `has the unreadable JSON path ${says.path}; write results[0].median`;
		case "no-document": return `printed ${says.text}, in which there is no JSON document`;
		case "nothing-at":
		case "several-at": return `printed JSON with ${says.rule === "several-at" ? "more than one value" : "nothing"} at ${says.path}: ${says.there ? placeClause(says.there) : "it is not there"}`;
		case "several-documents": return `printed ${says.count} JSON documents that have ${says.path}; print one`;
		case "empty-list": return `printed JSON with an empty list at ${says.path}`;
		case "no-number-at": return `printed JSON with ${says.value} at ${says.path}, which is no number`;
		case "printed-otherwise": return `printed its value with ${withWhat(says.now)}, and with ${withWhat(says.before)} before; read the unit too with a group (?<unit>…), or select by name as in results[name=…]`;
	}
}
const OFFLINE = "; it did not reach the network, which benchmarks have only with network: all, so let the build command fetch what it needs";
const ON_ERRORS = "; what it prints on standard error is not read, so add 2>&1 if its value is there";
const unitWord = (unit) => unit === "" ? "plain numbers" : unit;
function placeClause(there) {
	const place = there.kind === "several" || there.place === "" ? "the document" : there.place;
	switch (there.kind) {
		case "several": return `${there.count} elements with ${there.member}=${there.is}`;
		case "elements": return `${place} has elements with ${there.member} ${shortList(there.texts)}`;
		case "list": return `${place} has ${there.count} elements${there.member === void 0 ? "" : `, none with ${there.member}`}`;
		case "no-object": return `${place} is ${there.type === "null" ? "null" : `a ${there.type}`}`;
		case "empty": return `${place} is empty`;
		case "members": return `${place} has ${shortList(there.names)}`;
	}
}
function shortList(texts) {
	return `${texts.slice(0, 8).map((text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\s+/g, " ")).join(", ")}${texts.length > 8 ? ` and ${texts.length - 8} more` : ""}`;
}
function withWhat({ names = [], unit, base }) {
	const told = [[...names.map((name) => `the name ${name}`), ...unit === void 0 ? [] : [`the unit ${unit}`]].join(" and "), base && `a value in ${base}`].filter(Boolean).join(", ");
	return told === "" ? "nothing" : quotedLine(told);
}
// src/report/reasons/rows.ts
const UNPAIRED = {
	new: "Base has no benchmark of this name.",
	removed: "Head has no benchmark of this name any more."
};
const removedFromTable = (why) => `This change removes it from the table of benchmarks, and with base's command head gave no answer.${why === void 0 ? "" : ` ${why}`}`;
const nothingChanged = (files) => `Nothing that this benchmark is built from changed: no difference between base and head in ${files}.`;
const fileOfOneSide = (decision, file) => decision === "new" ? `Base builds no file ${quoted$2(file)}.` : `Head builds no file ${quoted$2(file)} any more.`;
const clauseOf = (fault) => fault ? faultClause(fault.says) : "failed";
function faultReason(side, last) {
	const [base, head] = [clauseOf(last.base), clauseOf(last.head)];
	if (side === "head") return `On head it ${head}, while base ran.`;
	if (side === "base") return `On base it ${base}, so there is no baseline.`;
	return base === head ? `On both sides it ${base}.` : `On base it ${base}, and on head it ${head}.`;
}
// src/flow/run/report-rows.ts
function plannedFields({ name, unit, threshold, floor, better, metric }) {
	return {
		name,
		unit,
		threshold,
		...floor !== void 0 && { floor },
		better,
		metric
	};
}
function unpairedRow(plan, decision) {
	return {
		...plannedFields(plan),
		decision,
		reason: UNPAIRED[decision],
		rounds: 0
	};
}
function removedWhereBroken(row) {
	const { fault, ...rest } = row;
	if (row.decision !== "unmeasured") return row;
	if (!(fault ? fault.side !== "base" : row.base !== void 0 && row.head === void 0)) return row;
	return {
		...rest,
		decision: "removed",
		reason: removedFromTable(row.reason)
	};
}
function identicalRow(plan, reason) {
	return {
		...plannedFields(plan),
		decision: "unchanged",
		reason,
		rounds: 0
	};
}
function untouchedRow(plan, reason) {
	return {
		...identicalRow(plan, reason),
		untouched: true
	};
}
function seriesOf(samples, { step = 0, digit } = {}) {
	if (step === 0) return {
		median: median(samples),
		samples
	};
	return {
		median: median(samples),
		samples,
		step,
		...digit !== void 0 && digit < step && { digit }
	};
}
// src/flow/build/sizes.ts
async function sizesOf(entry, trees) {
	const wish = wishesOf(entry).find(({ metric }) => metric === "size");
	if (!wish || !entry.sizeOf) return {
		rows: [],
		faults: []
	};
	const found = {
		base: await filesIn(trees.base, entry.sizeOf),
		head: await filesIn(trees.head, entry.sizeOf)
	};
	const faults = entry.sizeOf.filter((pattern) => SIDES.every((side) => ![...found[side].keys()].some((file) => fits(file, pattern)))).map((pattern) => sizeNamesNothing(entry.name, pattern));
	const files = [...new Set([...found.base.keys(), ...found.head.keys()])].sort();
	const plan = metricPlan(entry, wish, {
		unit: "B",
		faults
	});
	const alone = files.length === 1 && entry.sizeOf.length === 1 && !entry.sizeOf[0].includes("*");
	return {
		rows: files.map((file) => {
			const own = {
				...plan,
				name: alone ? plan.name : `${entry.name}: ${file} (size)`
			};
			return {
				plan: own,
				report: reportOf(own, found, file)
			};
		}),
		faults: [...new Set(faults)]
	};
}
function reportOf(plan, found, file) {
	const of = (side) => found[side].get(file);
	const [base, head] = [of("base"), of("head")];
	const series = {
		...base !== void 0 && { base: seriesOf([base]) },
		...head !== void 0 && { head: seriesOf([head]) }
	};
	const fields = {
		...plannedFields(plan),
		...series,
		rounds: 0
	};
	if (base === void 0) return {
		...fields,
		decision: "new",
		reason: fileOfOneSide("new", file)
	};
	if (head === void 0) return {
		...fields,
		decision: "removed",
		reason: fileOfOneSide("removed", file)
	};
	const { change, decision, reason } = decideExact({
		base: [base],
		head: [head]
	}, plan);
	return {
		...fields,
		decision,
		...reason && { reason: describeReason(reason) },
		...change && { change: {
			...change,
			confidence: 1
		} }
	};
}
async function filesIn(tree, patterns) {
	const plain = patterns.filter((pattern) => !pattern.includes("*"));
	const wild = patterns.filter((pattern) => pattern.includes("*"));
	const listed = wild.length === 0 ? void 0 : await listTree(tree);
	const matching = listed?.ok ? listed.value.filter(({ kind, path }) => kind === "file" && wild.some((pattern) => fits(path, pattern))).map(({ path }) => path) : [];
	const root = realpathSync(tree);
	return new Map([...plain, ...matching].flatMap((file) => {
		const bytes = bytesOf$1(root, file);
		return bytes === void 0 ? [] : [[file, bytes]];
	}));
}
function bytesOf$1(root, file) {
	if (lstatSync(join(root, file), { throwIfNoEntry: false }) === void 0) return void 0;
	try {
		const real = realpathSync(join(root, file));
		const stat = real.startsWith(root + sep) ? statSync(real) : void 0;
		return stat?.isFile() ? stat.size : void 0;
	} catch {
		return;
	}
}
// src/core/harness/hidden-failure.ts
const HIDING = [
	/\|\|\s*(?:true|:|exit\s+0|(?:echo|printf)\b[^|;&\n]*)(?=\s*(?:$|[;\n)}&]))/,
	/(?<=^|[;\n&({]\s*)set\s+\+(?:[a-z]*e[a-z]*|o\s+(?:errexit|pipefail))\b/,
	/&&[^;\n&|]*(?:;|\n)(?=\s*[^\s})])/
];
function hidesFailure(command) {
	const bare = command.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, "''");
	for (const form of HIDING) {
		const found = form.exec(bare)?.[0];
		if (found !== void 0) return found.trim().replace(/\s+/g, " ");
	}
}
// src/core/harness/nested-shell.ts
const NESTED = /(?:^|[\s;&|(/])(?:ba|da|k|z)?sh\s+((?:-\S+\s+|pipefail\s+)*)-\w*c\s+(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/;
function pipesInNestedShell(command) {
	const found = NESTED.exec(command);
	if (!found) return false;
	const [, options = "", single, double = ""] = found;
	const text = single ?? double;
	return /[^|]\|[^|]/.test(text) && !/pipefail/.test(options + text);
}
// src/core/harness/renames.ts
function namesApart({ base, head }) {
	if (!base?.ok || !head?.ok) return {
		gone: [],
		added: []
	};
	const [ofBase, ofHead] = [base, head].map(({ value }) => new Set(value.map(({ name }) => name)));
	return {
		gone: [...ofBase].filter((name) => !ofHead.has(name)),
		added: [...ofHead].filter((name) => !ofBase.has(name))
	};
}
function inBaseNames(head, renames) {
	if (!head?.ok) return head;
	return success(head.value.map((result) => ({
		...result,
		name: renames.get(result.name) ?? result.name
	})));
}
// src/report/notes/harness.ts
function unrecognisedNote(name, output) {
	const prints = `${quoted$2(name)} prints`;
	switch (output.kind) {
		case "on-errors": return `${prints} results of ${output.harness} on standard error, which is not read, so its whole run is timed; add 2>&1 to its command, or set format: wall.`;
		case "around": return `${prints} figures of its own run on standard error (${output.line}), which are not read, so its whole run is timed; leave that tool out of the command and use metric, or set format: wall.`;
		case "like-a-result": return `${prints} what looks like a result (${output.line}), but no harness was recognised, so its whole run is timed; name the harness, give a format that reads the value, or set format: wall.`;
	}
}
const nestedShellNote = (name) => `${quoted$2(name)} starts its own shell, which reports only the last program of a pipe, so a benchmark that fails earlier goes unnoticed; write the pipe without that shell, or use bash -o pipefail -c.`;
const hiddenFailureNote = (name, part) => `${quoted$2(name)} goes on where its benchmark failed (${quoted$2(part)}), so a run that broke counts like one that did its work; leave that out of its command.`;
function patternWithoutRow(name, { match, names }) {
	return `${quoted$2(name)} has no result that fits the pattern ${quoted$2(match)}; it has ${listed$1(names.map(quoted$2), 8)}.`;
}
// src/core/elf/names.ts
const cloneNumbers = /\.(constprop|isra|part|cold|lto_priv|localalias|clone)(?:\.\d+)+(?=\.|$)/g;
const linkTimeMarks = /\.llvm\.\d+|\.lto_priv(?=\.|$)/g;
const localNumber = /^([A-Za-z_$.][\w$]*(?:\.[a-z_]+)*)\.\d+$/;
const rustHash$1 = /17h[0-9a-f]{16}E/;
const crateHash = /Cs[0-9A-Za-z]*_(?=\d)/g;
const rustConstant = /^\.?L?anon\.[0-9a-f]{32}\.\d+$/;
function normaliseName(name) {
	if (rustConstant.test(name)) return "anon";
	const plain = name.replace(cloneNumbers, ".$1").replace(linkTimeMarks, "").replace(localNumber, "$1");
	if (plain.startsWith("_ZN")) return plain.replace(rustHash$1, "E");
	return plain.startsWith("_R") ? plain.replace(crateHash, "C") : plain;
}
// src/core/disassembly/aarch64.ts
function aarch64Decoder() {
	const pages = new Map();
	return (point) => {
		if (point.at + 4 > point.bytes.length) return void 0;
		return decodeWord(point.fields.getUint32(point.at, true), point.address, pages);
	};
}
function decodeWord(word, address, pages) {
	const flow = flowOf$1(word);
	const common = {
		address,
		length: 4,
		flow,
		bookkeeping: isBookkeeping$1(word, flow),
		fuses: false
	};
	const relative = relativeField(word, address);
	if (relative) {
		trackPage(word, address, pages);
		const keep = relative.blank;
		const fields = relative.field ? [relative.field] : [];
		return {
			...common,
			shape: shapeOf(word & ~keep),
			fields
		};
	}
	const low = lowField(word, pages);
	forgetOverwritten(word, flow, pages);
	if (low) return {
		...common,
		shape: shapeOf(word & -4193281),
		fields: [low]
	};
	return {
		...common,
		shape: shapeOf(word),
		fields: []
	};
}
const shapeOf = (word) => word >>> 0;
const signed = (word, from, bits) => word << 32 - from - bits >> 32 - bits;
function relativeField(word, address) {
	const code = (distance, blank) => ({
		blank,
		field: {
			kind: "code",
			target: address + distance * 4,
			width: 0
		}
	});
	if ((word & 2080374784) === 335544320) return code(signed(word, 0, 26), 67108863);
	if ((word & 4278190080) >>> 0 === 1409286144 || (word & 2113929216) === 872415232) return code(signed(word, 5, 19), 16777184);
	if ((word & 2113929216) === 905969664) return code(signed(word, 5, 14), 524256);
	if ((word & 989855744) === 402653184) {
		const width = word & 67108864 ? 4 << (word >>> 30 & 3) : [
			4,
			8,
			4,
			0
		][word >>> 30 & 3];
		return {
			blank: 16777184,
			field: {
				kind: "data",
				target: address + signed(word, 5, 19) * 4,
				width
			}
		};
	}
	if ((word & 520093696) !== 268435456) return void 0;
	const distance = signed(word, 5, 19) * 4 + (word >>> 29 & 3);
	if (word & 2147483648) return { blank: 1627389920 };
	return {
		blank: 1627389920,
		field: {
			kind: "data",
			target: address + distance,
			width: 0
		}
	};
}
function trackPage(word, address, pages) {
	if ((word & 2667577344) >>> 0 === 2415919104) {
		const distance = signed(word, 5, 19) * 4 + (word >>> 29 & 3);
		pages.set(word & 31, Math.floor(address / 4096) * 4096 + distance * 4096);
	} else if ((word & 4227858432) >>> 0 === 2483027968) for (let register = 0; register <= 18; register++) pages.delete(register);
	else if ((word & 520093696) === 268435456) pages.delete(word & 31);
}
function lowField(word, pages) {
	const page = pages.get(word >>> 5 & 31);
	if (page === void 0) return void 0;
	const immediate = word >>> 10 & 4095;
	if ((word & 4290772992) >>> 0 === 2432696320) return {
		kind: "data",
		target: page + immediate,
		width: 0
	};
	if ((word & 989855744) !== 956301312) return void 0;
	const scale = (word & 75497472) === 75497472 && word >>> 30 === 0 ? 4 : word >>> 30;
	return {
		kind: "data",
		target: page + immediate * 2 ** scale,
		width: 2 ** scale
	};
}
function forgetOverwritten(word, flow, pages) {
	if (flow === "indirect-call") for (let register = 0; register <= 18; register++) pages.delete(register);
	if (flow !== "next") return;
	const memory = (word & 167772160) === 134217728;
	const isLoad = (word & 4194304) !== 0 && (word & 67108864) === 0;
	if (!memory || isLoad) pages.delete(word & 31);
}
function isBookkeeping$1(word, flow) {
	if (flow !== "next") return flow !== "branch" && flow !== "stop";
	const loadOrStore = (word & 167772160) === 134217728;
	const moveRegister = (word & 2145452e3) === 704644064;
	const moveImmediate = (word & 528482304) === 310378496;
	const address = (word & 520093696) === 268435456;
	const stackPointer = (word & 520093696) === 285212672 && (word & 31) === 31;
	return loadOrStore || moveRegister || moveImmediate || address || stackPointer;
}
function flowOf$1(word) {
	if (word === 3573751839) return "padding";
	if ((word & 4227858432) >>> 0 === 2483027968) return "call";
	if ((word & 4227858432) >>> 0 === 335544320) return "jump";
	if ((word & 4278190080) >>> 0 === 1409286144 || (word & 2080374784) === 872415232) return "branch";
	if ((word & 4261412864) >>> 0 === 3590324224) {
		const kind = word >>> 21 & 3;
		return kind === 0 ? "indirect-jump" : kind === 1 ? "indirect-call" : "return";
	}
	return (word & 4292870175) >>> 0 === 3558866944 || word >>> 16 === 0 ? "stop" : "next";
}
// src/core/disassembly/instruction.ts
function codeOf$1(bytes) {
	return {
		bytes,
		fields: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
	};
}
// src/core/disassembly/x86-64-flow.ts
function flowOf(head, opcode, reg) {
	if (head.vector !== 0) return "next";
	if (head.map === 1) {
		if (opcode >= 128 && opcode < 144) return "branch";
		if (opcode === 11 || opcode === 185 || opcode === 255) return "stop";
		return opcode === 31 ? "padding" : "next";
	}
	if (head.map !== 0) return "next";
	if (opcode >= 112 && opcode < 128 || opcode >= 224 && opcode < 228) return "branch";
	if (opcode === 232) return "call";
	if (opcode === 233 || opcode === 235) return "jump";
	if (opcode === 195 || opcode === 194) return "return";
	if (opcode === 244 || opcode === 204) return "stop";
	if (opcode === 144) return head.prefix === 243 ? "next" : "padding";
	if (opcode !== 255) return "next";
	return reg === 2 ? "indirect-call" : reg === 4 ? "indirect-jump" : "next";
}
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const MOVES = new Set([
	...range(80, 95),
	99,
	104,
	106,
	...range(136, 139),
	141,
	143,
	144,
	...range(176, 191),
	194,
	195,
	198,
	199,
	201,
	232,
	233,
	235
]);
const TWO_BYTE_MOVES = new Set([
	16,
	17,
	...range(26, 31),
	40,
	41,
	110,
	111,
	126,
	127,
	182,
	183,
	190,
	191,
	214
]);
const STACK_POINTER = 4;
function isBookkeeping(head, opcode, modrm) {
	if (head.map === 1) return TWO_BYTE_MOVES.has(opcode);
	if (head.map !== 0) return false;
	const reg = modrm >> 3 & 7;
	const onStackPointer = (opcode === 131 || opcode === 129) && modrm >> 6 === 3 && (modrm & 7) === STACK_POINTER;
	const zeroes = (opcode === 49 || opcode === 51) && modrm >> 6 === 3 && reg === (modrm & 7);
	return MOVES.has(opcode) || onStackPointer || zeroes || opcode === 255 && reg >= 2;
}
const FUSING_ARITHMETIC = new Set([
	0,
	4,
	5,
	7
]);
function mayFuse(head, opcode, reg) {
	if (head.map !== 0 || head.vector !== 0) return false;
	if (opcode < 64) return FUSING_ARITHMETIC.has(opcode >> 3) && (opcode & 7) < 6;
	if (opcode >= 128 && opcode <= 131) return FUSING_ARITHMETIC.has(reg);
	if (opcode === 132 || opcode === 133 || opcode === 168 || opcode === 169) return true;
	if (opcode === 246 || opcode === 247) return reg === 0;
	return (opcode === 254 || opcode === 255) && reg < 2;
}
// src/core/disassembly/x86-64-opcodes.ts
const ONE_BYTE = [
	"mmmmbzxxmmmmbzxp",
	"mmmmbzxxmmmmbzxx",
	"mmmmbzpxmmmmbzpx",
	"mmmmbzpxmmmmbzpx",
	"pppppppppppppppp",
	"................",
	"xxpmppppzZbM....",
	"jjjjjjjjjjjjjjjj",
	"MZxMmmmmmmmmmmmm",
	"..........x.....",
	"oooo....bz......",
	"bbbbbbbbvvvvvvvv",
	"MMw.ppMZe.w..bx.",
	"mmmmxxx.mmmmmmmm",
	"jjjjbbbbJJxj....",
	"p.pp..gG......mm"
].join("");
const TWO_BYTE = [
	"mmmmx.....x.xm.M",
	"mmmmmmmmmmmmmmmm",
	"mmmmxxxxmmmmmmmm",
	"......x.pxpxxxxx",
	"mmmmmmmmmmmmmmmm",
	"mmmmmmmmmmmmmmmm",
	"mmmmmmmmmmmmmmmm",
	"MMMMmmm.mmxxmmmm",
	"JJJJJJJJJJJJJJJJ",
	"mmmmmmmmmmmmmmmm",
	"...mMmmm...mMmmm",
	"mmmmmmmmmmMmmmmm",
	"mmMmMMMm........",
	"mmmmmmmmmmmmmmmm",
	"mmmmmmmmmmmmmmmm",
	"mmmmmmmmmmmmmmmm"
].join("");
const MODRM_MAPS = {
	2: "m",
	3: "M",
	5: "m",
	6: "m",
	8: "M",
	9: "m",
	10: "D"
};
// src/core/disassembly/x86-64-operands.ts
function formOf(head, opcode) {
	if (opcode === void 0) return "x";
	if (head.map === 0) return ONE_BYTE[opcode];
	if (head.map !== 1) return MODRM_MAPS[head.map] ?? "x";
	const form = TWO_BYTE[opcode];
	if (head.vector === 0) return form;
	return form === "J" || form === "x" ? "m" : form;
}
function readOperand(bytes, modrmAt, registersOnly) {
	const modrm = bytes[modrmAt] ?? 0;
	const mode = registersOnly ? 3 : modrm >> 6;
	const memory = modrm & 7;
	if (mode === 3) return {
		end: modrmAt + 1,
		dispAt: -1,
		relative: false
	};
	const hasSib = memory === 4;
	const after = modrmAt + (hasSib ? 2 : 1);
	const base = hasSib ? (bytes[modrmAt + 1] ?? 0) & 7 : memory;
	if (mode === 0 && base === 5) return {
		end: after + 4,
		dispAt: after,
		relative: !hasSib
	};
	if (mode === 0) return {
		end: after,
		dispAt: -1,
		relative: false
	};
	if (mode === 1) return {
		end: after + 1,
		dispAt: -1,
		relative: false
	};
	return {
		end: after + 4,
		dispAt: after,
		relative: false
	};
}
function immediateSize(form, of) {
	const { operand16, wide, map, prefix, vector } = of.head;
	const z = operand16 && !wide ? 2 : 4;
	switch (form) {
		case "b":
		case "M":
		case "j": return 1;
		case "w": return 2;
		case "e": return 3;
		case "z":
		case "Z": return z;
		case "J":
		case "D": return 4;
		case "v": return wide ? 8 : z;
		case "o": return 8;
		case "g": return of.reg < 2 ? 1 : 0;
		case "G": return of.reg < 2 ? z : 0;
		default: return map === 1 && of.opcode === 120 && vector === 0 && (prefix === 102 || prefix === 242) ? 2 : 0;
	}
}
// src/core/disassembly/x86-64-prefixes.ts
function readHead$1(bytes, start) {
	let at = start;
	let prefix = 0;
	let operand16 = false;
	for (;; at++) {
		const byte = bytes[at];
		if (byte === 102) operand16 = true;
		else if (byte === 242 || byte === 243) prefix = byte;
		else if (!isLegacyPrefix(byte)) break;
	}
	const mandatory = prefix || (operand16 ? 102 : 0);
	const first = bytes[at];
	const second = bytes[at + 1];
	if (first === void 0 || second === void 0) return first === void 0 ? void 0 : {
		opcodeAt: at,
		map: 0,
		prefix: mandatory,
		operand16,
		wide: false,
		vector: 0
	};
	if (first === 196 || first === 197 || first === 98 || first === 143 && (second & 31) >= 8) return readVectorHead(bytes, at);
	let wide = false;
	if (first >= 64 && first < 80) {
		wide = (first & 8) !== 0;
		at++;
	}
	const [lead, next] = [bytes[at], bytes[at + 1]];
	const map = lead !== 15 ? 0 : next === 56 ? 2 : next === 58 ? 3 : 1;
	return {
		opcodeAt: at + (map > 1 ? 2 : map),
		map,
		prefix: mandatory,
		operand16,
		wide,
		vector: 0
	};
}
function readVectorHead(bytes, at) {
	const standsFor = [
		0,
		102,
		243,
		242
	];
	const lead = bytes[at];
	const one = bytes[at + 1] ?? 0;
	const two = bytes[at + 2] ?? 0;
	if (lead === 197) return {
		opcodeAt: at + 2,
		map: 1,
		prefix: standsFor[one & 3],
		operand16: false,
		wide: false,
		vector: one & 4 ? 32 : 16
	};
	const common = {
		prefix: standsFor[two & 3],
		operand16: false,
		wide: (two & 128) !== 0
	};
	if (lead !== 98) return {
		...common,
		opcodeAt: at + 3,
		map: one & 31,
		vector: two & 4 ? 32 : 16
	};
	const length = (bytes[at + 3] ?? 0) >> 5 & 3;
	return {
		...common,
		opcodeAt: at + 4,
		map: one & 7,
		vector: 16 << Math.min(length, 2)
	};
}
function isLegacyPrefix(byte) {
	return byte === 240 || byte === 46 || byte === 54 || byte === 62 || byte === 38 || byte === 100 || byte === 101 || byte === 103;
}
// src/core/disassembly/x86-64-width.ts
const TOUCHES_NOTHING = {
	0: [141],
	1: [
		13,
		24,
		25,
		26,
		27,
		28,
		29,
		30,
		31
	]
};
const X87 = [
	4,
	4,
	4,
	4,
	8,
	8,
	2,
	2
];
const HALF = [
	18,
	19,
	22,
	23,
	90
];
function accessWidth(form) {
	if (TOUCHES_NOTHING[form.map]?.includes(form.opcode)) return 0;
	if (form.map === 0) return plainWidth(form);
	if (form.map === 1 && form.vector === 0 && !isSse(form.opcode)) return generalWidth(form);
	return sseWidth(form);
}
function plainWidth({ opcode, wide, prefix, group }) {
	if (opcode >= 216 && opcode <= 223) return (opcode === 219 || opcode === 223) && group >= 4 && group !== 6 ? 10 : X87[opcode - 216];
	if (opcode === 99) return 4;
	if (opcode === 255 && group >= 2) return 8;
	if (opcode < 64 ? opcode % 2 === 0 : [
		128,
		132,
		134,
		136,
		138,
		192,
		198,
		208,
		210,
		246,
		254
	].includes(opcode)) return 1;
	return integer(wide, prefix);
}
function generalWidth({ opcode, wide, prefix }) {
	if (opcode === 182 || opcode === 190 || opcode >= 144 && opcode < 160) return 1;
	if (opcode === 183 || opcode === 191) return 2;
	return integer(wide, prefix);
}
function sseWidth({ map, opcode, prefix, wide, vector }) {
	if (map !== 1) return map === 2 ? 4 : Math.min(vector || 16, 16);
	if (opcode === 42 || opcode === 110 || opcode === 126 && prefix !== 243) return wide ? 8 : 4;
	if (opcode === 126 || opcode === 214) return 8;
	if (opcode === 46 || opcode === 47) return prefix === 102 ? 8 : 4;
	if (prefix === 242) return 8;
	if (prefix === 243 && opcode !== 111 && opcode !== 127) return opcode === 230 ? 8 : 4;
	const full = vector || 16;
	return HALF.includes(opcode) ? full / 2 : full;
}
function isSse(opcode) {
	return opcode >= 16 && opcode < 24 || opcode >= 40 && opcode < 48 || opcode >= 80 && opcode < 128 || [
		194,
		196,
		197,
		198
	].includes(opcode) || opcode >= 208;
}
function integer(wide, prefix) {
	if (wide) return 8;
	return prefix === 102 ? 2 : 4;
}
// src/core/disassembly/x86-64.ts
function decodeX86(point) {
	const head = readHead$1(point.bytes, point.at);
	if (!head) return void 0;
	const opcode = point.bytes[head.opcodeAt];
	const form = formOf(head, opcode);
	if (form === "x" || form === "p") return void 0;
	const modrmAt = head.opcodeAt + 1;
	const operand = "mMZDgG".includes(form) ? readOperand(point.bytes, modrmAt, head.map === 1 && opcode >= 32 && opcode < 36 && head.vector === 0) : {
		end: modrmAt,
		dispAt: -1,
		relative: false
	};
	const immediate = immediateSize(form, {
		head,
		opcode,
		reg: (point.bytes[modrmAt] ?? 0) >> 3 & 7
	});
	const length = operand.end + immediate - point.at;
	if (length > 15 || point.at + length > point.bytes.length) return void 0;
	return describe$1(point, {
		head,
		opcode,
		form,
		operand,
		immediate,
		length
	});
}
function describe$1(point, parts) {
	const { head, opcode, form, length } = parts;
	const { bytes, fields, at, address } = point;
	const modrm = bytes[head.opcodeAt + 1] ?? 0;
	const flow = flowOf(head, opcode, modrm >> 3 & 7);
	const bookkeeping = isBookkeeping(head, opcode, modrm);
	const fuses = mayFuse(head, opcode, modrm >> 3 & 7);
	if (form !== "j" && form !== "J") {
		const found = addressFields(point, parts);
		return {
			address,
			length,
			flow,
			bookkeeping,
			fuses,
			shape: digest(point, length, {
				disp: parts.operand.dispAt,
				immediate: blanksImmediate(parts) ? at + length - parts.immediate : -1
			}),
			fields: found
		};
	}
	const end = at + length;
	const distance = form === "j" ? fields.getInt8(end - 1) : fields.getInt32(end - 4, true);
	const target = {
		kind: "code",
		target: address + length + distance,
		width: 0
	};
	return {
		address,
		length,
		flow,
		bookkeeping,
		fuses,
		shape: branchShape(point, head, opcode),
		fields: [target]
	};
}
const NO_FIELDS = [];
const blanksImmediate = ({ immediate, form }) => immediate === 4 && form !== "D" || immediate === 8;
function addressFields({ bytes, fields, at, address }, parts) {
	const { head, opcode, operand, immediate, length } = parts;
	const found = [];
	if (operand.dispAt >= 0) {
		const distance = fields.getInt32(operand.dispAt, true);
		const width = accessWidth({
			...head,
			opcode,
			group: (bytes[head.opcodeAt + 1] ?? 0) >> 3 & 7
		});
		const kind = operand.relative ? "data" : "absolute";
		found.push({
			kind,
			target: operand.relative ? address + length + distance : distance,
			width
		});
	}
	if (blanksImmediate(parts)) {
		const from = at + length - immediate;
		const target = immediate === 4 ? fields.getInt32(from, true) : Number(fields.getBigInt64(from, true));
		found.push({
			kind: "absolute",
			target,
			width: 0
		});
	}
	return found.length > 0 ? found : NO_FIELDS;
}
function digest({ bytes, at }, length, blank) {
	let [one, two] = [2166136261, length];
	for (let place = at; place < at + length; place++) {
		const byte = blank.disp >= 0 && place >= blank.disp && place < blank.disp + 4 || blank.immediate >= 0 && place >= blank.immediate ? 0 : bytes[place];
		one = Math.imul(one ^ byte, 16777619);
		two = Math.imul(two ^ byte, 1540483477);
	}
	return (one >>> 0) * 2097152 + (two >>> 11);
}
function branchShape({ bytes, at }, head, opcode) {
	let shape = head.map === 1 || opcode >= 112 && opcode < 128 ? opcode & 15 : opcode === 235 ? 233 : opcode;
	for (let place = at; place < head.opcodeAt; place++) if (bytes[place] !== 15) shape = shape * 256 + bytes[place];
	return shape % 2 ** 53;
}
// src/core/code/body.ts
const LARGEST_BODY_BYTES = 4194304;
function readBody(elf, place) {
	const decode = decoderOf(elf.machine);
	const bytes = elf.bytesAt(place.address, Math.min(place.size, LARGEST_BODY_BYTES));
	if (!decode || bytes.length === 0) return void 0;
	const instructions = [];
	const indexes = new Int32Array(bytes.length).fill(-1);
	const code = codeOf$1(bytes);
	for (let at = 0; at < bytes.length;) {
		const point = {
			bytes,
			fields: code.fields,
			at,
			address: place.address + at
		};
		const instruction = decode(point) ?? rawByte(point);
		indexes[at] = instructions.length;
		if (instruction.flow !== "padding") instructions.push(instruction);
		at += instruction.length;
	}
	return {
		address: place.address,
		size: place.size,
		instructions: withoutTail(instructions),
		indexAt: (address) => {
			const index = indexes[address - place.address] ?? -1;
			return index < 0 ? void 0 : index;
		}
	};
}
function decoderOf(machine) {
	if (machine === "x86-64") return decodeX86;
	return machine === "aarch64" ? aarch64Decoder() : void 0;
}
function rawByte({ bytes, at, address }) {
	return {
		address,
		length: 1,
		flow: "next",
		bookkeeping: false,
		fuses: false,
		shape: -1 - bytes[at],
		fields: []
	};
}
function withoutTail(instructions) {
	const fillers = ["stop"];
	let end = instructions.length;
	while (end > 1 && fillers.includes(instructions[end - 1].flow) && instructions[end - 2].shape === instructions[end - 1].shape) end--;
	return end === instructions.length ? instructions : instructions.slice(0, end);
}
// src/core/code/clone-name.ts
const CLONE = /\.(?:constprop|isra|part|cold|lto_priv|localalias|llvm|clone|exit|specialized|hot|warm|split|content|str)(?:\.\d+)*(?=\.|$)/g;
function originOf$1(name) {
	return name.includes(".") ? name.replaceAll(CLONE, "") : name;
}
function isColdPart(name) {
	return /\.cold(?:\.\d+)?$/.test(name);
}
function sameOrigin(a, b) {
	return a === b || originOf$1(a) === originOf$1(b);
}
const DIGIT_ZERO = 48;
function isNameless(name) {
	return name.charCodeAt(0) === DIGIT_ZERO && /^0x[0-9a-f]+$/.test(name);
}
// src/core/code/jump-table.ts
const LONGEST_TABLE = 4096;
const EXECUTABLE = 4;
const ELSEWHERE = -1;
function readJumpTable(view, table) {
	const stride = table.pointers ? 8 : 4;
	const section = view.sectionAt(table.address);
	const end = section ? section.address + section.size : 0;
	const positions = [];
	for (let at = table.address; at + stride <= end && positions.length < LONGEST_TABLE; at += stride) {
		const target = table.pointers ? pointerAt(view, at) : distantFrom(view, table.address, at);
		if (target === void 0 || !isCode$1(view, target)) break;
		positions.push(table.body.indexAt(target) ?? ELSEWHERE);
	}
	return positions.some((position) => position !== ELSEWHERE) ? positions : [];
}
function distantFrom({ elf }, start, at) {
	const bytes = elf.bytesAt(at, 4);
	return bytes.length < 4 ? void 0 : start + (fieldsOf(bytes, elf.littleEndian).u32(0) | 0);
}
function pointerAt(view, address) {
	const slot = view.slotAt(address);
	return slot && "address" in slot ? slot.address : void 0;
}
function isCode$1(view, address) {
	return ((view.sectionAt(address)?.flags ?? 0) & EXECUTABLE) !== 0;
}
// src/core/code/reference.ts
const WRITABLE = 1;
const ALLOCATED$3 = 2;
const NEAR_BYTES = 256;
const CARRIER = /^(?:anon$|go:|type:|runtime\.(?:types|etypes|rodata|gcbits|noptrbss|bss|data|pclntab))/;
function readReferences(view, owner) {
	const references = [];
	const context = {
		view,
		...owner,
		met: new Map()
	};
	owner.body.instructions.forEach((instruction, at) => {
		for (const field of instruction.fields) references.push({
			at,
			...resolve(context, field, instruction)
		});
	});
	return references;
}
function resolve(context, field, instruction) {
	if (field.kind === "code") return resolveCode(context, field.target);
	if (field.kind === "data") return resolveData(context, field, instruction);
	const { elf, sectionAt } = context.view;
	if (!(elf.type === "executable" && field.target > 65535 && sectionAt(field.target) !== void 0)) return {
		identity: endOfSection(context.view, field.target),
		raw: field.target
	};
	return {
		...resolveData(context, field, instruction),
		raw: field.target
	};
}
function endOfSection(view, address) {
	if (view.elf.type !== "executable") return void 0;
	const section = view.elf.sections.find(({ flags, address: start, size }) => flags & ALLOCATED$3 && start + size === address);
	return section && `end of ${section.name}`;
}
function resolveCode(context, target) {
	const { view, body, name } = context;
	const inside = body.indexAt(target);
	if (inside !== void 0) return {
		identity: `>${inside}`,
		inside
	};
	const stub = view.stubAt(target);
	if (stub !== void 0) return { identity: `import ${stub}` };
	const symbol = view.functions.at(target);
	if (!symbol || isNameless(symbol.name)) return { identity: numbered$1(context, "code", target) };
	const other = normaliseName(symbol.name);
	if (other !== name && sameOrigin(other, name) && (isColdPart(other) || isColdPart(name))) return { identity: "own part" };
	return { identity: withOffset(other, target - symbol.address) };
}
function resolveData(context, field, instruction) {
	const { view, body } = context;
	const { target } = field;
	const section = view.sectionAt(target);
	if (!section) return { identity: endOfSection(view, target) ?? numbered$1(context, "nowhere", target) };
	if (target >= body.address && target < body.address + body.size) return resolveCode(context, target);
	if (section.name.startsWith(".got")) return resolvePointer(context, target);
	const before = nextSymbol(view, target);
	const symbol = view.data.at(target);
	if (symbol) {
		const name = normaliseName(symbol.name);
		return {
			identity: CARRIER.test(name) ? name : withOffset(name, target - symbol.address),
			...before
		};
	}
	if (view.functions.at(target) || view.stubAt(target)) return resolveCode(context, target);
	const kind = section.name.startsWith(".data.rel.ro") ? ".data.rel.ro" : section.name;
	if (section.flags & WRITABLE || kind === ".data.rel.ro") return {
		identity: numbered$1(context, kind, target),
		...before
	};
	const constant = resolveConstant(context, field, instruction);
	return field.kind === "data" && field.width > 0 ? constant : {
		...constant,
		...before
	};
}
function nextSymbol(view, address) {
	const next = view.data.symbols[view.data.lastUpTo(address) + 1];
	if (!next || next.address - address > NEAR_BYTES) return {};
	return { before: `${next.address - address} before ${normaliseName(next.name)}` };
}
function resolvePointer(context, target) {
	const slot = context.view.slotAt(target);
	if (!slot) return { identity: numbered$1(context, "got", target) };
	if ("name" in slot) return { identity: `import ${slot.name}` };
	const symbol = context.view.functions.at(slot.address) ?? context.view.data.at(slot.address);
	if (!symbol || isNameless(symbol.name)) return { identity: numbered$1(context, "got", target) };
	return { identity: `pointer ${withOffset(normaliseName(symbol.name), slot.address - symbol.address)}` };
}
function resolveConstant({ view, body }, field, instruction) {
	const pointers = instruction.flow === "indirect-jump";
	if (field.width === 0 || pointers) {
		const table = readJumpTable(view, {
			address: field.target,
			body,
			pointers
		});
		if (table.length > 1) return {
			identity: "table",
			table
		};
	}
	const bytes = view.elf.bytesAt(field.target, field.width || 16);
	if (field.width > 0) return { identity: `constant ${bytes.join(" ")}` };
	return { identity: view.slotAt(field.target) ? "pointer" : `literal ${literalStart(bytes)}` };
}
function literalStart(bytes) {
	const end = bytes.indexOf(0);
	const text = end >= 0 ? bytes.subarray(0, end + 1) : bytes.subarray(0, 4);
	return text.every((byte) => byte === 0 || byte >= 9 && byte < 127) ? text.join(" ") : bytes.subarray(0, 4).join(" ");
}
const withOffset = (name, offset) => offset === 0 ? name : `${name}+${offset}`;
function numbered$1(context, kind, address) {
	const known = context.met.get(address);
	if (known !== void 0) return known;
	const identity = `${kind} #${context.met.size + 1}`;
	context.met.set(address, identity);
	return identity;
}
// src/core/code/code.ts
function readCode(view, place) {
	const body = readBody(view.elf, place);
	if (!body) return void 0;
	return {
		body,
		references: readReferences(view, {
			name: normaliseName(place.name),
			body
		})
	};
}
const NO_RENAMES = new Map();
function sameCode(base, head, renames = NO_RENAMES) {
	const [a, b] = [base.body.instructions, head.body.instructions];
	return a.length === b.length && a.every((one, at) => one.shape === b[at].shape) && sameReferences(base.references, head.references, renames);
}
function sameReferences(base, head, renames) {
	return base.length === head.length && base.every((one, at) => one.at === head[at].at && sameReference(one, head[at], renames));
}
function sameReference(a, b, renames) {
	if (a.raw !== void 0 && a.raw === b.raw) return true;
	if (a.table && b.table) {
		const shorter = Math.min(a.table.length, b.table.length);
		return a.table.slice(0, shorter).every((position, at) => position === b.table[at]);
	}
	if (a.before !== void 0 && a.before === b.before) return true;
	if (a.identity === void 0 || b.identity === void 0) return false;
	return a.identity === b.identity || renames.size > 0 && a.identity === inBaseTerms(b.identity, renames);
}
function inBaseTerms(identity, renames) {
	const [, kind, name, offset] = /^(pointer )?(.*?)(\+\d+)?$/s.exec(identity);
	return `${kind ?? ""}${renames.get(name) ?? name}${offset ?? ""}`;
}
function whatRan(code, ran) {
	const { body } = code;
	const kept = new Map();
	body.instructions.forEach((instruction, at) => {
		if (ran(instruction.address)) kept.set(at, kept.size);
	});
	const references = code.references.flatMap((reference) => {
		const at = kept.get(reference.at);
		if (at === void 0) return [];
		if (reference.table) return [{
			at,
			identity: "table"
		}];
		if (reference.inside === void 0) return [{
			...reference,
			at
		}];
		const inside = kept.get(reference.inside);
		return [{
			at,
			identity: inside === void 0 ? ">not run" : `>${inside}`
		}];
	});
	return {
		body: {
			...body,
			instructions: body.instructions.filter((_, at) => kept.has(at))
		},
		references
	};
}
// src/core/elf/cursor.ts
const utf8$2 = new TextDecoder("utf-8");
function cursorAt(bytes, littleEndian, range) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = Math.min(range.end, bytes.length);
	const take = (count) => {
		const from = cursor.at;
		if (!(count >= 0 && from >= 0 && from + count <= end)) throw new ElfError("The debug information ends in the middle of an entry: build the file again.");
		cursor.at = from + count;
		return from;
	};
	const leb = (signed) => {
		let [value, scale, byte] = [
			0,
			1,
			0
		];
		do {
			byte = view.getUint8(take(1));
			value += (byte & 127) * scale;
			scale *= 128;
		} while (byte >= 128);
		return signed && (byte & 64) !== 0 ? value - scale : value;
	};
	const words = {
		1: () => cursor.u8(),
		2: () => cursor.u16(),
		4: () => cursor.u32(),
		8: () => cursor.u64()
	};
	const cursor = {
		at: range.at,
		end,
		bytes,
		u8: () => view.getUint8(take(1)),
		u16: () => view.getUint16(take(2), littleEndian),
		u32: () => view.getUint32(take(4), littleEndian),
		u64: () => {
			const [first, second] = [view.getUint32(take(4), littleEndian), view.getUint32(take(4), littleEndian)];
			return littleEndian ? second * 4294967296 + first : first * 4294967296 + second;
		},
		word: (size) => {
			const read = words[size];
			if (read === void 0) throw new ElfError(`The debug information holds a number of ${size} bytes: build the file again.`);
			return read();
		},
		uleb: () => leb(false),
		sleb: () => leb(true),
		text: () => {
			const stop = bytes.indexOf(0, cursor.at);
			if (stop < 0 || stop >= end) throw new ElfError("The debug information holds a name without an end: build the file again.");
			const from = take(stop + 1 - cursor.at);
			return utf8$2.decode(bytes.subarray(from, stop));
		},
		skip: (count) => {
			take(count);
		}
	};
	return cursor;
}
function unitLength(cursor) {
	const short = cursor.u32();
	if (short === 4294967295) return {
		offsetSize: 8,
		length: cursor.u64()
	};
	if (short >= 4294967280) throw new ElfError("A unit of the debug information has a length that does not exist: build the file again.");
	return {
		offsetSize: 4,
		length: short
	};
}
// src/core/elf/eh-frame.ts
const absolute = 0;
function pointer(cursor, encoding, frame) {
	const here = frame.address + cursor.at;
	const signed = (value, bits) => value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
	const word = frame.elf.bits === 64 ? 8 : 4;
	const value = {
		0: () => cursor.word(word),
		1: () => cursor.uleb(),
		2: () => cursor.u16(),
		3: () => cursor.u32(),
		4: () => cursor.u64(),
		9: () => cursor.sleb(),
		10: () => signed(cursor.u16(), 16),
		11: () => signed(cursor.u32(), 32),
		12: () => signed(cursor.u64(), 64)
	}[encoding & 15]?.();
	if (value === void 0) return void 0;
	const relativeTo = encoding & 112;
	return relativeTo === 16 ? here + value : relativeTo === 0 ? value : void 0;
}
function encodingOf(cursor, frame) {
	const version = cursor.u8();
	const augmentation = cursor.text();
	if (!augmentation.startsWith("z")) return absolute;
	if (version >= 4) cursor.skip(2);
	cursor.uleb();
	cursor.sleb();
	if (version === 1) cursor.u8();
	else cursor.uleb();
	cursor.uleb();
	for (const letter of augmentation.slice(1)) {
		if (letter === "R") return cursor.u8();
		if (letter === "P") pointer(cursor, cursor.u8(), frame);
		else if (letter === "L") cursor.u8();
		else if (letter !== "S" && letter !== "B") return absolute;
	}
	return absolute;
}
function frames(elf, section) {
	const bytes = elf.bytesAt(section.address, section.size);
	const frame = {
		elf,
		address: section.address
	};
	const encodings = new Map();
	const found = [];
	const cursor = cursorAt(bytes, elf.littleEndian, {
		at: 0,
		end: bytes.length
	});
	while (cursor.at + 4 <= bytes.length) {
		const start = cursor.at;
		const { length } = unitLength(cursor);
		if (length === 0) continue;
		const end = cursor.at + length;
		const entry = cursorAt(bytes, elf.littleEndian, {
			at: cursor.at,
			end
		});
		cursor.skip(length);
		const id = entry.u32();
		if (id === 0) encodings.set(start, encodingOf(entry, frame));
		else {
			const encoding = encodings.get(entry.at - 4 - id);
			const at = encoding === void 0 ? void 0 : pointer(entry, encoding, frame);
			const size = encoding === void 0 ? void 0 : pointer(entry, encoding & 15, frame);
			if (at !== void 0 && size !== void 0 && size > 0) found.push({
				at,
				size
			});
		}
	}
	return found;
}
const nameByAddress = (address) => `0x${address.toString(16)}`;
function functionsFromEhFrame(elf) {
	const code = elf.sections.map(({ address, size, flags }, index) => ({
		address,
		size,
		flags,
		index
	})).filter(({ flags, size }) => (flags & 4) !== 0 && size > 0).sort((a, b) => a.address - b.address);
	const section = elf.sections.find(({ name, type }) => name === ".eh_frame" && type !== 8);
	const pieces = section ? frames(elf, section) : [];
	pieces.sort((a, b) => a.at - b.at || b.size - a.size);
	return pieces.flatMap(({ at: address, size }, index) => {
		const holder = extentAt(code, address);
		if (holder === void 0 || pieces[index - 1]?.at === address) return [];
		const room = holder.address + holder.size - address;
		return [{
			name: nameByAddress(address),
			kind: "function",
			address,
			size: Math.min(size, room),
			section: holder.index,
			local: true
		}];
	});
}
// src/core/elf/gopclntab.ts
const magic = 4294967281;
const headerBytes = (pointer) => 8 + 8 * pointer;
function readTable(bytes, littleEndian) {
	if (bytes.length < 8) return void 0;
	const { u8, u32, u64 } = fieldsOf(bytes, littleEndian);
	const pointer = u8(7);
	if (u32(0) !== magic || pointer !== 4 && pointer !== 8 || bytes.length < headerBytes(pointer)) return void 0;
	const word = (index) => pointer === 8 ? u64(8 + index * 8) : u32(8 + index * 4);
	const [count, textStart, nameTable, functions] = [
		word(0),
		word(2),
		word(3),
		word(7)
	];
	if (functions + count * 8 + 4 > bytes.length || nameTable > bytes.length) return void 0;
	const entries = Array.from({ length: count + 1 }, (_, index) => u32(functions + index * 8));
	const nameOffsets = Array.from({ length: count }, (_, index) => {
		const at = functions + u32(functions + index * 8 + 4) + 4;
		return at + 4 <= bytes.length ? u32(at) : bytes.length;
	});
	return {
		textStart,
		names: stringTable(bytes.subarray(nameTable)),
		entries,
		nameOffsets
	};
}
function codeStart(elf, table) {
	if (table.textStart !== 0) return table.textStart;
	const text = elf.sections.find(({ name }) => name === ".text");
	if (text === void 0) return void 0;
	return new Set(table.entries).has(elf.entry - text.address) ? text.address : void 0;
}
function functionsFromGoTable(elf) {
	const section = elf.sections.find(({ name, type }) => name.endsWith(".gopclntab") && type === 1);
	if (section === void 0) return [];
	const part = {
		what: `section ${section.name}`,
		offset: section.offset,
		size: section.size
	};
	const table = readTable(readPart$1(elf.file, part), elf.littleEndian);
	const start = table && codeStart(elf, table);
	if (table === void 0 || start === void 0) return [];
	const { entries, nameOffsets, names } = table;
	const holder = elf.sections.findIndex(({ address, size }) => address <= start && start < address + size && address > 0);
	const end = holder < 0 ? 0 : elf.sections[holder].address + elf.sections[holder].size;
	return nameOffsets.flatMap((offset, index) => {
		const address = start + entries[index];
		const size = entries[index + 1] - entries[index];
		if (size <= 0 || address + size > end) return [];
		return [{
			name: names(offset),
			kind: "function",
			address,
			size,
			section: holder,
			local: false
		}];
	});
}
// src/core/elf/functions.ts
function functionsOf(elf) {
	const named = elf.symbols.filter(({ kind }) => kind === "function");
	if (elf.symbolSource === "symtab" && named.length > 0) return {
		functions: named,
		from: "symtab"
	};
	const ofGo = functionsFromGoTable(elf);
	if (ofGo.length > 0) return {
		functions: ofGo,
		from: "go"
	};
	const pieces = functionsFromEhFrame(elf).filter(({ address }) => symbolAt(named, address) === void 0);
	const functions = [...named, ...pieces].sort((a, b) => a.address - b.address);
	if (functions.length === 0) return {
		functions,
		from: "none"
	};
	return {
		functions,
		from: named.length > 0 ? "dynsym" : "frames"
	};
}
const reach = 8;
function symbolAt(symbols, address) {
	let [low, high] = [0, symbols.length];
	while (low < high) {
		const middle = low + high >>> 1;
		if (symbols[middle].address <= address) low = middle + 1;
		else high = middle;
	}
	for (let index = low - 1; index >= Math.max(0, low - reach); index--) {
		const symbol = symbols[index];
		if (address < symbol.address + symbol.size) return symbol;
	}
}
// src/core/elf/dynamic-names.ts
const dynamicSymbols = 11;
const entryBytes = 24;
const longestName$1 = 4096;
const utf8$1 = new TextDecoder("utf-8");
function textAt(elf, address) {
	const bytes = elf.bytesAt(address, longestName$1);
	const end = bytes.indexOf(0);
	return utf8$1.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
function dynamicNames(elf, relocations) {
	const symbols = elf.sections[relocations.link];
	const strings = symbols && elf.sections[symbols.link];
	if (symbols?.type !== dynamicSymbols || !strings) return () => void 0;
	const count = Math.floor(symbols.size / entryBytes);
	return (index) => {
		const entry = index < count ? elf.bytesAt(symbols.address + index * entryBytes, entryBytes) : new Uint8Array();
		if (entry.length < entryBytes) return void 0;
		const name = fieldsOf(entry, elf.littleEndian).u32(0);
		return name < strings.size ? textAt(elf, strings.address + name) : void 0;
	};
}
// src/core/elf/got-slots.ts
const withAddends = 4;
const mostSections$1 = 16;
const kinds = {
	"x86-64": {
		named: [
			7,
			6,
			1
		],
		resolved: 37
	},
	aarch64: {
		named: [
			1026,
			1025,
			257
		],
		resolved: 1032
	},
	other: {
		named: [],
		resolved: -1
	}
};
function addSlots(elf, relocations, names) {
	const { named, resolved } = kinds[elf.machine];
	const part = {
		what: `section ${relocations.name}`,
		offset: relocations.offset,
		size: relocations.size
	};
	const { u32, u64, bytes } = fieldsOf(readPart$1(elf.file, part), elf.littleEndian);
	const nameOf = dynamicNames(elf, relocations);
	for (let at = 0; at + 24 <= bytes.length; at += 24) {
		const type = u32(elf.littleEndian ? at + 8 : at + 12);
		const symbol = u32(elf.littleEndian ? at + 12 : at + 8);
		if (type !== resolved && (symbol === 0 || !named.some((kind) => kind === type))) continue;
		const name = type === resolved ? symbolAt(elf.symbols, u64(at + 16))?.name : nameOf(symbol);
		if (name !== void 0) names.set(u64(at), name);
	}
}
function slotNames(elf) {
	const names = new Map();
	if (elf.machine === "other" || elf.bits === 32 || elf.type === "relocatable") return names;
	const relocations = elf.sections.filter(({ type, flags }) => type === withAddends && (flags & 2) !== 0);
	for (const section of relocations.slice(0, mostSections$1)) addSlots(elf, section, names);
	return names;
}
// src/core/elf/plt.ts
const sections = /^\.plt(\.|$)/;
const mostSections = 16;
function stubsOfX86(bytes, section) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const stride = section.entrySize === 8 ? 8 : 16;
	const stubs = [];
	for (let entry = 0; entry < bytes.length; entry += stride) for (let at = entry; at < entry + stride - 5 && at + 6 <= bytes.length; at++) {
		if (bytes[at] !== 255 || bytes[at + 1] !== 37) continue;
		const slot = section.address + at + 6 + view.getInt32(at + 2, true);
		stubs.push({
			at: section.address + entry,
			slot
		});
		break;
	}
	return stubs;
}
function stubsOfArm(bytes, section) {
	const { u32 } = fieldsOf(bytes, true);
	const stubs = [];
	for (let at = 0; at + 8 <= bytes.length; at += 4) {
		const [adrp, load] = [u32(at), u32(at + 4)];
		if ((adrp & 2667577375) >>> 0 !== 2415919120 || (load & 4290774015) >>> 0 !== 4181721617) continue;
		const pages = ((adrp >>> 5 & 524287) << 2 | adrp >>> 29 & 3) << 11 >> 11;
		const page = Math.floor((section.address + at) / 4096) * 4096 + pages * 4096;
		const marked = at >= 4 && u32(at - 4) === 3573752927;
		stubs.push({
			at: section.address + at - (marked ? 4 : 0),
			slot: page + (load >>> 10 & 4095) * 8
		});
	}
	return stubs;
}
function pltSymbols(elf, slots = slotNames(elf)) {
	const names = new Map();
	if (slots.size === 0) return names;
	for (const section of elf.sections.filter(({ name }) => sections.test(name)).slice(0, mostSections)) {
		const bytes = elf.bytesAt(section.address, section.size);
		const stubs = elf.machine === "aarch64" ? stubsOfArm(bytes, section) : stubsOfX86(bytes, section);
		for (const { at, slot } of stubs) {
			const name = slots.get(slot);
			if (name !== void 0) names.set(at, name);
		}
	}
	return names;
}
// src/core/code/slots.ts
const RELA = 4;
const RELR = 19;
const ALLOCATED$2 = 2;
const TO_ADDRESS = [
	8,
	37,
	1027,
	1032
];
const TO_SYMBOL = [
	1,
	6,
	7,
	257,
	1025,
	1026
];
function readSlots(elf) {
	const relocated = new Map();
	for (const section of elf.sections) {
		if (section.type === RELA && section.flags & ALLOCATED$2) readRela(elf, section, relocated);
		if (section.type === RELR) readRelr(elf, section, relocated);
	}
	return (address) => relocated.get(address) ?? wordAt(elf, address);
}
function readRela(elf, section, into) {
	const { bytes, u32, u64 } = fieldsOf(elf.bytesAt(section.address, section.size), elf.littleEndian);
	const nameOf = dynamicNames(elf, section);
	const [low, high] = elf.littleEndian ? [16, 20] : [20, 16];
	for (let at = 0; at + 24 <= bytes.length; at += 24) {
		const place = u64(at);
		const type = u32(elf.littleEndian ? at + 8 : at + 12);
		const symbol = u32(elf.littleEndian ? at + 12 : at + 8);
		const addend = (u32(at + high) | 0) * 2 ** 32 + u32(at + low);
		if (TO_ADDRESS.includes(type)) into.set(place, { address: addend });
		else if (TO_SYMBOL.includes(type)) into.set(place, { name: (nameOf(symbol) ?? `?${symbol}`) + (addend ? `+${addend}` : "") });
	}
}
function readRelr(elf, section, into) {
	const view = viewOf(elf.bytesAt(section.address, section.size));
	const add = (place) => {
		const slot = wordAt(elf, place);
		if (slot) into.set(place, slot);
	};
	let next = 0;
	for (let at = 0; at + 8 <= view.byteLength; at += 8) {
		const entry = view.getBigUint64(at, elf.littleEndian);
		if (entry % 2n === 0n) {
			add(Number(entry));
			next = Number(entry) + 8;
			continue;
		}
		for (let bit = 0; bit < 63; bit++) if ((entry >> BigInt(bit + 1)) % 2n) add(next + bit * 8);
		next += 504;
	}
}
function wordAt(elf, address) {
	const bytes = elf.bytesAt(address, 8);
	if (bytes.length < 8) return void 0;
	const value = Number(viewOf(bytes).getBigUint64(0, elf.littleEndian));
	return elf.sections.some((section) => section.flags & ALLOCATED$2 && value >= section.address && value < section.address + section.size) && value > 0 ? { address: value } : void 0;
}
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
// src/core/code/symbol-index.ts
function indexSymbols(symbols) {
	const starts = new Float64Array(symbols.length);
	for (let index = 0; index < symbols.length; index++) starts[index] = symbols[index].address;
	return {
		symbols,
		lastUpTo: (address) => lastStart(starts, address),
		at: (address) => {
			const last = lastStart(starts, address);
			for (let index = last; index >= 0 && index > last - 4; index--) {
				const symbol = symbols[index];
				if (address < symbol.address + Math.max(symbol.size, 1)) return symbol;
			}
		}
	};
}
function lastStart(starts, address) {
	let low = 0;
	let high = starts.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (starts[middle] <= address) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
// src/core/code/object-view.ts
const ALLOCATED$1 = 2;
const THREAD_LOCAL = 1024;
function viewObject(name, elf) {
	const loaded = elf.sections.filter((section) => section.flags & ALLOCATED$1 && !(section.flags & THREAD_LOCAL) && section.size > 0).toSorted((a, b) => a.address - b.address);
	const { functions, from } = functionsOf(elf);
	let slots;
	let stubs;
	return {
		name,
		elf,
		functions: indexSymbols(functions),
		functionsFrom: from,
		data: indexSymbols(elf.symbols.filter((symbol) => symbol.kind === "data")),
		stubAt: (address) => {
			stubs ??= pltSymbols(elf);
			return stubs.get(address);
		},
		slotAt: (address) => {
			slots ??= readSlots(elf);
			return slots(address);
		},
		sectionAt: (address) => loaded.find((section) => address >= section.address && address < section.address + section.size)
	};
}
// src/core/harness/row-function.ts
function rowFunction(harness, row) {
	if (harness === "google-benchmark") return ofGoogleBenchmark(row);
	if (harness === "go") return ofGo(row);
	return harness === "libtest" ? ofRust(row) : void 0;
}
function ofGoogleBenchmark(row) {
	const found = /^([A-Za-z_]\w*)(\/.*)?$/s.exec(row);
	if (!found) return void 0;
	const [, name, rest = ""] = found;
	const own = new RegExp(`^_Z(?:N.*)?L?${name.length}${name}E?RN9benchmark5StateE$`);
	return {
		isSymbol: (symbol) => own.test(symbol),
		rest
	};
}
function ofGo(row) {
	const found = /^(?:.*\.)?(Benchmark\w*)(\/.*)?$/s.exec(row);
	if (!found) return void 0;
	const [, name, rest = ""] = found;
	return {
		isSymbol: (symbol) => symbol.endsWith(`.${name}`),
		rest
	};
}
function ofRust(row) {
	const steps = row.split("::");
	if (!steps.every((step) => /^\w+$/.test(step))) return void 0;
	const path = steps.map((step) => `${step.length}${step}`).join("");
	return {
		isSymbol: (symbol) => symbol.startsWith("_ZN") && symbol.endsWith(`${path}E`),
		rest: ""
	};
}
// src/flow/build/renamed-rows.ts
const MOST_NAMES$2 = 200;
const MOST_FILES$3 = 40;
const FEWEST_INSTRUCTIONS = 6;
function findRenamedRows(request) {
	const { gone, added } = namesApart(request.results);
	if (gone.length === 0 || added.length === 0) return {
		renames: new Map(),
		remarks: []
	};
	const renames = gone.length + added.length <= MOST_NAMES$2 ? pairsOf$2(request, gone, added) : new Map();
	const left = {
		gone: gone.filter((name) => ![...renames.values()].includes(name)),
		added: added.filter((name) => !renames.has(name))
	};
	return {
		renames,
		remarks: [...[...renames].map(([name, old]) => renamedRow(request.entry, {
			old,
			name
		})), ...left.gone.length > 0 && left.added.length > 0 ? [unpairedRows(request.entry, left)] : []]
	};
}
function pairsOf$2(request, gone, added) {
	const open = [];
	try {
		const views = {
			base: viewsOf("base", request, open),
			head: viewsOf("head", request, open)
		};
		const pairs = added.flatMap((name) => {
			const same = gone.filter((old) => sameFunction(request.harness, {
				old,
				name
			}, views));
			return same.length === 1 ? [[name, same[0]]] : [];
		});
		return new Map(pairs.filter(([, old]) => pairs.filter((pair) => pair[1] === old).length === 1));
	} finally {
		for (const { close } of open) close();
	}
}
function viewsOf(side, { trees, mapped }, open) {
	return mapped[side].files.slice(0, MOST_FILES$3).flatMap((file) => {
		if (plainFileBytes(trees[side], file) === void 0) return [];
		try {
			const elf = openElf(join(trees[side], file));
			open.push(elf);
			return [viewObject(file, elf.elf)];
		} catch (error) {
			if (error instanceof ElfError) return [];
			throw error;
		}
	});
}
function sameFunction(harness, { old, name }, views) {
	const [before, now] = [rowFunction(harness, old), rowFunction(harness, name)];
	if (!before || !now || before.rest !== now.rest) return false;
	const base = symbolOf(views.base, before.isSymbol);
	const head = symbolOf(views.head, now.isSymbol);
	if (!base || !head) return false;
	const [ofBase, ofHead] = [normaliseName(base.symbol.name), normaliseName(head.symbol.name)];
	const parts = partsOf$1(base, ofBase);
	const theirs = partsOf$1(head, ofHead);
	const renames = new Map([...theirs].map(([rest]) => [`${ofHead}${rest}`, `${ofBase}${rest}`]));
	return parts.size === theirs.size && [...parts].every(([rest, symbol]) => {
		const other = theirs.get(rest);
		if (!other) return false;
		const [one, two] = [readCode(base.view, symbol), readCode(head.view, other)];
		if (!one || !two || rest === "" && one.body.instructions.length < FEWEST_INSTRUCTIONS) return false;
		return sameCode(one, two, renames);
	});
}
function symbolOf(views, isSymbol) {
	const found = views.flatMap((view) => view.functions.symbols.filter(({ name }) => isSymbol(normaliseName(name))).map((symbol) => ({
		view,
		symbol
	})));
	return found.length === 1 ? found[0] : void 0;
}
function partsOf$1({ view }, own) {
	return new Map(view.functions.symbols.flatMap((symbol) => {
		const name = normaliseName(symbol.name);
		return name === own || name.startsWith(`${own}.`) ? [[name.slice(own.length), symbol]] : [];
	}));
}
// src/flow/build/survey-rows.ts
const MATCH_MILLISECONDS$3 = 1e3;
const NOTHING_RENAMED = {
	renames: new Map(),
	remarks: []
};
function renamedIn(entry, { first, ran }, { checkout }) {
	const { format, results, runs } = first;
	if (!ran || format.kind !== "harness" || format.harness === "auto") return NOTHING_RENAMED;
	return findRenamedRows({
		entry: entry.name,
		harness: format.harness,
		results,
		trees: checkout.trees,
		mapped: {
			base: runs.base.mapped,
			head: runs.head.mapped
		}
	});
}
function rowsOf(entry, { first }, renames) {
	const { format, results, runs } = first;
	if (format.kind === "harness") {
		const head = inBaseNames(results.head, renames);
		const { rows, ...rest } = expanded(entry, format, {
			...results,
			...head && { head }
		});
		return {
			...rest,
			rows: rows.map((row) => ({
				...row,
				plan: withHeadName(row.plan, renames)
			})),
			notes: [...rest.notes, ...shellNotes(entry)]
		};
	}
	const plan = withUnit({
		...entry,
		format
	}, SIDES.map((side) => runs[side].outcome));
	const { plans, faults } = metricRows(plan);
	return {
		rows: plans.map((plan) => ({
			plan,
			on: SIDES
		})),
		faults,
		notes: [...unrecognisedNotes(plan, [runs.head.outcome, runs.base.outcome]), ...shellNotes(entry)]
	};
}
function withHeadName(plan, renames) {
	const { format } = plan;
	if (format.kind !== "harness" || format.row === void 0) return plan;
	const onHead = [...renames].find(([, old]) => old === format.row)?.[0];
	return onHead === void 0 ? plan : {
		...plan,
		format: {
			...format,
			onHead
		}
	};
}
function expanded(entry, format, results) {
	const { unmatched, ...found } = expandRows(entry, format, results);
	return {
		...found,
		notes: unmatched.map((rule) => patternWithoutRow(entry.name, rule))
	};
}
function shellNotes({ name, command }) {
	const hiding = hidesFailure(command);
	return [...pipesInNestedShell(command) ? [nestedShellNote(name)] : [], ...hiding === void 0 ? [] : [hiddenFailureNote(name, hiding)]];
}
function unrecognisedNotes({ name, format }, outcomes) {
	if (format.kind !== "wall" || !format.recognise) return [];
	return outcomes.filter(({ code }) => code === 0).flatMap((outcome) => unrecognisedOutput(outcome) ?? []).slice(0, 1).map((output) => unrecognisedNote(name, output));
}
function withUnit(plan, outcomes) {
	if (plan.format.kind !== "regex") return plan;
	const match = stoppableMatch(MATCH_MILLISECONDS$3);
	const unit = outcomes.map((outcome) => openRun(outcome, match).read(plan)).find((reading) => reading.ok && reading.unit !== void 0);
	if (!unit?.ok || unit.unit === void 0) return plan;
	const better = plan.better === "lower" ? betterOf(unit.unit) : plan.better;
	return {
		...plan,
		unit: unit.unit,
		better
	};
}
// src/flow/build/same-builds.ts
async function survey(context) {
	const { plan, ports } = context;
	return ports.log.group("Look whether the builds differ", async () => {
		const identical = new Map();
		const first = new Map();
		const sized = new Map();
		const faults = [];
		const notes = [];
		const remarks = [];
		const limitations = [];
		const benchmarks = [];
		const known = new Map();
		const { trees } = context.checkout;
		const outside = {
			base: await openOutside(trees.base),
			head: await openOutside(trees.head)
		};
		const unread = new Map();
		for (const planned of plan.benchmarks) {
			if (planned.untouched !== void 0) {
				identical.set(planned.plan.name, planned.untouched);
				ports.log.line(`${planned.plan.name}: ${planned.untouched}`);
			}
			if (planned.on.length < SIDES.length || planned.untouched !== void 0) {
				benchmarks.push(planned);
				continue;
			}
			const sizes = await sizesOf(planned.plan, context.checkout.trees);
			faults.push(...sizes.faults);
			for (const { plan, report } of sizes.rows) {
				benchmarks.push({
					...planned,
					plan
				});
				sized.set(plan.name, report);
				ports.log.line(decidedLine(report));
			}
			if (planned.plan.command === "") continue;
			const key = JSON.stringify([
				planned.plan.command,
				planned.plan.format,
				planned.plan.around
			]);
			const looked = known.get(key) ?? await look$1(planned.plan, context, {
				outside,
				unread
			});
			known.set(key, looked);
			const renamed = renamedIn(planned.plan, looked, context);
			remarks.push(...renamed.remarks);
			const expanded = rowsOf(planned.plan, looked, renamed.renames);
			faults.push(...expanded.faults);
			notes.push(...expanded.notes);
			const rows = expanded.rows.map((row) => ({
				...planned,
				...row
			}));
			benchmarks.push(...rows);
			limitations.push(...usingNothing(planned.plan.name, looked));
			for (const row of rows) {
				if (looked.ran) first.set(row.plan.name, looked.first.runs);
				if (looked.reason === void 0 || row.on.length < SIDES.length) continue;
				identical.set(row.plan.name, looked.reason);
				ports.log.line(`${row.plan.name}: ${looked.reason}`);
			}
		}
		faults.push(...twiceNamed(benchmarks));
		if (faults.length > 0) throw new InputError(faults);
		return {
			benchmarks,
			identical,
			first,
			sized,
			notes,
			remarks,
			limitations
		};
	});
}
function mustMeasure({ benchmarks, identical, sized }) {
	return identical.size + sized.size < benchmarks.length;
}
function twiceNamed(benchmarks) {
	const known = new Set();
	const twice = new Set();
	for (const { plan } of benchmarks) (known.has(plan.name) ? twice : known).add(plan.name);
	return [...twice].map((name) => `Two rows have the name ${quoted$2(name)}; give one of them another.`);
}
function withRows(context, { benchmarks, notes, remarks, limitations }) {
	const { plan } = context;
	const timed = benchmarks.filter(({ plan: { metric }, on }) => isNoisy(metric) && on.length === SIDES.length);
	const tableRows = Math.max(plan.tableRows, timed.length);
	return {
		...context,
		limitations: [...context.limitations, ...limitations],
		plan: {
			...plan,
			benchmarks,
			tableRows,
			notes: [...plan.notes, ...notes],
			gateChanges: [...plan.gateChanges, ...remarks]
		}
	};
}
function builtAsIn({ checkout, ports }) {
	const of = (side) => ports.sandbox.placeOf(checkout.trees[side]).inside.tree;
	return {
		base: of("base"),
		head: of("head")
	};
}
const MATCH_MILLISECONDS$2 = 1e3;
async function look$1(entry, context, { outside, unread }) {
	const { checkout, ports } = context;
	const first = await runFirst(entry, context, stoppableMatch(MATCH_MILLISECONDS$2), unread);
	const { base, head } = first.runs;
	const failedRun = failureOf(base.outcome) || failureOf(head.outcome);
	const inTrees = {
		base: base.mapped,
		head: head.mapped
	};
	const compare = (mapped) => compareBuilds({
		trees: checkout.trees,
		builtAs: builtAsIn(context),
		mapped
	});
	const found = failedRun ? void 0 : await compare(inTrees);
	const open = found && (found.identical || SIDES.some((side) => usesNothing(inTrees[side])));
	if (!open) for (const side of SIDES) outside[side].passed();
	if (!found) return {
		first,
		ran: false
	};
	const mapped = open ? await withOutside(inTrees, outside) : inTrees;
	const identity = open ? await compare(mapped) : found;
	const reason = describeIdentity(identity);
	if (!identity.identical) ports.log.line(reason);
	const runs = {
		base: {
			...base,
			mapped: mapped.base
		},
		head: {
			...head,
			mapped: mapped.head
		}
	};
	return {
		first: {
			...first,
			runs
		},
		ran: true,
		...identity.identical && { reason }
	};
}
const usesNothing = ({ exact, files }) => exact && files.length === 0;
async function withOutside(mapped, outside) {
	const of = async (side) => {
		if (!mapped[side].exact) return mapped[side];
		if (!outside[side].known) return {
			...mapped[side],
			exact: false
		};
		return {
			...mapped[side],
			outside: await outside[side].used()
		};
	};
	return {
		base: await of("base"),
		head: await of("head")
	};
}
function usingNothing(name, { ran, first }) {
	if (!ran) return [];
	const sides = SIDES.filter((side) => {
		const { mapped } = first.runs[side];
		return usesNothing(mapped) && (mapped.outside ?? []).length === 0;
	});
	return sides.length === 0 ? [] : [runsNothingBuilt(name, sides)];
}
// src/core/counters/bounded-by-time.ts
const LEAST_SECONDS = .04;
const START_SECONDS$2 = 1;
const LEAST_SLOWDOWN = 4;
function endedByTheClock(nativeCpuSeconds, simulatedCpuSeconds) {
	return nativeCpuSeconds >= LEAST_SECONDS && simulatedCpuSeconds < START_SECONDS$2 + LEAST_SLOWDOWN * nativeCpuSeconds;
}
const FOLLOWED = .25;
const LEAST_CHANGE$1 = 1.05;
function sameTimeOtherValue(valueRatio, cpuTimeRatio) {
	const [value, time] = [Math.abs(Math.log(valueRatio)), Math.abs(Math.log(cpuTimeRatio))];
	return value >= Math.log(LEAST_CHANGE$1) && time < FOLLOWED * value;
}
function saysItsValue({ kind }) {
	return kind !== "wall";
}
// src/core/counters/spread.ts
const relativeSpread = (values) => values.length < 2 ? 0 : (Math.max(...values) - Math.min(...values)) / median(values);
function largestSpread(repeats) {
	if (repeats.base.length < 2 && repeats.head.length < 2) return void 0;
	const spread = Math.max(relativeSpread(repeats.base), relativeSpread(repeats.head));
	return Number.isFinite(spread) ? spread : void 0;
}
// src/report/evidence/counters-summary.ts
const CAUSES = {
	icacheMisses: "icache misses",
	dcacheMisses: "data-cache misses",
	secondLevelMisses: "L2 data-cache misses",
	branchMisses: "branch misses",
	itlbMisses: "iTLB misses",
	uopCacheMisses: "micro-op cache misses",
	pageFaults: "page faults"
};
const STALLS = {
	frontEndStalls: "front-end stalls",
	backEndStalls: "back-end stalls"
};
const SPOKEN = {
	...CAUSES,
	...STALLS
};
const MOST_SPOKEN = 2;
const BESIDE_THE_FIRST = .25;
const extent = ({ ratio }) => Math.abs(Math.log(ratio));
function summariseCounters(counters) {
	const differences = differencesOf(counters);
	if (differences.length === 0) return "nothing was counted";
	const find = (count) => differences.find((difference) => difference.count === count);
	const instructions = find("instructions");
	const notable = differences.filter(({ count, differs }) => differs && SPOKEN[count] !== void 0).filter((difference) => !followsInstructions(difference, instructions)).sort((one, other) => extent(other) - extent(one));
	const causes = notable.filter(({ count }) => CAUSES[count] !== void 0);
	const told = (causes.length > 0 ? causes : notable).filter((difference, _, [first]) => extent(difference) >= BESIDE_THE_FIRST * extent(first)).slice(0, MOST_SPOKEN);
	const cycles = find("cycles");
	const said = [
		...instructions ? [{
			count: instructions.count,
			text: ofInstructions(counters, instructions)
		}] : [],
		...told.map(({ count, base, ratio }) => ({
			count,
			text: phrase(SPOKEN[count], base, ratio)
		})),
		...cycles?.differs ? [{
			count: cycles.count,
			text: phrase("cycles", cycles.base, cycles.ratio)
		}] : []
	];
	return sentence(counters, said, said.length > 1 || instructions?.differs ? [] : [`nothing ${said.length === 0 ? "" : "else "}that was counted differs`]);
}
function sentence(counters, said, others) {
	const isSimulated = ({ count }) => counters.source === "simulated" && SIMULATED.has(count);
	const simulated = said.filter(isSimulated).map(({ text }) => text);
	const measured = said.filter((part) => !isSimulated(part)).map(({ text }) => text);
	if (simulated.length === 0) return [...measured, ...others].join(", ");
	return [
		`${simulated.join(", ")} (simulated)`,
		...measured,
		...others
	].join(", ");
}
function ofInstructions(counters, { base, ratio }) {
	return Math.abs(ratio - 1) <= sameInstructionsWithin(counters) ? "as many instructions" : phrase("instructions", base, ratio);
}
function followsInstructions({ count, ratio }, instructions) {
	if (!instructions?.differs || count === "pageFaults") return false;
	return Math.abs(ratio / instructions.ratio - 1) < .1;
}
function phrase(what, base, ratio) {
	if (base === 0) return `${what} where there were none`;
	const times = formatFactor(ratio);
	if (times !== void 0) return ratio > 1 ? `${times} the ${what}` : `${times} fewer ${what}`;
	return `${formatExtent(ratio)} ${ratio > 1 ? "more" : "fewer"} ${what}`;
}
// src/core/counters/same-work.ts
function sameWork(sides) {
	const byTime = sameChoices(sides, "by-time");
	if (byTime.kind !== "differ") return byTime;
	const alike = sameChoices(sides, "all");
	return alike.kind === "differ" ? byTime : alike;
}
function sameChoices(sides, scripts) {
	const [base, head] = [sides.base(scripts), sides.head(scripts)];
	if (!base || !head || !(base.worthwhile || head.worthwhile)) return { kind: "whole" };
	if (isWhole$1(base) || isWhole$1(head)) return { kind: "whole" };
	const choices = {
		base,
		head
	};
	if (!isSameRole(base, head)) return {
		kind: "differ",
		choices
	};
	for (const choice of [base, head]) if (choice.bound) return {
		kind: "bound",
		why: choice.bound,
		choice
	};
	return {
		kind: "apart",
		choices
	};
}
const isWhole$1 = ({ startSeconds }) => startSeconds === 0;
function isSameRole(base, head) {
	const roles = ({ works }) => [...new Set(works.map(({ role }) => role))].toSorted();
	return JSON.stringify(roles(base)) === JSON.stringify(roles(head));
}
const OTHER_SECONDS = .03;
const OTHER_RATIO = 1.5;
function startersDiffer(looks) {
	const [base, head] = ["base", "head"].map((side) => Math.min(...looks.map((look) => look[side].preludeSeconds)));
	const [less, more] = [Math.min(base, head), Math.max(base, head)];
	return more - less >= OTHER_SECONDS && more >= OTHER_RATIO * less;
}
function titleOf(works) {
	const titles = works.map(({ program, words }) => [program.slice(program.lastIndexOf("/") + 1), ...words.slice(1)].join(" "));
	const [first = "", ...rest] = [...new Set(titles)];
	const title = first.length > MOST_CHARACTERS ? `${first.slice(0, MOST_CHARACTERS - 1)}…` : first;
	return rest.length === 0 ? title : `${title} and ${rest.length} more`;
}
const MOST_CHARACTERS = 80;
// src/report/limitations/following.ts
function onlyWork({ base, head }) {
	const [onBase, onHead] = [titleOf(base.works), titleOf(head.works)];
	const renamed = onBase === onHead ? "" : ` (on base: ${onBase})`;
	const who = head.works.length === 1 ? "the process that does the work" : "the processes that do the work";
	return {
		what: `The benchmark starts its program through others: ${startersOf(head)}.`,
		instead: `Only ${who} ${head.works.length === 1 ? "was" : "were"} counted: ${onHead}${renamed}.`
	};
}
const startersCounted = (why, choice) => ({
	what: `The counts include what only starts the program: ${startersOf(choice)}. ${WHY[why]}`,
	instead: `A change of ${titleOf(choice.works)} is a smaller part of them; give a command that starts it directly with count-with.`
});
const WHY = {
	input: "The program reads from a pipe and cannot be started by itself.",
	"at-once": "Its programs run at the same time and cannot be started one after another.",
	many: "It starts too many programs to start each by itself.",
	"other-starters": "They take much more processor time on one side than on the other, and may be what changed.",
	"other-alone": "Started by itself, the program does not do the same."
};
const otherWork = ({ base, head }) => ({
	what: `Another program does the work on each side: ${titleOf(base.works)} on base, ${titleOf(head.works)} on head.`,
	instead: "Their counts are not compared; name the program to count with count-with."
});
function startersOf({ starters, startSeconds, seconds }) {
	const share = Math.min(99, Math.round(startSeconds / seconds * 100));
	const time = `${startSeconds.toFixed(startSeconds < .1 ? 3 : 2)} s of processor time, ${share} % of all`;
	return starters.length === 0 ? time : `${listed$1(starters)} (${time})`;
}
// src/report/limitations/simulation.ts
const NOTHING$3 = "Nothing is simulated for this benchmark";
const SMALLER = `${NOTHING$3}. Give it a smaller workload with count-with.`;
const noValgrind = {
	what: "valgrind is not installed, or does not run.",
	instead: "Nothing is simulated; install valgrind to have instructions and cache misses."
};
function unknownInstruction(bytes, side, version) {
	const avx512 = /^0x62\b/i.test(bytes);
	const kind = avx512 ? "an AVX-512 instruction" : `an instruction it does not know (${bytes})`;
	const remedy = avx512 ? "build without -march=native or -mavx512*, for example with -march=x86-64-v3, to have it simulated." : "build for a plainer processor to have it simulated.";
	return {
		what: `valgrind ${version} met ${kind} on ${side} and cannot go on.`,
		instead: `${NOTHING$3}; ${remedy}`
	};
}
const unreadDebugInformation = (side, version) => ({
	what: `valgrind ${version} cannot read the debug information of the program on ${side}.`,
	instead: `${NOTHING$3}; install a newer valgrind (3.20 reads what clang 14 and later write), or build with -gdwarf-4.`
});
const simulationTimedOut = (seconds, side) => ({
	what: `The simulation, 30 to 50 times slower than the machine, did not finish in ${Math.round(seconds)} s on ${side}.`,
	instead: SMALLER
});
const failedUnderValgrind = (failure, side, version) => ({
	what: `The benchmark ${failure} under valgrind ${version} on ${side}.`,
	instead: `${NOTHING$3}.`
});
const noProfile = (side) => ({
	what: `valgrind left no whole profile on ${side}.`,
	instead: `${NOTHING$3}.`
});
const tooManyProfiles = (side) => ({
	what: `The simulation left more than can be read on ${side}: over 16,384 files or 2 GiB.`,
	instead: SMALLER
});
const tornProfiles = (torn, all, side) => ({
	what: `${torn} of ${all} processes left no whole profile on ${side}.`,
	instead: "What they had written is counted."
});
const notRepeated = {
	what: "The simulation ran only once: there was no time to repeat it.",
	instead: "How far the program differs from run to run is not known; give a smaller workload with count-with."
};
const smallerWorkload = {
	what: "The simulation ran the smaller workload of count-with.",
	instead: "Instructions and misses are those of that workload; page faults and context switches those of the benchmark itself."
};
const wholeSimulated = (benchmark) => ({
	what: `The smaller workload of count-with did not settle the cause for ${benchmark}.`,
	instead: "The benchmark itself was simulated, which takes longer."
});
// src/core/counters/worker.ts
function workerOf(files) {
	const words = (files.cmdline ?? "").split("\0").slice(0, -1);
	const [program, folder] = [files.exe?.trim(), files.cwd?.trim()];
	const [, most, since] = /^(\d+) (\d+)\n/.exec(files.time ?? "") ?? [];
	const ticks = Number(files.ticks?.trim());
	const whole = childSeconds(files.times ?? "");
	if (words.length === 0 || !program?.startsWith("/") || !folder?.startsWith("/")) return void 0;
	if (program.endsWith(" (deleted)") || most === void 0 || !(ticks > 0) || whole === void 0) return void 0;
	const seconds = (Number(most) - Number(since)) / ticks;
	return {
		program,
		words,
		folder,
		environment: (files.environ ?? "").split("\0").flatMap((each) => {
			const at = each.indexOf("=");
			const name = each.slice(0, Math.max(0, at));
			return /^[A-Za-z_]\w*$/.test(name) ? [[name, each.slice(at + 1)]] : [];
		}),
		seconds,
		launcherSeconds: Math.max(0, whole - seconds)
	};
}
function childSeconds(times) {
	const parts = [...(times.split("\n")[1] ?? "").matchAll(/(\d+)m(\d+(?:\.\d+)?)s/g)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
	return parts.length === 2 ? parts[0] + parts[1] : void 0;
}
const WORTH_LEAVING_OUT_SECONDS = .1;
const MOST_OF_THE_WORK = .5;
function isWorthFollowing({ seconds, launcherSeconds }) {
	return launcherSeconds >= WORTH_LEAVING_OUT_SECONDS && seconds >= MOST_OF_THE_WORK * (seconds + launcherSeconds);
}
const SET_BY_THE_RUN = new Set([
	"PERF_VERDICT_PADDING",
	"GODEBUG",
	"GOMAXPROCS"
]);
function commandOf({ program, words, folder, environment, input }) {
	const [name = program, ...rest] = words;
	const variables = environment.filter(([variable]) => !SET_BY_THE_RUN.has(variable)).map(([variable, value]) => quotedWord(`${variable}=${value}`));
	const ofRun = [...SET_BY_THE_RUN].map((variable) => `${variable}="$${variable}"`);
	const start = [
		"bash",
		"-c",
		quotedWord("exec -a \"$0\" \"$@\""),
		quotedWord(name),
		quotedWord(program)
	];
	return [
		`cd -- ${quotedWord(folder)} &&`,
		...[
			"exec",
			"env",
			"-i",
			...variables,
			...ofRun,
			...start
		],
		...rest.map(quotedWord),
		...input === void 0 ? [] : [`<${quotedWord(input)}`]
	].join(" ");
}
const commandOfAll = (programs) => programs.length === 1 ? commandOf(programs[0]) : programs.map((each) => `(${commandOf(each)})`).join(" && ");
const quotedWord = (word) => `'${word.replaceAll("'", `'\\''`)}'`;
// src/flow/count/request.ts
const NO_REPEATS = {
	base: [],
	head: []
};
const mayRepeat = ({ repeatUntil }, clock, seconds) => clock.now() + 1.5 * seconds < repeatUntil;
const secondsLeft$1 = ({ deadline }, clock) => deadline - clock.now();
function countedOn({ request: { plan, env } }, side) {
	const alone = plan.countWith === void 0 ? aloneOf(onSide(plan, side)) : {
		command: plan.countWith,
		env: {}
	};
	return {
		command: alone.command,
		env: {
			...env[side],
			...alone.env
		}
	};
}
function workloadOf({ request, works }, side, timeoutSeconds) {
	const { plan, trees, env, scheduling } = request;
	const alone = aloneOf(onSide(plan, side));
	return {
		side,
		command: works && plan.countWith === void 0 ? commandOfAll(works[side]) : alone.command,
		tree: trees[side],
		env: {
			...env[side],
			...alone.env
		},
		timeoutSeconds: Math.max(1, timeoutSeconds),
		scheduling,
		around: plan.around
	};
}
const orderOf = (repeat) => repeat % 2 === 0 ? ["base", "head"] : ["head", "base"];
// src/flow/count/simulation-faults.ts
function faultOfSimulation(run, side, version) {
	const unknown = /unhandled instruction bytes: ((?:0x[0-9A-F]{1,2} ?){1,4})/i.exec(run.log)?.[1]?.trim();
	const failure = failureOf$1(run);
	if (unknown !== void 0 && failure !== void 0) return { fatal: unknownInstruction(unknown, side, version) };
	if (failure !== void 0 && /debuginfo reader: .{0,80}failed|corrupted debuginfo file/.test(run.log)) return { fatal: unreadDebugInformation(side, version) };
	if (run.job.timedOut) return { fatal: simulationTimedOut(run.job.seconds, side) };
	if (failure !== void 0) return { fatal: failedUnderValgrind(failure, side, version) };
	return faultOfProfiles(run, side);
}
function faultOfProfiles({ files, capped }, side) {
	const whole = files.filter(({ complete, usable }) => complete && usable);
	if (whole.length === 0) return { fatal: noProfile(side) };
	if (capped) return { fatal: tooManyProfiles(side) };
	if (whole.length === files.length) return {};
	return { limitation: tornProfiles(files.length - whole.length, files.length, side) };
}
// src/flow/count/by-callgrind.ts
const REPEATS$2 = 2;
const MORE_REPEATS = 5;
const RANDOM_SPREAD = 1e-4;
const PADDING = "PERF_VERDICT_PADDING";
const PADDING_STEP = 48;
async function countSimulated(job, ports) {
	const started = ports.clock.now();
	const first = await simulateBoth(job, ports, 0);
	if (!first.ok) return first;
	const seconds = ports.clock.now() - started;
	const instructions = {
		base: [first.value.sides.base.counts.instructions ?? 0],
		head: [first.value.sides.head.counts.instructions ?? 0]
	};
	const { plan, thorough = false, screening = false } = job.request;
	const isRandom = () => (largestSpread(instructions) ?? 0) > RANDOM_SPREAD;
	const wanted = () => screening ? 1 : plan.metric === "instructions" || thorough && isRandom() ? MORE_REPEATS : REPEATS$2;
	const limitations = [...first.value.limitations];
	for (let repeat = 1; repeat < wanted(); repeat++) {
		const again = seconds * 1.5 < secondsLeft$1(job, ports.clock) && await simulateBoth(job, ports, repeat);
		if (again === false || !again.ok) {
			if (repeat === 1) limitations.push(notRepeated);
			break;
		}
		for (const side of SIDES) instructions[side].push(again.value.sides[side].counts.instructions ?? 0);
	}
	const { base, head } = first.value.sides;
	return success({
		counts: {
			base: base.counts,
			head: head.counts
		},
		profiles: {
			base: base.profile,
			head: head.profile
		},
		instructions,
		cpuSeconds: base.run.job.cpuSeconds,
		limitations
	});
}
async function simulateBoth(job, ports, repeat) {
	const bothRuns = await Promise.all(SIDES.map((side) => simulateSide(job, ports, {
		side,
		repeat
	})));
	const [base, head] = bothRuns.some(({ run: { job: ended } }) => ended.signal === "SIGKILL" && !ended.timedOut) ? [await simulateSide(job, ports, {
		side: "base",
		repeat
	}), await simulateSide(job, ports, {
		side: "head",
		repeat
	})] : bothRuns;
	const sides = {
		base,
		head
	};
	const limitations = [];
	for (const side of SIDES) {
		const { fatal, limitation } = faultOfSimulation(sides[side].run, side, job.probe.valgrind.version);
		if (fatal) return failed(fatal);
		if (limitation) limitations.push(limitation);
	}
	return success({
		sides,
		limitations
	});
}
function forSimulation(env) {
	const { GODEBUG = "", GOMAXPROCS = "1" } = env;
	const others = GODEBUG.split(",").filter((each) => each !== "" && !each.startsWith("asyncpreemptoff="));
	return {
		...env,
		GOMAXPROCS,
		GODEBUG: [...others, "asyncpreemptoff=1"].join(",")
	};
}
async function simulateSide(job, { sandbox, clock }, { side, repeat }) {
	const { trees, plan } = job.request;
	const { command, env } = countedOn(job, side);
	const table = emptyCostTable();
	const totals = new Map();
	const calls = repeat === 0 ? emptyCallTable() : void 0;
	const { valgrind, geometry } = job.probe;
	const place = sandbox.placeOf(trees[side]);
	const strays = strayRule(place.inside);
	const simulation = {
		valgrind: valgrind.path,
		geometry,
		table,
		totals,
		strays,
		...calls && { calls }
	};
	const runs = [];
	for (const each of job.works?.[side].map(commandOf) ?? [command]) {
		const run = await simulate(sandbox, simulation, {
			side,
			command: each,
			tree: trees[side],
			around: plan.around,
			env: {
				...forSimulation(env),
				[PADDING]: "x".repeat(PADDING_STEP * (1 + repeat))
			},
			timeoutSeconds: Math.max(1, secondsLeft$1(job, clock))
		});
		runs.push(run);
		if (failureOf$1(run) !== void 0) break;
	}
	const run = runs.length === 1 ? runs[0] : together(runs);
	const outside = (object) => outsideOf$1(place, object);
	const segments = segmentsReader();
	const files = {
		isBuilt: builtIn(place.inside),
		segmentsOf: (object) => segments(outside(object))
	};
	const went = settleStrays(table, files);
	const named = (object) => outside(went.get(object) ?? object);
	const objects = profilesOf(table, true).map((each) => ({
		...each,
		object: named(each.object)
	}));
	const called = calls && { calls: callsOf$1(calls, named) };
	const profile = {
		source: "callgrind",
		total: table.total,
		objects,
		...called
	};
	return {
		run,
		counts: countsOfTotals(totals),
		profile
	};
}
function together(runs) {
	const last = runs.at(-1);
	const times = runs.map(({ job }) => job.cpuSeconds);
	const cpuSeconds = times.every((each) => each !== void 0) ? times.reduce((sum, each) => sum + each, 0) : void 0;
	const { cpuSeconds: _, ...job } = last.job;
	return {
		...last,
		job: {
			...job,
			...cpuSeconds !== void 0 && { cpuSeconds }
		},
		files: runs.flatMap(({ files }) => files),
		capped: runs.some(({ capped }) => capped),
		log: runs.map(({ log }) => log).join("")
	};
}
// src/core/counters/groups.ts
const TOGETHER = [
	[
		"instructions",
		"cycles",
		"branches",
		"branch-misses"
	],
	[
		"instructions",
		"icache-misses",
		"icache-loads",
		"itlb-misses"
	],
	[
		"instructions",
		"cycles",
		"front-end-stalls",
		"back-end-stalls"
	],
	[
		"instructions",
		"uop-cache-misses",
		"dcache-misses"
	]
];
const NORMALISERS = new Set(["instructions", "cycles"]);
function eventGroups(hardware, software) {
	const clock = software.filter(({ role }) => role === "task-clock");
	const [first = [], ...others] = TOGETHER.map((roles) => hardware.filter(({ role }) => roles.some((wanted) => wanted === role))).filter((group) => group.some(({ role }) => !NORMALISERS.has(role)) || group.length === 2).filter((group, index, all) => index === 0 || !isWithin(group, all[0]));
	return [[...software, ...first], ...others.map((group) => [...clock, ...group])].filter((group) => group.length > 0);
}
const isWithin = (group, other) => group.every((event) => other.includes(event));
function groupsApart(failed, hardware, software) {
	const always = [...software.filter(({ role }) => role === "task-clock"), ...hardware.filter(({ role }) => role === "instructions")];
	return failed.filter((event) => !always.includes(event)).map((event) => [...always, event]);
}
// src/core/counters/perf-counts.ts
const SCHEDULER_ROLES = new Set(["context-switches", "migrations"]);
const faultOf$1 = ({ role, specification }, output) => SCHEDULER_ROLES.has(role) ? faultOfSchedulerEvent(specification, output) : faultOfCount(specification, output);
function countOf$1(line) {
	const value = Number(line.value);
	if (line.unit === "msec") return value / 1e3;
	return line.unit === "ns" ? value / 1e9 : value;
}
function countsOfRuns(runs) {
	const dropped = new Map();
	const values = {
		base: new Map(),
		head: new Map()
	};
	for (const { side, events, output } of runs) for (const event of events) {
		const why = faultOf$1(event, output);
		if (why !== void 0) dropped.set(event.role, {
			...event,
			why
		});
		else {
			const seen = values[side].get(event.role) ?? [];
			values[side].set(event.role, [...seen, countOf$1(lineOf$3(event.specification, output))]);
		}
	}
	const side = (name) => Object.fromEntries([...values[name]].filter(([role]) => !dropped.has(role)).map(([role, seen]) => [COUNT_OF_ROLE[role], median(seen)]));
	return {
		counts: {
			base: side("base"),
			head: side("head")
		},
		instructions: {
			base: values.base.get("instructions") ?? [],
			head: values.head.get("instructions") ?? []
		},
		dropped: [...dropped.values()]
	};
}
const hasInstructions = ({ counts }) => SIDES.every((side) => (counts[side].instructions ?? 0) > 0);
// src/flow/count/by-perf.ts
const REPEATS$1 = 3;
const REPEATS_OF_A_GATE = 9;
async function countByPerf(job, ports) {
	const hardware = job.probe.hardware ? chosenEvents(job.probe, HARDWARE_ROLES) : [];
	const software = chosenEvents(job.probe, SOFTWARE_ROLES);
	const repeats = job.request.plan.metric === "instructions" ? REPEATS_OF_A_GATE : REPEATS$1;
	let groups = eventGroups(hardware, software);
	let runs = [];
	let seconds = 0;
	for (let repeat = 0; repeat < repeats; repeat++) {
		if (repeat > 0 && !mayRepeat(job, ports.clock, seconds)) break;
		const started = ports.clock.now();
		const round = await countGroups(job, ports, {
			groups,
			repeat
		});
		if (!round.ok) return round;
		seconds = ports.clock.now() - started;
		runs = [...runs, ...round.value];
		if (repeat > 0) continue;
		const { dropped } = countsOfRuns(runs);
		const crowded = hardware.filter(({ role }) => dropped.some((event) => event.role === role));
		if (crowded.length === 0) continue;
		runs = runs.map((run) => ({
			...run,
			events: run.events.filter((event) => !crowded.includes(event))
		}));
		groups = [...eventGroups(hardware.filter((event) => !crowded.includes(event)), software), ...groupsApart(crowded, hardware, software)];
	}
	const counted = countsOfRuns(runs);
	if (job.probe.hardware && !hasInstructions(counted)) return failed(noInstructionsCounted);
	const slots = job.probe.hardware ? await countSlots(job, ports) : void 0;
	const counts = {
		base: {
			...counted.counts.base,
			...slots?.ok && slots.value.base
		},
		head: {
			...counted.counts.head,
			...slots?.ok && slots.value.head
		}
	};
	const limitations = [...counted.dropped.map(({ specification, why }) => eventNotCounted(specification, why)), ...slots && !slots.ok ? [slots.fault] : []];
	return success({
		counted: {
			...counted,
			counts
		},
		limitations
	});
}
async function countSlots(job, { sandbox, clock }) {
	const { topDown, perf } = job.probe;
	if (!topDown || !perf) return void 0;
	const found = {
		base: [],
		head: []
	};
	for (let repeat = 0; repeat < REPEATS$1; repeat++) {
		const started = clock.now();
		for (const side of orderOf(repeat)) {
			const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft$1(job, clock));
			const ran = await perfStat(sandbox, {
				perf: perf.path,
				events: [topDown.argument]
			}, workloadOf(job, side, timeout));
			const failure = failureOf$1(ran);
			const slots = failure === void 0 ? topDownOf(topDown, ran.output) : failed(endedUnderPerf(failure));
			if (!slots.ok) return failed(noIssueSlots(side, slots.fault));
			found[side].push(slots.value);
		}
		if (!mayRepeat(job, clock, clock.now() - started)) break;
	}
	return success({
		base: middleOf(found.base),
		head: middleOf(found.head)
	});
}
const middleOf = (runs) => runs.toSorted((one, other) => one.slots - other.slots)[Math.floor(runs.length / 2)];
async function countGroups(job, { sandbox, clock }, { groups, repeat }) {
	const runs = [];
	for (const events of groups) for (const side of orderOf(repeat)) {
		const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft$1(job, clock));
		const specifications = events.map(({ specification }) => specification);
		const ran = await perfStat(sandbox, {
			perf: job.probe.perf.path,
			events: specifications
		}, workloadOf(job, side, timeout));
		const failure = failureOf$1(ran);
		if (failure !== void 0) return failed(failedUnderPerf(failure, side));
		runs.push({
			side,
			events,
			output: ran.output
		});
	}
	return success(runs);
}
// src/flow/count/by-time.ts
const REPEATS = 3;
async function countResources(job, ports) {
	const time = job.probe.time;
	if (time === void 0) return none("no-tool");
	const uses = {
		base: [],
		head: []
	};
	for (let repeat = 0; repeat < REPEATS; repeat++) {
		const started = ports.clock.now();
		for (const side of orderOf(repeat)) {
			const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft$1(job, ports.clock));
			const use = await resourceUse(ports.sandbox, time, workloadOf(job, side, timeout));
			if (use?.exitCode !== 0) return none(side);
			uses[side].push(use);
		}
		if (!mayRepeat(job, ports.clock, ports.clock.now() - started)) break;
	}
	const medians = (side) => ({
		contextSwitches: median(uses[side].map(({ contextSwitches }) => contextSwitches)),
		pageFaults: median(uses[side].map(({ pageFaults }) => pageFaults))
	});
	const [base, head] = SIDES.map(medians);
	return {
		counts: {
			base,
			head
		},
		limitations: []
	};
}
const none = (why) => ({
	counts: {
		base: {},
		head: {}
	},
	limitations: [noContextSwitches(why)]
});
// src/core/counters/launchers.ts
const ROWS = [
	{
		kind: "starter",
		script: true,
		names: [
			"npm",
			"npm-cli",
			"npx",
			"npx-cli",
			"yarn",
			"yarnpkg",
			"pnpm",
			"pnpx"
		]
	},
	{
		kind: "starter",
		script: true,
		names: [
			"corepack",
			"nx",
			"turbo",
			"lerna",
			"wireit",
			"npm-run-all",
			"run-s"
		]
	},
	{
		kind: "starter",
		script: true,
		names: [
			"poetry",
			"pipenv",
			"pipx",
			"pdm",
			"hatch",
			"tox",
			"nox",
			"conda"
		]
	},
	{
		kind: "starter",
		script: true,
		names: [
			"pyenv",
			"rbenv",
			"nodenv",
			"goenv",
			"asdf",
			"bundle",
			"rake"
		]
	},
	{
		kind: "starter",
		names: [
			"cargo",
			"rustup",
			"go",
			"dub",
			"zig",
			"swift",
			"dune",
			"stack",
			"cabal",
			"dotnet"
		]
	},
	{
		kind: "starter",
		names: [
			"uv",
			"uvx",
			"rye",
			"pixi",
			"mise",
			"direnv",
			"mamba"
		]
	},
	{
		kind: "starter",
		script: true,
		names: [
			"meson",
			"ninja",
			"cmake",
			"ctest",
			"invoke",
			"inv",
			"scons",
			"waf"
		]
	},
	{
		kind: "starter",
		names: [
			"make",
			"gmake",
			"remake",
			"samu",
			"muon",
			"just",
			"task",
			"mage",
			"xmake"
		]
	},
	{
		kind: "starter",
		names: [
			"bazel",
			"bazelisk",
			"buck2",
			"pants"
		]
	},
	{
		kind: "starter",
		names: [
			"env",
			"nice",
			"ionice",
			"chrt",
			"taskset",
			"numactl",
			"timeout",
			"time",
			"stdbuf"
		]
	},
	{
		kind: "starter",
		names: [
			"setsid",
			"nohup",
			"xargs",
			"parallel",
			"sudo",
			"doas",
			"su",
			"runuser",
			"setpriv"
		]
	},
	{
		kind: "starter",
		names: [
			"unshare",
			"chroot",
			"flock",
			"script",
			"unbuffer",
			"prlimit",
			"setarch",
			"watch"
		]
	},
	{
		kind: "builder",
		names: [
			"cc",
			"c++",
			"gcc",
			"g++",
			"cpp",
			"cc1",
			"cc1plus",
			"collect2",
			"lto1",
			"lto-wrapper"
		]
	},
	{
		kind: "builder",
		names: [
			"clang",
			"clang++",
			"as",
			"ld",
			"ar",
			"ranlib",
			"strip",
			"objcopy",
			"lld",
			"mold",
			"gold"
		]
	},
	{
		kind: "builder",
		names: [
			"rustc",
			"compile",
			"asm",
			"link",
			"cgo",
			"ccache",
			"sccache"
		]
	},
	{
		kind: "shell",
		names: [
			"bash",
			"sh",
			"dash",
			"ash",
			"zsh",
			"ksh",
			"mksh",
			"fish",
			"busybox"
		]
	}
];
const KINDS = new Map(ROWS.flatMap(({ kind, names }) => names.map((name) => [name, kind])));
const SCRIPTS = new Set(ROWS.flatMap(({ script, names }) => script ? names : []));
const INTERPRETERS = new Set([
	"node",
	"nodejs",
	"bun",
	"deno",
	"python",
	"pypy",
	"perl",
	"ruby",
	"php",
	"lua"
].concat(ROWS.filter(({ kind }) => kind === "shell").flatMap(({ names }) => names)));
const RUNS_SCRIPTS = {
	bun: ["run", "x"],
	deno: ["task"],
	node: ["--run"]
};
function launcherOf({ program, words }) {
	const own = plainName$1(program);
	const called = plainName$1(words[0] ?? program);
	if (INTERPRETERS.has(own)) return {
		...scriptOf(own, words),
		script: true
	};
	const name = KINDS.has(called) ? called : own;
	return {
		kind: kindOf(name),
		name,
		script: false
	};
}
function scriptOf(own, words) {
	const shell = KINDS.get(own) === "shell";
	if (RUNS_SCRIPTS[own]?.some((each) => words[1]?.split("=")[0] === each)) return {
		kind: "starter",
		name: own
	};
	const options = words.slice(1);
	const at = options.findIndex((word) => !word.startsWith("-") || /^-[cem]$/.test(word));
	const found = options[at];
	if (found === void 0 || found === "-c" || found === "-e") return {
		kind: shell ? "shell" : "other",
		name: own
	};
	const script = found === "-m" ? (options[at + 1] ?? "").split(".")[0] : found;
	const managed = /\/(?:\.?(pyenv|rbenv|nodenv|goenv|asdf|mise))\//.exec(script)?.[1];
	if (shell && managed !== void 0) return {
		kind: "starter",
		name: managed
	};
	const name = script.slice(script.lastIndexOf("/") + 1).replace(/\.c?js$/, "");
	if (SCRIPTS.has(name)) return {
		kind: "starter",
		name: name.replace(/-cli$/, "")
	};
	return {
		kind: shell ? "shell" : "other",
		name: own
	};
}
function plainName$1(path) {
	const file = path.slice(path.lastIndexOf("/") + 1).replace(/ \(deleted\)$/, "").replace(/\.(?:[cm]?js|py|pl|rb|sh|exe)$/, "");
	const plain = file.replace(/-?\d+(?:\.\d+)*$/, "");
	if (KINDS.has(file)) return file;
	const ofTarget = plain.replace(/^(?:[a-z0-9_]+-){2,3}(?=(?:gcc|g\+\+|cpp|ld|as|ar|strip|objcopy)(?:\.\w+)?$)/, "");
	return /^ld\.\w+$/.test(ofTarget) ? "ld" : ofTarget || file;
}
const kindOf = (name) => KINDS.get(name) ?? "other";
// src/core/counters/choose-work.ts
const MOST_WORKS = 32;
const START_SECONDS$1 = .25;
const OF_A_SCRIPT = .2;
const OF_A_START = .01;
const OTHERS_WORK = 4;
function chooseWork(processes, tree, scripts = "by-time") {
	const root = treeOf(processes);
	if (!root) return void 0;
	const isBuilt = (node) => isOfTree(node.process, tree);
	const rule = {
		isBuilt,
		scripts
	};
	const works = siblings(workBelow(root, rule), rule).toSorted((one, other) => one.process.started - other.process.started);
	const chosen = works.length === 0 ? [root] : works;
	const others = leftOut(root, new Set(chosen));
	const startSeconds = ownOf(others);
	const bound = boundOf(chosen, root);
	return {
		works: chosen.map((node) => {
			const { process, name, script } = node;
			return {
				...startOf(process),
				name,
				role: isBuilt(node) && !script ? "program" : name
			};
		}),
		built: chosen.every(isBuilt),
		seconds: root.seconds,
		startSeconds,
		preludeSeconds: startSeconds - ownOf(others.filter(({ kind }) => kind === "builder")),
		worthwhile: works.length > 0 && works[0] !== root && isMuch(startSeconds, root),
		starters: namesOf$2(others),
		...bound && { bound }
	};
}
function treeOf(processes) {
	const nodes = new Map();
	let root;
	for (const process of processes) {
		const node = {
			process,
			...launcherOf(process),
			children: [],
			seconds: process.seconds,
			working: process.seconds,
			ended: process.ended
		};
		nodes.set(process.id, node);
		const parent = process.parent === void 0 ? void 0 : nodes.get(process.parent);
		if (parent) parent.children.push(node);
		else if (root) return void 0;
		else root = node;
	}
	for (const node of [...nodes.values()].toReversed()) {
		const parent = node.process.parent === void 0 ? void 0 : nodes.get(node.process.parent);
		if (!parent) continue;
		parent.seconds += node.seconds;
		parent.working += node.kind === "builder" ? 0 : node.working;
		parent.ended = Math.max(parent.ended, node.ended);
	}
	return root;
}
const INSTALLED = /\/(?:node_modules|\.?venv|\.tox|\.nox)\//;
function isOfTree({ program, treeCode, passing, environment }, tree) {
	if (passing || treeCode.some((file) => !INSTALLED.test(file.slice(tree.length)))) return true;
	const target = environment.find(([name]) => name === "CARGO_TARGET_DIR")?.[1];
	return /\/go-build[^/]*\//.test(program) || !!target?.startsWith("/") && program.startsWith(`${target}/`);
}
function workBelow(node, rule) {
	const { kind, process } = node;
	const below = node.children.flatMap((child) => workBelow(child, rule));
	const built = below.filter(rule.isBuilt);
	const all = rule.scripts === "all" && built.length > 0;
	const [inBuilt, inBelow] = [workOf(built), workOf(below)];
	if (rule.isBuilt(node)) return built.length > 0 && (all || kind === "starter" || inBuilt > process.seconds) ? below : [node];
	if (kind === "builder") return [];
	if (kind === "starter") return below;
	if (all || outweighs(inBuilt, process.seconds, kind)) return below;
	const enough = kind === "shell" ? 1 : OTHERS_WORK;
	return below.length > 0 && inBelow >= enough * process.seconds ? below : [node];
}
function outweighs(inBuilt, other, kind) {
	const part = inBuilt / (inBuilt + other);
	return part >= OF_A_SCRIPT || (other <= START_SECONDS$1 || kind === "shell") && part >= OF_A_START;
}
function siblings(works, { isBuilt, scripts }) {
	const built = works.filter(isBuilt);
	if (scripts === "all" && built.length > 0) return built;
	const inBuilt = workOf(built);
	const all = workOf(works);
	return works.filter((work) => isBuilt(work) || work.working >= OF_A_SCRIPT * all && !(work.working <= START_SECONDS$1 && outweighs(inBuilt, work.working, work.kind)));
}
const workOf = (nodes) => nodes.reduce((sum, { working }) => sum + working, 0);
const ownOf = (nodes) => nodes.reduce((sum, { process }) => sum + process.seconds, 0);
function leftOut(node, chosen) {
	if (chosen.has(node)) return [];
	return [node, ...node.children.flatMap((child) => leftOut(child, chosen))];
}
function boundOf(works, root) {
	if (works[0] === root) return void 0;
	if (works.length > MOST_WORKS) return "many";
	if (works.some((work, index) => works.slice(0, index).some(({ ended }) => ended > work.process.started))) return "at-once";
	return works.some(({ process }) => process.input === "stream") ? "input" : void 0;
}
function startOf({ program, words, folder, environment, input }) {
	return {
		program,
		words,
		folder,
		environment,
		...typeof input === "object" && { input: input.file }
	};
}
const MUCH_SECONDS = .1;
const MUCH = .2;
const OUR_SHELL_SECONDS = .02;
function isMuch(startSeconds, root) {
	const own = root.kind === "shell" ? Math.min(root.process.seconds, OUR_SHELL_SECONDS) : 0;
	return startSeconds >= MUCH_SECONDS || startSeconds - own >= MUCH * (root.seconds - own);
}
const MOST_NAMES$1 = 3;
function namesOf$2(nodes) {
	const seconds = new Map();
	for (const { name, process } of nodes) seconds.set(name, (seconds.get(name) ?? 0) + process.seconds);
	return [...seconds].toSorted(([, one], [, other]) => other - one).slice(0, MOST_NAMES$1).map(([name]) => name);
}
// src/shell/profilers/follow.ts
const WATCH = `dir=$1; tree=$2; shift 2
own=$(cut -d' ' -f6 /proc/$$/stat)
"$@" >/dev/null 2>&1 </dev/null &
root=$!
most=-1; who=; program=; since=0
while kill -0 "$root" 2>/dev/null; do
  for each in /proc/[0-9]*; do
    pid=\${each#/proc/}
    [ "$pid" = "$$" ] && continue
    { read -r line <"$each/stat"; } 2>/dev/null || continue
    set -- \${line##*) }
    [ "$4" = "$own" ] || continue
    time=$((\${12} + \${13}))
    [ "$time" -ge "$most" ] || continue
    now=$(readlink "$each/exe" 2>/dev/null) || continue
    if [ "$pid" != "$who" ] || [ "$now" != "$program" ]; then
      { [ "$pid" = "$who" ] && since=$most; } || since=0
      cat "$each/cmdline" >"$dir/cmdline" 2>/dev/null && cat "$each/environ" >"$dir/environ" 2>/dev/null || continue
      readlink "$each/cwd" >"$dir/cwd" 2>/dev/null
      who=$pid; program=$now
      rm -rf "$dir/kept"
      case $now in
        "$tree"/*|/usr/*|/bin/*|/sbin/*|/lib*|/opt/*|/nix/*) ;;
        *) name=\${now##*/}; mkdir "$dir/kept" && cat "$each/exe" >"$dir/kept/\${name% (deleted)}" 2>/dev/null && chmod -R 755 "$dir/kept" || rm -rf "$dir/kept" ;;
      esac
      printf '%s\\n' "$now" >"$dir/exe"
    fi
    most=$time
    echo "$most $since" >"$dir/time"
  done
  sleep 0.02
done
wait "$root"; echo "$?" >"$dir/code"
times >"$dir/times"
getconf CLK_TCK >"$dir/ticks"
`;
const CAP_BYTES$1 = 262144;
async function findWorker(sandbox, workload) {
	const place = sandbox.placeOf(workload.tree);
	const name = scratchName("worker");
	const folder = `${place.inside.scratch}/${name}`;
	const run = [
		"sh",
		"-c",
		`mkdir "$1" || exit 1; ${WATCH}`,
		"sh",
		folder,
		place.inside.tree,
		...benchmarkWords(workload.command)
	];
	const { code } = await runMeasured(sandbox, run, workload);
	const read = (file) => readUntrusted(`${place.scratch}/${name}`, file, CAP_BYTES$1);
	const [cmdline, environ, cwd, exe] = await Promise.all([
		"cmdline",
		"environ",
		"cwd",
		"exe"
	].map(read));
	const [time, times, ticks, ended] = await Promise.all([
		"time",
		"times",
		"ticks",
		"code"
	].map(read));
	const [kept] = await readdir(`${place.scratch}/${name}/kept`).catch(() => []);
	const files = [
		"cmdline",
		"environ",
		"cwd",
		"exe",
		"time",
		"times",
		"ticks",
		"code"
	].map((file) => `${folder}/${file}`);
	await runBeside(sandbox, [
		"rm",
		"-rf",
		"--",
		...kept === void 0 ? [folder] : files
	], workload);
	if (code !== 0 || ended?.trim() !== "0") return void 0;
	return workerOf({
		cmdline,
		environ,
		cwd,
		exe: kept === void 0 ? exe : `${folder}/kept/${kept}`,
		time,
		times,
		ticks
	});
}
// src/core/counters/process-record.ts
const FIELDS = 12;
const MOST_PROCESSES = 4096;
function readProcesses(text) {
	const lines = text.split("\n");
	if (lines.pop() !== "" || lines.pop() !== "end" || lines.length > MOST_PROCESSES) return void 0;
	const environments = new Map();
	const processes = [];
	for (const line of lines) {
		const fields = line.split(" ");
		if (fields[0] === "env") environments.set(fields[1], environmentOf(fields[2] ?? ""));
		else {
			const read = processOf(fields, environments);
			if (!read) return void 0;
			processes.push(read);
		}
	}
	return processes.length > 0 ? processes : void 0;
}
function processOf(fields, environments) {
	if (fields.length !== FIELDS) return void 0;
	const [id, parent, nanoseconds, started, ended] = fields.slice(0, 5).map(Number);
	const [program, folder, input] = fields.slice(5, 8).map(decoded);
	const environment = environments.get(fields[9]);
	if (![
		id,
		parent,
		nanoseconds,
		started,
		ended
	].every(Number.isSafeInteger) || !environment) return void 0;
	if (!program.startsWith("/") || !folder.startsWith("/")) return void 0;
	return {
		id,
		parent: parent < 0 ? void 0 : parent,
		program,
		words: listOf(fields[8]),
		folder,
		environment,
		seconds: Math.max(0, nanoseconds / 1e9),
		started,
		ended,
		input: inputOf(input),
		treeCode: listOf(fields[10]),
		passing: fields[11] === "1"
	};
}
function inputOf(link) {
	if (link === "/dev/null" || link === "") return "nothing";
	return link.startsWith("/") && !link.startsWith("/dev/") && !link.endsWith(" (deleted)") ? { file: link } : "stream";
}
const environmentOf = (list) => listOf(list).flatMap((each) => {
	const at = Math.max(0, each.indexOf("="));
	const name = each.slice(0, at);
	return /^[A-Za-z_]\w*$/.test(name) ? [[name, each.slice(at + 1)]] : [];
});
const listOf = (text) => text === "" ? [] : text.split(",").map(decoded);
function decoded(text) {
	if (text === "-") return "";
	if (!text.includes("%")) return text;
	const bytes = [];
	for (let at = 0; at < text.length; at++) {
		const escaped = text[at] === "%";
		bytes.push(escaped ? Number.parseInt(text.slice(at + 1, at + 3), 16) : text.charCodeAt(at));
		if (escaped) at += 2;
	}
	return new TextDecoder().decode(Uint8Array.from(bytes));
}
// src/shell/profilers/tracer.ts
const TRACER = String.raw`
use strict; no warnings;
my ($dir, $tree, @command) = @ARGV;
my ($machine) = qx(uname -m) =~ /(\w+)/;
my $ptrace = { x86_64 => 101, aarch64 => 117, riscv64 => 117, s390x => 26, ppc64le => 26 }->{$machine};
exit 125 if !defined $ptrace || length(pack 'J', 0) != 8;
my ($CONT, $MESSAGE, $SEIZE, $LISTEN, $ALL) = (7, 0x4201, 0x4206, 0x4208, 0x40000000);
# TRACEFORK, TRACEVFORK, TRACECLONE, TRACEEXEC, TRACEEXIT, EXITKILL of linux/ptrace.h.
my $OPTIONS = 2 | 4 | 8 | 0x10 | 0x40 | 0x100000;
my ($MOST_PROGRAMS, $MOST_COPIES, $MOST_BYTES) = (4000, 64, 1 << 28);

my $room = "\0" x 8;
sub message { $room = "\0" x 8; syscall($ptrace, $MESSAGE, $_[0], 0, $room) == 0 ? unpack('Q', $room) : 0 }
sub content { open(my $in, '<', $_[0]) or return ''; local $/; my $text = <$in>; defined $text ? $text : '' }
sub encoded { my $text = $_[0]; return '-' if $text eq ''; return '%2D' if $text eq '-'; $text =~ s/([^!-\$&-+.-~-])/sprintf '%%%02X', ord $1/ge; $text }
sub listed { join ',', map { encoded($_) } @_ }

# By thread: its process, and the time that was counted already. By process: the program that it runs.
my (%group, %counted, %current, %parent, @seen, %environments, $copied);
my $moment = 0;

sub spent {
  my ($thread) = @_;
  return $1 if content("/proc/$thread/schedstat") =~ /^(\d+)/;
  my ($rest) = content("/proc/$thread/stat") =~ /\) (.*)/s;
  my @fields = split ' ', $rest;
  return ($fields[11] + $fields[12]) * 10_000_000;
}
sub account {
  my ($thread, $former) = @_;
  my $program = $current{$group{$thread}};
  my $now = spent($thread);
  $seen[$program]{time} += $now - ($counted{$former} || 0) if defined $program && $now;
  $counted{$thread} = $now if $now;
}
sub known {
  my ($thread) = @_;
  return if defined $group{$thread};
  my $status = content("/proc/$thread/status");
  my ($leader) = $status =~ /^Tgid:\s*(\d+)/m;
  my ($above) = $status =~ /^PPid:\s*(\d+)/m;
  $group{$thread} = $leader = $leader || $thread;
  $counted{$thread} = 0;
  $current{$leader} = $current{defined $parent{$thread} ? $parent{$thread} : $above} unless defined $current{$leader};
}
sub copy {
  my ($thread, $exe, $id) = @_;
  return if $copied->{files}++ >= $MOST_COPIES || ($copied->{bytes} += -s "/proc/$thread/exe") > $MOST_BYTES;
  my ($name) = $exe =~ m{([^/]+?)(?: \(deleted\))?$};
  mkdir "$dir/kept"; mkdir "$dir/kept/$id" or return;
  open(my $in, '<', "/proc/$thread/exe") or return; open(my $out, '>', "$dir/kept/$id/$name") or return;
  binmode $in; binmode $out;
  my $part; while (sysread $in, $part, 1 << 20) { print $out $part }
  close $out; chmod 0755, "$dir/kept/$id/$name";
  "$dir/kept/$id/$name";
}
sub mapped {
  my ($leader) = @_;
  my $files = $seen[$current{$leader}]{code} or return;
  for (split /\n/, content("/proc/$leader/maps")) {
    next unless m{^\S+ ..x\S* \S+ \S+ \d+\s+(\Q$tree\E/.*)} && keys %$files < 64;
    $files->{$1} = 1;
  }
}
sub started {
  my ($thread) = @_;
  my $exe = readlink "/proc/$thread/exe";
  if (!defined $exe || @seen >= $MOST_PROGRAMS) { unlink "$dir/processes"; exit 124 }
  my $id = @seen;
  my $environment = content("/proc/$thread/environ");
  $environments{$environment} = keys %environments unless defined $environments{$environment};
  my $above = $current{$thread};
  push @seen, {
    above => defined $above ? $above : -1, time => 0, started => ++$moment, ended => $moment, exe => $exe,
    folder => readlink("/proc/$thread/cwd") || '', input => readlink("/proc/$thread/fd/0") || '',
    words => [split /\0/, content("/proc/$thread/cmdline"), -1], environment => $environments{$environment}, code => {},
  };
  pop @{$seen[$id]{words}};
  $current{$thread} = $id;
  $seen[$id]{code}{$exe} = 1 if index($exe, "$tree/") == 0;
  $seen[$id]{copy} = copy($thread, $exe, $id) unless $exe =~ m{^(?:\Q$tree\E|/usr|/bin|/sbin|/lib[^/]*|/opt|/nix|/snap)/};
}

pipe(my $wait, my $go) or exit 125;
my $root = fork; exit 125 unless defined $root;
if ($root == 0) {
  close $go; sysread $wait, my $word, 1; close $wait;
  exit 127 if $word eq '';
  open STDIN, '<', '/dev/null'; open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
  exec { $command[0] } @command; exit 127;
}
close $wait;
if (syscall($ptrace, $SEIZE, $root, 0, $OPTIONS) != 0) { kill 9, $root; exit 125 }
syswrite $go, 'g'; close $go;
my $code = 1;
while ((my $thread = waitpid(-1, $ALL)) > 0) {
  my $status = ${"$"}{^CHILD_ERROR_NATIVE};
  if (($status & 0xff) != 0x7f) {
    next unless $thread == $root;
    $code = $status & 0x7f ? 128 + ($status & 0x7f) : $status >> 8;
    last;
  }
  my ($signal, $event) = (($status >> 8) & 0xff, $status >> 16);
  known($thread);
  if ($event == 4) {
    my $former = message($thread) || $thread;
    known($former);
    account($thread, $former);
    $seen[$current{$thread}]{ended} = ++$moment if defined $current{$thread};
    started($thread);
  } elsif ($event == 6) {
    account($thread, $thread);
    my $program = $current{$group{$thread}};
    if (defined $program) { mapped($group{$thread}); $seen[$program]{ended} = ++$moment }
    delete $counted{$thread}; my $leader = delete $group{$thread};
    delete $current{$leader} if !grep { $_ == $leader } values %group;
  } elsif ($event >= 1 && $event <= 3) {
    my $new = message($thread); $parent{$new} = $group{$thread} if $new;
  }
  my $stopped = $event == 128 && ($signal == 19 || $signal >= 20 && $signal <= 22);
  if ($stopped) { syscall($ptrace, $LISTEN, $thread, 0, 0) }
  else { syscall($ptrace, $CONT, $thread, 0, $event ? 0 : $signal) }
}
open(my $out, '>', "$dir/processes") or exit 1;
while (my ($text, $id) = each %environments) { print $out "env $id ", listed(split /\0/, $text), "\n" }
for my $id (0 .. $#seen) {
  my $each = $seen[$id];
  my ($program, $passing) = ($each->{exe}, 0);
  if (defined $each->{copy}) {
    if (-e $program) { unlink $each->{copy}; rmdir "$dir/kept/$id" } else { ($program, $passing) = ($each->{copy}, 1) }
  }
  print $out join(' ', $id, @$each{qw(above time started ended)}, map({ encoded($_) } $program, @$each{qw(folder input)}),
    listed(@{$each->{words}}), $each->{environment}, listed(sort keys %{$each->{code}}), $passing), "\n";
}
print $out "end\n"; close $out;
exit $code;
`;
// src/shell/profilers/trace.ts
const CAP_BYTES = 33554432;
const NO_TRACE = [
	124,
	125,
	126,
	127
];
async function traceProcesses(sandbox, workload) {
	const place = sandbox.placeOf(workload.tree);
	const name = scratchName("trace");
	const folder = `${place.inside.scratch}/${name}`;
	const start = "dir=$1; code=$2; shift 2; mkdir \"$dir\" && exec perl -e \"$code\" -- \"$dir\" \"$@\"";
	const words = [
		folder,
		TRACER,
		place.inside.tree,
		...benchmarkWords(workload.command)
	];
	const { code, timedOut } = await runMeasured(sandbox, [
		"sh",
		"-c",
		start,
		"sh",
		...words
	], workload);
	const processes = readProcesses(await readUntrusted(`${place.scratch}/${name}`, "processes", CAP_BYTES) ?? "");
	const unneeded = (await readdir(`${place.scratch}/${name}/kept`).catch(() => [])).length === 0 ? folder : `${folder}/processes`;
	await runBeside(sandbox, [
		"rm",
		"-rf",
		"--",
		unneeded
	], workload);
	if (timedOut || processes) return code === 0 && !timedOut ? processes : void 0;
	return code !== null && NO_TRACE.includes(code) ? "untraceable" : void 0;
}
// src/flow/count/follow-work.ts
const LOOKING_SHARE = .2;
const LEAST_AGAIN = .3;
const MOST_AGAIN = 3;
const START_SECONDS = .1;
const WHOLE = { kind: "whole" };
const NOBODY = () => void 0;
async function followWork(job, ports) {
	const followed = await look(job, ports);
	if (followed.kind !== "apart") return followed;
	if (startersDiffer([followed.choices])) {
		const again = await look(job, ports);
		if (again.kind !== "apart") return again;
		if (startersDiffer([followed.choices, again.choices])) return {
			kind: "bound",
			why: "other-starters",
			choice: again.choices.head
		};
	}
	for (const side of SIDES) {
		const choice = followed.choices[side];
		if (!await runsAlone(choice, lookedAt(job, ports, side), ports)) return {
			kind: "bound",
			why: "other-alone",
			choice
		};
	}
	return followed;
}
async function look(job, ports) {
	const base = await chooserOn(job, ports, "base");
	return base ? sameWork({
		base,
		head: await chooserOn(job, ports, "head") ?? NOBODY
	}) : WHOLE;
}
function lookedAt(job, { clock }, side) {
	const timeoutSeconds = Math.max(1, LOOKING_SHARE * secondsLeft$1(job, clock));
	const { trees, plan } = job.request;
	return {
		side,
		...countedOn(job, side),
		tree: trees[side],
		timeoutSeconds,
		around: plan.around
	};
}
async function chooserOn(job, ports, side) {
	const workload = lookedAt(job, ports, side);
	const traced = await traceProcesses(ports.sandbox, workload);
	const { tree } = ports.sandbox.placeOf(workload.tree).inside;
	if (traced !== "untraceable") return traced && ((scripts) => chooseWork(traced, tree, scripts));
	const worker = await findWorker(ports.sandbox, lookedAt(job, ports, side));
	if (!worker) return void 0;
	const { seconds, launcherSeconds } = worker;
	const name = worker.program.slice(worker.program.lastIndexOf("/") + 1);
	return () => ({
		works: [{
			...worker,
			name,
			role: "program"
		}],
		built: true,
		seconds: seconds + launcherSeconds,
		startSeconds: launcherSeconds,
		preludeSeconds: launcherSeconds,
		worthwhile: isWorthFollowing(worker),
		starters: []
	});
}
async function runsAlone({ works, seconds, startSeconds }, workload, { sandbox }) {
	const ran = await runUnder(sandbox, [], {
		...workload,
		command: commandOfAll(works)
	});
	if (failureOf$1(ran) !== void 0) return false;
	const before = seconds - startSeconds;
	const again = ran.job.cpuSeconds;
	if (again === void 0) return true;
	return again >= LEAST_AGAIN * before && again <= MOST_AGAIN * before + START_SECONDS * works.length;
}
// src/core/counters/sample-profile.ts
function profileOfSamples(scripts, segmentsOf) {
	const table = emptyCostTable();
	const calls = emptyCallTable();
	const blocks = emptyBlockTable();
	const unread = new Set();
	const add = (object, address, count) => addCost(table, object, address, {
		count,
		icacheMisses: 0,
		dcacheMisses: 0
	});
	const linked = ({ object, address }) => {
		const segments = object.startsWith("/") ? segmentsOf(object) : void 0;
		return {
			object,
			address: (segments && addressOfOffset(segments, address)) ?? address
		};
	};
	for (const { files, elsewhere, calls: sampled, blocks: timed } of scripts) {
		for (const { object, start, end, ...rest } of timed) addBlock(blocks, {
			object,
			start: linked({
				object,
				address: start
			}).address,
			end: linked({
				object,
				address: end
			}).address,
			...rest
		});
		for (const { from, to, cost } of sampled) addCall(calls, linked(from), linked(to), cost);
		for (const [path, positions] of files) {
			const segments = segmentsOf(path);
			if (!segments) unread.add(path);
			for (const [offset, count] of positions) add(path, (segments && addressOfOffset(segments, offset)) ?? offset, count);
		}
		for (const [object, positions] of elsewhere) for (const [address, count] of positions) add(object, address, count);
	}
	const called = calls.calls.size > 0 ? { calls: callsOf$1(calls) } : {};
	const objects = profilesOf(table, false);
	const recorded = blocks.blocks.size > 0 ? { blocks: [...blocks.blocks.values()] } : {};
	return {
		profile: {
			source: "perf-record",
			total: table.total,
			objects,
			...called,
			...recorded
		},
		unread: [...unread]
	};
}
const ENOUGH_SAMPLES = 3e3;
const MOST_HERTZ = 14999;
const LEAST_HERTZ = 99;
function samplingHertz(runSeconds, kernelMostHertz) {
	const wanted = Math.ceil(1.25 * ENOUGH_SAMPLES / Math.max(runSeconds, .001));
	const most = Math.max(1, Math.min(MOST_HERTZ, kernelMostHertz - 1));
	const hertz = Math.min(most, Math.max(LEAST_HERTZ, wanted));
	return hertz % 2 === 0 ? hertz - 1 : hertz;
}
// src/report/limitations/sampling.ts
const noSamples = (side, failure) => ({
	what: `perf record took no samples on ${side}${failure === void 0 ? "" : `: the benchmark ${failure}`}.`,
	instead: "Hot functions are not known."
});
const fewSamples = (samples, enough) => ({
	what: `perf record took only ${samples} samples; ${enough} are needed to rank hot functions.`,
	instead: "Shares of less hot functions are rough; a longer benchmark gives more samples."
});
const otherEvent = (asked, recorded) => ({
	what: `perf was asked to sample ${asked} and recorded ${recorded}.`,
	instead: `The shares are those of ${recorded}.`
});
const unreadFiles = (files) => ({
	what: `${files.length === 1 ? "One sampled file is" : `${files.length} sampled files are`} no longer readable as ELF: ${files.slice(0, 3).join(", ")}.`,
	instead: "Their addresses are offsets in the file."
});
// src/flow/count/hot-samples.ts
const FOR_A_RANKING = {
	samples: ENOUGH_SAMPLES,
	recordings: 12
};
async function sampleHot(job, ports, runSeconds, wish = FOR_A_RANKING) {
	const event = job.probe.hardware ? "cycles:u" : "cpu-clock:u";
	const hertz = samplingHertz(runSeconds, job.probe.mostHertz);
	const scripts = {
		base: [],
		head: []
	};
	const recorded = new Set();
	for (let turn = 0; turn < wish.recordings; turn++) {
		const started = ports.clock.now();
		for (const side of orderOf(turn)) {
			const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft$1(job, ports.clock));
			const recording = await perfRecord(ports.sandbox, {
				perf: job.probe.perf.path,
				event,
				hertz
			}, workloadOf(job, side, timeout));
			if (recording.script.samples === 0) return { limitations: [noSamples(side, failureOf$1(recording))] };
			scripts[side].push(recording.script);
			recorded.add(recording.event);
		}
		const fewest = Math.min(...SIDES.map((side) => samplesOf(scripts[side])));
		const seconds = ports.clock.now() - started;
		if (fewest >= wish.samples || seconds * 1.5 > secondsLeft$1(job, ports.clock)) break;
	}
	if (job.probe.branchRecords) for (const side of SIDES) {
		const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft$1(job, ports.clock));
		const { script } = await perfRecord(ports.sandbox, {
			perf: job.probe.perf.path,
			event,
			hertz,
			branches: true
		}, workloadOf(job, side, timeout));
		scripts[side].push({
			...NO_SAMPLES,
			blocks: script.blocks
		});
	}
	const segmentsOf = segmentsReader();
	const [base, head] = SIDES.map((side) => profileOfSamples(scripts[side], segmentsOf));
	return {
		profiles: {
			base: base.profile,
			head: head.profile
		},
		limitations: limitationsOf$1({
			base,
			head
		}, {
			event,
			recorded: [...recorded]
		})
	};
}
const NO_SAMPLES = {
	samples: 0,
	files: new Map(),
	elsewhere: new Map(),
	calls: [],
	blocks: [],
	unread: 0
};
const samplesOf = (scripts) => scripts.reduce((sum, { samples }) => sum + samples, 0);
function limitationsOf$1(sides, { event, recorded }) {
	const fewest = Math.min(sides.base.profile.total, sides.head.profile.total);
	const other = recorded.find((name) => !name.includes(event.split(":")[0]));
	const unread = [...new Set([...sides.base.unread, ...sides.head.unread])];
	return [
		...fewest < 3e3 ? [fewSamples(fewest, ENOUGH_SAMPLES)] : [],
		...other === void 0 ? [] : [otherEvent(event, other)],
		...unread.length > 0 ? [unreadFiles(unread)] : []
	];
}
// src/flow/count/count.ts
const PERF_SHARE = .7;
const BESIDE_SIMULATION_SHARE = .15;
const NOTHING$2 = {
	counters: {
		source: "none",
		base: {},
		head: {}
	},
	instructionRepeats: NO_REPEATS,
	limitations: []
};
async function count(request, ports) {
	if (request.mode === "off") return NOTHING$2;
	const { geometry, scheduling } = request;
	const probe = request.probe ?? await probeCounters(ports, {
		...geometry && { geometry },
		scheduling
	});
	const hardware = request.mode !== "simulated" && probe.hardware;
	const now = ports.clock.now();
	const share = hardware ? PERF_SHARE : BESIDE_SIMULATION_SHARE;
	const asked = {
		request,
		probe,
		deadline: now + request.timeLimitSeconds,
		repeatUntil: now + share * request.timeLimitSeconds
	};
	const followed = hardware || request.mode !== "perf" && probe.valgrind !== void 0 ? await followWork(asked, ports) : { kind: "whole" };
	if (followed.kind === "differ") {
		const refused = otherWork(followed.choices);
		return {
			...NOTHING$2,
			limitations: [refused],
			refused
		};
	}
	const apart = followed.kind === "apart" ? followed.choices : void 0;
	const job = {
		...asked,
		...apart && { works: {
			base: apart.base.works,
			head: apart.head.works
		} }
	};
	const native = probe.perf && hasTaskClock(probe) && (hardware || !request.screening) ? await countByPerf(withoutPmuIfSimulated(job), ports) : void 0;
	const byPerf = native?.ok ? native.value : void 0;
	const simulated = hardware && byPerf !== void 0 || request.mode === "perf" ? void 0 : await simulateIfPossible(job, ports);
	const { works: _, ...asItIs } = job;
	const whole = apart && simulated && !simulated.ok ? await simulateIfPossible(asItIs, ports) : void 0;
	const bySimulation = simulated?.ok ? simulated.value : whole?.ok ? whole.value : void 0;
	const ownSeconds = apart && !whole?.ok ? apart.base.seconds - apart.base.startSeconds : request.nativeCpuSeconds;
	if (isBoundedByTime({
		...request,
		nativeCpuSeconds: ownSeconds
	}, byPerf, bySimulation)) return sampledOnly(job, ports, {
		kind: "ends-by-the-clock",
		benchmark: request.plan.name
	});
	return finish({
		job,
		byPerf,
		bySimulation,
		limitations: [
			...limitationsOfProbe(job, bySimulation !== void 0),
			...limitationsOfWork(followed, whole !== void 0),
			...[native, whole?.ok ? whole : simulated].flatMap((part) => part && !part.ok ? [part.fault] : []),
			...byPerf?.limitations ?? [],
			...bySimulation?.limitations ?? []
		]
	}, ports);
}
function limitationsOfWork(followed, failedAlone) {
	if (followed.kind === "bound") return [startersCounted(followed.why, followed.choice)];
	if (followed.kind !== "apart") return [];
	return [failedAlone ? startersCounted("other-alone", followed.choices.head) : onlyWork(followed.choices)];
}
function isBoundedByTime({ nativeCpuSeconds, valueRatio }, byPerf, bySimulation) {
	if (bySimulation?.cpuSeconds !== void 0 && nativeCpuSeconds !== void 0) return endedByTheClock(nativeCpuSeconds, bySimulation.cpuSeconds);
	const { base, head } = byPerf?.counted.counts ?? {};
	if (valueRatio === void 0 || !base?.taskClockSeconds || !head?.taskClockSeconds) return false;
	return sameTimeOtherValue(valueRatio, head.taskClockSeconds / base.taskClockSeconds);
}
async function sampledOnly(job, ports, uncounted) {
	const refused = notCounted(uncounted, { sampled: false });
	const { request, probe } = job;
	if (!(probe.perf && hasTaskClock(probe) && !request.screening && isAlone$1(request)) || request.mode === "off") return {
		...NOTHING$2,
		limitations: [refused],
		refused
	};
	const sampled = await sampleHot(job, ports, TYPICAL_SECONDS);
	if (!sampled.profiles) return {
		...NOTHING$2,
		limitations: [refused, ...sampled.limitations],
		refused
	};
	return {
		...NOTHING$2,
		profiles: sampled.profiles,
		limitations: [notCounted(uncounted, { sampled: true }), ...sampled.limitations],
		refused
	};
}
const TYPICAL_SECONDS = .5;
const isAlone$1 = ({ plan }) => plan.format.kind !== "harness" || selects(plan);
const hasTaskClock = (probe) => chosenEvents(probe, ["task-clock"]).length > 0;
const withoutPmuIfSimulated = (job) => job.request.mode === "simulated" ? {
	...job,
	probe: {
		...job.probe,
		hardware: false
	}
} : job;
async function simulateIfPossible(job, ports) {
	if (job.probe.valgrind) return countSimulated(job, ports);
	return failed(noValgrind);
}
async function finish({ job, byPerf, bySimulation, limitations }, ports) {
	const resources = byPerf?.counted.counts.base.contextSwitches === void 0 && !job.request.screening ? await countResources(job, ports) : void 0;
	const both = (side) => ({
		...resources?.counts[side],
		...byPerf?.counted.counts[side],
		...bySimulation?.counts[side]
	});
	const instructions = (bySimulation ?? byPerf?.counted)?.instructions ?? NO_REPEATS;
	const sampled = bySimulation || !byPerf ? void 0 : await sampleHot(job, ports, byPerf.counted.counts.base.taskClockSeconds ?? 1);
	const counters = describe(job, {
		base: both("base"),
		head: both("head")
	}, {
		simulated: bySimulation !== void 0,
		instructions
	});
	const profiles = bySimulation?.profiles ?? sampled?.profiles;
	return {
		counters,
		...profiles && { profiles },
		instructionRepeats: instructions,
		limitations: [
			...limitations,
			...resources?.limitations ?? [],
			...sampled?.limitations ?? []
		]
	};
}
function describe({ probe, request }, counts, { simulated, instructions }) {
	const source = simulated ? "simulated" : Object.keys(counts.base).length > 0 ? "perf" : "none";
	const instructionSpread = largestSpread(instructions);
	const { l1i, l1d, ll, from } = probe.geometry;
	const counters = {
		source,
		...counts,
		...request.plan.countIterations !== void 0 && { iterations: request.plan.countIterations },
		...instructionSpread !== void 0 && { instructionSpread },
		events: [...probe.roles.map(({ role, event, tried }) => {
			const why = tried.map(({ event, why }) => `${event}: ${why}`).join("; ");
			return {
				role,
				...event !== void 0 && { event },
				...why !== "" && { why }
			};
		}), ...topDownEvent(probe)],
		...simulated && { geometry: {
			l1i: formatGeometry(l1i),
			l1d: formatGeometry(l1d),
			ll: formatGeometry(ll),
			from
		} }
	};
	return {
		...counters,
		summary: summariseCounters(counters)
	};
}
function topDownEvent({ topDown, topDownTried = [] }) {
	if (!topDown && topDownTried.length === 0) return [];
	const why = topDownTried.map(({ event, why }) => `${event}: ${why}`).join("; ");
	return [{
		role: "issue-slots",
		...topDown && { event: topDown.argument },
		...why !== "" && { why }
	}];
}
function limitationsOfProbe({ request, probe }, simulated) {
	return [
		...request.mode === "simulated" ? [] : probe.limitations,
		...simulated ? probe.geometryLimitations : [],
		...simulated && request.plan.countWith !== void 0 ? [smallerWorkload] : []
	];
}
// src/flow/count/fixed-work.ts
const SECONDS$1 = .03;
const MOST_ITERATIONS = 1e5;
const TOLD_TO_GO = /\s--?(?:test\.)?benchtime(?:=|\s+)['"]?(\d{1,9})x\b/;
async function withFixedWork(plan, place) {
	const { format } = plan;
	if (format.kind !== "harness" || format.harness === "auto" || plan.countWith !== void 0) return success(plan);
	const harness = HARNESSES[format.harness];
	if (!harness.boundByTime) return success(plan);
	const told = format.harness === "go" ? TOLD_TO_GO.exec(plan.command)?.[1] : void 0;
	if (told !== void 0) return success({
		...plan,
		countIterations: Number(told)
	});
	const once = harness.exactly ? await valueOfOne(plan, place) : void 0;
	if (once === void 0) return failed({
		kind: "runs-for-a-time",
		harness: harness.title
	});
	const fitting = Math.ceil(SECONDS$1 / Math.max(once, SECONDS$1 / MOST_ITERATIONS));
	return success({
		...plan,
		countIterations: Math.min(MOST_ITERATIONS, Math.max(1, fitting))
	});
}
function isFixedWork({ format, countWith, countIterations }) {
	return format.kind === "wall" || countWith !== void 0 || countIterations !== void 0;
}
async function valueOfOne(plan, place) {
	const reading = openRun(await runAlone({
		...plan,
		countIterations: 1
	}, place), stoppableMatch(1e3)).read({ format: plan.format });
	return reading.ok && reading.iterations === 1 ? reading.value : void 0;
}
function runAlone(plan, { sandbox, tree, env, scheduling }) {
	const alone = aloneOf(plan);
	const job = {
		argv: benchmarkWords(alone.command),
		tree,
		env: {
			...env,
			...alone.env
		},
		timeoutSeconds: plan.timeoutSeconds,
		scheduling
	};
	return runAround(sandbox, job, plan.around ?? {});
}
// src/flow/count/count-all.ts
const URGENCY = [
	"slower",
	"faster",
	"undecided"
];
const UNDECIDED_SECONDS = 30;
async function countAll(context, measured, scheduling) {
	const { plan, ports } = context;
	const rows = new Map(measured.map((row) => [row.name, row]));
	const wanted = plan.benchmarks.filter((planned) => isWanted(planned, rows.get(planned.plan.name))).toSorted((one, other) => urgency(rows.get(one.plan.name)) - urgency(rows.get(other.plan.name)));
	const { counted, ...rest } = wanted.length > 0 && (plan.settings.counters !== "off" || wanted.some(isCounted)) ? await ports.log.group("Count what was executed", () => countEach(context, wanted, {
		rows,
		scheduling
	})) : NOTHING$1;
	return {
		benchmarks: plan.benchmarks.flatMap((planned) => {
			const row = rows.get(planned.plan.name) ?? (isCounted(planned) ? judged$1(planned, counted) : void 0);
			const counters = counted.get(planned.plan.name)?.counters;
			return row ? [counters && counters.source !== "none" ? {
				...row,
				counters
			} : row] : [];
		}),
		counted,
		...rest
	};
}
const NOTHING$1 = {
	counted: new Map(),
	limitations: []
};
const SHARERS = 3;
const isCounted = ({ plan }) => plan.metric === "instructions";
function isWanted(planned, row) {
	if (planned.on.length < 2) return false;
	if (row === void 0) return isCounted(planned);
	return hasCause(planned.plan.metric) && row.rounds > 0 && URGENCY.includes(row.decision);
}
const isChanged$1 = (row) => row?.decision === "slower" || row?.decision === "faster";
const urgency = (row) => row ? URGENCY.indexOf(row.decision) : -1;
async function countEach(context, wanted, { rows, scheduling }) {
	const { ports } = context;
	const counting = await startCounting(context, scheduling);
	const counted = new Map();
	const byRun = new Map();
	const late = [];
	let forUndecided = UNDECIDED_SECONDS;
	for (const [index, { plan: benchmark }] of wanted.entries()) {
		const run = JSON.stringify([
			benchmark.command,
			benchmark.format,
			benchmark.countWith
		]);
		const same = byRun.get(run);
		if (same) {
			counted.set(benchmark.name, same);
			continue;
		}
		const share = secondsLeft$1(counting, ports.clock) / Math.max(1, Math.min(SHARERS, wanted.length - index));
		const open = rows.get(benchmark.name)?.decision === "undecided";
		const left = open ? Math.min(share, forUndecided) : share;
		if (left <= 0) {
			late.push(benchmark.name);
			continue;
		}
		ports.log.doing?.(`counting ${benchmark.name}, ${index + 1} of ${wanted.length}`, left);
		const thorough = isChanged$1(rows.get(benchmark.name));
		const start = ports.clock.now();
		const found = await countOne(context, counting, {
			benchmark,
			seconds: left,
			thorough,
			valueRatio: rows.get(benchmark.name)?.change?.ratio
		});
		if (open) forUndecided -= ports.clock.now() - start;
		counted.set(benchmark.name, found);
		byRun.set(run, found);
		ports.log.line(`${benchmark.name}: ${found.counters.summary ?? "nothing was counted"}`);
	}
	return {
		counted,
		counting,
		limitations: [...[...counted.values()].flatMap((each) => each.limitations), ...tooLate(late)]
	};
}
async function startCounting({ ports, plan, env }, scheduling) {
	const { l1i, budgetSeconds } = plan.settings;
	return {
		probe: await probeCounters(ports, {
			...l1i && { geometry: { l1i } },
			scheduling,
			env: env.base
		}),
		scheduling,
		deadline: ports.clock.now() + budgetSeconds
	};
}
const UNCOUNTED = {
	counters: {
		source: "none",
		base: {},
		head: {}
	},
	instructionRepeats: NO_REPEATS,
	limitations: []
};
const isAlone = ({ format }) => format.kind !== "harness";
async function countOne({ ports, plan, checkout, env }, { probe, scheduling }, { benchmark, seconds, thorough, screening = false, valueRatio }) {
	const { counters, l1i } = plan.settings;
	const place = {
		sandbox: ports.sandbox,
		tree: checkout.trees.base,
		env: env.base,
		scheduling
	};
	const fixed = await withFixedWork(benchmark, place);
	const mode = counters === "off" ? "auto" : counters;
	const unfixed = (uncounted) => {
		if (counters === "off" || benchmark.metric === "instructions") {
			const refused = notCounted(uncounted, { sampled: false });
			return {
				...UNCOUNTED,
				limitations: [refused],
				refused
			};
		}
		const deadline = ports.clock.now() + seconds;
		return sampledOnly({
			request: {
				plan: benchmark,
				trees: checkout.trees,
				env,
				mode,
				scheduling,
				timeLimitSeconds: seconds,
				screening
			},
			probe,
			deadline,
			repeatUntil: deadline
		}, ports, uncounted);
	};
	if (!fixed.ok) return unfixed(fixed.fault);
	const timed = saysItsValue(benchmark.format) && !isFixedWork(fixed.value);
	const native = timed ? await runAlone(fixed.value, place) : void 0;
	const found = await count({
		plan: fixed.value,
		trees: checkout.trees,
		env,
		mode,
		...l1i && { geometry: { l1i } },
		scheduling,
		timeLimitSeconds: seconds,
		thorough,
		screening,
		nativeCpuSeconds: native?.cpuSeconds,
		valueRatio: timed && isAlone(benchmark) ? valueRatio : void 0,
		probe
	}, ports);
	if (found.counters.source === "none" || !isFixedWork(fixed.value)) return found;
	return {
		...found,
		counters: {
			...found.counters,
			fixedWork: true
		}
	};
}
function tooLate(names) {
	if (names.length === 0) return [];
	return [noTimeToCount(names)];
}
function judged$1(planned, counted) {
	const { plan } = planned;
	const { instructionRepeats: repeats, refused } = counted.get(plan.name) ?? UNCOUNTED;
	if (planned.on.length < 2) return unpairedRow(plan, planned.on[0] === "head" ? "new" : "removed");
	if (refused) return {
		...plannedFields(plan),
		decision: "unmeasured",
		reason: `${refused.what} ${refused.instead}`,
		rounds: 0
	};
	const { reason, ...answer } = decideInstructions(repeats.base, repeats.head, plan);
	return {
		...plannedFields(plan),
		...answer,
		...reason && { reason: describeReason(reason) },
		...repeats.base.length > 0 && { base: seriesOf(repeats.base) },
		...repeats.head.length > 0 && { head: seriesOf(repeats.head) },
		rounds: Math.min(repeats.base.length, repeats.head.length)
	};
}
// src/core/placement/hot.ts
const HOT_SHARE$3 = .01;
const COVER_SHARE = .99;
const MOST_FUNCTIONS$1 = 400;
function findHot(objects, totals, costs) {
	const pairs = objects.flatMap((object) => pairsOf$1(object, totals, costs));
	const chosen = new Set([...coverage(pairs, "base"), ...coverage(pairs, "head")]);
	const named = (side) => pairs.reduce((sum, pair) => sum + (pair[side]?.share ?? 0), 0);
	return {
		hot: [...chosen].sort((a, b) => greatestShare(b) - greatestShare(a)).slice(0, MOST_FUNCTIONS$1),
		covered: {
			base: named("base"),
			head: named("head")
		}
	};
}
function greatestShare(pair) {
	return Math.max(pair.base?.share ?? 0, pair.head?.share ?? 0);
}
function coverage(pairs, side) {
	const sorted = pairs.filter((pair) => (pair[side]?.count ?? 0) > 0).sort((a, b) => b[side].share - a[side].share);
	let covered = 0;
	return sorted.filter((pair) => {
		const { share } = pair[side];
		const wanted = covered < COVER_SHARE || share >= HOT_SHARE$3;
		covered += share;
		return wanted;
	});
}
function pairsOf$1(object, totals, costs) {
	const { base, head, functions } = object;
	const pairs = [];
	const paired = new Set();
	for (const [index, cost] of costs.base.get(object) ?? []) {
		const partner = functions.headOf[index] ?? -1;
		if (partner >= 0) paired.add(partner);
		pairs.push({
			object,
			base: cost,
			...head && partner >= 0 ? { head: costAt(head, partner, totals.head) } : {}
		});
	}
	for (const [index, cost] of costs.head.get(object) ?? []) {
		if (paired.has(index)) continue;
		const partner = functions.baseOf[index] ?? -1;
		pairs.push({
			object,
			head: cost,
			...base && partner >= 0 ? { base: costAt(base, partner, totals.base) } : {}
		});
	}
	return pairs;
}
function costsOn(side, objects, total) {
	const costs = new Map();
	for (const object of objects) if (object[side]) costs.set(object, costsOf(object[side], total));
	return costs;
}
function costsOf(side, total) {
	const { addresses } = side.profile.profile;
	const { symbols } = side.view.functions;
	const costs = new Map();
	let next = 0;
	for (let index = 0; index < symbols.length && next < addresses.length; index++) {
		const { address, size } = symbols[index];
		while (next < addresses.length && addresses[next] < address) next++;
		if (next < addresses.length && addresses[next] < address + size) costs.set(index, costAt(side, index, total));
	}
	return costs;
}
function costAt(side, index, total) {
	const symbol = side.view.functions.symbols[index];
	const cost = side.profile.sum(symbol.address, symbol.address + symbol.size);
	return {
		...cost,
		symbol,
		share: total > 0 ? cost.count / total : 0
	};
}
// src/core/placement/compare-hot.ts
function compareHot(pair, exact, renames) {
	const { base, head, object } = pair;
	const name = (head ?? base).symbol.name;
	const baseCode = base && object.base && !object.shared ? readCode(object.base.view, base.symbol) : void 0;
	const headCode = head && object.head && !object.shared ? readCode(object.head.view, head.symbol) : void 0;
	const codes = {
		...baseCode ? { baseCode } : {},
		...headCode ? { headCode } : {}
	};
	if (!base || !head) return {
		...pair,
		...codes,
		name,
		moved: false,
		state: base ? "gone" : "new"
	};
	const sameness = object.shared ? "same" : samenessOf(pair, {
		baseCode,
		headCode
	}, {
		exact,
		renames
	});
	const moved = !object.shared && base.symbol.address !== head.symbol.address;
	const state = sameness !== "same" ? "changed" : moved ? "moved" : "same";
	return {
		...pair,
		...codes,
		name,
		sameness,
		moved,
		state
	};
}
function samenessOf(pair, codes, how) {
	const { baseCode, headCode } = codes;
	const { base, head } = pair.object;
	if (!baseCode || !headCode || !base || !head) return sameBytes$1(pair) ? "same" : "changed";
	if (sameCode(baseCode, headCode, how.renames)) return "same";
	const ran = (side) => (address) => side.profile.at(address) > 0;
	const bothRan = pair.base.count > 0 && pair.head.count > 0;
	if (how.exact && bothRan && sameCode(whatRan(baseCode, ran(base)), whatRan(headCode, ran(head)), how.renames)) return "same-where-run";
	return "changed";
}
function sameBytes$1({ object, base, head }) {
	if (!object.base || !object.head || !base || !head || base.symbol.size !== head.symbol.size) return false;
	const one = object.base.view.elf.bytesAt(base.symbol.address, base.symbol.size);
	const other = object.head.view.elf.bytesAt(head.symbol.address, head.symbol.size);
	return one.length > 0 && one.every((byte, at) => byte === other[at]);
}
// src/core/placement/renames.ts
function compareAll(pairs, objects, exact) {
	const renames = new Map(objects.flatMap(matchedUnderOtherNames));
	const first = pairs.map((pair) => compareHot(pair, exact, renames));
	const found = renamedByCode(first, renames);
	if (found.length === 0) return first;
	for (const { base, head } of found) renames.set(normaliseName(head.name), normaliseName(base.name));
	const merged = new Map(found.map(({ base, head }) => [head, {
		object: head.object,
		head: head.head,
		base: base.base
	}]));
	const gone = new Set(found.map(({ base }) => base));
	return first.filter((code) => !gone.has(code)).map((code) => code.sameness === "changed" || merged.has(code) ? compareHot(merged.get(code) ?? code, exact, renames) : code);
}
function matchedUnderOtherNames({ base, head, functions, shared }) {
	if (!base || !head || shared) return [];
	return functions.clones.flatMap(([ofBase, ofHead]) => {
		const name = normaliseName(base.view.functions.symbols[ofBase].name);
		const other = normaliseName(head.view.functions.symbols[ofHead].name);
		return name === other ? [] : [[other, name]];
	});
}
function renamedByCode(all, renames) {
	const left = new Set(all.filter(({ state, baseCode }) => state === "gone" && isTelling(baseCode)));
	return all.flatMap((head) => {
		if (head.state !== "new" || !isTelling(head.headCode)) return [];
		const base = [...left].find((each) => each.object === head.object && sameCode(each.baseCode, head.headCode, renames));
		if (!base) return [];
		left.delete(base);
		return [{
			base,
			head
		}];
	});
}
const isTelling = (code) => (code?.body.instructions.length ?? 0) >= 6;
// src/core/placement/hot-change.ts
const MOST_UNNAMED = .05;
const MOST_FUNCTIONS = 2e4;
function hotChange({ objects, totals, hotShare }) {
	const own = objects.filter(({ shared }) => !shared);
	const { hot: pairs, covered } = findHot(own, totals, {
		base: costsOn("base", own, totals.base),
		head: costsOn("head", own, totals.head)
	});
	const compared = compareAll(pairs.filter((pair) => greatestShare(pair) >= hotShare), own, false);
	const changed = compared.filter(({ state }) => state !== "same" && state !== "moved").map(({ name }) => name);
	if (changed.length > 0) return {
		kind: "changed",
		functions: changed
	};
	const unnamed = Math.max(partOf(own, totals, "base") - covered.base, partOf(own, totals, "head") - covered.head);
	if (unnamed > MOST_UNNAMED) return {
		kind: "unknown",
		share: unnamed
	};
	const callers = own.flatMap((object) => changedCallers(object, compared));
	return callers.length > 0 ? {
		kind: "changed",
		functions: callers
	} : { kind: "same" };
}
function partOf(own, totals, side) {
	const counts = own.flatMap((object) => object[side]?.profile.profile.counts ?? []);
	return totals[side] > 0 ? counts.reduce((sum, count) => sum + count, 0) / totals[side] : 0;
}
function changedCallers(object, hot) {
	const { base, head, functions } = object;
	const names = new Set(hot.filter((code) => code.object === object).map(({ name }) => normaliseName(name)));
	if (!base || !head || names.size === 0) return [];
	if (head.view.functions.symbols.length > MOST_FUNCTIONS) return [];
	return head.view.functions.symbols.flatMap((symbol, at) => {
		if (names.has(normaliseName(symbol.name)) || isNameless(symbol.name)) return [];
		const partner = functions.baseOf[at] ?? -1;
		if (partner >= 0 && sameBytes({
			base,
			head
		}, partner, at)) return [];
		const code = readCode(head.view, symbol);
		const before = partner >= 0 ? readCode(base.view, base.view.functions.symbols[partner]) : void 0;
		if (!code || before && sameCode(before, code)) return [];
		return refersTo(names, [code, ...before ? [before] : []]) ? [symbol.name] : [];
	});
}
function refersTo(names, codes) {
	return codes.some(({ references }) => references.some(({ identity }) => identity !== void 0 && names.has(identity.replace(/^import /, ""))));
}
function sameBytes({ base, head }, ofBase, ofHead) {
	const [one, other] = [base.view.functions.symbols[ofBase], head.view.functions.symbols[ofHead]];
	if (one.size !== other.size) return false;
	const [a, b] = [base.view.elf.bytesAt(one.address, one.size), head.view.elf.bytesAt(other.address, other.size)];
	return a.length > 0 && a.every((byte, at) => byte === b[at]);
}
// src/report/limitations/explaining.ts
const noProfiles = {
	what: "No profile could be taken.",
	instead: "The cause is judged by the counters alone."
};
const unreadObject = (name, why) => ({
	what: `${name} could not be read (${why}).`,
	instead: "What ran in it is not explained."
});
const debugLinesTooLarge = (name) => ({
	what: `The debug lines of ${name} are too large to be read.`,
	instead: "Touched functions are taken from the sources."
});
const codeWithoutFile = (share, simulated) => simulated ? {
	what: `${Math.round(share * 100)} % of the counts are in code that Valgrind found no file for: it is compiled at run time, or Valgrind cannot read the debug information of its file.`,
	instead: "It is left out. If it is your program, build it with -gz=none and without -gsplit-dwarf."
} : {
	what: `${Math.round(share * 100)} % of the counts are in code that is in no file (compiled at run time).`,
	instead: "Its placement differs from run to run and is left out."
};
function secondBuildFault(why) {
	if (why.kind === "no-command") return "there is no build command.";
	return why.kind === "no-checkout" ? why.sentence : `the second build ${why.ended}.`;
}
const notReproducible = (first, more, hot) => ({
	what: `This build is not reproducible: base built twice from the same commit differs in ${first.name} (${fileDifference$1(first.difference)})${more > 0 ? ` and ${more} more files` : ""}.`,
	instead: hot.differs ? "That the compiler made other code of the same source is not claimed for what differs. Build with fixed times, seeds, paths and order of files (SOURCE_DATE_EPOCH, -frandom-seed, -ffile-prefix-map)." : `The hot code is the same in both builds${hot.moved ? ", but at other addresses: every build draws another layout" : ""}.`
});
const notRebuilt = (why) => ({
	what: `Whether the build is reproducible is not known: ${secondBuildFault(why)}`,
	instead: "The cause rests on one build of each side."
});
const NOT_SOUGHT = {
	"counters-off": "counters is off",
	"no-time": "there was no time left",
	"nothing-counted": "nothing could be counted",
	"may-be-timed": "its hot code changed, and a program that prints its value may run for a time; name a workload of fixed size with count-with"
};
function soughtBecause(found) {
	if (found === void 0) return "which code is hot is not known, so its instructions are counted";
	if (found.kind === "changed") return `its hot code changed (${listed$1(found.functions.map(quoted$2), 3)}), so its instructions are counted`;
	return "much of its hot code has no name, so its instructions are counted";
}
const hiddenWorkNotSought = (names, why) => ({
	what: `Whether ${names.length === 1 ? `${names[0]} executes` : `${names.length} benchmarks execute`} more, hidden by a luckier layout, was not looked at: ${NOT_SOUGHT[why]}.`,
	instead: "That it did not get slower holds for this layout only.",
	above: true
});
const notOverLayouts = (rows, why, { decides }) => ({
	what: `${rows === 1 ? "One benchmark was" : `${rows} benchmarks were`} not measured over layouts: ${why}.`,
	instead: decides ? "As built they were; what is not slower there is undecided, because gate-on asks for layouts." : "They were measured as built."
});
function examinationLimitation(gap) {
	switch (gap.kind) {
		case "unknown-sources": {
			const { functions: names } = gap;
			const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
			return {
				what: `The sources that ${names.slice(0, 3).join(", ")}${more} were built from could not be compared.`,
				instead: "That their source is the same is not claimed; build with -g1 to have every source compared."
			};
		}
		case "unnamed-code": return {
			what: `${Math.round(gap.share * 100)} % of the counts are in code that no symbol names.`,
			instead: "Only the named part is explained; build without -s, and without stripping, to name the rest."
		};
		case "stripped": return {
			what: `${gap.object} has no symbol table.`,
			instead: "Functions are bounded by their unwind tables and named by their address; build without stripping to name them."
		};
		case "physical-sets": return {
			what: "The sets of the L1 instruction cache depend on physical pages on this machine.",
			instead: "Crowding is computed from link-time addresses and holds on average only."
		};
	}
}
// src/core/elf/dwarf/debug-section.ts
const compressed = 2048;
const zlib = 1;
const largestUnpacked = 268435456;
function unpack(name, packed, way) {
	if (way.size > largestUnpacked) throw new ElfError(`Section ${name} unpacks to ${way.size} bytes, too many: build without -gz.`);
	let bytes;
	try {
		bytes = way.inflate(packed, way.size);
	} catch {
		throw new ElfError(`Section ${name} cannot be unpacked: build the file again.`);
	}
	if (bytes.length !== way.size) throw new ElfError(`Section ${name} unpacks to another size than it says: build the file again.`);
	return bytes;
}
function unpackStandard(elf, section, inflate) {
	const what = `debug section ${section.name}`;
	const bytes = readPart$1(elf.file, {
		what,
		offset: section.offset,
		size: section.size
	});
	const header = elf.bits === 64 ? 24 : 12;
	if (bytes.length < header) throw new ElfError(`The ${what} is too short: build the file again.`);
	const { u32, u64 } = fieldsOf(bytes, elf.littleEndian);
	if (u32(0) !== zlib) throw new ElfError(`The ${what} is not compressed with zlib, which alone is read: build with -gz=zlib.`);
	const size = elf.bits === 64 ? u64(8) : u32(4);
	return unpack(section.name, bytes.subarray(header), {
		size,
		inflate
	});
}
function unpackOlder(elf, section, inflate) {
	const what = `debug section ${section.name}`;
	const bytes = readPart$1(elf.file, {
		what,
		offset: section.offset,
		size: section.size
	});
	if (bytes.length < 12) throw new ElfError(`The ${what} is too short: build the file again.`);
	return unpack(section.name, bytes.subarray(12), {
		size: fieldsOf(bytes, false).u64(4),
		inflate
	});
}
function debugBytes(elf, name, inflate) {
	const older = name.replace(".", ".z");
	const section = elf.sections.find((candidate) => candidate.name === name || candidate.name === older);
	if (section === void 0 || section.type === 8) return inMemory(new Uint8Array());
	if (section.name === older) return inMemory(unpackOlder(elf, section, inflate));
	if ((section.flags & compressed) !== 0) return inMemory(unpackStandard(elf, section, inflate));
	return {
		size: section.size,
		read: (offset, length) => elf.file.read(section.offset + offset, length)
	};
}
function debugSection(elf, name, inflate) {
	const bytes = debugBytes(elf, name, inflate);
	return readPart$1(bytes, {
		what: `debug section ${name}`,
		offset: 0,
		size: bytes.size
	});
}
// src/core/elf/dwarf/forms.ts
const fixed = new Map([
	[5, 2],
	[6, 4],
	[7, 8],
	[11, 1],
	[12, 1],
	[17, 1],
	[18, 2],
	[19, 4],
	[20, 8],
	[25, 0],
	[28, 4],
	[30, 16],
	[32, 8],
	[33, 0],
	[36, 8],
	[37, 1],
	[38, 2],
	[39, 3],
	[40, 4],
	[41, 1],
	[42, 2],
	[43, 3],
	[44, 4]
]);
const offsets = new Set([
	14,
	23,
	29,
	31,
	7968,
	7969
]);
const numbers = new Set([
	13,
	15,
	21,
	26,
	27,
	34,
	35,
	7937,
	7938
]);
const blocks = new Map([
	[3, 2],
	[4, 4],
	[10, 1],
	[9, 0],
	[24, 0]
]);
function restOfForm(cursor, form, encoding) {
	const block = blocks.get(form);
	if (block !== void 0) return block === 0 ? cursor.uleb() : cursor.word(block);
	if (offsets.has(form)) return encoding.offsetSize;
	if (form === 1) return encoding.addressSize;
	if (form === 16) return encoding.version <= 2 ? encoding.addressSize : encoding.offsetSize;
	const size = fixed.get(form);
	if (size === void 0) throw new ElfError(`The debug information uses form ${form}, which is not known: build with -gdwarf-5.`);
	return size;
}
function skipForm(cursor, form, encoding) {
	if (numbers.has(form)) cursor.uleb();
	else if (form === 8) cursor.text();
	else cursor.skip(restOfForm(cursor, form, encoding));
}
const utf8 = new TextDecoder("utf-8");
const longestName = 4096;
function nameAt(table, offset) {
	if (offset >= table.size) return "";
	const bytes = table.read(offset, Math.min(longestName, table.size - offset));
	const end = bytes.indexOf(0);
	return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
function nameOfForm(cursor, form, context) {
	const { encoding, names } = context;
	if (form === 8) return cursor.text();
	if (form === 14) return nameAt(names.str, cursor.word(encoding.offsetSize));
	if (form === 31) return nameAt(names.lineStr, cursor.word(encoding.offsetSize));
	skipForm(cursor, form, encoding);
}
function numberOfForm(cursor, form, encoding) {
	if (form === 11) return cursor.u8();
	if (form === 5) return cursor.u16();
	if (form === 6) return cursor.u32();
	if (form === 7) return cursor.u64();
	if (form === 15) return cursor.uleb();
	if (form === 23) return cursor.word(encoding.offsetSize);
	skipForm(cursor, form, encoding);
	return 0;
}
// src/core/elf/dwarf/folders.ts
const lineTable$1 = 16;
const compileFolder = 27;
const abbreviationsRead = 64;
function attributesOf(cursor, code) {
	for (let count = 0; count < abbreviationsRead; count++) {
		const found = cursor.uleb();
		if (found === 0) return [];
		cursor.uleb();
		cursor.u8();
		const attributes = [];
		for (;;) {
			const [name, form] = [cursor.uleb(), cursor.uleb()];
			if (form === 33) cursor.sleb();
			if (name === 0 && form === 0) break;
			attributes.push([name, form]);
		}
		if (found === code) return attributes;
	}
	return [];
}
function unitHeader(cursor, offsetSize) {
	const version = cursor.u16();
	if (version < 5) return {
		abbreviations: cursor.word(offsetSize),
		encoding: {
			offsetSize,
			version,
			addressSize: cursor.u8()
		}
	};
	const type = cursor.u8();
	const addressSize = cursor.u8();
	const abbreviations = cursor.word(offsetSize);
	const encoding = {
		offsetSize,
		version,
		addressSize
	};
	if (type === 4 || type === 5) return {
		abbreviations,
		encoding,
		id: cursor.u64()
	};
	if (type === 2 || type === 6) cursor.skip(8 + offsetSize);
	return {
		abbreviations,
		encoding
	};
}
const beginning = 16384;
function folderOf(unit, offsetSize, sections) {
	const { abbrev, names, littleEndian } = sections;
	const { encoding, abbreviations } = unitHeader(unit, offsetSize);
	const table = cursorAt(abbrev, littleEndian, {
		at: abbreviations,
		end: abbrev.length
	});
	let [program, folder] = [NaN, ""];
	for (const [name, form] of attributesOf(table, unit.uleb())) if (name === lineTable$1) program = numberOfForm(unit, form, encoding);
	else if (name === compileFolder) folder = nameOfForm(unit, form, {
		encoding,
		names
	}) ?? "";
	else skipForm(unit, form, encoding);
	return {
		program,
		folder
	};
}
function compileFolders(sections) {
	const { info, littleEndian } = sections;
	const folders = new Map();
	for (let at = 0; at < info.size;) {
		const bytes = info.read(at, Math.min(beginning, info.size - at));
		const unit = cursorAt(bytes, littleEndian, {
			at: 0,
			end: bytes.length
		});
		const { offsetSize, length } = unitLength(unit);
		const next = at + unit.at + length;
		const { program, folder } = folderOf(unit, offsetSize, sections);
		if (folder !== "") folders.set(program, folder);
		at = next;
	}
	return folders;
}
// src/core/elf/dwarf/debug-units.ts
const ATTRIBUTE = {
	sibling: 1,
	name: 3,
	lowPc: 17,
	highPc: 18,
	compileFolder: 27,
	producer: 37,
	abstractOrigin: 49,
	specification: 71,
	ranges: 85,
	linkageName: 110,
	stringOffsets: 114,
	addressBase: 115,
	rangeListBase: 116,
	splitName: 118,
	olderLinkageName: 8199,
	olderSplitName: 8496,
	olderSplitId: 8497,
	olderRangesBase: 8498,
	olderAddressBase: 8499
};
const WANTED = new Set(Object.values(ATTRIBUTE));
function debugTables(elf, inflate) {
	const sections = new Map();
	const section = (name) => {
		const known = sections.get(name);
		if (known) return known;
		const bytes = debugSection(elf, name, inflate);
		sections.set(name, bytes);
		return bytes;
	};
	return {
		info: debugBytes(elf, ".debug_info", inflate),
		names: {
			str: debugBytes(elf, ".debug_str", inflate),
			lineStr: inMemory(debugSection(elf, ".debug_line_str", inflate))
		},
		littleEndian: elf.littleEndian,
		section
	};
}
function debugUnits(tables) {
	const { info, littleEndian } = tables;
	const known = new Map();
	const units = [];
	for (let start = 0; start < info.size;) {
		const bytes = info.read(start, Math.min(HEADER_BYTES$1, info.size - start));
		const cursor = cursorAt(bytes, littleEndian, {
			at: 0,
			end: bytes.length
		});
		const { offsetSize, length } = unitLength(cursor);
		const end = start + cursor.at + length;
		const { encoding, abbreviations, id } = unitHeader(cursor, offsetSize);
		if (encoding.version >= 2 && encoding.version <= 5) {
			let table = known.get(abbreviations);
			if (!table) {
				table = readAbbreviations(tables, abbreviations);
				known.set(abbreviations, table);
			}
			units.push({
				start,
				end,
				first: start + cursor.at,
				encoding,
				abbreviations: table,
				...id === void 0 ? {} : { id }
			});
		}
		start = end;
	}
	return units;
}
const HEADER_BYTES$1 = 64;
const MOST_ABBREVIATIONS = 1e5;
function readAbbreviations({ section, littleEndian }, at) {
	const bytes = section(".debug_abbrev");
	const cursor = cursorAt(bytes, littleEndian, {
		at,
		end: bytes.length
	});
	const table = new Map();
	for (let code = cursor.uleb(); code !== 0 && table.size < MOST_ABBREVIATIONS; code = cursor.uleb()) {
		const tag = cursor.uleb();
		const children = cursor.u8() === 1;
		const attributes = [];
		for (;;) {
			const [name, form] = [cursor.uleb(), cursor.uleb()];
			if (name === 0 && form === 0) break;
			attributes.push([
				name,
				form,
				form === IMPLICIT_CONST ? cursor.sleb() : 0
			]);
		}
		table.set(code, {
			tag,
			children,
			attributes
		});
	}
	return table;
}
const IMPLICIT_CONST = 33;
function openUnit({ info, littleEndian }, unit) {
	const bytes = readPart$1(info, {
		what: "unit of debug information",
		offset: unit.start,
		size: unit.end - unit.start
	});
	return {
		cursor: cursorAt(bytes, littleEndian, {
			at: unit.first - unit.start,
			end: bytes.length
		}),
		base: unit.start
	};
}
function readValues(cursor, { attributes }, context) {
	const values = new Map();
	for (const [name, form, implicit] of attributes) if (WANTED.has(name)) values.set(name, readValue(cursor, {
		form,
		implicit
	}, context));
	else skipForm(cursor, form, context.unit.encoding);
	return values;
}
const SIZES = new Map([
	...[
		11,
		17,
		12
	].map((form) => [form, 1]),
	...[5, 18].map((form) => [form, 2]),
	...[6, 19].map((form) => [form, 4]),
	...[7, 20].map((form) => [form, 8]),
	...[37, 41].map((form) => [form, 1]),
	...[38, 42].map((form) => [form, 2]),
	...[40, 44].map((form) => [form, 4])
]);
const LEBS = new Set([
	15,
	21,
	26,
	27,
	34,
	35,
	7937,
	7938
]);
const OFFSETS = new Set([
	14,
	23,
	31
]);
function readValue(cursor, { form, implicit }, { tables, unit }) {
	const { encoding } = unit;
	const size = SIZES.get(form);
	if (size !== void 0) return {
		form,
		number: cursor.word(size)
	};
	if (LEBS.has(form)) return {
		form,
		number: cursor.uleb()
	};
	if (form === 13) return {
		form,
		number: cursor.sleb()
	};
	if (form === 1) return {
		form,
		number: cursor.word(encoding.addressSize)
	};
	if (form === 16) return {
		form,
		number: cursor.word(encoding.version <= 2 ? encoding.addressSize : encoding.offsetSize)
	};
	if (form === 8) return {
		form,
		number: 0,
		text: cursor.text()
	};
	if (OFFSETS.has(form)) {
		const number = cursor.word(encoding.offsetSize);
		if (form === 23) return {
			form,
			number
		};
		return {
			form,
			number,
			text: nameAt(form === 14 ? tables.names.str : tables.names.lineStr, number)
		};
	}
	if (form === 39 || form === 43) {
		const [low, high] = [cursor.u16(), cursor.u8()];
		return {
			form,
			number: tables.littleEndian ? high * 65536 + low : low * 256 + high
		};
	}
	if (form === IMPLICIT_CONST) return {
		form,
		number: implicit
	};
	skipForm(cursor, form, encoding);
	return {
		form,
		number: 0
	};
}
const isNameIndex = (form) => form === 26 || form === 7938 || form >= 37 && form <= 40;
const isAddressIndex = (form) => form === 27 || form === 7937 || form >= 41 && form <= 44;
const isUnitReference = (form) => form >= 17 && form <= 21;
// src/core/elf/dwarf/ranges.ts
const MOST_RANGES = 65536;
function readRanges(tables, value, lists) {
	const section = tables.section(lists.encoding.version >= 5 ? ".debug_rnglists" : ".debug_ranges");
	const at = lists.encoding.version >= 5 && value.form === 35 ? byIndex(tables, section, value.number, lists) : value.number + (lists.encoding.version >= 5 ? 0 : lists.rangeListBase);
	if (at < 0 || at >= section.length) return [];
	const cursor = cursorAt(section, tables.littleEndian, {
		at,
		end: section.length
	});
	return lists.encoding.version >= 5 ? newer(cursor, lists) : older(cursor, lists);
}
function byIndex(tables, section, index, { encoding, rangeListBase }) {
	const at = rangeListBase + index * encoding.offsetSize;
	if (at + encoding.offsetSize > section.length) return -1;
	return rangeListBase + cursorAt(section, tables.littleEndian, {
		at,
		end: section.length
	}).word(encoding.offsetSize);
}
function older(cursor, { encoding, base: start }) {
	const ranges = [];
	let base = start;
	const { addressSize } = encoding;
	while (ranges.length < MOST_RANGES) {
		const [low, high] = [cursor.word(addressSize), cursor.word(addressSize)];
		if (low === 0 && high === 0) return ranges;
		if (low >= (addressSize === 8 ? 2 ** 63 : 4294967295)) base = high;
		else if (high > low) ranges.push({
			low: base + low,
			high: base + high
		});
	}
	return ranges;
}
function newer(cursor, { encoding, base: start, addressAt }) {
	const ranges = [];
	let base = start;
	const indexed = () => addressAt(cursor.uleb()) ?? 0;
	const address = () => cursor.word(encoding.addressSize);
	const add = (low, high) => {
		if (high > low) ranges.push({
			low,
			high
		});
	};
	while (ranges.length < MOST_RANGES) {
		const kind = cursor.u8();
		if (kind === 0) return ranges;
		if (kind === 1) base = indexed();
		else if (kind === 2) add(indexed(), indexed());
		else if (kind === 3) {
			const low = indexed();
			add(low, low + cursor.uleb());
		} else if (kind === 4) add(base + cursor.uleb(), base + cursor.uleb());
		else if (kind === 5) base = address();
		else if (kind === 6) add(address(), address());
		else if (kind === 7) {
			const low = address();
			add(low, low + cursor.uleb());
		} else throw new ElfError("A list of ranges has an entry of an unknown kind: build the file again.");
	}
	return ranges;
}
// src/core/elf/dwarf/split-units.ts
function splitTables(place, files, how) {
	const packed = files.package();
	const parts = packed && partsOf(packed, place.id, how.inflate);
	if (packed && parts) return tablesOf(packed, how, parts);
	const own = files.unit(place.name, place.folder);
	return own && tablesOf(own, how);
}
const PROGRAMS = new Set([".debug_addr", ".debug_ranges"]);
function tablesOf(elf, { program, inflate }, parts) {
	const known = new Map();
	const section = (name) => {
		if (PROGRAMS.has(name)) return program.section(name);
		const bytes = known.get(name) ?? contentOf(elf, name, {
			inflate,
			parts
		});
		known.set(name, bytes);
		return bytes;
	};
	return {
		info: inMemory(section(".debug_info")),
		names: {
			str: debugBytes(elf, ".debug_str.dwo", inflate),
			lineStr: inMemory(new Uint8Array())
		},
		littleEndian: elf.littleEndian,
		section
	};
}
function contentOf(elf, name, { inflate, parts }) {
	if (!parts) return debugSection(elf, `${name}.dwo`, inflate);
	const part = parts.get(name);
	return part ? readPart$1(debugBytes(elf, `${name}.dwo`, inflate), {
		what: `part of ${name}.dwo`,
		...part
	}) : new Uint8Array();
}
const SECTIONS = new Map([
	[1, ".debug_info"],
	[3, ".debug_abbrev"],
	[6, ".debug_str_offsets"]
]);
const RANGE_LISTS = 8;
const MOST_UNITS = 1e7;
function partsOf(elf, id, inflate) {
	const index = debugBytes(elf, ".debug_cu_index", inflate);
	if (index.size < HEADER_BYTES) return void 0;
	const header = fieldsOf(index.read(0, HEADER_BYTES), elf.littleEndian);
	const version = header.u16(0);
	const [columns, units, slots] = [
		header.u32(4),
		header.u32(8),
		header.u32(12)
	];
	if (version !== 5 && header.u32(0) !== 2 || columns > 16 || units > MOST_UNITS || slots > 2 * MOST_UNITS) return void 0;
	const row = rowOf$4(index, {
		id,
		slots,
		littleEndian: elf.littleEndian
	});
	if (row === void 0 || row === 0 || row > units) return void 0;
	const names = HEADER_BYTES + slots * 12;
	const rowAt = (at) => {
		const { u32 } = fieldsOf(readPart$1(index, {
			what: "index of a package",
			offset: at,
			size: columns * 4
		}), elf.littleEndian);
		return Array.from({ length: columns }, (_, column) => u32(column * 4));
	};
	const [kinds, offsets, sizes] = [
		0,
		row,
		row + units
	].map((each) => rowAt(names + each * columns * 4));
	return new Map(kinds.flatMap((kind, column) => {
		const name = version === 5 && kind === RANGE_LISTS ? ".debug_rnglists" : SECTIONS.get(kind);
		return name ? [[name, {
			offset: offsets[column],
			size: sizes[column]
		}]] : [];
	}));
}
const HEADER_BYTES = 16;
function rowOf$4(index, { id, slots, littleEndian }) {
	const { u32, u64 } = fieldsOf(readPart$1(index, {
		what: "index of a package",
		offset: HEADER_BYTES,
		size: slots * 12
	}), littleEndian);
	for (let slot = 0; slot < slots; slot++) if (u64(slot * 8) === id && u32(slots * 8 + slot * 4) !== 0) return u32(slots * 8 + slot * 4);
}
// src/core/elf/dwarf/open-units.ts
const MOST_ENTRIES = 2e7;
const nothingRead = () => ({
	heads: new Map(),
	walked: new Map(),
	names: new Map(),
	apart: new Map()
});
function openFile(elf, how) {
	if (elf.type === "relocatable") return void 0;
	try {
		const tables = debugTables(elf, how.inflate);
		return {
			...how,
			tables,
			units: debugUnits(tables),
			...nothingRead(),
			left: { entries: MOST_ENTRIES }
		};
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
function entriesOf$3(file, unit) {
	const head = headOf(file, unit);
	if (!head.split) return {
		file,
		unit
	};
	if (!file.apart.has(unit)) file.apart.set(unit, openApart$1(file, head, head.split));
	return file.apart.get(unit);
}
function openApart$1(program, skeleton, place) {
	const { split, inflate, left } = program;
	try {
		const tables = split && splitTables(place, split, {
			program: program.tables,
			inflate
		});
		if (!tables) return void 0;
		const file = {
			tables,
			inflate,
			left,
			split: void 0,
			units: debugUnits(tables),
			...nothingRead()
		};
		for (const unit of file.units) file.heads.set(unit, headApart(unit, skeleton));
		const idOf = (unit) => unit.id ?? entryAt(file, unit, unit.first)?.get(ATTRIBUTE.olderSplitId)?.number;
		const unit = file.units.find((each) => idOf(each) === place.id);
		return unit && {
			file,
			unit
		};
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
function headApart({ encoding }, { low, addressBase, olderRangesBase }) {
	const wide = encoding.offsetSize === 8;
	const isOlder = encoding.version < 5;
	return {
		low,
		addressBase,
		olderRangesBase: 0,
		ranges: [],
		stringOffsets: isOlder ? 0 : wide ? 16 : 8,
		rangeListBase: isOlder ? olderRangesBase : wide ? 20 : 12
	};
}
const overlaps = (ranges, low, high) => ranges.some((range) => range.low < high && range.high > low);
function unitsWith(file, low, high) {
	return file.units.filter((unit) => {
		const { ranges } = headOf(file, unit);
		return overlaps(ranges, low, high);
	});
}
const NO_HEAD = {
	low: 0,
	ranges: [],
	stringOffsets: 0,
	addressBase: 0,
	rangeListBase: 0,
	olderRangesBase: 0
};
function headOf(file, unit) {
	const known = file.heads.get(unit);
	if (known) return known;
	let head = NO_HEAD;
	try {
		const values = entryAt(file, unit, unit.first);
		const number = (attribute) => values?.get(attribute)?.number ?? 0;
		const bases = {
			stringOffsets: number(ATTRIBUTE.stringOffsets),
			addressBase: number(ATTRIBUTE.addressBase) || number(ATTRIBUTE.olderAddressBase),
			rangeListBase: number(ATTRIBUTE.rangeListBase),
			olderRangesBase: number(ATTRIBUTE.olderRangesBase)
		};
		const unplaced = {
			...NO_HEAD,
			...bases
		};
		const low = values ? addressOf(file, {
			unit,
			head: unplaced
		}, values.get(ATTRIBUTE.lowPc)) ?? 0 : 0;
		const placed = {
			...unplaced,
			low
		};
		file.heads.set(unit, placed);
		const split = values && splitPlace(file, unit, values);
		const ranges = values ? rangesOf(file, {
			unit,
			head: placed
		}, values) : [];
		head = {
			...placed,
			ranges,
			...split && { split }
		};
	} catch (error) {
		if (!(error instanceof ElfError)) throw error;
	}
	file.heads.set(unit, head);
	return head;
}
function splitPlace(file, unit, values) {
	const name = values.get(ATTRIBUTE.splitName) ?? values.get(ATTRIBUTE.olderSplitName);
	const id = unit.id ?? values.get(ATTRIBUTE.olderSplitId)?.number;
	if (!name || id === void 0) return void 0;
	return {
		name: textOf$1(file, unit, name),
		folder: textOf$1(file, unit, values.get(ATTRIBUTE.compileFolder)),
		id
	};
}
function entryAt({ tables }, unit, offset) {
	const bytes = tables.info.read(offset, Math.min(LONGEST_ENTRY, unit.end - offset));
	const cursor = cursorAt(bytes, tables.littleEndian, {
		at: 0,
		end: bytes.length
	});
	const abbreviation = unit.abbreviations.get(cursor.uleb());
	return abbreviation && readValues(cursor, abbreviation, {
		tables,
		unit
	});
}
const LONGEST_ENTRY = 16384;
function addressOf({ tables }, { unit, head }, value) {
	if (!value) return void 0;
	if (!isAddressIndex(value.form)) return value.form === 1 ? value.number : void 0;
	const table = tables.section(".debug_addr");
	const at = head.addressBase + value.number * unit.encoding.addressSize;
	if (at + unit.encoding.addressSize > table.length) return void 0;
	return cursorAt(table, tables.littleEndian, {
		at,
		end: table.length
	}).word(unit.encoding.addressSize);
}
function rangesOf(file, at, values) {
	const { unit, head } = at;
	const listed = values.get(ATTRIBUTE.ranges);
	if (listed) {
		const { encoding } = unit;
		return readRanges(file.tables, listed, {
			encoding,
			base: head.low,
			rangeListBase: head.rangeListBase,
			addressAt: (index) => addressOf(file, at, {
				form: 27,
				number: index
			})
		});
	}
	const low = addressOf(file, at, values.get(ATTRIBUTE.lowPc));
	const high = values.get(ATTRIBUTE.highPc);
	if (low === void 0 || !high) return [];
	const end = high.form === 1 || isAddressIndex(high.form) ? addressOf(file, at, high) ?? low : low + high.number;
	return end > low ? [{
		low,
		high: end
	}] : [];
}
function textOf$1(file, unit, value) {
	if (!value) return "";
	if (!isNameIndex(value.form)) return value.text ?? "";
	const table = file.tables.section(".debug_str_offsets");
	const { offsetSize } = unit.encoding;
	const at = headOf(file, unit).stringOffsets + value.number * offsetSize;
	if (at + offsetSize > table.length) return "";
	const { u32, u64 } = fieldsOf(table, file.tables.littleEndian);
	return nameAt(file.tables.names.str, offsetSize === 8 ? u64(at) : u32(at));
}
// src/core/elf/dwarf/inlines.ts
const DEEPEST$2 = 256;
const TAG = {
	inlined: 29,
	subprogram: 46,
	types: new Set([
		2,
		4,
		19,
		23,
		21,
		15,
		1
	])
};
function readInlines(elf, inflate, split) {
	let opened;
	const open = () => {
		opened ??= { file: openFile(elf, {
			inflate,
			split
		}) };
		return opened.file;
	};
	return {
		get known() {
			return (open()?.units.length ?? 0) > 0;
		},
		within: (code) => {
			const file = open();
			if (!file) return void 0;
			const end = code.address + code.size;
			const places = unitsWith(file, code.address, end).map((unit) => entriesOf$3(file, unit));
			if (places.includes(void 0)) return void 0;
			return places.flatMap((place) => instancesOf(place.file, place.unit)).filter(({ ranges }) => overlaps(ranges, code.address, end));
		},
		producerOf: (code) => {
			const file = open();
			const [unit] = file ? unitsWith(file, code.address, code.address + code.size) : [];
			const place = file && unit && entriesOf$3(file, unit);
			return place && producerOf(place.file, place.unit);
		}
	};
}
function producerOf(file, unit) {
	try {
		const text = textOf$1(file, unit, entryAt(file, unit, unit.first)?.get(ATTRIBUTE.producer));
		return text === "" ? void 0 : text;
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
function instancesOf(file, unit) {
	const known = file.walked.get(unit);
	if (known) return known;
	const found = [];
	try {
		walk(file, unit, found);
	} catch (error) {
		if (!(error instanceof ElfError)) throw error;
	}
	file.walked.set(unit, found);
	return found;
}
function walk(file, unit, found) {
	const { cursor, base } = openUnit(file.tables, unit);
	const at = {
		unit,
		head: headOf(file, unit)
	};
	const context = {
		tables: file.tables,
		unit
	};
	const depths = [0];
	while (cursor.at < cursor.end && file.left.entries-- > 0) {
		const code = cursor.uleb();
		if (code === 0) {
			depths.pop();
			if (depths.length === 0) return;
			continue;
		}
		const abbreviation = unit.abbreviations.get(code);
		if (!abbreviation) throw new ElfError("An entry of the debug information has no abbreviation: build the file again.");
		const values = readValues(cursor, abbreviation, context);
		const depth = depths.at(-1);
		const isInlined = abbreviation.tag === TAG.inlined;
		if (isInlined) {
			const ranges = rangesOf(file, at, values);
			const name = ranges.length > 0 ? nameOf$2(file, unit, values) : "";
			if (name !== "") found.push({
				name,
				ranges,
				depth
			});
		}
		if (!abbreviation.children) continue;
		const sibling = values.get(ATTRIBUTE.sibling);
		if (sibling && TAG.types.has(abbreviation.tag)) {
			const next = unit.start + sibling.number - base;
			if (next > cursor.at && next <= cursor.end) {
				cursor.at = next;
				continue;
			}
		}
		if (depths.length > DEEPEST$2) throw new ElfError("Entries of the debug information are nested too deep: build the file again.");
		depths.push(isInlined ? depth + 1 : depth);
	}
}
function nameOf$2(file, unit, values) {
	let name = "";
	let [current, home] = [values, unit];
	for (let step = 0; step < 8 && current; step++) {
		const linked = textOf$1(file, home, current.get(ATTRIBUTE.linkageName)) || textOf$1(file, home, current.get(ATTRIBUTE.olderLinkageName));
		if (linked !== "") return linked;
		if (name === "") name = textOf$1(file, home, current.get(ATTRIBUTE.name));
		const next = current.get(ATTRIBUTE.abstractOrigin) ?? current.get(ATTRIBUTE.specification);
		if (!next) break;
		const offset = isUnitReference(next.form) ? home.start + next.number : next.number;
		const known = step === 0 ? file.names.get(offset) : void 0;
		if (known !== void 0) return known;
		const there = isUnitReference(next.form) ? home : unitAt(file.units, offset);
		const entry = there && entryAt(file, there, offset);
		if (!there || !entry) break;
		if (step === 0) {
			const found = nameOf$2(file, there, entry);
			file.names.set(offset, found);
			return found === "" ? name : found;
		}
		[current, home] = [entry, there];
	}
	return name;
}
function unitAt(units, offset) {
	let [low, high] = [0, units.length];
	while (low < high) {
		const middle = low + high >>> 1;
		if (units[middle].end <= offset) low = middle + 1;
		else high = middle;
	}
	const unit = units[low];
	return unit && unit.start <= offset ? unit : void 0;
}
// src/core/elf/dwarf/line-header.ts
function joinPath(folder, path) {
	if (path.startsWith("/") || folder === "") return path;
	return path === "" ? folder : `${folder}/${path}`;
}
function olderFiles(cursor, folder) {
	const folders = [folder];
	for (let name = cursor.text(); name !== ""; name = cursor.text()) folders.push(joinPath(folder, name));
	const files = [""];
	for (let name = cursor.text(); name !== ""; name = cursor.text()) {
		files.push(joinPath(folders[cursor.uleb()] ?? "", name));
		cursor.uleb();
		cursor.uleb();
	}
	return files;
}
const mostEntries = 1e6;
function entryList(cursor, context) {
	const formats = Array.from({ length: cursor.u8() }, () => [cursor.uleb(), cursor.uleb()]);
	const count = cursor.uleb();
	if (count > Math.min(mostEntries, cursor.end - cursor.at) || count > 0 && formats.length === 0) throw new ElfError("A line program names more files than it can have: build the file again.");
	return Array.from({ length: count }, () => {
		const entry = {
			path: "",
			folder: 0
		};
		for (const [content, form] of formats) if (content === 1) entry.path = nameOfForm(cursor, form, context) ?? "";
		else if (content === 2) entry.folder = numberOfForm(cursor, form, context.encoding);
		else if (content === 5 && form === 30) entry.checksum = hexadecimal(cursor, 16);
		else skipForm(cursor, form, context.encoding);
		return entry;
	});
}
function hexadecimal(cursor, count) {
	return Array.from({ length: count }, () => cursor.u8().toString(16).padStart(2, "0")).join("");
}
function newerFiles(cursor, context) {
	const folders = entryList(cursor, context).map(({ path }) => path);
	const absolute = folders.map((path) => joinPath(folders[0] ?? "", path));
	const entries = entryList(cursor, context);
	return {
		files: entries.map(({ path, folder }) => joinPath(absolute[folder] ?? "", path)),
		checksums: entries.map(({ checksum }) => checksum)
	};
}
function checked(header) {
	if (header.lineRange === 0 || header.opcodeBase === 0) throw new ElfError("A line program has no range of lines: build the file again.");
	return header;
}
function readLineHeader(cursor, context) {
	const start = cursor.at;
	const { offsetSize, length } = unitLength(cursor);
	const [begin, end] = [cursor.at, cursor.at + length];
	cursor.skip(length);
	const unit = cursorAt(cursor.bytes, context.littleEndian, {
		at: begin,
		end
	});
	const version = unit.u16();
	if (version < 2 || version > 5) return void 0;
	const addressSize = version >= 5 ? unit.u8() : 8;
	if (version >= 5) unit.u8();
	const headerLength = unit.word(offsetSize);
	const at = unit.at + headerLength;
	const encoding = {
		offsetSize,
		addressSize,
		version
	};
	const minimumInstruction = unit.u8();
	const operationsPerInstruction = version >= 4 ? Math.max(1, unit.u8()) : 1;
	unit.u8();
	const lineBase = unit.u8() << 24 >> 24;
	const [lineRange, opcodeBase] = [unit.u8(), unit.u8()];
	return checked({
		encoding,
		minimumInstruction,
		operationsPerInstruction,
		lineBase,
		lineRange,
		opcodeBase,
		operands: Array.from({ length: Math.max(0, opcodeBase - 1) }, () => unit.u8()),
		...version >= 5 ? newerFiles(unit, {
			encoding,
			names: context.names
		}) : {
			files: olderFiles(unit, context.folderOf(start)),
			checksums: []
		},
		program: {
			at: Math.min(at, end),
			end
		}
	});
}
// src/core/elf/dwarf/line-program.ts
function advance(state, by, header) {
	const { minimumInstruction, operationsPerInstruction } = header;
	const operations = state.operation + by;
	state.address += minimumInstruction * Math.floor(operations / operationsPerInstruction);
	state.operation = operations % operationsPerInstruction;
}
function restart(state) {
	state.address = 0;
	state.operation = 0;
	state.file = 1;
	state.line = 1;
}
function extendedOpcode(cursor, state, sink) {
	const length = cursor.uleb();
	const next = cursor.at + length;
	const opcode = length === 0 ? 0 : cursor.u8();
	if (opcode === 1) {
		sink.endSequence(state.address);
		restart(state);
	} else if (opcode === 2 && (length === 5 || length === 9)) {
		state.address = cursor.word(length - 1);
		state.operation = 0;
	}
	cursor.skip(next - cursor.at);
}
function standardOpcode(opcode, cursor, at) {
	const { state, header } = at;
	if (opcode === 2) advance(state, cursor.uleb(), header);
	else if (opcode === 3) state.line += cursor.sleb();
	else if (opcode === 4) state.file = cursor.uleb();
	else if (opcode === 8) advance(state, Math.floor((255 - header.opcodeBase) / header.lineRange), header);
	else if (opcode === 9) {
		state.address += cursor.u16();
		state.operation = 0;
	} else for (let count = header.operands[opcode - 1] ?? 0; count > 0; count--) cursor.uleb();
}
function runLineProgram(bytes, header, out) {
	const cursor = cursorAt(bytes, out.littleEndian, header.program);
	const { opcodeBase, lineBase, lineRange } = header;
	const state = {
		address: 0,
		operation: 0,
		file: 1,
		line: 1
	};
	const emit = () => out.sink.row(state.address, out.fileOf(state.file), Math.max(0, state.line));
	while (cursor.at < cursor.end) {
		const opcode = cursor.u8();
		if (opcode >= opcodeBase) {
			const adjusted = opcode - opcodeBase;
			advance(state, Math.floor(adjusted / lineRange), header);
			state.line += lineBase + adjusted % lineRange;
			emit();
		} else if (opcode === 0) extendedOpcode(cursor, state, out.sink);
		else if (opcode === 1) emit();
		else standardOpcode(opcode, cursor, {
			state,
			header
		});
	}
}
// src/core/elf/dwarf/line-table.ts
function lastAtMost(count, wanted, numberAt) {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = low + high >>> 1;
		if (numberAt(middle) <= wanted) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
function rowOf$3(rows, address) {
	const { sequences, distances } = rows;
	const sequence = sequences[lastAtMost(sequences.length, address, (index) => sequences[index].low)];
	if (sequence === void 0 || address >= sequence.high) return void 0;
	const { first, count, low } = sequence;
	return first + lastAtMost(count, address - low, (index) => distances[first + index]);
}
function indexOf(files, file) {
	const exact = files.indexOf(file);
	if (exact >= 0) return exact;
	const ending = files.flatMap((path, index) => path.endsWith(`/${file}`) ? [index] : []);
	return ending.length === 1 ? ending[0] : -1;
}
function eachLine(rows, at, tell) {
	const { low, high, first, count } = at.sequence;
	const [begin, end] = [at.code.address, at.code.address + at.code.size];
	const addressOf = (row) => row < count ? low + rows.distances[first + row] : high;
	const before = lastAtMost(count, begin - 1, addressOf);
	for (let row = Math.max(0, before); row < count && addressOf(row) < end; row++) {
		const line = rows.lines[first + row];
		if (line === 0 || addressOf(row) < begin && addressOf(row + 1) <= begin) continue;
		tell(rows.files[first + row], line);
	}
}
function eachLineOf(rows, code, tell) {
	const end = code.address + code.size;
	const from = lastAtMost(rows.sequences.length, code.address, (index) => rows.sequences[index].low);
	for (let at = Math.max(0, from); at < rows.sequences.length; at++) {
		const sequence = rows.sequences[at];
		if (sequence.low >= end) break;
		if (sequence.high > code.address) eachLine(rows, {
			sequence,
			code
		}, tell);
	}
}
function codeLinesOf(rows, files, code) {
	const found = new Map();
	eachLineOf(rows, code, (file, line) => {
		const name = files[file] ?? "";
		const known = found.get(name);
		if (known) known.add(line);
		else found.set(name, new Set([line]));
	});
	return found;
}
function linesOf$2(rows, files, code) {
	const found = new Map();
	eachLineOf(rows, code, (file, line) => {
		const known = found.get(file) ?? {
			first: line,
			last: line
		};
		found.set(file, {
			first: Math.min(known.first, line),
			last: Math.max(known.last, line)
		});
	});
	return Array.from(found, ([index, range]) => ({
		file: files[index] ?? "",
		...range
	}));
}
function functionsTouching(rows, functions, wanted) {
	const found = new Map();
	for (const { low, first, count } of rows.sequences) for (let row = first; row < first + count; row++) {
		if (rows.files[row] !== wanted.file) continue;
		const line = rows.lines[row];
		if (!wanted.ranges.some((range) => range.first <= line && line <= range.last)) continue;
		const symbol = symbolAt(functions, low + rows.distances[row]);
		if (symbol !== void 0) found.set(symbol, Math.min(line, found.get(symbol) ?? line));
	}
	return Array.from(found, ([symbol, line]) => ({
		symbol,
		line
	})).sort((a, b) => a.symbol.address - b.symbol.address);
}
function lineTable(rows, { files, checksums }, functions) {
	return {
		files,
		checksumOf: (file) => checksums.get(files.indexOf(file)),
		lineOf: (address) => {
			const row = rowOf$3(rows, address);
			if (row === void 0 || rows.lines[row] === 0) return void 0;
			return {
				file: files[rows.files[row]] ?? "",
				line: rows.lines[row]
			};
		},
		linesOf: (code) => linesOf$2(rows, files, code),
		codeLinesOf: (code) => codeLinesOf(rows, files, code),
		functionsTouching: (file, ranges) => {
			const index = indexOf(files, file);
			return index < 0 ? [] : functionsTouching(rows, functions, {
				file: index,
				ranges
			});
		}
	};
}
// src/core/elf/dwarf/rows.ts
const mostRows = 16777216;
function grown$1(array, size) {
	const larger = new Uint32Array(size);
	larger.set(array);
	return larger;
}
function gatherRows(wanted) {
	let [distances, files, lines] = [
		new Uint32Array(64),
		new Uint32Array(64),
		new Uint32Array(64)
	];
	const sequences = [];
	let [first, count, low, last] = [
		0,
		0,
		-1,
		-1
	];
	return {
		row: (address, file, line) => {
			if (count === first) low = address;
			else if (address < last || address - low > 4294967295) return;
			last = address;
			const before = count - 1;
			if (count > first && files[before] === file && lines[before] === line) return;
			if (count === distances.length) {
				if (count >= mostRows) throw new ElfError("The program has more than 16 million debug lines: build with -g1.");
				const size = Math.min(mostRows, count * 2);
				distances = grown$1(distances, size);
				files = grown$1(files, size);
				lines = grown$1(lines, size);
			}
			distances[count] = address - low;
			files[count] = file;
			lines[count] = line;
			count++;
		},
		endSequence: (address) => {
			if (count > first && address > low && wanted(low)) {
				sequences.push({
					low,
					high: Math.max(address, last),
					first,
					count: count - first
				});
				first = count;
			} else count = first;
		},
		finish: () => ({
			distances: distances.subarray(0, count),
			files: files.subarray(0, count),
			lines: lines.subarray(0, count),
			sequences: sequences.sort((a, b) => a.low - b.low)
		})
	};
}
// src/core/elf/dwarf/read-lines.ts
function tidyPath(path, root = "") {
	const parts = [];
	for (const part of path.split("/")) if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
	else if (part !== "" && part !== ".") parts.push(part);
	const tidy = `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
	const folder = root.endsWith("/") ? root : `${root}/`;
	return root !== "" && tidy.startsWith(folder) ? tidy.slice(folder.length) : tidy;
}
function numbered(root) {
	const files = [];
	const numbers = new Map();
	const numberOf = (path) => {
		const known = numbers.get(path);
		if (known !== void 0) return known;
		const tidy = tidyPath(path, root);
		const number = numbers.get(tidy) ?? files.push(tidy) - 1;
		numbers.set(path, number).set(tidy, number);
		return number;
	};
	return {
		files,
		numberOf
	};
}
function contextOf(elf, inflate) {
	const { littleEndian } = elf;
	const names = {
		str: debugBytes(elf, ".debug_str", inflate),
		lineStr: inMemory(debugSection(elf, ".debug_line_str", inflate))
	};
	let folders;
	const folderOf = (program) => {
		folders ??= compileFolders({
			info: debugBytes(elf, ".debug_info", inflate),
			abbrev: debugSection(elf, ".debug_abbrev", inflate),
			names,
			littleEndian
		});
		return folders.get(program) ?? "";
	};
	return {
		names,
		littleEndian,
		folderOf
	};
}
function codeIn(elf) {
	const code = elf.sections.filter(({ flags, size }) => (flags & 4) !== 0 && size > 0).toSorted((a, b) => a.address - b.address);
	return (address) => extentAt(code, address) !== void 0;
}
function readLines(elf, options) {
	const { files, numberOf } = numbered(options.root);
	const checksums = new Map();
	const sink = gatherRows(codeIn(elf));
	const bytes = elf.type === "relocatable" ? new Uint8Array() : debugSection(elf, ".debug_line", options.inflate);
	if (bytes.length > 0) {
		const context = contextOf(elf, options.inflate);
		const cursor = cursorAt(bytes, elf.littleEndian, {
			at: 0,
			end: bytes.length
		});
		while (cursor.at < cursor.end) {
			const header = readLineHeader(cursor, context);
			if (header === void 0) continue;
			const known = header.files.map(numberOf);
			header.checksums.forEach((checksum, at) => {
				if (checksum !== void 0) checksums.set(known[at], checksum);
			});
			const unknown = numberOf("");
			const fileOf = (file) => known[file] ?? unknown;
			runLineProgram(bytes, header, {
				littleEndian: elf.littleEndian,
				sink,
				fileOf
			});
		}
	}
	const functions = elf.symbols.filter(({ kind }) => kind === "function");
	return lineTable(sink.finish(), {
		files,
		checksums
	}, functions);
}
// src/core/placement/match.ts
function matchSymbols(base, head) {
	const partners = {
		headOf: new Int32Array(base.length).fill(-1),
		baseOf: new Int32Array(head.length).fill(-1)
	};
	pairInOrder(base, head, partners);
	const byName = groupBy(head, partners.baseOf);
	for (const [name, ofBase] of groupBy(base, partners.headOf)) {
		const ofHead = byName.get(name);
		if (ofHead) for (const [one, other] of pairsOf({
			base,
			head
		}, ofBase, ofHead)) pair(partners, one, other);
	}
	const clones = matchClones(base, head, partners);
	for (const [ofBase, ofHead] of [...clones, ...matchNameless(base, head, partners)]) pair(partners, ofBase, ofHead);
	return {
		...partners,
		clones
	};
}
function pair({ headOf, baseOf }, ofBase, ofHead) {
	headOf[ofBase] = ofHead;
	baseOf[ofHead] = ofBase;
}
const LOOK_AHEAD = 12;
function pairInOrder(base, head, partners) {
	for (let from = 0, to = 0; from < base.length && to < head.length;) {
		const { name } = base[from];
		if (name === head[to].name) {
			if (!isNameless(name) && !isDoubtful(base, head, {
				from,
				to
			})) pair(partners, from, to);
			from++;
			to++;
			continue;
		}
		const step = resume(base, head, {
			from,
			to
		});
		from += step.from;
		to += step.to;
	}
}
function isDoubtful(base, head, { from, to }) {
	const { name, size } = base[from];
	return size !== head[to].size && (base[from + 1]?.name === name || head[to + 1]?.name === name);
}
function resume(base, head, at) {
	for (let step = 1; step <= LOOK_AHEAD; step++) for (let part = 0; part <= step; part++) {
		const [one, other] = [base[at.from + part], head[at.to + step - part]];
		if (one && one.name === other?.name) return {
			from: part,
			to: step - part
		};
	}
	return {
		from: 1,
		to: 1
	};
}
function groupBy(symbols, partner) {
	const groups = new Map();
	symbols.forEach(({ name }, index) => {
		if (partner[index] !== -1 || isNameless(name)) return;
		const key = normaliseName(name);
		const group = groups.get(key);
		if (group) group.push(index);
		else groups.set(key, [index]);
	});
	return groups;
}
function pairsOf(sides, ofBase, ofHead) {
	if (ofBase.length === ofHead.length || ofBase.length * ofHead.length > 1e6) return Array.from({ length: Math.min(ofBase.length, ofHead.length) }, (_, at) => [ofBase[at], ofHead[at]]);
	return commonBySize(sides, ofBase, ofHead);
}
function commonBySize({ base, head }, ofBase, ofHead) {
	const width = ofHead.length + 1;
	const table = new Uint32Array((ofBase.length + 1) * width);
	const equal = (i, j) => base[ofBase[i]].size === head[ofHead[j]].size;
	for (let i = ofBase.length - 1; i >= 0; i--) for (let j = ofHead.length - 1; j >= 0; j--) {
		const skip = Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
		table[i * width + j] = equal(i, j) ? Math.max(skip, table[(i + 1) * width + j + 1] + 1) : skip;
	}
	const pairs = [];
	for (let i = 0, j = 0; i < ofBase.length && j < ofHead.length;) if (equal(i, j) && table[i * width + j] === table[(i + 1) * width + j + 1] + 1) pairs.push([ofBase[i++], ofHead[j++]]);
	else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
	else j++;
	return pairs.length > 0 ? pairs : [[ofBase[0], ofHead[0]]];
}
function matchClones(base, head, { headOf, baseOf }) {
	const left = (symbols, partner) => {
		const groups = new Map();
		symbols.forEach(({ name }, index) => {
			if (partner[index] !== -1 || isNameless(name)) return;
			const key = `${isColdPart(name)} ${originOf$1(normaliseName(name))}`;
			groups.set(key, [...groups.get(key) ?? [], index]);
		});
		return groups;
	};
	const ofHead = left(head, baseOf);
	return Array.from(left(base, headOf)).flatMap(([key, ofBase]) => {
		const candidates = ofHead.get(key) ?? [];
		return ofBase.length === 1 && candidates.length === 1 ? [[ofBase[0], candidates[0]]] : [];
	});
}
function matchNameless(base, head, { headOf, baseOf }) {
	const [ofBase, ofHead] = [namelessOf(base, headOf), namelessOf(head, baseOf)];
	if (ofBase.length === 0 || ofHead.length === 0) return [];
	const headAt = new Int32Array(ofBase.length).fill(-1);
	const taken = new Uint8Array(ofHead.length);
	const takeUnique = (reach) => {
		const once = positionsOfUnique(head, ofHead, reach);
		for (const [key, at] of positionsOfUnique(base, ofBase, reach)) {
			const partner = once.get(key) ?? -1;
			if (partner < 0 || headAt[at] !== -1 || taken[partner]) continue;
			headAt[at] = partner;
			taken[partner] = 1;
		}
	};
	takeUnique(1);
	const equal = (at, partner) => partner >= 0 && partner < ofHead.length && !taken[partner] && base[ofBase[at]].size === head[ofHead[partner]].size;
	const extend = (at, step) => {
		const neighbour = headAt[at - step] ?? -1;
		if (headAt[at] !== -1 || neighbour < 0 || !equal(at, neighbour + step)) return;
		headAt[at] = neighbour + step;
		taken[neighbour + step] = 1;
	};
	for (let at = 1; at < headAt.length; at++) extend(at, 1);
	for (let at = headAt.length - 2; at >= 0; at--) extend(at, -1);
	takeUnique(0);
	return ofBase.flatMap((index, at) => headAt[at] >= 0 ? [[index, ofHead[headAt[at]]]] : []);
}
function namelessOf(symbols, partner) {
	const indexes = [];
	for (let index = 0; index < symbols.length; index++) if (partner[index] === -1 && isNameless(symbols[index].name)) indexes.push(index);
	return indexes;
}
function positionsOfUnique(symbols, indexes, reach) {
	const size = (at) => symbols[indexes[at] ?? -1]?.size ?? 0;
	const seen = new Map();
	for (let at = 0; at < indexes.length; at++) {
		const key = reach === 0 ? `${size(at)}` : `${size(at - 1)} ${size(at)} ${size(at + 1)}`;
		seen.set(key, seen.has(key) ? -1 : at);
	}
	return new Map([...seen].filter(([, at]) => at >= 0));
}
// src/core/placement/objects.ts
function pairObject(name, sides, shared) {
	const { base, head } = sides;
	const symbols = (side, kind) => sides[side]?.view[kind].symbols ?? [];
	const match = (kind) => {
		const both = {
			base: symbols("base", kind),
			head: symbols("head", kind)
		};
		if (shared) return identity(both.base.length);
		return matchSymbols(both.base, both.head);
	};
	return {
		name,
		...base ? { base } : {},
		...head ? { head } : {},
		shared,
		functions: match("functions"),
		data: match("data")
	};
}
function identity(length) {
	const same = Int32Array.from({ length }, (_, index) => index);
	return {
		headOf: same,
		baseOf: same,
		clones: []
	};
}
// src/core/placement/profile-index.ts
function indexProfile(profile) {
	const { addresses } = profile;
	const counts = runningSum(profile.counts);
	const icache = runningSum(profile.icacheMisses ?? []);
	const dcache = runningSum(profile.dcacheMisses ?? []);
	const between = (sums, from, to) => (sums[Math.min(to, sums.length - 1)] ?? 0) - (sums[Math.min(from, sums.length - 1)] ?? 0);
	return {
		profile,
		sum: (start, end) => {
			const [from, to] = [firstAtOrAfter(addresses, start), firstAtOrAfter(addresses, end)];
			return {
				count: between(counts, from, to),
				icacheMisses: between(icache, from, to),
				dcacheMisses: between(dcache, from, to)
			};
		},
		at: (address) => {
			const index = firstAtOrAfter(addresses, address);
			return addresses[index] === address ? profile.counts[index] : 0;
		}
	};
}
function runningSum(values) {
	const sums = new Float64Array(values.length + 1);
	for (let index = 0; index < values.length; index++) sums[index + 1] = sums[index] + values[index];
	return sums;
}
function firstAtOrAfter(addresses, address) {
	let low = 0;
	let high = addresses.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (addresses[middle] < address) low = middle + 1;
		else high = middle;
	}
	return low;
}
// src/shell/files/debug-file.ts
function debugLinkOf(elf) {
	const section = elf.sections.find(({ name }) => name === ".gnu_debuglink");
	if (section === void 0 || section.size < 8) return void 0;
	const bytes = readPart$1(elf.file, {
		what: "debug link",
		offset: section.offset,
		size: section.size
	});
	const name = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
	const checksum = fieldsOf(bytes, elf.littleEndian).u32(bytes.length - 4);
	return /^[^/]+$/.test(name) ? {
		name,
		checksum
	} : void 0;
}
const chunk = 1048576;
function checksumOf(file) {
	let checksum = 0;
	for (let at = 0; at < file.size; at += chunk) checksum = crc32(file.read(at, Math.min(chunk, file.size - at)), checksum);
	return checksum;
}
function buildIdOf(path) {
	const { elf, close } = openElf(path);
	close();
	return elf.buildId;
}
function belongs(path, elf, checksum) {
	try {
		if (elf.buildId !== void 0) return buildIdOf(path) === elf.buildId;
		const file = openBytes(path);
		const found = checksumOf(file);
		file.close();
		return found === checksum;
	} catch (error) {
		if (error instanceof ElfError) return false;
		throw error;
	}
}
function separateDebugFile(path, elf, debugFolder = "/usr/lib/debug") {
	const { buildId } = elf;
	const link = debugLinkOf(elf);
	const folder = dirname(path);
	const byId = buildId && join(debugFolder, ".build-id", buildId.slice(0, 2), `${buildId.slice(2)}.debug`);
	const byLink = link ? [
		join(folder, link.name),
		join(folder, ".debug", link.name),
		join(debugFolder, folder, link.name)
	] : [];
	return [...byId ? [byId] : [], ...byLink].find((candidate) => candidate !== path && existsSync(candidate) && belongs(candidate, elf, link?.checksum));
}
const LARGEST_PACKED_BYTES = 67108864;
const LARGEST_SYMBOLS_BYTES = 268435456;
const UNPACK_MILLISECONDS = 2e4;
function packedSymbols(elf) {
	const section = elf.sections.find(({ name }) => name === ".gnu_debugdata");
	if (section === void 0 || section.size > LARGEST_PACKED_BYTES) return void 0;
	const input = readPart$1(elf.file, {
		what: "packed symbols",
		offset: section.offset,
		size: section.size
	});
	const { status, stdout } = spawnSync("xz", [
		"--decompress",
		"--stdout",
		"--memlimit-decompress=256MiB"
	], {
		input,
		maxBuffer: LARGEST_SYMBOLS_BYTES,
		timeout: UNPACK_MILLISECONDS,
		env: { PATH: "/usr/bin:/bin" },
		stdio: [
			"pipe",
			"pipe",
			"ignore"
		]
	});
	return status === 0 ? new Uint8Array(stdout) : void 0;
}
// src/shell/files/split-files.ts
const LARGEST_UNIT_BYTES = 268435456;
function openSplitFiles(path, tree, builtAs) {
	let packed;
	return {
		unit: (name, folder) => readUnit(tree, placeInTree(tree, builtAs, join(folder, name))),
		package: () => {
			packed ??= { file: inTree(tree, `${path}.dwp`) ? openQuietly(`${path}.dwp`) : void 0 };
			return packed.file?.elf;
		},
		close: () => packed?.file?.close()
	};
}
function placeInTree(tree, builtAs, place) {
	if (!place.startsWith("/")) return resolve$1(tree, place);
	return place.startsWith(`${builtAs}/`) ? join(tree, place.slice(builtAs.length)) : place;
}
function inTree(tree, place) {
	try {
		const real = realpathSync(place);
		return real.startsWith(realpathSync(tree) + sep) && statSync(real).isFile();
	} catch {
		return false;
	}
}
function readUnit(tree, place) {
	if (!inTree(tree, place) || statSync(place).size > LARGEST_UNIT_BYTES) return void 0;
	const file = openBytes(place);
	try {
		return readElf(inMemory(file.read(0, file.size)));
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	} finally {
		file.close();
	}
}
function openQuietly(path) {
	try {
		return openElf(path);
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
// src/shell/files/tree-file.ts
function readTreeFile(tree, path, mostBytes) {
	try {
		const place = realpathSync(resolve$1(tree, path));
		return place.startsWith(realpathSync(tree) + sep) ? readAt(place, mostBytes) : void 0;
	} catch {
		return;
	}
}
function readBuiltFile({ tree, own, machine }, path, mostBytes) {
	if (!path.startsWith("/")) return readTreeFile(tree, path, mostBytes);
	try {
		const place = realpathSync(path);
		const isOwn = [tree, ...own].some((folder) => isBelow(place, realPath(folder)));
		const folder = isOwn ? void 0 : machine.map(realPath).find((each) => isBelow(place, each));
		if (!isOwn && (folder === void 0 || !isForAll(folder, place))) return void 0;
		return readAt(place, mostBytes);
	} catch {
		return;
	}
}
const isBelow = (path, folder) => folder !== void 0 && path.startsWith(folder + sep);
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		return;
	}
}
function isForAll(folder, path) {
	if (process.getuid?.() !== 0) return true;
	for (let at = path; at !== folder; at = dirname(at)) if ((statSync(at).mode & (at === path ? 4 : 1)) === 0) return false;
	return true;
}
function readAt(place, mostBytes) {
	const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const found = fstatSync(file);
		if (!found.isFile() || found.size > mostBytes) return void 0;
		if (readlinkSync(`/proc/self/fd/${file}`) !== place) return void 0;
		return readFileSync(file, "utf8");
	} finally {
		closeSync(file);
	}
}
function isPlainFile(path) {
	return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
// src/flow/diagnose/objects.ts
const LEAST_SHARE$5 = .001;
function openObjects(profiles, trees, builtAs = trees) {
	const files = new Map();
	const limitations = [];
	const open = (path, name) => {
		if (!files.has(path)) files.set(path, openObject(path, name, limitations));
		return files.get(path);
	};
	const objects = pairNames({
		base: placesOf$1(profiles.base, trees.base),
		head: placesOf$1(profiles.head, trees.head)
	}).map((pair) => inBothRuns(pair, trees)).map(([base, head]) => {
		const name = (head ?? base).name;
		const side = (place) => {
			const opened = place && open(place.profile.object, name);
			return opened && {
				view: opened.view,
				profile: indexProfile(place.profile)
			};
		};
		const [ofBase, ofHead] = [side(base), side(head)];
		const shared = base !== void 0 && base.profile.object === head?.profile.object;
		return pairObject(name, {
			...ofBase ? { base: ofBase } : {},
			...ofHead ? { head: ofHead } : {}
		}, shared);
	});
	const splits = [];
	const splitOff = (path, side) => {
		const found = openSplitFiles(path, trees[side], builtAs[side]);
		splits.push(found);
		return found;
	};
	return {
		objects: objects.filter(({ base, head }) => base ?? head),
		lines: linesOf$1(files, builtAs),
		inlines: inlinesOf(files, splitOff),
		limitations: [
			...limitations,
			...tooLarge(objects),
			...unnamed(profiles)
		],
		close: () => {
			for (const opened of files.values()) {
				opened?.file.close();
				opened?.apart?.close();
			}
			for (const split of splits) split.close();
		}
	};
}
function debugFileOf(path, elf) {
	const hasLines = elf.sections.some(({ name }) => /^\.z?debug_line$/.test(name));
	if (elf.symbolSource === "symtab" && hasLines) return void 0;
	const apart = separateDebugFile(path, elf);
	return apart === void 0 ? void 0 : openApart(apart);
}
function openApart(path) {
	try {
		return openElf(path);
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
function packedElf(elf) {
	const bytes = packedSymbols(elf);
	try {
		return bytes && readElf(inMemory(bytes));
	} catch (error) {
		if (error instanceof ElfError) return void 0;
		throw error;
	}
}
function withSymbolsOf(elf, other) {
	if (other?.symbolSource !== "symtab") return elf;
	const known = new Set(other.symbols.map(({ address }) => address));
	const symbols = [...other.symbols, ...elf.symbols.filter(({ address }) => !known.has(address))];
	return {
		...elf,
		symbolSource: "symtab",
		symbols: symbols.sort((a, b) => a.address - b.address)
	};
}
function openObject(path, name, limitations) {
	let file;
	try {
		if (!isPlainFile(path)) throw new ElfError("no such file");
		file = openBytes(path);
		const elf = readElf(file);
		const apart = debugFileOf(path, elf);
		const named = elf.symbolSource === "symtab" ? elf : withSymbolsOf(elf, apart?.elf ?? packedElf(elf));
		return {
			file,
			view: viewObject(name, named),
			...apart ? { apart } : {}
		};
	} catch (error) {
		file?.close();
		if (!(error instanceof ElfError) && !isSystemError(error)) throw error;
		limitations.push(unreadObject(name, error.message));
		return;
	}
}
const isSystemError = (error) => error instanceof Error && "code" in error && typeof error.code === "string";
function placesOf$1(profile, tree) {
	const root = tree.endsWith("/") ? tree : `${tree}/`;
	const places = new Map();
	for (const part of profile.objects) {
		if (!part.object.startsWith("/")) continue;
		const count = part.counts.reduce((sum, each) => sum + each, 0);
		const inTree = part.object.startsWith(root);
		if (!inTree && count < LEAST_SHARE$5 * profile.total) continue;
		const name = inTree ? part.object.slice(root.length) : part.object;
		places.set(name, {
			name,
			profile: part
		});
	}
	return places;
}
function pairNames(placed) {
	const both = [...placed.base].flatMap(([name, base]) => placed.head.has(name) ? [[base, placed.head.get(name)]] : []);
	const left = (side, other) => [...placed[side].values()].filter(({ name }) => !placed[other].has(name));
	const fileName = ({ name }) => name.slice(name.lastIndexOf("/") + 1);
	const heads = left("head", "base");
	const matched = new Set();
	const rest = left("base", "head").map((base) => {
		const candidates = heads.filter((head) => fileName(head) === fileName(base));
		const head = candidates.length === 1 ? candidates[0] : void 0;
		if (head) matched.add(head);
		return [base, head];
	});
	return [
		...both,
		...rest,
		...heads.filter((head) => !matched.has(head)).map((head) => [void 0, head])
	];
}
function inBothRuns([base, head], trees) {
	const only = base ?? head;
	if (base && head || !only) return [base, head];
	const object = only.name.startsWith("/") ? only.profile.object : join(trees[base ? "head" : "base"], only.name);
	if (!isPlainFile(object)) return [base, head];
	const empty = {
		name: only.name,
		profile: {
			object,
			addresses: [],
			counts: []
		}
	};
	return [base ?? empty, head ?? empty];
}
const MOST_DEBUG_BYTES = 134217728;
const hasTooManyLines = ({ elf }) => (elf.sections.find(({ name }) => name === ".debug_line")?.size ?? 0) > MOST_DEBUG_BYTES;
function linesOf$1(files, builtAs) {
	const known = new Map();
	const read = (elf, side) => {
		try {
			return readLines(elf, {
				inflate,
				root: builtAs[side]
			});
		} catch (error) {
			if (error instanceof ElfError) return void 0;
			throw error;
		}
	};
	return (object, side) => {
		const part = object[side];
		const path = part?.profile.profile.object;
		if (!part || path === void 0 || !files.has(path) || hasTooManyLines(part.view)) return void 0;
		const key = `${side}\0${path}`;
		if (!known.has(key)) known.set(key, read(debugElfOf(part.view, files.get(path)), side));
		return known.get(key);
	};
}
function inlinesOf(files, splitOff) {
	const known = new Map();
	return (object, side) => {
		const part = object[side];
		const path = part?.profile.profile.object;
		if (!part || path === void 0 || !files.has(path) || hasTooManyEntries(part.view)) return void 0;
		if (!known.has(path)) known.set(path, readInlines(debugElfOf(part.view, files.get(path)), inflate, splitOff(path, side)));
		return known.get(path);
	};
}
function debugElfOf({ elf }, opened) {
	const apart = opened?.apart?.elf;
	return apart ? {
		...apart,
		symbols: elf.symbols
	} : elf;
}
const MOST_ENTRY_BYTES = 536870912;
const hasTooManyEntries = ({ elf }) => (elf.sections.find(({ name }) => name === ".debug_info")?.size ?? 0) > MOST_ENTRY_BYTES;
function tooLarge(objects) {
	return objects.flatMap(({ name, shared, head }) => !shared && head && hasTooManyLines(head.view) ? [debugLinesTooLarge(name)] : []);
}
function unnamed({ head }) {
	const count = head.objects.filter(({ object }) => !object.startsWith("/")).reduce((sum, { counts }) => sum + counts.reduce((all, each) => all + each, 0), 0);
	const share = head.total > 0 ? count / head.total : 0;
	return share < .01 ? [] : [codeWithoutFile(share, head.source === "callgrind")];
}
// src/flow/diagnose/hidden-work.ts
const BUDGET_SHARE = .25;
const SAMPLES = {
	samples: 600,
	recordings: 3
};
const HOT_SHARE$2 = .01;
async function countHidden(context, table, hold) {
	const { plan, ports } = context;
	const rows = table.benchmarks.filter((row) => mayHideWork(row) && !table.counted.has(row.name));
	if (rows.length === 0) return table;
	if (plan.settings.counters === "off") return {
		...table,
		limitations: [...table.limitations, ...limitationsOf(rows.map((row) => ({
			row,
			why: "counters-off"
		})))]
	};
	const deadline = ports.clock.now() + BUDGET_SHARE * plan.settings.budgetSeconds;
	return ports.log.group("Look for more work in what did not get slower", () => countChanged(context, {
		table,
		rows,
		hold,
		deadline
	}));
}
async function countChanged(context, { table, rows, hold, deadline }) {
	const { ports } = context;
	const planned = new Map(context.plan.benchmarks.map((each) => [each.plan.name, each.plan]));
	const probe = await samplingProbe(context);
	const changed = [];
	const unseen = [];
	for (const group of groupsOf(rows, planned)) {
		if (ports.clock.now() >= deadline) {
			unseen.push(...group.rows.map((row) => ({
				row,
				why: "no-time"
			})));
			continue;
		}
		const job = {
			request: requestFor$1(context, group, hold),
			probe,
			deadline
		};
		const found = probe.perf ? await lookAt(context, group, job) : void 0;
		if (found?.kind === "same") continue;
		changed.push(...group.rows);
		ports.log.line(`${namesOf$1(group.rows)}: ${soughtBecause(found)}`);
	}
	if (changed.length === 0) return {
		...table,
		limitations: [...table.limitations, ...limitationsOf(unseen)]
	};
	const counting = {
		...table.counting ?? await startCounting(context, hold.scheduling),
		deadline
	};
	const counted = new Map(table.counted);
	const faults = [];
	for (const row of changed) {
		const found = await countRow(context, counting, planned.get(row.name));
		if (!found.ok) {
			unseen.push({
				row,
				why: found.fault
			});
			continue;
		}
		const { counters, limitations } = found.value;
		counted.set(row.name, found.value);
		faults.push(...limitations);
		if (counters.base.instructions === void 0) unseen.push({
			row,
			why: "nothing-counted"
		});
		else if (!counters.fixedWork) unseen.push({
			row,
			why: "may-be-timed"
		});
	}
	return {
		benchmarks: table.benchmarks.map((row) => withCounters(row, counted)),
		counted,
		counting: table.counting ?? counting,
		limitations: [
			...table.limitations,
			...faults,
			...limitationsOf(unseen)
		]
	};
}
async function samplingProbe({ ports }) {
	const path = await ports.tools.find("perf");
	const version = path && await perfVersion(ports.tools, path);
	const mostHertz = await kernelNumber("/proc", "perf_event_max_sample_rate") ?? 1e5;
	return {
		...path && version ? { perf: {
			path,
			version
		} } : {},
		hardware: false,
		mostHertz
	};
}
function groupsOf(rows, planned) {
	const groups = new Map();
	for (const row of rows) {
		const plan = planned.get(row.name);
		if (!plan) continue;
		const key = JSON.stringify(arrangementOf(plan));
		const group = groups.get(key);
		if (group) group.rows.push(row);
		else groups.set(key, {
			plan,
			rows: [row]
		});
	}
	return [...groups.values()].toSorted((one, other) => secondsOf(one) - secondsOf(other));
}
function secondsOf({ plan, rows }) {
	return (plan.format.kind === "wall" ? rows[0]?.base?.median : void 0) ?? rows.length;
}
function requestFor$1({ checkout, env }, { plan, rows }, { scheduling }) {
	const { format } = plan;
	return {
		plan: format.kind === "harness" && rows.length > 1 ? withoutRow(plan) : plan,
		trees: checkout.trees,
		env,
		scheduling
	};
}
function withoutRow(plan) {
	if (plan.format.kind !== "harness") return plan;
	const { row: _, ...format } = plan.format;
	return {
		...plan,
		format
	};
}
async function lookAt({ checkout, ports }, group, job) {
	const { profiles } = await sampleHot(job, ports, secondsOf(group), SAMPLES);
	if (!profiles || SIDES.some((side) => profiles[side].total < FEWEST_SAMPLES)) return void 0;
	const opened = openObjects(profiles, checkout.trees);
	try {
		const totals = {
			base: profiles.base.total,
			head: profiles.head.total
		};
		return hotChange({
			objects: opened.objects,
			totals,
			hotShare: HOT_SHARE$2 / group.rows.length
		});
	} finally {
		opened.close();
	}
}
const FEWEST_SAMPLES = ENOUGH_SAMPLES / 100;
async function countRow(context, counting, benchmark) {
	const { ports } = context;
	if (benchmark.format.kind !== "harness" && !isFixedWork(benchmark)) return failed("may-be-timed");
	const seconds = secondsLeft$1(counting, ports.clock);
	if (seconds <= 0) return failed("no-time");
	ports.log.doing?.(`counting ${benchmark.name}`, seconds);
	const found = await countOne(context, counting, {
		benchmark,
		seconds,
		thorough: false,
		screening: true
	});
	ports.log.line(`${benchmark.name}: ${found.counters.summary ?? "nothing was counted"}`);
	return success(found);
}
function withCounters(row, counted) {
	const counters = counted.get(row.name)?.counters;
	return row.counters || !counters || counters.source === "none" ? row : {
		...row,
		counters
	};
}
const namesOf$1 = (rows) => listed$1(rows.map(({ name }) => name), 3);
function limitationsOf(unseen) {
	return [...new Set(unseen.map(({ why }) => why))].map((why) => {
		const names = unseen.filter((each) => each.why === why).map(({ row }) => quoted$2(row.name));
		return hiddenWorkNotSought(names, why);
	});
}
// src/core/source/manifest-text.ts
function* matches(text, pattern) {
	for (const found of text.matchAll(pattern)) yield [found[1], found[2] ?? ""];
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const LONGEST_CALL = 8e3;
function* argumentsOf(text, functions) {
	for (const { index, 0: whole } of text.matchAll(new RegExp(`\\b(?:${functions})\\s*\\(`, "gi"))) {
		const start = index + whole.length;
		let depth = 1;
		let quoted = false;
		for (let at = start; at < Math.min(text.length, start + LONGEST_CALL); at++) {
			const sign = text[at];
			if (sign === "\\") at++;
			else if (sign === "\"") quoted = !quoted;
			else if (!quoted && sign === "(") depth++;
			else if (!quoted && sign === ")" && --depth === 0) {
				yield text.slice(start, at);
				break;
			}
		}
	}
}
// src/core/source/native-manifests.ts
const NATIVE_READERS = [
	[/(?:^|\/)conan\.lock$|(?:^|\/)conanfile\.(?:txt|py)$/, conanReferences],
	[/(?:^|\/)vcpkg(?:-configuration)?\.json$/, vcpkgManifest],
	[/(?:^|\/)CMakeLists\.txt$|\.cmake$/, cmakeFetches],
	[/\.wrap$/, mesonWrap],
	[/(?:^|\/)(?:MODULE|WORKSPACE)(?:\.bazel|\.bzlmod)?$|\.bzl$/, bazelModules],
	[/(?:^|\/)build\.zig\.zon$/, zigPackages],
	[/(?:^|\/)dub\.selections\.json$/, dubSelections],
	[/(?:^|\/)xmake\.lua$/, xmakeRequires],
	[/(?:^|\/)\.gitrepo$/, gitSubrepo]
];
const shortened = (version) => /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 10) : version;
const ARCHIVE_VERSION = /[-_/@]v?(\d+(?:\.\d+)*[\w.+-]*?)(?:\.tar(?:\.\w+)?|\.t[gbx]z2?|\.zip)\b/;
function* conanReferences(text) {
	yield* matches(text, /(?:^\s*|["'])([a-z0-9_][\w+.-]+)\/([\w+.[\]><=~ -]*\d[\w+.[\]><=~ -]*)(?=[@#"'\s]|$)/gm);
}
function* vcpkgManifest(text) {
	const manifest = parsed(text);
	const registry = manifest?.["default-registry"];
	const baseline = manifest?.["builtin-baseline"] ?? registry?.baseline;
	if (typeof baseline === "string") yield ["vcpkg baseline", baseline.slice(0, 10)];
	for (const key of ["dependencies", "overrides"]) {
		const list = manifest?.[key];
		for (const entry of Array.isArray(list) ? list : []) {
			const { name, version, ...rest } = entry;
			const pinned = version ?? rest["version>="] ?? rest["version-string"] ?? rest["version-semver"] ?? rest["version-date"];
			const names = Array.isArray(rest.features) ? rest.features.join(", ") : "";
			const port = typeof rest["port-version"] === "number" ? `#${rest["port-version"]}` : "";
			if (typeof name !== "string") continue;
			if (typeof pinned === "string") yield [name, `${pinned}${port}${names && ` with ${names}`}`];
			else yield [name, names === "" ? "its default features" : `the features ${names}`];
		}
	}
}
function* cmakeFetches(source) {
	const variables = new Map(matches(source, /\bset\s*\(\s*(\w+)\s+"?([^\s")]+)"?/gi));
	const text = source.replaceAll(/(^|\s)#.*$/gm, "$1").replaceAll(/\$\{(\w+)\}/g, (whole, name) => variables.get(name) ?? whole);
	for (const body of argumentsOf(text, "FetchContent_Declare|ExternalProject_Add|CPM(?:Add|Find|Declare)Package|download_project|hunter_config")) {
		const address = /^\s*"?(?:gh|gl|bb|https?):(?:\/\/)?([\w./-]+?)(?:\.git)?[@#]([^"\s@#]+)/.exec(body);
		if (address) {
			yield [lastTwo(address[1]), shortened(address[2])];
			continue;
		}
		const name = /\bNAME\s+"?([\w.+-]+)/.exec(body)?.[1] ?? /^\s*"?([\w.+-]+)/.exec(body)?.[1];
		const pinned = /^\s*"?[\w.+-]+@([\w.+-]+)"?\s*$/.exec(body)?.[1] ?? /\b(?:GIT_TAG|VERSION|SVN_REVISION|HG_TAG)\s+"?([^\s"]+)/.exec(body)?.[1] ?? ARCHIVE_VERSION.exec(/\bURL\s+"?(\S+)/.exec(body)?.[1] ?? "")?.[1] ?? /\bURL_(?:HASH\s+"?\w+=|MD5\s+"?)([0-9a-fA-F]{10})/.exec(body)?.[1];
		if (name && pinned) yield [name, shortened(pinned)];
	}
}
const lastTwo = (address) => address.split("/").slice(-2).join("/");
function* mesonWrap(text, path) {
	const given = (key) => new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)\\s*$`, "m").exec(text)?.[1] ?? "";
	const version = given("revision") || (/[-_@]v?(\d\S*)$/.exec(given("directory"))?.[1] ?? ARCHIVE_VERSION.exec(given("source_filename"))?.[1] ?? ARCHIVE_VERSION.exec(given("source_url"))?.[1] ?? (given("wrapdb_version") || given("source_hash").slice(0, 10)));
	const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.wrap$/, "");
	if (version !== "") yield [name, shortened(version)];
}
function* bazelModules(source) {
	const constants = new Map(matches(source, /^([A-Za-z_]\w*)\s*=\s*"([^"\n]*)"/gm));
	const text = source.replaceAll(/(^|\s)#.*$/gm, "$1");
	for (const body of argumentsOf(text, "bazel_dep|\\w*(?:http_archive|git_repository)|\\w+_override")) {
		const given = (key) => {
			return (new RegExp(`\\b${key}\\s*=\\s*([^,\\n]+)`).exec(body)?.[1] ?? "").replaceAll(/\b[A-Za-z_]\w*\b/g, (word) => constants.get(word) ?? word).replaceAll(/["'\s]/g, "");
		};
		const name = given("(?:module_)?name");
		const pinned = given("version") || given("tag") || given("commit") || (/v?(\d+(?:\.\d+)+[\w.]*)/.exec(given("strip_prefix"))?.[1] ?? ARCHIVE_VERSION.exec(body)?.[1] ?? given("(?:sha256|integrity)").slice(0, 17));
		if (/^[\w.+-]+$/.test(name) && pinned !== "") yield [name, shortened(pinned)];
	}
}
function* zigPackages(text) {
	yield* matches(text, /\.@?"?([\w-]+)"?\s*=\s*\.\{\s*\.url\s*=\s*"([^"]+)"/g);
}
function* dubSelections(text) {
	const versions = parsed(text)?.versions;
	for (const [name, version] of Object.entries(versions ?? {})) if (typeof version === "string") yield [name, version];
}
function* xmakeRequires(text) {
	for (const body of argumentsOf(text, "add_requires")) yield* matches(body, /["']([\w.+:-]+)\s+([^"'\n]*\d[^"'\n]*)["']/g);
}
function* gitSubrepo(text, path) {
	const commit = /^\s*commit\s*=\s*([0-9a-f]{7,64})\s*$/m.exec(text)?.[1];
	const folder = path.split("/").at(-2);
	if (commit !== void 0 && folder !== void 0) yield [folder, shortened(commit)];
}
// src/core/source/dependency-files.ts
const LONGEST_VERSION = 40;
const READERS = [
	[/(?:^|\/)Cargo\.lock$/, cargoLock],
	[/(?:^|\/)(?:poetry|uv|pdm)\.lock$/, tomlPackages],
	[/(?:^|\/)Cargo\.toml$/, cargoManifest],
	[/(?:^|\/)go\.(?:mod|work)$/, goModule],
	[/(?:^|\/)go\.sum$/, goSums],
	[/(?:^|\/)vendor\/modules\.txt$/, goVendored],
	[/(?:^|\/)rust-toolchain(?:\.toml)?$/, rustToolchain],
	[/(?:^|\/)\.tool-versions$/, toolVersions],
	[/(?:^|\/)flake\.lock$/, flakeLock],
	[/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, npmLock],
	[/(?:^|\/)yarn\.lock$/, yarnLock],
	[/(?:^|\/)pnpm-lock\.yaml$/, pnpmLock],
	[/(?:^|\/)(?:[\w.-]*requirements[\w.-]*|constraints[\w.-]*)\.(?:txt|in)$/, pythonRequirements],
	[/(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/, pythonStrings],
	[/(?:^|\/)Pipfile\.lock$/, pipfileLock],
	...NATIVE_READERS
];
function isDependencyFile(path) {
	return READERS.some(([pattern]) => pattern.test(path));
}
function isToolchainFile(path, name) {
	return /(?:^|\/)(?:rust-toolchain(?:\.toml)?|\.tool-versions)$/.test(path) || name === "toolchain" && /(?:^|\/)go\.(?:mod|work)$/.test(path);
}
function lockedVersions(path, text) {
	const reader = READERS.find(([pattern]) => pattern.test(path))?.[1];
	if (!reader) return void 0;
	const versions = new Map();
	for (const [name, version] of reader(text, path)) {
		const known = versions.get(name);
		if (known) known.push(version);
		else versions.set(name, [version]);
	}
	return new Map(Array.from(versions, ([name, all]) => [name, [...new Set(all.map((version) => version.slice(0, LONGEST_VERSION)))].sort().join(", ")]));
}
function* tomlPackages(text) {
	for (const part of text.split(/^\[\[package\]\]$/m).slice(1)) {
		const value = (key) => new RegExp(`^${key} = "([^"\\n]{1,300})"`, "m").exec(part)?.[1];
		const [name, version] = [value("name"), value("version")];
		const commit = /^source = .*#([0-9a-f]{7,64})"?/m.exec(part)?.[1]?.slice(0, 10);
		if (name) yield [name, `${version ?? ""}${commit ? ` (${commit})` : ""}`];
	}
}
function* cargoLock(text) {
	yield* tomlPackages(text.split(/(?=^\[\[package\]\]$)/m).filter((part) => /^source = /m.test(part)).join(""));
}
function* cargoManifest(text) {
	const found = [...cargoDependencies(text)];
	const patched = new Set(found.flatMap(({ name, patch }) => patch ? [name] : []));
	for (const { name, version, patch } of found) if (patch || !patched.has(name)) yield [name, version];
}
function* cargoDependencies(text) {
	let section = "";
	for (const line of text.split("\n")) {
		const table = /^\[([^\]\n]+)\]/.exec(line)?.[1];
		if (table !== void 0) {
			section = table;
			continue;
		}
		const patch = /^(?:patch\.|replace$)/.test(section);
		const own = /^(?:patch\.(?:"[^"]*"|[\w-]+)|(?:.*\.)?(?:dev-|build-)?dependencies)\.([\w-]+)$/.exec(section)?.[1];
		if (own !== void 0) {
			const version = /^\s*(?:version|tag|rev|branch|path)\s*=\s*"([^"]*)"/.exec(line)?.[1];
			if (version !== void 0) yield {
				name: own,
				version,
				patch
			};
		} else if (patch || /(?:^|\.)(?:dev-|build-)?dependencies$/.test(section)) {
			const [, name, plain, inner] = /^\s*"?([\w-]+)(?::[^"\s]*)?"?\s*=\s*(?:"([^"]*)"|\{(.*)\})/.exec(line) ?? [];
			const version = plain ?? /\b(?:version|tag|rev|branch)\s*=\s*"([^"]*)"/.exec(inner ?? "")?.[1] ?? /\bpath\s*=\s*"([^"]*)"/.exec(inner ?? "")?.[1];
			if (name !== void 0 && version !== void 0) yield {
				name,
				version,
				patch
			};
		}
	}
}
function* goModule(text) {
	const folders = [...matches(text, /^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.{0,2}\/\S+)\s*$/gm)];
	const replaced = new Set(folders.map(([name]) => name));
	yield* folders;
	for (const [name, version] of matches(text, /^\s*(?:require\s+)?([\w.-]+\.[\w-]+\/[^\s]+)\s+(v[^\s]+)/gm)) if (!replaced.has(name)) yield [name, version];
	yield* matches(text, /^\s*(?:replace\s+)?\S+(?:\s+v\S+)?\s+=>\s+([^\s]+)\s+(v[^\s]+)/gm);
	yield* matches(text, /^(go)\s+(\d[\w.]*)/gm);
	yield* matches(text, /^(toolchain)\s+(\S+)/gm);
}
function* goSums(text) {
	yield* matches(text, /^(\S+) (v[^\s/]+) h1:/gm);
}
function* goVendored(text) {
	yield* matches(text, /^# (\S+) (v\S+)(?: =>.*)?$/gm);
}
function* rustToolchain(text) {
	const channel = /^\s*channel\s*=\s*"([^"\n]+)"/m.exec(text)?.[1] ?? /^\s*([\w.-]+)\s*$/.exec(text)?.[1];
	if (channel !== void 0) yield ["the Rust toolchain", channel];
}
function* toolVersions(text) {
	yield* matches(text, /^([a-z][\w-]*)[ \t]+(\S+)/gm);
}
function* flakeLock(text) {
	for (const [name, node] of entriesOf$2(parsed(text), "nodes")) {
		const rev = node?.locked?.rev;
		if (typeof rev === "string") yield [name, rev.slice(0, 10)];
	}
}
function* npmLock(text) {
	for (const [path, entry] of entriesOf$2(parsed(text), "packages", "dependencies")) {
		const version = entry?.version;
		if (path !== "" && typeof version === "string") yield [path.replace(/^.*node_modules\//, ""), version];
	}
}
function* yarnLock(text) {
	yield* matches(text, /^"?(@?[^@\s"]+)@[^\n]*:\n\s+version:? "?([^"\s]+)"?/gm);
}
function* pnpmLock(text) {
	yield* matches(text, /^ {2}'?\/?(@?[^@\s']+)@([^\s:('\n]+)[^\n]*:$/gm);
}
function* pythonRequirements(text) {
	yield* matches(text, /^\s*([A-Za-z][\w.-]*)(?:\[[^\]\n]*\])?\s*(?:===?|~=|>=)\s*([\w.*+!-]+)/gm);
}
function* pythonStrings(text) {
	yield* matches(text, /["']([A-Za-z][\w.-]*)(?:\[[^\]\n]*\])?\s*(?:===?|~=|>=)\s*([\w.*+!-]+)/g);
}
function* pipfileLock(text) {
	for (const [name, entry] of entriesOf$2(parsed(text), "default", "develop")) {
		const version = entry?.version;
		if (typeof version === "string") yield [name, version.replace(/^==/, "")];
	}
}
function entriesOf$2(whole, ...keys) {
	const record = typeof whole === "object" && whole !== null ? whole : {};
	for (const key of keys) {
		const part = record[key];
		if (typeof part === "object" && part !== null) return Object.entries(part);
	}
	return [];
}
// src/core/source/dependencies.ts
const LARGEST_MANIFEST_CHARACTERS = 16777216;
const MOST_CHANGES$1 = 500;
function dependencyChanges(files, sources) {
	const found = new Map();
	const all = [
		...files.flatMap(submoduleMove),
		...files.flatMap((file) => manifestMoves(file, sources)),
		...archiveMoves(files),
		...folderMoves(files)
	];
	for (const each of all) {
		const key = each.name.toLowerCase();
		const known = found.get(key);
		if (!known || !hasBoth(known) && hasBoth(each)) found.set(key, each);
	}
	return [...found.values()].slice(0, MOST_CHANGES$1);
}
const hasBoth = ({ from, to }) => from !== void 0 && to !== void 0;
function dependencyWords({ name, from, to }) {
	if (from === void 0) return `adds ${name}${to ? ` ${to}` : ""}`;
	if (to === void 0) return `drops ${name}${from ? ` ${from}` : ""}`;
	return `moves ${name} from ${from} to ${to}`;
}
const SHORT_COMMIT = 10;
function submoduleMove({ base, head, hunks }) {
	const commitIn = (lines) => lines.map((line) => /^Subproject commit ([0-9a-f]{40,64})(?:-dirty)?$/.exec(line)?.[1]?.slice(0, SHORT_COMMIT)).find((commit) => commit !== void 0);
	const from = hunks.map(({ removed }) => commitIn(removed)).find((commit) => commit !== void 0);
	const to = hunks.map(({ added }) => commitIn(added)).find((commit) => commit !== void 0);
	if (from === void 0 && to === void 0) return [];
	const path = head ?? base ?? "";
	return [{
		name: path,
		file: path,
		...from ? { from } : {},
		...to ? { to } : {}
	}];
}
function manifestMoves(file, sources) {
	if (file.binary) return [];
	const path = file.head ?? file.base ?? "";
	const versionsOn = (side) => {
		const name = file[side];
		const text = name === void 0 ? void 0 : sources[side](name);
		return text === void 0 || text.length > LARGEST_MANIFEST_CHARACTERS ? void 0 : lockedVersions(name, text);
	};
	const [before, after] = [versionsOn("base"), versionsOn("head")];
	if (!before && !after) return [];
	return [...new Set([...before?.keys() ?? [], ...after?.keys() ?? []])].flatMap((name) => {
		const [from, to] = [before?.get(name), after?.get(name)];
		if (from === to) return [];
		return [{
			name,
			file: path,
			...from === void 0 ? {} : { from },
			...to === void 0 ? {} : { to },
			...isToolchainFile(path, name) ? { toolchain: true } : {}
		}];
	});
}
const VENDORED = /^(?:.*\/)?([A-Za-z][\w.+-]*?)[-_@]v?(\d+(?:\.\d+)+[\w.]*)\//;
function folderMoves(files) {
	const on = (side) => new Map(files.flatMap((file) => {
		const found = VENDORED.exec(file[side] ?? "");
		return found ? [[found[1], {
			version: found[2],
			path: found[0]
		}]] : [];
	}));
	const before = on("base");
	return [...on("head")].flatMap(([name, { version, path }]) => {
		const from = before.get(name)?.version;
		if (from === void 0 || from === version) return [];
		return [{
			name,
			file: path.slice(0, -1),
			from,
			to: version
		}];
	});
}
const ARCHIVE = /(?:^|\/)([A-Za-z][\w.+-]*?)[-_]v?(\d[\w.]*?)\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|whl|crate|a|so(?:\.\d+)*)$/;
function archiveMoves(files) {
	const on = (side) => new Map(files.flatMap((file) => {
		const path = file[side];
		const found = path === void 0 ? null : ARCHIVE.exec(path);
		return found ? [[found[1], {
			version: found[2],
			path
		}]] : [];
	}));
	const [before, after] = [on("base"), on("head")];
	return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
		const [from, to] = [before.get(name), after.get(name)];
		if (from?.version === to?.version && from?.path !== to?.path) return [];
		return [{
			name,
			file: (to ?? from).path,
			...from ? { from: from.version } : {},
			...to ? { to: to.version } : {}
		}];
	});
}
// src/core/source/reached.ts
const BUILDS_ANOTHER = "builds another ";
function reachOf(file, change) {
	const dependency = change.dependencies?.find((each) => holds(each, file) || holdsCommit$1(each.to, file) || holdsCommit$1(each.from, file));
	if (dependency) return dependencyWords(dependency);
	const stem = stemOf(file);
	const template = [...change.templates ?? [], ...change.build.filter((path) => /\.(?:m4|in)$/.test(path))].find((path) => stemOf(path) === stem && path !== file);
	if (template !== void 0) return `changes ${template}, which it is generated from`;
}
function wayTo(file, change, instead) {
	const { build, dependencies = [], other, outside, functions, ranges, swaps = [] } = change;
	const known = reachOf(file, change);
	if (known !== void 0) return known;
	const own = instead === void 0 ? void 0 : swaps.find((each) => each.includes(nameOf$1(file)));
	if (own !== void 0) return own;
	if ([
		...outside,
		...functions.map((each) => each.file),
		...ranges.head.keys()
	].includes(file)) return `changes ${file}`;
	const sources = [...new Set([...functions.map((each) => each.file), ...outside])];
	const moved = dependencies.filter(({ toolchain }) => !toolchain).slice(0, MOST_NAMED$2);
	const manifests = new Set(dependencies.map((each) => each.file));
	const steers = [...build, ...other].filter((path) => !manifests.has(path));
	const rest = steers.length + moved.length > 0 ? steers : sources;
	const does = [
		...swaps.slice(0, MOST_NAMED$2),
		...moved.length > 0 ? [moved.map(dependencyWords).join(", ")] : [],
		...rest.length > 0 && swaps.length === 0 ? [`changes ${listed(rest)}`] : []
	].join(" and ");
	const changes = does === "" ? "" : ` (this pull request ${does})`;
	if (instead === void 0) return `${BUILDS_ANOTHER}${file}${changes}`;
	if (instead === "") return `builds ${file} on one side only${changes}`;
	return instead === file ? `compiles other lines of ${file}${changes}` : `builds ${file} in place of ${instead}${changes}`;
}
const takesInWords = ({ file, by }) => `changes ${file}, which ${by} takes in`;
const listed = (files) => `${files.slice(0, MOST_NAMED$2).join(", ")}${files.length > MOST_NAMED$2 ? ` and ${files.length - MOST_NAMED$2} more files` : ""}`;
function holds({ name, file: place, to }, file) {
	if (name === place && file.startsWith(`${place}/`)) return true;
	const beside = place.slice(0, place.lastIndexOf("/") + 1);
	if (to !== void 0 && file.startsWith(`${tidyPath(`${beside}${to}`)}/`)) return true;
	const last = name.toLowerCase().split("/").filter((part) => !/^v\d+$/.test(part)).at(-1) ?? "";
	return last.length > 1 && file.toLowerCase().split("/").slice(0, -1).some((step) => step === last || [
		"-",
		"@",
		"_"
	].some((sign) => step.startsWith(`${last}${sign}`)) || /[+~]/.test(step) && step.split(/[+~]/).includes(last));
}
function holdsCommit$1(version, file) {
	const commits = version?.match(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g) ?? [];
	return file.split("/").slice(0, -1).some((step) => /^(?=[0-9a-f]*\d)[0-9a-f]{7,64}$/.test(step) && commits.some((each) => each.startsWith(step) || step.startsWith(each)));
}
const stemOf = (path) => nameOf$1(path).replace(/\..*$/s, "");
const nameOf$1 = (path) => path.slice(path.lastIndexOf("/") + 1);
function buildReach(change) {
	const { dependencies = [], defines = [], options = [], build, other } = change;
	const moved = dependencies.slice(0, MOST_NAMED$2).map(dependencyWords);
	const rest = dependencies.length - moved.length;
	const written = build.filter((path) => !LOCK_FILE.test(path));
	const steers = moved.length > 0 ? written.filter((path) => options.length > 0 || !isDependencyFile(path)) : written.length > 0 ? written : build;
	return [
		...moved,
		...rest > 0 ? [`moves ${rest} more dependencies`] : [],
		...defines.length > 0 ? [`defines ${defines.slice(0, MOST_NAMED$2).join(", ")} for the compiler`] : [],
		...steers.length > 0 ? [`changes how the program is built (${listed(steers)})`] : [],
		...moved.length + build.length === 0 && other.length > 0 ? [`changes ${listed(other)}, which the build may read`] : []
	];
}
const LOCK_FILE = /\.lock$|(?:^|\/)go\.sum$|-lock\.\w+$|(?:^|\/)npm-shrinkwrap\.json$/;
function runReach(change) {
	const { dependencies = [], swaps = [], build, other, outside } = change;
	const manifests = new Set(dependencies.map(({ file }) => file));
	const steers = build.filter((path) => !manifests.has(path));
	return [
		...outside.length > 0 ? [`changes types, tables or macros in ${listed(outside)}`] : [],
		...dependencies.slice(0, MOST_NAMED$2).map(dependencyWords),
		...swaps.slice(0, MOST_NAMED$2),
		...steers.length > 0 && swaps.length === 0 ? [`changes how the program is built (${listed(steers)})`] : [],
		...other.length > 0 ? [`changes ${listed(other)}, which the benchmark may read`] : []
	];
}
const MOST_NAMED$2 = 3;
// src/core/placement/loops.ts
const HOT_LOOP_SHARE = .05;
const LONGEST_LOOP_BYTES = 1024;
const WINDOW_BYTES = 32;
const TRANSFERS = new Set([
	"branch",
	"jump",
	"call",
	"return",
	"indirect-jump",
	"indirect-call"
]);
function findLoops(body, profile, total) {
	const found = [];
	body.instructions.forEach((instruction, tail) => {
		if (instruction.flow !== "branch" && instruction.flow !== "jump") return;
		const target = instruction.fields.find((field) => field.kind === "code")?.target;
		const head = target === void 0 ? void 0 : body.indexAt(target);
		if (head === void 0 || head > tail) return;
		const start = body.instructions[head].address;
		const end = instruction.address + instruction.length;
		if (end - start > LONGEST_LOOP_BYTES || profile.at(instruction.address) === 0) return;
		found.push({
			head,
			tail,
			share: total > 0 ? profile.sum(start, end).count / total : 0
		});
	});
	const hot = found.filter((loop) => loop.share >= HOT_LOOP_SHARE);
	return hot.filter((loop) => !hot.some((inner) => isInside(inner, loop) && inner.share > loop.share / 2));
}
const isInside = (inner, outer) => inner !== outer && inner.head >= outer.head && inner.tail <= outer.tail && (inner.head !== outer.head || inner.tail !== outer.tail);
const windowOf = (address, unit) => Math.floor(address / unit);
function onBoundary(inside) {
	return inside.filter((jump, at) => {
		if (!TRANSFERS.has(jump.flow)) return false;
		const before = inside[at - 1];
		const start = jump.flow === "branch" && before?.fuses && before.address + before.length === jump.address ? before.address : jump.address;
		return windowOf(start, WINDOW_BYTES) !== windowOf(jump.address + jump.length, WINDOW_BYTES);
	}).length;
}
function placeLoop(body, loop, lineBytes) {
	const inside = body.instructions.slice(loop.head, loop.tail + 1);
	const address = inside[0].address;
	const bytes = inside.at(-1).address + inside.at(-1).length - address;
	const splitBranches = inside.filter(({ flow }) => flow === "branch" || flow === "jump" || flow === "call").filter((branch) => windowOf(branch.address, lineBytes) !== windowOf(branch.address + branch.length - 1, lineBytes)).length;
	const range = {
		address,
		size: bytes
	};
	return {
		address,
		bytes,
		offset: address % lineBytes,
		lines: unitsSpanned(range, lineBytes),
		windows: unitsSpanned(range, WINDOW_BYTES),
		splitBranches,
		boundaryBranches: onBoundary(inside)
	};
}
function moveLoops(hot, how) {
	return hot.flatMap(({ name, object, sameness, moved, baseCode, headCode }) => {
		if (!moved || sameness !== "same" || !baseCode || !headCode || !object.head) return [];
		return findLoops(headCode.body, object.head.profile, how.total).map((loop) => ({
			symbol: name,
			object: object.name,
			share: loop.share,
			base: placeLoop(baseCode.body, loop, how.lineBytes),
			head: placeLoop(headCode.body, loop, how.lineBytes)
		}));
	});
}
function lostAlignment({ base, head }) {
	return base.offset !== head.offset;
}
function isPlacedWorse(base, head, hazards) {
	return head.lines > base.lines || head.splitBranches > base.splitBranches || head.windows > base.windows && !hazards.some(({ id }) => id === "no-uop-cache");
}
// src/core/placement/source-name.ts
function sourceName(symbol) {
	const name = originOf$1(normaliseName(symbol));
	if (name.startsWith("_ZN")) return lastNested(name, 3) ?? name;
	if (name.startsWith("_Z")) return identifierAt(name, name[2] === "L" ? 3 : 2)?.text ?? name;
	if (name.startsWith("_R")) return [...name.matchAll(/(\d+)_?(?=[A-Za-z_])/g)].map((found) => name.substr(found.index + found[0].length, Number(found[1]))).at(-1) ?? name;
	if (!/[./]/.test(name)) return name;
	return name.replace(/(?:\.func\d+(?:\.\d+)*|\.gowrap\d+|-fm|\[[^\]]*\])+$/, "").replace(/^.*[./]/, "");
}
function lastNested(name, start) {
	let at = start;
	while ("KVrRO".includes(name[at] ?? ".")) at++;
	let last;
	while (at < name.length) {
		const identifier = identifierAt(name, at);
		if (identifier) {
			last = identifier.text;
			at = identifier.end;
		} else if (name[at] === "I") at = afterArguments(name, at);
		else if (name[at] === "S") at = name.indexOf("_", at) === at + 1 || /\dA-Z/.test(name[at + 1] ?? "") ? name.indexOf("_", at) + 1 : at + 2;
		else break;
	}
	return last;
}
function afterArguments(name, start) {
	let depth = 0;
	for (let at = start; at < name.length;) {
		const identifier = identifierAt(name, at);
		if (identifier) at = identifier.end;
		else {
			if ("INXLFJ".includes(name[at])) depth++;
			if (name[at] === "E") depth--;
			at++;
			if (depth === 0) return at;
		}
	}
	return name.length;
}
function identifierAt(name, at) {
	const digits = /^\d+/.exec(name.slice(at, at + 6))?.[0];
	if (digits === void 0) return void 0;
	const from = at + digits.length;
	return {
		text: name.slice(from, from + Number(digits)),
		end: from + Number(digits)
	};
}
// src/core/evidence/calls.ts
function callsOf(hot, examination, how) {
	const inlined = [];
	const calls = [];
	for (const caller of hot) {
		if (caller.sameness !== "changed" || !caller.base || !caller.head) continue;
		for (const on of ["base", "head"]) {
			const other = on === "base" ? "head" : "base";
			const theirs = calleesOf(caller, other);
			for (const [name, times] of calleesOf(caller, on)) {
				if (theirs.has(name) || isRare(caller, on, {
					times,
					examination
				})) continue;
				const callee = hot.find((each) => originOf$1(normaliseName(each.name)) === name);
				if (isInlinedOn(other, {
					caller,
					callee,
					name
				}, examination)) inlined.push({
					caller: caller.name,
					callee: callee?.name ?? name,
					lost: on === how.to,
					...examination.exact ? { bookkeeping: bookkeepingOf(callee ? [caller, callee] : [caller], how) } : {}
				});
				else calls.push(callOf(caller, callee?.name ?? name, {
					on,
					times,
					exact: examination.exact
				}));
			}
		}
	}
	return {
		inlined,
		calls
	};
}
function callOf(caller, callee, { on, times, exact }) {
	const entered = entriesOf$1(caller, on);
	const perCall = exact && entered > 0 ? { perCall: times / entered } : {};
	return {
		caller: caller.name,
		callee,
		on,
		...perCall
	};
}
const LEAST_PER_CALL = .01;
function isRare(caller, on, { times, examination }) {
	if (!examination.exact) return false;
	return times === 0 || times < LEAST_PER_CALL * entriesOf$1(caller, on);
}
const entriesOf$1 = (code, side) => code.object[side]?.profile.at(code[side].symbol.address) ?? 0;
const CALLS = new Set([
	"call",
	"jump",
	"indirect-call",
	"indirect-jump"
]);
function calleesOf(code, side) {
	const own = side === "base" ? code.baseCode : code.headCode;
	const profile = code.object[side]?.profile;
	const called = new Map();
	for (const { at, identity, inside, table, raw } of own?.references ?? []) {
		const instruction = own.body.instructions[at];
		if (identity === void 0 || inside !== void 0 || table || raw !== void 0) continue;
		if (!instruction || !CALLS.has(instruction.flow)) continue;
		const name = originOf$1(identity.replace(/^(?:import|pointer) /, ""));
		if (/[ #+>]/.test(name)) continue;
		called.set(name, (called.get(name) ?? 0) + timesRun(own.body, at, profile));
	}
	return called;
}
function timesRun({ instructions }, at, profile) {
	const own = profile?.at(instructions[at].address) ?? 0;
	const before = instructions[at - 1];
	return before && before.flow === "next" && before.address + before.length === instructions[at].address ? Math.min(own, profile?.at(before.address) ?? 0) : own;
}
function isInlinedOn(side, { caller, callee, name }, { inlined, change }) {
	const known = inlined?.get(caller)?.[side];
	const plain = sourceName(name);
	if (known) return [...known.keys()].some((each) => each === name || sourceName(each) === plain);
	if (!callee || callee.object !== caller.object || callee.object.shared) return false;
	if (caller.baseCode?.body.instructions.length === caller.headCode?.body.instructions.length) return false;
	const text = textOn(side, sourceName(caller.name), change);
	if (text !== void 0) return text.includes(`${plain}(`) && textOn(side, plain, change) !== "";
	return !ranOn(callee, side) && textOn(side, plain, change) !== "";
}
const ranOn = (code, side) => (code[side]?.count ?? 0) > 0;
function textOn(side, name, change) {
	const found = change.functions.find((each) => each.name === name);
	if (found?.from !== "text") return void 0;
	if (side === "base") return found.baseText ?? "";
	return found.line === void 0 ? "" : found.text ?? "";
}
function bookkeepingOf(codes, { from, to }) {
	const executed = (side, bookkeeping) => codes.reduce((all, code) => {
		const body = (side === "base" ? code.baseCode : code.headCode)?.body;
		const profile = code.object[side]?.profile;
		return all + (body?.instructions.filter((instruction) => instruction.bookkeeping === bookkeeping) ?? []).reduce((sum, { address }) => sum + (profile?.at(address) ?? 0), 0);
	}, 0);
	const [moves, computes] = [executed(to, true) - executed(from, true), executed(to, false) - executed(from, false)];
	return moves <= 0 ? 0 : moves / (moves + Math.max(0, computes));
}
// src/core/source/source-functions.ts
const LANGUAGES = [
	[/\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|inl|inc|ipp|tcc|cu|m|mm)$/i, "c"],
	[/\.rs$/, "rust"],
	[/\.go$/, "go"]
];
function languageOf(path) {
	return LANGUAGES.find(([pattern]) => pattern.test(path))?.[1];
}
const DEEPEST$1 = 500;
const LONGEST_SIGNATURE = 8192;
function findFunctions(source, language) {
	const found = [];
	const open = [];
	const text = blankComments(source, language);
	let statement = 0;
	let line = 1;
	let statementLine = 1;
	for (let at = 0; at < text.length; at++) {
		const sign = text[at];
		if (sign === "\n") line++;
		if (statement === at && /\s/.test(sign)) {
			statement = at + 1;
			statementLine = line;
		}
		if (sign === "{") {
			if (open.length >= DEEPEST$1) return found;
			const insideFunction = open.some(({ name }) => name !== void 0);
			const signature = text.slice(Math.max(statement, at - LONGEST_SIGNATURE), at);
			const name = insideFunction ? void 0 : functionName(signature, language);
			const start = beginOf(signature, language);
			const from = statementLine + signature.slice(0, start).split("\n").length - 1;
			open.push({
				...name === void 0 ? {} : { name },
				from,
				at: at - signature.length + start
			});
		} else if (sign === "}") {
			const outermost = open.findIndex(({ name, at: start }) => name !== void 0 && isAtMargin(text, start));
			if (isAtMargin(text, at) && outermost >= 0) open.length = outermost + 1;
			const { name, from, at: start } = open.pop() ?? {
				from: 0,
				at: 0
			};
			if (name !== void 0) found.push({
				name,
				from,
				to: line,
				text: essence(text.slice(start, at + 1), name)
			});
		}
		if (sign === "{" || sign === "}" || sign === ";") {
			statement = at + 1;
			statementLine = line;
		}
	}
	return found;
}
function nameInContext(line) {
	if (/\bfn\s/.test(line)) return functionName(line, "rust");
	return /^func\b/.test(line) ? functionName(line, "go") : functionName(line, "c");
}
const isAtMargin = (text, at) => at === 0 || text[at - 1] === "\n";
const NOT_FUNCTIONS = new Set([
	"if",
	"for",
	"while",
	"switch",
	"return",
	"catch",
	"sizeof",
	"do",
	"else",
	"defined",
	"alignas",
	"decltype",
	"__attribute__",
	"__declspec",
	"noexcept",
	"requires",
	"asm",
	"__asm__"
]);
function beginOf(statement, language) {
	if (language === "go") return Math.max(0, statement.search(/\bfunc\b/));
	return language === "c" ? /^(?:(?:public|private|protected)\s*:(?!:)\s*)+/.exec(statement)?.[0].length ?? 0 : 0;
}
function functionName(statement, language) {
	if (language === "rust") return /\bfn\s+([A-Za-z_]\w*)/.exec(statement)?.[1];
	if (language === "go") return /\bfunc\s*(?:\([^)]*\)\s*)?([A-Za-z_]\w*)/.exec(statement)?.[1];
	if (/^(?:inline\s+)?namespace\b|=\s*$/.test(statement)) return void 0;
	if (/^(?:typedef|struct|class|union|enum|template\s*<[^{]*>\s*(?:struct|class))\b/.test(statement) && !/\)\s*(?:const\s*)?$/.test(statement)) return void 0;
	const plain = statement.replace(/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, " ");
	for (const [, name] of plain.matchAll(/([A-Za-z_~][\w$~]*)\s*\(/g)) if (!NOT_FUNCTIONS.has(name)) return name;
}
function essence(text, name) {
	const from = text.search(new RegExp(`\\b${name.replaceAll(/[$~]/g, "\\$&")}\\s*[(<]`));
	return text.slice(Math.max(from, 0)).replaceAll(/\s+/g, "");
}
const TEXTS = /\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])'/g;
const TEXTS_OF_C = new RegExp(`${TEXTS.source}|^[ \\t]*#(?:\\\\\\n|[^\\n])*`, "gm");
const TEXTS_OF_GO = new RegExp(`${TEXTS.source}|\`[^\`]*\`?`, "g");
function blankComments(source, language) {
	const pattern = language === "c" ? TEXTS_OF_C : language === "go" ? TEXTS_OF_GO : TEXTS;
	return source.replaceAll(pattern, (found) => /^["'`]/.test(found) ? found.replaceAll(/[{};]/g, "_") : found.replaceAll(/[^\n]/g, " "));
}
// src/core/source/build-files.ts
const BUILD_FILE_MORE = /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml|CMakePresets\.json|meson\.options|rust-toolchain(?:\.toml)?|\.cargo\/config(?:\.toml)?|[^/]*[Mm]akefile[^/]*|configure|config\.(?:mk|mak|make)|Justfile|justfile|Taskfile\.ya?ml|\.bazelrc|[^/]+\.(?:gn|gni|bp|cmake\.in|m4|mak|make|spec|gcda|profdata|pgo|afdo|fdata))$/;
const TEMPLATE = /\.(?:pyx|pxd|pxi|y|yy|ypp|l|ll|lex|re|rl|rs\.in|[ch](?:pp|xx)?\.in|in|tmpl|tpl|j2|jinja2?|mako|erb|gperf|def|td|inc|tbl|proto|fbs|thrift|idl|peg|g4|m4|s|S|asm|nasm|f|f90|f95|F90|d|zig|nim|swift|ispc|cl|hs|ml|py|pl|awk|rb|lua|js|ts|sh|json|ya?ml|toml|csv|tsv|txt|xml)$/;
const BUILD_FILE = /(?:^|\/)(?:GNUm|[Mm])akefile(?:\.\w+)?$|(?:^|\/)(?:CMakeLists\.txt|meson\.build|meson_options\.txt|configure(?:\.ac|\.in)?|BUILD(?:\.bazel)?|WORKSPACE|Cargo\.(?:toml|lock)|build\.(?:rs|ninja|gradle|sh)|go\.(?:mod|sum)|SConstruct|wscript|[^/]+\.(?:mk|am|cmake|bzl|ld|lds|gyp|gypi|pri|pro))$/;
const DOCUMENT = /\.(?:md|markdown|rst|adoc|html|png|svg|jpe?g|gif|webp|pdf|cff)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG|AUTHORS|\.git\w+)[^/]*$|(?:^|\/)(?:README|COPYING|NOTICE|NEWS|CHANGES|HISTORY|CONTRIBUT(?:ORS|ING)|MAINTAINERS|CODEOWNERS|SECURITY|TODO|\.mailmap)(?:\.(?:txt|text|org|textile))?$|(?:^|\/)docs?\//i;
const FOR_TOOLS = /(?:^|\/)(?:\.clang-(?:format|tidy)(?:-ignore)?|\.clangd|\.editorconfig|\.?(?:rust|clang-)fmt\.toml|\.?rustfmt\.toml|\.?clippy\.toml|deny\.toml|\.golangci\.(?:ya?ml|toml|json)|\.pre-commit-[\w-]+\.ya?ml|\.codespell\w*|_?typos\.toml|\.typos\.toml|\.prettier\w*(?:\.\w+)?|\.eslint\w*(?:\.\w+)?|biome\.jsonc?|\.markdownlint\S*|\.yamllint\S*|\.flake8|\.pylintrc|\.cmake-(?:format|lint)\S*|\.astylerc|\.uncrustify\S*|uncrustify\.cfg|CPPLINT\.cfg|\.codecov\.ya?ml|codecov\.ya?ml|renovate\.json5?|dependabot\.ya?ml|release-please-\S+\.json|\.all-contributorsrc|\.ignore|\.dockerignore)$|(?:^|\/)\.(?:vscode|idea|zed|changeset|devcontainer)\//i;
function isBuildFile(path) {
	return BUILD_FILE.test(path) || BUILD_FILE_MORE.test(path) || isDependencyFile(path);
}
const FLAG = /(?:^|[\s"'=(,;:])(-[DU][A-Za-z_]\w*(?:=(?:(?:\\?["']){1,2}[^"'\n]{0,80}["']{1,2}|[^\s"',;)]*))?|--(?:no-default-features|all-features|features[ =][^\s;)]+))/g;
const DEFINE = /(?:^|[\s"'=(,;])(-[DU][A-Za-z_]\w*(?:=(?:(?:\\?["']){1,2}[^"'\n]{0,80}["']{1,2}|[^\s"',;)]*))?|--cfg(?:[ =]|["'],\s*["'])[^\s"',;)]+|--(?:no-default-features|all-features|features[ =][^\s;)]+)|-tags[ =][^\s"',;)]+)|(?:\b|(?=\.))(?:target_compile_definitions|add_compile_definitions|add_definitions|AC_DEFINE(?:_UNQUOTED)?|add_project_arguments|define_macros|\.define\b|option\b|\.set(?:10|_quoted)?)\s*\(?([^()\n]{0,120})/g;
const FEATURES = /(?:^\s*|[{,]\s*)((?:default-)?features|default)\s*=\s*(\[[^\]\n]{0,120}\]?|[^\n,}]{0,120})|cargo::?(rustc-(?:cfg|env)=[^\s"')]+)/g;
const CARGO_ENVIRONMENT = /^\s*(?!\w*FLAGS\b|(?:CC|CXX|AR|LD|PATH)\b)([A-Z_][A-Z0-9_]*)\s*=\s*([^\n]{1,120})/g;
const MOST_DEFINES = 50;
const ASSIGNED$1 = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?:[:?+]{0,2}=)\s*([^#\n]{1,120})|^\s*set\(\s*([A-Za-z_]\w*)\s+([^)\n]{1,120})\)/i;
function definesOf(files, texts) {
	const found = files.filter((file) => !file.binary && mayPassOptions$1(file.head ?? file.base ?? "")).flatMap((file) => {
		const { hunks } = file;
		const patterns = patternsFor(file.head ?? file.base ?? "");
		const passed = variablesOf(file, texts);
		const on = (side) => {
			const counts = new Map();
			for (const line of hunks.flatMap((hunk) => hunk[side]).filter((each) => each.length < LONGEST_LINE$3)) for (const text of [...definesIn(line, patterns), ...assignedIn(line, passed)]) if (!isDefaultOfCMake(line, text)) counts.set(text, (counts.get(text) ?? 0) + 1);
			return counts;
		};
		const [before, after] = [on("removed"), on("added")];
		return [...new Set([...after.keys(), ...before.keys()])].filter((text) => before.get(text) !== after.get(text));
	});
	return [...new Set(found)].slice(0, MOST_DEFINES);
}
const mayPassOptions$1 = (path) => isBuildFile(path) || languageOf(path) === void 0 && !isDocument(path);
const isDefaultOfCMake = (line, text) => text === "-DNDEBUG" && /\bCMAKE_\w+_FLAGS_(?:RELEASE|RELWITHDEBINFO|MINSIZEREL)\b/.test(line);
function patternsFor(path) {
	if (!isBuildFile(path)) return [FLAG];
	if (!/(?:^|\/)(?:Cargo\.toml|build\.rs|\.cargo\/config(?:\.toml)?)$/.test(path)) return [DEFINE];
	return [
		DEFINE,
		FEATURES,
		...path.includes(".cargo/") ? [CARGO_ENVIRONMENT] : []
	];
}
function definesIn(line, patterns) {
	return patterns.flatMap((pattern) => [...line.matchAll(pattern)].flatMap(([, first, second, third]) => {
		const text = (first !== void 0 && second !== void 0 ? `${first} = ${second}` : first ?? second ?? third ?? "").replace(/["'],\s*["']/, " ").trim();
		return text === "" ? [] : [text];
	}));
}
function assignedIn(line, passed) {
	const [, plain, value, inCMake, set] = ASSIGNED$1.exec(line) ?? [];
	const name = plain ?? inCMake;
	return name !== void 0 && passed.has(name) ? [`${name} = ${(value ?? set ?? "").trim()}`] : [];
}
function variablesOf({ base, head }, texts) {
	const text = head !== void 0 && texts.head(head) || base !== void 0 && texts.base(base) || "";
	if (text.length > LARGEST_TEXT$1) return new Set();
	return new Set(Array.from(text.matchAll(/-D\w+=[^\s$]{0,40}\$[({]?([A-Za-z_]\w*)/g), ([, name]) => name));
}
const LARGEST_TEXT$1 = 4194304;
function isDocument(path) {
	return DOCUMENT.test(path) || FOR_TOOLS.test(path);
}
function isTemplate(path) {
	return !isDocument(path) && TEMPLATE.test(path);
}
const LONGEST_LINE$3 = 500;
// src/core/source/build-inputs.ts
const MOST_NAMED$1 = 3;
const LONGEST_LINE$2 = 500;
const OPTIONS = /(?:^|[\s"'=([,;:])(-(?:O(?:[0-3sgz]|fast)?|(?:f|m)(?:no-)?[a-z][\w.=+-]{2,}|march=[\w.+-]+|std=[\w+:]+|C[ =]?[a-z-]+(?:=[\w.+-]+)?|gcflags\S*|[Ww]l,[\w=,.+-]+)|(?:opt-level|codegen-units|lto|overflow-checks|panic|target-cpu|buildtype|optimization|b_lto|b_pgo|b_sanitize)\s*[=:]\s*["']?[\w.+-]+|CMAKE_(?:BUILD_TYPE|INTERPROCEDURAL_OPTIMIZATION|UNITY_BUILD)[\s"=:]+[\w.+-]+|--(?:release|opt(?::\w+|[\w=-]*)|coverage|buildtype[= ]\w+))(?=$|[\s"',;)\]])/g;
const COMPILER_VARIABLE = /^\s*(?:-\s+)?(?:export\s+|ENV\s+|set\s+-x\s+)?["']?(?:CC|CXX|FC|LD|AR|RUSTC|RUSTFLAGS|CARGO_PROFILE_\w+|CARGO_BUILD_\w+|GO(?:FLAGS|AMD64|ARM64|EXPERIMENT|TOOLCHAIN)|CGO_\w+|[A-Z]{0,4}FLAGS|\w+_(?:CFLAGS|CXXFLAGS)|(?:go|rust|zig|gcc|clang|llvm|dmd|ldc)-version|toolchain|runs-on|image|container)["']?\s*[:?+]?[=:]/;
function optionsChanged(files) {
	return [...new Set(files.filter(mayPassOptions).flatMap((file) => oneSided(file, (line) => optionsIn(line)).flat()))];
}
const mayPassOptions = ({ head, base, binary }) => {
	const path = head ?? base ?? "";
	return !binary && (isBuildFile(path) || languageOf(path) === void 0 && !isDocument(path));
};
const optionsIn = (line) => Array.from(line.matchAll(OPTIONS), ([, text]) => text.trim());
function passesOptions(file) {
	const path = file.head ?? file.base ?? "";
	if (!mayPassOptions(file) || isBuildFile(path)) return false;
	const lines = file.hunks.flatMap(({ added, removed }) => [...added, ...removed]).filter((line) => !/^\s*(?:$|#|\/\/|;)/.test(line));
	return lines.length > 0 && lines.every((line) => line.length < LONGEST_LINE$2 && !/(?:^|[\s"'=])-[DU][A-Za-z_]/.test(line) && (COMPILER_VARIABLE.test(line) || optionsIn(line).length > 0));
}
const INPUT$1 = /(?:^|[\s"'=([,;])((?:-(?:I|L|l|isystem ?|iquote ?|include ))?(?:[\w.$(){}+-]*\/)*[\w.+-]+\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|cu|S|s|asm|f|f90|f95|F90|d|nim|zig|pyx|go|rs|o|obj|a|so|lib|adb|pas|h|hh|hpp|in|def|y|l|re|proto)|-(?:I|L|l|isystem ?|iquote ?)[\w./$(){}+-]+)(?=$|[\s"',;)\]])/g;
const FOLDER = /\b(?:include_directories|add_subdirectory|link_directories|subdir|target_include_directories)\s*\(([^)\n]{1,200})\)?/g;
const inputsIn = (line) => [...Array.from(line.matchAll(INPUT$1), ([, text]) => text), ...Array.from(line.matchAll(FOLDER), ([, text]) => text.replaceAll(/["']/g, "").trim())];
const C_INCLUDE = /^\s*#\s*(?:include|import)\s*["<]([^">]+)[">]/;
const OTHER_IMPORT = /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:use|import|from|with|uses|include|mod|extern\s+crate)\s+["']?(?!(?:std|core|alloc)\b)([^;"'\n]{1,200})/;
const GO_IMPORT = /^\s*(?:[\w.]+\s+)?"([\w./-]+)"\s*$/;
function importsIn(path) {
	const language = languageOf(path);
	const patterns = language === "c" ? [C_INCLUDE] : language === "go" ? [OTHER_IMPORT, GO_IMPORT] : [OTHER_IMPORT];
	return (line) => patterns.flatMap((pattern) => {
		const found = pattern.exec(line)?.[1]?.trim();
		return found ? [found] : [];
	});
}
function swappedInputs(files, textOf = () => void 0) {
	return files.flatMap((file) => {
		const path = file.head ?? file.base ?? "";
		if (file.binary || isDocument(path)) return [];
		if (file.link) return swapOf(oneSided(file, (line) => [line]), `points ${path} to`);
		const isSource = languageOf(path) !== void 0;
		const sides = oneSided(file, isSource ? importsIn(path) : inputsIn);
		const choices = isSource ? [] : chosenByVariables(file, textOf(path) ?? "");
		return isSource ? swapOf(sides, `has ${path} include`) : swapOf(withoutForms(sides), "builds with").concat(choices).map((each) => `${each} (${path})`);
	});
}
const ASSIGNED = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]{0,2}=\s*([^#\n]{1,120}?)\s*$|^\s*set\(\s*([A-Za-z_]\w*)\s+([^)\n]{1,120})\)/i;
function chosenByVariables({ hunks }, text) {
	if (text.length > LARGEST_TEXT) return [];
	const on = (side) => new Map(hunks.flatMap((hunk) => hunk[side].flatMap((line) => {
		const [, plain, value, inCMake, set] = ASSIGNED.exec(line.slice(0, LONGEST_LINE$2)) ?? [];
		const name = plain ?? inCMake;
		return name === void 0 ? [] : [[name, (value ?? set ?? "").trim()]];
	})));
	const before = on("removed");
	return [...on("added")].flatMap(([name, value]) => {
		const old = before.get(name);
		const names = new RegExp(`(?:/|-I)\\$[({]?${name}\\b[)}]?|\\$(?:${name}\\b|[({]${name}[)}])[\\w./-]*(?:/|\\.\\w)`);
		if (old === void 0 || old === value || !names.test(text)) return [];
		return [`sets ${name} to ${value} in place of ${old}`];
	});
}
const LARGEST_TEXT = 4194304;
function withoutForms([before, after]) {
	const stem = (name) => name.replace(/^(?:.*\/)?(?:lib(?=.*\.(?:a|so|lib)$)|-l)?/, "").replace(/\.\w+$/, "");
	const isForm = (name) => /\.(?:o|obj|a|so|lib)$|^-l/.test(name);
	const without = (own, others) => {
		const stems = new Set(others.filter(isForm).map(stem));
		return own.filter((name) => !name.startsWith("-L") && !(isForm(name) && stems.has(stem(name))));
	};
	return [without(before, after), without(after, before)];
}
function swapOf([before, after], verb) {
	if (before.length === 0 || after.length === 0) return [];
	const some = (names) => names.slice(0, MOST_NAMED$1).join(", ");
	return [`${verb} ${some(after)} in place of ${some(before)}`];
}
function oneSided({ hunks }, find) {
	const on = (side) => new Set(hunks.flatMap((hunk) => hunk[side].filter((line) => line.length < LONGEST_LINE$2).flatMap(find)));
	const [before, after] = [on("removed"), on("added")];
	return [[...before].filter((each) => !after.has(each)), [...after].filter((each) => !before.has(each))];
}
const DIRECTIVE = /__attribute__\s*\(\(.*?\)\)\s*\)?|\[\[[^\]]*\]\]|#!?\[(?:inline|cold|target_feature|optimize|no_mangle|track_caller)[^\]]*\]|^\s*#\s*pragma\s+(?:GCC|clang|omp|unroll|ivdep|loop)\b.*$|\/\/go:[a-z]+|#cgo\b.*FLAGS:.*$|\b(?:__)?(?:force|no|always_)?inline(?:__)?\b|\bnoinline\b|@(?:inline|noinline|setCold)\b/g;
function directivesChanged(files) {
	return files.flatMap((file) => {
		const path = file.head ?? file.base ?? "";
		if (file.binary || file.base === void 0 || file.head === void 0 || languageOf(path) === void 0) return [];
		const [before, after] = oneSided(file, (line) => Array.from(line.matchAll(DIRECTIVE), ([text]) => text.trim()));
		return before.length + after.length > 0 ? [path] : [];
	});
}
// src/core/source/diff.ts
const DIFF_ARGUMENTS = [
	"diff",
	"--no-color",
	"--no-ext-diff",
	"--no-textconv",
	"--unified=0",
	"--find-renames",
	"--src-prefix=a/",
	"--dst-prefix=b/"
];
function parseDiff(text) {
	const lines = text.split("\n");
	const files = [];
	for (let at = 0; at < lines.length;) {
		if (!lines[at].startsWith("diff --git ")) {
			at++;
			continue;
		}
		const { file, next } = readFile(lines, at);
		files.push(file);
		at = next;
	}
	return files;
}
function readFile(lines, start) {
	const paths = bothPaths(lines[start].slice(11));
	const hunks = [];
	let binary = false;
	let link = false;
	let at = start + 1;
	while (at < lines.length && !lines[at].startsWith("diff --git ")) {
		const line = lines[at];
		const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s.exec(line);
		if (header) {
			const hunk = readHunk(lines, at, header);
			hunks.push(hunk);
			at += 1 + hunk.removed.length + hunk.added.length;
			continue;
		}
		if (line.startsWith("Binary files ") || line.startsWith("GIT binary patch")) binary = true;
		if (/^(?:index [0-9a-f]+\.\.[0-9a-f]+ |(?:new|deleted) file mode )120000$/.test(line)) link = true;
		readHeader(line, paths);
		at++;
	}
	return {
		file: {
			...paths,
			binary,
			...link ? { link } : {},
			hunks
		},
		next: at
	};
}
function readHeader(line, paths) {
	if (line.startsWith("new file mode ")) delete paths.base;
	else if (line.startsWith("deleted file mode ")) delete paths.head;
	else if (line.startsWith("rename from ")) paths.base = unquote(line.slice(12));
	else if (line.startsWith("rename to ")) paths.head = unquote(line.slice(10));
	else if (line.startsWith("--- a/") || line.startsWith("--- \"a/")) paths.base = unquote(line.slice(4)).slice(2);
	else if (line.startsWith("+++ b/") || line.startsWith("+++ \"b/")) paths.head = unquote(line.slice(4)).slice(2);
}
function readHunk(lines, at, header) {
	const range = (start, count) => ({
		start: Number(start),
		count: Number(count ?? 1)
	});
	const base = range(header[1], header[2]);
	const head = range(header[3], header[4]);
	const taken = (sign, room) => {
		const found = [];
		for (let next = at + 1; next < lines.length && found.length < room; next++) {
			const line = lines[next];
			if (line.startsWith(sign)) found.push(line.slice(1));
			else if (!line.startsWith("-") && !line.startsWith("\\")) break;
		}
		return found;
	};
	return {
		base,
		head,
		context: header[5] ?? "",
		removed: taken("-", base.count),
		added: taken("+", head.count)
	};
}
function bothPaths(text) {
	if (text.startsWith("\"")) {
		const end = endOfQuoted(text);
		return {
			base: unquote(text.slice(0, end)).slice(2),
			head: unquote(text.slice(end + 1)).slice(2)
		};
	}
	const half = (text.length - 1) / 2;
	return Number.isInteger(half) ? {
		base: text.slice(2, half),
		head: text.slice(half + 3)
	} : {};
}
function endOfQuoted(text) {
	let at = 1;
	while (at < text.length && text[at] !== "\"") at += text[at] === "\\" ? 2 : 1;
	return at + 1;
}
const ESCAPES = {
	a: 7,
	b: 8,
	t: 9,
	n: 10,
	v: 11,
	f: 12,
	r: 13,
	"\"": 34,
	"\\": 92
};
function unquote(text) {
	if (!text.startsWith("\"")) return text.replace(/\t$/, "");
	const bytes = [];
	const encoder = new TextEncoder();
	for (let at = 1; at < endOfQuoted(text) - 1; at++) {
		if (text[at] !== "\\") {
			bytes.push(...encoder.encode(text[at]));
			continue;
		}
		const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4));
		bytes.push(octal ? Number.parseInt(octal[0], 8) : ESCAPES[text[at + 1]] ?? 63);
		at += octal ? 3 : 1;
	}
	return new TextDecoder().decode(Uint8Array.from(bytes));
}
function touches(range, { from, to }) {
	if (range.count === 0) return range.start >= from && range.start + 1 <= to;
	return range.start <= to && range.start + range.count - 1 >= from;
}
function changedLine(hunks, extent) {
	const range = firstRange(hunks.filter(({ head }) => touches(head, extent)));
	return Math.max(extent.from, range?.start ?? 0);
}
function firstRange(hunks) {
	return (hunks.find(({ head }) => head.count > 0) ?? hunks[0])?.head;
}
// src/core/source/macro-crates.ts
function macroSources(files, textOf) {
	const known = new Map();
	const isMacroCrate = (folder) => {
		const found = known.get(folder);
		if (found !== void 0) return found;
		const manifest = textOf(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`);
		const parent = folder === "" ? void 0 : folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
		const holds = manifest !== void 0 && /^\s*\[package\]/m.test(manifest) ? /^\s*proc[-_]macro\s*=\s*true\b/m.test(manifest) : parent !== void 0 && isMacroCrate(parent);
		known.set(folder, holds);
		return holds;
	};
	return files.map(({ base, head }) => head ?? base ?? "").filter((path) => path.endsWith(".rs") && isMacroCrate(path.slice(0, Math.max(0, path.lastIndexOf("/")))));
}
// src/core/source/same-text.ts
const STAMP = /version|commit|revision|\bsha\b|_sha|\bhash\b|git|build|\bdate\b|time|describe|branch|generated|copyright/i;
const LONGEST_STAMP = 400;
function sameButStamps(base, head) {
	if (base === head) return true;
	const [ofBase, ofHead] = [base.split("\n"), head.split("\n")];
	if (ofBase.length !== ofHead.length) return false;
	return ofBase.every((line, at) => line === ofHead[at] || isStampPair(line, ofHead[at]));
}
function isStampPair(base, head) {
	if (base.length > LONGEST_STAMP || head.length > LONGEST_STAMP) return false;
	if (/^\s*(?:\/\/|\/\*|\*|#\s*line\b|;|--)/.test(base) && /^\s*(?:\/\/|\/\*|\*|#\s*line\b|;|--)/.test(head)) return true;
	if (withoutOptions(base) === withoutOptions(head)) return true;
	return STAMP.test(base) && STAMP.test(head) && blanked(base) === blanked(head);
}
const VERSION$1 = /"v?\d+(?:\.\d+)+(?:[-+][\w.]+)?"/;
function isTextStamp(base, head) {
	if (base.length > LONGEST_STAMP || head.length > LONGEST_STAMP) return false;
	const withoutTexts = (line) => line.replaceAll(/"[^"]*"/g, "\"\"");
	return (STAMP.test(base) || VERSION$1.test(base)) && withoutTexts(base) === withoutTexts(head);
}
const withoutOptions = (line) => line.replaceAll(/"(?:[\w./+-]*c(?:c|lang|\+\+)[\w.+-]* +)?-[\w=+,./:-]+(?: +-[\w=+,./:-]+)* *"/g, "\"-\"");
const blanked = (line) => line.replaceAll(/"[^"]*"|'[^']*'/g, "\"\"").replaceAll(/\b[0-9a-f]{7,40}\b|\b\d[\d.]*\b/g, "0");
// src/core/source/source-change.ts
const compilerOptions = ({ options = [] }) => options.filter((option) => !/^-wl,/i.test(option));
const LARGEST_SOURCE_CHARACTERS = 16777216;
function readSourceChange(files, sources) {
	const macros = macroSources(files, (path) => sources.head(path) ?? sources.base(path));
	const isOfProgram = (path) => !macros.includes(path) && !isBuildFile(path);
	const parts = files.filter(({ head, base, binary }) => languageOf(head ?? base ?? "") && !binary).filter(({ head, base }) => isOfProgram(head ?? base ?? "")).map((file) => readPart(file, sources));
	const paths = files.map((file) => file.head ?? file.base ?? "");
	const merely = movedTexts(parts);
	const functions = parts.flatMap((part) => part.touched.map(({ name, ...rest }) => ({
		name,
		...rest,
		rewritten: !merely.has(name)
	})));
	const others = files.filter((file) => !languageOf(file.head ?? file.base ?? "") && !file.binary).map((file) => ({
		file,
		touched: [],
		found: {
			base: void 0,
			head: void 0
		},
		outside: false
	}));
	const rangesOf = (side) => new Map([...parts, ...others].flatMap((part) => rangesThatCount(part, side, merely)));
	const ranges = {
		base: rangesOf("base"),
		head: rangesOf("head")
	};
	const passing = new Set(files.filter(passesOptions).map((file) => file.head ?? file.base));
	const steers = (path) => isBuildFile(path) || passing.has(path);
	return {
		functions: unique(functions),
		outside: parts.filter(({ outside }) => outside).map(({ file }) => file.head ?? file.base),
		outsideWords: [...new Set(parts.flatMap(({ words = [] }) => words))].slice(0, MOST_WORDS),
		other: paths.filter((path) => !languageOf(path) && !steers(path) && !isDocument(path)),
		build: paths.filter(steers),
		defines: definesOf(files, sources),
		options: optionsChanged(files),
		swaps: swappedInputs(files, (path) => sources.head(path) ?? sources.base(path)),
		directives: directivesChanged(files),
		idle: idleFiles(parts, ranges),
		dependencies: dependencyChanges(files, sources),
		macros,
		templates: paths.filter((path) => !languageOf(path) && !steers(path) && isTemplate(path)),
		ranges
	};
}
function idleFiles(parts, ranges) {
	return parts.filter(({ file, outside }) => !outside && !hasRanges(file, ranges)).flatMap(({ file }) => [...new Set([file.head, file.base])].filter((path) => path !== void 0));
}
const hasRanges = ({ base, head }, ranges) => base !== void 0 && ranges.base.has(base) || head !== void 0 && ranges.head.has(head);
const MOST_WORDS = 5e3;
const KEYWORD = /^(?:u?int(?:\d+_t)?|unsigned|signed|char|short|long|float|double|void|bool|size_t|[iuf](?:8|16|32|64|128|size)|string|String|static|const|constexpr|extern|inline|volatile|struct|class|enum|union|typedef|typename|template|using|namespace|define|ifdef|ifndef|endif|undef|public|private|pub|let|mut|fn|impl|type|use|var|func|package|import|return|if|else|for|while|switch|case|sizeof|auto|self)$/;
function readPart(file, sources) {
	const path = file.head ?? file.base;
	const functionsOf = (side) => {
		const name = file[side];
		const text = name === void 0 ? void 0 : sources[side](name);
		const language = name === void 0 ? void 0 : languageOf(name);
		return text !== void 0 && language && text.length <= LARGEST_SOURCE_CHARACTERS ? findFunctions(text, language) : void 0;
	};
	const found = {
		base: functionsOf("base"),
		head: functionsOf("head")
	};
	if (!found.base && !found.head) {
		const touched = namedByHeaders(file);
		return {
			file,
			found,
			touched,
			outside: touched.length < file.hunks.length
		};
	}
	const inside = (side) => (found[side] ?? []).filter((each) => file.hunks.some((hunk) => touches(hunk[side], each)));
	const onHead = new Map(found.head?.map((each) => [each.name, each]));
	const onBase = new Map(found.base?.map((each) => [each.name, each]));
	const touchedOn = (side) => inside(side).map((each) => {
		const extent = side === "head" ? each : onHead.get(each.name);
		const before = onBase.get(each.name);
		return {
			name: each.name,
			text: each.text,
			file: path,
			from: "text",
			...before ? { baseText: before.text } : {},
			...extent ? { line: changedLine(file.hunks, extent) } : {}
		};
	});
	const touched = [...touchedOn("head"), ...touchedOn("base")];
	const changed = file.hunks.flatMap((hunk) => ["base", "head"].flatMap((side) => linesOutside(hunk, side, found)));
	const words = changed.flatMap((line) => line.match(/[A-Za-z_]\w*/g) ?? []).filter((word) => !KEYWORD.test(word));
	return {
		file,
		found,
		touched,
		outside: changed.length > 0,
		words
	};
}
function namedByHeaders({ base, head, hunks }) {
	const named = new Map();
	for (const hunk of hunks) {
		const name = nameInContext(hunk.context);
		if (name === void 0) continue;
		const own = named.get(name);
		if (own) own.push(hunk);
		else named.set(name, [hunk]);
	}
	return Array.from(named, ([name, own]) => ({
		name,
		file: head ?? base,
		from: "hunks",
		...head === void 0 ? {} : { line: Math.max(1, firstRange(own)?.start ?? 0) }
	}));
}
const SAYS_NOTHING = /^\s*(?:$|\/\/|\/?\*|#\s*include\b|#\s*pragma\s+(?:GCC|clang|omp|once)\b|[{}]*\s*$|(?:extern\s+)?[\w\s*&:<>,]+\([^{}]*\)\s*;\s*$|use\s|import\s|package\s|mod\s+\w+;)/;
const LONGEST_LINE$1 = 500;
function linesOutside(hunk, side, found) {
	const lines = side === "base" ? hunk.removed : hunk.added;
	const functions = found[side] ?? [];
	const { removed, added } = hunk;
	if (removed.length === added.length && removed.every((line, at) => isTextStamp(line, added[at]))) return [];
	return lines.filter((line, at) => {
		const number = hunk[side].start + at;
		return !(line.length < LONGEST_LINE$1 && SAYS_NOTHING.test(line)) && !functions.some(({ from, to }) => number >= from && number <= to);
	});
}
function movedTexts(parts) {
	const texts = (side) => {
		const byName = new Map();
		for (const part of parts) for (const { name, text } of part.found[side] ?? []) byName.set(name, (byName.get(name) ?? new Set()).add(text));
		return byName;
	};
	const head = texts("head");
	const same = [...texts("base")].filter(([name, ofBase]) => {
		const ofHead = head.get(name);
		return ofHead?.size === ofBase.size && [...ofBase].every((text) => ofHead.has(text));
	});
	return new Set(same.map(([name]) => name));
}
function rangesThatCount(part, side, merely) {
	const path = part.file[side];
	if (path === void 0) return [];
	const moved = (part.found[side] ?? []).filter(({ name }) => merely.has(name));
	const ranges = part.file.hunks.map((hunk) => hunk[side]).filter((range) => range.count > 0 && !moved.some(({ from, to }) => range.start >= from && range.start + range.count - 1 <= to));
	return ranges.length > 0 ? [[path, ranges]] : [];
}
function unique(functions) {
	const seen = new Map();
	for (const each of functions) if (!seen.has(`${each.file}\0${each.name}`)) seen.set(`${each.file}\0${each.name}`, each);
	return [...seen.values()];
}
// src/core/placement/block-costs.ts
const LEAST_VISITS = 20;
const LEAST_SHARE$4 = .005;
function compareBlocks(hot, profiles) {
	const { base, head } = profiles;
	if (!base.blocks?.length || !head.blocks?.length) return void 0;
	const total = {
		base: cyclesOf(base.blocks),
		head: cyclesOf(head.blocks)
	};
	const byObject = {
		base: grouped(base.blocks),
		head: grouped(head.blocks)
	};
	return hot.flatMap((code) => {
		const { baseCode, headCode, sameness, object } = code;
		if (sameness !== "same" || !baseCode || !headCode || !object.base || !object.head) return [];
		const onHead = new Map(blocksIn(code, "head", byObject).map((block) => [positionsOf(code, "head", block), block]));
		return blocksIn(code, "base", byObject).flatMap((block) => {
			const position = positionsOf(code, "base", block);
			const other = position === void 0 ? void 0 : onHead.get(position);
			if (!other || block.visits < LEAST_VISITS || other.visits < LEAST_VISITS) return [];
			const share = {
				base: block.cycles / total.base,
				head: other.cycles / total.head
			};
			if (Math.max(share.base, share.head) < LEAST_SHARE$4) return [];
			return [{
				symbol: code.name,
				object: object.name,
				moved: code.moved,
				share,
				address: {
					base: block.start,
					head: other.start
				},
				cycles: {
					base: block.cycles / block.visits,
					head: other.cycles / other.visits
				}
			}];
		});
	});
}
const cyclesOf = (blocks) => blocks.reduce((sum, { cycles }) => sum + cycles, 0);
function grouped(blocks) {
	const found = new Map();
	for (const block of blocks) found.set(block.object, [...found.get(block.object) ?? [], block]);
	return found;
}
function blocksIn(code, side, byObject) {
	const path = code.object[side]?.profile.profile.object ?? "";
	const symbol = code[side]?.symbol;
	if (!symbol) return [];
	const end = symbol.address + symbol.size;
	return (byObject[side].get(path) ?? []).filter((block) => block.start >= symbol.address && block.end < end);
}
function positionsOf(code, side, { start, end }) {
	const body = (side === "base" ? code.baseCode : code.headCode)?.body;
	const [first, last] = [body?.indexAt(start), body?.indexAt(end)];
	return first === void 0 || last === void 0 ? void 0 : `${first} ${last}`;
}
// src/core/placement/compare-sources.ts
const MOST_INSTANCES = 200;
const MOST_BYTES$4 = 8192;
function* ownLines({ name, address, size }, table, inlined) {
	const end = address + Math.min(size, MOST_BYTES$4);
	const inner = Array.from({ length: end - address });
	for (const each of [...inlined].sort((a, b) => a.depth - b.depth)) for (const { low, high } of each.ranges) inner.fill(each, Math.max(0, low - address), Math.max(0, Math.min(high, end) - address));
	for (const [at, each] of inner.entries()) {
		const line = table.lineOf(address + at);
		if (line !== void 0 && line.file !== "") yield {
			...line,
			name: each?.name ?? name
		};
	}
}
const inlinedAt = (symbol, inlines) => (inlines?.within(symbol) ?? []).slice(0, MOST_INSTANCES);
function sameNamed(file, tables, { read }) {
	const sums = {
		base: tables.base.checksumOf(file),
		head: tables.head.checksumOf(file)
	};
	if (sums.base !== void 0 && sums.base === sums.head) return "same";
	const [ofBase, ofHead] = [read.base(file), read.head(file)];
	if (ofBase === void 0 && ofHead === void 0) return PINNED.test(file) ? "same" : "unknown";
	return ofBase === ofHead ? "same" : "changed";
}
function withoutVersions(path) {
	return path.replaceAll(/[-@_]v?\d+(?:\.[\w+]+)+(?:-[\w.+]+)?(?=\/)|(?<=\/)[0-9a-f]{7,64}(?=\/)/g, "");
}
const PINNED = /^\/rustc\/[0-9a-f]{40}\/|\/registry\/src\/[^/]+\/[^/]+-\d[^/]*\/|@v\d[^/]*\//;
function compareFile(parts, tables, { read }) {
	const { base, head } = parts;
	const sums = {
		base: tables.base.checksumOf(base.file),
		head: tables.head.checksumOf(head.file)
	};
	if (sums.base !== void 0 && sums.base === sums.head) return "same";
	const sumsDiffer = sums.base !== void 0 && sums.head !== void 0;
	if (!sumsDiffer && base.file === head.file && PINNED.test(base.file)) return "same";
	const [ofBase, ofHead] = [read.base(base.file), read.head(head.file)];
	if (ofBase === void 0 || ofHead === void 0) return sumsDiffer ? "changed" : "unknown";
	if (ofBase === ofHead) return sumsDiffer ? "changed" : "same";
	const [texts, others] = [linesOf(ofBase), linesOf(ofHead)];
	return holdsAll(texts, base, new Set(others)) && holdsAll(others, head, new Set(texts)) ? "near" : "changed";
}
const linesOf = (text) => text.split("\n").map((line) => line.trim());
const holdsAll = (texts, { lines }, others) => [...lines].every((line) => others.has(texts[line - 1] ?? ""));
// src/core/placement/taken-instead.ts
function linkerName(symbol) {
	const name = originOf$1(normaliseName(symbol));
	return name.startsWith("_ZL") ? sourceName(name) : name;
}
function writtenIn(changed, { lines, inlines }) {
	const on = (side) => {
		const found = new Map();
		for (const code of changed) {
			const symbol = code[side]?.symbol;
			const table = symbol && lines(code.object, side);
			if (!symbol || !table) continue;
			for (const { name, file, line } of ownLines(symbol, table, inlinedAt(symbol, inlines?.(code.object, side)))) {
				const key = linkerName(name);
				const files = found.get(key) ?? new Map();
				found.set(key, files);
				const part = files.get(file) ?? {
					file,
					lines: new Set(),
					table
				};
				files.set(file, part);
				part.lines.add(line);
			}
		}
		return found;
	};
	return {
		base: on("base"),
		head: on("head")
	};
}
function takenInstead(code, { written, alone, sources, inDiff, inlines }) {
	const names = ["base", "head"].flatMap((side) => {
		const symbol = code[side]?.symbol;
		if (!symbol) return [];
		return [symbol, ...inlinedAt(symbol, inlines?.(code.object, side))].map(({ name }) => linkerName(name));
	});
	return [...new Set(names)].flatMap((name) => {
		const base = [...written.base.get(name)?.values() ?? []];
		const head = [...written.head.get(name)?.values() ?? []];
		const [was, is] = [base[0], head[0]];
		if (!was || !is || [...base, ...head].some(({ file }) => inDiff(file))) return [];
		const same = head.flatMap((part) => {
			const partner = base.find((each) => withoutVersions(each.file) === withoutVersions(part.file));
			return partner ? [[partner, part]] : [];
		});
		if (same.length > 0) return same.every(([one, other]) => one.file === other.file && areDefinitions(name, one, other, sources.read.head(other.file))) ? [{
			file: is.file,
			was: is.file,
			state: "changed"
		}] : [];
		if (!alone.has(name)) return [];
		const state = compareFile({
			base: was,
			head: is
		}, {
			base: was.table,
			head: is.table
		}, sources);
		return [{
			file: is.file,
			was: was.file,
			state
		}];
	});
}
function areDefinitions(symbol, one, other, text) {
	const [first, second] = Math.max(...one.lines) < Math.min(...other.lines) ? [one, other] : [other, one];
	const [from, to] = [Math.max(...first.lines), Math.min(...second.lines)];
	const name = sourceName(symbol);
	if (from >= to || text === void 0 || !/^\w+$/.test(name)) return false;
	const begins = new RegExp(`\\b${name}\\s*[(<]`);
	return text.split("\n").slice(from, to).some((line) => begins.test(line));
}
const UNIT = /^[^/].*\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|d|go|rs|zig|nim|swift|f|f90|F90|s|S|asm|adb|pas)$/;
function addedUnit(code, lines, { inDiff }) {
	const side = code.head ? "head" : "base";
	const other = lines(code.object, side === "head" ? "base" : "head");
	const file = lines(code.object, side)?.lineOf(code[side].symbol.address)?.file;
	if (file === void 0 || !other || inDiff(file) || !UNIT.test(file) || other.files.includes(file)) return [];
	return [{
		file,
		was: "",
		state: "changed"
	}];
}
function oneSidedUnits(hot, inDiff) {
	const objects = [...new Set(hot.map(({ object }) => object))].filter(({ shared, base, head }) => !shared && base?.view.elf.unitFiles.length && head?.view.elf.unitFiles.length);
	const on = (side) => new Set(objects.flatMap((object) => object[side].view.elf.unitFiles).filter((name) => UNIT.test(name) && !/^cc\w{6}\.|ltrans/.test(name) && !inDiff(name)));
	const [base, head] = [on("base"), on("head")];
	return {
		base: [...base].filter((name) => !head.has(name)),
		head: [...head].filter((name) => !base.has(name))
	};
}
// src/core/placement/built-from.ts
const UNKNOWN = {
	state: "unknown",
	files: []
};
function originOf(code, lines, how) {
	const [ofBase, ofHead] = [lines(code.object, "base"), lines(code.object, "head")];
	if (!ofBase || !ofHead || !code.base || !code.head) return UNKNOWN;
	const tables = {
		base: ofBase,
		head: ofHead
	};
	const partsOn = (side) => Array.from(tables[side].codeLinesOf(code[side].symbol), ([file, numbers]) => ({
		file,
		lines: numbers
	})).filter(({ file }) => file !== "");
	const parts = {
		base: partsOn("base"),
		head: partsOn("head")
	};
	if (parts.base.length === 0 || parts.head.length === 0) return UNKNOWN;
	const namesOn = (side) => functionFiles(code[side].symbol, tables[side], how.inlines?.(code.object, side));
	const partnerOf = pairFiles(parts, namesOn);
	const instead = new Map();
	const partnered = parts.head.flatMap((head) => {
		const base = partnerOf.get(head);
		if (!base || how.inDiff(head.file)) return [];
		if (how.isIdle(head.file)) return [{
			file: head.file,
			state: "same"
		}];
		const state = compareFile({
			base,
			head
		}, tables, how.sources);
		if (withoutVersions(base.file) !== withoutVersions(head.file)) instead.set(head.file, base.file);
		return [{
			file: head.file,
			state
		}];
	});
	const paired = new Set(partnerOf.values());
	const alone = [...parts.head.filter((part) => !partnerOf.has(part)), ...parts.base.filter((part) => !paired.has(part))].filter(({ file }) => !how.inDiff(file) && !how.isIdle(file)).map(({ file }) => ({
		file,
		state: sameNamed(file, tables, how.sources)
	}));
	const origin = worst([...partnered, ...alone]);
	return instead.size > 0 ? {
		...origin,
		instead
	} : origin;
}
function worst(files) {
	for (const state of [
		"changed",
		"unknown",
		"near"
	]) {
		const found = files.filter((each) => each.state === state);
		if (found.length > 0) return {
			state,
			files: found.map(({ file }) => file)
		};
	}
	return {
		state: "same",
		files: []
	};
}
function functionFiles(symbol, table, inlines) {
	const found = new Map();
	for (const { file, name } of ownLines(symbol, table, inlinedAt(symbol, inlines))) found.set(file, (found.get(file) ?? new Set()).add(sourceName(name)));
	return found;
}
function pairFiles({ base, head }, namesOn) {
	const pairs = new Map();
	const free = new Set(base);
	const keys = [
		(file) => file,
		withoutVersions,
		(file) => file.slice(file.lastIndexOf("/") + 1)
	];
	for (const key of keys) {
		const byKey = new Map();
		for (const part of free) byKey.set(key(part.file), byKey.has(key(part.file)) ? void 0 : part);
		for (const part of head) {
			const partner = pairs.has(part) ? void 0 : byKey.get(key(part.file));
			if (!partner || !free.has(partner)) continue;
			pairs.set(part, partner);
			free.delete(partner);
		}
	}
	if (free.size === 0 || pairs.size === head.length) return pairs;
	const names = {
		base: namesOn("base"),
		head: namesOn("head")
	};
	for (const part of head) {
		if (pairs.has(part)) continue;
		const own = names.head.get(part.file) ?? new Set();
		const partner = [...free].find((each) => [...names.base.get(each.file) ?? []].some((name) => own.has(name)));
		if (!partner) continue;
		pairs.set(part, partner);
		free.delete(partner);
	}
	return pairs;
}
function textOf(code, lines, { read }) {
	const symbol = code.head?.symbol;
	return ((symbol ? lines(code.object, "head")?.linesOf(symbol) : void 0) ?? []).map(({ file, first, last }) => read.head(file)?.split("\n").slice(first - 1, last).join("\n") ?? "").join("\n");
}
function withTaken(origin, taken) {
	const other = taken.filter(({ state }) => state === "changed");
	if (other.length === 0) return origin;
	const known = origin.state === "changed" ? origin.files : [];
	const instead = new Map([...origin.instead ?? [], ...other.map(({ file, was }) => [file, was])]);
	return {
		...origin,
		state: "changed",
		files: [...new Set([...known, ...instead.keys()])],
		instead
	};
}
function originsOf(hot, { lines, sources, change, inlines }) {
	if (!sources) return void 0;
	const named = new Set([...change.ranges.base.keys(), ...change.ranges.head.keys()]);
	const idle = new Set(change.idle);
	const how = {
		sources,
		inlines,
		inDiff: (file) => named.has(file),
		isIdle: (file) => idle.has(file)
	};
	const changed = hot.filter((code) => code.sameness === "changed");
	const oneSided = hot.filter(({ base, head, object }) => !object.shared && (!base || !head));
	const written = writtenIn([...changed, ...oneSided], {
		lines,
		inlines
	});
	const places = {
		...how,
		written,
		alone: new Set(oneSided.map(({ name }) => linkerName(name)))
	};
	return {
		of: new Map([...changed.map((code) => {
			return [code, withTaken({
				...originOf(code, lines, how),
				...compareOptions(code, inlines)
			}, takenInstead(code, places))];
		}), ...oneSided.flatMap((code) => {
			const taken = takenInstead(code, places);
			const added = compilerOptions(change).length > 0 ? [] : addedUnit(code, lines, how);
			const origin = withTaken(UNKNOWN, taken.length > 0 ? taken : added);
			return origin === UNKNOWN ? [] : [[code, origin]];
		})]),
		generated: sources.generated,
		embedded: sources.embedded ?? [],
		complete: sources.complete,
		textOf: (code) => textOf(code, lines, sources),
		units: oneSidedUnits(hot, (name) => [...named].some((file) => file === name || file.endsWith(`/${name}`)))
	};
}
const WITH_OPTIONS = /^GNU (?!.* -f(?:lto|profile|auto-profile)).* -/;
function compareOptions(code, inlines) {
	const [base, head] = ["base", "head"].map((side) => {
		const symbol = code[side]?.symbol;
		return symbol && inlines?.(code.object, side)?.producerOf(symbol);
	});
	if (base === void 0 || head === void 0) return {};
	if (base === head) return WITH_OPTIONS.test(base) ? { sameOptions: true } : {};
	return GNU.test(base) && GNU.test(head) && withoutNames(base) !== withoutNames(head) ? { otherOptions: true } : {};
}
const GNU = /^GNU .* -/;
const withoutNames = (producer) => producer.replaceAll(/ -(?:g[\w.+-]*|[\w-]*prefix-map=\S+|frandom-seed=\S+|I\S+)/g, "");
// src/core/placement/code-lines.ts
function visitedCode(objects, side, how) {
	return objects.flatMap((object) => {
		const part = object[side];
		if (!part) return [];
		const { addresses, counts } = part.profile.profile;
		const visits = new Map();
		addresses.forEach((address, index) => {
			const line = Math.floor(address / how.lineBytes);
			const before = visits.get(line) ?? 0;
			visits.set(line, how.source === "callgrind" ? Math.max(before, counts[index]) : before + counts[index]);
		});
		return Array.from(visits, ([line, count]) => ({
			line,
			visits: count,
			owners: ownersOf(part.view.functions, line * how.lineBytes, how.lineBytes)
		}));
	});
}
function ownersOf(functions, address, lineBytes) {
	const owners = new Set();
	for (let at = address; at < address + lineBytes; at += 16) {
		const name = functions.at(at)?.name;
		if (name !== void 0) owners.add(name);
	}
	return [...owners];
}
// src/core/placement/crowding.ts
const KEPT_VISITS = .995;
function crowdingOf$1(lines, cache) {
	const kept = keepVisited(lines);
	const sets = new Map();
	for (const line of kept) {
		const set = line.line % setsOf(cache);
		const together = sets.get(set);
		if (together) together.push(line);
		else sets.set(set, [line]);
	}
	const total = sumOf(kept);
	let beyond = 0;
	let mostLines = 0;
	const crowded = [];
	for (const [set, together] of sets) {
		mostLines = Math.max(mostLines, together.length);
		if (together.length <= cache.ways) continue;
		beyond += sumOf(together.toSorted((a, b) => b.visits - a.visits).slice(cache.ways));
		const owners = [...new Set(together.flatMap((line) => line.owners))];
		crowded.push({
			set,
			lines: together.length,
			visits: sumOf(together),
			owners
		});
	}
	crowded.sort((a, b) => b.lines - a.lines || b.visits - a.visits);
	return {
		score: total > 0 ? beyond / total : 0,
		lines: kept.length,
		mostLines,
		crowded
	};
}
const sumOf = (lines) => lines.reduce((sum, line) => sum + line.visits, 0);
function keepVisited(lines) {
	const enough = KEPT_VISITS * sumOf(lines);
	let visits = 0;
	return lines.toSorted((a, b) => b.visits - a.visits).filter((line) => {
		const wanted = visits < enough;
		visits += line.visits;
		return wanted;
	});
}
// src/core/placement/moves.ts
const PAGE_BYTES$1 = 4096;
function placeOf$1(view, range, cache) {
	const { address, size } = range;
	const section = view.sectionAt(address);
	return {
		address,
		size,
		...section ? { section: section.name } : {},
		lines: unitsSpanned(range, cache.lineBytes),
		pages: unitsSpanned(range, PAGE_BYTES$1),
		sets: setsTouched(range, cache)
	};
}
function movesOf(hot, geometry) {
	return hot.flatMap(({ name, object, base, head, moved, sameness }) => {
		if (!moved || !base || !head || sameness === "changed" || !object.base || !object.head) return [];
		return [{
			symbol: name,
			object: object.name,
			share: Math.max(base.share, head.share),
			from: placeOf$1(object.base.view, base.symbol, geometry.l1i),
			to: placeOf$1(object.head.view, head.symbol, geometry.l1i)
		}];
	});
}
function distancesOf(moves) {
	return new Set(moves.map(({ from, to }) => to.address - from.address)).size;
}
// src/core/placement/data-moves.ts
const LARGEST_CROWDING_BYTES = 4096;
const LARGEST_TABLE_BYTES = 65536;
function findHotData(hot, side, how) {
	const { total, exact } = how;
	const found = new Map();
	for (const [object, mentions] of mentionsOf(hot, side, exact)) for (const [symbol, { count, share }] of mentions) {
		const visits = total > 0 ? count / total : 0;
		record(found, object, {
			side,
			symbol,
			share,
			visits
		});
		const targets = pointees(object[side].view, symbol);
		for (const target of targets) record(found, object, {
			side,
			symbol: target,
			share,
			visits: visits / targets.length
		});
	}
	return [...found.values()].sort((a, b) => b.share - a.share);
}
function mentionsOf(hot, side, exact) {
	const all = new Map();
	for (const { object, ...codes } of hot) {
		const part = object[side];
		const code = side === "base" ? codes.baseCode : codes.headCode;
		if (!part || !code || object.shared) continue;
		const mentions = all.get(object) ?? new Map();
		all.set(object, mentions);
		for (const { address, fields } of code.body.instructions) {
			const count = fields.length > 0 ? Math.max(part.profile.at(address), exact ? 0 : 1) : 0;
			if (count === 0) continue;
			for (const { kind, target } of fields) {
				const symbol = kind === "code" ? void 0 : dataAt(part.view, target);
				const known = symbol && mentions.get(symbol);
				const share = Math.max(known?.share ?? 0, codes[side]?.share ?? 0);
				if (symbol) mentions.set(symbol, {
					count: (known?.count ?? 0) + count,
					share
				});
			}
		}
	}
	return all;
}
const DATA_SECTION = /^\.(?:l?data|l?bss|l?rodata|tdata|tbss|sdata|sbss|noptr)/;
function dataAt(view, address) {
	const symbol = view.data.at(address);
	return symbol && DATA_SECTION.test(view.sectionAt(symbol.address)?.name ?? "") ? symbol : void 0;
}
function pointees(view, table) {
	if (table.size > LARGEST_TABLE_BYTES) return [];
	const targets = [];
	for (let at = table.address; at + 8 <= table.address + table.size; at += 8) {
		const slot = view.slotAt(at);
		const target = slot && "address" in slot ? dataAt(view, slot.address) : void 0;
		if (target && target !== table) targets.push(target);
	}
	return targets;
}
function record(found, object, of) {
	const { side, symbol } = of;
	const known = found.get(symbol);
	const index = known?.index ?? indexOfSymbol(object[side].view.data, symbol);
	const share = Math.max(known?.share ?? 0, of.share);
	found.set(symbol, {
		object,
		index,
		symbol,
		share,
		visits: (known?.visits ?? 0) + of.visits
	});
}
function indexOfSymbol({ symbols, lastUpTo }, symbol) {
	let index = lastUpTo(symbol.address);
	while (index >= 0 && symbols[index] !== symbol) index--;
	return index;
}
function visitedData(data, lineBytes) {
	const lines = new Map();
	for (const { object, symbol, visits } of data) {
		if (symbol.size > LARGEST_CROWDING_BYTES) continue;
		const on = linesOf$4(symbol, lineBytes);
		for (const line of on) {
			const key = `${object.name}\0${line}`;
			const known = lines.get(key) ?? {
				line,
				visits: 0,
				owners: []
			};
			lines.set(key, {
				line,
				visits: known.visits + visits / on.length,
				owners: [...known.owners, symbol.name]
			});
		}
	}
	return [...lines.values()];
}
function moveData(head, geometry) {
	const moved = [];
	const rewritten = [];
	const resized = [];
	for (const { object, index, symbol, share } of head) {
		const partner = object.data.baseOf[index] ?? -1;
		const old = partner >= 0 ? object.base?.view.data.symbols[partner] : void 0;
		if (!old || !object.base || !object.head) continue;
		if (!sameContents({
			view: object.base.view,
			symbol: old
		}, {
			view: object.head.view,
			symbol
		})) rewritten.push(symbol.name);
		if (old.size !== symbol.size) resized.push({
			symbol: symbol.name,
			from: old.size,
			to: symbol.size,
			share
		});
		else if (old.address !== symbol.address) {
			const from = placeOf$1(object.base.view, old, geometry.l1d);
			moved.push({
				symbol: symbol.name,
				object: object.name,
				share,
				from,
				to: placeOf$1(object.head.view, symbol, geometry.l1d)
			});
		}
	}
	return {
		moved,
		resized,
		rewritten
	};
}
function sameContents(base, head) {
	if (base.symbol.size !== head.symbol.size) return true;
	const size = Math.min(base.symbol.size, LARGEST_TABLE_BYTES);
	const [one, other] = [base.view.elf.bytesAt(base.symbol.address, size), head.view.elf.bytesAt(head.symbol.address, size)];
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at += 8) if (!one.subarray(at, at + 8).every((byte, index) => byte === other[at + index]) && !(base.view.slotAt(base.symbol.address + at) && head.view.slotAt(head.symbol.address + at))) return false;
	return true;
}
// src/core/placement/inlined.ts
function inlinedCosts(code, side, inlinesOf) {
	const part = code.object[side];
	const symbol = code[side]?.symbol;
	const table = part && symbol && !code.object.shared ? inlinesOf?.(code.object, side) : void 0;
	if (!part || !symbol || !table?.known) return void 0;
	const instances = table.within(symbol);
	if (!instances) return void 0;
	const wholes = instances.map((instance) => countIn(part, instance, symbol));
	const costs = new Map();
	instances.forEach((instance, at) => {
		const key = normaliseName(instance.name);
		const known = costs.get(key) ?? {
			name: instance.name,
			own: 0,
			whole: 0
		};
		costs.set(key, {
			name: known.name,
			own: known.own + wholes[at] - insideOf(instances, wholes, at),
			whole: known.whole + (isInsideItself(instances, at) ? 0 : wholes[at])
		});
	});
	return costs;
}
function countIn({ profile }, { ranges }, { address, size }) {
	return ranges.reduce((sum, { low, high }) => {
		const [start, end] = [Math.max(low, address), Math.min(high, address + size)];
		return end > start ? sum + profile.sum(start, end).count : sum;
	}, 0);
}
function insideOf(instances, wholes, at) {
	let sum = 0;
	const { depth } = instances[at];
	for (let next = at + 1; next < instances.length && instances[next].depth > depth; next++) if (instances[next].depth === depth + 1) sum += wholes[next];
	return sum;
}
function isInsideItself(instances, at) {
	let { depth } = instances[at];
	for (let before = at - 1; before >= 0 && depth > 0; before--) {
		if (instances[before].depth >= depth) continue;
		depth = instances[before].depth;
		if (instances[before].name === instances[at].name) return true;
	}
	return false;
}
function inlinedInto(hot, inlinesOf) {
	const found = new Map();
	if (!inlinesOf) return found;
	for (const code of hot) {
		const [base, head] = [inlinedCosts(code, "base", inlinesOf), inlinedCosts(code, "head", inlinesOf)];
		if (base || head) found.set(code, {
			...base ? { base } : {},
			...head ? { head } : {}
		});
	}
	return found;
}
// src/core/placement/touched.ts
function findTouched(request, costs) {
	const shares = readShares(costs);
	const byLines = HEAD_FIRST.flatMap((side) => touchedByLines(request, side, shares));
	const found = new Map();
	for (const each of [...byLines, ...touchedByName(request, shares, byLines)]) {
		const key = sourceName(each.function);
		const known = found.get(key);
		found.set(key, known ? joined(known, each) : each);
	}
	return (found.size > 0 ? [...found.values()] : touchedBySize(request, shares)).sort((a, b) => b.share - a.share).slice(0, MOST_TOUCHED);
}
const HEAD_FIRST = ["head", "base"];
const MOST_TOUCHED = 200;
function withInlined(touched, how) {
	const shares = inlinedShares$1(how.inlined, how.totals);
	const seen = new Set();
	const raised = touched.map((row) => {
		const name = sourceName(row.function);
		const found = seen.has(name) ? void 0 : shares.get(name);
		seen.add(name);
		if (!found || row.from === "sizes" || found.share <= 0) return row;
		if (row.from === "lines" && found.hosts.every((host) => host === row.function)) return row;
		return {
			...row,
			share: Math.min(1, row.share + found.share),
			inlinedIn: found.hosts[0]
		};
	});
	const added = how.change.functions.filter(({ name, rewritten }) => rewritten && !seen.has(name) && (shares.get(name)?.share ?? 0) > 0).map(({ name, file, line }) => {
		const { share, hosts } = shares.get(name);
		seen.add(name);
		return {
			function: name,
			file,
			share,
			from: "hunks",
			inlinedIn: hosts[0],
			...line === void 0 ? {} : { line }
		};
	});
	return [...raised, ...added].sort((a, b) => b.share - a.share);
}
function inlinedShares$1(inlined, totals) {
	const found = new Map();
	for (const side of HEAD_FIRST) {
		const counts = new Map();
		for (const [code, costs] of inlined) for (const { name, whole } of costs[side]?.values() ?? []) {
			const key = sourceName(name);
			const known = counts.get(key) ?? {
				count: 0,
				hosts: []
			};
			counts.set(key, {
				count: known.count + whole,
				hosts: [...known.hosts, [code.name, whole]]
			});
		}
		for (const [name, { count, hosts }] of counts) {
			const share = totals[side] > 0 ? count / totals[side] : 0;
			if (share <= (found.get(name)?.share ?? 0)) continue;
			found.set(name, {
				share,
				hosts: hosts.sort((a, b) => b[1] - a[1]).map(([host]) => host)
			});
		}
	}
	return found;
}
function withBuiltSources(touched, hot, { origins, change }) {
	if (!origins) return [...touched];
	const known = new Set(touched.map((row) => sourceName(row.function)));
	const found = hot.flatMap((code) => {
		const origin = origins.of.get(code);
		if (origin?.state !== "changed" || known.has(sourceName(code.name))) return [];
		const share = Math.max(code.base?.share ?? 0, code.head?.share ?? 0);
		return origin.files.slice(0, 1).map((file) => {
			const through = reachOf(file, change);
			return {
				function: code.name,
				file,
				share,
				from: "sources",
				...through ? { through } : {}
			};
		});
	});
	return [...touched, ...found].sort((a, b) => b.share - a.share).slice(0, MOST_TOUCHED);
}
function joined(known, each) {
	const hotter = known.share < each.share ? each : known;
	if (hotter === each && each.line === void 0) return {
		...each,
		from: known.from
	};
	const place = (hotter === each && each.from === "lines" ? [each, known] : [known, each]).find(({ line }) => line !== void 0);
	if (place?.line === void 0) return {
		...hotter,
		from: known.from
	};
	return {
		...hotter,
		from: known.from,
		file: place.file,
		line: place.line
	};
}
function touchedByLines(request, side, shares) {
	const found = [];
	for (const object of request.objects) {
		if (object.shared || !object[side]) continue;
		const lines = request.lines(object, side);
		if (!lines || lines.files.length === 0) continue;
		for (const [file, changed] of request.change.ranges[side]) {
			const ranges = changed.map(({ start, count }) => ({
				first: start,
				last: start + count - 1
			}));
			for (const { symbol, line } of lines.functionsTouching(file, ranges)) {
				const share = shares.bySymbol.get(symbol.name) ?? 0;
				const row = {
					function: symbol.name,
					file,
					share,
					from: "lines"
				};
				found.push(side === "head" ? {
					...row,
					line
				} : row);
			}
		}
	}
	return found;
}
function touchedByName(request, shares, byLines) {
	const names = new Set(byLines.map((row) => sourceName(row.function)));
	const shown = new Set(byLines.map((row) => identityOf(row.function)));
	const isSure = (name) => {
		const ran = [...shares.ran.get(name) ?? []];
		return names.has(name) ? ran.every((each) => shown.has(each)) : ran.length <= 1;
	};
	return request.change.functions.filter(({ rewritten }) => rewritten).map(({ name, file, line }) => ({
		function: name,
		file,
		share: shares.bySource.get(name) ?? 0,
		from: "hunks",
		...line !== void 0 && isSure(name) ? { line } : {}
	}));
}
const identityOf = (symbol) => originOf$1(normaliseName(symbol));
function touchedBySize({ change, objects }, shares) {
	const [file, ...others] = change.outside;
	if (file === void 0) return [];
	return objects.flatMap(({ shared, base, head, functions }) => {
		if (shared || !base || !head) return [];
		return head.view.functions.symbols.flatMap((symbol, index) => {
			const partner = base.view.functions.symbols[functions.baseOf[index] ?? -1];
			if (!partner || partner.size === symbol.size) return [];
			const share = shares.bySymbol.get(symbol.name) ?? 0;
			return [{
				function: symbol.name,
				file: others.length === 0 ? file : "",
				share,
				from: "sizes"
			}];
		});
	});
}
function readShares(costs) {
	const bySymbol = new Map();
	const bySource = new Map();
	const ran = new Map();
	for (const side of HEAD_FIRST) {
		const [symbols, sources] = [new Map(), new Map()];
		for (const [object, functions] of costs[side]) for (const { symbol, share } of functions.values()) {
			symbols.set(symbol.name, (symbols.get(symbol.name) ?? 0) + share);
			const name = sourceName(symbol.name);
			if (object.shared) continue;
			sources.set(name, (sources.get(name) ?? 0) + share);
			ran.set(name, (ran.get(name) ?? new Set()).add(identityOf(symbol.name)));
		}
		raise(bySymbol, symbols);
		raise(bySource, sources);
	}
	return {
		bySymbol,
		bySource,
		ran
	};
}
function raise(greatest, shares) {
	for (const [name, share] of shares) greatest.set(name, Math.max(share, greatest.get(name) ?? 0));
}
// src/core/placement/examine.ts
function examine(request) {
	const { objects, profiles, geometry, change } = request;
	const exact = profiles.base.source === "callgrind" && profiles.head.source === "callgrind";
	const totals = {
		base: profiles.base.total,
		head: profiles.head.total
	};
	const costs = {
		base: costsOn("base", objects, totals.base),
		head: costsOn("head", objects, totals.head)
	};
	const { hot: pairs } = findHot(objects, totals, costs);
	const hot = compareAll(pairs, objects, exact);
	const moves = movesOf(hot, geometry);
	const crowdingAt = (side) => crowdingOf$1(visitedCode(objects, side, {
		lineBytes: geometry.l1i.lineBytes,
		source: profiles[side].source
	}), geometry.l1i);
	const data = {
		base: findHotData(hot, "base", {
			total: totals.base,
			exact
		}),
		head: findHotData(hot, "head", {
			total: totals.head,
			exact
		})
	};
	const dataAt = (side) => crowdingOf$1(visitedData(data[side], geometry.l1d.lineBytes), geometry.l1d);
	const blocks = compareBlocks(hot, profiles);
	const origins = originsOf(hot, request);
	const inlined = inlinedInto(hot, request.inlines);
	const touched = withInlined(findTouched(request, costs), {
		inlined,
		totals,
		change
	});
	return {
		exact,
		totals,
		hot,
		moves,
		change,
		objects,
		geometry,
		hazards: request.hazards ?? [],
		...origins ? { origins } : {},
		...blocks ? { blocks } : {},
		resizedShare: compilerOptions(change).length > 0 ? resizedShare(objects, request.lines) : 0,
		...inlined.size > 0 ? { inlined } : {},
		loops: moveLoops(hot, {
			total: totals.head,
			lineBytes: geometry.l1i.lineBytes
		}),
		crowding: {
			base: crowdingAt("base"),
			head: crowdingAt("head")
		},
		data: moveData(data.head, geometry),
		dataCrowding: {
			base: dataAt("base"),
			head: dataAt("head")
		},
		touched: withBuiltSources(touched, hot, {
			origins,
			change
		}),
		gaps: [...gapsIn(request, unnamedOwn(request, costs)), ...unknownSources(hot, origins)]
	};
}
const START_UP = /^(?:_start|_init|_fini|frame_dummy|(?:de)?register_tm_clones|__do_global_\w+|_dl_relocate_static_pie|__libc_\w+)$/;
const RUNTIME = /^_ZN\d+(?:_\$LT\$(?:[\w&]+\$u20\$as\$u20\$)?)?(?:core|std|alloc|compiler_builtins|gimli|addr2line|object|miniz_oxide|rustc_demangle|hashbrown|panic_unwind|unwind|adler2?|std_detect)(?:\d|\.\.)|^_R.*_(?:4core|3std|5alloc|17compiler_builtins|5gimli|9addr2line|6object|11miniz_oxide|6adler2|9hashbrown|14rustc_demangle)\d?/;
const SMALLEST_FUNCTION = 16;
function resizedShare(objects, lines) {
	const counted = {
		tree: {
			all: 0,
			other: 0
		},
		unknown: {
			all: 0,
			other: 0
		}
	};
	for (const object of objects) {
		const { base, head, shared, functions } = object;
		if (shared || !base || !head) continue;
		const table = lines(object, "base");
		for (const [at, symbol] of base.view.functions.symbols.entries()) {
			const partner = head.view.functions.symbols[functions.headOf[at] ?? -1];
			if (!partner || symbol.size < SMALLEST_FUNCTION || START_UP.test(symbol.name) || RUNTIME.test(symbol.name)) continue;
			const file = table?.lineOf(symbol.address)?.file;
			if (file?.startsWith("/")) continue;
			const group = counted[file === void 0 ? "unknown" : "tree"];
			group.all++;
			if (partner.size !== symbol.size) group.other++;
		}
	}
	const { all, other } = counted.tree.all > 0 ? counted.tree : counted.unknown;
	return all === 0 ? 0 : other / all;
}
const STRIPPED_SHARE = .05;
function unnamedOwn({ objects, profiles }, costs) {
	const partOn = (side) => {
		const own = objects.filter((object) => !object.shared && object[side]);
		const all = own.reduce((sum, object) => sum + countOf(object[side].profile.profile), 0);
		const named = own.flatMap((object) => [...costs[side].get(object)?.values() ?? []]).reduce((sum, { count }) => sum + count, 0);
		return profiles[side].total > 0 ? Math.max(0, all - named) / profiles[side].total : 0;
	};
	return Math.max(partOn("base"), partOn("head"));
}
const countOf = ({ counts }) => counts.reduce((sum, each) => sum + each, 0);
function unknownSources(hot, origins) {
	if (!origins || origins.complete) return [];
	const names = hot.filter((code) => greatestShare(code) >= UNKNOWN_SHARE && origins.of.get(code)?.state === "unknown").map(({ name }) => name);
	return names.length === 0 ? [] : [{
		kind: "unknown-sources",
		functions: names
	}];
}
const UNKNOWN_SHARE = .01;
function gapsIn({ objects, geometry, profiles }, unnamed) {
	const found = [];
	if (unnamed > .09999999999999998) found.push({
		kind: "unnamed-code",
		share: unnamed
	});
	for (const { name, base, head, shared } of objects) {
		const part = head ?? base;
		if (!part || shared || part.view.functionsFrom === "symtab" || part.view.functionsFrom === "go") continue;
		if (part.profile.profile.counts.reduce((sum, each) => sum + each, 0) < STRIPPED_SHARE * (head ? profiles.head : profiles.base).total) continue;
		found.push({
			kind: "stripped",
			object: name
		});
	}
	if (!indexedWithinPage(geometry.l1i)) found.push({ kind: "physical-sets" });
	return found;
}
// src/core/evidence/touch.ts
function touchOf(code, examination) {
	const { change, origins } = examination;
	const own = inDiff(code, examination);
	if (own.length > 0) {
		const ways = own.flatMap(({ file }) => reachOf(file, change) ?? []);
		return ways.length > 0 ? {
			touched: "yes",
			through: [...new Set(ways)]
		} : { touched: "yes" };
	}
	const origin = origins?.of.get(code);
	if (origin?.state === "changed") {
		const ways = origin.files.map((file) => wayTo(file, change, origin.instead?.get(file)));
		return {
			touched: "yes",
			through: [...new Set(ways)]
		};
	}
	if (inlinesChanged(code, examination)) return { touched: "yes" };
	const optimised = isOptimised(examination, origin);
	const reach = optimised ? optimisedOnly(code, examination, origin) : change;
	const { swaps = [], defines = [], dependencies = [], outside } = reach;
	const ways = [
		...swaps,
		...generatedThatReach(examination, origin?.state === "same").map((file) => wayTo(file, change)),
		...embeddedThatReach(examination, origin),
		...(change.macros ?? []).slice(0, 3).map((file) => `changes ${file}, whose macros write code`),
		...defines.length > 0 || dependencies.some(({ toolchain }) => !toolchain) ? buildReach(reach) : []
	];
	if (ways.length > 0 || origin?.state === "near") return {
		touched: "maybe",
		through: [...new Set(ways)]
	};
	if (optimised && leavesOut(examination, {
		reach,
		sameLines: origin?.state === "same"
	})) return withBuild("unknown", examination);
	if (outside.length > 0 || mayInlineChanged(examination)) return outside.length > 0 && outside.length < 3 && change.functions.every((each) => !each.rewritten) ? {
		touched: "maybe",
		through: [`changes types, tables or macros in ${outside.join(" and ")}`]
	} : { touched: "maybe" };
	const others = change.functions.some(({ rewritten }) => rewritten);
	const isOtherCompiler = dependencies.some(({ toolchain }) => toolchain);
	const byMacros = origin?.sameOptions && !others && !isOtherCompiler ? buildReach(change) : [];
	if (byMacros.length > 0) return {
		touched: "maybe",
		through: byMacros
	};
	return withDirectives(notTouched({
		...examination,
		change: reach
	}, origin?.state === "same"), code, change);
}
const STAMP_DEFINE = /^-[DU]\w*(?:VERSION|COMMIT|REVISION|TIMESTAMP|DATE|BUILD_(?:TIME|ID|NUMBER|HASH)|GIT_\w+)(?:=|$)/i;
function isOptimised({ change, resizedShare }, origin) {
	const isTold = compilerOptions(change).length > 0;
	if (origin?.state === "same" && (origin.otherOptions === true || !origin.sameOptions && isTold)) return true;
	return origin?.state !== "changed" && isTold && resizedShare >= .3;
}
function optimisedOnly(code, { change, origins, resizedShare }, origin) {
	const { defines = [], dependencies = [], outside, outsideWords = [] } = change;
	const words = new Set(origin?.state === "same" ? origins?.textOf(code).match(/[A-Za-z_]\w*/g) : []);
	const says = outsideWords.some((word) => words.has(word));
	return {
		...change,
		swaps: [],
		outside: says || resizedShare < .3 ? outside : [],
		defines: defines.filter((each) => !STAMP_DEFINE.test(each)),
		dependencies: dependencies.filter(({ toolchain }) => toolchain)
	};
}
function leavesOut(examination, { reach, sameLines }) {
	const { change } = examination;
	if (change.outside.length > reach.outside.length) return true;
	if (sameLines) return false;
	const { swaps = [], dependencies = [], outside } = change;
	return swaps.length + dependencies.length + outside.length > 0 || unitsThatDiffer(examination).length > 0 || mayInlineChanged(examination);
}
function withDirectives(touch, code, { directives = [], functions, build, other }) {
	const name = sourceName(code.name);
	const files = directives.filter((file) => build.length + other.length === 0 || functions.some((each) => each.file === file && each.name === name));
	if (files.length === 0 || touch.touched !== "no") return touch;
	const way = `changes attributes or pragmas in ${files.slice(0, 3).join(", ")}`;
	return {
		...touch,
		through: [way, ...touch.through ?? []]
	};
}
const HEADER = /\.(?:h|hh|hpp|hxx|inc|inl|ipp|def|tcc|pxd|rs|go)$/i;
function generatedThatReach({ origins }, sameLines) {
	const generated = origins?.generated ?? [];
	return sameLines ? generated.filter((file) => HEADER.test(file)) : generated;
}
function embeddedThatReach({ origins }, origin) {
	return (origins?.embedded ?? []).filter(({ by }) => origin?.state !== "same" || HEADER.test(by) || origin.files.includes(by)).map(takesInWords);
}
const PREBUILT = /\.(?:a|o|lo|obj|lib|so(?:\.\d+)*|bc|rlib|syso)$/;
const isSource = (path) => /\.(?:s|S|asm|nasm|f|for|f90|f95|f03|f08|F|F90|d|zig|nim|swift|ispc|cl|hs|ml|adb|ads|pas)$/.test(path);
function notTouched(examination, sameLines) {
	const { change, origins } = examination;
	const { other } = change;
	const templates = [...change.templates ?? [], ...change.build.filter((path) => /(?:^|\/)build\.rs$/.test(path))];
	const prebuilt = sameLines ? [] : other.filter((path) => PREBUILT.test(path));
	if (prebuilt.length > 0) return {
		touched: "maybe",
		through: [`changes ${prebuilt.slice(0, 3).join(", ")}, which ${prebuilt.length > 1 ? "are" : "is"} linked into the program`]
	};
	const units = sameLines ? [] : unitsThatDiffer(examination);
	if (units.length > 0) return {
		touched: "maybe",
		through: units
	};
	const mayChoose = !sameLines && change.build.length === 0 && other.length > 0 && templates.length === 0;
	if (origins?.complete && mayChoose) return withBuild("maybe", examination);
	if (!origins || sameLines || origins.complete && templates.length === 0) return withBuild("no", examination);
	if (templates.length > 0) return {
		touched: "maybe",
		through: [`changes ${templates.slice(0, 3).join(", ")}${templates.every(isSource) ? "" : ", from which code may be generated"}`]
	};
	return withBuild("unknown", examination);
}
function unitsThatDiffer({ change, origins }) {
	const { base, head } = origins?.units ?? {
		base: [],
		head: []
	};
	if ([...base, ...head].some((name) => /^unity_\d+_/.test(name)) || base.length + head.length === 0) return [];
	const listed = (files) => files.slice(0, 3).join(", ");
	if (base.length === 0 || head.length === 0) return [wayTo(listed([...base, ...head]), change, "")];
	return [wayTo(listed(head), change, listed(base))];
}
function withBuild(touched, { change }) {
	const through = buildReach(change);
	return through.length > 0 ? {
		touched,
		through
	} : { touched };
}
const named$1 = ({ touched }) => touched.filter(({ from }) => from !== "sizes" && from !== "sources");
function inDiff(code, examination) {
	const name = sourceName(code.name);
	return named$1(examination).filter((each) => each.function === code.name || sourceName(each.function) === name);
}
const hasLines = ({ touched }) => touched.some(({ from }) => from === "lines");
function inlinesChanged(code, examination) {
	if (hasLines(examination)) return false;
	const { change } = examination;
	const caller = change.functions.find((each) => each.name === sourceName(code.name))?.text;
	return change.functions.some((each) => each.rewritten && caller?.includes(`${each.name}(`));
}
function mayInlineChanged(examination) {
	if (hasLines(examination)) return false;
	const { change, touched } = examination;
	const built = new Set(touched.filter(({ share }) => share > 0).map((each) => sourceName(each.function)));
	const isNew = ({ from, text, baseText }) => from === "text" && text !== void 0 && baseText === void 0;
	return change.functions.some((each) => each.rewritten && !isNew(each) && !built.has(each.name));
}
// src/core/evidence/from-code.ts
const NOTHING = {
	changed: [],
	oftener: [],
	movedShare: 0,
	sameWork: false,
	loops: [],
	inlined: [],
	calls: [],
	missing: []
};
function codeOf(examination, how) {
	const { from, to, tolerance } = how;
	const { hot, totals, exact } = examination;
	const isSame = (code) => code.sameness === "same" || code.sameness === "same-where-run";
	const total = Math.max(1, totals[from]);
	const describe = (code) => ({
		name: code.name,
		growth: exact ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / total : 0,
		share: Math.max(code.base?.share ?? 0, code.head?.share ?? 0),
		...touchOf(code, examination),
		...withinOf(code, examination, how)
	});
	const share = (codes) => codes.reduce((sum, code) => sum + (code[to]?.share ?? 0), 0);
	const same = hot.filter(isSame);
	const changed = hot.filter((code) => !isSame(code)).map(describe);
	const oftener = (exact ? same.map(describe) : inferGrowth(same.map(describe), share(same), how.growth)).filter(({ growth }) => Math.abs(growth) > tolerance / 2);
	return {
		changed: changed.sort((a, b) => b.growth - a.growth),
		oftener: oftener.sort((a, b) => b.growth - a.growth),
		sameShare: share(same) / Math.max(share(hot), 1e-9),
		movedShare: share(same.filter(({ moved }) => moved)),
		sameWork: changed.every((code) => code.share < tolerance) && oftener.length === 0 && spreadOver(changed, same.map(describe), Math.max(tolerance, LEAST_SPREAD)),
		loops: examination.loops.filter(lostAlignment),
		...callsOf(hot, examination, how),
		missing: exact ? missingOf(hot.filter((code) => !isSame(code)), how) : [],
		...portion(hot, "dcacheMisses", how, (code) => !isSame(code), "dcacheInChanged"),
		...portion(hot, "icacheMisses", how, (code) => isSame(code) && code.moved, "icacheInMoved")
	};
}
const MOST_ELSEWHERE = 1 / 3;
function inferGrowth(same, sameShare, growth) {
	if (growth === void 0 || growth <= 0) return [];
	if (Math.max(0, 1 - sameShare) > growth / (1 + growth) * MOST_ELSEWHERE) return [];
	const shares = same.reduce((sum, code) => sum + code.share, 0);
	return same.map((code) => ({
		...code,
		growth: growth * code.share / shares
	}));
}
const LEAST_SPREAD = .02;
function spreadOver(changed, same, most) {
	const shares = changed.reduce((sum, { share }) => sum + share, 0);
	const gained = same.reduce((sum, { growth }) => sum + Math.max(0, growth), 0);
	return shares < most && gained < most;
}
function portion(hot, event, { from, to }, wanted, key) {
	const more = (code) => Math.max(0, (code[to]?.[event] ?? 0) - (code[from]?.[event] ?? 0));
	const all = hot.reduce((sum, code) => sum + more(code), 0);
	return all > 0 ? { [key]: hot.filter(wanted).reduce((sum, code) => sum + more(code), 0) / all } : {};
}
const EQUAL_COUNT = .01;
const LEAST_SHARE$3 = .05;
function missingOf(changed, { from, to }) {
	return changed.flatMap((code) => {
		const [before, after] = [code[from], code[to]];
		if (!before || !after || before.count === 0 || before.share < LEAST_SHARE$3) return [];
		if (Math.abs(after.count / before.count - 1) > EQUAL_COUNT) return [];
		const rate = (cost) => cost.dcacheMisses / cost.count * 1e3;
		return [{
			name: code.name,
			rate: {
				from: rate(before),
				to: rate(after)
			}
		}];
	});
}
const PART_WITHIN = .2;
function withinOf(code, { inlined, exact }, { from, to }) {
	const costs = inlined?.get(code);
	const grown = (code[to]?.count ?? 0) - (code[from]?.count ?? 0);
	if (!exact || !costs?.[to] || grown <= 0 || code[from] && !costs[from]) return {};
	const within = [...costs[to]].map(([key, { name, own }]) => ({
		name,
		growth: own - (costs[from]?.get(key)?.own ?? 0)
	})).filter(({ growth }) => growth >= PART_WITHIN * grown).toSorted((a, b) => b.growth - a.growth).map(({ name }) => name);
	return within.length > 0 ? { within } : {};
}
// src/core/evidence/runtime-family.ts
const ALLOCATES = /^(?:__libc_|__GI___libc_|je_|jemalloc_|tc_|rpm?)?(?:malloc|calloc|memalign|aligned_alloc|valloc|posix_memalign)$|^(?:je_)?mallocx$|^mi_(?:heap_)?(?:malloc|zalloc|calloc|new)\w*$|^runtime\.mallocgc$|^_?Py(?:Object|Mem)_(?:Malloc|Calloc)$|^GC_(?:malloc\w*|generic_malloc\w*)$|^g_slice_alloc$/;
const ALLOCATION = [
	/^(?:__libc_|__GI___libc_|__GI_|je_|jemalloc_|tc_|rp)?(?:malloc|calloc|realloc|reallocarray|free|cfree|memalign|aligned_alloc|valloc|pvalloc|posix_memalign|malloc_usable_size)$/,
	/^(?:_int_(?:malloc|free|realloc|memalign)\w*|malloc_consolidate|unlink_chunk|sysmalloc\w*|systrim|tcache_\w+|arena_get\w*|ptmalloc_\w+|alloc_perturb|free_perturb|__malloc_\w+|__libc_(?:malloc|free|calloc|realloc)\w*)/,
	/^(?:je_\w*(?:alloc|free|arena|tcache|extent|slab|edata|large|emap|bin_)|_?mi_(?:\w*alloc|\w*free|page|segment|heap|thread|new|bin|block)|tcmalloc|TCMalloc|rpmalloc|rpfree|sn_malloc|GC_malloc|GC_free|GC_generic_malloc)\w*/,
	/^(?:arena_(?:malloc|ralloc|palloc|dalloc)|tcache_alloc|large_(?:malloc|dalloc))\w*/,
	/^(?:__rust_(?:alloc|dealloc|realloc|alloc_zeroed|no_alloc_shim\w*)|__rdl_\w+|__rg_\w+)$/,
	/^runtime\.(?:mallocgc\w*|newobject|newarray|makeslice\w*|makechan\w*|makemap\w*|growslice|nextFreeFast|memclrNoHeapPointers\w*|heapSetType\w*|publicationBarrier|deductAssistCredit|profilealloc|rawstring\w*|rawbyteslice|nextslicecap|roundupsize|\(\*m(?:cache|central|span|heap|spanList)\)\.\w+|\(\*fixalloc\)\.\w+|\(\*pageAlloc\)\.\w+)$/,
	/^(?:_?Py(?:Object|Mem)_(?:Raw)?(?:Malloc|Calloc|Realloc|Free)|_Py(?:Mem|Object)_\w*(?:Malloc|Calloc|Realloc|Free|Alloc)\w*|_PyObject_(?:GC_)?New\w*|PyType_GenericAlloc|_PyType_AllocNoTrack|_PyObject_GC_(?:Alloc|Malloc|Resize)|PyObject_GC_Del|pymalloc_\w+|new_arena|gc_alloc|insert_to_\w+pool|arena_map_\w+)$/,
	/^(?:g_malloc\w*|g_slice_\w+|g_free\w*|xmalloc|xfree)$/
];
const COLLECTION = [/^runtime\.(?:gc[A-Z]\w*|scan(?:object\w*|block|conservative|stack|framework|span\w*|Object\w*)|greyobject|markroot\w*|findObject|sweepone|bgsweep|bgscavenge|shade|wbBufFlush\w*|wbMove|bulkBarrier\w*|heapBits\w*|spanOf\w*|markBits\w*|tryDeferToSpanScan|\(\*gc\w+\)\.\w+|\(\*sweep\w*\)\.\w+|\(\*mspan\)\.(?:sweep|refillAllocCache)|\(\*lfstack\)\.\w+|\(\*workbuf\)\.\w+|\(\*(?:spanInlineMarkBits|limiterEvent|atomicSpanSetTop\w*|spanSet|spanQueue|localSpanQueue)\)\.\w+)$/, /^(?:gc_collect\w*|_PyGC_\w+|PyGC_\w+|deduce_unreachable|subtract_refs|update_refs|visit_(?:decref|reachable)|move_(?:unreachable|legacy\w*)|untrack_(?:tuples|dicts)|GC_(?:mark\w*|collect\w*|try_to_collect\w*|reclaim\w*|push\w*|stopped_mark))$/];
const COPYING = /^(?:__|_)?(?:GI_)?(?:mem(?:cpy|move|set|pcpy)|wmem(?:cpy|move|set)|bcopy|bzero|str(?:n?cpy|p[n]?cpy))(?:_\w+|@\S+)?$|^runtime\.memmove$|^__builtin_mem(?:cpy|move|set)$/;
const OPERATOR = /^_Z(?:n[wa]|d[la])\w*$/;
const RUST_GROWS = /(?:7raw_vec|8raw_vec_)|5alloc5alloc/;
function runtimeFamily(symbol) {
	const name = plainName(symbol);
	if (OPERATOR.test(name) || isRustGrowth(name)) return "allocation";
	const known = name.startsWith("_Z") || name.startsWith("_R") ? sourceName(name) : name;
	if (COLLECTION.some((pattern) => pattern.test(known))) return "collection";
	if (ALLOCATION.some((pattern) => pattern.test(known))) return "allocation";
	return COPYING.test(known) ? "copying" : void 0;
}
function isAllocator(symbol) {
	return ALLOCATES.test(plainName(symbol));
}
const plainName = (symbol) => normaliseName(symbol).replace(/@.*$/, "");
const isRustGrowth = (name) => /^_(?:ZN|R)/.test(name) && RUST_GROWS.test(name);
// src/core/evidence/runtime-work.ts
function runtimeWork({ hot, totals, exact }, { from, to }, slowdown) {
	const gain = (code) => exact ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / Math.max(1, totals[from]) : slowdown * (code[to]?.share ?? 0) - (code[from]?.share ?? 0);
	const families = {};
	for (const family of [
		"allocation",
		"collection",
		"copying"
	]) {
		const codes = hot.filter(({ name }) => runtimeFamily(name) === family);
		if (codes.length === 0) continue;
		const gained = codes.filter((code) => gain(code) > 0).toSorted((a, b) => gain(b) - gain(a));
		families[family] = {
			growth: codes.reduce((sum, code) => sum + gain(code), 0),
			functions: gained.map(({ name }) => name)
		};
	}
	const allocations = exact ? allocationCalls(hot, {
		from,
		to
	}) : void 0;
	return {
		families,
		...allocations ? { allocations } : {}
	};
}
function allocationCalls(hot, { from, to }) {
	const calls = (code, side) => code.object[side]?.profile.at(code[side]?.symbol.address ?? -1) ?? 0;
	const byName = new Map();
	for (const code of hot.filter(({ name }) => isAllocator(name))) {
		const known = byName.get(code.name) ?? {
			allocator: code.name,
			from: 0,
			to: 0
		};
		byName.set(code.name, {
			allocator: code.name,
			from: known.from + calls(code, from),
			to: known.to + calls(code, to)
		});
	}
	return [...byName.values()].toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))[0];
}
// src/core/evidence/collect.ts
const LEAST_TOLERANCE = .005;
function collectEvidence(measured, examination) {
	const { ratio } = measured.change;
	const [from, to] = ratio >= 1 ? ["base", "head"] : ["head", "base"];
	const slowdown = Math.max(ratio, 1 / ratio);
	const counters = measured.counters ?? {
		source: "none",
		base: {},
		head: {}
	};
	const counts = {
		base: counters.base,
		head: counters.head
	};
	const growth = growthOf(counts, examination, {
		from,
		to
	});
	const tolerance = Math.max(LEAST_TOLERANCE, counters.instructionSpread ?? 0);
	const hot = examination ? codeOf(examination, {
		from,
		to,
		tolerance,
		growth
	}) : NOTHING;
	return {
		slowdown,
		from,
		to,
		counts,
		tolerance,
		source: counters.source,
		...isTimed(measured) ? {} : { untimed: true },
		...measured.metric === "cpu-time" ? { processorTime: true } : {},
		...growth === void 0 ? {} : { growth },
		explained: growth === void 0 || slowdown <= 1 ? 0 : Math.max(0, growth / (slowdown - 1)),
		...hot,
		sameWork: hot.sameWork && (growth === void 0 || Math.abs(growth) <= tolerance),
		...rates$1(counts, {
			from,
			to
		}),
		...examination ? {
			examination,
			runtime: runtimeWork(examination, {
				from,
				to
			}, slowdown)
		} : {},
		...counters.iterations ? { iterations: counters.iterations } : {}
	};
}
function withRebuilt(evidence, rebuilt) {
	const unstable = new Set(rebuilt.functions);
	return {
		...evidence,
		rebuilt,
		changed: evidence.changed.map((code) => unstable.has(code.name) && (code.touched !== "yes" || isBuiltOtherwise(code)) ? {
			...code,
			touched: "unknown",
			through: []
		} : code)
	};
}
function isBuiltOtherwise({ through = [] }) {
	return through.length > 0 && through.every((way) => way.startsWith("builds another "));
}
const isTimed = ({ metric = "time" }) => metric === "time" || metric === "cpu-time";
function growthOf(counts, examination, { from, to }) {
	const [before, after] = [counts[from].instructions, counts[to].instructions];
	if (before !== void 0 && after !== void 0 && before > 0) return after / before - 1;
	if (!examination?.exact || examination.totals[from] === 0) return void 0;
	return examination.totals[to] / examination.totals[from] - 1;
}
function rates$1(counts, { from, to }) {
	const rate = (event) => {
		const perThousand = (side) => {
			const { [event]: misses, instructions } = counts[side];
			return misses === void 0 || !instructions ? void 0 : misses / instructions * 1e3;
		};
		const [before, after] = [perThousand(from), perThousand(to)];
		return before === void 0 || after === void 0 ? void 0 : {
			from: before,
			to: after
		};
	};
	const [icache, dcache] = [rate("icacheMisses"), rate("dcacheMisses")];
	const [secondLevel, branches] = [rate("secondLevelMisses"), rate("branchMisses")];
	return {
		...icache ? { icache } : {},
		...dcache ? { dcache } : {},
		...secondLevel ? { secondLevel } : {},
		...branches ? { branches } : {}
	};
}
// src/flow/count/whole-benchmark.ts
const SIMULATION_FACTOR = 100;
const RUNS = 2;
function wholeCounter(context, counting) {
	const { plan, ports } = context;
	let left = plan.settings.budgetSeconds;
	return async (row) => {
		const benchmark = plan.benchmarks.find((planned) => planned.plan.name === row.name)?.plan;
		if (!counting || benchmark?.countWith === void 0 || secondsFor(row) > left) return void 0;
		if (benchmark.metric === "instructions") return void 0;
		const { countWith, ...whole } = benchmark;
		const released = {
			...counting,
			scheduling: afterRelease(counting.scheduling)
		};
		const started = ports.clock.now();
		const found = await countOne(context, released, {
			benchmark: whole,
			seconds: left,
			thorough: true
		});
		left -= ports.clock.now() - started;
		if (!found.profiles) return void 0;
		ports.log.line(`${row.name}: ${found.counters.summary} (by the whole benchmark)`);
		return {
			...found,
			limitations: [...found.limitations, wholeSimulated(row.name)]
		};
	};
}
function secondsFor({ counters }) {
	const [base, head] = [counters?.base.taskClockSeconds, counters?.head.taskClockSeconds];
	if (counters?.source !== "simulated" || base === void 0 || head === void 0) return Number.POSITIVE_INFINITY;
	return Math.max(base, head) * SIMULATION_FACTOR * RUNS;
}
// src/core/cause/signs/cost-of-misses.ts
const CYCLES_PER_THOUSAND = 400;
function partOfTime(rate, cyclesEach, { slowdown, growth = 0 }) {
	if (slowdown <= 1) return 0;
	return (rate.to * (1 + growth) - rate.from) * cyclesEach / ((slowdown - 1) * CYCLES_PER_THOUSAND);
}
// src/core/cause/signs/stalls.ts
const STALL_RISE = .05;
function stallRose({ counts, from, to }, of) {
	const part = (side, stalls, all) => {
		const whole = counts[side][all];
		const stalled = stalls && counts[side][stalls];
		return stalled === void 0 || !whole ? void 0 : stalled / whole;
	};
	const bySlots = part(from, of.slots, "slots") !== void 0 && part(to, of.slots, "slots") !== void 0;
	const share = (side) => bySlots ? part(side, of.slots, "slots") : part(side, of.cycles, "cycles");
	const [before, after] = [share(from), share(to)];
	if (before === void 0 || after === void 0 || after - before < STALL_RISE) return void 0;
	return {
		base: share("base"),
		head: share("head"),
		of: bySlots ? "slots" : "cycles"
	};
}
// src/core/cause/signs/memory.ts
const RELATIVE_RISE = 1.1;
const RISE_PER_THOUSAND = .5;
const FAULTS_RISE = 1.5;
const LEAST_FAULTS = 1e3;
function ratesOf(rate, { from, source }) {
	const [base, head] = from === "base" ? [rate.from, rate.to] : [rate.to, rate.from];
	return {
		base,
		head,
		simulated: source === "simulated"
	};
}
function rateRose(rate, least) {
	return rate !== void 0 && rate.to >= rate.from * least.relative && rate.to - rate.from >= least.perThousand;
}
const RISE$1 = {
	relative: RELATIVE_RISE,
	perThousand: RISE_PER_THOUSAND
};
const missingMore = ({ missing }) => missing.filter(({ rate }) => rateRose(rate, RISE$1));
const dcacheRose = (evidence) => rateRose(evidence.dcache, RISE$1) || rateRose(evidence.secondLevel, RISE$1) || missingMore(evidence).length > 0;
function dataMissesRose(evidence) {
	if (!dcacheRose(evidence) || evidence.sameWork && dataCrowdingRose(evidence)) return void 0;
	if (rateRose(evidence.secondLevel, RISE$1)) return {
		level: 2,
		...ratesOf(evidence.secondLevel, evidence)
	};
	const [first] = missingMore(evidence);
	if (!first || rateRose(evidence.dcache, RISE$1)) return {
		level: 1,
		...ratesOf(evidence.dcache, evidence)
	};
	return {
		level: 1,
		function: first.name,
		...ratesOf(first.rate, evidence)
	};
}
const MISS_CYCLES$1 = 40;
const PART_EXPLAINED$2 = .25;
function dataMissesExplain(evidence) {
	if (!dataMissesRose(evidence) || !rateRose(evidence.secondLevel, RISE$1)) return void 0;
	const part = partOfTime(evidence.secondLevel, MISS_CYCLES$1, evidence);
	return part < PART_EXPLAINED$2 || part <= evidence.explained ? void 0 : {
		cyclesEach: MISS_CYCLES$1,
		partOfTime: part
	};
}
const CROWDING_RISE$2 = .02;
function dataCrowdingRose({ examination, from, to }) {
	return examination !== void 0 && examination.dataCrowding[to].score - examination.dataCrowding[from].score >= CROWDING_RISE$2;
}
function sameCodeMissesMore(evidence) {
	if (!evidence.sameWork || !rateRose(evidence.dcache, RISE$1) || dataCrowdingRose(evidence)) return void 0;
	return ratesOf(evidence.dcache, evidence);
}
function missesInChangedCode(evidence) {
	if (!dcacheRose(evidence) || (evidence.dcacheInChanged ?? 0) < .5) return void 0;
	return {
		part: evidence.dcacheInChanged,
		functions: evidence.changed.map(({ name }) => name)
	};
}
function sameCountOtherCode({ missing }) {
	if (missing.length === 0) return void 0;
	return { functions: missing.map(({ name }) => name) };
}
function hotDataGrew({ examination, from }) {
	const grew = examination?.data.resized.filter((data) => from === "base" ? data.to > data.from : data.from > data.to) ?? [];
	if (grew.length === 0) return void 0;
	return {
		symbols: grew.map(({ symbol }) => symbol),
		baseBytes: grew.map((data) => data.from),
		headBytes: grew.map((data) => data.to)
	};
}
function typesChanged(evidence) {
	const files = evidence.examination?.change.outside ?? [];
	if (files.length === 0 || !dcacheRose(evidence)) return void 0;
	return { files };
}
function faultsRose({ counts, from, to }) {
	const [before, after] = [counts[from].pageFaults, counts[to].pageFaults];
	if (before === void 0 || after === void 0 || after < before * FAULTS_RISE || after - before < LEAST_FAULTS) return void 0;
	return {
		base: counts.base.pageFaults,
		head: counts.head.pageFaults
	};
}
const SMALLER_PAGES = 16;
function pagesBecameSmall(evidence) {
	const { counts, from, to, growth, tolerance } = evidence;
	if (faultsRose(evidence) === void 0 || growth === void 0 || growth > tolerance) return void 0;
	const times = counts[to].pageFaults / counts[from].pageFaults;
	if (times < SMALLER_PAGES) return void 0;
	return { times };
}
function backEndStalled({ counts, from, to }) {
	return stallRose({
		counts,
		from,
		to
	}, {
		cycles: "backEndStalls",
		slots: "backEndSlots"
	});
}
// src/core/cause/signs/branches.ts
const RISE = {
	relative: 1.2,
	perThousand: 1
};
const MISS_CYCLES = 15;
const PART_EXPLAINED$1 = .2;
const rose$1 = ({ branches }) => rateRose(branches, RISE);
function branchMissesRose(evidence) {
	if (!rose$1(evidence) || samePath(evidence)) return void 0;
	return ratesOf(evidence.branches, evidence);
}
function branchMissesExplain(evidence) {
	if (!branchMissesRose(evidence)) return void 0;
	const part = partOfTime(evidence.branches, MISS_CYCLES, evidence);
	return part < PART_EXPLAINED$1 ? void 0 : {
		cyclesEach: MISS_CYCLES,
		partOfTime: part
	};
}
function speculationWasted(evidence) {
	return samePath(evidence) ? void 0 : stallRose(evidence, { slots: "badSpeculationSlots" });
}
function somethingThatRunsChanged(evidence) {
	if (!branchMissesRose(evidence)) return void 0;
	const rewritten = evidence.examination?.data.rewritten ?? [];
	if (evidence.changed.length > 0) return {
		code: evidence.changed.map(({ name }) => name),
		data: []
	};
	return rewritten.length > 0 ? {
		code: [],
		data: rewritten
	} : void 0;
}
function noMoreInstructions(evidence) {
	if (!branchMissesRose(evidence) || evidence.growth === void 0 || evidence.growth > evidence.tolerance) return void 0;
	return { fewer: evidence.growth < -evidence.tolerance ? -evidence.growth : 0 };
}
function samePath({ sameWork, examination }) {
	if (!sameWork || !examination) return false;
	const { data, touched, change } = examination;
	return data.rewritten.length === 0 && change.other.length === 0 && touched.every(({ share }) => share === 0);
}
// src/core/cause/signs/work.ts
const PART_EXPLAINED = .25;
const MATERIAL_GROWTH = .02;
const LEAST_TOUCHED_SHARE = 1e-4;
const LEAST_EXPLAINED$1 = .05;
function figuresOf$1({ counts, growth = 0, to, explained, untimed }) {
	const [base, head] = [counts.base.instructions, counts.head.instructions];
	return {
		slower: to,
		growth,
		partOfTime: explained,
		...base !== void 0 && head !== void 0 ? {
			base,
			head
		} : {},
		...untimed ? { untimed } : {}
	};
}
const rose = (evidence) => (evidence.growth ?? 0) > evidence.tolerance && evidence.explained >= LEAST_EXPLAINED$1;
function instructionsExplain(evidence) {
	if (!rose(evidence) || evidence.explained < PART_EXPLAINED) return void 0;
	return figuresOf$1(evidence);
}
function instructionsRose(evidence) {
	if (!rose(evidence) || evidence.explained >= PART_EXPLAINED || evidence.growth < MATERIAL_GROWTH) return void 0;
	return figuresOf$1(evidence);
}
const grown = (codes) => codes.reduce((sum, { growth }) => sum + Math.max(0, growth), 0);
function holdMost({ changed, oftener, growth }, codes) {
	const most = grown([...changed, ...oftener]);
	return codes.length > 0 && grown(codes) > 0 && grown(codes) >= .5 * Math.max(most, growth ?? 0);
}
function changedCodeTouched(evidence) {
	const codes = evidence.changed.filter((code) => code.touched === "yes" && !isInlining(evidence, code));
	if (!rose(evidence) || !holdMost(evidence, codes)) return void 0;
	return changedFigures(evidence, codes);
}
function changedCodeMaybe(evidence) {
	if (changedCodeTouched(evidence) || changedCodeUntouched(evidence)) return void 0;
	const codes = evidence.changed.filter((code) => isReached(code) && !isInlining(evidence, code));
	if (!rose(evidence) || !holdMost(evidence, codes)) return void 0;
	return changedFigures(evidence, codes);
}
const isReached = ({ touched }) => touched === "yes" || touched === "maybe";
function changedCodeUnknown(evidence) {
	const unstable = new Set(evidence.rebuilt?.functions);
	const codes = evidence.changed.filter((code) => code.touched === "unknown" && !unstable.has(code.name) && !isInlining(evidence, code));
	if (!rose(evidence) || !holdMost(evidence, codes)) return void 0;
	return changedFigures(evidence, codes);
}
function changedCodeUntouched(evidence) {
	const codes = [...evidence.changed.filter((code) => code.touched === "no" || isInlining(evidence, code)), ...evidence.oftener.filter((code) => isInlining(evidence, code))];
	if (!rose(evidence) || !holdMost(evidence, codes)) return void 0;
	return {
		...changedFigures(evidence, codes),
		inlining: codes.some((code) => isInlining(evidence, code))
	};
}
const MOSTLY_BOOKKEEPING = .7;
function isInlining({ inlined, examination }, code) {
	const functions = examination?.change.functions ?? [];
	const origins = [...examination?.origins?.of ?? []];
	const rewritten = (name) => functions.some((each) => each.rewritten && each.name === sourceName(name)) || origins.some(([built, { state }]) => state === "changed" && built.name === name);
	return inlined.some(({ caller, callee, bookkeeping }) => {
		if (caller !== code.name && callee !== code.name) return false;
		return !rewritten(callee) && !rewritten(caller) || (bookkeeping ?? 0) >= MOSTLY_BOOKKEEPING;
	});
}
function inliningChanged({ inlined }) {
	const [first] = inlined;
	if (!first) return void 0;
	return { ...first };
}
function callsMore(evidence) {
	const calls = evidence.calls.filter(({ on }) => on === evidence.to);
	const [first] = calls;
	if (!first || !rose(evidence)) return void 0;
	const { caller, perCall } = first;
	const callees = calls.filter((call) => call.caller === caller).map(({ callee }) => callee);
	return {
		slower: evidence.to,
		caller,
		callees,
		...perCall === void 0 ? {} : { perCall }
	};
}
function buildChanged({ examination, changed }) {
	const files = examination?.change.build ?? [];
	const untouched = changed.filter((code) => code.touched !== "yes");
	if (files.length === 0 || untouched.length === 0 || (examination?.change.functions.some(({ rewritten }) => rewritten) ?? false)) return void 0;
	return {
		files,
		functions: names$1(untouched)
	};
}
function executedMoreOften(evidence) {
	const codes = evidence.oftener.filter((code) => code.growth > 0 && !isInlining(evidence, code));
	if (!rose(evidence) || !holdMost(evidence, codes)) return void 0;
	return changedFigures(evidence, codes);
}
function touchedCodeRan({ examination }) {
	const ran = examination?.touched.filter(({ share }) => share >= LEAST_TOUCHED_SHARE) ?? [];
	return ran.length > 0 ? { functions: ran.map((each) => each.function) } : void 0;
}
function changedFigures({ to }, codes) {
	const functions = names$1(codes);
	const through = [...new Set(codes.flatMap((code) => code.through ?? []))];
	const within = codes.slice(0, functions.length).map((code) => code.within?.[0] ?? "");
	return {
		slower: to,
		functions,
		...through.length > 0 ? { through } : {},
		...within.some((name) => name !== "") ? { within } : {}
	};
}
const names$1 = (codes) => codes.filter((code, at) => at === 0 || code.growth > 0).map(({ name }) => name);
// src/core/cause/signs/code.ts
const HOT_SHARE$1 = .3;
const shareOf$1 = (codes) => codes.reduce((sum, { share }) => sum + share, 0);
const figuresOf = (codes) => ({
	functions: codes.map(({ name }) => name),
	share: Math.min(1, shareOf$1(codes))
});
function hotCodeRewritten(evidence) {
	const { changed, growth, tolerance } = evidence;
	const codes = changed.filter((code) => code.touched === "yes" && !isInlining(evidence, code));
	if (shareOf$1(codes) < HOT_SHARE$1 || (growth ?? 0) < -tolerance) return void 0;
	return figuresOf(codes);
}
function hotCodeRebuilt({ changed, growth, tolerance }) {
	const codes = changed.filter(({ touched }) => touched === "maybe");
	if (shareOf$1(codes) < HOT_SHARE$1 || (growth ?? 0) < -tolerance) return void 0;
	return figuresOf(codes);
}
function hotCodeCameOutDifferent({ changed, growth, tolerance }) {
	const codes = changed.filter(({ touched }) => touched === "no");
	if (shareOf$1(codes) < HOT_SHARE$1 || (growth ?? 0) < -tolerance) return void 0;
	return figuresOf(codes);
}
function mostCodeResized(evidence) {
	const { examination, changed } = evidence;
	const codes = changed.filter(({ touched }) => touched === "unknown");
	const options = examination ? compilerOptions(examination.change) : [];
	if (!examination || options.length === 0 || examination.resizedShare < .3) return void 0;
	if (shareOf$1(codes) < HOT_SHARE$1 || !rose(evidence)) return void 0;
	return {
		options: options.slice(0, 3),
		share: examination.resizedShare
	};
}
const FOOTPRINT_GROWTH = 1.15;
const NEARLY_FULL = .8;
function footprintGrew({ examination, from, to, sameWork }) {
	if (!examination || sameWork) return void 0;
	const { crowding, geometry } = examination;
	const held = geometry.l1i.sizeBytes / geometry.l1i.lineBytes;
	if (crowding[to].lines < FOOTPRINT_GROWTH * crowding[from].lines || crowding[to].lines < NEARLY_FULL * held) return void 0;
	return {
		base: crowding.base.lines,
		head: crowding.head.lines,
		held
	};
}
const MISSES_RISE = {
	relative: 1.5,
	perThousand: 1
};
function footprintMisses(evidence) {
	const grown = footprintGrew(evidence);
	if (!grown || !rateRose(evidence.icache, MISSES_RISE)) return void 0;
	return {
		baseLines: grown.base,
		headLines: grown.head,
		held: grown.held,
		...ratesOf(evidence.icache, evidence)
	};
}
function buildNotReproducible({ rebuilt, changed }) {
	if (!rebuilt || rebuilt.functions.length === 0) return void 0;
	const unstable = new Set(rebuilt.functions);
	if (!changed.some(({ name, touched }) => unstable.has(name) && touched !== "yes")) return void 0;
	return {
		functions: rebuilt.functions,
		files: rebuilt.files.map(({ name }) => name)
	};
}
// src/core/cause/signs/placement.ts
const SAME_SHARE = .95;
const MOVED_SHARE = .1;
const CROWDING_RISE$1 = .02;
const ANY_RISE = {
	relative: 1.1,
	perThousand: .1
};
const ICACHE_RISE = {
	relative: 1.5,
	perThousand: 1
};
const DCACHE_RISE = {
	relative: 1.5,
	perThousand: .5
};
const LOOP_SHARE = .2;
function sameWorkDone(evidence) {
	if (!sameCodeRan(evidence) || evidence.growth === void 0) return void 0;
	return { onlyWhereItRuns: evidence.examination?.hot.some(({ sameness }) => sameness === "same-where-run") ?? false };
}
function sameCodeUncounted(evidence) {
	if (!sameCodeRan(evidence) || evidence.growth !== void 0) return void 0;
	return {};
}
const sameCodeRan = ({ sameWork, sameShare }) => sameWork && (sameShare ?? 0) >= SAME_SHARE;
function hotCodeMoved(evidence) {
	const moves = evidence.examination?.moves ?? [];
	if (evidence.movedShare < MOVED_SHARE || moves.length === 0) return void 0;
	return {
		functions: moves.map(({ symbol }) => symbol),
		share: evidence.movedShare,
		distances: distancesOf(moves)
	};
}
function hotDataMoved({ examination }) {
	const moved = examination?.data.moved.filter(({ share }) => share >= MOVED_SHARE) ?? [];
	return moved.length > 0 ? { symbols: moved.map(({ symbol }) => symbol) } : void 0;
}
const UNMOVED_SHARE = .01;
function nothingHotMoved({ examination, movedShare, loops, sameShare }) {
	if (!examination || sameShare === void 0 || movedShare >= UNMOVED_SHARE || loops.length > 0) return void 0;
	if (examination.data.moved.some(({ share }) => share >= UNMOVED_SHARE)) return void 0;
	if (!examination.touched.some(({ share }) => share > 0)) return void 0;
	return {};
}
const crowdingOf = ({ base, head }, ways) => ({
	base: base.mostLines,
	head: head.mostLines,
	ways
});
function setsCrowded({ examination, from, to, icache }) {
	if (!examination || icache && !rateRose(icache, ANY_RISE)) return void 0;
	const { crowding, geometry } = examination;
	if (crowding[to].score - crowding[from].score < CROWDING_RISE$1) return void 0;
	return crowdingOf(crowding, geometry.l1i.ways);
}
function instructionMissesRose(evidence) {
	if (footprintMisses(evidence)) return void 0;
	if (!rateRose(evidence.icache, ICACHE_RISE) || (evidence.icacheInMoved ?? 1) < .5) return void 0;
	const { counts } = evidence;
	const ofLoads = (side) => {
		const { icacheMisses, icacheLoads } = counts[side];
		return icacheMisses === void 0 || !icacheLoads ? void 0 : icacheMisses / icacheLoads;
	};
	const [baseOfLoads, headOfLoads] = [ofLoads("base"), ofLoads("head")];
	const known = baseOfLoads !== void 0 && headOfLoads !== void 0;
	return {
		...ratesOf(evidence.icache, evidence),
		...known ? {
			baseOfLoads,
			headOfLoads
		} : {}
	};
}
function frontEndStalled({ counts, from, to }) {
	return stallRose({
		counts,
		from,
		to
	}, {
		cycles: "frontEndStalls",
		slots: "frontEndSlots"
	});
}
function loopsMisaligned(evidence) {
	if (!evidence.branches || branchMissesRose(evidence)) return void 0;
	return loopOffsets(evidence);
}
function loopsMovedUnchecked(evidence) {
	return evidence.branches ? void 0 : loopOffsets(evidence);
}
function loopOffsets(evidence) {
	const loops = hotLoops(evidence);
	if (loops.length === 0) return void 0;
	const { symbol, share, base, head } = loops[0];
	return {
		function: symbol,
		share,
		base: base.offset,
		head: head.offset,
		others: loops.length - 1
	};
}
const hotLoops = ({ loops }) => loops.filter(({ share }) => share >= LOOP_SHARE);
function loopAlignmentWorsened(evidence) {
	const hazards = evidence.examination?.hazards ?? [];
	const worse = hotLoops(evidence).filter((loop) => isPlacedWorse(loop[evidence.from], loop[evidence.to], hazards));
	if (worse.length === 0 || !evidence.branches || branchMissesRose(evidence)) return void 0;
	const { base, head, symbol } = worse[0];
	return {
		function: symbol,
		baseLines: base.lines,
		headLines: head.lines,
		baseWindows: base.windows,
		headWindows: head.windows,
		baseSplitBranches: base.splitBranches,
		headSplitBranches: head.splitBranches
	};
}
function jumpsOnBoundaries(evidence) {
	const { examination, from, to } = evidence;
	const hazards = examination?.hazards ?? [];
	if (!jumpsOnBoundariesCost(hazards) || branchMissesRose(evidence)) return void 0;
	const worse = hotLoops(evidence).filter((loop) => loop[to].boundaryBranches > loop[from].boundaryBranches);
	if (worse.length === 0) return void 0;
	const { base, head, symbol, share } = worse[0];
	const { workaround = "unknown" } = hazards.find(({ id }) => id === "jcc-erratum");
	return {
		function: symbol,
		share,
		workaround,
		base: base.boundaryBranches,
		head: head.boundaryBranches
	};
}
const PART_IN_BLOCKS = .5;
function movedBlocksSlower({ examination, from, to, slowdown }) {
	const blocks = examination?.blocks?.filter(({ moved }) => moved) ?? [];
	if (slowdown <= 1 || blocks.length === 0) return void 0;
	const added = (block) => block.share[from] * (block.cycles[to] / block.cycles[from] - 1);
	const part = blocks.reduce((sum, block) => sum + added(block), 0) / (slowdown - 1);
	const [first] = blocks.toSorted((one, other) => added(other) - added(one));
	if (part < PART_IN_BLOCKS || !first) return void 0;
	return {
		part: Math.min(1, part),
		function: first.symbol,
		others: blocks.length - 1,
		base: first.cycles.base,
		head: first.cycles.head,
		baseOffset: first.address.base % LINE_BYTES,
		headOffset: first.address.head % LINE_BYTES
	};
}
const LINE_BYTES = 64;
function dataSetsCrowded(evidence) {
	const { examination } = evidence;
	if (!examination || !dataCrowdingRose(evidence)) return void 0;
	const { dataCrowding, geometry } = examination;
	return crowdingOf(dataCrowding, geometry.l1d.ways);
}
function movedDataMisses(evidence) {
	if (!evidence.sameWork || !dataCrowdingRose(evidence) || !rateRose(evidence.dcache, DCACHE_RISE)) return void 0;
	return ratesOf(evidence.dcache, evidence);
}
function sameBranchesMiss(evidence) {
	if (!samePath(evidence) || !rateRose(evidence.branches, {
		relative: 1.2,
		perThousand: 1
	})) return void 0;
	return ratesOf(evidence.branches, evidence);
}
function otherFrontEndMisses({ counts, from, to }) {
	const rose = (event) => {
		const [before, after] = [counts[from][event], counts[to][event]];
		const per = (counts[to].instructions ?? 0) / 1e3;
		return before !== void 0 && after !== void 0 && after > 1.5 * before && per > 0 && (after - before) / per > 1;
	};
	const found = [...rose("uopCacheMisses") ? ["micro-op cache"] : [], ...rose("itlbMisses") ? ["instruction TLB"] : []];
	return found.length > 0 ? { structures: found } : void 0;
}
// src/core/cause/signs/runtime.ts
const PART = .2;
function allocatesMore(evidence) {
	const { growth = 0, tolerance, explained, examination } = evidence;
	if (!examination?.exact || growth <= tolerance || explained < LEAST_EXPLAINED) return void 0;
	return allocationFigures(evidence, growth);
}
const LEAST_EXPLAINED = .05;
function timeInAllocator(evidence) {
	const { slowdown, examination, changed } = evidence;
	if (!examination || examination.exact || slowdown <= 1) return void 0;
	if (!changed.some(({ touched }) => touched === "yes" || touched === "maybe")) return void 0;
	return allocationFigures(evidence, slowdown - 1);
}
function copiesMore({ runtime, growth = 0, tolerance, examination, to }) {
	const copying = runtime?.families.copying;
	if (!examination?.exact || growth <= tolerance || !copying || copying.growth < PART * growth) return void 0;
	return {
		slower: to,
		part: Math.min(1, copying.growth / growth),
		functions: copying.functions
	};
}
function allocationFigures(evidence, all) {
	const { runtime, to, calls, iterations } = evidence;
	const { allocation, collection } = runtime?.families ?? {};
	const part = (growth = 0) => Math.min(1, Math.max(0, growth / all));
	if (part((allocation?.growth ?? 0) + (collection?.growth ?? 0)) < PART) return void 0;
	const found = runtime?.allocations;
	const each = iterations ?? 1;
	const [base, head] = to === "head" ? [found?.from, found?.to] : [found?.to, found?.from];
	return {
		slower: to,
		allocation: part(allocation?.growth),
		collection: part(collection?.growth),
		functions: [...allocation?.functions ?? [], ...collection?.functions ?? []],
		...found && base !== void 0 && head !== void 0 ? {
			allocator: found.allocator,
			base: base / each,
			head: head / each
		} : {},
		...found && iterations ? { perIteration: true } : {},
		...newAllocation(calls, to)
	};
}
function newAllocation(calls, to) {
	const wanted = calls.filter(({ on, callee }) => on === to && runtimeFamily(callee) === "allocation");
	const found = wanted.find(({ callee }) => isAllocator(callee)) ?? wanted[0];
	if (!found) return {};
	return {
		caller: found.caller,
		...found.perCall === void 0 ? {} : { perCall: found.perCall }
	};
}
// src/core/cause/signs/time.ts
const names = (codes) => codes.map(({ name }) => name);
function timeIn({ slowdown, from, to, examination }, isWanted) {
	if (!examination || examination.exact || slowdown <= 1) return 0;
	return examination.hot.filter(({ name }) => isWanted(name)).reduce((sum, code) => sum + slowdown * (code[to]?.share ?? 0) - (code[from]?.share ?? 0), 0) / (slowdown - 1);
}
const PART_OF_TIME = .5;
function timeInTouchedCode(evidence) {
	const codes = evidence.changed.filter(({ touched }) => touched === "yes" || touched === "maybe");
	const part = timeIn(evidence, (name) => codes.some((code) => code.name === name));
	if (part < PART_OF_TIME) return void 0;
	return {
		part: Math.min(1, part),
		functions: names(codes)
	};
}
function timeInUntouchedCode(evidence) {
	const codes = evidence.changed.filter(({ touched }) => touched === "no");
	const part = timeIn(evidence, (name) => codes.some((code) => code.name === name));
	if (part < PART_OF_TIME) return void 0;
	return {
		part: Math.min(1, part),
		functions: names(codes)
	};
}
const ANEW = .2;
function timeInCodeRunAnew(evidence) {
	const { slowdown, from, to, examination, changed } = evidence;
	if (!examination || !changed.some(({ touched, share }) => touched === "yes" && share >= LEAST_CALLER_SHARE)) return void 0;
	const different = new Set(changed.map(({ name }) => name));
	const functions = examination.hot.filter((code) => !different.has(code.name) && (code[from]?.share ?? 0) < ANEW * slowdown * (code[to]?.share ?? 0)).map(({ name }) => name);
	const part = timeIn(evidence, (name) => functions.includes(name));
	return part < PART_OF_TIME ? void 0 : {
		part: Math.min(1, part),
		functions
	};
}
const LEAST_CALLER_SHARE = .01;
const SCRIPT$1 = /\.(?:py|pyi?w|m?js|cjs|m?ts|cts|rb|lua|pl|pm|php|tcl|sh|bash|awk|R|jl|scm|lisp|clj|exs?)$/;
function scriptRanLonger(evidence) {
	const { examination } = evidence;
	const files = examination?.change.other.filter((file) => SCRIPT$1.test(file)) ?? [];
	if (!examination || files.length === 0 || waited(evidence)) return void 0;
	const shared = new Set(examination.hot.filter(({ object }) => object.shared).map(({ name }) => name));
	const part = timeIn(evidence, (name) => shared.has(name));
	return part < PART_OF_TIME ? void 0 : {
		part: Math.min(1, part),
		files
	};
}
function timeInMovedCode(evidence) {
	const moved = new Set(evidence.examination?.moves.map(({ symbol }) => symbol) ?? []);
	const part = timeIn(evidence, (name) => moved.has(name));
	return part < PART_OF_TIME ? void 0 : { part: Math.min(1, part) };
}
function waited({ counts, from, to, slowdown, untimed, processorTime, iterations }) {
	if (untimed || processorTime || iterations !== void 0) return void 0;
	const [before, after] = [counts[from].taskClockSeconds, counts[to].taskClockSeconds];
	if (!before || after === void 0 || after / before - 1 > .3 * (slowdown - 1)) return void 0;
	return {
		baseSeconds: counts.base.taskClockSeconds,
		headSeconds: counts.head.taskClockSeconds
	};
}
// src/core/cause/rules.ts
const NEEDED = {
	work: 3,
	codegen: 3,
	memory: 3,
	branches: 3,
	placement: 4
};
const COMPARABLE = [.5, 2];
const RULES = {
	"instructions-explain": {
		sign: instructionsExplain,
		weights: {
			work: 2,
			codegen: 2,
			placement: -1
		}
	},
	"instructions-rose": {
		sign: instructionsRose,
		weights: {
			work: 1,
			codegen: 1
		}
	},
	"changed-code-touched": {
		sign: changedCodeTouched,
		weights: { work: 2 },
		positive: true
	},
	"changed-code-maybe": {
		sign: changedCodeMaybe,
		weights: {
			work: 2,
			codegen: 1
		},
		positive: true
	},
	"changed-code-unknown": {
		sign: changedCodeUnknown,
		weights: {
			work: .5,
			codegen: .5
		}
	},
	"changed-code-untouched": {
		sign: changedCodeUntouched,
		weights: { codegen: 2 },
		positive: true
	},
	"build-not-reproducible": {
		sign: buildNotReproducible,
		weights: {}
	},
	"inlining-changed": {
		sign: inliningChanged,
		weights: { codegen: 1 }
	},
	"calls-more": {
		sign: callsMore,
		weights: { work: 1 }
	},
	"allocates-more": {
		sign: allocatesMore,
		weights: { work: 1 }
	},
	"copies-more": {
		sign: copiesMore,
		weights: { work: .5 }
	},
	"build-changed": {
		sign: buildChanged,
		weights: { codegen: 1 }
	},
	"executed-more-often": {
		sign: executedMoreOften,
		weights: { work: 1.5 },
		positive: true
	},
	"touched-code-ran": {
		sign: touchedCodeRan,
		weights: {
			work: .5,
			memory: .5,
			branches: .5,
			placement: -.5
		}
	},
	"hot-code-rewritten": {
		sign: hotCodeRewritten,
		weights: { work: 2.5 },
		positive: true
	},
	"hot-code-rebuilt": {
		sign: hotCodeRebuilt,
		weights: {
			work: 1.5,
			memory: .5
		},
		positive: true
	},
	"hot-code-came-out-different": {
		sign: hotCodeCameOutDifferent,
		weights: { codegen: 1 },
		positive: true
	},
	"most-code-resized": {
		sign: mostCodeResized,
		weights: { codegen: 2 },
		positive: true
	},
	"footprint-misses": {
		sign: footprintMisses,
		weights: { work: 2 },
		positive: true
	},
	"footprint-grew": {
		sign: footprintGrew,
		weights: {
			work: 1,
			codegen: 1,
			placement: -3
		}
	},
	"time-in-touched-code": {
		sign: timeInTouchedCode,
		weights: {
			work: 3,
			placement: -1
		},
		positive: true
	},
	"time-in-allocator": {
		sign: timeInAllocator,
		weights: { work: 2.5 },
		positive: true
	},
	"time-in-code-run-anew": {
		sign: timeInCodeRunAnew,
		weights: { work: 2.5 },
		positive: true
	},
	"script-ran-longer": {
		sign: scriptRanLonger,
		weights: { work: 3 },
		positive: true
	},
	"time-in-untouched-code": {
		sign: timeInUntouchedCode,
		weights: {
			codegen: 3,
			placement: -1
		},
		positive: true
	},
	"time-in-moved-code": {
		sign: timeInMovedCode,
		weights: { placement: 1 }
	},
	waited: {
		sign: waited,
		weights: {
			memory: -2,
			branches: -2,
			placement: -3
		}
	},
	"data-misses-rose": {
		sign: dataMissesRose,
		weights: { memory: 1.5 },
		positive: true
	},
	"data-misses-explain": {
		sign: dataMissesExplain,
		weights: { memory: 2 }
	},
	"same-code-misses-more": {
		sign: sameCodeMissesMore,
		weights: {
			memory: 1.5,
			placement: -1.5
		}
	},
	"misses-in-changed-code": {
		sign: missesInChangedCode,
		weights: { memory: 1 }
	},
	"same-count-other-code": {
		sign: sameCountOtherCode,
		weights: { memory: 1 }
	},
	"hot-data-grew": {
		sign: hotDataGrew,
		weights: { memory: 1 }
	},
	"types-changed": {
		sign: typesChanged,
		weights: { memory: .5 }
	},
	"faults-rose": {
		sign: faultsRose,
		weights: { memory: 1 },
		positive: true
	},
	"pages-became-small": {
		sign: pagesBecameSmall,
		weights: {
			memory: 2,
			placement: -1
		}
	},
	"back-end-stalled": {
		sign: backEndStalled,
		weights: { memory: 1 },
		positive: true
	},
	"branch-misses-rose": {
		sign: branchMissesRose,
		weights: {
			branches: 1.5,
			placement: -1
		},
		positive: true
	},
	"branch-misses-explain": {
		sign: branchMissesExplain,
		weights: { branches: 1 }
	},
	"speculation-wasted": {
		sign: speculationWasted,
		weights: { branches: 1.5 },
		positive: true
	},
	"something-that-runs-changed": {
		sign: somethingThatRunsChanged,
		weights: { branches: .5 }
	},
	"no-more-instructions": {
		sign: noMoreInstructions,
		weights: { branches: .5 }
	},
	"same-work-done": {
		sign: sameWorkDone,
		weights: {
			placement: 2,
			work: -2,
			codegen: -2
		}
	},
	"same-code-uncounted": {
		sign: sameCodeUncounted,
		weights: { placement: 1.5 }
	},
	"hot-code-moved": {
		sign: hotCodeMoved,
		weights: { placement: 1 }
	},
	"hot-data-moved": {
		sign: hotDataMoved,
		weights: { placement: .5 }
	},
	"nothing-hot-moved": {
		sign: nothingHotMoved,
		weights: {
			work: 1,
			codegen: 1,
			memory: 1,
			branches: 1,
			placement: -4
		}
	},
	"sets-crowded": {
		sign: setsCrowded,
		weights: { placement: 2 },
		positive: true
	},
	"instruction-misses-rose": {
		sign: instructionMissesRose,
		weights: { placement: 2 },
		positive: true
	},
	"front-end-stalled": {
		sign: frontEndStalled,
		weights: { placement: 2 },
		positive: true
	},
	"loops-misaligned": {
		sign: loopsMisaligned,
		weights: { placement: 1 },
		positive: true
	},
	"loops-moved-unchecked": {
		sign: loopsMovedUnchecked,
		weights: { placement: .5 }
	},
	"loop-alignment-worsened": {
		sign: loopAlignmentWorsened,
		weights: { placement: 1 }
	},
	"jumps-on-boundaries": {
		sign: jumpsOnBoundaries,
		weights: { placement: 1.5 },
		positive: true
	},
	"moved-blocks-slower": {
		sign: movedBlocksSlower,
		weights: { placement: 2 },
		positive: true
	},
	"data-sets-crowded": {
		sign: dataSetsCrowded,
		weights: { placement: 2 },
		positive: true
	},
	"moved-data-misses": {
		sign: movedDataMisses,
		weights: { placement: 2 }
	},
	"same-branches-miss": {
		sign: sameBranchesMiss,
		weights: { placement: 1.5 },
		positive: true
	},
	"other-front-end-misses": {
		sign: otherFrontEndMisses,
		weights: { placement: 1 },
		positive: true
	}
};
// src/core/cause/judge.ts
const PLAIN = [
	"work",
	"codegen",
	"memory",
	"branches",
	"placement"
];
const REAL = [
	"work",
	"codegen",
	"memory",
	"branches"
];
function judgeCause(evidence, trial) {
	const cause = causeByRules(evidence, trial);
	const through = throughOf(cause, evidence);
	return through.length > 0 ? {
		...cause,
		through
	} : cause;
}
function throughOf({ kind }, { changed, examination }) {
	if (kind === "placement" || kind === "unexplained") return [];
	const [first] = changed.filter(({ touched }) => kind === "codegen" ? touched === "no" || touched === "unknown" : touched !== "no").toSorted((a, b) => b.growth - a.growth || b.share - a.share);
	if (first?.through || kind !== "work") return first?.through ?? [];
	const tables = first?.touched === "yes" ? [] : examination?.origins?.embedded ?? [];
	if (tables.length > 0 || first || !examination) return tables.map(takesInWords);
	return examination.touched.some(({ from, share }) => from !== "sizes" && share > 0) ? [] : runReach(examination.change);
}
function causeByRules(evidence, trial) {
	const held = rulesThatHold(evidence);
	if (trial && trial.outcome !== "inconclusive" && isSlowdown(evidence) === (trial.question !== "speed-up")) return ofSpeedUp(afterTrial(held, evidence, trial), evidence);
	const cause = ofSpeedUp(withoutTrial(held, evidence), evidence);
	return trial?.outcome === "inconclusive" ? {
		...cause,
		confidence: "likely",
		against: [...cause.against, shownBy(trial)]
	} : cause;
}
function realCauseOf(evidence) {
	return strongest(rulesThatHold(evidence), REAL, () => 2);
}
const isSlowdown = ({ to }) => to === "head";
function rulesThatHold(evidence) {
	return Object.entries(RULES).flatMap(([id, rule]) => {
		const figures = rule.sign(evidence);
		return figures === void 0 ? [] : [{
			...rule,
			found: {
				rule: id,
				figures
			}
		}];
	});
}
const shownBy = ({ layouts, ratio, low, high, best, outcome, question, asBuilt }) => ({
	rule: "layout-trial",
	figures: {
		layouts,
		ratio,
		low,
		high,
		best,
		outcome,
		...question === void 0 || question === "slowdown" ? {} : { question },
		...asBuilt === void 0 ? {} : { asBuilt }
	}
});
function ofSpeedUp(cause, evidence) {
	if (isSlowdown(evidence) || cause.kind !== "placement" && cause.kind !== "mixed") return cause;
	return {
		...cause,
		because: [...cause.because, {
			rule: "gain-may-be-lost",
			figures: {}
		}]
	};
}
function score(held, kind) {
	return held.reduce((sum, { weights }) => sum + (weights[kind] ?? 0), 0);
}
function reaches(held, kind, needed) {
	return score(held, kind) >= needed && held.some(({ positive, weights }) => positive && (weights[kind] ?? 0) > 0);
}
function strongest(held, kinds, needed) {
	return kinds.filter((kind) => reaches(held, kind, needed(kind))).sort((a, b) => score(held, b) - score(held, a) || PLAIN.indexOf(a) - PLAIN.indexOf(b))[0];
}
function withoutTrial(held, evidence) {
	const real = strongest(held, REAL, (kind) => NEEDED[kind]);
	const placed = reaches(held, "placement", NEEDED.placement);
	const outweighed = (evidence.growth ?? 0) <= evidence.tolerance && real !== void 0 && score(held, "placement") > score(held, real);
	if (real && placed && !outweighed && evidence.explained < .8) {
		const placementShare = 1 - Math.min(1, evidence.explained);
		return {
			kind: "mixed",
			confidence: "likely",
			...signsFor(held, [real, "placement"]),
			placementShare
		};
	}
	if (real && !(placed && outweighed)) return {
		kind: real,
		confidence: shownByCounts(real, evidence) && !infersSource(real, held, NEEDED[real]) ? "shown" : "likely",
		...signsFor(held, [real])
	};
	if (placed) return {
		kind: "placement",
		confidence: "likely",
		...signsFor(held, ["placement"])
	};
	return unexplained(held, evidence);
}
const SOURCE_UNKNOWN = ["most-code-resized", "changed-code-unknown"];
function infersSource(kind, held, needed) {
	const known = held.filter(({ found }) => !SOURCE_UNKNOWN.includes(found.rule));
	return kind === "codegen" && !reaches(known, "codegen", needed);
}
function shownByCounts(kind, { changed, explained, tolerance }) {
	const [least, most] = COMPARABLE;
	const inChanged = changed.some(({ growth }) => growth > tolerance);
	return (kind === "work" || kind === "codegen") && inChanged && explained >= least && explained <= most;
}
function afterTrial(held, evidence, trial) {
	const real = strongest(held, REAL, () => 2);
	if (trial.outcome === "placement") {
		const { because, against } = signsFor(held, ["placement"]);
		return {
			kind: "placement",
			confidence: "shown",
			because: [shownBy(trial), ...because],
			against
		};
	}
	if (trial.outcome === "mixed") {
		const { because, against } = signsFor(held, real ? [real, "placement"] : ["placement"]);
		const placementShare = Math.min(1, Math.max(0, (evidence.slowdown - trial.ratio) / (evidence.slowdown - 1)));
		return {
			kind: "mixed",
			confidence: "shown",
			because: [shownBy(trial), ...because],
			against,
			placementShare
		};
	}
	if (!real) return withTrial$1(unexplained(held, evidence), trial);
	const { because, against } = signsFor(held, [real]);
	return {
		kind: real,
		confidence: (real === "work" || real === "codegen") && evidence.changed.length === 0 || infersSource(real, held, 2) ? "likely" : "shown",
		because: [shownBy(trial), ...because],
		against
	};
}
const withTrial$1 = (cause, trial) => ({
	...cause,
	because: [shownBy(trial), ...cause.because]
});
function unexplained(held, { source, examination }) {
	const unstable = held.filter(({ found }) => found.rule === "build-not-reproducible");
	if (unstable.length > 0) {
		const against = held.filter((each) => !unstable.includes(each)).map(({ found }) => found);
		return {
			kind: "unexplained",
			confidence: "likely",
			because: unstable.map(({ found }) => found),
			against
		};
	}
	const nothing = source === "none" && !examination ? "nothing-counted" : "nothing-differs";
	return {
		kind: "unexplained",
		confidence: "likely",
		because: [{
			rule: held.length > 0 ? "evidence-insufficient" : nothing,
			figures: {}
		}],
		against: held.map(({ found }) => found)
	};
}
function signsFor(held, kinds) {
	const weight = ({ weights }) => Math.max(...kinds.map((kind) => weights[kind] ?? 0));
	const supporting = held.filter((rule) => weight(rule) > 0);
	return {
		because: supporting.map(({ found }) => found),
		against: held.filter((rule) => !supporting.includes(rule)).map(({ found }) => found)
	};
}
// src/flow/history/commits.ts
const MOST_COMMITS = 250;
async function readCommits(clone, range, tools) {
	const { ok, out } = await git(tools, clone, [...[
		"log",
		`--max-count=${MOST_COMMITS}`,
		"--no-show-signature",
		"--no-renames",
		"--name-only",
		"-z",
		"--format=%x00%x00%H%x00%s"
	], `${range.base}..${range.head}`]);
	if (!ok) return [];
	return out.split("\0\0").filter((record) => record !== "").flatMap((record) => {
		const [sha = "", title = "", ...files] = record.split("\0").map((field) => field.replace(/^\n/, ""));
		return /^[0-9a-f]{40,64}$/.test(sha) ? [{
			sha,
			title: title.slice(0, 200),
			files: files.filter((file) => file !== "")
		}] : [];
	});
}
// src/core/annotated/choose.ts
const MOST = 2;
const LEAST_CHANGE = .01;
const LEAST_SHARE$2 = .05;
function chooseHot({ hot, totals }) {
	const own = hot.filter(({ object, baseCode, headCode }) => !object.shared && (baseCode ?? headCode));
	const change = ({ base, head }) => totals.base > 0 ? Math.abs((head?.count ?? 0) - (base?.count ?? 0)) / totals.base : 0;
	const changed = own.filter((code) => change(code) >= LEAST_CHANGE).toSorted((one, other) => change(other) - change(one));
	const moved = own.filter((code) => code.moved && greatestShare(code) >= LEAST_SHARE$2).toSorted((one, other) => greatestShare(other) - greatestShare(one));
	return [...new Set([...changed, ...moved])].slice(0, MOST);
}
// src/core/annotated/align.ts
const MOST_CELLS = 4e6;
function align(base, head) {
	const shorter = Math.min(base.length, head.length);
	let start = 0;
	while (start < shorter && base[start] === head[start]) start++;
	let end = 0;
	while (end < shorter - start && base[base.length - 1 - end] === head[head.length - 1 - end]) end++;
	const [ofBase, ofHead] = [base.length - end, head.length - end];
	return [
		...Array.from({ length: start }, (_, at) => ({
			base: at,
			head: at
		})),
		...between(base.slice(start, ofBase), head.slice(start, ofHead)).map((pair) => shifted(pair, start)),
		...Array.from({ length: end }, (_, at) => ({
			base: ofBase + at,
			head: ofHead + at
		}))
	];
}
function shifted({ base, head }, by) {
	return {
		...base === void 0 ? {} : { base: base + by },
		...head === void 0 ? {} : { head: head + by }
	};
}
function between(base, head) {
	const width = head.length + 1;
	const cells = (base.length + 1) * width;
	if (cells > MOST_CELLS) return [...base.map((_, at) => ({ base: at })), ...head.map((_, at) => ({ head: at }))];
	const common = new Uint16Array(cells);
	for (let i = base.length - 1; i >= 0; i--) for (let j = head.length - 1; j >= 0; j--) {
		const skip = Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
		common[i * width + j] = base[i] === head[j] ? common[(i + 1) * width + j + 1] + 1 : skip;
	}
	const pairs = [];
	let [i, j] = [0, 0];
	while (i < base.length || j < head.length) if (i < base.length && j < head.length && base[i] === head[j]) pairs.push({
		base: i++,
		head: j++
	});
	else if (j >= head.length || i < base.length && common[(i + 1) * width + j] >= common[i * width + j + 1]) pairs.push({ base: i++ });
	else pairs.push({ head: j++ });
	return pairs;
}
// src/core/annotated/rows.ts
const AROUND = 1;
function keepCostly(rows, costOf, most) {
	const costly = rows.map((row, at) => ({
		at,
		cost: costOf(row)
	})).filter(({ cost }) => cost > 0).toSorted((one, other) => other.cost - one.cost).slice(0, most);
	const kept = new Set(costly.flatMap(({ at }) => Array.from({ length: 3 }, (_, step) => at - AROUND + step)));
	let last = -1;
	return rows.flatMap((row, at) => {
		if (!kept.has(at)) return [];
		const skipped = at - last - 1;
		last = at;
		return [skipped > 0 ? {
			...row,
			skipped
		} : row];
	});
}
// src/core/annotated/machine-code.ts
const MOST_COSTLY$1 = 100;
function compareInstructions(code, lines) {
	const bodies = {
		base: code.baseCode?.body,
		head: code.headCode?.body
	};
	const shapes = (body) => (body?.instructions ?? []).map(({ shape }) => shape);
	const cell = (side, at) => at === void 0 ? void 0 : cellOf(code, side, {
		at,
		lines
	});
	return keepCostly(align(shapes(bodies.base), shapes(bodies.head)).map((pair) => {
		const [base, head] = [cell("base", pair.base), cell("head", pair.head)];
		return {
			...base && { base },
			...head && { head }
		};
	}), ({ base, head }) => Math.max(base?.count ?? 0, head?.count ?? 0), MOST_COSTLY$1);
}
function cellOf({ object, baseCode, headCode }, side, { at, lines }) {
	const { body } = side === "base" ? baseCode : headCode;
	const { view, profile } = object[side];
	const { address, length } = body.instructions[at];
	const { count, icacheMisses } = profile.sum(address, address + length);
	const line = lines(object, side)?.lineOf(address)?.line;
	return {
		address,
		count,
		bytes: hex(view.elf.bytesAt(address, length)),
		...profile.profile.icacheMisses && { icacheMisses },
		...line === void 0 ? {} : { line }
	};
}
function hex(bytes) {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
// src/core/annotated/source.ts
const MOST_FILES$2 = 3;
const MOST_COSTLY = 60;
const MOST_LINES$1 = 4e3;
const LONGEST_LINE = 300;
function compareSource(code, lines, read) {
	const counted = {
		base: countsByFile(code, "base", lines),
		head: countsByFile(code, "head", lines)
	};
	const names = new Set([...counted.base.keys(), ...counted.head.keys()]);
	const sumOf = (name) => SIDES.reduce((sum, side) => sum + [...counted[side].get(name)?.values() ?? []].reduce(plus, 0), 0);
	return [...names].toSorted((one, other) => sumOf(other) - sumOf(one)).slice(0, MOST_FILES$2).map((file) => {
		const [base, head] = SIDES.map((side) => window(counted[side].get(file) ?? new Map(), read[side](file)?.split(/\r?\n/)));
		const rows = editsTogether(align(base.map(({ line, text }) => text ?? line), head.map(({ line, text }) => text ?? line))).map((pair) => ({
			...pair.base === void 0 ? {} : { base: base[pair.base] },
			...pair.head === void 0 ? {} : { head: head[pair.head] }
		}));
		const cost = (row) => Math.max(row.base?.count ?? 0, row.head?.count ?? 0);
		return {
			file,
			rows: keepCostly(rows, cost, MOST_COSTLY)
		};
	}).filter(({ rows }) => rows.length > 0);
}
function editsTogether(pairs) {
	const rows = [];
	let waiting = 0;
	for (const pair of pairs) {
		const { base, head } = pair;
		if (base !== void 0 && head !== void 0) waiting = rows.push(pair);
		else if (base !== void 0) rows.push(pair);
		else if (waiting < rows.length) rows[waiting] = {
			...rows[waiting],
			...pair
		};
		else rows.push(pair);
		if (head !== void 0 && base === void 0) waiting++;
	}
	return rows;
}
const plus = (sum, each) => sum + each;
function countsByFile(code, side, linesOf) {
	const files = new Map();
	const body = (side === "base" ? code.baseCode : code.headCode)?.body;
	const table = body && linesOf(code.object, side);
	if (!body || !table) return files;
	const { profile } = code.object[side];
	for (const { address, length } of body.instructions) {
		const { count } = profile.sum(address, address + length);
		const place = count > 0 ? table.lineOf(address) : void 0;
		if (!place) continue;
		const lines = files.get(place.file) ?? new Map();
		files.set(place.file, lines.set(place.line, (lines.get(place.line) ?? 0) + count));
	}
	return files;
}
function window(counts, text) {
	const numbers = [...counts.keys()];
	if (numbers.length === 0) return [];
	const first = numbers.reduce((least, line) => Math.min(least, line), Number.POSITIVE_INFINITY);
	const last = numbers.reduce((most, line) => Math.max(most, line), 0);
	return Array.from({ length: Math.min(MOST_LINES$1, last - first + 1) }, (_, at) => {
		const line = first + at;
		const words = text?.[line - 1];
		return {
			line,
			count: counts.get(line) ?? 0,
			...words === void 0 ? {} : { text: words.replaceAll("	", "    ").slice(0, LONGEST_LINE) }
		};
	});
}
// src/core/annotated/annotate-hot.ts
function annotateHot(examination, lines, read) {
	return chooseHot(examination).map((code) => ({
		symbol: code.name,
		object: code.object.name,
		machine: (code.object.head ?? code.object.base).view.elf.machine,
		...code.base && { from: code.base.symbol.address },
		...code.head && { to: code.head.symbol.address },
		instructions: compareInstructions(code, lines),
		sources: compareSource(code, lines, read)
	}));
}
// src/core/cause/suspect-code.ts
const LEAST_SHARE$1 = .01;
const LEAST_LOOP_SHARE = .05;
function crowdedCode({ to, from }, examination) {
	const { crowding, geometry, exact } = examination;
	if (crowding[to].score - crowding[from].score < .02) return [];
	const crowded = new Map(crowding[to].crowded.map((each) => [each.set, each]));
	const hot = new Set(examination.hot.map(({ name }) => name));
	return movedHot(examination).flatMap((code) => {
		const mine = setsTouched(code[to].symbol, geometry.l1i).flatMap((set) => crowded.get(set) ?? []).filter(({ owners }) => owners.includes(code.name));
		if (mine.length === 0) return [];
		const others = [...new Set(mine.flatMap(({ owners }) => owners))].filter((name) => name !== code.name && hot.has(name));
		const more = exact ? code[to].icacheMisses - code[from].icacheMisses : 0;
		if (exact && more <= 0 && code.head.icacheMisses + code.base.icacheMisses > 0) return [];
		return [candidateOf(code, examination, {
			mechanism: "set-conflict",
			why: {
				rule: "crowded-set",
				slower: to,
				cache: "instruction",
				sets: mine.map(({ set }) => set),
				lines: mine[0].lines,
				ways: geometry.l1i.ways,
				others
			},
			sharedWith: others,
			weight: 2 + share(code) + more / Math.max(1, examination.totals[to])
		})];
	});
}
function misalignedLoops({ loops }, examination) {
	return loops.filter((loop) => loop.share >= LEAST_LOOP_SHARE).flatMap((loop) => {
		const code = examination.hot.find((each) => each.name === loop.symbol && each.object.name === loop.object);
		if (!code) return [];
		const lineOffset = {
			base: loop.base.offset,
			head: loop.head.offset
		};
		return [candidateOf(code, examination, {
			mechanism: "alignment",
			why: {
				rule: "loop-offset",
				offset: lineOffset,
				lines: {
					base: loop.base.lines,
					head: loop.head.lines
				}
			},
			lineOffset,
			weight: 1 + loop.share
		})];
	});
}
function movedCode(examination) {
	return movedHot(examination).map((code) => {
		const [base, head] = [code.base.symbol, code.head.symbol];
		const lines = {
			base: lineCount(base, examination),
			head: lineCount(head, examination)
		};
		const straddles = lines.head > lines.base;
		const why = {
			rule: "moved",
			bytes: head.address - base.address,
			lines
		};
		return candidateOf(code, examination, {
			mechanism: straddles ? "straddle" : "moved",
			why,
			weight: share(code)
		});
	});
}
const lineCount = (range, { geometry }) => Math.floor((range.address + Math.max(1, range.size) - 1) / geometry.l1i.lineBytes) - Math.floor(range.address / geometry.l1i.lineBytes) + 1;
const share = (code) => Math.max(code.base?.share ?? 0, code.head?.share ?? 0);
function movedHot({ hot }) {
	return hot.filter((code) => code.moved && code.sameness !== "changed" && code.base && code.head && share(code) >= LEAST_SHARE$1);
}
function candidateOf(code, { geometry, exact }, of) {
	const [base, head] = [code.base, code.head];
	const { mechanism, why, weight, sharedWith, lineOffset } = of;
	const line = geometry.l1i.lineBytes;
	return {
		suspect: {
			symbol: code.name,
			object: code.object.name,
			kind: "function",
			why,
			evidence: {
				from: base.symbol.address,
				to: head.symbol.address,
				share: share(code),
				mechanism,
				sets: {
					base: setsTouched(base.symbol, geometry.l1i),
					head: setsTouched(head.symbol, geometry.l1i)
				},
				...sharedWith ? { sharedWith } : {},
				...exact ? { misses: {
					base: base.icacheMisses,
					head: head.icacheMisses
				} } : {},
				lineOffset: lineOffset ?? {
					base: base.symbol.address % line,
					head: head.symbol.address % line
				}
			}
		},
		weight,
		traced: {
			object: code.object,
			kind: "functions",
			symbol: code.name,
			base: base.symbol.address,
			head: head.symbol.address
		}
	};
}
// src/core/cause/suspect-data.ts
function crowdedData({ to, from }, examination) {
	const { dataCrowding, geometry, data, objects } = examination;
	if (dataCrowding[to].score - dataCrowding[from].score < .02) return [];
	const crowded = new Map(dataCrowding[to].crowded.map((each) => [each.set, each]));
	return data.moved.flatMap((move) => {
		const mine = (to === "head" ? move.to : move.from).sets.flatMap((set) => crowded.get(set) ?? []).filter(({ owners }) => owners.includes(move.symbol));
		if (mine.length === 0) return [];
		const others = [...new Set(mine.flatMap(({ owners }) => owners))].filter((name) => name !== move.symbol);
		const suspect = {
			symbol: move.symbol,
			object: move.object,
			kind: "data",
			why: {
				rule: "crowded-set",
				slower: to,
				cache: "data",
				sets: mine.map(({ set }) => set),
				lines: mine[0].lines,
				ways: geometry.l1d.ways,
				others
			},
			evidence: {
				...placesOf(move),
				share: move.share,
				mechanism: "data-set-conflict",
				sets: {
					base: move.from.sets,
					head: move.to.sets
				},
				sharedWith: others
			}
		};
		const traced = {
			object: objects.find((each) => each.name === move.object),
			kind: "data",
			symbol: move.symbol,
			base: move.from.address,
			head: move.to.address
		};
		return [{
			suspect,
			weight: 1 + move.share,
			traced
		}];
	});
}
const placesOf = (move) => ({
	from: move.from.address,
	to: move.to.address
});
// src/core/cause/suspects.ts
const MOST_SUSPECTS = 64;
function rankSuspects(evidence) {
	const { examination } = evidence;
	if (!examination) return {
		suspects: [],
		traced: []
	};
	const specific = [
		...crowdedCode(evidence, examination),
		...misalignedLoops(evidence, examination),
		...crowdedData(evidence, examination)
	];
	const candidates = specific.length > 0 ? specific : movedCode(examination);
	const best = new Map();
	for (const candidate of candidates) {
		const key = `${candidate.suspect.object}\0${candidate.suspect.symbol}\0${candidate.traced.head}`;
		if ((best.get(key)?.weight ?? -1) < candidate.weight) best.set(key, candidate);
	}
	const ranked = [...best.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_SUSPECTS);
	return {
		suspects: ranked.map(({ suspect }, at) => ({
			...suspect,
			rank: at + 1
		})),
		traced: ranked.map(({ traced }) => traced)
	};
}
// src/core/flame/call-graph.ts
function callGraphs(objects, profiles) {
	if (!profiles.base.calls?.length || !profiles.head.calls?.length) return void 0;
	return {
		base: graphOn("base", objects, profiles.base),
		head: graphOn("head", objects, profiles.head)
	};
}
function graphOn(side, objects, profile) {
	const functions = new Map();
	const self = new Map();
	const callees = new Map();
	const opened = new Map(objects.flatMap((object, at) => {
		const path = object[side]?.profile.profile.object;
		return path === void 0 ? [] : [[path, {
			object,
			at
		}]];
	}));
	const keyOf = (path, index) => {
		const known = opened.get(path);
		const { key, ...named } = known && index >= 0 ? functionAt(known, side, index) : fileAt(path, known?.object.name ?? path);
		if (!functions.has(key)) functions.set(key, named);
		return key;
	};
	const keyAt = ({ object, address }) => {
		const view = opened.get(object)?.object[side]?.view;
		return keyOf(object, view ? indexAt(view.functions, address) : -1);
	};
	addSelf(side, objects, {
		profile,
		keyOf,
		self
	});
	for (const { from, to, cost } of profile.calls ?? []) {
		const [caller, callee] = [keyAt(from), keyAt(to)];
		if (caller === callee) continue;
		const called = callees.get(caller) ?? new Map();
		callees.set(caller, called.set(callee, (called.get(callee) ?? 0) + cost));
	}
	return {
		total: profile.total,
		functions,
		self,
		callees
	};
}
function addSelf(side, objects, to) {
	const { profile, keyOf, self } = to;
	const costs = costsOn(side, objects, profile.total);
	const inFunctions = new Map();
	const add = (key, count) => self.set(key, (self.get(key) ?? 0) + count);
	for (const [object, byIndex] of costs) {
		const path = object[side].profile.profile.object;
		for (const [index, { count }] of byIndex) {
			add(keyOf(path, index), count);
			inFunctions.set(path, (inFunctions.get(path) ?? 0) + count);
		}
	}
	for (const { object, counts } of profile.objects) {
		const rest = counts.reduce((sum, each) => sum + each, 0) - (inFunctions.get(object) ?? 0);
		if (rest > 0) add(keyOf(object, -1), rest);
	}
}
function functionAt({ object, at }, side, index) {
	const partner = side === "base" ? object.functions.headOf[index] ?? -1 : index;
	const symbol = partner >= 0 && object.head ? object.head.view.functions.symbols[partner] : object[side].view.functions.symbols[index];
	return {
		key: partner >= 0 ? `${at} head ${partner}` : `${at} base ${index}`,
		symbol: symbol.name,
		object: object.name
	};
}
function fileAt(path, name) {
	return {
		key: `file ${name}`,
		symbol: `[${path.slice(path.lastIndexOf("/") + 1)}]`,
		object: name
	};
}
function indexAt({ symbols, lastUpTo }, address) {
	const last = lastUpTo(address);
	for (let index = last; index >= 0 && index > last - 4; index--) {
		const { address: start, size } = symbols[index];
		if (address < start + Math.max(size, 1)) return index;
	}
	return -1;
}
// src/core/flame/grow.ts
const LEAST_SHARE = .002;
const MOST_FRAMES = 800;
const DEEPEST = 100;
function growFlame(graphs, unit) {
	const nodes = [];
	const shareOf = ({ weights }) => Math.max(...SIDES.map((side) => graphs[side].total > 0 ? weights[side] / graphs[side].total : 0));
	let open = childrenOf(rootsOf(graphs), {
		parent: -1,
		depth: 0
	});
	while (nodes.length < MOST_FRAMES) {
		const next = mostOf(open, shareOf);
		if (!next || shareOf(next) < LEAST_SHARE) break;
		open = open.filter((node) => node !== next);
		const at = nodes.push(next) - 1;
		if (next.depth >= DEEPEST) continue;
		const children = childrenOf(weightsBelow(graphs, next, stackOf(nodes, at)), {
			parent: at,
			depth: next.depth + 1
		});
		open.push(...children.filter((child) => shareOf(child) >= LEAST_SHARE));
	}
	return written(nodes, graphs, unit);
}
function mostOf(nodes, shareOf) {
	let best;
	for (const node of nodes) if (!best || shareOf(node) > shareOf(best)) best = node;
	return best;
}
function childrenOf(weights, at) {
	const keys = new Set([...weights.base.keys(), ...weights.head.keys()]);
	return Array.from(keys, (key) => ({
		...at,
		key,
		weights: {
			base: weights.base.get(key) ?? 0,
			head: weights.head.get(key) ?? 0
		}
	}));
}
function rootsOf(graphs) {
	const on = (side) => {
		const { self, callees, functions, total } = graphs[side];
		const own = new Map();
		const add = (key, cost) => own.set(key, (own.get(key) ?? 0) + cost);
		for (const key of functions.keys()) add(key, self.get(key) ?? 0);
		for (const [caller, called] of callees) for (const [callee, cost] of called) {
			add(caller, cost);
			add(callee, -cost);
		}
		const roots = [...own].filter(([, cost]) => cost > 0);
		const rooted = roots.reduce((sum, [, cost]) => sum + cost, 0);
		const scale = rooted > total ? total / rooted : 1;
		return new Map(roots.map(([key, cost]) => [key, cost * scale]));
	};
	return {
		base: on("base"),
		head: on("head")
	};
}
function weightsBelow(graphs, node, stack) {
	const on = (side) => {
		const { self, callees } = graphs[side];
		const called = [...callees.get(node.key) ?? []].filter(([callee]) => !stack.has(callee));
		const all = called.reduce((sum, [, cost]) => sum + cost, self.get(node.key) ?? 0);
		return new Map(all > 0 ? called.map(([callee, cost]) => [callee, node.weights[side] * cost / all]) : []);
	};
	return {
		base: on("base"),
		head: on("head")
	};
}
function stackOf(nodes, from) {
	const stack = new Set();
	for (let at = from; at >= 0; at = nodes[at].parent) stack.add(nodes[at].key);
	return stack;
}
function written(nodes, graphs, unit) {
	const below = new Map();
	for (const [at, { parent }] of nodes.entries()) below.set(parent, [...below.get(parent) ?? [], at]);
	const functions = [];
	const positions = new Map();
	const functionOf = (key) => {
		const known = positions.get(key);
		if (known !== void 0) return known;
		positions.set(key, functions.length);
		functions.push(graphs.head.functions.get(key) ?? graphs.base.functions.get(key));
		return functions.length - 1;
	};
	const frames = [];
	const heat = (at) => nodes[at].weights.base + nodes[at].weights.head;
	const write = (at, parent) => {
		const { key, weights } = nodes[at];
		const written = frames.push([
			parent,
			functionOf(key),
			Math.round(weights.base),
			Math.round(weights.head)
		]);
		for (const child of ordered(below.get(at) ?? [])) write(child, written - 1);
	};
	const ordered = (children) => children.toSorted((a, b) => heat(b) - heat(a));
	for (const root of ordered(below.get(-1) ?? [])) write(root, -1);
	return {
		unit,
		totals: {
			base: graphs.base.total,
			head: graphs.head.total
		},
		functions,
		frames
	};
}
// src/core/placement/describe-displacers.ts
function describeDisplacers(pushes, sources) {
	return pushes.map((push) => {
		const object = sources.objects.find(({ name }) => name === push.object);
		const source = (object && lineOf$1(push, object, sources)) ?? sources.named(sourceName(push.symbol)) ?? buildFile(push, sources);
		const file = source?.replace(/:\d+$/, "");
		const commits = file === void 0 ? [] : sources.commits.filter(({ files }) => files.includes(file));
		return {
			symbol: push.symbol,
			object: push.object,
			bytes: push.bytes,
			change: push.change,
			share: object ? shareOf(push, object, sources.totals) : 0,
			...source === void 0 ? {} : { source },
			...commits.length > 0 ? { commits: commits.map(({ sha, title }) => ({
				sha: sha.slice(0, 12),
				title
			})) } : {}
		};
	});
}
function shareOf({ base, head }, object, totals) {
	const on = (side, symbol) => {
		const part = object[side];
		if (!symbol || !part || totals[side] === 0) return 0;
		return part.profile.sum(symbol.address, symbol.address + symbol.size).count / totals[side];
	};
	return Math.max(on("base", base), on("head", head));
}
function lineOf$1(push, object, { lines }) {
	for (const side of ["head", "base"]) {
		const symbol = push[side];
		if (symbol?.kind !== "function") continue;
		const found = lines(object, side)?.lineOf(symbol.address);
		if (found) return `${found.file}:${found.line}`;
	}
}
function buildFile({ change }, { build }) {
	return change === "reordered" || change === "padding" ? build[0] : void 0;
}
// src/core/placement/describe-hot.ts
const HOT_SHARE = .01;
const MOST_DATA = 100;
function describeHot(examination) {
	const { hot, data } = examination;
	return [...hot.filter((code) => greatestShare(code) >= HOT_SHARE).map((code) => functionRow(code, examination)), ...data.moved.filter(({ share }) => share >= HOT_SHARE).slice(0, MOST_DATA).map(dataRow)];
}
function functionRow(code, { exact, geometry, inlined, totals }) {
	const { name, object, state } = code;
	const at = (side) => {
		const cost = code[side];
		if (!cost) return {};
		const { share, symbol, count, icacheMisses } = cost;
		const place = placeOf$1(object[side].view, symbol, geometry.l1i);
		return { [side]: {
			share,
			...place,
			...exact ? {
				instructions: count,
				icacheMisses
			} : {}
		} };
	};
	const inside = inlinedShares(inlined?.get(code), totals);
	return {
		symbol: name,
		object: object.name,
		...at("base"),
		...at("head"),
		state,
		...inside.length > 0 ? { inlined: inside } : {}
	};
}
const MOST_INLINED = 20;
function inlinedShares(costs, totals) {
	if (!costs) return [];
	const keys = new Set([...costs.head?.keys() ?? [], ...costs.base?.keys() ?? []]);
	const shareOn = (side, key) => {
		const own = costs[side]?.get(key)?.own ?? 0;
		return totals[side] > 0 ? own / totals[side] : 0;
	};
	return [...keys].map((key) => ({
		symbol: (costs.head?.get(key) ?? costs.base?.get(key)).name,
		...costs.base ? { base: shareOn("base", key) } : {},
		...costs.head ? { head: shareOn("head", key) } : {}
	})).filter(({ base = 0, head = 0 }) => Math.max(base, head) >= HOT_SHARE).toSorted((a, b) => Math.max(b.base ?? 0, b.head ?? 0) - Math.max(a.base ?? 0, a.head ?? 0)).slice(0, MOST_INLINED);
}
function dataRow({ symbol, object, share, from, to }) {
	const at = (place) => ({
		share,
		...place
	});
	return {
		symbol,
		object,
		kind: "data",
		base: at(from),
		head: at(to),
		state: "moved"
	};
}
// src/core/placement/common-order.ts
function longestIncreasing(values) {
	const tails = [];
	const previous = new Int32Array(values.length).fill(-1);
	for (let at = 0; at < values.length; at++) {
		const value = values[at];
		if (value < 0) continue;
		let low = tails.length > 0 && values[tails.at(-1)] < value ? tails.length : 0;
		let high = tails.length;
		while (low < high) {
			const middle = low + high >>> 1;
			if (values[tails[middle]] < value) low = middle + 1;
			else high = middle;
		}
		previous[at] = low > 0 ? tails[low - 1] : -1;
		tails[low] = at;
	}
	const kept = [];
	for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]) kept.push(at);
	return kept.reverse();
}
// src/core/placement/displacement.ts
const ALIGNMENT_BYTES = 64;
function compareSection(pair, kind, section) {
	const base = within(pair.base.view[kind], section.base);
	const head = within(pair.head.view[kind], section.head);
	const toHead = partnersIn(head, base, pair[kind]);
	const kept = longestIncreasing(toHead);
	return rowOf$2({
		base,
		head,
		toHead,
		matched: new Set(kept.length === toHead.length ? [] : toHead),
		section
	}, kept);
}
function rowOf$2(sides, inOrder) {
	const { base, head, toHead, section } = sides;
	const kept = {
		base: new Float64Array(inOrder.length + 1),
		head: new Float64Array(inOrder.length + 1)
	};
	kept.base[0] = section.base.address;
	kept.head[0] = section.head.address;
	const anchors = [];
	let from = {
		base: -1,
		head: -1
	};
	for (let at = 0; at <= inOrder.length; at++) {
		const onBase = inOrder[at] ?? base.symbols.length;
		const to = {
			base: onBase,
			head: at < inOrder.length ? toHead[onBase] : head.symbols.length
		};
		const address = addressAt(base, to.base, section.base);
		const onHead = addressAt(head, to.head, section.head);
		const shift = kept.head[at] - kept.base[at];
		const delta = onHead - address - shift;
		if (delta !== 0) anchors.push({
			at,
			shift,
			behind: changesBetween(sides, {
				from,
				to,
				delta
			})
		});
		if (at === inOrder.length) break;
		kept.base[at + 1] = address;
		kept.head[at + 1] = onHead;
		from = to;
	}
	return {
		kept,
		anchors
	};
}
function partnersIn(head, base, { headOf, baseOf }) {
	const positions = new Int32Array(baseOf.length).fill(-1);
	head.indexes.forEach((index, at) => {
		positions[index] = at;
	});
	const partners = new Int32Array(base.indexes.length);
	base.indexes.forEach((index, at) => {
		partners[at] = positions[headOf[index]] ?? -1;
	});
	return partners;
}
function changesBetween({ base, head, toHead, matched }, { from, to, delta }) {
	const [fromBase, fromHead] = [base.symbols[from.base], head.symbols[from.head]];
	const gone = gap(base, from.base, to.base).map((at) => displaced(base.symbols[at], "base", toHead[at] >= 0));
	const come = gap(head, from.head, to.head).map((at) => displaced(head.symbols[at], "head", matched.has(at)));
	const changes = [
		...resized(fromBase, fromHead),
		...gone,
		...come
	];
	return [...changes, ...padding(delta, changes, head.symbols[to.head] ?? fromHead)];
}
function within({ symbols, lastUpTo }, section) {
	const inside = [];
	const indexes = [];
	let end = section.address;
	for (let index = lastUpTo(section.address - 1) + 1; index < symbols.length; index++) {
		const symbol = symbols[index];
		if (symbol.address >= section.address + section.size) break;
		if (symbol.address < end) continue;
		inside.push(symbol);
		indexes.push(index);
		end = symbol.address + Math.max(symbol.size, 1);
	}
	return {
		symbols: inside,
		indexes
	};
}
const addressAt = (side, at, section) => side.symbols[at]?.address ?? section.address + section.size;
const gap = (side, from, to) => Array.from({ length: Math.min(to, side.symbols.length) - from - 1 }, (_, index) => from + 1 + index);
function displaced(symbol, side, matched) {
	const sign = side === "head" ? 1 : -1;
	const change = matched ? "reordered" : side === "head" ? "added" : "removed";
	return {
		symbol: symbol.name,
		change,
		bytes: sign * symbol.size,
		[side]: symbol
	};
}
function resized(base, head) {
	if (!base || !head || base.size === head.size) return [];
	const bytes = head.size - base.size;
	return [{
		symbol: head.name,
		change: bytes > 0 ? "grew" : "shrank",
		bytes,
		base,
		head
	}];
}
function padding(delta, changes, behind) {
	const rest = delta - changes.reduce((sum, change) => sum + change.bytes, 0);
	if (rest === 0 || changes.length > 0 && Math.abs(rest) < ALIGNMENT_BYTES) return [];
	return [{
		symbol: behind ? `in front of ${behind.name}` : "at the end of the section",
		change: "padding",
		bytes: rest
	}];
}
// src/core/placement/displacers.ts
const ALLOCATED = 2;
const MANY = 12;
const SHOWN = 5;
const MOST_PUSHES = 48;
function findPushes(traced) {
	const rows = new Map();
	const alone = [];
	for (const each of traced) {
		const { object, kind, symbol, base, head } = each;
		if (base === head || !object.base || !object.head) continue;
		const [ofBase, ofHead] = [object.base.view.sectionAt(base), object.head.view.sectionAt(head)];
		const covered = ofBase && ofHead?.name === ofBase.name && rowOf$1(rows, {
			object,
			kind,
			base: ofBase,
			head: ofHead
		});
		if (!covered || !cover(covered, each)) alone.push({
			symbol,
			change: "reordered",
			bytes: head - base,
			object: object.name,
			pushes: 1
		});
	}
	return summarise(mergeSame([...[...rows.values()].flatMap((covered) => [...pushesOf(covered), ...pushesInFront(covered)]), ...alone])).slice(0, MOST_PUSHES);
}
const byWeight = (a, b) => Math.abs(b.bytes) - Math.abs(a.bytes) || b.pushes - a.pushes;
function rowOf$1(rows, of) {
	const key = `${of.object.name}\0${of.kind}\0${of.base.name}`;
	const known = rows.get(key);
	if (known) return known;
	const row = compareSection(of.object, of.kind, of);
	const unmoved = [];
	for (const { shift } of row.anchors) unmoved.push(shift === 0 ? unmoved.length : unmoved.at(-1) ?? -1);
	const covered = {
		...of,
		row,
		unmoved,
		begins: new Int32Array(row.anchors.length + 1),
		inFront: 0
	};
	rows.set(key, covered);
	return covered;
}
function cover(covered, traced) {
	const { row, unmoved, begins } = covered;
	const at = lastStart(row.kept.base, traced.base);
	if (row.kept.base[at] !== traced.base || row.kept.head[at] !== traced.head) return false;
	const ends = row.anchors.findLastIndex((anchor) => anchor.at < at) + 1;
	const from = unmoved[ends - 1] ?? -1;
	begins[Math.max(from, 0)] += 1;
	begins[ends] -= 1;
	if (from < 0) covered.inFront += 1;
	return true;
}
function pushesOf({ row, begins, object }) {
	const found = [];
	let pushes = 0;
	row.anchors.forEach(({ behind }, at) => {
		pushes += begins[at];
		if (pushes === 0) return;
		for (const displacement of behind) found.push({
			...displacement,
			object: object.name,
			pushes
		});
	});
	return found;
}
function mergeSame(pushes) {
	const merged = new Map();
	for (const push of pushes) {
		const place = push.change === "reordered" ? "" : `${push.base?.address} ${push.head?.address}`;
		const key = `${push.object}\0${push.symbol}\0${push.change}\0${place}`;
		merged.set(key, {
			...push,
			pushes: push.pushes + (merged.get(key)?.pushes ?? 0)
		});
	}
	return [...merged.values()];
}
function pushesInFront(covered) {
	const { object, inFront, base: moved } = covered;
	if (inFront === 0) return [];
	const found = [];
	const ofHead = new Map(loadedSections(object, "head").map((section) => [section.name, section]));
	let from = 0;
	for (const base of loadedSections(object, "base").filter(({ address }) => address < moved.address).reverse()) {
		const head = ofHead.get(base.name);
		found.push(...head ? changesIn(object, {
			base,
			head
		}) : [sectionChange(base.name, -base.size, "removed")]);
		if (head?.address !== base.address) continue;
		from = base.address;
		break;
	}
	found.push(...addedSections(object, covered, from));
	return found.map((displacement) => ({
		...displacement,
		object: object.name,
		pushes: inFront
	}));
}
function addedSections(object, moved, from) {
	const names = new Set(loadedSections(object, "base").map(({ name }) => name));
	return loadedSections(object, "head").filter(({ name, address }) => !names.has(name) && address >= from && address < moved.head.address).map(({ name, size }) => sectionChange(name, size, "added"));
}
function loadedSections(object, side) {
	return object[side].view.elf.sections.filter(({ flags, size }) => flags & ALLOCATED && size > 0).toSorted((a, b) => a.address - b.address);
}
function changesIn(object, sections) {
	const bytes = sections.head.size - sections.base.size;
	if (bytes === 0) return [];
	const byName = ["functions", "data"].flatMap((kind) => {
		const row = compareSection(object, kind, sections);
		return row.kept.base.length > 1 ? row.anchors.flatMap((anchor) => anchor.behind.filter(({ change }) => change !== "padding")) : [];
	});
	if (byName.length > 0) return byName;
	return [sectionChange(sections.base.name, bytes, bytes > 0 ? "grew" : "shrank")];
}
function sectionChange(name, bytes, change) {
	return {
		symbol: `section ${name}`,
		change,
		bytes
	};
}
function summarise(pushes) {
	const together = (change, name) => {
		const same = pushes.filter((push) => push.change === change).sort(byWeight);
		if (same.length < MANY) return same;
		const most = Math.max(...same.map((push) => push.pushes));
		const bytes = change === "padding" ? same.reduce((sum, push) => sum + push.bytes, 0) : 0;
		return [{
			symbol: name(same.length),
			change,
			bytes,
			object: same[0].object,
			pushes: most
		}, ...same.slice(0, SHOWN)];
	};
	return [
		...together("reordered", (count) => `the link order of ${count} symbols`),
		...together("padding", (count) => `padding in ${count} places`),
		...pushes.filter(({ change }) => change !== "reordered" && change !== "padding").sort(byWeight)
	];
}
// src/core/source/named-in-diff.ts
function namedInDiff(files, change) {
	const sources = files.filter((file) => !file.binary && isCode(file.head ?? file.base ?? ""));
	return (name) => {
		if (!/^[A-Za-z_]\w*$/.test(name)) return void 0;
		const word = new RegExp(`\\b${name}\\b`);
		const owner = change.functions.find((each) => each.name === name)?.file;
		for (const file of sources) {
			const path = file.head ?? file.base;
			const hunk = file.hunks.find((each) => mentions(each, word)) ?? (path === owner ? file.hunks[0] : void 0);
			if (hunk) return `${path}:${lineOf(hunk, word)}`;
		}
	};
}
const isCode = (path) => languageOf(path) !== void 0 || /\.(?:[sS]|asm|py|pl|def|td|y|l)$/.test(path);
const mentions = ({ added, removed, context }, word) => added.some((line) => word.test(line)) || removed.some((line) => word.test(line)) || word.test(context);
function lineOf({ head, base, added, removed }, word) {
	const inHead = added.findIndex((line) => word.test(line));
	if (inHead >= 0) return head.start + inHead;
	const inBase = removed.findIndex((line) => word.test(line));
	if (added.length > 0 || inBase < 0) return Math.max(1, head.start);
	return base.start + inBase;
}
// src/report/words/layout-trial.ts
function trialSentence(trial) {
	const { layouts, ratio, low, high, best, question = "slowdown", asBuilt } = trial;
	const over = `Over ${layouts} random layouts a side, the change is ${formatChange(ratio)} (${formatInterval({
		ratio,
		low,
		high
	})}; between the best layouts ${formatChange(best)})`;
	if (question === "hidden-work") {
		const both = asBuilt === void 0 ? over : `${over}, and ${formatChange(asBuilt)} as built`;
		return low > 1 ? `${both}: the default layout hides that it is slower.` : `${both}: other layouts do not show it slower.`;
	}
	const what = question === "speed-up" ? "speed-up" : "slowdown";
	switch (trial.outcome) {
		case "placement": return `${over}: the ${what} is luck of the layout, not of the code.`;
		case "real": return `${over}: the ${what} stays however the code is laid out.`;
		case "mixed": return `${over}: part of the ${what} stays in every layout, and the default layout adds to it.`;
		case "inconclusive": return `${over}: that neither shows nor rules out that the layout is to ${question === "speed-up" ? "thank" : "blame"}.`;
	}
}
function noTrial(fault) {
	return {
		what: fault.kind === "no-build-command" ? "No layout was tried, because no build command was given." : `No layout trial: ${layoutFault(fault)}.`,
		instead: "The cause rests on counters and addresses alone, so it stays likely at most."
	};
}
const noLayoutsDrawn = (fault) => `Layouts could not be drawn: ${layoutFault(fault)}.`;
function layoutFault(fault) {
	switch (fault.kind) {
		case "no-build-command": return "no build command was given";
		case "no-checkout": return `${fault.side} could not be checked out a second time: ${withoutStop(fault.because)}`;
		case "build-failed": return `the build of ${fault.side} for it ${fault.ended}${lastLine$1(fault)}`;
		case "run-failed": return `${fault.side}, built for it, ${withoutStop(fault.clause)}`;
		case "not-prepared": return `${fault.benchmark} was not among the benchmarks that it was prepared for`;
		case "maps-nothing": return `the benchmark maps no ELF file of ${fault.side}'s work tree`;
		case "no-known-link": return `no link of ${fault.side}'s build passed our wrappers with a linker that can reorder sections`;
		case "not-linked-again": return `the link of ${fault.output} could not be repeated${lastLine$1(fault)}`;
		case "not-reordered": return `${fault.linker} could not link ${fault.output} in another order${lastLine$1(fault)}`;
		case "takes-no-order": return `${fault.linker === "go" ? "go's linker" : fault.linker} takes no order of sections`;
		case "no-assembler": return "there is no assembler (as, clang or gcc) for the pad object";
		case "no-text": return `the linker script of ${fault.output} has no .text to reorder`;
		case "files-gone": return `${fault.side}'s build did not bring back the files that the benchmark maps`;
		case "too-little-budget": return `${fault.budgetSeconds} s or 8 GB of disk are too few for it, with ${fault.layoutSeconds.toFixed(1)} s a layout of both sides and ${fault.runSeconds.toFixed(1)} s a run of both; raise layout-budget`;
		case "hot-code-stays": return `the hot functions of ${fault.side} are at the same addresses in every layout (${fault.linker})`;
		case "layouts-equal": return `every layout of ${fault.side} is the same (${fault.linker})`;
		case "layouts-fail": return "too many random layouts failed or printed something else than the default one does";
	}
}
const lastLine$1 = ({ lastLine }) => lastLine ? ` (${lastLine})` : "";
const withoutStop = (clause) => clause.replace(/\.$/, "");
// src/report/words/signs.ts
function describeCause(judgement) {
	const { kind, confidence, because, against, placementShare, through } = judgement;
	return {
		kind,
		confidence,
		because: because.map(sentenceOf$1),
		against: against.map(sentenceOf$1),
		signs: [...because.map((sign) => withFigures(sign, true)), ...against.map((sign) => withFigures(sign, false))],
		...through ? { through } : {},
		...placementShare === void 0 ? {} : { placementShare }
	};
}
const withFigures = ({ rule, figures }, supports) => ({
	rule,
	supports,
	figures: { ...figures }
});
function sentenceOf$1(sign) {
	return SENTENCES[sign.rule](sign.figures);
}
const SENTENCES = {
	"instructions-explain": (found) => `${doesMore(found)}: ${instructions(found)}${found.untimed ? "" : `, which accounts for ${percent(Math.min(1, found.partOfTime))} of the change in time`}.`,
	"instructions-rose": (found) => `${doesMore(found)}: ${instructions(found)}${found.untimed ? "" : `; by their number they account for ${percent(found.partOfTime)} of the change in time`}.`,
	"changed-code-touched": (found) => found.through ? `${theDifference(found)}, whose code and source changed, because this pull request ${some(found.through)}.` : `${theDifference(found)}, whose code changed and whose source this pull request changes.`,
	"changed-code-maybe": (found) => `${theDifference(found)}, whose code changed; this pull request ${some(found.through ?? ["changes what it is built from"])}.`,
	"changed-code-unknown": (found) => `${theDifference(found)}, whose code changed; whether its source did is not known.`,
	"changed-code-untouched": (found) => `${theDifference(found)}, ${found.inlining ? "where another inlining decision was made" : "whose machine code changed although its source is the same"}.`,
	"build-not-reproducible": ({ files, functions }) => `This build is not reproducible: base built twice from the same commit gives other code of ${some(functions)} in ${some(files)}, so that the sides may differ by building alone.`,
	"inlining-changed": ({ caller, callee, lost, bookkeeping }) => {
		const part = bookkeeping === void 0 || bookkeeping < .5 ? "" : `; ${percent(bookkeeping)} of what that adds are calls, returns and moves`;
		return lost ? `On the slower side ${caller} calls ${callee}; on the faster side it has it inlined${part}.` : `On the slower side ${callee} is inlined in ${caller}; on the faster side it is called${part}.`;
	},
	"calls-more": ({ slower, caller, callees, perCall }) => slower === "head" ? `${caller} calls ${some(callees)}, which it did not on the base${perCall === void 0 ? "" : `: ${oftenPerCall(perCall)}`}.` : `${caller} no longer calls ${some(callees)}, which it did on the base.`,
	"allocates-more": (found) => allocation(found, "instructions"),
	"copies-more": ({ slower, part, functions }) => `${percent(part)} of the ${slower === "head" ? "additional instructions copy or fill" : "instructions saved copied or filled"} memory: ${some(functions)}.`,
	"build-changed": ({ files, functions }) => `This pull request changes how the program is built (${some(files)}), and ${some(functions)} came out different.`,
	"executed-more-often": ({ slower, functions }) => `The same code ran ${slower === "head" ? "more" : "less"} often: ${some(functions)}.`,
	"touched-code-ran": ({ functions }) => `Code that this pull request changes ran: ${some(functions)}.`,
	"hot-code-rewritten": (found) => `${differentCode(found)}, and this pull request changes its source.`,
	"hot-code-rebuilt": (found) => `${differentCode(found)}, and this pull request changes what it may be built from.`,
	"hot-code-came-out-different": (found) => `${differentCode(found)}, although its source is the same.`,
	"most-code-resized": ({ options, share }) => `This pull request changes compiler options (${options.join(", ")}), and ${percent(share)} of all functions changed size, hot or not.`,
	"footprint-misses": (found) => `The code that runs no longer fits the L1 instruction cache (${found.baseLines} → ${found.headLines} lines, of which it holds ${found.held}), and its misses${simulated(found)} went ${rates(found)}: that would be so in any layout.`,
	"footprint-grew": ({ base, head, held }) => `The hot code covers ${base} cache lines on the base and on ${head} on the head; the L1 instruction cache holds ${held}.`,
	"time-in-touched-code": ({ part, functions }) => `${percent(part)} of the difference in sampled time is in ${some(functions)}, whose code and source changed.`,
	"time-in-allocator": (found) => allocation(found, "sampled time"),
	"time-in-code-run-anew": ({ part, functions }) => `${percent(part)} of the difference in sampled time is in code that hardly ran on the faster side: ${some(functions)}.`,
	"script-ran-longer": ({ part, files }) => `${percent(part)} of the difference in sampled time is in programs and libraries that are the same on both sides; this pull request changes what they may run: ${some(files)}.`,
	"time-in-untouched-code": ({ part, functions }) => `${percent(part)} of the difference in sampled time is in ${some(functions)}, whose code changed although its source did not.`,
	"time-in-moved-code": ({ part }) => `${percent(part)} of the difference in sampled time is in unchanged functions that moved.`,
	waited: ({ baseSeconds, headSeconds }) => `The difference is not spent on the processor: it was busy for ${baseSeconds.toPrecision(3)} s on the base and ${headSeconds.toPrecision(3)} s on the head, so the program waits.`,
	"data-misses-rose": (found) => `L${found.level} data-cache misses${simulated(found)}${found.function === void 0 ? "" : ` of ${found.function}`} went ${rates(found)}${found.function === void 0 ? "" : " of its own"}.`,
	"data-misses-explain": (found) => accountsFor(found),
	"same-code-misses-more": () => "The same code misses more, and no crowding of its named data explains that: the data it walks over is laid out differently at run time.",
	"misses-in-changed-code": ({ part, functions }) => `${percent(part)} of the additional data-cache misses are in hot code that changed: ${some(functions)}.`,
	"same-count-other-code": ({ functions }) => `${some(functions)} executes as many instructions as before but addresses its data differently.`,
	"hot-data-grew": ({ symbols, baseBytes, headBytes }) => `Data that hot code uses is larger on the slower side: ${some(symbols.map((symbol, at) => `${symbol} (${baseBytes[at]} → ${headBytes[at]} bytes)`))}.`,
	"types-changed": ({ files }) => `This pull request changes types, tables or macros in ${some(files)}.`,
	"faults-rose": ({ base, head }) => `Page faults went from ${base} to ${head}.`,
	"pages-became-small": ({ times }) => `That is ${Math.round(times)} times as many for the same instructions, as when memory no longer comes in huge pages and loads miss the TLB.`,
	"back-end-stalled": (found) => `The back end of the core stalled ${cycles(found)}.`,
	"branch-misses-rose": (found) => `Branch misses${found.simulated ? " (simulated, conditional branches)" : ""} went ${rates(found)}.`,
	"branch-misses-explain": (found) => accountsFor(found),
	"speculation-wasted": (found) => `Work that wrong guesses threw away took ${percent(found.base)} of the issue slots on the base and ${percent(found.head)} on the head.`,
	"something-that-runs-changed": ({ code, data }) => code.length > 0 ? `Code that runs changed: ${some(code)}.` : `Data that hot code reads has other contents: ${some(data)}.`,
	"no-more-instructions": ({ fewer }) => fewer > 0 ? `The slower side executes ${percent(fewer)} fewer instructions.` : "The slower side executes no more instructions.",
	"same-work-done": ({ onlyWhereItRuns }) => `The same work was done: the hot code is identical${onlyWhereItRuns ? " where it runs" : ""} and executes as many instructions on both sides.`,
	"same-code-uncounted": () => "The hot code is identical on both sides; how many instructions it executes was not counted.",
	"hot-code-moved": ({ functions, share, distances }) => {
		const one = functions.length === 1;
		const who = one ? "One unchanged hot function" : `${functions.length} unchanged hot functions`;
		const how = distances === 1 ? ", all by the same distance" : `, by ${distances} different distances`;
		return `${who} moved${one ? "" : how}, with ${percent(share)} of the profile: ${some(functions)}.`;
	},
	"hot-data-moved": ({ symbols }) => `Data that hot code uses moved: ${some(symbols)}.`,
	"nothing-hot-moved": () => "Neither hot code nor hot data moved, so placement is not the reason.",
	"sets-crowded": ({ base, head, ways }) => `Hot code crowds sets of the L1 instruction cache: ${crowding(base, ways)} on the base, ${crowding(head, ways)} on the head.`,
	"instruction-misses-rose": (found) => {
		const { baseOfLoads, headOfLoads } = found;
		const ofLoads = baseOfLoads === void 0 || headOfLoads === void 0 ? "" : ` (${percent(baseOfLoads)} of the loads → ${percent(headOfLoads)})`;
		return `L1 instruction-cache misses${simulated(found)} went ${rates(found)}${ofLoads}.`;
	},
	"front-end-stalled": (found) => `The front end of the core stalled ${cycles(found)}.`,
	"loops-misaligned": (found) => loopOffset(found),
	"loops-moved-unchecked": (found) => loopOffset(found),
	"loop-alignment-worsened": (found) => `On the slower side the loop of ${found.function} is placed worse: ${found.baseLines} → ${found.headLines} lines, ${found.baseWindows} → ${found.headWindows} windows of 32 bytes, ${found.baseSplitBranches} → ${found.headSplitBranches} branches across a line.`,
	"jumps-on-boundaries": (found) => `On the slower side ${Math.max(found.base, found.head)} jumps of the hot loop of ${found.function} (${percent(found.share)} of the profile) touch a 32-byte boundary, ${Math.min(found.base, found.head)} on the faster one; this processor has Intel's JCC erratum${found.workaround === "active" ? ", and its microcode keeps such code out of the cache of decoded instructions" : ", and does not tell whether its microcode works around it, which makes such jumps slow"}.`,
	"moved-blocks-slower": (found) => `By the processor's branch records ${percent(found.part)} of the difference is in code that moved and takes more cycles each time: a block of ${found.function} takes ${found.base.toFixed(1)} cycles on the base and ${found.head.toFixed(1)} on the head, at offset ${found.baseOffset} and ${found.headOffset} of its cache line.`,
	"data-sets-crowded": ({ base, head, ways }) => `Hot data crowds sets of the L1 data cache: ${crowding(base, ways)} on the base, ${crowding(head, ways)} on the head.`,
	"moved-data-misses": (found) => `The same code misses the L1 data cache${simulated(found)} more often: ${rates(found)}.`,
	"same-branches-miss": (found) => `The same branches are predicted worse: misses went ${rates(found)}.`,
	"other-front-end-misses": ({ structures }) => `Misses of the ${structures.join(" and the ")} rose.`,
	"layout-trial": (trial) => trialSentence(trial),
	"gain-may-be-lost": () => "What placement gained, the next commit that moves this code may take back.",
	"evidence-insufficient": () => "No cause has enough evidence for it; what was seen is listed against every one.",
	"nothing-counted": () => "Nothing was counted and no code was compared, so the cause is unknown.",
	"nothing-differs": () => "Nothing that was counted or compared differs enough to explain it."
};
const some = (names) => listed$1(names, 3);
const doesMore = ({ slower }) => slower === "head" ? "The head does more" : "The head does less";
function instructions({ base, head, growth }) {
	if (base === void 0 || head === void 0) return `the slower side executes ${formatFactor(1 + growth) === void 0 ? `${formatExtent(1 + growth)} more` : `${formatFactor(1 + growth)} the`} instructions`;
	return `instructions went from ${count$1(base)} to ${count$1(head)} (${formatChange(head / base)})`;
}
function oftenPerCall(perCall) {
	const times = Number(perCall.toPrecision(2));
	return `${times === 1 ? "once" : `${times} times`} each time it runs`;
}
function allocation(found, quantity) {
	const { slower, allocation: allocating, collection, functions } = found;
	const [more, does] = slower === "head" ? ["additional", "allocate and free"] : ["saved", "allocated and freed"];
	const parts = [...allocating > 0 ? [`${percent(allocating)} of the ${more} ${quantity} ${does} memory`] : [], ...collection > 0 ? [`${percent(collection)} collect${slower === "head" ? "" : "ed"} garbage`] : []];
	const often = howOften(found);
	const where = functions.length > 0 ? ` (${some(functions)})` : "";
	return often === "" ? `${parts.join(" and ")}${where}.` : `${often}: ${parts.join(" and ")}${where}.`;
}
function howOften({ slower, allocator, base, head, perIteration, caller, perCall }) {
	if (allocator === void 0 || base === void 0 || head === void 0 || base === head) return caller === void 0 || slower !== "head" ? "" : `${caller} allocates what it did not on the base`;
	if (caller !== void 0 && perCall !== void 0 && slower === "head") return `${caller} allocates ${oftenness(perCall)} more each time it runs`;
	const [less, more] = [Math.min(base, head), Math.max(base, head)];
	if (perIteration) return `The head allocates ${oftenness(more - less)} ${head > base ? "more" : "fewer"} per iteration (${oftenness(base)} → ${oftenness(head)}, by calls of ${allocator})`;
	return `The head calls ${allocator} ${count$1(head)} times, the base ${count$1(base)} times`;
}
const oftenness = (times) => times < 1e3 ? times.toFixed(1) : count$1(times);
const theDifference = ({ slower, functions, within = [] }) => `${slower === "head" ? "The additional instructions are in" : "The instructions saved were in"} ${some(functions.map((name, at) => within[at] ? `${name} (in ${within[at]}, inlined there)` : name))}`;
const differentCode = ({ functions, share }) => `${some(functions)} (${percent(share)} of the profile) ${functions.length > 1 ? "are" : "is"} different code`;
const rates = ({ base, head }) => `from ${perThousand(base)} to ${perThousand(head)} per thousand instructions`;
const perThousand = (rate) => rate >= .01 || rate === 0 ? Number(rate.toPrecision(3)).toString() : "less than 0.01";
const simulated = (found) => found.simulated ? " (simulated)" : "";
const accountsFor = ({ cyclesEach, partOfTime }) => `At about ${cyclesEach} cycles each they account for ${partOfTime >= 1 ? "all" : `about ${percent(partOfTime)}`} of the change in time.`;
const cycles = ({ base, head, of }) => `in ${percent(base)} of the ${of === "slots" ? "issue slots" : "cycles"} on the base and ${percent(head)} on the head`;
const crowding = (mostLines, ways) => mostLines > ways ? `up to ${mostLines} hot lines for ${ways} ways` : "no set with more hot lines than ways";
function loopOffset(found) {
	const { function: name, share, base, head, others } = found;
	const alike = others > 0 ? `; so do ${others} more` : "";
	return `A hot loop of ${name} (${percent(share)} of the profile) starts at another offset of its cache line: ${base} → ${head}${alike}.`;
}
// src/report/words/suspect.ts
function describeSuspect({ why, ...suspect }) {
	return {
		...suspect,
		because: sentenceOf(why, suspect)
	};
}
function sentenceOf(why, { symbol, evidence }) {
	if (why.rule === "crowded-set") return `${symbol} ${why.slower === "head" ? "now shares" : "no longer shares"} L1 ${why.cache}-cache set ${why.sets.join(", ")} with ${listed$1(why.others, 3)}: ${why.lines} hot lines for ${why.ways} ways.`;
	const { lines } = why;
	const covers = ` and covers ${lines.head} instead of ${lines.base} lines`;
	if (why.rule === "loop-offset") {
		const { base, head } = why.offset;
		return `A hot loop of ${symbol} starts at offset ${head} of its cache line instead of ${base}${lines.base === lines.head ? "" : covers}.`;
	}
	const direction = why.bytes < 0 ? "down" : "up";
	return `${symbol} (${percent(evidence.share)} of the profile) moved by ${Math.abs(why.bytes)} bytes ${direction}${lines.head > lines.base ? covers : ""}; its code is the same.`;
}
// src/shell/tools/demangle.ts
const filters = [{
	tool: "c++filt",
	args: ["-i"]
}, {
	tool: "llvm-cxxfilt",
	args: []
}];
const mangled = /^_[ZR][\w$.]{1,4000}$/;
const rustHash = /::h[0-9a-f]{16}$/;
const LONGEST_READABLE = 4e3;
const LIMITED = `ulimit -v 1048576; ulimit -t 3; exec "$@"`;
async function demangle(names, tools) {
	const wanted = [...new Set(names)].filter((name) => mangled.test(name));
	if (wanted.length === 0) return new Map();
	for (const { tool, args } of filters) {
		const file = await tools.find(tool);
		if (file === void 0) continue;
		const { code, stdout } = await tools.run({
			file: "/bin/sh",
			args: [
				"-c",
				LIMITED,
				"limited",
				file,
				...args
			],
			input: `${wanted.join("\n")}\n`,
			timeoutSeconds: 20
		});
		const lines = stdout.split("\n");
		if (code !== 0 || lines.length !== wanted.length + 1) continue;
		const pairs = wanted.map((name, index) => [name, lines[index].replace(rustHash, "")]);
		return new Map(pairs.filter(([name, readable]) => readable !== name && readable.length <= LONGEST_READABLE));
	}
	return new Map();
}
// src/flow/diagnose/built-trees.ts
const SOURCE = /\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|inl|inc|ipp|tcc|cu|m|mm|rs|go|s|S|asm|y|l|pyx|pxd|pxi|def|gperf|re|rl|f|f90|F90|d|zig|nim|swift)$/;
const MOST_FILES$1 = 6e4;
const MOST_COMPARED_BYTES = 536870912;
const LARGEST_BYTES$1 = 16777216;
const MOST_NAMED = 200;
async function compareTrees(trees, files) {
	const pace = openPacer();
	const named = new Set(files.flatMap(({ base, head }) => [base, head]));
	const found = {
		base: await sourcesOf(trees.base),
		head: await sourcesOf(trees.head)
	};
	let complete = found.base.whole && found.head.whole && found.head.sizes.size > 0;
	let bytes = 0;
	const generated = [];
	const isElsewhere = textsElsewhere(trees, found);
	const embedded = [];
	const taken = takenIn(files);
	const readHead = (path) => readTreeFile(trees.head, path, LARGEST_BYTES$1);
	for (const path of new Set([...found.head.sizes.keys(), ...found.base.sizes.keys()])) {
		await pace();
		if (named.has(path)) {
			if (taken) embedded.push(...taken(path, readHead(path)));
			continue;
		}
		const [base, head] = [found.base.sizes.get(path), found.head.sizes.get(path)];
		if (base === void 0 || head === void 0) {
			const [tree, size] = head === void 0 ? [trees.base, base] : [trees.head, head];
			const text = size > LARGEST_BYTES$1 ? "" : readTreeFile(tree, path, LARGEST_BYTES$1) ?? "";
			const otherSide = head === void 0 ? "head" : "base";
			if (!isMakeRule(path, text) && !isElsewhere(path, otherSide, withoutTree(text, tree))) generated.push(path);
			continue;
		}
		bytes += base + head;
		if (bytes > MOST_COMPARED_BYTES || Math.max(base, head) > LARGEST_BYTES$1) {
			complete = false;
			continue;
		}
		const [text, other] = [readTreeFile(trees.base, path, LARGEST_BYTES$1), readTreeFile(trees.head, path, LARGEST_BYTES$1)];
		if (taken) embedded.push(...taken(path, other));
		if (text === void 0 || other === void 0) complete = false;
		else if (isMakeRule(path, text)) continue;
		else if (text !== other && !sameButStamps(withoutTree(text, trees.base), withoutTree(other, trees.head))) generated.push(path);
	}
	return {
		generated: generated.sort().slice(0, MOST_NAMED),
		embedded: embedded.slice(0, MOST_NAMED),
		complete
	};
}
function takenIn(files) {
	const others = files.map(({ base, head }) => head ?? base ?? "").filter((path) => languageOf(path) === void 0 && !isBuildFile(path) && !isDocument(path)).slice(0, MOST_NAMED);
	if (others.length === 0) return void 0;
	return (by, text = "") => {
		const lines = text.match(TAKES_IN) ?? [];
		return others.flatMap((file) => {
			const name = file.slice(file.lastIndexOf("/") + 1);
			const isNamed = (line) => line.split(/["'`<>/()\s]+/).includes(name);
			return lines.some(isNamed) ? [{
				file,
				by
			}] : [];
		});
	};
}
const TAKES_IN = /^[^\n]{0,200}?(?:#\s*(?:include|embed|import)\b|\binclude(?:_bytes|_str)?!|\/\/go:embed\b|\.incbin\b)[^\n]{0,300}$/gm;
const isMakeRule = (path, text) => path.endsWith(".d") && /^[^\s:;]+(?: [^\s:;]+)*\s*:\s/.test(text);
const withoutSums = (path) => path.replaceAll(/-[0-9a-f]{16}(?=\/|\.)/g, "");
function textsElsewhere(trees, found) {
	const byPath = (side) => {
		const paths = new Map();
		for (const path of found[side].sizes.keys()) {
			const key = withoutSums(path);
			if (key !== path) paths.set(key, [...paths.get(key) ?? [], path]);
		}
		return paths;
	};
	const paths = {
		base: byPath("base"),
		head: byPath("head")
	};
	return (path, side, text) => text !== "" && (paths[side].get(withoutSums(path)) ?? []).some((each) => withoutTree(readTreeFile(trees[side], each, LARGEST_BYTES$1) ?? "", trees[side]) === text);
}
const withoutTree = (text, tree) => text.replaceAll(tree, "");
async function sourcesOf(tree) {
	const pace = openPacer();
	const sizes = new Map();
	const folders = [""];
	let whole = true;
	for (let folder = folders.pop(); folder !== void 0; folder = folders.pop()) {
		const entries = await readdir(join(tree, folder), { withFileTypes: true }).catch(() => void 0);
		whole &&= entries !== void 0;
		for (const entry of entries ?? []) {
			await pace();
			const path = join(folder, entry.name);
			if (entry.isDirectory() && entry.name !== ".git") folders.push(path);
			else if (entry.isFile() && SOURCE.test(entry.name)) {
				if (sizes.size >= MOST_FILES$1) return {
					sizes,
					whole: false
				};
				sizes.set(path, statSync(join(tree, path), { throwIfNoEntry: false })?.size ?? 0);
			}
		}
	}
	return {
		sizes,
		whole
	};
}
// src/flow/diagnose/diagnose.ts
async function examineSides(sides) {
	const files = parseDiff(sides.diff);
	const opened = openObjects(sides.profiles, sides.trees, sides.builtAs);
	try {
		const change = readSourceChange(files, {
			base: sourceIn(sides.trees.base),
			head: sourceIn(sides.trees.head)
		});
		const { objects, lines, inlines } = opened;
		const read = {
			base: builtSourceIn(sides, "base"),
			head: builtSourceIn(sides, "head")
		};
		const examination = examine({
			objects,
			lines,
			inlines,
			profiles: sides.profiles,
			geometry: sides.geometry,
			...sides.hazards && { hazards: sides.hazards },
			change,
			sources: {
				read,
				...await compareTrees(sides.trees, files)
			}
		});
		const graphs = callGraphs(objects, sides.profiles);
		const flame = graphs && growFlame(graphs, examination.exact ? "instructions" : "samples");
		return {
			examination,
			opened,
			files,
			commits: sides.commits,
			close: opened.close,
			...flame && { flame },
			annotated: annotateHot(examination, lines, read)
		};
	} catch (error) {
		opened.close();
		throw error;
	}
}
function explain(examined, evidence, trial) {
	const { examination, opened, files, commits } = examined;
	const cause = describeCause(judgeCause(evidence, trial));
	const { suspects, traced } = cause.kind === "placement" || cause.kind === "mixed" ? rankSuspects(evidence) : {
		suspects: [],
		traced: []
	};
	const { objects, change, totals } = examination;
	return {
		cause,
		displacers: describeDisplacers(findPushes(traced), {
			objects,
			totals,
			commits,
			lines: opened.lines,
			build: change.build,
			named: namedInDiff(files, change)
		}),
		suspects: suspects.map(describeSuspect),
		hot: describeHot(examination),
		touched: examination.touched,
		...examined.flame && { flame: examined.flame },
		...examined.annotated.length > 0 && { annotated: examined.annotated },
		limitations: [...opened.limitations, ...examination.gaps.map(examinationLimitation)]
	};
}
function placementCandidate({ examination }, evidence) {
	const moved = evidence.movedShare >= .05 || examination.data.moved.some(({ share }) => share >= .05);
	const { kind, confidence } = judgeCause(evidence);
	return moved && !((kind === "work" || kind === "codegen") && confidence === "shown");
}
function explainCounters(evidence) {
	return {
		cause: describeCause(judgeCause(evidence)),
		hot: [],
		suspects: [],
		displacers: [],
		touched: [],
		limitations: [noProfiles]
	};
}
const LARGEST_SOURCE_BYTES = 16777216;
const sourceIn = (tree) => (path) => readTreeFile(tree, path, LARGEST_SOURCE_BYTES);
const builtSourceIn = ({ trees, ourPath, quotable }, side) => {
	const places = {
		own: [],
		machine: [],
		...quotable?.[side],
		tree: trees[side]
	};
	const known = new Map();
	return (path) => {
		if (!known.has(path)) {
			const place = ourPath && path.startsWith("/") ? ourPath[side](path) : path;
			known.set(path, readBuiltFile(places, place, LARGEST_SOURCE_BYTES));
		}
		return known.get(path);
	};
};
const isNames = (figure) => Array.isArray(figure) && typeof figure[0] === "string";
const MANGLED = /_[ZR][\w$]+(?:\.{1,2}[\w$]+)*/g;
const NAMELESS = /(?<![\w+])0x[0-9a-f]+\b/g;
function placesOfNameless(hot) {
	return new Map(hot.filter(({ symbol }) => isNameless(symbol)).map(({ symbol, object }) => [symbol, `${object.slice(object.lastIndexOf("/") + 1)}+${symbol}`]));
}
const VERSION = /(?<=\w)@{1,2}[A-Z][A-Za-z]*_[\w.]*\w/g;
const isVersioned = (text) => text.search(VERSION) >= 0;
const withoutVersion = (text) => text.replaceAll(/\bcfree(?=@{1,2}GLIBC)/g, "free").replaceAll(VERSION, "");
async function withReadableNames(diagnosis, tools) {
	const { cause, hot, suspects, displacers, touched, flame, annotated } = diagnosis;
	const readable = await demangle([...new Set(JSON.stringify([
		cause,
		hot,
		suspects,
		displacers,
		touched,
		flame?.functions,
		annotated?.map(({ symbol }) => symbol)
	]).match(MANGLED) ?? [])], tools);
	const places = placesOfNameless(hot);
	const versioned = [
		cause.because,
		cause.against,
		hot.map(({ symbol }) => symbol)
	].flat().some(isVersioned);
	if (readable.size === 0 && places.size === 0 && !versioned) return diagnosis;
	const whole = (name) => readable.get(name) ?? places.get(name) ?? withoutVersion(name);
	const placed = (text) => text.replaceAll(NAMELESS, whole);
	const inText = (text) => withoutVersion(placed(text.replaceAll(MANGLED, (found) => shortName(whole(found)))));
	const inFigure = (figure) => {
		const wholly = (text) => placed(text.replaceAll(MANGLED, whole));
		if (typeof figure === "string") return wholly(figure);
		return isNames(figure) ? figure.map(wholly) : figure;
	};
	const named = (figures) => Object.fromEntries(Object.entries(figures).map(([key, figure]) => [key, inFigure(figure)]));
	return {
		...diagnosis,
		cause: {
			...cause,
			because: cause.because.map(inText),
			against: cause.against.map(inText),
			...cause.signs && { signs: cause.signs.map((sign) => ({
				...sign,
				figures: named(sign.figures)
			})) }
		},
		hot: hot.map((row) => ({
			...row,
			symbol: whole(row.symbol),
			...row.inlined ? { inlined: row.inlined.map((each) => ({
				...each,
				symbol: whole(each.symbol)
			})) } : {}
		})),
		suspects: suspects.map((row) => ({
			...row,
			symbol: whole(row.symbol),
			because: inText(row.because),
			evidence: {
				...row.evidence,
				...row.evidence.sharedWith ? { sharedWith: row.evidence.sharedWith.map(whole) } : {}
			}
		})),
		displacers: displacers.map((row) => ({
			...row,
			symbol: whole(row.symbol).replaceAll(MANGLED, (found) => whole(found))
		})),
		...flame && { flame: {
			...flame,
			functions: flame.functions.map((each) => ({
				...each,
				symbol: whole(each.symbol)
			}))
		} },
		...annotated && { annotated: annotated.map((each) => ({
			...each,
			symbol: whole(each.symbol)
		})) },
		touched: touched.map((row) => ({
			...row,
			function: whole(row.function),
			...row.inlinedIn === void 0 ? {} : { inlinedIn: whole(row.inlinedIn) }
		}))
	};
}
// src/flow/diagnose/second-build.ts
async function buildBaseAgain({ plan, checkout, history, env, ports }) {
	const { build: command, buildTimeoutSeconds, layoutBudgetSeconds } = plan.settings;
	const folder = join(ports.folder, "again");
	const end = () => rm(folder, {
		recursive: true,
		force: true
	});
	if (command === void 0) return failed(notRebuilt({ kind: "no-command" }));
	return ports.log.group("Build base again, to see whether its build is reproducible", async () => {
		const checkedOut = await checkOutCommit(checkout.mirrors, {
			commit: history.base.sha,
			tree: folder
		}, ports.tools);
		if (!checkedOut.ok) return failed(notRebuilt({
			kind: "no-checkout",
			sentence: checkedOut.fault
		}));
		await ports.sandbox.adopt(folder, { as: "base" });
		const failure = await buildSide("base", {
			command,
			trees: {
				base: folder,
				head: folder
			},
			env,
			timeoutSeconds: Math.min(buildTimeoutSeconds, layoutBudgetSeconds)
		}, ports);
		if (!failure) return success({
			tree: folder,
			end
		});
		await end();
		return failed(notRebuilt({
			kind: "failed",
			ended: failure.error.failure.ended
		}));
	});
}
async function compareRebuilt(examined, sides, tree) {
	const { trees, builtAs } = sides;
	const named = {
		base: builtAs?.base ?? trees.base,
		head: builtAs?.base ?? trees.base
	};
	const files = examined.opened.objects.filter(({ shared, base }) => !shared && base).flatMap(({ name }) => {
		const difference = treeFileDifference({
			trees: {
				base: trees.base,
				head: tree
			},
			builtAs: named
		}, name);
		return difference === void 0 ? [] : [{
			name,
			difference
		}];
	});
	if (files.length === 0) return {
		files,
		functions: [],
		moved: false
	};
	const again = await examineSides({
		commits: [],
		geometry: sides.geometry,
		diff: "",
		profiles: {
			base: sampled(sides.profile),
			head: sampled(sides.profile, {
				from: trees.base,
				to: tree
			})
		},
		trees: {
			base: trees.base,
			head: tree
		},
		builtAs: named
	});
	try {
		const { hot } = again.examination;
		const isHot = (code) => code.base !== void 0 && !code.object.shared;
		const between = new Map(examined.examination.hot.map((code) => [code.name, code]));
		return {
			files,
			functions: hot.filter((code) => isHot(code) && isOther(code) && !isLess(code, between.get(code.name))).map(({ name }) => name),
			moved: hot.some((code) => isHot(code) && code.moved && !isOther(code))
		};
	} finally {
		again.close();
	}
}
const isOther = ({ sameness }) => sameness === void 0 || sameness === "changed";
function isLess(again, sides) {
	return sides !== void 0 && hasOneForm(again) && !hasOneForm(sides);
}
function hasOneForm({ baseCode, headCode }) {
	const [one, other] = [baseCode?.body.instructions, headCode?.body.instructions];
	return one !== void 0 && one.length === other?.length && one.every(({ length, flow }, at) => length === other[at].length && flow === other[at].flow);
}
function sampled(profile, place) {
	const moved = (object) => place && object.startsWith(`${place.from}/`) ? `${place.to}${object.slice(place.from.length)}` : object;
	return {
		source: "perf-record",
		total: profile.total,
		objects: profile.objects.map((each) => ({
			...each,
			object: moved(each.object)
		}))
	};
}
// src/flow/diagnose/case.ts
const BY_THE_BUILD = [
	"codegen",
	"placement",
	"mixed",
	"unexplained"
];
function restsOnBuild({ evidence, examined }) {
	if (!examined) return false;
	const { kind } = judgeCause(evidence);
	const { changed } = evidence;
	return BY_THE_BUILD.includes(kind) || changed.some((code) => code.touched !== "no" && isBuiltOtherwise(code));
}
async function withSecondBuild(opened, { table, request }, tree) {
	const { examined, evidence, profile } = opened;
	const geometry = table.counting?.probe.geometry;
	if (!examined || !profile || !geometry || evidence.rebuilt) return opened;
	const profiles = {
		base: profile,
		head: profile
	};
	const rebuilt = await compareRebuilt(examined, {
		...request,
		profiles,
		geometry,
		profile
	}, tree);
	return {
		...opened,
		evidence: withRebuilt(evidence, rebuilt),
		limitations: [...opened.limitations, ...unlike(rebuilt)]
	};
}
function unlike({ files, functions, moved }) {
	const [first] = files;
	if (!first) return [];
	return [notReproducible(first, files.length - 1, {
		differs: functions.length > 0,
		moved
	})];
}
const NOWHERE = "/nonexistent";
async function readPullRequest({ checkout, history, ports, request }) {
	const [base, head] = [history.base.sha, history.head.sha];
	const diff = await git(ports.tools, checkout.clone, [
		...DIFF_ARGUMENTS,
		base,
		head
	]);
	const commits = await readCommits(checkout.clone, {
		base,
		head
	}, ports.tools);
	const builtAs = {
		base: ports.sandbox.placeOf(checkout.trees.base).inside.tree,
		head: ports.sandbox.placeOf(checkout.trees.head).inside.tree
	};
	const pathIn = (side) => (named) => request.builtElsewhere ? NOWHERE : outsideOf$1(ports.sandbox.placeOf(checkout.trees[side]), named);
	const ourPath = {
		base: pathIn("base"),
		head: pathIn("head")
	};
	const quotableTo = (side) => {
		const { home, scratch } = ports.sandbox.placeOf(checkout.trees[side]);
		return {
			own: [home, scratch],
			machine: ports.sandbox.quotable
		};
	};
	const quotable = {
		base: quotableTo("base"),
		head: quotableTo("head")
	};
	return {
		trees: checkout.trees,
		builtAs,
		ourPath,
		quotable,
		diff: diff.out,
		commits
	};
}
async function openCase(row, file) {
	const first = await open(row, file.table.counted.get(row.name), file);
	return judgeCause(first.evidence).kind === "unexplained" ? await byWhole(first, file) : first;
}
async function settleCase(opened, file, trial) {
	return isOpenAfter(opened, trial) ? await byWhole(opened, file) : opened;
}
function isOpenAfter({ row, examined, evidence }, trial) {
	if (!examined || row.change.ratio <= 1 || trial?.outcome === "placement") return false;
	if (trial?.outcome === "real" || trial?.outcome === "mixed") return realCauseOf(evidence) === void 0;
	const { kind } = judgeCause(evidence, trial);
	return kind === "placement" || kind === "mixed";
}
async function byWhole(opened, file) {
	if (opened.whole) return opened;
	const whole = await file.countWhole(opened.row);
	if (!whole) return opened;
	const again = await open({
		...opened.row,
		counters: whole.counters
	}, whole, file);
	opened.examined?.close();
	return {
		...again,
		limitations: whole.limitations,
		whole: true
	};
}
async function open(row, found, { table, request }) {
	const measured = {
		change: row.change,
		metric: row.metric,
		...found && found.counters.source !== "none" && { counters: found.counters }
	};
	const { geometry, hazards } = table.counting?.probe ?? {};
	const profiles = found?.profiles;
	const opened = {
		row,
		candidate: false,
		limitations: [],
		whole: false
	};
	if (!profiles || !geometry) return {
		...opened,
		evidence: collectEvidence(measured, void 0)
	};
	const examined = await examineSides({
		...request,
		profiles,
		geometry,
		...hazards && { hazards }
	});
	const evidence = collectEvidence(measured, examined.examination);
	return {
		...opened,
		evidence,
		examined,
		profile: profiles.base,
		candidate: placementCandidate(examined, evidence)
	};
}
// src/shell/tools/disassemble.ts
const MOST_CODE_BYTES = 65536;
const MACHINES = {
	"x86-64": "i386:x86-64",
	aarch64: "aarch64"
};
const SECONDS = 20;
const OUTPUT_CAP_BYTES = 8388608;
const SCRIPT = [
	"file=$1; objdump=$2; shift 2",
	"while [ $# -ge 3 ]; do",
	"printf %s \"$3\" | base64 -d >\"$file\"",
	"echo \"piece\"; \"$objdump\" -D -b binary -m \"$1\" --adjust-vma=\"$2\" --no-show-raw-insn \"$file\" || true; shift 3",
	"done; rm -f \"$file\""
].join("\n");
async function disassemble(pieces, { tools, sandbox }) {
	const objdump = pieces.length > 0 ? await tools.find("objdump") : void 0;
	if (objdump === void 0) return pieces.map(() => new Map());
	const file = `${sandbox.placeOf(sandbox.spare).inside.scratch}/${scratchName("code")}`;
	const words = pieces.flatMap(({ machine, address, bytes }) => [
		MACHINES[machine],
		`0x${address.toString(16)}`,
		Buffer.from(bytes.subarray(0, MOST_CODE_BYTES)).toString("base64")
	]);
	const { stdout } = await sandbox.run({
		argv: [
			"sh",
			"-c",
			SCRIPT,
			"sh",
			file,
			objdump,
			...words
		],
		tree: sandbox.spare,
		env: {
			PATH: "/usr/bin:/bin",
			LC_ALL: "C"
		},
		timeoutSeconds: SECONDS,
		outputCap: OUTPUT_CAP_BYTES
	});
	const parts = stdout.split(/^piece$/m).slice(1);
	return pieces.map((_, at) => readListing(parts[at] ?? ""));
}
function readListing(text) {
	const found = text.matchAll(/^ *([0-9a-f]{1,16}):\t(.+)$/gm);
	return new Map(Array.from(found, ([, address, words]) => [Number(`0x${address}`), words.trim().replaceAll(/\s+/g, " ")]));
}
// src/flow/diagnose/instruction-texts.ts
async function withInstructionTexts(annotated, ports) {
	const wanted = annotated.flatMap((code) => SIDES.flatMap((side) => piecesOf(code, side)));
	const texts = await disassemble(wanted.map(({ piece }) => piece), ports);
	const known = new Map();
	wanted.forEach(({ code, side }, at) => {
		for (const [address, text] of texts[at]) known.set(keyOf(code, side, address), text);
	});
	const told = (code, side, cell) => {
		const text = cell && known.get(keyOf(code, side, cell.address));
		return cell && { [side]: text === void 0 ? cell : {
			...cell,
			text
		} };
	};
	return annotated.map((code) => ({
		...code,
		instructions: code.instructions.map((row) => ({
			...row,
			...told(code, "base", row.base),
			...told(code, "head", row.head)
		}))
	}));
}
const keyOf = ({ object, symbol }, side, address) => `${side} ${address} ${object}\0${symbol}`;
function piecesOf(code, side) {
	const { machine, instructions } = code;
	if (machine === "other") return [];
	const pieces = [];
	for (const { [side]: cell } of instructions) {
		if (!cell) continue;
		const bytes = cell.bytes.split(" ").map((digits) => Number.parseInt(digits, 16));
		const last = pieces.at(-1);
		if (last && last.address + last.bytes.length === cell.address && last.bytes.length + bytes.length <= 65536) last.bytes.push(...bytes);
		else pieces.push({
			address: cell.address,
			bytes
		});
	}
	return pieces.map(({ address, bytes }) => ({
		code,
		side,
		piece: {
			machine,
			address,
			bytes: Uint8Array.from(bytes)
		}
	}));
}
// src/flow/run/tuned-machine.ts
async function unheld(work) {
	return {
		value: await work({
			knobs: [],
			gaps: [],
			scheduling: {},
			release: async () => []
		}),
		knobs: [],
		limitations: [],
		scheduling: {}
	};
}
async function withTunedMachine({ tune, cpus }, machine, work) {
	const hold = await machine.hold(tune, cpus);
	let knobs = hold.knobs;
	try {
		const value = await work(hold);
		knobs = await hold.release();
		return {
			value,
			knobs,
			limitations: hold.gaps.map(holdLimitation),
			scheduling: hold.scheduling
		};
	} catch (error) {
		await hold.release();
		throw error;
	}
}
// src/core/layouts/pads.ts
const PADS_A_KIND = 24;
const MOST_BYTES$3 = 4095;
function padsOf(seed) {
	const next = uniform(seed);
	return ["text", "data"].flatMap((kind) => Array.from({ length: PADS_A_KIND }, (_, at) => ({
		section: `.${kind}.perf_verdict_pad_${at}`,
		symbol: `perf_verdict_pad_${kind}_${at}`,
		bytes: 1 + Math.floor(next() * MOST_BYTES$3)
	})));
}
function padSource(pads) {
	return `${pads.map(({ section, symbol, bytes }) => {
		return [
			`.section ${section},"${section.startsWith(".text") ? "ax" : "aw"}",%progbits`,
			`.globl ${symbol}`,
			`.hidden ${symbol}`,
			`${symbol}:`,
			`.zero ${bytes}`
		].join("\n");
	}).join("\n")}\n.section .note.GNU-stack,"",%progbits\n`;
}
// src/core/layouts/wrappers.ts
const COMPILER_PROPERS = [
	"cc1",
	"cc1plus",
	"cc1obj",
	"cc1objplus",
	"f951",
	"lto1",
	"gm21"
];
const SECTION_FLAGS = ["-ffunction-sections", "-fdata-sections"];
function clangOverrides(flags) {
	return ["#", ...[...flags, "-Qunused-arguments"].map((flag) => `^${flag}`)].join(" ");
}
function compilerWrapper(name, flags) {
	return `#!/bin/sh
# Written by Perf Verdict: the compiler of the gcc that calls, with flags of a trial.
real=$(unset COMPILER_PATH && "\${COLLECT_GCC:-gcc}" -print-prog-name=${name})
[ "$real" != "$0" ] && [ "$real" != ${name} ] || { echo "${name} was not found" >&2; exit 127; }
exec "$real" "$@" ${flags.join(" ")}
`;
}
function linkerWrapper(real, folder) {
	return `#!/bin/sh
# Written by Perf Verdict: writes down this link, or adds what the layout's plan asks for.
real=${quoted(real)}
folder=${quoted(folder)}
out=a.out
take=
for arg do
    if [ -n "$take" ]; then out=$arg take=; continue; fi
    case $arg in
    -o | --output) take=1 ;;
    --output=*) out=\${arg#--output=} ;;
    -o?*) out=\${arg#-o} ;;
    -r | -i | -Ur | --relocatable | -v | -V | --version | --help | --verbose | --print-*) exec "$real" "$@" ;;
    @*) found=$(sed -n '/^-o$/{n;p;q;}' "\${arg#@}") && [ -n "$found" ] && out=$found ;;
    esac
done
here=$(pwd -P)
key=$(printf '%s\\n%s' "$here" "$out" | cksum | tr ' ' -)
if [ -f "$folder/plans/$key" ]; then
    while IFS= read -r line; do set -- "$@" "$line"; done <"$folder/plans/$key"
    exec "$real" "$@"
fi
note=$folder/links/$key
rm -rf "$note" && mkdir -p "$note/saved" || exec "$real" "$@"
printf '%s\\0' "$@" >"$note/arguments"
printf '%s\\0' "$key" "$real" "$here" "$out" >"$note/call"
env -0 >"$note/environment" 2>/dev/null
for arg do
    case $arg in
    @*) arg=\${arg#@} ;;
    "\${TMPDIR:-/tmp}"/* | /tmp/* | *.rcgu.o | */rustc*.o) ;;
    *) continue ;;
    esac
    [ -f "$arg" ] && cp --parents -- "$arg" "$note/saved" 2>/dev/null && printf '%s\\0' "$arg" >>"$note/temporary"
done
exec "$real" "$@"
`;
}
function goWrapper(folder) {
	return `#!/bin/sh
# Written by Perf Verdict: runs a tool of go; the linker lays its functions out by the seed.
tool=$1
shift
case $tool:$1 in
*/link:-V*) ;;
*/link:*)
    touch ${quoted(`${folder}/links/go-linked`)}
    [ -f ${quoted(`${folder}/plans/go-seed`)} ] && set -- "-randlayout=$(cat ${quoted(`${folder}/plans/go-seed`)})" "$@"
    ;;
esac
exec "$tool" "$@"
`;
}
function rustcWrapper(linker) {
	return `#!/bin/sh
# Written by Perf Verdict: links with a linker that can be given an order.
rustc=$1
shift
case " $* " in
*" --crate-name "*) set -- "$@" -C link-arg=-fuse-ld=${linker} ;;
esac
exec "$rustc" "$@"
`;
}
function quoted(text) {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
// src/shell/layouts/build.ts
async function makeLayoutFolder({ folder, env, flags }) {
	const [wrappers, plans] = [join(folder, "wrappers"), join(folder, "plans")];
	const [links, store] = [join(folder, "links"), join(folder, "store")];
	for (const made of [
		folder,
		wrappers,
		plans,
		links,
		store
	]) await mkdir(made, {
		recursive: true,
		mode: 493
	});
	const { PATH = "" } = env;
	const linkers = await linkersOn(PATH);
	const scripts = [
		...COMPILER_PROPERS.map((name) => [name, compilerWrapper(name, flags)]),
		...[...linkers].map(([name, real]) => [name, linkerWrapper(real, folder)]),
		["go-tool", goWrapper(folder)]
	];
	const forRust = ["bfd", "gold"].find((name) => linkers.has(`ld.${name}`));
	if (forRust) scripts.push(["rustc-link", rustcWrapper(forRust)]);
	for (const [name, text] of scripts) {
		await writeFile(join(wrappers, name), text);
		await chmod(join(wrappers, name), 493);
	}
	return {
		folder,
		wrappers,
		plans,
		links,
		store,
		env: wrapped({
			folder,
			env,
			flags
		}, {
			wrappers,
			links
		}, forRust !== void 0)
	};
}
function wrapped({ env, flags }, { wrappers, links }, rust) {
	const joined = (...parts) => parts.filter((part) => part).join(":");
	return {
		...env,
		PATH: joined(wrappers, env.PATH),
		COMPILER_PATH: joined(wrappers, env.COMPILER_PATH),
		CCC_OVERRIDE_OPTIONS: clangOverrides(flags),
		GOFLAGS: [env.GOFLAGS, `-toolexec=${join(wrappers, "go-tool")}`].filter((part) => part).join(" "),
		...rust ? { RUSTC_WRAPPER: join(wrappers, "rustc-link") } : {},
		CCACHE_DISABLE: "1",
		SCCACHE_DIR: join(links, "sccache"),
		SCCACHE_SERVER_PORT: "54226"
	};
}
async function linkersOn(path) {
	const found = new Map();
	for (const folder of path.split(":").filter((part) => part.startsWith("/"))) for (const name of await readdir(folder).catch(() => [])) if (/^(ld|ld\.(bfd|gold|lld|mold)(-\d+)?|mold)$/.test(name) && !found.has(name)) found.set(name, join(folder, name));
	return found;
}
async function assemblePads(pads, target, tools) {
	const object = join(target.folder, `pads-${target.seed}.o`);
	const source = join(target.folder, `pads-${target.seed}.s`);
	await writeFile(source, padSource(pads));
	for (const [name, ...args] of [
		["as"],
		["clang", "-c"],
		["gcc", "-c"]
	]) {
		const file = await tools.find(name);
		if (file === void 0) continue;
		const { code } = await tools.run({
			file,
			args: [
				...args,
				"-o",
				object,
				source
			]
		});
		if (code === 0) return object;
	}
}
// src/flow/layouts/build-side.ts
async function buildTrialTree(side, { name, flags, shows = [] }, request, ports) {
	const tree = join(request.folder, name);
	const folder = await makeLayoutFolder({
		folder: join(request.folder, `of-${name}`),
		env: request.env[side],
		flags
	});
	const checkedOut = await checkOutCommit(request.mirrors, {
		commit: request.commits[side],
		tree
	}, ports.tools);
	if (!checkedOut.ok) return failed({
		kind: "no-checkout",
		side,
		because: checkedOut.fault
	});
	await ports.sandbox.adopt(tree, {
		as: side,
		shows: [
			...shows,
			{
				path: folder.folder,
				writable: false
			},
			...[folder.links, folder.store].map((path) => ({
				path,
				writable: true
			}))
		]
	});
	return buildAgain({
		side,
		tree,
		folder
	}, request, ports);
}
async function buildAgain(built, request, ports) {
	const { side, tree, folder } = built;
	const failure = await buildSide(side, {
		command: request.build,
		trees: {
			base: tree,
			head: tree
		},
		env: {
			base: folder.env,
			head: folder.env
		},
		timeoutSeconds: request.buildTimeoutSeconds
	}, ports);
	if (!failure) return success(built);
	const { ended, lastLines } = failure.error.failure;
	const lastLine = lastLines.at(-1);
	return failed({
		kind: "build-failed",
		side,
		ended,
		...lastLine !== void 0 && { lastLine }
	});
}
function runIn({ side, tree }, { benchmark, scheduling }, { env }, ports) {
	const alone = aloneOf(onSide(benchmark, side));
	const job = {
		argv: benchmarkWords(alone.command),
		tree,
		env: {
			...env[side],
			...alone.env
		},
		timeoutSeconds: benchmark.timeoutSeconds,
		outputCap: 2 ** 20,
		scheduling
	};
	return runAround(ports.sandbox, job, benchmark.around ?? {});
}
// src/flow/layouts/files.ts
const TIMEOUT_SECONDS = 300;
const MOST_NAMES = 500;
async function sumsOf(files, jobs) {
	const sums = new Map();
	const given = new Map(files.map((file) => [named(file, jobs), file]));
	for (let at = 0; at < files.length; at += MOST_NAMES) {
		const { stdout } = await tool([
			"sha256sum",
			"--zero",
			"--",
			...files.slice(at, at + MOST_NAMES).map((file) => named(file, jobs))
		], jobs);
		for (const [file, sum] of readSums(stdout)) sums.set(given.get(file) ?? file, sum);
	}
	return sums;
}
async function copyFresh(pairs, jobs) {
	const { code } = await tool([
		"sh",
		"-c",
		"while [ $# -gt 0 ]; do cp -p -- \"$1\" \"$2.perf-verdict\" && mv -f -- \"$2.perf-verdict\" \"$2\" || exit 1; shift 2; done",
		"sh",
		...pairs.flat().map((path) => named(path, jobs))
	], jobs);
	return code === 0;
}
async function makeFolder(folder, jobs) {
	return (await tool([
		"mkdir",
		"-p",
		"--",
		named(folder, jobs)
	], jobs)).code === 0;
}
async function removeFiles(files, jobs) {
	for (let at = 0; at < files.length; at += MOST_NAMES) await tool([
		"rm",
		"-f",
		"--",
		...files.slice(at, at + MOST_NAMES).map((file) => named(file, jobs))
	], jobs);
}
async function versionOf(file, jobs) {
	return (await tool([file, "--version"], jobs)).stdout;
}
const named = (path, { sandbox, tree }) => insideOf$1(sandbox.placeOf(tree), path);
function tool(argv, { sandbox, tree }) {
	return sandbox.run({
		argv,
		tree,
		cwd: "/",
		env: {
			PATH: "/usr/local/bin:/usr/bin:/bin",
			LC_ALL: "C"
		},
		timeoutSeconds: TIMEOUT_SECONDS
	});
}
function readSums(text) {
	const pairs = text.split("\0").flatMap((entry) => {
		const found = /^([0-9a-f]{64}) [ *]([\s\S]+)$/.exec(entry);
		return found ? [[found[2], found[1]]] : [];
	});
	return new Map(pairs);
}
// src/core/layouts/shuffle.ts
function linkerKind(version) {
	if (/\bmold\b/.test(version)) return "mold";
	if (/\bLLD\b/.test(version)) return "lld";
	if (/\bGNU gold\b/.test(version)) return "gold";
	return /\bGNU ld\b/.test(version) ? "bfd" : void 0;
}
const needsNames = (kind) => kind === "bfd" || kind === "gold";
function shuffleArguments(kind, seed, files, pads) {
	const kept = [files.pads, ...pads.map((pad) => `--undefined=${pad.symbol}`)];
	switch (kind) {
		case "bfd":
		case "gold": return [...kept, ...orderArguments(kind, files.order)];
		case "mold": return [...kept, `--shuffle-sections=${seed}`];
		case "lld": return [...kept, ...[
			".text*",
			".rodata*",
			".data*",
			".bss*"
		].map((glob) => `--shuffle-sections=${glob}=${seed}`)];
	}
}
function orderArguments(kind, order) {
	switch (kind) {
		case "bfd": return ["-T", order];
		case "gold": return ["--section-ordering-file", order];
		case "lld": return [
			"--symbol-ordering-file",
			order,
			"--no-warn-symbol-ordering"
		];
		case "mold": return;
	}
}
// src/core/layouts/recorded-link.ts
function readLinkNote(note) {
	const [key, linker, folder, output] = entries(note.call);
	if (!key || !linker?.startsWith("/") || !folder?.startsWith("/") || !output) return void 0;
	if (!/^\d+-\d+$/.test(key)) return void 0;
	const copies = new Map(entries(note.temporary).map((name) => [name, copyOf(note.saved, name)]));
	const args = entries(note.arguments).flatMap((arg) => {
		const response = arg.startsWith("@") ? note.responses.get(arg.slice(1)) : void 0;
		return response === void 0 ? [arg] : splitResponse(response);
	});
	const pairs = entries(note.environment).flatMap((entry) => {
		const at = entry.indexOf("=");
		return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : [];
	});
	return {
		key,
		linker,
		folder,
		output,
		args: args.map((arg) => copies.get(arg) ?? arg),
		env: Object.fromEntries(pairs)
	};
}
function responseFiles(argumentList) {
	return entries(argumentList).flatMap((arg) => arg.startsWith("@") ? [arg.slice(1)] : []);
}
function copyOf(saved, name) {
	return `${saved}/${name.replace(/^\/+/, "")}`;
}
const entries = (list) => list.split("\0").slice(0, -1);
function splitResponse(text) {
	const found = [];
	for (const match of text.matchAll(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^\s"'\\])+/g)) found.push(match[0].replace(/\\([\s\S])|["']/g, (_, escaped) => escaped ?? ""));
	return found;
}
// src/shell/layouts/links.ts
const MOST_LINKS = 1e4;
const MOST_BYTES$2 = 16 * 2 ** 20;
async function readLinks(links) {
	const keys = (await readdir(links).catch(() => [])).filter((name) => /^\d+-\d+$/.test(name));
	return (await Promise.all(keys.slice(0, MOST_LINKS).map((key) => readLink(join(links, key))))).filter((link) => link !== void 0);
}
async function readLink(note) {
	const text = (name) => readUntrusted(note, name, MOST_BYTES$2).then((found) => found ?? "");
	const saved = join(note, "saved");
	const list = await text("arguments");
	const responses = await Promise.all(responseFiles(list).map(async (name) => [name, await text(join("saved", name))]));
	return readLinkNote({
		call: await text("call"),
		arguments: list,
		environment: await text("environment"),
		temporary: await text("temporary"),
		saved,
		responses: new Map(responses)
	});
}
// src/flow/layouts/links.ts
async function linksOf({ tree, folder }, ports) {
	const { sandbox } = ports;
	const recorded = await readLinks(folder.links);
	const inside = sandbox.placeOf(tree).inside.tree;
	const jobs = {
		sandbox,
		tree
	};
	const links = await withKinds(recorded.filter((link) => outputOf(link).startsWith(`${inside}/`)), jobs);
	const found = await sumsOf(links.map(outputOf), jobs);
	const sums = new Map(links.flatMap((link) => {
		const sum = found.get(outputOf(link));
		return sum === void 0 ? [] : [[link, sum]];
	}));
	const go = (await sumsOf([join(folder.links, "go-linked")], jobs)).size > 0;
	return {
		links: [...sums.keys()],
		sums,
		go
	};
}
function outputOf(link) {
	return resolve$1(link.folder, link.output);
}
async function withKinds(links, jobs) {
	const kinds = new Map();
	for (const linker of new Set(links.map((link) => link.linker))) kinds.set(linker, linkerKind(await versionOf(linker, jobs)));
	return links.flatMap((link) => {
		const kind = kinds.get(link.linker);
		return kind ? [{
			...link,
			kind
		}] : [];
	});
}
// src/flow/layouts/side.ts
async function openSide(side, request, ports) {
	const opened = await buildTrialTree(side, {
		name: side,
		flags: SECTION_FLAGS,
		shows: [{
			path: request.trees[side],
			writable: false
		}]
	}, request, ports);
	if (!opened.ok) return opened;
	const built = opened.value;
	const links = await linksOf(built, ports);
	const runs = new Map();
	for (const benchmark of request.benchmarks) runs.set(benchmark.name, await firstRun(benchmark, {
		...built,
		...links
	}, request, ports));
	return success({
		...built,
		...links,
		runs
	});
}
async function firstRun(benchmark, built, request, ports) {
	const { tree, sums } = built;
	const { outcome, files: used } = await mappedFiles(tree, () => runIn(built, { benchmark }, request, ports));
	const reading = readRun(outcome, onSide(benchmark, built.side), request.match);
	if (!reading.ok) return failed({
		kind: "run-failed",
		side: built.side,
		clause: faultClause(reading.fault.says)
	});
	const elf = used.filter((file) => isElf(join(tree, file)));
	const found = await sumsOf(elf.map((file) => join(tree, file)), {
		sandbox: ports.sandbox,
		tree
	});
	const bySum = new Map([...sums].map(([link, sum]) => [sum, link]));
	const files = elf.map((file) => {
		const link = bySum.get(found.get(join(tree, file)) ?? "");
		return {
			file,
			...link ? { link } : {}
		};
	});
	return success({
		files,
		outcome
	});
}
// src/flow/layouts/relink-setup.ts
async function openRelinkSetup(request, ports) {
	return ports.log.group("Build both sides for other layouts", async () => {
		await mkdir(request.folder, {
			recursive: true,
			mode: 493
		});
		const base = await openSide("base", request, ports);
		if (!base.ok) return base;
		const head = await openSide("head", request, ports);
		if (!head.ok) return head;
		const flagged = new Map();
		return success({
			request,
			sides: {
				base: base.value,
				head: head.value
			},
			async headWith(flags) {
				const key = flags.join(" ");
				if (!flagged.has(key)) {
					const shows = [{
						path: head.value.folder.store,
						writable: true
					}];
					const built = await buildTrialTree("head", {
						name: `flags-${flagged.size}`,
						flags,
						shows
					}, request, ports);
					flagged.set(key, built.ok ? built.value : void 0);
				}
				return flagged.get(key);
			}
		});
	});
}
// src/core/layouts/remedies.ts
const ALIGNED = ["-falign-functions=64", "-falign-loops=32"];
function remediesFor(suspects, hot) {
	const shown = new Set(suspects.map(({ evidence }) => evidence.mechanism));
	const objects = suspects.filter(({ kind }) => kind === "data").map(({ symbol }) => symbol);
	const order = shown.has("set-conflict") || shown.has("moved") || shown.has("data-set-conflict");
	const align = shown.has("alignment") || shown.has("straddle") || shown.has("moved");
	return [...order ? [{
		kind: "order",
		functions: hot,
		objects
	}] : [], ...align ? [{
		kind: "align",
		flags: ALIGNED
	}] : []];
}
function judgeRemedy({ ratio, low, high }, { threshold, untreated }) {
	return {
		ratio,
		low,
		high,
		cured: ratio < 1 + threshold && high < 1 + Math.max(threshold, (untreated - 1) / 4),
		helps: high < untreated
	};
}
// src/core/layouts/trial-plan.ts
const PASSES = 3;
const FIRST_LAYOUTS = 12;
const FEWEST_LAYOUTS = 8;
const MOST_BYTES$1 = 8 * 2 ** 30;
function sizeTrial(wanted, budgetSeconds, costs) {
	const asked = wanted === "auto" ? FIRST_LAYOUTS : wanted;
	const fewest = Math.min(asked, FEWEST_LAYOUTS);
	const most = Math.min(asked, Math.floor(MOST_BYTES$1 / costs.bytes));
	if (most < fewest) return void 0;
	const seconds = (layouts, passes) => layouts * costs.pairOfLayouts + (layouts + 1) * passes * costs.pairOfRuns;
	for (let passes = PASSES; passes > 0; passes--) if (seconds(most, passes) <= budgetSeconds) return {
		layouts: most,
		passes
	};
	for (let layouts = most - 1; layouts >= fewest; layouts--) if (seconds(layouts, 1) <= budgetSeconds) return {
		layouts,
		passes: 1
	};
}
const MAD_TO_ERROR = 1.85814258;
function layoutNoise(runs) {
	if (runs.some((values) => values.length < 2)) return Number.POSITIVE_INFINITY;
	const errors = runs.map((values) => {
		const middle = median(values);
		const deviation = median(values.map((value) => Math.abs(value - middle)));
		return MAD_TO_ERROR * deviation / middle / Math.sqrt(values.length);
	});
	return median(errors);
}
function layoutsDiffer(layouts, hot) {
	const known = hot.filter((symbol) => layouts.every((layout) => layout.has(symbol)));
	if (known.length === 0) return void 0;
	const shapes = layouts.map((layout) => {
		const places = known.map((symbol) => layout.get(symbol));
		const first = places[0];
		return [first % PAGE_BYTES, ...places.slice(1).map((place) => place - first)].join();
	});
	return new Set(shapes).size > 1;
}
const PAGE_BYTES = 4096;
// src/core/statistics/ratio-interval.ts
const RESAMPLES = 2e3;
function ratioOfMedians(base, head, seed) {
	const next = uniform(seed);
	const draw = (values) => median(values.map(() => values[Math.floor(next() * values.length)]));
	const ratios = Float64Array.from({ length: RESAMPLES }, () => draw(head) / draw(base)).sort();
	const at = (quantile) => ratios[Math.round(quantile * 1999)];
	return {
		ratio: median(head) / median(base),
		low: at(.050000000000000044 / 2),
		high: at(.975)
	};
}
// src/report/words/remedy.ts
function remedyName(remedy) {
	if (remedy.kind === "align") return remedy.flags.join(" ");
	return `${[...remedy.functions.length > 0 ? ["the hot functions"] : [], ...remedy.objects.length > 0 ? ["the hot data"] : []].join(" and ")} side by side (an order file for the linker)`;
}
function remedyResult(remedy, measured, against) {
	const judged = judgeRemedy(measured, against);
	const { ratio, low, high, cured, helps } = judged;
	const name = remedyName(remedy);
	const figures = `the change is ${formatChange(ratio)} (${formatInterval({
		ratio,
		low,
		high
	})}) instead of ${formatChange(against.untreated)}`;
	const sense = cured ? "the slowdown goes away" : helps ? "it helps, and does not cure it" : "that is no cure";
	return {
		kind: remedy.kind,
		remedy: name,
		...judged,
		sentence: `With ${name}, ${figures}: ${sense}.`
	};
}
// src/flow/layouts/keep.ts
async function keepFiles(side, { setup, first, from, through }, ports) {
	const folder = join(setup.sides[side].folder.store, `kept${from.replaceAll("/", "-")}`);
	const pairs = first.files.map(({ file }, at) => [join(from, file), join(folder, `${at}`)]);
	const jobs = {
		sandbox: ports.sandbox,
		tree: through ?? setup.sides[side].tree
	};
	return await makeFolder(folder, jobs) && await copyFresh(pairs, jobs) ? pairs.map(([, to]) => to) : void 0;
}
// src/core/layouts/link-map.ts
const OUTPUT = /^(\.[^\s]+)/;
const INPUT = /^ (\.[^\s]+)(?:\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*))?$/;
const CONTINUED = /^\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*)$/;
function readLinkMap(text) {
	const placed = [];
	let output = "";
	let name;
	for (const line of layoutLines(text)) {
		const input = INPUT.exec(line);
		const found = input?.[2] === void 0 && name ? CONTINUED.exec(line) : null;
		const [bytes, file] = input ? [input[2], input[3]] : [found?.[1], found?.[2]];
		const owner = input?.[1] ?? name;
		if (owner && bytes && file && Number.parseInt(bytes, 16) > 0) placed.push({
			output,
			name: owner,
			file,
			bytes: Number.parseInt(bytes, 16)
		});
		name = input && input[2] === void 0 ? input[1] : void 0;
		output = OUTPUT.exec(line)?.[1] ?? output;
	}
	return placed;
}
function layoutLines(text) {
	const lines = text.split("\n");
	const start = lines.findIndex((line) => /^(Linker script and memory map|Memory map)\s*$/.test(line));
	return lines.slice(start + 1);
}
// src/core/layouts/link-script.ts
function scriptIn(verbose) {
	return /^=+\n([\s\S]*?)^=+$/m.exec(verbose)?.[1];
}
function orderInScript(script, order) {
	let text = script;
	for (const [output, entries] of order) {
		const name = output.replaceAll(".", "\\.");
		const opening = new RegExp(`(?:^|\\n)[ \\t]*${name}[ \\t]*:[^{};]*\\{`).exec(text);
		if (!opening && output === ".text") return void 0;
		if (!opening) continue;
		const at = opening.index + opening[0].length;
		text = `${text.slice(0, at)}\n${entries.map(pattern).join("\n")}\n${text.slice(at)}`;
	}
	return text;
}
function pattern({ name, file }) {
	if (file === void 0) return `    *(${name})`;
	const member = /^(.*)\((.*)\)$/.exec(file);
	return `    "${member ? `${member[1]}:${member[2]}` : file}"(${name})`;
}
function orderingFile(order) {
	return `${[...order.values()].flat().flatMap(({ name, file }) => file === void 0 ? [name] : []).join("\n")}\n`;
}
// src/core/layouts/order.ts
const SHUFFLED = [
	".text",
	".rodata",
	".data",
	".data.rel.ro",
	".bss"
];
const GROUPS = [
	/^\.text\.hot(\.|$)/,
	/^\.text\.startup(\.|$)/,
	/^\.text\.unlikely(\.|$)/,
	/^\.text\.exit(\.|$)/
];
function randomOrder(placed, pads, seed) {
	const next = uniform(seed);
	const order = new Map();
	for (const output of SHUFFLED) {
		const entries = entriesOf(placed.filter((section) => section.output === output));
		const own = pads.filter((pad) => pad.section.startsWith(`${output}.perf_`)).map((pad) => ({ name: pad.section }));
		if (entries.length + own.length < 2) continue;
		const groups = GROUPS.map((group) => shuffled(entries.filter(({ name }) => group.test(name)), next));
		const others = entries.filter(({ name }) => !GROUPS.some((group) => group.test(name)));
		const free = shuffled([...others, ...own], next);
		order.set(output, insertGroups(free, groups.filter((group) => group.length > 0), next));
	}
	return order;
}
const FUNCTION = /^\.text(?:\.hot|\.startup|\.unlikely|\.exit)?\.(.+)$/;
const OBJECT = /^\.(?:data\.rel\.ro(?:\.local)?|data|rodata|bss)\.(.+)$/;
function packedOrder(placed, hot) {
	const order = new Map();
	for (const output of SHUFFLED) {
		const [names, shape] = output === ".text" ? [hot.functions, FUNCTION] : [hot.objects, OBJECT];
		const rank = new Map(names.map((name, at) => [name, at]));
		const rankOf = ({ name }) => rank.get(shape.exec(name)?.[1] ?? "");
		const packed = entriesOf(placed.filter((section) => section.output === output)).filter((entry) => rankOf(entry) !== void 0);
		if (packed.length > 0) order.set(output, packed.toSorted((a, b) => rankOf(a) - rankOf(b)));
	}
	return order;
}
function insertGroups(free, groups, next) {
	const blocks = groups.map((group) => ({
		group,
		at: Math.floor(next() * (free.length + 1))
	}));
	return [...free, void 0].flatMap((entry, at) => [...blocks.filter((block) => block.at === at).flatMap((block) => block.group), ...entry ? [entry] : []]);
}
function entriesOf(placed) {
	const seen = new Map();
	for (const { name, output, file } of placed) {
		const entry = name === output ? {
			name,
			file
		} : { name };
		if (orderable(entry)) seen.set(`${entry.name}\0${entry.file ?? ""}`, entry);
	}
	return [...seen.values()];
}
function orderable({ name, file = "" }) {
	return /^[\w.$@+-]+$/.test(name) && /^[\w./$@+~(): -]*$/.test(file) && !/\s/.test(file);
}
// src/flow/layouts/linker-arguments.ts
async function argumentsFor(link, arrangement, making) {
	const folder = making.side.folder.plans;
	const order = join(folder, `order-${link.key}-${nameOf(arrangement)}`);
	const probe = making.probes.get(link);
	if (arrangement.kind === "packed") return packedArguments(link, probe, {
		...arrangement,
		order
	});
	const { seed } = arrangement;
	const pads = padsOf(seed);
	const object = await assemblePads(pads, {
		folder,
		seed
	}, making.ports.tools);
	if (object === void 0) return failed({ kind: "no-assembler" });
	if (needsNames(link.kind)) {
		const text = orderText(probe, randomOrder(probe.placed, pads, seed));
		if (text === void 0) return noText(link);
		await writeFile(order, text);
	}
	return success(shuffleArguments(link.kind, seed, {
		pads: object,
		order
	}, keptPads(link, pads)));
}
async function packedArguments(link, probe, { functions, objects, order }) {
	const asked = orderArguments(link.kind, order);
	if (!asked) return failed({
		kind: "takes-no-order",
		linker: link.kind
	});
	const text = needsNames(link.kind) ? orderText(probe, packedOrder(probe.placed, {
		functions,
		objects
	})) : [
		...functions,
		...objects,
		""
	].join("\n");
	if (text === void 0) return noText(link);
	await writeFile(order, text);
	return success(asked);
}
function orderText({ script }, order) {
	return script === void 0 ? orderingFile(order) : orderInScript(script, order);
}
const noText = ({ output }) => failed({
	kind: "no-text",
	output
});
function keptPads(link, pads) {
	return link.args.some((arg) => arg.includes("gc-sections")) ? pads : [];
}
const nameOf = (arrangement) => arrangement.kind === "random" ? `${arrangement.seed}` : "packed";
// src/flow/layouts/make.ts
const MOST_MAP_BYTES = 400 * 2 ** 20;
async function openMaker(side, { files }, { request }, ports) {
	if (files.length === 0) return failed({
		kind: "maps-nothing",
		side: side.side
	});
	const direct = files.flatMap(({ link }) => link ? [link] : []);
	const links = direct.length > 0 ? [...new Set(direct)] : side.links;
	if (links.length === 0 && !side.go) return failed({
		kind: "no-known-link",
		side: side.side
	});
	const probes = await probeAll(links, side, ports);
	if (!probes.ok) return probes;
	const exact = direct.length === files.length && await replaysExactly(links, side, ports);
	const making = {
		side,
		files,
		request,
		ports,
		probes: probes.value
	};
	const kinds = [...new Set(links.map((link) => link.kind))];
	return success({
		make: (arrangement) => exact ? replayLayout(making, arrangement) : rebuildLayout(making, arrangement),
		linker: kinds.length > 0 ? kinds.join("+") : "go"
	});
}
async function probeAll(links, side, ports) {
	const probes = new Map();
	for (const link of links) {
		if (!needsNames(link.kind)) {
			probes.set(link, { placed: [] });
			continue;
		}
		const note = join(side.folder.links, link.key);
		const outcome = await relink(link, [
			"-Map",
			join(note, "map"),
			...link.kind === "bfd" ? ["--verbose"] : []
		], side, ports);
		const map = await readUntrusted(note, "map", MOST_MAP_BYTES);
		const script = scriptIn(outcome.stdout);
		if (outcome.code !== 0 || map === void 0 || link.kind === "bfd" && script === void 0) return failed({
			kind: "not-linked-again",
			output: link.output,
			...lastLine(outcome)
		});
		probes.set(link, {
			placed: readLinkMap(map),
			...script === void 0 ? {} : { script }
		});
	}
	return success(probes);
}
async function replaysExactly(links, side, ports) {
	for (const link of links) if ((await relink(link, [], side, ports)).code !== 0) return false;
	const after = await sumsOf(links.map(outputOf), {
		sandbox: ports.sandbox,
		tree: side.tree
	});
	return links.every((link) => side.sums.get(link) === after.get(outputOf(link)));
}
async function replayLayout(making, arrangement) {
	const { files, ports } = making;
	for (const link of making.probes.keys()) {
		const extra = await argumentsFor(link, arrangement, making);
		if (!extra.ok) return extra;
		const outcome = await relink(link, extra.value, making.side, ports);
		if (outcome.code !== 0) {
			const { kind: linker, output } = link;
			return failed({
				kind: "not-reordered",
				linker,
				output,
				...lastLine(outcome)
			});
		}
	}
	return keepLayout(files.map(({ link }) => outputOf(link)), arrangement, making);
}
async function rebuildLayout(making, arrangement) {
	const { side, files, request, ports } = making;
	for (const link of making.probes.keys()) {
		const extra = await argumentsFor(link, arrangement, making);
		if (!extra.ok) return extra;
		await writeFile(join(side.folder.plans, link.key), extra.value.map((arg) => `${arg}\n`).join(""));
	}
	if (side.go) {
		if (arrangement.kind === "packed") return failed({
			kind: "takes-no-order",
			linker: "go"
		});
		await writeFile(join(side.folder.plans, "go-seed"), `${arrangement.seed}\n`);
	}
	const outputs = side.links.map(outputOf);
	const mapped = files.map(({ file }) => join(side.tree, file));
	await removeFiles([...outputs, ...mapped], {
		sandbox: ports.sandbox,
		tree: side.tree
	});
	const built = await buildAgain(side, request, quietly(ports));
	return built.ok ? keepLayout(mapped, arrangement, making) : built;
}
const quietly = (ports) => ({
	...ports,
	log: {
		...ports.log,
		line: () => {}
	}
});
async function keepLayout(sources, arrangement, { side, ports }) {
	const folder = join(side.folder.store, nameOf(arrangement));
	const kept = sources.map((_, at) => join(folder, `${at}`));
	const jobs = {
		sandbox: ports.sandbox,
		tree: side.tree
	};
	return await makeFolder(folder, jobs) && await copyFresh(sources.map((from, at) => [from, kept[at]]), jobs) ? success(kept) : failed({
		kind: "files-gone",
		side: side.side
	});
}
function relink(link, extra, { tree }, ports) {
	return ports.sandbox.run({
		argv: [
			link.linker,
			...link.args,
			...extra
		],
		tree,
		cwd: link.folder,
		env: link.env,
		timeoutSeconds: 600
	});
}
function lastLine({ stderr }) {
	const line = stderr.trim().split("\n").at(-1);
	return line ? { lastLine: line.slice(0, 200) } : {};
}
// src/flow/layouts/remedy-trial.ts
async function remedyTrials(request, setup, ports) {
	const remedies = remediesFor(request.suspects, request.hot);
	if (remedies.length === 0) return [];
	return ports.log.group(`Remedies for ${request.benchmark.name}`, async () => {
		const bench = {
			request,
			setup,
			ports
		};
		const until = ports.clock.now() + request.budgetSeconds;
		const base = await variant("base", setup.request.trees.base, bench);
		const head = await variant("head", setup.request.trees.head, bench);
		if (!base || !head) return [];
		const treated = new Map();
		for (const remedy of remedies) {
			const made = await treat(remedy, bench);
			if (made) treated.set(remedy, made);
		}
		const asked = [base, ...treated.values()];
		if (treated.size > 0) await measureVariants({
			asked,
			reported: [head]
		}, until, bench);
		const results = resultsOf({
			base,
			head
		}, treated, request);
		for (const { sentence } of results) ports.log.line(sentence);
		return results;
	});
}
async function variant(side, from, { request, setup, ports }, through) {
	const trial = setup.sides[side];
	const first = trial.runs.get(request.benchmark.name);
	if (!first?.ok) return void 0;
	const kept = await keepFiles(side, {
		setup,
		first: first.value,
		from,
		...through !== void 0 && { through }
	}, ports);
	return kept && {
		trial,
		files: broughtIn(trial, first.value, kept),
		values: []
	};
}
async function treat(remedy, bench) {
	const { request, setup, ports } = bench;
	if (remedy.kind === "align") {
		const flagged = await setup.headWith(remedy.flags);
		return flagged && variant("head", flagged.tree, bench, flagged.tree);
	}
	const trial = setup.sides.head;
	const first = trial.runs.get(request.benchmark.name);
	if (!first?.ok) return void 0;
	const maker = await openMaker(trial, first.value, setup, ports);
	if (!maker.ok) return void 0;
	const kept = await maker.value.make({
		...remedy,
		kind: "packed"
	});
	return kept.ok ? {
		trial,
		files: broughtIn(trial, first.value, kept.value),
		values: []
	} : void 0;
}
function broughtIn({ tree }, { files }, kept) {
	return files.map(({ file }, at) => [kept[at], join(tree, file)]);
}
const FEWEST_PASSES = 9;
const MOST_PASSES$1 = 40;
const EXACT_ENOUGH$1 = .2;
async function measureVariants({ asked, reported }, until, bench) {
	const { request, ports } = bench;
	const next = uniform(request.seed);
	for (let pass = 1; pass <= MOST_PASSES$1; pass++) {
		for (const each of shuffled([...asked, ...reported], next)) await measureOnce(each, bench);
		const exact = layoutNoise(asked.map(({ values }) => values)) <= EXACT_ENOUGH$1 * request.benchmark.threshold;
		if (pass >= FEWEST_PASSES && (exact || ports.clock.now() >= until)) return;
	}
}
async function measureOnce({ trial, files, values }, { request, setup, ports }) {
	const { benchmark } = request;
	if (!await copyFresh(files, {
		sandbox: ports.sandbox,
		tree: trial.tree
	})) return;
	const reading = readRun(await runIn(trial, request, setup.request, ports), onSide(benchmark, trial.side), setup.request.match);
	if (reading.ok) values.push(benchmark.better === "higher" ? 1 / reading.value : reading.value);
}
function resultsOf(standard, treated, { benchmark, seed }) {
	const base = standard.base.values;
	const untreated = median(standard.head.values) / median(base);
	return [...treated].flatMap(([remedy, { values }]) => values.length < FEWEST_PASSES || base.length < FEWEST_PASSES ? [] : [remedyResult(remedy, ratioOfMedians(base, values, seed), {
		threshold: benchmark.threshold,
		untreated
	})]);
}
// src/core/statistics/mann-whitney.ts
function mannWhitney(first, second) {
	if (first.length === 0 || second.length === 0) return 1;
	const { below, ties } = countBelow(first, second);
	const farther = Math.min(below, first.length * second.length - below);
	if (ties.length === 0 && Math.max(first.length, second.length) <= 50) return Math.min(1, 2 * exactTail(farther, first.length, second.length));
	return normalTail(farther, {
		n: first.length,
		m: second.length,
		ties
	});
}
function countBelow(first, second) {
	let below = 0;
	for (const a of first) for (const b of second) below += a < b ? 1 : a === b ? .5 : 0;
	const groups = new Map();
	for (const value of [...first, ...second]) groups.set(value, (groups.get(value) ?? 0) + 1);
	return {
		below,
		ties: [...groups.values()].filter((size) => size > 1)
	};
}
function exactTail(u, n, m) {
	let ways = new Float64Array(n * m + 1);
	ways[0] = 1;
	for (let i = 1; i <= n; i++) {
		const next = ways.slice();
		for (let at = m + i; at < next.length; at++) next[at] -= ways[at - m - i];
		for (let at = i; at < next.length; at++) next[at] += next[at - i];
		ways = next;
	}
	const all = ways.reduce((sum, count) => sum + count, 0);
	return ways.subarray(0, Math.floor(u) + 1).reduce((sum, count) => sum + count, 0) / all;
}
function normalTail(u, of) {
	const { n, m, ties } = of;
	const size = n + m;
	const tied = ties.reduce((sum, group) => sum + group ** 3 - group, 0) / (size * (size - 1));
	const deviation = Math.sqrt(n * m / 12 * (size + 1 - tied));
	if (deviation === 0) return 1;
	const z = (u - n * m / 2 + .5) / deviation;
	return Math.min(1, 2 * normalBelow(Math.min(z, 0)));
}
function normalBelow(z) {
	const t = 1 / (1 - .2316419 * z);
	const series = t * (.31938153 + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
}
// src/core/layouts/outcome.ts
const DIFFERENT = .02;
const UNLUCKY = .9;
function layoutOutcome(measured, seed = 1) {
	const { base, head, tau } = measured;
	const interval = ratioOfMedians(base, head, seed);
	const best = Math.min(...head) / Math.min(...base);
	const p = mannWhitney(base, head);
	const real = interval.low > 1 + tau / 2 && best > 1 + tau / 2 && p < DIFFERENT;
	const placement = interval.high < 1 + tau || best < 1 + tau;
	const outcome = real ? unlucky(measured, interval.ratio) ? "mixed" : "real" : placement ? "placement" : "inconclusive";
	return {
		...interval,
		best,
		p,
		outcome
	};
}
function speedUpOutcome(measured, seed = 1) {
	const { base, head, defaultRatio } = measured;
	const { ratio, low, high, best, p, outcome } = layoutOutcome({
		...measured,
		base: head,
		head: base,
		defaultRatio: 1 / defaultRatio,
		movedHot: false
	}, seed);
	return {
		ratio: 1 / ratio,
		low: 1 / high,
		high: 1 / low,
		best: 1 / best,
		p,
		outcome
	};
}
function unlucky({ head, tau, defaultRatio, defaultHead, movedHot }, ratio) {
	const faster = head.filter((time) => time < defaultHead).length;
	return movedHot && defaultRatio / ratio > 1 + 2 * tau && faster >= UNLUCKY * head.length;
}
// src/flow/layouts/measure.ts
const MOST_PASSES = 15;
const EXACT_ENOUGH = .2;
async function measureLayouts(layouts, patience, stage) {
	const { request, ports } = stage;
	const next = uniform(request.seed);
	const runs = new Map(layouts.map((layout) => [layout, {
		base: [],
		head: []
	}]));
	for (let pass = 1; pass <= MOST_PASSES && runs.size > 0; pass++) {
		await runAllOnce(runs, next, stage);
		if (pass < patience.passes) continue;
		if (layoutNoise([...runs.values()].flatMap(({ base, head }) => [base, head])) <= EXACT_ENOUGH * request.benchmark.threshold || ports.clock.now() >= patience.until) break;
	}
	return [...runs].map(([layout, { base, head }]) => ({
		...layout,
		values: {
			base: median(base),
			head: median(head)
		}
	}));
}
async function runAllOnce(runs, next, stage) {
	for (const layout of shuffled([...runs.keys()], next)) for (const side of shuffled(SIDES, next)) {
		const value = await runLayout(layout, side, stage);
		if (value === void 0) runs.delete(layout);
		else runs.get(layout)?.[side].push(value);
	}
}
async function runLayout(layout, side, stage) {
	const { setup, first, request, ports, printed } = stage;
	const trial = setup.sides[side];
	if (!await copyFresh(first[side].files.map(({ file }, at) => [layout.files[side][at], join(trial.tree, file)]), {
		sandbox: ports.sandbox,
		tree: trial.tree
	})) return void 0;
	const outcome = await runIn(trial, request, setup.request, ports);
	const expected = printed[side];
	if (expected !== void 0 && outcome.stdout !== expected) return void 0;
	const reading = readRun(outcome, onSide(request.benchmark, side), setup.request.match);
	return reading.ok ? reading.value : void 0;
}
// src/flow/layouts/batch.ts
async function plannedSize(open) {
	const { first, request, ports, make } = open;
	const started = ports.clock.now();
	const [base, head] = [await make.base(PROBE), await make.head(PROBE)];
	if (!base.ok) return base;
	if (!head.ok) return head;
	const pairOfLayouts = ports.clock.now() - started;
	const pairOfRuns = first.base.outcome.seconds + first.head.outcome.seconds + COPY_SECONDS;
	const left = request.budgetSeconds - (ports.clock.now() - open.startedAt);
	const size = sizeTrial(request.layouts, left, {
		pairOfLayouts,
		pairOfRuns,
		bytes: bytesOf([...base.value, ...head.value])
	});
	if (size) return success(size);
	const { budgetSeconds } = request;
	return failed({
		kind: "too-little-budget",
		budgetSeconds,
		layoutSeconds: pairOfLayouts,
		runSeconds: pairOfRuns
	});
}
function bytesOf(files) {
	return files.reduce((sum, file) => sum + (lstatSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}
const PROBE = {
	kind: "random",
	seed: 1
};
const COPY_SECONDS = .05;
async function layOutAndMeasure(open, { from, size, share }) {
	const layouts = [];
	for (let at = from; at < from + size.layouts; at++) {
		const seed = seedFor$1(open, at);
		const random = {
			kind: "random",
			seed
		};
		const [base, head] = [await open.make.base(random), await open.make.head(random)];
		if (!base.ok) return base;
		if (!head.ok) return head;
		layouts.push({
			name: `${seed}`,
			files: {
				base: base.value,
				head: head.value
			}
		});
	}
	const fault = faultOf(layouts, open);
	if (fault) return failed(fault);
	const standard = await keepStandard(open);
	const until = open.startedAt + share * open.request.budgetSeconds;
	const measured = await measureLayouts(standard ? [standard, ...layouts] : layouts, {
		passes: size.passes,
		until
	}, open);
	const random = measured.filter(({ name }) => name !== STANDARD);
	if (random.length < layouts.length * MOST_LOST) return failed({ kind: "layouts-fail" });
	return success({
		measured: random,
		standard: measured.find(({ name }) => name === STANDARD)
	});
}
const STANDARD = "standard";
const MOST_LOST = .75;
function seedFor$1({ request }, at) {
	return 2 + seedOf(request.seed, at) % (2 ** 31 - 2);
}
function faultOf(layouts, { request, linker }) {
	for (const side of SIDES) if (layoutsDiffer(layouts.map(({ files }) => addressesIn(files[side].filter(isElf))), request.hot) === false) return {
		kind: "hot-code-stays",
		side,
		linker
	};
}
async function keepStandard({ setup, first, ports }) {
	const base = await keepFiles("base", {
		setup,
		first: first.base,
		from: setup.request.trees.base
	}, ports);
	const head = await keepFiles("head", {
		setup,
		first: first.head,
		from: setup.request.trees.head
	}, ports);
	return base && head ? {
		name: STANDARD,
		files: {
			base,
			head
		}
	} : void 0;
}
// src/flow/layouts/open-trial.ts
async function openTrial(request, setup, ports) {
	const startedAt = ports.clock.now();
	const { base, head } = setup.sides;
	const { name } = request.benchmark;
	const first = {
		base: base.runs.get(name),
		head: head.runs.get(name)
	};
	if (first.base === void 0 || first.head === void 0) return failed({
		kind: "not-prepared",
		benchmark: name
	});
	if (!first.base.ok) return first.base;
	if (!first.head.ok) return first.head;
	const runs = {
		base: first.base.value,
		head: first.head.value
	};
	const makers = {
		base: await openMaker(base, runs.base, setup, ports),
		head: await openMaker(head, runs.head, setup, ports)
	};
	if (!makers.base.ok) return makers.base;
	if (!makers.head.ok) return makers.head;
	return success({
		setup,
		first: runs,
		request,
		ports,
		startedAt,
		printed: await steadyOutput(runs, request, {
			setup,
			ports
		}),
		make: {
			base: makers.base.value.make,
			head: makers.head.value.make
		},
		linker: makers.head.value.linker
	});
}
async function steadyOutput(first, request, { setup, ports }) {
	if (request.benchmark.format.kind !== "wall") return {};
	const printed = {};
	for (const side of SIDES) {
		const { stdout } = await runIn(setup.sides[side], request, setup.request, ports);
		if (stdout === first[side].outcome.stdout) printed[side] = stdout;
	}
	return printed;
}
// src/flow/layouts/trial.ts
async function layoutTrial(request, setup, ports) {
	return ports.log.group(`Layout trial of ${request.benchmark.name}`, async () => {
		const opened = await openTrial(request, setup, ports);
		if (!opened.ok) return opened;
		const open = opened.value;
		const planned = await plannedSize(open);
		if (!planned.ok) return planned;
		const size = planned.value;
		const first = await layOutAndMeasure(open, {
			from: 0,
			size,
			share: .5
		});
		if (!first.ok) return first;
		const layouts = first.value;
		let trial = conclude$1(layouts, open);
		if (trial.outcome === "inconclusive" && canGrow(open)) {
			const more = await layOutAndMeasure(open, {
				from: size.layouts,
				size,
				share: .9
			});
			if (more.ok) {
				const measured = [...layouts.measured, ...more.value.measured];
				trial = conclude$1({
					...layouts,
					measured
				}, open);
			}
		}
		ports.log.line(trial.sentence);
		return success(trial);
	});
}
function canGrow({ request, ports, startedAt }) {
	const spent = ports.clock.now() - startedAt;
	return request.layouts === "auto" && request.budgetSeconds > 2 * spent;
}
function judgeLayouts(values, { row, question, asBuilt, seed, defaultHead = NaN, movedHot = false }) {
	const cost = (value) => row.better === "higher" ? 1 / value : value;
	const judged = {
		base: values.base.map(cost),
		head: values.head.map(cost),
		tau: row.threshold,
		defaultRatio: asBuilt,
		defaultHead: cost(defaultHead),
		movedHot
	};
	return question === "speed-up" ? speedUpOutcome(judged, seed) : layoutOutcome(judged, seed);
}
function conclude$1({ measured, standard }, open) {
	const { request, linker } = open;
	const { question } = request;
	const values = {
		base: measured.map((each) => each.values.base),
		head: measured.map((each) => each.values.head)
	};
	const asBuilt = request.benchmark.better === "higher" ? 1 / request.ratio : request.ratio;
	const found = judgeLayouts(values, {
		row: request.benchmark,
		question,
		asBuilt,
		seed: request.seed,
		movedHot: request.movedHot,
		...standard && { defaultHead: standard.values.head }
	});
	const trial = {
		question,
		asBuilt,
		layouts: measured.length,
		linker,
		seeds: measured.map(({ name }) => Number(name)),
		...values,
		...found
	};
	return {
		...trial,
		sentence: trialSentence(trial)
	};
}
// src/flow/layouts/try-layouts.ts
const NONE = {
	byName: new Map(),
	limitations: []
};
const MATCH_MILLISECONDS$1 = 1e3;
const HOT_DATA = .05;
const NO_BUILD = noTrial({ kind: "no-build-command" });
async function tryLayouts(context, cases) {
	const { plan, ports } = context;
	const { settings } = plan;
	const wanted = cases.filter((each) => questionOf$1(each) !== void 0);
	if (settings.layouts === "rounds") return {
		byName: triedInRounds(cases),
		limitations: []
	};
	if (settings.layouts === "off" || wanted.length === 0) return NONE;
	if (settings.build === void 0) return {
		byName: new Map(),
		limitations: [NO_BUILD]
	};
	const folder = join(ports.folder, "layouts");
	try {
		const setup = await openRelinkSetup(relinkRequest(context, wanted.map(({ row }) => planOf(context, row.name)), folder), ports);
		if (!setup.ok) return {
			byName: new Map(),
			limitations: [noTrial(setup.fault)]
		};
		return (await withTunedMachine(settings, ports.machine, (hold) => tryAll(context, wanted, {
			setup: setup.value,
			hold
		}))).value;
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
function questionOf$1({ row, candidate, evidence }) {
	if (hiddenWork(row) !== void 0) return "hidden-work";
	if (!candidate || !isTime(row.metric)) return void 0;
	if (row.decision === "slower") return "slowdown";
	return row.decision === "faster" && PLACED.includes(judgeCause(evidence).kind) ? "speed-up" : void 0;
}
const PLACED = ["placement", "mixed"];
function triedInRounds(cases) {
	return new Map(cases.flatMap(({ row }) => row.trials ? [[row.name, row.trials]] : []));
}
async function tryAll(context, wanted, place) {
	const byName = new Map();
	const limitations = [];
	for (const each of wanted) {
		const found = await tryOne(context, each, place);
		if (found.ok) byName.set(each.row.name, found.value);
		else limitations.push(noTrial(found.fault));
	}
	return {
		byName,
		limitations
	};
}
async function tryOne(context, tried, place) {
	const { ports } = context;
	const { examined, evidence, row } = tried;
	const request = requestFor(context, tried, place.hold);
	const trial = await layoutTrial(request, place.setup, ports);
	if (!trial.ok) return trial;
	const layout = trial.value;
	if (!examined || row.decision !== "slower" || layout.outcome !== "placement" && layout.outcome !== "mixed") return success({ layout });
	const { suspects } = explain(examined, evidence, layout);
	const remedies = await remedyTrials({
		...request,
		suspects
	}, place.setup, ports);
	return success({
		layout,
		...remedies.length > 0 && { remedies }
	});
}
function planOf({ plan }, name) {
	return plan.benchmarks.find((planned) => planned.plan.name === name).plan;
}
function relinkRequest({ plan, checkout, history, env }, benchmarks, folder) {
	const { settings } = plan;
	return {
		benchmarks,
		build: settings.build,
		buildTimeoutSeconds: Math.min(settings.buildTimeoutSeconds, settings.layoutBudgetSeconds),
		env,
		trees: checkout.trees,
		mirrors: checkout.mirrors,
		commits: {
			base: history.base.sha,
			head: history.head.sha
		},
		folder,
		match: stoppableMatch(MATCH_MILLISECONDS$1)
	};
}
function requestFor(context, tried, hold) {
	const { row, examined } = tried;
	const { settings } = context.plan;
	const hot = examined?.examination.hot ?? [];
	const movedData = examined?.examination.data.moved ?? [];
	return {
		question: questionOf$1(tried) ?? "slowdown",
		benchmark: planOf(context, row.name),
		scheduling: hold.scheduling,
		hot: hot.map((code) => code.name),
		ratio: row.change.ratio,
		movedHot: hot.some((code) => code.moved) || movedData.some(({ share }) => share >= HOT_DATA),
		layouts: typeof settings.layouts === "number" ? settings.layouts : "auto",
		budgetSeconds: settings.layoutBudgetSeconds,
		seed: context.seed
	};
}
// src/flow/explain.ts
async function explainAll(context, table) {
	const changed = table.benchmarks.filter((row) => hasCause(row.metric) && row.change && (isChanged(row) || hiddenWork(row) !== void 0));
	if (changed.length === 0) return {
		benchmarks: table.benchmarks,
		limitations: []
	};
	const { ports } = context;
	const countWhole = wholeCounter(context, table.counting);
	const cases = [];
	let again;
	try {
		const file = await ports.log.group("Compare the two builds where they spend their time", async () => {
			const file = {
				table,
				request: await readPullRequest(context),
				countWhole
			};
			for (const row of changed) cases.push(await openCase(row, file));
			return file;
		});
		again = cases.some(restsOnBuild) ? await buildBaseAgain(context) : void 0;
		if (again?.ok) for (const [at, each] of cases.entries()) cases[at] = await withSecondBuild(each, file, again.value.tree);
		const trials = await tryLayouts(context, cases);
		const diagnoses = new Map();
		for (const [at, each] of cases.entries()) {
			const known = await settleCase(each, file, trialOf(each.row, trials));
			const settled = again?.ok ? await withSecondBuild(known, file, again.value.tree) : known;
			cases[at] = settled;
			const diagnosis = judge$1(settled, trials);
			if (!diagnosis) continue;
			const readable = await withReadableNames(diagnosis, ports.tools);
			diagnoses.set(settled.row.name, at < MOST_DISASSEMBLED ? await withTexts(readable, ports) : readable);
		}
		return {
			benchmarks: table.benchmarks.map((row) => {
				return withDiagnosis(withTrials(cases.find((each) => each.row.name === row.name)?.row ?? row, trials), diagnoses.get(row.name));
			}),
			limitations: [
				...cases.flatMap(({ limitations }) => limitations),
				...[...diagnoses.values()].flatMap(({ limitations }) => limitations),
				...trials.limitations,
				...again && !again.ok ? [again.fault] : []
			]
		};
	} finally {
		for (const { examined } of cases) examined?.close();
		if (again?.ok) await again.value.end();
	}
}
const MOST_DISASSEMBLED = 20;
async function withTexts(diagnosis, ports) {
	const { annotated } = diagnosis;
	return annotated ? {
		...diagnosis,
		annotated: await withInstructionTexts(annotated, ports)
	} : diagnosis;
}
const isChanged = ({ decision }) => decision === "slower" || decision === "faster";
function judge$1({ row, evidence, examined }, trials) {
	const { decision, trials: { layout } = {} } = withTrials(row, trials);
	if (decision === "masked" && layout) {
		const { ratio, low, high } = layout;
		const over = collectEvidence({
			change: {
				ratio,
				low,
				high,
				confidence: .95
			},
			...row.counters && { counters: row.counters }
		}, examined?.examination);
		return examined ? explain(examined, over, layout) : explainCounters(over);
	}
	if (!isChanged(row)) return void 0;
	return examined ? explain(examined, evidence, trialOf(row, trials)) : explainCounters(evidence);
}
function withTrials(row, { byName }) {
	const tried = byName.get(row.name);
	return tried ? maskedByLayout({
		...row,
		trials: tried
	}) : row;
}
function withDiagnosis(row, diagnosis) {
	if (!diagnosis) return row;
	const { limitations: _, ...rest } = diagnosis;
	return {
		...row,
		...rest
	};
}
function trialOf({ name }, { byName }) {
	const layout = byName.get(name)?.layout;
	return layout?.question === "hidden-work" ? void 0 : layout;
}
// src/flow/layouts/row-rounds.ts
const MOST_FAULTS$1 = 3;
async function roundsOf(open, effect, family) {
	const { request, ports, linker } = open;
	const orders = roundOrders(request.seed);
	const rounds = [];
	const until = open.startedAt + request.budgetSeconds;
	let [faults, drawn, seconds] = [
		0,
		0,
		0
	];
	let notSlowerAt;
	const first = await differing$1(open);
	if (first !== void 0) return failed(first);
	for (;;) {
		const started = ports.clock.now();
		const round = {
			base: [],
			head: [],
			control: []
		};
		let whole = true;
		for (const part of orders.next().value) {
			const value = await runInFreshLayout(open, part === "head" ? "head" : "base", ++drawn);
			if (!value.ok) return value;
			if (value.value === void 0) {
				whole = false;
				break;
			}
			round[part].push(value.value);
		}
		if (whole) rounds.push(round);
		else if (++faults >= MOST_FAULTS$1) return failed({ kind: "layouts-fail" });
		seconds = Math.max(seconds, ports.clock.now() - started);
		const judged = {
			...effect,
			lostRounds: faults
		};
		const found = {
			rounds,
			linker,
			lostRounds: faults
		};
		const summary = summarizeRounds(rounds, judged, family.alpha);
		if (isNotSlower(summary, family)) notSlowerAt ??= rounds.length;
		const since = rounds.length - (notSlowerAt ?? rounds.length);
		if (rounds.length >= roundsToAnswer(family, faults) && isAnswered(summary, family, since)) return success(found);
		const left = until - ports.clock.now();
		const budget = {
			of: "layouts",
			seconds: request.budgetSeconds
		};
		if (left < seconds) return success({
			...found,
			ended: {
				rule: "budget-over",
				budget
			}
		});
		const more = Math.floor(left / seconds);
		if (!canBeAnswered(rounds, more, judged, family)) return success({
			...found,
			ended: {
				rule: "hopeless",
				budget,
				rounds: more
			}
		});
	}
}
async function differing$1(open) {
	for (const side of ["base", "head"]) {
		const seen = new Set();
		for (const nth of [-1, -2]) {
			const files = await open.make[side]({
				kind: "random",
				seed: seedFor(open, nth)
			});
			if (!files.ok) return files.fault;
			seen.add(JSON.stringify([...addressesIn(files.value.filter(isElf))]));
			await drop(open, side, files.value);
		}
		if (seen.size < 2) return {
			kind: "layouts-equal",
			side,
			linker: open.linker
		};
	}
}
async function runInFreshLayout(open, side, nth) {
	const files = await open.make[side]({
		kind: "random",
		seed: seedFor(open, nth)
	});
	if (!files.ok) return files;
	const value = await runLayout({ files: { [side]: files.value } }, side, open);
	await drop(open, side, files.value);
	return success(value);
}
function drop({ setup, ports }, side, files) {
	return removeFiles(files, {
		sandbox: ports.sandbox,
		tree: setup.sides[side].tree
	});
}
const seedFor = ({ request }, nth) => 2 + seedOf(request.seed, nth) % (2 ** 31 - 2);
// src/flow/layouts/rounds.ts
async function measureOverLayouts(context, benchmarks) {
	const { plan, ports } = context;
	const { settings } = plan;
	const rows = benchmarks.filter((row) => isTime(row.metric) && row.rounds > 0 && row.change);
	if (settings.layouts !== "rounds" || rows.length === 0) return {
		benchmarks,
		limitations: []
	};
	const folder = join(ports.folder, "layouts");
	try {
		const found = await measureRows(context, rows, folder);
		return {
			benchmarks: benchmarks.map((row) => {
				const laid = found.get(row.name);
				return laid ? withLayouts(withTrial(row, laid, context.seed), laid.measurement) : row;
			}),
			limitations: unlaid([...found.values()])
		};
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
async function measureRows(context, rows, folder) {
	const { plan, ports } = context;
	const { settings } = plan;
	const all = (why) => new Map(rows.map((row) => [row.name, impossible(settings.gateOn, why)]));
	if (settings.build === void 0) return all({ kind: "no-build-command" });
	const setup = await openRelinkSetup(relinkRequest(context, rows.map(({ name }) => planOf(context, name)), folder), ports);
	if (!setup.ok) return all(setup.fault);
	const { value } = await withTunedMachine(settings, ports.machine, (hold) => ports.log.group("Measure over layouts", () => roundsOfAll(context, rows, {
		setup: setup.value,
		hold
	})));
	return decided(context, rows, value);
}
async function roundsOfAll(context, rows, { setup, hold }) {
	const { settings } = context.plan;
	const found = new Map();
	for (const [at, row] of rows.entries()) {
		const request = {
			benchmark: planOf(context, row.name),
			scheduling: hold.scheduling,
			hot: [],
			movedHot: true,
			ratio: row.change.ratio,
			question: questionOf(row),
			layouts: "auto",
			budgetSeconds: settings.layoutBudgetSeconds,
			seed: seedOf(context.seed, at)
		};
		const opened = await openTrial(request, setup, context.ports);
		const family = {
			alpha: settings.alpha,
			rows: rows.length
		};
		const effect = {
			...request.benchmark,
			...stepsIn(row)
		};
		found.set(row.name, opened.ok ? await roundsOf(opened.value, effect, family) : opened);
	}
	return found;
}
const asPrinted$1 = (row, { lostRounds }) => ({
	...row,
	...stepsIn(row),
	lostRounds
});
function questionOf({ decision }) {
	if (decision === "slower") return "slowdown";
	return decision === "faster" ? "speed-up" : "hidden-work";
}
function decided({ plan, ports }, rows, found) {
	const { alpha, gateOn } = plan.settings;
	const measured = rows.flatMap((row) => {
		const laid = found.get(row.name);
		return laid?.ok ? [{
			row,
			laid: laid.value,
			summary: summarizeRounds(laid.value.rounds, asPrinted$1(row, laid.value), alpha)
		}] : [];
	});
	const answers = decideTable(measured.map(({ row, summary, laid }) => ({
		summary,
		unit: row.unit,
		...laid.ended !== void 0 && { ended: laid.ended }
	})), {
		alpha,
		rows: rows.length
	});
	const results = new Map(measured.map(({ row, laid, summary }, at) => {
		const { decision, reason, control } = answers[at];
		const { rounds, lostRounds, linker } = laid;
		const values = (side) => rounds.flatMap((round) => round[side]);
		const measurement = {
			how: "over-layouts",
			gateOn,
			decision,
			rounds: rounds.length,
			linker,
			...lostRounds > 0 && { lostRounds },
			...reason && { reason: describeReason(reason) },
			...summary.change && { change: summary.change },
			...rounds.length > 0 && {
				base: seriesOf(values("base"), row.base),
				head: seriesOf(values("head"), row.head)
			},
			...control && { control: {
				...control,
				samples: rounds.flatMap((round) => round.control)
			} }
		};
		return [row.name, { measurement }];
	}));
	for (const row of rows) {
		const laid = found.get(row.name);
		if (laid?.ok === false) results.set(row.name, impossible(gateOn, laid.fault));
		ports.log.line(`${row.name} over layouts: ${results.get(row.name)?.measurement.decision}`);
	}
	return results;
}
function impossible(gateOn, why) {
	return {
		measurement: {
			how: "over-layouts",
			gateOn,
			decision: "unmeasured",
			reason: noLayoutsDrawn(why),
			rounds: 0
		},
		why
	};
}
function withTrial(row, { measurement }, seed) {
	const { base, head, control, linker, rounds } = measurement;
	if (!base || !head || rounds === 0) return row;
	const values = {
		base: [...base.samples, ...control?.samples ?? []],
		head: head.samples
	};
	const question = questionOf(row);
	const judged = judgeLayouts(values, {
		row,
		question,
		asBuilt: ratioInTime(row),
		seed
	});
	const trial = {
		question,
		asBuilt: ratioInTime(row),
		layouts: values.head.length,
		linker: linker ?? "",
		seeds: [],
		...values,
		...judged
	};
	return {
		...row,
		trials: { layout: {
			...trial,
			sentence: trialSentence(trial)
		} }
	};
}
function unlaid(found) {
	const whys = found.flatMap(({ why, measurement }) => why === void 0 ? [] : [{
		why: layoutFault(why),
		measurement
	}]);
	return [...new Set(whys.map(({ why }) => why))].map((why) => {
		const same = whys.filter((each) => each.why === why);
		return notOverLayouts(same.length, why, { decides: same.some(({ measurement }) => measurement.gateOn !== "as-built") });
	});
}
// src/flow/run/conclude.ts
function conclude(context, outcome) {
	const { plan, history, request, started, seed, machine, ports } = context;
	const { errors, failedBuilds, limitations } = outcome;
	const gone = new Set(plan.benchmarks.flatMap((planned) => planned.gone ? [planned.plan.name] : []));
	const benchmarks = outcome.benchmarks.map((row) => gone.has(row.name) ? removedWhereBroken(row) : row);
	const { policies, alpha } = plan.settings;
	const report = {
		schema: 1,
		verdict: verdictOf({
			benchmarks,
			errors,
			failedBuilds,
			policies
		}),
		tool: {
			name: "perf-verdict",
			version: request.version
		},
		base: history.base,
		head: history.head,
		...request.origin,
		...request.invocation.shard === void 0 ? {} : { shard: request.invocation.shard },
		seed,
		alpha,
		startedAt: started.at,
		seconds: ports.clock.now() - started.seconds,
		limitations: distinct(limitations),
		notes: [...plan.notes, ...outcome.notes],
		...plan.gateChanges.length > 0 && { remarks: plan.gateChanges },
		errors,
		policies,
		machine,
		host: outcome.host,
		benchmarks
	};
	return {
		...report,
		sentence: verdictSentence(report)
	};
}
function untouched(context) {
	context.ports.log.line("Nothing is built or measured, because the change touches none of the files that paths names.");
	return conclude(context, {
		benchmarks: context.plan.benchmarks.map(({ plan, untouched = "" }) => untouchedRow(plan, untouched)),
		limitations: [],
		notes: [],
		errors: [],
		failedBuilds: [],
		host: hostBefore(context)
	});
}
function stopped(context, builds) {
	return conclude(context, {
		benchmarks: [],
		limitations: limitationsBefore(context),
		notes: builds.notes,
		errors: builds.failures.map(({ message, failure }) => ({
			what: `${message}.`,
			detail: failure.lastLines.join("\n"),
			...failure.side === void 0 ? {} : { side: failure.side },
			...failure.error === void 0 ? {} : { at: failure.error }
		})),
		failedBuilds: builds.failures.flatMap(({ failure }) => failure.side ?? []),
		host: hostBefore(context)
	});
}
function faulted(context, { message }) {
	return conclude(context, {
		benchmarks: [],
		limitations: limitationsBefore(context),
		notes: [],
		errors: [{ what: message }],
		failedBuilds: [],
		host: hostBefore(context)
	});
}
const hostBefore = ({ ports }) => ({
	knobs: [],
	isolation: ports.sandbox.isolation,
	network: ports.sandbox.network
});
function soFar(context, measured) {
	return conclude(context, {
		...measured,
		notes: [],
		errors: [{ what: ENDED_EARLY }],
		failedBuilds: [],
		host: hostBefore(context)
	});
}
function limitationsBefore({ ports, checkout, limitations }) {
	return [
		...ports.sandbox.weaknesses.map(weaknessLimitation),
		...limitations,
		...checkoutLimitations(checkout.leftOut)
	];
}
function distinct(limitations) {
	return [...new Map(limitations.map((limitation) => [limitation.what, limitation])).values()];
}
// src/flow/trees/tree-copies.ts
const controlTreeIn = (folder) => join(folder, "ctrl");
const REMOVAL_SECONDS = 300;
async function copyControlTree(base, control, ports) {
	if (!await removeTree(control, REMOVAL_SECONDS)) return false;
	const { code } = await ports.tools.run({
		file: "cp",
		args: [
			"--archive",
			"--reflink=auto",
			"--no-target-directory",
			"--",
			base,
			control
		]
	});
	return code === 0;
}
function keptTrees(folder, tools) {
	const kept = join(folder, "kept");
	const place = (key) => join(kept, createHash("sha256").update(key).digest("hex").slice(0, 16));
	const saved = new Set();
	return {
		restore: async ([tree], key) => {
			if (tree === void 0 || !saved.has(key)) return false;
			return copyControlTree(place(key), tree, { tools });
		},
		save: async ([tree], key) => {
			await mkdir(kept, {
				recursive: true,
				mode: 448
			});
			if (tree !== void 0 && await copyControlTree(tree, place(key), { tools })) saved.add(key);
			return saved.has(key);
		}
	};
}
// src/core/harness/printed.ts
const newSide = () => ({
	runs: 0,
	always: new Map(),
	ever: new Set()
});
function newPrinted() {
	return {
		base: newSide(),
		head: newSide(),
		controls: 0,
		lost: false
	};
}
const LOOKED_AT$1 = 131072;
const MOST_LINES = 2e3;
const MOST_KINDS = 1e4;
const LONGEST = 400;
function notePrinted(printed, part, stdout, context) {
	if (printed.lost) return;
	const side = part === "head" ? printed.head : printed.base;
	const lines = new Map();
	for (const line of outputOf$1(stdout.slice(0, LOOKED_AT$1)).text.split("\n").slice(0, MOST_LINES)) {
		const text = line.slice(0, LONGEST).trim();
		const kept = withoutTimes(text, context);
		if (/[\p{L}\p{N}]/u.test(kept) && !lines.has(kept)) lines.set(kept, text);
	}
	if (side.runs === 0) for (const [kept, text] of lines) side.always.set(kept, text);
	else for (const kept of side.always.keys()) if (!lines.has(kept)) side.always.delete(kept);
	for (const kept of lines.keys()) side.ever.add(kept);
	if (side.ever.size > MOST_KINDS) printed.lost = true;
	side.runs++;
	if (part === "control") printed.controls++;
}
const FEWEST = 3;
function otherOutput({ base, head, controls, lost }) {
	if (lost || controls === 0 || base.runs < FEWEST || head.runs < FEWEST) return void 0;
	const only = (own, other) => [...own.always].find(([kept]) => !other.ever.has(kept))?.[1];
	const [ofBase, ofHead] = [only(base, head), only(head, base)];
	if (ofBase === void 0 && ofHead === void 0) return void 0;
	return {
		...ofBase !== void 0 && { base: ofBase },
		...ofHead !== void 0 && { head: ofHead }
	};
}
const TIMED = /[+-]?\d[\d.,_'eE+-]*\s?(?:fs|ps|ns|us|µs|μs|ms|s|secs?|seconds?|min|mins|minutes?|[kKMGT]?i?B\/s|[kKMGT]?[\w-]{0,12}\/(?:s|sec|second|op|iter)|[kMG]?Hz|%|x)(?![\p{L}\p{N}])/gu;
const ABOUT_SPEED = /\b(?:time[ds]?|elapsed|took|duration|latency|throughput|bandwidth|speed|rate|fps|ops|iter(?:ation)?s?|rounds?|runs?|samples?|reps?|repetitions?|outliers?|measurements?|mean|median|avg|average|min|max|std\s?dev|stddev|variance|p\d{2,3}|cycles?|ticks?|wall|cpu|user|sys|real|load_avg|pid|tid|seed|mhz\w*|date|index|address|rss|memory|score)\b|_(?:time|ns|us|ms|sec|seconds|index|avg)\b/i;
const NUMBER = /[+-]?\d[\d.,_']*(?:[eE][+-]?\d+)?/g;
const COARSE = /(?<![\w.])[+-]?(?:\d\.\d{1,2}|\d\d\.\d|0\.\d{1,3})(?![\w.])/g;
const CLOCK = /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2},?(?: +\d{4})?\b/g;
const POINTER = /\b0x(?:0{2,4}[0-9a-f]{8,12}|[0-9a-f]{9,12})\b/gi;
const COMMIT = /\S*[0-9a-f]{7,64}\S*/g;
function withoutTimes(line, { commits }) {
	const named = line.replace(COMMIT, (word) => commits.some((sha) => holdsCommit(word, sha)) ? "<commit>" : word).replace(POINTER, "<address>").replace(CLOCK, "<clock>");
	const timed = named.replace(TIMED, "#");
	return (timed !== named || ABOUT_SPEED.test(named) ? timed.replace(NUMBER, "#") : timed.replace(COARSE, "#")).replace(/\s+/g, " ");
}
function holdsCommit(text, sha) {
	return [...text.matchAll(/[0-9a-f]{7,64}/g)].some(([found]) => sha.startsWith(found));
}
// src/flow/trees/fresh-pages.ts
async function freshenPages(tree, files) {
	const failed = [];
	if (files.length === 0) return failed;
	const root = realpathSync.native(tree);
	const name = `.perf-verdict-${randomBytes(6).toString("hex")}`;
	const real = new Map();
	const isReal = (folder) => {
		const found = real.get(folder) ?? realpathSync.native(folder) === folder;
		real.set(folder, found);
		return found;
	};
	for (const file of files) if (!await rewrite(join(root, file), name, isReal)) failed.push(file);
	return failed;
}
async function rewrite(path, name, isReal) {
	const folder = dirname(path);
	const copy = join(folder, name);
	try {
		const before = lstatSync(path, { bigint: true });
		if (!before.isFile() || !isReal(folder)) return false;
		if (before.size <= AT_ONCE_BYTES) copyFileSync(path, copy, constants.COPYFILE_EXCL);
		else await copyFile(path, copy, constants.COPYFILE_EXCL);
		let made = lstatSync(copy, { bigint: true });
		if (made.uid !== before.uid || made.gid !== before.gid) {
			chownSync(copy, Number(before.uid), Number(before.gid));
			made = lstatSync(copy, { bigint: true });
		}
		if (made.mode !== before.mode) chmodSync(copy, Number(before.mode & 4095n));
		utimesSync(copy, secondsOf$1(before.atimeNs), secondsOf$1(before.mtimeNs));
		unlinkSync(path);
		renameSync(copy, path);
		return true;
	} catch {
		rmSync(copy, { force: true });
		return false;
	}
}
const AT_ONCE_BYTES = 2 ** 20;
async function withinBytes(tree, files, most) {
	const sized = await Promise.all(files.map(async (file) => {
		const path = join(tree, file);
		return {
			file,
			bytes: (await lstat(path).catch(() => void 0))?.size ?? 0,
			elf: isElf(path)
		};
	}));
	const kept = [];
	const left = [];
	let sum = 0;
	for (const { file, bytes } of sized.sort((a, b) => Number(b.elf) - Number(a.elf) || a.bytes - b.bytes)) {
		const fits = sum + bytes <= most;
		if (fits) sum += bytes;
		(fits ? kept : left).push(file);
	}
	return {
		files: kept,
		left
	};
}
// src/core/statistics/lattice.ts
function latticeOf(values, step, fine, offset = 0) {
	const most = Math.min(Math.max(step * UNSTEADY, fine * SLACK), step / 4);
	let farthest = 0;
	const points = new Set();
	for (const value of values) {
		const nth = Math.round((value - offset) / step);
		farthest = Math.max(farthest, Math.abs(value - offset - nth * step));
		if (farthest > most || offset === 0 && nth === 0) return void 0;
		points.add(nth);
	}
	return {
		step,
		points: points.size,
		farthest
	};
}
const UNSTEADY = 1 / 200;
const SLACK = 1 + 1e-6;
const chanceOfOne = ({ step, farthest }, fine) => Math.min(1, (2 * farthest + fine) / step);
function chanceOf(lattice, fine, used = 0) {
	return chanceOfOne(lattice, fine) ** Math.max(0, lattice.points - used);
}
function knownTickOf(values, fine, ticks) {
	const fitting = ticks.flatMap((tick) => {
		const lattice = tick.step > fine ? latticeOf(values, tick.step, fine) : void 0;
		return lattice && lattice.points >= tick.fewest && !(tick.exact && lattice.farthest > fine * SLACK) ? [{
			...tick,
			lattice
		}] : [];
	});
	let found = fitting.find(({ lattice, chance }) => chanceOf(lattice, fine) <= chance * SLACK)?.lattice;
	for (const { lattice, chance } of fitting.toSorted((a, b) => a.step - b.step)) if (found && lattice.step > found.step && chanceOf(lattice, found.step) <= chance * SLACK) found = lattice;
	return found;
}
const FEWEST_POINTS = 5;
const MOST_PARTS = 8;
const CHANCE = 1e-6;
const CLEAR = 20;
function anyLatticeOf(values, fine) {
	const sorted = values.toSorted((a, b) => a - b);
	const within = widthWithin(sorted, fine);
	if (within === void 0) return void 0;
	const centres = centresOf(sorted, within);
	if (centres.length < FEWEST_POINTS) return void 0;
	const smallest = Math.min(...centres.slice(1).map((centre, at) => centre - centres[at]));
	for (let parts = 1; parts <= MOST_PARTS; parts++) {
		const fitted = fittedTo(centres, smallest / parts);
		const lattice = fitted && latticeOf(values, fitted.step, fine, fitted.offset);
		if (lattice && lattice.points >= FEWEST_POINTS && parts * chanceOf(lattice, fine, 2) <= CHANCE) return lattice;
	}
}
function widthWithin(sorted, fine) {
	const gaps = sorted.slice(1).map((value, at) => value - sorted[at]).toSorted((a, b) => a - b);
	const equal = gaps.filter((gap) => gap < fine / 2).length;
	for (let at = equal; at < gaps.length; at++) {
		const before = at === equal ? 0 : gaps[at - 1];
		if (gaps[at] >= CLEAR * before && gaps[at] > 1.5 * fine) return Math.max(before, fine / 2);
	}
}
function centresOf(sorted, within) {
	const groups = [];
	for (const value of sorted) {
		const group = groups.at(-1);
		if (group && value - group.at(-1) <= within) group.push(value);
		else groups.push([value]);
	}
	return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}
function fittedTo(centres, guess) {
	let step = guess;
	let nth = [0];
	for (let count = 2; count <= centres.length; count++) {
		nth = [...nth.slice(0, count - 1), nth[count - 2] + Math.round((centres[count - 1] - centres[count - 2]) / step)];
		const line = lineThrough(nth, centres.slice(0, count));
		if (!(line.step > guess / 2) || line.step > guess * 2) return void 0;
		step = line.step;
	}
	return lineThrough(nth, centres);
}
function lineThrough(xs, ys) {
	const mean = (list) => list.reduce((sum, each) => sum + each, 0) / list.length;
	const [x, y] = [mean(xs), mean(ys)];
	const step = xs.reduce((sum, each, at) => sum + (each - x) * (ys[at] - y), 0) / xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
	return {
		step,
		offset: y - step * x
	};
}
// src/core/harness/clock-step.ts
const FEWEST_VALUES = 3;
const tick = (step, { fewest = FEWEST_VALUES, exact = false, chance = .001 } = {}) => ({
	step,
	fewest,
	exact,
	chance
});
const TICKS = [
	tick(1, {
		fewest: 4,
		exact: true,
		chance: .01
	}),
	...[
		.001,
		1e-6,
		1e-9
	].map((step) => tick(step, { chance: .01 })),
	...[
		1 / 60,
		1 / 64,
		.01,
		1 / 250,
		1 / 300,
		1 / 1024,
		1e-4,
		1e-5,
		1e-7,
		1e-8
	].map((step) => tick(step))
];
const PLAIN_TICKS = [
	1,
	.001,
	1e-6
].map((step) => tick(step, { chance: .01 }));
const NEGLIGIBLE$1 = 1e-4;
const LOOKED_AT = 120;
function clockSteps(readings, { printed, unit }) {
	if (unit?.base === "B") return {
		base: 0,
		head: 0
	};
	const fine = Math.max(printed.base, printed.head);
	const both = [...readings.base, ...readings.head];
	const shared = printed.base > 0 && printed.head > 0 ? stepOf(both, {
		fine,
		unit,
		sure: varies(readings)
	}) : void 0;
	const ofSide = (side) => {
		const own = printed[side];
		const step = own > 0 ? shared ?? stepOf(readings[side], {
			fine: own,
			unit,
			sure: false
		}) : void 0;
		return step !== void 0 && step > own ? step : 0;
	};
	return {
		base: ofSide("base"),
		head: ofSide("head")
	};
}
const varies = ({ base, head }) => [base, head].some((side) => side.some(({ value }) => value !== side[0].value));
function stepOf(readings, looked) {
	const some = sampleOf(readings).filter(({ value }) => value > 0);
	if (some.length === 0) return void 0;
	for (const clocked of clockedIn(some, looked)) {
		const { amounts, fine, ticks, perTick } = clocked;
		const least = Math.min(...amounts) * NEGLIGIBLE$1;
		const known = knownTickOf(amounts, fine, ticks.filter(({ step }) => step > least));
		const any = anyLatticeOf(amounts, Math.max(fine, known?.step ?? 0));
		const found = any && any.step > Math.max(least, known?.step ?? 0) ? any : known;
		if (found) return found.step * perTick;
	}
}
function sampleOf(readings) {
	if (readings.length <= 240) return readings;
	return [...readings.slice(0, LOOKED_AT), ...readings.slice(-120)];
}
function clockedIn(readings, { fine, unit, sure }) {
	const values = readings.map(({ value }) => value);
	const counts = readings.flatMap(({ iterations }) => iterations ?? []);
	const counted = counts.length === values.length && counts.some((count) => count > 1);
	const rate = unit?.base === "ops/s" || unit?.base === "B/s";
	const seconds = unit?.base === "s" ? unit.factor : void 0;
	const ticks = seconds === void 0 ? PLAIN_TICKS.filter(({ step }) => values.every((value) => value >= 2 * step)) : sure ? seenAtOnce(inUnit(seconds), seconds, fine) : inUnit(seconds);
	if (!rate) {
		const totals = {
			amounts: values.map((value, at) => value * counts[at]),
			fine: fine * Math.max(...counts),
			ticks,
			perTick: 1 / Math.min(...counts)
		};
		return [{
			amounts: values,
			fine,
			ticks,
			perTick: 1
		}, ...counted ? [totals] : []];
	}
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const times = {
		amounts: values.map((value, at) => counts[at] / value),
		fine: Math.max(...values.map((value, at) => counts[at] * fine / value ** 2)),
		ticks: inUnit(1),
		perTick: Math.max(...values.map((value, at) => value ** 2 / counts[at]))
	};
	return [{
		amounts: values.map((value) => 1 / value),
		fine: fine / least ** 2,
		ticks: [],
		perTick: most ** 2
	}, ...counted ? [times] : []];
}
const inUnit = (seconds) => TICKS.map((known) => ({
	...known,
	step: known.step / seconds
}));
const MILLISECOND = .001;
const ODD_TICKS = [
	1 / 60,
	1 / 64,
	1 / 300,
	1 / 1024
];
function seenAtOnce(ticks, seconds, fine) {
	const isOf = (step, tick) => Math.abs(step * seconds / tick - 1) < 1e-9;
	const isPlain = (step) => isOf(step, MILLISECOND) && step < 1 + 1e-9 && step > 999 * fine;
	return ticks.map((known) => isPlain(known.step) || ODD_TICKS.some((tick) => isOf(known.step, tick)) ? {
		...known,
		fewest: 1
	} : known);
}
// src/flow/measure/tracker.ts
function newTracker(plan) {
	return {
		plan,
		rounds: [],
		cpuRounds: [],
		lostRounds: 0,
		faults: {
			base: [],
			head: []
		},
		succeeded: {
			base: false,
			head: false
		},
		readings: {
			base: [],
			head: []
		},
		grids: {
			base: new Map(),
			head: new Map()
		}
	};
}
function steady(tracker, reading) {
	if (!reading.ok) return reading;
	const now = {
		...reading.told,
		...reading.unit && { base: reading.unit }
	};
	tracker.told ??= now;
	if (JSON.stringify(now) === JSON.stringify(tracker.told)) return reading;
	return fault("unit", {
		rule: "printed-otherwise",
		now,
		before: tracker.told
	});
}
const NEGLIGIBLE = 1e-6;
function asPrinted(tracker) {
	const { rounds, grids, lostRounds } = tracker;
	const plan = lostRounds > 0 ? {
		...tracker.plan,
		lostRounds
	} : tracker.plan;
	const values = rounds.flatMap(({ base, head, control }) => [
		...base,
		...head,
		...control
	]);
	const least = values.reduce((least, value) => value === 0 ? least : Math.min(least, value), 1e400);
	const context = {
		zeros: values.includes(0),
		readBy: readByOf(plan)
	};
	const digit = (side) => stepOfGrid(grids[side], context) ?? 0;
	const digits = {
		base: digit("base"),
		head: digit("head")
	};
	const clock = clockOf(tracker, digits);
	const stepOf = (side) => {
		const step = Math.max(digits[side], clock[side]);
		return step > NEGLIGIBLE * least || least === 1e400 ? step : 0;
	};
	const steps = {
		base: stepOf("base"),
		head: stepOf("head")
	};
	if (steps.base === 0 && steps.head === 0) return plan;
	const coarser = steps.base > digits.base || steps.head > digits.head;
	return {
		...plan,
		steps,
		...coarser && { digits }
	};
}
function clockOf(tracker, printed) {
	const { readings, plan, told } = tracker;
	const after = readings.base.length + readings.head.length;
	if (tracker.clock?.after !== after) {
		const unit = readUnit$1(told?.base ?? told?.unit ?? plan.unit);
		tracker.clock = {
			after,
			steps: clockSteps(readings, {
				printed,
				unit: unit?.base === "" ? void 0 : unit
			})
		};
	}
	return tracker.clock.steps;
}
function summaryOf(tracker, alpha) {
	const { rounds, summarized } = tracker;
	const judged = asPrinted(tracker);
	const same = (of) => isSameStep(summarized?.effect[of], judged[of]);
	const isKnown = summarized?.rounds === rounds.length && summarized.effect.lostRounds === judged.lostRounds;
	if (summarized && isKnown && same("steps") && same("digits")) return summarized;
	tracker.summarized = summarizeRounds(rounds, judged, alpha);
	return tracker.summarized;
}
function isSameStep(one, other) {
	return one?.base === other?.base && one?.head === other?.head;
}
function readByOf({ format, unit }) {
	if (format.kind === "json") return `${format.path} ${unit}`;
	return format.kind === "regex" ? `${format.pattern} ${unit}` : "";
}
const MOST_FAULTS = 3;
function note(tracker, part, reading) {
	const side = part === "head" ? "head" : "base";
	const other = part === "head" ? "base" : "head";
	if (reading.ok) {
		tracker.succeeded[side] = true;
		const { value, iterations, step } = reading;
		if (step) tracker.readings[side].push({
			value,
			...iterations !== void 0 && { iterations }
		});
		addStep(tracker.grids[side], step);
		return;
	}
	const faults = tracker.faults[side];
	faults.push(reading.fault);
	if (faults.reduce((sum, fault) => sum + (fault.kind === "timeout" ? 2 : 1), 0) >= MOST_FAULTS) tracker.ending ??= {
		kind: "faulted",
		side: tracker.succeeded[other] ? side : "both"
	};
}
// src/flow/measure/rounds.ts
function workloadsOf(trackers, seedFor, firstOf, unpaired = new Set()) {
	const groups = new Map();
	for (const tracker of trackers) {
		const key = JSON.stringify([arrangementOf(tracker.plan), tracker.plan.around]);
		const group = groups.get(key);
		if (group) group.push(tracker);
		else groups.set(key, [tracker]);
	}
	return [...groups.values()].map((group, index) => ({
		plan: group[0].plan,
		trackers: group,
		selects: selects(group[0].plan),
		orders: roundOrders(seedFor(index)),
		mapped: {
			base: [],
			head: [],
			control: []
		},
		seen: false,
		warmUps: 0,
		printed: newPrinted(),
		comparesOutput: !unpaired.has(group[0].plan.command),
		spentSeconds: 0,
		fastestRound: roundSeconds(firstOf(group[0].plan)?.seconds)
	}));
}
function roundSeconds(seconds) {
	if (!seconds) return 0;
	return ROUND_PARTS.reduce((sum, part) => sum + seconds[part === "head" ? "head" : "base"], 0);
}
function openTrackers({ trackers }) {
	return trackers.filter((tracker) => !tracker.ending);
}
const MOST_BYTES = 512 * 2 ** 20;
async function takeOver(workload, first, setting) {
	const limitations = [];
	for (const side of SIDES) {
		const { files, exact } = first.mapped[side];
		const { files: kept, left } = await withinBytes(setting.trees[side], files, MOST_BYTES);
		workload.mapped[side] = kept;
		if (!exact) limitations.push(mappedFilesUnknown);
		if (left.length > 0) limitations.push(tooLargeToRewrite(left, MOST_BYTES));
	}
	workload.mapped.control = workload.mapped.base;
	workload.seen = true;
	return limitations;
}
async function findMapped(workload, setting) {
	const mapped = {};
	for (const side of SIDES) mapped[side] = await mappedFiles(setting.trees[side], () => runPart(workload, side, setting));
	await runPart(workload, "control", setting);
	return takeOver(workload, {
		mapped: {
			base: mapped.base,
			head: mapped.head
		},
		seconds: {
			base: 0,
			head: 0
		}
	}, setting);
}
async function runRound(workload, setting, keep) {
	const stale = [];
	const values = new Map(openTrackers(workload).map((tracker) => [tracker, {
		base: [],
		head: [],
		control: []
	}]));
	const used = {
		base: [],
		head: [],
		control: []
	};
	for (const part of workload.orders.next().value) {
		stale.push(...await freshenPages(setting.trees[part], workload.mapped[part]));
		const { readings, cpuSeconds } = await runPart(workload, part, setting);
		if (cpuSeconds !== void 0) used[part].push(cpuSeconds);
		for (const [tracker, reading] of readings) if (reading.ok) values.get(tracker)?.[part].push(reading.value);
		else if (values.delete(tracker) && keep) tracker.lostRounds++;
		if (values.size === 0) break;
	}
	if (keep) for (const [tracker, round] of values) {
		tracker.rounds.push(round);
		if (tracker.plan.format.kind === "wall" && isWhole(used)) tracker.cpuRounds.push(used);
	}
	return stale.length > 0 ? [notRewritten([...new Set(stale)])] : [];
}
function isWhole(round) {
	return ROUND_PARTS.every((part) => round[part].length === runsPerRound(part));
}
const OUTPUT_CAP = 64 * 2 ** 20;
async function runPart(workload, part, setting) {
	const open = openTrackers(workload);
	const side = part === "head" ? "head" : "base";
	const wanted = rowsToSelect(workload, open, side);
	let run = await runOnce(workload, {
		part,
		open,
		wanted
	}, setting);
	if (wanted && !gaveOnly(run, wanted, workload)) {
		workload.selects = false;
		if (!gaveAll(run, wanted, workload)) run = await runOnce(workload, {
			part,
			open
		}, setting);
	}
	if (run.printed !== void 0 && workload.comparesOutput) notePrinted(workload.printed, part, run.printed, setting.printed);
	const readings = new Map(open.map((tracker) => [tracker, steady(tracker, run.read(onSide(tracker.plan, side)))]));
	for (const [tracker, reading] of readings) note(tracker, part, reading);
	return {
		readings,
		cpuSeconds: run.cpuSeconds
	};
}
async function runOnce({ plan, trackers }, { part, open, wanted }, { sandbox, trees, env, scheduling, match, time }) {
	const arranged = arrangementOf(plan, wanted ? { rows: wanted } : {});
	const job = {
		argv: benchmarkWords(arranged.command),
		tree: trees[part],
		env: {
			...env[part === "head" ? "head" : "base"],
			...arranged.env
		},
		timeoutSeconds: Math.max(...open.map((each) => each.plan.timeoutSeconds)),
		outputCap: OUTPUT_CAP,
		scheduling,
		...trackers.some((tracker) => tracker.plan.metric === "memory") && { memoryBy: time }
	};
	return openRun(await runAround(sandbox, job, plan.around ?? {}), match);
}
function rowsToSelect({ plan, selects }, open, side) {
	if (!selects || plan.format.kind !== "harness") return void 0;
	const rows = new Set(open.flatMap(({ plan: each }) => {
		const { format } = onSide(each, side);
		return format.kind === "harness" ? [format.row ?? ""] : [];
	}));
	return rows.has("") || rows.size >= (plan.format.of ?? 0) ? void 0 : [...rows];
}
function gaveAll(run, wanted, { plan: { format } }) {
	const read = format.kind === "harness" ? run.results(format.harness) : void 0;
	const names = read?.ok ? new Set(read.value.map(({ name }) => name)) : void 0;
	return names !== void 0 && wanted.every((name) => names.has(name));
}
function gaveOnly(run, wanted, workload) {
	const { format } = workload.plan;
	if (format.kind !== "harness") return false;
	const read = run.results(format.harness);
	if (!read.ok || !gaveAll(run, wanted, workload)) return false;
	return new Set(read.value.map(({ name }) => name)).size < (format.of ?? Number.POSITIVE_INFINITY);
}
// src/flow/measure/rows.ts
function reportsOf(trackers, family) {
	const exact = new Map(trackers.flatMap((tracker) => exactOf(tracker)));
	const judged = trackers.filter((tracker) => tracker.ending?.kind !== "faulted" && !exact.has(tracker));
	const rows = judged.map((tracker) => rowOf(tracker, family));
	const answers = new Map(decideTable(rows, family).map((answer, at) => [judged[at], {
		answer,
		row: rows[at]
	}]));
	return trackers.map((tracker) => {
		const found = answers.get(tracker);
		const counted = exact.get(tracker);
		if (counted) return exactReport(tracker, counted, family);
		return found ? knownReport(tracker, found) : faultedReport(tracker);
	});
}
function exactOf(tracker) {
	const row = tracker.ending?.kind === "faulted" ? void 0 : exactRow(tracker.plan, tracker.rounds);
	return row ? [[tracker, row]] : [];
}
function exactReport(tracker, row, family) {
	const { plan, rounds, ending } = tracker;
	const judged = asPrinted(tracker);
	const state = {
		rounds: rounds.length,
		needed: roundsToAnswer(family, tracker.lostRounds),
		...endOf(ending)
	};
	const { reason, ...answer } = answerExact(row, judged, state);
	return {
		...plannedFields(plan),
		...answer,
		...reason && { reason: describeReason(reason) },
		base: seriesOf(rounds.flatMap(({ base }) => base), stepsOf(judged, "base")),
		head: seriesOf(row.head, stepsOf(judged, "head")),
		control: {
			ratio: 1,
			fit: true,
			samples: rounds.flatMap(({ control }) => control)
		},
		rounds: rounds.length,
		...tracker.lostRounds > 0 && { lostRounds: tracker.lostRounds }
	};
}
function remarksOn(trackers, reports) {
	const unfit = reports.filter((report) => report.control?.fit === false);
	return [
		...trackers.filter(({ ending }) => ending?.kind !== "faulted").flatMap(flakyRunsOf),
		...unfit.map(({ name }) => unfitControl(name)),
		...coarseClocks(reports),
		...valuesWithoutNoise(reports)
	];
}
function rowOf(tracker, family) {
	const { plan, rounds, ending, looked } = tracker;
	const summary = summaryOf(tracker, family.alpha);
	if (looked?.summary === summary && looked.ending === ending) return looked;
	const judged = asPrinted(tracker);
	const reachable = detectableSlowdown(rounds, judged, tableLevel(family)) ?? (ending?.kind === "answered" ? detectableSlowdown(rounds, judged, rowLevel(family)) : void 0);
	const timed = plan.metric === "time" && plan.format.kind === "wall";
	tracker.looked = {
		summary,
		unit: plan.unit,
		...endOf(ending),
		...reachable !== void 0 && { detectable: reachable },
		ending,
		cpuTime: timed && ending ? cpuTimeOf$1(rounds, tracker.cpuRounds, judged, family.alpha) : void 0
	};
	return tracker.looked;
}
function endOf(ending) {
	if (ending?.kind === "ended") return { ended: ending.because };
	return ending ? {} : { ended: { rule: "cut-off" } };
}
const stepsOf = ({ steps, digits }, side) => ({
	...steps && { step: steps[side] },
	...digits && { digit: digits[side] }
});
function knownReport(tracker, judged) {
	const { answer, row } = judged;
	const key = JSON.stringify([
		answer.decision,
		answer.reason,
		answer.control?.fit
	]);
	const { reported } = tracker;
	if (reported?.row === row && reported.key === key) return reported.report;
	const report = judgedReport(tracker, judged);
	tracker.reported = {
		row,
		key,
		report
	};
	return report;
}
function judgedReport({ plan, rounds, looked }, { answer, row }) {
	const { decision, reason, control } = answer;
	const { effect } = row.summary;
	const report = {
		...plannedFields(plan),
		decision,
		...rounds.length > 0 && { base: seriesOf(rounds.flatMap(({ base }) => base), stepsOf(effect, "base")) },
		...rounds.length > 0 && { head: seriesOf(rounds.flatMap(({ head }) => head), stepsOf(effect, "head")) },
		...row.summary.change && { change: row.summary.change },
		...control && { control: {
			...control,
			samples: rounds.flatMap((round) => round.control)
		} },
		rounds: rounds.length,
		...effect.lostRounds && { lostRounds: effect.lostRounds },
		...row.detectable !== void 0 && { detectable: row.detectable },
		...looked?.cpuTime && { cpuTime: looked.cpuTime }
	};
	if (reason === void 0) return report;
	return {
		...report,
		reason: [describeReason(reason), ...cpuTimeSentences(report)].join(" ")
	};
}
function faultedReport({ plan, rounds, faults, ending }) {
	const side = ending?.kind === "faulted" ? ending.side : "both";
	const last = faults[side === "head" ? "head" : "base"].at(-1);
	return {
		...plannedFields(plan),
		decision: "unmeasured",
		reason: faultReason(side, {
			base: faults.base.at(-1),
			head: faults.head.at(-1)
		}),
		fault: {
			side,
			kind: last?.kind ?? "crash",
			...last?.lastLines && { lastLines: last.lastLines.map((line) => line.slice(0, LINE_LIMIT)) }
		},
		rounds: rounds.length
	};
}
const LINE_LIMIT = 1e3;
function flakyRunsOf({ plan, faults }) {
	return SIDES.flatMap((side) => {
		const last = faults[side].at(-1);
		return last ? [flakyRuns(plan.name, side, faults[side].length, faultClause(last.says))] : [];
	});
}
// src/flow/measure/stopping-rules.ts
function endAnswered(workload, family) {
	for (const tracker of openTrackers(workload)) {
		const rounds = tracker.rounds.length;
		const needed = roundsToAnswer(family, tracker.lostRounds);
		const exact = exactRow(tracker.plan, tracker.rounds);
		if (exact) {
			if (isExactAnswered(exact, {
				rounds,
				needed
			})) tracker.ending = { kind: "answered" };
			continue;
		}
		if (rounds < needed) continue;
		const summary = summaryOf(tracker, family.alpha);
		if (isNotSlower(summary, family)) tracker.notSlowerAt ??= tracker.rounds.length;
		const roundsMore = tracker.rounds.length - (tracker.notSlowerAt ?? tracker.rounds.length);
		if (isAnswered(summary, family, roundsMore)) tracker.ending = { kind: "answered" };
	}
}
function endSpent(workload, { family, maxRounds, secondsLeft }) {
	for (const tracker of openTrackers(workload)) {
		const { plan, rounds } = tracker;
		const own = plan.budgetSeconds - workload.spentSeconds;
		const missing = roundsToAnswer(family, tracker.lostRounds) - rounds.length;
		const whole = {
			of: "row",
			seconds: plan.budgetSeconds
		};
		const budget = own <= secondsLeft ? whole : { of: "run" };
		const left = Math.min(own, secondsLeft);
		if (rounds.length >= maxRounds) end({
			rule: "most-rounds",
			rounds: maxRounds
		});
		else if (own <= 0) end({
			rule: "budget-over",
			budget: whole
		});
		else if (missing > 0 && missing * workload.fastestRound > own) end({
			rule: "no-room",
			budget,
			roundSeconds: workload.fastestRound
		});
		else if (missing <= 0 && workload.fastestRound > 0) {
			const more = Math.min(Math.floor(left / workload.fastestRound), maxRounds - rounds.length);
			if (!canBeAnswered(rounds, more, asPrinted(tracker), family)) end({
				rule: "hopeless",
				budget,
				rounds: more
			});
		}
		function end(because) {
			tracker.ending = {
				kind: "ended",
				because
			};
		}
	}
}
// src/flow/measure/turns.ts
function nextTurn(open, secondsLeft, goal) {
	if (secondsLeft <= 0) return void 0;
	const inOrder = [...open.entries()].map(([at, progress]) => ({
		at,
		...progress,
		need: needOf(progress, goal)
	}));
	const fit = inOrder.filter(({ need }) => need <= secondsLeft);
	const scarce = inOrder.reduce((sum, { need }) => sum + need, 0) > secondsLeft;
	const goingRound = fit.toSorted((one, other) => one.rounds - other.rounds);
	if (!scarce) return goingRound[0]?.at;
	return (fit.filter(({ rounds }) => rounds < goal.breach).toSorted((one, other) => Number(other.rounds > 0) - Number(one.rounds > 0) || one.need - other.need)[0] ?? goingRound[0])?.at;
}
function needOf({ rounds, secondsPerRound }, { answer }) {
	return Math.max(answer - rounds, 1) * secondsPerRound;
}
function foresee(workloads, budgetSeconds, roundsNeeded) {
	let left = budgetSeconds;
	let rows = 0;
	let seconds = 0;
	for (const { secondsPerRound, rows: own } of workloads.toSorted((one, other) => one.secondsPerRound - other.secondsPerRound)) {
		const need = secondsPerRound * roundsNeeded;
		seconds += need;
		left -= need;
		if (left >= 0) rows += own;
	}
	return {
		rows,
		seconds
	};
}
function secondsToFinish(open, roundsNeeded) {
	return open.reduce((sum, { rounds, secondsPerRound }) => sum + Math.max(roundsNeeded - rounds, 1) * secondsPerRound, 0);
}
// src/flow/measure/measure.ts
async function measure(request, shell) {
	const session = begin(request, shell);
	await prepare$1(session);
	for (let turn = nextOf(session); turn !== void 0; turn = nextOf(session)) await takeTurn(turn, session);
	return await save(session);
}
function begin(request, shell) {
	const { trees, env, scheduling, seed, alpha, maxRounds, asksFaster = false } = request;
	const timed = request.benchmarks.filter(({ plan, on }) => isMeasuredInRounds(plan.metric) && on.length === 2);
	const noisy = timed.filter(({ plan }) => isNoisy(plan.metric));
	const family = {
		alpha,
		rows: Math.max(noisy.length, request.tableRows ?? 0),
		asksFaster
	};
	const faults = reachFaults(family, maxRounds);
	if (faults.length > 0) throw new InputError(faults);
	const now = shell.clock.now();
	const firstOf = new Map(request.benchmarks.map(({ plan, first }) => [plan, first]));
	return {
		request,
		shell,
		setting: {
			sandbox: shell.sandbox,
			trees: {
				...trees,
				control: trees.control ?? trees.base
			},
			env,
			scheduling,
			time: request.time,
			match: stoppableMatch(MATCH_MILLISECONDS),
			printed: { commits: request.commits ?? [] }
		},
		family,
		workloads: workloadsOf(timed.map(({ plan }) => newTracker(plan)), (index) => seedOf(seed, index), (plan) => firstOf.get(plan), new Set(request.benchmarks.flatMap(({ plan, on }) => on.length === 2 ? [] : [plan.command]))),
		limitations: new Map(trees.control === void 0 ? [["control", controlInPlace]] : []),
		startedAt: now,
		spokeAt: now,
		savedAt: now,
		toldAt: Number.NEGATIVE_INFINITY,
		unsaved: new Set(),
		saveSeconds: 0
	};
}
const MATCH_MILLISECONDS = 1e3;
async function prepare$1(session) {
	const { request, shell, setting, family, workloads, limitations } = session;
	for (const workload of workloads) {
		const first = request.benchmarks.find(({ plan }) => plan === workload.plan)?.first;
		if (!first) continue;
		for (const limitation of await takeOver(workload, first, setting)) limitations.set(limitation.what, limitation);
	}
	const known = workloads.filter(({ seen }) => seen).map((workload) => ({
		...progressOf(workload),
		rows: workload.trackers.length
	}));
	if (known.length === 0 || known.length < workloads.length) return;
	const rows = known.reduce((sum, workload) => sum + workload.rows, 0);
	const enough = foresee(known, request.budgetSeconds, roundsToAnswer(family));
	const needed = {
		rows,
		seconds: enough.seconds,
		budgetSeconds: request.budgetSeconds
	};
	if (enough.rows === rows) return shell.log.line(budgetIsEnough(needed));
	const limitation = fewWillBeDecided(needed, enough.rows);
	limitations.set("budget", limitation);
	shell.log.line(`${limitation.what} ${limitation.instead}`);
}
function progressOf(workload) {
	return {
		rounds: Math.min(...openTrackers(workload).map(({ rounds }) => rounds.length)),
		secondsPerRound: workload.fastestRound
	};
}
function nextOf(session) {
	const { request, family, workloads } = session;
	const open = workloads.filter((workload) => openTrackers(workload).length > 0);
	const turn = nextTurn(open.map(progressOf), secondsLeft(session), {
		answer: roundsToAnswer(family),
		breach: roundsToFail(family)
	});
	if (turn !== void 0) return open[turn];
	const because = {
		rule: "budget-over",
		budget: {
			of: "run",
			seconds: request.budgetSeconds
		}
	};
	for (const tracker of open.flatMap(openTrackers)) tracker.ending = {
		kind: "ended",
		because
	};
}
function secondsLeft({ request, shell, startedAt }) {
	return request.budgetSeconds - (shell.clock.now() - startedAt);
}
async function takeTurn(workload, session) {
	const { request } = session;
	const warm = !workload.seen || workload.warmUps < request.warmUps;
	const steps = warm ? 1 : 2;
	for (let step = 0; step < steps; step++) {
		if (openTrackers(workload).length === 0 || secondsLeft(session) <= 0) return;
		await takeRound(workload, session, warm);
	}
}
async function takeRound(workload, session, warm) {
	const { request, setting, shell, family, limitations } = session;
	const before = openTrackers(workload);
	const start = shell.clock.now();
	const first = !workload.seen;
	const found = first ? await findMapped(workload, setting) : await runRound(workload, setting, !warm);
	for (const limitation of found) limitations.set(limitation.what, limitation);
	const seconds = shell.clock.now() - start;
	workload.spentSeconds += seconds;
	if (warm && !first) workload.warmUps++;
	if (!first) workload.fastestRound = Math.min(workload.fastestRound || seconds, seconds);
	else if (workload.fastestRound === 0) workload.fastestRound = seconds * ROUND_PARTS.length / FIRST_RUNS;
	endAnswered(workload, family);
	endSpent(workload, {
		family,
		maxRounds: request.maxRounds,
		secondsLeft: secondsLeft(session)
	});
	for (const { ending, plan } of before) if (ending) session.unsaved.add(plan.name);
	await keep(session);
}
const FIRST_RUNS = 3;
async function keep(session) {
	const { request, shell, workloads, startedAt } = session;
	const now = shell.clock.now();
	const breath = Math.max(BREATH_SECONDS, session.saveSeconds / SAVING_SHARE);
	if (session.unsaved.size > 0 && now - session.toldAt >= breath || now - session.savedAt >= Math.max(QUIET_SECONDS, breath)) await save(session);
	const spoken = now - session.spokeAt < QUIET_SECONDS;
	if (spoken && !shell.log.status) return;
	const trackers = workloads.flatMap((each) => each.trackers);
	const open = workloads.filter((workload) => openTrackers(workload).length > 0);
	const left = Math.min(secondsToFinish(open.map(progressOf), roundsToAnswer(session.family)), request.budgetSeconds - (now - startedAt));
	const progress = {
		benchmarks: trackers.length,
		decided: trackers.filter(({ ending }) => ending).length,
		rounds: trackers.reduce((sum, tracker) => sum + tracker.rounds.length, 0),
		spentSeconds: now - startedAt,
		budgetSeconds: request.budgetSeconds,
		leftSeconds: left
	};
	shell.log.status?.(progressWords(progress));
	if (spoken) return;
	session.spokeAt = now;
	if (!shell.log.status) shell.log.line(progressLine(progress));
}
const QUIET_SECONDS = 10;
const BREATH_SECONDS = 1;
const SAVING_SHARE = .05;
async function save(session) {
	const { request, shell, unsaved } = session;
	const now = shell.clock.now();
	session.savedAt = now;
	if (unsaved.size > 0) session.toldAt = now;
	const measured = resultOf(session);
	for (const report of measured.benchmarks) if (unsaved.has(report.name)) shell.log.line(decidedLine(report));
	unsaved.clear();
	await request.save(measured);
	session.saveSeconds = shell.clock.now() - now;
	return measured;
}
function withPrints(report, prints) {
	return prints && report.rounds > 0 ? {
		...report,
		prints
	} : report;
}
function resultOf({ request, family, workloads, limitations }) {
	const trackers = workloads.flatMap((workload) => workload.trackers);
	const prints = new Map(workloads.flatMap(({ trackers: own, printed }) => own.map((tracker) => [tracker, otherOutput(printed)])));
	const reports = reportsOf(trackers, family).map((report, at) => withPrints(report, prints.get(trackers[at])));
	const byPlan = new Map(trackers.map(({ plan }, at) => [plan, reports[at]]));
	return {
		benchmarks: request.benchmarks.filter(({ plan }) => isMeasuredInRounds(plan.metric)).map(({ plan, on }) => byPlan.get(plan) ?? unpairedRow(plan, on[0] === "head" ? "new" : "removed")),
		limitations: [...limitations.values(), ...remarksOn(trackers, reports)]
	};
}
// src/flow/measure/measure-all.ts
const MOST_ROUNDS = 1e3;
async function measureAll(context, survey, hold) {
	const { plan, checkout, env, seed, ports, request } = context;
	const { settings } = plan;
	const differing = plan.benchmarks.filter(({ plan: { name } }) => !survey.identical.has(name) && !survey.sized.has(name));
	if (differing.length === 0) return inOrder({
		benchmarks: [],
		limitations: []
	}, plan.benchmarks, survey);
	return ports.log.group("Measure both sides", async () => {
		const control = controlTreeIn(ports.folder);
		const copied = await copyControlTree(checkout.trees.base, control, ports);
		if (copied) {
			await ports.sandbox.adopt(control, { like: checkout.trees.base });
			await ports.sandbox.seal(control);
			for (const { base } of survey.first.values()) await ports.sandbox.seal(control, base.mapped.files);
		}
		const aroundSeconds = aroundRuns(survey);
		const table = inOrder(await measure({
			benchmarks: differing.map((planned) => ({
				...planned,
				...firstSeen(survey, planned.plan.name, aroundSeconds)
			})),
			...request.invocation.shard && { tableRows: plan.tableRows },
			...request.keepsHistory && { asksFaster: true },
			trees: {
				...checkout.trees,
				...copied ? { control } : {}
			},
			env,
			scheduling: hold.scheduling,
			commits: [context.history.base.sha, context.history.head.sha],
			time: differing.some(({ plan: { metric } }) => metric === "memory") ? await ports.tools.find("time") : void 0,
			seed,
			alpha: settings.alpha,
			warmUps: settings.warmup,
			maxRounds: MOST_ROUNDS,
			budgetSeconds: settings.budgetSeconds,
			save: (partial) => request.keep(soFar(context, inOrder(partial, plan.benchmarks, survey)))
		}, ports), plan.benchmarks, survey);
		return {
			...table,
			limitations: [...table.limitations, ...onOneCpu(differing, survey, hold.scheduling)]
		};
	});
}
function firstSeen({ first }, name, aroundSeconds) {
	const runs = first.get(name);
	if (!runs) return {};
	const { base, head } = runs;
	return { first: {
		mapped: {
			base: base.mapped,
			head: head.mapped
		},
		seconds: {
			base: base.outcome.seconds + aroundSeconds,
			head: head.outcome.seconds + aroundSeconds
		}
	} };
}
function aroundRuns({ first }) {
	let least = Number.POSITIVE_INFINITY;
	for (const { base, head } of first.values()) least = Math.min(least, base.aroundSeconds, head.aroundSeconds);
	return Number.isFinite(least) ? least : 0;
}
function onOneCpu(planned, { first }, { cpus }) {
	if (cpus === void 0 || !/^\d+$/.test(cpus)) return [];
	const threaded = [];
	return [...planned.flatMap(({ plan: { name } }) => {
		const outcomes = SIDES.flatMap((side) => first.get(name)?.[side].outcome ?? []);
		const threads = Math.max(0, ...outcomes.map((run) => run.threads ?? 0));
		const busiest = outcomes.find(usesSeveralCpus);
		if (!busiest && threads > 1) threaded.push({
			name,
			threads
		});
		if (!busiest) return [];
		return [busyOnOneCpu(name, {
			kept: busiest.cpuSeconds / busiest.seconds,
			threads,
			cpu: cpus
		})];
	}), ...threaded.length > 0 ? [threadsOnOneCpu(threaded, cpus)] : []];
}
function inOrder(measured, planned, survey) {
	const rows = new Map(measured.benchmarks.map((row) => [row.name, row]));
	return {
		benchmarks: planned.flatMap(({ plan, untouched }) => {
			const row = rows.get(plan.name) ?? survey.sized.get(plan.name);
			if (row) return [row];
			if (untouched !== void 0) return [untouchedRow(plan, untouched)];
			const reason = survey.identical.get(plan.name);
			return reason === void 0 ? [] : [identicalRow(plan, reason)];
		}),
		limitations: measured.limitations
	};
}
// src/flow/prepare/gate-files.ts
async function editedGateFiles(files, { base, head }, repository, tools) {
	if (files.length === 0) return [];
	const paths = files.map((file) => `:(top,literal)${file}`);
	const asked = [
		"diff",
		"--name-only",
		"-z",
		"--no-renames",
		"--no-ext-diff",
		base.sha,
		head.sha,
		"--",
		...paths
	];
	const { ok, out } = await git(tools, repository, asked);
	if (!ok) return [workflowUnknown(files)];
	return out.split("\0").filter((path) => path !== "").map(editedWorkflow);
}
// src/core/config/branch-policy.ts
const JUDGING = [
	"threshold",
	"floor",
	"better",
	"metric",
	"rows",
	"alpha",
	"isolation",
	"network",
	"comment"
];
const isJudging = (key) => JUDGING.includes(key) || key.startsWith("on-");
function judgedAsToday(own, today) {
	const rows = new Map((today.benchmarks ?? []).map((row) => [row.name, row]));
	const benchmarks = own.benchmarks?.map((row) => {
		const now = rows.get(row.name);
		return now ? {
			...judged(row, now),
			name: row.name
		} : row;
	});
	const { benchmarks: _, ...shared } = own;
	const { benchmarks: __, ...sharedToday } = today;
	return {
		...judged(shared, sharedToday),
		...benchmarks && { benchmarks }
	};
}
function judged(own, today) {
	const kept = Object.entries(own).filter(([key]) => !isJudging(key));
	const now = Object.entries(today).filter(([key]) => isJudging(key));
	const differ = JSON.stringify(own.paths) !== JSON.stringify(today.paths);
	return Object.fromEntries([
		...kept,
		...now,
		...differ ? [["paths", []]] : []
	]);
}
// src/core/config/gate-changes.ts
const MOST_CHANGES = 30;
function describeGateChanges(base, head) {
	const changes = [...tableChanges(ownRows(base), ownRows(head)), ...settingChanges(base, head)];
	const rest = changes.length - MOST_CHANGES;
	return rest > 0 ? [...changes.slice(0, MOST_CHANGES), `makes ${rest} more changes to it`] : changes;
}
function ownRows({ benchmarks, budgetSeconds }) {
	return benchmarks.map(({ budgetSeconds: own, around, ...row }) => {
		const listed = {
			...row,
			...around
		};
		return own === budgetSeconds ? listed : {
			...listed,
			budgetSeconds: own
		};
	});
}
function renamedBenchmarks(base, head) {
	const known = new Set(base.map(({ name }) => name));
	const kept = new Set(head.map(({ name }) => name));
	const gone = base.filter(({ name }) => !kept.has(name));
	const renamed = new Map();
	for (const { name, command } of head.filter((plan) => !known.has(plan.name))) {
		const old = gone.find((plan) => plan.command === command && ![...renamed.values()].includes(plan.name));
		if (old) renamed.set(name, old.name);
	}
	return renamed;
}
function tableChanges(base, head) {
	const renamed = renamedBenchmarks(base, head);
	const moved = new Set(renamed.values());
	const theirs = new Map(head.map((plan) => [plan.name, plan]));
	const known = new Set(base.map(({ name }) => name));
	return [
		...base.filter(({ name }) => !theirs.has(name) && !moved.has(name)).map(({ name }) => `removes the benchmark ${quoted$2(name)}`),
		...[...renamed].map(([name, old]) => `renames the benchmark ${quoted$2(old)} to ${quoted$2(name)}`),
		...base.flatMap((plan) => {
			const other = theirs.get(plan.name);
			return other ? rowChanges(plan, other) : [];
		}),
		...head.filter(({ name }) => !known.has(name) && !renamed.has(name)).map(({ name }) => `adds the benchmark ${quoted$2(name)}`)
	];
}
function rowChanges(base, head) {
	return differing(base, head).map(([key, before, after]) => {
		const of = `${label(key)} of ${quoted$2(base.name)}`;
		if (key === "threshold") return `${Number(after) > Number(before) ? "raises" : "lowers"} the ${of} from ${percentage(before)} to ${percentage(after)}`;
		if (key === "floor") return `changes the ${of} from ${amount(before, base)} to ${amount(after, head)}`;
		return `changes the ${of} from ${shown(key, before)} to ${shown(key, after)}`;
	});
}
function settingChanges(base, head) {
	const { benchmarks: _, ...own } = base;
	const { benchmarks: __, ...theirs } = head;
	return differing(flat(own), flat(theirs)).map(([key, before, after]) => `changes ${label(key)} from ${shown(key, before)} to ${shown(key, after)}`);
}
function flat(settings) {
	return Object.fromEntries(Object.entries(settings).flatMap(([key, value]) => key === "policies" && typeof value === "object" && value !== null ? Object.entries(value) : [[key, value]]));
}
function differing(base, head) {
	const [own, theirs] = [new Map(Object.entries(base)), new Map(Object.entries(head))];
	return [...new Set([...own.keys(), ...theirs.keys()])].filter((key) => JSON.stringify(own.get(key)) !== JSON.stringify(theirs.get(key))).map((key) => [
		key,
		own.get(key),
		theirs.get(key)
	]);
}
function label(key) {
	return key.replace(/Seconds$/, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function shown(key, value) {
	if (value === void 0) return "nothing";
	if (key.endsWith("Seconds")) return `${String(value)} s`;
	if (key === "alpha") return percentage(value);
	if (typeof value === "number") return String(value);
	return quoted$2(typeof value === "string" ? value : JSON.stringify(value));
}
const amount = (value, { unit }) => value === void 0 ? "nothing" : `${String(value)} ${unit}`.trimEnd();
const percentage = (value) => `${Number((Number(value) * 100).toPrecision(6))} %`;
// src/flow/prepare/plan.ts
const CONFIG_FILE = ".github/perf-verdict.yml";
async function makePlan(invocation, history, repository, tools) {
	const found = await findConfigurations(invocation, history, repository, tools);
	const { file, base, head, today } = found;
	const text = base ?? head;
	const own = text === void 0 ? configSchema.parse({}) : readConfig(text, file);
	const config = today === void 0 || today === base ? own : judgedAsToday(own, readConfig(today, file));
	if (text === void 0 && invocation.bench === void 0) throw new InputError([await whereIsIt(file, history, repository, tools)]);
	const settings = settle(invocation, config);
	const theirs = base === void 0 || base === head ? void 0 : readHead(invocation, found);
	const whole = theirs && !invocation.bench ? compareTables(settings, theirs) : onBoth(settings);
	const all = invocation.only === void 0 ? whole : onlyNamed(whole, invocation.only);
	const share = invocation.shard && selectShard(all.map(({ plan }) => plan.name), invocation.shard);
	const benchmarks = share ? all.filter(({ plan }) => share.includes(plan.name)) : all;
	const rows = {
		here: benchmarks.length,
		all: all.length
	};
	const says = share ? [partOfTable(invocation.shard, rows)] : [];
	return {
		settings,
		benchmarks,
		tableRows: all.filter(({ plan, on }) => isNoisy(plan.metric) && on.length === BOTH.length).length,
		notes: [...describeToday(found, history), ...says],
		gateChanges: [...describeChange(found, theirs && describeGateChanges(settle(invocation, own), theirs)), ...describeGone(all)]
	};
}
function onlyNamed(all, only) {
	const names = only.split("\n").map((name) => name.trim());
	const known = all.map(({ plan }) => plan.name);
	const faults = names.filter((name) => !known.includes(name)).map((name) => {
		const close = nearest(name, known);
		return `only names ${JSON.stringify(name)}, which is no benchmark${close === void 0 ? "" : ` (did you mean ${close}?)`}; there are ${listed$1(known.map(quoted$2), 10)}.`;
	});
	if (faults.length > 0) throw new InputError(faults);
	return all.filter(({ plan }) => names.includes(plan.name));
}
const LARGEST_CONFIG_BYTES = 2 ** 20;
async function findConfigurations(invocation, history, repository, tools) {
	const file = invocation.config ?? ".github/perf-verdict.yml";
	if (file.startsWith("/") || file.split("/").includes("..") || file.includes("\0")) throw new InputError([`config must be a path inside the repository, not ${JSON.stringify(file)}.`]);
	const show = async (sha) => {
		const sized = await git(tools, repository, [
			"cat-file",
			"-s",
			`${sha}:${file}`
		]);
		if (sized.ok && Number(sized.out) > LARGEST_CONFIG_BYTES) return " ".repeat(LARGEST_CONFIG_BYTES);
		const shown = await git(tools, repository, [
			"show",
			"--no-textconv",
			`${sha}:${file}`
		]);
		return shown.ok ? shown.out : void 0;
	};
	const base = await show(history.base.sha);
	const head = await show(history.head.sha);
	const today = history.baseTip === history.base.sha ? base : await show(history.baseTip);
	if (base === void 0 && head === void 0 && invocation.config !== void 0) throw new InputError([`config names ${file}, which neither the base nor the head has; correct the path or leave it out.`]);
	return {
		file,
		base: base ?? today,
		head,
		today,
		late: base === void 0 && today !== void 0
	};
}
async function whereIsIt(file, { head }, repository, tools) {
	const nothing = `No benchmark is given: name one as NAME=COMMAND with bench, or list benchmarks in ${file}.`;
	const top = [
		"--full-name",
		"--",
		...LOOK_ALIKES.map((path) => `:(top)${path}`),
		`:(top)${file}`
	];
	const listed = async (...args) => {
		const { ok, out } = await git(tools, repository, args);
		return ok ? out.split("\0").filter((path) => path !== "") : [];
	};
	const tracked = await listed("ls-tree", "-r", "-z", "--name-only", "--full-tree", head.sha, "--", ...LOOK_ALIKES);
	const own = await listed("ls-files", "-z", "--cached", "--others", ...top);
	if (own.includes(file)) return `${nothing} It is in the work tree, but neither base nor head has it: commit it, or git add it and give --head worktree.`;
	const alike = [...tracked, ...own].find((path) => path !== file);
	return alike === void 0 ? nothing : `${nothing} There is ${alike}, which is not read: rename it, or name it with config.`;
}
const LOOK_ALIKES = [...[
	".github/perf-verdict.yaml",
	".github/perf_verdict.yml",
	".github/workflows/perf-verdict.yml"
], ...[
	"perf-verdict.yml",
	"perf-verdict.yaml",
	".perf-verdict.yml",
	".perf-verdict.yaml"
]];
const BOTH = ["base", "head"];
function onBoth(settings) {
	return settings.benchmarks.map((plan) => ({
		plan,
		on: BOTH
	}));
}
function compareTables(settings, theirs) {
	const kept = new Set(theirs.benchmarks.map((plan) => plan.name));
	const known = new Set(settings.benchmarks.map((plan) => plan.name));
	return [...settings.benchmarks.map((plan) => ({
		plan,
		on: BOTH,
		...!kept.has(plan.name) && { gone: true }
	})), ...theirs.benchmarks.filter((plan) => !known.has(plan.name)).map((plan) => ({
		plan,
		on: ["head"]
	}))];
}
function readHead(invocation, { head, file }) {
	if (head === void 0) return void 0;
	try {
		return settle(invocation, readConfig(head, file));
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}
function describeGone(all) {
	const names = all.flatMap(({ plan, gone }) => gone ? [plan.name] : []);
	return names.length === 0 ? [] : [removedAreMeasured(names)];
}
function describeToday({ file, base, today, late }, { baseName }) {
	if (late) return [configurationToday(file, baseName, "late")];
	if (base === today) return [];
	return [configurationToday(file, baseName, today === void 0 ? "gone" : "changed")];
}
function describeChange({ file, base, head, late }, differences) {
	if (base === head) return [];
	if (base === void 0) return [configurationEdit(file, "new")];
	if (head === void 0) return late ? [] : [configurationEdit(file, "removed")];
	if (differences === void 0) return [configurationEdit(file, "broken")];
	return differences.length === 0 ? [] : [configurationEdit(file, "edited"), ...differences.map(itsDifference)];
}
// src/report/limitations/preparing.ts
function variablesNotPassed(names) {
	if (names.length === 0) return [];
	const shown = names.slice(0, 12).map(quoted$2).join(", ");
	const more = names.length > 12 ? ` and ${names.length - 12} more` : "";
	return [{
		what: `Builds and benchmarks do not get ${names.length === 1 ? "this variable" : "these variables"} of the job: ${shown}${more}.`,
		instead: "List in env what the build needs; a variable that holds a secret reaches the code of the pull request then."
	}];
}
const tokenReadable = {
	what: "Code of the pull request could read a token in git's configuration, because this isolation level hides no files.",
	instead: "Check out with persist-credentials: false, or run where the gate may make namespaces (see SECURITY.md)."
};
// src/shell/git/credentials.ts
const LARGEST_BYTES = 1 << 20;
const MOST_FILES = 200;
function findCredentials({ gitFolders, home, temporary }) {
	const waiting = [
		...gitFolders.flatMap((folder) => [join(folder, "config"), join(folder, "config.worktree")]),
		...home === void 0 ? [] : [
			".gitconfig",
			".config/git/config",
			".git-credentials",
			".config/git/credentials",
			".netrc"
		].map((name) => join(home, name)),
		...temporary === void 0 ? [] : credentialFilesIn(temporary)
	];
	const seen = new Set();
	const files = [];
	const secrets = new Set();
	for (let file = waiting.shift(); file !== void 0 && seen.size < MOST_FILES; file = waiting.shift()) {
		if (seen.has(file)) continue;
		seen.add(file);
		const text = readSmall(file);
		if (text === void 0) continue;
		const found = file.endsWith(".netrc") ? passwordsOfNetrc(text) : secretsIn(text);
		if (found.length > 0) files.push(file);
		for (const secret of found) secrets.add(secret);
		for (const path of includesIn(text)) waiting.push(placeOf(path, dirname(file), home));
	}
	return {
		files,
		secrets: [...secrets]
	};
}
function placeOf(path, folder, home) {
	return path.startsWith("~/") && home !== void 0 ? join(home, path.slice(2)) : resolve$1(folder, path);
}
function credentialFilesIn(folder) {
	try {
		return readdirSync(folder).filter((name) => /^git-credentials-.*\.config$/.test(name)).map((name) => join(folder, name));
	} catch {
		return [];
	}
}
function passwordsOfNetrc(text) {
	return [...text.matchAll(/\bpassword\s+(\S{6,})/g)].map((found) => found[1]);
}
function readSmall(path) {
	let file;
	try {
		file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const found = fstatSync(file);
		return found.isFile() && found.size <= LARGEST_BYTES ? readFileSync(file, "utf8") : void 0;
	} catch {
		return;
	} finally {
		if (file !== void 0) closeSync(file);
	}
}
// src/flow/prepare/token-in-reach.ts
function tokensAround({ own, submodules }, { HOME: home, RUNNER_TEMP: temporary }) {
	return findCredentials({
		gitFolders: [own, ...submodules].map(({ gitFolder }) => gitFolder),
		home,
		temporary
	});
}
async function tokenInReach({ files: holding }, { sandbox }) {
	if (holding.length === 0) return [];
	const { code } = await sandbox.run({
		argv: [
			"sh",
			"-c",
			"for at; do test -r \"$at\" && exit 1; done; exit 0",
			"sh",
			...holding
		],
		tree: sandbox.spare,
		env: { PATH: "/usr/bin:/bin" },
		timeoutSeconds: 60,
		literal: true
	});
	return code === 0 ? [] : [tokenReadable];
}
// src/report/notes/bisection.ts
const commitsLeftOut = (count) => count === 1 ? "One commit touches none of the files that paths names, and was left out of the search." : `${count} commits touch none of the files that paths names, and were left out of the search.`;
const GIVEN_UP = "The search ended early, because too many commits were undecided; raise the budget or quiet the machine to narrow it down further.";
const oneEndOnly = (names) => `Left out, because only the good or only the bad commit lists it: ${listed$1(names.map(quoted$2))}.`;
const LAST_OF_SEVERAL = "This is the last gate of a bisection, so its error rate is a part of what was asked for; `bisect.md` tells of the others.";
// src/flow/prepare/untouched.ts
const ALWAYS = [
	CONFIG_FILE,
	".github/workflows/",
	".github/actions/",
	".gitmodules",
	"**/.gitattributes"
];
async function markUntouched(plan, request, tools) {
	const lists = listsIn(plan);
	if (lists.size === 0) return plan;
	const always = [...new Set([...ALWAYS, ...request.gateFiles])];
	const own = await changed(pathspecsOf(always), request, tools);
	if (own === void 0 || own.length > 0) return withNotes(plan, [pathsIgnored(own)]);
	const notes = [];
	const untouched = new Set();
	for (const [key, paths] of lists) {
		const empty = await namesNothing(paths, request, tools);
		if (empty.length > 0) {
			notes.push(pathsNameNothing(empty, "measured"));
			continue;
		}
		if ((await changed(pathspecsOf(paths), request, tools))?.length === 0) untouched.add(key);
	}
	const benchmarks = plan.benchmarks.map((planned) => {
		const { paths = [] } = planned.plan;
		if (!untouched.has(JSON.stringify(paths)) || planned.on.length < 2 || planned.gone) return planned;
		return {
			...planned,
			untouched: nothingChanged(namedFiles(paths))
		};
	});
	return withNotes({
		...plan,
		benchmarks
	}, notes);
}
function listsIn({ benchmarks }) {
	return new Map(benchmarks.flatMap(({ plan: { paths = [] } }) => paths.length > 0 ? [[JSON.stringify(paths), paths]] : []));
}
async function touchingCommits(plan, { line, repository }, tools) {
	const lists = listsIn(plan);
	const [good, bad] = [line[0], line.at(-1)];
	if (lists.size === 0 || plan.benchmarks.some(({ plan: { paths = [] } }) => paths.length === 0)) return {
		commits: line,
		notes: []
	};
	const touching = new Set(await touchedBy(pathspecsOf(ALWAYS), line, repository, tools));
	for (const paths of lists.values()) {
		const empty = await namesNothing(paths, {
			history: {
				base: good,
				head: bad
			},
			repository
		}, tools);
		if (empty.length > 0) return {
			commits: line,
			notes: [pathsNameNothing(empty, "searched")]
		};
		for (const sha of await touchedBy(pathspecsOf(paths), line, repository, tools)) touching.add(sha);
	}
	if (touching.size === 0) {
		const all = namedFiles([...new Set([...lists.values()].flat())]);
		throw new InputError([`No commit between ${good.sha.slice(0, 12)} and ${bad.sha.slice(0, 12)} touches ${all}, which paths names; correct paths, or leave it out.`]);
	}
	const commits = line.filter((commit, at) => at === 0 || at === line.length - 1 || touching.has(commit.sha));
	const left = line.length - commits.length;
	return {
		commits,
		notes: left === 0 ? [] : [commitsLeftOut(left)]
	};
}
async function touchedBy(pathspecs, line, repository, tools) {
	const how = [
		"diff-tree",
		"--stdin",
		"-r",
		"-z",
		"--name-only",
		"--no-renames",
		"--no-ext-diff"
	];
	const input = line.slice(1).map(({ sha }, at) => `${sha} ${line[at].sha}\n`).join("");
	const args = [
		...how,
		"--ignore-submodules=none",
		"--",
		...pathspecs
	];
	const { ok, out } = await tellGit(tools, repository, {
		args,
		input
	});
	const shas = new Set(line.map(({ sha }) => sha));
	return ok ? out.split("\0").filter((word) => shas.has(word)) : [...shas];
}
function withNotes(plan, notes) {
	return {
		...plan,
		notes: [...plan.notes, ...notes]
	};
}
async function changed(pathspecs, { history: { base, head }, repository }, tools) {
	return await namesOf([base.sha, head.sha], {
		pathspecs,
		repository
	}, tools);
}
async function namesNothing(paths, { history: { base, head }, repository }, tools) {
	const nothing = (await git(tools, repository, [
		"hash-object",
		"-t",
		"tree",
		"/dev/null"
	])).out.trim();
	const found = [];
	for (const path of paths.filter((pattern) => !pattern.startsWith("!"))) {
		const asked = {
			pathspecs: pathspecsOf([path]),
			repository
		};
		if ([...await namesOf([nothing, head.sha], asked, tools) ?? [], ...await namesOf([nothing, base.sha], asked, tools) ?? []].length === 0) found.push(path);
	}
	return found;
}
async function namesOf([from, to], { pathspecs, repository }, tools) {
	const { ok, out } = await git(tools, repository, [
		...[
			"diff",
			"--name-only",
			"-z",
			"--no-renames",
			"--no-ext-diff",
			"--ignore-submodules=none"
		],
		from,
		to,
		"--",
		...pathspecs
	]);
	return ok ? out.split("\0").filter((path) => path !== "") : void 0;
}
// src/flow/run/tell-decided.ts
async function tellDecided(context, { measured, hold, noise, notes }) {
	const { plan, ports, request } = context;
	const { benchmarks } = measured;
	const complete = plan.benchmarks.every(({ plan: { name } }) => benchmarks.some((row) => row.name === name));
	const overLayouts = plan.settings.layouts === "rounds";
	const asked = {
		overLayouts,
		hidden: plan.settings.counters !== "off"
	};
	if (!complete || !request.decided || !benchmarks.some((row) => isLookedInto(row, asked))) return;
	const { isolation, network } = ports.sandbox;
	const { cpus } = hold.scheduling;
	const tell = (errors) => conclude(context, {
		benchmarks,
		limitations: [
			...limitationsBefore(context),
			...hold.gaps.map(holdLimitation),
			...measured.limitations
		],
		notes,
		errors,
		failedBuilds: [],
		host: {
			knobs: hold.knobs,
			isolation,
			network,
			noise,
			...cpus === void 0 ? {} : { cpus }
		}
	});
	const report = tell([]);
	if (report.verdict !== "pass" && plan.settings.gateOn === "as-built") {
		const remarks = [...report.remarks ?? [], STILL_EXPLAINING];
		await request.decided({
			...report,
			remarks,
			unfinished: true
		}, plan.settings);
		return;
	}
	const what = nothingSlowerSoFar(report, { overLayouts });
	const open = tell([{ what }]);
	await request.decided({
		...open,
		verdict: "error",
		sentence: what,
		unfinished: true
	}, plan.settings);
}
function isLookedInto(row, asked) {
	if (EXPLAINED.includes(row.decision)) return true;
	return asked.hidden && mayHideWork(row) || asked.overLayouts && row.rounds > 0;
}
const EXPLAINED = [
	"slower",
	"faster",
	"undecided"
];
// src/flow/trees/project-folder.ts
async function projectFolder({ invocation, repository }, { base, head }, tools) {
	if (invocation["working-directory"] === void 0) return "";
	const { out } = await git(tools, repository, ["rev-parse", "--show-prefix"]);
	const folder = out.replace(/\/?\n$/, "");
	if (folder === "") return "";
	const faults = [];
	for (const [side, { sha }] of Object.entries({
		base,
		head
	})) {
		const { out: type } = await git(tools, repository, [
			"cat-file",
			"-t",
			`${sha}:${folder}`
		]);
		if (type.trim() === "tree") continue;
		faults.push(`The ${side} ${sha.slice(0, 12)} has no folder ${JSON.stringify(folder)}, which working-directory names; correct it, or gate this project from the next change on.`);
	}
	if (faults.length > 0) throw new InputError(faults);
	return folder;
}
function startedIn(sandbox, folder) {
	if (folder === "") return sandbox;
	return {
		...sandbox,
		run: (job) => {
			if (job.cwd !== void 0 || job.tree === sandbox.spare) return sandbox.run(job);
			return sandbox.run({
				...job,
				cwd: posix.join(sandbox.placeOf(job.tree).inside.tree, folder)
			});
		}
	};
}
// src/gate.ts
async function gate(request, outside) {
	const context = await planned(request, outside);
	await request.keep(soFar(context, {
		benchmarks: [],
		limitations: []
	}));
	const report = await judge(context);
	await keepNextBase(context);
	return {
		report,
		settings: context.plan.settings
	};
}
async function planned(request, outside) {
	const prepared = await prepare(request, outside);
	const { history, plan } = prepared;
	const { repository, gateFiles = [], invocation } = request;
	const marked = await markUntouched(plan, {
		history,
		repository,
		gateFiles: [...gateFiles, ...invocation.config === void 0 ? [] : [invocation.config]]
	}, outside.tools);
	return {
		...prepared,
		plan: marked
	};
}
const UNEXPLAINED = {
	countHidden: async (_, table) => table,
	measureOverLayouts: async (_, benchmarks) => ({
		benchmarks,
		limitations: []
	}),
	explainAll: async (_, table) => table
};
async function judge(asked, explaining = {
	countHidden,
	measureOverLayouts,
	explainAll
}) {
	try {
		return await judgeWhole(asked, explaining);
	} catch (error) {
		if (error instanceof RunFault) return faulted(asked, error);
		throw error;
	}
}
async function judgeWhole(asked, explaining) {
	if (isUntouched(asked)) return untouched(asked);
	const builds = await buildBoth(asked);
	if (builds.failures.length > 0) return stopped(asked, builds);
	const surveyed = await survey(asked);
	const context = withRows(asked, surveyed);
	const { ports, plan } = context;
	const differs = mustMeasure(surveyed);
	const noise = differs ? (await ports.machine.noise(plan.settings.cpus)).map(describeNoise) : [];
	for (const found of noise) ports.log.debug?.(`noise: ${found}`);
	const work = async (hold) => {
		const measured = await measureAll(context, surveyed, hold);
		await tellDecided(context, {
			measured,
			hold,
			noise,
			notes: builds.notes
		});
		const changed = await countAll(context, measured.benchmarks, hold.scheduling);
		return {
			measured,
			counted: await explaining.countHidden(context, changed, hold)
		};
	};
	const held = await (differs ? withTunedMachine(plan.settings, ports.machine, work) : unheld(work));
	const { measured, counted } = held.value;
	const laid = await explaining.measureOverLayouts(context, counted.benchmarks);
	const explained = await explaining.explainAll(context, {
		...counted,
		benchmarks: laid.benchmarks
	});
	const { isolation, network } = ports.sandbox;
	const { cpus } = held.scheduling;
	return conclude(context, {
		benchmarks: explained.benchmarks,
		limitations: [...limitationsBefore(context), ...[
			held,
			measured,
			counted,
			laid,
			explained
		].flatMap(({ limitations }) => limitations)],
		notes: builds.notes,
		errors: [],
		failedBuilds: [],
		host: {
			knobs: held.knobs,
			isolation,
			network,
			noise,
			...cpus === void 0 ? {} : { cpus }
		}
	});
}
async function prepare(request, outside) {
	const started = {
		at: outside.clock.date(),
		seconds: outside.clock.now()
	};
	return outside.log.group("Prepare", async () => {
		const history = await readHistory(request, outside.tools);
		const tokens = tokensAround(history.source, request.environment);
		for (const secret of tokens.secrets) request.mask?.(secret);
		outside.log.line(`base ${history.base.sha.slice(0, 12)} ${history.base.title}`);
		outside.log.line(`head ${history.head.sha.slice(0, 12)} ${history.head.title}`);
		const { repository, gateFiles = [] } = request;
		const settled = await makePlan(request.invocation, history, repository, outside.tools);
		const edited = await editedGateFiles(gateFiles, history, repository, outside.tools);
		const plan = {
			...settled,
			gateChanges: [...settled.gateChanges, ...edited]
		};
		const machine = await outside.machine.fingerprint();
		const sandbox = await outside.isolate({
			level: plan.settings.isolation,
			network: plan.settings.network,
			share: plan.settings.share,
			repository: placesOf$2(history.source, outside.folder, request.repository)
		});
		const folder = await projectFolder(request, history, outside.tools);
		const ports = {
			...outside,
			sandbox: startedIn(sandbox, folder)
		};
		outside.log.line(`isolation of the pull request's code: ${sandbox.isolation}; network for ${sandbox.network}`);
		const checkout = await checkOut(history, outside.folder, outside.tools, {
			brought: {
				workTree: workTreeOf(history.source, request.repository),
				paths: plan.settings.bring
			},
			...request.onlyHead && { oneTree: true }
		});
		const extra = plan.settings.env;
		const limitations = [...await tokenInReach(tokens, ports), ...variablesNotPassed(variablesLeftOut(request.environment, extra))];
		const env = childEnvironment(request.environment, extra, sandbox.placeOf(checkout.trees.base).inside.home);
		const seed = plan.settings.seed ?? Math.floor(Math.random() * 2 ** 31);
		return {
			request,
			started,
			history,
			plan,
			checkout,
			env,
			machine,
			seed,
			ports,
			limitations
		};
	});
}
// src/shell/runner/caller-environment.ts
function callerEnvironment(env) {
	const rustup = join(env.HOME ?? "/nonexistent", ".rustup");
	return env.RUSTUP_HOME === void 0 && existsSync(rustup) ? {
		...env,
		RUSTUP_HOME: rustup
	} : env;
}
export { hasNoBase as A, runFirstOn as C, buildSide as D, lendObjects as E, outputOf$1 as O, entryOfRow as S, stoppableMatch as T, withUnit as _, planned as a, notInTheCommit as b, GIVEN_UP as c, MOST_ROUNDS as d, controlTreeIn as f, unrecognisedNotes as g, shellNotes as h, judge as i, readHistory as j, replaceTree as k, LAST_OF_SEVERAL as l, expanded as m, UNEXPLAINED as n, prepare as o, keptTrees as p, gate as r, touchingCommits as s, callerEnvironment as t, oneEndOnly as u, sizesOf as v, openRun as w, untrackedLeftOut as x, faultClause as y };
