import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Bundles and runs the programs in bench/, each on its own. Names choose among them and options are passed on:
 * npm run bench -- error-rates --gates=1000
 */
const options = process.argv.slice(2).filter(argument => argument.startsWith('--'))
const wanted = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const programs = readdirSync('bench')
  .filter(file => file.endsWith('.ts'))
  .map(file => basename(file, '.ts'))
  .filter(name => wanted.length === 0 || wanted.includes(name))
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-bench-'))
let failed = 0
try {
  for (const name of programs) {
    process.stdout.write(`\n${name}\n`)
    const file = join(folder, `${name}.mjs`)
    const bundle = await rolldown({ input: `bench/${name}.ts`, platform: 'node' })
    await bundle.write({ file, format: 'esm', codeSplitting: false })
    const { status } = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' })
    if (status !== 0) failed++
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed > 0 ? 1 : 0)
