import { mkdir, readFile, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git, type SourceRepository } from '../../shell/git/git.ts'
import { type Heritage, writeGitFolder } from '../../shell/git/git-folder.ts'
import type { ObjectStore } from '../../shell/git/object-stores.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { Brought } from './bring.ts'

/** Our own bare git folder, which borrows the objects of one of the user's and has its tags and its shallow boundary. */
export interface Mirror {
  readonly folder: string
  readonly of: ObjectStore
  /** The folders of objects that it borrows, by the names that lead to them here: jobs find them there, whatever else they see. */
  readonly borrowed: readonly string[]
  readonly heritage: Heritage
}

/** Our own clone of the user's repository, and one of each submodule that was fetched into it. */
export interface Mirrors {
  /** What every tree gets in addition to its commit. */
  readonly brought?: Brought
  readonly own: Mirror
  readonly submodules: readonly Mirror[]
}

/** Makes our own clone in a new folder, with nothing of the user's configuration: no hook, filter or monitor of an earlier job runs. */
export async function mirror(source: SourceRepository, clone: string, tools: ToolPort): Promise<Mirrors> {
  const { objectFormat } = source
  const names = await nameObjects(source, clone)
  const make = async (of: ObjectStore, folder: string): Promise<Mirror> => {
    const heritage = { ...(await heritageOf(of, tools)), objectFormat }
    const borrowed = of.objects.flatMap(real => names.get(real) ?? [])
    await writeGitFolder(folder, { borrowed, heritage })
    return { folder, of, borrowed, heritage }
  }
  const own = await make(source.own, clone)
  const submodules: Mirror[] = []
  for (const [index, of] of source.submodules.entries())
    submodules.push(await make(of, join(clone, 'modules', `${index}.git`)))
  // Whoever the jobs run as reads it, whatever the caller's umask is; what makes it is not theirs to change.
  await tools.run({ file: 'chmod', args: ['--recursive', 'a+rX', clone] })
  return { own, submodules }
}

/** Each folder of objects that is borrowed, with a name next to our clone: its own name may be hidden from jobs by their work tree. */
export function borrowedObjects(
  { own, submodules }: SourceRepository,
  clone: string,
): readonly { readonly real: string; readonly name: string }[] {
  const all = new Set([own, ...submodules].flatMap(({ objects }) => objects))
  return [...all].map((real, index) => ({ real, name: join(dirname(clone), 'objects', `${index}`) }))
}

/** Makes the names, as links that git follows where there are no namespaces. */
async function nameObjects(source: SourceRepository, clone: string): Promise<ReadonlyMap<string, string>> {
  const names = borrowedObjects(source, clone)
  await mkdir(join(dirname(clone), 'objects'), { mode: 0o755 })
  for (const { real, name } of names) await symlink(real, name)
  return new Map(names.map(({ real, name }) => [real, name]))
}

async function heritageOf(
  { gitFolder }: ObjectStore,
  tools: ToolPort,
): Promise<Omit<Heritage, 'objectFormat'>> {
  // A submodule's configuration names a work tree that need not be there.
  const place = [`--git-dir=${gitFolder}`, '--work-tree=/']
  const kinds = ['refs/heads', 'refs/remotes', 'refs/tags']
  const listed = await git(tools, '/', [
    ...place,
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    ...kinds,
  ])
  const shallow = await readFile(join(gitFolder, 'shallow'), 'utf8').catch(() => '')
  return { refs: listed.out, ...(shallow !== '' && { shallow }) }
}
