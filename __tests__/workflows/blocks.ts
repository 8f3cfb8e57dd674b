import { readdirSync, readFileSync } from 'node:fs'

/** A whole workflow that our documentation shows. */
export interface Block {
  /** As the comment before it names it: `<!-- workflow: gate -->`. */
  readonly name: string
  readonly file: string
  readonly yaml: string
}

/** Every whole workflow of the README and of docs. Throws where one has no name, because nothing would run it then. */
export function documentedWorkflows(): readonly Block[] {
  const files = [
    'README.md',
    ...readdirSync('docs')
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`),
  ]
  return files.flatMap(file => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/(?:<!-- workflow: ([\w-]+) -->\n)?```ya?ml\n([\s\S]*?)```/g)].flatMap(
      ([, name, yaml]): Block[] => {
        if (!/^jobs:$/m.test(yaml!)) return []
        if (name === undefined) throw new Error(`${file} has a workflow without a name:\n${yaml}`)
        return [{ name, file, yaml: yaml! }]
      },
    )
  })
}
