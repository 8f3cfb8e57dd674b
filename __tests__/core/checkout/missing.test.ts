import { describe, expect, test } from '@jest/globals'
import {
  accountOf,
  type MissingContent,
  NOTHING_LEFT_OUT,
} from '../../../src/core/checkout/missing-content.ts'
import { CommandError } from '../../../src/core/model/errors.ts'
import { checkoutLimitations, missingContentHint } from '../../../src/report/limitations/checkout.ts'

const commit = 'b'.repeat(40)
const without = (path: string, why: 'absent' | 'unfetched' | 'refused'): MissingContent => ({
  submodules: [{ path, commit, why }],
  objects: [],
})
const pointers = (count: number, why: 'absent' | 'damaged' = 'absent'): MissingContent => ({
  submodules: [],
  objects: Array.from({ length: count }, (_, index) => ({ path: `data/${index}.bin`, oid: `${index}`, why })),
})
const said = (base: MissingContent, head: MissingContent) =>
  checkoutLimitations({ base, head }).map(({ what, instead }) => `${what} ${instead}`)

describe('what a tree lacks', () => {
  test('is nothing to speak of when it lacks nothing', () => {
    expect(said(NOTHING_LEFT_OUT, NOTHING_LEFT_OUT)).toEqual([])
    expect(missingContentHint(NOTHING_LEFT_OUT, 'base')).toBeUndefined()
  })

  test('is one sentence where both sides lack it, and one each where they differ', () => {
    expect(said(without('lib', 'absent'), without('lib', 'absent'))).toEqual([
      `Both sides were checked out without the submodule \`lib\` at ${commit.slice(0, 12)}, which the clone does not have. If the build needs it, check out with submodules: recursive and fetch-depth: 0.`,
    ])
    const differing = said(without('lib', 'unfetched'), pointers(2))
    expect(differing).toEqual([
      `The base was checked out without the submodule \`lib\` at ${commit.slice(0, 12)}, because the clone of the submodule has not fetched that commit. Check out with submodules: recursive and fetch-depth: 0, or run \`git -C lib fetch origin ${commit}\` before the gate.`,
      '2 files stayed Git LFS pointers on the head side, the first `data/0.bin`: the clone lacks the objects. Check out with lfs: true, and run `git lfs fetch --all` before the gate for the objects of the base.',
    ])
  })

  test('of many names three', () => {
    const submodules = ['a', 'b', 'c', 'd', 'e'].flatMap(path => without(path, 'absent').submodules)
    const [first] = said({ submodules, objects: [] }, NOTHING_LEFT_OUT)
    expect(first).toContain('the submodules `a` at')
    expect(first).toContain(' and 2 more,')
  })

  test.each(['$(id)', 'a b', '-C', 'a;b', "a'b", '`x`'])(
    'is told without a command to paste where its path is %j',
    path => {
      const [first] = said(without(path, 'unfetched'), NOTHING_LEFT_OUT)
      expect(first).not.toContain('git -C')
      expect(first).toMatch(/fetch-depth: 0\.$/)
    },
  )

  test('tells two trees of one commit apart', () => {
    const all = [
      NOTHING_LEFT_OUT,
      without('a', 'absent'),
      without('b', 'absent'),
      pointers(1),
      pointers(2),
    ].map(accountOf)
    expect(new Set(all).size).toBe(all.length)
    // Why it lacks something changes nothing in what is there.
    expect(accountOf(without('a', 'absent'))).toBe(accountOf(without('a', 'unfetched')))
    expect(accountOf(pointers(1, 'damaged'))).toBe(accountOf(pointers(1)))
  })

  test('is told with the build that fails', () => {
    const hint = missingContentHint(pointers(1, 'damaged'), 'base')!
    const { message } = new CommandError({
      ...{ what: 'The build', command: 'make', ended: 'exited with code 2', lastLines: [], hint },
    })
    expect(message).toBe(
      'The build exited with code 2: make. 1 file stayed a Git LFS pointer on the base side, the first `data/0.bin`: objects in the clone are damaged (1 of 1). lfs: true of actions/checkout fetches the objects of the head alone; run `git lfs fetch --all` before the gate',
    )
  })
})
