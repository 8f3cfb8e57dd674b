import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readCommandLine } from '../../../src/commands/command-line.ts'
import { readActionInputs } from '../../../src/core/config/action-inputs.ts'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { OPTIONS } from '../../../src/core/config/options.ts'
import { parseOptions } from '../../../src/core/config/settings.ts'
import { DEFAULT_POLICIES, readPolicies } from '../../../src/core/decision/policy.ts'
import { exitCode, verdictOf } from '../../../src/core/decision/verdict.ts'
import { POLICY_NAMES, type PolicyName } from '../../../src/core/model/policies.ts'
import type { BenchmarkReport, Report } from '../../../src/core/model/report.ts'
import { policySentence } from '../../../src/report/words/policy.ts'
import { remarksOf } from '../../../src/report/words/status.ts'
import { aBenchmark, aChange, aReport } from '../../doubles/reports.ts'

const because = (kind: 'placement' | 'codegen'): BenchmarkReport =>
  aChange(1.3, { name: 'parse', cause: { kind, confidence: 'shown', because: ['It moved.'], against: [] } })
const row = (more: Partial<BenchmarkReport>) => aBenchmark({ name: 'parse', ...more })

/** For each policy a row that it settles, the exit code without it, and how the sentence names what it settled. */
const SETTLED: Readonly<Record<PolicyName, readonly [BenchmarkReport, 1 | 3, string]>> = {
  'on-undecided': [row({ decision: 'undecided' }), 3, '1 benchmark is undecided'],
  'on-unmeasured': [
    row({ decision: 'unmeasured', fault: { side: 'both', kind: 'crash' } }),
    3,
    '1 benchmark could not be measured',
  ],
  'on-base-broken': [
    row({ decision: 'unmeasured', fault: { side: 'base', kind: 'crash' } }),
    3,
    '1 time the base did not build or run',
  ],
  'on-removed': [row({ decision: 'removed' }), 1, '1 benchmark is gone'],
  'on-masked': [row({ decision: 'masked' }), 1, '1 benchmark hides more work by its layout'],
  'on-placement': [because('placement'), 1, '1 slowdown is shown to be code placement'],
  'on-codegen': [because('codegen'), 1, '1 slowdown is shown to be the same source compiled differently'],
}

/** The report of a table with a quiet row and the one that a policy settles. */
function judged(name: PolicyName, policies: Report['policies'] = DEFAULT_POLICIES): Report {
  const benchmarks = [aBenchmark({ name: 'quiet' }), SETTLED[name][0]]
  const verdict = verdictOf({ benchmarks, errors: [], policies: policies ?? DEFAULT_POLICIES })
  return aReport({ verdict, benchmarks, errors: [], policies })
}

const CASES = POLICY_NAMES.flatMap(name =>
  (['fail', 'warn', 'pass'] as const).map(choice => ({ name, choice })),
)

/** What the action, the command line and the configuration file make of `name: choice`. */
const DOORS: Readonly<
  Record<string, (name: PolicyName, choice: string) => Parameters<typeof readPolicies>[0]>
> = {
  action: (name, choice) => {
    const { invocation } = readActionInputs(asked => (asked === name ? choice : ''))
    return parseOptions(invocation, input => input)
  },
  'command line': (name, choice) => {
    const line = readCommandLine(['gate', `--${name}`, choice])
    return parseOptions('options' in line ? line.options : {}, option => option)
  },
  'configuration file': (name, choice) =>
    readConfig(`${name}: ${choice}\nbenchmarks: [{ name: parse, command: ./parse }]\n`, 'file'),
}

describe('a policy', () => {
  test.each(CASES)('$name: $choice', ({ name, choice }) => {
    const [, failing, finding] = SETTLED[name]
    for (const [door, read] of Object.entries(DOORS)) {
      const report = judged(name, readPolicies(read(name, choice)))
      const says = policySentence(report)
      expect([door, exitCode(report)]).toEqual([door, choice === 'fail' ? failing : 0])
      if (choice !== 'fail')
        expect(says).toBe(`The check passes all the same, with exit code 0: ${finding} (${name}: ${choice}).`)
      else if (failing === 3)
        expect(says).toBe(`The check fails without an answer, with exit code 3: ${finding} (${name}: fail).`)
      // A breach has a sentence of its own.
      else expect(says).toBeUndefined()
      if (says !== undefined) expect(remarksOf(report)[0]).toBe(says)
    }
  })

  test.each(POLICY_NAMES)('%s settles nothing of another kind', name => {
    for (const other of POLICY_NAMES.filter(each => each !== name)) {
      const report = judged(other, { ...DEFAULT_POLICIES, [name]: 'pass' })
      expect([other, exitCode(report)]).toEqual([other, SETTLED[other][1]])
    }
  })

  test.each(POLICY_NAMES)('%s has its default, with exit code and reason, in the documentation', name => {
    const page = readFileSync('docs/how-it-decides.md', 'utf8')
    const [, , says, code, reason] =
      page
        .split('\n')
        .find(line => line.startsWith(`| \`${name}\` |`))
        ?.split('|') ?? []
    expect(says?.trim()).toBeTruthy()
    expect(Number(code)).toBe(exitCode(judged(name)))
    expect(reason?.trim().length).toBeGreaterThan(10)
    expect(OPTIONS.find(option => option.name === name)).toMatchObject({
      fallback: DEFAULT_POLICIES[name],
      surfaces: expect.arrayContaining(['cli', 'action', 'config']),
    })
  })
})
