import type { PerSide, Side } from '../model/side.ts'

/** What a child may see of the caller's environment; everything else stays out (an allow-list). */
const ALLOWED = [
  'PATH',
  'LANG',
  'TZ',
  'TERM',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  'GOROOT',
  'GOTOOLCHAIN',
  'JAVA_HOME',
  'CC',
  'CXX',
  'AR',
  'LD',
]

export type Environment = Readonly<Record<string, string>>

/**
 * The environment of builds and benchmarks: the same names, values and size on both sides, because its size moves the
 * stack and changes timings by itself (Mytkowicz et al. 2009).
 */
export function childEnvironment(
  caller: Readonly<Record<string, string | undefined>>,
  extra: readonly { readonly name: string; readonly value?: string }[],
  home: string,
): PerSide<Environment> {
  const passed = ALLOWED.flatMap(name => (caller[name] === undefined ? [] : [[name, caller[name]] as const]))
  const asked = extra.flatMap(({ name, value }) => {
    const found = value ?? caller[name]
    return found === undefined ? [] : [[name, found] as const]
  })
  const shared = {
    CI: 'true',
    HOME: home,
    LANG: 'C.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...Object.fromEntries([...passed, ...asked]),
  }
  // One word of equal length tells a script which side it runs on, for those that need to know.
  const of = (side: Side): Environment => ({ ...shared, PERF_VERDICT_SIDE: side })
  return { base: of('base'), head: of('head') }
}
