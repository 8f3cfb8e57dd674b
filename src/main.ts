import { error, getInput } from '@actions/core'
import { readActionInputs } from './core/config/action-inputs.ts'
import { environmentFault } from './core/model/environment-fault.ts'
import { CommandError, InputError } from './core/model/errors.ts'
import { visibleLines } from './core/text/text.ts'
import { prose } from './report/text/prose.ts'
import { openRunner, type Runner } from './shell/runner/runner.ts'

/** The entry of the action: reads the inputs, picks the command, and holds the only catch. */
async function main(runner: Runner): Promise<number> {
  const inputs = readActionInputs(getInput)
  runner.mask(inputs.token)
  switch (inputs.command) {
    case 'gate': {
      const { gateFromAction } = await import('./commands/action-gate.ts')
      return gateFromAction(inputs, runner, process.env)
    }
    case 'publish': {
      const { publishFromAction } = await import('./commands/action-publish.ts')
      return publishFromAction(inputs, runner, process.env)
    }
    case 'merge': {
      const { mergeFromAction } = await import('./commands/action-merge.ts')
      return mergeFromAction(inputs, runner, process.env)
    }
  }
}

/** What went wrong before there was anybody to tell but the runner. */
async function complain(runner: Runner, trouble: unknown): Promise<number> {
  const wrongCall = trouble instanceof InputError
  const texts = textsOf(trouble).map(visibleLines)
  for (const text of texts) error(text, { title: 'Perf Verdict' })
  runner.output('verdict', 'error')
  const first = texts[0]?.split('\n')[0] ?? ''
  await runner.summary(`**Perf Verdict could not measure.** ${prose(first)}\n`)
  return wrongCall ? 2 : 3
}

function textsOf(trouble: unknown): readonly string[] {
  if (trouble instanceof InputError) return trouble.faults
  if (trouble instanceof CommandError) {
    return [[trouble.message, ...trouble.failure.lastLines].join('\n')]
  }
  const environment = environmentFault(trouble)
  if (environment !== undefined) return [environment]
  const stack = trouble instanceof Error ? trouble.stack : String(trouble)
  return [`This is a bug in Perf Verdict; please report it with these lines.\n${stack}`]
}

const runner = openRunner(process.env)
process.exitCode = await main(runner).catch((trouble: unknown) => complain(runner, trouble))
