import { en, type Strings } from "./en.js";
export const kk: Strings = { ...en };
