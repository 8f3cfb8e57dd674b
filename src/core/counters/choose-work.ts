import { type LauncherKind, launcherOf } from './launchers.ts'
import type { SeenProcess } from './process-record.ts'
import type { StartedProgram } from './worker.ts'

/** Which programs of a benchmark's command do its work, in the order in which they ran, each with all that it starts itself. */
export interface Choice {
  readonly works: readonly ChosenProgram[]
  /** Whether the work is machine code of the work tree, or the programs are only those with the most time. */
  readonly built: boolean
  /** Processor time of the command, and of what is no part of the work. */
  readonly seconds: number
  readonly startSeconds: number
  /** The same without what only builds programs, which is done once and then kept. */
  readonly preludeSeconds: number
  /** Whether leaving that out is worth a run of its own: it would take long under a simulator, or hide what the work changes. */
  readonly worthwhile: boolean
  /** Who that was, by time, as a reader calls them. */
  readonly starters: readonly string[]
  /** Why the work cannot be started by itself. */
  readonly bound?: Bound
}

/** A program of the work, with what a reader calls it. */
export interface ChosenProgram extends StartedProgram {
  readonly name: string
  /** What it is for: any program of the tree has the same role, a script that of its interpreter. */
  readonly role: string
}

/** Which scripts that start programs of the tree are no part of the work: those that by their time only start them, or all. */
export type LeftOutScripts = 'by-time' | 'all'

/** What ties programs to the command that starts them: their input, each other, or their number. */
export type Bound = 'input' | 'at-once' | 'many'

/** More processes than this are started by the command as it is. */
const MOST_WORKS = 32
/** A script below this may be little more than the start of its interpreter. */
const START_SECONDS = 0.25
/** The share of time that a program of the tree needs next to a script that did more than start it, or little more. */
const OF_A_SCRIPT = 0.2
const OF_A_START = 0.01
/** Other programs that a script starts have the work when they took this many times as long as the script. */
const OTHERS_WORK = 4

interface Node {
  readonly process: SeenProcess
  readonly kind: LauncherKind
  readonly name: string
  readonly script: boolean
  readonly children: Node[]
  /** With all that it started. */
  seconds: number
  /** The same without what only builds programs. */
  working: number
  ended: number
}

/** Chooses by what the programs are and by their time; the command as a whole where nothing in it stands out. */
export function chooseWork(
  processes: readonly SeenProcess[],
  tree: string,
  scripts: LeftOutScripts = 'by-time',
): Choice | undefined {
  const root = treeOf(processes)
  if (!root) return undefined
  const isBuilt = (node: Node): boolean => isOfTree(node.process, tree)
  const rule = { isBuilt, scripts }
  const works = siblings(workBelow(root, rule), rule).toSorted(
    (one, other) => one.process.started - other.process.started,
  )
  const chosen = works.length === 0 ? [root] : works
  const others = leftOut(root, new Set(chosen))
  const startSeconds = ownOf(others)
  const bound = boundOf(chosen, root)
  return {
    works: chosen.map(node => {
      const { process, name, script } = node
      return { ...startOf(process), name, role: isBuilt(node) && !script ? 'program' : name }
    }),
    built: chosen.every(isBuilt),
    seconds: root.seconds,
    startSeconds,
    preludeSeconds: startSeconds - ownOf(others.filter(({ kind }) => kind === 'builder')),
    worthwhile: works.length > 0 && works[0] !== root && isMuch(startSeconds, root),
    starters: namesOf(others),
    ...(bound && { bound }),
  }
}

function treeOf(processes: readonly SeenProcess[]): Node | undefined {
  const nodes = new Map<number, Node>()
  let root: Node | undefined
  for (const process of processes) {
    const node = {
      process,
      ...launcherOf(process),
      children: [],
      seconds: process.seconds,
      working: process.seconds,
      ended: process.ended,
    }
    nodes.set(process.id, node)
    const parent = process.parent === undefined ? undefined : nodes.get(process.parent)
    if (parent) parent.children.push(node)
    else if (root) return undefined
    else root = node
  }
  for (const node of [...nodes.values()].toReversed()) {
    const parent = node.process.parent === undefined ? undefined : nodes.get(node.process.parent)
    if (!parent) continue
    parent.seconds += node.seconds
    parent.working += node.kind === 'builder' ? 0 : node.working
    parent.ended = Math.max(parent.ended, node.ended)
  }
  return root
}

/** Folders of installed packages, which may be in the tree and are not built from it. */
const INSTALLED = /\/(?:node_modules|\.?venv|\.tox|\.nox)\//

