// Opens the plugin with every callback and writes down what it is told; keeps every camera track.
window.told = [];
window.tracks = [];
if (navigator.mediaDevices) {
  const ask = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    window.asked = (window.asked ?? 0) + 1;
    if (window.refuse?.length) {
      const name = window.refuse.shift();
      if (name) throw new DOMException("made by the test", name);
    }
    if (window.delay) await new Promise((resolve) => setTimeout(resolve, window.delay));
    const stream = window.picture ? window.picture() : await ask.call(navigator.mediaDevices, wish);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
}
window.openPlugin = (options = {}) => {
  const tell = (name) => (detail) => window.told.push({ name, detail: detail instanceof Blob ? { blob: detail.size } : detail === undefined ? null : JSON.parse(JSON.stringify(detail)) });
  const callbacks = Object.fromEntries(["on_submit", "on_result", "on_complete", "on_capture_complete", "on_error", "on_close"].map((name) => [name, tell(name)]));
  OzLiveness.open({ ...callbacks, ...options });
};
window.names = () => window.told.map((t) => t.name);
window.told1 = (name) => window.told.find((t) => t.name === name)?.detail;
window.live = () => window.tracks.filter((t) => t.readyState === "live").length;
window.inside = (selector) => document.querySelector("[data-bonafide]")?.shadowRoot.querySelector(selector);
window.text = () => inside(".say h2")?.textContent ?? "";
