export { r as runHost } from "./host-access.js";
