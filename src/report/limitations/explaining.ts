import type { Limitation } from '../../core/model/report.ts'
import type { ExaminationGap } from '../../core/placement/examine.ts'

/** What the report says of explanations that rest on less than they could. */

/** There are no profiles. */
export const noProfiles: Limitation = {
  what: 'No profile could be taken.',
  instead: 'The cause is judged by the counters alone.',
}

/** A file that hot code is in cannot be read. */
export const unreadObject = (name: string, why: string): Limitation => ({
  what: `${name} could not be read (${why}).`,
  instead: 'What ran in it is not explained.',
})

/** Debug lines that would take too long to read. */
export const debugLinesTooLarge = (name: string): Limitation => ({
  what: `The debug lines of ${name} are too large to be read.`,
  instead: 'Touched functions are taken from the sources.',
})

/** A part of the profile is in code that no file holds. */
export const codeWithoutFile = (share: number): Limitation => ({
  what: `${Math.round(share * 100)} % of the counts are in code that is in no file (compiled at run time).`,
  instead: 'Its placement differs from run to run and is left out.',
})

/** Base could not be built again. */
export const notRebuilt = (why: string): Limitation => ({
  what: `Whether the build is reproducible is not known: ${why}`,
  instead: 'The cause rests on one build of each side.',
})

/** Rows in which more work was not looked for, for one reason; the names are quoted. */
export const hiddenWorkNotSought = (names: readonly string[], why: string): Limitation => ({
  what: `Whether ${names.length === 1 ? `${names[0]!} executes` : `${names.length} benchmarks execute`} more, hidden by a luckier layout, was not looked at: ${why}.`,
  instead: 'That it did not get slower holds for this layout only.',
  above: true,
})

/** Rows that could not be measured over layouts, for one reason. */
export const notOverLayouts = (
  rows: number,
  why: string,
  { decides }: { readonly decides: boolean },
): Limitation => ({
  what: `${rows === 1 ? 'One benchmark was' : `${rows} benchmarks were`} not measured over layouts: ${why}.`,
  instead: decides
    ? 'As built they were; what is not slower there is undecided, because gate-on asks for layouts.'
    : 'They were measured as built.',
})

/** What an examination of two builds could not see. */
export function examinationLimitation(gap: ExaminationGap): Limitation {
  switch (gap.kind) {
    case 'unknown-sources': {
      const { functions: names } = gap
      const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
      return {
        what: `The sources that ${names.slice(0, 3).join(', ')}${more} were built from could not be compared.`,
        instead:
          'That their source is the same is not claimed; build with -g1 to have every source compared.',
      }
    }
    case 'unnamed-code':
      return {
        what: `${Math.round(gap.share * 100)} % of the counts are in code that no symbol names.`,
        instead:
          'Only the named part is explained; build without -s, and without stripping, to name the rest.',
      }
    case 'stripped':
      return {
        what: `${gap.object} has no symbol table of its own.`,
        instead:
          'Functions are bounded by their unwind tables and named by their address; build without stripping to name them.',
      }
    case 'physical-sets':
      return {
        what: 'The sets of the L1 instruction cache depend on physical pages on this machine.',
        instead: 'Crowding is computed from link-time addresses and holds on average only.',
      }
  }
}
