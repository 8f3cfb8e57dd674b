// src/core/config/options.ts
const everywhere = [
	"cli",
	"action",
	"config"
];
const doors = ["cli", "action"];
const OPTIONS = [
	{
		name: "build",
		says: "Command that builds one side. Bash runs it in the work tree.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "bench",
		says: "Benchmarks, one NAME=COMMAND per line. Repeat the option on the command line.",
		fallback: "",
		doors
	},
	{
		name: "threshold",
		says: "Largest slowdown to allow, as a percentage.",
		fallback: "5%",
		doors: everywhere
	},
	{
		name: "floor",
		says: "Also require at least this absolute slowdown, for example 1ms.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "format",
		says: "How to read the value: wall, seconds, milliseconds, json:PATH or regex:PATTERN.",
		fallback: "wall",
		doors: everywhere
	},
	{
		name: "harness",
		says: "Benchmark harness that prints the results, for example google-benchmark. Each result becomes a row. See docs/harnesses.md.",
		fallback: "recognised by the output",
		doors: everywhere
	},
	{
		name: "unit",
		says: "Unit of values read by json: or regex:, for the report.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "better",
		says: "Which values are better: lower or higher.",
		fallback: "lower",
		doors: everywhere
	},
	{
		name: "metric",
		says: "Metric to gate on: time; cpu-time for busy machines (blind to waiting); instructions for noisy or hosted runners; allocations or allocated-bytes where the harness reports them.",
		fallback: "time",
		doors: everywhere
	},
	{
		name: "count-with",
		says: "Command to run under Valgrind instead, if the benchmark is too slow to simulate.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "bench-budget",
		says: "Longest time to spend on one benchmark.",
		fallback: "the budget",
		doors: everywhere
	},
	{
		name: "timeout",
		says: "Longest time for one run of a benchmark.",
		fallback: "300s",
		doors: everywhere
	},
	{
		name: "budget",
		says: "Longest time to spend on measuring all benchmarks.",
		fallback: "10m",
		doors: everywhere
	},
	{
		name: "build-timeout",
		says: "Longest time for one build.",
		fallback: "30m",
		doors: everywhere
	},
	{
		name: "alpha",
		says: "Error rate over the whole table.",
		fallback: "1%",
		doors: everywhere
	},
	{
		name: "warmup",
		says: "Rounds to run and discard first. Each command has already run once on both sides by then.",
		fallback: "0",
		doors: everywhere
	},
	{
		name: "counters",
		says: "Source of counters: auto, perf, simulated or off.",
		fallback: "auto",
		doors: everywhere
	},
	{
		name: "layouts",
		says: "Layout trial: auto, off, or the number of layouts per side.",
		fallback: "auto",
		doors: everywhere
	},
	{
		name: "layout-budget",
		says: "Longest time for the layout trial of one benchmark.",
		fallback: "5m",
		doors: everywhere
	},
	{
		name: "tune",
		says: "System settings while measuring: auto, off, required, or a list of settings to require.",
		fallback: "auto",
		doors: everywhere
	},
	{
		name: "isolation",
		says: "Isolation of pull request code: auto (the best this machine allows), required or off.",
		fallback: "auto",
		doors: everywhere
	},
	{
		name: "network",
		says: "Which pull request code may use the network: builds, none or all. The rest gets a loopback of its own.",
		fallback: "builds",
		doors: everywhere
	},
	{
		name: "share",
		says: "Folders of the machine that builds may start from, such as caches, one per line (~/ is the home). Changes to them are discarded.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "bring",
		says: "Files and folders that earlier steps made in the work tree, one per line. Both sides get a copy.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "l1i",
		says: "Instruction cache as SIZE,WAYS,LINE in bytes, if the machine does not report it.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "on-undecided",
		says: "What an undecided benchmark does to the check: fail, warn or pass. It fails by default because nothing was shown.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-unmeasured",
		says: "What a benchmark that cannot be measured does to the check: fail, warn or pass.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-base-broken",
		says: "What a base that does not build or run does to the check: fail, warn or pass. Use warn while main is broken, or in the change that adds a benchmark.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-removed",
		says: "What a benchmark that the change removes does to the check: fail, warn or pass.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-masked",
		says: "What more work that a luckier layout hides does to the check: fail, warn or pass.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-placement",
		says: "What a slowdown shown to be code placement does to the check: fail, warn or pass.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "on-codegen",
		says: "What a slowdown shown to be different machine code for the same source does to the check: fail, warn or pass.",
		fallback: "fail",
		doors: everywhere
	},
	{
		name: "comment",
		says: "When to comment on the pull request: always, on-change, on-breach or never.",
		fallback: "always",
		doors: ["action", "config"]
	},
	{
		name: "env",
		says: "Extra environment variables, one per line: NAME to pass through, NAME=VALUE to set one.",
		fallback: "",
		doors: everywhere
	},
	{
		name: "base",
		says: "Base ref. Its merge base with the head is measured.",
		fallback: "from the event",
		doors
	},
	{
		name: "against",
		says: "Base for a history: previous, release (the last v* tag) or an age such as 30d.",
		fallback: "",
		doors
	},
	{
		name: "accept",
		says: "Slowdowns to accept, one NAME=12% [until 2027-01-31]: reason per line.",
		fallback: "",
		doors: ["cli", "config"]
	},
	{
		name: "accept-label",
		says: "Label that lets slowdowns pass which a maintainer accepted in a comment. See docs/history.md.",
		fallback: "perf: accept",
		doors: ["action"]
	},
	{
		name: "history",
		says: "Where to keep comparisons of the default branch: a branch (action) or a file (command line). See docs/history.md.",
		fallback: "",
		doors
	},
	{
		name: "head",
		says: "Commit to judge; on the command line also worktree, for uncommitted changes.",
		fallback: "from the event, or HEAD",
		doors
	},
	{
		name: "config",
		says: "Configuration file in the repository. It is read from the base side.",
		fallback: ".github/perf-verdict.yml",
		doors
	},
	{
		name: "out",
		says: "Folder for report.json, report.md and report.html.",
		fallback: "perf-verdict",
		doors
	},
	{
		name: "seed",
		says: "Seed of the random order, to repeat a run.",
		fallback: "random",
		doors
	},
	{
		name: "shard",
		says: "Share of the benchmarks to measure, as INDEX/OF, for a matrix.",
		fallback: "",
		doors
	},
	{
		name: "working-directory",
		says: "Folder to build and run in, inside the workspace (on the command line, inside the repository): where the code was checked out, or one project of several.",
		fallback: "",
		doors
	},
	{
		name: "repo",
		says: "Folder of the repository.",
		fallback: "the current folder",
		doors: ["cli"]
	},
	{
		name: "command",
		says: "What to do: gate, publish (post a fork's report from a workflow_run job) or merge (join the reports of shards).",
		fallback: "gate",
		doors: ["action"]
	},
	{
		name: "reports",
		says: "Folder with the reports of the shards, one report.json in a folder each. For merge.",
		fallback: "perf-verdict-shards",
		doors
	},
	{
		name: "artifact",
		says: "Name of the artifact that holds report.json. For publish.",
		fallback: "perf-verdict",
		doors: ["action"]
	},
	{
		name: "cache",
		says: "Whether to keep base builds in the actions cache.",
		fallback: "true",
		doors: ["action"]
	},
	{
		name: "check",
		says: "Whether to create a check run with annotations beside the job's own status. Needs checks: write.",
		fallback: "false",
		doors: ["action"]
	},
	{
		name: "key",
		says: "Name of this gate in its comment and check. By default each job and each leg of a matrix has its own; set one to keep it when you rename a job.",
		fallback: "workflow-job-matrix",
		doors: ["action"]
	},
	{
		name: "job",
		says: "Set automatically: the number and the matrix of this job, which tell its comment from those of other jobs.",
		fallback: "",
		doors: ["action"]
	},
	{
		name: "github-token",
		says: "Token for the comment and the check. Measuring needs none.",
		fallback: "the job's own",
		doors: ["action"]
	}
];
export { OPTIONS as t };
