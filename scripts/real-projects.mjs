import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECTS } from './real-projects/projects.mjs'

/** Gates known changes of public projects of every build kind, as a user would, and prints how right the causes are. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    change: { type: 'string', default: '' },
    clones: { type: 'string' },
    cli: { type: 'string', default: 'dist/cli.js' },
    gate: { type: 'string', multiple: true, default: [] },
    budget: { type: 'string', default: '4m' },
    threshold: { type: 'string', default: '3%' },
    keep: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-projects-'))
const IDENTITY = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false']

const isThere = tool =>
  tool.startsWith('/')
    ? existsSync(tool)
    : (process.env.PATH ?? '').split(':').some(place => existsSync(join(place, tool)))

function clone({ name, url }) {
  const repository = join(folder, name)
  const from = values.clones ? join(resolve(values.clones), name) : url
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', from, repository], {
    encoding: 'utf8',
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    timeout: 120_000,
  })
  if (status !== 0) throw new Error(`${from} cannot be cloned (${stderr.trim().split('\n').at(-1)})`)
  return repository
}

function edit(repository, edits, files) {
  for (const [file, text, replacement] of edits ?? []) {
    const path = join(repository, file)
    const before = readFileSync(path, 'utf8')
    const after = before.replace(text, () => replacement)
    if (after === before && text !== replacement) throw new Error(`${file} does not hold ${text}`)
    writeFileSync(path, after)
  }
  for (const [file, text] of Object.entries(files ?? {})) {
    mkdirSync(dirname(join(repository, file)), { recursive: true })
    writeFileSync(join(repository, file), text)
  }
}

/** Installed once and committed on both sides, so that no build of a gate needs the network. */
function packagesOf({ name, packages }) {
  if (packages === undefined) return undefined
  const into = join(folder, `${name}-packages`)
  if (!existsSync(into))
    execFileSync(
      'python3',
      ['-m', 'pip', 'install', '--quiet', '--no-compile', '--target', into, ...packages],
      {
        stdio: 'pipe',
        timeout: 300_000,
      },
    )
  return into
}

