import { type Choice, chooseWork } from '../../core/counters/choose-work.ts'
import { type Chooser, type Followed, sameWork, startersDiffer } from '../../core/counters/same-work.ts'
import { commandOfAll, isWorthFollowing } from '../../core/counters/worker.ts'
import { SIDES, type Side } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { findWorker } from '../../shell/profilers/follow.ts'
import { failureOf, type ProfiledWorkload, runUnder } from '../../shell/profilers/run-under.ts'
import { traceProcesses } from '../../shell/profilers/trace.ts'
import { type CountJob, countedOn, secondsLeft } from './request.ts'

/** The part of the time that looking for the work may take. */
const LOOKING_SHARE = 0.2
/** Started by itself, a program takes about its time again: far less or more is other work. Starting it costs something too. */
const LEAST_AGAIN = 0.3
const MOST_AGAIN = 3
const START_SECONDS = 0.1

const WHOLE: Followed = { kind: 'whole' }
const NOBODY: Chooser = () => undefined

/** Finds the programs of both sides that do the work, where the command starts them through others, and tries whether they run by themselves. */
export async function followWork(job: CountJob, ports: Pick<Ports, 'sandbox' | 'clock'>): Promise<Followed> {
  const followed = await look(job, ports)
  if (followed.kind !== 'apart') return followed
  if (startersDiffer([followed.choices])) {
    // A launcher's first run may fill a cache; what it takes again is its own.
    const again = await look(job, ports)
    if (again.kind !== 'apart') return again
    if (startersDiffer([followed.choices, again.choices]))
      return { kind: 'bound', why: 'other-starters', choice: again.choices.head }
  }
  for (const side of SIDES) {
    const choice = followed.choices[side]
    if (!(await runsAlone(choice, lookedAt(job, ports, side), ports)))
      return { kind: 'bound', why: 'other-alone', choice }
  }
  return followed
}

async function look(job: CountJob, ports: Pick<Ports, 'sandbox' | 'clock'>): Promise<Followed> {
  const base = await chooserOn(job, ports, 'base')
  // Not looked for a second time where the first was in vain.
  return base ? sameWork({ base, head: (await chooserOn(job, ports, 'head')) ?? NOBODY }) : WHOLE
}

function lookedAt(job: CountJob, { clock }: Pick<Ports, 'clock'>, side: Side): ProfiledWorkload {
  const timeoutSeconds = Math.max(1, LOOKING_SHARE * secondsLeft(job, clock))
  const { trees, plan } = job.request
  return { side, ...countedOn(job, side), tree: trees[side], timeoutSeconds, around: plan.around }
}

async function chooserOn(
  job: CountJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
  side: Side,
): Promise<Chooser | undefined> {
  const workload = lookedAt(job, ports, side)
  const traced = await traceProcesses(ports.sandbox, workload)
  const { tree } = ports.sandbox.placeOf(workload.tree).inside
  if (traced !== 'untraceable') return traced && (scripts => chooseWork(traced, tree, scripts))
  const worker = await findWorker(ports.sandbox, lookedAt(job, ports, side))
  if (!worker) return undefined
  const { seconds, launcherSeconds } = worker
  const name = worker.program.slice(worker.program.lastIndexOf('/') + 1)
  return () => ({
    works: [{ ...worker, name, role: 'program' }],
    built: true,
    seconds: seconds + launcherSeconds,
    startSeconds: launcherSeconds,
    preludeSeconds: launcherSeconds,
    worthwhile: isWorthFollowing(worker),
    starters: [],
  })
}

/** Whether the work, started by itself, ends well and takes about the time that it took before. */
async function runsAlone(
  { works, seconds, startSeconds }: Choice,
  workload: ProfiledWorkload,
  { sandbox }: Pick<Ports, 'sandbox'>,
): Promise<boolean> {
  const ran = await runUnder(sandbox, [], { ...workload, command: commandOfAll(works) })
  if (failureOf(ran) !== undefined) return false
  const before = seconds - startSeconds
  const again = ran.job.cpuSeconds
  if (again === undefined) return true
  return again >= LEAST_AGAIN * before && again <= MOST_AGAIN * before + START_SECONDS * works.length
}
