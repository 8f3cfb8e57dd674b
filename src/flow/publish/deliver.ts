import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Bisection } from '../../core/bisection/bisection.ts'
import type { Report } from '../../core/model/report.ts'
import { bisectionJson } from '../../report/bisection/json.ts'
import { bisectionMarkdown } from '../../report/bisection/markdown.ts'
import { htmlText } from '../../report/html/page.ts'
import { jsonText } from '../../report/json/json.ts'
import { commentText } from '../../report/markdown/comment.ts'

/** Where the three reports lie, and the text of the comment. */
export interface Delivered {
  readonly json: string
  readonly markdown: string
  readonly html: string
  readonly comment: string
}

/** Writes report.json, report.md and report.html into a folder, each in one step. */
export async function deliver(report: Report, folder: string, key: string): Promise<Delivered> {
  await mkdir(folder, { recursive: true })
  const at = (name: string) => resolve(join(folder, name))
  const paths = { json: at('report.json'), markdown: at('report.md'), html: at('report.html') }
  const link = report.run?.url
  const comment = commentText(report, { key, ...(link === undefined ? {} : { link }) })
  await writeWhole(paths.json, jsonText(report))
  await writeWhole(paths.markdown, comment)
  await writeWhole(paths.html, htmlText(report))
  return { ...paths, comment }
}

/** Keeps what a run has so far as report.json, so that a killed run leaves it behind. */
export async function keepPartial(report: Report, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeWhole(resolve(join(folder, 'report.json')), jsonText(report))
}

/** Writes a file in one step, so that nobody finds half of one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, text)
  await rename(draft, path)
}

/** Writes bisect.json and bisect.md into a folder, each in one step, and yields where they lie. */
export async function deliverBisection(
  bisection: Bisection,
  folder: string,
): Promise<{ readonly json: string; readonly markdown: string }> {
  await mkdir(folder, { recursive: true })
  const paths = { json: resolve(join(folder, 'bisect.json')), markdown: resolve(join(folder, 'bisect.md')) }
  await writeWhole(paths.json, bisectionJson(bisection))
  await writeWhole(paths.markdown, bisectionMarkdown(bisection))
  return paths
}

/**
 * A writer that replaces one JSON file as a whole, so that a reader after a kill finds the last state that was written
 * completely and never half of one. Rejects when the folder cannot be written.
 */
export function atomicJson(path: string): (value: unknown) => Promise<void> {
  return async value => {
    const next = `${path}.next`
    const file = await open(next, 'w')
    try {
      await file.writeFile(`${JSON.stringify(value)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
  }
}
