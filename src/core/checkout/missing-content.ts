/** A submodule that a tree had to do without. */
export interface LeftSubmodule {
  /** From the root of the outermost tree. */
  readonly path: string
  readonly commit: string
  /** `unfetched`: its repository is there and lacks the commit; `absent`: there is none; `refused`: too deep or too many. */
  readonly why: 'absent' | 'unfetched' | 'refused'
}

/** A Git LFS object that could not take its pointer's place. */
export interface LeftObject {
  readonly path: string
  readonly oid: string
  readonly why: 'absent' | 'damaged'
}

/** What a tree lacks that a full checkout of its commit would have. */
export interface MissingContent {
  readonly submodules: readonly LeftSubmodule[]
  readonly objects: readonly LeftObject[]
}

export const NOTHING_LEFT_OUT: MissingContent = { submodules: [], objects: [] }

/** A text that is equal exactly when two trees of one commit lack the same. */
export function accountOf({ submodules, objects }: MissingContent): string {
  const lines = [...submodules.map(({ path, commit }) => [path, commit]), ...objects.map(({ oid }) => [oid])]
  return JSON.stringify(lines)
}
