import type { Fingerprint } from '../model/report.ts'
import { readCpu } from '../processor/cpu.ts'
import { hazardPhrase, hazardsOf } from '../processor/hazards.ts'
import { cacheOf } from '../processor/sysfs-caches.ts'
import { parseMemory } from './vitals.ts'

/** One cache as sysfs describes it for CPU 0. */
export interface CacheFacts {
  readonly level: string
  readonly type: string
  readonly size: string
  readonly ways: string
  readonly line: string
}

/** Raw texts that a fingerprint is made of; what could not be read is absent. */
export interface MachineFacts {
  readonly cpuinfo?: string
  readonly kernel: string
  readonly architecture: string
  readonly vendor?: string
  readonly product?: string
  /** What systemd-detect-virt(1) says. */
  readonly virtualisation?: string
  /** The hypervisor that the machine shows without any tool. */
  readonly hypervisor?: string
  readonly caches: readonly CacheFacts[]
  readonly meminfo?: string
  readonly online?: string
  /** The small cores of a hybrid processor, as a list of CPUs. */
  readonly smallCores?: string
  readonly isolated?: string
  readonly smt?: string
  readonly driver?: string
  readonly governor?: string
  readonly noTurbo?: string
  readonly boost?: string
  readonly thp?: string
  readonly cmdline?: string
  /** First line of what each tool says of its version. */
  readonly tools: Readonly<Record<string, string | undefined>>
}

/** Parameters of the kernel's command line that change timings; no other is repeated, because some hold secrets. */
const TELLING =
  /^(isolcpus|nohz|nohz_full|rcu_nocbs|irqaffinity|mitigations|nosmt|intel_pstate|amd_pstate|idle|processor\.max_cstate|intel_idle\.max_cstate|transparent_hugepage|default_hugepagesz|hugepages|hugepagesz|maxcpus|spectre_v2|pti|nopti|preempt|clocksource|tsc)(=\S*)?$/

/** Shapes the facts into names and values of one line; nothing that is not known gets a name. */
export function shapeFingerprint(facts: MachineFacts): Fingerprint {
  const { cpuinfo = '' } = facts
  const named = (name: string) => new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(cpuinfo)?.[1]?.trim()
  const memory = parseMemory(facts.meminfo ?? '')
  const rows: Readonly<Record<string, string | undefined>> = {
    cpu: named('model name') ?? armModel(named) ?? facts.architecture,
    microcode: named('microcode'),
    cpus: facts.online,
    'small cores': facts.smallCores,
    'known hazards': knownHazards(facts),
    smt: facts.smt === undefined ? undefined : facts.smt === '1' ? 'on' : 'off',
    kernel: facts.kernel,
    architecture: facts.architecture,
    machine: [facts.vendor, facts.product].filter(Boolean).join(' '),
    virtualisation: facts.virtualisation ?? facts.hypervisor ?? 'none',
    ...cacheRows(facts.caches),
    memory: memory && `${(memory.total / 2 ** 30).toFixed(1)} GiB`,
    'frequency driver': facts.driver,
    governor: facts.governor,
    turbo: turboState(facts),
    'transparent huge pages': /\[(\w+)\]/.exec(facts.thp ?? '')?.[1],
    'isolated cpus': facts.isolated,
    'kernel parameters': (facts.cmdline ?? '')
      .split(/\s+/)
      .filter(word => TELLING.test(word))
      .join(' '),
    ...facts.tools,
  }
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, value]) => {
      const line = (value ?? '').split('\n', 1)[0]!.trim().slice(0, 200)
      return line ? [[name, line]] : []
    }),
  )
}

/** What this processor is known for, from its maker's documents; and whether the pinned CPU of a hybrid one is a small core. */
function knownHazards({ cpuinfo = '', caches }: MachineFacts): string {
  const found = caches.find(({ level, type }) => level === '1' && type === 'Instruction')
  const l1i = found && cacheOf(found)
  return hazardsOf(readCpu(cpuinfo), l1i ? { l1i } : {})
    .map(hazardPhrase)
    .join('; ')
}

function armModel(named: (name: string) => string | undefined): string | undefined {
  const [implementer, part] = [named('CPU implementer'), named('CPU part')]
  return implementer && part ? `ARM implementer ${implementer} part ${part}` : undefined
}

function cacheRows(caches: readonly CacheFacts[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    caches.map(({ level, type, size, ways, line }) => {
      const kind = type === 'Instruction' ? 'i' : type === 'Data' ? 'd' : ''
      return [`l${level}${kind}`, `${size}, ${ways}-way, ${line}-byte lines`]
    }),
  )
}

function turboState({ noTurbo, boost }: MachineFacts): string | undefined {
  if (noTurbo !== undefined) return noTurbo === '1' ? 'off' : 'on'
  return boost === undefined ? undefined : boost === '1' ? 'on' : 'off'
}
