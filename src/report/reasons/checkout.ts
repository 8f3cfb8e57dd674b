/** Why a file of an earlier step cannot be brought into a tree. */
export type BringFault =
  | { readonly kind: 'not-copied'; readonly said: string }
  | { readonly kind: 'missing' | 'leads-nowhere' | 'leads-out' | 'committed' }
  | { readonly kind: 'no-folder'; readonly above: string }

/** A file that `bring` names and that cannot be brought, in a sentence. */
export function bringSentence(path: string, fault: BringFault): string {
  const names = `bring names ${path}`
  switch (fault.kind) {
    case 'not-copied':
      return `${names}, which could not be copied: ${fault.said}.`
    case 'missing':
      return `${names}, which the work tree does not have; make it in a step before the gate.`
    case 'leads-nowhere':
      return `${names}, a link that leads nowhere; bring a file or folder that exists.`
    case 'leads-out':
      return `${names}, which leads out of the work tree; bring the files inside it.`
    case 'committed':
      return `${names}, which the commit has itself; bring only what is not committed.`
    case 'no-folder':
      return `${names}, and the commit has something else than a folder at ${fault.above}.`
  }
}

/** The folder of a checkout could not be made. */
export const folderNotMade = (commit: string, message: string): string =>
  `The folder for ${commit.slice(0, 12)} could not be made: ${message}.`

const REMEDIES = [
  {
    when: /missing|unable to read|bad object|promisor|could not parse/i,
    remedy:
      'The clone lacks objects: check out with fetch-depth: 0, and without filter and sparse-checkout (which filters).',
  },
  { when: /invalid path/i, remedy: 'No git checks such a tree out; take the path out of it.' },
]

/** git could not check a commit out; what it said decides what to do. */
export function notCheckedOut(commit: string, err: string): string {
  const [first = ''] = err.split('\n')
  const remedy = REMEDIES.find(({ when }) => when.test(err))?.remedy ?? 'See whether the disk is full.'
  return `git could not check out ${commit.slice(0, 12)}: ${first}. ${remedy}`
}
