import { readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { parse } from 'yaml'

/** Writes the tables of docs/reference.md from the options' own table and from action.yml; with --check it only compares. */
const PLACE = 'docs/reference.md'
const bundle = await rolldown({ input: 'src/core/config/options.ts', platform: 'node' })
const { output } = await bundle.generate({ format: 'esm' })
const { OPTION_GROUPS } = await import(
  `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
)
const { outputs } = parse(readFileSync('action.yml', 'utf8'))

const cell = text => text.replaceAll('|', '\\|').trim()
const mark = (option, surface) => (option.surfaces.includes(surface) ? '✓' : '')
const optionRow = option =>
  `| \`${option.name}\` | ${['action', 'cli', 'config'].map(surface => mark(option, surface)).join(' | ')} | ${cell(option.says)} | ${cell(option.fallback)} |`

const tables = {
  inputs: [
    ...Object.entries(OPTION_GROUPS).flatMap(([title, options]) => [
      `### ${title}`,
      '',
      '| option | action | command line | file | what it does | default |',
      '|---|:-:|:-:|:-:|---|---|',
      ...options.map(optionRow),
      '',
    ]),
  ],
  outputs: [
    '| output | what it holds |',
    '|---|---|',
    ...Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`),
  ],
}

const page = readFileSync(PLACE, 'utf8')
const written = Object.entries(tables).reduce(
  (text, [name, rows]) =>
    text.replace(
      new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`),
      () => `<!-- ${name} -->\n${rows.join('\n')}\n<!-- /${name} -->`,
    ),
  page,
)
if (process.argv.includes('--check')) {
  if (written !== page) {
    console.error(`${PLACE} does not match the options and action.yml; run npm run readme.`)
    process.exit(1)
  }
} else writeFileSync(PLACE, written)
