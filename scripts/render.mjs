import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

/**
 * Takes a picture of a comment as GitHub shows it, or of report.html as it is:
 *
 *   node scripts/render.mjs IN.md|IN.html OUT.png|OUT.webp [light|dark] [WIDTH] [open|folded] [SCALE] [HEIGHT]
 *
 * WIDTH is that of the window in CSS pixels (900; a phone has 390), `open` unfolds what is folded, SCALE is that of the picture (2),
 * and HEIGHT cuts a long page off (all of it). It needs a Chromium
 * (Debian: chromium; or its path in CHROMIUM). Markdown goes through GitHub's own steps: GFM, raw HTML, GitHub's sanitising.
 */
const [, , input, output, theme = 'light', width = '900', unfold = 'folded', scale = '2', height] =
  process.argv
if (!input || !output || !['light', 'dark'].includes(theme)) {
  process.stderr.write(
    'usage: node scripts/render.mjs IN.md|IN.html OUT.png|OUT.webp [light|dark] [WIDTH] [open|folded] [SCALE] [HEIGHT]\n',
  )
  process.exit(2)
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
const faults = []
try {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: input.endsWith('.html') ? 900 : 400 },
    deviceScaleFactor: Number(scale),
    colorScheme: theme,
  })
  page.on('pageerror', error => faults.push(error.message))
  page.on('request', request => {
    if (!/^(?:file|data|about):/.test(request.url())) faults.push(`asked for ${request.url()}`)
  })
  if (input.endsWith('.html')) await page.goto(pathToFileURL(input).href)
  else await page.setContent(await commentPage(readFileSync(input, 'utf8')))
  if (unfold === 'open') await page.locator('details').evaluateAll(all => all.map(one => (one.open = true)))
  const clip = height && { clip: { x: 0, y: 0, width: Number(width), height: Number(height) } }
  const png = await page.screenshot({ fullPage: true, ...clip })
  writeFileSync(output, output.endsWith('.webp') ? await smaller(png) : png)
} finally {
  await browser.close()
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exit(1)
}

/** The picture as WebP, which is a third as large. */
async function smaller(png) {
  const page = await browser.newPage()
  const data = await page.evaluate(
    async source => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d').drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.8)
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
}

async function commentPage(markdown) {
  const html = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize, defaultSchema)
    .use(rehypeStringify)
    .process(markdown)
  const sheet = createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${theme}.css`)
  const line = theme === 'dark' ? '#3d444d' : '#d1d9e0'
  const frame = `body { margin: 0; padding: 12px; background: ${theme === 'dark' ? '#0d1117' : '#fff'} }
    .markdown-body { font-size: 14px; border: 1px solid ${line}; border-radius: 6px; padding: 12px 16px }`
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <style>${readFileSync(sheet, 'utf8')}${frame}</style><article class="markdown-body">${html}</article>`
}
