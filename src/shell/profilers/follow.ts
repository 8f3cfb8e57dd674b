import { readdir } from 'node:fs/promises'
import { type Worker, workerOf } from '../../core/counters/worker.ts'
import { benchmarkWords } from '../../core/harness/arrange.ts'
import { readUntrusted } from '../files/untrusted-file.ts'
import type { SandboxPort } from '../ports/ports.ts'
import { type ProfiledWorkload, runBeside, runMeasured, scratchName } from './run-under.ts'

/**
 * Runs the workload and looks fifty times a second which process of its session has had the most processor time (proc(5), stat:
 * utime, stime, cutime, cstime), keeping its program, words, folder and environment as the kernel has them. A program that is neither of
 * the system nor in the work tree may be gone afterwards (\`go run\` builds one for the run): it is copied while it runs.
 */
const WATCH = `dir=$1; tree=$2; shift 2
own=$(cut -d' ' -f6 /proc/$$/stat)
"$@" >/dev/null 2>&1 </dev/null &
root=$!
most=-1; who=; program=; since=0
while kill -0 "$root" 2>/dev/null; do
  for each in /proc/[0-9]*; do
    pid=\${each#/proc/}
    [ "$pid" = "$$" ] && continue
    { read -r line <"$each/stat"; } 2>/dev/null || continue
    set -- \${line##*) }
    [ "$4" = "$own" ] || continue
    time=$((\${12} + \${13}))
    [ "$time" -ge "$most" ] || continue
    now=$(readlink "$each/exe" 2>/dev/null) || continue
    if [ "$pid" != "$who" ] || [ "$now" != "$program" ]; then
      { [ "$pid" = "$who" ] && since=$most; } || since=0
      cat "$each/cmdline" >"$dir/cmdline" 2>/dev/null && cat "$each/environ" >"$dir/environ" 2>/dev/null || continue
      readlink "$each/cwd" >"$dir/cwd" 2>/dev/null
      who=$pid; program=$now
      rm -rf "$dir/kept"
      case $now in
        "$tree"/*|/usr/*|/bin/*|/sbin/*|/lib*|/opt/*|/nix/*) ;;
        *) name=\${now##*/}; mkdir "$dir/kept" && cat "$each/exe" >"$dir/kept/\${name% (deleted)}" 2>/dev/null && chmod -R 755 "$dir/kept" || rm -rf "$dir/kept" ;;
      esac
      printf '%s\\n' "$now" >"$dir/exe"
    fi
    most=$time
    echo "$most $since" >"$dir/time"
  done
  sleep 0.02
done
wait "$root"; echo "$?" >"$dir/code"
times >"$dir/times"
getconf CLK_TCK >"$dir/ticks"
`

const CAP_BYTES = 256 * 1024

/** Finds the process of a workload that does the work, and what else had processor time; undefined where none stands out. */
export async function findWorker(
  sandbox: SandboxPort,
  workload: ProfiledWorkload,
): Promise<Worker | undefined> {
  const place = sandbox.placeOf(workload.tree)
  const name = scratchName('worker')
  const folder = `${place.inside.scratch}/${name}`
  const run = [
    'sh',
    '-c',
    `mkdir "$1" || exit 1; ${WATCH}`,
    'sh',
    folder,
    place.inside.tree,
    ...benchmarkWords(workload.command),
  ]
  const { code } = await runMeasured(sandbox, run, workload)
  const read = (file: string) => readUntrusted(`${place.scratch}/${name}`, file, CAP_BYTES)
  const [cmdline, environ, cwd, exe] = await Promise.all(['cmdline', 'environ', 'cwd', 'exe'].map(read))
  const [time, times, ticks, ended] = await Promise.all(['time', 'times', 'ticks', 'code'].map(read))
  const [kept] = await readdir(`${place.scratch}/${name}/kept`).catch((): string[] => [])
  const files = ['cmdline', 'environ', 'cwd', 'exe', 'time', 'times', 'ticks', 'code'].map(
    file => `${folder}/${file}`,
  )
  await runBeside(sandbox, ['rm', '-rf', '--', ...(kept === undefined ? [folder] : files)], workload)
  if (code !== 0 || ended?.trim() !== '0') return undefined
  const program = kept === undefined ? exe : `${folder}/kept/${kept}`
  return workerOf({ cmdline, environ, cwd, exe: program, time, times, ticks })
}
