import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

/** Every limitation of the sources that is written as two texts, wherever it arises. */
function limitationsIn(folder: string): readonly (readonly [file: string, what: string, instead: string])[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  )
  const text = String.raw`('(?:[^'\\\n]|\\.)*'|"[^"\n]*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'})`
  const pair = new RegExp(String.raw`what:\s*${text},\s*instead:\s*${text}`, 'g')
  return files.flatMap(file =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(pair)].map(
      ([, what, instead]) => [file, what!.slice(1, -1), instead!.slice(1, -1)] as const,
    ),
  )
}

test('a limitation is two whole sentences, wherever it arises', () => {
  const found = limitationsIn('src')
  expect(found.length).toBeGreaterThan(30)
  for (const [file, what, instead] of found) {
    // A sentence may begin with the name of a program or of the benchmark, which keeps its case.
    expect([file, what]).toEqual([file, expect.stringMatching(/^(?:[A-Z$]|perf |valgrind ).*(?:\.|\})$/s)])
    expect([file, instead]).toEqual([file, expect.stringMatching(/^(?:[A-Z$]|perf ).*(?:\.|\})$/s)])
  }
})

test('the sentences of limitations are made in report/ only', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const made = files.filter(file =>
    /\binstead(?::\s*(?:[\w.!]+\s*\?[^:]*)?| = )\s*['"`]/.test(readFileSync(join('src', file), 'utf8')),
  )
  expect(made.filter(file => !file.startsWith('report/'))).toEqual([])
  expect(made.length).toBeGreaterThan(5)
})
