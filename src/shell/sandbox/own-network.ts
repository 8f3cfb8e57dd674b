import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { closingCommands, noOwnNetwork } from '../../core/sandbox/own-network.ts'
import { endChild } from '../jobs/processes.ts'
import { tools } from '../tools/tools.ts'

/** A network of one job's own with a way out to the machine's, without its loopback and without the addresses that are closed. */
export interface OwnNetwork {
  /** The words that start a command in it, as root of the namespace of users that it belongs to. */
  readonly enter: readonly string[]
  close(): Promise<void>
}

const TOOLS = ['slirp4netns', 'unshare', 'nsenter', 'setpriv', 'ip'] as const

/** A way to make such networks as an ordinary user, tried once; or why there is none. */
export async function findOwnNetwork(): Promise<(() => Promise<OwnNetwork>) | string> {
  const found = await Promise.all(TOOLS.map(findAnywhere))
  const missing = TOOLS.find((_, index) => found[index] === undefined)
  if (missing !== undefined) return `${missing} is not installed`
  const why = noOwnNetwork(process.env, readFileSync('/proc/net/route', 'utf8'))
  if (why !== undefined) return why
  const open = () => openOwnNetwork(found as readonly string[])
  try {
    const network = await open()
    await network.close()
    return open
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function findAnywhere(name: string): Promise<string | undefined> {
  for (const path of [name, `/usr/sbin/${name}`, `/sbin/${name}`]) {
    const found = await tools.find(path)
    if (found !== undefined) return found
  }
  return undefined
}

const HOLD =
  'ip=$1; while IFS= read -r words; do "$ip" $words || exit 1; done; echo closed; exec sleep 2147483647'
const PATIENCE_MILLISECONDS = 5000

async function openOwnNetwork([
  slirp,
  unshare,
  nsenter,
  setpriv,
  ip,
]: readonly string[]): Promise<OwnNetwork> {
  // When the gate is killed, the kernel ends both (prctl(2), PR_SET_PDEATHSIG); slirp4netns ends too when its pipe does.
  const dies = [setpriv!, '--pdeathsig', 'KILL', '--']
  const holder = start([
    ...dies,
    unshare!,
    '--user',
    '--map-root-user',
    '--net',
    '--',
    ...dies,
    '/bin/sh',
    '-c',
    HOLD,
    'hold',
    ip!,
  ])
  holder.stdin!.on('error', () => {})
  holder.stdin!.end(
    closingCommands()
      .map(words => `${words.join(' ')}\n`)
      .join(''),
  )
  try {
    await said(holder, holder.stdout!)
    const options = ['--configure', '--mtu=65520', '--disable-host-loopback', '--ready-fd=3', '--exit-fd=4']
    const way = start([...dies, slirp!, ...options, `${holder.pid}`, 'tap0'], ['pipe', 'pipe'])
    const close = async () => {
      await endChild(way)
      await endChild(holder)
    }
    try {
      await said(way, way.stdio[3] as Readable)
    } catch (error) {
      await close()
      throw error
    }
    const at = (name: string) => `/proc/${holder.pid}/ns/${name}`
    const enter = [nsenter!, `--user=${at('user')}`, `--net=${at('net')}`, '--preserve-credentials', '--']
    return { enter, close }
  } catch (error) {
    await endChild(holder)
    throw error
  }
}

function start([file, ...args]: readonly string[], more: readonly 'pipe'[] = []): ChildProcess {
  const child = spawn(file!, args, {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['pipe', 'pipe', 'pipe', ...more],
    detached: true,
  })
  for (const stream of child.stdio) stream?.on('error', () => {})
  child.stdout!.resume()
  return child
}

/** Waits for the first word of a child, and throws with what it said instead. */
async function said(child: ChildProcess, stream: Readable): Promise<void> {
  let errors = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const gone = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('close', () => resolve(errors.trim().split('\n').at(-1) || `${child.spawnfile} ended`))
    setTimeout(resolve, PATIENCE_MILLISECONDS, `${child.spawnfile} did not get ready`).unref()
  })
  const word = await Promise.race([once(stream, 'data').then(() => undefined), gone])
  if (word !== undefined) throw new Error(word)
}
