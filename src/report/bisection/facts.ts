import type { Bisection } from '../../core/bisection/bisection.ts'
import { counted, listed, numbered, quoted } from '../../core/text/text.ts'
import { formatDuration, formatShare } from '../text/format.ts'
import type { Facts } from '../words/measured.ts'
import { commitText, shortSha } from './steps.ts'

/** The small print below the sentence. */
export function bisectionStatus({ good, bad, commits, steps, seconds }: Bisection): readonly string[] {
  return [
    `\`${shortSha(good)}\` → \`${shortSha(bad)}\``,
    numbered(commits, 'commit'),
    numbered(steps.length, 'gate'),
    formatDuration(seconds),
  ]
}

/** The commits that remain, what was assumed, and what else is to be known; groups without a sentence are left out. */
export function bisectionFacts(bisection: Bisection): readonly Facts[] {
  return [
    {
      title: `Commits that can have made it ${bisection.seeks ?? 'slower'}`,
      sentences: candidateSentences(bisection),
    },
    { title: 'What the answer rests on', sentences: groundSentences(bisection) },
    { title: 'Notes', sentences: bisection.notes },
  ].filter(({ sentences }) => sentences.length > 0)
}

const LISTED = 20

function candidateSentences(bisection: Bisection): readonly string[] {
  const { candidates, candidateCount, ranked } = bisection
  if (candidateCount < 2) return []
  if (ranked)
    return [
      ...ranked.map(each => `${commitText(each)}: ${formatShare(each.probability)}.`),
      ...(candidateCount > ranked.length
        ? [`${counted(candidateCount - ranked.length, 'more', 'more')}.`]
        : []),
      `The shares are how well each fits everything that was measured, if exactly one of them made it ${bisection.seeks ?? 'slower'}.`,
    ]
  const first = candidates.slice(0, LISTED - 1)
  const shown = candidateCount <= LISTED ? candidates : [...first, ...candidates.slice(-1)]
  const rest = candidateCount - shown.length
  const names = shown.map(commit => `${commitText(commit)}.`)
  return rest > 0 ? [...names.slice(0, -1), `${counted(rest, 'more', 'more')}.`, ...names.slice(-1)] : names
}

const STAYED_SLOW =
  'It is assumed that what was slow stayed slow: a commit that made it faster again, and a later one that made it slower again, would be missed where no commit between them was measured.'
const STAYED_FAST =
  'It is assumed that what was fast stayed fast: a commit that made it slower again, and a later one that made it faster again, would be missed where no commit between them was measured.'

function groundSentences(bisection: Bisection): readonly string[] {
  const { good, bad, seeks = 'slower', benchmark, others, alpha, mostDecisions, steps, seed } = bisection
  const end = seeks === 'faster' ? bad : good
  const searched = steps.some(({ kind }) => kind === 'between')
  return [
    ...(benchmark && others.length > 0
      ? [
          `${quoted(benchmark.name)} is bisected because it got ${seeks} by most; ${listed(others.map(quoted))} ${others.length === 1 ? 'is' : 'are'} ${seeks} over the range too, and may be so since another commit.`,
        ]
      : []),
    ...(searched
      ? [
          `Each commit between was measured against ${seeks === 'faster' ? 'the fast one' : 'the good one'}, \`${shortSha(end)}\`, and in the last gate what was found against the commit before it.`,
          ...(benchmark?.midpoint === undefined
            ? []
            : [
                `A commit between counts as ${seeks === 'faster' ? 'not yet fast where it is slower than the fast one' : 'bad where it is slower than the good one'} by more than ${formatShare(benchmark.midpoint)}, half of the difference over the whole range.`,
              ]),
          seeks === 'faster' ? STAYED_FAST : STAYED_SLOW,
        ]
      : []),
    'Commits are those on the line of first parents, so that a merge is one step with all that it brings.',
    `The error rate of ${formatShare(alpha)} is for the whole answer: each of at most ${mostDecisions} decisions could use an equal part of it.`,
    `The orders of the rounds were drawn with the seed ${seed}.`,
  ]
}
