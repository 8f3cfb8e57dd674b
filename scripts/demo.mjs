import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The main job on a small example: two commits, one gate, one comment. Runs from the committed dist. */
const here = resolve(import.meta.dirname, '..')
const example = join(here, 'examples', 'call-method')
const out = join(here, 'out', 'demo')
const quiet = process.argv.includes('--quiet')
const say = text => process.stderr.write(`${text}\n`)

function need(tool, remedy) {
  const found = (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, tool)))
  if (!found) fail(`${tool} is missing; ${remedy}.`)
}

function fail(text) {
  say(text)
  process.exit(2)
}

function run(file, args, options = {}) {
  const { status } = spawnSync(file, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options })
  if (status !== 0) fail(`${file} ${args.join(' ')} failed; see the lines above.`)
}

function makeRepository(folder) {
  const identity = ['-c', 'user.name=Perf Verdict', '-c', 'user.email=demo@example.invalid', '-c', 'commit.gpgsign=false']
  const git = (...args) => run('git', ['-C', folder, ...identity, ...args])
  cpSync(join(example, 'base'), folder, { recursive: true })
  git('init', '--quiet', '--template=', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'A register machine with forty opcodes')
  git('switch', '--quiet', '--create', 'tracebacks')
  git('apply', join(example, 'head.patch'))
  git('commit', '--quiet', '--all', '--message', 'Tracebacks tell the operands')
}

need('git', 'install git')
need('make', 'install make')
if (
  !['cc', 'gcc', 'clang'].some(name =>
    (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, name))),
  )
) {
  if (process.getuid?.() !== 0) fail('A C compiler is missing; install gcc or clang.')
  say('Installing gcc and make, because there is no C compiler.')
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'gcc', 'libc6-dev', 'make'])
}

const work = mkdtempSync(join(tmpdir(), 'perf-verdict-demo-'))
try {
  const repository = join(work, 'call-method')
  makeRepository(repository)
  say('A base commit, and a commit that only touches code which never runs while the benchmark does.')
  rmSync(out, { recursive: true, force: true })
  const gate = ['gate', '--repo', repository, '--base', 'main', '--head', 'tracebacks', '--out', out]
  const { status } = spawnSync(process.execPath, [join(here, 'dist', 'cli.js'), ...gate], {
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
  })
  // The example is slower by design: the gate's own exit code for a breach is the demo's success.
  if (status !== 1) fail(`The gate ended with ${status} where 1, a breach, was expected.`)
  say(`\nThe reports are in ${out}: report.md (the comment), report.html and report.json.`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
