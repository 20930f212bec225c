import { en, type Strings } from "./en.js";
export const hy: Strings = { ...en };
