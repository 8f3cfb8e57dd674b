import { describe, expect, test } from '@jest/globals'
import type { LayoutFault } from '../../../src/core/layouts/fault.ts'
import { layoutFault, noTrial } from '../../../src/report/words/layout-trial.ts'

const faults: readonly (readonly [LayoutFault, string])[] = [
  [
    { kind: 'no-build-command' },
    'No layout was tried, because no build command was given. The cause rests on counters and addresses alone, so it stays likely at most.',
  ],
  [
    { kind: 'build-failed', side: 'head', ended: 'exited with code 2', lastLine: 'no rule' },
    'No layout trial: the build of head for it exited with code 2 (no rule). The cause',
  ],
  [
    { kind: 'no-checkout', side: 'base', because: 'git said no.' },
    'No layout trial: base could not be checked out a second time: git said no. The cause',
  ],
  [
    { kind: 'not-reordered', linker: 'lld', output: 'bench' },
    'No layout trial: lld could not link bench in another order. The cause',
  ],
  [
    { kind: 'too-little-budget', budgetSeconds: 60, layoutSeconds: 9.96, runSeconds: 0.5 },
    'No layout trial: 60 s or 8 GB of disk are too few for it, with 10.0 s a layout of both sides and 0.5 s a run of both; raise layout-budget. The cause',
  ],
]

describe('what the report says of a layout trial that could not be made', () => {
  test.each(faults)('$kind', (fault, sentence) => {
    const { what, instead } = noTrial(fault)
    expect(`${what} ${instead}`).toContain(sentence)
    // The clause also continues other sentences, which end it themselves.
    expect(layoutFault(fault)).not.toMatch(/\.$/)
  })
})
