import { fitted } from '../../core/text/display-width.ts'
import { visible } from '../../core/text/text.ts'

/** A terminal, as far as a line that is rewritten in place needs it. */
export interface Screen {
  write(text: string): void
  /** Its width now; it may change. */
  columns(): number
}

/** The last line of a terminal, which says what is being done and is gone when something else is written. */
export interface LiveLine {
  /** Writes lines above it. */
  above(text: string): void
  /** Keeps it up to date until `stop`. */
  start(): void
  stop(): void
}

const REPAINT_MILLISECONDS = 250
/** Back to the start of the line, and the rest of it erased (ECMA-48, EL): no colour and no other control. */
const ERASE = '\r\u001b[K'

/** `text` is asked for what to show whenever it is painted. */
export function openLiveLine(screen: Screen, text: () => string): LiveLine {
  let timer: NodeJS.Timeout | undefined
  let shown = ''
  const paint = () => {
    // A line as wide as the terminal would wrap, and could not be erased.
    const next = fitted(visible(text().replaceAll(/\p{Cc}+/gu, ' ')), Math.max(0, screen.columns() - 1))
    if (next === shown) return
    screen.write(`${ERASE}${next}`)
    shown = next
  }
  const clear = () => {
    if (shown !== '') screen.write(ERASE)
    shown = ''
  }
  return {
    above: line => {
      clear()
      screen.write(line)
      if (timer) paint()
    },
    start: () => {
      timer ??= setInterval(paint, REPAINT_MILLISECONDS)
      timer.unref()
    },
    stop: () => {
      clearInterval(timer)
      timer = undefined
      clear()
    },
  }
}
