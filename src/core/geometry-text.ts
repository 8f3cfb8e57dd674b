/** A cache as `SIZE,WAYS,LINE` in bytes, for example `32768,8,64`; undefined when it is not one. */
export function readGeometryText(
  given: string,
): { readonly sizeBytes: number; readonly ways: number; readonly lineBytes: number } | undefined {
  const found = /^(\d{3,9}),(\d{1,3}),(\d{2,4})$/.exec(given.replaceAll(' ', ''))
  if (!found) return undefined
  const [sizeBytes, ways, lineBytes] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const sets = sizeBytes / ways / lineBytes
  const powerOfTwo = (value: number) => Number.isInteger(Math.log2(value))
  return powerOfTwo(sets) && powerOfTwo(lineBytes) && lineBytes >= 32
    ? { sizeBytes, ways, lineBytes }
    : undefined
}
