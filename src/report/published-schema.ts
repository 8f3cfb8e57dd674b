import { z } from 'zod'
import { reportSchema } from '../core/report-schema.ts'

/** The text of docs/report.schema.json, the JSON schema (draft 2020-12) of `report.json`. */
export function publishedSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, {
    io: 'input',
    // A reader may do with its copy what it likes.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly
    },
  })
  const schema = {
    $schema,
    title: 'Perf Verdict report, version 1',
    description:
      'Thresholds, shares and ratios are fractions (0.05 is 5 %, a ratio of 1.7 is 70 % more); times are seconds unless a unit says otherwise; addresses are link-time virtual addresses.',
    ...rest,
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
