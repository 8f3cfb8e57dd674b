import { mkdir } from 'node:fs/promises'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { PerSide } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { buildTrialTree, type TrialTree } from './build-side.ts'
import type { RelinkRequest } from './request.ts'
import { type LayoutSide, openSide } from './side.ts'

/** Both sides built so that they can be laid out in other ways, for all trials of a gate. */
export interface RelinkSetup {
  readonly request: RelinkRequest
  readonly sides: PerSide<LayoutSide>
  /** Head built with further compiler flags, once for each set of them; undefined when that fails. */
  headWith(flags: readonly string[]): Promise<TrialTree | undefined>
}

/** Builds both sides through the wrappers. */
export async function openRelinkSetup(
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<RelinkSetup, LayoutFault>> {
  return ports.log.group('Build both sides for other layouts', async () => {
    await mkdir(request.folder, { recursive: true, mode: 0o755 })
    const base = await openSide('base', request, ports)
    if (!base.ok) return base
    const head = await openSide('head', request, ports)
    if (!head.ok) return head
    const flagged = new Map<string, TrialTree | undefined>()
    return success({
      request,
      sides: { base: base.value, head: head.value },
      async headWith(flags) {
        const key = flags.join(' ')
        if (!flagged.has(key)) {
          const shows = [{ path: head.value.folder.store, writable: true }]
          const wish = { name: `flags-${flagged.size}`, flags, shows }
          const built = await buildTrialTree('head', wish, request, ports)
          flagged.set(key, built.ok ? built.value : undefined)
        }
        return flagged.get(key)
      },
    })
  })
}
