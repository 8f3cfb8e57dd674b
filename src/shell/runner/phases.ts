import type { LogPort } from '../ports/ports.ts'

/** Where the lines of a log go. */
export interface LogOut {
  /** Opens and closes a part that folds; both do nothing where nothing folds. */
  open(title: string): void
  close(): void
  line(text: string): void
}

/** How phases are shown. */
export interface PhasesSetup {
  /** A clock in seconds. */
  readonly now?: () => number
  /** Whether somebody sees `now` all the time, so that no line need say that work goes on. */
  readonly silent?: boolean
}

/** How long a log may be silent, in seconds. */
const SILENCE_SECONDS = 10

/**
 * Groups of a log, one a phase. A runner folds no group in another, so that a phase within a phase is a line of it. A title says when
 * the phase began, because it is printed before anybody can know how long it takes; its last line says that. Whatever takes longer
 * than ten seconds without a word is reported as still under way, with what is being done and how long it may take.
 */
export function openPhases(
  out: LogOut,
  { now = () => performance.now() / 1000, silent = false }: PhasesSetup = {},
): Pick<LogPort, 'group' | 'doing'> & {
  /** Takes note that something was reported. */
  spoke(): void
  /** What is being done, and how long for, in a few words. */
  now(): string
} {
  const start = now()
  const phases: string[] = []
  let doing: { readonly what: string; readonly since: number; readonly limitSeconds?: number } | undefined
  let spoken = start
  const say = (text: string) => {
    spoken = now()
    out.line(text)
  }
  const current = () => {
    const { what, since, limitSeconds } = doing ?? { what: phases.at(-1) ?? '', since: spoken }
    const left =
      limitSeconds === undefined ? '' : `, at most ${duration(limitSeconds - (now() - since))} left`
    return what === '' ? '' : `${what} (${duration(now() - since)} so far${left})`
  }
  const beat = () => {
    if (!silent && now() - spoken >= SILENCE_SECONDS - 1) say(`still at it: ${current()}`)
  }
  return {
    now: current,
    spoke: () => {
      spoken = now()
    },
    doing: (what, limitSeconds) => {
      doing = { what, since: now(), ...(limitSeconds !== undefined && { limitSeconds }) }
    },
    group: async (title, work) => {
      const began = now()
      const outer = phases.length === 0
      const timer = outer ? setInterval(beat, 1000) : undefined
      timer?.unref()
      if (outer) out.open(`${title} (after ${duration(began - start)})`)
      else say(`${title}:`)
      phases.push(title)
      doing = { what: title, since: began }
      try {
        return await work()
      } finally {
        phases.pop()
        doing = undefined
        clearInterval(timer)
        say(`${title} took ${duration(now() - began)}`)
        if (outer) out.close()
      }
    },
  }
}

function duration(seconds: number): string {
  const rounded = Math.round(Math.max(0, seconds))
  return rounded < 60
    ? `${seconds < 9.95 ? Math.max(0, seconds).toFixed(1) : rounded} s`
    : `${Math.floor(rounded / 60)} min ${rounded % 60} s`
}
