// src/core/model/harness-name.ts
const HARNESS_NAMES = [
	"google-benchmark",
	"catch2",
	"nanobench",
	"criterion",
	"divan",
	"libtest",
	"go",
	"pytest-benchmark",
	"pyperf",
	"asv",
	"hyperfine",
	"jmh",
	"vitest",
	"tinybench",
	"github-action-benchmark",
	"bencher",
	"json-lines",
	"lines"
];
export { HARNESS_NAMES as t };
