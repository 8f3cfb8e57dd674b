import { formatCpuList } from '../../core/machine/cpu-list.ts'
import type { KnobState } from '../../core/tuning/knob-state.ts'
import type { Advice, MachineState } from '../../core/tuning/machine-state.ts'
import { adviseOnce, describeSettable } from './machine-advice.ts'

/** The doctor's answer on the machine: how it is now, what perf-verdict sets by itself, and what to do once. */
export function describeMachine(state: MachineState): string {
  const settable = describeSettable(state.knobs)
  const once = adviseOnce(state)
  return [
    'This machine',
    ...bullets(describeState(state)),
    '',
    state.access.ok
      ? 'What perf-verdict sets while it measures, and restores'
      : 'What perf-verdict would set while it measures, if it could, and restore',
    ...bullets(
      settable.length > 0 ? settable : ['Nothing: every setting that it knows is as wanted, or not here.'],
    ),
    '',
    'What you should set once',
    ...(once.length > 0
      ? once.flatMap(describeAdvice)
      : bullets(['Nothing: this machine is as good as it gets.'])),
    '',
  ].join('\n')
}

function describeState(state: MachineState): readonly string[] {
  const { choice, access, knobs } = state
  const reach = !access.ok ? undefined : access.value === 'root' ? 'directly, as root' : 'through sudo'
  const named = (kind: KnobState['state']) =>
    knobs.filter(knob => knob.state === kind).map(({ knob }) => knob.name)
  const quiet = named('quiet')
  const absent = named('absent')
  return [
    reach === undefined ? 'It cannot be tuned by this user.' : `It can be tuned ${reach}.`,
    choice.chosen.length > 0
      ? `The benchmark runs on ${choice.because}.`
      : `The benchmark is not pinned: ${choice.because}.`,
    ...(quiet.length > 0 ? [`As wanted already: ${quiet.join(', ')}.`] : []),
    ...knobs
      .filter(knob => knob.state === 'left')
      .map(({ knob, found, why }) =>
        found === undefined
          ? `${knob.name} is left as it is: ${why}.`
          : `${knob.name} stays at ${found}: ${why}.`,
      ),
    ...(absent.length > 0 ? [`Not here: ${absent.join(', ')}.`] : []),
    ...(state.noise.length > 0
      ? state.noise
      : [`Nothing disturbs it right now (CPU ${formatCpuList(state.online)}).`]),
  ]
}

function describeAdvice({ says, command, source }: Advice): readonly string[] {
  return [`  - ${says}`, ...(command === undefined ? [] : [`      ${command}`]), `      Source: ${source}`]
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.map(line => `  - ${line}`)
}

/** A program that a gate can use, and where it is; absent when it is not installed. */
interface FoundTool {
  readonly name: string
  readonly use: string
  readonly debian: string
  readonly path?: string | undefined
}

/** The doctor's lines on programs: those found, and what to install for what. */
export function describeTools(tools: readonly FoundTool[]): readonly string[] {
  const there = tools.filter(({ path }) => path !== undefined)
  const missing = tools.filter(({ path }) => path === undefined)
  return [
    'Programs',
    ...there.map(({ name, path }) => `  - ${name}: ${path}`),
    ...missing.map(
      ({ name, use, debian }) =>
        `  - ${name} is missing; it is used for ${use}. Install it: apt-get install ${debian}`,
    ),
  ]
}
