import { annotateHot } from '../../core/annotated/annotate-hot.ts'
import { judgeCause } from '../../core/cause/judge.ts'
import { rankSuspects } from '../../core/cause/suspects.ts'
import { isNameless } from '../../core/code/clone-name.ts'
import type { Profile } from '../../core/counters/profile.ts'
import { collectEvidence } from '../../core/evidence/collect.ts'
import type { Evidence, MeasuredChange } from '../../core/evidence/evidence.ts'
import { callGraphs } from '../../core/flame/call-graph.ts'
import { growFlame } from '../../core/flame/grow.ts'
import type { AnnotatedCode } from '../../core/model/annotated-code.ts'
import type {
  Cause,
  CauseSign,
  Displacer,
  Figure,
  Flame,
  HotFunction,
  Suspect,
  Touched,
} from '../../core/model/explanation.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { type CommitFiles, describeDisplacers } from '../../core/placement/describe-displacers.ts'
import { describeHot } from '../../core/placement/describe-hot.ts'
import { findPushes } from '../../core/placement/displacers.ts'
import { type Examination, examine } from '../../core/placement/examine.ts'
import type { Geometry } from '../../core/processor/geometry.ts'
import type { Hazard } from '../../core/processor/hazards.ts'
import { type DiffFile, parseDiff } from '../../core/source/diff.ts'
import { namedInDiff } from '../../core/source/named-in-diff.ts'
import { type ReadSource, readSourceChange } from '../../core/source/source-change.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { examinationLimitation, noProfiles } from '../../report/limitations/explaining.ts'
import { limitationSentence } from '../../report/words/measured.ts'
import { describeCause } from '../../report/words/signs.ts'
import { describeSuspect } from '../../report/words/suspect.ts'
import { type BuiltPlaces, readBuiltFile, readTreeFile } from '../../shell/files/tree-file.ts'
import type { Ports, ToolPort } from '../../shell/ports/ports.ts'
import { demangle } from '../../shell/tools/demangle.ts'
import { compareTrees } from './built-trees.ts'
import { type OpenObjects, openObjects } from './objects.ts'

/** The two builds of one benchmark and what is known of the pull request. */
export interface ExamineSides {
  readonly profiles: PerSide<Profile>
  /** The work trees in which the sides were built. */
  readonly trees: PerSide<string>
  /** What the builds called them, which is in their debug information; as we do when absent. */
  readonly builtAs?: PerSide<string>
  /** Our own path of any other file that debug information names; the same when absent. */
  readonly ourPath?: PerSide<(named: string) => string>
  /** Where such files may be, so that the report quotes nothing that the jobs could not read; nowhere when absent. */
  readonly quotable?: PerSide<Omit<BuiltPlaces, 'tree'>>
  /** What `git` prints for DIFF_ARGUMENTS between the two commits. */
  readonly diff: string
  readonly commits: readonly CommitFiles[]
  readonly geometry: Geometry
  /** What the processor is known for; nothing when absent. */
  readonly hazards?: readonly Hazard[]
}

/** Two builds compared; judged as often as there is something new to judge by, then closed. */
export interface Examined {
  readonly examination: Examination
  readonly opened: OpenObjects
  readonly files: readonly DiffFile[]
  readonly commits: readonly CommitFiles[]
  readonly flame?: Flame
  readonly annotated: readonly AnnotatedCode[]
  close(): void
}

/** Why a benchmark's time changed, as the report shows it. */
export interface Diagnosis {
  readonly cause: Cause
  readonly hot: readonly HotFunction[]
  readonly suspects: readonly Suspect[]
  readonly displacers: readonly Displacer[]
  readonly touched: readonly Touched[]
  readonly flame?: Flame
  readonly annotated?: readonly AnnotatedCode[]
  readonly limitations: readonly Limitation[]
}

