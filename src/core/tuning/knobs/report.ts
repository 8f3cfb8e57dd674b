import type { KnobReport } from '../../model/report.ts'
import type { KnobName, KnobSetting } from './knob.ts'
import type { SkippedKnob } from './plan.ts'

/** How the attempt to set one setting ended. */
export interface Attempt {
  readonly setting: KnobSetting
  /** Why it is not set, when it is not. */
  readonly failed?: string
  /** True when the kernel itself forbids this one file and that is as it should be. */
  readonly managed?: boolean
}

/** How the attempt to put one setting back ended. */
export interface Return {
  readonly setting: KnobSetting
  readonly outcome: 'restored' | 'already' | 'changed' | 'gone' | 'failed'
  /** The present value or the error, for `changed` and `failed`. */
  readonly seen?: string
}

/** Everything that happened to the knobs of one hold before it was released. */
export interface Tuned {
  readonly attempts: readonly Attempt[]
  readonly already: readonly KnobSetting[]
  readonly left: readonly SkippedKnob[]
}

/** One row a knob: found and set values summed up over its files, and why it was not set. */
export function reportKnobs(tuned: Tuned): readonly KnobReport[] {
  const names = new Set<KnobName>([
    ...tuned.attempts.map(({ setting }) => setting.knob),
    ...tuned.already.map(({ knob }) => knob),
    ...tuned.left.map(({ knob }) => knob),
  ])
  return [...names].map(name => reportKnob(name, tuned))
}

function reportKnob(name: KnobName, tuned: Tuned): KnobReport {
  const attempts = tuned.attempts.filter(({ setting }) => setting.knob === name)
  const already = tuned.already.filter(({ knob }) => knob === name)
  const left = tuned.left.filter(({ knob }) => knob === name)
  const done = attempts.filter(({ failed }) => failed === undefined).map(({ setting }) => setting)
  const refused = attempts.filter(({ failed, managed }) => failed !== undefined && !managed)
  const found = [
    ...attempts.map(({ setting }) => setting.found),
    ...already.map(setting => setting.found),
    ...left.flatMap(({ found: value }) => value ?? []),
  ]
  const set = [...done, ...already].map(setting => setting.set)
  const managed = attempts.filter(attempt => attempt.managed).length
  const why = [
    ...new Set([
      ...(managed > 0 ? [`${managed} of ${attempts.length} stay where the kernel itself has put them`] : []),
      ...refused.map(({ setting, failed }) => `${setting.path}: ${failed}`),
      ...left.map(item => item.why),
    ]),
  ]
  return {
    name,
    ...(found.length > 0 ? { found: tally(found) } : {}),
    ...(set.length > 0 ? { set: tally(set) } : {}),
    ...(why.length > 0 ? { why: several(why) } : {}),
  }
}

/** The rows with `restored` filled in: true when every setting that was changed has its found value again. */
export function reportReturns(
  knobs: readonly KnobReport[],
  returns: readonly Return[],
): readonly KnobReport[] {
  return knobs.map(knob => {
    const mine = returns.filter(({ setting }) => setting.knob === knob.name)
    if (mine.length === 0) return knob
    return { ...knob, restored: mine.every(({ outcome }) => outcome === 'restored' || outcome === 'already') }
  })
}

/** A sentence for each setting that does not have its found value again. */
export function describeLeftovers(returns: readonly Return[]): readonly string[] {
  return returns.flatMap(back => {
    const sentence = describeLeftover(back)
    return sentence === undefined ? [] : [sentence]
  })
}

function describeLeftover({ setting, outcome, seen }: Return): string | undefined {
  const what = `${setting.path} was ${setting.found} before perf-verdict set it to ${setting.set}`
  switch (outcome) {
    case 'restored':
    case 'already':
      return undefined
    case 'changed':
      return `${what}, but it was changed to ${seen} meanwhile and left at that; set it by hand if that is not intended.`
    case 'gone':
      return `${what}, and it is no longer there, so it could not be restored; check it when it returns.`
    case 'failed':
      return `${what} and could not be restored (${seen}); write the old value by hand, or run: perf-verdict host recover.`
  }
}

/** `powersave`, or `powersave (7), performance (1)` where the files of a knob differ. */
function tally(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const most = [...counts].sort((a, b) => b[1] - a[1])
  if (most.length === 1) return most[0]![0]
  const shown = most.slice(0, 3).map(([value, count]) => `${value} (${count})`)
  return [...shown, ...(most.length > 3 ? [`${most.length - 3} more`] : [])].join(', ')
}

function several(reasons: readonly string[]): string {
  const [first, ...rest] = reasons
  return rest.length === 0 ? first! : `${first}; and ${rest.length} more`
}
