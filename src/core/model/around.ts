/** Commands around each run of a benchmark; they are not timed and not counted. */
export interface Around {
  /** Runs before each run, for example to restore what the last run changed. */
  readonly prepare?: string
  /** Runs after each run, however it ended. */
  readonly conclude?: string
}

/** A command around a run. */
export type AroundStep = keyof Around
