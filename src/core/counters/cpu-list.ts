const HIGHEST_CPU = 8191

/** The CPUs of a list such as `0-3,8`; empty for what is no list. */
export function cpuList(text: string): readonly number[] {
  const cpus: number[] = []
  for (const part of text.trim().split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim())
    if (!match) return []
    const first = Number(match[1])
    const last = Math.min(Number(match[2] ?? match[1]), HIGHEST_CPU)
    for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu)
  }
  return cpus
}
