/** Suffixes that compilers add to a function they cloned, split or moved to another unit. */
const CLONE =
  /\.(?:constprop|isra|part|cold|lto_priv|localalias|llvm|clone|exit|specialized|hot|warm|split|content|str)(?:\.\d+)*(?=\.|$)/g

/** The function that a clone or a part was made from: `parse.isra.0.cold` comes from `parse`. */
export function originOf(name: string): string {
  return name.includes('.') ? name.replaceAll(CLONE, '') : name
}

/** Whether a symbol is the part of a function that the compiler expects never to run. */
export function isColdPart(name: string): boolean {
  return /\.cold(?:\.\d+)?$/.test(name)
}

/** Whether two names are parts or clones of one function. */
export function sameOrigin(a: string, b: string): boolean {
  return a === b || originOf(a) === originOf(b)
}

/** A symbol's name as it can be compared between two builds: without hashes and counters of the compiler. */
export function comparableName(name: string): string {
  const plain = name.includes('17h') ? name.replace(/17h[0-9a-f]{16}E/, 'E') : name
  if (!plain.includes('.')) return plain
  return plain.replace(/\.llvm\.\d+/, '').replace(/^([A-Za-z_][\w$]*)\.\d+$/, '$1')
}
