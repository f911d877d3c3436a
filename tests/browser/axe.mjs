// axe-core on each page, light and dark: node axe.mjs URL... prints the violations as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { browser } from "./chromium.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const chromium = await browser();
const violations = [];
for (const colorScheme of ["light", "dark"]) {
  // The page's own policy lets no script in: the checker's must pass it.
  const context = await chromium.newContext({ colorScheme, bypassCSP: true });
  for (const url of process.argv.slice(2)) {
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(source);
    const result = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), rules);
    for (const violation of result.violations) {
      violations.push({ url, colorScheme, rule: violation.id, nodes: violation.nodes.map((node) => node.html) });
    }
    await page.close();
  }
}
await chromium.close();
console.log(JSON.stringify(violations));
