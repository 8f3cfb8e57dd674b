import { i as quoted, n as listed, t as counted } from "./text.js";
import { n as success, t as failed } from "./result.js";
import { s as isNoisy } from "./harness-name.js";
import { a as formatDuration, l as formatShare } from "./format.js";
// src/core/harness/units.ts
const SECONDS = {
	base: "s",
	factor: 1
};
const NANOSECONDS = {
	base: "s",
	factor: 1e-9
};
const TIMES = {
	fs: 1e-15,
	ps: 1e-12,
	ns: 1e-9,
	nsec: 1e-9,
	nsecs: 1e-9,
	nanos: 1e-9,
	nanosec: 1e-9,
	nanosecs: 1e-9,
	nanosecond: 1e-9,
	nanoseconds: 1e-9,
	us: 1e-6,
	"µs": 1e-6,
	"μs": 1e-6,
	"µsec": 1e-6,
	"μsec": 1e-6,
	"µsecs": 1e-6,
	"μsecs": 1e-6,
	usec: 1e-6,
	usecs: 1e-6,
	micros: 1e-6,
	microsec: 1e-6,
	microsecs: 1e-6,
	microsecond: 1e-6,
	microseconds: 1e-6,
	ms: .001,
	msec: .001,
	msecs: .001,
	millis: .001,
	millisec: .001,
	millisecs: .001,
	millisecond: .001,
	milliseconds: .001,
	s: 1,
	sec: 1,
	secs: 1,
	second: 1,
	seconds: 1,
	m: 60,
	min: 60,
	mins: 60,
	minute: 60,
	minutes: 60,
	h: 3600,
	hr: 3600,
	hour: 3600,
	hours: 3600
};
const PREFIXES = {
	"": 1,
	k: 1e3,
	K: 1e3,
	M: 1e6,
	G: 1e9,
	T: 0xe8d4a51000,
	Ki: 1024,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40
};
const BYTES = /^(Ki|Mi|Gi|Ti|[kKMGT])?(?:B|[bB]ytes?)$/;
const COUNTS = /^(?:allocs?|allocations?|counts?|instructions?|instrs?|insns?|cycles?|(?:sys)?calls?|faults?|misses|branches)$/i;
const RATE = /^(.*?)(?: ?\/ ?| per |_per_)([A-Za-z\u00b5\u03bc]+)$/;
const PER = /^(.+?)(?:\/| per )[A-Za-z][\w ]{0,30}$/;
const RATE_WORD = /^([kKMG]?)(?:Hz|[rqtfip]ps|iops|ops_per_sec)$/i;
const BYTES_PER_SECOND = /^(Ki|Mi|Gi|Ti|[kKMGT])?Bps$/;
const BITS_PER_SECOND = /^([kKMGT]?)bps$/;
function readUnit(text) {
	const unit = text.trim();
	if (unit === "") return {
		base: "",
		factor: 1
	};
	const word = RATE_WORD.exec(unit) ?? BITS_PER_SECOND.exec(unit);
	if (word) return {
		base: "ops/s",
		factor: PREFIXES[anyCase(word[1])]
	};
	const bytes = BYTES_PER_SECOND.exec(unit);
	if (bytes) return {
		base: "B/s",
		factor: PREFIXES[bytes[1] ?? ""] ?? 1
	};
	const rate = RATE.exec(unit);
	const span = rate ? secondsOf(rate[2]) : void 0;
	if (span !== void 0) {
		const what = rateOf(rate[1].trim());
		return what && {
			...what,
			factor: what.factor / span
		};
	}
	return plainUnit(unit) ?? plainUnit(PER.exec(unit)?.[1]?.trim() ?? "\0");
}
const anyCase = (prefix) => /^[mg]$/.test(prefix) ? prefix.toUpperCase() : prefix;
function secondsOf(unit) {
	const word = unit.length > 3 || unit === "Sec" ? unit.toLowerCase() : unit;
	return Object.hasOwn(TIMES, word) ? TIMES[word] : void 0;
}
function plainUnit(unit) {
	const seconds = secondsOf(unit);
	if (seconds !== void 0) return {
		base: "s",
		factor: seconds
	};
	const bytes = BYTES.exec(unit);
	if (bytes) return {
		base: "B",
		factor: PREFIXES[bytes[1] ?? ""] ?? 1
	};
	return COUNTS.test(unit) ? {
		base: "",
		factor: 1
	} : void 0;
}
const COUNTED = /^(?:b|bits?|ops?|operations?|items?|elem(?:ent)?s?|iters?|iterations?|it|reqs?|requests?|calls?|msgs?|messages?|flops?|words?|toks?|tokens?|rows?|keys?|px|pixels?|samples?|pkts?|packets?|lookups?|events?|frames?|hash(?:es)?|txs?|transactions?|records?|lines?|queries|cells?|points?|nodes?|edges?|cycles?|instrs?|instructions?)$/i;
function rateOf(what) {
	const bytes = BYTES.exec(what);
	if (bytes) return {
		base: "B/s",
		factor: PREFIXES[bytes[1] ?? ""] ?? 1
	};
	const things = /^(Ki|Mi|Gi|Ti|[kKMGTmg])? ?([A-Za-z]{0,20})$/.exec(what);
	if (!things || secondsOf(what) !== void 0) return void 0;
	const [, prefix = "", noun = ""] = things;
	return {
		base: "ops/s",
		factor: noun === "" || COUNTED.test(noun) ? PREFIXES[anyCase(prefix)] : 1
	};
}
function betterOf(unit) {
	return unit === "ops/s" || unit === "B/s" ? "higher" : "lower";
}
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}(?:([,_' \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d*)?$/;
const WORD = /^[+-]?(?:(nan)|inf|infinity)$/i;
function readNumber(text) {
	const trimmed = text.trim();
	if (NUMBER.test(trimmed)) return Number(trimmed);
	if (GROUPED.test(trimmed)) return Number(trimmed.replace(/[,_' \u00a0\u2009\u202f]/g, ""));
	const word = WORD.exec(trimmed);
	if (!word) return void 0;
	return word[1] ? NaN : Number.POSITIVE_INFINITY;
}
// src/core/processor/geometry.ts
const SMALLEST_LINE_BYTES = 32;
const LARGEST_CACHE_BYTES = 2 ** 30;
const isPowerOfTwo = (value) => value >= 1 && Number.isInteger(Math.log2(value));
const setsOf = ({ sizeBytes, ways, lineBytes }) => sizeBytes / ways / lineBytes;
function parseGeometry(text) {
	const match = /^\s*(\d{1,10})\s*([KMkm]?)\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*$/.exec(text);
	if (!match) return failed(`${JSON.stringify(text)} is not a cache; write size,ways,line in bytes, such as 32768,8,64.`);
	const unit = {
		"": 1,
		k: 1024,
		m: 1024 ** 2
	}[match[2].toLowerCase()] ?? 1;
	const geometry = {
		sizeBytes: Number(match[1]) * unit,
		ways: Number(match[3]),
		lineBytes: Number(match[4])
	};
	const fault = geometryFault(geometry);
	return fault === void 0 ? success(geometry) : failed(`The cache ${text.trim()} cannot be simulated: ${fault}.`);
}
function geometryFault(geometry) {
	const { sizeBytes, ways, lineBytes } = geometry;
	if (![
		sizeBytes,
		ways,
		lineBytes
	].every((value) => Number.isSafeInteger(value) && value > 0)) return "size, ways and line must be whole numbers above zero";
	if (sizeBytes > LARGEST_CACHE_BYTES) return "it is larger than 1 GiB";
	if (!isPowerOfTwo(lineBytes) || lineBytes < SMALLEST_LINE_BYTES) return `its line must be a power of two of at least ${SMALLEST_LINE_BYTES} bytes`;
	if (sizeBytes <= lineBytes) return "it must hold more than one line";
	if (ways > sizeBytes / lineBytes) return "it has more ways than lines";
	if (!isPowerOfTwo(setsOf(geometry))) return "size / ways / line must be a power of two";
}
function withRoundSets(geometry) {
	const { ways, lineBytes } = geometry;
	return {
		sizeBytes: 2 ** Math.max(0, Math.round(Math.log2(setsOf(geometry)))) * ways * lineBytes,
		ways,
		lineBytes
	};
}
const formatGeometry = ({ sizeBytes, ways, lineBytes }) => `${sizeBytes},${ways},${lineBytes}`;
function withOverride(found, override) {
	const given = [
		override?.l1i,
		override?.l1d,
		override?.ll
	].filter((cache) => cache !== void 0);
	if (given.length === 0) return found;
	const from = given.length === 3 ? "input" : `input and ${found.from}`;
	const l1i = override?.l1i ?? found.l1i;
	const ll = override?.ll ?? withRoundSets({
		...found.ll,
		lineBytes: l1i.lineBytes
	});
	return {
		l1i,
		l1d: override?.l1d ?? found.l1d,
		ll,
		from
	};
}
// src/core/statistics/median.ts
function median(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	if (sorted.length % 2 === 1) return sorted[middle];
	const [low, high] = [sorted[middle - 1] ?? NaN, sorted[middle] ?? NaN];
	return low + (high - low) / 2;
}
// src/report/words/measured.ts
function measuredFacts(report) {
	return [
		{
			title: "Limitations",
			sentences: report.limitations.map(limitationSentence)
		},
		{
			title: "Notes",
			sentences: report.notes
		},
		{
			title: "Noise before measuring",
			sentences: report.host.noise ?? []
		},
		{
			title: "How it was measured",
			sentences: methodSentences(report)
		},
		{
			title: "Machine",
			sentences: machineSentences(report)
		}
	].filter(({ sentences }) => sentences.length > 0);
}
function limitationSentence({ what, instead }) {
	return `${what} ${instead}`;
}
function methodSentences(report) {
	const { benchmarks, host, alpha, seed, seconds } = report;
	const rounds = benchmarks.map((benchmark) => benchmark.rounds).filter((count) => count > 0);
	const least = rounds.reduce((fewest, count) => Math.min(fewest, count), Number.POSITIVE_INFINITY);
	const most = rounds.reduce((largest, count) => Math.max(largest, count), 0);
	const range = least === most ? `${most}` : `${least} to ${most}`;
	const confidence = benchmarks.find(({ change, metric }) => change && isNoisy(metric))?.change?.confidence;
	const interleaved = `Each benchmark was measured in ${range} rounds: three runs of head, two of base and one of a second copy of base (the control), in random order with seed ${seed}. Changes are medians of ratios within rounds${confidence === void 0 ? "" : `, and their intervals hold with ${formatShare(confidence)} confidence at every look`}.`;
	return [
		...most > 0 ? [interleaved] : [],
		`The error rate is ${formatShare(alpha)} over the whole table, and the run took ${formatDuration(seconds)}.`,
		`Code of the pull request ran with the isolation \`${host.isolation}\`${networkClause(host.network)}${host.cpus === void 0 ? "" : `, pinned to CPU${/^\d+$/.test(host.cpus) ? "" : "s"} \`${host.cpus}\``}.`,
		...knobSentences(host.knobs)
	];
}
function networkClause(network) {
	if (network === void 0) return "";
	if (network === "none") return ", without network";
	return network === "all" ? ", with the network of the machine" : ", builds with the network of the machine";
}
function knobSentences(knobs) {
	const held = knobs.filter((knob) => knob.set !== void 0);
	const changed = held.filter((knob) => knob.set !== knob.found);
	const lost = held.filter((knob) => knob.restored === false).map((knob) => quoted(knob.name));
	const changes = changed.map((knob) => `${quoted(knob.name)} from ${quoted(knob.found ?? "")} to ${quoted(knob.set ?? "")}`);
	const restored = lost.length === 0 ? "all were restored" : `${listed(lost)} could not be restored, so look at this machine`;
	const asWanted = held.length - changed.length;
	return [
		...changed.length > 0 ? [`${counted(changed.length, "system setting")} changed while measuring (${listed(changes)}); ${restored}.`] : [],
		...asWanted > 0 ? [`${counted(asWanted, "system setting")} had the wanted value already.`] : [],
		...withReason("did not last", held.filter((knob) => knob.lasted === false)),
		...withReason("left alone", knobs.filter((knob) => knob.set === void 0))
	].map(capital);
}
function withReason(what, knobs) {
	const reasons = new Map();
	for (const { name, why } of knobs) if (why !== void 0) reasons.set(why, [...reasons.get(why) ?? [], quoted(name)]);
	return [...reasons].map(([why, names]) => `${what}: ${listed(names)} (${why}).`);
}
function capital(sentence) {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
function machineSentences({ machine }) {
	return Object.entries(machine).map(([fact, value]) => `${fact}: ${quoted(value)}`);
}
// src/core/counters/events.ts
const intel = (cpu) => cpu.vendor === "intel";
const amd = (cpu) => cpu.vendor === "amd";
const arm = (cpu) => cpu.vendor === "arm";
const zen3To5 = (cpu) => amd(cpu) && (cpu.family === 25 || cpu.family === 26);
const zen = (cpu) => amd(cpu) && cpu.family >= 23 && cpu.family <= 26;
const SKYLAKE_TO_ROCKET_LAKE = new Set([
	78,
	94,
	85,
	142,
	158,
	165,
	166,
	106,
	108,
	125,
	126,
	140,
	141,
	167
]);
const skylakeToRocketLake = (cpu) => intel(cpu) && cpu.family === 6 && SKYLAKE_TO_ROCKET_LAKE.has(cpu.model);
const GOLDEN_COVE_ON = new Set([
	151,
	154,
	183,
	186,
	191,
	143,
	207,
	170,
	172,
	173,
	174,
	189,
	197,
	198,
	181,
	204
]);
const goldenCoveOn = (cpu) => intel(cpu) && cpu.family === 6 && GOLDEN_COVE_ON.has(cpu.model);
const CANDIDATES = {
	instructions: [{
		event: "instructions",
		unit: "events"
	}],
	cycles: [{
		event: "cycles",
		unit: "cycles"
	}],
	branches: [{
		event: "branches",
		unit: "events"
	}],
	"branch-misses": [{
		event: "branch-misses",
		unit: "events"
	}],
	"icache-misses": [
		{
			event: "icache_64b.iftag_miss",
			code: "event=0x83,umask=0x02",
			on: intel,
			codeOn: skylakeToRocketLake,
			unit: "events",
			family: "iftag"
		},
		{
			event: "icache.misses",
			on: intel,
			unit: "events",
			family: "icache"
		},
		{
			event: "ic_tag_hit_miss.instruction_cache_miss",
			code: "event=0x18e,umask=0x18",
			on: amd,
			codeOn: zen3To5,
			unit: "events",
			family: "ic_tag"
		},
		{
			event: "l1i_cache_refill",
			code: "event=0x01",
			on: arm,
			codeOn: arm,
			unit: "events",
			family: "l1i"
		},
		{
			event: "L1-icache-load-misses",
			on: goldenCoveOn,
			unit: "events",
			family: "generic",
			note: "a proxy: code reads of the second-level cache, prefetches included"
		},
		{
			event: "L1-icache-load-misses",
			unit: "events",
			family: "generic"
		},
		{
			event: "l2_request_g1.cacheable_ic_read",
			code: "event=0x60,umask=0x10",
			on: amd,
			codeOn: zen,
			unit: "events",
			family: "l2",
			note: "a proxy: code reads of the second-level cache"
		},
		{
			event: "ic_cache_fill_l2",
			code: "event=0x82",
			on: amd,
			codeOn: zen,
			unit: "events",
			family: "fill",
			note: "a proxy: lines filled from the second-level cache"
		}
	],
	"icache-loads": [
		{
			event: "icache.accesses",
			on: intel,
			unit: "events",
			family: "icache"
		},
		{
			event: "ic_tag_hit_miss.all_instruction_cache_accesses",
			code: "event=0x18e,umask=0x1f",
			on: amd,
			codeOn: zen3To5,
			unit: "events",
			family: "ic_tag"
		},
		{
			event: "l1i_cache",
			code: "event=0x14",
			on: arm,
			codeOn: arm,
			unit: "events",
			family: "l1i"
		},
		{
			event: "L1-icache-loads",
			unit: "events",
			family: "generic"
		}
	],
	"itlb-misses": [
		{
			event: "l1i_tlb_refill",
			code: "event=0x02",
			on: arm,
			codeOn: arm,
			unit: "events"
		},
		{
			event: "iTLB-load-misses",
			unit: "events"
		},
		{
			event: "itlb_misses.walk_completed",
			on: intel,
			unit: "events"
		}
	],
	"front-end-stalls": [
		{
			event: "idq_bubbles.cycles_0_uops_deliv.core",
			on: intel,
			unit: "cycles"
		},
		{
			event: "idq_uops_not_delivered.cycles_0_uops_deliv.core",
			on: intel,
			unit: "cycles"
		},
		{
			event: "de_op_queue_empty",
			code: "event=0xa9",
			on: amd,
			codeOn: zen3To5,
			unit: "cycles"
		},
		{
			event: "de_dis_uop_queue_empty_di0",
			on: amd,
			unit: "cycles"
		},
		{
			event: "stall_frontend",
			code: "event=0x23",
			on: arm,
			codeOn: arm,
			unit: "cycles"
		},
		{
			event: "stalled-cycles-frontend",
			unit: "cycles",
			note: "on AMD what it counts changed between Linux 6.1 and 6.12"
		},
		{
			event: "icache_data.stalls",
			on: intel,
			unit: "cycles",
			note: "only stalls on instruction-cache data"
		},
		{
			event: "idq_bubbles.core",
			on: intel,
			unit: "slots"
		},
		{
			event: "idq_uops_not_delivered.core",
			code: "event=0x9c,umask=0x01",
			on: intel,
			codeOn: skylakeToRocketLake,
			unit: "slots"
		},
		{
			event: "topdown_fe_bound.all",
			on: intel,
			unit: "slots"
		},
		{
			event: "de_no_dispatch_per_slot.no_ops_from_frontend",
			on: amd,
			unit: "slots"
		}
	],
	"back-end-stalls": [
		{
			event: "stall_backend",
			code: "event=0x24",
			on: arm,
			codeOn: arm,
			unit: "cycles"
		},
		{
			event: "stalled-cycles-backend",
			unit: "cycles"
		},
		{
			event: "resource_stalls.any",
			on: intel,
			unit: "cycles"
		},
		{
			event: "exe_activity.bound_on_loads",
			on: intel,
			unit: "cycles",
			note: "only cycles that wait for loads"
		},
		{
			event: "de_no_dispatch_per_slot.backend_stalls",
			on: amd,
			unit: "slots"
		}
	],
	"uop-cache-misses": [
		{
			event: "idq.mite_uops",
			code: "event=0x79,umask=0x04",
			on: intel,
			codeOn: skylakeToRocketLake,
			unit: "events",
			note: "micro-operations that came from the decoders"
		},
		{
			event: "op_cache_hit_miss.op_cache_miss",
			code: "event=0x28f,umask=0x04",
			on: amd,
			codeOn: zen3To5,
			unit: "events"
		},
		{
			event: "op_cache_hit_miss.miss",
			on: amd,
			unit: "events"
		}
	],
	"dcache-misses": [{
		event: "l1d_cache_refill",
		code: "event=0x03",
		on: arm,
		codeOn: arm,
		unit: "events"
	}, {
		event: "L1-dcache-load-misses",
		unit: "events"
	}]
};
const candidatesFor = (role, cpu) => {
	const seen = new Set();
	return CANDIDATES[role].filter(({ event, on }) => {
		if (on && !on(cpu) || seen.has(event)) return false;
		seen.add(event);
		return true;
	});
};
function stallUnit(role, event) {
	if (event === void 0) return void 0;
	return CANDIDATES[role].find((candidate) => event.includes(candidate.event))?.unit;
}
export { median as a, parseGeometry as c, NANOSECONDS as d, SECONDS as f, readUnit as h, measuredFacts as i, withOverride as l, readNumber as m, stallUnit as n, formatGeometry as o, betterOf as p, limitationSentence as r, geometryFault as s, candidatesFor as t, withRoundSets as u };
