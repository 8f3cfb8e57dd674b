type Environment = Readonly<Record<string, string>>

/**
 * The same environment with decimal points, which perf needs to be read back, and everything else of the locale as it was: the workload keeps
 * its collation and its character set, on which its speed may depend. LC_ALL would override LC_NUMERIC, so it is spelt out as its parts.
 */
export function withPointDecimals(env: Environment): Environment {
  const { LC_ALL: all = '' } = env
  if (all === 'C' || all === 'POSIX') return env
  if (all === '') return { ...env, LC_NUMERIC: 'C' }
  const rest = Object.entries(env).filter(([name]) => !name.startsWith('LC_'))
  return { ...Object.fromEntries(rest), LANG: all, LC_NUMERIC: 'C' }
}
