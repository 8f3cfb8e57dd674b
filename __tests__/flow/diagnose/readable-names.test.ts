import { expect, test } from '@jest/globals'
import { type Diagnosis, withReadableNames } from '../../../src/flow/diagnose/diagnose.ts'
import type { ToolPort } from '../../../src/shell/ports/ports.ts'

const LEGACY = '_ZN38_$LT$u64$u20$as$u20$itoa..Unsigned$GT$3fmt17h22bd79fde55d7c5dE'
const READABLE = '<u64 as itoa::Unsigned>::fmt'

/** A filter that knows one name. */
const tools = {
  find: async () => '/usr/bin/c++filt',
  run: async ({ input = '' }: { readonly input?: string }) => ({
    ...{ code: 0, stderr: '', signal: null, timedOut: false },
    stdout: input.replaceAll(LEGACY, `${READABLE}::h22bd79fde55d7c5d`),
  }),
} as unknown as ToolPort

const told = async (sentence: string, symbol: string): Promise<readonly [string, string]> => {
  const diagnosis = {
    cause: { kind: 'work', confidence: 'likely', because: [sentence], against: [] },
    hot: [{ symbol, object: 'bench', state: 'changed' }],
    ...{ suspects: [], displacers: [], touched: [], limitations: [] },
  } as unknown as Diagnosis
  const { cause, hot } = await withReadableNames(diagnosis, tools)
  return [cause.because[0]!, hot[0]!.symbol]
}

test("Rust's older names with two dots in them are read whole", async () => {
  expect(await told(`The additional instructions are in ${LEGACY} (in x, inlined there).`, LEGACY)).toEqual([
    'The additional instructions are in u64::fmt (in x, inlined there).',
    READABLE,
  ])
})

test('names of the C library are told without the version they are exported in', async () => {
  expect(
    await told(
      'It copies: memcpy@GLIBC_2.14, memmove@@GLIBC_2.2.5 and cfree@GLIBC_2.2.5.',
      'cfree@GLIBC_2.2.5',
    ),
  ).toEqual(['It copies: memcpy, memmove and free.', 'free'])
})
