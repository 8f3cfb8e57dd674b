import { lstatSync } from "node:fs";
import { join } from "node:path";
// src/shell/files/real-folder.ts
function isRealFolder(root, path) {
	let at = root;
	for (const step of path.split("/")) {
		if (step === "..") return false;
		at = join(at, step);
		if (!lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) return false;
	}
	return true;
}
function plainFileBytes(root, path) {
	const cut = path.lastIndexOf("/");
	if (cut >= 0 && !isRealFolder(root, path.slice(0, cut))) return void 0;
	const found = lstatSync(join(root, path), { throwIfNoEntry: false });
	return found?.isFile() ? found.size : void 0;
}
export { plainFileBytes as n, isRealFolder as t };
