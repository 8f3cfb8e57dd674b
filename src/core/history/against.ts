/** What a commit of the default branch is compared with: the one before, the last release, or one so many days older. */
export type Against =
  | { readonly kind: 'previous' }
  | {
      readonly kind: 'release' /** A glob of tags, where they do not look like versions. */
      readonly pattern?: string
    }
  | { readonly kind: 'age'; readonly days: number }
