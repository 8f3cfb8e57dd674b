import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'

/** Writes docs/report.schema.json from the schema that reads reports. */
const bundle = await rolldown({ input: 'src/report/published-schema.ts', platform: 'node' })
const { output } = await bundle.generate({ format: 'esm' })
const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
const { publishedSchema } = await import(url)
writeFileSync('docs/report.schema.json', publishedSchema())
execFileSync('npx', ['biome', 'format', '--write', 'docs/report.schema.json'], { stdio: 'inherit' })
