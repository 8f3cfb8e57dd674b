import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parseAst } from 'rolldown/parseAst'

/**
 * What steps, stories and readers of harnesses may still word themselves, besides the lines they write into the log and the errors they throw: mistakes of the
 * user, which they collect before they throw them all at once, and what a shell, git or a regular expression reads. Each with the
 * number of its texts, so that no sentence of the report hides among them.
 */
const THEIR_OWN: Readonly<Record<string, number>> = {
  // Mistakes of the user.
  'core/harness/expand.ts': 5,
  'core/harness/metric-rows.ts': 4,
  'flow/build/same-builds.ts': 1,
  'flow/history/compared-repository.ts': 2,
  'flow/history/history.ts': 2,
  'flow/history/local-head.ts': 5,
  'flow/history/missing-commit.ts': 7,
  'flow/prepare/plan.ts': 4,
  'flow/publish/merge-reports.ts': 17,
  'flow/timeline/anchor.ts': 2,
  // What other programs read, and what stands for a document that cannot be quoted.
  'core/harness/pytest-benchmark.ts': 1,
  'core/harness/result.ts': 1,
  'flow/build/build-side.ts': 1,
  'flow/build/lend-objects.ts': 1,
  'flow/count/probe-events.ts': 1,
  'flow/layouts/files.ts': 1,
  'flow/prepare/token-in-reach.ts': 1,
  'flow/run/stoppable-match.ts': 1,
  'flow/trees/files-used.ts': 1,
}

/** Two words of a sentence, one after the other. */
const PROSE = /[A-Za-z]{2,}\S* [a-z]| [a-z]+ /

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly value?: unknown
  readonly name?: string
  readonly callee?: Node
  readonly object?: Node
  readonly property?: Node
  readonly key?: Node
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

const nameOf = (node: Node | undefined): string =>
  node?.type === 'MemberExpression' || node?.type === 'ChainExpression'
    ? (node.property?.name ?? '')
    : (node?.name ?? '')

/** A call that writes into the log, an error with its message, one more of several mistakes, or the name of a harness. */
function wordsItself(node: Node): boolean {
  if (node.type === 'Property') return node.key?.name === 'title'
  if (node.type === 'NewExpression') return /(?:Error|Fault)$/.test(nameOf(node.callee))
  if (node.type !== 'CallExpression' || node.callee?.type !== 'MemberExpression') return false
  const { object, property } = node.callee
  if (nameOf(object) === 'faults') return property?.name === 'push'
  return nameOf(object) === 'log' && /^(?:line|group|debug|doing|quote)$/.test(property?.name ?? '')
}

/** A literal text, with a word in place of what a template fills in. */
function textOf({ type, value, quasis }: Node): string | undefined {
  if (type === 'TemplateLiteral') return quasis?.map(({ value }) => value.raw).join('XX')
  return type === 'Literal' && typeof value === 'string' ? value : undefined
}

/** The texts of a file that read as a sentence or a clause, outside the log and what is thrown. */
function sentencesIn(source: string): readonly string[] {
  const found: string[] = []
  const visit = (value: unknown, mayWord: boolean): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, mayWord)
    if (!isNode(value) || value.type === 'ImportDeclaration') return
    const text = textOf(value)
    if (text !== undefined && PROSE.test(text)) {
      if (!mayWord) found.push(source.slice(value.start, value.end))
      return
    }
    // What a function does that is handed to the log is no line of it.
    const may = !/Function/.test(value.type) && (mayWord || wordsItself(value))
    for (const inner of Object.values(value)) visit(inner, may)
  }
  visit(parseAst(source, { lang: 'ts' }).body, false)
  return found
}

describe('sentences of the report', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file =>
    /^(?:flow\/.*|core\/harness\/.*|bisect\/.*|gate|merge|publish)\.ts$/.test(file),
  )

  test('are worded in report/, and not in a step, a story or a reader of harnesses', () => {
    expect(files.length).toBeGreaterThan(150)
    const found = files.flatMap(file => {
      const texts = sentencesIn(readFileSync(`src/${file}`, 'utf8'))
      return texts.length === (THEIR_OWN[file] ?? 0) ? [] : [{ file, count: texts.length, texts }]
    })
    expect(found).toEqual([])
    expect(Object.keys(THEIR_OWN).filter(file => !files.includes(file))).toEqual([])
  })

  test.each([
    ["const reason = 'Base has no benchmark of this name.'", 1],
    ['const notes = [`Only $' + '{one} of the commits were looked up.`]', 1],
    ["return failed('there was no time left')", 1],
    ["const why = cached ? 'it is there' : undefined", 1],
    ["say({ reason: 'nothing could be counted' })", 1],
    ["ports.log.line('one line of the log')", 0],
    ["await ports.log.group('Build both sides', async () => failed('it did not build'))", 1],
    ["throw new InputError(['config names no file.'])", 0],
    ["faults.push('config names no file.')", 0],
    ["notes.push('config names no file.')", 1],
    ["import x from 'a b c d'", 0],
    ["const args = ['--no-renames', 'diff']", 0],
  ])('are found where they are: %s', (source, count) => {
    expect(sentencesIn(`async function f() { ${source} }`.replace(/^.*(import.*) }$/, '$1'))).toHaveLength(
      count,
    )
  })
})
