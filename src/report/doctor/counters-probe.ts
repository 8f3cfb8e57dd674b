import { type CounterProbe, isClosed, type ProbedRole } from '../../core/counters/probe.ts'
import { formatGeometry } from '../../core/processor/geometry.ts'
import { limitationSentence } from '../words/measured.ts'

const MOST_REASONS = 4

/** What this machine can count and why not more, a line each, for the log and for doctor. */
export function describeCounters(probe: CounterProbe): readonly string[] {
  const { perf, valgrind, paranoid, units, geometry, cpu } = probe
  const names = units.map(({ name }) => name).join(', ')
  return [
    `processor: ${cpu.name}`,
    perf ? `perf: ${perf.version} (${perf.path})` : 'perf: not installed, or does not run',
    `hardware counters: ${probe.hardware ? 'yes' : isClosed(probe) ? 'closed to this user' : 'no'}; units: ${names === '' ? 'none' : names}; kernel.perf_event_paranoid: ${paranoid ?? 'not readable'}`,
    ...probe.roles.map(describeRole),
    valgrind
      ? `valgrind: ${valgrind.version} (${valgrind.path})`
      : 'valgrind: not installed, or does not run; install it to count by simulation',
    `simulated caches: l1i ${formatGeometry(geometry.l1i)}, l1d ${formatGeometry(geometry.l1d)}, second level ${formatGeometry(geometry.ll)} (from ${geometry.from})`,
    ...[...probe.geometryLimitations, ...probe.limitations].map(limitationSentence),
  ]
}

function describeRole({ role, event, unit, note, tried }: ProbedRole): string {
  const refused = tried.slice(0, MOST_REASONS).map(({ event, why }) => `${event}: ${why}`)
  const more = tried.length - refused.length
  const reasons = [...refused, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
  if (event === undefined) return `${role}: none${reasons === '' ? '' : ` (${reasons})`}`
  const remarks = [
    unit === 'slots' ? 'in issue slots' : '',
    note ?? '',
    reasons === '' ? '' : `not ${reasons}`,
  ]
  const told = remarks.filter(remark => remark !== '').join('; ')
  return `${role}: ${event}${told === '' ? '' : ` (${told})`}`
}
