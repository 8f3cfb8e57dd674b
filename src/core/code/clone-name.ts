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

const DIGIT_ZERO = 48

/** Whether a name is only an address, because the file says where a function is but not what it is called. */
export function isNameless(name: string): boolean {
  return name.charCodeAt(0) === DIGIT_ZERO && /^0x[0-9a-f]+$/.test(name)
}
