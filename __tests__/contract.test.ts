import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FLAG_NAMES, OPTIONS } from '../src/core/config/options.ts'
import { configShape, invocationSchema } from '../src/core/config/schema.ts'

interface Manifest {
  readonly inputs: Record<string, { readonly description: string; readonly default?: string }>
  readonly outputs: Record<string, { readonly description: string }>
  readonly runs: { readonly using: string; readonly main: string; readonly post: string }
}

const manifest: Manifest = parse(readFileSync('action.yml', 'utf8'))
const at = (invocation: 'cli' | 'action' | 'config') =>
  OPTIONS.filter(option => option.surfaces.includes(invocation))

/** Options of commands other than the gate, which its schema does not hold. */
const BESIDE_THE_GATE = [
  'job',
  'repo',
  'command',
  'reports',
  'needs',
  'artifact',
  'github-token',
  ...FLAG_NAMES,
]

const names = (options: readonly { readonly name: string }[]) => new Set(options.map(option => option.name))

describe('every option has the same name at all surfaces', () => {
  test('in action.yml', () => {
    expect(new Set(Object.keys(manifest.inputs))).toEqual(names(at('action')))
  })

  test('with the same words in action.yml', () => {
    for (const { name, says } of at('action')) {
      expect(manifest.inputs[name]!.description).toContain(says.replace(/\.$/, ''))
    }
  })

  test('in the schema that reads them', () => {
    const gate = names([...at('cli'), ...at('action')].filter(({ name }) => !BESIDE_THE_GATE.includes(name)))
    expect(new Set(Object.keys(invocationSchema.shape))).toEqual(gate)
  })

  test('in the schema that reads the configuration file', () => {
    expect(new Set(Object.keys(configShape))).toEqual(names(at('config')))
  })
})

test('the action runs on node 24 from dist, and cleans up after itself', () => {
  expect(manifest.runs).toMatchObject({ using: 'node24', main: 'dist/main.js', post: 'dist/post.js' })
})
