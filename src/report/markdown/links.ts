import type { BenchmarkReport, Report } from '../../core/model/report.ts'

/** Addresses in the forge that ran the gate; undefined for what cannot be linked without guessing. */
export interface ReportLinks {
  readonly run: string
  readonly commit: (sha: string) => string | undefined
  /** The address of `path:line` in head's tree. */
  readonly line: (place: string) => string | undefined
}

const RUN = /^(https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+)\/actions\/runs\/\d+(?:\/attempts\/\d+)?$/
const SHA = /^[0-9a-f]{40,64}$/
/** Paths with other characters are not linked: they would need escapes that a reader cannot check. */
const PLACE = /^([\w@+-][\w@+.-]*(?:\/[\w@+-][\w@+.-]*)*):(\d{1,7})$/

/** Links made from the run's own address, which comes from the runner and never from the report; undefined for any other address. */
export function linksOf(run: string | undefined, report: Report): ReportLinks | undefined {
  const repository = RUN.exec(run ?? '')?.[1]
  if (run === undefined || repository === undefined) return undefined
  return {
    run,
    commit: sha => (SHA.test(sha) ? `${repository}/commit/${sha}` : undefined),
    line: place => {
      const [, path, line] = PLACE.exec(place) ?? []
      const { sha } = report.head
      return path && line && SHA.test(sha) ? `${repository}/blob/${sha}/${path}#L${line}` : undefined
    },
  }
}

/** Markdown in which each code span that names a source line of this benchmark links to it. */
export function linkedLines(
  markdown: string,
  benchmark: BenchmarkReport,
  links: ReportLinks | undefined,
): string {
  if (!links) return markdown
  const { displacers = [], touched = [] } = benchmark
  const places = new Set([
    ...displacers.flatMap(({ source }) => source ?? []),
    ...touched.flatMap(({ file, line }) => (line === undefined ? [] : [`${file}:${line}`])),
  ])
  let linked = markdown
  for (const place of places) {
    const address = links.line(place)
    if (address !== undefined) linked = linked.replaceAll(`\`${place}\``, `[\`${place}\`](${address})`)
  }
  return linked
}
