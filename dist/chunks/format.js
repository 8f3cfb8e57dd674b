// src/core/text/figures.ts
function count(value) {
	const units = [
		"",
		" k",
		" M",
		" G",
		" T"
	];
	let scaled = value;
	let unit = 0;
	while (Math.abs(scaled) >= 1e3 && unit < units.length - 1) {
		scaled /= 1e3;
		unit++;
	}
	return `${unit === 0 ? Math.round(scaled) : scaled.toPrecision(3)}${units[unit]}`;
}
function percent(fraction) {
	const value = Math.abs(fraction) * 100;
	const digits = value >= 10 ? value >= 100 ? 0 : 1 : value >= 1 ? 1 : 2;
	return `${Number((fraction * 100).toFixed(digits))} %`;
}
// src/report/text/format.ts
const MINUS = "−";
function signed(text) {
	return text.startsWith("-") ? MINUS + text.slice(1) : text;
}
function figures(decimals) {
	return new Intl.NumberFormat("en-US", {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals
	});
}
const FIGURES = [
	figures(0),
	figures(1),
	figures(2)
];
const WHOLE = new Intl.NumberFormat("en-US");
function decimals(magnitude) {
	if (magnitude >= 100) return 0;
	return magnitude >= 10 ? 1 : 2;
}
function threeFigures(value) {
	if (value === 0) return "0";
	const rounded = Number(value.toPrecision(3));
	if (Math.abs(rounded) < 1) return signed(value.toPrecision(3)).replace("e-", `e${MINUS}`);
	return signed(FIGURES[decimals(Math.abs(rounded))].format(value));
}
const TIME = [
	{
		from: 120,
		unit: "min",
		factor: 60
	},
	{
		from: 1,
		unit: "s",
		factor: 1
	},
	{
		from: .001,
		unit: "ms",
		factor: .001
	},
	{
		from: 1e-6,
		unit: "µs",
		factor: 1e-6
	},
	{
		from: 0,
		unit: "ns",
		factor: 1e-9
	}
];
const DECIMAL = [
	{
		from: 0xe8d4a51000,
		unit: "T",
		factor: 0xe8d4a51000
	},
	{
		from: 1e9,
		unit: "G",
		factor: 1e9
	},
	{
		from: 1e6,
		unit: "M",
		factor: 1e6
	},
	{
		from: 1e4,
		unit: "k",
		factor: 1e3
	},
	{
		from: 0,
		unit: "",
		factor: 1
	}
];
const SECONDS = {
	s: 1,
	ms: .001,
	us: 1e-6,
	µs: 1e-6,
	ns: 1e-9
};
function scaleFor(value, scales) {
	const rounded = Number(Math.abs(value).toPrecision(3));
	return scales.find((scale) => rounded >= scale.from) ?? {
		from: 0,
		unit: "",
		factor: 1
	};
}
function inScale(value, scale) {
	if (scale.unit === "" && Number.isInteger(value)) return signed(WHOLE.format(value));
	return threeFigures(value / scale.factor);
}
function formatCount(value) {
	const scale = scaleFor(value, DECIMAL);
	return `${inScale(value, scale)} ${scale.unit}`.trim();
}
function formatValue(value, unit) {
	return formatValues([value], unit).join();
}
const FAR_BELOW = .01;
function formatValues(values, unit) {
	const largest = Math.max(0, ...values.map(Math.abs));
	return values.map((value) => {
		return inUnitOf(value !== 0 && Math.abs(value) < largest * FAR_BELOW ? Math.abs(value) : largest, value, unit);
	});
}
function inUnitOf(largest, value, unit) {
	const toSeconds = SECONDS[unit];
	if (toSeconds === void 0) {
		const scale = scaleFor(largest, DECIMAL);
		const scaled = unit === "B" ? [`${scale.unit}B`] : [scale.unit, unit];
		return [inScale(value, scale), ...scaled].filter((part) => part !== "").join(" ");
	}
	const scale = scaleFor(largest * toSeconds, TIME);
	return `${inScale(value * toSeconds, scale)} ${scale.unit}`;
}
const IN_TIMES = 2;
const OUT_OF_PROPORTION = 10;
function factor(value) {
	const rounded = Number(value.toPrecision(3));
	return new Intl.NumberFormat("en-US", { maximumFractionDigits: decimals(Math.max(1, rounded)) }).format(rounded);
}
function isFactor(ratio) {
	return ratio > 0 && (roundsTo(ratio) >= IN_TIMES || roundsTo(1 / ratio) >= IN_TIMES);
}
function roundsTo(ratio) {
	return Number(ratio.toPrecision(3));
}
function signedFigures(ratio) {
	const percent = (ratio - 1) * 100;
	const figures = percent.toFixed(Math.abs(percent) < 99.95 ? 1 : 0);
	if (Number(figures) === 0) return "0.0";
	return ratio > 1 ? `+${figures}` : signed(figures);
}
function formatChange(ratio) {
	if (!isFactor(ratio)) return `${signedFigures(ratio)} %`;
	return ratio > 1 ? `${factor(ratio)}×` : `${factor(1 / ratio)}× less`;
}
function formatInterval({ ratio, low, high }) {
	if (!isFactor(ratio) && high < OUT_OF_PROPORTION) return `${signedFigures(low)} … ${signedFigures(high)} %`;
	if (high < 1 && isFactor(low)) return `${factor(1 / low)} … ${factor(1 / high)}× less`;
	if (high > 1 && isFactor(high)) return `${threeFigures(low)} … ${factor(high)}×`;
	return `${signedFigures(low)} … ${signedFigures(high)} %`;
}
function formatShare(fraction) {
	if (fraction > 0 && fraction < 5e-5) return "below 0.01 %";
	return signed(percent(fraction));
}
function formatExtent(ratio) {
	return formatFactor(ratio) ?? `${signedFigures(ratio).replace(/^[+−]|\.0$/g, "")} %`;
}
function formatFactor(ratio) {
	return isFactor(ratio) ? `${factor(Math.max(ratio, 1 / ratio))}×` : void 0;
}
function formatDuration(seconds) {
	if (seconds < 59.5) return seconds < 9.95 ? formatValue(seconds, "s") : `${Math.round(seconds)} s`;
	const minutes = Math.floor(Math.round(seconds) / 60);
	if (minutes < 60) return pair(minutes, "min", Math.round(seconds) % 60, "s");
	return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
}
function pair(large, largeUnit, rest, smallUnit) {
	return rest === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${rest} ${smallUnit}`;
}
function formatAddress(address) {
	return `0x${Math.max(0, Math.trunc(address)).toString(16)}`;
}
function formatBytes(bytes) {
	const size = Math.abs(bytes);
	return `${WHOLE.format(size)} ${size === 1 ? "byte" : "bytes"}`;
}
export { formatDuration as a, formatInterval as c, formatValues as d, count as f, formatCount as i, formatShare as l, formatBytes as n, formatExtent as o, percent as p, formatChange as r, formatFactor as s, formatAddress as t, formatValue as u };
