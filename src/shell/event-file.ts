import { readFileSync } from 'node:fs'
import { InputError } from '../core/errors.ts'

/** Reads the payload that the runner left; throws an InputError where there is no runner. */
export function readEventFile(env: Readonly<Record<string, string | undefined>>): unknown {
  const path = env.GITHUB_EVENT_PATH
  if (!path)
    throw new InputError([
      'GITHUB_EVENT_PATH is not set; run this in a workflow, or use perf-verdict on the command line.',
    ])
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InputError([
      `The event's payload cannot be read (${why}); see the file that GITHUB_EVENT_PATH names.`,
    ])
  }
}
