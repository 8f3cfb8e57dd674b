import type { FileDifference } from '../../core/model/build-identity.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { ExaminationGap } from '../../core/placement/examine.ts'
import type { HotChange } from '../../core/placement/hot-change.ts'
import { listed, quoted } from '../../core/text/text.ts'
import { fileDifference } from '../reasons/builds.ts'

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

/** A part of the profile is in code that no file holds, or that the simulator found none for. */
export const codeWithoutFile = (share: number, simulated: boolean): Limitation =>
  simulated
    ? {
        what: `${Math.round(share * 100)} % of the counts are in code that Valgrind found no file for: it is compiled at run time, or Valgrind cannot read the debug information of its file.`,
        instead: 'It is left out. If it is your program, build it with -gz=none and without -gsplit-dwarf.',
      }
    : {
        what: `${Math.round(share * 100)} % of the counts are in code that is in no file (compiled at run time).`,
        instead: 'Its placement differs from run to run and is left out.',
      }

/** Why base could not be built a second time. */
export type SecondBuildFault =
  | { readonly kind: 'no-command' }
  | { readonly kind: 'no-checkout'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly ended: string }

function secondBuildFault(why: SecondBuildFault): string {
  if (why.kind === 'no-command') return 'there is no build command.'
  return why.kind === 'no-checkout' ? why.sentence : `the second build ${why.ended}.`
}

/** Two builds of base differ in files that the benchmark spends its time in. */
export const notReproducible = (
  first: { readonly name: string; readonly difference: FileDifference },
  more: number,
  hot: { readonly differs: boolean; readonly moved: boolean },
): Limitation => ({
  what: `This build is not reproducible: base built twice from the same commit differs in ${first.name} (${fileDifference(first.difference)})${more > 0 ? ` and ${more} more files` : ''}.`,
  instead: hot.differs
    ? 'That the compiler made other code of the same source is not claimed for what differs. Build with fixed times, seeds, paths and order of files (SOURCE_DATE_EPOCH, -frandom-seed, -ffile-prefix-map).'
    : `The hot code is the same in both builds${hot.moved ? ', but at other addresses: every build draws another layout' : ''}.`,
})

/** Base could not be built again. */
export const notRebuilt = (why: SecondBuildFault): Limitation => ({
  what: `Whether the build is reproducible is not known: ${secondBuildFault(why)}`,
  instead: 'The cause rests on one build of each side.',
})

/** Why more work was not looked for, as a clause. */
export const NOT_SOUGHT = {
  'counters-off': 'counters is off',
  'no-time': 'there was no time left',
  'nothing-counted': 'nothing could be counted',
  'may-be-timed':
    'its hot code changed, and a program that prints its value may run for a time; name a workload of fixed size with count-with',
} as const

/** Why the instructions of rows are counted that did not get slower, for the log. */
export function soughtBecause(found: HotChange | undefined): string {
  if (found === undefined) return 'which code is hot is not known, so its instructions are counted'
  if (found.kind === 'changed')
    return `its hot code changed (${listed(found.functions.map(quoted), 3)}), so its instructions are counted`
  return 'much of its hot code has no name, so its instructions are counted'
}

/** Rows in which more work was not looked for, for one reason; the names are quoted. */
export const hiddenWorkNotSought = (names: readonly string[], why: keyof typeof NOT_SOUGHT): Limitation => ({
  what: `Whether ${names.length === 1 ? `${names[0]!} executes` : `${names.length} benchmarks execute`} more, hidden by a luckier layout, was not looked at: ${NOT_SOUGHT[why]}.`,
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
        what: `${gap.object} has no symbol table.`,
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
