import { ASKED_METRICS } from '../core/config/metric-settings.ts'
import { OPTIONS } from '../core/config/options.ts'
import { InputError } from '../core/model/errors.ts'
import { HARNESS_NAMES } from '../core/model/harness-name.ts'
import { POLICY_NAMES } from '../core/model/policies.ts'

/** The shells that a completion is made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type ShellName = (typeof SHELLS)[number]

/** What can be completed: each command with its options, and which of them take no value. */
export interface Completable {
  readonly commands: readonly {
    readonly name: string
    readonly says: string
    readonly options: readonly string[]
  }[]
  readonly flags: ReadonlySet<string>
}

/** Options whose values are few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(POLICY_NAMES.map(name => [name, ['fail', 'warn', 'pass']])),
  metric: ASKED_METRICS,
  harness: ['auto', ...HARNESS_NAMES],
  better: ['lower', 'higher'],
  counters: ['auto', 'perf', 'simulated', 'off'],
  layouts: ['auto', 'off'],
  tune: ['auto', 'off', 'required'],
  isolation: ['auto', 'required', 'off'],
  network: ['builds', 'none', 'all'],
  against: ['previous', 'release'],
}
/** Options whose value is a commit of the repository. */
const COMMITS = ['base', 'head']
/** Options whose value is a file or a folder. */
const PATHS = ['repo', 'working-directory', 'config', 'out', 'reports', 'history', 'bring', 'share']

/** `perf-verdict completion SHELL`: prints its script. Returns the exit code. */
export function completionFromTerminal(words: readonly string[], completable: Completable): number {
  const shell = SHELLS.find(name => name === words[0])
  if (!shell || words.length > 1)
    throw new InputError([
      `completion takes one shell: ${SHELLS.join(', ')}; write perf-verdict completion bash.`,
    ])
  process.stdout.write(completionText(shell, completable))
  return 0
}

/** The script that a shell reads for completing the command line. All in it comes from our own tables. */
export function completionText(shell: ShellName, completable: Completable): string {
  return { bash, zsh, fish }[shell](completable)
}

const takesOptions = ({ options }: Completable['commands'][number]) => options.length > 0

const dashed = (names: readonly string[]) => names.map(name => `--${name}`)

function bash({ commands }: Completable): string {
  const values = Object.entries(CHOICES).map(
    ([name, words]) => `    --${name}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur")); return ;;`,
  )
  const options = commands
    .filter(takesOptions)
    .map(({ name, options: own }) => `    ${name}) words='${dashed(own).join(' ')}' ;;`)
  return `# bash completion of perf-verdict; put this into ~/.bashrc: eval "$(perf-verdict completion bash)"
_perf_verdict() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words='' ref
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$cur"))
    return
  fi
  case $prev in
${values.join('\n')}
    ${dashed(COMMITS).join('|')})
      # Not by compgen -W, which would run what the name of a branch holds.
      while IFS= read -r ref; do
        case $ref in "$cur"*) COMPREPLY+=("$(printf '%q' "$ref")") ;; esac
      done < <(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)
      return ;;
    ${dashed(PATHS).join('|')})
      compopt -o default
      return ;;
  esac
  case \${COMP_WORDS[1]} in
${options.join('\n')}
    completion) words='${SHELLS.join(' ')}' ;;
  esac
  if [ "\${COMP_WORDS[1]}" = compare ] && [ "\${cur#-}" = "$cur" ]; then compopt -o default; return; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _perf_verdict perf-verdict
`
}

function zsh({ commands, flags }: Completable): string {
  const action = (name: string) => {
    if (flags.has(name)) return ''
    const choices = CHOICES[name]
    if (choices) return `:${name}:(${choices.join(' ')})`
    if (COMMITS.includes(name)) return `:${name}:_perf_verdict_refs`
    return PATHS.includes(name) ? `:${name}:_files` : `:${name}: `
  }
  const cases = commands.filter(takesOptions).map(({ name, options }) => {
    const rows = options.map(option => `      '*--${option}[${zshSays(option)}]${action(option)}'`)
    return `    ${name}) _arguments \\\n${[...rows, "      '*::file:_files'"].join(' \\\n')} ;;`
  })
  return `#compdef perf-verdict
# zsh completion of perf-verdict; put this into ~/.zshrc after compinit: eval "$(perf-verdict completion zsh)"
_perf_verdict_refs() {
  local -a refs
  refs=(\${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)"})
  compadd -a refs
}
_perf_verdict() {
  if (( CURRENT == 2 )); then
    local -a commands=(${commands.map(({ name, says }) => `'${name}:${quotable(says)}'`).join(' ')})
    _describe command commands
    return
  fi
  local command=$words[2]
  words=(perf-verdict \${words[3,-1]}); (( CURRENT -= 1 ))
  case $command in
${cases.join('\n')}
    completion) compadd ${SHELLS.join(' ')} ;;
  esac
}
compdef _perf_verdict perf-verdict
`
}

function fish({ commands, flags }: Completable): string {
  const lines = commands.flatMap(({ name, says, options }) => [
    `complete -c perf-verdict -n __fish_use_subcommand -f -a ${name} -d '${quotable(says)}'`,
    ...options.map(option => {
      const seen = `complete -c perf-verdict -n '__fish_seen_subcommand_from ${name}' -l ${option}`
      const choices = CHOICES[option]
      const value = flags.has(option)
        ? ''
        : choices
          ? ` -x -a '${choices.join(' ')}'`
          : COMMITS.includes(option)
            ? ` -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'`
            : ' -r'
      return `${seen}${value} -d '${quotable(saysOf(option))}'`
    }),
  ])
  return `# fish completion of perf-verdict; put this into ~/.config/fish/completions/perf-verdict.fish
${lines.join('\n')}
complete -c perf-verdict -n '__fish_seen_subcommand_from completion' -f -a '${SHELLS.join(' ')}'
`
}

const saysOf = (name: string) => OPTIONS.find(option => option.name === name)?.says ?? ''
const quotable = (text: string) => text.replaceAll("'", '’')
/** Brackets and colons have a meaning in a specification of _arguments. */
const zshSays = (name: string) => quotable(saysOf(name)).replaceAll(/[[\]:]/g, ' ')
