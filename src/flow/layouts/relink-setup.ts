import { mkdir } from 'node:fs/promises'
import type { Limitation } from '../../core/model/report.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { PerSide } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { buildTrialTree, type TrialTree } from './build-side.ts'
import { noTrial, type RelinkRequest } from './request.ts'
import { type LayoutSide, openSide } from './side.ts'

/** Both sides built so that they can be laid out in other ways, for all trials of a gate. */
export interface RelinkSetup {
  readonly request: RelinkRequest
  readonly sides: PerSide<LayoutSide>
  /** Head built with further compiler flags, once for each set of them; undefined when that fails. */
  headWith(flags: readonly string[]): Promise<TrialTree | undefined>
}

/** Builds both sides through the wrappers; a limitation says why that cannot be done. */
export async function openRelinkSetup(
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<RelinkSetup, Limitation>> {
  return ports.log.group('Build both sides for other layouts', async () => {
    await mkdir(request.folder, { recursive: true, mode: 0o755 })
    const base = await openSide('base', request, ports)
    if (typeof base === 'string') return noTrial(base)
    const head = await openSide('head', request, ports)
    if (typeof head === 'string') return noTrial(head)
    const flagged = new Map<string, TrialTree | undefined>()
    return success({
      request,
      sides: { base, head },
      async headWith(flags) {
        const key = flags.join(' ')
        if (!flagged.has(key)) {
          const shows = [{ path: head.folder.store, writable: true }]
          const wish = { name: `flags-${flagged.size}`, flags, shows }
          const built = await buildTrialTree('head', wish, request, ports)
          flagged.set(key, typeof built === 'string' ? undefined : built)
        }
        return flagged.get(key)
      },
    })
  })
}
