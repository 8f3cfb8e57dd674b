// Shares the machine: nothing here depends on the clock.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makeRepository } from '../doubles/repository.ts'

/** From a repository without any of our files to the rows of its gate, by what a user types. */
const CLI = resolve('dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'pv-init-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const has = (file: string, ...args: string[]) => spawnSync(file, args).status === 0
const run = (...args: string[]) =>
  spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 100_000 })

describe('init, then list', () => {
  test.each([
    { example: 'go', there: has('go', 'version'), rows: ['go: BenchmarkCount', 'go: BenchmarkJoin'] },
    {
      example: 'cmake-google-benchmark',
      there: has('cmake', '--version') && existsSync('/usr/include/benchmark/benchmark.h'),
      rows: ['checksum_bench: adler/1024'],
    },
  ])('shows the rows of examples/$example', ({ example, there, rows }) => {
    if (!there) return console.log(`What examples/${example} needs is not installed; skipped.`)
    const repository = makeRepository()
    cpSync(join('examples', example), repository.folder, { recursive: true })
    rmSync(join(repository.folder, '.github'), { recursive: true, force: true })
    repository.commit('one', {})
    const made = run('init', '--repo', repository.folder)
    expect(made.stdout).toMatch(
      /\.github\/perf-verdict\.yml written\.\n\.github\/workflows\/perf-verdict\.yml written\./,
    )
    expect(made.status).toBe(0)
    execFileSync('git', ['-C', repository.folder, 'add', '.github'])
    const listed = run('list', '--repo', repository.folder, '--head', 'worktree', '--json')
    if (listed.status !== 0)
      throw new Error(`exit ${listed.status}, signal ${listed.signal}\n${listed.stdout}\n${listed.stderr}`)
    expect(listed.stderr).not.toMatch(/warning/)
    const listing = JSON.parse(listed.stdout)
    const names = listing.rows.map(({ name }: { readonly name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(rows))
    repository.remove()
  })
})
