/**
 * Patterns of paths from the top of the repository, as git's `glob` pathspecs read them (gitglossary(7)): `*` stays within a folder, `**`
 * is any number of folders, and a folder stands for all that is in it. Those that begin with `!` take paths out again. Returns why a list
 * cannot be read, as words that follow its name.
 */
export function pathPatternFault(patterns: readonly string[]): string | undefined {
  const firstOut = patterns.findIndex(pattern => pattern.startsWith('!'))
  const late = firstOut < 0 ? undefined : patterns.slice(firstOut).find(pattern => !pattern.startsWith('!'))
  if (late !== undefined)
    return `has ${JSON.stringify(late)} after a pattern that begins with !; put those that begin with ! last, because they win`
  for (const pattern of patterns) {
    const path = pattern.replace(/^!/, '')
    const steps = path.replace(/\/$/, '').split('/')
    if (path.startsWith('/') || steps.some(step => step === '' || step === '.' || step === '..'))
      return `has ${JSON.stringify(pattern)}; write paths from the top of the repository, such as src/**`
    if (steps.some(step => step.includes('**') && step !== '**'))
      return `has ${JSON.stringify(pattern)}; ** stands for whole folders, as in src/**/*.c`
    if (path.includes('\0') || path.length > 400) return 'has a pattern that is no path'
  }
  return undefined
}

/** The patterns of a text, one a line or with commas between; a path may hold blanks. */
export function pathPatternsIn(given: string): readonly string[] {
  return given
    .split(/[\n,]/)
    .map(pattern => pattern.trim().replace(/^(!?)\.\//, '$1'))
    .filter(pattern => pattern !== '')
}

/** What git is asked for; without a pattern that takes something in, everything that is not taken out. */
export function pathspecsOf(patterns: readonly string[]): readonly string[] {
  return patterns.map(pattern =>
    pattern.startsWith('!') ? `:(top,exclude,glob)${pattern.slice(1)}` : `:(top,glob)${pattern}`,
  )
}
