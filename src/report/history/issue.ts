import { type Creep, extentOf } from '../../core/history/creep.ts'
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
  /** What a bisection of the worst of them found, as `bisectedText` or `bisectedIn` returns it. */
  bisected?: string,
): { readonly title: string; readonly body: string } {
  const worst = creeps.toSorted((one, other) => extentOf(other) - extentOf(one))
  const title = `Performance: ${numbered(creeps.length, 'benchmark')} slower than ${[...new Set(creeps.map(({ called }) => called))].slice(0, 2).join(' and ')}`
  const parts = worst.map((creep, index) => {
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
      index === 0 && bisected !== undefined
        ? `${bisectedMarker(creep)}\nBisected: ${bisected}\n${BISECTED_END}`
        : `To name the commit by measuring, run ${code(bisect)} with the build and benchmark of this project, or give the nightly job \`bisect: true\`.`,
    ].join('\n\n')
  })
  const footer =
    '<sub>The direct comparison decides; the steps only point, because each has its own interval. Each comparison updates this issue; it is closed when nothing is slower any more.</sub>'
  return {
    title: title.slice(0, 240),
    body: [creepMarker(key), ...parts, footer].join('\n\n').slice(0, 60_000),
  }
}

const BISECTED_END = '<!-- /perf-verdict-bisected -->'

/** Says what was bisected, so that the next night does not search again for what is known. */
function bisectedMarker({ against, name }: Creep): string {
  const plain = [...name]
    .map(letter => letter.codePointAt(0)!.toString(36))
    .join('.')
    .slice(0, 400)
  return `<!-- perf-verdict-bisected:${against}:${plain} -->`
}

/** What a bisection found, for the issue. */
export function bisectedText(sentence: string): string {
  return prose(sentence)
}

/** What our issue says a bisection of this creep found. */
export function bisectedIn(body: string, creep: Creep): string | undefined {
  const marker = bisectedMarker(creep)
  const start = body.indexOf(marker)
  const end = body.indexOf(BISECTED_END, start)
  return start < 0 || end < 0
    ? undefined
    : body
        .slice(start + marker.length, end)
        .replace(/^\s*Bisected: /, '')
        .trim()
}
