/** Starts a worker. Scripts of another origin cannot be workers, but one of this origin may load them. */
export function spawn(script: string): Worker {
  if (new URL(script, location.href).origin === location.origin) return new Worker(script);
  const url = URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(script)})`], { type: "text/javascript" }));
  const worker = new Worker(url);
  // The worker has read the address by the time it speaks or fails.
  const free = (): void => URL.revokeObjectURL(url);
  worker.addEventListener("message", free, { once: true });
  worker.addEventListener("error", free, { once: true });
  return worker;
}
