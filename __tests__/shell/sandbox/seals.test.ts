import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { KnownPlace } from '../../../src/shell/sandbox/places.ts'
import { openSeals, type Seals } from '../../../src/shell/sandbox/seals.ts'

let place: KnownPlace
let seals: Seals
const at = (path: string) => join(place.tree, path)
const write = (path: string, text = path) => {
  mkdirSync(join(at(path), '..'), { recursive: true })
  writeFileSync(at(path), text)
}

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'pv-seals-'))
  const paths = { tree: join(folder, 'base'), home: join(folder, 'base.home'), scratch: join(folder, 's') }
  place = { ...paths, inside: paths, as: 'base', shows: [] }
  for (const made of [paths.tree, paths.home]) mkdirSync(made)
  write('bench.py', 'import module')
  write('lib/module.lua')
  write('data.json', '{}')
  write('results.txt', 'old')
  write('bench', '#!/bin/sh')
  chmodSync(at('bench'), 0o755)
  symlinkSync('bench', at('led'))
  mkdirSync(join(place.home, 'bin'))
  writeFileSync(join(place.home, 'bin', 'tool.sh'), 'exit 0')
  seals = openSeals()
})
afterEach(() => rmSync(join(place.tree, '..'), { recursive: true, force: true }))

const relink = (link: string, target: string) => {
  unlinkSync(at(link))
  symlinkSync(target, at(link))
}

const faultOf = () =>
  seals.check(place).then(
    () => undefined,
    error => (error as Error).message,
  )

test.each([
  ['a script', () => appendFileSync(at('bench.py'), '#')],
  ['a module of it', () => appendFileSync(at('lib/module.lua'), '--')],
  ['its data', () => appendFileSync(at('data.json'), ' ')],
  ['a program', () => appendFileSync(at('bench'), 'exit 1')],
  ['a script in the home', () => appendFileSync(join(place.home, 'bin', 'tool.sh'), '#')],
  [
    'a script whose times are put back',
    () => {
      writeFileSync(at('bench.py'), 'import mOdule')
      utimesSync(at('bench.py'), 0, 0)
    },
  ],
  ['a script that is no more', () => unlinkSync(at('bench.py'))],
  [
    'a script in whose place there is a link',
    () => {
      renameSync(at('bench.py'), at('moved.py'))
      symlinkSync('moved.py', at('bench.py'))
    },
  ],
  ['a link that leads elsewhere', () => relink('led', 'bench.py')],
  [
    'a link in whose place there is a file',
    () => {
      unlinkSync(at('led'))
      writeFileSync(at('led'), '#!/bin/sh')
    },
  ],
  [
    'a folder in whose place there is a link to another',
    () => {
      mkdirSync(at('other'))
      writeFileSync(at('other/module.lua'), 'forged')
      renameSync(at('lib'), at('moved'))
      symlinkSync('other', at('lib'))
    },
  ],
])('%s that changed before the first run is named', async (_, change) => {
  await seals.seal(place)
  change()
  expect(await faultOf()).toMatch(
    /^(bench\.py|lib\/module\.lua|data\.json|bench|led|~\/bin\/tool\.sh) of base is no longer/,
  )
})

test('what the first run read is held to what it was, what it wrote is its state', async () => {
  await seals.seal(place)
  expect(await faultOf()).toBeUndefined()
  writeFileSync(at('results.txt'), 'new')
  writeFileSync(at('made.txt'), 'made')
  await seals.seal(place, ['bench.py', 'data.json', 'results.txt', 'made.txt'])
  writeFileSync(at('results.txt'), 'newer')
  writeFileSync(at('made.txt'), 'made again')
  expect(await faultOf()).toBeUndefined()
  writeFileSync(at('data.json'), readFileSync(at('data.json')))
  expect(await faultOf()).toBeUndefined()
  appendFileSync(at('data.json'), 'x')
  expect(await faultOf()).toMatch(/^data\.json of base is no longer what was built/)
})

