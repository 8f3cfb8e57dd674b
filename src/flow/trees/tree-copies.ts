import { join } from 'node:path'
import type { World } from '../../shell/ports/world.ts'

/** Where the second copy of base lies in a working folder: a name as long as those of the sides. */
export const controlTreeIn = (folder: string) => join(folder, 'ctrl')

/**
 * Makes the second copy of base that the control runs in: a work tree of its own beside base's, at a path of the same
 * length. Yields whether it could; without it the control runs in base's own tree, which cannot show a bias that comes
 * from a tree's path, files or state.
 */
export async function copyControlTree(
  base: string,
  control: string,
  world: Pick<World, 'tools'>,
): Promise<boolean> {
  const { code } = await world.tools.run({
    file: 'cp',
    args: ['--archive', '--reflink=auto', '--no-target-directory', '--', base, control],
  })
  return code === 0
}
