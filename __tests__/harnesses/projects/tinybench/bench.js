import { Bench } from 'tinybench'

function spin(rounds) {
  let x = rounds
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return x
}

const bench = new Bench({ time: 100, warmupTime: 20 })
bench
  .add('steady', () => spin(50000))
  .add('grows', () => spin(100000)) // @base
  .add('grows', () => spin(300000)) // @head
  .add('gone', () => spin(70000)) // @base
  .add('added', () => spin(170000)) // @head
await bench.run()
console.table(bench.table())
