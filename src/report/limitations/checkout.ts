import type { LeftObject, LeftSubmodule, MissingContent } from '../../core/checkout/missing-content.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { listed, quoted } from '../../core/text/text.ts'

const MOST_NAMES = 3

/** What the trees lack: one limitation for each reason, and one for both sides where they lack the same. */
export function checkoutLimitations({ base, head }: PerSide<MissingContent>): readonly Limitation[] {
  if (JSON.stringify(base) === JSON.stringify(head)) return limitationsIn(base, 'both')
  return [...limitationsIn(base, 'base'), ...limitationsIn(head, 'head')]
}

/** What to say when a build fails in a tree that lacks something; undefined when it lacks nothing. */
export function missingContentHint(left: MissingContent, side: Side): string | undefined {
  const [first] = limitationsIn(left, side)
  return first && `${first.what} ${first.instead}`
}

type Of = Side | 'both'
const TREE: Readonly<Record<Of, string>> = { base: 'The base', head: 'The head', both: 'Both sides' }
const verb = (of: Of) => (of === 'both' ? 'were' : 'was')

function limitationsIn({ submodules, objects }: MissingContent, of: Of): readonly Limitation[] {
  const reasons = ['absent', 'unfetched', 'refused'] as const
  const ofSubmodules = reasons.flatMap(why => {
    const left = submodules.filter(submodule => submodule.why === why)
    return left.length === 0 ? [] : [SUBMODULE[why](left, of)]
  })
  return [...ofSubmodules, ...(objects.length === 0 ? [] : [ofObjects(objects, of)])]
}

type Say = (left: readonly LeftSubmodule[], of: Of) => Limitation

const SUBMODULE: Readonly<Record<LeftSubmodule['why'], Say>> = {
  absent: (left, of) => ({
    what: `${TREE[of]} ${verb(of)} checked out without ${named(left)}, which the clone does not have.`,
    instead: 'If the build needs it, check out with submodules: recursive and fetch-depth: 0.',
  }),
  unfetched: (left, of) => ({
    what: `${TREE[of]} ${verb(of)} checked out without ${named(left)}, because the clone of the submodule has not fetched that commit.`,
    instead: `Check out with submodules: recursive and fetch-depth: 0${fetchOf(left)}.`,
  }),
  refused: (left, of) => ({
    what: `${TREE[of]} ${verb(of)} checked out without ${named(left)}: submodules are checked out up to 10 deep and 500 in all.`,
    instead: 'If the build needs it, take some of the submodules out.',
  }),
}

function named(left: readonly LeftSubmodule[]): string {
  const names = left
    .slice(0, MOST_NAMES)
    .map(({ path, commit }) => `${quoted(path)} at ${commit.slice(0, 12)}`)
  const rest = left.length - names.length
  const all = rest > 0 ? [...names, `${rest} more`] : names
  return `the submodule${left.length > 1 ? 's' : ''} ${listed(all)}`
}

/** A command to paste, where the path is one that no shell reads anything into. */
function fetchOf([first]: readonly LeftSubmodule[]): string {
  if (!first || !/^[\w.][\w./-]{0,200}$/.test(first.path)) return ''
  return `, or run \`git -C ${first.path} fetch origin ${first.commit}\` before the gate`
}

function ofObjects(objects: readonly LeftObject[], of: Of): Limitation {
  const [first] = objects
  const damaged = objects.filter(({ why }) => why === 'damaged').length
  const files = objects.length === 1 ? 'file stayed a Git LFS pointer' : 'files stayed Git LFS pointers'
  const why =
    damaged > 0
      ? `objects in the clone are damaged (${damaged} of ${objects.length})`
      : 'the clone lacks the objects'
  return {
    what: `${objects.length} ${files} on ${of === 'both' ? 'both sides' : `the ${of} side`}, the first ${quoted(first!.path)}: ${why}.`,
    instead:
      of === 'base'
        ? 'lfs: true of actions/checkout fetches the objects of the head alone; run `git lfs fetch --all` before the gate.'
        : 'Check out with lfs: true, and run `git lfs fetch --all` before the gate for the objects of the base.',
  }
}
