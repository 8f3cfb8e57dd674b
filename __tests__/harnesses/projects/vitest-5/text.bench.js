import { describe, test } from 'vitest'

function spin(rounds) {
  let x = rounds
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return x
}

let [grows, other, rounds] = [100000, 'gone', 70000]
;[grows, other, rounds] = [300000, 'added', 170000] // @head

describe('text', () => {
  test('one', async ({ bench }) => {
    await bench('steady', () => {
      spin(50000)
    }).run()
  })
  test('several', async ({ bench }) => {
    await bench.compare(
      bench('grows', () => {
        spin(grows)
      }),
      bench(other, () => {
        spin(rounds)
      }),
    )
  })
})
