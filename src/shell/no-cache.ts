import type { CachePort } from './ports/world.ts'

/** For the command line, where there is no cache service. */
export const noCache: CachePort = {
  restore: async () => false,
  save: async () => false,
}
