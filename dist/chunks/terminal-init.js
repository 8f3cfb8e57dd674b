import { n as InputError } from "./errors.js";
import { c as visibleLines } from "./text.js";
import { t as VERSION } from "./version.js";
import { n as plainFileBytes, t as isRealFolder } from "./real-folder.js";
import { t as git } from "./git.js";
import { c as plainName, s as plainLine } from "./encode.js";
import { n as wrapped, t as aligned } from "./lines.js";
import { t as tools } from "./tools.js";
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
// src/core/init/suite.ts
function folderOf(path) {
	const cut = path.lastIndexOf("/");
	return cut < 0 ? "" : path.slice(0, cut);
}
function fileName(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
function isBelow(path, folder) {
	return folder === "" || path.startsWith(`${folder}/`);
}
function word(text) {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
function inFolder(folder, command) {
	return folder === "" ? command : `cd ${word(folder)} && ${command}`;
}
function buildIn(folder, command) {
	return folder === "" ? command : `(cd ${word(folder)} && ${command})`;
}
function suiteName(kind, folder) {
	return folder === "" ? kind : `${kind} ${folder}`;
}
// src/core/init/go.ts
const MOST_BINARIES = 12;
const go = ({ paths, read }) => {
	const modules = paths.filter((path) => fileName(path) === "go.mod").map(folderOf);
	const holding = paths.filter((path) => path.endsWith("_test.go")).filter((path) => /^func Benchmark\w*\(\w+ \*testing\.B\)/m.test(read(path)));
	return modules.flatMap((module) => {
		const nested = modules.filter((other) => other !== module && isBelow(`${other}/`, module));
		const own = holding.filter((path) => isBelow(path, module) && !nested.some((other) => isBelow(path, other)));
		const packages = [...new Set(own.map(folderOf))];
		if (packages.length > MOST_BINARIES) return [together(module, packages, own[0])];
		return packages.map((folder) => ({
			name: suiteName("go", folder),
			from: own.find((path) => folderOf(path) === folder),
			build: [buildIn(folder, "go test -c -o perf-verdict.test .")],
			command: inFolder(folder, "./perf-verdict.test -test.run '^$' -test.bench ."),
			harness: "go",
			unknown: []
		}));
	});
};
function together(module, packages, from) {
	const below = packages.map((path) => path === module ? "." : `./${module === "" ? path : path.slice(module.length + 1)}`);
	return {
		name: suiteName("go", module),
		from,
		build: [buildIn(module, "go test -run '^$' ./...")],
		command: inFolder(module, `go test -run '^$' -bench . ${below.join(" ")}`),
		harness: "go",
		unknown: [`${packages.length} packages have benchmarks; go test links each anew in every run. List those that matter, each with a binary of go test -c.`]
	};
}
// src/core/init/managed.ts
const PYTHON_FILES = /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|requirements[\w.-]*\.txt|Pipfile)$/;
const PACKAGES = "Which Python packages the benchmarks need is not known; install them in a step before the gate.";
const pytest = ({ paths, read }) => {
	const named = paths.filter((path) => PYTHON_FILES.test(fileName(path)) && /pytest[-_]benchmark/.test(read(path)));
	const tests = paths.filter((path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path));
	const using = tests.filter((path) => /^\s*(?:async )?def test_\w*\([^)]*\bbenchmark\b/m.test(read(path)));
	const folders = [...new Set(named.map(folderOf))];
	return (folders.length > 0 ? folders : using.length > 0 ? [""] : []).filter((folder) => named.length === 0 || using.some((path) => isBelow(path, folder)) || tests.length === 0).map((folder) => {
		const from = named.find((path) => folderOf(path) === folder) ?? using[0];
		const own = using.filter((path) => isBelow(path, folder));
		return {
			name: suiteName("python", folder),
			from,
			build: [],
			command: inFolder(folder, "python -m pytest -q --benchmark-only"),
			harness: "pytest-benchmark",
			unknown: [
				PACKAGES,
				...own.length === 0 ? [`No test was found that takes the fixture benchmark, although ${from} names pytest-benchmark.`] : [],
				"Whether the package has to be built first is not known (build: python -m pip install -e .)."
			]
		};
	});
};
const asv = ({ paths }) => paths.filter((path) => fileName(path) === "asv.conf.json").map((path) => ({
	name: suiteName("asv", folderOf(path)),
	from: path,
	build: [],
	command: inFolder(folderOf(path), "asv machine --yes && asv run --quick --python=same --set-commit-hash=\"$(git rev-parse HEAD)\" && cat .asv/results/*/\"$(git rev-parse --short=8 HEAD)\"*.json"),
	harness: "asv",
	unknown: [PACKAGES, `asv writes its results to files; the command of ${path} prints them from .asv/results, which its results_dir may change.`]
}));
const LOCKS = [
	["package-lock.json", "npm ci"],
	["npm-shrinkwrap.json", "npm ci"],
	["pnpm-lock.yaml", "pnpm install --frozen-lockfile"],
	["yarn.lock", "yarn install --frozen-lockfile"],
	["bun.lock", "bun install --frozen-lockfile"],
	["bun.lockb", "bun install --frozen-lockfile"]
];
function installedBy(folder, paths) {
	for (let at = folder;; at = folderOf(at)) {
		const lock = LOCKS.find(([file]) => paths.includes(at === "" ? file : `${at}/${file}`));
		if (lock) return {
			folder: at,
			command: lock[1]
		};
		if (at === "") return {
			folder,
			command: "npm install"
		};
	}
}
function unnamed(path, script, from) {
	const folder = folderOf(path);
	return {
		...from,
		name: suiteName("js", folder),
		command: inFolder(folder, `npm run --silent ${script}`),
		unknown: [`What the script ${script} of ${path} prints is not known; if no harness is recognised, its whole run is timed. Let it print a line NAME VALUE UNIT for each result, with harness: lines.`]
	};
}
const javascript = ({ paths, read }) => paths.filter((path) => fileName(path) === "package.json").flatMap((path) => {
	const folder = folderOf(path);
	const text = read(path);
	const installed = installedBy(folder, paths);
	const from = {
		from: path,
		build: [buildIn(installed.folder, installed.command)]
	};
	const files = paths.some((each) => isBelow(each, folder) && /\.bench\.[cm]?[jt]sx?$/.test(each));
	if (/"vitest"\s*:/.test(text) && files) return [{
		...from,
		name: suiteName("js", folder),
		command: inFolder(folder, "npx vitest bench --run"),
		harness: "vitest",
		unknown: []
	}];
	const script = /"(bench(?:mark)?s?)"\s*:\s*"/.exec(text)?.[1];
	if (!/"tinybench"\s*:/.test(text)) return script === void 0 ? [] : [unnamed(path, script, from)];
	return [{
		...from,
		name: suiteName("js", folder),
		command: inFolder(folder, script === void 0 ? "node bench.js" : `npm run --silent ${script}`),
		...script !== void 0 && { harness: "tinybench" },
		unknown: script === void 0 ? [`${path} depends on tinybench and has no script bench; name the file that runs it.`] : []
	}];
});
const jmh = ({ paths, read }) => paths.flatMap((path) => {
	const folder = folderOf(path);
	const jar = "Where the jar with the benchmarks is put is not known; correct the path in the command.";
	if (fileName(path) === "pom.xml" && /<artifactId>jmh-core<\/artifactId>/.test(read(path))) return [{
		name: suiteName("java", folder),
		from: path,
		build: [buildIn(folder, "mvn -q -B package -DskipTests")],
		command: `java -jar ${folder === "" ? "" : `${folder}/`}target/benchmarks.jar`,
		harness: "jmh",
		unknown: /<finalName>benchmarks<|uberjar\.name>benchmarks</.test(read(path)) ? [] : [jar]
	}];
	if (/^build\.gradle(?:\.kts)?$/.test(fileName(path)) && /me\.champeau\.jmh|jmh-core/.test(read(path))) {
		const wrapper = paths.includes("gradlew") ? "./gradlew" : "gradle";
		return [{
			name: suiteName("java", folder),
			from: path,
			build: [`${wrapper} ${folder === "" ? "" : `:${folder.replaceAll("/", ":")}:`}jmhJar`],
			command: `java -jar ${folder === "" ? "" : `${folder}/`}build/libs/*-jmh.jar`,
			harness: "jmh",
			unknown: [jar]
		}];
	}
	return [];
});
// src/core/init/native.ts
const LIBRARIES = [
	[
		/\bbenchmark::benchmark(?:_main)?\b|(?<![\w:.])benchmark(?:_main)?(?![\w:.])/,
		"google-benchmark",
		/\bBENCHMARK\w*\s*\(|\bbenchmark::(?:RegisterBenchmark|RunSpecifiedBenchmarks)\b/
	],
	[
		/\bCatch2::Catch2\w*\b|(?<![\w:.])Catch2?(?:WithMain)?(?![\w:.])/,
		"catch2",
		/\bBENCHMARK(?:_ADVANCED)?\s*\(/
	],
	[
		/\bnanobench\b/,
		"nanobench",
		/nanobench/
	]
];
const cmake = (files) => {
	const { paths, read } = files;
	const lists = paths.filter((path) => fileName(path) === "CMakeLists.txt");
	return lists.map(folderOf).filter((folder) => !lists.some((other) => folderOf(other) !== folder && isBelow(`${folder}/`, folderOf(other)))).flatMap((top) => {
		const own = lists.filter((path) => isBelow(path, top));
		const switches = own.flatMap((path) => switchesOf(read(path)));
		const values = variablesOf(own.map(read));
		return own.flatMap((path) => targetsOf(path, files, values)).map((target) => {
			const { name, harness, path } = target;
			const build = top === "" ? "build" : `${top}/build`;
			const below = folderOf(path) === top ? "" : `${folderOf(path).slice(top === "" ? 0 : top.length + 1)}/`;
			const moved = lists.some((each) => /RUNTIME_OUTPUT_DIRECTORY/.test(read(each)));
			return {
				name,
				from: path,
				build: [`cmake -S ${word(top === "" ? "." : top)} -B ${word(build)} -DCMAKE_BUILD_TYPE=RelWithDebInfo${switches.map((each) => ` -D${each}=ON`).join("")}`, `cmake --build ${word(build)} --parallel --target ${word(name)}`],
				command: `./${word(`${build}/${below}${name}`)}`,
				harness,
				unknown: moved ? [`${path} sets where programs are put (RUNTIME_OUTPUT_DIRECTORY); correct the path in the command of ${name}.`] : []
			};
		});
	});
};
function switchesOf(text) {
	const options = text.replace(/#.*$/gm, "").matchAll(/\boption\s*\(\s*([A-Za-z]\w*)\s+(?:"[^"]*"|\w+)\s*(OFF|FALSE|NO|0)?\s*\)/gi);
	return [...new Set([...options].map((found) => found[1]).filter((name) => /BENCH/i.test(name)))];
}
function targetsOf(path, { paths, read }, values) {
	const text = read(path).replace(/#.*$/gm, "").replace(/\$\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
	const programs = new Map([...text.matchAll(/\badd_executable\s*\(\s*([\w.+-]+)([^)]*)\)/gi)].map((found) => [found[1], found[2]]));
	const below = paths.filter((each) => isBelow(each, folderOf(path)) && SOURCE.test(each));
	return [...text.matchAll(/\btarget_link_libraries\s*\(\s*([\w.+-]+)([^)]*)\)/gi)].flatMap(([, name, rest]) => {
		if (!programs.has(name)) return [];
		const sources = new RegExp(`\\btarget_sources\\s*\\(\\s*${name.replaceAll(/[.+]/g, "\\$&")}\\s`, "i").test(text) ? below : sourcesOf(programs.get(name), {
			folder: folderOf(path),
			below,
			read
		});
		const library = LIBRARIES.find(([linked, , used]) => linked.test(rest) && sources.some((each) => used.test(read(each))));
		return library ? [{
			name,
			harness: library[1],
			path
		}] : [];
	});
}
const SOURCE = /\.(?:cc|cpp|cxx|c\+\+|C|h|hpp)$/;
function sourcesOf(listed, { folder, below, read }) {
	const files = listed.split(/\s+/).map((each) => each.replace(/^"(.*)"$/, "$1")).filter((each) => each !== "" && !/^[A-Z_]+$/.test(each)).map((each) => folder === "" ? each : `${folder}/${each}`);
	if (files.length === 0 || !files.every((each) => below.includes(each))) return below;
	const included = new Set(files.flatMap((each) => [...read(each).matchAll(/^\s*#\s*include\s*"(?:[^"]*\/)?([^"/]+)"/gm)].map((found) => found[1])));
	return [...files, ...below.filter((each) => included.has(fileName(each)))];
}
function variablesOf(texts) {
	const values = new Map();
	const set = (name, value) => {
		if (!values.has(name)) values.set(name, value);
	};
	for (const text of texts.map((each) => each.replace(/#.*$/gm, ""))) {
		for (const [, name] of text.matchAll(/\bproject\s*\(\s*([\w.+-]+)/gi)) set("PROJECT_NAME", name);
		for (const [, name, value] of text.matchAll(/\bset\s*\(\s*(\w+)\s+"?([\w.+-]+)"?\s*\)/gi)) set(name, value);
	}
	return values;
}
const meson = ({ paths, read }) => paths.filter((path) => fileName(path) === "meson.build").flatMap((path) => {
	const text = read(path).replace(/#.*$/gm, "");
	const programs = new Map([...text.matchAll(/\b(\w+)\s*=\s*executable\s*\(\s*'([^']+)'/g)].map((found) => [found[1], found[2]]));
	return [...text.matchAll(/\bbenchmark\s*\(\s*'([^']+)'\s*,\s*(\w+)([^)]*)\)/g)].map(([, name, variable, rest]) => {
		const program = programs.get(variable);
		const folder = folderOf(path);
		const words = [...(/args\s*:\s*\[([^\]]*)\]/.exec(rest)?.[1] ?? "").matchAll(/'([^']*)'/g)].map((found) => word(found[1]));
		return {
			name,
			from: path,
			build: ["meson setup build --buildtype=debugoptimized", "meson compile -C build"],
			command: [`./${word(`build/${folder === "" ? "" : `${folder}/`}${program ?? variable}`)}`, ...words].join(" "),
			unknown: program === void 0 ? [`${path} does not say which program ${variable} is; correct the command of ${name}.`] : []
		};
	});
});
const BENCH_TARGET = /^(bench(?:mark)?s?)\s*:(?!=)/m;
const make = ({ paths, read }) => paths.filter((path) => /^(?:GNU)?[Mm]akefile$/.test(fileName(path))).flatMap((path) => {
	const target = BENCH_TARGET.exec(read(path))?.[1];
	if (target === void 0) return [];
	const folder = folderOf(path);
	return [{
		name: suiteName(target, folder),
		from: path,
		build: [buildIn(folder, "make")],
		command: inFolder(folder, `make -s ${target}`),
		unknown: [`Whether \`make ${target}\` of ${path} builds or runs is not known: put what builds into build, and name the program that it runs as the command, so that make itself is not timed.`]
	}];
});
// src/core/init/rust.ts
const HARNESSES = [[/^\s*(?:\[.*\.)?(?:codspeed-)?criterion(?:-compat)?\b|package\s*=\s*"(?:codspeed-)?criterion/m, "criterion"], [/^\s*(?:\[.*\.)?(?:codspeed-)?divan\b|package\s*=\s*"(?:codspeed-)?divan/m, "divan"]];
const rust = ({ paths, read }) => paths.filter((path) => fileName(path) === "Cargo.toml").flatMap((path) => {
	const folder = folderOf(path);
	const text = read(path);
	if (!/^\[package\]/m.test(text)) return [];
	const parts = text.split(/^\[\[bench\]\]/m).slice(1).map((part) => part.split(/^\[/m)[0]);
	const named = parts.flatMap((part) => /^\s*name\s*=\s*["']([^"']+)["']/m.exec(part)?.[1] ?? []);
	const prefix = folder === "" ? "benches/" : `${folder}/benches/`;
	const found = paths.flatMap((each) => /^([^/]+)(?:\.rs|\/main\.rs)$/.exec(each.startsWith(prefix) ? each.slice(prefix.length) : "")?.[1] ?? []);
	const targets = [...new Set([...named, .../^\s*autobenches\s*=\s*false/m.test(text) ? [] : found])];
	if (targets.length === 0) return [];
	const harness = harnessOf(text, paths, {
		folder,
		read
	});
	const manifest = folder === "" ? "" : ` --manifest-path ${word(path)}`;
	const only = targets.map((name) => ` --bench ${word(name)}`).join("");
	const features = featuresOf(parts);
	const wanted = features.length === 0 ? "" : ` --features ${word(features.join(","))}`;
	return [{
		name: suiteName("rust", folder),
		from: path,
		build: [`cargo bench${manifest}${wanted} --no-run`],
		command: `cargo bench${manifest}${wanted}${only}`,
		...harness && { harness },
		unknown: harness ? [] : [`${path} names no harness that is known, so the output of its benches has to show it.`]
	}];
});
function featuresOf(parts) {
	const lists = parts.flatMap((part) => /^\s*required-features\s*=\s*\[([^\]]*)\]/m.exec(part)?.[1] ?? []);
	return [...new Set(lists.flatMap((list) => [...list.matchAll(/["']([^"',]+)["']/g)].map(([, feature]) => feature)))];
}
function harnessOf(text, paths, { folder, read }) {
	const named = HARNESSES.find(([pattern]) => pattern.test(text))?.[1];
	if (named) return named;
	return paths.filter((path) => isBelow(path, folder === "" ? "benches" : `${folder}/benches`)).some((path) => path.endsWith(".rs") && /#\[bench\]/.test(read(path))) ? "libtest" : void 0;
}
// src/core/init/detect.ts
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third[_-]party|thirdparty|external|extern|deps|subprojects|submodules|testdata|target|dist|\.git)\//;
const MANIFESTS = [
	"Cargo.toml",
	"go.mod",
	"CMakeLists.txt",
	"meson.build",
	"Makefile",
	"package.json",
	"pyproject.toml",
	"pom.xml",
	"build.gradle",
	"asv.conf.json"
];
function detectSuites(files) {
	const own = {
		paths: files.paths.filter((path) => !FOREIGN.test(path)),
		read: files.read
	};
	const found = [
		rust,
		go,
		cmake,
		meson,
		pytest,
		asv,
		javascript,
		jmh
	].flatMap((detect) => detect(own));
	const known = new Set(found.map(({ from }) => folderOf(from)));
	const made = make(own).filter(({ from }) => !known.has(folderOf(from)));
	return withOwnNames([...found, ...made]);
}
function withOwnNames(suites) {
	const taken = new Set();
	return suites.map((suite) => {
		const tidy = suite.name.replace(/[\n\r]/g, " ").slice(0, 180);
		let name = [tidy, `${tidy} (${fileName(suite.from)})`].find((each) => !taken.has(each));
		for (let nth = 2; name === void 0; nth++) name = taken.has(`${tidy} ${nth}`) ? void 0 : `${tidy} ${nth}`;
		taken.add(name);
		return {
			...suite,
			name
		};
	});
}
// src/core/init/texts.ts
const SCHEMA = `https://raw.githubusercontent.com/perf-verdict/perf-verdict/v${VERSION}/docs/perf-verdict.schema.json`;
function configText(suites) {
	const build = [...new Set(suites.flatMap((suite) => suite.build))];
	return [
		`# yaml-language-server: $schema=${SCHEMA}`,
		"# What Perf Verdict builds and measures. Every setting: docs/reference.md; a recipe for each harness: docs/harnesses.md.",
		"",
		...build.length === 0 ? ["# build: make bench", ""] : [
			"# Built once for each side; what only the benchmarks need should be built here and not in every run.",
			...block("build", build),
			""
		],
		"# The largest slowdown to allow. Each result of a benchmark is its own row and is decided separately.",
		"threshold: 5%",
		"",
		"benchmarks:",
		...suites.flatMap(suiteLines),
		""
	].join("\n");
}
function suiteLines({ name, from, command, harness, unknown }) {
	return [
		`  # Found by ${oneLine(from)}.`,
		...unknown.map((each) => `  # To check: ${oneLine(each)}`),
		`  - name: ${scalar(name)}`,
		`    command: ${scalar(command)}`,
		...harness === void 0 ? ["    # The harness is recognised by its output; name it with harness: to be sure."] : [`    harness: ${harness}`]
	];
}
function block(key, lines) {
	const [first] = lines;
	if (lines.length === 1) return [`${key}: ${scalar(first)}`];
	return [`${key}: |`, ...lines.map((line) => `  ${line}`)];
}
const oneLine = (text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
function scalar(text) {
	return /^[\w./][\w ./+=,@$^'"&|()%-]*$/.test(text) && !/ $|^(?:true|false|null|yes|no|on|off|[\d.]+)$/i.test(text) ? text : JSON.stringify(text);
}
const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const UPLOAD = "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1";
function workflowText(suites, { branch }) {
	const unknown = [...new Set(suites.flatMap((suite) => suite.unknown).filter((each) => /step before/.test(each)))];
	return [
		"name: Performance",
		"on:",
		"  pull_request:",
		...branch === void 0 ? ["  # To check: the name of the default branch is not known."] : [],
		`  push: { branches: [${scalar(branch ?? "main")}] } # keeps the builds of the branch, so that a pull request need not build its base`,
		"permissions: {}",
		`concurrency: { group: "perf-\${{ github.ref }}", cancel-in-progress: "\${{ github.event_name == 'pull_request' }}" }`,
		"jobs:",
		"  gate:",
		"    # To check: hosted runners are noisy. A quiet machine of your own ([self-hosted, bench]) decides sooner and finer;",
		"    # without one, metric: instructions or metric: cpu-time in .github/perf-verdict.yml is steadier than time.",
		"    runs-on: ubuntu-24.04",
		"    timeout-minutes: 60",
		"    permissions: { contents: read, pull-requests: write, actions: read } # check out; comment; trust the cache",
		"    steps:",
		`      - uses: ${CHECKOUT}`,
		"        with: { fetch-depth: 0, persist-credentials: false }",
		"      # To check: install here what the build and the benchmarks need.",
		...unknown.map((each) => `      # ${oneLine(each)}`),
		`      - uses: perf-verdict/perf-verdict@v${VERSION} # pin the full SHA of the release`,
		`      - uses: ${UPLOAD}`,
		"        if: always()",
		"        with: { name: perf-verdict, path: perf-verdict/report.json, overwrite: true }",
		""
	].join("\n");
}
// src/flow/init.ts
const LARGEST_BYTES = 524288;
async function prepareSetup(folder, tools) {
	const asked = await git(tools, folder, ["rev-parse", "--show-toplevel"]);
	if (!asked.ok) throw new InputError([`${folder} is not the work tree of a git repository (${asked.err.split("\n")[0]}); name one with --repo.`]);
	const top = asked.out.replace(/\n$/, "");
	const listed = await git(tools, top, [
		"ls-files",
		"-z",
		"--cached",
		"--others",
		"--exclude-standard"
	]);
	const suites = detectSuites(filesOf(top, [...new Set(listed.out.split("\0").filter((path) => path !== ""))].toSorted()));
	const branch = await defaultBranch(top, tools);
	const known = branch === void 0 ? {} : { branch };
	return {
		top,
		suites,
		files: suites.length === 0 ? {} : {
			".github/perf-verdict.yml": configText(suites),
			".github/workflows/perf-verdict.yml": workflowText(suites, known)
		},
		...known
	};
}
function filesOf(top, paths) {
	const texts = new Map();
	return {
		paths,
		read: (path) => {
			const known = texts.get(path);
			if (known !== void 0) return known;
			const bytes = plainFileBytes(top, path);
			const text = bytes === void 0 || bytes > LARGEST_BYTES ? "" : readFileSync(join(top, path), "utf8");
			texts.set(path, text);
			return text;
		}
	};
}
async function defaultBranch(top, tools) {
	const remote = await git(tools, top, [
		"symbolic-ref",
		"--quiet",
		"--short",
		"refs/remotes/origin/HEAD"
	]);
	if (remote.ok) return remote.out.trim().replace(/^origin\//, "");
	const names = (await git(tools, top, [
		"for-each-ref",
		"--format=%(refname:short)",
		"refs/heads"
	])).out.split("\n").filter((name) => name !== "");
	const usual = names.filter((name) => name === "main" || name === "master");
	return usual.length === 1 ? usual[0] : names.length === 1 ? names[0] : void 0;
}
// src/report/terminal/setup.ts
function setupText({ suites, branch }, written) {
	const unknown = [
		...suites.flatMap((suite) => suite.unknown),
		...branch === void 0 ? ["The name of the default branch is not known; the workflow says main."] : [],
		"Which machine will measure is not known; the workflow says ubuntu-24.04, and perf-verdict doctor judges the one that it runs on.",
		"What the job has to install first is not known."
	];
	return `${(suites.length === 0 ? wrapped(`No benchmark was found in ${MANIFESTS.join(", ")} and the files that they name, so nothing was written. See docs/harnesses.md for a configuration by hand.`, "") : [
		`Found ${suites.length === 1 ? "one suite" : `${suites.length} suites`} of benchmarks`,
		...aligned([[
			"  name",
			"harness",
			"found by",
			"command"
		], ...suites.map(({ name, harness, from, command }) => [
			`  ${plainName(name)}`,
			harness ?? "by its output",
			plainName(from),
			plainName(command)
		])]),
		"",
		...Object.entries(written).map(([path, came]) => came === "there" ? `${path} already exists; it was not changed.` : `${path} written.`),
		...Object.keys(written).length > 0 ? [""] : [],
		"To check, because the files do not say it",
		...[...new Set(unknown)].flatMap((each) => wrapped(each, "  - ")),
		"",
		...wrapped("Next: git add .github, then perf-verdict list --head worktree shows the rows that a gate has.", "")
	]).map(plainLine).join("\n")}\n`;
}
// src/shell/files/new-file.ts
function writeNewFile(root, path, text) {
	const folder = dirname(path);
	let at = "";
	for (const step of folder === "." ? [] : folder.split("/")) {
		at = at === "" ? step : `${at}/${step}`;
		try {
			mkdirSync(join(root, at));
		} catch (error) {
			if (!isThere(error)) throw error;
		}
		if (!isRealFolder(root, at)) return "linked";
	}
	try {
		const { O_CREAT, O_EXCL, O_WRONLY } = constants;
		const file = openSync(join(root, path), O_CREAT | O_EXCL | O_WRONLY, 420);
		writeSync(file, text);
		closeSync(file);
		return "written";
	} catch (error) {
		if (isThere(error)) return "there";
		throw error;
	}
}
const isThere = (error) => typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST";
// src/commands/terminal-init.ts
async function initFromTerminal(options) {
	const { repo = "." } = options;
	const setup = await prepareSetup(resolve(repo), tools);
	if ("dry-run" in options) {
		for (const [path, text] of Object.entries(setup.files)) process.stdout.write(visibleLines(`# ${path}\n${text}\n`));
		process.stderr.write(visibleLines(setupText(setup, {})));
		return setup.suites.length === 0 ? 3 : 0;
	}
	const written = writeAll(setup);
	process.stdout.write(visibleLines(setupText(setup, written)));
	return setup.suites.length === 0 ? 3 : 0;
}
function writeAll({ top, files }) {
	const written = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, writeNewFile(top, path, text)]));
	const faults = Object.entries(written).flatMap(([path, came]) => came === "linked" ? [`A folder of ${path} is a link or no folder, so it is not written; make it a folder.`] : []);
	if (faults.length > 0) throw new InputError(faults);
	return written;
}
export { initFromTerminal };
