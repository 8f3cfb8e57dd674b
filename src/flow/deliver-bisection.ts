import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Bisection } from '../core/bisection/bisection.ts'
import { bisectionJson } from '../report/bisection/json.ts'
import { bisectionMarkdown } from '../report/bisection/markdown.ts'
import { writeWhole } from './publish/deliver.ts'

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
