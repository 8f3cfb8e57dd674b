import { isDependencyFile } from './dependency-files.ts'
import type { DiffFile } from './diff.ts'

const BUILD_FILE_MORE =
  /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml|CMakePresets\.json|meson\.options|rust-toolchain(?:\.toml)?|\.cargo\/config(?:\.toml)?|[^/]*[Mm]akefile[^/]*|configure|config\.(?:mk|mak|make)|Justfile|justfile|Taskfile\.ya?ml|\.bazelrc|[^/]+\.(?:gn|gni|bp|cmake\.in|m4|mak|make|spec))$/
/** What a generator or a compiler that is not read here takes in. */
const TEMPLATE =
  /\.(?:pyx|pxd|pxi|y|yy|ypp|l|ll|lex|re|rl|rs\.in|[ch](?:pp|xx)?\.in|in|tmpl|tpl|j2|jinja2?|mako|erb|gperf|def|td|inc|tbl|proto|fbs|thrift|idl|peg|g4|m4|s|S|asm|nasm|f|f90|f95|F90|d|zig|nim|swift|ispc|cl|hs|ml|py|pl|awk|rb|lua|js|ts|sh|json|ya?ml|toml|csv|tsv|txt|xml)$/
const BUILD_FILE =
  /(?:^|\/)(?:GNUm|[Mm])akefile(?:\.\w+)?$|(?:^|\/)(?:CMakeLists\.txt|meson\.build|meson_options\.txt|configure(?:\.ac|\.in)?|BUILD(?:\.bazel)?|WORKSPACE|Cargo\.(?:toml|lock)|build\.(?:rs|ninja|gradle|sh)|go\.(?:mod|sum)|SConstruct|wscript|[^/]+\.(?:mk|am|cmake|bzl|ld|lds|gyp|gypi|pri|pro))$/
const DOCUMENT =
  /\.(?:md|markdown|rst|adoc|html|png|svg|jpe?g)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG|AUTHORS|\.git\w+|\.clang-format)[^/]*$|(?:^|\/)docs?\//i
/** Whether a file steers the build, by its name. */
export function isBuildFile(path: string): boolean {
  return BUILD_FILE.test(path) || BUILD_FILE_MORE.test(path) || isDependencyFile(path)
}

const DEFINE =
  /(?:^|[\s"'=(,;])(-[DU][A-Za-z_]\w*(?:=[^\s"',;)]*)?|--cfg[ =][^\s"',;)]+|-tags[ =][^\s"',;)]+)|(?:\b|(?=\.))(?:target_compile_definitions|add_compile_definitions|add_definitions|AC_DEFINE(?:_UNQUOTED)?|add_project_arguments|define_macros|\.define|option|\.set(?:10|_quoted)?)\s*\(?([^()\n]{0,120})|^\s*((?:default-)?features|default)\s*=\s*([^\n]{0,120})/g
const MOST_DEFINES = 50

/** Macros, features and tags that build files gain or lose. */
export function definesOf(files: readonly DiffFile[]): string[] {
  const found = files
    .filter(file => !file.binary && isBuildFile(file.head ?? file.base ?? ''))
    .flatMap(({ hunks }) => {
      const on = (side: 'removed' | 'added'): Map<string, number> => {
        const counts = new Map<string, number>()
        for (const line of hunks.flatMap(hunk => hunk[side]).filter(each => each.length < LONGEST_LINE))
          for (const [, flag, call, key, value] of line.matchAll(DEFINE)) {
            const text = (flag ?? (key ? `${key} = ${value}` : call) ?? '').trim()
            if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
          }
        return counts
      }
      const [before, after] = [on('removed'), on('added')]
      return [...new Set([...after.keys(), ...before.keys()])].filter(
        text => before.get(text) !== after.get(text),
      )
    })
  return [...new Set(found)].slice(0, MOST_DEFINES)
}

/** Whether a file is for people to read only. */
export function isDocument(path: string): boolean {
  return DOCUMENT.test(path)
}

/** Whether code may be generated from a file. */
export function isTemplate(path: string): boolean {
  return !DOCUMENT.test(path) && TEMPLATE.test(path)
}

const LONGEST_LINE = 500
