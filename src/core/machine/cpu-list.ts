/** Reads a kernel CPU list such as `0-3,8`; undefined when the text is none (cpuset(7), "List format"). */
export function parseCpuList(text: string): readonly number[] | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return []
  const cpus = new Set<number>()
  for (const part of trimmed.split(',')) {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part)
    if (!range) return undefined
    const first = Number(range[1])
    const last = Number(range[2] ?? range[1])
    if (last < first) return undefined
    for (let cpu = first; cpu <= last; cpu++) cpus.add(cpu)
  }
  return [...cpus].sort((a, b) => a - b)
}

/** Writes CPUs as the kernel writes them: `0-3,8`. */
export function formatCpuList(cpus: readonly number[]): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const cpu of sorted) {
    const open = ranges.at(-1)
    if (open && cpu === open[1] + 1) open[1] = cpu
    else ranges.push([cpu, cpu])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}

/** Reads a kernel CPU mask such as `ff,00000003`; undefined when the text is none (cpuset(7), "Mask format"). */
export function parseCpuMask(text: string): readonly number[] | undefined {
  const digits = text.trim().replaceAll(',', '')
  if (!/^[0-9a-f]{1,2048}$/i.test(digits)) return undefined
  return [...digits].reverse().flatMap((digit, place) => {
    const bits = Number.parseInt(digit, 16)
    return [0, 1, 2, 3].filter(bit => (bits >> bit) & 1).map(bit => place * 4 + bit)
  })
}

/** Writes CPUs as a mask in groups of eight hex digits: `ff,00000003`. */
export function formatCpuMask(cpus: readonly number[]): string {
  const digits = Array.from({ length: Math.floor(Math.max(0, ...cpus) / 4) + 1 }, () => 0)
  for (const cpu of new Set(cpus)) digits[Math.floor(cpu / 4)]! += 1 << (cpu % 4)
  const hex = digits
    .map(digit => digit.toString(16))
    .reverse()
    .join('')
  return hex
    .padStart(Math.ceil(hex.length / 8) * 8, '0')
    .match(/.{8}/g)!
    .join(',')
    .replace(/^0+(?=.)/, '')
}

/** The CPUs of the first list that are not in the second. */
export function without(cpus: readonly number[], taken: readonly number[]): readonly number[] {
  return cpus.filter(cpu => !taken.includes(cpu))
}
