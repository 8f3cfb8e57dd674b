/** What a text may weigh where it is shown. */
export interface Limit {
  /** UTF-16 units, as GitHub's API counts them at most. */
  readonly units: number
  readonly bytes: number
}

/** GitHub takes 65,536 characters of a comment; how it counts characters beyond the basic plane is not known, hence the margin. */
export const COMMENT_LIMIT: Limit = { units: 60_000, bytes: 200_000 }
/** A step's summary above 1 MiB is refused as a whole. */
export const SUMMARY_LIMIT: Limit = { units: 900 * 1024, bytes: 900 * 1024 }
/** `output.summary` of a check run holds 65,535 characters; the margin is for the same reason as the comment's. */
export const CHECK_LIMIT: Limit = { units: 65_535, bytes: 65_535 }

/** Items that nearly always fit. */
const FIRST = 16

const encoder = new TextEncoder()

function fits(text: string, limit: Limit): boolean {
  if (text.length > limit.units) return false
  return text.length * 3 <= limit.bytes || encoder.encode(text).length <= limit.bytes
}

/**
 * The text with the most items that is within a limit. `render` is given how many of the most interesting items to show; more
 * items make a longer text, and with none it must fit.
 */
export function largestThatFits(items: number, render: (shown: number) => string, limit: Limit): string {
  let fitting = 0
  let tooMany = items + 1
  // Twice as many each time, so that of a table far too long only the beginning is ever rendered.
  for (
    let shown = Math.min(items, FIRST);
    shown > fitting && tooMany > items;
    shown = Math.min(items, 2 * shown)
  ) {
    if (fits(render(shown), limit)) fitting = shown
    else tooMany = shown
  }
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2)
    if (fits(render(middle), limit)) fitting = middle
    else tooMany = middle
  }
  return render(fitting)
}
