import type { Hot } from './order.ts'
import type { Pad } from './pads.ts'

/** The linkers that can order sections, and the options for it. */
export type LinkerKind = 'bfd' | 'gold' | 'lld' | 'mold'

/** What a linker's `--version` says it is; undefined for one that cannot be shuffled. */
export function linkerKind(version: string): LinkerKind | undefined {
  if (/\bmold\b/.test(version)) return 'mold'
  if (/\bLLD\b/.test(version)) return 'lld'
  if (/\bGNU gold\b/.test(version)) return 'gold'
  return /\bGNU ld\b/.test(version) ? 'bfd' : undefined
}

/** Whether the linker takes the order from a file that needs the sections' names first. */
export const needsNames = (kind: LinkerKind): boolean => kind === 'bfd' || kind === 'gold'

export interface ShuffleFiles {
  /** The assembled pads. */
  readonly pads: string
  /** The script (GNU ld) or ordering file (gold). */
  readonly order: string
}

/** The order of sections in a link: at random by a seed, or with what is hot side by side. */
export type LayoutOrder =
  | { readonly kind: 'random'; readonly seed: number }
  | ({ readonly kind: 'packed' } & Hot)

/** Arguments to add to a link so that it comes out in a random layout; `pads` are those to be kept by name. */
export function shuffleArguments(
  kind: LinkerKind,
  seed: number,
  files: ShuffleFiles,
  pads: readonly Pad[],
): readonly string[] {
  // Sections that nothing refers to fall to --gc-sections unless somebody asks for them.
  const kept = [files.pads, ...pads.map(pad => `--undefined=${pad.symbol}`)]
  switch (kind) {
    case 'bfd':
    case 'gold':
      return [...kept, ...orderArguments(kind, files.order)!]
    case 'mold':
      return [...kept, `--shuffle-sections=${seed}`]
    case 'lld':
      return [
        ...kept,
        ...['.text*', '.rodata*', '.data*', '.bss*'].map(glob => `--shuffle-sections=${glob}=${seed}`),
      ]
  }
}

/** Arguments that make a linker follow an order file; undefined for one that takes none. */
export function orderArguments(kind: LinkerKind, order: string): readonly string[] | undefined {
  switch (kind) {
    case 'bfd':
      return ['-T', order]
    case 'gold':
      return ['--section-ordering-file', order]
    case 'lld':
      return ['--symbol-ordering-file', order, '--no-warn-symbol-ordering']
    case 'mold':
      return undefined
  }
}
