// A camera that does what the screen says: a canvas with the pictures of a film, calm ones until a
// gesture is asked for. For engines whose cameras take no file, and for people who do something else.
"use strict";
window.person = async ({ calm, gesture = [], wants = "" }) => {
  const load = async (url) => createImageBitmap(await (await fetch(url)).blob());
  const [still, moving] = await Promise.all([Promise.all(calm.map(load)), Promise.all(gesture.map(load))]);
  const canvas = Object.assign(document.createElement("canvas"), { width: still[0].width, height: still[0].height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const asked = () => document.querySelector("[data-bonafide]")?.shadowRoot.querySelector(".say h2")?.textContent;
  let n = 0;
  let since = -1;
  const draw = () => {
    if (wants !== "" && asked() === wants) since = since < 0 ? n : since;
    else since = -1;
    const film = since >= 0 && moving.length > 0 ? moving : still;
    const at = (since >= 0 ? n - since : n) % (2 * film.length);
    pen.drawImage(film[at < film.length ? at : 2 * film.length - 1 - at], 0, 0);
    // No two pictures of a camera are the same.
    for (let i = 0; i < 200; i++) {
      const value = (Math.random() * 256) | 0;
      pen.fillStyle = `rgba(${value},${value},${value},.2)`;
      pen.fillRect((Math.random() * canvas.width) | 0, (Math.random() * canvas.height) | 0, 1, 1);
    }
    n++;
  };
  draw();
  setInterval(draw, 50);
  window.picture = () => canvas.captureStream(20);
};
