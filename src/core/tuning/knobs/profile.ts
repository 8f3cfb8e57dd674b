import { failed, type Result, success } from '../../model/result.ts'
import type { Knob, KnobName } from './knob.ts'
import { KNOB_NAMES, KNOBS } from './table.ts'

/** What is to be tuned: everything safe, all but what must be named (and it must work), or the named knobs (and they must work). */
export type TuningProfile =
  | { readonly kind: 'auto' }
  | { readonly kind: 'required' }
  | { readonly kind: 'named'; readonly names: readonly KnobName[] }

/** Reads `auto`, `required` or names divided by commas; faults name what is unknown and what is known. */
export function parseProfile(text: string): Result<TuningProfile, readonly string[]> {
  if (text === 'auto' || text === 'required') return success({ kind: text })
  const names = text.split(',').filter(name => name !== '')
  const known = names.flatMap(name => KNOB_NAMES.find(candidate => candidate === name) ?? [])
  const unknown = names.filter(name => !KNOB_NAMES.some(candidate => candidate === name))
  if (names.length > 0 && unknown.length === 0) return success({ kind: 'named', names: [...new Set(known)] })
  const what =
    names.length === 0
      ? 'tune names no knob'
      : `tune does not know ${unknown.map(name => quote(name)).join(', ')}`
  return failed([`${what}; write auto, off, required, or any of ${KNOB_NAMES.join(', ')}.`])
}

/** The text that `parseProfile` reads back. */
export function formatProfile(tune: 'auto' | 'required' | readonly string[]): string {
  return typeof tune === 'string' ? tune : tune.join(',')
}

/** The knobs of a profile in the order of setting; what goes with one of them comes with it. */
export function knobsOf(profile: TuningProfile): readonly Knob[] {
  switch (profile.kind) {
    case 'auto':
      return KNOBS.filter(knob => knob.scope === 'auto')
    case 'required':
      return KNOBS.filter(knob => knob.scope !== 'named')
    case 'named': {
      const names = new Set(profile.names)
      return KNOBS.filter(({ name, goesWith }) => names.has(goesWith ?? name))
    }
  }
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 40))
}
