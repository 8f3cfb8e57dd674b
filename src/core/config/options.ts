/** Every setting once: its name at all doors, what it does, and its default as text. */
export interface Option {
  readonly name: string
  readonly says: string
  readonly fallback: string
  /** Where it can be given; `config` is the configuration file in the repository. */
  readonly doors: readonly ('cli' | 'action' | 'config')[]
}

const everywhere = ['cli', 'action', 'config'] as const
const doors = ['cli', 'action'] as const

export const OPTIONS: readonly Option[] = [
  {
    name: 'build',
    says: 'Command that builds one side, run by bash in its work tree.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'bench',
    says: 'Benchmarks as lines of NAME=COMMAND; on the command line the option may be repeated.',
    fallback: '',
    doors,
  },
  {
    name: 'threshold',
    says: 'Largest slowdown allowed, as a percentage.',
    fallback: '5%',
    doors: everywhere,
  },
  {
    name: 'floor',
    says: 'Smallest absolute slowdown that may count as a breach, beside the threshold (for example 1ms).',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'format',
    says: 'How a value is read: wall, seconds, milliseconds, json:PATH or regex:PATTERN.',
    fallback: 'wall',
    doors: everywhere,
  },
  {
    name: 'harness',
    says: 'Benchmark harness whose results become rows, by name: auto, google-benchmark, …; see docs/harnesses.md.',
    fallback: 'recognised by the output',
    doors: everywhere,
  },
  {
    name: 'unit',
    says: 'Unit of values read by json: or regex:, for the report.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'better',
    says: 'Whether lower or higher values are better.',
    fallback: 'lower',
    doors: everywhere,
  },
  {
    name: 'metric',
    says: 'What is gated: time, cpu-time (for busy machines; blind to waiting), instructions (counted or simulated), allocations or allocated-bytes (where the harness tells them).',
    fallback: 'time',
    doors: everywhere,
  },
  {
    name: 'count-with',
    says: 'A smaller workload for counting under simulation, when the benchmark is slow.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'bench-budget',
    says: 'Longest time spent on one benchmark.',
    fallback: 'the budget',
    doors: everywhere,
  },
  {
    name: 'timeout',
    says: 'Longest time one run of a benchmark may take.',
    fallback: '300s',
    doors: everywhere,
  },
  {
    name: 'budget',
    says: 'Longest time spent on measuring all benchmarks.',
    fallback: '10m',
    doors: everywhere,
  },
  { name: 'build-timeout', says: 'Longest time one build may take.', fallback: '30m', doors: everywhere },
  { name: 'alpha', says: 'Error rate over the whole table.', fallback: '1%', doors: everywhere },
  {
    name: 'warmup',
    says: 'Rounds to run and discard before measuring; each command has run once on both sides by then.',
    fallback: '0',
    doors: everywhere,
  },
  {
    name: 'counters',
    says: 'Where counters come from: auto, perf, simulated or off.',
    fallback: 'auto',
    doors: everywhere,
  },
  {
    name: 'layouts',
    says: 'The layout trial: auto, off, or how many layouts a side.',
    fallback: 'auto',
    doors: everywhere,
  },
  {
    name: 'layout-budget',
    says: 'Longest time spent on the layout trial of one benchmark.',
    fallback: '5m',
    doors: everywhere,
  },
  {
    name: 'tune',
    says: 'System settings while measuring: auto, off, required, or a list of knobs that are then required.',
    fallback: 'auto',
    doors: everywhere,
  },
  {
    name: 'isolation',
    says: 'Where code of the pull request runs: auto (the best the machine allows), required, or off.',
    fallback: 'auto',
    doors: everywhere,
  },
  {
    name: 'network',
    says: "Which code of the pull request has the machine's network: builds, none or all; the rest has a loopback of its own.",
    fallback: 'builds',
    doors: everywhere,
  },
  {
    name: 'share',
    says: 'Folders of the machine that builds start from, such as caches, a line each (~/ is the home); what a side changes in them is thrown away.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'bring',
    says: 'Files and folders that earlier steps made in the work tree, a line each; both sides get a copy.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'l1i',
    says: 'Geometry of the instruction cache as SIZE,WAYS,LINE in bytes, when the machine does not tell.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'on-undecided',
    says: 'What an undecided benchmark does to the check: fail, warn or pass. It fails by default, because nothing was shown.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'on-unmeasured',
    says: 'What a benchmark that could not be measured on either side does to the check: fail, warn or pass.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'on-base-broken',
    says: 'What a base that does not build or run the benchmark does to the check: fail, warn or pass. Use warn while main is broken or in the change that brings a benchmark.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'on-removed',
    says: 'What a benchmark that the change removes does to the check: fail, warn or pass.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'on-placement',
    says: 'What a slowdown that is shown to be code placement does to the check: fail, warn or pass.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'on-codegen',
    says: 'What a slowdown that is shown to be the same source compiled otherwise does to the check: fail, warn or pass.',
    fallback: 'fail',
    doors: everywhere,
  },
  {
    name: 'comment',
    says: 'When the pull request gets a comment: always, on-change, on-breach or never.',
    fallback: 'always',
    doors: ['action', 'config'],
  },
  {
    name: 'env',
    says: 'Further environment variables for builds and benchmarks: NAME to pass one on, NAME=VALUE to set one, a line each.',
    fallback: '',
    doors: everywhere,
  },
  {
    name: 'base',
    says: 'Commit, branch or tag to compare with; its merge base with the head is measured. The action takes it from the event.',
    fallback: 'from the event',
    doors,
  },
  {
    name: 'against',
    says: 'Base for a timeline: previous, release (the last v* tag) or an age such as 30d.',
    fallback: '',
    doors,
  },
  {
    name: 'accept',
    says: 'Accepted slowdowns as lines of NAME=12% [until 2027-01-31]: reason.',
    fallback: '',
    doors: ['cli', 'config'],
  },
  {
    name: 'accept-label',
    says: 'Label by which somebody with write access lets the slowdowns pass that their comments name; see docs/history.md.',
    fallback: 'perf: accept',
    doors: ['action'],
  },
  {
    name: 'history',
    says: 'Where comparisons on the default branch are kept: a branch (action) or a file (command line); see docs/history.md.',
    fallback: '',
    doors,
  },
  { name: 'head', says: 'Commit to judge.', fallback: 'from the event, or HEAD', doors },
  {
    name: 'config',
    says: 'Configuration file in the repository; it is read from the base side.',
    fallback: '.github/perf-verdict.yml',
    doors,
  },
  {
    name: 'out',
    says: 'Folder for report.json, report.md and report.html.',
    fallback: 'perf-verdict',
    doors,
  },
  { name: 'seed', says: 'Seed of the random order, to repeat a run.', fallback: 'random', doors },
  {
    name: 'shard',
    says: 'Share of the benchmarks to measure, as INDEX/OF (for a matrix).',
    fallback: '',
    doors,
  },
  {
    name: 'working-directory',
    says: 'Folder that the build and the benchmarks run in, inside the workspace (on the command line inside the repository): where the code was checked out to, or one project of several.',
    fallback: '',
    doors,
  },
  { name: 'repo', says: 'Folder of the repository.', fallback: 'the current folder', doors: ['cli'] },
  {
    name: 'command',
    says: "What to do: gate, publish (post a fork's report from a workflow_run job) or merge (join the shards' reports).",
    fallback: 'gate',
    doors: ['action'],
  },
  {
    name: 'reports',
    says: "For merge: folder with the shards' reports, one report.json in a folder each.",
    fallback: 'perf-verdict-shards',
    doors,
  },
  {
    name: 'artifact',
    says: 'For publish: name of the artifact that holds report.json.',
    fallback: 'perf-verdict',
    doors: ['action'],
  },
  {
    name: 'cache',
    says: 'Whether base builds are kept in the actions cache.',
    fallback: 'true',
    doors: ['action'],
  },
  {
    name: 'check',
    says: "Whether a check run with annotations is created beside the job's own status (needs checks: write).",
    fallback: 'false',
    doors: ['action'],
  },
  {
    name: 'key',
    says: 'Name of this gate in its comment and check. By itself each job of a workflow, and each leg of a matrix, has one of its own; give one to keep it when a job is renamed.',
    fallback: 'workflow-job-matrix',
    doors: ['action'],
  },
  {
    name: 'job',
    says: 'Filled in by itself: the number and the matrix of this job, which tell its comment from those of other jobs.',
    fallback: '',
    doors: ['action'],
  },
  {
    name: 'github-token',
    says: 'Token for the comment and the check; the measuring itself needs none.',
    fallback: "the job's own",
    doors: ['action'],
  },
]
