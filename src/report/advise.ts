import { adviceFor } from '../core/advice.ts'
import type { Advice } from './evidence.ts'

/** What to do about a benchmark, by the mechanism that was found; nothing without a cause. */
export const advise: Advice = ({ cause, suspects = [] }) => (cause ? adviceFor(cause, suspects) : [])
