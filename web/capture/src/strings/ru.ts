import { en, type Strings } from "./en.js";
export const ru: Strings = { ...en };
