/** What a machine shows of a hypervisor without any tool; what it does not have is absent. */
export interface HypervisorSigns {
  readonly cpuinfo?: string | undefined
  /** Vendor and product by DMI, on a space. */
  readonly dmi?: string | undefined
  /** Texts of the device tree: `compatible` of the root and of its hypervisor node, each with its NULs. */
  readonly compatible?: string | undefined
  readonly hypervisorNode?: string | undefined
  /** Names of the root's nodes. */
  readonly nodes?: readonly string[]
}

/** DMI names that only virtual machines have; clouds sell bare metal under their own names too. */
const VIRTUAL_DMI = /\b(QEMU|KVM|VMware|VirtualBox|innotek|Xen|Bochs|Parallels|BHYVE|Virtual Machine)\b/i

/**
 * The hypervisor that a guest shows by itself: the flag of x86 processors, the device tree of Arm and RISC-V guests (the binding
 * `linux,dummy-virt` and the node `fw-cfg` of QEMU's virt machine, the node `hypervisor` of KVM and Xen), or DMI. Undefined where
 * nothing shows one.
 */
export function hypervisorOf(signs: HypervisorSigns): string | undefined {
  const { cpuinfo = '', dmi = '', compatible = '', hypervisorNode, nodes = [] } = signs
  if (hypervisorNode) return hypervisorNode.split('\0')[0]!.replace(/^.*,/, '')
  if (/^qemu,|linux,dummy-virt/.test(compatible) || nodes.some(name => name.startsWith('fw-cfg')))
    return 'qemu'
  const named = VIRTUAL_DMI.exec(dmi)?.[1]
  if (named) return named.toLowerCase()
  return /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo) ? 'yes' : undefined
}
