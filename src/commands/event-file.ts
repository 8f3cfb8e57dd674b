import { readFileSync } from 'node:fs'
import { InputError } from '../core/model/errors.ts'

/** The payload of the event that the runner names; throws an InputError where there is no runner. */
export function readEventFile(env: Readonly<Record<string, string | undefined>>): unknown {
  const path = env.GITHUB_EVENT_PATH
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'))
  } catch {
    throw new InputError([
      `GITHUB_EVENT_PATH is missing or unreadable (${path || 'it is not set'}); outside GitHub Actions, run perf-verdict gate.`,
    ])
  }
}
