import type { LayoutFault } from '../../core/layouts/fault.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { formatChange, formatInterval } from '../text/format.ts'

/** What a layout trial showed, in a sentence. */
export function trialSentence(
  trial: Pick<
    LayoutTrial,
    'layouts' | 'ratio' | 'low' | 'high' | 'best' | 'outcome' | 'question' | 'asBuilt'
  >,
): string {
  const { layouts, ratio, low, high, best, question = 'slowdown', asBuilt } = trial
  const over = `Over ${layouts} random layouts a side, the change is ${formatChange(ratio)} (${formatInterval({ ratio, low, high })}; between the best layouts ${formatChange(best)})`
  if (question === 'hidden-work') {
    const both = asBuilt === undefined ? over : `${over}, and ${formatChange(asBuilt)} as built`
    return low > 1
      ? `${both}: the default layout hides that it is slower.`
      : `${both}: other layouts do not show it slower.`
  }
  const what = question === 'speed-up' ? 'speed-up' : 'slowdown'
  switch (trial.outcome) {
    case 'placement':
      return `${over}: the ${what} is luck of the layout, not of the code.`
    case 'real':
      return `${over}: the ${what} stays however the code is laid out.`
    case 'mixed':
      return `${over}: part of the ${what} stays in every layout, and the default layout adds to it.`
    case 'inconclusive':
      return `${over}: that neither shows nor rules out that the layout is to ${question === 'speed-up' ? 'thank' : 'blame'}.`
  }
}

/** A trial that could not be made, and what the report rests on instead. */
export function noTrial(fault: LayoutFault): Limitation {
  return {
    what:
      fault.kind === 'no-build-command'
        ? 'No layout was tried, because no build command was given.'
        : `No layout trial: ${layoutFault(fault)}.`,
    instead: 'The cause rests on counters and addresses alone, so it stays likely at most.',
  }
}

/** A row could not be measured over layouts. */
export const noLayoutsDrawn = (fault: LayoutFault): string =>
  `Layouts could not be drawn: ${layoutFault(fault)}.`

/** Why other layouts cannot be made or measured, as a clause. */
export function layoutFault(fault: LayoutFault): string {
  switch (fault.kind) {
    case 'no-build-command':
      return 'no build command was given'
    case 'no-checkout':
      return `${fault.side} could not be checked out a second time: ${withoutStop(fault.because)}`
    case 'build-failed':
      return `the build of ${fault.side} for it ${fault.ended}${lastLine(fault)}`
    case 'run-failed':
      return `${fault.side}, built for it, ${withoutStop(fault.clause)}`
    case 'not-prepared':
      return `${fault.benchmark} was not among the benchmarks that it was prepared for`
    case 'maps-nothing':
      return `the benchmark maps no ELF file of ${fault.side}'s work tree`
    case 'no-known-link':
      return `no link of ${fault.side}'s build passed our wrappers with a linker that can reorder sections`
    case 'not-linked-again':
      return `the link of ${fault.output} could not be repeated${lastLine(fault)}`
    case 'not-reordered':
      return `${fault.linker} could not link ${fault.output} in another order${lastLine(fault)}`
    case 'takes-no-order':
      return `${fault.linker === 'go' ? "go's linker" : fault.linker} takes no order of sections`
    case 'no-assembler':
      return 'there is no assembler (as, clang or gcc) for the pad object'
    case 'no-text':
      return `the linker script of ${fault.output} has no .text to reorder`
    case 'files-gone':
      return `${fault.side}'s build did not bring back the files that the benchmark maps`
    case 'too-little-budget':
      return `${fault.budgetSeconds} s or 8 GB of disk are too few for it, with ${fault.layoutSeconds.toFixed(1)} s a layout of both sides and ${fault.runSeconds.toFixed(1)} s a run of both; raise layout-budget`
    case 'hot-code-stays':
      return `the hot functions of ${fault.side} are at the same addresses in every layout (${fault.linker})`
    case 'layouts-equal':
      return `every layout of ${fault.side} is the same (${fault.linker})`
    case 'layouts-fail':
      return 'too many random layouts failed or printed something else than the default one does'
  }
}

const lastLine = ({ lastLine }: { readonly lastLine?: string }): string => (lastLine ? ` (${lastLine})` : '')

const withoutStop = (clause: string): string => clause.replace(/\.$/, '')
