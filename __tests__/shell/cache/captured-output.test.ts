import { expect, test } from '@jest/globals'
import { captureOutput } from '../../../src/shell/cache/captured-output.ts'

/** Runs something whose output is captured, with a standard output that we can look at. */
async function captured(work: () => Promise<unknown>) {
  const write = process.stdout.write
  let through = ''
  process.stdout.write = ((text: string) => {
    through += text
    return true
  }) as typeof write
  try {
    const { lines } = await captureOutput(work)
    return { lines, through }
  } finally {
    process.stdout.write = write
  }
}

test('what a library prints comes back as plain lines, without its debugging and its commands', async () => {
  const text = '::debug::a\nfound\n[command]/usr/bin/tar -xf\n::warning::slow\n::error title=x::broken\n\n'
  expect(await captured(async () => process.stdout.write(text))).toEqual({
    lines: ['found', 'slow', 'broken'],
    through: '',
  })
})

test('what is to be masked goes to the runner and nowhere else', async () => {
  const { lines, through } = await captured(async () => process.stdout.write('::add-mask::sesame\nok\n'))
  expect([lines, through]).toEqual([['ok'], '::add-mask::sesame\n'])
})

test('writes with a callback are told that they are done, and bytes are read as text', async () => {
  const work = async () =>
    await new Promise<void>(resolve => {
      process.stdout.write(Buffer.from('grüß\n'), () => resolve())
    })
  expect((await captured(work)).lines).toEqual(['grüß'])
})

test('standard output is given back also after a failure', async () => {
  const before = process.stdout.write
  await expect(captureOutput(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(process.stdout.write).toBe(before)
})
