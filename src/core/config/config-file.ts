import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { InputError } from '../model/errors.ts'
import { nearest } from '../text/nearest.ts'
import { OPTIONS } from './options.ts'
import { BENCHMARK_KEYS, type ConfigFile, configSchema, configShape, ROW_KEYS } from './schema.ts'

/** Far more than anybody writes by hand, and too little to hurt. */
const LARGEST_BYTES = 256 * 1024

/** Reads the configuration file's text; throws one InputError with every fault and its line. */
export function readConfig(text: string, file: string): ConfigFile {
  if (text.length > LARGEST_BYTES)
    throw new InputError([`${file} is larger than 256 KiB; list fewer benchmarks.`])
  const lines = new LineCounter()
  if (deepest(text) > MOST_BRACKETS)
    throw new InputError([`${file} is nested too deep; write it with less nesting.`])
  const document = parsedDocument(text, file, lines)
  const broken = document.errors.map(error => {
    const { line } = lines.linePos(error.pos[0])
    const says = error.message.split('\n')[0]!.replace(/ at line .*$/, '')
    return `${file}:${line}: ${says.replace(/[.:]$/, '')}; correct this line, or the one before it.`
  })
  if (broken.length > 0) throw new InputError(broken.slice(0, MOST_FAULTS))
  const repeated = repeatedKeys(document.contents, lines).slice(0, MOST_FAULTS)
  if (repeated.length > 0)
    throw new InputError(
      repeated.map(({ key, line }) => `${file}:${line}: ${key} is given twice; give it once.`),
    )
  const content: unknown = contentOf(document, file)
  const parsed = configSchema.safeParse(content, { reportInput: true })
  const root = document.contents
  const at = (path: readonly PropertyKey[]) => `${file}:${lineOf(root, path, lines)}`
  const faults = parsed.success
    ? []
    : parsed.error.issues
        .flatMap(issue => faultsOf(issue, at))
        .sort((one, other) => lineIn(one, file) - lineIn(other, file))
  const names = parsed.success ? (parsed.data.benchmarks ?? []).map(benchmark => benchmark.name) : []
  const twice = names
    .map((name, index) => ({ name, index }))
    .filter(({ name, index }) => names.indexOf(name) !== index)
    .map(
      ({ name, index }) =>
        `${at(['benchmarks', index, 'name'])}: the benchmark ${JSON.stringify(name)} is listed twice; give each its own name.`,
    )
  if (!parsed.success || twice.length > 0) throw new InputError([...faults, ...twice])
  return parsed.data
}

/** More brackets than anybody opens at once, those within commands and patterns included. */
const MOST_BRACKETS = 5_000
const MOST_FAULTS = 20

function deepest(text: string): number {
  let depth = 0
  let most = 0
  for (const char of text) {
    if (char === '[' || char === '{') most = Math.max(most, ++depth)
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1)
  }
  return most
}

function repeatedKeys(
  root: unknown,
  lines: LineCounter,
): readonly { readonly key: string; readonly line: number }[] {
  const found: { readonly key: string; readonly line: number }[] = []
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (isSeq(node)) waiting.push(...node.items)
    if (!isMap(node)) continue
    const known = new Set<unknown>()
    for (const { key, value } of node.items) {
      waiting.push(value)
      if (!isScalar(key)) continue
      if (known.has(key.value))
        found.push({ key: String(key.value), line: lines.linePos(key.range?.[0] ?? 0).line })
      known.add(key.value)
    }
  }
  return found.sort((one, other) => one.line - other.line)
}

/** The library gives up on a text that is nested too deep for it. */
function parsedDocument(text: string, file: string, lineCounter: LineCounter) {
  try {
    // The library compares each key with each other one; `repeatedKeys` does not.
    return parseDocument(text, { lineCounter, uniqueKeys: false })
  } catch (error) {
    throw new InputError([`${file} cannot be read (${oneLine(error)}); write it with less nesting.`])
  }
}

/** An alias that names aliases stands for more than memory holds: the library counts, and gives up. */
function contentOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 }) ?? {}
  } catch (error) {
    throw new InputError([
      `${file} cannot be read (${oneLine(error)}); write it with fewer aliases and less nesting.`,
    ])
  }
}

const oneLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!

const lineIn = (fault: string, file: string): number => Number.parseInt(fault.slice(file.length + 1), 10)

/** One sentence a fault; a key nobody knows is a fault of its own. */
function faultsOf(issue: z.core.$ZodIssue, at: (path: readonly PropertyKey[]) => string): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MOST_FAULTS)
      .map(key => `${at([...issue.path, key])}: ${unknownSetting(key, issue.path)}`)
  }
  const name = issue.path.length === 0 ? 'the configuration' : pathText(issue.path)
  return [`${at(issue.path)}: ${name} ${sayIssue(issue)}.`]
}

/** What to do about a key that is none where it stands. */
function unknownSetting(key: string, path: readonly PropertyKey[]): string {
  const isTop = path.length === 0
  if (!isTop && key in configShape)
    return `${key} is set once for all benchmarks; move it to the top of the file.`
  const known = isTop
    ? [...Object.keys(configShape), 'benchmarks']
    : path.includes('rows')
      ? ROW_KEYS
      : BENCHMARK_KEYS
  const close = nearest(key, known)
  if (close !== undefined) return `${key} is not a setting (did you mean ${close}?); see docs/reference.md.`
  if (isTop && OPTIONS.some(({ name }) => name === key))
    return key === 'bench'
      ? 'bench is an option of the command line and the action; list benchmarks here, each with name and command.'
      : `${key} is an option of the command line or the action and no setting of this file; give it there.`
  return `${key} is not a setting; see docs/reference.md.`
}

/** What is wrong, in words that follow a setting's name. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'too_small' || issue.code === 'too_big') return issue.message
  if (issue.code === 'invalid_union')
    return issue.input === undefined ? 'is missing; add it' : 'must be a single value'
  if (issue.code === 'invalid_type')
    return issue.input === undefined
      ? 'is missing; add it'
      : `must be ${SHAPES[issue.expected] ?? withArticle(issue.expected)}`
  return issue.message
}

/** The shapes of YAML in a reader's words. */
const SHAPES: Readonly<Record<string, string>> = {
  array: 'a list, with - before each entry',
  object: 'settings, each as NAME: VALUE',
}
const withArticle = (expected: string) => (/^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`)

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}

/** The line of the deepest node that the path reaches; 1 when there is none. */
function lineOf(root: Node | null, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && item.key.value === step)
      if (!pair) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      offset = (node as Node | undefined)?.range?.[0] ?? offset
    } else break
  }
  return lines.linePos(offset).line
}
