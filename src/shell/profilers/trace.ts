import { readdir } from 'node:fs/promises'
import { readProcesses, type SeenProcess } from '../../core/counters/process-record.ts'
import { benchmarkWords } from '../../core/harness/arrange.ts'
import { readUntrusted } from '../files/untrusted-file.ts'
import type { SandboxPort } from '../ports/ports.ts'
import { type ProfiledWorkload, runBeside, runMeasured, scratchName } from './run-under.ts'
import { TRACER } from './tracer.ts'

const CAP_BYTES = 32 * 1024 * 1024
/** What perl, a shell without it, and the tracer say where nothing can be traced. */
const NO_TRACE = [124, 125, 126, 127]

/** What one run of a workload started; `untraceable` where this machine does not let us see it, nothing where the run itself failed. */
export async function traceProcesses(
  sandbox: SandboxPort,
  workload: ProfiledWorkload,
): Promise<readonly SeenProcess[] | 'untraceable' | undefined> {
  const place = sandbox.placeOf(workload.tree)
  const name = scratchName('trace')
  const folder = `${place.inside.scratch}/${name}`
  const start = 'dir=$1; code=$2; shift 2; mkdir "$dir" && exec perl -e "$code" -- "$dir" "$@"'
  const words = [folder, TRACER, place.inside.tree, ...benchmarkWords(workload.command)]
  const { code, timedOut } = await runMeasured(sandbox, ['sh', '-c', start, 'sh', ...words], workload)
  const text = await readUntrusted(`${place.scratch}/${name}`, 'processes', CAP_BYTES)
  const processes = readProcesses(text ?? '')
  const kept = await readdir(`${place.scratch}/${name}/kept`).catch((): string[] => [])
  const unneeded = kept.length === 0 ? folder : `${folder}/processes`
  await runBeside(sandbox, ['rm', '-rf', '--', unneeded], workload)
  if (timedOut || processes) return code === 0 && !timedOut ? processes : undefined
  return code !== null && NO_TRACE.includes(code) ? 'untraceable' : undefined
}
