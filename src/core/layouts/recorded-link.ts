/** How a link was called; all of it was written by code of the pull request and is used as arguments only. */
export interface RecordedLink {
  /** Names the output; the wrapper looks its plan up by it. */
  readonly key: string
  readonly linker: string
  readonly folder: string
  readonly output: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The files of one record as text, lists with a zero byte after each entry. */
export interface LinkNote {
  readonly call: string
  readonly arguments: string
  readonly environment: string
  /** Inputs that were temporary; copies of them are below `saved`. */
  readonly temporary: string
  readonly saved: string
  /** The text of each saved response file by the argument's own name. */
  readonly responses: ReadonlyMap<string, string>
}

/** Reads a record; undefined when it is not whole. */
export function readLinkNote(note: LinkNote): RecordedLink | undefined {
  const [key, linker, folder, output] = entries(note.call)
  if (!key || !linker?.startsWith('/') || !folder?.startsWith('/') || !output) return undefined
  if (!/^\d+-\d+$/.test(key)) return undefined
  const copies = new Map(entries(note.temporary).map(name => [name, copyOf(note.saved, name)]))
  const args = entries(note.arguments).flatMap(arg => {
    const response = arg.startsWith('@') ? note.responses.get(arg.slice(1)) : undefined
    return response === undefined ? [arg] : splitResponse(response)
  })
  const pairs = entries(note.environment).flatMap(entry => {
    const at = entry.indexOf('=')
    return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)] as const] : []
  })
  return {
    key,
    linker,
    folder,
    output,
    args: args.map(arg => copies.get(arg) ?? arg),
    env: Object.fromEntries(pairs),
  }
}

/** The names of the response files that a record speaks of. */
export function responseFiles(argumentList: string): readonly string[] {
  return entries(argumentList).flatMap(arg => (arg.startsWith('@') ? [arg.slice(1)] : []))
}

/** Where the wrapper's `cp --parents` put a file. */
function copyOf(saved: string, name: string): string {
  return `${saved}/${name.replace(/^\/+/, '')}`
}

const entries = (list: string): readonly string[] => list.split('\0').slice(0, -1)

/** Splits a response file as GNU tools do: blanks part, quotes and backslashes keep together. */
export function splitResponse(text: string): readonly string[] {
  const found: string[] = []
  for (const match of text.matchAll(
    /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^\s"'\\])+/g,
  )) {
    found.push(match[0].replace(/\\([\s\S])|["']/g, (_, escaped: string | undefined) => escaped ?? ''))
  }
  return found
}
