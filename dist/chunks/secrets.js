// src/core/text/secrets.ts
const MASK = "***";
const SHORTEST = 6;
function openMasks(variables) {
	const forms = new Set();
	let pattern;
	const masks = {
		add: (secret) => {
			for (const line of secret.split(/\r?\n/).map((text) => text.trim())) if (line.length >= SHORTEST) for (const form of formsOf(line)) forms.add(form);
			const longest = [...forms].sort((one, other) => other.length - one.length);
			pattern = forms.size === 0 ? void 0 : new RegExp(longest.map(escaped).join("|"), "g");
		},
		masked: (value) => withTexts(value, (text) => withoutTokens(pattern ? text.replace(pattern, MASK) : text))
	};
	for (const [name, value = ""] of Object.entries(variables)) if (isSecretName(name)) masks.add(value);
	return masks;
}
const TOKENS = /\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|npm_\w{36}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|A(?:KIA|SIA)[A-Z2-7]{16})\b|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
function withoutTokens(text) {
	return text.replace(TOKENS, MASK);
}
function withTexts(value, change) {
	if (typeof value === "string") return /^[a-z-]{0,16}$/.test(value) ? value : change(value);
	if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((item) => withTexts(item, change));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, change)]));
}
function formsOf(secret) {
	const inBase64 = [
		0,
		1,
		2
	].map((offset) => {
		const text = base64(`${"\0".repeat(offset)}${secret}`);
		return text.slice(Math.ceil(offset * 4 / 3), text.replace(/=+$/, "").length >> 2 << 2);
	});
	return [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
		...inBase64
	].filter((form) => form.length >= SHORTEST);
}
function base64(text) {
	return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
function isSecretName(name) {
	return /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:$|_)/i.test(name);
}
function secretsIn(text) {
	const headers = [...text.matchAll(/authorization:\s*(?:basic|bearer|token)\s+([^\s"]+)/gi)].map((found) => found[1]);
	const others = [...text.matchAll(/^\s*extraheader\s*=\s*(.+)$/gim)].flatMap((found) => found[1].replaceAll("\"", "").trim().split(/\s+/).at(-1) ?? []);
	const passwords = [...text.matchAll(/:\/\/([^\s/@:"]*)(?::([^\s/@"]+))?@/g)].map((found) => found[2] ?? found[1]);
	return [...new Set([
		...headers,
		...others,
		...headers.flatMap(passwordIn),
		...passwords.map(decoded)
	])].filter((secret) => secret.length >= SHORTEST);
}
function passwordIn(header) {
	try {
		const password = atob(header).replace(/^[^:]*:/, "");
		return /^[ -~]+$/.test(password) ? [password] : [];
	} catch {
		return [];
	}
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
function includesIn(text) {
	let within = false;
	return text.split("\n").flatMap((line) => {
		const section = /^\s*\[\s*([\w.-]+)/.exec(line);
		if (section) within = /^include(?:if)?$/i.test(section[1]);
		const path = within ? /(?:^|\])\s*path\s*=\s*"?([^"#;\r\n]+?)"?\s*(?:[#;].*)?$/i.exec(line) : null;
		return path ? [path[1]] : [];
	});
}
export { openMasks as n, secretsIn as r, includesIn as t };
