import { readConfig } from '../core/config.ts'
import { InputError } from '../core/errors.ts'
import { type Settings, settle } from '../core/settings.ts'
import { type ConfigFile, configSchema, type Door } from '../core/settings-schema.ts'
import { git } from '../shell/git.ts'
import type { ToolPort } from '../shell/world.ts'
import type { History } from './history.ts'

export const CONFIG_FILE = '.github/perf-verdict.yml'

export interface Plan {
  readonly settings: Settings
  readonly notes: readonly string[]
}

/**
 * Settles what will be measured: door over the base side's configuration over defaults. A pull request cannot loosen
 * its own gate; only one that brings the first configuration is judged by it, and both are said.
 */
export async function makePlan(
  door: Door,
  history: History,
  repository: string,
  tools: ToolPort,
): Promise<Plan> {
  const file = door.config ?? CONFIG_FILE
  if (file.startsWith('/') || file.split('/').includes('..') || file.includes('\0')) {
    throw new InputError([`config must be a path inside the repository, not ${JSON.stringify(file)}.`])
  }
  const show = async (sha: string) => {
    const shown = await git(tools, repository, ['show', '--no-textconv', `${sha}:${file}`])
    return shown.ok ? shown.out : undefined
  }
  const base = await show(history.base.sha)
  const head = await show(history.head.sha)
  if (base === undefined && head === undefined && door.config !== undefined) {
    throw new InputError([
      `config names ${file}, which neither the base nor the head has; correct the path or leave it out.`,
    ])
  }
  const used = base ?? head
  const config: ConfigFile = used === undefined ? configSchema.parse({}) : readConfig(used, file)
  const settings = settle(door, config)
  return { settings, notes: describeChange(file, base, head) }
}

function describeChange(file: string, base: string | undefined, head: string | undefined): readonly string[] {
  if (base === head) return []
  if (base === undefined)
    return [`${file} is new in this change; it was used as it stands, because the base has none.`]
  if (head === undefined) return [`This change removes ${file}; the base's version was used.`]
  return [
    `This change edits ${file}; the base's version was used, and the edit takes effect once it is merged.`,
  ]
}
