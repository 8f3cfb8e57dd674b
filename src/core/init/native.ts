import type { HarnessName } from '../model/harness-name.ts'
import {
  buildIn,
  type Detect,
  fileName,
  folderOf,
  inFolder,
  isBelow,
  type RepositoryFiles,
  type Suite,
  suiteName,
  word,
} from './suite.ts'

const LIBRARIES: readonly (readonly [RegExp, HarnessName, RegExp])[] = [
  [
    /\bbenchmark::benchmark(?:_main)?\b|(?<![\w:.])benchmark(?:_main)?(?![\w:.])/,
    'google-benchmark',
    /\bBENCHMARK\w*\s*\(|\bbenchmark::(?:RegisterBenchmark|RunSpecifiedBenchmarks)\b/,
  ],
  [
    /\bCatch2::Catch2\w*\b|(?<![\w:.])Catch2?(?:WithMain)?(?![\w:.])/,
    'catch2',
    /\bBENCHMARK(?:_ADVANCED)?\s*\(/,
  ],
  [/\bnanobench\b/, 'nanobench', /nanobench/],
]

/** CMake targets that are linked with a benchmark library and whose sources use it. */
export const cmake: Detect = files => {
  const { paths, read } = files
  const lists = paths.filter(path => fileName(path) === 'CMakeLists.txt')
  // A folder whose parent has none is a project of its own.
  const tops = lists
    .map(folderOf)
    .filter(
      folder => !lists.some(other => folderOf(other) !== folder && isBelow(`${folder}/`, folderOf(other))),
    )
  return tops.flatMap(top => {
    const own = lists.filter(path => isBelow(path, top))
    const switches = own.flatMap(path => switchesOf(read(path)))
    const values = variablesOf(own.map(read))
    return own
      .flatMap(path => targetsOf(path, files, values))
      .map((target): Suite => {
        const { name, harness, path } = target
        const build = top === '' ? 'build' : `${top}/build`
        const below =
          folderOf(path) === top ? '' : `${folderOf(path).slice(top === '' ? 0 : top.length + 1)}/`
        const moved = lists.some(each => /RUNTIME_OUTPUT_DIRECTORY/.test(read(each)))
        return {
          name,
          from: path,
          build: [
            `cmake -S ${word(top === '' ? '.' : top)} -B ${word(build)} -DCMAKE_BUILD_TYPE=RelWithDebInfo${switches.map(each => ` -D${each}=ON`).join('')}`,
            `cmake --build ${word(build)} --parallel --target ${word(name)}`,
          ],
          command: `./${word(`${build}/${below}${name}`)}`,
          harness,
          unknown: moved
            ? [
                `${path} sets where programs are put (RUNTIME_OUTPUT_DIRECTORY); correct the path in the command of ${name}.`,
              ]
            : [],
        }
      })
  })
}

/** Options of a project that leave its benchmarks out as long as nobody asks for them. */
function switchesOf(text: string): readonly string[] {
  const options = text
    .replace(/#.*$/gm, '')
    .matchAll(/\boption\s*\(\s*([A-Za-z]\w*)\s+(?:"[^"]*"|\w+)\s*(OFF|FALSE|NO|0)?\s*\)/gi)
  return [...new Set([...options].map(found => found[1]!).filter(name => /BENCH/i.test(name)))]
}

interface Target {
  readonly name: string
  readonly harness: HarnessName
  readonly path: string
}

function targetsOf(
  path: string,
  { paths, read }: RepositoryFiles,
  values: ReadonlyMap<string, string>,
): readonly Target[] {
  const text = read(path)
    .replace(/#.*$/gm, '')
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole)
  const programs = new Map(
    [...text.matchAll(/\badd_executable\s*\(\s*([\w.+-]+)([^)]*)\)/gi)].map(found => [found[1]!, found[2]!]),
  )
  const below = paths.filter(each => isBelow(each, folderOf(path)) && SOURCE.test(each))
  return [...text.matchAll(/\btarget_link_libraries\s*\(\s*([\w.+-]+)([^)]*)\)/gi)].flatMap(
    ([, name, rest]) => {
      if (!programs.has(name!)) return []
      const isSpread = new RegExp(
        `\\btarget_sources\\s*\\(\\s*${name!.replaceAll(/[.+]/g, '\\$&')}\\s`,
        'i',
      ).test(text)
      const sources = isSpread
        ? below
        : sourcesOf(programs.get(name!)!, { folder: folderOf(path), below, read })
      const library = LIBRARIES.find(
        ([linked, , used]) => linked.test(rest!) && sources.some(each => used.test(read(each))),
      )
      return library ? [{ name: name!, harness: library[1], path }] : []
    },
  )
}

const SOURCE = /\.(?:cc|cpp|cxx|c\+\+|C|h|hpp)$/

/** The sources of a program and what they include, where all of them are listed, because its neighbours may be tests; else every one. */
function sourcesOf(
  listed: string,
  { folder, below, read }: { folder: string; below: readonly string[]; read: RepositoryFiles['read'] },
): readonly string[] {
  const files = listed
    .split(/\s+/)
    .map(each => each.replace(/^"(.*)"$/, '$1'))
    .filter(each => each !== '' && !/^[A-Z_]+$/.test(each))
    .map(each => (folder === '' ? each : `${folder}/${each}`))
  if (files.length === 0 || !files.every(each => below.includes(each))) return below
  const included = new Set(
    files.flatMap(each =>
      [...read(each).matchAll(/^\s*#\s*include\s*"(?:[^"]*\/)?([^"/]+)"/gm)].map(found => found[1]!),
    ),
  )
  return [...files, ...below.filter(each => included.has(fileName(each)))]
}

/** What the files themselves set, the nearest to the top first: targets are often called after their project. */
function variablesOf(texts: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const set = (name: string, value: string) => {
    if (!values.has(name)) values.set(name, value)
  }
  for (const text of texts.map(each => each.replace(/#.*$/gm, ''))) {
    for (const [, name] of text.matchAll(/\bproject\s*\(\s*([\w.+-]+)/gi)) set('PROJECT_NAME', name!)
    for (const [, name, value] of text.matchAll(/\bset\s*\(\s*(\w+)\s+"?([\w.+-]+)"?\s*\)/gi))
      set(name!, value!)
  }
  return values
}

/** Meson's `benchmark()` (mesonbuild.com, Reference manual), each with the program that it runs. */
export const meson: Detect = ({ paths, read }) =>
  paths
    .filter(path => fileName(path) === 'meson.build')
    .flatMap(path => {
      const text = read(path).replace(/#.*$/gm, '')
      const programs = new Map(
        [...text.matchAll(/\b(\w+)\s*=\s*executable\s*\(\s*'([^']+)'/g)].map(found => [found[1]!, found[2]!]),
      )
      return [...text.matchAll(/\bbenchmark\s*\(\s*'([^']+)'\s*,\s*(\w+)([^)]*)\)/g)].map(
        ([, name, variable, rest]): Suite => {
          const program = programs.get(variable!)
          const folder = folderOf(path)
          const words = [...(/args\s*:\s*\[([^\]]*)\]/.exec(rest!)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(
            found => word(found[1]!),
          )
          return {
            name: name!,
            from: path,
            build: ['meson setup build --buildtype=debugoptimized', 'meson compile -C build'],
            command: [
              `./${word(`build/${folder === '' ? '' : `${folder}/`}${program ?? variable!}`)}`,
              ...words,
            ].join(' '),
            unknown:
              program === undefined
                ? [`${path} does not say which program ${variable!} is; correct the command of ${name!}.`]
                : [],
          }
        },
      )
    })

const BENCH_TARGET = /^(bench(?:mark)?s?)\s*:(?!=)/m

/** A Makefile's target for benchmarks, for a folder in which nothing better was found. */
export const make: Detect = ({ paths, read }) =>
  paths
    .filter(path => /^(?:GNU)?[Mm]akefile$/.test(fileName(path)))
    .flatMap((path): readonly Suite[] => {
      const target = BENCH_TARGET.exec(read(path))?.[1]
      if (target === undefined) return []
      const folder = folderOf(path)
      return [
        {
          name: suiteName(target, folder),
          from: path,
          build: [buildIn(folder, 'make')],
          command: inFolder(folder, `make -s ${target}`),
          unknown: [
            `Whether \`make ${target}\` of ${path} builds or runs is not known: put what builds into build, and name the program that it runs as the command, so that make itself is not timed.`,
          ],
        },
      ]
    })
