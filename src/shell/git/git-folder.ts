import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A git folder that holds no object of its own. */
export interface GitFolder {
  /** Folders of objects that it borrows from. */
  readonly borrowed: readonly string[]
  /** A commit, for a folder with a work tree. */
  readonly head?: string
  /** From the git folder to the work tree; absent where the work tree holds the git folder, or there is none. */
  readonly workTree?: string
  readonly heritage: Heritage
}

/** What a repository knows of its history in addition to the objects; none of it is a secret. */
export interface Heritage {
  /** As git's `packed-refs`: a SHA, a space and a ref a line. */
  readonly refs: string
  /** As git's `shallow`: commits whose parents were not fetched. */
  readonly shallow?: string
  readonly objectFormat: string
}

/**
 * Writes a git folder by hand, so that nothing of a template, a hook or another configuration gets into it. It takes a
 * file for unchanged by its size and time alone: owner and inode change when the tree is given to the jobs' user or copied.
 */
export async function writeGitFolder(folder: string, git: GitFolder): Promise<void> {
  await mkdir(join(folder, 'objects', 'info'), { recursive: true })
  await mkdir(join(folder, 'refs'))
  const { refs, shallow } = git.heritage
  const files = {
    HEAD: `${git.head ?? 'ref: refs/heads/none'}\n`,
    config: configOf(git),
    'packed-refs': refs,
    'objects/info/alternates': git.borrowed.map(path => `${quoted(path)}\n`).join(''),
    ...(shallow !== undefined && { shallow }),
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { flag: 'wx' })
}

function configOf({ head, workTree, heritage: { objectFormat } }: GitFolder): string {
  const sha1 = objectFormat === 'sha1'
  return [
    '[core]',
    `\trepositoryformatversion = ${sha1 ? 0 : 1}`,
    `\tbare = ${head === undefined}`,
    '\tfilemode = true',
    '\ttrustctime = false',
    '\tcheckStat = minimal',
    ...(workTree === undefined ? [] : [`\tworktree = ${quoted(workTree)}`]),
    // Whatever submodules are checked out are in use, as after `git submodule update --init`.
    ...(head === undefined ? [] : ['[submodule]', '\tactive = .']),
    ...(sha1 ? [] : ['[extensions]', `\tobjectFormat = ${objectFormat}`]),
    '',
  ].join('\n')
}

/** In quotes, as git reads it in its configuration and in alternates. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
}
