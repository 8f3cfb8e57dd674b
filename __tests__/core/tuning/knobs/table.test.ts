import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Shape } from '../../../../src/core/tuning/knobs/knob.ts'
import { formatProfile, knobsOf, parseProfile } from '../../../../src/core/tuning/knobs/profile.ts'
import { KNOB_NAMES, KNOBS, knobNamed, owns } from '../../../../src/core/tuning/knobs/table.ts'
import { readChoices, readValue } from '../../../../src/core/tuning/knobs/value.ts'

describe('the table of knobs', () => {
  test('says for each what it needs, why it helps and where that is documented', () => {
    for (const knob of KNOBS) {
      expect([knob.name, knob.needs.length > 3, knob.why.length > 20]).toEqual([knob.name, true, true])
      expect(knob.source).toMatch(/^https:\/\/\S+$/)
      expect(knob.unit).not.toBe('')
    }
  })

  test('is told to the administrator knob by knob', () => {
    const told = readFileSync('docs/runner-setup.md', 'utf8')
    expect(KNOB_NAMES.filter(name => !told.includes(`\`${name}\``))).toEqual([])
  })

  test('names each once', () => {
    expect(new Set(KNOBS.map(({ name }) => name)).size).toBe(KNOBS.length)
    expect(KNOBS.length).toBeGreaterThanOrEqual(20)
  })

  test('never weakens what keeps the kernel apart from its users', () => {
    const files = KNOBS.flatMap(knob => knob.files).join('\n')
    expect(files).not.toMatch(
      /kptr_restrict|dmesg_restrict|msr|mitigations|sched_rt_runtime|drop_caches|yama/,
    )
    const scene = { online: [0, 1], chosen: [1], quiet: [1], asRoot: true }
    const wish = (name: string, value: string) =>
      knobNamed(name)!.wish({ path: '', value, choices: [], related: {} }, scene)
    expect(['4', '3', '2', '1', '0', '-1'].map(value => wish('perf-paranoid', value))).toEqual(
      ['2', '2', '2', '1', '0', '-1'].map(set => ({ set })),
    )
    expect(['0', '1', '2'].map(value => wish('aslr', value))).toEqual([
      { set: '2' },
      { set: '2' },
      { set: '2' },
    ])
    expect(['1', '50000', '300000'].map(value => wish('perf-sample-rate', value))).toEqual(
      ['100000', '100000', '300000'].map(set => ({ set })),
    )
  })

  test('sets in an order whose reverse is safe: governor before turbo, balancer before interrupts, siblings last', () => {
    const order = KNOBS.map(({ name }) => name)
    const goesBefore = (first: string, second: string) =>
      expect([first, second, order.indexOf(first as never) < order.indexOf(second as never)]).toEqual([
        first,
        second,
        true,
      ])
    goesBefore('governor', 'turbo')
    goesBefore('min-frequency', 'turbo')
    goesBefore('min-perf-pct', 'turbo')
    goesBefore('irqbalance', 'irq-affinity')
    expect(order.at(-1)).toBe('smt')
  })

  test.each([
    ['governor', '/sys/devices/system/cpu/cpufreq/policy0/scaling_governor', true],
    ['governor', '/sys/devices/system/cpu/cpu17/cpufreq/scaling_governor', true],
    ['governor', '/sys/devices/system/cpu/cpufreq/policyX/scaling_governor', false],
    ['governor', '/sys/devices/system/cpu/cpufreq/policy/scaling_governor', false],
    ['governor', '/sys/devices/system/cpu/cpufreq/policy0/scaling_governor/', false],
    ['irq-affinity', '/proc/irq/24/smp_affinity_list', true],
    ['irq-affinity', '/proc/irq/24/../25/smp_affinity_list', false],
    ['irq-affinity', 'x/proc/irq/24/smp_affinity_list', false],
    ['swappiness', '/proc/sys/vm/swappiness', true],
    ['swappiness', '/proc/sys/vm/swappinessX', false],
  ])('%s owns %s: %s', (name, path, expected) => {
    expect(owns(knobNamed(name)!, path)).toBe(expected)
  })
})

