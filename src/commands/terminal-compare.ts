import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseOptions } from '../core/config/settings.ts'
import { InputError } from '../core/model/errors.ts'
import { commitCompared } from '../flow/history/compared-repository.ts'
import { removeTree } from '../shell/files/remove-tree.ts'
import { tools } from '../shell/tools/tools.ts'
import { readModes } from './terminal-modes.ts'
import { gateAndTell } from './terminal-run.ts'

/** `perf-verdict compare A B [-- WORD …]` from words and option texts to an exit code: 0 not slower, 1 slower, 3 no answer. */
export async function compareFromTerminal(
  given: readonly string[],
  options: Readonly<Record<string, string>>,
): Promise<number> {
  const { rest, ...modes } = readModes(options)
  const { bring = '', ...settings } = rest
  const [base, head, ...words] = given
  if (base === undefined || head === undefined) {
    throw new InputError([
      'compare takes two programs or two commands: perf-verdict compare ./old ./new; put a command with blanks between quotes.',
    ])
  }
  // Whatever is wrong with the options is known before anything is copied.
  parseOptions({ ...settings, bench: 'compared=true' }, name => `--${name}`)
  const repository = await mkdtemp(join(tmpdir(), 'perf-verdict-compare-'))
  // A signal ends the process without coming back here.
  process.once('exit', () => rmSync(repository, { recursive: true, force: true }))
  try {
    const paths = bring
      .split(/[\n,]/)
      .map(path => path.trim())
      .filter(path => path !== '')
    const folder = process.cwd()
    const commits = await commitCompared(
      { sides: { base, head }, words, bring: paths, folder },
      repository,
      tools,
    )
    const bench = `${commits.name.replaceAll(/[=\n\r]/g, '-')}=${commits.command}`
    const invocation = parseOptions({ ...settings, bench }, name => `--${name}`)
    const remarks = [
      `Base is \`${base}\` and head is \`${head}\`, as they were found; nothing was built, and no source was compared.`,
    ]
    return await gateAndTell(
      { invocation, repository, bases: [commits.base], head: commits.head, remarks, builtElsewhere: true },
      modes,
    )
  } finally {
    await removeTree(repository)
  }
}
