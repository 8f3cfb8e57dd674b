import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const lint = (...files: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/lint-workflows.mjs', ...files], { encoding: 'utf8' })

const SAMPLE = (input: string) => `name: Sample
on: pull_request
jobs:
  gate:
    runs-on: self-hosted
    steps:
      - uses: perf-verdict/perf-verdict@v0.1.0
        with: { ${input}: 5% }
`

describe("GitHub's own language service", () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pv-lint-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('finds no fault in action.yml, the workflows, and those of the README', () => {
    const { status, stdout } = lint()
    expect(stdout).toMatch(/^15 files checked, 0 faults$/m)
    expect(status).toBe(0)
  })

  test('knows our inputs', () => {
    const file = (name: string, input: string) => {
      writeFileSync(join(folder, name), SAMPLE(input))
      return join(folder, name)
    }
    expect(lint(file('good.yml', 'threshold')).status).toBe(0)
    const bad = lint(file('bad.yml', 'thresold'))
    expect(bad.status).toBe(1)
    expect(bad.stdout).toContain('thresold')
  })
})

describe('every workflow', () => {
  const workflows = readdirSync('.github/workflows').map(
    file => [file, readFileSync(`.github/workflows/${file}`, 'utf8')] as const,
  )
  const pages = readdirSync('docs').filter(file => file.endsWith('.md'))
  const texts = ['README.md', ...pages.map(file => `docs/${file}`)]
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
  const readme = [...texts.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    (found, index) => [`documented ${index + 1}`, found[1]!] as const,
  )

  test.each(workflows)('%s starts without permissions and has a time limit', (_, text) => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text).toMatch(/timeout-minutes: \d+/)
  })

  test.each([...workflows, ...readme])(
    '%s pins the actions of others by commit, and keeps no credentials',
    (_, text) => {
      const used = [...text.matchAll(/uses: (?!\.\/|perf-verdict\/)(\S+)/g)].map(found => found[1]!)
      expect(used.filter(name => !/@[0-9a-f]{40}$/.test(name))).toEqual([])
      expect(text.split('actions/checkout@').length).toBe(text.split('persist-credentials: false').length)
    },
  )
})
