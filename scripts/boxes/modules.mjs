import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CannotPrepare } from './packages.mjs'

/** The wanted kernel modules with those that they depend on, in the order to load them; a name without a file is built in. */
export function modulesToLoad(wanted, read) {
  const loaded = new Map()
  const visit = name => {
    if (loaded.has(name)) return
    const content = read(name)
    if (content === undefined) return
    loaded.set(name, undefined)
    for (const other of dependenciesOf(content)) visit(other)
    loaded.delete(name)
    loaded.set(name, content)
  }
  for (const name of wanted) visit(name)
  return [...loaded].map(([name, content]) => ({ name, content }))
}

/** A module names what it needs in its .modinfo section, so no depmod of this machine is asked about a foreign kernel. */
export function dependenciesOf(content) {
  const found = /\0depends=([^\0]*)\0/.exec(content.toString('latin1'))
  return (found?.[1] ?? '').split(',').filter(name => name !== '')
}

/** Reads modules of an unpacked kernel package by name, whatever they are packed with. */
export function moduleReader(root, kernel) {
  const folder = join(root, 'usr/lib/modules', kernel)
  const paths = new Map(
    readdirSync(folder, { recursive: true })
      .filter(path => /\.ko(\.xz|\.zst)?$/.test(path))
      .map(path => [
        basename(path)
          .replace(/\.ko.*/, '')
          .replaceAll('-', '_'),
        join(folder, path),
      ]),
  )
  return name => {
    const path = paths.get(name.replaceAll('-', '_'))
    if (path === undefined) return undefined
    const tool = path.endsWith('.xz') ? 'xz' : path.endsWith('.zst') ? 'zstd' : undefined
    if (tool === undefined) return readFileSync(path)
    const { status, stdout, error } = spawnSync(tool, ['-dc', path], { maxBuffer: 64 << 20 })
    if (status === 0) return stdout
    throw new CannotPrepare(`${tool} -dc ${path} failed: ${error?.message ?? `exit ${status}`}`)
  }
}
