import type { Body } from '../code/body.ts'
import { originOf } from '../code/clone-name.ts'
import type { Flow } from '../disassembly/instruction.ts'
import { normaliseName } from '../elf/names.ts'
import type { Side } from '../model/side.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import type { ProfileIndex } from '../placement/profile-index.ts'
import { sourceName } from '../placement/source-name.ts'
import type { Direction, Evidence, Inlining, NewCall } from './evidence.ts'

/**
 * Calls that changed code makes on one side only: a function that is inlined on the other side, which must be known, and else a
 * call that is simply new.
 */
export function callsOf(
  hot: readonly HotCode[],
  examination: Examination,
  how: Direction,
): Pick<Evidence, 'inlined' | 'calls'> {
  const inlined: Inlining[] = []
  const calls: NewCall[] = []
  for (const caller of hot) {
    if (caller.sameness !== 'changed' || !caller.base || !caller.head) continue
    for (const on of ['base', 'head'] as const) {
      const other = on === 'base' ? 'head' : 'base'
      const theirs = calleesOf(caller, other)
      for (const [name, times] of calleesOf(caller, on)) {
        if (theirs.has(name) || isRare(caller, on, { times, examination })) continue
        const callee = hot.find(each => originOf(normaliseName(each.name)) === name)
        if (isInlinedOn(other, { caller, callee, name }, examination)) {
          inlined.push({
            ...{ caller: caller.name, callee: callee?.name ?? name, lost: on === how.to },
            ...(examination.exact
              ? { bookkeeping: bookkeepingOf(callee ? [caller, callee] : [caller], how) }
              : {}),
          })
        } else calls.push(callOf(caller, callee?.name ?? name, { on, times, exact: examination.exact }))
      }
    }
  }
  return { inlined, calls }
}

function callOf(
  caller: HotCode,
  callee: string,
  { on, times, exact }: { readonly on: Side; readonly times: number; readonly exact: boolean },
): NewCall {
  const entered = entriesOf(caller, on)
  const perCall = exact && entered > 0 ? { perCall: times / entered } : {}
  return { caller: caller.name, callee, on, ...perCall }
}

/** Below this part of the caller's runs a call costs nothing. */
const LEAST_PER_CALL = 0.01

/** Where every instruction was counted: calls that are made never, or so seldom that they decide nothing. */
function isRare(
  caller: HotCode,
  on: Side,
  { times, examination }: { readonly times: number; readonly examination: Examination },
): boolean {
  if (!examination.exact) return false
  return times === 0 || times < LEAST_PER_CALL * entriesOf(caller, on)
}

const entriesOf = (code: HotCode, side: Side): number =>
  code.object[side]?.profile.at(code[side]!.symbol.address) ?? 0

/** A jump to another function is a call in tail position. */
const CALLS: ReadonlySet<Flow> = new Set<Flow>(['call', 'jump', 'indirect-call', 'indirect-jump'])

/** What a function calls on one side, by name, with how often it did where every instruction was counted. */
function calleesOf(code: HotCode, side: Side): Map<string, number> {
  const own = side === 'base' ? code.baseCode : code.headCode
  const profile = code.object[side]?.profile
  const called = new Map<string, number>()
  for (const { at, identity, inside, table, raw } of own?.references ?? []) {
    const instruction = own!.body.instructions[at]
    if (identity === undefined || inside !== undefined || table || raw !== undefined) continue
    if (!instruction || !CALLS.has(instruction.flow)) continue
    // Another build calls the whole function where this one calls a part of it that was cloned.
    const name = originOf(identity.replace(/^(?:import|pointer) /, ''))
    // A number instead of a name says which place it is in this body, and nothing of the other one.
    if (/[ #+>]/.test(name)) continue
    called.set(name, (called.get(name) ?? 0) + timesRun(own!.body, at, profile))
  }
  return called
}

/** How often an instruction ran: callgrind adds what a stub of the linkage table executes to the call, so that the neighbour is asked too. */
function timesRun({ instructions }: Body, at: number, profile: ProfileIndex | undefined): number {
  const own = profile?.at(instructions[at]!.address) ?? 0
  const before = instructions[at - 1]
  const straight =
    before && before.flow === 'next' && before.address + before.length === instructions[at]!.address
  return straight ? Math.min(own, profile?.at(before.address) ?? 0) : own
}

interface Call {
  readonly caller: HotCode
  readonly callee: HotCode | undefined
  readonly name: string
}

/** Whether the caller has the callee inside itself on a side: by its debug information, else by the sources and the symbols. */
function isInlinedOn(side: Side, { caller, callee, name }: Call, { inlined, change }: Examination): boolean {
  const known = inlined?.get(caller)?.[side]
  const plain = sourceName(name)
  if (known) return [...known.keys()].some(each => each === name || sourceName(each) === plain)
  // What another file of the program defines was never inlined: the linker resolves it.
  if (!callee || callee.object !== caller.object || callee.object.shared) return false
  // As many instructions: there is another call in the place of this one.
  if (caller.baseCode?.body.instructions.length === caller.headCode?.body.instructions.length) return false
  const text = textOn(side, sourceName(caller.name), change)
  if (text !== undefined) return text.includes(`${plain}(`) && textOn(side, plain, change) !== ''
  // The diff does not name the caller: its text says the same on both sides, and so it held the call.
  return !ranOn(callee, side) && textOn(side, plain, change) !== ''
}

const ranOn = (code: HotCode, side: Side): boolean => (code[side]?.count ?? 0) > 0

/** The text of a function that the diff names; empty where it does not exist on that side, undefined where the diff does not name it. */
function textOn(side: Side, name: string, change: Examination['change']): string | undefined {
  const found = change.functions.find(each => each.name === name)
  if (found?.from !== 'text') return undefined
  if (side === 'base') return found.baseText ?? ''
  return found.line === undefined ? '' : (found.text ?? '')
}

/** Which part of the instructions that some functions gained only moves values, calls and returns. */
function bookkeepingOf(codes: readonly HotCode[], { from, to }: Direction): number {
  const executed = (side: Side, bookkeeping: boolean): number =>
    codes.reduce((all, code) => {
      const body = (side === 'base' ? code.baseCode : code.headCode)?.body
      const profile = code.object[side]?.profile
      const wanted = body?.instructions.filter(instruction => instruction.bookkeeping === bookkeeping) ?? []
      return all + wanted.reduce((sum, { address }) => sum + (profile?.at(address) ?? 0), 0)
    }, 0)
  const [moves, computes] = [
    executed(to, true) - executed(from, true),
    executed(to, false) - executed(from, false),
  ]
  return moves <= 0 ? 0 : moves / (moves + Math.max(0, computes))
}
