import type { z } from 'zod'
import type { Asked } from './github/ports.ts'
import type { Requester, Route } from './github/request.ts'

const PAGE_SIZE = 100
/** Five thousand comments are enough; beyond them the newest would be missed and said to be absent. */
const MOST_PAGES = 50

/** Reads a list over all its pages: as long as the Link header names a next one, counted by us, never by its address. */
export async function listPages<T>(
  ask: Requester['ask'],
  call: Route & { readonly schema: z.ZodType<readonly T[]> },
): Promise<Asked<readonly T[]>> {
  const all: T[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const parameters = { ...call.parameters, per_page: PAGE_SIZE, page }
    const answer = await ask({ ...call, parameters, repeat: true })
    if (!answer.ok) return answer
    all.push(...answer.value)
    if (!/rel="next"/.test(String(answer.headers.link ?? ''))) break
  }
  return { ok: true, value: all }
}
