import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** A script of the distribution with everything that it imports, by paths relative to its folder, and the mark that makes them modules. */
export function programFiles(program: string): ReadonlyMap<string, string> {
  const folder = dirname(program)
  const files = new Map([['package.json', '{ "type": "module" }\n']])
  const waiting = ['host.js']
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (files.has(name)) continue
    const text = readFileSync(name === 'host.js' ? program : join(folder, name), 'utf8')
    files.set(name, text)
    for (const imported of importsOf(text)) waiting.push(normalize(join(dirname(name), imported)))
  }
  return files
}

/** Relative imports as the bundler writes them, one a line. */
function importsOf(text: string): readonly string[] {
  const found = text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from\s*)?["'](\.[^"']+)["']/gm)
  return [...found].map(match => match[1]!)
}
