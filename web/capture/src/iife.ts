/** The plugin as a script: sets the global OzLiveness. Its address tells the adapter's, and ?lang= the language. */
import { adapterOf } from "./assets.js";
import { ozLiveness } from "./compat.js";
import { warmLater } from "./warm.js";

const script = document.currentScript as HTMLScriptElement | null;
const address = script?.src ? script.src : location.href;

const adapter = adapterOf(address);

(globalThis as { OzLiveness?: unknown }).OzLiveness = ozLiveness(adapter, new URL(address, location.href).searchParams.get("lang") ?? undefined);
warmLater(adapter);
