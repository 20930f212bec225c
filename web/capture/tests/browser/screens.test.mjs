// Every screen of the plugin: axe-core finds nothing, in light, dark, on a phone and from right to left.
// With SHOTS=<folder> a picture of each is kept, the camera's picture blurred.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { adapter } from "./adapter.mjs";
import { launch, missing } from "./browsers.mjs";
import { inFolder, still } from "./camera.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../../..");
const dist = path.join(here, "../../dist");
const selfie = path.join(root, "build/samples/selfie.jpg");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;

const arabic = { "ui.title": "التحقق من الهوية", "ui.close": "إغلاق", "ui.retry": "حاول مرة أخرى", "ui.cancel": "إلغاء", "ui.place": "ضع وجهك داخل الإطار البيضوي", "ui.passive": "المتابعة بدون حركات", "task.smile": "ابتسم", "doc.front": "وجه الوثيقة", "doc.hint": "ضع الوثيقة داخل الإطار", "doc.shoot": "التقط صورة", "timeout.title": "استغرق ذلك وقتا طويلا", "timeout.text": "تأكد من وجود إضاءة كافية واتبع التعليمات على الشاشة.", "ui.failed": "لم ينجح ذلك", "camera.denied": "الكاميرا غير مسموح بها. اسمح بها لهذه الصفحة في إعدادات المتصفح ثم حاول مرة أخرى.", "hint.hold_still": "لا تتحرك", "ui.phone": "المتابعة على الهاتف", "ui.phone.text": "امسح هذا الرمز بكاميرا هاتفك", "ui.loading": "جار التحضير…", "ui.packing": "جار تشفير صورك…", "ui.uploading": "جار إرسال صورك…", "ui.processing": "جار التحقق من صورك…", "ui.success": "تم. شكرا لك!", "ui.progress": "التقدم", "camera.request.title": "يرجى السماح باستخدام الكاميرا", "camera.request.text": "يسألك المتصفح عما إذا كان يجوز لهذه الصفحة استخدام الكاميرا. اختر السماح.", "camera.choose": "اختر الكاميرا", "hint.no_face": "لا يظهر أي وجه", "hint.too_dark": "المكان مظلم جدا. ابحث عن ضوء أكثر", "doc.check": "هل كل شيء مقروء؟", "doc.use": "استخدم هذه الصورة", "doc.retake": "التقط مرة أخرى", "doc.photo": "الصورة الملتقطة" };
const english = { "hint.no_face": "No face to be seen", "hint.too_dark": "It is too dark. Find more light", "task.smile": "Smile" };

