import { buildScenarios } from './builds.ts'
import { codegenScenarios } from './codegen.ts'
import { dataScenarios } from './data.ts'
import { interpreterScenarios } from './interpreter.ts'
import { languageScenarios } from './languages.ts'
import { luckScenarios } from './luck.ts'
import { neighbourScenarios } from './neighbours.ts'
import { placementScenarios } from './placement.ts'
import type { Scenario } from './scenario.ts'
import { trapScenarios } from './traps.ts'
import { unchangedScenarios } from './unchanged.ts'
import { workScenarios } from './work.ts'

/** Every scenario, the harmless ones first. */
export const scenarios: readonly Scenario[] = [
  ...unchangedScenarios,
  ...placementScenarios,
  ...luckScenarios,
  ...buildScenarios,
  ...dataScenarios,
  ...workScenarios,
  ...codegenScenarios,
  ...trapScenarios,
  ...neighbourScenarios,
  ...interpreterScenarios,
  ...languageScenarios,
]
