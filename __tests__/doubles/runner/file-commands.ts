import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files by which one step talks to the runner (FileCommandManager.cs). */
export interface FileCommands {
  /** GITHUB_ENV and so on. */
  readonly env: Readonly<Record<string, string>>
  read(): FileResults
}

export interface FileResults {
  readonly variables: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  /** What the runner could not read; each of them fails the step. */
  readonly faults: readonly string[]
}

const FILES = {
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
} as const

const LARGEST_SUMMARY_BYTES = 1024 * 1024

/** Makes fresh files for one step. */
export function openFileCommands(temp: string): FileCommands {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const id = randomUUID()
  const env = Object.fromEntries(
    Object.entries(FILES).map(([name, prefix]) => [name, join(folder, prefix + id)]),
  )
  for (const path of Object.values(env)) writeFileSync(path, '')
  return { env, read: () => readAll(env) }
}

function readAll(env: Readonly<Record<string, string>>): FileResults {
  const faults: string[] = []
  const pairs = (name: keyof typeof FILES): Record<string, string> => {
    try {
      return parseKeyValues(readFileSync(env[name]!, 'utf8'))
    } catch (error) {
      faults.push(`Unable to process file command '${name}' successfully. ${(error as Error).message}`)
      return {}
    }
  }
  const variables = pairs('GITHUB_ENV')
  if (Object.keys(variables).some(name => name.toUpperCase() === 'NODE_OPTIONS')) {
    faults.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  }
  const { size } = statSync(env.GITHUB_STEP_SUMMARY!)
  if (size > LARGEST_SUMMARY_BYTES) {
    faults.push(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size >> 10}k.`,
    )
  }
  return {
    variables,
    path: readFileSync(env.GITHUB_PATH!, 'utf8').split(/\r?\n/).filter(Boolean),
    outputs: pairs('GITHUB_OUTPUT'),
    state: pairs('GITHUB_STATE'),
    summary: size > LARGEST_SUMMARY_BYTES ? '' : readFileSync(env.GITHUB_STEP_SUMMARY!, 'utf8'),
    faults,
  }
}

/** `name=value` and `name<<delimiter` records; throws on anything else, as the runner does. */
export function parseKeyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line === '') continue
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
      values[line.slice(0, equals)] = line.slice(equals + 1)
      continue
    }
    if (heredoc < 0) throw new Error(`Invalid format '${line}'`)
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)]
    if (name === '' || delimiter === '') {
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
    }
    const end = lines.indexOf(delimiter, at + 1)
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    values[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return values
}
