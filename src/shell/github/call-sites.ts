import type { CallSite } from '../../core/github/api-failure.ts'

/** Every call we make of GitHub's API: what it is for, and the least right that it needs. */
export const SITES = {
  readPull: { what: 'read the pull request', permission: 'pull-requests: read' },
  findPull: { what: 'look for the pull request', permission: 'pull-requests: read' },
  findMerged: { what: 'ask which pull request brought a commit', permission: 'pull-requests: read' },
  listComments: { what: 'list the comments', permission: 'pull-requests: read' },
  askComments: { what: 'ask whose the comments are', permission: 'pull-requests: read' },
  askWordings: { what: 'ask who wrote what was accepted', permission: 'pull-requests: read' },
  createComment: { what: 'write the comment', permission: 'pull-requests: write' },
  updateComment: { what: 'update the comment', permission: 'pull-requests: write' },
  createCheck: { what: 'create the check', permission: 'checks: write' },
  startCheck: { what: 'start the check', permission: 'checks: write' },
  completeCheck: { what: 'complete the check', permission: 'checks: write' },
  appendCheck: { what: 'add annotations to the check', permission: 'checks: write' },
  listArtifacts: { what: 'list the artifacts', permission: 'actions: read' },
  downloadArtifact: { what: 'download the artifact', permission: 'actions: read' },
  readBranch: { what: 'read the history', permission: 'contents: read' },
  writeBranch: { what: 'write the history', permission: 'contents: write' },
  listIssues: { what: 'list the issues', permission: 'issues: read' },
  askIssues: { what: 'ask whose the issues are', permission: 'issues: read' },
  createIssue: { what: 'open the issue', permission: 'issues: write' },
  updateIssue: { what: 'update the issue', permission: 'issues: write' },
  listEvents: { what: 'ask who set the label', permission: 'pull-requests: read' },
  askPermission: { what: 'ask who may write', permission: 'metadata: read' },
  listCaches: { what: 'list the caches', permission: 'actions: read' },
} as const satisfies Readonly<Record<string, CallSite>>

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
