import type { Creep } from '../../core/history/creep.ts'
import { numbered } from '../../core/text/text.ts'
import { cell, code } from '../text/encode.ts'
import { formatChange, formatShare } from '../text/format.ts'
import { cellProse, prose, typeset } from '../text/prose.ts'
import { creepSentence } from './sentences.ts'

const MOST_STEPS = 15

/** The marker by which the one issue of a key is found again. */
export function creepMarker(key: string): string {
  return `<!-- perf-verdict-creep:${key.replace(/[^\w-]/g, '_')} -->`
}

/** The one issue about what became slower since an older version: each benchmark with the commits between and their parts. */
export function creepIssue(
  creeps: readonly Creep[],
  key: string,
): { readonly title: string; readonly body: string } {
  const worst = creeps.toSorted((one, other) => (other.row.ratio ?? 1) - (one.row.ratio ?? 1))
  const title = `Performance: ${numbered(creeps.length, 'benchmark')} slower than ${[...new Set(creeps.map(({ called }) => called))].slice(0, 2).join(' and ')}`
  const parts = worst.map(creep => {
    const rows = creep.steps.slice(0, MOST_STEPS).map(({ commit, ratio, share, title, accepted }) => {
      const part = share > 0 ? formatShare(share) : '–'
      return `| ${cell(commit.slice(0, 12))} | ${typeset(formatChange(ratio))} | ${typeset(part)} | ${cellProse(title)}${accepted ? ' (accepted)' : ''} |`
    })
    const rest = creep.steps.length - MOST_STEPS
    const bisect = `perf-verdict bisect --base ${creep.against.slice(0, 12)} --head ${creep.commit.slice(0, 12)}`
    return [
      prose(creepSentence(creep)),
      ...(rows.length > 0
        ? [
            '| Commit | Change | Part | Title |\n|:--|--:|--:|:--|\n' +
              rows.join('\n') +
              (rest > 0 ? `\n\nand ${rest} more commits` : ''),
          ]
        : []),
      `To name the commit by measuring, run ${code(bisect)} with the build and benchmark of this project.`,
    ].join('\n\n')
  })
  const footer =
    '<sub>The direct comparison decides; the steps only point, because each one has an interval of its own. This issue is updated by each comparison and closed when nothing is slower any more.</sub>'
  return {
    title: title.slice(0, 240),
    body: [creepMarker(key), ...parts, footer].join('\n\n').slice(0, 60_000),
  }
}
