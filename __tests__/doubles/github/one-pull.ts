import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { GitHub } from '../../../src/shell/github/ports.ts'
import { fakeTiming } from '../timing.ts'
import { type GitHubDouble, startGitHub } from './server.ts'
import { addPull, newState, type PullRow } from './state.ts'

/** The one pull request's number. */
export const PULL = 7

/** GitHub with one pull request and no comment before each test of the file that calls this. */
export function onePull(headSha: string) {
  let double: GitHubDouble
  let pull: PullRow
  beforeAll(async () => {
    double = await startGitHub(newState())
  })
  afterAll(async () => await double.close())
  beforeEach(() => {
    double.forget()
    double.state.comments.length = 0
    double.state.pulls.length = 0
    pull = addPull(double.state, { number: PULL, headSha })
  })
  return {
    get double() {
      return double
    },
    get pull() {
      return pull
    },
    open: async (token = 'ghs_writer'): Promise<GitHub> =>
      await openGitHub({
        ...{ token, repository: 'octocat/hello-world' },
        ...{ env: { GITHUB_API_URL: double.url }, timing: fakeTiming() },
      }),
  }
}
