import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

const isInstalled = (shell: string) => {
  const found = spawnSync(shell, ['--version']).error === undefined
  if (!found) process.stdout.write(`skipped: ${shell} is not installed\n`)
  return found
}

/** A folder with the script of a shell and a file to complete. */
function inFolder(shell: 'zsh' | 'fish', work: (folder: string, script: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'pv-completion-'))
  try {
    const file = join(folder, `completion.${shell}`)
    writeFileSync(file, completionText(shell, completable()))
    writeFileSync(join(folder, 'gate-config.yml'), '')
    work(folder, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('fish completes commands, options, values and files, where it is installed', () => {
  if (!isInstalled('fish')) return
  inFolder('fish', (folder, file) => {
    const asked = (line: string) => {
      const env = { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' }
      const args = ['--no-config', '-c', `source ${file}; complete -C '${line}'`]
      const { stdout, stderr } = spawnSync('fish', args, { cwd: folder, env, encoding: 'utf8' })
      expect(stderr).toBe('')
      return stdout.split('\n').flatMap(row => (row === '' ? [] : [row.split('\t')[0]]))
    }
    expect(asked('perf-verdict ga')).toEqual(['gate'])
    expect(asked('perf-verdict gate --on-un')).toEqual(['--on-undecided', '--on-unmeasured'])
    expect(asked('perf-verdict gate --on-masked ')).toEqual(['fail', 'pass', 'warn'])
    expect(asked('perf-verdict gate --config gate-')).toEqual(['gate-config.yml'])
    expect(asked('perf-verdict completion ')).toEqual([...SHELLS].sort())
  })
})

/** Types a line and a tab into a zsh of its own, and waits for what it makes of them. */
const ZSH = `zmodload zsh/zpty
zpty z zsh -f -i
seen= part=
wait_for() { local i; for i in {1..1200}; do while zpty -r -t z part; do seen+=$part; done; [[ $seen == *$1* ]] && return; sleep 0.05; done; print -r -- "no $1 in: \${(V)seen}"; exit 1 }
zpty -w z "PROMPT=; setopt nobeep; autoload -Uz compinit; compinit -u -D; source $1; print rea''dy"
wait_for ready
complete_line() { seen=; zpty -w -n z "$1"$'\\t'; wait_for "$2"; zpty -w -n z $'\\x15' }
complete_line 'perf-verdict ga' 'gate'
complete_line 'perf-verdict gate --on-und' '--on-undecided'
complete_line 'perf-verdict gate --on-masked f' 'fail'
complete_line 'perf-verdict gate --config gate-' 'gate-config.yml'
complete_line 'perf-verdict completion f' 'fish'
zpty -d z
print completed`

test('zsh completes commands, options, values and files, where it is installed', () => {
  if (!isInstalled('zsh')) return
  inFolder('zsh', (folder, file) => {
    const env = { ...process.env, HOME: folder, TERM: 'xterm' }
    const run = spawnSync('zsh', ['-f', '-c', ZSH, 'zsh', file], { cwd: folder, env, encoding: 'utf8' })
    expect([run.stdout, run.stderr]).toEqual(['completed\n', ''])
  })
})

test('a shell that is not known is named', () => {
  expect(() => completionFromTerminal(['tcsh'], completable())).toThrow(InputError)
  expect(() => completionFromTerminal([], completable())).toThrow(/bash, zsh, fish/)
})
