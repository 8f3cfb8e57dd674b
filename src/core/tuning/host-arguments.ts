import type { CpuCount } from '../machine/cpu-choice.ts'
import { type Failure, failed, type Result, success } from '../model/result.ts'
import { isUserName } from './installation.ts'
import { parseProfile, type TuningProfile } from './knobs/profile.ts'

/** What the host process is asked to do; none of it names a setting's path or value. */
export type HostRequest =
  | { readonly verb: 'hold'; readonly profile: TuningProfile; readonly cpus: CpuCount }
  | { readonly verb: 'recover'; readonly json: boolean }
  | { readonly verb: 'status' }
  | { readonly verb: 'install'; readonly user: string; readonly prefix: string }
  | { readonly verb: 'uninstall'; readonly prefix: string }

const HOST_USAGE = `perf-verdict host: use one of
  hold PROFILE [CPUS]               tune, say ready, hold until standard input closes, put everything back
                                    (PROFILE: auto, required, or names of knobs divided by commas;
                                    CPUS for the benchmark: a number, else 1, or all)
  recover [--json]                  restore what a killed run left
  status                            who holds the machine, and every setting as it is and as it would be
  install [--user NAME]             let NAME (else the user of sudo) use hold, recover and status through sudo
  uninstall                         remove what install wrote
  (install and uninstall take --prefix DIR to work on another root folder)`

/** Reads the arguments of the host command; faults say what is wrong with them. */
export function readArguments(
  args: readonly string[],
  caller: { readonly sudoUser?: string },
): Result<HostRequest, readonly string[]> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'hold':
      return readHold(rest)
    case 'recover': {
      const json = rest[0] === '--json'
      return rest.length === (json ? 1 : 0) ? success({ verb, json }) : usage('recover takes only --json')
    }
    case 'status':
      return rest.length === 0 ? success({ verb }) : usage('status takes no arguments')
    case 'install':
    case 'uninstall':
      return readInstall(verb, rest, caller.sudoUser)
    default:
      if (verb === undefined) return usage('host needs a word that says what to do')
      return usage(`host does not know ${JSON.stringify(verb.slice(0, 40))}`)
  }
}

function readHold(rest: readonly string[]): Result<HostRequest, readonly string[]> {
  const [text, count = '1', ...more] = rest
  if (text === undefined || more.length > 0) return usage('hold takes a PROFILE and a number of CPUS')
  if (count !== 'all' && !/^[1-9]\d{0,4}$/.test(count)) return usage('CPUS must be a number or all')
  const profile = parseProfile(text)
  const cpus = count === 'all' ? count : Number(count)
  return profile.ok ? success({ verb: 'hold', profile: profile.value, cpus }) : profile
}

function readInstall(
  verb: 'install' | 'uninstall',
  rest: readonly string[],
  sudoUser: string | undefined,
): Result<HostRequest, readonly string[]> {
  const options = new Map<string, string>()
  for (let index = 0; index < rest.length; index += 2) {
    const [name, value] = [rest[index]!, rest[index + 1]]
    const known = name === '--prefix' || (name === '--user' && verb === 'install')
    if (!known || value === undefined || options.has(name))
      return usage(`${verb} does not understand ${name}`)
    options.set(name, value)
  }
  const prefix = options.get('--prefix') ?? '/'
  if (!prefix.startsWith('/')) return usage('--prefix must be an absolute path')
  if (verb === 'uninstall') return success({ verb, prefix })
  const user = options.get('--user') ?? sudoUser
  if (user === undefined) return usage('install needs --user NAME, the user that the runner works as')
  if (!isUserName(user))
    return usage(`${JSON.stringify(user.slice(0, 40))} is not a user name that sudoers can hold`)
  return success({ verb, user, prefix })
}

function usage(fault: string): Failure<readonly string[]> {
  return failed([`${fault}.\n${HOST_USAGE}`])
}
