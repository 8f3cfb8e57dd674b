import type { BisectionStep, NamedCommit } from '../../core/bisection/bisection.ts'
import { counted, numbered, quoted } from '../../core/text/text.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { formatChange, formatDuration, formatInterval } from '../text/format.ts'

/** A commit as people name it: eight digits of its hash. */
export const shortSha = ({ sha }: NamedCommit): string => sha.slice(0, 8)

/** `1a2b3c4d` (`title`), in plain text with names between backticks. */
export function commitText(commit: NamedCommit): string {
  const { title = '' } = commit
  return `\`${shortSha(commit)}\`${title === '' ? '' : ` (${quoted(title)})`}`
}

/** Which gate comes next, and how many commits its answer is one of. */
export interface ComingStep {
  readonly kind: BisectionStep['kind']
  readonly head: NamedCommit
  /** For the whole range and for the last gate, how many commits it spans. */
  readonly commits?: number
  /** For a commit between. */
  readonly left?: number
  readonly steps?: number
}

/** One line before a gate. */
export function beforeStep({ kind, head, commits = 1, left = 0, steps = 0 }: ComingStep): string {
  const name = `${shortSha(head)} ${plainName(head.title ?? '')}`
  switch (kind) {
    case 'range':
      return plainLine(`The whole range of ${numbered(commits, 'commit')} first: ${name}`)
    case 'between':
      return plainLine(`${numbered(left, 'commit')} left, about ${numbered(steps, 'step')}: ${name}`)
    case 'last':
      return plainLine(
        `The last gate, with its cause: ${name}${commits === 1 ? ' against its parent' : `, and the ${counted(commits - 1, 'commit')} before it`}`,
      )
  }
}

/** One line after a gate. */
export function stepLine(step: BisectionStep): string {
  const { change, reason, rounds } = step
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`
  const found = change
    ? `: ${formatChange(change.ratio)} (${formatInterval(change)}), ${numbered(rounds, 'round')}`
    : why
  const line = `${shortSha(step.head)} ${stepWord(step)}${found}, ${formatDuration(step.seconds)}`
  return plainLine(line.replaceAll(/[\r\n]+/g, ' '))
}

/** What a gate found, in two or three words. */
export function stepWord({ answer, decision, rounds, change }: BisectionStep): string {
  switch (answer) {
    case 'above':
      return decision === 'faster' ? 'faster' : 'slower'
    case 'below':
      if (rounds === 0 && !change) return 'same code'
      return decision === 'faster' ? 'faster' : 'not slower'
    case 'open':
      return 'undecided'
    case 'broken':
      return decision === undefined ? 'not built' : 'not measured'
  }
}
