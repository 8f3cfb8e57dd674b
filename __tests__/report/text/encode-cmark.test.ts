import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cell, code } from '../../../src/report/text/encode.ts'
import { cellProse, prose } from '../../../src/report/text/prose.ts'
import { HOSTILE, hostileName } from '../../doubles/hostile.ts'
import { GITHUB_MEANING } from '../../doubles/markdown.ts'
import { cases } from '../../doubles/soak.ts'

const NAMES = [...HOSTILE, ...fc.sample(hostileName, cases(5_000))]
const EXTENSIONS = ['table', 'autolink', 'strikethrough', 'tasklist'].flatMap(name => ['-e', name])

/** Reads Markdown by cmark-gfm, GitHub's own parser as Debian packages it; undefined where it is not installed. */
function cmark(source: string): string | undefined {
  const { status, stdout } = spawnSync('cmark-gfm', ['--to', 'xml', ...EXTENSIONS], {
    input: source,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return status === 0 ? stdout : undefined
}

const installed = cmark('a') !== undefined
if (!installed)
  process.stdout.write('cmark-gfm is not installed (Debian: cmark-gfm); its reading is not compared.\n')

function text(xml: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
  return xml.replace(/&(?:lt|gt|quot|amp);/g, entity => entities[entity] ?? entity)
}

/** What is wrong with the reading of one cell, item or paragraph: anything but words that mean nothing, and code. */
function fault(xml: string): string | undefined {
  const rest = xml.replace(
    /<code xml:space="preserve">[^<]*<\/code>\s*|<text xml:space="preserve">[^<]*<\/text>\s*/g,
    '',
  )
  if (/<(?!\/?(?:paragraph|table_cell)\b)/.test(rest)) return rest
  const words = [...xml.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(match => text(match[1] ?? '')).join('')
  return GITHUB_MEANING.test(words) ? words : undefined
}

;(installed ? test : test.skip)('cmark-gfm reads hostile names in a table as we meant them', () => {
  const rows = NAMES.map(name => `| ${cell(name)} | ${cellProse(name)} |`)
  const xml = cmark(['| a | b |', '|:--|:--|', ...rows, ''].join('\n')) ?? ''
  const found = [...xml.matchAll(/<table_row>\s*([\s\S]*?)<\/table_row>/g)].map(match => match[1] ?? '')
  expect(found).toHaveLength(NAMES.length)
  const faults = found.flatMap((row, index) => {
    const cells = row.split(/(?=<table_cell)/)
    const named = /^<table_cell[^>]*>\s*<code [^>]*>[^<]+<\/code>\s*<\/table_cell>\s*$/.test(cells[0] ?? '')
    const wrong = cells.length !== 2 || !named ? row : fault(cells[1] ?? '')
    return wrong === undefined ? [] : [{ name: NAMES[index], wrong }]
  })
  expect(faults.slice(0, 3)).toEqual([])
})

;(installed ? test : test.skip)('cmark-gfm reads hostile names in sentences as we meant them', () => {
  const sentences = NAMES.flatMap(name => [`**${code(name)} is slower.**`, prose(name) || 'nothing'])
  const xml = cmark(sentences.join('\n\n')) ?? ''
  const found = [...xml.matchAll(/<paragraph>\s*([\s\S]*?)<\/paragraph>/g)].map(match => match[1] ?? '')
  expect(found).toHaveLength(sentences.length)
  const strong = /^<strong>\s*<code [^>]*>[^<]+<\/code>\s*<text [^>]*> is slower\.<\/text>\s*<\/strong>\s*$/
  const faults = found.flatMap((paragraph, index) => {
    const wrong = index % 2 === 0 ? (strong.test(paragraph) ? undefined : paragraph) : fault(paragraph)
    return wrong === undefined ? [] : [{ name: NAMES[Math.floor(index / 2)], wrong }]
  })
  expect(faults.slice(0, 3)).toEqual([])
})
