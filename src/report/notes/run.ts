/** Notes on a run that was ended or has not ended yet. */

/** The error of a report that a killed run leaves behind. */
export const ENDED_EARLY = 'The run was ended before it was finished; this is what it had.'

/** The check of a run that was ended. */
export const CHECK_ENDED = {
  title: 'Interrupted',
  summary: 'The run was ended before it was finished, so it shows nothing.',
} as const

/** The causes are not known yet. */
export const STILL_EXPLAINING =
  'Measuring has ended. The gate still looks for causes and for more work that a layout hides, which fails the check; the result will replace this text.'

/** There is no comment and nothing to write in one. */
export const NOTHING_TO_SAY = 'There is nothing to say and no comment to bring up to date.'
