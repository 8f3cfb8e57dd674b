/** A run of changed lines: `count` lines from line `start` (counted from 1); 0 lines stand behind `start`. */
export interface LineRange {
  readonly start: number
  readonly count: number
}

/** One hunk of a diff without context lines. */
export interface Hunk {
  readonly base: LineRange
  readonly head: LineRange
  /** The line that git shows as the enclosing function, where it shows one. */
  readonly context: string
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** One changed file; a path is absent on the side where the file does not exist. */
export interface DiffFile {
  readonly base?: string
  readonly head?: string
  readonly binary: boolean
  /** A symbolic link: its only line is where it points to. */
  readonly link?: true
  readonly hunks: readonly Hunk[]
}

/** The arguments of `git diff`, behind which the two commits follow, whose output `parseDiff` reads. */
export const DIFF_ARGUMENTS: readonly string[] = [
  'diff',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--unified=0',
  '--find-renames',
  '--src-prefix=a/',
  '--dst-prefix=b/',
]

/** Reads the output of `git diff -U0`: names may be quoted and hostile, and lines may look like headers. */
export function parseDiff(text: string): DiffFile[] {
  const lines = text.split('\n')
  const files: DiffFile[] = []
  for (let at = 0; at < lines.length; ) {
    if (!lines[at]!.startsWith('diff --git ')) {
      at++
      continue
    }
    const { file, next } = readFile(lines, at)
    files.push(file)
    at = next
  }
  return files
}

interface Paths {
  base?: string
  head?: string
}

function readFile(lines: readonly string[], start: number): { file: DiffFile; next: number } {
  const paths: Paths = bothPaths(lines[start]!.slice('diff --git '.length))
  const hunks: Hunk[] = []
  let binary = false
  let link = false
  let at = start + 1
  while (at < lines.length && !lines[at]!.startsWith('diff --git ')) {
    const line = lines[at]!
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s.exec(line)
    if (header) {
      const hunk = readHunk(lines, at, header)
      hunks.push(hunk)
      // Exactly the announced lines belong to the hunk, whatever they look like.
      at += 1 + hunk.removed.length + hunk.added.length
      continue
    }
    if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) binary = true
    if (/^(?:index [0-9a-f]+\.\.[0-9a-f]+ |(?:new|deleted) file mode )120000$/.test(line)) link = true
    readHeader(line, paths)
    at++
  }
  return { file: { ...paths, binary, ...(link ? { link } : {}), hunks }, next: at }
}

function readHeader(line: string, paths: Paths): void {
  if (line.startsWith('new file mode ')) delete paths.base
  else if (line.startsWith('deleted file mode ')) delete paths.head
  else if (line.startsWith('rename from ')) paths.base = unquote(line.slice('rename from '.length))
  else if (line.startsWith('rename to ')) paths.head = unquote(line.slice('rename to '.length))
  else if (line.startsWith('--- a/') || line.startsWith('--- "a/'))
    paths.base = unquote(line.slice(4)).slice(2)
  else if (line.startsWith('+++ b/') || line.startsWith('+++ "b/'))
    paths.head = unquote(line.slice(4)).slice(2)
}

function readHunk(lines: readonly string[], at: number, header: RegExpExecArray): Hunk {
  const range = (start: string, count: string | undefined): LineRange => ({
    start: Number(start),
    count: Number(count ?? 1),
  })
  const base = range(header[1]!, header[2])
  const head = range(header[3]!, header[4])
  const taken = (sign: string, room: number): string[] => {
    const found: string[] = []
    for (let next = at + 1; next < lines.length && found.length < room; next++) {
      const line = lines[next]!
      if (line.startsWith(sign)) found.push(line.slice(1))
      else if (!line.startsWith('-') && !line.startsWith('\\')) break
    }
    return found
  }
  return {
    base,
    head,
    context: header[5] ?? '',
    removed: taken('-', base.count),
    added: taken('+', head.count),
  }
}

/** `a/x b/x` in the header line, where neither rename nor content names the file: both halves are equal then. */
function bothPaths(text: string): Paths {
  if (text.startsWith('"')) {
    const end = endOfQuoted(text)
    return { base: unquote(text.slice(0, end)).slice(2), head: unquote(text.slice(end + 1)).slice(2) }
  }
  const half = (text.length - 1) / 2
  return Number.isInteger(half) ? { base: text.slice(2, half), head: text.slice(half + 3) } : {}
}

function endOfQuoted(text: string): number {
  let at = 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
}

/** Git's C-style quoting: octal escapes are bytes of UTF-8. A name that is not quoted may end in a tab. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\t$/, '')
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (let at = 1; at < endOfQuoted(text) - 1; at++) {
    if (text[at] !== '\\') {
      bytes.push(...encoder.encode(text[at]))
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))
    bytes.push(octal ? Number.parseInt(octal[0], 8) : (ESCAPES[text[at + 1]!] ?? 63))
    at += octal ? 3 : 1
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** Lines from `from` to `to`, counted from 1, both included. */
interface Extent {
  readonly from: number
  readonly to: number
}

/** Whether a change touches lines: a range without lines stands between two lines, and both must be among them. */
export function touches(range: LineRange, { from, to }: Extent): boolean {
  if (range.count === 0) return range.start >= from && range.start + 1 <= to
  return range.start <= to && range.start + range.count - 1 >= from
}

/**
 * The line of a function on the head side at which its change is best shown: its first changed line, else the one behind
 * which lines were taken away, else the one where it begins.
 */
export function changedLine(hunks: readonly Hunk[], extent: Extent): number {
  const range = firstRange(hunks.filter(({ head }) => touches(head, extent)))
  return Math.max(extent.from, range?.start ?? 0)
}

/** The first range of the head side that has lines, else the first. */
export function firstRange(hunks: readonly Hunk[]): LineRange | undefined {
  return (hunks.find(({ head }) => head.count > 0) ?? hunks[0])?.head
}
