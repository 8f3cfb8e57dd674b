import { type CounterProbe, isClosed, opensWhileTuned } from '../core/counters/probe.ts'
import { type Readiness, readinessOf } from '../core/machine/readiness.ts'
import { InputError } from '../core/model/errors.ts'
import type { Limitation } from '../core/model/report.ts'
import type { MachineState } from '../core/tuning/machine-state.ts'
import { probeCounters } from '../flow/count/probe-counters.ts'
import { inspectMachine } from '../flow/inspect-machine.ts'
import { describeCounters } from '../report/doctor/counters-probe.ts'
import { describeMachine, describeTools } from '../report/doctor/machine.ts'
import { describeReadiness } from '../report/doctor/readiness.ts'
import { noPlace, weaknessLimitation } from '../report/limitations/sandbox.ts'
import { limitationSentence } from '../report/words/measured.ts'
import { openPorts } from '../shell/open-ports.ts'
import type { SandboxPort } from '../shell/ports/ports.ts'
import { terminal } from '../shell/runner/terminal.ts'

/** Exit codes: the machine can gate on times, on instructions only, or not yet. */
const EXIT: Readonly<Record<Readiness['verdict'], number>> = { times: 0, instructions: 1, 'not-ready': 3 }

/** Says what this machine can do for a gate, and how to get what is missing; changes nothing. Returns the exit code. */
export async function doctor(json: boolean): Promise<number> {
  const { outside, close } = await openPorts(terminal)
  try {
    const { sandbox, limitations } = await openBest(outside)
    const machine = await inspectMachine(outside.machine, outside.tools)
    const probe = await probeCounters({ ...outside, sandbox })
    const found = await Promise.all(
      TOOLS.map(async tool => ({ ...tool, path: await outside.tools.find(tool.name) })),
    )
    const readiness = readinessOf({
      chosenCpus: machine.choice.chosen.length,
      virtual: machine.virtual,
      tunable: machine.access.ok,
      noise: machine.noise,
      isolation: sandbox.isolation,
      hardwareCounters: probe.hardware,
      countersWhileTuned: machine.access.ok && opensWhileTuned(probe),
      countersClosed: isClosed(probe),
      simulation: probe.valgrind !== undefined,
      missing: found.filter(({ path }) => path === undefined),
    })
    const told = json
      ? JSON.stringify(
          asJson({ readiness, machine, isolation: { level: sandbox.isolation, limitations }, probe, found }),
          null,
          2,
        )
      : [
          describeReadiness(readiness),
          describeMachine(machine),
          'Where code of the pull request runs',
          `  - isolation: ${sandbox.isolation}`,
          ...limitations.map(limitation => `  - ${limitationSentence(limitation)}`),
          '',
          'What can be counted',
          ...describeCounters(probe).map(line => `  - ${line}`),
          '',
          ...describeTools(found),
        ].join('\n')
    process.stdout.write(`${told}\n`)
    return EXIT[readiness.verdict]
  } finally {
    await close()
  }
}

/**
 * The best place that the machine gives to code of a pull request. Where it gives none, which ends a gate, doctor has to say just that: it runs
 * nothing but its own loop.
 */
async function openBest({
  isolate,
}: Pick<Awaited<ReturnType<typeof openPorts>>['outside'], 'isolate'>): Promise<{
  readonly sandbox: SandboxPort
  readonly limitations: readonly Limitation[]
}> {
  try {
    const sandbox = await isolate({ level: 'auto' })
    return { sandbox, limitations: sandbox.weaknesses.map(weaknessLimitation) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const sandbox = await isolate({ level: 'off' })
    return { sandbox, limitations: error.faults.map(noPlace) }
  }
}

/** What was found, for programs: the verdict first, and the facts it rests on. */
function asJson(all: {
  readonly readiness: Readiness
  readonly machine: MachineState
  readonly isolation: { readonly level: string; readonly limitations: readonly Limitation[] }
  readonly probe: CounterProbe
  readonly found: readonly { readonly name: string; readonly path?: string | undefined }[]
}) {
  const { readiness, machine, isolation, probe, found } = all
  return {
    ...readiness,
    machine: {
      cpus: machine.online,
      chosen: machine.choice.chosen,
      virtual: machine.virtual,
      smt: machine.smt,
      tunable: machine.access.ok,
      noise: machine.noise,
    },
    isolation,
    counters: {
      processor: probe.cpu.name,
      hardware: probe.hardware,
      events: probe.roles.map(({ role, event, tried }) => ({ role, event: event ?? null, tried })),
      valgrind: probe.valgrind?.version ?? null,
      limitations: probe.limitations,
    },
    tools: Object.fromEntries(found.map(({ name, path }) => [name, path ?? null])),
  }
}

const TOOLS = [
  { name: 'git', use: 'finding the merge base', debian: 'git', required: true },
  { name: 'bash', use: 'running commands', debian: 'bash', required: true },
  {
    name: 'bwrap',
    use: 'keeping code of a pull request apart, many times faster than util-linux does',
    debian: 'bubblewrap',
    required: false,
  },
  {
    name: 'slirp4netns',
    use: "closing a cloud's addresses to builds of an ordinary user",
    debian: 'slirp4netns',
    required: false,
  },
  { name: 'cc', use: 'layout trials of C programs', debian: 'gcc', required: false },
  { name: 'mold', use: 'layout trials, the best linker for them', debian: 'mold', required: false },
  { name: 'ld.lld', use: 'layout trials', debian: 'lld', required: false },
  { name: 'ld.gold', use: 'layout trials', debian: 'binutils-gold', required: false },
  { name: 'ld', use: 'layout trials, through a linker script', debian: 'binutils', required: false },
  { name: 'perf', use: 'hardware counters and profiles', debian: 'linux-perf', required: false },
  { name: 'valgrind', use: 'simulated counters where there is no PMU', debian: 'valgrind', required: false },
  { name: 'c++filt', use: 'readable C++ and Rust names', debian: 'binutils', required: false },
] as const
