/** The sealed container. */

export { seal } from "./bfc1.js";
