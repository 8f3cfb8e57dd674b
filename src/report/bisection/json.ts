import type { Bisection } from '../../core/bisection/bisection.ts'
import { bisectionSchema } from '../../core/report-file/bisection-schema.ts'

/** The text of `bisect.json`: keys in the order of the schema; a bisection that does not fit it is a bug and throws. */
export function bisectionJson(bisection: Bisection): string {
  return `${JSON.stringify(bisectionSchema.parse(bisection), null, 2)}\n`
}
