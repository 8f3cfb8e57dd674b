import { z } from 'zod'
import { POLICY_NAMES, type PolicyName } from '../model/policies.ts'
import { benchmarkSchema, count, finite, list, record, text, whole } from './benchmark-schema.ts'

type PolicyShape = Record<PolicyName, z.ZodEnum<{ fail: 'fail'; warn: 'warn'; pass: 'pass' }>>

/** A commit, abbreviated or not; empty where none was found. */
const sha = z.string().regex(/^(?:[0-9a-f]{4,64})?$/)
const commit = record({ sha, title: text.exactOptional() })
const fault = record({
  what: text,
  detail: text.exactOptional(),
  side: z.enum(['base', 'head']).exactOptional(),
  at: record({ file: text, line: whole, message: text }).exactOptional(),
})
const policy = z.enum(['fail', 'warn', 'pass'])
const policies = record(Object.fromEntries(POLICY_NAMES.map(name => [name, policy])) as PolicyShape)
const limitation = record({ what: text, instead: text, above: z.literal(true).exactOptional() })

const knob = record({
  name: text,
  found: text.exactOptional(),
  set: text.exactOptional(),
  restored: z.boolean().exactOptional(),
  lasted: z.boolean().exactOptional(),
  why: text.exactOptional(),
})

const host = record({
  knobs: list(knob),
  isolation: text,
  network: z.enum(['builds', 'none', 'all']).exactOptional(),
  noise: list(text).exactOptional(),
  cpus: text.exactOptional(),
})

const run = record({
  url: text.exactOptional(),
  number: whole.exactOptional(),
  attempt: whole.exactOptional(),
})

/**
 * `report.json` of version 1, the single source of its published JSON schema and of how a report is read back. Keys that it
 * does not know are dropped, so that a newer version may say more.
 */
export const reportSchema = record({
  schema: z.literal(1),
  verdict: z.enum(['pass', 'fail', 'undecided', 'error']),
  sentence: text,
  tool: record({ name: z.literal('perf-verdict'), version: text }),
  base: commit,
  head: commit,
  pull: record({ number: whole, repository: text }).exactOptional(),
  run: run.exactOptional(),
  key: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .exactOptional(),
  shard: record({ index: whole, of: whole }).exactOptional(),
  seed: finite,
  alpha: count.max(1),
  startedAt: text,
  seconds: count,
  limitations: list(limitation),
  notes: list(text),
  remarks: list(text).exactOptional(),
  errors: list(fault),
  policies: policies.exactOptional(),
  machine: z.record(text, text).readonly(),
  host,
  benchmarks: list(benchmarkSchema, 10_000),
  unfinished: z.literal(true).exactOptional(),
})
