// src/core/model/result.ts
const success = (value) => ({
	ok: true,
	value
});
const failed = (fault) => ({
	ok: false,
	fault
});
export { success as n, failed as t };
