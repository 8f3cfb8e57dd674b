import { UNSEEN } from './text-faults.ts'

const TAGS =
  /<\/?(?:html|head|meta|title|style|body|header|h1|h2|h3|p|span|code|section|pre|div|table|thead|tbody|tr|th|td|small|article|figure|figcaption|ul|ol|li|details|summary|svg|line|rect|circle|text|main|nav|a|caption|form|label|input|select|option|output|button|path|g)(?: (?:hidden|open|class|lang|charset|http-equiv|content|name|viewBox|role|aria-label|aria-hidden|fill-opacity|colspan|x|y|x1|x2|y1|y2|cx|cy|r|width|height|text-anchor|id|href|tabindex|scope|type|autocomplete|value|d|data-value|data-name|data-finding)(?:="[^"<>]*")?)*\/?>/g

/** What a page has in it that is not our own: markup, links that lead elsewhere, attributes that act, characters that nobody sees. */
export function pageFaults(page: string, script: string, isOwn: RegExp): readonly string[] {
  const body = page
    .replace('<!doctype html>', '')
    .replace(`<script>${script}</script>`, '')
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(TAGS, '')
  const hrefs = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
  return [
    ...(/[<>"]/.test(body) ? [`foreign markup near ${/.{0,40}[<>"].{0,40}/.exec(body)?.[0]}`] : []),
    ...hrefs.filter(href => !isOwn.test(href)).map(href => `a link to ${href}`),
    ...(/\b(?:src|on\w+|style)=/.test((page.match(TAGS)?.join('') ?? '').replace(/"[^"]*"/g, ''))
      ? ['an attribute that acts']
      : []),
    ...(UNSEEN.test(page.replaceAll('\n', '')) ? ['an unseen character'] : []),
  ]
}
