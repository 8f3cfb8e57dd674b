/** One workflow command as the runner reads it out of a line. */
export interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** The commands that the runner knows; a stop token joins them while it holds (ActionCommandManager.cs). */
export const KNOWN_COMMANDS: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]

/** Reads `::name key=value,key=value::data` at the start of a line, after blanks (ActionCommand.cs, TryParseV2). */
export function parseCommand(line: string, known: ReadonlySet<string>): Command | undefined {
  const message = line.trimStart()
  if (!message.startsWith('::')) return undefined
  const end = message.indexOf('::', 2)
  if (end < 0) return undefined
  return build(message.slice(2, end), known, {
    separator: ',',
    data: unescapeData(message.slice(end + 2)),
    unescape: unescapeProperty,
  })
}

/** Reads `##[name key=value;key=value]data` anywhere in a line (ActionCommand.cs, TryParse). */
export function parseOldCommand(line: string, known: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  return build(line.slice(start + 3, end), known, {
    separator: ';',
    data: unescapeOld(line.slice(end + 1)),
    unescape: unescapeOld,
  })
}

interface Grammar {
  readonly separator: string
  readonly data: string
  readonly unescape: (text: string) => string
}

function build(info: string, known: ReadonlySet<string>, grammar: Grammar): Command | undefined {
  const space = info.indexOf(' ')
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase()
  if (!known.has(name)) return undefined
  const pairs =
    space > 0
      ? info
          .slice(space + 1)
          .trim()
          .split(grammar.separator)
      : []
  const properties = pairs.flatMap(pair => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [[pair.slice(0, at), grammar.unescape(pair.slice(at + 1))] as const]
  })
  return { name, properties: Object.fromEntries(properties), data: grammar.data }
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

function unescapeOld(text: string): string {
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%25', '%')
}
