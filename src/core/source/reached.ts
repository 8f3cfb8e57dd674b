import { tidyPath } from '../elf/dwarf/read-lines.ts'
import type { Embedded } from './built-sources.ts'
import { type DependencyChange, dependencyWords } from './dependencies.ts'
import { isDependencyFile } from './dependency-files.ts'
import type { SourceChange } from './source-change.ts'

/** How the sentence begins on a source that the build makes and the diff does not explain. */
export const BUILDS_ANOTHER = 'builds another '

/** What the diff does to a built source that it does not name, as a verb's phrase; undefined when nothing in it is known to reach there. */
export function reachOf(file: string, change: SourceChange): string | undefined {
  const dependency = change.dependencies?.find(
    each => holds(each, file) || holdsCommit(each.to, file) || holdsCommit(each.from, file),
  )
  if (dependency) return dependencyWords(dependency)
  const stem = stemOf(file)
  // A macro processor's input is a build file by its name, and code is generated from it all the same.
  const from = [...(change.templates ?? []), ...change.build.filter(path => /\.(?:m4|in)$/.test(path))]
  const template = from.find(path => stemOf(path) === stem && path !== file)
  if (template !== undefined) return `changes ${template}, which it is generated from`
  return undefined
}

/**
 * The same, and where nothing is known to reach there, that the build made it otherwise or took it in place of another file (other lines of it,
 * where that is the same file; nothing, where it is empty), with what else the diff changes.
 */
export function wayTo(file: string, change: SourceChange, instead?: string): string {
  const { build, dependencies = [], other, outside, functions, ranges, swaps = [] } = change
  const known = reachOf(file, change)
  if (known !== undefined) return known
  const own = instead === undefined ? undefined : swaps.find(each => each.includes(nameOf(file)))
  if (own !== undefined) return own
  const inDiff = [...outside, ...functions.map(each => each.file), ...ranges.head.keys()].includes(file)
  if (inDiff) return `changes ${file}`
  // A generator in a language that is read here is a source like any other.
  const sources = [...new Set([...functions.map(each => each.file), ...outside])]
  // What is moved may well be what this file is of, under another name than it has there.
  const moved = dependencies.filter(({ toolchain }) => !toolchain).slice(0, MOST_NAMED)
  const manifests = new Set(dependencies.map(each => each.file))
  const steers = [...build, ...other].filter(path => !manifests.has(path))
  const rest = steers.length + moved.length > 0 ? steers : sources
  const does = [
    ...swaps.slice(0, MOST_NAMED),
    ...(moved.length > 0 ? [moved.map(dependencyWords).join(', ')] : []),
    ...(rest.length > 0 && swaps.length === 0 ? [`changes ${listed(rest)}`] : []),
  ].join(' and ')
  const changes = does === '' ? '' : ` (this pull request ${does})`
  if (instead === undefined) return `${BUILDS_ANOTHER}${file}${changes}`
  if (instead === '') return `builds ${file} on one side only${changes}`
  return instead === file
    ? `compiles other lines of ${file}${changes}`
    : `builds ${file} in place of ${instead}${changes}`
}

/** A file that a source takes in as it is, as a verb's phrase. */
export const takesInWords = ({ file, by }: Embedded): string => `changes ${file}, which ${by} takes in`

const listed = (files: readonly string[]): string =>
  `${files.slice(0, MOST_NAMED).join(', ')}${files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more files` : ''}`

/** Whether a file belongs to something that was moved: below a submodule's path, in a folder of the tree that takes its place, or in one of its name. */
function holds({ name, file: place, to }: DependencyChange, file: string): boolean {
  if (name === place && file.startsWith(`${place}/`)) return true
  const beside = place.slice(0, place.lastIndexOf('/') + 1)
  if (to !== undefined && file.startsWith(`${tidyPath(`${beside}${to}`)}/`)) return true
  const last =
    name
      .toLowerCase()
      .split('/')
      .filter(part => !/^v\d+$/.test(part))
      .at(-1) ?? ''
  return (
    last.length > 1 &&
    file
      .toLowerCase()
      .split('/')
      .slice(0, -1)
      .some(
        step =>
          step === last ||
          ['-', '@', '_'].some(sign => step.startsWith(`${last}${sign}`)) ||
          // Bazel names the folder of a module `mix+`, `mix~1.3` or `rules++extension+mix`.
          (/[+~]/.test(step) && step.split(/[+~]/).includes(last)),
      )
  )
}

/** A checkout of a repository below a folder of its commit, which is how cargo and Go's tools keep them: `git/checkouts/mix-0a1b/d7a6641/`. */
function holdsCommit(version: string | undefined, file: string): boolean {
  const commits = version?.match(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g) ?? []
  return file
    .split('/')
    .slice(0, -1)
    .some(
      step =>
        /^(?=[0-9a-f]*\d)[0-9a-f]{7,64}$/.test(step) &&
        commits.some(each => each.startsWith(step) || step.startsWith(each)),
    )
}

/** `parser.tab.c`, `parser.c` and `parser.y` have one stem. */
const stemOf = (path: string): string => nameOf(path).replace(/\..*$/s, '')

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What a diff does to the build as a whole, verb first: what it moves, what it defines, how it steers the compiler. */
export function buildReach(change: SourceChange): readonly string[] {
  const { dependencies = [], defines = [], options = [], build, other } = change
  const moved = dependencies.slice(0, MOST_NAMED).map(dependencyWords)
  const rest = dependencies.length - moved.length
  // A manifest is named by what it moves, unless it tells the compiler something as well.
  const written = build.filter(path => !LOCK_FILE.test(path))
  const steers =
    moved.length > 0
      ? written.filter(path => options.length > 0 || !isDependencyFile(path))
      : written.length > 0
        ? written
        : build
  return [
    ...moved,
    ...(rest > 0 ? [`moves ${rest} more dependencies`] : []),
    ...(defines.length > 0 ? [`defines ${defines.slice(0, MOST_NAMED).join(', ')} for the compiler`] : []),
    ...(steers.length > 0 ? [`changes how the program is built (${listed(steers)})`] : []),
    // A file of no known kind: the code came out different, so something the diff changes is read by the build.
    ...(moved.length + build.length === 0 && other.length > 0
      ? [`changes ${listed(other)}, which the build may read`]
      : []),
  ]
}

/** Written by tools, with versions and sums only. */
const LOCK_FILE = /\.lock$|(?:^|\/)go\.sum$|-lock\.\w+$|(?:^|\/)npm-shrinkwrap\.json$/

/** What may make unchanged code run more often: tables, what the program is built with, and files that the build does not compile. */
export function runReach(change: SourceChange): readonly string[] {
  const { dependencies = [], swaps = [], build, other, outside } = change
  const manifests = new Set(dependencies.map(({ file }) => file))
  const steers = build.filter(path => !manifests.has(path))
  return [
    ...(outside.length > 0 ? [`changes types, tables or macros in ${listed(outside)}`] : []),
    ...dependencies.slice(0, MOST_NAMED).map(dependencyWords),
    ...swaps.slice(0, MOST_NAMED),
    ...(steers.length > 0 && swaps.length === 0
      ? [`changes how the program is built (${listed(steers)})`]
      : []),
    ...(other.length > 0 ? [`changes ${listed(other)}, which the benchmark may read`] : []),
  ]
}

const MOST_NAMED = 3
