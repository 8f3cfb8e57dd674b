import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Builds nektos/act, a runner of GitHub workflows, into the project's own ignored folder: about two minutes of CPU, once. It comes by
 * Go's module proxy, whose checksums Go itself checks. Prints the path of the program, or why there is none.
 */
const VERSION = 'v0.2.89'
const folder = resolve('.cache', `act-${VERSION}`)
const program = join(folder, 'act')

if (!existsSync(program)) {
  const draft = resolve('.cache', `act-${process.pid}`)
  mkdirSync(draft, { recursive: true })
  const { status, error, stderr } = spawnSync('go', ['install', `github.com/nektos/act@${VERSION}`], {
    env: { ...process.env, GOBIN: draft, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0' },
    encoding: 'utf8',
    timeout: 15 * 60_000,
  })
  if (status !== 0) {
    const why =
      error?.code === 'ENOENT'
        ? 'Go is not installed'
        : `go install failed: ${stderr?.trim().split('\n').at(-1)}`
    console.error(`No workflow is run: ${why}.`)
    process.exit(1)
  }
  // Several may build it at once; the first is as good as the last.
  if (!existsSync(program)) renameSync(draft, folder)
}
console.log(program)
