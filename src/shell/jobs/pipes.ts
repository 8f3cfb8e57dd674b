import { closeSync, constants, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Wrapper } from './wrapper.ts'

/** Writes a list where it is another one than the last time; nobody else writes to the folder. */
export function writer(folder: string): (name: string, list: readonly string[]) => void {
  const written = new Map<string, string>()
  return (name, list) => {
    if (list.some(word => word.includes('\0'))) throw new Error(`${name} of a job hold a null byte`)
    const text = list.map(word => `${word}\0`).join('')
    if (written.get(name) === text) return
    const file = join(folder, name)
    // A new file each time: what is written over, ext4 would write to the disk at once (auto_da_alloc in ext4(5)).
    rmSync(file, { force: true })
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    written.set(name, text)
  }
}

/** What a job and the gate have between them. */
export type Pipes = Pick<Wrapper, 'stdout' | 'stderr' | 'ready' | 'go' | 'close'>

/** Our ends of the named pipes: they are open before the job opens its own, which would wait for them. */
export function openPipes(folder: string): Pipes {
  const opened: number[] = []
  const open = (name: string, how: number) => {
    const descriptor = openSync(join(folder, name), how | constants.O_NONBLOCK)
    opened.push(descriptor)
    return descriptor
  }
  try {
    const read = ['out', 'err', 'ready'].map(name => open(name, constants.O_RDONLY))
    // To be written before anybody reads, it has to be open for reading too (fifo(7)).
    return pipesOf(read, open('go', constants.O_RDWR))
  } catch (error) {
    for (const descriptor of opened) closeSync(descriptor)
    throw error
  }
}

function pipesOf(read: readonly number[], go: number): Pipes {
  const sockets = read.map(fd => new Socket({ fd, writable: false }))
  const [stdout, stderr, said] = sockets as [Socket, Socket, Socket]
  let word: number | undefined = go
  const shut = () => {
    if (word !== undefined) closeSync(word)
    word = undefined
  }
  for (const socket of sockets) socket.on('error', () => {})
  return {
    stdout,
    stderr,
    ready: new Promise<boolean>(resolve => {
      said.once('data', () => resolve(true))
    }),
    go() {
      if (word !== undefined) writeSync(word, 'go\n')
      // The job has it open, and what is in it stays there for as long.
      shut()
    },
    close() {
      shut()
      for (const socket of sockets) socket.destroy()
    },
  }
}
