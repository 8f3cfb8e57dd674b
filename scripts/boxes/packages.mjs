import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Why a box cannot be prepared on this machine; the soak prints it and skips the box. */
export class CannotPrepare extends Error {}

const INSTALL = ['-y', '--no-install-recommends']
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** Where this machine's own apt gets Debian's packages from, without the archive's name. */
function machineMirror() {
  const format = '$(ORIGIN) $(REPO_URI)'
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' })
  const found = /^Debian (\S+?)\/debian\/?$/m.exec(stdout ?? '')
  if (found) return found[1]
  throw new CannotPrepare(
    "The machine's own apt has no source of Debian's packages; add one, and run apt-get update.",
  )
}

/**
 * Debian packages of any architecture and release, by an apt folder with lists, a cache and an (empty) dpkg status of its own, so that the
 * machine's own packages are neither asked nor changed.
 */
export function openPackages({ folder, suite, architecture, mirror = machineMirror() }) {
  if (!existsSync(KEYRING)) {
    throw new CannotPrepare(
      `${KEYRING} is missing, by which Debian's packages are checked; apt-get install debian-archive-keyring.`,
    )
  }
  const root = resolve(folder)
  for (const name of ['lists/partial', 'archives/partial', 'empty/partial', 'etc']) {
    mkdirSync(join(root, name), { recursive: true })
  }
  writeFileSync(join(root, 'status'), '')
  const line = (where, name) => `deb [signed-by=${KEYRING}] ${mirror}/${where} ${name} main\n`
  const sources = line('debian', suite) + line('debian-security', `${suite}-security`)
  writeFileSync(join(root, 'etc/sources.list'), sources)
  const settings = {
    'Dir::State': root,
    'Dir::State::lists': join(root, 'lists'),
    'Dir::State::status': join(root, 'status'),
    'Dir::Cache': root,
    'Dir::Cache::archives': join(root, 'archives'),
    'Dir::Etc::sourcelist': join(root, 'etc/sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Architecture': architecture,
    'APT::Architectures::': architecture,
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': '1',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const apt = (...args) => {
    const { status, stdout, stderr, error } = spawnSync('apt-get', [...options, ...args], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    })
    if (status === 0) return stdout
    const why = (error?.message ?? stderr).trim().split('\n').at(-1)
    throw new CannotPrepare(`apt-get ${args[0]} for ${suite} (${architecture}) failed: ${why}`)
  }
  apt('update', '-o', 'APT::Update::Error-Mode=any')
  return {
    /** The packages with everything they depend on, as { name, version, file }. */
    resolve: names =>
      // apt does not list what is in its archives already, so it is shown an empty folder.
      packagesOf(
        apt(
          'install',
          '-o',
          `Dir::Cache::archives=${join(root, 'empty')}`,
          '--print-uris',
          ...INSTALL,
          ...names,
        ),
      ).map(found => ({ ...found, file: join(root, 'archives', found.file) })),
    download: names => void apt('install', '--download-only', ...INSTALL, ...names),
  }
}

/** What `apt-get --print-uris install` printed, by package name. */
export function packagesOf(printed) {
  return printed
    .split('\n')
    .map(line => /^'[^']*' ([^_ ]+)_([^_ ]+)_[^_ ]+\.deb /.exec(line))
    .filter(match => match !== null)
    .map(([line, name, version]) => ({
      name,
      version: decodeURIComponent(version),
      file: line.split(' ')[1],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
