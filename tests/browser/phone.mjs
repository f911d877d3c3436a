// How many pixels pages are wider than a phone: node phone.mjs URL... prints JSON, address by address.
import { browser } from "./chromium.mjs";

const chromium = await browser();
const page = await chromium.newPage({ viewport: { width: 360, height: 740 } });
const wider = {};
for (const url of process.argv.slice(2)) {
  await page.goto(url, { waitUntil: "load" });
  wider[url] = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
await chromium.close();
console.log(JSON.stringify(wider));
