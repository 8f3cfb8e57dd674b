import type { Job, JobOutcome } from '../ports/world.ts'
import { type Namespace, type NamespacePlan, openNamespace } from './namespace.ts'
import type { StartJob } from './start-job.ts'

/** Namespaces of one plan: a job has one to itself, because what it leaves behind is ended by ending all of it. */
export interface NamespacePool {
  run(job: Job): Promise<JobOutcome>
  close(): Promise<void>
}

export function openPool(plan: NamespacePlan, start: StartJob): NamespacePool {
  const all: Namespace[] = []
  const idle: Namespace[] = []
  return {
    async run(job) {
      const namespace = idle.pop() ?? openNamespace(plan)
      if (!all.includes(namespace)) all.push(namespace)
      try {
        await namespace.ready()
        return await start(job, namespace)
      } finally {
        idle.push(namespace)
      }
    },
    async close() {
      await Promise.all(all.map(namespace => namespace.close()))
    },
  }
}
