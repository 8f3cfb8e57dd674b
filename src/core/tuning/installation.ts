/** Where the installed host process lives; root owns all of it. */
export const INSTALLED_FOLDER = '/usr/local/lib/perf-verdict'
export const INSTALLED_COMMAND = '/usr/local/sbin/perf-verdict-host'
export const SUDOERS_FILE = '/etc/sudoers.d/perf-verdict'
export const UNIT_FILE = '/etc/systemd/system/perf-verdict-recover.service'
export const UNIT_LINK = '/etc/systemd/system/multi-user.target.wants/perf-verdict-recover.service'
export const HOOK_FILE = `${INSTALLED_FOLDER}/job-started.sh`
export const MANIFEST_FILE = `${INSTALLED_FOLDER}/manifest`

/** One file to write. */
export interface InstalledFile {
  readonly path: string
  readonly mode: number
  readonly text: string
}

/** Whether a text can be a user's name in sudoers without quoting (useradd(8)). */
export function isUserName(name: string): boolean {
  return /^[a-z_][a-z0-9_-]{0,31}$/.test(name)
}

/** The command, the unit and the hook; `node` is a path that only root can change. */
export function installedFiles(node: string): readonly InstalledFile[] {
  return [
    { path: INSTALLED_COMMAND, mode: 0o755, text: commandText(node) },
    { path: HOOK_FILE, mode: 0o755, text: HOOK },
    { path: UNIT_FILE, mode: 0o644, text: UNIT },
  ]
}

/** Lets one user ask for exactly these verbs without a password; the command itself checks the rest. */
export function sudoersFile(user: string): InstalledFile {
  const verbs = ['hold *', 'recover', 'recover --json', 'status']
  const commands = verbs.map(verb => `${INSTALLED_COMMAND} ${verb}`).join(', ')
  return {
    path: SUDOERS_FILE,
    mode: 0o440,
    text: `# Written by perf-verdict host install; perf-verdict host uninstall removes it.
Defaults!${INSTALLED_COMMAND} !requiretty
${user} ALL=(root) NOPASSWD: ${commands}
`,
  }
}

/** The files that may ever be removed: those that an installation writes. */
export function isInstalledPath(path: string): boolean {
  const inside = path.startsWith(`${INSTALLED_FOLDER}/`) && !path.includes('/../')
  return inside || [INSTALLED_COMMAND, SUDOERS_FILE, UNIT_FILE, UNIT_LINK].includes(path)
}

function commandText(node: string): string {
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
`
}

const HOOK = `#!/bin/sh
# Written by perf-verdict host install. For ACTIONS_RUNNER_HOOK_JOB_STARTED in the runner's .env file.
# Restores what a killed job left; a job is not stopped when that fails, because the next hold refuses to tune by itself.
sudo -n ${INSTALLED_COMMAND} recover || true
`

const UNIT = `# Written by perf-verdict host install; perf-verdict host uninstall removes it.
[Unit]
Description=Restore the system settings that a killed perf-verdict run left
After=local-fs.target

[Service]
Type=oneshot
ExecStart=${INSTALLED_COMMAND} recover

[Install]
WantedBy=multi-user.target
`