/** Compares the two builds where they spend their time: the costly part, which needs no measured time. */
export async function examineSides(sides: ExamineSides): Promise<Examined> {
  const files = parseDiff(sides.diff)
  const opened = openObjects(sides.profiles, sides.trees, sides.builtAs)
  try {
    const change = readSourceChange(files, {
      base: sourceIn(sides.trees.base),
      head: sourceIn(sides.trees.head),
    })
    const { objects, lines, inlines } = opened
    const read = { base: builtSourceIn(sides, 'base'), head: builtSourceIn(sides, 'head') }
    const examination = examine({
      objects,
      lines,
      inlines,
      profiles: sides.profiles,
      geometry: sides.geometry,
      ...(sides.hazards && { hazards: sides.hazards }),
      change,
      sources: {
        read,
        ...(await compareTrees(sides.trees, files)),
      },
    })
    const graphs = callGraphs(objects, sides.profiles)
    const flame = graphs && growFlame(graphs, examination.exact ? 'instructions' : 'samples')
    return {
      ...{ examination, opened, files, commits: sides.commits, close: opened.close },
      ...(flame && { flame }),
      annotated: annotateHot(examination, lines, read),
    }
  } catch (error) {
    opened.close()
    throw error
  }
}

/** Judges what was examined by the measured change, and again by a layout trial when there is one. */
export function explain(examined: Examined, evidence: Evidence, trial?: LayoutTrial): Diagnosis {
  const { examination, opened, files, commits } = examined
  const cause = describeCause(judgeCause(evidence, trial))
  const byPlacement = cause.kind === 'placement' || cause.kind === 'mixed'
  const { suspects, traced } = byPlacement ? rankSuspects(evidence) : { suspects: [], traced: [] }
  const { objects, change, totals } = examination
  const displacers = describeDisplacers(findPushes(traced), {
    ...{ objects, totals, commits, lines: opened.lines, build: change.build },
    named: namedInDiff(files, change),
  })
  return {
    ...{ cause, displacers },
    suspects: suspects.map(describeSuspect),
    hot: describeHot(examination),
    touched: examination.touched,
    ...(examined.flame && { flame: examined.flame }),
    ...(examined.annotated.length > 0 && { annotated: examined.annotated }),
    limitations: [...opened.limitations, ...examination.gaps.map(examinationLimitation)],
  }
}

/** Whether a layout trial can teach anything: something hot moved and placement is not excluded. */
export function placementCandidate({ examination }: Examined, evidence: Evidence): boolean {
  const moved = evidence.movedShare >= 0.05 || examination.data.moved.some(({ share }) => share >= 0.05)
  const { kind, confidence } = judgeCause(evidence)
  return moved && !((kind === 'work' || kind === 'codegen') && confidence === 'shown')
}

/** One benchmark's diagnosis in one go, with names as people read them. */
export async function diagnose(
  request: ExamineSides & MeasuredChange & { readonly trial?: LayoutTrial },
  ports: Pick<Ports, 'log' | 'tools'>,
): Promise<Diagnosis> {
  const examined = await examineSides(request)
  try {
    const evidence = collectEvidence(request, examined.examination)
    const diagnosis = await withReadableNames(explain(examined, evidence, request.trial), ports.tools)
    for (const limitation of diagnosis.limitations)
      ports.log.line(`Explaining: ${limitationSentence(limitation)}`)
    return diagnosis
  } finally {
    examined.close()
  }
}

/** Without profiles there are no hot functions to compare: the counters alone are judged. */
export function explainCounters(evidence: Evidence): Diagnosis {
  const cause = describeCause(judgeCause(evidence))
  return { cause, hot: [], suspects: [], displacers: [], touched: [], limitations: [noProfiles] }
}

const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024

const sourceIn =
  (tree: string): ReadSource =>
  path =>
    readTreeFile(tree, path, LARGEST_SOURCE_BYTES)

const builtSourceIn = ({ trees, ourPath, quotable }: ExamineSides, side: Side): ReadSource => {
  const places = { own: [], machine: [], ...quotable?.[side], tree: trees[side] }
  const known = new Map<string, string | undefined>()
  return path => {
    if (!known.has(path)) {
      const place = ourPath && path.startsWith('/') ? ourPath[side](path) : path
      known.set(path, readBuiltFile(places, place, LARGEST_SOURCE_BYTES))
    }
    return known.get(path)
  }
}

