/** Counters of one side, for one run of the workload; an absent field was not counted. */
export interface Counts {
  readonly instructions?: number
  readonly cycles?: number
  readonly icacheLoads?: number
  readonly icacheMisses?: number
  readonly dcacheMisses?: number
  /** Data accesses that the second-level cache could not serve either; only simulated. */
  readonly secondLevelMisses?: number
  readonly branches?: number
  readonly branchMisses?: number
  readonly itlbMisses?: number
  readonly frontEndStalls?: number
  readonly backEndStalls?: number
  readonly uopCacheMisses?: number
  /** Issue slots of the core, and where they went: the first level of top-down analysis, where the kernel offers it. */
  readonly slots?: number
  readonly retiredSlots?: number
  readonly badSpeculationSlots?: number
  readonly frontEndSlots?: number
  readonly backEndSlots?: number
  readonly taskClockSeconds?: number
  readonly pageFaults?: number
  readonly contextSwitches?: number
  readonly migrations?: number
}

/** What was counted on both sides, by whom, and how far repeated counts of the same side spread. */
export interface Counters {
  readonly source: 'perf' | 'simulated' | 'none'
  readonly base: Counts
  readonly head: Counts
  /** How many iterations of its code the counted run of either side was asked for, where the harness takes a number. */
  readonly iterations?: number
  /** Whether both sides were counted over the same work by construction: a whole run that is timed, a workload for counting, or so many iterations. */
  readonly fixedWork?: boolean
  /** Largest relative spread of instructions over repeats of one side: 0 for a deterministic program. */
  readonly instructionSpread?: number
  /** The one sentence that says what differs. */
  readonly summary?: string
  /** The event chosen for each role, or why there is none. */
  readonly events?: readonly { readonly role: string; readonly event?: string; readonly why?: string }[]
  /** The simulated geometry or the hardware's, as `size,ways,line`. */
  readonly geometry?: {
    readonly l1i: string
    readonly l1d: string
    readonly ll: string
    readonly from: string
  }
}
