import type { Bisection, NamedCommit } from '../../core/bisection/bisection.ts'
import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { counted, quoted } from '../../core/text/text.ts'
import { formatShare } from '../text/format.ts'
import { causeClause } from '../words/cause-clause.ts'
import { consequence } from '../words/headline.ts'
import { commitText, shortSha } from './steps.ts'

/** What the sentence is made from: the bisection without it, and the gate that it rests on. */
export type UnwordedBisection = Omit<Bisection, 'sentence'>

interface Ground {
  readonly gate?: Report | undefined
  /** The row of what is bisected in that gate. */
  readonly row?: BenchmarkReport | undefined
}

/** The answer of a bisection, in plain text with names between backticks. */
export function bisectionSentence(bisection: UnwordedBisection, { gate, row }: Ground): string {
  const { outcome, good, bad } = bisection
  const range = `${commitText(good)} and ${commitText(bad)}`
  switch (outcome) {
    case 'nothing':
      return `There is nothing to find between ${range}. ${nothingText(bisection, gate)}`
    case 'open':
      return `Whether there is anything to find between ${range} is not known. ${openText(bisection, gate)}`
    case 'commit':
      return `${commitText(lastOf(bisection))} ${row ? `${consequence(row)}${causeClause(row, 'its code')}` : ''}.`
    case 'range':
      return `One of ${someCommits(bisection)}, or several of them, ${row ? `${consequence(row)}${causeClause(row, 'their code')}` : ''}; those before the last could not be judged.`
    case 'steps':
      return `${subject(bisection)} got ${word(bisection)} in several steps: half of the ${step(bisection)} was reached ${crossed(bisection)}, and ${alone(bisection)} stays below the threshold of ${threshold(bisection)}.`
    case 'crossing':
      return `${subject(bisection)} got ${word(bisection)} ${crossed(bisection)}, but whether ${alone(bisection)} exceeds the threshold of ${threshold(bisection)} is not settled.`
    case 'unfinished':
      return unfinishedText(bisection)
  }
}

const word = ({ seeks = 'slower' }: { readonly seeks?: string }): string => seeks
const step = ({ seeks }: UnwordedBisection): string => (seeks === 'faster' ? 'speed-up' : 'slowdown')
const subject = ({ benchmark }: UnwordedBisection): string => quoted(benchmark?.name ?? '')
const threshold = ({ benchmark }: UnwordedBisection): string => formatShare(benchmark?.threshold ?? 0)
const lastOf = ({ candidates, bad }: UnwordedBisection): NamedCommit => candidates.at(-1) ?? bad

/** `the three commits after 1a2b3c4d up to 5e6f7a8b (title)`. */
function someCommits(bisection: UnwordedBisection): string {
  const { after, good, candidateCount } = bisection
  const from = `after \`${shortSha(after ?? good)}\` up to ${commitText(lastOf(bisection))}`
  return `the ${counted(candidateCount, 'commit')} ${from}`
}

function crossed(bisection: UnwordedBisection): string {
  return bisection.candidateCount === 1
    ? `at ${commitText(lastOf(bisection))}`
    : `in one of ${someCommits(bisection)}`
}

function alone({ candidateCount }: UnwordedBisection): string {
  return candidateCount === 1 ? 'that commit alone' : 'what they do together'
}

/** Where a speed-up is looked for, the gate of the range compares the newest commit with the oldest one the other way round. */
function nothingText({ seeks }: UnwordedBisection, gate: Report | undefined): string {
  return seeks === 'faster' ? 'No benchmark got faster by more than its threshold.' : (gate?.sentence ?? '')
}

function openText({ seeks }: UnwordedBisection, gate: Report | undefined): string {
  if (seeks === 'faster') return 'Not every benchmark was decided; raise the budget or quiet the machine.'
  return gate?.benchmarks.some(({ decision }) => decision === 'slower')
    ? 'Benchmarks are slower together, but none of them is so beyond chance on its own; raise the budget.'
    : (gate?.sentence ?? '')
}

function unfinishedText(bisection: UnwordedBisection): string {
  const { benchmark, steps, commits, candidateCount } = bisection
  if (!benchmark || steps.length === 0) {
    return `The bisection of ${counted(commits, 'commit')} was ended before the whole range was measured.`
  }
  return `The bisection was ended before it was finished: what made ${subject(bisection)} ${word(bisection)} is ${candidateCount === 1 ? commitText(lastOf(bisection)) : `among ${someCommits(bisection)}`}.`
}
