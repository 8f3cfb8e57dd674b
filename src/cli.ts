#!/usr/bin/env node
import { readCommandLine } from './commands/command-line.ts'
import { completable, helpText } from './commands/help.ts'
import { environmentFault } from './core/model/environment-fault.ts'
import { CommandError, InputError } from './core/model/errors.ts'
import { visibleLines } from './core/text/text.ts'
import { VERSION } from './core/version.ts'

/** The entry of the command line: picks the command, and holds the only catch. */
async function main(given: readonly string[]): Promise<number> {
  const line = readCommandLine(given)
  switch (line.command) {
    case 'host': {
      const { runHost } = await import('./shell/machine/host-access.ts')
      return runHost(line.words)
    }
    case 'gate': {
      const { gateFromTerminal } = await import('./commands/terminal-gate.ts')
      return gateFromTerminal(line.options)
    }
    case 'init': {
      const { initFromTerminal } = await import('./commands/terminal-init.ts')
      return initFromTerminal(line.options)
    }
    case 'list': {
      const { listFromTerminal } = await import('./commands/terminal-list.ts')
      return listFromTerminal(line.options)
    }
    case 'compare': {
      const { compareFromTerminal } = await import('./commands/terminal-compare.ts')
      return compareFromTerminal(line.words, line.options)
    }
    case 'completion': {
      const { completionFromTerminal } = await import('./commands/completion.ts')
      return completionFromTerminal(line.words, completable())
    }
    case 'bisect': {
      const { bisectFromTerminal } = await import('./commands/terminal-bisect.ts')
      return bisectFromTerminal(line.options)
    }
    case 'merge': {
      const { mergeFromTerminal } = await import('./commands/terminal-merge.ts')
      return mergeFromTerminal(line.options)
    }
    case 'history': {
      const { historyFromTerminal } = await import('./commands/terminal-history.ts')
      return historyFromTerminal(line.words, line.options)
    }
    case 'doctor': {
      const { doctor } = await import('./commands/doctor.ts')
      return doctor('json' in line.options)
    }
    case 'version':
      process.stdout.write(`${VERSION}\n`)
      return 0
    case 'help':
      process.stdout.write(helpText(line.words[0]))
      return 0
  }
}

/** What it quotes may be of code of the pull request, and a terminal obeys what is in it. */
const say = (text: string) => void process.stderr.write(visibleLines(text.replaceAll('\t', '  ')))

function complain(error: unknown): number {
  if (error instanceof InputError) {
    say(`${error.faults.map(fault => `perf-verdict: ${fault}`).join('\n')}\n`)
    return 2
  }
  if (error instanceof CommandError) {
    const { failure } = error
    say(`perf-verdict: ${error.message}\n${failure.lastLines.map(line => `  ${line}\n`).join('')}`)
    return 3
  }
  const environment = environmentFault(error)
  if (environment !== undefined) {
    say(`perf-verdict: ${environment}\n`)
    return 3
  }
  say(
    `perf-verdict: this is a bug in Perf Verdict; please report it with these lines.\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return 3
}

process.exitCode = await main(process.argv.slice(2)).catch(complain)
