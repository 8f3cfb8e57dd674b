import { InputError } from '../../core/model/errors.ts'
import { quoted } from '../../core/text/text.ts'
import { splitRepository } from './call-sites.ts'
import { checksPort } from './checks.ts'
import { commentsPort } from './comments.ts'
import { branchPort } from './history-branch.ts'
import { issuesPort } from './issues.ts'
import { peoplePort } from './people.ts'
import type { GitHub } from './ports.ts'
import { pullsPort } from './pulls.ts'
import { createRequester, type Timing } from './request.ts'
import { runsPort } from './runs.ts'

export interface GitHubOptions {
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly timing?: Timing
  readonly timeoutSeconds?: number
}

/** Real time. */
const REAL_TIME: Timing = {
  epochSeconds: () => Date.now() / 1000,
  sleep: seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000)),
}

/** Opens GitHub for one repository at the addresses that the runner gave. */
export async function openGitHub(options: GitHubOptions): Promise<GitHub> {
  const apiUrl = options.env.GITHUB_API_URL || 'https://api.github.com'
  if (!URL.canParse(apiUrl))
    throw new InputError([
      `GITHUB_API_URL is ${quoted(apiUrl)}, which is no address; set it to that of the API, such as https://github.example.org/api/v3.`,
    ])
  const requester = await createRequester({
    token: options.token,
    apiUrl,
    timing: options.timing ?? REAL_TIME,
    ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds }),
  })
  const repository = splitRepository(options.repository)
  const graphql = graphqlUrl(apiUrl, options.env.GITHUB_GRAPHQL_URL)
  return {
    branches: branchPort(repository, requester),
    issues: issuesPort(repository, graphql, requester),
    people: peoplePort(repository, requester),
    pulls: pullsPort(repository, requester),
    comments: commentsPort(repository, graphql, requester),
    checks: checksPort(repository, requester),
    runs: runsPort(repository, requester),
    pause: requester.pause,
  }
}

/** The address of GraphQL: next to /api/v3 on GitHub Enterprise Server, below the root elsewhere. */
function graphqlUrl(apiUrl: string, given: string | undefined): string {
  const derived = `${apiUrl.replace(/\/+$/, '').replace(/\/api\/v3$/, '/api')}/graphql`
  // The token may go only where the API lives.
  const sameOrigin = given && URL.canParse(given) && new URL(given).origin === new URL(apiUrl).origin
  return sameOrigin ? given : derived
}
