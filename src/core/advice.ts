import type { Cause, Suspect } from './model.ts'
import { shortName } from './short-name.ts'
import { listed } from './signs/figures.ts'

type Mechanism = Suspect['evidence']['mechanism']

const NOT_TRIED = '(not tried here)'

/** What tends to help against each mechanism; sources and limits are in docs/how-it-explains.md. */
const REMEDIES: Readonly<Record<Mechanism, (names: string) => readonly string[]>> = {
  'set-conflict': names => [
    `Mark ${names} with __attribute__((hot)), or give the linker an order file made from the profile, so that hot code lies together ${NOT_TRIED}.`,
    `Build with profile-guided optimisation, which lays hot code out together ${NOT_TRIED}.`,
  ],
  alignment: names => [
    `Build the file of ${names} with -falign-functions=64 and -falign-loops=32, so that its loops keep their place in the line; gcc ignores the first at -Os ${NOT_TRIED}.`,
  ],
  straddle: names => [
    `Align ${names} to 64 bytes (__attribute__((aligned(64))) or -falign-functions=64) ${NOT_TRIED}.`,
  ],
  'data-set-conflict': names => [
    `Put ${names} into one array or one section (__attribute__((section("…")))), so that hot data lies together and not a multiple of 4096 bytes apart ${NOT_TRIED}.`,
  ],
  moved: names => [
    `Give the linker an order file made from the profile, or mark ${names} with __attribute__((hot)), so that unrelated changes stop moving them ${NOT_TRIED}.`,
  ],
}

/** Advice chosen by the mechanisms that the suspects show, a sentence each; none where placement has no part. */
export function adviceFor(cause: Cause, suspects: readonly Suspect[]): readonly string[] {
  if (cause.kind !== 'placement' && cause.kind !== 'mixed') return []
  const mechanisms = [...new Set(suspects.map(({ evidence }) => evidence.mechanism))]
  return mechanisms.flatMap(mechanism => {
    const names = suspects
      .filter(({ evidence }) => evidence.mechanism === mechanism)
      .map(({ symbol }) => shortName(symbol))
    return REMEDIES[mechanism](listed(names))
  })
}
