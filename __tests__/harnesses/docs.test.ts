import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../src/core/config/config-file.ts'
import { HARNESSES } from '../../src/core/harness/table.ts'
import { HARNESS_NAMES } from '../../src/core/model/harness-name.ts'

const page = readFileSync('docs/harnesses.md', 'utf8')

describe('docs/harnesses.md', () => {
  test.each(HARNESS_NAMES)('tells what is known of %s', name => {
    const { title, print, short, select, exactly, list } = HARNESSES[name]
    const verbs = [print, short, select, exactly, list].map(verb => (verb ? 'yes' : '–')).join(' | ')
    expect(page).toContain(`| \`${name}\` | ${title} | ${verbs} |`)
  })

  test.each([...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!))(
    'has a block that is read: %.60s',
    yaml => {
      expect(() => readConfig(yaml, 'docs')).not.toThrow()
    },
  )

  test('has recipes of at most five lines', () => {
    const recipes = [...page.matchAll(/<!-- recipe: (\S+) -->\n```yaml\n([\s\S]*?)```/g)]
    expect(recipes.length).toBeGreaterThanOrEqual(12)
    for (const [, , yaml] of recipes) expect(yaml!.trim().split('\n').length).toBeLessThanOrEqual(5)
  })
})
