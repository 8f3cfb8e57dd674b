import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { visible } from '../../../src/core/text/text.ts'
import { cell, code, html, htmlCode, plainLine, plainName } from '../../../src/report/text/encode.ts'
import { cellProse, htmlProse, prose } from '../../../src/report/text/prose.ts'
import { HOSTILE, hostileName } from '../../doubles/hostile.ts'
import { GITHUB_MEANING, nodesOf, parseMarkdown } from '../../doubles/markdown.ts'
import { cases } from '../../doubles/soak.ts'

const WHOLE = 10_000
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u

/** Reads the original of a name back from what is shown of it. */
function recovered(shown: string): string {
  return shown.replace(/\\u\{([0-9a-f]{1,6})\}/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
}

function document(name: string): string {
  return [
    '|a|b|',
    '|-|-|',
    `| ${cell(name, WHOLE)} | ${cellProse(name)} |`,
    '',
    `**${code(name, WHOLE)} is**`,
    '',
    `- ${prose(name) || 'x'}`,
  ].join('\n')
}

const SHAPE =
  'root(table(tableRow(tableCell(text),tableCell(text)),tableRow(tableCell(inlineCode),tableCell*)),' +
  'paragraph(strong(inlineCode,text)),list(listItem(paragraph*)))'

/** The tree's shape as text; of a sentence, whose words may or may not be code, only `*`. */
function shapeOf(tree: Nodes, sentences: readonly (Nodes | undefined)[]): string {
  if (sentences.includes(tree)) return `${tree.type}*`
  if (!('children' in tree) || tree.children.length === 0) return tree.type
  return `${tree.type}(${tree.children.map(child => shapeOf(child, sentences)).join()})`
}

/** The node at a path of child indices. */
function nodeAt(tree: Nodes, ...path: readonly number[]): Nodes | undefined {
  return path.reduce<Nodes | undefined>(
    (node, index) => (node && 'children' in node ? node.children[index] : undefined),
    tree,
  )
}

function fault(name: string): string | undefined {
  const source = document(name)
  const tree = parseMarkdown(source)
  const sentences = [nodeAt(tree, 0, 1, 1), nodeAt(tree, 2, 0, 0)]
  const shape = shapeOf(tree, sentences)
  if (shape !== SHAPE) return `the comment has another shape: ${shape}`
  const spans = [nodeAt(tree, 0, 1, 0, 0), nodeAt(tree, 1, 0, 0)]
  for (const span of spans) {
    const read = span && 'value' in span ? recovered(span.value) : undefined
    if (read !== (name === '' ? '(no name)' : name)) return `the name comes back as ${JSON.stringify(read)}`
  }
  for (const node of sentences.flatMap(sentence => (sentence ? nodesOf(sentence) : []))) {
    if (!['tableCell', 'paragraph', 'text', 'inlineCode'].includes(node.type))
      return `a sentence holds a ${node.type}`
    if (node.type === 'text' && GITHUB_MEANING.test(node.value))
      return `GitHub would act on ${JSON.stringify(node.value)}`
  }
  if (UNSEEN.test(source.replaceAll('\n', ''))) return 'an unseen character is left'
  return undefined
}

function check(name: string): void {
  const found = fault(name)
  if (found !== undefined) throw new Error(found)
}

describe('a name in Markdown', () => {
  test.each(HOSTILE.map(name => [JSON.stringify(name), name]))(
    '%s stands where it is put and can be read back',
    (_, name) => {
      check(name)
    },
  )

  test('no name breaks the comment, means anything to GitHub, or is lost', () => {
    fc.assert(fc.property(hostileName, check), cases(20_000))
  }, 300_000)

  test.each(['  1. ', '\u00a01)', ' - x', '\t2.'])('%j is no list at the start of a line', check)

  test.each([
    ['a plain name as it is', 'call_method', '`call_method`'],
    ['a C++ name as it is', 'std::vector<int>::push_back(int&&)', '`std::vector<int>::push_back(int&&)`'],
    ['a Swift name away from the backtick', '$s4main3fooyyF', '` $s4main3fooyyF `'],
    ['backticks between longer ones', 'a`b', '``a`b``'],
    ['a pipe in a cell with a backslash', 'a|b', '`a\\|b`'],
    ['a hidden character by its number', 'a\u202eb', '`a\\u{202e}b`'],
    ['what looks like our own escape apart', '\\u{41}', '`\\u{5c}u{41}`'],
    ['nothing as nothing', '', '`(no name)`'],
  ])('shows %s', (_, name, shown) => {
    expect(cell(name)).toBe(shown)
  })

  test('cuts a long name in the middle, between characters', () => {
    const shown = code(`head${'𝒳'.repeat(10_000)}tail`)
    expect(shown).toMatch(/^`head𝒳+…𝒳+tail`$/u)
    expect(Array.from(shown)).toHaveLength(82)
  })

  test('chooses a run of backticks that cmark can read for any name', () => {
    const ticks = Array.from({ length: 79 }, (_, index) => '`'.repeat((index % 11) + 1)).join(' ')
    expect(code(ticks, WHOLE)).toMatch(/^`{12} /)
  })
})

describe('a sentence in Markdown', () => {
  test.each([
    ['The function `foo` moved by 48 bytes.', 'The function `foo` moved by 48\u202fbytes.'],
    ['It calls foo_bar(x) in src/a.c:12, twice.', 'It calls `foo_bar(x)` in `src/a.c:12`, twice.'],
    ['See https://x.test/a or ask @user about #12.', 'See `https://x.test/a` or ask `@user` about `#12`.'],
    [
      '17.0 ms → 29.3 ms is +70.2 % (x86-64, base/head).',
      '17.0\u202fms → 29.3\u202fms is +70.2\u202f% (x86-64, base/head).',
    ],
    ['It moved (foo_bar), "a_b"; (f(x_y)).', 'It moved (`foo_bar`), "`a_b`"; (`f(x_y`)).'],
    ['commit 0123abc fixes GH-1 & <b>', 'commit `0123abc` fixes `GH-1` `&` `<b>`'],
    ['1. not a list', '`1`. not a list'],
    ['an `unpaired tick', 'an `` `unpaired `` tick'],
  ])('%s', (sentence, shown) => {
    expect(prose(sentence)).toBe(shown)
  })
})

describe('a name in HTML', () => {
  test('no name leaves its element or its attribute', () => {
    const check = (name: string) => {
      if (/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(html(name))) throw new Error('html')
      if (UNSEEN.test(html(name))) throw new Error('unseen')
      if (!/^<code>[^<>]+<\/code>$/.test(htmlCode(name, WHOLE))) throw new Error('code')
      if (/[<>"']/.test(htmlProse(name).replace(/<\/?code>/g, ''))) throw new Error('prose')
    }
    fc.assert(fc.property(hostileName, check), cases(5_000))
  })

  test.each(HOSTILE.map(name => [JSON.stringify(name), name]))(
    '%s stays in the summary line of a folded block',
    (_, name) => {
      const block = `<details>\n<summary>Why ${htmlCode(name, WHOLE)} is slower</summary>\n\nfolded\n\n</details>`
      expect(shapeOf(parseMarkdown(block), [])).toBe('root(html,paragraph(text),html)')
    },
  )
})

/** The two forms of a command that actions/runner looks for in a line (ActionCommand.cs, TryParseV2 and TryParse). */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[')
}

describe('a line of a log', () => {
  test('no line is a command, more than one line, or hides a character', () => {
    const check = (name: string, before: string) => {
      const line = plainLine(before + name)
      if (UNSEEN.test(line)) throw new Error('unseen')
      if (isCommand(line) || isCommand(plainName(name))) throw new Error('command')
    }
    const start = fc.constantFrom('', ' ', '\t', '##', ':')
    fc.assert(fc.property(hostileName, start, check), cases(20_000))
  })

  test.each([
    ['std::move', 'std::move'],
    ['  ::set-output name=a::b', '  \\u{3a}:set-output name=a::b'],
    ['a ##[error]b', 'a ##\\u{5b}error]b'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
  ])('%j is shown as %j', (line, shown) => {
    expect(plainLine(line)).toBe(shown)
  })

  test('shown twice is the same as once', () => {
    fc.assert(
      fc.property(hostileName, name => expect(visible(visible(name))).toBe(visible(name))),
      cases(2_000),
    )
  })
})
