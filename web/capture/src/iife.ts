/** The plugin as a script: sets the global OzLiveness. Its address tells the adapter's, and ?lang= the language. */
import { adapterOf } from "./assets.js";
import { ozLiveness } from "./compat.js";

const script = document.currentScript as HTMLScriptElement | null;
const address = script?.src ? script.src : location.href;

(globalThis as { OzLiveness?: unknown }).OzLiveness = ozLiveness(adapterOf(address), new URL(address, location.href).searchParams.get("lang") ?? undefined);
