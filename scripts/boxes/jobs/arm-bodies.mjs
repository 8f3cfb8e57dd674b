import { run } from './gate.mjs'
import { check, expect } from './results.mjs'

/** Explained programs (__tests__/flow/diagnose) that any architecture can show. */
const DIAGNOSED = [
  'cold code grows between hot code',
  'cold code shrinks between hot code',
  'cold data grows between hot data',
  'a callee does more',
  'inlining is lost',
]

/** Native code of this architecture, read, matched and explained. */
export async function bodies() {
  for (const name of DIAGNOSED) {
    await check(`bodies, moves and displacers of AArch64 code (simulated): ${name}`, () => {
      const ran = run(['node', '/job/scripts/diagnose.mjs', name])
      if (ran.status !== 0) throw new Error(ran.out.slice(-1000))
      const { architecture, expected, cause, suspects, displacers } = JSON.parse(ran.out)
      const named = displacers.map(({ symbol }) => symbol)
      const missing = (expected.displacers ?? []).filter(symbol => !named.includes(symbol))
      const unsuspected = (expected.suspects ?? []).filter(
        wanted => !suspects.some(({ symbol }) => symbol === wanted),
      )
      expect({
        'on arm64': architecture === 'arm64',
        'the cause': cause.kind === expected.kind || `${cause.kind}: ${cause.because.join(' ')}`,
        'its suspects': unsuspected.length === 0 || `without ${unsuspected}`,
        'its displacers': missing.length === 0 || `${named} without ${missing}`,
      })
      return `${cause.kind}, ${suspects.length} suspects, ${displacers.length} displacers`
    })
  }
}
