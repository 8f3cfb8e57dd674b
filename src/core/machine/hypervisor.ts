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

/** DMI names that only virtual machines have, of hypervisors and of clouds. */
const VIRTUAL_DMI =
  /\b(QEMU|KVM|VMware|VirtualBox|innotek|Xen|Bochs|Parallels|BHYVE|Virtual Machine|OpenStack|KubeVirt|Apple Virtualization|Cloud Hypervisor|Google Compute Engine|Hetzner vServer)\b/i
/** Amazon sells bare metal under its own name too, by types such as m6g.metal and c6i.metal-24xl. */
const AMAZON_GUEST = /^Amazon EC2 \w[\w-]*\.(?!metal)\w/

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
  if (AMAZON_GUEST.test(dmi)) return 'amazon ec2'
  const named = VIRTUAL_DMI.exec(dmi)?.[1]
  if (named) return named.toLowerCase()
  return /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo) ? 'yes' : undefined
}
