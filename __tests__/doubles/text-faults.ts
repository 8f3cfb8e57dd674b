import { GITHUB_MEANING, nodesOf, parseMarkdown } from './markdown.ts'

/** Characters that no text of ours holds. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u
const NODES = new Set(
  'root paragraph strong text inlineCode code html list listItem table tableRow tableCell heading'.split(' '),
)
const OUR_HTML =
  /^(?:<!-- perf-verdict:[\w.-]+ v1 \{[^<>]*\} -->|<\/?sub>|<br>|<\/details>|<details>\n<summary>(?:<b>|<\/b>|<code>[^<>]*<\/code>|[^<>@#])*<\/summary>)$/

/** What is wrong with one of our Markdown texts, whatever stood in the report. */
export function markdownFaults(text: string): readonly string[] {
  const nodes = nodesOf(parseMarkdown(text))
  const html = nodes.flatMap(node => (node.type === 'html' ? [node.value] : []))
  const words = nodes.flatMap(node => (node.type === 'text' ? [node.value] : []))
  const rows = nodes.flatMap(node =>
    node.type === 'table'
      ? node.children.map(row => row.children.length === node.children[0]?.children.length)
      : [],
  )
  return [
    ...nodes.filter(({ type }) => !NODES.has(type)).map(({ type }) => `holds a ${type}`),
    ...html.filter(value => !OUR_HTML.test(value)).map(value => `foreign HTML ${value}`),
    ...words.filter(value => GITHUB_MEANING.test(value)).map(value => `GitHub would act on ${value}`),
    ...(rows.includes(false) ? ['a row has other cells than its table'] : []),
    ...(html.filter(tag => tag.startsWith('<details>')).length ===
    html.filter(tag => tag === '</details>').length
      ? []
      : ['a block stays open']),
    ...(UNSEEN.test(text.replaceAll('\n', '')) ? ['an unseen character'] : []),
  ]
}

/** Lines of a log that the runner would act on, or that hold something unseen. */
export function logFaults(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => line.trimStart().startsWith('::') || line.includes('##[') || UNSEEN.test(line))
}
