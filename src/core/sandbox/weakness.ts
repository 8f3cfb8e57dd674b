/** What weakens the place where code of the pull request runs; its sentences are made in the report. */
export type Weakness =
  /** Isolation is off. */
  | { readonly kind: 'no-boundary' }
  /** Jobs are another user's, and no more; `why` says what was tried. */
  | { readonly kind: 'no-namespaces'; readonly why: string }
  /** Each side is at a path of its own; with the work tree, which commands and variables then do not name. */
  | { readonly kind: 'own-paths'; readonly workTree?: string }
  | { readonly kind: 'no-filter' }
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

/** Why builds with the machine's network reach the addresses at which a cloud tells a machine its credentials. */
export type AddressesOpen =
  | { readonly rule: 'no-tool' }
  /** Closing them would close the machine's name server, too. */
  | { readonly rule: 'names'; readonly address: string }
  /** Rules of the machine's own come first. */
  | { readonly rule: 'own-rules'; readonly ranges: readonly string[] }
  /** We are no root, and jobs can have no network of their own, for this reason; with the addresses at which something answers. */
  | { readonly rule: 'no-right'; readonly noOwn: string; readonly answering: readonly string[] }
