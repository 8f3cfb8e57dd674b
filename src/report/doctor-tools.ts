/** A program that a gate can use, and where it is; absent when it is not installed. */
export interface FoundTool {
  readonly name: string
  readonly use: string
  readonly debian: string
  readonly path?: string | undefined
}

/** The doctor's lines on programs: what is there, and what to install for what. */
export function describeTools(tools: readonly FoundTool[]): readonly string[] {
  const there = tools.filter(({ path }) => path !== undefined)
  const missing = tools.filter(({ path }) => path === undefined)
  return [
    'Programs',
    ...there.map(({ name, path }) => `  - ${name}: ${path}`),
    ...missing.map(
      ({ name, use, debian }) =>
        `  - ${name} is missing; it is used for ${use}. Install it: apt-get install ${debian}`,
    ),
  ]
}
