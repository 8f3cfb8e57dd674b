/** `base` is the merge base, `head` the pull request's own commit. */
export type Side = 'base' | 'head'
export const SIDES: readonly Side[] = ['base', 'head']

/** One value for each side. */
export type PerSide<T> = Readonly<Record<Side, T>>
