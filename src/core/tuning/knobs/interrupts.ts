import { formatCpuList, formatCpuMask, parseCpuList, parseCpuMask, without } from '../../machine/cpu-list.ts'
import { type Knob, NO_CPU, type SettingReading, type TuningContext, type Wish } from './knob.ts'

const DOC = 'https://docs.kernel.org/core-api/irq/irq-affinity.html'

const irqbalance: Knob = {
  name: 'irqbalance',
  unit: 'state of the service',
  via: 'service',
  files: ['service:irqbalance'],
  shape: 'word',
  grammar: /^(active|inactive)$/,
  scope: 'auto',
  wish: (_, scene) => (scene.chosen.length === 0 ? NO_CPU : { set: 'inactive' }),
  needs: 'root and systemd',
  why: 'it would move interrupts back to the CPU of the benchmark',
  source: 'https://manpages.debian.org/stable/irqbalance/irqbalance.1.en.html',
}

const defaultAffinity: Knob = {
  name: 'default-irq-affinity',
  unit: 'mask of CPUs',
  via: 'file',
  files: ['/proc/irq/default_smp_affinity'],
  shape: 'mask',
  grammar: /^[0-9a-f]{1,8}(,[0-9a-f]{8}){0,255}$/,
  scope: 'auto',
  wish: (found, scene) => wishAway(parseCpuMask(found.value), scene, formatCpuMask),
  needs: 'root',
  why: 'interrupts that are set up while measuring stay away from the CPU of the benchmark',
  source: DOC,
}

const affinity: Knob = {
  name: 'irq-affinity',
  unit: 'list of CPUs',
  via: 'file',
  files: ['/proc/irq/*/smp_affinity_list'],
  shape: 'list',
  grammar: /^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?){0,1024}$/,
  scope: 'auto',
  wish: wishIrq,
  needs: 'root; interrupts that the kernel manages itself refuse it and are left',
  why: 'an interrupt stops the benchmark, and its handler evicts code and data from the caches',
  source: DOC,
}

const workqueues: Knob = {
  name: 'workqueues',
  unit: 'mask of CPUs',
  via: 'file',
  files: ['/sys/devices/virtual/workqueue/cpumask'],
  shape: 'mask',
  grammar: defaultAffinity.grammar,
  scope: 'auto',
  wish: (found, scene) => wishAway(parseCpuMask(found.value), scene, formatCpuMask),
  needs: 'root',
  why: 'unbound work of the kernel runs on the other CPUs',
  source: 'https://docs.kernel.org/core-api/workqueue.html#affinity-scopes',
}

function wishIrq(found: SettingReading, scene: TuningContext): Wish {
  return wishAway(parseCpuList(found.value), scene, formatCpuList)
}

/** The found CPUs without the quiet ones; all others when none is left; with two CPUs of one core, only the chosen one is spared. */
function wishAway(
  found: readonly number[] | undefined,
  scene: TuningContext,
  format: (cpus: readonly number[]) => string,
): Wish {
  if (scene.chosen.length === 0) return NO_CPU
  if (!found) return { leave: 'its CPUs could not be read' }
  const candidates = [
    without(found, scene.quiet),
    without(scene.online, scene.quiet),
    without(found, scene.chosen),
    without(scene.online, scene.chosen),
  ]
  const rest = candidates.find(cpus => cpus.length > 0)
  return rest ? { set: format(rest) } : { leave: 'there is no other CPU' }
}

/** In the order of setting: the balancer is stopped before what it would undo. */
export const interruptKnobs: readonly Knob[] = [irqbalance, defaultAffinity, affinity, workqueues]