/** Whether a program runs machine code that was built from the tree: in it, in a build folder outside, or in a file made for this run. */
function isOfTree({ program, treeCode, passing, environment }: SeenProcess, tree: string): boolean {
  if (passing || treeCode.some(file => !INSTALLED.test(file.slice(tree.length)))) return true
  const target = environment.find(([name]) => name === 'CARGO_TARGET_DIR')?.[1]
  return /\/go-build[^/]*\//.test(program) || (!!target?.startsWith('/') && program.startsWith(`${target}/`))
}

interface Rule {
  readonly isBuilt: (node: Node) => boolean
  readonly scripts: LeftOutScripts
}

/** The topmost nodes that do work; those above them only start them. */
function workBelow(node: Node, rule: Rule): readonly Node[] {
  const { kind, process } = node
  const below = node.children.flatMap(child => workBelow(child, rule))
  const built = below.filter(rule.isBuilt)
  const all = rule.scripts === 'all' && built.length > 0
  const [inBuilt, inBelow] = [workOf(built), workOf(below)]
  // Its own program whatever it is called; one that starts others of the tree is a launcher by its name or by its time.
  if (rule.isBuilt(node))
    return built.length > 0 && (all || kind === 'starter' || inBuilt > process.seconds) ? below : [node]
  if (kind === 'builder') return []
  if (kind === 'starter') return below
  if (all || outweighs(inBuilt, process.seconds, kind)) return below
  const enough = kind === 'shell' ? 1 : OTHERS_WORK
  return below.length > 0 && inBelow >= enough * process.seconds ? below : [node]
}

/** Whether programs of the tree have the work, and not the script that started them or ran before them. A shell is hardly what a benchmark measures. */
function outweighs(inBuilt: number, other: number, kind: LauncherKind): boolean {
  const part = inBuilt / (inBuilt + other)
  return part >= OF_A_SCRIPT || ((other <= START_SECONDS || kind === 'shell') && part >= OF_A_START)
}

/** Next to programs of the tree, a script that prepares them is left out, and so is whatever took little of the time. */
function siblings(works: readonly Node[], { isBuilt, scripts }: Rule): readonly Node[] {
  const built = works.filter(isBuilt)
  if (scripts === 'all' && built.length > 0) return built
  const inBuilt = workOf(built)
  const all = workOf(works)
  return works.filter(
    work =>
      isBuilt(work) ||
      (work.working >= OF_A_SCRIPT * all &&
        !(work.working <= START_SECONDS && outweighs(inBuilt, work.working, work.kind))),
  )
}

const workOf = (nodes: readonly Node[]): number => nodes.reduce((sum, { working }) => sum + working, 0)

const ownOf = (nodes: readonly Node[]): number => nodes.reduce((sum, { process }) => sum + process.seconds, 0)

function leftOut(node: Node, chosen: ReadonlySet<Node>): readonly Node[] {
  if (chosen.has(node)) return []
  return [node, ...node.children.flatMap(child => leftOut(child, chosen))]
}

function boundOf(works: readonly Node[], root: Node): Bound | undefined {
  if (works[0] === root) return undefined
  if (works.length > MOST_WORKS) return 'many'
  if (works.some((work, index) => works.slice(0, index).some(({ ended }) => ended > work.process.started)))
    return 'at-once'
  return works.some(({ process }) => process.input === 'stream') ? 'input' : undefined
}

function startOf({ program, words, folder, environment, input }: SeenProcess): StartedProgram {
  return { program, words, folder, environment, ...(typeof input === 'object' && { input: input.file }) }
}

/** Under a simulator this becomes seconds. */
const MUCH_SECONDS = 0.1
/** A change of the work by a few percent is then still seen in the whole. */
const MUCH = 0.2
/** The shell that every command is started by takes less than this. */
const OUR_SHELL_SECONDS = 0.02

function isMuch(startSeconds: number, root: Node): boolean {
  const own = root.kind === 'shell' ? Math.min(root.process.seconds, OUR_SHELL_SECONDS) : 0
  return startSeconds >= MUCH_SECONDS || startSeconds - own >= MUCH * (root.seconds - own)
}

const MOST_NAMES = 3

function namesOf(nodes: readonly Node[]): readonly string[] {
  const seconds = new Map<string, number>()
  for (const { name, process } of nodes) seconds.set(name, (seconds.get(name) ?? 0) + process.seconds)
  return [...seconds]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST_NAMES)
    .map(([name]) => name)
}
