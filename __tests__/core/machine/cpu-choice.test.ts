import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type CpuCount,
  chooseCpus,
  idleSiblings,
  type Topology,
} from '../../../src/core/machine/cpu-choice.ts'
import { cases } from '../../doubles/soak.ts'

interface Spec {
  readonly cores: readonly (readonly number[])[]
  readonly allowed?: readonly number[]
  readonly isolated?: readonly number[]
  readonly fast?: readonly number[]
  readonly nodes?: Readonly<Record<number, number>>
}

/** A machine by its cores, each a list of the threads on it. */
function topologyOf({ cores, allowed, isolated = [], fast = [], nodes = {} }: Spec): Topology {
  const cpus = cores
    .flatMap(siblings => siblings.map(id => ({ id, siblings, node: nodes[id] ?? 0 })))
    .sort((a, b) => a.id - b.id)
  return { cpus, allowed: allowed ?? cpus.map(({ id }) => id), isolated, fast }
}

describe('the choice of CPUs', () => {
  test.each<[string, Spec, readonly number[], readonly number[]]>([
    ['one CPU: none', { cores: [[0]] }, [], []],
    ['two CPUs: the other one', { cores: [[0], [1]] }, [1], [1]],
    ['two threads of one core: the second thread', { cores: [[0, 1]] }, [1], [0, 1]],
    ['four cores: the last', { cores: [[0], [1], [2], [3]] }, [3], [3]],
    [
      'two cores with SMT: the first thread of the other core',
      {
        cores: [
          [0, 2],
          [1, 3],
        ],
      },
      [1],
      [1, 3],
    ],
    ['isolated ones, even if few', { cores: [[0], [1], [2], [3]], isolated: [2] }, [2], [2]],
    [
      'one thread of an isolated core',
      {
        cores: [
          [0, 2],
          [1, 3],
        ],
        isolated: [1, 3],
      },
      [1],
      [1, 3],
    ],
    [
      'fast cores of a hybrid processor, not the one of CPU 0',
      { cores: [[0, 1], [2, 3], [4], [5]], fast: [0, 1, 2, 3] },
      [2],
      [2, 3],
    ],
    ['only what the cgroup allows', { cores: [[0], [1], [2], [3]], allowed: [0, 2] }, [2], [2]],
    ['nothing when the cgroup allows one', { cores: [[0], [1], [2], [3]], allowed: [3] }, [], []],
    ['the larger node', { cores: [[0], [1], [2], [3], [4]], nodes: { 3: 1, 4: 1 } }, [4], [4]],
    [
      'isolated but not allowed: as if it were not there',
      { cores: [[0], [1], [2]], isolated: [2], allowed: [0, 1] },
      [1],
      [1],
    ],
  ])('%s', (_, spec, chosen, quiet) => {
    const choice = chooseCpus(topologyOf(spec))
    expect(choice).toMatchObject({ chosen, quiet })
  })

  test('takes several on one node, one thread per core, when several are asked for', () => {
    const cores = [
      [0, 8],
      [1, 9],
      [2, 10],
      [3, 11],
      [4, 12],
      [5, 13],
      [6, 14],
      [7, 15],
    ]
    const nodes = Object.fromEntries([4, 5, 6, 7, 12, 13, 14, 15].map(cpu => [cpu, 1]))
    const choice = chooseCpus(topologyOf({ cores, nodes }), 3)
    expect(choice.chosen).toEqual([5, 6, 7])
    expect(idleSiblings(choice)).toEqual([13, 14, 15])
  })

  test('says why', () => {
    const choice = chooseCpus(topologyOf({ cores: [[0], [1], [2]], isolated: [2], nodes: { 2: 1 } }))
    expect(choice.because).toBe('CPU 2: isolated from the scheduler, away from CPU 0, on NUMA node 1')
  })

  test.each<[string, Spec, CpuCount, readonly number[]]>([
    ['all: every CPU that is allowed', { cores: [[0], [1], [2], [3]], allowed: [0, 1, 3] }, 'all', [0, 1, 3]],
    ['all there are, CPU 0 too', { cores: [[0], [1]] }, 2, [0, 1]],
    ['more than there are', { cores: [[0], [1], [2]] }, 8, [0, 1, 2]],
    [
      'the other node before second threads',
      {
        cores: [
          [0, 4],
          [1, 5],
          [2, 6],
          [3, 7],
        ],
        nodes: { 2: 1, 3: 1, 6: 1, 7: 1 },
      },
      3,
      [1, 2, 3],
    ],
    [
      'second threads before CPU 0',
      {
        cores: [
          [0, 2],
          [1, 3],
        ],
      },
      2,
      [1, 3],
    ],
    ['isolated ones first', { cores: [[0], [1], [2], [3]], isolated: [2] }, 2, [2, 3]],
  ])('of several: %s', (_, spec, count, chosen) => {
    expect(chooseCpus(topologyOf(spec), count).chosen).toEqual(chosen)
  })

  test('on any machine stays within what is allowed, as many as asked for, the best first, and leaves a CPU to the rest where one is asked for', () => {
    const machine = fc
      .record({
        count: fc.integer({ min: 1, max: 24 }),
        threads: fc.constantFrom(1, 2),
        nodeCount: fc.integer({ min: 1, max: 3 }),
        want: fc.integer({ min: 1, max: 4 }),
        mask: fc.nat(),
      })
      .map(({ count, threads, nodeCount, want, mask }) => {
        const cores = Array.from({ length: count }, (_, core) =>
          threads === 1 ? [core] : [core, core + count],
        )
        const ids = cores.flat()
        const allowed = ids.filter(id => ((mask >> (id % 20)) & 1) === 1)
        const nodes = Object.fromEntries(cores.flatMap((core, at) => core.map(id => [id, at % nodeCount])))
        return { topology: topologyOf({ cores, allowed, nodes }), want }
      })
    fc.assert(
      fc.property(machine, ({ topology, want }) => {
        const { chosen, quiet } = chooseCpus(topology, want)
        const of = (id: number) => topology.cpus.find(cpu => cpu.id === id)!
        expect(chosen.every(id => topology.allowed.includes(id))).toBe(true)
        const { allowed } = topology
        expect(chosen.length).toBe(allowed.length < 2 ? 0 : Math.min(want, allowed.length))
        const one = chooseCpus(topology).chosen
        expect(one.every(id => chosen.includes(id))).toBe(true)
        const cores = new Set(
          allowed
            .filter(id => of(id).node === of(one[0] ?? 0).node && !of(id).siblings.includes(0))
            .map(id => of(id).siblings.join()),
        )
        if (chosen.length > 0 && cores.size >= want) {
          expect(new Set(chosen.map(id => of(id).node)).size).toBe(1)
          expect(new Set(chosen.map(id => of(id).siblings.join())).size).toBe(chosen.length)
        }
        expect(chosen.every(id => quiet.includes(id))).toBe(true)
        expect(one.length < Math.max(1, allowed.length)).toBe(true)
      }),
      cases(10_000),
    )
  })
})
