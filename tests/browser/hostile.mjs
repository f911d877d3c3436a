// Opens hostile pages with their policy switched off, so that the markup alone is judged: node hostile.mjs URL...
// prints what ran as JSON: dialogs, requests to other places, elements and handlers that no template of ours writes.
import { browser } from "./chromium.mjs";

const chromium = await browser();
const context = await chromium.newContext({ bypassCSP: true });
const ran = [];
for (const url of process.argv.slice(2)) {
  const page = await context.newPage();
  page.on("dialog", async (dialog) => {
    ran.push({ url, dialog: dialog.message() });
    await dialog.dismiss();
  });
  const own = new URL(url).origin;
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== own) {
      ran.push({ url, request: request.url() });
    }
  });
  await page.goto(url, { waitUntil: "load" });
  const foreign = await page.evaluate(() => {
    const handlers = [...document.querySelectorAll("*")].filter((element) =>
      [...element.attributes].some((attribute) => /^on/i.test(attribute.name)),
    );
    const elements = document.querySelectorAll(
      "script:not([type='application/ld+json']), iframe, object, embed, form, input, svg, math, base, meta[http-equiv='refresh']",
    );
    const links = [...document.querySelectorAll("[href], [src]")].filter((element) =>
      /^\s*(javascript|vbscript|data:text)/i.test(element.getAttribute("href") ?? element.getAttribute("src")),
    );
    return [...handlers, ...elements, ...links].map((element) => element.outerHTML.slice(0, 200));
  });
  ran.push(...foreign.map((element) => ({ url, element })));
  await page.close();
}
await chromium.close();
console.log(JSON.stringify(ran));
