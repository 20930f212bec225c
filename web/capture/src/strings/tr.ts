import { en, type Strings } from "./en.js";
export const tr: Strings = { ...en };
