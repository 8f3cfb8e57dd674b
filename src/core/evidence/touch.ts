import type { Origin } from '../placement/built-from.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import { type Examination, MOSTLY_RESIZED } from '../placement/examine.ts'
import { sourceName } from '../placement/source-name.ts'
import { buildReach, reachOf, takesInWords, wayTo } from '../source/reached.ts'
import { type ChangedFunction, compilerOptions, type SourceChange } from '../source/source-change.ts'
import type { ChangedCode } from './evidence.ts'

type Touch = Pick<ChangedCode, 'touched' | 'through'>

/**
 * Whether a changed function's source was changed: by the diff's own lines, else by comparing the sources that were built.
 * That it is the same is reported only where that was shown.
 */
export function touchOf(code: HotCode, examination: Examination): Touch {
  const { change, origins } = examination
  const own = inDiff(code, examination)
  if (own.length > 0) {
    // Its lines are in the diff; what they are part of is still worth its name: a vendored library in another version.
    const ways = own.flatMap(({ file }) => reachOf(file, change) ?? [])
    return ways.length > 0 ? { touched: 'yes', through: [...new Set(ways)] } : { touched: 'yes' }
  }
  const origin = origins?.of.get(code)
  if (origin?.state === 'changed') {
    const ways = origin.files.map(file => wayTo(file, change, origin.instead?.get(file)))
    return { touched: 'yes', through: [...new Set(ways)] }
  }
  if (inlinesChanged(code, examination)) return { touched: 'yes' }
  const optimised = isOptimised(examination, origin)
  const reach = optimised ? optimisedOnly(code, examination, origin) : change
  const { swaps = [], defines = [], dependencies = [], outside } = reach
  const ways = [
    // Also where all lines are the same: what was taken in before may have left none.
    ...swaps,
    ...generatedThatReach(examination, origin?.state === 'same').map(file => wayTo(file, change)),
    ...embeddedThatReach(examination, origin),
    ...(change.macros ?? []).slice(0, 3).map(file => `changes ${file}, whose macros write code`),
    ...(defines.length > 0 || dependencies.some(({ toolchain }) => !toolchain) ? buildReach(reach) : []),
  ]
  if (ways.length > 0 || origin?.state === 'near') return { touched: 'maybe', through: [...new Set(ways)] }
  if (optimised && leavesOut(examination, { reach, sameLines: origin?.state === 'same' }))
    return withBuild('unknown', examination)
  if (outside.length > 0 || mayInlineChanged(examination)) {
    const alone = outside.length > 0 && outside.length < 3 && change.functions.every(each => !each.rewritten)
    return alone
      ? { touched: 'maybe', through: [`changes types, tables or macros in ${outside.join(' and ')}`] }
      : { touched: 'maybe' }
  }
  // One compiler makes the same code of the same lines with the same options, unless a macro that the build passes says something else.
  const others = change.functions.some(({ rewritten }) => rewritten)
  const isOtherCompiler = dependencies.some(({ toolchain }) => toolchain)
  const byMacros = origin?.sameOptions && !others && !isOtherCompiler ? buildReach(change) : []
  if (byMacros.length > 0) return { touched: 'maybe', through: byMacros }
  return withDirectives(notTouched({ ...examination, change: reach }, origin?.state === 'same'), code, change)
}

/** Macros that say when and from what a program was built: no code that is hot reads them. */
const STAMP_DEFINE =
  /^-[DU]\w*(?:VERSION|COMMIT|REVISION|TIMESTAMP|DATE|BUILD_(?:TIME|ID|NUMBER|HASH)|GIT_\w+)(?:=|$)/i

/**
 * Whether compiler options changed and made this code: all its lines are the same on both sides, or much of the program changed size.
 */
function isOptimised({ change, resizedShare }: Examination, origin: Origin | undefined): boolean {
  const isTold = compilerOptions(change).length > 0
  if (origin?.state === 'same' && (origin.otherOptions === true || (!origin.sameOptions && isTold)))
    return true
  return origin?.state !== 'changed' && isTold && resizedShare >= MOSTLY_RESIZED
}

/**
 * The part of a diff that may reach such a function: not a library elsewhere, a stamp or a file that replaces another, and no types, tables
 * and macros whose identifiers the function does not mention.
 */
function optimisedOnly(
  code: HotCode,
  { change, origins, resizedShare }: Examination,
  origin: Origin | undefined,
): SourceChange {
  const { defines = [], dependencies = [], outside, outsideWords = [] } = change
  const words = new Set(origin?.state === 'same' ? origins?.textOf(code).match(/[A-Za-z_]\w*/g) : [])
  const says = outsideWords.some(word => words.has(word))
  return {
    ...change,
    swaps: [],
    outside: says || resizedShare < MOSTLY_RESIZED ? outside : [],
    defines: defines.filter(each => !STAMP_DEFINE.test(each)),
    dependencies: dependencies.filter(({ toolchain }) => toolchain),
  }
}

/** Whether something that was left out might reach the function after all, so that it is unknown whether its source changed. */
function leavesOut(
  examination: Examination,
  { reach, sameLines }: { readonly reach: SourceChange; readonly sameLines: boolean },
): boolean {
  const { change } = examination
  if (change.outside.length > reach.outside.length) return true
  if (sameLines) return false
  const { swaps = [], dependencies = [], outside } = change
  return (
    swaps.length + dependencies.length + outside.length > 0 ||
    unitsThatDiffer(examination).length > 0 ||
    mayInlineChanged(examination)
  )
}

