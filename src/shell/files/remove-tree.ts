import { spawn } from 'node:child_process'

/** As long as the end of a run may wait for a removal; a larger tree is removed behind its back. */
const PATIENCE_SECONDS = 2

/**
 * Removes a tree that hostile code filled: folders without rights, hundreds of levels, paths longer than the kernel takes, millions of
 * files. coreutils walks it relative to open folders and follows no link. Returns whether all is gone; what takes longer than the patience
 * goes on without us, and the next sweep ends what is left.
 */
export async function removeTree(path: string, patienceSeconds = PATIENCE_SECONDS): Promise<boolean> {
  if ((await run('rm', ['-rf', '--', path], patienceSeconds)) === 0) return true
  // A folder without rights cannot be emptied by its own owner.
  await run('chmod', ['-R', 'u+rwX', '--', path], patienceSeconds)
  return (await run('rm', ['-rf', '--', path], patienceSeconds)) === 0
}

async function run(file: string, args: readonly string[], seconds: number): Promise<number | null> {
  const child = spawn(file, args, { stdio: 'ignore', detached: true, cwd: '/' })
  return await new Promise(resolve => {
    const timer = setTimeout(() => {
      child.unref()
      resolve(null)
    }, seconds * 1000)
    const end = (code: number | null) => {
      clearTimeout(timer)
      resolve(code)
    }
    child.once('error', () => end(null))
    child.once('exit', end)
  })
}
