import {
  buildIn,
  type Detect,
  fileName,
  folderOf,
  inFolder,
  isBelow,
  type Suite,
  suiteName,
} from './suite.ts'

const PYTHON_FILES = /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|requirements[\w.-]*\.txt|Pipfile)$/
const PACKAGES =
  'Which Python packages the benchmarks need is not known; install them in a step before the gate.'

/** Projects that depend on pytest-benchmark, or whose tests take its fixture. */
export const pytest: Detect = ({ paths, read }) => {
  const named = paths.filter(
    path => PYTHON_FILES.test(fileName(path)) && /pytest[-_]benchmark/.test(read(path)),
  )
  const tests = paths.filter(path => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path))
  const using = tests.filter(path => /^\s*(?:async )?def test_\w*\([^)]*\bbenchmark\b/m.test(read(path)))
  const folders = [...new Set(named.map(folderOf))]
  const tops = folders.length > 0 ? folders : using.length > 0 ? [''] : []
  return tops
    .filter(folder => named.length === 0 || using.some(path => isBelow(path, folder)) || tests.length === 0)
    .map((folder): Suite => {
      const from = named.find(path => folderOf(path) === folder) ?? using[0]!
      const own = using.filter(path => isBelow(path, folder))
      return {
        name: suiteName('python', folder),
        from,
        build: [],
        command: inFolder(folder, 'python -m pytest -q --benchmark-only'),
        harness: 'pytest-benchmark',
        unknown: [
          PACKAGES,
          ...(own.length === 0
            ? [`No test was found that takes the fixture benchmark, although ${from} names pytest-benchmark.`]
            : []),
          'Whether the package has to be built first is not known (build: python -m pip install -e .).',
        ],
      }
    })
}

/** airspeed velocity keeps its results in files; which ones depends on the machine. */
export const asv: Detect = ({ paths }) =>
  paths
    .filter(path => fileName(path) === 'asv.conf.json')
    .map(path => ({
      name: suiteName('asv', folderOf(path)),
      from: path,
      build: [],
      command: inFolder(
        folderOf(path),
        'asv machine --yes && asv run --quick --python=same --set-commit-hash="$(git rev-parse HEAD)" && cat .asv/results/*/"$(git rev-parse --short=8 HEAD)"*.json',
      ),
      harness: 'asv',
      unknown: [
        PACKAGES,
        `asv writes its results to files; the command of ${path} prints them from .asv/results, which its results_dir may change.`,
      ],
    }))

const LOCKS: readonly (readonly [string, string])[] = [
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn install --frozen-lockfile'],
  ['bun.lock', 'bun install --frozen-lockfile'],
  ['bun.lockb', 'bun install --frozen-lockfile'],
]

/** What installs the packages of a folder, and where: workspaces keep one lock file at their top. */
function installedBy(
  folder: string,
  paths: readonly string[],
): { readonly folder: string; readonly command: string } {
  for (let at = folder; ; at = folderOf(at)) {
    const lock = LOCKS.find(([file]) => paths.includes(at === '' ? file : `${at}/${file}`))
    if (lock) return { folder: at, command: lock[1] }
    if (at === '') return { folder, command: 'npm install' }
  }
}

/** A script that is called after benchmarks, of which nothing says what it prints. */
function unnamed(path: string, script: string, from: Pick<Suite, 'from' | 'build'>): Suite {
  const folder = folderOf(path)
  return {
    ...from,
    name: suiteName('js', folder),
    command: inFolder(folder, `npm run --silent ${script}`),
    unknown: [
      `What the script ${script} of ${path} prints is not known; if no harness is recognised, its whole run is timed. Let it print a line NAME VALUE UNIT for each result, with harness: lines.`,
    ],
  }
}

/** Packages with vitest's benchmark files, or with tinybench and a script that runs it. */
export const javascript: Detect = ({ paths, read }) =>
  paths
    .filter(path => fileName(path) === 'package.json')
    .flatMap((path): readonly Suite[] => {
      const folder = folderOf(path)
      const text = read(path)
      const installed = installedBy(folder, paths)
      const from = { from: path, build: [buildIn(installed.folder, installed.command)] }
      const files = paths.some(each => isBelow(each, folder) && /\.bench\.[cm]?[jt]sx?$/.test(each))
      if (/"vitest"\s*:/.test(text) && files)
        return [
          {
            ...from,
            name: suiteName('js', folder),
            command: inFolder(folder, 'npx vitest bench --run'),
            harness: 'vitest',
            unknown: [],
          },
        ]
      const script = /"(bench(?:mark)?s?)"\s*:\s*"/.exec(text)?.[1]
      if (!/"tinybench"\s*:/.test(text)) return script === undefined ? [] : [unnamed(path, script, from)]
      return [
        {
          ...from,
          name: suiteName('js', folder),
          command: inFolder(folder, script === undefined ? 'node bench.js' : `npm run --silent ${script}`),
          ...(script !== undefined && { harness: 'tinybench' as const }),
          unknown:
            script === undefined
              ? [`${path} depends on tinybench and has no script bench; name the file that runs it.`]
              : [],
        },
      ]
    })

/** Maven and Gradle projects with JMH. */
export const jmh: Detect = ({ paths, read }) =>
  paths.flatMap((path): readonly Suite[] => {
    const folder = folderOf(path)
    const jar = 'Where the jar with the benchmarks is put is not known; correct the path in the command.'
    if (fileName(path) === 'pom.xml' && /<artifactId>jmh-core<\/artifactId>/.test(read(path)))
      return [
        {
          name: suiteName('java', folder),
          from: path,
          build: [buildIn(folder, 'mvn -q -B package -DskipTests')],
          command: `java -jar ${folder === '' ? '' : `${folder}/`}target/benchmarks.jar`,
          harness: 'jmh',
          unknown: /<finalName>benchmarks<|uberjar\.name>benchmarks</.test(read(path)) ? [] : [jar],
        },
      ]
    if (/^build\.gradle(?:\.kts)?$/.test(fileName(path)) && /me\.champeau\.jmh|jmh-core/.test(read(path))) {
      const wrapper = paths.includes('gradlew') ? './gradlew' : 'gradle'
      return [
        {
          name: suiteName('java', folder),
          from: path,
          build: [`${wrapper} ${folder === '' ? '' : `:${folder.replaceAll('/', ':')}:`}jmhJar`],
          command: `java -jar ${folder === '' ? '' : `${folder}/`}build/libs/*-jmh.jar`,
          harness: 'jmh',
          unknown: [jar],
        },
      ]
    }
    return []
  })
