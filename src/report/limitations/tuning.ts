import type { CpuChoice } from '../../core/machine/cpu-choice.ts'
import type { HoldGap } from '../../core/machine/hold-gap.ts'
import type { Limitation } from '../../core/model/report.ts'
import { refusedIn, type TuningOutcome } from '../../core/tuning/hold-faults.ts'

const UNTUNED = 'The system was measured untuned.'

/** What could not be tuned. */
export function tuningLimitations(
  { tuned, blocked }: TuningOutcome,
  choice: CpuChoice,
): readonly Limitation[] {
  const asFound = 'They stay as they were found, and the control shows what that costs.'
  const about = (what: string, knobs: readonly string[]): readonly Limitation[] =>
    knobs.length === 0 ? [] : [{ what: `${what}: ${[...new Set(knobs)].join(', ')}.`, instead: asFound }]
  const left = (absent: boolean) => tuned.left.filter(item => item.absent === absent).map(({ knob }) => knob)
  return [
    ...(blocked === undefined ? [] : [{ what: blocked, instead: UNTUNED }]),
    ...about('This machine does not have these settings', left(true)),
    ...about('These settings were left alone', left(false)),
    ...(blocked === undefined
      ? about(
          'These settings could not be changed',
          refusedIn(tuned).map(({ setting }) => setting.knob),
        )
      : []),
    ...(choice.chosen.length > 0
      ? []
      : [{ what: `No CPU can be set apart: ${choice.because}.`, instead: 'The benchmark is not pinned.' }]),
  ]
}

/** What a held machine lacks of what was asked for. */
export function holdLimitation(gap: HoldGap): Limitation {
  switch (gap.kind) {
    case 'told':
      return gap.limitation
    case 'untuned':
      return { what: `The system could not be tuned: ${gap.why}.`, instead: UNTUNED }
    case 'unlocked':
      return {
        what: `This machine cannot be locked against other gates (${gap.code}).`,
        instead: 'Another gate may have measured at the same time; look at when other jobs ran here.',
      }
    case 'other-protocol':
      return {
        what: `The installed host process speaks protocol ${gap.spoken} and this action speaks ${gap.ours}.`,
        instead: 'It is used as it is; run perf-verdict host install again.',
      }
    case 'fewer-cpus':
      return {
        what: `The option cpus asks for ${gap.asked} CPUs, and this machine lends us ${gap.had}.`,
        instead: 'Benchmarks ran on these; a change of parallelism beyond them was not measured.',
      }
  }
}
