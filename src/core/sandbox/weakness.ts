/** What weakens the place where code of the pull request runs; its sentences are made in the report. */
export type Weakness =
  /** Isolation is off. */
  | { readonly kind: 'no-boundary' }
  /** Jobs are another user's, and no more; `why` says what was tried. */
  | { readonly kind: 'no-namespaces'; readonly why: string }
  | OwnPaths
  | { readonly kind: 'no-filter' }
  /** Without a filter jobs of root may make namespaces of users, because they could not be put into one in which none can be made. */
  | { readonly kind: 'user-namespaces'; readonly why: string }
  | { readonly kind: 'no-loopback' }
  | { readonly kind: 'no-job-limits' }
  /** A benchmark writes a file that its next run reads. */
  | { readonly kind: 'rewrites-own'; readonly file: string }
  /** No folder can be laid under a build, so that no cache is there. */
  | { readonly kind: 'no-layers'; readonly why: string }
  /** One folder cannot. */
  | { readonly kind: 'folder-not-layered'; readonly folder: string; readonly why: string }
  | { readonly kind: 'addresses-by-routes-alone' }
  | { readonly kind: 'addresses-open'; readonly because: AddressesOpen }

/**
 * Each side is at a path of its own; with the work tree, which commands and variables then do not name. What else names it leads to the user's files:
 * jobs cannot reach them, or are watched for reading them, or cannot be watched.
 */
export type OwnPaths =
  | { readonly kind: 'own-paths'; readonly workTree?: never }
  | {
      readonly kind: 'own-paths'
      readonly workTree: string
      readonly others: 'out-of-reach' | 'watched'
    }
  | {
      readonly kind: 'own-paths'
      readonly workTree: string
      readonly others: 'unwatched'
      readonly why: string
    }

/** Why builds with the machine's network reach the addresses at which a cloud tells a machine its credentials. */
export type AddressesOpen =
  | { readonly rule: 'no-tool' }
  /** Closing them would close the machine's name server, too. */
  | { readonly rule: 'names'; readonly address: string }
  /** Rules of the machine's own come first. */
  | { readonly rule: 'own-rules'; readonly ranges: readonly string[] }
  /** We are no root, and jobs can have no network of their own, for this reason; with the addresses at which something answers. */
  | { readonly rule: 'no-right'; readonly noOwn: string; readonly answering: readonly string[] }
