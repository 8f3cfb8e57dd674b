import { createConnection } from 'node:net'
import {
  CLOSED_RANGES,
  nameServersIn,
  ruleAgainst,
  ruleForNames,
  rulesFor,
  tableAgainst,
  tableFor,
  tablesIn,
  type UserRange,
} from '../../core/sandbox/cloud-addresses.ts'
import type { AddressesOpen, Weakness } from '../../core/sandbox/weakness.ts'
import { ALL_JOB_USERS, isTaken, type JobUsers } from '../jobs/job-user.ts'
import { textOf } from '../jobs/readings.ts'
import type { ToolPort } from '../ports/ports.ts'
import { tools } from '../tools/tools.ts'
import type { OwnNetwork } from './own-network.ts'

/** How far the addresses of the machine's cloud are closed to jobs that have the machine's network. */
export interface ClosedAddresses {
  /** What is not closed. */
  readonly weaknesses: readonly Weakness[]
  /** Whether our rules close them, which a socket that is bound to a device gets around unless system calls are filtered. */
  readonly byRules: boolean
  /** Closes them to sockets that are bound to a device too; false where there is no firewall of the kernel's to do it by. */
  readonly onDevices?: () => Promise<boolean>
  /** Makes a network for one job in which they are closed, where that is how. */
  readonly ownNetwork?: () => Promise<OwnNetwork>
  /** Takes our rules away again. */
  open(): Promise<void>
}

/**
 * Closes these addresses to the users of jobs, by rules of the kernel's routing that name them: no other program of the machine notices, no
 * firewall is needed, and rules that a killed gate leaves are about users that nobody has. Asks the kernel afterwards, because rules of the
 * machine's own may come first.
 */
export async function closeAddresses({ all }: JobUsers): Promise<ClosedAddresses> {
  const ip = await findIp()
  if (ip === undefined) return notClosed({ rule: 'no-tool' })
  const ids = all.map(({ uid }) => uid)
  const users = { first: Math.min(...ids), last: Math.max(...ids) }
  const run = (...args: readonly string[]) => tools.run({ file: ip, args })
  await sweepAddresses()
  const nft = await findTool('nft')
  let hasTable = false
  const open = async () => {
    for (const family of FAMILIES) await removeRules(run, family, users)
    if (nft && hasTable) await tools.run({ file: nft, args: ['delete', 'table', 'inet', tableFor(users)] })
  }
  const names = nameServersIn(textOf('/etc/resolv.conf'))
  for (const { family, address } of names) {
    const { code } = await run(`-${family}`, 'rule', 'add', ...ruleForNames(address, users))
    if (code === 0) continue
    await open()
    return notClosed({ rule: 'names', address })
  }
  for (const closed of CLOSED_RANGES)
    await run(`-${closed.family}`, 'rule', 'add', ...ruleAgainst(closed, users))
  const left: string[] = []
  for (const { family, range, probe } of CLOSED_RANGES) {
    // Without a way there at all it is closed too.
    const { code } = await run(`-${family}`, 'route', 'get', probe, 'uid', `${users.first}`)
    if (code === 0) left.push(range)
  }
  const onDevices = async () => {
    if (nft === undefined) return false
    const { code } = await tools.run({ file: nft, args: ['--file', '-'], input: tableAgainst(users, names) })
    hasTable = code === 0
    return hasTable
  }
  return {
    weaknesses: left.length === 0 ? [] : [leftOpen({ rule: 'own-rules', ranges: left })],
    byRules: left.length === 0,
    onDevices,
    open,
  }
}

/** Takes away the rules of gates that are no longer there. */
export async function sweepAddresses(): Promise<void> {
  const nft = await findTool('nft')
  if (nft) {
    const { stdout } = await tools.run({ file: nft, args: ['list', 'tables'] })
    for (const users of tablesIn(stdout))
      if (!isTaken(users.first))
        await tools.run({ file: nft, args: ['delete', 'table', 'inet', tableFor(users)] })
  }
  const ip = await findIp()
  if (ip === undefined) return
  const run = (...args: readonly string[]) => tools.run({ file: ip, args })
  for (const family of FAMILIES) await removeRules(run, family, ALL_JOB_USERS, users => !isTaken(users.first))
}

/** The tool for routing, which is in a folder that ordinary users do not search. */
async function findIp(): Promise<string | undefined> {
  // Every one of our tools is run by it.
  if ((await tools.find('timeout')) === undefined) return undefined
  return findTool('ip')
}

async function findTool(name: string): Promise<string | undefined> {
  for (const path of [name, `/usr/sbin/${name}`, `/sbin/${name}`]) {
    const found = await tools.find(path)
    if (found !== undefined) return found
  }
  return undefined
}

const FAMILIES = ['4', '6'] as const

async function removeRules(
  run: (...args: readonly string[]) => ReturnType<ToolPort['run']>,
  family: string,
  users: UserRange,
  wanted: (users: UserRange) => boolean = () => true,
): Promise<void> {
  const { stdout } = await run(`-${family}`, 'rule', 'show')
  for (const rule of rulesFor(stdout, users))
    if (wanted(rule.users)) await run(`-${family}`, 'rule', 'del', ...rule.words)
}

/** For an ordinary user without networks of jobs' own, who cannot close anything: whether there is something to close. */
export async function askAddresses(noOwn: string): Promise<ClosedAddresses> {
  const answers = await Promise.all(CLOSED_RANGES.map(({ probe }) => answersAt(probe)))
  const answering = CLOSED_RANGES.filter((_, index) => answers[index]).map(({ probe }) => probe)
  return notClosed({ rule: 'no-right', noOwn, answering })
}

const notClosed = (because: AddressesOpen): ClosedAddresses => ({
  weaknesses: [leftOpen(because)],
  byRules: false,
  open: async () => {},
})

/** Each job has a network of its own, by slirp4netns(1), in which rules close them. */
export const BY_OWN_NETWORK: ClosedAddresses = { weaknesses: [], byRules: true, open: async () => {} }

/** Nothing is closed, and nothing needs to be. */
export const NOTHING_TO_CLOSE: ClosedAddresses = { weaknesses: [], byRules: false, open: async () => {} }

/** What is left open where system calls are not filtered. */
export async function aroundRules({ byRules, onDevices }: ClosedAddresses): Promise<readonly Weakness[]> {
  return byRules && !(await onDevices?.()) ? [{ kind: 'addresses-by-routes-alone' }] : []
}

const leftOpen = (because: AddressesOpen): Weakness => ({ kind: 'addresses-open', because })

const PATIENCE_MILLISECONDS = 300

/** Whether anything is there; a refusal is an answer too. */
function answersAt(host: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ host, port: 80, timeout: PATIENCE_MILLISECONDS })
    const say = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => say(true))
    socket.once('timeout', () => say(false))
    socket.once('error', (error: NodeJS.ErrnoException) => say(error.code === 'ECONNREFUSED'))
  })
}
