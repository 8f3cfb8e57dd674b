import { hypervisorOf } from '../../core/machine/hypervisor.ts'
import { listUnder, readUnder } from './vitals.ts'

const TREE = '/proc/device-tree'

/** The hypervisor that the files of a machine show, without any tool; undefined where they show none. */
export function findHypervisor(root: string): string | undefined {
  const dmi = ['sys_vendor', 'product_name'].map(name => readUnder(root, `/sys/class/dmi/id/${name}`) ?? '')
  return hypervisorOf({
    cpuinfo: readUnder(root, '/proc/cpuinfo'),
    dmi: dmi.join(' '),
    compatible: readUnder(root, `${TREE}/compatible`),
    hypervisorNode: readUnder(root, `${TREE}/hypervisor/compatible`),
    nodes: listUnder(root, TREE),
  })
}