test('data that a run rewrites itself is told and is its state from then on; a program stays a fault that says so', async () => {
  await seals.seal(place)
  await seals.seal(place, ['data.json', 'results.txt', 'bench.py'])
  expect(await seals.ran(place)).toEqual([])
  await seals.check(place)
  write('data.json', 'rewritten')
  unlinkSync(at('results.txt'))
  expect(await seals.ran(place)).toEqual(['data.json', 'results.txt'])
  expect(await seals.ran(place)).toEqual([])
  write('data.json', 'again')
  expect(await faultOf()).toBeUndefined()
  appendFileSync(at('bench.py'), '#')
  expect(await seals.ran(place)).toEqual([])
  expect(await faultOf()).toMatch(/^bench\.py of base was rewritten by the benchmark that uses it/)
})

test('a link is held to where it led if what a run used is behind it; one that a run points elsewhere itself is its state', async () => {
  symlinkSync('lib', at('led-folder'))
  symlinkSync('results.txt', at('latest'))
  symlinkSync('data.json', at('unused'))
  await seals.seal(place)
  await seals.check(place)
  await seals.seal(place, ['bench', 'lib/module.lua', 'results.txt'])
  relink('unused', 'bench')
  expect(await faultOf()).toBeUndefined()
  relink('latest', 'data.json')
  expect(await seals.ran(place)).toEqual(['latest'])
  relink('latest', 'bench')
  expect(await faultOf()).toBeUndefined()
  relink('led-folder', 'nowhere')
  expect(await faultOf()).toMatch(/^led-folder of base is no longer/)
  relink('led-folder', 'lib')
  expect(await faultOf()).toBeUndefined()
  relink('led', 'bench.py')
  expect(await faultOf()).toMatch(/^led of base is no longer/)
})

test('data that changed before its own first run is a fault, whoever runs next', async () => {
  await seals.seal(place)
  await seals.seal(place, ['data.json'])
  write('data.json', 'forged')
  expect(await seals.ran(place)).toEqual([])
  expect(await faultOf()).toMatch(/^data\.json of base is no longer/)
})

test('code that the first run built is what runs from then on', async () => {
  await seals.seal(place)
  await seals.check(place)
  write('late.js', 'first')
  await seals.seal(place, ['late.js'])
  expect(await faultOf()).toBeUndefined()
  write('late.js', 'second')
  expect(await faultOf()).toMatch(/^late\.js/)
})

test('scripts that no run is known to use are looked at in turn', async () => {
  for (let index = 0; index < 900; index++) write(`many/${index}.py`)
  await seals.seal(place)
  await seals.check(place)
  await seals.seal(place, ['bench'])
  write('many/500.py', 'other')
  const faults: (string | undefined)[] = []
  for (let run = 0; run < 5; run++) faults.push(await faultOf())
  expect(faults.filter(fault => fault?.startsWith('many/500.py'))).not.toEqual([])
})

test('byte code that an interpreter writes anew is no fault, and what is forgotten is nobody’s', async () => {
  write('__pycache__/bench.cpython-311.pyc', 'old')
  await seals.seal(place)
  await seals.check(place)
  write('__pycache__/bench.cpython-311.pyc', 'new')
  await seals.seal(place, ['__pycache__/bench.cpython-311.pyc'])
  write('__pycache__/bench.cpython-311.pyc', 'newer')
  expect(await faultOf()).toBeUndefined()
  appendFileSync(at('bench'), '#')
  seals.forget(place)
  expect(await faultOf()).toBeUndefined()
})

test('a look at files whose times were set leaves them as they were: what is read since then, a run has read', async () => {
  await seals.seal(place)
  const files = ['bench', 'bench.py', 'data.json']
  for (const file of files) utimesSync(at(file), 0, 1)
  expect(await faultOf()).toBeUndefined()
  expect(files.map(file => statSync(at(file)).atimeMs)).toEqual([0, 0, 0])
})
