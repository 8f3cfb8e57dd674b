/** Reads what `sha256sum --zero` prints: a sum for each file that could be read. */
export function readSums(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\0').flatMap(entry => {
    const found = /^([0-9a-f]{64}) [ *]([\s\S]+)$/.exec(entry)
    return found ? [[found[2]!, found[1]!] as const] : []
  })
  return new Map(pairs)
}
