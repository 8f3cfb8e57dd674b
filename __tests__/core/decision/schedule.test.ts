import { describe, expect, test } from '@jest/globals'
import { roundOrders } from '../../../src/core/decision/schedule.ts'

function take(seed: number, rounds: number): string[] {
  const orders = roundOrders(seed)
  return Array.from({ length: rounds }, () => orders.next().value.join(' '))
}

describe('the order of the runs', () => {
  test('holds three runs of head, two of base and one of the control in each round', () => {
    for (const order of take(3, 50))
      expect(order.split(' ').toSorted()).toEqual(['base', 'base', 'control', 'head', 'head', 'head'])
  })

  test('gives each of the twenty places that head can have the same chance', () => {
    const counts = new Map<string, number>()
    for (const order of take(9, 20_000)) {
      const places = order.replace(/base|control/g, 'b')
      counts.set(places, (counts.get(places) ?? 0) + 1)
    }
    expect(counts.size).toBe(20)
    // Chi-squared with 19 degrees of freedom exceeds 50 once in 10,000.
    const far = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(far).toBeLessThan(50)
  })

  test('is repeated by the seed, and differs between seeds', () => {
    expect(take(11, 30)).toEqual(take(11, 30))
    expect(take(11, 30)).not.toEqual(take(12, 30))
  })
})
