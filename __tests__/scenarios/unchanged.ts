import { coldFunction, handlerNames, machineSources } from './machine.ts'
import { byMake, makefile } from './makefile.ts'
import { type Scenario, type Tree, two, upTo } from './scenario.ts'

const hot = machineSources({ handlers: 40, rounds: 300_000 })
const handlers = upTo(40).map(i => `op_${two(i)}`)
const plain: Tree = { ...hot, Makefile: makefile(['main', ...handlers]) }
const common = { ...byMake, countWith: './bench 20000' }
const nothing = { decision: 'unchanged', causes: [], innocent: [handlerNames] } as const

const commented = Object.fromEntries(
  Object.entries(hot).map(([path, text]) => [
    path,
    text.replace(/unsigned k = 1;|HANDLER op_\d/g, found => `/* Explained at length. */ ${found}`),
  ]),
)

const withUsage = (bytes: number): Tree => ({
  ...hot,
  'src/usage.c': coldFunction('usage', bytes),
  Makefile: makefile(['main', 'usage', ...handlers]),
})

export const unchangedScenarios: readonly Scenario[] = [
  {
    ...common,
    name: 'no-change',
    story: 'Only a text beside the program differs.',
    base: { ...plain, 'NOTES.md': '# Notes\n' },
    head: { ...plain, 'NOTES.md': '# Notes\n\nMore words.\n' },
    message: 'Say more in the notes',
    expect: nothing,
  },
  {
    ...common,
    name: 'comment-only',
    story: 'Comments in every hot file; the machine code is the same.',
    base: plain,
    head: { ...plain, ...commented },
    message: 'Explain the handlers',
    expect: nothing,
  },
  {
    ...common,
    name: 'moved-harmless',
    story: 'A cold function in front grows: every hot function moves by the same 256 bytes and stays packed.',
    base: withUsage(60),
    head: withUsage(316),
    message: 'usage: print the examples',
    effect: { within: 0.03 },
    expect: nothing,
  },
]
