import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatChange } from '../text/format.ts'

/** Who answers for which slowdown, a sentence each. */
export function acceptedSentences(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  return benchmarks.flatMap(({ name, accepted }) =>
    accepted === undefined
      ? []
      : [
          `${quoted(name)} is accepted up to ${formatChange(accepted.bound)} by ${quoted(accepted.by)}${accepted.on === undefined ? '' : ` on ${accepted.on}`}: ${accepted.reason.replaceAll('`', "'")}`,
        ],
  )
}

/** Which slowdowns only lose an earlier gain by luck, a sentence each, with whether that is shown and so not counted. */
export function luckSentences(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  return benchmarks.flatMap(({ name, luck }) => {
    if (luck === undefined) return []
    const what = `${quoted(name)} loses what ${quoted(luck.commit.slice(0, 10))} had gained by a lucky layout (${formatChange(luck.ratio)}): the level is ${formatChange(luck.net)} against that before it`
    return [
      luck.excused
        ? `${what}, and both changes are shown to be code placement, so it does not count against this commit.`
        : `${what}; that both changes are nothing but code placement is not shown, so it counts.`,
    ]
  })
}
