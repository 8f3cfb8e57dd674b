/** Notes on a run that was ended or has not ended yet. */

/** The error of a report that a killed run leaves behind. */
export const ENDED_EARLY = 'The run was ended before it was finished; this is what it had.'

/** The check of a run that was ended. */
export const CHECK_ENDED = {
  title: 'Ended before its end',
  summary: 'The run was ended before it was finished, so nothing was shown.',
} as const

/** The causes are not known yet. */
export const STILL_EXPLAINING =
  'The measuring is done. The causes are still being looked for, and whether a layout hides more work, which fails the check; what is found will replace this text.'

/** There is no comment and nothing to write in one. */
export const NOTHING_TO_SAY = 'There is nothing to say and no comment to bring up to date.'
