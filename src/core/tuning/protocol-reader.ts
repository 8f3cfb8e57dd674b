import { z } from 'zod'
import { PARTITIONS } from './knobs/scheduling.ts'
import type { HostEvent } from './protocol.ts'

const sentence = z.string().max(20_000)
const sentences = z.array(sentence).max(10_000)
const limitation = z.object({ what: sentence, instead: sentence })
const knob = z.object({
  name: z.string().max(100),
  found: sentence.exactOptional(),
  set: sentence.exactOptional(),
  restored: z.boolean().exactOptional(),
  lasted: z.boolean().exactOptional(),
  why: sentence.exactOptional(),
})

const hostEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('waiting'), holder: sentence, seconds: z.number() }),
  z.object({
    event: z.literal('ready'),
    protocol: z.number(),
    knobs: z.array(knob),
    limitations: z.array(limitation),
    cpus: z
      .string()
      .regex(/^\d[\d,-]{0,1000}$/)
      .exactOptional(),
    nice: z.number().int().min(-20).max(19).exactOptional(),
    realTime: z.number().int().min(1).max(99).exactOptional(),
    partition: z.enum(PARTITIONS).exactOptional(),
    notes: sentences,
  }),
  z.object({ event: z.literal('released'), knobs: z.array(knob), leftovers: sentences }),
  z.object({
    event: z.literal('recovered'),
    outcome: z.enum(['nothing', 'restored', 'held', 'blocked']),
    notes: sentences,
  }),
  z.object({ event: z.literal('refused'), reason: z.enum(['input', 'busy']), faults: sentences }),
])

/** Reads one line of the host process; undefined when it is none of its events. */
export function parseHostEvent(line: string): HostEvent | undefined {
  try {
    return hostEvent.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
