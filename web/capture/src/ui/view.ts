/** The dialog in its shadow root: draws what present.ts says, and tells what the person does. */
import type { Device } from "../camera.js";
import type { Key, Strings } from "../strings/en.js";
import { css } from "./css.js";
import { guide, type Guide } from "./guide.js";
import type { Act, Screen } from "./present.js";
import { properties, type Style } from "./theme.js";

export interface ViewOptions {
  strings: Strings;
  lang: string;
  rtl: boolean;
  style: Style;
  /** Draws where a document has its photo and its lines. */
  pattern: boolean;
  version: string;
  act: (act: Act) => void;
  choose: (device: string) => void;
}

const SVG = "http://www.w3.org/2000/svg";
/** A screen reader is told no more often than this. */
const TELL_MS = 1200;

export class View {
  readonly video = document.createElement("video");
  readonly #host = document.createElement("div");
  readonly #root: HTMLElement;
  readonly #parts: Record<"header" | "stage" | "say" | "heard" | "footer" | "panel" | "cameras" | "review", HTMLElement>;
  readonly #title: HTMLElement;
  readonly #svg = document.createElementNS(SVG, "svg");
  readonly #before = document.activeElement;
  #strings: Strings;
  #screen: Screen | undefined;
  #drawn = "";
  /** Texts that the code for a phone shows instead of the screen's. */
  #instead: [Key, Key] | undefined;
  #told = "";
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  #photo: string | undefined;
  #color: string | undefined;
  #bare = false;
  readonly #resized = (): void => this.#layout();

