import type { ToolPort } from '../ports/ports.ts'

/** Names as people read them, by the names in the symbol table; a name that cannot be demangled is not in it. */
export type ReadableNames = ReadonlyMap<string, string>

const filters = [
  { tool: 'c++filt', args: ['-i'] },
  { tool: 'llvm-cxxfilt', args: [] },
] as const

/** C++ (Itanium) and Rust (legacy, v0) names of characters that the filters leave in one line and one word. */
const mangled = /^_[ZR][\w$.]{1,4000}$/
const rustHash = /::h[0-9a-f]{16}$/

/** A name of a few hundred characters can stand for one of gigabytes, because each part may repeat all before it. */
const LONGEST_READABLE = 4000
const MOST_KIBIBYTES = 1024 * 1024
const LIMITED = `ulimit -v ${MOST_KIBIBYTES}; ulimit -t 3; exec "$@"`

/** Demangles C++ and Rust names in one process of the filter that is there; an empty map when there is none. */
export async function demangle(names: readonly string[], tools: ToolPort): Promise<ReadableNames> {
  const wanted = [...new Set(names)].filter(name => mangled.test(name))
  if (wanted.length === 0) return new Map()
  for (const { tool, args } of filters) {
    const file = await tools.find(tool)
    if (file === undefined) continue
    const { code, stdout } = await tools.run({
      file: '/bin/sh',
      args: ['-c', LIMITED, 'limited', file, ...args],
      input: `${wanted.join('\n')}\n`,
      timeoutSeconds: 20,
    })
    const lines = stdout.split('\n')
    // The filter is fed hostile names: unless it answered each with one line its answers cannot be assigned to names.
    if (code !== 0 || lines.length !== wanted.length + 1) continue
    const pairs = wanted.map((name, index) => [name, lines[index]!.replace(rustHash, '')] as const)
    return new Map(
      pairs.filter(([name, readable]) => readable !== name && readable.length <= LONGEST_READABLE),
    )
  }
  return new Map()
}
