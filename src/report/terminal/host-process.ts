import { counted } from '../../core/text/text.ts'
import { HOOK_FILE, INSTALLED_COMMAND } from '../../core/tuning/installation.ts'

/** The sentences of the host process, for the job that asked and for `perf-verdict host`. */

/** Another process holds the machine. */
export const heldBy = (holder: string): string => `The machine is held by ${holder}.`

/** Another process held it longer than a job waits. */
export const stillHeldBy = (holder: string): string =>
  `The machine is still held by ${holder}; wait for it to end, or run fewer jobs on it.`

/** Nobody holds it. */
export const NOT_HELD = 'Nobody holds the machine.'

/** The lock is not available: for a person, and for a job. */
export const noLock = (why: string): string => `The lock cannot be taken: ${why}.`

/** There is no lock, so that nothing is tuned. */
export const noMachineLock = (why: string): string => `The machine-wide lock cannot be taken: ${why}.`

/** What the journal of found values is in the way of, or holds. */
export type JournalState =
  | { readonly kind: 'stuck' | 'unwritten'; readonly trouble: string }
  | { readonly kind: 'blocks' | 'unreadable'; readonly why: string }
  | {
      readonly kind: 'holds'
      readonly settings: number
      readonly pid: number
      readonly startedAt: string
    }

/** The state of the journal at a path. */
export function journalSentence(path: string, state: JournalState): string {
  switch (state.kind) {
    case 'stuck':
      return `The journal ${path} could not be removed (${state.trouble}); remove it by hand.`
    case 'unwritten':
      return `The journal ${path} could not be written (${state.trouble}).`
    case 'blocks':
      return `The journal ${path} is not to be trusted (${state.why}), so nothing is tuned; compare the settings that it names with what they should be, then remove it.`
    case 'unreadable':
      return `The journal ${path} is not to be trusted: ${state.why}.`
    case 'holds':
      return `The journal ${path} names ${counted(state.settings, 'setting')} changed by process ${state.pid} at ${state.startedAt}, which restores what it changed when it ends; if it is gone, run: perf-verdict host recover.`
  }
}

/** Nothing waits to be restored: by the journal, and after a look for what a crash left. */
export const NOTHING_WAITS = 'No settings wait to be restored.'
export const NOTHING_LEFT = 'Nothing was left to restore.'

/** A journal from before the machine was started. */
export const JOURNAL_OF_EARLIER_BOOT =
  'A journal of an earlier boot was dropped: the boot reset its settings.'

/** No journal can be written. */
export const NO_BOOT_ID = 'The kernel does not give its boot id, without which no journal is safe.'

/** What a crash left is restored. */
export const restoredSettings = (
  count: number,
  left: { readonly pid: number; readonly startedAt: string },
): string =>
  `Restored ${counted(count, 'setting')} left by process ${left.pid}, which did not end well after ${left.startedAt}.`

/** Where the benchmark would run; the clause comes from the choice of CPUs. */
export const wouldRunOn = (pinned: boolean, because: string): string =>
  pinned ? `The benchmark would run on ${because}.` : `The benchmark would not be pinned: ${because}.`

/** Why a setting was not set, did not last or was not restored, as a clause. */
export const SETTING_FAULT = {
  'client-gone': 'the process that asked is gone',
  'no-effect': 'the write had no effect',
  'partition-lost':
    'the partition did not last until the end, so some rounds may have shared their CPUs with other programs',
} as const

/** A setting that the kernel took and changed. */
export const madeOtherwise = (present: string | undefined, wanted: string): string =>
  `the kernel made it ${present ?? 'something unreadable'} instead of ${wanted}`

/** A setting whose file says nothing that can be used. */
export const settingUnread = (path: string, fault: string | undefined): string =>
  fault === undefined ? `${path} holds nothing that is known` : `${path} cannot be read (${fault})`

/** The command needs root. */
export const needsRoot = (verb: string): string => `host ${verb} must run as root; put sudo before it.`

/** The distribution is not whole. */
export const SCRIPT_MISSING = 'The host script is missing from this distribution; build it (npm run build).'

/** What was installed, and what went wrong. */
export function installText(
  { done, troubles }: { readonly done: readonly string[]; readonly troubles: readonly string[] },
  user: string,
): string {
  return [
    ...done.map(path => `wrote ${path}`),
    ...troubles,
    ...(troubles.length > 0 ? [] : [`${user} may now run: sudo -n ${INSTALLED_COMMAND} hold|recover|status`]),
    `To recover before each job as well, add to the runner's .env: ACTIONS_RUNNER_HOOK_JOB_STARTED=${HOOK_FILE}`,
    '',
  ].join('\n')
}

/** What was removed, and what went wrong. */
export function uninstallText({
  done,
  troubles,
}: {
  readonly done: readonly string[]
  readonly troubles: readonly string[]
}): string {
  if (done.length === 0 && troubles.length === 0) return 'Nothing was installed.\n'
  return `${[...done.map(path => `removed ${path}`), ...troubles].join('\n')}\n`
}
