import type { OrderEntry, SectionOrder } from './order.ts'

/** Takes the linker script out of what `ld --verbose` prints; undefined when there is none. */
export function scriptIn(verbose: string): string | undefined {
  return /^=+\n([\s\S]*?)^=+$/m.exec(verbose)?.[1]
}

/**
 * Puts the order in front of what the script's output sections hold, so that the wildcards behind it take only the rest;
 * undefined when the script has no `.text` to put it in.
 */
export function orderInScript(script: string, order: SectionOrder): string | undefined {
  let text = script
  for (const [output, entries] of order) {
    const name = output.replaceAll('.', '\\.')
    const opening = new RegExp(`(?:^|\\n)[ \\t]*${name}[ \\t]*:[^{};]*\\{`).exec(text)
    if (!opening && output === '.text') return undefined
    if (!opening) continue
    const at = opening.index + opening[0].length
    text = `${text.slice(0, at)}\n${entries.map(pattern).join('\n')}\n${text.slice(at)}`
  }
  return text
}

function pattern({ name, file }: OrderEntry): string {
  if (file === undefined) return `    *(${name})`
  const member = /^(.*)\((.*)\)$/.exec(file)
  return `    "${member ? `${member[1]}:${member[2]}` : file}"(${name})`
}

/** The same order for gold's `--section-ordering-file`, which knows names only. */
export function orderingFile(order: SectionOrder): string {
  const names = [...order.values()].flat().flatMap(({ name, file }) => (file === undefined ? [name] : []))
  return `${names.join('\n')}\n`
}
