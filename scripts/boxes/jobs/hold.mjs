import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { start } from './gate.mjs'

export const COMMAND = '/usr/local/sbin/perf-verdict-host'

/** Starts a hold, as root or through sudo as a user; `ready` is its event of that name, or undefined when it ends without. */
export function startHold(profile, user) {
  const words = [...(user === undefined ? [] : ['sudo', '-n']), COMMAND, 'hold', profile]
  const child = start(words, { user })
  const events = []
  const ended = new Promise(resolve => child.on('close', resolve))
  const ready = new Promise(resolve => {
    createInterface({ input: child.stdout }).on('line', line => {
      events.push(line)
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line))
    })
    void ended.then(() => resolve(undefined))
  })
  child.stdin.on('error', () => undefined)
  const end = async () => {
    child.stdin.end()
    await ended
  }
  return { ready, ended, end, events }
}

/** Kills the installed host process itself, which sudo keeps apart from the caller; says whether there was one. */
export function killHost() {
  const found = readdirSync('/proc').filter(name => /^\d+$/.test(name) && isHost(name))
  for (const id of found) process.kill(Number(id), 'SIGKILL')
  return found.length > 0
}

function isHost(id) {
  try {
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
    return words[1] === '/usr/local/lib/perf-verdict/host.js' && words[2] === 'hold'
  } catch {
    return false
  }
}
