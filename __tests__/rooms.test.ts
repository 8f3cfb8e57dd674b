import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

/** The files that lie in `src` itself are two rooms: the entries wire the outside, the stories are what commands run. */
const ENTRIES = ['main.ts', 'cli.ts', 'host.ts', 'post.ts']

function roomOf(file: string): string {
  if (file.startsWith('bisect/')) return 'stories'
  if (file.includes('/')) return dirname(file)
  return ENTRIES.includes(file) ? 'entries' : 'stories'
}

/** What a file imports from other files here, types and dynamic imports too. */
function importsOf(file: string, text: string): readonly string[] {
  const found = text.matchAll(/^(?:import|export)\b[^'"]*'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)
  return [...found].map(([, still, dynamic]) => join(dirname(file), (still ?? dynamic)!))
}

type Sources = ReadonlyMap<string, string>

/** The rooms that each room imports from. */
function roomsImported(sources: Sources): ReadonlyMap<string, ReadonlySet<string>> {
  const rooms = new Map<string, Set<string>>()
  for (const [file, text] of sources) {
    const from = roomOf(file)
    const to = rooms.get(from) ?? new Set()
    rooms.set(from, to)
    for (const imported of importsOf(file, text)) if (roomOf(imported) !== from) to.add(roomOf(imported))
  }
  return rooms
}

/** Rooms that reach themselves again by what they import, each with the shortest way round. */
function circles(sources: Sources): readonly string[] {
  const rooms = roomsImported(sources)
  const wayRound = (start: string): string | undefined => {
    const seen = new Set<string>()
    let ways: readonly (readonly string[])[] = [[start]]
    while (ways.length > 0) {
      const next: (readonly string[])[] = []
      for (const way of ways)
        for (const room of rooms.get(way.at(-1)!) ?? []) {
          if (room === start) return [...way, start].join(' → ')
          if (seen.has(room)) continue
          seen.add(room)
          next.push([...way, room])
        }
      ways = next
    }
    return undefined
  }
  return [...rooms.keys()].flatMap(room => wayRound(room) ?? [])
}

describe('rooms', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const sources = new Map(files.map(file => [file, readFileSync(join('src', file), 'utf8')] as const))

  test('do not import each other in a circle, types counted', () => {
    const arrows = [...roomsImported(sources).values()].reduce((sum, rooms) => sum + rooms.size, 0)
    expect(arrows).toBeGreaterThan(300)
    expect(circles(sources)).toEqual([])
  })

  test('give no two exported types one name', () => {
    const places = new Map<string, string[]>()
    for (const [file, text] of sources)
      for (const [, name] of text.matchAll(/^export (?:interface|type) (\w+)/gm))
        places.set(name!, [...(places.get(name!) ?? []), file])
    expect(places.size).toBeGreaterThan(500)
    expect([...places].filter(([, declared]) => declared.length > 1)).toEqual([])
  })

  test('a circle of two rooms, of three rooms, by a type, by several lines and by a dynamic import is found', () => {
    const one = "import { two } from '../two/a.ts'\n"
    expect(
      circles(
        new Map([
          ['one/a.ts', one],
          ['two/b.ts', "import type { One } from '../one/z.ts'\n"],
        ]),
      ),
    ).toEqual(['one → two → one', 'two → one → two'])
    const three: Sources = new Map([
      ['one/a.ts', one],
      ['two/b.ts', "import {\n  type A,\n  b,\n} from '../three/z.ts'\n"],
      ['three/c.ts', "const late = () => import('../one/late.ts')\n"],
    ])
    expect(circles(three)).toHaveLength(3)
    expect(circles(new Map([...three].slice(0, 2)))).toEqual([])
    expect(
      circles(
        new Map([
          ['gate.ts', "export { x } from './cli.ts'\n"],
          ['cli.ts', "import './gate.ts'\n"],
        ]),
      ),
    ).toHaveLength(2)
  })
})
