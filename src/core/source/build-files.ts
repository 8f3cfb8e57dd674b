import type { PerSide } from '../model/side.ts'
import { isDependencyFile } from './dependency-files.ts'
import type { DiffFile } from './diff.ts'
import { languageOf } from './source-functions.ts'

const BUILD_FILE_MORE =
  /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml|CMakePresets\.json|meson\.options|rust-toolchain(?:\.toml)?|\.cargo\/config(?:\.toml)?|[^/]*[Mm]akefile[^/]*|configure|config\.(?:mk|mak|make)|Justfile|justfile|Taskfile\.ya?ml|\.bazelrc|[^/]+\.(?:gn|gni|bp|cmake\.in|m4|mak|make|spec|gcda|profdata|pgo|afdo|fdata))$/
/** What a generator or a compiler that is not read here takes in. */
const TEMPLATE =
  /\.(?:pyx|pxd|pxi|y|yy|ypp|l|ll|lex|re|rl|rs\.in|[ch](?:pp|xx)?\.in|in|tmpl|tpl|j2|jinja2?|mako|erb|gperf|def|td|inc|tbl|proto|fbs|thrift|idl|peg|g4|m4|s|S|asm|nasm|f|f90|f95|F90|d|zig|nim|swift|ispc|cl|hs|ml|py|pl|awk|rb|lua|js|ts|sh|json|ya?ml|toml|csv|tsv|txt|xml)$/
const BUILD_FILE =
  /(?:^|\/)(?:GNUm|[Mm])akefile(?:\.\w+)?$|(?:^|\/)(?:CMakeLists\.txt|meson\.build|meson_options\.txt|configure(?:\.ac|\.in)?|BUILD(?:\.bazel)?|WORKSPACE|Cargo\.(?:toml|lock)|build\.(?:rs|ninja|gradle|sh)|go\.(?:mod|sum)|SConstruct|wscript|[^/]+\.(?:mk|am|cmake|bzl|ld|lds|gyp|gypi|pri|pro))$/
const DOCUMENT =
  /\.(?:md|markdown|rst|adoc|html|png|svg|jpe?g|gif|webp|pdf|cff)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG|AUTHORS|\.git\w+)[^/]*$|(?:^|\/)(?:README|COPYING|NOTICE|NEWS|CHANGES|HISTORY|CONTRIBUT(?:ORS|ING)|MAINTAINERS|CODEOWNERS|SECURITY|TODO|\.mailmap)(?:\.(?:txt|text|org|textile))?$|(?:^|\/)docs?\//i
/** What editors, formatters, linters and robots read, and no compiler. */
const FOR_TOOLS =
  /(?:^|\/)(?:\.clang-(?:format|tidy)(?:-ignore)?|\.clangd|\.editorconfig|\.?(?:rust|clang-)fmt\.toml|\.?rustfmt\.toml|\.?clippy\.toml|deny\.toml|\.golangci\.(?:ya?ml|toml|json)|\.pre-commit-[\w-]+\.ya?ml|\.codespell\w*|_?typos\.toml|\.typos\.toml|\.prettier\w*(?:\.\w+)?|\.eslint\w*(?:\.\w+)?|biome\.jsonc?|\.markdownlint\S*|\.yamllint\S*|\.flake8|\.pylintrc|\.cmake-(?:format|lint)\S*|\.astylerc|\.uncrustify\S*|uncrustify\.cfg|CPPLINT\.cfg|\.codecov\.ya?ml|codecov\.ya?ml|renovate\.json5?|dependabot\.ya?ml|release-please-\S+\.json|\.all-contributorsrc|\.ignore|\.dockerignore)$|(?:^|\/)\.(?:vscode|idea|zed|changeset|devcontainer)\//i
/** Whether a file steers the build, by its name. */
export function isBuildFile(path: string): boolean {
  return BUILD_FILE.test(path) || BUILD_FILE_MORE.test(path) || isDependencyFile(path)
}

