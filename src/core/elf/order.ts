/**
 * Returns the indexes of whole numbers in ascending order, equal ones in their own order. Numbers that leave room
 * carry their index in the low digits, because the engine sorts plain doubles many times faster than it calls a
 * comparison.
 */
export function ascendingOrder(numbers: Float64Array): Uint32Array {
  const count = numbers.length
  const order = new Uint32Array(count)
  let [lowest, highest] = [Number.POSITIVE_INFINITY, 0]
  for (const number of numbers) {
    if (number < lowest) lowest = number
    if (number > highest) highest = number
  }
  // A power of two, since dividing by it is exact.
  const room = 2 ** Math.ceil(Math.log2(Math.max(1, count)))
  if ((highest - lowest + 1) * room > Number.MAX_SAFE_INTEGER)
    return order.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]! || a - b)
  const packed = new Float64Array(count)
  for (let index = 0; index < count; index++) packed[index] = (numbers[index]! - lowest) * room + index
  packed.sort()
  for (let index = 0; index < count; index++) {
    const number = packed[index]!
    order[index] = number - Math.floor(number / room) * room
  }
  return order
}
