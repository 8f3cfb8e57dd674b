/** A regular expression that matches these names as a whole and no other, in the part that POSIX, RE2, Rust and Python share. */
export function anyOf(names: readonly string[]): string {
  return `^(${names.map(escaped).join('|')})$`
}

/** A name with what a regular expression would take for its own escaped. */
export function escaped(name: string): string {
  return name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
}
