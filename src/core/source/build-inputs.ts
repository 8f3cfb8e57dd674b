import { isBuildFile, isDocument } from './build-files.ts'
import type { DiffFile } from './diff.ts'
import { languageOf } from './source-functions.ts'

const MOST_NAMED = 3
const LONGEST_LINE = 500

/** Options by which a compiler makes other code of the same text, and the settings of build tools that stand for them. */
const OPTIONS =
  /(?:^|[\s"'=([,;:])(-(?:O(?:[0-3sgz]|fast)?|(?:f|m)(?:no-)?[a-z][\w.=+-]{2,}|march=[\w.+-]+|std=[\w+:]+|C[ =]?[a-z-]+(?:=[\w.+-]+)?|gcflags\S*|[Ww]l,[\w=,.+-]+)|(?:opt-level|codegen-units|lto|overflow-checks|panic|target-cpu|buildtype|optimization|b_lto|b_pgo|b_sanitize)\s*[=:]\s*["']?[\w.+-]+|CMAKE_(?:BUILD_TYPE|INTERPROCEDURAL_OPTIMIZATION|UNITY_BUILD)[\s"=:]+[\w.+-]+|--(?:release|opt(?::\w+|[\w=-]*)|coverage|buildtype[= ]\w+))(?=$|[\s"',;)\]])/g

