import { z } from 'zod'

/** A new schema of a text, number or truth value as its text: every setting is read from one, whether it comes from a file or an option. */
export function newScalar() {
  return z.union([z.string(), z.number(), z.boolean()]).transform(value => String(value).trim())
}

/** The one that settings of a single value share. */
export const scalar = newScalar()