  constructor(private readonly options: ViewOptions) {
    this.#strings = options.strings;
    const shadow = this.#host.attachShadow({ mode: "open" });
    this.#host.setAttribute("data-bonafide", "");
    adopt(shadow);
    for (const [name, value] of Object.entries(properties(options.style))) this.#host.style.setProperty(name, value);
    this.#root = element("div", "root", shadow);
    this.#root.setAttribute("role", "dialog");
    this.#root.setAttribute("aria-modal", "true");
    this.#root.setAttribute("aria-labelledby", "title");
    this.#root.lang = options.lang;
    this.#root.dir = options.rtl ? "rtl" : "ltr";
    const stage = element("div", "stage", this.#root);
    Object.assign(this.video, { muted: true, autoplay: true, playsInline: true });
    // Old WebKit reads the attributes only.
    for (const name of ["muted", "autoplay", "playsinline"]) this.video.setAttribute(name, "");
    this.video.setAttribute("aria-hidden", "true");
    this.#svg.setAttribute("aria-hidden", "true");
    stage.append(this.video, this.#svg);
    const review = element("div", "review", this.#root);
    const header = element("header", "", this.#root);
    this.#title = element("h1", "", header);
    this.#title.id = "title";
    this.#title.textContent = this.t("ui.title");
    const picker = this.#iconButton(header, "camera.choose", "M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4", () => this.#toggle());
    picker.hidden = true;
    picker.setAttribute("aria-haspopup", "true");
    this.#iconButton(header, "ui.close", "M6 6l12 12M18 6L6 18", () => options.act("close"));
    const cameras = element("div", "cameras", this.#root);
    cameras.hidden = true;
    const panel = element("div", "panel", this.#root);
    const say = element("div", "say", this.#root);
    element("div", "gap", this.#root);
    const footer = element("footer", "", this.#root);
    element("p", "version", this.#root).textContent = options.version;
    const heard = element("div", "heard", this.#root);
    heard.setAttribute("aria-live", "assertive");
    heard.setAttribute("role", "status");
    this.#parts = { header, stage, say, heard, footer, panel, cameras, review };
    this.#root.addEventListener("keydown", (event) => this.#key(event));
    this.video.addEventListener("resize", this.#resized);
    window.addEventListener("resize", this.#resized);
    document.body.append(this.#host);
    (header.lastElementChild as HTMLElement).focus();
  }

  t(key: Key): string {
    return this.#strings[key];
  }

  /** Speaks another language from now on. */
  speak(strings: Strings, lang: string, rtl: boolean): void {
    this.#strings = strings;
    this.#root.lang = lang;
    this.#root.dir = rtl ? "rtl" : "ltr";
    this.#title.textContent = this.t("ui.title");
    for (const button of this.#parts.header.querySelectorAll("button")) button.setAttribute("aria-label", this.t(button.dataset["act"] as Key));
    this.#drawn = "";
    if (this.#screen !== undefined) this.render(this.#screen);
  }

  /** Where the person's light is shown by the screen. */
  shine(color: string | undefined): void {
    this.#color = color;
    this.#svg.querySelector<SVGElement>(".mask")?.style.setProperty("fill", color ?? "");
  }

  /** Shows the photo that was taken; undefined takes it away. */
  photo(picture: Uint8Array | undefined): void {
    if (this.#photo !== undefined) URL.revokeObjectURL(this.#photo);
    this.#photo = picture === undefined ? undefined : URL.createObjectURL(new Blob([picture as BlobPart], { type: "image/jpeg" }));
    this.#parts.review.replaceChildren();
    if (this.#photo !== undefined) {
      const img = document.createElement("img");
      img.src = this.#photo;
      img.alt = this.t("doc.photo");
      this.#parts.review.append(img);
    }
  }

  /** The cameras that may be chosen; one alone is no choice. */
  cameras(list: readonly Device[], current: string | undefined): void {
    const { header, cameras } = this.#parts;
    (header.children[1] as HTMLElement).hidden = list.length < 2;
    cameras.setAttribute("role", "radiogroup");
    cameras.setAttribute("aria-label", this.t("camera.choose"));
    cameras.replaceChildren(
      ...list.map((device, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("role", "radio");
        button.setAttribute("aria-checked", String(device.id === current));
        button.textContent = device.label || `${this.t("camera.unnamed")} ${i + 1}`;
        button.addEventListener("click", () => {
          this.#toggle(false);
          this.options.choose(device.id);
        });
        return button;
      }),
    );
  }

  /** Shows a QR code with the address for a phone. */
  phone(code: SVGElement, address: string): void {
    this.#parts.panel.querySelector(".qr")?.remove();
    const box = element("div", "qr", this.#parts.panel);
    code.setAttribute("role", "img");
    code.setAttribute("aria-label", address);
    box.append(code);
    this.#instead = ["ui.phone", "ui.phone.text"];
    this.#root.classList.remove("failed");
    this.#setText(this.t("ui.phone"), this.t("ui.phone.text"));
  }

  mirrored(on: boolean): void {
    this.video.classList.toggle("mirrored", on);
  }

  /** Without an oval around the face. */
  bare(on: boolean): void {
    this.#bare = on;
    this.#layout();
  }

  /** Lets the person choose a picture among their files. */
  pick(chosen: (file: File) => void): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file !== undefined) chosen(file);
    });
    input.click();
  }

  hide(): void {
    this.#root.hidden = true;
    this.#restoreFocus();
  }

  /** Draws a screen. Buttons keep their focus as long as they stay. */
  render(screen: Screen): void {
    const kind = JSON.stringify([screen.kind, screen.busy, screen.failed, screen.kind === "panel" && screen.meter !== null, screen.kind === "panel" ? screen.title : "", screen.buttons]);
    this.#screen = screen;
    if (kind !== this.#drawn) {
      this.#drawn = kind;
      this.#instead = undefined;
      this.#build(screen);
    }
    this.#root.classList.toggle("aligned", screen.aligned);
    this.#root.classList.toggle("bright", screen.bright && screen.kind !== "panel");
    const [title, text] = this.#instead ?? [screen.title, screen.text];
    this.#setText(this.t(title), text === null || text === title ? "" : this.t(text));
    this.#measure(screen.meter, screen.title === "task.scan");
  }

  close(): void {
    this.video.srcObject = null;
    this.photo(undefined);
    window.removeEventListener("resize", this.#resized);
    clearTimeout(this.#tellTimer);
    this.#host.remove();
    this.#restoreFocus();
  }

  #restoreFocus(): void {
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }

  #build(screen: Screen): void {
    const { say, footer, panel, stage, review } = this.#parts;
    const over = screen.kind !== "panel";
    this.#root.classList.toggle("over", screen.kind === "face" || screen.kind === "document");
    this.#root.classList.toggle("failed", screen.failed);
    stage.hidden = !over || screen.kind === "review";
    stage.style.display = stage.hidden ? "none" : "";
    (this.#root.querySelector(".gap") as HTMLElement).style.display = over ? "" : "none";
    review.style.display = screen.kind === "review" ? "" : "none";
    panel.style.display = over ? "none" : "";
    panel.replaceChildren();
    say.replaceChildren();
    if (screen.busy) element("div", "spinner", panel);
    (over ? this.#root.insertBefore(say, this.#root.querySelector(".gap")) : panel.appendChild(say));
    element("h2", "", say);
    element("p", "", say);
    if (!over && screen.meter !== null) this.#bar(panel);
    const focused = (this.#root.getRootNode() as ShadowRoot).activeElement;
    const lost = focused !== null && footer.contains(focused);
    footer.replaceChildren(...screen.buttons.map(({ act, key }, i) => this.#button(act, key, over && act === "passive" && i === 0)));
    if (lost || (screen.buttons.length > 0 && !over)) (footer.querySelector("button") ?? (this.#parts.header.lastElementChild as HTMLElement)).focus();
    this.#layout();
  }

  #bar(panel: HTMLElement): void {
    const bar = element("div", "bar", panel);
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-label", this.t("ui.progress"));
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-valuemax", "100");
    element("div", "", bar);
  }

  #button(act: Act, key: Key, quiet: boolean): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.t(key);
    button.dataset["act"] = act;
    button.classList.toggle("quiet", quiet);
    button.addEventListener("click", () => this.options.act(act));
    return button;
  }

  #iconButton(parent: HTMLElement, key: Key, path: string, click: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", this.t(key));
    button.dataset["act"] = key;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
    button.append(svg);
    button.addEventListener("click", click);
    parent.append(button);
    return button;
  }

  #setText(title: string, text: string): void {
    const [h2, p] = this.#parts.say.children;
    if (h2 === undefined || p === undefined) return;
    if (h2.textContent !== title) h2.textContent = title;
    if (p.textContent !== text) p.textContent = text;
    this.#tell(text === "" ? title : `${title}. ${text}`);
  }

  /** Tells a screen reader what is on the screen, but not every flicker of it. */
  #tell(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    if (this.#tellTimer !== undefined) return;
    this.#parts.heard.textContent = text;
    this.#tellTimer = setTimeout(() => {
      this.#tellTimer = undefined;
      if (this.#parts.heard.textContent !== this.#told) this.#parts.heard.textContent = this.#told;
    }, TELL_MS);
  }

  #measure(meter: number | null, scan: boolean): void {
    const gauge = this.#svg.querySelector<SVGElement>(".gauge");
    if (gauge !== null) {
      gauge.style.visibility = meter === null || meter <= 0.01 ? "hidden" : "visible";
      gauge.style.strokeDashoffset = String(100 - 100 * (meter ?? 0));
    }
    const bar = this.#parts.panel.querySelector<HTMLElement>(".bar");
    if (bar !== null) {
      bar.setAttribute("aria-valuenow", String(Math.round(100 * (meter ?? 0))));
      (bar.firstElementChild as HTMLElement).style.width = `${100 * (meter ?? 0)}%`;
    }
    this.#scanText(scan ? (meter ?? 0) : null);
  }

  /** The text that the eyes follow: down in the first third of the time, then up again. */
  #scanText(share: number | null): void {
    let line = this.#parts.stage.querySelector<HTMLElement>(".scan");
    if (share === null) {
      line?.remove();
      return;
    }
    if (line === null) {
      line = element("div", "scan", this.#parts.stage);
      element("span", "", line).textContent = this.t("antiscam.text");
    }
    const at = share < 1 / 3 ? 0.5 + 1.2 * share : 0.9 - 1.2 * (share - 1 / 3);
    line.style.top = `${100 * at}%`;
  }

  #toggle(open = this.#parts.cameras.hidden): void {
    this.#parts.cameras.hidden = !open;
    const picker = this.#parts.header.children[1] as HTMLElement;
    picker.setAttribute("aria-expanded", String(open));
    if (open) (this.#parts.cameras.querySelector<HTMLElement>("[aria-checked=true]") ?? (this.#parts.cameras.firstElementChild as HTMLElement | null))?.focus();
    else picker.focus();
  }

  /** Escape closes; Tab stays inside; arrows walk through the cameras. */
  #key(event: KeyboardEvent): void {
    const { cameras } = this.#parts;
    if (event.key === "Escape") {
      event.preventDefault();
      if (cameras.hidden) this.options.act("close");
      else this.#toggle(false);
      return;
    }
    const active = (this.#root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    const arrow = event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 0;
    if (arrow !== 0 && active !== null && cameras.contains(active)) {
      event.preventDefault();
      const all = [...cameras.children] as HTMLElement[];
      all[(all.indexOf(active) + arrow + all.length) % all.length]?.focus();
      return;
    }
    if (event.key !== "Tab") return;
    const all = [...this.#root.querySelectorAll<HTMLElement>("button")].filter((b) => b.offsetParent !== null || b.getClientRects().length > 0);
    const at = active === null ? -1 : all.indexOf(active);
    const next = all[(at + (event.shiftKey ? -1 : 1) + all.length) % all.length];
    event.preventDefault();
    next?.focus();
  }

  #layout(): void {
    const screen = this.#screen;
    if (screen === undefined || (screen.kind !== "face" && screen.kind !== "document")) return;
    const drawn: Guide = guide(screen.kind, { width: this.#root.clientWidth || window.innerWidth, height: this.#root.clientHeight || window.innerHeight }, { width: this.video.videoWidth || 1280, height: this.video.videoHeight || 720 });
    this.video.style.width = `${drawn.video.width}px`;
    this.video.style.height = `${drawn.video.height}px`;
    this.#svg.setAttribute("viewBox", `0 0 ${drawn.width} ${drawn.height}`);
    const bare = this.#bare && screen.kind === "face";
    this.#svg.replaceChildren(...(bare ? [] : [path("mask", drawn.mask), path("ring", drawn.ring)]));
    if (this.options.pattern && screen.kind === "document") this.#svg.append(path("pattern", screen.title === "doc.back" ? drawn.back : drawn.front));
    if (screen.kind === "face" && !bare) {
      const gauge = path("gauge", drawn.gauge);
      gauge.setAttribute("pathLength", "100");
      gauge.style.strokeDasharray = "100";
      this.#svg.append(gauge);
    }
    this.shine(this.#color);
    this.#measure(screen.meter, screen.title === "task.scan");
  }
}

function path(name: string, d: string): SVGPathElement {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", name);
  made.setAttribute("d", d);
  return made;
}

function element(tag: string, name: string, parent: ParentNode & Node): HTMLElement {
  const made = document.createElement(tag);
  if (name !== "") made.className = name;
  parent.appendChild(made);
  return made;
}

/** A constructed sheet passes the strictest style-src; browsers without one get an element. */
function adopt(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    shadow.append(style);
  }
}
