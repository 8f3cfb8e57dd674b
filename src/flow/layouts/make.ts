import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import { readLinkMap } from '../../core/layouts/link-map.ts'
import { scriptIn } from '../../core/layouts/link-script.ts'
import { type LayoutOrder, needsNames } from '../../core/layouts/shuffle.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { readUntrusted } from '../../shell/files/untrusted-file.ts'
import type { JobOutcome, Ports } from '../../shell/ports/ports.ts'
import { buildAgain } from './build-side.ts'
import { copyFresh, makeFolder, removeFiles, sumsOf } from './files.ts'
import { argumentsFor, type LinkProbe, type Making, nameOf } from './linker-arguments.ts'
import { outputOf, type ShuffledLink } from './links.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutSide, TrialRun } from './side.ts'

/** A way to the layouts of one side: makes one and returns where its files are. */
export type MakeLayout = (arrangement: LayoutOrder) => Promise<Result<readonly string[], LayoutFault>>

/** How the layouts of one benchmark on one side are made, and by which linker. */
export interface Maker {
  readonly make: MakeLayout
  readonly linker: string
}

const MOST_MAP_BYTES = 400 * 2 ** 20

/**
 * Chooses how layouts are made: by the recorded link again where that brings the mapped files back exactly (tens of
 * milliseconds a layout), else by removing what was linked and building again, with the wrappers adding the layout.
 */
export async function openMaker(
  side: LayoutSide,
  { files }: TrialRun,
  { request }: Pick<RelinkSetup, 'request'>,
  ports: Ports,
): Promise<Result<Maker, LayoutFault>> {
  if (files.length === 0) return failed({ kind: 'maps-nothing', side: side.side })
  const direct = files.flatMap(({ link }) => (link ? [link] : []))
  const links = direct.length > 0 ? [...new Set(direct)] : side.links
  if (links.length === 0 && !side.go) return failed({ kind: 'no-known-link', side: side.side })
  const probes = await probeAll(links, side, ports)
  if (!probes.ok) return probes
  const exact = direct.length === files.length && (await replaysExactly(links, side, ports))
  const making: Making = { side, files, request, ports, probes: probes.value }
  const kinds = [...new Set(links.map(link => link.kind))]
  return success({
    make: arrangement => (exact ? replayLayout(making, arrangement) : rebuildLayout(making, arrangement)),
    linker: kinds.length > 0 ? kinds.join('+') : 'go',
  })
}

async function probeAll(
  links: readonly ShuffledLink[],
  side: LayoutSide,
  ports: Ports,
): Promise<Result<ReadonlyMap<ShuffledLink, LinkProbe>, LayoutFault>> {
  const probes = new Map<ShuffledLink, LinkProbe>()
  for (const link of links) {
    if (!needsNames(link.kind)) {
      probes.set(link, { placed: [] })
      continue
    }
    const note = join(side.folder.links, link.key)
    const asked = ['-Map', join(note, 'map'), ...(link.kind === 'bfd' ? ['--verbose'] : [])]
    const outcome = await relink(link, asked, side, ports)
    const map = await readUntrusted(note, 'map', MOST_MAP_BYTES)
    const script = scriptIn(outcome.stdout)
    if (outcome.code !== 0 || map === undefined || (link.kind === 'bfd' && script === undefined))
      return failed({ kind: 'not-linked-again', output: link.output, ...lastLine(outcome) })
    probes.set(link, { placed: readLinkMap(map), ...(script === undefined ? {} : { script }) })
  }
  return success(probes)
}

/** Whether the recorded links, done again as they were, bring back what the build made. */
async function replaysExactly(
  links: readonly ShuffledLink[],
  side: LayoutSide,
  ports: Ports,
): Promise<boolean> {
  for (const link of links) if ((await relink(link, [], side, ports)).code !== 0) return false
  const after = await sumsOf(links.map(outputOf), { sandbox: ports.sandbox, tree: side.tree })
  return links.every(link => side.sums.get(link) === after.get(outputOf(link)))
}

async function replayLayout(
  making: Making,
  arrangement: LayoutOrder,
): Promise<Result<readonly string[], LayoutFault>> {
  const { files, ports } = making
  for (const link of making.probes.keys()) {
    const extra = await argumentsFor(link, arrangement, making)
    if (!extra.ok) return extra
    const outcome = await relink(link, extra.value, making.side, ports)
    if (outcome.code !== 0) {
      const { kind: linker, output } = link
      return failed({ kind: 'not-reordered', linker, output, ...lastLine(outcome) })
    }
  }
  const sources = files.map(({ link }) => outputOf(link!))
  return keepLayout(sources, arrangement, making)
}

/** Removes what was linked and lets the project's build make it again, through wrappers that follow the plans. */
async function rebuildLayout(
  making: Making,
  arrangement: LayoutOrder,
): Promise<Result<readonly string[], LayoutFault>> {
  const { side, files, request, ports } = making
  for (const link of making.probes.keys()) {
    const extra = await argumentsFor(link, arrangement, making)
    if (!extra.ok) return extra
    await writeFile(join(side.folder.plans, link.key), extra.value.map(arg => `${arg}\n`).join(''))
  }
  if (side.go) {
    if (arrangement.kind === 'packed') return failed({ kind: 'takes-no-order', linker: 'go' })
    await writeFile(join(side.folder.plans, 'go-seed'), `${arrangement.seed}\n`)
  }
  const outputs = side.links.map(outputOf)
  const mapped = files.map(({ file }) => join(side.tree, file))
  await removeFiles([...outputs, ...mapped], { sandbox: ports.sandbox, tree: side.tree })
  const built = await buildAgain(side, request, quietly(ports))
  return built.ok ? keepLayout(mapped, arrangement, making) : built
}

/** One build is worth a line in the log; those of every layout are not. */
const quietly = (ports: Ports): Ports => ({ ...ports, log: { ...ports.log, line: () => {} } })

async function keepLayout(
  sources: readonly string[],
  arrangement: LayoutOrder,
  { side, ports }: Making,
): Promise<Result<readonly string[], LayoutFault>> {
  const folder = join(side.folder.store, nameOf(arrangement))
  const kept = sources.map((_, at) => join(folder, `${at}`))
  const jobs = { sandbox: ports.sandbox, tree: side.tree }
  const made = await makeFolder(folder, jobs)
  const copied =
    made &&
    (await copyFresh(
      sources.map((from, at) => [from, kept[at]!] as const),
      jobs,
    ))
  return copied ? success(kept) : failed({ kind: 'files-gone', side: side.side })
}

function relink(
  link: ShuffledLink,
  extra: readonly string[],
  { tree }: LayoutSide,
  ports: Ports,
): Promise<JobOutcome> {
  return ports.sandbox.run({
    argv: [link.linker, ...link.args, ...extra],
    tree,
    cwd: link.folder,
    env: link.env,
    timeoutSeconds: 600,
  })
}

function lastLine({ stderr }: JobOutcome): { readonly lastLine?: string } {
  const line = stderr.trim().split('\n').at(-1)
  return line ? { lastLine: line.slice(0, 200) } : {}
}
