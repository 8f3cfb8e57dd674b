import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where built programs are kept between runs; each user has a folder, because others could not write there. */
const KEPT = join(tmpdir(), `perf-verdict-fixtures-${userInfo().uid}`)

/**
 * Builds a program unless one was built before by the same tool from the same parts. The parts are the sources and options
 * without the folder; a program with debug information knows its folder and must be built anew.
 */
export function buildOnce(
  output: string,
  { tool, parts }: { readonly tool: string; readonly parts: readonly unknown[] },
  build: () => void,
): void {
  const key = createHash('sha256')
    .update(JSON.stringify([identityOf(tool), parts]))
    .digest('hex')
  const kept = join(KEPT, key)
  if (existsSync(kept)) {
    copyFileSync(kept, output)
    return
  }
  build()
  mkdirSync(KEPT, { recursive: true })
  // Several workers may build the same at a time: whoever comes last replaces a whole file by an equal one.
  const own = `${kept}.${process.pid}`
  copyFileSync(output, own)
  renameSync(own, kept)
}

/** A tool that is upgraded is another file. */
function identityOf(tool: string): readonly (string | number)[] {
  const folders = ['', ...(process.env.PATH ?? '').split(delimiter)]
  const path = folders.map(folder => join(folder, tool)).find(file => existsSync(file))
  if (!path) return [tool]
  const { size, mtimeMs } = statSync(path)
  return [path, size, mtimeMs]
}
