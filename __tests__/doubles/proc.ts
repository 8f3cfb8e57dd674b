import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Where a link of /proc leads; nothing where it is gone or not ours to read. */
export function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** A file of /proc; nothing where it is gone or not ours to read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Processes, other than this one, in whose working folder, program or arguments a text stands, such as a folder. */
export function processesOf(text: string): readonly string[] {
  return readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid) || pid === `${process.pid}`) return []
    const of = join('/proc', pid)
    const about = [readLink(join(of, 'cwd')), readLink(join(of, 'exe')), readText(join(of, 'cmdline'))]
    return about.some(one => one.includes(text)) ? [`${pid}: ${about.join(' | ')}`] : []
  })
}

/** The process with this script among its arguments that a process started, if there is one. */
export function childOf(parent: number, script: string): number | undefined {
  const pids = readdirSync('/proc').filter(pid => /^\d+$/.test(pid))
  const found = pids.find(
    pid =>
      readText(`/proc/${pid}/status`).includes(`\nPPid:\t${parent}\n`) &&
      readText(`/proc/${pid}/cmdline`).includes(script),
  )
  return found === undefined ? undefined : Number(found)
}
