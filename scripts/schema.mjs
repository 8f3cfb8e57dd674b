import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'

/** Writes the published schemas of docs from those that the reports are read and written by. */
const bundle = await rolldown({ input: 'src/report/json/published-schema.ts', platform: 'node' })
const { output } = await bundle.generate({ format: 'esm' })
const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
const { publishedSchema, publishedBisectionSchema, publishedConfigSchema } = await import(url)
writeFileSync('docs/report.schema.json', publishedSchema())
writeFileSync('docs/bisect.schema.json', publishedBisectionSchema())
writeFileSync('docs/perf-verdict.schema.json', publishedConfigSchema())
execFileSync(
  'npx',
  [
    'biome',
    'format',
    '--write',
    'docs/report.schema.json',
    'docs/bisect.schema.json',
    'docs/perf-verdict.schema.json',
  ],
  {
    stdio: 'inherit',
  },
)
