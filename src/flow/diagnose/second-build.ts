import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Profile } from '../../core/counters/profile.ts'
import type { Rebuilt } from '../../core/evidence/evidence.ts'
import type { Limitation } from '../../core/model/report.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { HotCode } from '../../core/placement/compare-hot.ts'
import { notRebuilt } from '../../report/limitations/explaining.ts'
import { buildSide } from '../build/build-side.ts'
import { treeFileDifference } from '../build/compare-builds.ts'
import type { GateContext } from '../run/gate-context.ts'
import { checkOutCommit } from '../trees/check-out-commit.ts'
import { type Examined, type ExamineSides, examineSides } from './diagnose.ts'

/** Base built a second time from the same commit. */
export interface SecondBuild {
  readonly tree: string
  end(): Promise<void>
}

/**
 * Builds base again, at the path where it was built first: what differs between the two builds, the pull request did not change. A
 * limitation says why it could not be built.
 */
export async function buildBaseAgain({
  plan,
  checkout,
  history,
  env,
  ports,
}: GateContext): Promise<Result<SecondBuild, Limitation>> {
  const { build: command, buildTimeoutSeconds, layoutBudgetSeconds } = plan.settings
  const folder = join(ports.folder, 'again')
  const end = () => rm(folder, { recursive: true, force: true })
  if (command === undefined) return failed(notRebuilt({ kind: 'no-command' }))
  return ports.log.group('Build base again, to see whether its build is reproducible', async () => {
    const checkedOut = await checkOutCommit(
      checkout.mirrors,
      { commit: history.base.sha, tree: folder },
      ports.tools,
    )
    if (!checkedOut.ok) return failed(notRebuilt({ kind: 'no-checkout', sentence: checkedOut.fault }))
    await ports.sandbox.adopt(folder, { as: 'base' })
    const failure = await buildSide(
      'base',
      {
        command,
        trees: { base: folder, head: folder },
        env,
        // It only tells more of a cause, which is not worth longer than a layout trial.
        timeoutSeconds: Math.min(buildTimeoutSeconds, layoutBudgetSeconds),
      },
      ports,
    )
    if (!failure) return success({ tree: folder, end })
    await end()
    return failed(notRebuilt({ kind: 'failed', ended: failure.error.failure.ended }))
  })
}

/** What two builds of base differ in, of the files and functions that a benchmark spends its time in. */
export async function compareRebuilt(
  examined: Examined,
  sides: ExamineSides & { readonly profile: Profile },
  tree: string,
): Promise<Rebuilt> {
  const { trees, builtAs } = sides
  const named = { base: builtAs?.base ?? trees.base, head: builtAs?.base ?? trees.base }
  const own = examined.opened.objects.filter(({ shared, base }) => !shared && base)
  const files = own.flatMap(({ name }) => {
    const difference = treeFileDifference({ trees: { base: trees.base, head: tree }, builtAs: named }, name)
    return difference === undefined ? [] : [{ name, difference }]
  })
  if (files.length === 0) return { files, functions: [], moved: false }
  const again = await examineSides({
    ...{ commits: [], geometry: sides.geometry, diff: '' },
    profiles: { base: sampled(sides.profile), head: sampled(sides.profile, { from: trees.base, to: tree }) },
    trees: { base: trees.base, head: tree },
    builtAs: named,
  })
  try {
    const { hot } = again.examination
    const isHot = (code: HotCode) => code.base !== undefined && !code.object.shared
    const between = new Map(examined.examination.hot.map(code => [code.name, code]))
    return {
      files,
      functions: hot
        .filter(code => isHot(code) && isOther(code) && !isLess(code, between.get(code.name)))
        .map(({ name }) => name),
      moved: hot.some(code => isHot(code) && code.moved && !isOther(code)),
    }
  } finally {
    again.close()
  }
}

const isOther = ({ sameness }: HotCode): boolean => sameness === undefined || sameness === 'changed'

/** Two builds of base differ in numbers of the code only, a time or a seed, and the sides in the code itself. */
function isLess(again: HotCode, sides: HotCode | undefined): boolean {
  return sides !== undefined && hasOneForm(again) && !hasOneForm(sides)
}

function hasOneForm({ baseCode, headCode }: HotCode): boolean {
  const [one, other] = [baseCode?.body.instructions, headCode?.body.instructions]
  return (
    one !== undefined &&
    one.length === other?.length &&
    one.every(({ length, flow }, at) => length === other[at]!.length && flow === other[at]!.flow)
  )
}

/** The profile with its files in another tree; as samples, because the addresses are those of the first build. */
function sampled(profile: Profile, place?: { readonly from: string; readonly to: string }): Profile {
  const moved = (object: string) =>
    place && object.startsWith(`${place.from}/`) ? `${place.to}${object.slice(place.from.length)}` : object
  return {
    ...{ source: 'perf-record', total: profile.total },
    objects: profile.objects.map(each => ({ ...each, object: moved(each.object) })),
  }
}
