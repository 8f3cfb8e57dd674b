import { join, resolve } from 'node:path'
import type { RecordedLink } from '../../core/layouts/recorded-link.ts'
import { type LinkerKind, linkerKind } from '../../core/layouts/shuffle.ts'
import { readLinks } from '../../shell/layouts/links.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import type { TrialTree } from './build-side.ts'
import { type Jobs, sumsOf, versionOf } from './files.ts'

/** A link that can be shuffled. */
export interface ShuffledLink extends RecordedLink {
  readonly kind: LinkerKind
}

/** What a build linked, with the content of each output by its SHA-256. */
export interface Links {
  readonly links: readonly ShuffledLink[]
  readonly sums: ReadonlyMap<ShuffledLink, string>
  /** Whether go's own linker made something. */
  readonly go: boolean
}

/** Reads the links of a trial tree's build whose outputs are there, with what each linker is. */
export async function linksOf({ tree, folder }: TrialTree, ports: Ports): Promise<Links> {
  const { sandbox } = ports
  const recorded = await readLinks(folder.links)
  const inside = sandbox.placeOf(tree).inside.tree
  const jobs = { sandbox, tree }
  const own = recorded.filter(link => outputOf(link).startsWith(`${inside}/`))
  const links = await withKinds(own, jobs)
  const found = await sumsOf(links.map(outputOf), jobs)
  const sums = new Map(
    links.flatMap(link => {
      const sum = found.get(outputOf(link))
      return sum === undefined ? [] : [[link, sum] as const]
    }),
  )
  const go = (await sumsOf([join(folder.links, 'go-linked')], jobs)).size > 0
  return { links: [...sums.keys()], sums, go }
}

/** The absolute path of what a link writes, as jobs call it. */
export function outputOf(link: RecordedLink): string {
  return resolve(link.folder, link.output)
}

async function withKinds(links: readonly RecordedLink[], jobs: Jobs): Promise<readonly ShuffledLink[]> {
  const kinds = new Map<string, LinkerKind | undefined>()
  for (const linker of new Set(links.map(link => link.linker)))
    kinds.set(linker, linkerKind(await versionOf(linker, jobs)))
  return links.flatMap(link => {
    const kind = kinds.get(link.linker)
    return kind ? [{ ...link, kind }] : []
  })
}
