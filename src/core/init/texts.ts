import { VERSION } from '../version.ts'
import type { Suite } from './suite.ts'

/** Where the schema of the configuration is published, for editors. */
const SCHEMA = `https://raw.githubusercontent.com/perf-verdict/perf-verdict/v${VERSION}/docs/perf-verdict.schema.json`

/** The configuration file of these suites, with what is not known as comments. */
export function configText(suites: readonly Suite[]): string {
  const build = [...new Set(suites.flatMap(suite => suite.build))]
  return [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What Perf Verdict builds and measures. Every setting: docs/reference.md; a recipe for each harness: docs/harnesses.md.',
    '',
    ...(build.length === 0
      ? ['# build: make bench', '']
      : [
          '# Built once for each side; what only the benchmarks need should be built here and not in every run.',
          ...block('build', build),
          '',
        ]),
    '# The largest slowdown to allow. Each result of a benchmark is its own row and is decided separately.',
    'threshold: 5%',
    '',
    'benchmarks:',
    ...suites.flatMap(suiteLines),
    '',
  ].join('\n')
}

function suiteLines({ name, from, command, harness, unknown }: Suite): readonly string[] {
  return [
    `  # Found by ${oneLine(from)}.`,
    ...unknown.map(each => `  # To check: ${oneLine(each)}`),
    `  - name: ${scalar(name)}`,
    `    command: ${scalar(command)}`,
    ...(harness === undefined
      ? ['    # The harness is recognised by its output; name it with harness: to be sure.']
      : [`    harness: ${harness}`]),
  ]
}

function block(key: string, lines: readonly string[]): readonly string[] {
  const [first] = lines
  if (lines.length === 1) return [`${key}: ${scalar(first!)}`]
  return [`${key}: |`, ...lines.map(line => `  ${line}`)]
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

/** A text as a YAML scalar: plain where that is safe, else in double quotes, whose escapes are those of JSON. */
function scalar(text: string): string {
  const plain =
    /^[\w./][\w ./+=,@$^'"&|()%-]*$/.test(text) &&
    !/ $|^(?:true|false|null|yes|no|on|off|[\d.]+)$/i.test(text)
  return plain ? text : JSON.stringify(text)
}

/** What the workflow needs to know of the repository. */
export interface WorkflowFacts {
  /** The branch whose builds are kept; absent when it is not known. */
  readonly branch?: string
}

/** The pinned actions of the workflow, as the README has them. */
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'
const UPLOAD = 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1'

/** The workflow that runs the gate. */
export function workflowText(suites: readonly Suite[], { branch }: WorkflowFacts): string {
  const unknown = [
    ...new Set(suites.flatMap(suite => suite.unknown).filter(each => /step before/.test(each))),
  ]
  return [
    'name: Performance',
    'on:',
    '  pull_request:',
    ...(branch === undefined ? ['  # To check: the name of the default branch is not known.'] : []),
    `  push: { branches: [${scalar(branch ?? 'main')}] } # keeps the builds of the branch, so that a pull request need not build its base`,
    'permissions: {}',
    `concurrency: { group: "perf-\${{ github.ref }}", cancel-in-progress: "\${{ github.event_name == 'pull_request' }}" }`,
    'jobs:',
    '  gate:',
    '    # To check: hosted runners are noisy. A quiet machine of your own ([self-hosted, bench]) decides sooner and finer;',
    '    # without one, metric: instructions or metric: cpu-time in .github/perf-verdict.yml is steadier than time.',
    '    runs-on: ubuntu-24.04',
    '    timeout-minutes: 60',
    '    permissions: { contents: read, pull-requests: write, actions: read } # check out; comment; trust the cache',
    '    steps:',
    `      - uses: ${CHECKOUT}`,
    '        with: { fetch-depth: 0, persist-credentials: false }',
    '      # To check: install here what the build and the benchmarks need.',
    ...unknown.map(each => `      # ${oneLine(each)}`),
    `      - uses: perf-verdict/perf-verdict@v${VERSION} # pin the full SHA of the release`,
    `      - uses: ${UPLOAD}`,
    '        if: always()',
    '        with: { name: perf-verdict, path: perf-verdict/report.json, overwrite: true }',
    '',
  ].join('\n')
}
