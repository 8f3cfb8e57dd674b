import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatAddress,
  formatBytes,
  formatChange,
  formatCount,
  formatDuration,
  formatExtent,
  formatFactor,
  formatInterval,
  formatShare,
  formatValue,
  formatValues,
} from '../../../src/report/text/format.ts'
import { cases } from '../../doubles/soak.ts'

describe('a measured value', () => {
  test.each([
    [0.017, 's', '17.0 ms'],
    [0.0293, 's', '29.3 ms'],
    [17, 'ms', '17.0 ms'],
    [0.0009996, 's', '1.00 ms'],
    [0.0009994, 's', '999 µs'],
    [5e-9, 's', '5.00 ns'],
    [2.5e-10, 's', '0.250 ns'],
    [1, 's', '1.00 s'],
    [119, 's', '119 s'],
    [150, 's', '2.50 min'],
    [0, 's', '0 ns'],
    [1234567, 'ops/s', '1.23 M ops/s'],
    [999_999, '', '1.00 M'],
    [9_000, 'requests', '9,000 requests'],
    [0.000123, 'loss', '0.000123 loss'],
    [1e-9, 'loss', '1.00e−9 loss'],
    [-0.5, 'x', '−0.500 x'],
  ])('%d %s is %s', (value, unit, shown) => {
    expect(formatValue(value, unit)).toBe(shown)
  })

  test('takes the unit of the largest where several are compared', () => {
    expect(formatValues([0.0008, 0.0013], 's')).toEqual(['0.800 ms', '1.30 ms'])
  })

  test('never shows an exponent, a hyphen for a minus, or more than three figures of a time', () => {
    const property = fc.property(fc.double({ min: 1e-9, max: 1e5, noNaN: true }), seconds => {
      const shown = formatValue(seconds, 's')
      expect(shown).toMatch(/^\d{1,3}(,\d{3})?(\.\d{1,4})? (ns|µs|ms|s|min)$/)
      expect(Math.abs(parseSeconds(shown) / seconds - 1)).toBeLessThan(0.0051)
    })
    fc.assert(property, cases(2_000))
  })
})

function parseSeconds(shown: string): number {
  const [value, unit] = shown.split(' ')
  const seconds: Record<string, number> = { ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1, min: 60 }
  return Number(value?.replace(',', '')) * (seconds[unit ?? ''] ?? Number.NaN)
}

describe('a change', () => {
  test.each([
    [1.021, '+2.1 %'],
    [1.702, '+70.2 %'],
    [0.979, '−2.1 %'],
    [0.812, '−18.8 %'],
    [1.994, '+99.4 %'],
    [1.9996, '2×'],
    [3.1, '3.1×'],
    [2.376, '2.38×'],
    [8, '8×'],
    [1043.2, '1,040×'],
    [0.5, '2× less'],
    [0.323, '3.1× less'],
    [0.0001, '10,000× less'],
    [1.0004, '0.0 %'],
    [0.9996, '0.0 %'],
    [1, '0.0 %'],
  ])('of ratio %d is %s', (ratio, shown) => {
    expect(formatChange(ratio)).toBe(shown)
  })

  test('has the unit once in an interval', () => {
    expect(formatInterval({ low: 0.989, ratio: 1.001, high: 1.014 })).toBe('−1.1 … +1.4 %')
    expect(formatInterval({ low: 1.533, ratio: 2.1, high: 2.856 })).toBe('1.53 … 2.86×')
    expect(formatInterval({ low: 0.9999, ratio: 2.2, high: 3 })).toBe('1.00 … 3×')
    expect(formatInterval({ low: 0.3, ratio: 0.45, high: 0.6 })).toBe('3.33 … 1.67× less')
    expect(formatInterval({ low: 0.4, ratio: 0.7, high: 1.2 })).toBe('−60.0 … +20.0 %')
  })

  test('has the form of the change that it is about', () => {
    expect(formatInterval({ low: 1.97, ratio: 1.987, high: 2.01 })).toBe('+97.0 … +101 %')
    expect(formatInterval({ low: 1.97, ratio: 2.01, high: 2.04 })).toBe('1.97 … 2.04×')
    expect(formatInterval({ low: 0.48, ratio: 0.55, high: 0.62 })).toBe('−52.0 … −38.0 %')
    expect(formatInterval({ low: 0.9, ratio: 1.4, high: 40 })).toBe('0.900 … 40×')
  })

  test.each([
    [1.702, '70.2 %', undefined],
    [1.2, '20 %', undefined],
    [0.979, '2.1 %', undefined],
    [85, '85×', '85×'],
    [1 / 85, '85×', '85×'],
    [12_345, '12,300×', '12,300×'],
  ])('of ratio %d is %s in a sentence, or %s', (ratio, extent, times) => {
    expect(formatExtent(ratio)).toBe(extent)
    expect(formatFactor(ratio)).toBe(times)
  })
})

describe('other figures', () => {
  test.each([
    [848_511_308, '849 M'],
    [30_011_465_614, '30.0 G'],
    [1310, '1,310'],
    [12_345, '12.3 k'],
    [0.1104, '0.110'],
    [0, '0'],
  ])('%d is %s', (value, shown) => {
    expect(formatCount(value)).toBe(shown)
  })

  test.each([
    [0, '0 %'],
    [0.00004, 'below 0.01 %'],
    [0.0001, '0.01 %'],
    [0.0025, '0.25 %'],
    [0.05, '5 %'],
    [0.0123, '1.2 %'],
    [1, '100 %'],
  ])('the share %d is %s', (share, shown) => {
    expect(formatShare(share)).toBe(shown)
  })

  test.each([
    [0.5, '500 ms'],
    [9.87, '9.87 s'],
    [41.3, '41 s'],
    [59.7, '1 min'],
    [252, '4 min 12 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds last %s', (seconds, shown) => {
    expect(formatDuration(seconds)).toBe(shown)
  })

  test('addresses and sizes look as they do in the tools', () => {
    expect(formatAddress(4_198_848)).toBe('0x4011c0')
    expect([formatBytes(48), formatBytes(-1), formatBytes(6144)]).toEqual([
      '48 bytes',
      '1 byte',
      '6,144 bytes',
    ])
  })
})