/** `-DNAME=value` and cargo's features, wherever options of a compiler may stand: in a script, a file of variables, a workflow. */
const FLAG =
  /(?:^|[\s"'=(,;:])(-[DU][A-Za-z_]\w*(?:=(?:(?:\\?["']){1,2}[^"'\n]{0,80}["']{1,2}|[^\s"',;)]*))?|--(?:no-default-features|all-features|features[ =][^\s;)]+))/g
/** In a build file what these calls and options say is passed on, too. */
const DEFINE =
  /(?:^|[\s"'=(,;])(-[DU][A-Za-z_]\w*(?:=(?:(?:\\?["']){1,2}[^"'\n]{0,80}["']{1,2}|[^\s"',;)]*))?|--cfg(?:[ =]|["'],\s*["'])[^\s"',;)]+|--(?:no-default-features|all-features|features[ =][^\s;)]+)|-tags[ =][^\s"',;)]+)|(?:\b|(?=\.))(?:target_compile_definitions|add_compile_definitions|add_definitions|AC_DEFINE(?:_UNQUOTED)?|add_project_arguments|define_macros|\.define\b|option\b|\.set(?:10|_quoted)?)\s*\(?([^()\n]{0,120})/g
/** Features of a manifest of cargo's, its own and those that it asks of others; what a build script hands to the compiler. */
const FEATURES =
  /(?:^\s*|[{,]\s*)((?:default-)?features|default)\s*=\s*(\[[^\]\n]{0,120}\]?|[^\n,}]{0,120})|cargo::?(rustc-(?:cfg|env)=[^\s"')]+)/g
/** Variables of the environment that cargo sets for the compiler, which `env!` reads. */
const CARGO_ENVIRONMENT = /^\s*(?!\w*FLAGS\b|(?:CC|CXX|AR|LD|PATH)\b)([A-Z_][A-Z0-9_]*)\s*=\s*([^\n]{1,120})/g
const MOST_DEFINES = 50

/** `NAME = value` of a makefile or a shell, and `set(NAME value)` of CMake. */
const ASSIGNED =
  /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?:[:?+]{0,2}=)\s*([^#\n]{1,120})|^\s*set\(\s*([A-Za-z_]\w*)\s+([^)\n]{1,120})\)/i

/** Macros, features and tags that build files gain or lose, and the variables that macros get their values from. */
export function definesOf(
  files: readonly DiffFile[],
  texts: PerSide<(path: string) => string | undefined>,
): string[] {
  const found = files
    .filter(file => !file.binary && mayPassOptions(file.head ?? file.base ?? ''))
    .flatMap(file => {
      const { hunks } = file
      const patterns = patternsFor(file.head ?? file.base ?? '')
      const passed = variablesOf(file, texts)
      const on = (side: 'removed' | 'added'): Map<string, number> => {
        const counts = new Map<string, number>()
        for (const line of hunks.flatMap(hunk => hunk[side]).filter(each => each.length < LONGEST_LINE))
          for (const text of [...definesIn(line, patterns), ...assignedIn(line, passed)])
            if (!isDefaultOfCMake(line, text)) counts.set(text, (counts.get(text) ?? 0) + 1)
        return counts
      }
      const [before, after] = [on('removed'), on('added')]
      return [...new Set([...after.keys(), ...before.keys()])].filter(
        text => before.get(text) !== after.get(text),
      )
    })
  return [...new Set(found)].slice(0, MOST_DEFINES)
}

/** Source files say by their own lines what changed in them. */
const mayPassOptions = (path: string): boolean =>
  isBuildFile(path) || (languageOf(path) === undefined && !isDocument(path))

/** CMake passes NDEBUG in these build types by itself: who sets their flags anew only keeps it. */
const isDefaultOfCMake = (line: string, text: string): boolean =>
  text === '-DNDEBUG' && /\bCMAKE_\w+_FLAGS_(?:RELEASE|RELWITHDEBINFO|MINSIZEREL)\b/.test(line)

function patternsFor(path: string): readonly RegExp[] {
  if (!isBuildFile(path)) return [FLAG]
  if (!/(?:^|\/)(?:Cargo\.toml|build\.rs|\.cargo\/config(?:\.toml)?)$/.test(path)) return [DEFINE]
  return [DEFINE, FEATURES, ...(path.includes('.cargo/') ? [CARGO_ENVIRONMENT] : [])]
}

function definesIn(line: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap(pattern =>
    [...line.matchAll(pattern)].flatMap(([, first, second, third]) => {
      const isPair = first !== undefined && second !== undefined
      const text = (isPair ? `${first} = ${second}` : (first ?? second ?? third ?? ''))
        .replace(/["'],\s*["']/, ' ')
        .trim()
      return text === '' ? [] : [text]
    }),
  )
}

function assignedIn(line: string, passed: ReadonlySet<string>): string[] {
  const [, plain, value, inCMake, set] = ASSIGNED.exec(line) ?? []
  const name = plain ?? inCMake
  return name !== undefined && passed.has(name) ? [`${name} = ${(value ?? set ?? '').trim()}`] : []
}

/** Variables that a file gives to macros: `-DROUNDS=$(ROUNDS)`. */
function variablesOf(
  { base, head }: DiffFile,
  texts: PerSide<(path: string) => string | undefined>,
): ReadonlySet<string> {
  const text = (head !== undefined && texts.head(head)) || (base !== undefined && texts.base(base)) || ''
  if (text.length > LARGEST_TEXT) return new Set()
  return new Set(Array.from(text.matchAll(/-D\w+=[^\s$]{0,40}\$[({]?([A-Za-z_]\w*)/g), ([, name]) => name!))
}

const LARGEST_TEXT = 4 * 1024 * 1024

/** Whether a file is only for people to read, or for tools that build nothing. */
export function isDocument(path: string): boolean {
  return DOCUMENT.test(path) || FOR_TOOLS.test(path)
}

/** Whether code may be generated from a file. */
export function isTemplate(path: string): boolean {
  return !isDocument(path) && TEMPLATE.test(path)
}

const LONGEST_LINE = 500
