import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJob } from '../../src/shell/jobs/run-job.ts'
import type { Job, SandboxPort } from '../../src/shell/ports/ports.ts'
import { processGroup } from '../../src/shell/sandbox/boundaries.ts'

/** A sandbox that really runs its jobs, as ourselves and in a folder of its own, and remembers them. */
export interface SpawningSandbox extends SandboxPort {
  readonly jobs: readonly Job[]
}

export function spawningSandbox(): SpawningSandbox {
  const scratch = mkdtempSync(join(tmpdir(), 'perf-verdict-scratch-'))
  const jobs: Job[] = []
  return {
    isolation: 'none',
    network: 'all',
    spare: scratch,
    quotable: [],
    weaknesses: [],
    jobs,
    placeOf: tree => {
      const own = { tree, home: scratch, scratch }
      return { ...own, inside: own }
    },
    adopt: async () => {},
    seal: async () => {},
    run: job => {
      jobs.push(job)
      return runJob({ folders: [], cwd: job.tree, ...job }, processGroup)
    },
    end: async () => rmSync(scratch, { recursive: true, force: true }),
  }
}
