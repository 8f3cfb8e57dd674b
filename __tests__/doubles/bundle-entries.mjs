import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { rolldown } from 'rolldown'

/** Builds entries into a folder the way the distribution is built: node bundle-entries.mjs FOLDER ENTRY… */
const [folder, ...entries] = process.argv.slice(2)
const input = Object.fromEntries(entries.map(entry => [basename(entry, '.ts'), entry]))
const built = await rolldown({ input, platform: 'node' })
await built.write({ dir: folder, format: 'esm' })
writeFileSync(`${folder}/package.json`, '{ "type": "module" }\n')