/** With the attributes of the function, where the diff changes these. */
function withDirectives(
  touch: Touch,
  code: HotCode,
  { directives = [], functions, build, other }: Examination['change'],
): Touch {
  const name = sourceName(code.name)
  const files = directives.filter(
    file =>
      build.length + other.length === 0 || functions.some(each => each.file === file && each.name === name),
  )
  if (files.length === 0 || touch.touched !== 'no') return touch
  const way = `changes attributes or pragmas in ${files.slice(0, 3).join(', ')}`
  return { ...touch, through: [way, ...(touch.through ?? [])] }
}

/** Reaches every function without leaving a line in it. */
const HEADER = /\.(?:h|hh|hpp|hxx|inc|inl|ipp|def|tcc|pxd|rs|go)$/i

/** What a file's lines show of one function stays shown; headers are the exception. */
function generatedThatReach({ origins }: Examination, sameLines: boolean): readonly string[] {
  const generated = origins?.generated ?? []
  return sameLines ? generated.filter(file => HEADER.test(file)) : generated
}

/** A table that is taken in as it is can be folded into the code that reads it. */
function embeddedThatReach({ origins }: Examination, origin: Origin | undefined): readonly string[] {
  return (origins?.embedded ?? [])
    .filter(({ by }) => origin?.state !== 'same' || HEADER.test(by) || origin.files.includes(by))
    .map(takesInWords)
}

/** Machine code that is kept in the tree as it is: its source is elsewhere. */
const PREBUILT = /\.(?:a|o|lo|obj|lib|so(?:\.\d+)*|bc|rlib|syso)$/

/** Languages whose compilers read it as it is, though its functions are not read here. */
const isSource = (path: string): boolean =>
  /\.(?:s|S|asm|nasm|f|for|f90|f95|f03|f08|F|F90|d|zig|nim|swift|ispc|cl|hs|ml|adb|ads|pas)$/.test(path)

function notTouched(examination: Examination, sameLines: boolean): Touch {
  const { change, origins } = examination
  const { other } = change
  // A build script of cargo's may write code, too.
  const templates = [
    ...(change.templates ?? []),
    ...change.build.filter(path => /(?:^|\/)build\.rs$/.test(path)),
  ]
  const prebuilt = sameLines ? [] : other.filter(path => PREBUILT.test(path))
  if (prebuilt.length > 0)
    return {
      touched: 'maybe',
      through: [
        `changes ${prebuilt.slice(0, 3).join(', ')}, which ${prebuilt.length > 1 ? 'are' : 'is'} linked into the program`,
      ],
    }
  const units = sameLines ? [] : unitsThatDiffer(examination)
  if (units.length > 0) return { touched: 'maybe', through: units }
  // Without debug lines a file of no known kind may choose among sources that are the same on both sides.
  const mayChoose = !sameLines && change.build.length === 0 && other.length > 0 && templates.length === 0
  if (origins?.complete && mayChoose) return withBuild('maybe', examination)
  if (!origins || sameLines || (origins.complete && templates.length === 0))
    return withBuild('no', examination)
  if (templates.length > 0)
    return {
      touched: 'maybe',
      through: [
        `changes ${templates.slice(0, 3).join(', ')}${templates.every(isSource) ? '' : ', from which code may be generated'}`,
      ],
    }
  return withBuild('unknown', examination)
}

/** What the program is linked from on one side only, unless the build joins sources. */
function unitsThatDiffer({ change, origins }: Examination): readonly string[] {
  const { base, head } = origins?.units ?? { base: [], head: [] }
  const isUnity = [...base, ...head].some(name => /^unity_\d+_/.test(name))
  if (isUnity || base.length + head.length === 0) return []
  const listed = (files: readonly string[]) => files.slice(0, 3).join(', ')
  if (base.length === 0 || head.length === 0) return [wayTo(listed([...base, ...head]), change, '')]
  return [wayTo(listed(head), change, listed(base))]
}

function withBuild(touched: Touch['touched'], { change }: Examination): Touch {
  const through = buildReach(change)
  return through.length > 0 ? { touched, through } : { touched }
}

const named = ({ touched }: Examination): Examination['touched'] =>
  touched.filter(({ from }) => from !== 'sizes' && from !== 'sources')

function inDiff(code: HotCode, examination: Examination): Examination['touched'] {
  const name = sourceName(code.name)
  return named(examination).filter(each => each.function === code.name || sourceName(each.function) === name)
}

const hasLines = ({ touched }: Examination): boolean => touched.some(({ from }) => from === 'lines')

/** Without debug lines: the text of the function calls one that the diff rewrites. */
function inlinesChanged(code: HotCode, examination: Examination): boolean {
  if (hasLines(examination)) return false
  const { change } = examination
  const caller = change.functions.find(each => each.name === sourceName(code.name))?.text
  return change.functions.some(each => each.rewritten && caller?.includes(`${each.name}(`))
}

/** Without debug lines: a rewritten function that is no function of the build is inlined somewhere. */
function mayInlineChanged(examination: Examination): boolean {
  if (hasLines(examination)) return false
  const { change, touched } = examination
  const built = new Set(touched.filter(({ share }) => share > 0).map(each => sourceName(each.function)))
  // What is new is called by nothing that says the same as before.
  const isNew = ({ from, text, baseText }: ChangedFunction): boolean =>
    from === 'text' && text !== undefined && baseText === undefined
  return change.functions.some(each => each.rewritten && !isNew(each) && !built.has(each.name))
}
