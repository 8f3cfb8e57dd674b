import { type Command, KNOWN_COMMANDS, parseCommand, parseOldCommand } from './command.ts'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: string
}

/** What the runner made of the lines of one step. */
export interface StepLog {
  /** Takes one line of standard output or error. */
  line(text: string): void
  /** Every command that was carried out, in order. */
  readonly commands: readonly Command[]
  readonly annotations: readonly Annotation[]
  /** Lines as the reader sees them, secrets masked. */
  readonly shown: readonly string[]
  /** Set by commands on standard output, which are deprecated and still work. */
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
}

/** The runner keeps ten annotations of a level for a step (ExecutionContext.cs). */
const MOST_ANNOTATIONS = 10
const LONGEST_MESSAGE = 4096

/** Reads a step's output as actions/runner does (ActionCommandManager.cs); masks are shared by all steps of a job. */
export function openStepLog(masks: Set<string>, debug = false): StepLog {
  const known = new Set(KNOWN_COMMANDS)
  const commands: Command[] = []
  const annotations: Annotation[] = []
  const shown: string[] = []
  const outputs = new Map<string, string>()
  const state = new Map<string, string>()
  let stopToken: string | undefined

  const show = (text: string) => shown.push(masked(text, masks))
  const annotate = (level: Annotation['level'], message: string, properties: Command['properties'] = {}) => {
    if (annotations.filter(one => one.level === level).length < MOST_ANNOTATIONS) {
      const { title, file, line } = properties
      annotations.push({
        level,
        message: masked(message, masks).slice(0, LONGEST_MESSAGE),
        ...(title === undefined ? {} : { title }),
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
      })
    }
    show(`##[${level}]${message}`)
  }

  /** True when the line was a command and is not printed as it stands. */
  const process = (text: string): boolean => {
    const command = parseCommand(text, known) ?? parseOldCommand(text, known)
    if (!command) return false
    if (stopToken !== undefined) {
      if (command.name !== stopToken) return false
      known.delete(stopToken)
      stopToken = undefined
      show(text)
      return true
    }
    if (command.name === 'stop-commands') {
      const token = command.data.toLowerCase()
      if (token === '' || token === 'pause-logging' || known.has(token)) {
        annotate('error', `Invalid stop token ${command.data}`)
        return true
      }
      stopToken = token
      known.add(token)
      if (token.length > 6) masks.add(command.data)
    }
    commands.push(command)
    carryOut(command, text)
    return true
  }

  const carryOut = ({ name, data, properties }: Command, text: string): void => {
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        annotate(name, data, properties)
        break
      case 'add-mask':
        if (data.trim() === '')
          annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
        for (const secret of [data, ...data.split(/\r?\n/)]) if (secret.trim() !== '') masks.add(secret)
        break
      case 'set-output':
        outputs.set(String(properties.name), data)
        annotate('warning', 'The `set-output` command is deprecated and will be disabled soon.')
        break
      case 'save-state':
        state.set(String(properties.name), data)
        annotate('warning', 'The `save-state` command is deprecated and will be disabled soon.')
        break
      case 'set-env':
      case 'add-path':
        annotate('error', `The \`${name}\` command is disabled.`)
        break
      case 'debug':
        if (debug) show(`##[debug]${data}`)
        break
      case 'group':
      case 'endgroup':
        show(`##[${name}]${data}`)
        break
      default:
        show(text)
    }
  }

  return {
    line: text => {
      const maybe = text.includes('##[') || text.includes('::')
      if (!(maybe && process(text))) show(text)
    },
    commands,
    annotations,
    shown,
    outputs,
    state,
  }
}

/** Every secret as three stars. */
export function masked(text: string, masks: ReadonlySet<string>): string {
  let shown = text
  for (const secret of masks) shown = shown.replaceAll(secret, '***')
  return shown
}
