import { SIDES, type Side } from '../../core/model/side.ts'
import type { Findings } from '../run/context.ts'
import { type MappedFiles, mappedFiles } from '../trees/files-used.ts'
import { compareBuilds } from './compare-builds.ts'

/** What was found out before measuring. */
export interface Survey {
  /** Names of the benchmarks that cannot differ, with the sentence that says why. */
  readonly identical: ReadonlyMap<string, string>
}

/**
 * Runs every command once on both sides, and looks whether the files that it used are the same there: what runs the same code on the
 * same data needs no measuring, and would only give noise a chance.
 */
export async function survey(findings: Findings): Promise<Survey> {
  const { plan, world } = findings
  const both = plan.benchmarks.filter(({ on }) => on.length === SIDES.length).map(planned => planned.plan)
  const commands = new Map(both.map(benchmark => [benchmark.command, benchmark.timeoutSeconds]))
  return world.log.group('Look whether the builds differ', async () => {
    const reasons = new Map<string, string>()
    for (const [command, timeoutSeconds] of commands) {
      const reason = await sameOnBothSides(command, timeoutSeconds, findings)
      if (reason !== undefined) reasons.set(command, reason)
    }
    const identical = both.flatMap(({ name, command }) => {
      const reason = reasons.get(command)
      return reason === undefined ? [] : [[name, reason] as const]
    })
    for (const [name, reason] of identical) world.log.line(`${name}: ${reason}`)
    return { identical: new Map(identical) }
  })
}

/** Why a command cannot differ; undefined when it can, or when it does not run to its end. */
async function sameOnBothSides(
  command: string,
  timeoutSeconds: number,
  findings: Findings,
): Promise<string | undefined> {
  const { checkout, env, world } = findings
  const builtAs = {
    base: world.sandbox.placeOf(checkout.trees.base).inside.tree,
    head: world.sandbox.placeOf(checkout.trees.head).inside.tree,
  }
  const mapped: Record<Side, MappedFiles> = { base: NOTHING, head: NOTHING }
  for (const side of SIDES) {
    let ran = false
    mapped[side] = await mappedFiles(checkout.trees[side], async () => {
      const job = {
        argv: ['bash', '-c', command],
        tree: checkout.trees[side],
        env: env[side],
        timeoutSeconds,
      }
      const { code } = await world.sandbox.run(job)
      ran = code === 0
    })
    // Measuring will say how it failed.
    if (!ran) return undefined
  }
  const { identical, reason } = compareBuilds({ trees: checkout.trees, builtAs, mapped })
  if (!identical) world.log.line(reason)
  return identical ? reason : undefined
}

const NOTHING: MappedFiles = { files: [], exact: false }
