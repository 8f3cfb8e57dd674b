import type { Knob } from './knob.ts'

const THP = '/sys/kernel/mm/transparent_hugepage'
const THP_DOC = 'https://docs.kernel.org/admin-guide/mm/transhuge.html'
const VM_DOC = 'https://docs.kernel.org/admin-guide/sysctl/vm.html'

const thp: Knob = {
  name: 'thp',
  unit: 'choice',
  via: 'file',
  files: [`${THP}/enabled`],
  shape: 'choice',
  grammar: /^(always|madvise|never)$/,
  scope: 'auto',
  // Only `always` is a matter of luck; a machine that says `never` keeps it.
  wish: ({ value }) => ({ set: value === 'always' ? 'madvise' : value }),
  needs: 'root',
  why: 'with `always`, whether the heap gets huge pages depends on how fragmented the memory is today',
  source: THP_DOC,
}

const khugepaged: Knob = {
  name: 'khugepaged',
  unit: '0 or 1',
  via: 'file',
  files: [`${THP}/khugepaged/defrag`],
  shape: 'number',
  grammar: /^[01]$/,
  scope: 'auto',
  wish: () => ({ set: '0' }),
  needs: 'root',
  why: 'the kernel does not move pages together while the benchmark runs',
  source: THP_DOC,
}

const ksm: Knob = {
  name: 'ksm',
  unit: '0, 1 or 2',
  via: 'file',
  files: ['/sys/kernel/mm/ksm/run'],
  shape: 'number',
  grammar: /^[012]$/,
  scope: 'auto',
  // 2 is a one-time order to unmerge everything, not a state to go back to.
  wish: ({ value }) => (value === '2' ? { leave: 'it is being unmerged' } : { set: '0' }),
  needs: 'root',
  why: 'ksmd does not scan memory, and no page of the benchmark is shared behind its back',
  source: 'https://docs.kernel.org/admin-guide/mm/ksm.html',
}

const numaBalancing: Knob = {
  name: 'numa-balancing',
  unit: '0 to 2',
  via: 'file',
  files: ['/proc/sys/kernel/numa_balancing'],
  shape: 'number',
  grammar: /^[0-3]$/,
  scope: 'auto',
  wish: () => ({ set: '0' }),
  needs: 'root and more than one NUMA node to matter',
  why: 'no page is unmapped to see who uses it, which costs faults at random times',
  source: 'https://docs.kernel.org/admin-guide/sysctl/kernel.html#numa-balancing',
}

const swappiness: Knob = {
  name: 'swappiness',
  unit: '0 to 200',
  via: 'file',
  files: ['/proc/sys/vm/swappiness'],
  shape: 'number',
  grammar: /^\d{1,3}$/,
  scope: 'auto',
  // Not 0, which changes when the kernel gives up and kills.
  wish: ({ value }) => ({ set: `${Math.min(1, Number(value))}` }),
  needs: 'root',
  why: 'pages of the benchmark are not swapped out to keep files cached',
  source: VM_DOC,
}

const compaction: Knob = {
  name: 'compaction',
  unit: '0 to 100',
  via: 'file',
  files: ['/proc/sys/vm/compaction_proactiveness'],
  shape: 'number',
  grammar: /^\d{1,3}$/,
  scope: 'auto',
  wish: () => ({ set: '0' }),
  needs: 'root',
  why: 'memory is not compacted in the background',
  source: VM_DOC,
}

const statInterval: Knob = {
  name: 'stat-interval',
  unit: 's',
  via: 'file',
  files: ['/proc/sys/vm/stat_interval'],
  shape: 'number',
  grammar: /^\d{1,6}$/,
  scope: 'auto',
  wish: ({ value }) => ({ set: `${Math.max(120, Number(value))}` }),
  needs: 'root',
  why: 'the memory statistics of each CPU are folded every two minutes instead of every second',
  source: VM_DOC,
}

/** Settings of the memory management; their order does not matter. */
export const memoryKnobs: readonly Knob[] = [
  thp,
  khugepaged,
  ksm,
  numaBalancing,
  swappiness,
  compaction,
  statInterval,
]