/** Variables that say which compiler runs, and with which options. */
const COMPILER_VARIABLE =
  /^\s*(?:-\s+)?(?:export\s+|ENV\s+|set\s+-x\s+)?["']?(?:CC|CXX|FC|LD|AR|RUSTC|RUSTFLAGS|CARGO_PROFILE_\w+|CARGO_BUILD_\w+|GO(?:FLAGS|AMD64|ARM64|EXPERIMENT|TOOLCHAIN)|CGO_\w+|[A-Z]{0,4}FLAGS|\w+_(?:CFLAGS|CXXFLAGS)|(?:go|rust|zig|gcc|clang|llvm|dmd|ldc)-version|toolchain|runs-on|image|container)["']?\s*[:?+]?[=:]/

/** Options of compilers and optimisers that only one side has, and settings that stand for them. */
export function optionsChanged(files: readonly DiffFile[]): string[] {
  return [
    ...new Set(files.filter(mayPassOptions).flatMap(file => oneSided(file, line => optionsIn(line)).flat())),
  ]
}

const mayPassOptions = ({ head, base, binary }: DiffFile): boolean => {
  const path = head ?? base ?? ''
  return !binary && (isBuildFile(path) || (languageOf(path) === undefined && !isDocument(path)))
}

const optionsIn = (line: string): string[] => Array.from(line.matchAll(OPTIONS), ([, text]) => text!.trim())

/** Whether a file of no known kind steers the build: every line that changes is about compilers and their options. */
export function passesOptions(file: DiffFile): boolean {
  const path = file.head ?? file.base ?? ''
  if (!mayPassOptions(file) || isBuildFile(path)) return false
  const lines = file.hunks
    .flatMap(({ added, removed }) => [...added, ...removed])
    .filter(line => !/^\s*(?:$|#|\/\/|;)/.test(line))
  return (
    lines.length > 0 &&
    lines.every(
      line =>
        line.length < LONGEST_LINE &&
        !/(?:^|[\s"'=])-[DU][A-Za-z_]/.test(line) &&
        (COMPILER_VARIABLE.test(line) || optionsIn(line).length > 0),
    )
  )
}

/** Files that a build file names, and folders that headers and libraries are looked for in. */
const INPUT =
  /(?:^|[\s"'=([,;])((?:-(?:I|L|l|isystem ?|iquote ?|include ))?(?:[\w.$(){}+-]*\/)*[\w.+-]+\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|cu|S|s|asm|f|f90|f95|F90|d|nim|zig|pyx|go|rs|o|obj|a|so|lib|adb|pas|h|hh|hpp|in|def|y|l|re|proto)|-(?:I|L|l|isystem ?|iquote ?)[\w./$(){}+-]+)(?=$|[\s"',;)\]])/g
/** Calls of CMake and Meson that name folders. */
const FOLDER =
  /\b(?:include_directories|add_subdirectory|link_directories|subdir|target_include_directories)\s*\(([^)\n]{1,200})\)?/g

const inputsIn = (line: string): string[] => [
  ...Array.from(line.matchAll(INPUT), ([, text]) => text!),
  ...Array.from(line.matchAll(FOLDER), ([, text]) => text!.replaceAll(/["']/g, '').trim()),
]

const C_INCLUDE = /^\s*#\s*(?:include|import)\s*["<]([^">]+)[">]/
const OTHER_IMPORT =
  /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:use|import|from|with|uses|include|mod|extern\s+crate)\s+["']?(?!(?:std|core|alloc)\b)([^;"'\n]{1,200})/
/** In a block of imports. */
const GO_IMPORT = /^\s*(?:[\w.]+\s+)?"([\w./-]+)"\s*$/

function importsIn(path: string): (line: string) => string[] {
  const language = languageOf(path)
  const patterns =
    language === 'c' ? [C_INCLUDE] : language === 'go' ? [OTHER_IMPORT, GO_IMPORT] : [OTHER_IMPORT]
  return line =>
    patterns.flatMap(pattern => {
      const found = pattern.exec(line)?.[1]?.trim()
      return found ? [found] : []
    })
}

/**
 * What a diff puts in the place of something else without changing the text of either: another source file in the build, another header,
 * another folder, another target of a link. Each as a verb's phrase.
 */
export function swappedInputs(
  files: readonly DiffFile[],
  textOf: (path: string) => string | undefined = () => undefined,
): string[] {
  return files.flatMap(file => {
    const path = file.head ?? file.base ?? ''
    if (file.binary || isDocument(path)) return []
    if (file.link)
      return swapOf(
        oneSided(file, line => [line]),
        `points ${path} to`,
      )
    const isSource = languageOf(path) !== undefined
    const how = isSource ? importsIn(path) : inputsIn
    const sides = oneSided(file, how)
    const choices = isSource ? [] : chosenByVariables(file, textOf(path) ?? '')
    return isSource
      ? swapOf(sides, `has ${path} include`)
      : swapOf(withoutForms(sides), 'builds with')
          .concat(choices)
          .map(each => `${each} (${path})`)
  })
}

const ASSIGNED =
  /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]{0,2}=\s*([^#\n]{1,120}?)\s*$|^\s*set\(\s*([A-Za-z_]\w*)\s+([^)\n]{1,120})\)/i

/** Variables of a build file that files or folders are named by: `$(IMPL).c`, `src/${IMPL}/step.c`. */
function chosenByVariables({ hunks }: DiffFile, text: string): string[] {
  if (text.length > LARGEST_TEXT) return []
  const on = (side: 'removed' | 'added'): ReadonlyMap<string, string> =>
    new Map(
      hunks.flatMap(hunk =>
        hunk[side].flatMap(line => {
          const [, plain, value, inCMake, set] = ASSIGNED.exec(line.slice(0, LONGEST_LINE)) ?? []
          const name = plain ?? inCMake
          return name === undefined ? [] : [[name, (value ?? set ?? '').trim()] as const]
        }),
      ),
    )
  const before = on('removed')
  return [...on('added')].flatMap(([name, value]) => {
    const old = before.get(name)
    const names = new RegExp(
      `(?:/|-I)\\$[({]?${name}\\b[)}]?|\\$(?:${name}\\b|[({]${name}[)}])[\\w./-]*(?:/|\\.\\w)`,
    )
    if (old === undefined || old === value || !names.test(text)) return []
    return [`sets ${name} to ${value} in place of ${old}`]
  })
}

const LARGEST_TEXT = 4 * 1024 * 1024

/** Without what is only linked in another form: `step.o`, `libstep.a`, `libstep.so` and `-lstep` are of one source. */
function withoutForms([before, after]: readonly [readonly string[], readonly string[]]) {
  const stem = (name: string): string =>
    name.replace(/^(?:.*\/)?(?:lib(?=.*\.(?:a|so|lib)$)|-l)?/, '').replace(/\.\w+$/, '')
  const isForm = (name: string): boolean => /\.(?:o|obj|a|so|lib)$|^-l/.test(name)
  const without = (own: readonly string[], others: readonly string[]): string[] => {
    const stems = new Set(others.filter(isForm).map(stem))
    return own.filter(name => !name.startsWith('-L') && !(isForm(name) && stems.has(stem(name))))
  }
  return [without(before, after), without(after, before)] as const
}

function swapOf([before, after]: readonly [readonly string[], readonly string[]], verb: string): string[] {
  if (before.length === 0 || after.length === 0) return []
  const some = (names: readonly string[]): string => names.slice(0, MOST_NAMED).join(', ')
  return [`${verb} ${some(after)} in place of ${some(before)}`]
}

/** What only removed lines and what only added lines hold. */
function oneSided(
  { hunks }: DiffFile,
  find: (line: string) => readonly string[],
): readonly [removed: readonly string[], added: readonly string[]] {
  const on = (side: 'removed' | 'added'): ReadonlySet<string> =>
    new Set(hunks.flatMap(hunk => hunk[side].filter(line => line.length < LONGEST_LINE).flatMap(find)))
  const [before, after] = [on('removed'), on('added')]
  return [[...before].filter(each => !after.has(each)), [...after].filter(each => !before.has(each))]
}

/** Attributes, pragmas and words that tell a compiler how to make code of a function, and nothing of what it does. */
const DIRECTIVE =
  /__attribute__\s*\(\(.*?\)\)\s*\)?|\[\[[^\]]*\]\]|#!?\[(?:inline|cold|target_feature|optimize|no_mangle|track_caller)[^\]]*\]|^\s*#\s*pragma\s+(?:GCC|clang|omp|unroll|ivdep|loop)\b.*$|\/\/go:[a-z]+|#cgo\b.*FLAGS:.*$|\b(?:__)?(?:force|no|always_)?inline(?:__)?\b|\bnoinline\b|@(?:inline|noinline|setCold)\b/g

/** Source files in which the diff changes such directives. */
export function directivesChanged(files: readonly DiffFile[]): string[] {
  return files.flatMap(file => {
    const path = file.head ?? file.base ?? ''
    if (file.binary || file.base === undefined || file.head === undefined || languageOf(path) === undefined)
      return []
    const [before, after] = oneSided(file, line =>
      Array.from(line.matchAll(DIRECTIVE), ([text]) => text.trim()),
    )
    return before.length + after.length > 0 ? [path] : []
  })
}
