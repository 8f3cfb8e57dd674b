import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ListedComment } from '../../../src/core/github/comment-policy.ts'
import { type Marker, readMarker, writeMarker } from '../../../src/core/github/marker.ts'
import { type CommentOutcome, publishComment } from '../../../src/flow/publish/comment.ts'
import type { ApiResult, GitHub } from '../../../src/shell/github/ports.ts'
import { cases } from '../../doubles/soak.ts'

/** Time that jumps from one event to the next; what waits for the same moment goes in the order of asking. */
function virtualTime() {
  const waiting: { readonly at: number; readonly go: () => void }[] = []
  let now = 0
  return {
    now: () => now,
    sleep: (seconds: number) =>
      new Promise<void>(go => {
        waiting.push({ at: now + seconds, go })
      }),
    run: async () => {
      for (;;) {
        // Lets everything that was just woken go on until it sleeps again.
        for (let tick = 0; tick < 20; tick++) await Promise.resolve()
        const next = waiting.sort((one, other) => one.at - other.at).shift()
        if (!next) return
        now = next.at
        next.go()
      }
    },
  }
}

interface Push {
  /** Seconds after the push before. */
  readonly after: number
  /** How long its gate measures; never shorter than a read and a write of GitHub's may take together. */
  readonly measuring: number
  /** How long each call takes, cyclically; a call is cut off after 20 s. */
  readonly calls: readonly number[]
  /** Which writes fail, and whether they were done all the same. */
  readonly mishaps: readonly ('none' | 'lost' | 'refused')[]
}

const push = fc.record<Push>({
  after: fc.integer({ min: 0, max: 120 }),
  measuring: fc.integer({ min: 41, max: 150 }),
  calls: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }),
  mishaps: fc.array(fc.constantFrom('none', 'none', 'none', 'lost', 'refused'), {
    minLength: 1,
    maxLength: 3,
  }),
})

describe('runs of one pull request that report at the same time', () => {
  test('never let an older head write over a newer one, and leave one comment, of the newest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(push, { minLength: 2, maxLength: 4 }), async pushes => {
        const { heads, comments, written, outcomes } = await simulate(pushes)
        const spoke = written.map(head => heads.indexOf(head))
        expect(spoke).toEqual([...spoke].sort((one, other) => one - other))
        const newest = outcomes.at(-1)!
        if (newest.kind === 'failed') return
        expect(comments).toHaveLength(1)
        expect(readMarker(comments[0]!.body)?.head).toBe(heads.at(-1))
      }),
      cases(8_000),
    )
  })
})

async function simulate(pushes: readonly Push[]) {
  const time = virtualTime()
  const heads = pushes.map((_, at) => String(at + 1).repeat(40))
  const comments: ListedComment[] = []
  const written: string[] = []
  const outcomes: CommentOutcome[] = []
  let current = ''
  const run = async (own: Push, at: number): Promise<void> => {
    await time.sleep(pushes.slice(0, at + 1).reduce((sum, one) => sum + one.after, 0))
    current = heads[at]!
    await time.sleep(own.measuring)
    const marker: Marker = { key: 'default', head: heads[at]!, run: at + 1, attempt: 1 }
    const body = `${writeMarker(marker)}\nreport ${at}`
    const github = slowGitHub(own, { time, comments, written, current: () => current })
    outcomes[at] = await publishComment(github, { pull: 7, marker, body, create: true })
  }
  const all = pushes.map(run)
  await time.run()
  await Promise.all(all)
  return { heads, comments, written, outcomes }
}

/** GitHub as one run sees it: every call takes a while before and after it is carried out. */
function slowGitHub(
  own: Push,
  ports: {
    readonly time: ReturnType<typeof virtualTime>
    readonly comments: ListedComment[]
    readonly written: string[]
    readonly current: () => string
  },
): GitHub {
  const { time, comments, written } = ports
  let calls = 0
  let writes = 0
  const call = async <T>(work: () => T): Promise<ApiResult<T>> => {
    const takes = own.calls[calls++ % own.calls.length]!
    await time.sleep(takes / 2)
    const value = work()
    await time.sleep(takes / 2)
    return { ok: true, value }
  }
  const write = async (work: () => { url: string }): Promise<ApiResult<{ url: string }>> => {
    const mishap = own.mishaps[writes++ % own.mishaps.length]!
    const done = await call(() => (mishap === 'refused' ? { url: '' } : work()))
    const sentence = 'GitHub did not answer.'
    return mishap === 'none' ? done : { ok: false, fault: { kind: 'unavailable', sentence } }
  }
  const never = async () => await Promise.reject(new Error('not asked for'))
  return {
    branches: { read: never, edit: never },
    issues: { list: never, own: never, create: never, update: never },
    people: { labelled: never, mayWrite: never },
    pulls: {
      get: async number =>
        await call(() => ({
          number,
          nodeId: 'PR',
          author: 'a',
          headSha: ports.current(),
          baseRepositoryId: 1,
        })),
      from: never,
      mergedBy: never,
    },
    comments: {
      list: async () => await call(() => [...comments]),
      facts: async ids => await call(() => new Map(ids.map(id => [id, { mine: true, minimised: false }]))),
      wordings: never,
      create: async (_, body) =>
        await write(() => {
          const id = comments.length + 1
          const author = { login: 'github-actions[bot]', type: 'Bot' }
          comments.push({ id, nodeId: String(id), url: `u${id}`, body, author })
          written.push(readMarker(body)!.head)
          return { url: `u${id}` }
        }),
      update: async (id, body) =>
        await write(() => {
          const at = comments.findIndex(comment => comment.id === id)
          comments[at] = { ...comments[at]!, body }
          written.push(readMarker(body)!.head)
          return { url: `u${id}` }
        }),
    },
    checks: { start: never, complete: never, create: never, append: never },
    runs: { artifacts: never, download: never, cacheRefs: never },
    pause: async (_, attempt) => {
      if (attempt >= 4) return false
      await time.sleep(2 ** (attempt - 1))
      return true
    },
  }
}
