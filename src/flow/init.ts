import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectSuites } from '../core/init/detect.ts'
import type { RepositoryFiles, Suite } from '../core/init/suite.ts'
import { configText, workflowText } from '../core/init/texts.ts'
import { InputError } from '../core/model/errors.ts'
import { plainFileBytes } from '../shell/files/real-folder.ts'
import { git } from '../shell/git/git.ts'
import type { ToolPort } from '../shell/ports/ports.ts'

/** What setting up a repository comes to, before anything is written. */
export interface Setup {
  /** The top of the work tree. */
  readonly top: string
  readonly suites: readonly Suite[]
  /** The files to write, by their path from the top. */
  readonly files: Readonly<Record<string, string>>
  /** The default branch, where the clone knows it. */
  readonly branch?: string
}

/** Larger files say nothing of how benchmarks are built. */
const LARGEST_BYTES = 512 * 1024

/** Looks at the files of a repository, committed or not yet, and prepares what a gate of its benchmarks needs. Runs nothing of it. */
export async function prepareSetup(folder: string, tools: ToolPort): Promise<Setup> {
  const asked = await git(tools, folder, ['rev-parse', '--show-toplevel'])
  if (!asked.ok)
    throw new InputError([
      `${folder} is not the work tree of a git repository (${asked.err.split('\n')[0]}); name one with --repo.`,
    ])
  const top = asked.out.replace(/\n$/, '')
  const listed = await git(tools, top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const paths = [...new Set(listed.out.split('\0').filter(path => path !== ''))].toSorted()
  const suites = detectSuites(filesOf(top, paths))
  const branch = await defaultBranch(top, tools)
  const known = branch === undefined ? {} : { branch }
  return {
    top,
    suites,
    files:
      suites.length === 0
        ? {}
        : {
            '.github/perf-verdict.yml': configText(suites),
            '.github/workflows/perf-verdict.yml': workflowText(suites, known),
          },
    ...known,
  }
}

function filesOf(top: string, paths: readonly string[]): RepositoryFiles {
  const texts = new Map<string, string>()
  return {
    paths,
    read: path => {
      const known = texts.get(path)
      if (known !== undefined) return known
      const bytes = plainFileBytes(top, path)
      const text = bytes === undefined || bytes > LARGEST_BYTES ? '' : readFileSync(join(top, path), 'utf8')
      texts.set(path, text)
      return text
    },
  }
}

/** What the remote calls its default branch; without a remote the only branch there is. */
async function defaultBranch(top: string, tools: ToolPort): Promise<string | undefined> {
  const remote = await git(tools, top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])
  if (remote.ok) return remote.out.trim().replace(/^origin\//, '')
  const all = await git(tools, top, ['for-each-ref', '--format=%(refname:short)', 'refs/heads'])
  const names = all.out.split('\n').filter(name => name !== '')
  const usual = names.filter(name => name === 'main' || name === 'master')
  return usual.length === 1 ? usual[0] : names.length === 1 ? names[0] : undefined
}
