import { resolve } from 'node:path'
import { parseOptions } from '../core/config/settings.ts'
import { openMasks } from '../core/text/secrets.ts'
import { visibleJson } from '../core/text/text.ts'
import { VERSION } from '../core/version.ts'
import { listRows } from '../flow/build/list-rows.ts'
import { localHead } from '../flow/history/local-head.ts'
import { prepare } from '../gate.ts'
import { listingText } from '../report/terminal/listing.ts'
import { openPorts } from '../shell/open-ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import { tools } from '../shell/tools/tools.ts'
import { readModes } from './terminal-modes.ts'

/** `perf-verdict list` from option texts to an exit code: 0 when every row gave a value or a name, else 3. */
export async function listFromTerminal(options: Readonly<Record<string, string>>): Promise<number> {
  const { log: terminal, json, rest: given } = readModes(options)
  const { repo = '.', untracked: _, ...rest } = given
  const invocation = parseOptions(rest, name => `--${name}`)
  const repository = resolve(repo, invocation['working-directory'] ?? '.')
  const { head, remarks } = await localHead(
    { asked: invocation.head, untracked: 'untracked' in options, done: 'listed' },
    repository,
    tools,
  )
  const masks = openMasks(process.env)
  const { outside, close } = await openPorts(terminal)
  try {
    const context = await prepare(
      {
        invocation,
        repository,
        // The commit is its own base, so that its own configuration says what is run.
        base: [head],
        head,
        onlyHead: true,
        origin: {},
        version: VERSION,
        environment: callerEnvironment(process.env),
        usesCache: false,
        keepsNextBase: false,
        mask: masks.add,
        keep: async () => {},
      },
      outside,
    )
    const found = await listRows(context)
    await close()
    const listing = masks.masked({ ...found, notes: [...found.notes, ...remarks] })
    process.stdout.write(json ? `${visibleJson(listing, 2)}\n` : listingText(listing))
    return listing.rows.some(({ fault }) => fault !== undefined) ? 3 : 0
  } finally {
    await close()
  }
}
