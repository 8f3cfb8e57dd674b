import { MANIFESTS } from '../../core/init/detect.ts'
import type { Suite } from '../../core/init/suite.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { aligned, wrapped } from '../text/lines.ts'

/** What `perf-verdict init` found and did. */
export interface SetupFacts {
  readonly suites: readonly Suite[]
  readonly branch?: string
}

/** What init says on the terminal: what it found, what it wrote, what it does not know, and what to do next. */
export function setupText(
  { suites, branch }: SetupFacts,
  written: Readonly<Record<string, 'written' | 'there' | 'linked'>>,
): string {
  const unknown = [
    ...suites.flatMap(suite => suite.unknown),
    ...(branch === undefined ? ['The name of the default branch is not known; the workflow says main.'] : []),
    'Which machine will measure is not known; the workflow says ubuntu-24.04, and perf-verdict doctor judges the one that it runs on.',
    'What the job has to install first is not known.',
  ]
  const lines =
    suites.length === 0
      ? wrapped(
          `No benchmark was found in ${MANIFESTS.join(', ')} and the files that they name, so nothing was written. See docs/harnesses.md for a configuration by hand.`,
          '',
        )
      : [
          `Found ${suites.length === 1 ? 'one suite' : `${suites.length} suites`} of benchmarks`,
          ...aligned([
            ['  name', 'harness', 'found by', 'command'],
            ...suites.map(({ name, harness, from, command }) => [
              `  ${plainName(name)}`,
              harness ?? 'by its output',
              plainName(from),
              plainName(command),
            ]),
          ]),
          '',
          ...Object.entries(written).map(([path, came]) =>
            came === 'there' ? `${path} already exists; it was not changed.` : `${path} written.`,
          ),
          ...(Object.keys(written).length > 0 ? [''] : []),
          'To check, because the files do not say it',
          ...[...new Set(unknown)].flatMap(each => wrapped(each, '  - ')),
          '',
          ...wrapped(
            'Next: git add .github, then perf-verdict list --head worktree shows the rows that a gate has.',
            '',
          ),
        ]
  return `${lines.map(plainLine).join('\n')}\n`
}
