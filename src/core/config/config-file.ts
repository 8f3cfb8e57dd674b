import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { InputError } from '../model/errors.ts'
import { type ConfigFile, configSchema } from './schema.ts'

/** Far more than anybody writes by hand, and too little to hurt. */
const LARGEST_BYTES = 256 * 1024

/** Reads the configuration file's text; throws one InputError with every fault and its line. */
export function readConfig(text: string, file: string): ConfigFile {
  if (text.length > LARGEST_BYTES)
    throw new InputError([`${file} is larger than 256 KiB; list fewer benchmarks.`])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors.map(error => {
    const { line } = lines.linePos(error.pos[0])
    return `${file}:${line}: ${error.message.split('\n')[0]!.replace(/ at line .*$/, '')}`
  })
  if (broken.length > 0) throw new InputError(broken)
  const content: unknown = document.toJS({ maxAliasCount: 20 }) ?? {}
  const parsed = configSchema.safeParse(content, { reportInput: true })
  const root = document.contents
  const at = (path: readonly PropertyKey[]) => `${file}:${lineOf(root, path, lines)}`
  const faults = parsed.success ? [] : parsed.error.issues.flatMap(issue => faultsOf(issue, at))
  const names = parsed.success ? (parsed.data.benchmarks ?? []).map(benchmark => benchmark.name) : []
  const twice = names
    .map((name, index) => ({ name, index }))
    .filter(({ name, index }) => names.indexOf(name) !== index)
    .map(
      ({ name, index }) =>
        `${at(['benchmarks', index, 'name'])}: the benchmark ${JSON.stringify(name)} is listed twice; give each a name of its own.`,
    )
  if (!parsed.success || twice.length > 0) throw new InputError([...faults, ...twice])
  return parsed.data
}

/** One sentence a fault; a key nobody knows is a fault of its own. */
function faultsOf(issue: z.core.$ZodIssue, at: (path: readonly PropertyKey[]) => string): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      key => `${at([...issue.path, key])}: ${key} is not a setting; see the inputs in the README.`,
    )
  }
  const name = issue.path.length === 0 ? 'the configuration' : pathText(issue.path)
  return [`${at(issue.path)}: ${name} ${sayIssue(issue)}.`]
}

/** What is wrong, in words that follow a setting's name. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.code === 'too_small' || issue.code === 'too_big') return issue.message
  if (issue.code === 'invalid_union')
    return issue.input === undefined ? 'is required' : 'must be a single value'
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is required' : `must be ${withArticle(issue.expected)}`
  return issue.message
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
