/** What a Git LFS pointer file stands for. */
export interface LfsPointer {
  /** SHA-256 of the object in lower-case hex; the object's name. */
  readonly oid: string
  readonly bytes: number
}

/** Pointer files are shorter than this (git-lfs, docs/spec.md). */
export const POINTER_LIMIT_BYTES = 1024

// There is one valid encoding; the version of the pre-release is still read (git-lfs, docs/spec.md). Extensions are left alone: with one,
// the object is not what the file holds.
const FORM =
  /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n$/

/** Reads a pointer file; undefined for any other text. */
export function parseLfsPointer(text: string): LfsPointer | undefined {
  if (text.length >= POINTER_LIMIT_BYTES) return undefined
  const [, oid, size] = FORM.exec(text) ?? []
  return oid === undefined || size === undefined ? undefined : { oid, bytes: Number(size) }
}
