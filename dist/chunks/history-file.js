import { n as parseHistory, t as historyLine } from "./record.js";
import { n as InputError } from "./errors.js";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
// src/shell/files/history-file.ts
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
const LARGEST_BYTES = 536870912;
async function readHistoryFile(path) {
	const file = await opened(path, O_RDONLY | O_NONBLOCK).catch((error) => {
		if (isCode(error, "ENOENT")) return void 0;
		throw unusable(path, error);
	});
	if (!file) return {
		records: [],
		unreadable: []
	};
	try {
		return parseHistory(await file.readFile("utf8"));
	} finally {
		await file.close();
	}
}
async function appendHistoryFile(path, record) {
	const file = await opened(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
		throw unusable(path, error);
	});
	try {
		const { size } = await file.stat();
		const last = Buffer.alloc(1);
		if (size > 0) await file.read(last, 0, 1, size - 1);
		const torn = size > 0 && last[0] !== 10;
		await file.write(`${torn ? "\n" : ""}${historyLine(record)}`);
		await file.sync();
	} finally {
		await file.close();
	}
}
async function opened(path, flags) {
	const file = await open(path, flags, 420);
	const found = await file.stat();
	if (found.isFile() && found.size <= LARGEST_BYTES) return file;
	await file.close();
	throw new InputError([found.isFile() ? `${path} is larger than a history can be; name the file that --history appends to.` : `${path} is not a plain file; name the file that --history appends to.`]);
}
function unusable(path, error) {
	if (error instanceof InputError) return error;
	const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
	return new InputError([`The history ${path} cannot be used (${why}); name a file that can be read and written.`]);
}
function isCode(error, code) {
	return error?.code === code;
}
export { readHistoryFile as n, appendHistoryFile as t };
