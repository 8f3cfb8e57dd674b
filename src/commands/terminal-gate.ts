import { resolve } from 'node:path'
import { parseOptions } from '../core/config/settings.ts'
import { InputError } from '../core/model/errors.ts'
import { localHead, refuseSameCommit } from '../flow/history/local-head.ts'
import { findAnchor } from '../flow/timeline/anchor.ts'
import { tools } from '../shell/tools/tools.ts'
import { readModes } from './terminal-modes.ts'
import { gateAndTell } from './terminal-run.ts'

/** `perf-verdict gate` from option texts to an exit code: 0 pass, 1 breach, 3 no answer. */
export async function gateFromTerminal(options: Readonly<Record<string, string>>): Promise<number> {
  const { rest: given, ...modes } = readModes(options)
  const { repo = '.', untracked: _, ...rest } = given
  const invocation = parseOptions(rest, name => `--${name}`)
  const repository = resolve(repo, invocation['working-directory'] ?? '.')
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
  const bases = anchor
    ? [anchor.base]
    : invocation.base === undefined
      ? ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
      : [invocation.base]
  await refuseSameCommit({ head: local.head, bases, repository }, tools)
  for (const remark of local.remarks) modes.log.line(remark)
  const { head, remarks } = local
  const asGiven = invocation.head === 'worktree' ? {} : { asGiven: rest }
  return await gateAndTell({ invocation, repository, bases, head, remarks, anchor, ...asGiven }, modes)
}
