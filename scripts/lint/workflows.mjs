import { readdirSync, readFileSync } from 'node:fs'
import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

/** Checks action.yml, every workflow, and the workflows in the README and the documentation with GitHub's own language service, which gets our inputs. */
const own = parse(readFileSync('action.yml', 'utf8'))
const pages = readdirSync('docs').filter(file => file.endsWith('.md'))
const texts = ['README.md', ...pages.map(file => `docs/${file}`)]
  .map(file => readFileSync(file, 'utf8'))
  .join('\n')
const snippets = [...texts.matchAll(/```yaml\n([\s\S]*?)```/g)].map(found => found[1])
const documents = [
  { name: 'action.yml', path: 'action.yml', text: readFileSync('action.yml', 'utf8') },
  ...readdirSync('.github/workflows').map(file => ({
    name: file,
    path: `.github/workflows/${file}`,
    text: readFileSync(`.github/workflows/${file}`, 'utf8'),
  })),
  ...process.argv
    .slice(2)
    .map(file => ({ name: file, path: '.github/workflows/given.yml', text: readFileSync(file, 'utf8') })),
  // Only whole workflows: the configuration file and single steps are not.
  ...snippets
    .filter(text => /^(?:#.*\n)*name:/.test(text))
    .map((text, index) => ({
      name: `documented workflow ${index + 1}`,
      path: `.github/workflows/readme-${index}.yml`,
      text,
    })),
]

/** What the service may know of an action: our own in full, of others only what we use. */
async function fetchActionMetadata({ owner }) {
  if (owner === 'perf-verdict')
    return { name: own.name, description: own.description, inputs: own.inputs, outputs: own.outputs }
  return undefined
}

let faults = 0
for (const [index, { name, path, text }] of documents.entries()) {
  const document = TextDocument.create(`file:///${index}/${path}`, 'yaml', 1, text)
  const found = await validate(document, { actionsMetadataProvider: { fetchActionMetadata } })
  // What others' actions take cannot be looked up here.
  const known = found.filter(({ message }) => !/^Unable to resolve action `(?!perf-verdict\/)/.test(message))
  for (const { range, message } of known) console.log(`${name}:${range.start.line + 1}: ${message}`)
  faults += known.length
}
console.log(`${documents.length} files checked, ${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
