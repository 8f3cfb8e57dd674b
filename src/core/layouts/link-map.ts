/** One input section as it ended up in the output. */
export interface PlacedSection {
  /** Name of the output section, for example `.text`. */
  readonly output: string
  readonly name: string
  /** The object, or `archive(member)`, as the linker names it. */
  readonly file: string
  readonly bytes: number
}

const OUTPUT = /^(\.[^\s]+)/
const INPUT = /^ (\.[^\s]+)(?:\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*))?$/
const CONTINUED = /^\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S.*)$/

/** Reads the input sections out of a map of GNU ld or gold (`-Map`), in the order of the layout; empty ones are left out. */
export function readLinkMap(text: string): readonly PlacedSection[] {
  const placed: PlacedSection[] = []
  let output = ''
  let name: string | undefined
  for (const line of layoutLines(text)) {
    const input = INPUT.exec(line)
    const found: RegExpExecArray | null = input?.[2] === undefined && name ? CONTINUED.exec(line) : null
    const [bytes, file] = input ? [input[2], input[3]] : [found?.[1], found?.[2]]
    const owner = input?.[1] ?? name
    if (owner && bytes && file && Number.parseInt(bytes, 16) > 0)
      placed.push({ output, name: owner, file, bytes: Number.parseInt(bytes, 16) })
    name = input && input[2] === undefined ? input[1] : undefined
    output = OUTPUT.exec(line)?.[1] ?? output
  }
  return placed
}

/** The lines of the layout itself: what was discarded is listed before it. */
function layoutLines(text: string): readonly string[] {
  const lines = text.split('\n')
  const start = lines.findIndex(line => /^(Linker script and memory map|Memory map)\s*$/.test(line))
  return lines.slice(start + 1)
}
