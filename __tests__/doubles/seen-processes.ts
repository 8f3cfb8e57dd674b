import type { SeenProcess } from '../../src/core/counters/process-record.ts'

/** A program with what it starts, in the order in which it does: each child ends before the next begins, and before its parent. */
export interface Started extends Partial<Omit<SeenProcess, 'id' | 'parent' | 'words'>> {
  /** Its command line, cut at blanks. */
  readonly line: string
  /** Processor time in milliseconds. */
  readonly ms: number
  readonly starts?: readonly Started[]
  /** Its children run at the same time. */
  readonly atOnce?: boolean
}

export const TREE = '/work/tree'

/** The records of a command, as the tracer would write them; a program with a path in the tree has its own code there. */
export function seenProcesses(command: Started): readonly SeenProcess[] {
  const all: SeenProcess[] = []
  let moment = 0
  const add = ({ line, ms, starts = [], atOnce = false, ...rest }: Started, parent: number | undefined) => {
    const words = line.split(' ')
    const id = all.length
    const program = rest.program ?? (words[0]!.startsWith('/') ? words[0]! : `/usr/bin/${words[0]}`)
    const own = ++moment
    const started = rest.started ?? own
    const at = all.push({
      id,
      parent,
      program,
      words,
      folder: TREE,
      environment: [],
      seconds: ms / 1000,
      started,
      ended: 0,
      input: 'nothing',
      treeCode: program.startsWith(`${TREE}/`) ? [program] : [],
      passing: false,
      ...rest,
    })
    const begin = moment + 1
    for (const child of starts) add(atOnce ? { ...child, started: begin } : child, id)
    all[at - 1] = { ...all[at - 1]!, ended: rest.ended ?? ++moment }
  }
  add(command, undefined)
  return all
}
