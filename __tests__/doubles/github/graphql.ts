import { readFileSync } from 'node:fs'
import { buildSchema, type ExecutionResult, type GraphQLObjectType, graphql } from 'graphql'
import type { Identity } from './rights.ts'
import type { CommentRow } from './state.ts'

const schema = buildSchema(
  readFileSync(new URL('../../fixtures/github/github-schema.graphql', import.meta.url), 'utf8'),
)
const comment = schema.getType('IssueComment') as GraphQLObjectType

/** Answers a query by GitHub's own schema, as far as it was cut for us; a query that it does not allow gets errors. */
export async function answerQuery(
  body: { readonly query?: unknown; readonly variables?: unknown },
  comments: readonly CommentRow[],
  who: Identity,
): Promise<ExecutionResult> {
  const node = (id: string) => {
    const found = comments.find(row => row.nodeId === id)
    if (!found) return null
    const { nodeId, minimised, author } = found
    return {
      __typename: comment.name,
      id: nodeId,
      isMinimized: minimised,
      viewerDidAuthor: author.id === who.id,
    }
  }
  return await graphql({
    schema,
    source: String(body.query),
    variableValues: body.variables as Readonly<Record<string, unknown>>,
    rootValue: { nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map(node) },
  })
}
