import { expect, test } from '@jest/globals'
import { type HypervisorSigns, hypervisorOf } from '../../../src/core/machine/hypervisor.ts'

test.each<[string, HypervisorSigns, string | undefined]>([
  ['an x86 guest by its flag', { cpuinfo: 'flags\t\t: fpu hypervisor\n', dmi: ' ' }, 'yes'],
  ["QEMU's virt machine by its device tree", { compatible: 'linux,dummy-virt\0' }, 'qemu'],
  ["QEMU's other boards by their configuration device", { nodes: ['cpus', 'fw-cfg@9020000'] }, 'qemu'],
  ['a KVM guest by its node', { hypervisorNode: 'linux,kvm\0', compatible: 'acme,board\0' }, 'kvm'],
  ['a Xen guest by its node', { hypervisorNode: 'xen,xen-4.17\0xen,xen\0' }, 'xen-4.17'],
  ['an Arm guest with DMI', { dmi: 'QEMU KVM Virtual Machine' }, 'qemu'],
  ['a Hyper-V guest', { dmi: 'Microsoft Corporation Virtual Machine' }, 'virtual machine'],
  ['a board', { compatible: 'raspberrypi,4-model-b\0brcm,bcm2711\0', nodes: ['cpus', 'soc'] }, undefined],
  ['an Arm guest of Amazon', { dmi: 'Amazon EC2 c7g.large' }, 'amazon ec2'],
  ['an Arm guest of Amazon with disks', { dmi: 'Amazon EC2 c7gd.16xlarge' }, 'amazon ec2'],
  ['an Arm guest of Google', { dmi: 'Google Google Compute Engine' }, 'google compute engine'],
  ['an Arm guest of Hetzner', { dmi: 'Hetzner vServer' }, 'hetzner vserver'],
  ['a guest of OpenStack', { dmi: 'OpenStack Foundation OpenStack Nova' }, 'openstack'],
  ['a guest on a Mac', { dmi: 'Apple Inc. Apple Virtualization Generic Platform' }, 'apple virtualization'],
  ['a part of a metal machine of a cloud', { dmi: 'Amazon EC2 c7g.metal-48xl' }, undefined],
  ['bare metal of a cloud', { dmi: 'Amazon EC2 m6g.metal', cpuinfo: 'flags : fpu\n' }, undefined],
  ['a machine that shows nothing', {}, undefined],
])('%s', (_, signs, hypervisor) => {
  expect(hypervisorOf(signs)).toBe(hypervisor)
})
