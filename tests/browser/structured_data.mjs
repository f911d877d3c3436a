// Google's rules for rich results on each page's JSON-LD: node structured_data.mjs FILE... prints the issues as JSON.
import { readFileSync } from "node:fs";
import Validator from "@adobe/structured-data-validator";
import WebAutoExtractor from "@marbec/web-auto-extractor";

const issues = [];
for (const file of process.argv.slice(2)) {
  const data = new WebAutoExtractor({ addLocation: true, embedSource: ["rdfa", "microdata"] }).parse(
    readFileSync(file, "utf8"),
  );
  const found = await new Validator().validate(data);
  issues.push({ file, types: Object.keys(data.jsonld), issues: found });
}
console.log(JSON.stringify(issues));
