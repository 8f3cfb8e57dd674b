import type { HarnessName } from '../model/harness-name.ts'

/** The files of a repository, as far as it takes to see what benchmarks it has. */
export interface RepositoryFiles {
  /** Paths from its top, sorted. */
  readonly paths: readonly string[]
  /** The text of one of them; empty for what cannot be read as text. */
  read(path: string): string
}

/** One set of benchmarks that was found: how it is built and run, and what its files do not say. */
export interface Suite {
  readonly name: string
  /** The file that shows it. */
  readonly from: string
  /** Commands that build it, in their order. */
  readonly build: readonly string[]
  readonly command: string
  /** Absent where its output says it. */
  readonly harness?: HarnessName
  /** What somebody has to check or fill in, a sentence each. */
  readonly unknown: readonly string[]
}

/** Finds the suites of one kind of project. */
export type Detect = (files: RepositoryFiles) => readonly Suite[]

/** The folder of a path; empty for the top. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '' : path.slice(0, cut)
}

/** The last step of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether a path is in a folder, or in one of its folders. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

/** One word of a shell command, whatever the file is called. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A command that begins in a folder. */
export function inFolder(folder: string, command: string): string {
  return folder === '' ? command : `cd ${word(folder)} && ${command}`
}

/** A step of the build in a folder; the next step begins where this one did. */
export function buildIn(folder: string, command: string): string {
  return folder === '' ? command : `(cd ${word(folder)} && ${command})`
}

/** A name for the suite of a folder: that of its kind alone at the top. */
export function suiteName(kind: string, folder: string): string {
  return folder === '' ? kind : `${kind} ${folder}`
}
