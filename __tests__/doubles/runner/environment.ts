import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interpolate } from './expression.ts'
import type { ActionRun, Metadata } from './run-action.ts'

/** What every stage gets; the token itself is in no variable, only in the input that asks for it. */
export function environment(run: ActionRun, metadata: Metadata, temp: string) {
  const runnerTemp = join(temp, '_temp')
  mkdirSync(runnerTemp, { recursive: true })
  const { event, token, ...context } = run.github
  const eventPath = join(runnerTemp, 'event.json')
  writeFileSync(eventPath, JSON.stringify(event))
  const github: Readonly<Record<string, unknown>> = {
    action: '__perf-verdict',
    actor: 'octocat',
    job: 'perf',
    run_id: '1001',
    run_number: '5',
    run_attempt: '1',
    server_url: 'https://github.com',
    graphql_url: `${context.api_url}/graphql`,
    workflow: 'perf',
    ...context,
    workspace: run.workspace,
    event_path: eventPath,
  }
  const known = Object.keys(metadata.inputs ?? {})
  const unknown = Object.keys(run.inputs).filter(name => !known.includes(name))
  const inputs = known.map(name => {
    const fallback = interpolate(String(metadata.inputs?.[name]?.default ?? ''), {
      github: { ...github, token },
    })
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, run.inputs[name] ?? fallback]
  })
  const named = Object.entries(github).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)])
  const { services } = run
  return {
    warnings: unknown.map(name => `Unexpected input(s) '${name}'`),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/root',
      LANG: 'C.UTF-8',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'double',
      RUNNER_TEMP: runnerTemp,
      RUNNER_TOOL_CACHE: join(temp, '_tool'),
      RUNNER_TRACKING_ID: 'github_double',
      RUNNER_ENVIRONMENT: 'self-hosted',
      ...Object.fromEntries(named),
      ...Object.fromEntries(inputs),
      ...(services
        ? {
            ACTIONS_RUNTIME_URL: services.url,
            ACTIONS_RUNTIME_TOKEN: services.token,
            ACTIONS_RESULTS_URL: services.url,
            ACTIONS_CACHE_SERVICE_V2: 'True',
          }
        : {}),
      ...run.env,
    },
  }
}
