/** Lines in which a build writes down what it was built from: they differ for every commit, and no code that is hot reads them. */
const STAMP =
  /version|commit|revision|\bsha\b|_sha|\bhash\b|git|build|\bdate\b|time|describe|branch|generated|copyright/i
const LONGEST_STAMP = 400

/** Whether two generated texts are the same but for version stamps, dates and the comments that name where they come from. */
export function sameButStamps(base: string, head: string): boolean {
  if (base === head) return true
  const [ofBase, ofHead] = [base.split('\n'), head.split('\n')]
  if (ofBase.length !== ofHead.length) return false
  return ofBase.every((line, at) => line === ofHead[at] || isStampPair(line, ofHead[at]!))
}

function isStampPair(base: string, head: string): boolean {
  if (base.length > LONGEST_STAMP || head.length > LONGEST_STAMP) return false
  if (/^\s*(?:\/\/|\/\*|\*|#\s*line\b|;|--)/.test(base) && /^\s*(?:\/\/|\/\*|\*|#\s*line\b|;|--)/.test(head))
    return true
  if (withoutOptions(base) === withoutOptions(head)) return true
  return STAMP.test(base) && STAMP.test(head) && blanked(base) === blanked(head)
}

/** A text that is a version and nothing else. */
const VERSION = /"v?\d+(?:\.\d+)+(?:[-+][\w.]+)?"/

/** Whether two lines differ in a text only that says which version of the program it is. */
export function isTextStamp(base: string, head: string): boolean {
  if (base.length > LONGEST_STAMP || head.length > LONGEST_STAMP) return false
  const withoutTexts = (line: string): string => line.replaceAll(/"[^"]*"/g, '""')
  return (STAMP.test(base) || VERSION.test(base)) && withoutTexts(base) === withoutTexts(head)
}

/** Without texts that only list a compiler's options, which a build writes down for `--version`: they say how code was made, and are no code. */
const withoutOptions = (line: string): string =>
  line.replaceAll(/"(?:[\w./+-]*c(?:c|lang|\+\+)[\w.+-]* +)?-[\w=+,./:-]+(?: +-[\w=+,./:-]+)* *"/g, '"-"')

/** Without texts and numbers, which are what a stamp changes. */
const blanked = (line: string): string =>
  line.replaceAll(/"[^"]*"|'[^']*'/g, '""').replaceAll(/\b[0-9a-f]{7,40}\b|\b\d[\d.]*\b/g, '0')
