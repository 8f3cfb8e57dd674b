import type { DiffFile, Hunk } from './diff.ts'
import type { SourceChange } from './source-change.ts'
import { languageOf } from './source-functions.ts'

/**
 * Finds where a diff speaks of a function or a data object of the source, as `file:line` of the side that has it:
 * the first changed line of the function, else the first changed line with the name in it.
 */
export function namedInDiff(
  files: readonly DiffFile[],
  change: SourceChange,
): (name: string) => string | undefined {
  const sources = files.filter(file => !file.binary && isCode(file.head ?? file.base ?? ''))
  return name => {
    if (!/^[A-Za-z_]\w*$/.test(name)) return undefined
    const word = new RegExp(`\\b${name}\\b`)
    const owner = change.functions.find(each => each.name === name)?.file
    for (const file of sources) {
      const path = file.head ?? file.base!
      const hunk =
        file.hunks.find(each => mentions(each, word)) ?? (path === owner ? file.hunks[0] : undefined)
      if (hunk) return `${path}:${lineOf(hunk, word)}`
    }
    return undefined
  }
}

const isCode = (path: string): boolean =>
  languageOf(path) !== undefined || /\.(?:[sS]|asm|py|pl|def|td|y|l)$/.test(path)

const mentions = ({ added, removed, context }: Hunk, word: RegExp): boolean =>
  added.some(line => word.test(line)) || removed.some(line => word.test(line)) || word.test(context)

function lineOf({ head, base, added, removed }: Hunk, word: RegExp): number {
  const inHead = added.findIndex(line => word.test(line))
  if (inHead >= 0) return head.start + inHead
  const inBase = removed.findIndex(line => word.test(line))
  if (added.length > 0 || inBase < 0) return Math.max(1, head.start)
  return base.start + inBase
}
