import { z } from 'zod'
import { OPTIONS } from '../../core/config/options.ts'
import { configSchema } from '../../core/config/schema.ts'
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

/** The text of docs/perf-verdict.schema.json, the JSON schema (draft 2020-12) of the configuration file. */
export function publishedConfigSchema(): string {
  return published(configSchema, {
    title: 'Perf Verdict configuration',
    description:
      'The file .github/perf-verdict.yml. Percentages are written as 5%, times as 90s, 10m or 1h; docs/harnesses.md has a recipe for each harness.',
  })
}

function published(
  source: z.ZodType,
  about: { readonly title: string; readonly description: string },
): string {
  const { $schema, ...rest } = z.toJSONSchema(source, {
    io: 'input',
    // A reader may do with its copy what it likes.
    override: ({ jsonSchema, path }) => {
      delete jsonSchema.readOnly
      const says = OPTIONS.find(({ name }) => name === path.at(-1))?.says
      if (source === configSchema && says !== undefined && path.at(-2) === 'properties')
        jsonSchema.description = says
      if (source === configSchema && path.slice(-3).join('.') === 'properties.benchmarks.items')
        jsonSchema.anyOf = [{ required: ['command'] }, { required: ['size'] }]
    },
  })
  return `${JSON.stringify({ $schema, ...about, ...rest }, null, 2)}\n`
}
