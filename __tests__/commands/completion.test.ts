import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { completionFromTerminal, completionText, SHELLS } from '../../src/commands/completion.ts'
import { completable } from '../../src/commands/help.ts'
import { OPTIONS } from '../../src/core/config/options.ts'
import { InputError } from '../../src/core/model/errors.ts'

const script = completionText('bash', completable())

/** What bash offers for the last of these words. */
function offered(words: readonly string[], folder = '/'): readonly string[] {
  const ask = `${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { COMPREPLY=(a-file); }
_perf_verdict; printf '%s\\n' "\${COMPREPLY[@]}"`
  const out = execFileSync('bash', ['-c', ask, 'bash', 'perf-verdict', ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  return out.split('\n').filter(line => line !== '')
}

describe('the completion of bash', () => {
  test('offers commands, then their options', () => {
    expect(offered(['co'])).toEqual(['compare', 'completion'])
    expect(offered(['gate', '--on-un'])).toEqual(['--on-undecided', '--on-unmeasured'])
    expect(offered(['doctor', '--'])).toEqual(['--json', '--help'])
    const all = offered(['gate', '--'])
    for (const { name } of OPTIONS.filter(({ surfaces }) => surfaces.includes('cli')))
      expect(all).toContain(`--${name}`)
  })

  test('offers the values that an option takes, files and shells', () => {
    expect(offered(['gate', '--on-placement', ''])).toEqual(['fail', 'warn', 'pass'])
    expect(offered(['gate', '--metric', 'cpu'])).toEqual(['cpu-time'])
    expect(offered(['gate', '--out', ''])).toEqual(['a-file'])
    expect(offered(['compare', './o'])).toEqual(['a-file'])
    expect(offered(['completion', ''])).toEqual([...SHELLS])
  })

  test('offers branches, and runs nothing that their names hold', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pv-completion-'))
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args])
    git('init', '--quiet', '--initial-branch=main')
    git('commit', '--quiet', '--allow-empty', '--message=one')
    git('branch', `evil$(touch$\{IFS}done)`)
    try {
      expect(offered(['gate', '--base', ''], folder)).toEqual([expect.stringContaining('evil'), 'main'])
      expect(spawnSync('test', ['-e', join(folder, 'done')]).status).toBe(1)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test.each(['zsh', 'fish'] as const)('%s reads its completion, where it is installed', shell => {
  const text = completionText(shell, completable())
  for (const { name } of completable().commands) expect(text).toContain(name)
  const run = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })
  if (run.error) return void process.stdout.write(`skipped: ${shell} is not installed\n`)
  expect([run.status, run.stderr]).toEqual([0, ''])
})

test('a shell that is not known is named', () => {
  expect(() => completionFromTerminal(['tcsh'], completable())).toThrow(InputError)
  expect(() => completionFromTerminal([], completable())).toThrow(/bash, zsh, fish/)
})