const isNames = (figure: Figure): figure is readonly string[] =>
  Array.isArray(figure) && typeof figure[0] === 'string'

// Rust's older names write `::` and brackets within one identifier as dots: `itoa..Unsigned`.
const MANGLED = /_[ZR][\w$]+(?:\.{1,2}[\w$]+)*/g

const NAMELESS = /(?<![\w+])0x[0-9a-f]+\b/g

/** Functions that only have an address are named with the file they are in: `libc.so.6+0x96120`. */
function placesOfNameless(hot: readonly HotFunction[]): ReadonlyMap<string, string> {
  return new Map(
    hot
      .filter(({ symbol }) => isNameless(symbol))
      .map(({ symbol, object }) => [symbol, `${object.slice(object.lastIndexOf('/') + 1)}+${symbol}`]),
  )
}

/** The version that a C library exports a name in. */
const VERSION = /(?<=\w)@{1,2}[A-Z][A-Za-z]*_[\w.]*\w/g
const isVersioned = (text: string): boolean => text.search(VERSION) >= 0
/** `memcpy@GLIBC_2.14` without its version; glibc keeps `cfree` as an old name of free alone. */
const withoutVersion = (text: string): string =>
  text.replaceAll(/\bcfree(?=@{1,2}GLIBC)/g, 'free').replaceAll(VERSION, '')

/** The same diagnosis with C++ and Rust names as people read them: whole in the rows, short in the sentences. */
export async function withReadableNames(diagnosis: Diagnosis, tools: ToolPort): Promise<Diagnosis> {
  const { cause, hot, suspects, displacers, touched, flame, annotated } = diagnosis
  const names = new Set(
    JSON.stringify([
      cause,
      hot,
      suspects,
      displacers,
      touched,
      flame?.functions,
      annotated?.map(({ symbol }) => symbol),
    ]).match(MANGLED) ?? [],
  )
  const readable = await demangle([...names], tools)
  const places = placesOfNameless(hot)
  const versioned = [cause.because, cause.against, hot.map(({ symbol }) => symbol)].flat().some(isVersioned)
  if (readable.size === 0 && places.size === 0 && !versioned) return diagnosis
  const whole = (name: string): string => readable.get(name) ?? places.get(name) ?? withoutVersion(name)
  const placed = (text: string): string => text.replaceAll(NAMELESS, whole)
  const inText = (text: string): string =>
    withoutVersion(placed(text.replaceAll(MANGLED, found => shortName(whole(found)))))
  const inFigure = (figure: Figure): Figure => {
    const wholly = (text: string): string => placed(text.replaceAll(MANGLED, whole))
    if (typeof figure === 'string') return wholly(figure)
    return isNames(figure) ? figure.map(wholly) : figure
  }
  const named = (figures: CauseSign['figures']): CauseSign['figures'] =>
    Object.fromEntries(Object.entries(figures).map(([key, figure]) => [key, inFigure(figure)]))
  return {
    ...diagnosis,
    cause: {
      ...cause,
      because: cause.because.map(inText),
      against: cause.against.map(inText),
      ...(cause.signs && { signs: cause.signs.map(sign => ({ ...sign, figures: named(sign.figures) })) }),
    },
    hot: hot.map(row => ({
      ...row,
      symbol: whole(row.symbol),
      ...(row.inlined ? { inlined: row.inlined.map(each => ({ ...each, symbol: whole(each.symbol) })) } : {}),
    })),
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
    ...(flame && {
      flame: {
        ...flame,
        functions: flame.functions.map(each => ({ ...each, symbol: whole(each.symbol) })),
      },
    }),
    ...(annotated && { annotated: annotated.map(each => ({ ...each, symbol: whole(each.symbol) })) }),
    touched: touched.map(row => ({
      ...row,
      function: whole(row.function),
      ...(row.inlinedIn === undefined ? {} : { inlinedIn: whole(row.inlinedIn) }),
    })),
  }
}
