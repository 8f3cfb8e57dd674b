import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { VERSION } from '../src/core/version.ts'

test('the tables of the reference are those of the options and action.yml', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/readme.mjs', '--check'], { stdio: 'pipe' }),
  ).not.toThrow()
})

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]

test.each(PAGES)('every file that %s points to is there', file => {
  const text = readFileSync(file, 'utf8')
  const folder = file.includes('/') ? `${file.split('/')[0]}/` : ''
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)|src(?:set)?="(?!https?:)([^"]+)"/g)].map(
    found => found[1] ?? found[2]!,
  )
  expect(links.filter(link => !existsSync(`${folder}${link}`))).toEqual([])
})

test.each(PAGES)('every file of this repository that %s names is there', file => {
  const named = readFileSync(file, 'utf8').matchAll(
    /`((?:src|__tests__|scripts|bench|examples|docs)\/[\w./-]+)`/g,
  )
  expect([...named].map(found => found[1]!).filter(path => !existsSync(path))).toEqual([])
})

test('the version is the one of package.json', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})

test('every folder of the source is in docs/architecture.md', () => {
  const page = readFileSync('docs/architecture.md', 'utf8')
  const rooms = ['core', 'flow', 'shell'].flatMap(part =>
    readdirSync(`src/${part}`, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => `${part}/${name}`),
  )
  expect(rooms.filter(room => !page.includes(`\`${room}\``))).toEqual([])
})
