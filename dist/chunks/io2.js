export { i as which } from "./io.js";
