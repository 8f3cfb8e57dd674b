import type { AnnotatedCode } from '../model/annotated-code.ts'
import type { PerSide } from '../model/side.ts'
import type { Examination } from '../placement/examine.ts'
import type { LinesOf } from '../placement/objects.ts'
import type { ReadSource } from '../source/source-change.ts'
import { chooseHot } from './choose.ts'
import { compareInstructions } from './machine-code.ts'
import { compareSource } from './source.ts'

/** The hot functions whose cost differs most (or that moved), line by line; what it costs does not grow with the size of the files. */
export function annotateHot(
  examination: Pick<Examination, 'hot' | 'totals'>,
  lines: LinesOf,
  read: PerSide<ReadSource>,
): readonly AnnotatedCode[] {
  return chooseHot(examination).map(code => ({
    symbol: code.name,
    object: code.object.name,
    machine: (code.object.head ?? code.object.base)!.view.elf.machine,
    ...(code.base && { from: code.base.symbol.address }),
    ...(code.head && { to: code.head.symbol.address }),
    instructions: compareInstructions(code, lines),
    sources: compareSource(code, lines, read),
  }))
}
