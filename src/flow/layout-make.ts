import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type PlacedSection, readLinkMap } from '../core/layout/link-map.ts'
import { orderInScript, orderingFile, scriptIn } from '../core/layout/link-script.ts'
import { randomOrder, type SectionOrder } from '../core/layout/order.ts'
import { type Pad, padsOf } from '../core/layout/pads.ts'
import { needsNames, shuffleArguments } from '../core/layout/shuffle.ts'
import { assemblePads } from '../shell/layout-build.ts'
import { readUntrusted } from '../shell/untrusted-file.ts'
import type { JobOutcome, World } from '../shell/world.ts'
import { copyFresh, makeFolder, removeFiles, sumsOf } from './layout-jobs.ts'
import type { LayoutRequest } from './layout-request.ts'
import { buildLayout, type LayoutSide, type ShuffledLink } from './layout-side.ts'

/** A way to the layouts of one side: makes the one of a seed and yields where its files lie, or why it could not. */
export type MakeLayout = (seed: number) => Promise<readonly string[] | string>

/** What a link's own linker says of it: the sections it laid out, and GNU ld's script for it. */
interface Probe {
  readonly placed: readonly PlacedSection[]
  readonly script?: string
}

const MOST_MAP_BYTES = 400 * 2 ** 20

/**
 * Chooses how layouts are made: by the recorded link again where that brings the mapped files back exactly (tens of
 * milliseconds a layout), else by removing what was linked and building again, with the wrappers adding the layout.
 */
export async function openMaker(
  side: LayoutSide,
  request: LayoutRequest,
  world: World,
): Promise<{ readonly make: MakeLayout; readonly linker: string } | string> {
  const elf = side.files
  if (elf.length === 0) return `the benchmark maps no ELF file of ${side.side}'s work tree.`
  const direct = elf.flatMap(({ link }) => (link ? [link] : []))
  const links = direct.length > 0 ? [...new Set(direct)] : side.links
  if (links.length === 0 && !side.go)
    return `no link of ${side.side}'s build passed our wrappers with a linker that can lay sections out in another order.`
  const probes = await probeAll(links, side, world)
  if (typeof probes === 'string') return probes
  const exact = direct.length === elf.length && (await replaysExactly(links, side, world))
  const context: Making = { side, request, world, probes }
  const make: MakeLayout = exact ? seed => replayLayout(context, seed) : seed => rebuildLayout(context, seed)
  const kinds = [...new Set(links.map(link => link.kind))]
  return { make, linker: kinds.length > 0 ? kinds.join('+') : 'go' }
}

/** What making one layout needs. */
interface Making {
  readonly side: LayoutSide
  readonly request: LayoutRequest
  readonly world: World
  readonly probes: ReadonlyMap<ShuffledLink, Probe>
}

async function probeAll(
  links: readonly ShuffledLink[],
  side: LayoutSide,
  world: World,
): Promise<ReadonlyMap<ShuffledLink, Probe> | string> {
  const probes = new Map<ShuffledLink, Probe>()
  for (const link of links) {
    if (!needsNames(link.kind)) {
      probes.set(link, { placed: [] })
      continue
    }
    const note = join(side.folder.links, link.key)
    const asked = ['-Map', join(note, 'map'), ...(link.kind === 'bfd' ? ['--verbose'] : [])]
    const outcome = await relink(link, asked, world)
    const map = await readUntrusted(note, 'map', MOST_MAP_BYTES)
    const script = scriptIn(outcome.stdout)
    if (outcome.code !== 0 || map === undefined || (link.kind === 'bfd' && script === undefined))
      return `the link of ${link.output} could not be done again${lastLine(outcome)}.`
    probes.set(link, { placed: readLinkMap(map), ...(script === undefined ? {} : { script }) })
  }
  return probes
}

/** Whether the recorded links, done again as they were, bring back the same files. */
async function replaysExactly(
  links: readonly ShuffledLink[],
  side: LayoutSide,
  world: World,
): Promise<boolean> {
  const outputs = links.map(link => resolve(link.folder, link.output))
  const mapped = side.files.map(({ file }) => join(side.tree, file))
  const before = await sumsOf([...outputs, ...mapped], world.sandbox)
  for (const link of links) if ((await relink(link, [], world)).code !== 0) return false
  const after = await sumsOf(outputs, world.sandbox)
  return outputs.every(output => before.has(output) && before.get(output) === after.get(output))
}

