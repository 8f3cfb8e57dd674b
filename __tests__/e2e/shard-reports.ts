import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aBenchmark, aChange, aReport } from '../doubles/reports.ts'

/** Writes the reports of some shards, as jobs of this run would have left them; the first has a breach. */
export function writeReports(
  folder: string,
  head: string,
  base: string,
  {
    of,
    present,
    attempt = 1,
  }: { readonly of: number; readonly present: readonly number[]; readonly attempt?: number },
): void {
  for (const index of present) {
    const row =
      index === 1 && of === 1
        ? aChange(1.7, { name: `slow ${index}` })
        : aBenchmark({ name: `quiet ${index}` })
    const report = aReport({
      verdict: row.decision === 'slower' ? 'fail' : 'pass',
      head: { sha: head },
      base: { sha: base },
      pull: { number: 7, repository: 'octocat/hello-world' },
      run: { number: 5, attempt },
      shard: { index, of },
      benchmarks: [row],
    })
    mkdirSync(join(folder, `perf-verdict-${index}`), { recursive: true })
    writeFileSync(join(folder, `perf-verdict-${index}`, 'report.json'), JSON.stringify(report))
  }
}
