/** Where a compiler found the first error. */
export interface SourceError {
  /** Below the tree that was built. */
  readonly file: string
  readonly line: number
  readonly message: string
}

/** gcc, clang, Go and most others: `src/a.c:12:3: error: …`; the column and the word may be missing. */
const GNU = /^(?:\.\/)?([^\s:][^:\n]*):(\d{1,7}):(?:\d{1,7}:)? (?:fatal )?error(?:\[\w+\])?:? (.+)$/
/** go build: `./a.go:12:3: undefined: x`. */
const GO = /^(?:\.\/)?([^\s:][^:\n]*\.go):(\d{1,7}):\d{1,7}: (.+)$/
/** rustc: `error[E0425]: …`, then `  --> src/a.rs:12:3`. */
const RUST_WHAT = /^error(?:\[E\d+\])?: (.+)$/
const RUST_WHERE = /^\s*--> ([^:\n]+):(\d{1,7}):\d{1,7}$/

/** The first error in a build's output that names a file of the tree and a line; undefined when none does. */
export function firstError(output: string, tree: string): SourceError | undefined {
  let rust: string | undefined
  for (const line of output.split(/\r?\n/)) {
    // Without the colours that compilers write.
    const plain = line.replaceAll(/\u001b\[[\d;]*[mK]/g, '')
    const found = GNU.exec(plain) ?? GO.exec(plain)
    const where = found ?? RUST_WHERE.exec(plain)
    if (where && (found || rust !== undefined)) {
      const file = below(where[1]!, tree)
      if (file !== undefined)
        return { file, line: Number(where[2]), message: (found?.[3] ?? rust!).slice(0, 500) }
    }
    rust = RUST_WHAT.exec(plain)?.[1] ?? (where ? undefined : rust)
  }
  return undefined
}

function below(file: string, tree: string): string | undefined {
  const path = file.startsWith(`${tree}/`) ? file.slice(tree.length + 1) : file
  const steps = path.split('/')
  return path.startsWith('/') || steps.includes('..') || path.length > 500 ? undefined : path
}
