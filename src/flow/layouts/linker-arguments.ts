import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import type { PlacedSection } from '../../core/layouts/link-map.ts'
import { orderInScript, orderingFile } from '../../core/layouts/link-script.ts'
import { type Hot, packedOrder, randomOrder, type SectionOrder } from '../../core/layouts/order.ts'
import { type Pad, padsOf } from '../../core/layouts/pads.ts'
import { type LayoutOrder, needsNames, orderArguments, shuffleArguments } from '../../core/layouts/shuffle.ts'
import { type Failure, failed, type Result, success } from '../../core/model/result.ts'
import { assemblePads } from '../../shell/layouts/build.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import type { ShuffledLink } from './links.ts'
import type { RelinkRequest } from './request.ts'
import type { LayoutSide, MappedFile } from './side.ts'

/** What a link's own linker says of it: the sections it laid out, and GNU ld's script for it. */
export interface LinkProbe {
  readonly placed: readonly PlacedSection[]
  readonly script?: string
}

/** What making one layout needs. */
export interface Making {
  readonly side: LayoutSide
  /** What the benchmark maps. */
  readonly files: readonly MappedFile[]
  readonly request: RelinkRequest
  readonly ports: Ports
  readonly probes: ReadonlyMap<ShuffledLink, LinkProbe>
}

/** What to add to a link for a layout, its files written. */
export async function argumentsFor(
  link: ShuffledLink,
  arrangement: LayoutOrder,
  making: Making,
): Promise<Result<readonly string[], LayoutFault>> {
  const folder = making.side.folder.plans
  const order = join(folder, `order-${link.key}-${nameOf(arrangement)}`)
  const probe = making.probes.get(link)!
  if (arrangement.kind === 'packed') return packedArguments(link, probe, { ...arrangement, order })
  const { seed } = arrangement
  const pads = padsOf(seed)
  const object = await assemblePads(pads, { folder, seed }, making.ports.tools)
  if (object === undefined) return failed({ kind: 'no-assembler' })
  if (needsNames(link.kind)) {
    const text = orderText(probe, randomOrder(probe.placed, pads, seed))
    if (text === undefined) return noText(link)
    await writeFile(order, text)
  }
  return success(shuffleArguments(link.kind, seed, { pads: object, order }, keptPads(link, pads)))
}

async function packedArguments(
  link: ShuffledLink,
  probe: LinkProbe,
  { functions, objects, order }: Hot & { readonly order: string },
): Promise<Result<readonly string[], LayoutFault>> {
  const asked = orderArguments(link.kind, order)
  if (!asked) return failed({ kind: 'takes-no-order', linker: link.kind })
  // lld orders by symbols, the others by sections.
  const text = needsNames(link.kind)
    ? orderText(probe, packedOrder(probe.placed, { functions, objects }))
    : [...functions, ...objects, ''].join('\n')
  if (text === undefined) return noText(link)
  await writeFile(order, text)
  return success(asked)
}

/** An order in the linker's own form; undefined when its script has no place for it. */
function orderText({ script }: LinkProbe, order: SectionOrder): string | undefined {
  return script === undefined ? orderingFile(order) : orderInScript(script, order)
}

const noText = ({ output }: ShuffledLink): Failure<LayoutFault> => failed({ kind: 'no-text', output })

function keptPads(link: ShuffledLink, pads: readonly Pad[]): readonly Pad[] {
  return link.args.some(arg => arg.includes('gc-sections')) ? pads : []
}

/** A folder's name for a layout. */
export const nameOf = (arrangement: LayoutOrder): string =>
  arrangement.kind === 'random' ? `${arrangement.seed}` : 'packed'
