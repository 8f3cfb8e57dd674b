import { error, getInput } from '@actions/core'
import { readActionInputs } from './core/config/action-inputs.ts'
import { CommandError, InputError } from './core/model/errors.ts'
import { openRunner } from './shell/runner/runner.ts'

/** The action's door: reads the inputs, picks the command, and holds the only catch. */
async function main(): Promise<number> {
  const runner = openRunner(process.env)
  const inputs = readActionInputs(getInput)
  runner.mask(inputs.token)
  switch (inputs.command) {
    case 'gate': {
      const { gateFromAction } = await import('./doors/action-gate.ts')
      return gateFromAction(inputs, runner, process.env)
    }
    case 'publish': {
      const { publishFromAction } = await import('./doors/action-publish.ts')
      return publishFromAction(inputs, runner, process.env)
    }
    case 'merge': {
      const { mergeFromAction } = await import('./doors/action-merge.ts')
      return mergeFromAction(inputs, runner, process.env)
    }
  }
}

function complain(trouble: unknown): number {
  if (trouble instanceof InputError) {
    for (const fault of trouble.faults) error(fault, { title: 'Perf Verdict' })
  } else if (trouble instanceof CommandError) {
    error([trouble.message, ...trouble.failure.lastLines].join('\n'), { title: 'Perf Verdict' })
  } else {
    const stack = trouble instanceof Error ? trouble.stack : String(trouble)
    error(`This is a bug of ours; please report it with these lines.\n${stack}`, { title: 'Perf Verdict' })
  }
  return 2
}

process.exitCode = await main().catch(complain)
