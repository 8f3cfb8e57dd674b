import { isNoisy } from '../../core/model/metric.ts'
import type { HostReport, KnobReport, Limitation, Report } from '../../core/model/report.ts'
import { counted, listed, quoted } from '../../core/text/text.ts'
import { formatDuration, formatShare } from '../text/format.ts'

/** A group of sentences about how the report came about, in plain text. */
export interface Facts {
  readonly title: string
  readonly sentences: readonly string[]
}

/** How it was measured, what the machine could not do, and what it was; groups without a sentence are left out. */
export function measuredFacts(report: Report): readonly Facts[] {
  const groups = [
    {
      title: 'Limitations',
      sentences: report.limitations.map(limitationSentence),
    },
    { title: 'Notes', sentences: report.notes },
    { title: 'Noise before measuring', sentences: report.host.noise ?? [] },
    { title: 'How it was measured', sentences: methodSentences(report) },
    { title: 'Machine', sentences: machineSentences(report) },
  ]
  return groups.filter(({ sentences }) => sentences.length > 0)
}

/** What could not be done and what was done instead, as the two sentences that they are. */
export function limitationSentence({ what, instead }: Limitation): string {
  return `${what} ${instead}`
}

function methodSentences(report: Report): readonly string[] {
  const { benchmarks, host, alpha, seed, seconds } = report
  const rounds = benchmarks.map(benchmark => benchmark.rounds).filter(count => count > 0)
  const least = rounds.reduce((fewest, count) => Math.min(fewest, count), Number.POSITIVE_INFINITY)
  const most = rounds.reduce((largest, count) => Math.max(largest, count), 0)
  const range = least === most ? `${most}` : `${least} to ${most}`
  const confidence = benchmarks.find(({ change, metric }) => change && isNoisy(metric))?.change?.confidence
  const interleaved = `Each benchmark was measured in ${range} rounds: three runs of head, two of base and one of a second copy of base (the control), in random order with seed ${seed}. Changes are medians of ratios within rounds${confidence === undefined ? '' : `, and their intervals hold with ${formatShare(confidence)} confidence at every look`}.`
  return [
    ...(most > 0 ? [interleaved] : []),
    `The error rate is ${formatShare(alpha)} over the whole table, and the run took ${formatDuration(seconds)}.`,
    `Code of the pull request ran with the isolation \`${host.isolation}\`${networkClause(host.network)}${host.cpus === undefined ? '' : `, pinned to CPU${/^\d+$/.test(host.cpus) ? '' : 's'} \`${host.cpus}\``}.`,
    ...knobSentences(host.knobs),
  ]
}

function networkClause(network: HostReport['network']): string {
  if (network === undefined) return ''
  if (network === 'none') return ', without network'
  return network === 'all' ? ', with the network of the machine' : ', builds with the network of the machine'
}

function knobSentences(knobs: readonly KnobReport[]): readonly string[] {
  const held = knobs.filter(knob => knob.set !== undefined)
  const changed = held.filter(knob => knob.set !== knob.found)
  const lost = held.filter(knob => knob.restored === false).map(knob => quoted(knob.name))
  const changes = changed.map(
    knob => `${quoted(knob.name)} from ${quoted(knob.found ?? '')} to ${quoted(knob.set ?? '')}`,
  )
  const restored =
    lost.length === 0 ? 'all were restored' : `${listed(lost)} could not be restored, so look at this machine`
  const asWanted = held.length - changed.length
  return [
    ...(changed.length > 0
      ? [
          `${counted(changed.length, 'system setting')} changed while measuring (${listed(changes)}); ${restored}.`,
        ]
      : []),
    ...(asWanted > 0 ? [`${counted(asWanted, 'system setting')} had the wanted value already.`] : []),
    ...withReason(
      'did not last',
      held.filter(knob => knob.lasted === false),
    ),
    ...withReason(
      'left alone',
      knobs.filter(knob => knob.set === undefined),
    ),
  ].map(capital)
}

/** What became of settings and why, those with the same reason together. */
function withReason(what: string, knobs: readonly KnobReport[]): readonly string[] {
  const reasons = new Map<string, readonly string[]>()
  for (const { name, why } of knobs) {
    if (why !== undefined) reasons.set(why, [...(reasons.get(why) ?? []), quoted(name)])
  }
  return [...reasons].map(([why, names]) => `${what}: ${listed(names)} (${why}).`)
}

/** The sentence with a capital at its start, unless it starts with a name. */
function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function machineSentences({ machine }: Report): readonly string[] {
  return Object.entries(machine).map(([fact, value]) => `${fact}: ${quoted(value)}`)
}
