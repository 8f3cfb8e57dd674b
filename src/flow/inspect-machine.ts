import * as fs from 'node:fs'
import { failed, success } from '../core/model/result.ts'
import type { MachineState } from '../core/tuning/machine-state.ts'
import { describeNoise } from '../report/words/noise.ts'
import { clientOf } from '../shell/host/client.ts'
import { groupsUnder } from '../shell/host/cpuset.ts'
import { servicesUnder } from '../shell/host/services.ts'
import { settingsUnder } from '../shell/host/settings.ts'
import { findHostAccess } from '../shell/machine/host-access.ts'
import { findHypervisor } from '../shell/machine/hypervisor.ts'
import { ownUserName } from '../shell/machine/own-user.ts'
import { readUnder } from '../shell/machine/vitals.ts'
import type { MachinePort, ToolPort } from '../shell/ports/ports.ts'
import { readKnobStates } from './host/status.ts'
import { readScene } from './host/survey-knobs.ts'

/** Looks at everything that the doctor has advice on; changes nothing. */
export async function inspectMachine(
  machine: Pick<MachinePort, 'noise'>,
  tools: Pick<ToolPort, 'find'>,
  root = '/',
): Promise<MachineState> {
  const settings = settingsUnder(root, fs)
  const ports = {
    settings,
    services: servicesUnder(root, fs),
    groups: groupsUnder(root, fs, () => {}),
    client: clientOf(settings, process.pid),
  }
  const { scene, choice, topology } = readScene(ports)
  const access = findHostAccess()
  const perf = await tools.find('perf')
  return {
    knobs: readKnobStates(ports, scene),
    choice,
    access: access.kind === 'reachable' ? success(access.as) : failed(access.why),
    noise: (await machine.noise()).map(describeNoise),
    online: scene.online,
    smt: topology.cpus.some(({ siblings }) => siblings.length > 1),
    cmdline: readUnder(root, '/proc/cmdline') ?? '',
    virtual: findHypervisor(root) !== undefined,
    user: ownUserName(),
    ...(perf === undefined ? {} : { perf }),
  }
}
