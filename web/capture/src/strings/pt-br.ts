import { en, type Strings } from "./en.js";
export const ptBR: Strings = { ...en };
