import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'

/** Builds dist: one readable file per entry, shared code and vendors in chunks, and the licences of what is inside. */
const entries = Object.fromEntries(
  ['main', 'post', 'cli', 'host']
    .filter(name => existsSync(`src/${name}.ts`))
    .map(name => [name, `src/${name}.ts`]),
)
rmSync('dist', { recursive: true, force: true })
const bundle = await rolldown({ input: entries, platform: 'node' })
const { output } = await bundle.write({
  dir: 'dist',
  format: 'esm',
  chunkFileNames: 'chunks/[name].js',
  comments: { legal: true, annotation: false, jsdoc: false },
})

const roots = output
  .flatMap(chunk => chunk.moduleIds ?? [])
  .flatMap(id => id.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? [])
const notices = [...new Set(roots)].map(root => {
  const { name, version, license } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
  const file = readdirSync(root).find(entry => /^licen[cs]e/i.test(entry))
  const text = file ? readFileSync(`${root}/${file}`, 'utf8').trim() : 'No licence file in the package.'
  return `${name} ${version} (${license})\n\n${text}\n`
})
writeFileSync('dist/licenses.txt', notices.sort().join('\n---\n\n'))
// The one file that a shell starts (`bin` in package.json).
chmodSync('dist/cli.js', 0o755)
writeFileSync('dist/package.json', '{ "type": "module" }\n')
