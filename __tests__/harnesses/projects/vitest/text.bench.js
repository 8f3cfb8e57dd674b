import { bench, describe } from 'vitest'

function spin(rounds) {
  let x = rounds
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return x
}

const quick = { time: 100, warmupTime: 20 }
let [grows, other, rounds] = [100000, 'gone', 70000]
;[grows, other, rounds] = [300000, 'added', 170000] // @head

describe('text', () => {
  bench(
    'steady',
    () => {
      spin(50000)
    },
    quick,
  )
  bench(
    'grows',
    () => {
      spin(grows)
    },
    quick,
  )
  bench(
    other,
    () => {
      spin(rounds)
    },
    quick,
  )
})
