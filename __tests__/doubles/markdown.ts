import type { Nodes, Parents } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

const EXTENSIONS = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

/** Parses as GitHub does up to its own filters: CommonMark with tables, autolinks, strike-through, task lists and footnotes. */
export function parseMarkdown(source: string): Nodes {
  return fromMarkdown(source, EXTENSIONS)
}

/** Every node of a tree, parents first. */
export function nodesOf(tree: Nodes): readonly Nodes[] {
  const children = 'children' in tree ? (tree as Parents).children : []
  return [tree, ...children.flatMap(child => nodesOf(child))]
}

/**
 * What GitHub's own filters would turn into a link, a mention, a picture or math in text that is not code: mentions, issues,
 * commits, advisories, emoji, addresses.
 */
export const GITHUB_MEANING =
  /@[\w]|#\d|\bGH-\d|(?<![\w.])[0-9a-f]{7,64}(?![\w])|\b[A-Z]+-\d|:[\w+-]+:|\$|https?:|www\.\w|\w@\w|<|>|\[|\]|`/i
