import { constants } from 'node:fs'
import { access, copyFile, cp, mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { InputError } from '../../core/model/errors.ts'
import { type PerSide, SIDES } from '../../core/model/side.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** Two commands to compare, as somebody types them. */
export interface ComparedCommands {
  readonly sides: PerSide<string>
  /** Words that both get at their end. */
  readonly words: readonly string[]
  /** Further files and folders that both need, below the folder. */
  readonly bring: readonly string[]
  /** The current folder, where relative paths start. */
  readonly folder: string
}

/** Two commits that stand for the two commands, and what runs either. */
export interface ComparedCommits extends PerSide<string> {
  /** A name for the row. */
  readonly name: string
  readonly command: string
}

const LAUNCHER = 'run-compared'
/** Nobody's, and nothing of the user's configuration. */
const COMMIT = [
  '-c',
  'user.name=perf-verdict',
  '-c',
  'user.email=perf-verdict@localhost',
  'commit',
  '--quiet',
] as const

interface Command {
  /** The file that its first word names. */
  readonly program: string
  /** The rest of the line, as it was typed. */
  readonly rest: string
  /** Files below the folder that its words name. */
  readonly files: readonly string[]
}

/**
 * Makes a repository in an empty folder whose base is the first command and whose head is the second: the program of each under one name,
 * with the files that its words name, and a launcher. So two builds are compared as two commits are. Throws an InputError with everything
 * that is not there.
 */
export async function commitCompared(
  compared: ComparedCommands,
  into: string,
  tools: ToolPort,
): Promise<ComparedCommits> {
  const faults: string[] = []
  const commands = {
    base: await readCommand(compared.sides.base, compared.folder, faults, tools),
    head: await readCommand(compared.sides.head, compared.folder, faults, tools),
  }
  for (const path of compared.bring) {
    const place = below(compared.folder, path)
    if (place === undefined)
      faults.push(`bring names ${path}, which is not below the current folder; start there.`)
    else if (!(await exists(join(compared.folder, place))))
      faults.push(`bring names ${path}, which is not there; make it first, or leave it out.`)
  }
  if (faults.length > 0) throw new InputError([...new Set(faults)])
  await run(tools, into, ['init', '--quiet', '--initial-branch=compared'])
  const shas = { base: '', head: '' }
  for (const side of SIDES) {
    await layOut(compared, commands[side], into)
    await run(tools, into, ['add', '--all', '--force'])
    const title = compared.sides[side].replaceAll(/\s+/g, ' ').slice(0, 200)
    await run(tools, into, [...COMMIT, '--no-verify', '--allow-empty', '--message', title])
    shas[side] = (await run(tools, into, ['rev-parse', 'HEAD'])).trim()
  }
  return { ...shas, name: basename(commands.head.program), command: `./${LAUNCHER}` }
}

async function run(tools: ToolPort, folder: string, args: readonly string[]): Promise<string> {
  const { ok, out, err } = await git(tools, folder, args)
  if (!ok)
    throw new InputError([
      `git could not keep what is compared (${err.split('\n')[0]}); see whether the disk is full.`,
    ])
  return out
}

async function readCommand(
  text: string,
  folder: string,
  faults: string[],
  tools: ToolPort,
): Promise<Command> {
  const [whole = '', single, double, bare = ''] = /^\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))/.exec(text) ?? []
  const word = single ?? double ?? bare
  const program = await programOf(word, folder)
  if (program === undefined) faults.push(await noProgram(word, folder, tools))
  const rest = text.slice(whole.length)
  const files: string[] = []
  for (const named of rest.split(/[\s'"]+/).map(each => each.replace(/^-{1,2}[\w-]+=/, ''))) {
    const isFile = named !== '' && (await stat(resolve(folder, named)).catch(() => undefined))?.isFile()
    if (!isFile || isOfSystem(resolve(folder, named))) continue
    const place = below(folder, named)
    if (place === undefined || isAbsolute(named))
      faults.push(
        `${named} is named by its absolute path or is not below the current folder, so that the command would not find it; start in a folder above it and name it relative to that.`,
      )
    else files.push(place)
  }
  return { program: program ?? '', rest, files }
}

async function noProgram(word: string, folder: string, tools: ToolPort): Promise<string> {
  const revision = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`]
  if (word !== '' && (await git(tools, folder, revision)).ok)
    return `${JSON.stringify(word)} is a commit and no program; perf-verdict gate --base … --head … compares commits.`
  return `${JSON.stringify(word)} is no program that can be run; name an executable file or a command on PATH.`
}

async function layOut(
  { words, bring, folder }: ComparedCommands,
  { program, rest, files }: Command,
  into: string,
): Promise<void> {
  // A program of the system stays where it is: its own files are next to it.
  const inPlace = isOfSystem(program)
  if (!inPlace) await copyFile(program, join(into, 'program'))
  for (const path of [...bring.map(each => below(folder, each)!), ...files]) {
    await mkdir(dirname(join(into, path)), { recursive: true })
    await cp(join(folder, path), join(into, path), { recursive: true, dereference: true, force: true })
  }
  const line = `${inPlace ? quoted(program) : './program'}${rest}${words.map(word => ` ${quoted(word)}`).join('')}`
  // With exec, so that counters and profiles see the program, where the line is one command.
  const single = !/[|&;<>()`$\n]/.test(line)
  await writeFile(join(into, LAUNCHER), `#!/bin/bash\n${single ? 'exec ' : ''}${line}\n`, {
    mode: 0o755,
  })
}

/** The path from a folder to what is below it; undefined for anything else. */
function below(folder: string, path: string): string | undefined {
  const inside = relative(folder, resolve(folder, path))
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : inside
}

/** Where jobs find a file whatever else they see. */
const isOfSystem = (path: string) => /^\/(?:usr|bin|sbin|lib|lib32|lib64|etc|dev|proc|sys)\//.test(path)

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

const exists = async (path: string, mode = constants.F_OK) =>
  await access(path, mode).then(
    () => true,
    () => false,
  )

/** The file that a word names as a shell finds it, or in the folder itself; undefined where nothing can be run. */
async function programOf(word: string, folder: string): Promise<string | undefined> {
  if (word === '') return undefined
  const path = (process.env.PATH ?? '').split(delimiter).filter(each => isAbsolute(each))
  const places = word.includes('/') ? [folder] : [...path, folder]
  for (const place of places.map(each => resolve(each, word))) {
    const isFile = (await stat(place).catch(() => undefined))?.isFile()
    if (isFile && (await exists(place, constants.X_OK))) return place
  }
  return undefined
}
