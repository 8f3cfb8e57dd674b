import { resolve } from 'node:path'
import type { InvocationOptions } from '../core/config/schema.ts'
import { parseOptions } from '../core/config/settings.ts'
import { InputError } from '../core/model/errors.ts'
import { readHistory } from '../flow/history/history.ts'
import { localHead, refuseSameCommit } from '../flow/history/local-head.ts'
import { openReports } from '../flow/publish/deliver.ts'
import { findAnchor } from '../flow/timeline/anchor.ts'
import { tools } from '../shell/tools/tools.ts'
import { readModes } from './terminal-modes.ts'
import { gateAndTell } from './terminal-run.ts'

type Options = Readonly<Record<string, string>>

/** `perf-verdict gate` from option texts to an exit code: 0 pass, 1 breach, 3 no answer. */
export async function gateFromTerminal(options: Options): Promise<number> {
  const { rest: given, ...modes } = readModes(options)
  const { repo = '.', untracked: _, ...rest } = given
  const repository = resolve(repo, rest['working-directory'] ?? '.')
  const invocation = await checked(rest, repository)
  const local = await localHead(
    { asked: invocation.head, untracked: 'untracked' in options },
    repository,
    tools,
  )
  const found =
    invocation.against === undefined
      ? undefined
      : await findAnchor(invocation.against, { repository, head: local.head }, tools)
  if (found && !found.ok) throw new InputError([found.fault])
  const anchor = found?.value
  const bases = anchor ? [anchor.base] : basesOf(invocation.base)
  await refuseSameCommit({ head: local.head, bases, repository }, tools)
  for (const remark of local.remarks) modes.log.line(remark)
  const { head, remarks } = local
  const asGiven = invocation.head === 'worktree' ? {} : { asGiven: rest }
  return await gateAndTell({ invocation, repository, bases, head, remarks, anchor, ...asGiven }, modes)
}

const basesOf = (base: string | undefined): readonly string[] =>
  base === undefined ? ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'] : [base]

/** The options as a gate reads them. Throws one InputError with every fault of them, of the folder for reports, and of the commits. */
async function checked(given: Options, repository: string): Promise<InvocationOptions> {
  const texts: Readonly<Record<string, string | undefined>> = given
  const { head = 'HEAD', out = 'perf-verdict' } = texts
  const faults: string[] = []
  const noting = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      faults.push(...error.faults)
      return undefined
    }
  }
  const invocation = await noting(() => parseOptions(given, name => `--${name}`))
  const named = head === 'worktree' ? 'HEAD' : head
  const base = 'against' in given ? [named] : basesOf(texts.base)
  await noting(async () => await readHistory({ repository, head: named, base }, tools))
  // Where nothing else is wrong, the gate finds this itself when it opens the folder.
  if (faults.length > 0) await noting(async () => await openReports(out, process.cwd(), true))
  if (!invocation || faults.length > 0) throw new InputError([...new Set(faults)])
  return invocation
}
