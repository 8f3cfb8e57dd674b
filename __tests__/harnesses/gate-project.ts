import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../src/core/model/report.ts'

const page = readFileSync('docs/harnesses.md', 'utf8')
const projects = join(import.meta.dirname, 'projects')

/** The configuration that docs/harnesses.md gives for a harness. */
export function recipeOf(name: string): string {
  return new RegExp(`<!-- recipe: ${name} -->\n\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page)![1]!
}

/** One gate of a project: its two commits, and the environment of the gate. */
export interface ProjectGate {
  /** A folder below `projects`, whose files mark their lines with `@base` and `@head`. */
  readonly project: string
  /** The configuration; the project's recipe when absent. */
  readonly config?: string
  /** The recipe's name, where it is not the project's. */
  readonly recipe?: string
  /** Texts to replace in every file: another version of a dependency. */
  readonly versions?: Readonly<Record<string, string>>
  readonly path?: string
  readonly env?: Readonly<Record<string, string>>
  readonly budget?: string
  /** Where counters come from; nothing is counted when absent. */
  readonly counters?: string
  readonly options?: readonly string[]
  /** Head does what base does: it has one text file more, and a comment at the end of each source. */
  readonly unrelated?: boolean
}

/** What a gate of a project came to. */
export interface GatedProject {
  readonly report: Report
  readonly seconds: number
  readonly log: string
  readonly end: () => void
}

/** Lines that end with the other side's mark are left out, and the marks with them. */
function sideOf(text: string, side: 'base' | 'head'): string {
  const other = side === 'base' ? '@head' : '@base'
  return text
    .split('\n')
    .filter(line => !line.trimEnd().endsWith(other))
    .map(line => line.replace(/\s*(?:\/\/|#) @(?:base|head)\s*$/, ''))
    .join('\n')
}

function writeSide({ project, versions = {} }: ProjectGate, folder: string, side: 'base' | 'head'): void {
  for (const file of readdirSync(join(projects, project), { recursive: true, encoding: 'utf8' })) {
    const from = join(projects, project, file)
    if (statSync(from).isDirectory()) {
      mkdirSync(join(folder, file), { recursive: true })
      continue
    }
    const text = Object.entries(versions).reduce(
      (text, [old, other]) => text.replaceAll(old, other),
      sideOf(readFileSync(from, 'utf8'), side),
    )
    writeFileSync(join(folder, file), text)
  }
}

function writeUnrelated({ project }: ProjectGate, folder: string): void {
  writeFileSync(join(folder, 'NOTES.txt'), 'a note\n')
  for (const file of readdirSync(join(projects, project), { recursive: true, encoding: 'utf8' })) {
    const mark = /\.py$/.test(file) ? '#' : /\.(?:cc?|rs|go|js|java)$/.test(file) ? '//' : undefined
    if (mark) appendFileSync(join(folder, file), `${mark} a note\n`)
  }
}

/** Runs the built command line over the two commits of a project, and reads its report. */
export function gateProject(cli: string, asked: ProjectGate): GatedProject {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-harness-'))
  const git = (...args: string[]) => {
    const ran = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (ran.status !== 0) throw new Error(ran.stderr)
  }
  git('init', '-q', '-b', 'main')
  writeSide(asked, folder, 'base')
  mkdirSync(join(folder, '.github'))
  const config = asked.config ?? `${recipeOf(asked.recipe ?? asked.project)}threshold: 50%\n`
  writeFileSync(join(folder, '.github/perf-verdict.yml'), config)
  git('add', '-A')
  git('commit', '-qm', 'base')
  git('tag', 'base')
  if (asked.unrelated) writeUnrelated(asked, folder)
  else writeSide(asked, folder, 'head')
  git('add', '-A')
  git('commit', '-qm', 'head')
  const out = join(folder, 'out')
  const options = [
    ...[
      '--counters',
      asked.counters ?? 'off',
      '--layouts',
      'off',
      '--tune',
      'off',
      '--budget',
      asked.budget ?? '90s',
    ],
    ...(asked.options ?? []),
    ...['--out', out],
  ]
  const started = performance.now()
  const ran = spawnSync(
    process.execPath,
    [cli, 'gate', '--repo', folder, '--base', 'base', '--head', 'HEAD', ...options],
    {
      encoding: 'utf8',
      timeout: 1_800_000,
      env: { ...process.env, ...asked.env, ...(asked.path && { PATH: `${asked.path}:${process.env.PATH}` }) },
    },
  )
  const log = `${ran.stdout}\n${ran.stderr}`
  if (!existsSync(join(out, 'report.json'))) throw new Error(log)
  return {
    report: JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report,
    seconds: (performance.now() - started) / 1000,
    log,
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}
