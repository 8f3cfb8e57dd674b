import { go } from './go.ts'
import { asv, javascript, jmh, pytest } from './managed.ts'
import { cmake, make, meson } from './native.ts'
import { rust } from './rust.ts'
import { fileName, folderOf, type RepositoryFiles, type Suite } from './suite.ts'

/** What other projects' code in a repository is kept in; its benchmarks are theirs. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|thirdparty|external|extern|deps|subprojects|submodules|testdata|target|dist|\.git)\//

/** Files that say which benchmarks there are, for readers of whole repositories. */
export const MANIFESTS: readonly string[] = [
  'Cargo.toml',
  'go.mod',
  'CMakeLists.txt',
  'meson.build',
  'Makefile',
  'package.json',
  'pyproject.toml',
  'pom.xml',
  'build.gradle',
  'asv.conf.json',
]

/** The benchmarks of a repository, one suite for each project and kind. */
export function detectSuites(files: RepositoryFiles): readonly Suite[] {
  const own: RepositoryFiles = { paths: files.paths.filter(path => !FOREIGN.test(path)), read: files.read }
  const found = [rust, go, cmake, meson, pytest, asv, javascript, jmh].flatMap(detect => detect(own))
  const known = new Set(found.map(({ from }) => folderOf(from)))
  // A Makefile next to something better most likely calls it.
  const made = make(own).filter(({ from }) => !known.has(folderOf(from)))
  return withOwnNames([...found, ...made])
}

function withOwnNames(suites: readonly Suite[]): readonly Suite[] {
  const taken = new Set<string>()
  return suites.map(suite => {
    const tidy = suite.name.replace(/[\n\r]/g, ' ').slice(0, 180)
    const choices = [tidy, `${tidy} (${fileName(suite.from)})`]
    let name = choices.find(each => !taken.has(each))
    for (let nth = 2; name === undefined; nth++)
      name = taken.has(`${tidy} ${nth}`) ? undefined : `${tidy} ${nth}`
    taken.add(name)
    return { ...suite, name }
  })
}
