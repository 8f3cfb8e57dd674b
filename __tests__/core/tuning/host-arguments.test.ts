import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { success } from '../../../src/core/model/result.ts'
import { readArguments } from '../../../src/core/tuning/host-arguments.ts'
import { cases } from '../../doubles/soak.ts'

describe('the arguments of the host process', () => {
  test.each<[readonly string[], unknown]>([
    [['hold', 'auto'], { verb: 'hold', profile: { kind: 'auto' }, cpus: 1 }],
    [['hold', 'thp,turbo'], { verb: 'hold', profile: { kind: 'named', names: ['thp', 'turbo'] }, cpus: 1 }],
    [['recover'], { verb: 'recover', json: false }],
    [['recover', '--json'], { verb: 'recover', json: true }],
    [['status'], { verb: 'status' }],
    [['install', '--user', 'bench'], { verb: 'install', user: 'bench', prefix: '/' }],
    [['install'], { verb: 'install', user: 'runner', prefix: '/' }],
    [['install', '--prefix', '/pkg', '--user', 'ci-1'], { verb: 'install', user: 'ci-1', prefix: '/pkg' }],
    [['uninstall'], { verb: 'uninstall', prefix: '/' }],
    [['uninstall', '--prefix', '/pkg'], { verb: 'uninstall', prefix: '/pkg' }],
  ])('%j are read', (args, request) =>
    expect(readArguments(args, { sudoUser: 'runner' })).toEqual(success(request)),
  )

  test.each<[readonly string[]]>([
    [[]],
    [['halt']],
    [['hold']],
    [['hold', 'auto', 'auto']],
    [['hold', '--profile=auto']],
    [['hold', '/etc/passwd']],
    [['hold', 'auto\n']],
    [['recover', '/run/other']],
    [['recover', '--json', 'x']],
    [['status', 'x']],
    [['install', '--user']],
    [['install', '--user', 'root ALL=(ALL) NOPASSWD: ALL\n#']],
    [['install', '--user', 'a', '--user', 'b']],
    [['install', '--prefix', 'relative']],
    [['uninstall', '--user', 'bench']],
  ])('%j are refused', args => expect(readArguments(args, { sudoUser: 'runner' })).toHaveProperty('fault'))

  test('without sudo, install needs a user', () => {
    expect(readArguments(['install'], {})).toEqual({
      ok: false,
      fault: [expect.stringMatching(/^install needs --user NAME/)],
    })
  })

  test('never make a hold of anything but a list of known names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), text => {
        const request = readArguments(['hold', text], {})
        return !request.ok || /^[a-z,-]+$/.test(text)
      }),
      cases(40_000),
    )
  })
})
