import { describe, expect, test } from '@jest/globals'
import { DEFAULT_POLICIES } from '../../../src/core/decision/policy.ts'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import { includesIn, openMasks, secretsIn } from '../../../src/core/text/secrets.ts'
import { htmlText } from '../../../src/report/html/page.ts'
import { jsonText } from '../../../src/report/json/json.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { summaryText } from '../../../src/report/markdown/summary.ts'
import { logText } from '../../../src/report/terminal/log.ts'
import { withTexts } from '../../doubles/hostile-report.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'

const SECRET = 'S3cret/+"value"=='

describe('a known secret', () => {
  test.each(Object.keys(SAMPLES))('is in nothing that is published of a report (%s)', name => {
    const masks = openMasks({ DEPLOY_TOKEN: SECRET, PATH: '/usr/bin' })
    const texts = withTexts(SAMPLES[name]!, () => `before ${SECRET} after`)
    const leaking = {
      ...texts,
      tool: SAMPLES[name]!.tool,
      startedAt: SAMPLES[name]!.startedAt,
      policies: DEFAULT_POLICIES,
    }
    expect(JSON.stringify(leaking)).toContain('S3cret')
    const report = masks.masked(leaking)
    const published = [
      commentText(report, { key: 'default' }),
      summaryText(report),
      htmlText(report),
      jsonText(report),
      logText(report),
    ]
    expect(published.filter(text => text.includes('S3cret'))).toEqual([])
    expect(parseReport(jsonText(report)).verdict).toBe(report.verdict)
  })

  test('is found in the forms in which programs print it', () => {
    const masks = openMasks({})
    masks.add(SECRET)
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    for (const form of [
      SECRET,
      JSON.stringify(SECRET),
      encodeURIComponent(SECRET),
      ...['', 'x', 'xy', 'x-access-token:'].map(before => base64(`${before}${SECRET}`)),
      base64(`user:${SECRET}\n`),
    ]) {
      const text = masks.masked(`error: ${form} refused`)
      expect([form, text.includes('***')]).toEqual([form, true])
      const left = Buffer.from(
        text.replace(/^error: | refused$/g, '').replace('***', ''),
        'base64',
      ).toString()
      expect(left).not.toContain('S3cret')
    }
  })

  test('of several lines is masked line by line; short texts and words of ours are left', () => {
    const masks = openMasks({ API_KEY: 'abc', MY_SECRET: 'first line\nsecond line', SOME_TOKEN: 'unchanged' })
    expect(masks.masked(['the first line', 'the second line', 'abc', 'unchanged'])).toEqual([
      'the ***',
      'the ***',
      'abc',
      'unchanged',
    ])
  })
})

test.each([
  `ghp_${'a'.repeat(36)}`,
  `ghs_${'A1'.repeat(18)}`,
  `github_pat_${'a_1'.repeat(20)}`,
  `npm_${'x'.repeat(36)}`,
  'AKIAABCDEFGHIJKLMNOP',
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
])('a token that tells what it is is masked, whoever printed it: %s', token => {
  expect(openMasks({}).masked({ detail: `export TOKEN=${token}` })).toEqual({ detail: 'export TOKEN=***' })
})

describe('tokens in configuration of git', () => {
  const basic = Buffer.from('x-access-token:ghs_secretsecret').toString('base64')
  test.each<[string, string, readonly string[]]>([
    [
      'a header',
      `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${basic}\n`,
      [basic, 'ghs_secretsecret'],
    ],
    ['a bearer', '[http]\n\textraHeader = "Authorization: Bearer abcdefgh"\n', ['abcdefgh']],
    ['an address', '[remote "origin"]\n\turl = https://me:pa%20ssword@github.com/x\n', ['pa ssword']],
    [
      'an address with a name only',
      '[remote "o"]\n\turl = https://ghs_abcdefgh@github.com/x\n',
      ['ghs_abcdefgh'],
    ],
    ['an insteadOf', '[url "https://t:secret99@github.com/"]\n\tinsteadOf = git@github.com:\n', ['secret99']],
    ['nothing', '[remote "origin"]\n\turl = https://github.com/x\n[user]\n\temail = a@b.c\n', []],
  ])('%s', (_, text, found) => {
    expect(secretsIn(text)).toEqual(found)
  })

  test('includes are followed under any condition, and other paths are not', () => {
    const text = [
      '[includeIf "gitdir:/w/x/.git"]',
      '\tpath = /tmp/git-credentials-1.config',
      '[include] path = "more config"',
      '[INCLUDEIF "hasconfig:remote.*.url:x"]',
      '  Path=~/other # why',
      '[core]\n\tpath = /etc/passwd',
    ].join('\n')
    expect(includesIn(text)).toEqual(['/tmp/git-credentials-1.config', 'more config', '~/other'])
  })
})

test('a header that git adds to every request is a secret, whatever it is called', () => {
  const config =
    '[http "https://example.org/"]\n\textraheader = "X-Api-Key: 0123456789abcdef"\n\textraheader=plain-0123456789\n'
  expect(secretsIn(config)).toEqual(expect.arrayContaining(['0123456789abcdef', 'plain-0123456789']))
})
