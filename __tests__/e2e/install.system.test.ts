// Shares the machine: nothing here depends on the clock.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const MIB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-install-'))
const bin = join(folder, 'prefix', 'bin')
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, npm_config_update_notifier: 'false' }

beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { env })
  const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'))!
  // Nothing may be fetched: all that runs is inside.
  const install = [
    'install',
    '--global',
    '--offline',
    '--silent',
    '--prefix',
    join(folder, 'prefix'),
    join(folder, tarball),
  ]
  execFileSync('npm', install, { env })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the npm package', () => {
  test('weighs at most 5 MiB packed and runs no script when it is installed', () => {
    const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'))!
    expect(statSync(join(folder, tarball)).size).toBeLessThan(5 * MIB)
    const { scripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      string,
      object
    >
    expect(dependencies).toBeUndefined()
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(scripts).not.toHaveProperty(hook)
  })

  test('puts a command on PATH that tells its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(execFileSync('perf-verdict', ['version'], { env, encoding: 'utf8' })).toBe(`${version}\n`)
  })

  test('gates a repository with nothing of ours in it', () => {
    const repo = join(folder, 'project')
    mkdirSync(repo)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
        cwd: repo,
        stdio: 'pipe',
      })
    git('init', '--quiet', '--initial-branch=main')
    writeFileSync(join(repo, 'Makefile'), 'bench: bench.c\n\tcc -O1 -o $@ $<\n')
    writeFileSync(
      join(repo, 'bench.c'),
      'int main(void) { for (volatile int i = 0; i < 1000000; i++); return 0; }\n',
    )
    git('add', '.')
    git('commit', '--quiet', '--message=first')
    writeFileSync(join(repo, 'README'), 'words\n')
    git('add', '.')
    git('commit', '--quiet', '--message=second')
    const args = [
      'gate',
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
      '--build',
      'make bench',
      '--bench',
      'loop=./bench',
      '--out',
      join(folder, 'out'),
    ]
    const gate = spawnSync('perf-verdict', args, { cwd: repo, env, encoding: 'utf8' })
    if (gate.status !== 0) throw new Error(`exit ${gate.status}\n${gate.stdout}\n${gate.stderr}`)
    expect(JSON.parse(readFileSync(join(folder, 'out', 'report.json'), 'utf8'))).toMatchObject({
      verdict: 'pass',
    })
  })
})
