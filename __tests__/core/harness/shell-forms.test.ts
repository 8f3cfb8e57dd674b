import { describe, expect, test } from '@jest/globals'
import { hidesFailure } from '../../../src/core/harness/hidden-failure.ts'
import { benchmarkPart, withArguments } from '../../../src/core/harness/shell-line.ts'
import { hiddenFailureNote } from '../../../src/report/notes/harness.ts'

describe('a command that ends well although its benchmark failed', () => {
  test.each([
    ['./bench || true', '|| true'],
    ['./bench || :', '|| :'],
    ['./bench | tee log || true', '|| true'],
    ['./bench||exit 0', '||exit 0'],
    ['./bench || echo failed', '|| echo failed'],
    ['(cd build && ./bench || true)', '|| true'],
    ['set +e; ./bench; echo done', 'set +e'],
    ['set +o pipefail\n./bench | tee log', 'set +o pipefail'],
    ['./bench && echo done; echo next', '&& echo done;'],
  ])('%s', (command, part) => {
    expect(hidesFailure(command)).toBe(part)
    expect(hiddenFailureNote('app', part)).toMatch(/^`app` goes on where its benchmark failed \(`.*`\), so /)
  })

  test.each([
    './bench',
    './bench; echo done',
    './bench && echo done',
    'cd build && ./bench',
    'cd build && ./bench;',
    './bench || exit 3',
    './bench || { cat log; exit 1; }',
    './bench "|| true"',
    "./bench --filter 'a || true'",
    'set -e; ./bench',
    'set +x; ./bench',
    './bench && { cat log; }\n',
  ])('says nothing of %s', command => {
    expect(hidesFailure(command)).toBeUndefined()
  })
})

describe('where the arguments of a benchmark go', () => {
  test.each([
    ['./bench', './bench --x'],
    ['cd build && ./bench', 'cd build && ./bench --x'],
    ['./bench || true', './bench --x || true'],
    ['./bench | tee log || exit 3', './bench --x | tee log || exit 3'],
    ['cd build || exit 1; ./bench', 'cd build || exit 1; ./bench --x'],
    ['./bench > log || true', './bench --x > log || true'],
  ])('%s', (command, expected) => {
    expect(withArguments(command, ['--x'])).toBe(expected)
  })

  test.each([
    './bench; echo done',
    './bench && echo done',
    './bench\nrm -f log',
    './bench; cat log',
    './bench; true',
  ])('nowhere in %j, whose last command is none', command => {
    expect(withArguments(command, ['--x'])).toBeUndefined()
    expect(benchmarkPart(command)).toBeUndefined()
  })
})
