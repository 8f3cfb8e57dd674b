import { readFileSync } from 'node:fs'
import { buildSchema, type ExecutionResult, graphql } from 'graphql'
import type { Identity } from './rights.ts'
import type { State } from './state.ts'

const schema = buildSchema(
  readFileSync(new URL('../../fixtures/github/github-schema.graphql', import.meta.url), 'utf8'),
)

/** Answers a query by GitHub's own schema, as far as it was cut for us; a query that it does not allow gets errors. */
export async function answerQuery(
  body: { readonly query?: unknown; readonly variables?: unknown },
  state: Pick<State, 'comments' | 'pulls' | 'issues'>,
  who: Identity,
): Promise<ExecutionResult> {
  const node = (id: string) => commentNode(id, state, who) ?? pullNode(id, state) ?? issueNode(id, state, who)
  return await graphql({
    schema,
    source: String(body.query),
    variableValues: body.variables as Readonly<Record<string, unknown>>,
    rootValue: { nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map(node) },
  })
}

function commentNode(id: string, { comments }: Pick<State, 'comments'>, who: Identity) {
  const found = comments.find(row => row.nodeId === id)
  if (!found) return undefined
  const { minimised, author, body, createdAt, updatedAt, editedBy } = found
  return {
    __typename: 'IssueComment',
    id,
    isMinimized: minimised,
    viewerDidAuthor: author.id === who.id,
    body,
    createdAt,
    lastEditedAt: editedBy === undefined ? null : updatedAt,
    editor: actor(editedBy),
  }
}

function pullNode(id: string, { pulls }: Pick<State, 'pulls'>) {
  const found = pulls.find(row => pullNodeId(row.number) === id)
  return (
    found && {
      __typename: 'PullRequest',
      id,
      body: found.body,
      createdAt: '2026-01-01T00:00:00Z',
      lastEditedAt: found.edited?.at ?? null,
      editor: actor(found.edited?.by),
    }
  )
}

function issueNode(id: string, { issues }: Pick<State, 'issues'>, who: Identity) {
  const found = issues.find(row => `I_${row.number}` === id)
  return found && { __typename: 'Issue', id, viewerDidAuthor: (found.by ?? who.login) === who.login }
}

function actor(login: string | undefined) {
  return login === undefined ? null : { __typename: 'User', login }
}

/** The node id of a pull request. */
export function pullNodeId(number: number): string {
  return `PR_${number}`
}
