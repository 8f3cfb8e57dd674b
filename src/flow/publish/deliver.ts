import { join } from 'node:path'
import type { Bisection } from '../../core/bisection/bisection.ts'
import type { Speaker } from '../../core/github/speaker.ts'
import type { Report } from '../../core/model/report.ts'
import { bisectionMarkdown } from '../../report/bisection/markdown.ts'
import { htmlText } from '../../report/html/page.ts'
import { bisectionJson, jsonText } from '../../report/json/json.ts'
import { speedscopeText } from '../../report/json/speedscope.ts'
import { commentText } from '../../report/markdown/comment.ts'
import { type OutFolder, openOutFolder } from '../../shell/files/out-folder.ts'

/** Where the three reports are, and the text of the comment. */
export interface Delivered {
  readonly json: string
  readonly markdown: string
  readonly html: string
  readonly comment: string
}

const REPORTS = ['report.json', 'report.md', 'report.html'] as const
/** Only where call stacks are known. */
const FLAME = 'flame.speedscope.json'
const BISECTIONS = ['bisect.json', 'bisect.md'] as const

/** Makes and checks the folder for the reports, below the workspace unless its path is absolute; see `openOutFolder`. */
export async function openReports(path: string, workspace: string, dry = false): Promise<OutFolder> {
  return await openOutFolder({ path, root: workspace, files: [...REPORTS, FLAME, ...BISECTIONS], dry })
}

/** Writes report.json, report.md, report.html and, where call stacks are known, flame.speedscope.json: all of them or none. */
export async function deliver(report: Report, out: OutFolder, speaker: Speaker): Promise<Delivered> {
  const link = report.run?.url
  const comment = commentText(report, { ...speaker, ...(link === undefined ? {} : { link }) })
  const flame = speedscopeText(report)
  await out.write({
    ...(flame !== undefined && { [FLAME]: flame }),
    'report.json': jsonText(report),
    'report.md': comment,
    'report.html': htmlText(report),
  } satisfies Record<(typeof REPORTS)[number], string>)
  const at = (name: (typeof REPORTS)[number]) => join(out.path, name)
  return { json: at('report.json'), markdown: at('report.md'), html: at('report.html'), comment }
}

/** Keeps what a run has so far as report.json, so that a killed run leaves it behind. */
export async function keepPartial(report: Report, out: OutFolder): Promise<void> {
  await out.write({ 'report.json': jsonText(report) })
}

/** Writes bisect.json and bisect.md, both or neither, and returns where they are. */
export async function deliverBisection(
  bisection: Bisection,
  out: OutFolder,
): Promise<{ readonly json: string; readonly markdown: string }> {
  await out.write({
    'bisect.json': bisectionJson(bisection),
    'bisect.md': bisectionMarkdown(bisection),
  } satisfies Record<(typeof BISECTIONS)[number], string>)
  return { json: join(out.path, 'bisect.json'), markdown: join(out.path, 'bisect.md') }
}
