import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheFiles } from '../../core/processor/sysfs-caches.ts'
import type { ToolPort } from '../ports/ports.ts'

const readText = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

/** The cache folders of one CPU under a sysfs root; empty where the kernel tells none. */
export async function readCacheFolders(sysfs: string, cpu: number): Promise<readonly CacheFiles[]> {
  const folder = join(sysfs, `devices/system/cpu/cpu${cpu}/cache`)
  const names = (await readdir(folder).catch(() => [])).filter(name => /^index\d+$/.test(name)).sort()
  return Promise.all(
    names.map(async name => {
      const file = (leaf: string): Promise<string | undefined> => readText(join(folder, name, leaf))
      const [type, level, size, ways, line, sets] = await Promise.all([
        file('type'),
        file('level'),
        file('size'),
        file('ways_of_associativity'),
        file('coherency_line_size'),
        file('number_of_sets'),
      ])
      return Object.fromEntries(
        Object.entries({ type, level, size, ways, line, sets }).filter(([, text]) => text !== undefined),
      )
    }),
  )
}

/** The caches as the C library knows them, in the form of sysfs; it leaks the host's values into virtual machines, so it comes second. */
export async function cacheFoldersOfLibrary(tools: ToolPort): Promise<readonly CacheFiles[]> {
  const path = await tools.find('getconf')
  if (path === undefined) return []
  const value = async (name: string): Promise<string> => {
    const result = await tools.run({ file: path, args: [name], timeoutSeconds: 20 }).catch(() => undefined)
    return result?.code === 0 ? result.stdout.trim() : ''
  }
  const folder = async (name: string, type: string, level: string): Promise<CacheFiles> => {
    const [size, ways, line] = await Promise.all([
      value(`${name}_SIZE`),
      value(`${name}_ASSOC`),
      value(`${name}_LINESIZE`),
    ])
    return { type, level, size, ...(ways !== '' && ways !== '0' && { ways }), line }
  }
  return Promise.all([
    folder('LEVEL1_ICACHE', 'Instruction', '1'),
    folder('LEVEL1_DCACHE', 'Data', '1'),
    folder('LEVEL2_CACHE', 'Unified', '2'),
    folder('LEVEL3_CACHE', 'Unified', '3'),
  ])
}

/** The text of `/proc/cpuinfo` under a procfs root; empty when it cannot be read. */
export const readCpuInfo = async (procfs: string): Promise<string> =>
  (await readText(join(procfs, 'cpuinfo'))) ?? ''
