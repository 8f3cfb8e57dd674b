import { pathspecsOf } from '../../core/config/path-patterns.ts'
import { InputError } from '../../core/model/errors.ts'
import { commitsLeftOut } from '../../report/notes/bisection.ts'
import { namedFiles, pathsIgnored, pathsNameNothing } from '../../report/notes/plan.ts'
import { nothingChanged } from '../../report/reasons/rows.ts'
import { type Commit, git, tellGit } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'
import { CONFIG_FILE, type GatePlan, type Planned } from './plan.ts'

/** Between which commits to look, and which files say how the gate works. */
export interface TouchedRequest {
  readonly history: Pick<History, 'base' | 'head'>
  readonly repository: string
  /** The configuration file and the workflow. */
  readonly gateFiles: readonly string[]
}

/** What every benchmark depends on, whatever its paths say: how it is gated, and how git lays out its files. */
const ALWAYS: readonly string[] = [
  CONFIG_FILE,
  '.github/workflows/',
  '.github/actions/',
  '.gitmodules',
  '**/.gitattributes',
]

/**
 * The plan in which each benchmark whose `paths` did not change says so, and needs neither a build nor a run. Which files those are is the
 * user's statement; that they name something, and that neither the gate's own files nor git's attributes changed, is made sure of here.
 */
export async function markUntouched(
  plan: GatePlan,
  request: TouchedRequest,
  tools: ToolPort,
): Promise<GatePlan> {
  const lists = listsIn(plan)
  if (lists.size === 0) return plan
  const always = [...new Set([...ALWAYS, ...request.gateFiles])]
  const own = await changed(pathspecsOf(always), request, tools)
  if (own === undefined || own.length > 0) {
    return withNotes(plan, [pathsIgnored(own)])
  }
  const notes: string[] = []
  const untouched = new Set<string>()
  for (const [key, paths] of lists) {
    const empty = await namesNothing(paths, request, tools)
    if (empty.length > 0) {
      notes.push(pathsNameNothing(empty, 'measured'))
      continue
    }
    const touched = await changed(pathspecsOf(paths), request, tools)
    if (touched?.length === 0) untouched.add(key)
  }
  const benchmarks = plan.benchmarks.map((planned): Planned => {
    const { paths = [] } = planned.plan
    // What one side alone has came with a change of the configuration.
    if (!untouched.has(JSON.stringify(paths)) || planned.on.length < 2 || planned.gone) return planned
    return { ...planned, untouched: nothingChanged(namedFiles(paths)) }
  })
  return withNotes({ ...plan, benchmarks }, notes)
}

/** Each list of paths that a benchmark has, once. */
function listsIn({ benchmarks }: GatePlan): ReadonlyMap<string, readonly string[]> {
  return new Map(
    benchmarks.flatMap(({ plan: { paths = [] } }) =>
      paths.length > 0 ? [[JSON.stringify(paths), paths] as const] : [],
    ),
  )
}

/** The commits of a line worth measuring, by what `paths` says, and what a reader must know of that. */
export interface TouchingCommits {
  readonly commits: readonly Commit[]
  readonly notes: readonly string[]
}

/**
 * Both ends of a line of commits, and those between that touch what a benchmark is built from; all of them where a benchmark names no
 * `paths`. Throws an InputError where no commit touches any.
 */
export async function touchingCommits(
  plan: GatePlan,
  { line, repository }: { readonly line: readonly Commit[]; readonly repository: string },
  tools: ToolPort,
): Promise<TouchingCommits> {
  const lists = listsIn(plan)
  const [good, bad] = [line[0]!, line.at(-1)!]
  if (lists.size === 0 || plan.benchmarks.some(({ plan: { paths = [] } }) => paths.length === 0))
    return { commits: line, notes: [] }
  const touching = new Set(await touchedBy(pathspecsOf(ALWAYS), line, repository, tools))
  for (const paths of lists.values()) {
    const empty = await namesNothing(paths, { history: { base: good, head: bad }, repository }, tools)
    if (empty.length > 0) return { commits: line, notes: [pathsNameNothing(empty, 'searched')] }
    for (const sha of await touchedBy(pathspecsOf(paths), line, repository, tools)) touching.add(sha)
  }
  if (touching.size === 0) {
    const all = namedFiles([...new Set([...lists.values()].flat())])
    throw new InputError([
      `No commit between ${good.sha.slice(0, 12)} and ${bad.sha.slice(0, 12)} touches ${all}, which paths names; correct paths, or leave it out.`,
    ])
  }
  const commits = line.filter((commit, at) => at === 0 || at === line.length - 1 || touching.has(commit.sha))
  const left = line.length - commits.length
  return { commits, notes: left === 0 ? [] : [commitsLeftOut(left)] }
}

/** The commits of a line that change what matches against the commit before them, by one git(1) diff-tree. */
async function touchedBy(
  pathspecs: readonly string[],
  line: readonly { readonly sha: string }[],
  repository: string,
  tools: ToolPort,
): Promise<readonly string[]> {
  const how = ['diff-tree', '--stdin', '-r', '-z', '--name-only', '--no-renames', '--no-ext-diff']
  const input = line
    .slice(1)
    .map(({ sha }, at) => `${sha} ${line[at]!.sha}\n`)
    .join('')
  const args = [...how, '--ignore-submodules=none', '--', ...pathspecs]
  const { ok, out } = await tellGit(tools, repository, { args, input })
  const shas = new Set(line.map(({ sha }) => sha))
  // A file of such a name costs a measurement and hides nothing.
  return ok ? out.split('\0').filter(word => shas.has(word)) : [...shas]
}

function withNotes(plan: GatePlan, notes: readonly string[]): GatePlan {
  return { ...plan, notes: [...plan.notes, ...notes] }
}

/** The changed files that match; undefined where git could not say. */
async function changed(
  pathspecs: readonly string[],
  { history: { base, head }, repository }: TouchedRequest,
  tools: ToolPort,
): Promise<readonly string[] | undefined> {
  return await namesOf([base.sha, head.sha], { pathspecs, repository }, tools)
}

/** The patterns that match no file of either side: a pattern that is mistyped would never see a change. */
async function namesNothing(
  paths: readonly string[],
  { history: { base, head }, repository }: Pick<TouchedRequest, 'history' | 'repository'>,
  tools: ToolPort,
): Promise<readonly string[]> {
  const nothing = (await git(tools, repository, ['hash-object', '-t', 'tree', '/dev/null'])).out.trim()
  const found: string[] = []
  for (const path of paths.filter(pattern => !pattern.startsWith('!'))) {
    const asked = { pathspecs: pathspecsOf([path]), repository }
    const files = [
      ...((await namesOf([nothing, head.sha], asked, tools)) ?? []),
      ...((await namesOf([nothing, base.sha], asked, tools)) ?? []),
    ]
    if (files.length === 0) found.push(path)
  }
  return found
}

async function namesOf(
  [from, to]: readonly [string, string],
  { pathspecs, repository }: { readonly pathspecs: readonly string[]; readonly repository: string },
  tools: ToolPort,
): Promise<readonly string[] | undefined> {
  // A configuration may have git not look at submodules, and renames hide the old name.
  const how = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none']
  const { ok, out } = await git(tools, repository, [...how, from, to, '--', ...pathspecs])
  return ok ? out.split('\0').filter(path => path !== '') : undefined
}
