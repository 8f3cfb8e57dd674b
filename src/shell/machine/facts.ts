import { arch, release } from 'node:os'
import type { CacheFacts, MachineFacts } from '../../core/machine/fingerprint.ts'
import type { ToolPort } from '../ports/ports.ts'
import { findHypervisor } from './hypervisor.ts'
import { listUnder, readUnder } from './vitals.ts'

/** Tools whose versions can change a figure, each with how it is asked. */
const TOOLS: readonly (readonly [name: string, file: string, args: readonly string[]])[] = [
  ['cc', 'cc', ['--version']],
  ['c++', 'c++', ['--version']],
  ['clang', 'clang', ['--version']],
  ['rustc', 'rustc', ['--version']],
  ['go', 'go', ['version']],
  ['ld', 'ld', ['--version']],
  ['libc', 'getconf', ['GNU_LIBC_VERSION']],
  ['perf', 'perf', ['--version']],
  ['valgrind', 'valgrind', ['--version']],
  ['virtualisation', 'systemd-detect-virt', []],
]

/** A variable may name a toolchain too: what is not there is not fetched for the sake of its version, and left half unpacked at the time limit. */
const FETCH_NOTHING = ['GOPROXY=off', 'RUSTUP_AUTO_INSTALL=0']

const CPU = '/sys/devices/system/cpu'

/** Gathers everything that a fingerprint is made of; a missing file or tool only leaves a gap. */
export async function readMachineFacts(root: string, tools: ToolPort): Promise<MachineFacts> {
  const { virtualisation, ...versions } = await readVersions(tools)
  const texts = {
    cpuinfo: '/proc/cpuinfo',
    vendor: '/sys/class/dmi/id/sys_vendor',
    product: '/sys/class/dmi/id/product_name',
    meminfo: '/proc/meminfo',
    online: `${CPU}/online`,
    smallCores: '/sys/devices/cpu_atom/cpus',
    isolated: `${CPU}/isolated`,
    smt: `${CPU}/smt/active`,
    driver: `${CPU}/cpufreq/policy0/scaling_driver`,
    governor: `${CPU}/cpufreq/policy0/scaling_governor`,
    noTurbo: `${CPU}/intel_pstate/no_turbo`,
    boost: `${CPU}/cpufreq/boost`,
    thp: '/sys/kernel/mm/transparent_hugepage/enabled',
    cmdline: '/proc/cmdline',
  }
  const found = Object.entries(texts).flatMap(([name, path]) => {
    const text = readUnder(root, path)?.trim()
    return text === undefined || text === '' ? [] : [[name, text]]
  })
  const hypervisor = findHypervisor(root)
  return {
    kernel: release(),
    architecture: arch(),
    caches: readCaches(root),
    tools: versions,
    ...(virtualisation === undefined ? {} : { virtualisation }),
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...Object.fromEntries(found),
  }
}

async function readVersions(tools: ToolPort): Promise<Readonly<Record<string, string | undefined>>> {
  const asked = TOOLS.map(async ([name, tool, args]) => {
    const file = await tools.find(tool)
    if (file === undefined) return [name, undefined] as const
    try {
      // From the root folder: rustup and go look for a toolchain file where they stand, and might fetch what it names.
      const words = [...FETCH_NOTHING, file, ...args]
      const { stdout } = await tools.run({ file: 'env', args: words, cwd: '/', timeoutSeconds: 3 })
      return [name, stdout.split('\n', 1)[0]!.trim()] as const
    } catch {
      return [name, undefined] as const
    }
  })
  return Object.fromEntries(await Promise.all(asked))
}

function readCaches(root: string): readonly CacheFacts[] {
  const folder = `${CPU}/cpu0/cache`
  return listUnder(root, folder)
    .filter(name => /^index\d+$/.test(name))
    .sort()
    .map(name => {
      const value = (file: string) => readUnder(root, `${folder}/${name}/${file}`)?.trim() ?? '?'
      return {
        level: value('level'),
        type: value('type'),
        size: value('size'),
        ways: value('ways_of_associativity'),
        line: value('coherency_line_size'),
      }
    })
}
