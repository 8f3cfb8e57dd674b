// src/core/model/policies.ts
const POLICY_NAMES = [
	"on-undecided",
	"on-unmeasured",
	"on-base-broken",
	"on-removed",
	"on-masked",
	"on-placement",
	"on-codegen"
];
export { POLICY_NAMES as t };
