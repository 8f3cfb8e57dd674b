// Shares the machine: nothing here depends on the clock.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

/** Files that break a wall between the rooms, each with what it imports. */
const WALLS: readonly (readonly [file: string, imports: string])[] = [
  ['src/core/a.ts', 'node:path'],
  ['src/core/model/b.ts', '../../report/words/title.ts'],
  ['src/core/model/c.ts', '../../shell/tools/tools.ts'],
  ['src/core/d.ts', '../flow/explain.ts'],
  ['src/core/e.ts', '../gate.ts'],
  ['src/report/a.ts', 'node:fs'],
  ['src/report/words/b.ts', '../../flow/explain.ts'],
  ['src/report/c.ts', '../shell/tools/tools.ts'],
  ['src/report/d.ts', '../merge.ts'],
  ['src/shell/a.ts', '../report/words/title.ts'],
  ['src/shell/git/b.ts', '../../flow/explain.ts'],
  ['src/shell/git/c.ts', '../../gate.ts'],
  ['src/shell/git/d.ts', '../../host.ts'],
  ['src/flow/a.ts', '../gate.ts'],
  ['src/flow/measure/b.ts', '../../bisect/course.ts'],
  ['src/flow/measure/c.ts', '../../commands/answer.ts'],
  ['src/flow/publish/d.ts', '../../publish.ts'],
  ['src/flow/host/e.ts', '../../host.ts'],
  ['src/gate.ts', './commands/answer.ts'],
  ['src/bisect/a.ts', '../cli.ts'],
  ['src/commands/a.ts', '../main.ts'],
]

/** Files within their walls. */
const FINE: readonly (readonly [file: string, imports: string])[] = [
  ['src/cli.ts', './commands/answer.ts'],
  ['src/commands/fine.ts', '../gate.ts'],
  ['src/bisect/fine.ts', '../gate.ts'],
  ['src/flow/publish/fine.ts', './publish.ts'],
  ['src/flow/fine.ts', '../report/words/title.ts'],
  ['src/flow/host/fine.ts', '../../shell/host/ports.ts'],
  ['src/report/fine.ts', '../core/model/report.ts'],
  ['src/shell/fine.ts', 'node:fs'],
]

let folder: string
let found: readonly { readonly category: string; readonly path: string }[]

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pv-lint-')))
  copyFileSync('biome.json', join(folder, 'biome.json'))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [file, imports] of [...WALLS, ...FINE])
    write(file, `import type { A } from '${imports}'\nexport type B = A\n`)
  write('src/core/one.ts', "import type { Two } from './two.ts'\nexport type One = Two[]\n")
  write('src/core/two.ts', "import type { One } from './one.ts'\nexport type Two = One[]\n")
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.']
  const json = await new Promise<string>(done => {
    execFile(resolve('node_modules/.bin/biome'), args, { cwd: folder }, (_, stdout) => done(stdout))
  })
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[]
  }
  found = diagnostics.map(({ category, location }) => ({ category, path: location.path }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rulesBrokenBy = (file: string) =>
  found.filter(({ path }) => path.endsWith(file)).map(({ category }) => category.split('/').at(-1))

describe('lint', () => {
  test.each(WALLS)('refuses %s with an import of %s, types too', file => {
    expect(rulesBrokenBy(file)).toContain('noRestrictedImports')
  })

  test.each(FINE)('lets %s import %s', file => {
    expect(rulesBrokenBy(file)).not.toContain('noRestrictedImports')
  })

  test('refuses a circle of types', () => {
    expect(rulesBrokenBy('src/core/one.ts')).toContain('noImportCycles')
    expect(rulesBrokenBy('src/core/two.ts')).toContain('noImportCycles')
  })
})
