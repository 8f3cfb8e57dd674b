import type { Findings } from './findings.ts'

/** What was found out before measuring. */
export interface Survey {
  /** Names of the benchmarks whose files are the same on both sides, with the sentence that says so. */
  readonly identical: ReadonlyMap<string, string>
}

/** Looks for benchmarks that cannot differ. */
export async function survey(findings: Findings): Promise<Survey> {
  const { history, plan } = findings
  if (history.base.sha !== history.head.sha) return { identical: new Map() }
  const sentence = 'Base and head are the same commit.'
  return { identical: new Map(plan.benchmarks.map(({ plan: { name } }) => [name, sentence])) }
}
