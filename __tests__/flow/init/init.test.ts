import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { InputError } from '../../../src/core/model/errors.ts'
import { prepareSetup } from '../../../src/flow/init.ts'
import { setupText } from '../../../src/report/terminal/setup.ts'
import { writeNewFile } from '../../../src/shell/files/new-file.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'

let repository: TestRepository
beforeEach(() => {
  repository = makeRepository()
})
afterEach(() => repository.remove())

describe('setting up a repository', () => {
  test('looks at files that are committed and at new ones, from any folder, and names its branch', async () => {
    repository.commit('one', { 'src/a.c': '', '.gitignore': 'ignored\n' })
    for (const folder of ['.', 'ignored']) {
      mkdirSync(join(repository.folder, folder), { recursive: true })
      writeFileSync(join(repository.folder, folder, 'Makefile'), 'bench:\n\ttrue\n')
    }
    const setup = await prepareSetup(join(repository.folder, 'src'), tools)
    expect(setup).toMatchObject({ branch: 'main', suites: [{ name: 'bench', from: 'Makefile' }] })
    expect(Object.keys(setup.files)).toEqual([
      '.github/perf-verdict.yml',
      '.github/workflows/perf-verdict.yml',
    ])
    const said = setupText(setup, { '.github/perf-verdict.yml': 'there' })
    expect(said).toMatch(/already exists; it was not changed/)
    for (const { unknown } of setup.suites)
      for (const each of unknown) expect(said.replace(/\s+/g, ' ')).toContain(each)
  })

  test('writes nothing where nothing was found, and says what it looked for', async () => {
    repository.commit('one', { 'a.txt': 'x' })
    const setup = await prepareSetup(repository.folder, tools)
    expect(setup.files).toEqual({})
    expect(setupText(setup, {})).toMatch(
      /No benchmark was found in Cargo\.toml, [\s\S]* nothing was\s+written/,
    )
  })

  test('is refused outside a repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pv-init-'))
    await expect(prepareSetup(folder, tools)).rejects.toThrow(InputError)
    rmSync(folder, { recursive: true })
  })
})

describe('a new file', () => {
  test('is written with its folders, and one that is there stays as it is', () => {
    expect(writeNewFile(repository.folder, '.github/workflows/a.yml', 'one')).toBe('written')
    expect(writeNewFile(repository.folder, '.github/workflows/a.yml', 'two')).toBe('there')
    expect(readFileSync(join(repository.folder, '.github/workflows/a.yml'), 'utf8')).toBe('one')
  })

  test('is not written through a link, be it a folder or the file', () => {
    const outside = mkdtempSync(join(tmpdir(), 'pv-outside-'))
    symlinkSync(outside, join(repository.folder, '.github'))
    expect(writeNewFile(repository.folder, '.github/a.yml', 'x')).toBe('linked')
    symlinkSync(join(outside, 'b.yml'), join(repository.folder, 'b.yml'))
    expect(writeNewFile(repository.folder, 'b.yml', 'x')).toBe('there')
    expect(existsSync(join(outside, 'b.yml'))).toBe(false)
    rmSync(outside, { recursive: true })
  })
})
