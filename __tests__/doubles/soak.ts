import { randomInt } from 'node:crypto'

/** Whether this is the long version (npm run soak), with the counts that the goals name. */
export const soaking = process.env.SOAK === '1'

/** A count for everyday and one for the soak. */
export function counted(everyday: number, soak: number): number {
  return soaking ? soak : everyday
}

/** What the random cases of this run are drawn from: fresh each time, and SEED=N repeats a run. */
export const SEED = process.env.SEED ? Number(process.env.SEED) : randomInt(2 ** 31)

/** How many of `most` random cases to take: all of them in the soak, a twentieth otherwise. */
export const casesOf = (most: number): number => (soaking ? most : Math.ceil(most / 20))

/** The same for a property of fast-check, with the seed of this run. */
export const cases = (most: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: casesOf(most),
  seed: SEED,
})

/** A time limit in milliseconds for a test whose work is scaled. */
export const PATIENCE = soaking ? 3_600_000 : 600_000

/** Some of the cases, drawn by this run's seed; the soak takes all. Those that always run are the first `always`. */
export function drawn<Case>(
  all: readonly Case[],
  { always, more }: { always: number; more: number },
): readonly Case[] {
  if (soaking) return all
  const rest = all.slice(always)
  const from = SEED % Math.max(1, rest.length)
  return [...all.slice(0, always), ...[...rest.slice(from), ...rest.slice(0, from)].slice(0, more)]
}
