import { en, type Strings } from "./en.js";
export const ky: Strings = { ...en };
