import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Pad, padSource } from '../../core/layouts/pads.ts'
import {
  COMPILER_PROPERS,
  clangOverrides,
  compilerWrapper,
  goWrapper,
  linkerWrapper,
  rustcWrapper,
} from '../../core/layouts/wrappers.ts'
import type { ToolPort } from '../ports/ports.ts'

type Environment = Readonly<Record<string, string>>

/** Where the layouts of one side are made: our scripts and plans, and two folders that jobs write to. */
export interface LayoutFolder {
  /** All of it. */
  readonly folder: string
  /** The gate's scripts in front of the project's tools. */
  readonly wrappers: string
  /** What the gate adds to links, by the key of their output. */
  readonly plans: string
  /** How links were called; written by jobs. */
  readonly links: string
  /** The files of each layout; written by jobs. */
  readonly store: string
  /** A build's environment with the wrappers in it. */
  readonly env: Environment
}

/** What to put in front of a build: flags for its compilers, and wrappers around its linkers. */
export interface LayoutWish {
  readonly folder: string
  readonly env: Environment
  readonly flags: readonly string[]
}

/** Writes the wrappers of one side and returns where they are; nothing of the project is touched. */
export async function makeLayoutFolder({ folder, env, flags }: LayoutWish): Promise<LayoutFolder> {
  const [wrappers, plans] = [join(folder, 'wrappers'), join(folder, 'plans')]
  // Where the wrappers look for both: `links` next to `plans`.
  const [links, store] = [join(folder, 'links'), join(folder, 'store')]
  for (const made of [folder, wrappers, plans, links, store])
    await mkdir(made, { recursive: true, mode: 0o755 })
  const { PATH = '' } = env
  const linkers = await linkersOn(PATH)
  const scripts = [
    ...COMPILER_PROPERS.map(name => [name, compilerWrapper(name, flags)] as const),
    ...[...linkers].map(([name, real]) => [name, linkerWrapper(real, folder)] as const),
    ['go-tool', goWrapper(folder)] as const,
  ]
  // One that takes an order of sections; rustc's own choice is found past our wrappers.
  const forRust = ['bfd', 'gold'].find(name => linkers.has(`ld.${name}`))
  if (forRust) scripts.push(['rustc-link', rustcWrapper(forRust)])
  for (const [name, text] of scripts) {
    await writeFile(join(wrappers, name), text)
    await chmod(join(wrappers, name), 0o755)
  }
  return {
    folder,
    wrappers,
    plans,
    links,
    store,
    env: wrapped({ folder, env, flags }, { wrappers, links }, forRust !== undefined),
  }
}

function wrapped(
  { env, flags }: LayoutWish,
  { wrappers, links }: Pick<LayoutFolder, 'wrappers' | 'links'>,
  rust: boolean,
): Environment {
  const joined = (...parts: readonly (string | undefined)[]) => parts.filter(part => part).join(':')
  return {
    ...env,
    PATH: joined(wrappers, env.PATH),
    COMPILER_PATH: joined(wrappers, env.COMPILER_PATH),
    CCC_OVERRIDE_OPTIONS: clangOverrides(flags),
    GOFLAGS: [env.GOFLAGS, `-toolexec=${join(wrappers, 'go-tool')}`].filter(part => part).join(' '),
    ...(rust ? { RUSTC_WRAPPER: join(wrappers, 'rustc-link') } : {}),
    // Objects with other flags than their command line says must not reach a compiler cache.
    CCACHE_DISABLE: '1',
    SCCACHE_DIR: join(links, 'sccache'),
    SCCACHE_SERVER_PORT: '54226',
  }
}

/** The linkers on a PATH by the name a compiler asks for, the first of each name. */
async function linkersOn(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const folder of path.split(':').filter(part => part.startsWith('/'))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const linker = /^(ld|ld\.(bfd|gold|lld|mold)(-\d+)?|mold)$/.test(name)
      if (linker && !found.has(name)) found.set(name, join(folder, name))
    }
  }
  return found
}

/** Assembles the pads of one layout with the first assembler there is; returns the object, or undefined without one. */
export async function assemblePads(
  pads: readonly Pad[],
  target: { readonly folder: string; readonly seed: number },
  tools: ToolPort,
): Promise<string | undefined> {
  const object = join(target.folder, `pads-${target.seed}.o`)
  const source = join(target.folder, `pads-${target.seed}.s`)
  await writeFile(source, padSource(pads))
  for (const [name, ...args] of [['as'], ['clang', '-c'], ['gcc', '-c']] as const) {
    const file = await tools.find(name)
    if (file === undefined) continue
    const { code } = await tools.run({ file, args: [...args, '-o', object, source] })
    if (code === 0) return object
  }
  return undefined
}
