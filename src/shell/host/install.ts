import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import {
  INSTALLED_FOLDER,
  type InstalledFile,
  installedFiles,
  isInstalledPath,
  MANIFEST_FILE,
  SUDOERS_FILE,
  sudoersFile,
  UNIT_FILE,
  UNIT_LINK,
} from '../../core/tuning/installation.ts'
import { errorCode } from './settings.ts'

export interface InstallRequest {
  /** The root of the file system, or a folder that stands for it when packaging. */
  readonly prefix: string
  /** Who may use it through sudo. */
  readonly user: string
  /** The host script of this distribution; what it imports is installed with it. */
  readonly program: string
  /** The node that will run it; copied when others than root could change it. */
  readonly node: string
}

/** What was done, and what could not be, a sentence each. */
export interface InstallReport {
  readonly done: readonly string[]
  readonly troubles: readonly string[]
}

/** Installs the host process for one user; doing it again changes nothing but what is out of date. */
export function install(request: InstallRequest): InstallReport {
  const { prefix, user } = request
  const before = readManifest(prefix)
  const written: string[] = []
  const put = (path: string, mode: number, content: string | Buffer) => {
    writeWhole(join(prefix, path), mode, content)
    written.push(path)
  }
  for (const [name, content] of programFiles(request.program)) {
    put(join(INSTALLED_FOLDER, name), 0o644, content)
  }
  const node = installNode(request, put)
  for (const { path, mode, text } of installedFiles(node)) put(path, mode, text)
  const troubles = installSudoers(prefix, sudoersFile(user), put)
  linkUnit(prefix)
  written.push(UNIT_LINK)
  put(MANIFEST_FILE, 0o644, `${[...written, MANIFEST_FILE].join('\n')}\n`)
  // What an older version had and this one has not, such as a chunk of another name.
  for (const path of before) if (!written.includes(path)) remove(join(prefix, path), fs.unlinkSync)
  reloadUnits(prefix)
  return { done: written.map(path => join(prefix, path)), troubles }
}

/** Removes exactly what was installed; a file of another origin in our folder stays, and is named. */
export function uninstall(prefix: string): InstallReport {
  const paths = readManifest(prefix)
  if (paths.length === 0) return { done: [], troubles: [] }
  // The manifest goes last, so that an uninstall that was cut short can be done again.
  const ordered = [...paths.filter(path => path !== MANIFEST_FILE), MANIFEST_FILE]
  const done = ordered.map(path => join(prefix, path)).filter(path => remove(path, fs.unlinkSync))
  const folder = join(prefix, INSTALLED_FOLDER)
  for (const empty of [join(folder, 'chunks'), folder]) remove(empty, fs.rmdirSync)
  reloadUnits(prefix)
  const left = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const troubles = left.map(
    name => `${join(folder, name)} was not made by Perf Verdict, so it was left; remove it by hand.`,
  )
  return { done, troubles }
}

/** What an installation wrote; only paths that one may write, whatever the file says. */
function readManifest(prefix: string): readonly string[] {
  const manifest = join(prefix, MANIFEST_FILE)
  return fs.existsSync(manifest) ? fs.readFileSync(manifest, 'utf8').split('\n').filter(isInstalledPath) : []
}

type Put = (path: string, mode: number, content: string | Buffer) => void

/** The path of a node that only root can change: the present one, or a copy of it. */
function installNode({ node }: InstallRequest, put: Put): string {
  const real = fs.realpathSync(node)
  if (onlyRootCanChange(real)) return real
  const copy = join(INSTALLED_FOLDER, 'node')
  put(copy, 0o755, fs.readFileSync(real))
  return copy
}

function onlyRootCanChange(path: string): boolean {
  const { uid, mode } = fs.statSync(path)
  return uid === 0 && (mode & 0o022) === 0 && (path === '/' || onlyRootCanChange(dirname(path)))
}

/** A sudoers file with a fault can lock everybody out of sudo, so an unchecked one is never put in place. */
function installSudoers(prefix: string, file: InstalledFile, put: Put): readonly string[] {
  const visudo = ['/usr/sbin/visudo', '/usr/bin/visudo']
    .flatMap(path => [join(prefix, path), path])
    .find(path => fs.existsSync(path))
  if (visudo === undefined) {
    return [
      `sudo is not installed (no visudo), so ${SUDOERS_FILE} was not written; install sudo and run this again.`,
    ]
  }
  const folder = fs.mkdtempSync(join(prefix, 'tmp-perf-verdict-'))
  try {
    const draft = join(folder, basename(file.path))
    writeWhole(draft, file.mode, file.text)
    const { status, stdout, stderr } = spawnSync(visudo, ['-c', '-f', draft], { encoding: 'utf8' })
    if (status !== 0) {
      return [
        `visudo does not accept ${SUDOERS_FILE} (${`${stdout}${stderr}`.trim()}), so it was not written; please report it.`,
      ]
    }
    put(file.path, file.mode, file.text)
    return []
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function linkUnit(prefix: string): void {
  const link = join(prefix, UNIT_LINK)
  fs.mkdirSync(dirname(link), { recursive: true })
  remove(link, fs.unlinkSync)
  fs.symlinkSync(UNIT_FILE, link)
}

function reloadUnits(prefix: string): void {
  if (prefix !== '/' || !fs.existsSync('/run/systemd/system')) return
  spawnSync('/usr/bin/systemctl', ['daemon-reload'], { stdio: 'ignore' })
}

/** Aside and renamed, so that a process that runs the old file, or a crash, never sees half of the new one. */
function writeWhole(path: string, mode: number, content: string | Buffer): void {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  const aside = `${path}.new`
  fs.rmSync(aside, { force: true })
  fs.writeFileSync(aside, content, { mode, flag: 'wx' })
  fs.chmodSync(aside, mode)
  fs.renameSync(aside, path)
}

function remove(path: string, how: (path: string) => void): boolean {
  try {
    how(path)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) return false
    throw error
  }
}

/** A script of the distribution with everything that it imports, by paths relative to its folder, and the mark that makes them modules. */
export function programFiles(program: string): ReadonlyMap<string, string> {
  const folder = dirname(program)
  const files = new Map([['package.json', '{ "type": "module" }\n']])
  const waiting = ['host.js']
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (files.has(name)) continue
    const text = readFileSync(name === 'host.js' ? program : join(folder, name), 'utf8')
    files.set(name, text)
    for (const imported of importsOf(text)) waiting.push(normalize(join(dirname(name), imported)))
  }
  return files
}

/** Relative imports as the bundler writes them, one a line. */
function importsOf(text: string): readonly string[] {
  const found = text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from\s*)?["'](\.[^"']+)["']/gm)
  return [...found].map(match => match[1]!)
}
