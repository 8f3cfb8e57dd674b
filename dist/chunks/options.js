// src/core/config/options.ts
const FLAG_NAMES = [
	"quiet",
	"verbose",
	"json",
	"dry-run",
	"untracked"
];
const everywhere = [
	"cli",
	"action",
	"config"
];
const given = ["cli", "action"];
const kept = ["cli", "config"];
const cli = ["cli"];
const action = ["action"];
const workflow = ["action", "config"];
function option(surfaces, name, says, fallback = "") {
	return {
		name,
		says,
		fallback,
		surfaces
	};
}
const OPTION_GROUPS = {
	"What to compare": [
		option(cli, "repo", "Folder of the repository.", "the current folder"),
		option(given, "working-directory", "Folder to build and run in, inside the workspace (on the command line, inside the repository): where the code was checked out, or one project of several."),
		option(given, "base", "Base ref. Its merge base with the head is measured.", "from the event"),
		option(given, "head", "Commit to judge; on the command line also worktree, for uncommitted changes.", "from the event, or HEAD"),
		option(cli, "untracked", "With --head worktree: also measure untracked files that no .gitignore lists."),
		option(given, "against", "Base for a history: previous, release, release:TAGS or an age like 30d."),
		option(given, "config", "Configuration file in the repository. It is read from the base side.", ".github/perf-verdict.yml")
	],
	"What to build and run": [
		option(everywhere, "build", "Command that builds one side. Bash runs it in the work tree."),
		option(given, "bench", "Benchmarks, one NAME=COMMAND per line. Repeat the option on the command line."),
		option(cli, "only", "Benchmarks of the configuration to measure, one name per line. Repeat the option."),
		option(everywhere, "harness", "Benchmark harness that prints the results, for example google-benchmark. Each result becomes a row. See docs/harnesses.md.", "recognised by the output"),
		option(everywhere, "format", "How to read the value: wall, seconds, milliseconds, json:PATH or regex:PATTERN.", "wall"),
		option(everywhere, "unit", "Unit of values read by json: or regex:, for the report."),
		option(everywhere, "better", "Which values are better: lower or higher.", "lower"),
		option(everywhere, "count-with", "Command to run under Valgrind instead, if the benchmark is too slow to simulate."),
		option(everywhere, "prepare", "Command to run before each run of a benchmark, not timed, for example to put its data back. What it starts ends with it."),
		option(everywhere, "conclude", "Command to run after each run of a benchmark, not timed, however the run ended."),
		option(everywhere, "env", "Extra environment variables, one per line: NAME to pass through, NAME=VALUE to set one."),
		option(everywhere, "share", "Folders of the machine that builds may start from, such as caches, one per line (~/ is the home). Changes to them are discarded."),
		option(everywhere, "paths", "Files that the benchmarks are built from, as patterns such as src/**, one per line. A change to none of them is not measured. See docs/workflows.md.", "measure every change"),
		option(everywhere, "bring", "Files and folders that earlier steps made in the work tree, one per line. Both sides get a copy.")
	],
	"When to fail": [
		option(everywhere, "threshold", "Largest slowdown to allow, as a percentage, or one for each metric: time=5%, memory=2%.", "5%"),
		option(everywhere, "floor", "Also require at least this absolute slowdown, for example 1ms."),
		option(everywhere, "metric", "Metrics to gate on, with commas between: time; cpu-time for busy machines (blind to waiting); instructions for noisy or hosted runners; memory (peak resident); allocations and allocated-bytes where the harness reports them.", "time"),
		option(everywhere, "alpha", "Error rate over the whole table.", "1%"),
		option(kept, "accept", "Slowdowns to accept, one NAME=12% [until 2027-01-31]: reason per line."),
		option(action, "accept-label", "Label that lets slowdowns pass which a maintainer accepted in a comment. See docs/history.md.", "perf: accept"),
		option(everywhere, "on-undecided", "What an undecided benchmark does to the check: fail, warn or pass. It fails by default because nothing was shown.", "fail"),
		option(everywhere, "on-unmeasured", "What a benchmark that cannot be measured does to the check: fail, warn or pass.", "fail"),
		option(everywhere, "on-base-broken", "What a base that does not build or run does to the check: fail, warn or pass. Use warn while main is broken, or in the change that adds a benchmark.", "fail"),
		option(everywhere, "on-removed", "What a benchmark that the change removes does to the check: fail, warn or pass.", "fail"),
		option(everywhere, "on-masked", "What more work that a luckier layout hides does to the check: fail, warn or pass.", "fail"),
		option(everywhere, "on-placement", "What a slowdown shown to be code placement does to the check: fail, warn or pass.", "fail"),
		option(everywhere, "on-codegen", "What a slowdown shown to be different machine code for the same source does to the check: fail, warn or pass.", "fail")
	],
	"How long": [
		option(everywhere, "budget", "Longest time to spend on measuring all benchmarks.", "10m"),
		option(everywhere, "bench-budget", "Longest time to spend on one benchmark.", "the budget"),
		option(everywhere, "timeout", "Longest time for one run of a benchmark.", "300s"),
		option(everywhere, "build-timeout", "Longest time for one build.", "30m"),
		option(everywhere, "warmup", "Rounds to run and discard first. Each command has already run once on both sides by then.", "0")
	],
	"How to measure": [
		option(everywhere, "tune", "System settings while measuring: auto, off, required, or a list of settings to require.", "auto"),
		option(everywhere, "cpus", "CPUs to pin each benchmark to: a number, or all. Threads share one CPU unless you give more. With tune: off nothing is pinned unless you set it.", "1"),
		option(everywhere, "isolation", "Isolation of pull request code: auto (the best this machine allows), required or off.", "auto"),
		option(everywhere, "network", "Which pull request code may use the network: builds, none or all. Everything else gets only its own loopback.", "builds"),
		option(everywhere, "counters", "Source of counters: auto, perf, simulated or off.", "auto"),
		option(everywhere, "layouts", "Layout trial: auto, off, or the number of layouts per side. With rounds, every row is also measured in a fresh random layout for each run.", "auto"),
		option(everywhere, "gate-on", "With layouts: rounds, the measurement that decides: as-built, layouts or both.", "as-built"),
		option(everywhere, "layout-budget", "Longest time for the layout trial of one benchmark.", "5m"),
		option(everywhere, "l1i", "Instruction cache as SIZE,WAYS,LINE in bytes, if the machine does not report it."),
		option(given, "seed", "Seed of the random order, to repeat a run.", "random"),
		option(given, "shard", "Share of the benchmarks to measure, as INDEX/OF, for a matrix.")
	],
	"Where the results go": [
		option(given, "out", "Folder for report.json, report.md and report.html, and call stacks as flame.speedscope.json.", "perf-verdict"),
		option(given, "history", "Where to keep comparisons of the default branch: a branch (action) or a file (command line). See docs/history.md."),
		option(action, "bisect", "Bisect a slowdown that against shows, and name it in the issue."),
		option(cli, "quiet", "Print the verdict and warnings only."),
		option(cli, "verbose", "Print details for debugging."),
		option(cli, "json", "Print report.json in place of text."),
		option(cli, "dry-run", "Check everything that can be checked, print the plan, and build and measure nothing."),
		option(action, "key", "Name of this gate in its comment and check. By default each job and each leg of a matrix has its own; set one to keep it when you rename a job.", "workflow-job-matrix"),
		option(workflow, "comment", "When to comment on the pull request: always, on-change, on-breach or never.", "always"),
		option(action, "check", "Whether to create a check run with annotations, in addition to the job's own status. Needs checks: write.", "false"),
		option(given, "reports", "Folder with the reports of the shards, one report.json in a folder each. For merge.", "perf-verdict-shards"),
		option(action, "needs", "How the jobs of the shards ended: needs.JOB.result. For merge."),
		option(action, "artifact", "Name of the artifact that holds report.json. For publish.", "perf-verdict")
	],
	"Inside a workflow": [
		option(action, "command", "What to do: gate, publish (post a fork's report from a workflow_run job) or merge (join the reports of shards).", "gate"),
		option(action, "cache", "Whether to keep base builds in the actions cache.", "true"),
		option(action, "github-token", "Token for the comment and the check. Measuring needs none.", "the job's own"),
		option(action, "job", "Set automatically: the number and the matrix of this job, which tell its comment from those of other jobs.")
	]
};
const OPTIONS = Object.values(OPTION_GROUPS).flat();
export { OPTIONS as n, OPTION_GROUPS as r, FLAG_NAMES as t };
