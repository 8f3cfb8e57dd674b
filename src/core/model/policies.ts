/** What a finding does to the check: fail it, pass it with a warning, or pass it with a note. */
export type Policy = 'fail' | 'warn' | 'pass'

/** The findings that a user may settle otherwise, by the option that settles them. */
export const POLICY_NAMES = [
  'on-undecided',
  'on-unmeasured',
  'on-base-broken',
  'on-removed',
  'on-masked',
  'on-placement',
  'on-codegen',
] as const

export type PolicyName = (typeof POLICY_NAMES)[number]
export type Policies = Readonly<Record<PolicyName, Policy>>
