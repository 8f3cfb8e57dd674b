import { existsSync } from 'node:fs'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Our own environment, with what toolchains look for in a home folder that their children do not get. */
export function callerEnvironment(env: Env): Env {
  const rustup = join(env.HOME ?? '/nonexistent', '.rustup')
  return env.RUSTUP_HOME === undefined && existsSync(rustup) ? { ...env, RUSTUP_HOME: rustup } : env
}
