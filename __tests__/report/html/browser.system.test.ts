// Shares the machine: nothing here depends on the clock.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Browser, chromium, type Page } from 'playwright-core'
import { htmlText } from '../../../src/report/html/page.ts'
import { aReport, theStory } from '../../doubles/reports.ts'
import { aSuite, SAMPLES } from '../../doubles/sample-reports.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const there = existsSync(CHROMIUM)
if (!there)
  console.log(`${CHROMIUM} is not installed (Debian: chromium); the page is not opened in a browser.`)
const inBrowser = there ? describe : describe.skip

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Pictures to look at stay there. */
const PICTURES = process.env.PICTURES
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-page-'))
const reports = {
  one: SAMPLES.placement!,
  hundred: aReport({ verdict: 'fail', benchmarks: [theStory(), ...aSuite(99)] }),
  thousand: aReport({ verdict: 'fail', benchmarks: aSuite(1000) }),
}

let browser: Browser
const faults: string[] = []

/** The page of a report in a window, with whatever it asks for or breaks kept as a fault. */
async function open(
  name: keyof typeof reports,
  options: { width?: number; dark?: boolean; hash?: string } = {},
) {
  const { width = 1200, dark = false, hash = '' } = options
  const file = join(folder, `${name}.html`)
  writeFileSync(file, htmlText(reports[name]))
  const page = await browser.newPage({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
  })
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) faults.push(`asked for ${request.url()}`)
  })
  await page.goto(`${pathToFileURL(file).href}${hash}`)
  return page
}

/** What axe calls serious or critical, with the element it is about. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
}

inBrowser('the page in a browser', () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    })
  })
  afterAll(() => browser.close())

  test('sorts by a column, one way and the other, and says so to a screen reader', async () => {
    const page = await open('hundred')
    const change = page.locator('#benchmarks th[scope=col]', { hasText: 'Change' })
    const values = () =>
      page
        .locator('#benchmarks tbody td:nth-child(2)')
        .evaluateAll(cells =>
          (cells as { dataset: { value?: string } }[]).flatMap(({ dataset }) => Number(dataset.value ?? [])),
        )
    await change.locator('button').click()
    expect(await change.getAttribute('aria-sort')).toBe('descending')
    expect(await values()).toEqual((await values()).toSorted((one, other) => other - one))
    await change.locator('button').press('Enter')
    expect(await change.getAttribute('aria-sort')).toBe('ascending')
    expect(await values()).toEqual((await values()).toSorted((one, other) => one - other))
    await page.close()
  })

  test('filters by name and by finding, and counts what is left', async () => {
    const page = await open('thousand')
    await page.getByLabel('Name').fill('size:65536/')
    const rows = page.locator('#benchmarks tbody tr:visible')
    const named = await rows.count()
    expect(named).toBeGreaterThan(10)
    expect(await page.locator('output').textContent()).toBe(`${named} of 1000`)
    await page.getByLabel('Name').fill('')
    await page.getByLabel('Finding').selectOption('slower')
    expect(await rows.count()).toBe(40)
    await page.close()
  })

  test('an address within the page opens what it names', async () => {
    const page = await open('hundred', { hash: '#benchmark-5' })
    expect(
      await page.locator('#benchmark-5 > details').evaluate(one => (one as { open?: boolean }).open),
    ).toBe(true)
    await page.close()
  })

  test.each([
    ['one', 1200, false],
    ['hundred', 390, false],
    ['hundred', 1200, true],
    ['thousand', 390, true],
  ] as const)(
    '%s at %d px (dark: %s) has no serious barrier and no sideways scrolling',
    async (name, width, dark) => {
      const page = await open(name, { width, dark })
      // axe takes half a minute over a thousand rows, and says nothing of them that it does not say of a hundred.
      if (name !== 'thousand') expect(await barriers(page)).toEqual([])
      const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number
      expect(wide).toBeLessThanOrEqual(width)
      const tall = (await page.evaluate('document.documentElement.scrollHeight')) as number
      expect(tall).toBeLessThan(25_000)
      if (PICTURES) {
        mkdirSync(PICTURES, { recursive: true })
        await page.screenshot({
          path: join(PICTURES, `page-${name}-${width}${dark ? '-dark' : ''}.png`),
          fullPage: true,
        })
      }
      await page.close()
    },
  )

  test('reads whole without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(pathToFileURL(join(folder, 'hundred.html')).href)
    expect(await page.locator('#benchmarks tbody tr:visible').count()).toBe(100)
    expect(await page.locator('.tools').isVisible()).toBe(false)
    await context.close()
  })

  test('asked for nothing and broke nothing', () => {
    expect(faults).toEqual([])
  })
})
