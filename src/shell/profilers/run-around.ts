import { benchmarkWords } from '../../core/harness/arrange.ts'
import type { Around, AroundStep } from '../../core/model/around.ts'
import type { Job, JobOutcome, SandboxPort } from '../ports/ports.ts'

/** What a step printed is kept for its last lines only. */
const STEP_OUTPUT_BYTES = 64 * 1024

/**
 * Runs a job of a benchmark between its `prepare` and its `conclude`, each a job of its own in the same place. The outcome and its
 * times are the job's; those of a step that failed take their place. What was prepared is concluded however the run ended.
 */
export async function runAround(
  sandbox: Pick<SandboxPort, 'run'>,
  job: Job,
  { prepare, conclude }: Around,
): Promise<JobOutcome> {
  const before = prepare === undefined ? undefined : await runStep(sandbox, job, ['prepare', prepare])
  const outcome = before ?? (await sandbox.run(job))
  const after = conclude === undefined ? undefined : await runStep(sandbox, job, ['conclude', conclude])
  return endedWell(outcome) ? (after ?? outcome) : outcome
}

/** The outcome of a step that failed; undefined when it ended well. */
async function runStep(
  sandbox: Pick<SandboxPort, 'run'>,
  { tree, cwd, env, timeoutSeconds }: Job,
  [step, command]: readonly [AroundStep, string],
): Promise<JobOutcome | undefined> {
  const outcome = await sandbox.run({
    argv: benchmarkWords(command),
    tree,
    ...(cwd !== undefined && { cwd }),
    env,
    timeoutSeconds,
    outputCap: STEP_OUTPUT_BYTES,
  })
  return endedWell(outcome) ? undefined : { ...outcome, failedStep: step }
}

const endedWell = ({ code, timedOut }: JobOutcome): boolean => code === 0 && !timedOut
