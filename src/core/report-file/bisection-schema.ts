import { z } from 'zod'
import { benchmarkSchema, count, finite, list, record, text, whole } from './benchmark-schema.ts'

const fields = benchmarkSchema.unwrap().shape
const commit = record({ sha: z.string().regex(/^[0-9a-f]{40,64}$/), title: text.exactOptional() })

const step = record({
  kind: z.enum(['range', 'between', 'last']),
  base: commit,
  head: commit,
  position: whole,
  answer: z.enum(['above', 'below', 'open', 'broken']),
  decision: fields.decision.exactOptional(),
  reason: text.exactOptional(),
  change: fields.change,
  rounds: whole,
  seconds: count,
})

/** `bisect.json` of version 1, the single source of its published JSON schema. */
export const bisectionSchema = record({
  schema: z.literal(1),
  outcome: z.enum(['commit', 'range', 'steps', 'crossing', 'nothing', 'open', 'unfinished']),
  sentence: text,
  tool: record({ name: z.literal('perf-verdict'), version: text }),
  seeks: z.enum(['faster']).exactOptional(),
  good: commit,
  bad: commit,
  commits: whole,
  benchmark: record({ name: text, threshold: count, midpoint: finite.exactOptional() }).exactOptional(),
  others: list(text, 10_000),
  steps: list(step, 10_000),
  candidates: list(commit),
  candidateCount: whole,
  ranked: list(record({ ...commit.unwrap().shape, probability: count.max(1) })).exactOptional(),
  after: commit.exactOptional(),
  cause: fields.cause,
  alpha: count.max(1),
  mostDecisions: whole,
  seed: finite,
  startedAt: text,
  seconds: count,
  notes: list(text),
})
