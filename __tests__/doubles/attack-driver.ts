import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RunFault } from '../../src/core/model/errors.ts'
import { openSandbox } from '../../src/shell/sandbox/open.ts'

/** Builds base, lets head's build and benchmark attack, and runs base's benchmark, for each attack in a pair of trees of its own: a program
 *  of its own, so that a test can start it as another user. Prints what head saw, what base's benchmark then printed, and the fault that stopped it. */
const [level, list] = process.argv.slice(2) as [string, string]
const attacks = JSON.parse(list) as readonly (readonly [build: string, benchmark: string, onBase: boolean])[]
const folder = mkdtempSync(join(tmpdir(), 'pv-attack-'))
chmodSync(folder, 0o711)
const sandbox = await openSandbox(folder, {
  level: level as 'auto' | 'off',
  repository: { workTree: process.env.GITHUB_WORKSPACE ?? '/nowhere', readable: [] },
})

const run = (trees: Trees, side: keyof Trees, command: string, builds: boolean) =>
  sandbox.run({
    argv: ['bash', '-c', command],
    tree: trees[side],
    env: { PATH: process.env.PATH ?? '', BASE: trees.base, HEAD: trees.head, WORK: folder },
    timeoutSeconds: 20,
    builds,
  })

interface Trees {
  readonly base: string
  readonly head: string
}

async function makeTrees(pair: string): Promise<Trees> {
  mkdirSync(pair, { mode: 0o755 })
  const trees = { base: join(pair, 'base'), head: join(pair, 'head') }
  for (const [side, tree] of Object.entries(trees)) {
    mkdirSync(tree)
    writeFileSync(join(tree, 'bench'), `#!/bin/sh\necho own of ${side}\n`)
    chmodSync(join(tree, 'bench'), 0o755)
    writeFileSync(join(tree, 'bench.sh'), 'cat bench.txt\n')
    writeFileSync(join(tree, 'bench.txt'), `own of ${side}\n`)
    symlinkSync('bench', join(tree, 'led'))
    mkdirSync(join(tree, 'lib'))
    writeFileSync(join(tree, 'lib/part.sh'), `echo own of ${side}\n`)
    await sandbox.adopt(tree)
  }
  return trees
}

/** A build that is careless with rights. */
const INSTALL = 'umask 0; mkdir -p ~/bin && cp bench ~/bin/bench; chmod -R a+rwX . ~'

/** Base is built and sealed, head attacks, and base runs what it built. */
async function attackBase(trees: Trees, build: string, benchmark: string) {
  await run(trees, 'base', INSTALL, true)
  await sandbox.seal(trees.base)
  const said = [await run(trees, 'head', `${INSTALL}; ${build}`, true)]
  await sandbox.seal(trees.head)
  let base = ''
  let fault: string | undefined
  try {
    if (benchmark !== '') said.push(await run(trees, 'head', `${benchmark}; true`, false))
    const own =
      './bench; ~/bin/bench; sh bench.sh; ./led; sh lib/part.sh; if test -e extra.sh; then sh extra.sh; fi; ls -A /tmp /dev/shm ~/.cache/ccache 2>/dev/null'
    base = (await run(trees, 'base', own, false)).stdout
  } catch (error) {
    if (!(error instanceof RunFault)) throw error
    fault = error.message
  }
  return { said, base, ...(fault && { fault }) }
}

/** Head attacks the machine, and not base. */
async function attackMachine(trees: Trees, build: string, benchmark: string) {
  const said = []
  if (build !== '') said.push(await run(trees, 'head', `${build}; true`, true))
  if (benchmark !== '') said.push(await run(trees, 'head', `${benchmark}; true`, false))
  return { said, base: '' }
}

const outcomes = []
const shared = await makeTrees(join(folder, 'shared'))
for (const [index, [build, benchmark, onBase]] of attacks.entries()) {
  const { said, ...rest } = onBase
    ? await attackBase(await makeTrees(join(folder, `${index}`)), build, benchmark)
    : await attackMachine(shared, build, benchmark)
  const heard = said.map(({ stdout, stderr }) => stdout + stderr).join('\n')
  outcomes.push({ isolation: sandbox.isolation, said: heard, ...rest })
}
await sandbox.end()
process.stdout.write(JSON.stringify(outcomes))
