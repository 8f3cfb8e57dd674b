import type { Displacer } from '../../core/model/explanation.ts'
import { listed, quoted } from '../../core/text/text.ts'
import { formatBytes, formatShare } from '../text/format.ts'
import { named, type Whole } from './suspects.ts'

/** When the same happened to this many displacers or more, one sentence covers them. */
const TOGETHER = 3
const COMMITS_NAMED = 3

/** How a change of padding is named by those who find it; there is no symbol there. */
const IN_FRONT = /^in front of (.+)$/s

/**
 * What pushed the suspects to where they are, a sentence each: what became of its size, where, by which commits, and how little
 * time is spent in it. Code that the change touches comes first; many to which the same happened share a sentence.
 */
export function displacerSentences(displacers: readonly Displacer[], whole: Whole): readonly string[] {
  const near = (one: Displacer) => (one.commits ? 0 : one.source === undefined ? 2 : 1)
  const ordered = displacers.toSorted((one, other) => near(one) - near(other))
  const groups = new Map<string, Displacer[]>()
  for (const one of ordered) {
    const fate = `${one.change} ${one.bytes} ${near(one)} ${formatShare(one.share)}`
    groups.set(fate, [...(groups.get(fate) ?? []), one])
  }
  return [...groups.values()].flatMap(alike =>
    alike.length < TOGETHER ? alike.map(one => sentence(one, whole)) : [sentenceOfMany(alike, whole)],
  )
}

function sentence(displacer: Displacer, whole: Whole): string {
  const { source, commits = [], symbol, change, bytes } = displacer
  const place = source === undefined ? '' : ` in ${quoted(source)}`
  const by = commits.map(({ sha, title }) => `${quoted(sha.slice(0, 10))} ${quoted(title)}`)
  const rest = by.length - COMMITS_NAMED
  const authors =
    by.length === 0 ? '' : ` (${listed(by.slice(0, COMMITS_NAMED))}${rest > 0 ? ` and ${rest} more` : ''})`
  const [, behind] = change === 'padding' ? (IN_FRONT.exec(symbol) ?? []) : []
  if (behind !== undefined)
    return `The padding in front of ${quoted(behind)} ${bytes < 0 ? 'shrank' : 'grew'} by ${formatBytes(bytes)}.`
  return `${quoted(symbol)} ${became(displacer)}${place}${authors}; ${spent(displacer.share, whole)}.`
}

function sentenceOfMany(alike: readonly Displacer[], whole: Whole): string {
  const [first] = alike
  if (!first) return ''
  const paddings = alike.flatMap(({ symbol }) => IN_FRONT.exec(symbol)?.[1] ?? [])
  if (first.change === 'padding' && paddings.length === alike.length) {
    return `The padding in front of ${named(paddings)} ${first.bytes < 0 ? 'shrank' : 'grew'} by ${formatBytes(first.bytes)} each.`
  }
  return `${named(alike.map(({ symbol }) => symbol))} ${became(first).replace(/^was /, 'were ')} each; ${spent(first.share, whole).replace(/in it$/, 'in each')}.`
}

function became({ change, bytes }: Displacer): string {
  switch (change) {
    case 'grew':
      return `grew by ${formatBytes(bytes)}`
    case 'shrank':
      return `shrank by ${formatBytes(bytes)}`
    case 'added':
      return `was added, ${formatBytes(bytes)}`
    case 'removed':
      return `was removed, ${formatBytes(bytes)}`
    case 'reordered':
      return 'has another place in the order'
    case 'padding':
      return `${bytes < 0 ? 'lost' : 'gained'} ${formatBytes(bytes)} of padding`
  }
}

function spent(share: number, whole: Whole): string {
  const part = share === 0 ? '0.0 %' : formatShare(share)
  return whole === 'instructions'
    ? `${part} of the instructions run in it`
    : `${part} of the time is spent in it`
}
