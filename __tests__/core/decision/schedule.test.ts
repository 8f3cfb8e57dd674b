import { describe, expect, test } from '@jest/globals'
import { BLOCK_ROUNDS, roundOrders } from '../../../src/core/decision/schedule.ts'

function take(seed: number, rounds: number): string[] {
  const orders = roundOrders(seed)
  return Array.from({ length: rounds }, () => orders.next().value.join(' '))
}

describe('the order of the runs', () => {
  test('holds every order of the three parts once in each block', () => {
    const rounds = take(3, 10 * BLOCK_ROUNDS)
    for (let block = 0; block < 10; block++) {
      const orders = rounds.slice(block * BLOCK_ROUNDS, (block + 1) * BLOCK_ROUNDS)
      expect(new Set(orders).size).toBe(6)
    }
  })

  test('puts each part first, second and last equally often in a block', () => {
    const rounds = take(9, BLOCK_ROUNDS).map(order => order.split(' '))
    for (const part of ['base', 'head', 'control'])
      for (const place of [0, 1, 2]) expect(rounds.filter(order => order[place] === part)).toHaveLength(2)
  })

  test('is repeated by the seed, and differs between seeds and between blocks', () => {
    expect(take(11, 30)).toEqual(take(11, 30))
    expect(take(11, 30)).not.toEqual(take(12, 30))
    const blocks = take(11, 60)
      .join(',')
      .match(/(?:[^,]+,?){6}/g)
    expect(new Set(blocks).size).toBeGreaterThan(5)
  })
})
