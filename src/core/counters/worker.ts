/** A program of a benchmark's command, as it can be started by itself. */
export interface StartedProgram {
  readonly program: string
  /** Its words, the first of which is what it was called by. */
  readonly words: readonly string[]
  readonly folder: string
  readonly environment: readonly (readonly [name: string, value: string])[]
  /** The file that it reads its input from; nothing when absent. */
  readonly input?: string
}

/** The process that does the work, where only the one with the most time is known. */
export interface Worker extends StartedProgram {
  /** Processor time of the process while it ran this program, and of everything else that the command started. */
  readonly seconds: number
  readonly launcherSeconds: number
}

/** What was read of a process, each part as the kernel and the shell print it. */
export interface WorkerFiles {
  readonly cmdline: string | undefined
  readonly environ: string | undefined
  readonly cwd: string | undefined
  readonly exe: string | undefined
  /** Clock ticks of the process so far, and when it began to run this program. */
  readonly time: string | undefined
  /** What the shell's `times` prints: its own time, and that of all it waited for. */
  readonly times: string | undefined
  readonly ticks: string | undefined
}

/** Reads what was found of the process with the most processor time; undefined where a part is missing or makes no sense. */
export function workerOf(files: WorkerFiles): Worker | undefined {
  const words = (files.cmdline ?? '').split('\0').slice(0, -1)
  const [program, folder] = [files.exe?.trim(), files.cwd?.trim()]
  const [, most, since] = /^(\d+) (\d+)\n/.exec(files.time ?? '') ?? []
  const ticks = Number(files.ticks?.trim())
  const whole = childSeconds(files.times ?? '')
  if (words.length === 0 || !program?.startsWith('/') || !folder?.startsWith('/')) return undefined
  if (program.endsWith(' (deleted)') || most === undefined || !(ticks > 0) || whole === undefined)
    return undefined
  const seconds = (Number(most) - Number(since)) / ticks
  const environment = (files.environ ?? '').split('\0').flatMap(each => {
    const at = each.indexOf('=')
    const name = each.slice(0, Math.max(0, at))
    return /^[A-Za-z_]\w*$/.test(name) ? [[name, each.slice(at + 1)] as const] : []
  })
  return { program, words, folder, environment, seconds, launcherSeconds: Math.max(0, whole - seconds) }
}

/** The second line of `times` (POSIX): user and system time of the children, `1m2.34s 0m0.50s`. */
function childSeconds(times: string): number | undefined {
  const line = times.split('\n')[1] ?? ''
  const parts = [...line.matchAll(/(\d+)m(\d+(?:\.\d+)?)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  )
  return parts.length === 2 ? parts[0]! + parts[1]! : undefined
}

/** Under a simulator this becomes seconds. A shell that only starts something is far below it, and so is what the worker does after it was last looked at. */
const WORTH_LEAVING_OUT_SECONDS = 0.1
/** Where the work is spread over several processes, none of them is the benchmark. */
const MOST_OF_THE_WORK = 0.5

/** Whether the process is to be simulated by itself: it does most of the work, and what starts it would cost minutes under a simulator. */
export function isWorthFollowing({ seconds, launcherSeconds }: Worker): boolean {
  return (
    launcherSeconds >= WORTH_LEAVING_OUT_SECONDS && seconds >= MOST_OF_THE_WORK * (seconds + launcherSeconds)
  )
}

/** Variables that whoever counts sets for each run. */
const SET_BY_THE_RUN: ReadonlySet<string> = new Set(['PERF_VERDICT_PADDING', 'GODEBUG', 'GOMAXPROCS'])

/** A command line that starts the process as it was started, without what stood in front of it. */
export function commandOf({ program, words, folder, environment, input }: StartedProgram): string {
  const [name = program, ...rest] = words
  const variables = environment
    .filter(([variable]) => !SET_BY_THE_RUN.has(variable))
    .map(([variable, value]) => quotedWord(`${variable}=${value}`))
  const ofRun = [...SET_BY_THE_RUN].map(variable => `${variable}="$${variable}"`)
  const start = ['bash', '-c', quotedWord('exec -a "$0" "$@"'), quotedWord(name), quotedWord(program)]
  return [
    `cd -- ${quotedWord(folder)} &&`,
    ...['exec', 'env', '-i', ...variables, ...ofRun, ...start],
    ...rest.map(quotedWord),
    ...(input === undefined ? [] : [`<${quotedWord(input)}`]),
  ].join(' ')
}

/** A command line that runs programs one after another, in the order in which they ran. */
export const commandOfAll = (programs: readonly StartedProgram[]): string =>
  programs.length === 1 ? commandOf(programs[0]!) : programs.map(each => `(${commandOf(each)})`).join(' && ')

const quotedWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
