import { z } from 'zod'
import { METRIC_NAMES, type Metric, type PerMetric } from '../model/metric.ts'
import { newScalar } from './scalar.ts'

/** A setting with one value for all metrics, or with a value by metric: a mapping, or as text `time=5%, memory=2%`. */
export function perMetric<T extends number | string>(
  expected: string,
  read: (given: string) => T | undefined,
) {
  return z
    .union([newScalar(), z.record(z.string(), newScalar())])
    .transform((given, context): PerMetric<T> => {
      const refuse = (what: string, byMetric = '') => {
        const message = `must be ${expected}${byMetric}, not ${JSON.stringify(what.slice(0, 80))}`
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      if (typeof given === 'string' && !given.includes('=')) return read(given) ?? refuse(given)
      const values: Partial<Record<Metric, T>> = {}
      for (const [name, own] of typeof given === 'string' ? pairsIn(given) : Object.entries(given)) {
        const metric = METRIC_NAMES.find(metric => metric === name)
        const value = read(own)
        if (metric === undefined || value === undefined)
          return refuse(
            own === '' ? name : `${name}=${own}`,
            `, or one for each metric such as time=5%, memory=2% (${METRIC_NAMES.join(', ')})`,
          )
        values[metric] = value
      }
      return values
    })
}

function pairsIn(given: string): readonly (readonly [string, string])[] {
  return given
    .split(/[,\n]/)
    .filter(each => each.trim() !== '')
    .map(each => {
      const [name = '', value = ''] = each.split('=', 2)
      return [name.trim(), value.trim()]
    })
}

/** The metrics that can be asked for by name. The setting `size` names the files. */
export const ASKED_METRICS = METRIC_NAMES.filter(metric => metric !== 'size')

/** Metrics as a list, or as text with commas between. */
export const metrics = z
  .union([newScalar(), z.array(z.string())])
  .transform((given, context): readonly Metric[] => {
    const names = typeof given === 'string' ? given.split(/[\s,]+/).filter(name => name !== '') : given
    const known = names.flatMap(name => ASKED_METRICS.find(metric => metric === name) ?? [])
    if (known.length > 0 && known.length === names.length && new Set(known).size === known.length)
      return known
    const twice = known.find((name, at) => known.indexOf(name) !== at)
    const message =
      twice !== undefined && known.length === names.length
        ? `has ${twice} twice; name each metric once`
        : `must be one or more of ${ASKED_METRICS.join(', ')}, not ${JSON.stringify(names.join(', ').slice(0, 80))}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
