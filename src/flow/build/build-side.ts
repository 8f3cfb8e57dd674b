import type { MissingContent } from '../../core/checkout/missing-content.ts'
import { withoutColours } from '../../core/harness/output.ts'
import { CommandError } from '../../core/model/errors.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { firstError } from '../../core/text/compiler-error.ts'
import { missingContentHint } from '../../report/limitations/checkout.ts'
import { buildOf, howBuildEnded } from '../../report/reasons/builds.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { outputLines } from './output-lines.ts'

export interface BuildRequest {
  readonly command: string
  readonly trees: PerSide<string>
  readonly env: PerSide<Readonly<Record<string, string>>>
  readonly timeoutSeconds: number
  /** What the trees lack, which a failed build may well be due to. */
  readonly leftOut?: PerSide<MissingContent>
}

/** How a build failed. */
export interface FailedBuild {
  readonly error: CommandError
  /** It ran out of time, memory, disk or the like, or was killed: alone on the machine it may succeed. */
  readonly wantsRoom: boolean
}

const LAST_LINES = 20

/** Builds one side in its own tree; returns the failure instead of throwing it, so that both sides are tried. */
export async function buildSide(
  side: Side,
  request: BuildRequest,
  ports: Ports,
): Promise<FailedBuild | undefined> {
  const lines = outputLines(text => ports.log.quote?.(`${side} | ${text}`))
  ports.log.doing?.(`building ${side}`, request.timeoutSeconds)
  const { seconds, code, signal, timedOut, ranOut, stdout } = await ports.sandbox.run({
    // One stream, so that the last lines are in the order in which they were written.
    argv: ['bash', '-c', 'exec 2>&1; exec bash -euo pipefail -c "$1"', 'bash', request.command],
    tree: request.trees[side],
    builds: true,
    env: request.env[side],
    timeoutSeconds: request.timeoutSeconds,
    onOutput: lines.take,
  })
  lines.end()
  if (code === 0 && !timedOut) {
    ports.log.line(`built ${side} in ${seconds.toFixed(1)} s`)
    return undefined
  }
  const error = firstError(stdout, request.trees[side])
  const hint = request.leftOut && missingContentHint(request.leftOut[side], side)
  const failed = new CommandError({
    what: buildOf(side),
    command: request.command,
    side,
    ended: howBuildEnded({ code, signal, timedOut, ranOut }, request.timeoutSeconds),
    lastLines: lastLines(stdout),
    ...(error !== undefined && { error }),
    ...(hint !== undefined && { hint }),
  })
  return { error: failed, wantsRoom: timedOut || ranOut !== undefined || signal !== null }
}

/** The end of a long output has them all. */
const LAST_CHARACTERS = 64 * 1024

function lastLines(text: string): readonly string[] {
  return withoutColours(text.slice(-LAST_CHARACTERS))
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line !== '')
    .slice(-LAST_LINES)
}
