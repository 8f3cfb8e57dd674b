import type { Displacer } from '../model/explanation.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { Push } from './displacers.ts'
import type { LinesOf, ObjectPair } from './objects.ts'
import { sourceName } from './source-name.ts'

/** A commit of the pull request with the files that it touched. */
export interface CommitFiles {
  readonly sha: string
  readonly title: string
  readonly files: readonly string[]
}

/** Where the report finds what stands behind a displacement. */
export interface DisplacerSources {
  readonly objects: readonly ObjectPair[]
  readonly totals: PerSide<number>
  readonly lines: LinesOf
  /** The file and line, in the head's tree where there is one, whose changed text names a symbol of the source. */
  readonly named: (name: string) => string | undefined
  /** Build files that the pull request changes: they stand behind another order or padding. */
  readonly build: readonly string[]
  readonly commits: readonly CommitFiles[]
}

/** Turns what pushed the suspects into rows of the report: how hot it is itself, where it stands, who changed it. */
export function describeDisplacers(pushes: readonly Push[], sources: DisplacerSources): Displacer[] {
  return pushes.map(push => {
    const object = sources.objects.find(({ name }) => name === push.object)
    const source =
      (object && lineOf(push, object, sources)) ??
      sources.named(sourceName(push.symbol)) ??
      buildFile(push, sources)
    const file = source?.replace(/:\d+$/, '')
    const commits = file === undefined ? [] : sources.commits.filter(({ files }) => files.includes(file))
    return {
      symbol: push.symbol,
      object: push.object,
      bytes: push.bytes,
      change: push.change,
      share: object ? shareOf(push, object, sources.totals) : 0,
      ...(source === undefined ? {} : { source }),
      ...(commits.length > 0
        ? { commits: commits.map(({ sha, title }) => ({ sha: sha.slice(0, 12), title })) }
        : {}),
    }
  })
}

function shareOf({ base, head }: Push, object: ObjectPair, totals: PerSide<number>): number {
  const on = (side: Side, symbol: Push['base']): number => {
    const part = object[side]
    if (!symbol || !part || totals[side] === 0) return 0
    return part.profile.sum(symbol.address, symbol.address + symbol.size).count / totals[side]
  }
  return Math.max(on('base', base), on('head', head))
}

/** From debug lines, the head's first; of code only, since data has no lines. */
function lineOf(push: Push, object: ObjectPair, { lines }: DisplacerSources): string | undefined {
  for (const side of ['head', 'base'] as const) {
    const symbol = push[side]
    if (symbol?.kind !== 'function') continue
    const found = lines(object, side)?.lineOf(symbol.address)
    if (found) return `${found.file}:${found.line}`
  }
  return undefined
}

function buildFile({ change }: Push, { build }: DisplacerSources): string | undefined {
  return change === 'reordered' || change === 'padding' ? build[0] : undefined
}
