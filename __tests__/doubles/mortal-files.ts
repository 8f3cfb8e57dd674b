import type { FileSystem } from '../../src/shell/host/ports.ts'
import { cgroupFiles } from './cgroup-files.ts'

/**
 * What happens at one call: the process dies there (before or after it took effect), or the kernel refuses the call, once or
 * from then on.
 */
export type Fate =
  | { readonly at: number; readonly how: 'die-before' | 'die-after' }
  | { readonly at: number; readonly how: 'fail' | 'fail-onward'; readonly code: string }

/** Files whose owner can die: from the fatal call on, nothing has an effect any more, whatever a handler may still try. */
export interface MortalFiles {
  readonly fs: FileSystem
  /** Calls made so far. */
  calls(): number
  /** The calls by name, in order. */
  readonly log: readonly string[]
  readonly dead: () => boolean
  /** Runs work that is itself one call, such as an order to a service. */
  call<T>(name: string, work: () => T): T
}

/** Thrown by every call of a dead process; no handler can do anything with it. */
export class Death extends Error {
  override readonly name = 'Death'
}

/** Counts calls on files and lets one of them have its fate; `end` is how a real process dies. */
export function mortalFiles(fate?: Fate, end: () => void = () => {}): MortalFiles {
  const log: string[] = []
  let dead = false
  // One for all: the calls of the dead are many, and a stack trace for each takes most of the time of a sweep.
  const death = new Death('the process is dead')
  const die = (): never => {
    dead = true
    end()
    throw death
  }
  function call<T>(name: string, work: () => T): T {
    if (dead) throw death
    log.push(name)
    if (fate === undefined || log.length < fate.at) return work()
    if (fate.how === 'fail-onward' || (fate.how === 'fail' && log.length === fate.at)) {
      // close(2) lets go of the file whatever it says.
      if (name === 'closeSync') work()
      throw Object.assign(new Error(`${fate.code}: injected`), { code: fate.code })
    }
    if (fate.how === 'fail' || log.length > fate.at) return work()
    if (fate.how === 'die-before') return die()
    try {
      work()
    } catch {
      // The call failed, and its owner dies before it hears of it.
    }
    return die()
  }
  const fs = new Proxy(cgroupFiles, {
    get: (target, name: keyof FileSystem) => {
      // Counted, but not done: the death of a process loses nothing that fsync would save, and the disk is slow.
      const original = name === 'fsyncSync' ? () => {} : target[name]
      const apply = (args: unknown[]): unknown => Reflect.apply(original as () => unknown, undefined, args)
      // The one that never throws is not refused.
      if (name === 'existsSync') return (...args: unknown[]) => apply(args)
      return (...args: unknown[]) => call(name, () => apply(args))
    },
  })
  return { fs, calls: () => log.length, log, dead: () => dead, call }
}
