import { setImmediate as immediately } from 'node:timers/promises'
import { failed, success } from '../../../src/core/model/result.ts'
import { branchPort } from '../../../src/shell/github/history-branch.ts'
import type { BranchPort } from '../../../src/shell/github/ports.ts'
import { type ApiCall, type Requester, yieldSeconds } from '../../../src/shell/github/request.ts'
import { GIT_DATA } from './git-data.ts'
import type { State } from './state.ts'

/** The branches of a double's repository without a network between, which a thousand writers at once would only wait for. */
export function branchWithoutNetwork(state: State): {
  readonly branches: BranchPort
  asked(): number
} {
  let asked = 0
  const clock = clockOfWaits()
  const ask: Requester['ask'] = async <T>({ route, parameters, schema }: ApiCall<T>) => {
    asked++
    // Every other writer may come between two calls.
    await clock.sleep(CALL_SECONDS * (0.5 + Math.random()))
    const { ref, sha, root, ...body } = parameters as Record<string, string>
    const path = { ref, commit_sha: sha, tree_sha: root, file_sha: sha } as Record<string, string>
    const { status, body: data } = GIT_DATA[OPERATIONS[route]!]!(
      { path, body: { ...body, ...(ref && { ref }), ...(sha && { sha }) } },
      state,
    )
    if (status < 300) return { ...success(schema.parse(data)), headers: {} }
    return failed({ kind: status === 404 ? 'missing' : 'rejected', status, sentence: `${route}: ${status}` })
  }
  const yieldTo = (attempt: number) => clock.sleep(yieldSeconds(attempt))
  const none = () => Promise.reject(new Error('A branch asks for nothing else.'))
  const requester = { ask, yieldTo, pause: async () => false, locate: none, fetchBytes: none }
  const branches = branchPort({ owner: 'octocat', repo: 'hello-world' }, requester)
  return { branches, asked: () => asked }
}

const GIT = '/repos/{owner}/{repo}/git'
const OPERATIONS: Readonly<Record<string, string>> = {
  [`GET ${GIT}/ref/{ref}`]: 'git/get-ref',
  [`GET ${GIT}/commits/{sha}`]: 'git/get-commit',
  [`GET ${GIT}/trees/{root}`]: 'git/get-tree',
  [`GET ${GIT}/blobs/{sha}`]: 'git/get-blob',
  [`POST ${GIT}/blobs`]: 'git/create-blob',
  [`POST ${GIT}/trees`]: 'git/create-tree',
  [`POST ${GIT}/commits`]: 'git/create-commit',
  [`POST ${GIT}/refs`]: 'git/create-ref',
  [`PATCH ${GIT}/refs/{ref}`]: 'git/update-ref',
}

/** What a call to the API takes, more or less. */
const CALL_SECONDS = 0.1

/** A clock that only waits move, the shortest first, so that hours of them pass at once. */
function clockOfWaits(): { sleep(seconds: number): Promise<void> } {
  const waits: { readonly at: number; readonly end: () => void }[] = []
  let [now, runs] = [0, false]
  const run = async () => {
    runs = true
    for (let next = waits.shift(); next; next = waits.shift()) {
      now = next.at
      next.end()
      // Whoever waited goes on until the next wait.
      await immediately()
    }
    runs = false
  }
  return {
    sleep: seconds =>
      new Promise(end => {
        const at = now + seconds
        const before = waits.findLastIndex(wait => wait.at <= at)
        waits.splice(before + 1, 0, { at, end })
        if (!runs) void run()
      }),
  }
}
