import { shortName } from '../core/text/symbol-name.ts'
import type { ToolPort } from '../shell/ports/world.ts'
import { demangle } from '../shell/tools/demangle.ts'
import type { Diagnosis } from './diagnose/diagnose.ts'

const MANGLED = /_[ZR][\w$]+(?:\.[\w$]+)*/g

/** The same diagnosis with C++ and Rust names as people read them: whole in the rows, short in the sentences. */
export async function withReadableNames(diagnosis: Diagnosis, tools: ToolPort): Promise<Diagnosis> {
  const { cause, hot, suspects, displacers, touched } = diagnosis
  const names = new Set(JSON.stringify([cause, hot, suspects, displacers, touched]).match(MANGLED) ?? [])
  const readable = await demangle([...names], tools)
  if (readable.size === 0) return diagnosis
  const whole = (name: string): string => readable.get(name) ?? name
  const inText = (text: string): string => text.replaceAll(MANGLED, found => shortName(whole(found)))
  return {
    ...diagnosis,
    cause: { ...cause, because: cause.because.map(inText), against: cause.against.map(inText) },
    hot: hot.map(row => ({ ...row, symbol: whole(row.symbol) })),
    suspects: suspects.map(row => ({
      ...row,
      symbol: whole(row.symbol),
      because: inText(row.because),
      evidence: {
        ...row.evidence,
        ...(row.evidence.sharedWith ? { sharedWith: row.evidence.sharedWith.map(whole) } : {}),
      },
    })),
    displacers: displacers.map(row => ({
      ...row,
      symbol: whole(row.symbol).replaceAll(MANGLED, found => whole(found)),
    })),
    touched: touched.map(row => ({ ...row, function: whole(row.function) })),
  }
}
