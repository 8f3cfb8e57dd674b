import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'

/** Builds, measures and judges every scenario for real through the built command line, and prints how right it was. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '1' },
    cli: { type: 'string', default: 'dist/cli.js' },
    keep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    gate: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(`npm run scenarios -- [options]
  --only REGEX   only scenarios whose names match
  --runs N       so many runs of all of them, each with other seeds
  --cli FILE     the command line to judge (dist/cli.js)
  --gate=OPTION  passed on to the gate, for example --gate=--tune=off; may be repeated
  --keep         leave repositories and reports behind, and say where
  --list         only list the scenarios`)
  process.exit(0)
}

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-scenarios-'))
const parts = ['all', 'harness', 'table'].map(name => `__tests__/scenarios/${name}.ts`)
const bundle = await rolldown({ input: parts, platform: 'node' })
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' })
const { scenarios } = await import(join(folder, 'all.mjs'))
const { tryScenario } = await import(join(folder, 'harness.mjs'))
const { tableOf, summaryOf, allRight } = await import(join(folder, 'table.mjs'))

const chosen = scenarios.filter(({ name }) => new RegExp(values.only ?? '').test(name))
if (values.list) for (const { name, story } of chosen) console.log(`${name.padEnd(22)} ${story}`)

let right = chosen.length > 0
for (let run = 1; run <= Number(values.runs) && !values.list; run++) {
  const outcomes = []
  const work = join(folder, `run-${run}`)
  mkdirSync(work)
  for (const scenario of chosen) {
    process.stderr.write(`run ${run}: ${scenario.name} (${outcomes.length + 1} of ${chosen.length})\n`)
    const options = ['--seed', `${1000 * run + outcomes.length}`, ...values.gate]
    outcomes.push(
      tryScenario(scenario, { cli: resolve(values.cli), folder: work, options, keep: values.keep }),
    )
  }
  console.log(`\nRun ${run} of ${values.runs}\n${tableOf(outcomes)}\n\n${summaryOf(outcomes)}`)
  mkdirSync('out', { recursive: true })
  writeFileSync(`out/scenarios-${run}.json`, `${JSON.stringify(outcomes.map(slim), null, 1)}\n`)
  right &&= allRight(outcomes)
}
if (values.keep) console.log(`\nRepositories and reports are in ${folder}.`)
else rmSync(folder, { recursive: true, force: true })
process.exit(right ? 0 : 1)

/** An outcome without the sources of its scenario. */
function slim({ scenario, ...rest }) {
  return { name: scenario.name, expect: scenario.expect, ...rest }
}
