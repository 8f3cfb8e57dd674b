import type { Cause, Suspect } from '../../core/model/explanation.ts'
import type { RemedyKind, RemedyTrial } from '../../core/model/trials.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { listed, quoted } from '../../core/text/text.ts'

type Mechanism = Suspect['evidence']['mechanism']

/** Advice on some names: what is reported of it when nothing was tried, and when a remedy was that covers it. */
interface Advice {
  readonly untried?: (names: string) => string
  /** The trial that covers this advice, and what is left to say when the remedy helped; the trial has its own sentence. */
  readonly covered?: { readonly by: RemedyKind; readonly helped: (names: string) => string }
}

const NOT_TRIED = '(not tried here)'

/** What tends to help against each mechanism; sources and limits are in docs/how-it-explains.md. */
const REMEDIES: Readonly<Record<Mechanism, readonly Advice[]>> = {
  'set-conflict': [
    {
      untried: names =>
        `Mark ${names} with __attribute__((hot)), or give the linker an order file made from the profile, so that hot code is together ${NOT_TRIED}.`,
      covered: {
        by: 'order',
        helped: names =>
          `Give the linker an order file made from the profile (tried above), or mark ${names} with __attribute__((hot)) ${NOT_TRIED}, so that hot code is together.`,
      },
    },
    {
      untried: () => `Build with profile-guided optimisation, which places hot code together ${NOT_TRIED}.`,
    },
  ],
  alignment: [
    {
      untried: names => `${alignLoops(names)} ${NOT_TRIED}.`,
      covered: { by: 'align', helped: names => `${alignLoops(names)} (tried above, for all files).` },
    },
  ],
  straddle: [
    {
      untried: names => `${alignFunctions(names)} ${NOT_TRIED}.`,
      covered: { by: 'align', helped: names => `${alignFunctions(names)} (tried above, for all functions).` },
    },
  ],
  'data-set-conflict': [
    {
      untried: names => `${gather(names)} ${NOT_TRIED}.`,
      covered: { by: 'order', helped: names => `${gather(names)} (tried above, by an order file).` },
    },
  ],
  moved: [
    {
      untried: names =>
        `Give the linker an order file made from the profile, or mark ${names} with __attribute__((hot)), so that unrelated changes stop moving them ${NOT_TRIED}.`,
      covered: {
        by: 'order',
        helped: names =>
          `Give the linker an order file made from the profile (tried above), or mark ${names} with __attribute__((hot)) ${NOT_TRIED}, so that unrelated changes stop moving them.`,
      },
    },
    { covered: { by: 'align', helped: names => `${alignLoops(names)} (tried above, for all files).` } },
  ],
}

function alignLoops(names: string): string {
  return `Build the file of ${names} with -falign-functions=64 and -falign-loops=32, so that its loops keep their place in the line; gcc ignores the first at -Os`
}

function alignFunctions(names: string): string {
  return `Align ${names} to 64 bytes (__attribute__((aligned(64))) or -falign-functions=64)`
}

function gather(names: string): string {
  return `Put ${names} into one array or one section (__attribute__((section("…")))), so that hot data is together and not a multiple of 4096 bytes apart`
}

/**
 * Advice chosen by the mechanisms that the suspects show, a sentence each; none where placement has no part, and none that was
 * tried and did not help.
 */
export function adviceFor(
  cause: Cause,
  suspects: readonly Suspect[],
  trials: readonly RemedyTrial[] = [],
): readonly string[] {
  if (cause.kind !== 'placement' && cause.kind !== 'mixed') return []
  const mechanisms = [...new Set(suspects.map(({ evidence }) => evidence.mechanism))]
  return mechanisms.flatMap(mechanism => {
    const names = suspects
      .filter(({ evidence }) => evidence.mechanism === mechanism)
      .map(({ symbol }) => quoted(shortName(symbol)))
    return REMEDIES[mechanism].flatMap(advice => said(advice, trials)?.(listed(names, 3)) ?? [])
  })
}

/** What there is to say after the trials: a remedy that was tried and did not help is not advised. */
function said({ untried, covered }: Advice, trials: readonly RemedyTrial[]): Advice['untried'] {
  const trial = covered && trials.find(({ kind }) => kind === covered.by)
  if (!covered || !trial) return untried
  return trial.cured || trial.helps ? covered.helped : undefined
}