async function replayLayout(making: Making, seed: number): Promise<readonly string[] | string> {
  const { side, world } = making
  for (const link of making.probes.keys()) {
    const extra = await argumentsFor(link, seed, making)
    if (typeof extra === 'string') return extra
    const outcome = await relink(link, extra, world)
    if (outcome.code !== 0)
      return `${link.kind} could not lay ${link.output} out in another order${lastLine(outcome)}.`
  }
  const sources = side.files.map(({ link }) => resolve(link!.folder, link!.output))
  return keepLayout(sources, seed, making)
}

/** Removes what was linked and lets the project's build make it again, through wrappers that follow the plans. */
async function rebuildLayout(making: Making, seed: number): Promise<readonly string[] | string> {
  const { side, request, world } = making
  for (const link of making.probes.keys()) {
    const extra = await argumentsFor(link, seed, making)
    if (typeof extra === 'string') return extra
    await writeFile(join(side.folder.plans, link.key), extra.map(arg => `${arg}\n`).join(''))
  }
  if (side.go) await writeFile(join(side.folder.plans, 'go-seed'), `${seed}\n`)
  const outputs = side.links.map(link => resolve(link.folder, link.output))
  const mapped = side.files.map(({ file }) => join(side.tree, file))
  await removeFiles([...outputs, ...mapped], world.sandbox)
  const failure = await buildLayout(side, request, quietly(world))
  return failure ?? keepLayout(mapped, seed, making)
}

/** One build is worth a line in the log; those of every layout are not. */
const quietly = (world: World): World => ({ ...world, log: { ...world.log, line: () => {} } })

/** What to add to a link for the layout of a seed, its files written; or why that cannot be. */
async function argumentsFor(
  link: ShuffledLink,
  seed: number,
  { side, world, probes }: Making,
): Promise<readonly string[] | string> {
  const pads = padsOf(seed)
  const folder = side.folder.plans
  const object = await assemblePads(pads, { folder, seed }, world.tools)
  if (object === undefined) return 'there is no assembler (as, clang or gcc) for the pad object.'
  const { placed, script } = probes.get(link)!
  const order = join(folder, `order-${link.key}-${seed}`)
  if (needsNames(link.kind)) {
    const text = orderText(script, randomOrder(placed, pads, seed))
    if (text === undefined) return `the linker script of ${link.output} has no .text to lay out.`
    await writeFile(order, text)
  }
  return shuffleArguments(link.kind, seed, { pads: object, order }, keptPads(link, pads))
}

function orderText(script: string | undefined, order: SectionOrder): string | undefined {
  return script === undefined ? orderingFile(order) : orderInScript(script, order)
}

function keptPads(link: ShuffledLink, pads: readonly Pad[]): readonly Pad[] {
  return link.args.some(arg => arg.includes('gc-sections')) ? pads : []
}

async function keepLayout(
  sources: readonly string[],
  seed: number,
  { side, world }: Making,
): Promise<readonly string[] | string> {
  const folder = join(side.folder.store, `${seed}`)
  const kept = sources.map((_, at) => join(folder, `${at}`))
  const made = await makeFolder(folder, world.sandbox)
  const copied =
    made &&
    (await copyFresh(
      sources.map((from, at) => [from, kept[at]!] as const),
      world.sandbox,
    ))
  return copied ? kept : `${side.side}'s build did not bring back the files that the benchmark maps.`
}

function relink(link: ShuffledLink, extra: readonly string[], world: World): Promise<JobOutcome> {
  return world.sandbox.run({
    argv: [link.linker, ...link.args, ...extra],
    cwd: link.folder,
    env: link.env,
    timeoutSeconds: 600,
  })
}

function lastLine({ stderr }: JobOutcome): string {
  const line = stderr.trim().split('\n').at(-1)
  return line ? ` (${line.slice(0, 200)})` : ''
}
