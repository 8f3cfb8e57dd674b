/** Who a token speaks for, and what it may do. */
export interface Identity {
  readonly login: string
  readonly type: 'Bot' | 'User'
  readonly id: number
  /** As under `permissions:` in a workflow; an absent one is none. */
  readonly permissions: Readonly<Partial<Record<Permission, 'read' | 'write'>>>
}

export type Permission = 'pull-requests' | 'checks' | 'actions' | 'contents' | 'issues'

export const TOKENS: Readonly<Record<string, Identity>> = {
  /** The GITHUB_TOKEN of a job that was given what it asks for. */
  ghs_writer: bot({
    'pull-requests': 'write',
    checks: 'write',
    actions: 'read',
    contents: 'write',
    issues: 'write',
  }),
  /** The GITHUB_TOKEN of a pull request from a fork. */
  ghs_reader: bot({ 'pull-requests': 'read', checks: 'read', actions: 'read', contents: 'read' }),
  /** A job with `permissions: contents: read` alone. */
  ghs_nothing: bot({}),
  /** A person's own token. */
  ghp_person: {
    login: 'octocat',
    type: 'User',
    id: 583231,
    permissions: { 'pull-requests': 'write', checks: 'write', actions: 'read' },
  },
}

function bot(permissions: Identity['permissions']): Identity {
  return { login: 'github-actions[bot]', type: 'Bot', id: 41_898_282, permissions }
}

/** What an operation needs. A public repository's pull requests and comments can be read by anybody. */
export function permissionFor(
  operation: string,
): { permission: Permission; level: 'read' | 'write' } | undefined {
  if (operation === 'issues/create-comment' || operation === 'issues/update-comment') {
    return { permission: 'pull-requests', level: 'write' }
  }
  if (operation === 'issues/create' || operation === 'issues/update') {
    return { permission: 'issues', level: 'write' }
  }
  if (operation.startsWith('git/')) {
    return { permission: 'contents', level: operation.startsWith('git/get') ? 'read' : 'write' }
  }
  if (operation.startsWith('checks/')) return { permission: 'checks', level: 'write' }
  if (operation.startsWith('actions/')) return { permission: 'actions', level: 'read' }
  return undefined
}

/** Whether the identity may do it. */
export function isAllowed(identity: Identity, operation: string): boolean {
  const needed = permissionFor(operation)
  if (!needed) return true
  const had = identity.permissions[needed.permission]
  return had === 'write' || had === needed.level
}