describe('a wish for the lowest frequency', () => {
  const wish = (value: string, related: Readonly<Record<string, string>>) =>
    knobNamed('min-frequency')!.wish(
      { path: '', value, choices: [], related },
      { online: [], chosen: [], quiet: [], asRoot: true },
    )

  test.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['the base frequency of intel_pstate', { base: '2900000', most: '4200000' }, { set: '2900000' }],
    ['the highest step of acpi-cpufreq', { steps: '3400000 2800000', most: '3400000' }, { set: '3400000' }],
    ['the nominal frequency of CPPC, told in MHz', { nominal: '3800', most: '5100000' }, { set: '3800000' }],
    ['no more than the most allowed', { base: '2900000', most: '2000000' }, { set: '2000000' }],
    [
      'left alone when nothing tells',
      { most: '4200000' },
      { leave: 'the driver does not say its base frequency' },
    ],
    [
      'left alone on nonsense',
      { base: 'unknown', nominal: '0' },
      { leave: 'the driver does not say its base frequency' },
    ],
  ])('is %s', (_, related, expected) => expect(wish('800000', related)).toEqual(expected))

  test('never lowers what was found', () =>
    expect(wish('3100000', { base: '2900000' })).toEqual({ set: '3100000' }))
})

describe('a value', () => {
  test.each<[string, Shape, string | undefined]>([
    ['always [madvise] never\n', 'choice', 'madvise'],
    ['madvise\nmadvise] never\n', 'choice', 'madvise'],
    ['performance\n', 'word', 'performance'],
    ['two words', 'word', undefined],
    ['0007\n', 'number', '7'],
    ['-1', 'number', '-1'],
    ['1e3', 'number', undefined],
    ['', 'number', undefined],
    ['00000003\n', 'mask', '3'],
    ['0,1,2,5\n', 'list', '0-2,5'],
    ['\n', 'list', ''],
    ['junk', 'mask', undefined],
  ])('%j of shape %s is %j', (text, shape, expected) => expect(readValue(text, shape)).toBe(expected))

  test('offers its choices', () =>
    expect(readChoices('always defer [madvise] never\n')).toEqual(['always', 'defer', 'madvise', 'never']))
})

describe('a profile', () => {
  test.each([
    ['auto', { kind: 'auto' }],
    ['required', { kind: 'required' }],
    ['governor,turbo,governor', { kind: 'named', names: ['governor', 'turbo'] }],
  ])('%s is %j', (text, profile) => expect(parseProfile(text)).toEqual({ ok: true, value: profile }))

  test.each(['', ',', 'Governor', 'auto,turbo', 'turbo;reboot', '--help', 'min-perf-pct', 'off'])(
    '%j is refused with the names that are known',
    text => {
      const parsed = parseProfile(text)
      expect(!parsed.ok && parsed.fault[0]).toMatch(/any of c-states, governor, .*, smt\.$/)
    },
  )

  test('names what is unknown', () => {
    const parsed = parseProfile('thp,warp-drive')
    expect(!parsed.ok && parsed.fault[0]).toMatch(/^tune does not know "warp-drive"; /)
  })

  test('reads back what is written', () => {
    expect(parseProfile(formatProfile(KNOB_NAMES))).toEqual({
      ok: true,
      value: { kind: 'named', names: KNOB_NAMES },
    })
  })

  test('watches what turbo moves whenever turbo is set', () => {
    const names = (text: string) => {
      const profile = parseProfile(text)
      return !profile.ok ? [] : knobsOf(profile.value).map(({ name }) => name)
    }
    expect(names('turbo')).toEqual(['min-perf-pct', 'turbo'])
    expect(names('thp')).toEqual(['thp'])
    expect(names('auto')).not.toContain('smt')
    expect(names('required')).toContain('smt')
  })
})
