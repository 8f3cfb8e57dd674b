import { POLICY_NAMES, type Policies, type Policy, type PolicyName } from '../model/policies.ts'
import type { BenchmarkReport } from '../model/report.ts'

/** Everything fails: what was not shown to be harmless is not passed unless somebody asks for it. */
export const DEFAULT_POLICIES: Policies = {
  'on-undecided': 'fail',
  'on-unmeasured': 'fail',
  'on-base-broken': 'fail',
  'on-removed': 'fail',
  'on-masked': 'fail',
  'on-placement': 'fail',
  'on-codegen': 'fail',
}

/** The policies that an option or the configuration file names, over those that stand without it. */
export function readPolicies(
  given: Readonly<Partial<Record<PolicyName, Policy | undefined>>>,
  fallback: Policies = DEFAULT_POLICIES,
): Policies {
  const entries = POLICY_NAMES.map(name => [name, given[name] ?? fallback[name]] as const)
  return Object.fromEntries(entries) as Record<PolicyName, Policy>
}

/** What one row is to the gate: a breach, no answer, or neither; and the option that may settle it otherwise. */
export interface Standing {
  readonly kind: 'breach' | 'open' | 'settled'
  readonly option?: PolicyName
}

/** Where a row stands. A slowdown is excused only for a cause that was shown, never for a likely one. */
export function standingOf({ decision, cause, fault, accepted, luck }: BenchmarkReport): Standing {
  if (decision === 'slower' && (accepted !== undefined || luck?.excused)) return { kind: 'settled' }
  switch (decision) {
    case 'slower': {
      const shown = cause?.confidence === 'shown' ? cause.kind : undefined
      if (shown === 'placement') return { kind: 'breach', option: 'on-placement' }
      return shown === 'codegen' ? { kind: 'breach', option: 'on-codegen' } : { kind: 'breach' }
    }
    case 'masked':
      return { kind: 'breach', option: 'on-masked' }
    case 'removed':
      return { kind: 'breach', option: 'on-removed' }
    case 'unmeasured':
      if (fault?.side === 'head') return { kind: 'breach' }
      return { kind: 'open', option: fault?.side === 'base' ? 'on-base-broken' : 'on-unmeasured' }
    case 'undecided':
      return { kind: 'open', option: 'on-undecided' }
    case 'faster':
    case 'unchanged':
    case 'new':
      return { kind: 'settled' }
  }
}

/** What a row does to the check. */
export function policyOf(row: BenchmarkReport, policies: Policies): Policy {
  const { kind, option } = standingOf(row)
  if (kind === 'settled') return 'pass'
  return option === undefined ? 'fail' : policies[option]
}
