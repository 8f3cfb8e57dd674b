import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

/** Writes the tables of inputs and outputs from action.yml into the README; with --check it only compares. */
const { inputs, outputs } = parse(readFileSync('action.yml', 'utf8'))
const cell = text => text.replaceAll('|', '\\|').replace(/\.$/, '')

function inputRow([name, { description, default: given }]) {
  const [, says, fallback] = /^(.*?)(?: \(default (.*)\))?\.?$/.exec(description)
  return `| \`${name}\` | ${cell(says)}. | ${cell(given ?? fallback ?? '')} |`
}

const tables = {
  inputs: ['| input | what it does | default |', '|---|---|---|', ...Object.entries(inputs).map(inputRow)],
  outputs: [
    '| output | what it holds |',
    '|---|---|',
    ...Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)}. |`),
  ],
}

const readme = readFileSync('README.md', 'utf8')
const written = Object.entries(tables).reduce(
  (text, [name, rows]) =>
    text.replace(
      new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`),
      () => `<!-- ${name} -->\n${rows.join('\n')}\n<!-- /${name} -->`,
    ),
  readme,
)
if (process.argv.includes('--check')) {
  if (written !== readme) {
    console.error('README.md does not match action.yml; run npm run readme.')
    process.exit(1)
  }
} else writeFileSync('README.md', written)
