// src/core/model/side.ts
const SIDES = ["base", "head"];
export { SIDES as t };
