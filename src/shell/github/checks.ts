import { z } from 'zod'
import { type Repository, SITES } from './call-sites.ts'
import type { CheckAnnotation, CheckOutput, ChecksPort } from './ports.ts'
import type { Requester } from './request.ts'

const checkSchema = z
  .object({ id: z.number().int(), html_url: z.string().nullable() })
  .transform(({ id, html_url }) => ({ id, url: html_url ?? '' }))

/** The check runs of one repository. A new one takes the place of an older one of the same name and commit. */
export function checksPort({ owner, repo }: Repository, { ask }: Requester): ChecksPort {
  return {
    start: async ({ name, headSha }) =>
      await ask({
        site: SITES.startCheck,
        route: 'POST /repos/{owner}/{repo}/check-runs',
        parameters: { owner, repo, name, head_sha: headSha, status: 'in_progress' },
        schema: checkSchema,
        repeat: true,
      }),
    complete: async (id, check) =>
      await ask({
        site: SITES.completeCheck,
        route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
        parameters: {
          owner,
          repo,
          check_run_id: id,
          status: 'completed',
          conclusion: check.conclusion,
          output: outputOf(check),
        },
        schema: checkSchema,
        // Annotations are added to those that are there, so that asking twice would show them twice.
        repeat: check.annotations.length === 0,
      }),
    create: async check =>
      await ask({
        site: SITES.createCheck,
        route: 'POST /repos/{owner}/{repo}/check-runs',
        parameters: {
          owner,
          repo,
          name: check.name,
          head_sha: check.headSha,
          status: 'completed',
          conclusion: check.conclusion,
          output: outputOf(check),
        },
        schema: checkSchema,
        // A second one of the same name and commit only replaces the first, so asking twice is harmless.
        repeat: true,
      }),
    append: async (id, output) =>
      await ask({
        site: SITES.appendCheck,
        route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
        parameters: { owner, repo, check_run_id: id, output: outputOf(output) },
        schema: checkSchema,
        repeat: false,
      }),
  }
}

function outputOf({ title, summary, annotations }: CheckOutput): Readonly<Record<string, unknown>> {
  return { title, summary, annotations: annotations.map(annotationOf) }
}

function annotationOf(annotation: CheckAnnotation): Readonly<Record<string, unknown>> {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  }
}
