/** Whether this is the long version (npm run soak), with the counts that the goals name. */
export const soaking = process.env.SOAK === '1'

/** A count for everyday and one for the soak. */
export function counted(everyday: number, soak: number): number {
  return soaking ? soak : everyday
}

/** A time limit in milliseconds for a test whose work is scaled. */
export const PATIENCE = soaking ? 3_600_000 : 120_000
