import { resolve } from 'node:path'
import { InputError } from '../core/model/errors.ts'
import { visibleLines } from '../core/text/text.ts'
import { prepareSetup, type Setup } from '../flow/init.ts'
import { setupText } from '../report/terminal/setup.ts'
import { type Written, writeNewFile } from '../shell/files/new-file.ts'
import { tools } from '../shell/tools/tools.ts'

/** `perf-verdict init`: writes the workflow and the configuration of a repository, and says what it does not know. Returns the exit code. */
export async function initFromTerminal(options: Readonly<Record<string, string>>): Promise<number> {
  const { repo = '.' } = options
  const setup = await prepareSetup(resolve(repo), tools)
  if ('dry-run' in options) {
    for (const [path, text] of Object.entries(setup.files))
      process.stdout.write(visibleLines(`# ${path}\n${text}\n`))
    process.stderr.write(visibleLines(setupText(setup, {})))
    return setup.suites.length === 0 ? 3 : 0
  }
  const written = writeAll(setup)
  process.stdout.write(visibleLines(setupText(setup, written)))
  return setup.suites.length === 0 ? 3 : 0
}

function writeAll({ top, files }: Setup): Readonly<Record<string, Written>> {
  const written = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, writeNewFile(top, path, text)] as const),
  )
  const faults = Object.entries(written).flatMap(([path, came]) =>
    came === 'linked'
      ? [`A folder of ${path} is a link or no folder, so it is not written; make it a folder.`]
      : [],
  )
  if (faults.length > 0) throw new InputError(faults)
  return written
}
