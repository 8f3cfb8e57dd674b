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

/** More packages than this are one entry, which is compiled anew in every run. */
const MOST_BINARIES = 12

/** Modules with a test file that has a benchmark (pkg.go.dev/testing, "Benchmarks"); a compiled test binary for each package. */
export const go: Detect = ({ paths, read }) => {
  const modules = paths.filter(path => fileName(path) === 'go.mod').map(folderOf)
  const tests = paths.filter(path => path.endsWith('_test.go'))
  const holding = tests.filter(path => /^func Benchmark\w*\(\w+ \*testing\.B\)/m.test(read(path)))
  return modules.flatMap((module): readonly Suite[] => {
    const nested = modules.filter(other => other !== module && isBelow(`${other}/`, module))
    const own = holding.filter(path => isBelow(path, module) && !nested.some(other => isBelow(path, other)))
    const packages = [...new Set(own.map(folderOf))]
    if (packages.length > MOST_BINARIES) return [together(module, packages, own[0]!)]
    return packages.map(folder => ({
      name: suiteName('go', folder),
      from: own.find(path => folderOf(path) === folder)!,
      build: [buildIn(folder, 'go test -c -o perf-verdict.test .')],
      command: inFolder(folder, "./perf-verdict.test -test.run '^$' -test.bench ."),
      harness: 'go',
      unknown: [],
    }))
  })
}

function together(module: string, packages: readonly string[], from: string): Suite {
  const below = packages.map(path =>
    path === module ? '.' : `./${module === '' ? path : path.slice(module.length + 1)}`,
  )
  return {
    name: suiteName('go', module),
    from,
    build: [buildIn(module, "go test -run '^$' ./...")],
    command: inFolder(module, `go test -run '^$' -bench . ${below.join(' ')}`),
    harness: 'go',
    unknown: [
      `${packages.length} packages have benchmarks; go test links each anew in every run. List those that matter, each with a binary of go test -c.`,
    ],
  }
}