/** A commit with the project's own preparation on top of one of its history, and a commit with the change on that. */
function commitsOf(repository, project, change) {
  const git = (...args) =>
    execFileSync('git', [...IDENTITY, ...args], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString()
      .trim()
  const start = git('rev-parse', 'origin/HEAD')
  const at = commit => {
    git('checkout', '--quiet', '--force', '--detach', commit === 'HEAD' ? start : commit)
    git('clean', '-fdxq')
    edit(repository, project.prepare, project.add)
    const packages = packagesOf(project)
    if (packages !== undefined) cpSync(packages, join(repository, '.packages'), { recursive: true })
    git('add', '--all', '--force')
    git('commit', '--quiet', '--allow-empty', '--message', 'Prepare')
    return git('rev-parse', 'HEAD')
  }
  const base = at(change.from ?? project.base)
  if (change.to !== undefined) {
    // The change of history on the prepared base, so that base is its merge base.
    git('cherry-pick', '--allow-empty', change.to)
  } else {
    edit(repository, change.edits, change.add)
    git('add', '--all')
    git('commit', '--quiet', '--message', change.name)
  }
  return { base, head: git('rev-parse', 'HEAD') }
}

function gate(repository, project, change, { base, head }) {
  const out = join(folder, `${project.name}-${change.name}`)
  const bench = change.bench ?? project.bench
  const options = [
    ...['--repo', repository, '--base', base, '--head', head, '--out', out],
    ...[
      '--build',
      change.build ?? project.build,
      ...bench.flatMap(([name, command]) => ['--bench', `${name}=${command}`]),
    ],
    ...[
      '--threshold',
      change.threshold ?? project.threshold ?? values.threshold,
      '--metric',
      change.metric ?? project.metric ?? 'cpu-time',
      '--budget',
      values.budget,
      '--layouts',
      'off',
    ],
    ...(project.gate ?? []),
    ...values.gate,
  ]
  const started = performance.now()
  const run = spawnSync(process.execPath, [resolve(values.cli), 'gate', ...options], {
    encoding: 'utf8',
    timeout: 900_000,
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  writeFileSync(join(folder, `${project.name}-${change.name}.log`), `${run.stdout}\n${run.stderr}`)
  const report = existsSync(join(out, 'report.json'))
    ? JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    : undefined
  return { seconds, status: run.status, report, error: run.stderr.trim().split('\n').slice(-3).join(' / ') }
}

/** What the report says of the row that changed most. */
function judge({ status, report, seconds, error }, { expect }) {
  if (!report) return { seconds, right: false, decision: `exit ${status}`, note: error }
  const rows = report.benchmarks.toSorted(
    (a, b) => Math.abs(Math.log(b.change?.ratio ?? 1)) - Math.abs(Math.log(a.change?.ratio ?? 1)),
  )
  const row = rows.find(each => each.decision === 'slower' || each.decision === 'faster') ?? rows[0]
  if (!row)
    return {
      seconds,
      right: expect.causes.length === 0 && report.verdict === 'pass',
      decision: report.verdict,
      note: JSON.stringify(report.errors.length > 0 ? report.errors : report.limitations).slice(0, 300),
    }
  const told = JSON.stringify([row.cause, row.hot?.slice(0, 5), row.touched])
  const changed = row.decision === 'slower' || row.decision === 'faster'
  const faults = []
  if (row.decision !== 'unchanged' && !changed) faults.push('decision')
  if (!changed && expect.causes.length > 0) faults.push('(not above the threshold)')
  if (changed && !expect.causes.includes(row.cause?.kind)) faults.push('cause')
  if (changed && expect.names && !expect.names.test(told)) faults.push('name')
  if (changed && expect.says && !expect.says.test(JSON.stringify(row.cause))) faults.push('reason')
  return {
    ...{
      seconds,
      right: faults.every(fault => fault.startsWith('(')),
      decision: row.decision,
      faults,
      name: row.name,
    },
    change: row.change ? `${((row.change.ratio - 1) * 100).toFixed(0)} %` : '',
    cause: row.cause ? `${row.cause.kind} (${row.cause.confidence})` : '',
    because: row.cause?.because ?? [],
    against: row.cause?.against ?? [],
    through: row.cause?.through,
    limitations: report.limitations.map(each => each.what),
  }
}

let wrong = 0
const rows = []
for (const project of PROJECTS) {
  if (!new RegExp(values.only).test(project.name)) continue
  const missing = project.needs.filter(tool => !isThere(tool))
  if (missing.length > 0) {
    console.log(`skipped: ${project.name} needs ${missing.join(', ')}`)
    continue
  }
  try {
    const repository = clone(project)
    for (const change of project.changes) {
      if (!new RegExp(values.change).test(change.name)) continue
      let outcome
      try {
        outcome = judge(gate(repository, project, change, commitsOf(repository, project, change)), change)
      } catch (error) {
        outcome = { right: false, decision: 'failed', note: String(error.message).slice(0, 400) }
      }
      if (!outcome.right) wrong++
      rows.push({ project: project.name, kind: project.kind, which: change.name, ...outcome })
      console.log(JSON.stringify(rows.at(-1), undefined, 1))
    }
  } catch (error) {
    console.log(`skipped: ${project.name}: ${error.message}`)
  }
}
console.log(
  `\n| project | change | decision | cause | functions named | seconds |\n|---|---|---|---|---|---|`,
)
for (const row of rows)
  console.log(
    `| ${row.project} (${row.kind}) | ${row.which} | ${row.decision} ${row.change ?? ''} | ${row.cause ?? ''} | ${row.faults?.join(', ') || ''} | ${row.seconds} |`,
  )
if (values.keep) console.log(`Reports are in ${folder}.`)
else rmSync(folder, { recursive: true, force: true })
process.exit(wrong > 0 ? 1 : 0)
