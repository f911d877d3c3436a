// Lighthouse on each page: node lighthouse.mjs URL... prints scores and failed audits as JSON.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { executable, flags } from "./chromium.mjs";

const chrome = await launch({ chromePath: executable, chromeFlags: ["--headless", ...flags] });
const reports = [];
for (const url of process.argv.slice(2)) {
  const { lhr } = await lighthouse(url, { port: chrome.port, output: "json", logLevel: "error" });
  const scores = Object.fromEntries(Object.values(lhr.categories).map((category) => [category.id, category.score]));
  const failed = Object.values(lhr.categories)
    .flatMap((category) => category.auditRefs)
    .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
    .map((ref) => ref.id);
  reports.push({ url, scores, failed });
}
await chrome.kill();
console.log(JSON.stringify(reports));
