/** A repository as the API's paths name it. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** Splits `owner/name`. */
export function splitRepository(name: string): Repository {
  const [owner = '', repo = ''] = name.split('/')
  return { owner, repo }
}
