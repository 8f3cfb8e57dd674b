import { z } from 'zod'
import { bisectionSchema } from '../../core/report-file/bisection-schema.ts'
import { reportSchema } from '../../core/report-file/report-schema.ts'

/** The text of docs/report.schema.json, the JSON schema (draft 2020-12) of `report.json`. */
export function publishedSchema(): string {
  return published(reportSchema, {
    title: 'Perf Verdict report, version 1',
    description:
      'Thresholds, shares and ratios are fractions (0.05 is 5 %, a ratio of 1.7 is 70 % more); times are seconds unless a unit says otherwise; addresses are link-time virtual addresses.',
  })
}

/** The text of docs/bisect.schema.json, the JSON schema (draft 2020-12) of `bisect.json`. */
export function publishedBisectionSchema(): string {
  return published(bisectionSchema, {
    title: 'Perf Verdict bisection, version 1',
    description:
      'Thresholds and ratios are fractions (0.05 is 5 %, a ratio of 1.7 is 70 % more); times are seconds. Changes are against the base of the step: the good commit, or in the last gate the last commit before the candidates.',
  })
}

function published(
  source: z.ZodType,
  about: { readonly title: string; readonly description: string },
): string {
  const { $schema, ...rest } = z.toJSONSchema(source, {
    io: 'input',
    // A reader may do with its copy what it likes.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  })
  return `${JSON.stringify({ $schema, ...about, ...rest }, null, 2)}\n`
}
