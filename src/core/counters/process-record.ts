/** One program that a process of a benchmark ran, from the call that started it to the next such call or the end of the process. */
export interface SeenProcess {
  readonly id: number
  /** The program that started this one; undefined for the first. Copies that a program makes of itself belong to it. */
  readonly parent: number | undefined
  readonly program: string
  /** Its words, the first of which is what it was called by. */
  readonly words: readonly string[]
  readonly folder: string
  readonly environment: readonly (readonly [name: string, value: string])[]
  /** Processor time of this program alone. */
  readonly seconds: number
  /** Places in the order of all events: when it began, and when its last copy ended. */
  readonly started: number
  readonly ended: number
  /** The file that it reads its input from, or a pipe, a terminal and the like. */
  readonly input: 'nothing' | 'stream' | { readonly file: string }
  /** Files of the work tree whose machine code it had mapped. */
  readonly treeCode: readonly string[]
  /** Whether its file was gone when the run was over, so that a copy of it is named. */
  readonly passing: boolean
}

/** The fields of a line, in this order, each percent-encoded; a list has commas. */
const FIELDS = 12
const MOST_PROCESSES = 4096

/** Reads what the watch wrote of every program; undefined where a line is not whole, there are too many, or nothing was seen. */
export function readProcesses(text: string): readonly SeenProcess[] | undefined {
  const lines = text.split('\n')
  // The last line ends the list: without it the watch was stopped.
  if (lines.pop() !== '' || lines.pop() !== 'end' || lines.length > MOST_PROCESSES) return undefined
  const environments = new Map<string, SeenProcess['environment']>()
  const processes: SeenProcess[] = []
  for (const line of lines) {
    const fields = line.split(' ')
    if (fields[0] === 'env') environments.set(fields[1]!, environmentOf(fields[2] ?? ''))
    else {
      const read = processOf(fields, environments)
      if (!read) return undefined
      processes.push(read)
    }
  }
  return processes.length > 0 ? processes : undefined
}

function processOf(
  fields: readonly string[],
  environments: ReadonlyMap<string, SeenProcess['environment']>,
): SeenProcess | undefined {
  if (fields.length !== FIELDS) return undefined
  const [id, parent, nanoseconds, started, ended] = fields.slice(0, 5).map(Number)
  const [program, folder, input] = fields.slice(5, 8).map(decoded)
  const environment = environments.get(fields[9]!)
  if (![id, parent, nanoseconds, started, ended].every(Number.isSafeInteger) || !environment) return undefined
  if (!program!.startsWith('/') || !folder!.startsWith('/')) return undefined
  return {
    id: id!,
    parent: parent! < 0 ? undefined : parent!,
    program: program!,
    words: listOf(fields[8]!),
    folder: folder!,
    environment,
    seconds: Math.max(0, nanoseconds! / 1e9),
    started: started!,
    ended: ended!,
    input: inputOf(input!),
    treeCode: listOf(fields[10]!),
    passing: fields[11] === '1',
  }
}

function inputOf(link: string): SeenProcess['input'] {
  if (link === '/dev/null' || link === '') return 'nothing'
  return link.startsWith('/') && !link.startsWith('/dev/') && !link.endsWith(' (deleted)')
    ? { file: link }
    : 'stream'
}

/** Names that no shell takes are left out. */
const environmentOf = (list: string): SeenProcess['environment'] =>
  listOf(list).flatMap(each => {
    const at = Math.max(0, each.indexOf('='))
    const name = each.slice(0, at)
    return /^[A-Za-z_]\w*$/.test(name) ? [[name, each.slice(at + 1)] as const] : []
  })

const listOf = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map(decoded))

/** Bytes as they were, `%2C` for a comma; what is no UTF-8 becomes a replacement character. `-` is an empty text. */
function decoded(text: string): string {
  if (text === '-') return ''
  if (!text.includes('%')) return text
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const escaped = text[at] === '%'
    bytes.push(escaped ? Number.parseInt(text.slice(at + 1, at + 3), 16) : text.charCodeAt(at))
    if (escaped) at += 2
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
