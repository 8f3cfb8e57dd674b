import { t as displayWidth } from "./display-width.js";
function wrapped(sentence, mark, width = 100) {
	const lines = [];
	let line = mark;
	for (const word of sentence.split(" ").filter((part) => part !== "")) {
		const joined = line === mark || line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
		if (displayWidth(joined) > width && line.trim() !== "" && line !== mark) {
			lines.push(line);
			line = `${" ".repeat(mark.length)}${word}`;
		} else line = joined;
	}
	return line.trim() === "" ? lines : [...lines, line];
}
function aligned(rows) {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
	const ofWords = widths.map((_, column) => rows.slice(1).every((row) => /^(?:[\p{L}/.]|$)/u.test((row[column] ?? "").trim())));
	return rows.map((row) => row.map((text, column) => {
		const pad = " ".repeat((widths[column] ?? 0) - displayWidth(text));
		return column === 0 || column === row.length - 1 || ofWords[column] ? `${text}${pad}` : `${pad}${text}`;
	}).join("  ").trimEnd());
}
export { wrapped as n, aligned as t };
