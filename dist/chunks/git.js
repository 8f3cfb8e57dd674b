import { n as InputError } from "./errors.js";
// src/shell/git/git.ts
const QUIET_CONFIG = [
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.untrackedCache=false",
	"core.attributesFile=/dev/null",
	"protocol.ext.allow=never",
	"gc.auto=0",
	"advice.detachedHead=false"
];
function gitEnvironment(path) {
	return {
		PATH: path,
		HOME: "/nonexistent",
		LC_ALL: "C",
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_TERMINAL_PROMPT: "0",
		GIT_LFS_SKIP_SMUDGE: "1",
		GIT_NO_LAZY_FETCH: "1",
		GIT_ALLOW_PROTOCOL: "",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_CEILING_DIRECTORIES: "/"
	};
}
async function git(tools, folder, args) {
	return await tellGit(tools, folder, { args });
}
async function tellGit(tools, folder, { args, input, index }) {
	const quiet = QUIET_CONFIG.flatMap((setting) => ["-c", setting]);
	const result = await tools.run({
		file: "git",
		args: [
			"-c",
			"safe.directory=*",
			...quiet,
			"-C",
			folder,
			...args
		],
		env: {
			...gitEnvironment(process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin"),
			...index !== void 0 && { GIT_INDEX_FILE: index }
		},
		timeoutSeconds: 600,
		...input !== void 0 && { input }
	});
	if (result.code === 127 && /failed to run command/.test(result.stderr)) throw new InputError(["git is not installed, or PATH does not name its folder; install it."]);
	return {
		ok: result.code === 0,
		out: result.stdout,
		err: result.stderr.trim()
	};
}
export { tellGit as n, git as t };
