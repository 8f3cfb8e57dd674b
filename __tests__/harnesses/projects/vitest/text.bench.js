import { bench, describe } from 'vitest'

function spin(rounds) {
  let x = rounds
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return x
}

describe('text', () => {
  bench('steady', () => {
    spin(50000)
  })
  bench('grows', () => {
    spin(100000)
  }) // @base
  bench('grows', () => {
    spin(300000)
  }) // @head
  bench('gone', () => {
    spin(70000)
  }) // @base
  bench('added', () => {
    spin(170000)
  }) // @head
})
