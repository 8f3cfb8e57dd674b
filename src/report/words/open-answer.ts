import type { RoundsEnded } from '../../core/decision/ending.ts'
import type { Reason } from '../../core/decision/reason.ts'
import { endingClause } from '../reasons/endings.ts'
import { formatChange, formatExtent, formatInterval, formatShare, formatValue } from '../text/format.ts'

/** Why an answer is open: what was seen, and what to do about it. */
export function describeReason(reason: Reason): string {
  switch (reason.rule) {
    case 'too-few-rounds':
      return `No answer is possible before ${rounds(reason.needed)}, and ${endOf(reason)} after ${rounds(reason.rounds)}; raise the budget.`
    case 'control-unfit':
      return `The control, base against a second copy of base, shows a change beyond ${formatShare(reason.threshold)}${inBrackets(reason.control)}, so this machine cannot judge it now; quiet the machine and measure again.`
    case 'control-open':
      return `Two copies of base differ by at least ${formatExtent(reason.bias)} here, and with that taken off the answer is open; quiet the machine and measure again.`
    case 'within-chance':
      return `On its own it would be slower${inBrackets(reason.change)}, but among ${reason.rows} benchmarks that is not yet beyond chance; raise the budget.`
    case 'straddles': {
      const where = reason.change ? `the change is ${within(reason.change)}` : 'the change is open'
      const could = reason.detectable
        ? `; these rounds could have shown a slowdown of ${formatExtent(reason.detectable)}`
        : ''
      return `After ${rounds(reason.rounds)} ${endOf(reason)}: ${where}, which does not settle the threshold of ${formatShare(reason.threshold)}${could}; raise the budget or quiet the machine.`
    }
    case 'printed-steps':
      return printedSteps(reason)
    case 'speed-up-open':
      return `It is not slower; whether it is faster by more than ${formatShare(reason.threshold)} was open when ${endOf(reason)} after ${rounds(reason.rounds)}.`
    case 'zeros-need-rounds':
      return `Values that are zero now and then need ${rounds(reason.needed)}, and ${endOf(reason)} after ${reason.rounds}; raise the budget.`
    case 'from-zero':
      return `It went from ${reason.base} on base to ${reason.head} on head.`
    case 'values-spread':
      return 'Repeated values of one side fall on both sides of the threshold; make the program repeat itself (a fixed hash seed, one thread), or set a floor.'
    case 'counts-spread':
      return 'Repeated instruction counts of one side fall on both sides of the threshold; make the program repeat itself (a fixed hash seed, one thread) or use the metric time.'
    case 'counts-speed-up-open':
      return 'It is not slower; repeated instruction counts spread too far to tell whether it is faster.'
    case 'too-few-counts':
      return 'It needs at least two instruction counts above zero of each side; see what the counter source says.'
  }
}

type Seen = NonNullable<Extract<Reason, { rule: 'control-unfit' }>['control']>

/** A whole number without a unit may be a count, which has no steps. */
function printedSteps({
  step,
  digit,
  base,
  threshold,
  unit,
}: Extract<Reason, { rule: 'printed-steps' }>): string {
  const of = base > 0 ? `, ${formatShare(step / base)} of base's ${formatValue(base, unit)}` : ''
  const steps = `steps of ${formatValue(step, unit)}${of}`
  if (digit !== undefined)
    return `It prints steps of ${formatValue(digit, unit)}, but its values move in ${steps}, so its clock can hide a slowdown beyond the threshold of ${formatShare(threshold)}; use a finer clock, measure longer in each run, time the whole run with format: wall, or set a higher threshold.`
  const count = unit === '' && step >= 1 ? '; if it is a count, name its unit (unit: count)' : ''
  return `It prints its value in ${steps}, so rounding can hide a slowdown beyond the threshold of ${formatShare(threshold)}; print more digits, measure longer in each run, time the whole run with format: wall, or set a higher threshold${count}.`
}

const endOf = ({ ended }: { readonly ended?: RoundsEnded | undefined }): string =>
  ended === undefined ? 'measuring ended' : endingClause(ended)

const inBrackets = (seen: Seen | undefined): string => (seen ? ` (${within(seen)})` : '')

function within({ ratio, low, high }: Seen): string {
  if (low === undefined || high === undefined) return formatChange(ratio)
  return `${formatChange(ratio)}, ${formatInterval({ ratio, low, high })}`
}

function rounds(count: number): string {
  return count === 1 ? '1 round' : `${count} rounds`
}
