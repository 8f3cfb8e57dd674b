import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
// src/core/tuning/installation.ts
const INSTALLED_FOLDER = "/usr/local/lib/perf-verdict";
const INSTALLED_COMMAND = "/usr/local/sbin/perf-verdict-host";
const SUDOERS_FILE = "/etc/sudoers.d/perf-verdict";
const UNIT_FILE = "/etc/systemd/system/perf-verdict-recover.service";
const UNIT_LINK = "/etc/systemd/system/multi-user.target.wants/perf-verdict-recover.service";
const HOOK_FILE = `${INSTALLED_FOLDER}/job-started.sh`;
const MANIFEST_FILE = `${INSTALLED_FOLDER}/manifest`;
function isUserName(name) {
	return /^[a-z_][a-z0-9_-]{0,31}$/.test(name);
}
function installedFiles(node) {
	return [
		{
			path: INSTALLED_COMMAND,
			mode: 493,
			text: commandText(node)
		},
		{
			path: HOOK_FILE,
			mode: 493,
			text: HOOK
		},
		{
			path: UNIT_FILE,
			mode: 420,
			text: UNIT
		}
	];
}
function sudoersFile(user) {
	const commands = [
		"hold *",
		"recover",
		"recover --json",
		"status"
	].map((verb) => `${INSTALLED_COMMAND} ${verb}`).join(", ");
	return {
		path: SUDOERS_FILE,
		mode: 288,
		text: `# Written by perf-verdict host install; perf-verdict host uninstall removes it.
Defaults!${INSTALLED_COMMAND} !requiretty
${user} ALL=(root) NOPASSWD: ${commands}
`
	};
}
function isInstalledPath(path) {
	return path.startsWith(`/usr/local/lib/perf-verdict/`) && !path.includes("/../") || [
		"/usr/local/sbin/perf-verdict-host",
		"/etc/sudoers.d/perf-verdict",
		"/etc/systemd/system/perf-verdict-recover.service",
		"/etc/systemd/system/multi-user.target.wants/perf-verdict-recover.service"
	].includes(path);
}
function commandText(node) {
	return `#!/bin/sh
# Written by perf-verdict host install; perf-verdict host uninstall removes it.
# Only these verbs may be used through sudo, and nothing of the caller's environment gets in.
case "$1" in
  hold | recover | status)
    exec /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin SUDO_USER="$SUDO_USER" '${node}' ${INSTALLED_FOLDER}/host.js "$@"
    ;;
esac
echo "perf-verdict-host: use hold PROFILE, recover or status." >&2
exit 2
`;
}
const HOOK = `#!/bin/sh
# Written by perf-verdict host install. For ACTIONS_RUNNER_HOOK_JOB_STARTED in the runner's .env file.
# Restores what a killed job left; a job is not stopped when that fails, because the next hold refuses to tune by itself.
sudo -n ${INSTALLED_COMMAND} recover || true
`;
const UNIT = `# Written by perf-verdict host install; perf-verdict host uninstall removes it.
[Unit]
Description=Restore the system settings that a killed perf-verdict run left
After=local-fs.target

[Service]
Type=oneshot
ExecStart=${INSTALLED_COMMAND} recover

[Install]
WantedBy=multi-user.target
`;
// src/shell/machine/host-access.ts
const SUDO = "/usr/bin/sudo";
function findHostScript() {
	return ["./host.js", "../host.js"].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(path));
}
function findHostAccess() {
	if (process.geteuid?.() === 0) {
		const script = findHostScript();
		return script === void 0 ? {
			kind: "unreachable",
			why: "the host script is missing from this distribution"
		} : {
			kind: "reachable",
			as: "root",
			file: process.execPath,
			args: [script]
		};
	}
	if (!existsSync("/usr/local/sbin/perf-verdict-host")) return {
		kind: "unreachable",
		why: "this user is not root and the host process is not installed (sudo perf-verdict host install)"
	};
	return existsSync(SUDO) ? {
		kind: "reachable",
		as: "sudo",
		file: SUDO,
		args: [
			"-n",
			"--",
			INSTALLED_COMMAND
		]
	} : {
		kind: "unreachable",
		why: "this user is not root and sudo is not installed"
	};
}
function runHost(words) {
	const script = ["./host.js", "../host.js"].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(path));
	if (script === void 0) throw new Error("host.js is missing from this distribution");
	const { status, signal } = spawnSync(process.execPath, [script, ...words], { stdio: "inherit" });
	return status ?? (signal === null ? 1 : 128);
}
export { INSTALLED_COMMAND as a, SUDOERS_FILE as c, installedFiles as d, isInstalledPath as f, HOOK_FILE as i, UNIT_FILE as l, sudoersFile as m, findHostScript as n, INSTALLED_FOLDER as o, isUserName as p, runHost as r, MANIFEST_FILE as s, findHostAccess as t, UNIT_LINK as u };
