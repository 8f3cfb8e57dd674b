/** How a command goes on where its benchmark failed, as it is written; each hides the failure from the shell that runs it. */
const HIDING: readonly RegExp[] = [
  /\|\|\s*(?:true|:|exit\s+0|(?:echo|printf)\b[^|;&\n]*)(?=\s*(?:$|[;\n)}&]))/,
  /(?<=^|[;\n&({]\s*)set\s+\+(?:[a-z]*e[a-z]*|o\s+(?:errexit|pipefail))\b/,
  // Of a list before the last the shell passes a failure over: `./bench && echo done; echo next`.
  /&&[^;\n&|]*(?:;|\n)(?=\s*[^\s})])/,
]

/** The part of a command that lets it end well although its benchmark failed; undefined where none does so plainly. */
export function hidesFailure(command: string): string | undefined {
  // Texts in quotes are the program's own.
  const bare = command.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, "''")
  for (const form of HIDING) {
    const found = form.exec(bare)?.[0]
    if (found !== undefined) return found.trim().replace(/\s+/g, ' ')
  }
  return undefined
}