/** How each screen is reached: the adapter's settings, the page's options, and what is waited for. */
const screens = {
  loading: { before: (site) => (site.blocked = ["config.php"]), until: "text() !== ''" },
  permission: { page: () => (window.delay = 60_000), until: "window.asked === 1" },
  positioning: { page: () => (window.picture = () => window.scene("#909090")), says: "hint.no_face" },
  dark: { page: () => (window.picture = () => window.scene("#101214")), says: "hint.too_dark", until: "!!inside('.bright')" },
  gesture: { options: { action: ["video_selfie_smile"] }, says: "task.smile" },
  timeout: { before: (site) => (site.opened = { action_seconds: 3 }), options: { action: ["video_selfie_smile"], passive: true }, until: "!!inside('[data-act=passive]') && !!inside('.panel .say') && !!inside('[data-act=retry]')" },
  document: { options: { action: ["photo_id_front"] }, until: "!!inside('[data-act=shoot]')" },
  review: { options: { action: ["photo_id_front"] }, until: "!!inside('[data-act=shoot]')", then: "inside('[data-act=shoot]').click()", ready: "!!inside('.review img')" },
  uploading: { before: (site) => (site.hold = new Promise(() => undefined)), options: { action: ["photo_id_front"] }, until: "!!inside('[data-act=shoot]')", then: "inside('[data-act=shoot]').click()", ready: "!!inside('.review img')", last: "inside('[data-act=use]').click()", seen: "!!inside('.bar')" },
  processing: { before: (site) => (site.answers = [{ state: "processing" }]), options: { action: ["photo_id_front"] }, until: "!!inside('[data-act=shoot]')", then: "inside('[data-act=shoot]').click()", ready: "!!inside('.review img')", last: "inside('[data-act=use]').click()", seen: "names().includes('on_result')" },
  done: { options: { action: ["photo_id_front"] }, until: "!!inside('[data-act=shoot]')", then: "inside('[data-act=shoot]').click()", ready: "!!inside('.review img')", last: "inside('[data-act=use]').click()", seen: "names().includes('on_complete')" },
  denied: { page: () => (window.refuse = ["NotAllowedError"]), options: { phone: "https://id.example.org/c/7f3a9c2e51" }, until: "!!told1('on_error')" },
  phone: { page: () => (window.refuse = ["NotFoundError", "NotFoundError", "NotFoundError"]), options: { phone: "https://id.example.org/c/7f3a9c2e51" }, until: "!!told1('on_error')", then: "inside('[data-act=phone]').click()", ready: "!!inside('.qr svg')" },
  cameras: { page: () => { window.picture = () => window.scene("#909090"); navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput", deviceId: "a", label: "Integrated Camera" }, { kind: "videoinput", deviceId: "b", label: "USB Camera" }]; }, until: "!!inside('.over .ring') && !inside('header button').hidden", then: "inside('header button').click()", ready: "!inside('.cameras').hidden" },
};

const looks = {
  light: { media: { colorScheme: "light" }, size: { width: 1024, height: 720 } },
  dark: { media: { colorScheme: "dark" }, size: { width: 1024, height: 720 } },
  phone: { media: { colorScheme: "light", reducedMotion: "reduce" }, size: { width: 390, height: 844 }, upright: true },
  rtl: { media: { colorScheme: "light" }, size: { width: 390, height: 844 }, lang: "ar", upright: true },
};

describe("screens", { skip: missing("chromium") ?? !existsSync(selfie) }, () => {
  let site;
  let browser;
  const folder = mkdtempSync(path.join(tmpdir(), "screens-"));
  before(async () => {
    if (shots) mkdirSync(shots, { recursive: true });
    site = await adapter(dist, { "/tests/": here, "/samples/": path.join(root, "build/samples") });
    browser = await launch("chromium", { camera: still(selfie, inFolder(folder)("selfie"), "scale=620:-2,pad=1280:720:-1:-1:color=0x808890") });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [look, { media, size, lang, upright }] of Object.entries(looks)) {
    for (const [name, screen] of Object.entries(screens)) {
      test(`${name}, ${look}`, async () => {
        site.reset();
        screen.before?.(site);
        const view = await browser.open(`${site.origin}/tests/host.html?csp=strict`);
        await view.page.setViewportSize(size);
        await view.page.emulateMedia(media);
        await view.evaluate(async (high) => {
          const [width, height] = high ? [720, 1280] : [1280, 720];
          const show = (draw) => {
            const canvas = Object.assign(document.createElement("canvas"), { width, height });
            const pen = canvas.getContext("2d");
            let n = 0;
            setInterval(() => draw(pen, n++), 40);
            return canvas.captureStream(25);
          };
          // A grey room with a little colour in it, that never stands still.
          window.scene = (color) => show((pen, n) => { pen.fillStyle = color; pen.fillRect(0, 0, width, height); pen.fillStyle = color === "#101214" ? "#17140f" : "#7a6a50"; for (let x = 0; x < width; x += 40) pen.fillRect(x + (n % 3), 0, 12, height); });
          // A phone that is held upright has pictures that are high.
          if (!high) return;
          const photo = await createImageBitmap(await (await fetch("/samples/selfie.jpg")).blob());
          window.picture = () => show((pen, n) => { pen.fillStyle = "#808890"; pen.fillRect(0, 0, width, height); pen.drawImage(photo, 50, 280, 620, (620 * photo.height) / photo.width); pen.fillStyle = `hsl(${n % 360} 40% 40%)`; pen.fillRect(n % width, 0, 3, 3); });
        }, upright);
        if (screen.page) await view.evaluate(screen.page);
        await view.evaluate(([options, id, strings]) => {
          if (id) OzLiveness.add_lang(id, strings);
          openPlugin({ ...options, lang: id ?? "en" });
        }, [screen.options ?? {}, lang, arabic]);
        if (screen.says) await view.wait(`text() === ${JSON.stringify((lang ? arabic : english)[screen.says])}`, 40_000);
        if (screen.until) await view.wait(screen.until, 40_000);
        for (const [act, ready] of [[screen.then, screen.ready], [screen.last, screen.seen]]) {
          if (act) await view.evaluate(act);
          if (ready) await view.wait(ready);
        }
        // Time stands still, so that no screen goes away while it is looked at.
        await view.evaluate("(() => { for (let i = 0; i < 10_000; i++) clearInterval(i); for (const part of ['video', '.review img']) inside(part)?.style.setProperty('filter', 'blur(14px)'); })()");
        if (shots) {
          await view.page.waitForTimeout(250);
          await view.page.screenshot({ path: path.join(shots, `${name}-${look}.png`) });
        }
        await view.page.evaluate(axe);
        const { violations } = await view.page.evaluate(() => axe.run(document.querySelector("[data-bonafide]"), { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: { region: { enabled: false } } }));
        assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`), []);
        const wide = await view.evaluate(() => [...inside(".root").querySelectorAll("button, h2, p")].filter((e) => { const b = e.getBoundingClientRect(); return b.width > 0 && (b.left < -1 || b.right > innerWidth + 1); }).map((e) => e.textContent));
        assert.deepEqual(wide, [], "something reaches out of the screen");
        await view.close();
      });
    }
  }
});
