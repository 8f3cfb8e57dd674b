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

test('the version is the one of package.json', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})
